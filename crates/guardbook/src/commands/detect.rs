//! `guardbook detect`: finds personal data in notes and papers, and says why each place was taken.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use detect::{Detector, Finding, Kind, Room};
use extract::Worker;
use serde::{Deserialize, Serialize};

use super::detect_people;

/// Found or not: all files were read.
const OK: u8 = 0;
/// A file could not be read; the others were.
const NO: u8 = 1;
/// The question makes no sense.
const USAGE: u8 = 2;
/// The first bytes say whether a file is text.
const LOOKED_AT: usize = 64 * 1024;

/// Find personal data in notes and papers.
#[derive(Debug, Args)]
#[command(
    after_help = "Texts are read as UTF-8. A .jsonl file holds one object a line, {\"note_id\": …, \"text\": …}. PDF, Word,\n\
                  spreadsheets, mail and pictures are read as `guardbook papers import` reads them; positions are then those of\n\
                  the text that was read.\n\
                  Each line of --json: file (or note_id), start, end, kind, text. Positions are bytes of UTF-8; end is the byte\n\
                  after the last. Kinds: PERSON PHONE EMAIL NHS NHS_BAD NINO POSTCODE ADDRESS DOB RELATION HANDLE CAR_REG BANK\n\
                  PASSPORT. Every place is a suggestion for somebody to look at.\n\
                  The table of people needs first_name and last_name, or name. It may have person_id, known_as, native_name,\n\
                  former_name, date_of_birth, nhs_number, ni_number, phone, email, street, postcode, related_to, relation.\n\
                  Exit code 1 when a file could not be read; the others are.\n\
                  Example: guardbook detect --people people.csv notes.jsonl letter.pdf --json"
)]
pub struct DetectArgs {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The people whom the charity knows: a table (CSV, XLSX or ODS).
    #[arg(long, value_name = "TABLE")]
    people: Option<PathBuf>,
    /// Write one JSON object a line.
    #[arg(long)]
    json: bool,
    /// Add to each object why the place was taken, and the ids of the people that may be meant.
    #[arg(long, requires = "json")]
    why: bool,
}

/// A line of a `.jsonl` file.
#[derive(Deserialize)]
struct Note {
    note_id: serde_json::Value,
    text: String,
}

/// A line of the answer.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note_id: Option<&'a serde_json::Value>,
    start: usize,
    end: usize,
    kind: Kind,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    people: Vec<&'a str>,
}

/// Runs the command and gives its exit code.
///
/// # Errors
/// When `out` cannot be written.
pub fn run(args: &DetectArgs, out: &mut dyn Write) -> io::Result<u8> {
    let people = match args.people.as_deref().map(detect_people::read).transpose() {
        Ok(people) => people.unwrap_or_default(),
        Err(words) => {
            writeln!(io::stderr(), "{words}")?;
            return Ok(USAGE);
        }
    };
    for trouble in &people.troubles {
        writeln!(io::stderr(), "{trouble}")?;
    }
    let mut finding =
        Telling { args, detector: Detector::new(people.people), room: Room::default(), lines: Vec::new(), out };
    let mut code = OK;
    for file in &args.files {
        if let Err(words) = finding.file(file)? {
            writeln!(io::stderr(), "{}: {words}", file.display())?;
            code = NO;
        }
    }
    finding.out.flush()?;
    Ok(code)
}

struct Telling<'a> {
    args: &'a DetectArgs,
    detector: Detector,
    room: Room,
    /// The answer for one text: written as a whole, because `out` is asked for every piece that is written to it.
    lines: Vec<u8>,
    out: &'a mut dyn Write,
}

impl Telling<'_> {
    fn file(&mut self, path: &Path) -> io::Result<Result<(), String>> {
        let name = path.display().to_string();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return Ok(Err(format!("cannot be opened ({error})."))),
        };
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl")) {
            return self.notes(file);
        }
        match text_of(path, file) {
            Ok(text) => self.tell(Some(&name), None, &text).map(Ok),
            Err(words) => Ok(Err(words)),
        }
    }

    fn notes(&mut self, file: File) -> io::Result<Result<(), String>> {
        let mut lines = BufReader::with_capacity(1 << 20, file);
        let mut line = String::new();
        let mut number = 0_u64;
        loop {
            line.clear();
            number += 1;
            match lines.read_line(&mut line) {
                Ok(0) => return Ok(Ok(())),
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => match serde_json::from_str::<Note>(&line) {
                    Ok(note) => self.tell(None, Some(&note.note_id), &note.text)?,
                    Err(error) => {
                        let wanted = "Each line must be one object with note_id and text.";
                        return Ok(Err(format!("line {number}, column {}: {error}. {wanted}", error.column())));
                    }
                },
                Err(error) => return Ok(Err(format!("line {number} is not UTF-8 text ({error})."))),
            }
        }
    }

    fn tell(&mut self, file: Option<&str>, note_id: Option<&serde_json::Value>, text: &str) -> io::Result<()> {
        self.lines.clear();
        for one in self.detector.find_in(text, &mut self.room) {
            let words = text.get(one.range()).unwrap_or_default();
            if self.args.json {
                let why = self.args.why.then(|| self.detector.why(text, &one));
                let people = if self.args.why { self.detector.people(text, &one) } else { Vec::new() };
                let line =
                    Line { file, note_id, start: one.start, end: one.end, kind: one.kind, text: words, why, people };
                serde_json::to_writer(&mut self.lines, &line)?;
                self.lines.push(b'\n');
            } else {
                self.in_words(file, note_id, text, &one, words)?;
            }
        }
        self.out.write_all(&self.lines)
    }

    fn in_words(
        &mut self,
        file: Option<&str>,
        note_id: Option<&serde_json::Value>,
        text: &str,
        one: &Finding,
        words: &str,
    ) -> io::Result<()> {
        let place = match (file, note_id) {
            (Some(file), _) => {
                let before = text.get(..one.start).unwrap_or_default();
                format!("{file}:{}", before.bytes().filter(|byte| *byte == b'\n').count() + 1)
            }
            (None, Some(serde_json::Value::String(id))) => id.clone(),
            (None, id) => id.map(ToString::to_string).unwrap_or_default(),
        };
        let kind = serde_json::to_value(one.kind)?;
        let shown: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(
            self.lines,
            "{place}  {}  {shown}  ({})",
            kind.as_str().unwrap_or_default(),
            self.detector.why(text, one)
        )
    }
}

/// The text of a file: as it is, where it is UTF-8; otherwise as the reader of papers takes it out.
fn text_of(path: &Path, mut file: File) -> Result<String, String> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| format!("cannot be read ({error})."))?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("paper");
    let binary = bytes.iter().take(LOOKED_AT).any(|byte| *byte == 0) || bytes.starts_with(b"%PDF");
    if !binary {
        match String::from_utf8(bytes) {
            Ok(text) => return Ok(text),
            Err(wrong) => bytes = wrong.into_bytes(),
        }
    }
    if extract::sort_of(name, &bytes).is_none() {
        return Err("is neither UTF-8 text nor a paper that can be read.".to_owned());
    }
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let reading = Worker::new(program).read(name, &bytes).map_err(|error| error.to_string())?;
    Ok(reading.text)
}
