//! Columns and labelled lines: what a cell holds is said at the head of its column, or before the colon of its line.

use crate::words::NOBODY;
use crate::{Finding, Ground, Kind};

/// The cells and values that hold names.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    ranges: Vec<(u32, u32)>,
}

impl Columns {
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether a word that begins here stands where names stand.
    pub fn names(&self, start: usize) -> bool {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let after = self.ranges.partition_point(|range| range.0 <= start);
        after.checked_sub(1).and_then(|at| self.ranges.get(at)).is_some_and(|range| start < range.1)
    }
}

/// What a column or a label promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Names,
    Birth,
    Phone,
    Nhs,
    Other,
}

const NAMES: &[&str] = &[
    "name",
    "child",
    "child's name",
    "childs name",
    "child name",
    "full name",
    "surname",
    "forename",
    "forenames",
    "first name",
    "last name",
    "family name",
    "given name",
    "known as",
    "preferred name",
    "pupil",
    "pupil name",
    "student",
    "student name",
    "patient",
    "parent",
    "parent/carer",
    "parents",
    "carer",
    "mother",
    "father",
    "worker",
    "key worker",
    "keyworker",
    "social worker",
    "family worker",
    "support worker",
    "teacher",
    "tutor",
    "staff",
    "volunteer",
    "mentor",
    "author",
    "attendee",
    "attendees",
    "present",
    "apologies",
    "participant",
    "young person",
    "client",
    "service user",
    "siblings",
    "sibling",
    "contact name",
    "emergency contact",
    "next of kin",
    "referrer",
    "referred by",
    "completed by",
    "chair",
    "minutes",
    "in attendance",
    "attending",
    "enw",
    "enw'r plentyn",
    "imię",
    "nazwisko",
    "names",
    "person",
    "adult",
    "first",
    "last",
    "driver",
    "to",
    "cc",
    "member",
    "members",
    "supervisor",
    "supervisee",
    "applicant",
    "mum",
    "dad",
    "guardian",
    "lead",
    "allocated to",
    "seen by",
    "who",
    "invited",
    "panel",
    "those present",
    "absent",
];

fn holds(heading: &str) -> Option<Holds> {
    let plain = heading.trim().trim_matches(['"', '*', '#', '_', ' ']);
    if plain.len() > 40 {
        return None;
    }
    let lower = plain.to_lowercase();
    let lower = lower.trim_end_matches(['.', ':']).trim();
    Some(match lower {
        "dob" | "d.o.b" | "date of birth" | "born" | "birth date" | "birthday" | "dyddiad geni" => Holds::Birth,
        "phone" | "tel" | "telephone" | "mobile" | "mob" | "contact number" | "phone number" | "ffôn" => Holds::Phone,
        "nhs" | "nhs no" | "nhs number" | "nhs no." | "rhif gig" => Holds::Nhs,
        _ if NAMES.contains(&lower) => Holds::Names,
        "" | "no" | "home" | "m/f" | "national insurance" | "make" | "registration" | "event" | "source"
        | "relation_to_child" | "mood_in" | "mood_out" | "okay_to_text" | "ni number" | "sex/gender" | "site"
        | "area" | "type" | "amount" | "day" | "place" | "category" | "outcome" | "description" | "role" | "date"
        | "time" | "postcode" | "address" | "email" | "e-mail" | "school" | "year" | "class" | "notes"
        | "next visit" | "status" | "service" | "action" | "comments" | "id" | "ref" | "gender" | "sex" | "age"
        | "relationship" | "relation" | "visit" | "session" | "room" | "by when" | "due" | "comment" | "attendance"
        | "reason" | "ethnicity" | "language" | "form" => Holds::Other,
        _ => return None,
    })
}

