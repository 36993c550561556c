//! The conditions under which a reason may be relied on (K26, T27; Data Protection Act 2018, Schedule 3), and what stays
//! closed without an opinion. They are looked at when somebody decides, before the second person sees the answer, and once
//! more on the day on which it goes out: an opinion counts for six months only.

use jiff::civil::Date;
use papers::redact::{RedactionReason, Term, find_all};
use records::Personal;
use records::requests::{Review, Verdict};
use records::standing::Right;

use super::case::Case;
use super::covering::{all_redactions, reason_of};
use super::texts::ItemTexts;
use crate::requests::standing::{GROWN, age_of, may_be_scottish, nations_of};

/// In Scotland, what a child said in confidence is kept from parents until 16.
const CONFIDENCE_ENDS_IN_SCOTLAND: i16 = 16;

/// A condition that is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unmet {
    /// Nobody who may give an opinion on harm has given one that counts today.
    NoOpinion,
    /// Only against somebody who asks by parental responsibility, or was appointed by a court.
    NotAParent,
    /// Only while the person is a child.
    NotAChild,
    /// Not in Scotland.
    NotInScotland,
    /// Nothing is written down on why it applies.
    NoRemark,
    /// Somebody was asked, and nothing is decided.
    StillAsked,
    /// It was decided that it stays out.
    StaysOut,
    /// Information about health without an opinion that reading it does no serious harm.
    HealthClosed,
}

impl Unmet {
    /// What a page says, and what to do.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoOpinion => {
                "Serious harm needs the opinion of a health professional from the last six months. Add it under Opinions on \
                 harm first"
            }
            Self::NotAParent => {
                "This reason counts only against somebody who asks for a child by parental responsibility. It never counts \
                 against the person's own request"
            }
            Self::NotAChild => "This reason counts only while the person is a child",
            Self::NotInScotland => "This reason does not exist in Scots law. Choose another",
            Self::NoRemark => "Write in the remarks which exemption you rely on, and why it applies here",
            Self::StillAsked => {
                "Somebody was asked whether this may be given, and it is not decided. Note what they said and weigh it under \
                 Asking others; or cover every word that they were asked about"
            }
            Self::StaysOut => {
                "Having asked, somebody decided that this stays out. Leave it out, cover every word that they were asked about, \
                 or weigh it anew under Asking others"
            }
            Self::HealthClosed => {
                "Information about health stays closed until a health professional says that it does no serious harm. Add the \
                 opinion, or say how the person knows it already"
            }
        }
    }
}

/// Whether a reason may be relied on in a request on a day.
pub(crate) fn condition(case: &Case, reason: RedactionReason, today: Date) -> Result<(), Unmet> {
    match reason {
        RedactionReason::SeriousHarm => {
            let counts = case.request.opinions.iter().any(|one| one.harm && clock::opinion_counts(one.given, today));
            if counts { Ok(()) } else { Err(Unmet::NoOpinion) }
        }
        RedactionReason::GivenInConfidence => {
            against_a_parent(case)?;
            let until = if scottish(case) { CONFIDENCE_ENDS_IN_SCOTLAND } else { GROWN };
            younger(case, until, today)
        }
        RedactionReason::ChildAbuse => {
            against_a_parent(case)?;
            if scottish(case) {
                return Err(Unmet::NotInScotland);
            }
            younger(case, GROWN, today)
        }
        _ => Ok(()),
    }
}

fn scottish(case: &Case) -> bool {
    may_be_scottish(nations_of(&case.house, &case.request))
}

fn against_a_parent(case: &Case) -> Result<(), Unmet> {
    let standing = case.request.requester.as_ref().and_then(|requester| requester.standing.as_ref());
    match standing {
        Some(standing) if standing.right.is_parental() || standing.right == Right::Attorney => Ok(()),
        _ => Err(Unmet::NotAParent),
    }
}

fn younger(case: &Case, than: i16, today: Date) -> Result<(), Unmet> {
    if age_of(&case.subject.card, today).is_some_and(|age| age >= than) { Err(Unmet::NotAChild) } else { Ok(()) }
}

/// Whether what an item says about health stays closed: nobody said that it does no harm, and the person does not know it.
pub(crate) fn health_closed(case: &Case, review: &Review, texts: &ItemTexts, today: Date) -> bool {
    if !texts.health || texts.told_by_them || review.known_to_them.is_some() {
        return false;
    }
    let covers_harm = relied_on(review).any(|reason| reason == RedactionReason::SeriousHarm);
    let opens = |one: &records::opinion::Opinion| clock::opinion_counts(one.given, today) && (!one.harm || covers_harm);
    !case.request.opinions.iter().any(opens)
}

/// The reasons that an item relies on.
fn relied_on(review: &Review) -> impl Iterator<Item = RedactionReason> {
    let covered = review.covered.iter().map(|one| &*one.reason);
    let boxes = review.boxes.iter().map(|one| &*one.reason);
    let whole = review.withheld_for.as_deref().filter(|_| review.verdict == Verdict::Withhold);
    covered.chain(boxes).chain(whole).map(reason_of)
}

/// What asking others leaves open of an item, where anybody was asked. Where it was about some words only, the rest can
/// go out once these are covered.
pub(crate) fn asked_about(case: &Case, review: &Review, texts: &ItemTexts) -> Option<Unmet> {
    let mut found = None;
    for asked in case.consultations().filter(|asked| asked.is_about(&review.item)) {
        let out = |words: &Personal<String>| all_covered(words.for_page(), texts, review);
        if asked.passage.as_ref().is_some_and(out) {
            continue;
        }
        match &asked.weighed {
            None => return Some(Unmet::StillAsked),
            Some(weighed) if !weighed.give => found = Some(Unmet::StaysOut),
            Some(_) => {}
        }
    }
    found
}

/// Whether certain words stand in an item, and every letter of them is covered wherever they do.
fn all_covered(words: &str, texts: &ItemTexts, review: &Review) -> bool {
    let Some(term) = Term::new(words) else { return false };
    let on_parts = all_redactions(texts, review);
    let mut places = 0_usize;
    for (part, on) in texts.parts.iter().zip(&on_parts) {
        for place in find_all(&term, &part.text) {
            places += 1;
            let covered = |at: usize| on.spans().iter().any(|span| span.start <= at && at < span.end);
            let letters = part.text[place.clone()].char_indices().filter(|(_, letter)| !letter.is_whitespace());
            if !letters.map(|(at, _)| place.start + at).all(covered) {
                return false;
            }
        }
    }
    places > 0
}

/// What an item lacks before it can go out on a day, first things first.
pub(crate) fn lacking(case: &Case, review: &Review, texts: &ItemTexts, today: Date) -> Option<Unmet> {
    if review.verdict == Verdict::Give && health_closed(case, review, texts, today) {
        return Some(Unmet::HealthClosed);
    }
    if review.verdict == Verdict::Give
        && let Some(unmet) = asked_about(case, review, texts)
    {
        return Some(unmet);
    }
    let needs_words = |reason| matches!(reason, RedactionReason::ChildAbuse | RedactionReason::Other);
    relied_on(review).find_map(|reason| match condition(case, reason, today) {
        Err(unmet) => Some(unmet),
        Ok(()) if needs_words(reason) && review.remarks.is_none() => Some(Unmet::NoRemark),
        Ok(()) => None,
    })
}
