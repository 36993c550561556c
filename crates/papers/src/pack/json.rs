//! The answer as a data file that programs can read, with a published schema.

use jiff::civil::Date;
use serde::Serialize;

use super::{About, PackContents, PackItem, Part};
use crate::redact::{RedactionReason, Segment};

/// The name of the schema, as each file states it.
pub const SCHEMA_NAME: &str = "access-pack-1";

/// The published JSON Schema (draft 2020-12).
pub const SCHEMA: &str = include_str!("../../schema/access-pack-1.json");

/// The answer as data. Reasons appear under their public number only.
#[derive(Debug, Serialize)]
pub struct PackJson<'a> {
    schema: &'static str,
    reference: &'a str,
    date: Date,
    requested: Date,
    language: &'a str,
    organisation: Organisation<'a>,
    to: &'a [String],
    about: &'static str,
    summary: &'a [String],
    answers: Answers<'a>,
    searched: &'a [String],
    items: Vec<JsonItem<'a>>,
    reasons: Vec<Reason>,
    left_out: Vec<JsonLeftOut>,
    left_out_whole: Vec<Whole>,
    complaints: Complaints<'a>,
}

#[derive(Debug, Serialize)]
struct Organisation<'a> {
    name: &'a str,
    lines: &'a [String],
}

#[derive(Debug, Serialize)]
struct Answers<'a> {
    confirmation: JsonPart<'a>,
    purposes: JsonPart<'a>,
    categories: JsonPart<'a>,
    recipients: JsonPart<'a>,
    retention: JsonPart<'a>,
    source: JsonPart<'a>,
    rights: JsonPart<'a>,
}

#[derive(Debug, Serialize)]
struct JsonPart<'a> {
    paragraphs: &'a [String],
    points: &'a [String],
}

#[derive(Debug, Serialize)]
struct JsonItem<'a> {
    number: u32,
    kind: &'a str,
    heading: &'a str,
    happened: Option<Date>,
    written: Option<Date>,
    source: Option<&'a str>,
    facts: Vec<Fact<'a>>,
    text: Vec<Piece<'a>>,
}

#[derive(Debug, Serialize)]
struct Fact<'a> {
    name: &'a str,
    value: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Piece<'a> {
    Shown(&'a str),
    #[serde(rename = "shown")]
    Caption(String),
    LeftOut {
        number: u32,
        reason: u32,
    },
}

#[derive(Debug, Serialize)]
struct Reason {
    number: u32,
    name: &'static str,
    meaning: &'static str,
    law: &'static str,
}

#[derive(Debug, Serialize)]
struct JsonLeftOut {
    item: u32,
    first: u32,
    last: u32,
    reason: u32,
}

#[derive(Debug, Serialize)]
struct Whole {
    reason: u32,
    records: u32,
}

#[derive(Debug, Serialize)]
struct Complaints<'a> {
    to_us: JsonPart<'a>,
    regulator: JsonRegulator<'a>,
}

#[derive(Debug, Serialize)]
struct JsonRegulator<'a> {
    name: &'a str,
    lines: &'a [String],
    phone: &'a str,
    website: &'a str,
}

impl<'a> From<&'a PackContents> for PackJson<'a> {
    fn from(contents: &'a PackContents) -> Self {
        let answers = &contents.answers;
        let left_out = contents.left_out().into_iter().map(|line| JsonLeftOut {
            item: line.item,
            first: line.numbers.0,
            last: line.numbers.1,
            reason: line.reason.public_number(),
        });
        Self {
            schema: SCHEMA_NAME,
            reference: &contents.reference,
            date: contents.date,
            requested: contents.requested,
            language: &contents.language,
            organisation: Organisation { name: &contents.letterhead.organisation, lines: &contents.letterhead.lines },
            to: &contents.addressee,
            about: match contents.about {
                About::Reader => "reader",
                About::SomeoneElse(_) => "someone-else",
            },
            summary: &contents.summary,
            answers: Answers {
                confirmation: part(&answers.confirmation),
                purposes: part(&answers.purposes),
                categories: part(&answers.categories),
                recipients: part(&answers.recipients),
                retention: part(&answers.retention),
                source: part(&answers.source),
                rights: part(&answers.rights),
            },
            searched: &contents.searched,
            items: items(contents),
            reasons: contents.reasons().into_iter().map(reason).collect(),
            left_out: left_out.collect(),
            left_out_whole: whole(&contents.left_out_whole),
            complaints: Complaints {
                to_us: part(&contents.complain_to_us),
                regulator: JsonRegulator {
                    name: &contents.regulator.name,
                    lines: &contents.regulator.lines,
                    phone: &contents.regulator.phone,
                    website: &contents.regulator.website,
                },
            },
        }
    }
}

fn part(part: &Part) -> JsonPart<'_> {
    JsonPart { paragraphs: &part.paragraphs, points: &part.points }
}

fn piece(segment: &Segment) -> Piece<'_> {
    match segment {
        Segment::Shown(words) => Piece::Shown(words),
        Segment::Covered { number, reason } => Piece::LeftOut { number: *number, reason: reason.public_number() },
    }
}

/// The text, then page by page what stands on the pictures, which the data file does not hold.
fn pieces(item: &PackItem) -> Vec<Piece<'_>> {
    let pages = item.pages.iter().flat_map(|page| {
        let caption = format!("\n\nPage {} of {}, a picture in the PDF:\n", page.number, page.of);
        std::iter::once(Piece::Caption(caption)).chain(page.text.iter().map(piece))
    });
    item.text.iter().map(piece).chain(pages).collect()
}

fn items(contents: &PackContents) -> Vec<JsonItem<'_>> {
    (1_u32..)
        .zip(&contents.items)
        .map(|(number, item)| JsonItem {
            number,
            kind: &item.kind,
            heading: &item.heading,
            happened: item.happened,
            written: item.written,
            source: item.source.as_deref(),
            facts: item.facts.iter().map(|(name, value)| Fact { name, value }).collect(),
            text: pieces(item),
        })
        .collect()
}

fn reason(reason: RedactionReason) -> Reason {
    Reason {
        number: reason.public_number(),
        name: reason.public_name(),
        meaning: reason.told(),
        law: reason.public_law(),
    }
}

/// Counts with the same public reason taken together.
fn whole(counts: &[(RedactionReason, u32)]) -> Vec<Whole> {
    super::paper::merged(counts)
        .into_iter()
        .map(|(reason, records)| Whole { reason: reason.public_number(), records })
        .collect()
}

/// The answer as a JSON file, indented, UTF-8.
///
/// # Errors
/// None that the types allow; `serde_json` keeps the right to fail.
pub fn to_json(contents: &PackContents) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&PackJson::from(contents))
}
