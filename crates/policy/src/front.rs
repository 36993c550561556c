//! Front matter: the `key: value` lines between `---` at the top of a policy text.

use std::fmt;
use std::ops::Range;

use clock::Nation;
use jiff::civil::Date;

use crate::problem::{Code, Problem, nearest};
use crate::source::Source;

/// What kind of text it is among the texts of one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TextKind {
    /// The policy itself.
    #[default]
    Full,
    /// For parents and carers.
    Parents,
    /// For young people.
    YoungPeople,
    /// For children.
    Children,
    /// Easy Read: one sentence and one picture a row.
    EasyRead,
    /// The policy in Welsh.
    Welsh,
}

impl TextKind {
    const ALL: [(&str, Self); 6] = [
        ("full", Self::Full),
        ("parents", Self::Parents),
        ("young-people", Self::YoungPeople),
        ("children", Self::Children),
        ("easy-read", Self::EasyRead),
        ("welsh", Self::Welsh),
    ];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("full", |(word, _)| word)
    }
}

/// A date of a policy: some name only the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyDate {
    /// A day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
}

impl PolicyDate {
    /// Reads `2024-06-01` or `2024-06`.
    pub fn read(text: &str) -> Option<Self> {
        if let Ok(day) = text.parse::<Date>()
            && text.len() == 10
        {
            return Some(Self::Day(day));
        }
        if text.len() != 7 {
            return None;
        }
        format!("{text}-01").parse().ok().map(Self::Month)
    }

    /// The day, or the first of the month.
    pub fn first_day(self) -> Date {
        match self {
            Self::Day(day) | Self::Month(day) => day,
        }
    }
}

/// "1 June 2024" or "June 2024".
impl fmt::Display for PolicyDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.strftime("%-d %B %Y")),
            Self::Month(day) => write!(f, "{}", day.strftime("%B %Y")),
        }
    }
}

/// What the front matter says. Everything is optional but the charity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front {
    /// The charity's name.
    pub charity: Option<String>,
    /// Who decides why and how data are used, with registration number and address.
    pub controller: Option<String>,
    /// The policy's own name, by which its other texts refer to it: "kids".
    pub policy: Option<String>,
    /// What kind of text this is.
    pub text: TextKind,
    /// Of which policy this is another text.
    pub of: Option<String>,
    /// The title at the top of the notice.
    pub title: Option<String>,
    /// Language tag, "en-GB" unless said otherwise.
    pub language: Option<String>,
    /// Where the charity's office is: its bank holidays and its law on children's capacity.
    pub nation: Option<Nation>,
    /// Since when the policy holds.
    pub adopted: Option<PolicyDate>,
    /// When it was last looked at.
    pub reviewed: Option<PolicyDate>,
    /// When it is to be looked at next.
    pub review: Option<PolicyDate>,
    /// Who adopted or reviewed it, in words.
    pub by: Option<String>,
}

impl Front {
    /// The language tag of the text.
    pub fn language(&self) -> &str {
        match (&self.language, self.text) {
            (Some(tag), _) => tag,
            (None, TextKind::Welsh) => "cy",
            (None, _) => "en-GB",
        }
    }

    /// Whether Scottish law on children's capacity applies.
    pub fn in_scotland(&self) -> bool {
        self.nation == Some(Nation::Scotland)
    }
}

/// Every key with its meaning in the guide's order.
const KEYS: [&str; 12] = [
    "charity",
    "controller",
    "policy",
    "text",
    "of",
    "title",
    "language",
    "nation",
    "adopted",
    "reviewed",
    "review",
    "by",
];

/// A `key: value` line and where its parts are.
struct Line<'a> {
    key: &'a str,
    value: &'a str,
    key_at: Range<usize>,
    value_at: Range<usize>,
}

/// Reads the front matter and says at which byte the text itself begins.
pub(crate) fn read(source: &Source, problems: &mut Vec<Problem>) -> (Front, usize) {
    let mut front = Front::default();
    let Some((inside, body)) = extent(source, problems) else {
        return (front, 0);
    };
    let mut seen: Vec<String> = Vec::new();
    let mut at = inside.start;
    for raw in source.text()[inside].split_inclusive('\n') {
        let start = at;
        at += raw.len();
        let line = raw.trim_end();
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let Some(line) = split(line, start) else {
            let place = source.place(start..start + line.len());
            problems.push(
                Problem::new(Code::FrontMatter, source, place, format!("\"{line}\" is not a line of front matter"))
                    .help("Each line is a key, a colon and a value: \"charity: Example Children's Charity\"."),
            );
            continue;
        };
        if seen.iter().any(|key| key == line.key) {
            let message = format!("\"{}\" is given twice in the front matter", line.key);
            problems.push(Problem::new(Code::FrontMatter, source, source.place(line.key_at.clone()), message));
            continue;
        }
        seen.push(line.key.to_owned());
        take(&mut front, &line, source, problems);
    }
    check(&front, source, body, problems);
    (front, body)
}

