//! The paper side of an answer to an access request: from its contents to letter, PDF, web page and data file.
//!
//! The caller says what is to be told ([`PackContents`]); this module puts it in order, derives the log of what was left
//! out from the records themselves, and lets nothing out before the finished files have been searched ([`finish`]).
//! A covered part reaches this module as [`Segment::Covered`], without its words.
//!
//! Source: UK GDPR article 15, clause T19 (what an answer contains), clause K21 (easy to read, electronic).

mod finished;
mod json;
mod paper;

use std::sync::Arc;

use jiff::civil::Date;

use crate::document::{LayerRun, Letterhead};
use crate::pages::Made;
use crate::redact::{RedactionReason, Segment};

pub use finished::{
    FinishError, FinishedFile, FinishedPack, StillShown, Withheld, finish, search_reading, still_shown,
};
pub use json::{PackJson, SCHEMA, SCHEMA_NAME, to_json};
pub use paper::{cover_letter, document};

/// Everything that an answer to an access request says.
#[derive(Debug, Clone)]
pub struct PackContents {
    /// The charity's reference: `REQ-2026-0042`.
    pub reference: String,
    /// The date of the answer.
    pub date: Date,
    /// BCP 47 language of the words: `en-GB`.
    pub language: String,
    /// Who answers.
    pub letterhead: Letterhead,
    /// To whom, name and address, one line each.
    pub addressee: Vec<String>,
    /// "Dear Ada Okafor".
    pub salutation: String,
    /// When the request came in.
    pub requested: Date,
    /// Whose information it is.
    pub about: About,
    /// What the letter says in its own words, paragraph by paragraph; a plain summary of what was found. May be empty.
    pub summary: Vec<String>,
    /// What the letter says in front of the summary, paragraph by paragraph. May be empty.
    pub opening: Vec<String>,
    /// What the letter says at its end, paragraph by paragraph. May be empty.
    pub closing: Vec<String>,
    /// Who signs: name, role.
    pub signature: Vec<String>,
    /// The seven parts of clause T19.
    pub answers: SevenAnswers,
    /// Where was looked, one place each, as the person may read it.
    pub searched: Vec<String>,
    /// The records, in the order in which they are to be read.
    pub items: Vec<PackItem>,
    /// Records left out whole: why, and how many.
    pub left_out_whole: Vec<(RedactionReason, u32)>,
    /// How to complain to the charity: whom, how, what then.
    pub complain_to_us: Part,
    /// The regulator.
    pub regulator: Regulator,
    /// The line at the foot of each page.
    pub footer: Option<String>,
}

/// Whose information an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The person who reads it.
    Reader,
    /// Somebody for whom the reader may ask, such as their child; the name as the reader knows it.
    SomeoneElse(String),
}

/// Words under one heading: paragraphs, then points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Points of a list after the paragraphs.
    pub points: Vec<String>,
}

/// The seven parts of an answer (clause T19, UK GDPR article 15(1)), in the words of the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SevenAnswers {
    /// Whether information is held.
    pub confirmation: Part,
    /// What it is used for, and the lawful basis of each use.
    pub purposes: Part,
    /// What kinds of information.
    pub categories: Part,
    /// Who had it or may have it, in particular in other countries.
    pub recipients: Part,
    /// How long it is kept, or how that is decided.
    pub retention: Part,
    /// Where it came from.
    pub source: Part,
    /// What the person may do about it: have it put right, erased, limited; object; complain. Automated decisions.
    pub rights: Part,
}

/// One record of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackItem {
    /// The catalogue's kind: `note`.
    pub kind: String,
    /// What it is, in words: "Note of a home visit".
    pub heading: String,
    /// When it happened.
    pub happened: Option<Date>,
    /// When it was written.
    pub written: Option<Date>,
    /// Where it came from, in words.
    pub source: Option<String>,
    /// Further facts by name.
    pub facts: Vec<(String, String)>,
    /// The text, cut by [`crate::redact::segments`] with one numbering for the whole pack.
    pub text: Vec<Segment>,
    /// The pages that go out as pictures, each with its words, which stand in `text` no more.
    pub pages: Vec<PackPage>,
}

/// One page of a paper that goes out as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackPage {
    /// Which page of the paper, from 1.
    pub number: u32,
    /// How many pages the paper has.
    pub of: u32,
    /// The page, made anew, with its boxes burnt in. Every number in `text` has a box and every box a number in `text`.
    pub picture: Arc<Made>,
    /// Its words, cut as those of the item.
    pub text: Vec<Segment>,
    /// The words that may be read, where they stand on it.
    pub layer: Vec<LayerRun>,
}

impl PackItem {
    /// What it says, piece by piece: its text, then its pages.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.text.iter().chain(self.pages.iter().flat_map(|page| &page.text))
    }
}

/// The supervisory authority.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regulator {
    /// Its name.
    pub name: String,
    /// Its address, one line each.
    pub lines: Vec<String>,
    /// Telephone number.
    pub phone: String,
    /// Web address, `https://…`.
    pub website: String,
}

/// One line of the log: places in one item that were left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The item, from 1.
    pub item: u32,
    /// First and last number of places that follow each other.
    pub numbers: (u32, u32),
    /// Why, as the person who asked may know it.
    pub reason: RedactionReason,
}

impl PackContents {
    /// The log of what was left out of the records, derived from the records.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let mut log: Vec<LeftOut> = Vec::new();
        for (item, record) in (1_u32..).zip(&self.items) {
            for segment in record.segments() {
                let Segment::Covered { number, reason } = segment else { continue };
                match log.last_mut() {
                    Some(last)
                        if last.item == item
                            && last.reason.public_number() == reason.public_number()
                            && last.numbers.1 + 1 == *number =>
                    {
                        last.numbers.1 = *number;
                    }
                    _ => log.push(LeftOut { item, numbers: (*number, *number), reason: *reason }),
                }
            }
        }
        log
    }

    /// The reasons used anywhere in the pack, each public number once, in order.
    pub fn reasons(&self) -> Vec<RedactionReason> {
        let in_items = self.left_out().into_iter().map(|line| line.reason);
        let mut reasons: Vec<RedactionReason> =
            in_items.chain(self.left_out_whole.iter().map(|(reason, _)| *reason)).collect();
        reasons.sort_by_key(|reason| reason.public_number());
        reasons.dedup_by_key(|reason| reason.public_number());
        reasons
    }

    /// How many places were left out inside records.
    pub fn places_left_out(&self) -> u32 {
        self.left_out().iter().map(|line| line.numbers.1 - line.numbers.0 + 1).sum()
    }
}

#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod tests;
