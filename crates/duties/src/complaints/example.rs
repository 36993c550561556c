//! A letter of each kind about a complaint that does not exist, for whoever sets the charity's own words.

use std::sync::Arc;

use jiff::ToSpan as _;
use records::complaint::{Complaint, Finding, Outcome};
use records::requests::{Details, Intake};
use records::work::LetterKind;
use records::{Actor, Kind, Operation, Personal, Provenance};

use super::grievance::Grievance;
use super::letters;
use crate::office::House;
use crate::requests::{nowhere, role_words};

/// The paragraphs of a letter of a kind, without the charity's own words. None for a kind that is not about a complaint.
pub(crate) fn example(house: &Arc<House>, now: jiff::Timestamp, kind: LetterKind) -> Option<Vec<String>> {
    let case = grievance(house, now);
    let today = case.today();
    let answer = super::limits(house, &case.complaint).answer;
    let said = |words: &str| Personal::new(words.to_owned());
    match kind {
        LetterKind::ComplaintAcknowledged => Some(letters::acknowledgement(&case, answer)),
        LetterKind::ComplaintProgress => {
            Some(letters::progress(&case, "We have spoken with everybody who was there.", answer))
        }
        LetterKind::ComplaintOutcome => {
            let outcome = Outcome {
                on: today,
                finding: Finding::Upheld,
                findings: said("Nobody wrote your question down when you rang."),
                actions: said("Everybody who answers the telephone now writes questions down at once."),
            };
            Some(letters::outcome(&case, &outcome))
        }
        _ => None,
    }
}

fn grievance(house: &Arc<House>, now: jiff::Timestamp) -> Grievance {
    let operation = Operation::for_the_book(Actor::Program, "an example", now);
    let settings = house.settings();
    let complaint = Complaint {
        reference: "CMP-0000-0000".to_owned(),
        received: operation.today().saturating_sub(3.days()),
        intake: Intake::Phone,
        by: None,
        details: Details::default(),
        about: Personal::new("Nobody rang back.".to_owned()),
        request: None,
        routed_to: role_words(settings.role("ask:complaint/to")),
        advice: settings.role("ask:complaint/advice").map(|setting| role_words(Some(setting))),
        policy: None,
        acknowledged: None,
        enquiries: Vec::new(),
        outcome: None,
        regulator: Vec::new(),
        withdrawn: None,
        events: Vec::new(),
    };
    Grievance {
        provenance: Provenance::from_the_work(None, now),
        header: nowhere(Kind::Complaint, now),
        house: Arc::clone(house),
        operation,
        complaint,
    }
}