/// Finds the cells; values whose heading alone makes them personal are added to the findings.
pub(crate) fn find(text: &str, found: &mut Vec<Finding>) -> Columns {
    let mut columns = Columns::default();
    let bytes = text.as_bytes();
    if memchr::memchr3(b'\t', b'|', b':', bytes).is_none()
        && !(memchr::memchr(b'\n', bytes).is_some() && memchr::memchr(b',', bytes).is_some())
    {
        return columns;
    }
    let mut head: Option<(char, Vec<Holds>)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if line.trim().is_empty() {
            head = None;
            continue;
        }
        if let Some((mark, kinds)) = &head {
            let cells = cells_of(line, *mark);
            if cells.len() + 1 >= kinds.len() && cells.len() > 1 {
                cell_values(text, begins, &cells, kinds, &mut columns, found);
                continue;
            }
            head = None;
        }
        let short = line.len() < 400;
        for mark in ['|', '\t', ';', ','] {
            if !short || !line.contains(mark) {
                continue;
            }
            let kinds: Vec<Option<Holds>> = line.split(mark).map(holds).collect();
            let known = kinds.iter().flatten().count();
            if known >= 2 && known * 2 >= kinds.len() && kinds.iter().flatten().any(|kind| *kind != Holds::Other) {
                head = Some((mark, kinds.into_iter().map(|kind| kind.unwrap_or(Holds::Other)).collect()));
                break;
            }
        }
        if head.is_none() {
            labelled(begins, line, &mut columns);
        }
    }
    columns
}

/// The cells of a line; a comma within quotes divides nothing.
fn cells_of(line: &str, mark: char) -> Vec<&str> {
    let mut quoted = false;
    line.split(|c: char| {
        quoted ^= c == '"' && mark == ',';
        c == mark && !quoted
    })
    .collect()
}

fn cell_values(
    text: &str,
    begins: usize,
    cells: &[&str],
    kinds: &[Holds],
    columns: &mut Columns,
    found: &mut Vec<Finding>,
) {
    let mut at = begins;
    for (cell, kind) in cells.iter().zip(kinds) {
        let trimmed = cell.trim().trim_matches('"');
        let start = at + cell.find(trimmed).unwrap_or(0);
        let end = start + trimmed.len();
        let digits = trimmed.bytes().filter(u8::is_ascii_digit).count();
        let mut add = |kind| found.push(Finding { start, end, kind, ground: Ground::Column, entry: NOBODY });
        match kind {
            Holds::Names if trimmed.len() <= 80 && digits == 0 && trimmed.split_whitespace().count() <= 6 => {
                push(columns, start, end);
            }
            Holds::Birth if (4..=20).contains(&trimmed.len()) && digits >= 4 => add(Kind::Dob),
            Holds::Phone if (6..=14).contains(&digits) => add(Kind::Phone),
            Holds::Nhs if digits == 10 => {
                let plain: Vec<u8> = trimmed.bytes().filter(u8::is_ascii_digit).collect();
                add(if crate::numbers::check_digit(&plain) { Kind::Nhs } else { Kind::NhsBad });
            }
            _ => {}
        }
        at += cell.len() + 1;
    }
    let _ = text;
}

fn push(columns: &mut Columns, start: usize, end: usize) {
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        && end > start
    {
        columns.ranges.push((start, end));
    }
}

/// "Child: Rose May", "Apologies: Dr Adeyemi; Will": names to the end of the line, or of the first sentence.
fn labelled(begins: usize, line: &str, columns: &mut Columns) {
    let head = line.as_bytes().get(..line.len().min(40)).unwrap_or_default();
    let Some(colon) = memchr::memchr(b':', head) else { return };
    let (Some(label), Some(value)) = (line.get(..colon), line.get(colon + 1..)) else { return };
    let label = label.trim_start_matches(['-', '*', '>', ' ', '\u{2022}']);
    if label.len() > 24 || holds(label) != Some(Holds::Names) {
        return;
    }
    let trimmed = value.trim();
    let start = begins + line.len() - value.len() + value.find(trimmed).unwrap_or(0);
    // A label before a sentence promises nothing about the words of the sentence.
    let words = trimmed.split_whitespace().count();
    let small = trimmed.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    if words <= 4 && small * 2 <= words && !trimmed.contains(". ") {
        push(columns, start, start + trimmed.len());
    }
}
