//! The letters about a complaint: plain words, what happens next, and always the regulator.

use std::fmt::Write as _;

use clock::{Limit, weekday_date};
use jiff::civil::Date;
use records::complaint::Outcome;

use super::grievance::Grievance;
use crate::requests::letters::{contact, here, regulator_words};

/// We have it, who looks into it, and by when you hear from us.
pub(super) fn acknowledgement(case: &Grievance, answer: Date) -> Vec<String> {
    let complaint = &case.complaint;
    let mut letter = vec![
        had_it(case),
        format!(
            "It is looked into by {}. You will hear what came of it without delay, and at the latest by {}.",
            here(&complaint.routed_to),
            weekday_date(answer)
        ),
        "Complaining has no effect on the help that you get from us. You can add to it, or take it back, at any time."
            .to_owned(),
    ];
    if let Some(advice) = &complaint.advice {
        letter.push(format!("If you would like help with your complaint, ask {advice}."));
    }
    letter.push(contact(&case.house.charity.1));
    letter
}

/// How far we are.
pub(super) fn progress(case: &Grievance, words: &str, answer: Date) -> Vec<String> {
    let mut letter = vec![had_it(case), "This is how far we are:".to_owned()];
    letter.extend(lines(words));
    letter.push(format!("You will hear what came of it at the latest by {}.", weekday_date(answer)));
    letter.push(contact(&case.house.charity.1));
    letter
}

/// What we found, what we do, and who else can decide.
pub(super) fn outcome(case: &Grievance, outcome: &Outcome) -> Vec<String> {
    let mut letter = vec![had_it(case), format!("We have looked into it. {}.", outcome.finding.words())];
    letter.push("This is what we found:".to_owned());
    letter.extend(lines(outcome.findings.for_paper()));
    letter.push("This is what we do:".to_owned());
    letter.extend(lines(outcome.actions.for_paper()));
    letter.push("You do not have to accept this.".to_owned());
    letter
        .push(format!("You can complain to the regulator, the {}.", regulator_words(&case.house.charity.1.regulator)));
    letter.push("You can also ask a court to decide. A solicitor or a law centre can tell you how.".to_owned());
    let charity = &case.house.charity.1;
    letter.push(format!(
        "If you have a question, write to {} or telephone {}.",
        charity.contact_email, charity.contact_phone
    ));
    letter
}

fn had_it(case: &Grievance) -> String {
    let complaint = &case.complaint;
    let mut words = format!(
        "We had your complaint on {}. Our reference is {}.",
        clock::uk_date(complaint.received),
        complaint.reference
    );
    if let Some((_, reference)) = &complaint.request {
        let _ = write!(words, " It is about your request {reference}.");
    }
    words
}

fn lines(words: &str) -> impl Iterator<Item = String> {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// The days of acknowledging, as the page tells them where the law sets none.
pub(super) fn acknowledge_words(limit: &Result<Limit, clock::ClockError>) -> String {
    match limit {
        Ok(limit) => weekday_date(limit.due),
        Err(_) => "The law sets no day for one that came so early".to_owned(),
    }
}
