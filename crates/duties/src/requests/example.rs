//! A letter of each kind about a request that does not exist, so that whoever sets the charity's own words sees them in
//! their place before anybody gets such a letter.

use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;
use records::consultation::Consultation;
use records::requests::{AccessRequest, Details, Extension, ExtensionGround, Fee, Intake, RefusalGround};
use records::wish::{Wish, WishKind, WishOutcome};
use records::work::LetterKind;
use records::{Actor, FileId, Header, Kind, Operation, Personal, Provenance, RecordId, State};

use super::case::Case;
use super::details::Missing;
use super::letters;
use super::limit::clock_of;
use crate::office::House;

/// The reference of the request that does not exist.
const REFERENCE: &str = "REQ-0000-0000";

/// The paragraphs of a letter of a kind, without the charity's own words. None for a kind that is not about a request.
pub(crate) fn example(house: &Arc<House>, now: jiff::Timestamp, kind: LetterKind) -> Option<Vec<String>> {
    let mut case = case(house, now);
    let today = case.today();
    let said = |words: &str| Personal::new(words.to_owned());
    Some(match kind {
        LetterKind::Acknowledgement => letters::acknowledgement(&case, &clock_of(house, &case.request, today).ok()?),
        LetterKind::MissingDetails => letters::missing_details(&case, &[Missing::Address, Missing::Wanted]),
        LetterKind::Identity => {
            letters::identity(&case, house.settings().count("ask:access/identity").map_or(1, |count| count.value))
        }
        LetterKind::Clarification => letters::clarification(&case, "Which years do you mean?"),
        LetterKind::Extension => {
            let reasons = said("There are more than 2,000 records, from four services.");
            case.request.extension = Some(Extension { told: today, ground: ExtensionGround::Complex, reasons });
            letters::extension(&case, clock_of(house, &case.request, today).ok()?.due)
        }
        LetterKind::Fee => {
            let items = vec![("Copying 300 pages once more".to_owned(), 1_500)];
            let reasons = said("You asked for a third copy of the same records within two months.");
            letters::fee(&case, &Fee { asked: today, paid: None, items, reasons, evidence: said("") })
        }
        LetterKind::Refusal => {
            letters::refusal(&case, RefusalGround::Excessive, "You had the same records from us two weeks ago.")
        }
        LetterKind::Wishes => letters::wishes(&case, &[&wish(today)]),
        LetterKind::Consultation => letters::consultation(&case, &asked(today)),
        LetterKind::ConsultationAgain => letters::consultation_again(&case, &asked(today)),
        LetterKind::Cover => cover(today),
        LetterKind::ComplaintAcknowledged | LetterKind::ComplaintProgress | LetterKind::ComplaintOutcome => {
            return None;
        }
    })
}

fn case(house: &Arc<House>, now: jiff::Timestamp) -> Case {
    let operation = Operation::for_the_book(Actor::Program, "an example", now);
    let received = operation.today().saturating_sub(3.days());
    let routed_to = super::role_words(house.settings().role("ask:access/to"));
    let request = AccessRequest::new(REFERENCE.to_owned(), received, Intake::Letter, Details::default(), routed_to);
    Case {
        provenance: Provenance::from_the_work(None, now),
        header: nowhere(Kind::AccessRequest, now),
        house: Arc::clone(house),
        operation,
        request,
    }
}

/// The header of something that lies in no file.
pub(crate) fn nowhere(kind: Kind, now: jiff::Timestamp) -> Header {
    Header {
        file: FileId::HOUSE,
        id: RecordId::from_bytes([0; 16]),
        kind,
        topic: 0,
        service: None,
        state: State::Open,
        opened: now,
        due: None,
        version: 1,
    }
}

fn wish(today: Date) -> Wish {
    let words = Personal::new("We added your words to the note.".to_owned());
    Wish {
        request: RecordId::from_bytes([0; 16]),
        viewing: None,
        item: None,
        wish: WishKind::Change,
        words: Personal::new("It was a bus, not a train.".to_owned()),
        on: today,
        outcome: Some(WishOutcome { on: today, done: true, words, by: None }),
    }
}

fn asked(today: Date) -> Consultation {
    Consultation {
        request: RecordId::from_bytes([0; 16]),
        items: Vec::new(),
        passage: None,
        file: None,
        whom: Details::default(),
        about: Personal::new("Your letter of March about the visits.".to_owned()),
        asked: today.saturating_sub(14.days()),
        reply_by: today.saturating_add(14.days()),
        chased: Vec::new(),
        letters: Vec::new(),
        reply: None,
        weighed: None,
    }
}

/// The letter in front of an answer is made with the answer; here stands what it always says.
fn cover(today: Date) -> Vec<String> {
    vec![
        format!(
            "On {} you asked us for the information that we hold about you. This is our answer.",
            clock::uk_date(today.saturating_sub(20.days()))
        ),
        "Then follow in plain words what there is, how many records, and what was left out and why.".to_owned(),
    ]
}