/// The bytes between the two `---` lines, and where the body begins.
fn extent(source: &Source, problems: &mut Vec<Problem>) -> Option<(Range<usize>, usize)> {
    let example = "Start the text with a line \"---\", then \"charity: …\", then a line \"---\".";
    let mut lines = source.text().split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        let place = source.place(0..first.trim_end().len());
        let message = "The text does not say whose policy it is: it has no front matter";
        problems.push(Problem::new(Code::FrontMatter, source, place, message).help(example));
        return None;
    }
    let inside = first.len();
    let mut at = inside;
    for line in lines {
        if line.trim_end() == "---" {
            return Some((inside..at, at + line.len()));
        }
        at += line.len();
    }
    let message = "The front matter is never closed";
    problems.push(Problem::new(Code::FrontMatter, source, source.place(0..3), message).help(example));
    None
}

fn split(line: &str, start: usize) -> Option<Line<'_>> {
    let (key, value) = line.split_once(':')?;
    let indent = key.len() - key.trim_start().len();
    let trimmed = value.trim();
    let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let bare = trimmed
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| trimmed.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')))
        .unwrap_or(trimmed);
    let key_at = start + indent..start + key.trim_end().len();
    let key = key.trim();
    (!key.is_empty() && !bare.is_empty()).then_some(Line {
        key,
        value: bare,
        key_at,
        value_at: value_start..value_start + trimmed.len(),
    })
}

fn take(front: &mut Front, line: &Line<'_>, source: &Source, problems: &mut Vec<Problem>) {
    let value = Some(line.value.to_owned());
    match line.key {
        "charity" => front.charity = value,
        "controller" => front.controller = value,
        "policy" => front.policy = value,
        "of" => front.of = value,
        "title" => front.title = value,
        "language" => front.language = value,
        "by" => front.by = value,
        "text" => match TextKind::ALL.iter().find(|(word, _)| *word == line.value) {
            Some((_, kind)) => front.text = *kind,
            None => problems.push(unknown_word(source, line, &TextKind::ALL.map(|(word, _)| word))),
        },
        "nation" => match line.value.parse() {
            Ok(nation) => front.nation = Some(nation),
            Err(_) => problems.push(unknown_word(source, line, &Nation::ALL.map(Nation::slug))),
        },
        "adopted" => front.adopted = date(source, line, problems),
        "reviewed" => front.reviewed = date(source, line, problems),
        "review" => front.review = date(source, line, problems),
        other => {
            let meant = nearest(other, KEYS.into_iter());
            let help = meant.map_or_else(
                || format!("Known keys: {}.", KEYS.join(", ")),
                |meant| format!("Did you mean \"{meant}\"?"),
            );
            let message = format!("The front matter has an unknown key \"{other}\"; it has no effect");
            let place = source.place(line.key_at.clone());
            problems.push(Problem::new(Code::UnknownFrontMatter, source, place, message).help(help));
        }
    }
}

fn unknown_word(source: &Source, line: &Line<'_>, known: &[&str]) -> Problem {
    let message = format!("\"{}\" is not a value of \"{}\"", line.value, line.key);
    Problem::new(Code::FrontMatter, source, source.place(line.value_at.clone()), message)
        .help(format!("Expected one of: {}.", known.join(", ")))
}

fn date(source: &Source, line: &Line<'_>, problems: &mut Vec<Problem>) -> Option<PolicyDate> {
    let read = PolicyDate::read(line.value);
    if read.is_none() {
        let message = format!("\"{}: {}\" is not a date", line.key, line.value);
        let place = source.place(line.value_at.clone());
        problems.push(
            Problem::new(Code::UnreadableDate, source, place, message)
                .help("Expected year, month and day as in 2024-06-01, or year and month as in 2024-06."),
        );
    }
    read
}

fn check(front: &Front, source: &Source, body: usize, problems: &mut Vec<Problem>) {
    if front.charity.is_none() {
        let place = source.place(0..3.min(body));
        problems.push(
            Problem::new(Code::FrontMatter, source, place, "The front matter does not name the charity")
                .help("Add a line \"charity: …\" between the \"---\" lines."),
        );
    }
    let since = front.reviewed.or(front.adopted);
    if let (Some(since), Some(next)) = (since, front.review)
        && next.first_day() < since.first_day()
    {
        let message = format!("The next review ({next}) lies before the last ({since})");
        problems.push(Problem::new(Code::UnreadableDate, source, source.place(0..3), message));
    }
}
