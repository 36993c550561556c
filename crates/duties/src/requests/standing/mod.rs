//! Who may have the answer: whether a child decides alone, by what right somebody asks for another, and what their
//! birthdays change. What was found out is stored; what follows from it is worked out afresh whenever it is asked.

mod judge;
mod rules;
mod settle;

use std::borrow::Cow;

use book::OpenFile;
use clock::Nations;
use jiff::civil::Date;
use records::people::WarningKind;
use records::requests::AccessRequest;
use records::{Card, Content, PersonClass, Personal, State};

pub use judge::{JudgeError, Judgement, judge};
pub(crate) use rules::may_be_scottish;
pub use rules::{GROWN, May, Stop, age_on, birthday};
pub use settle::{NewStanding, StandingError, settle};

use super::limit::settings_of;
use crate::office::House;
use rules::{Asker, Asking, may_they, turns};

/// What follows for a request on a day from what was found out about whoever asks.
pub fn who_may(house: &House, request: &AccessRequest, subject: &Card, today: Date) -> Result<May, Stop> {
    may_they(&Asking {
        today,
        born: born(subject),
        is_child: subject.class == PersonClass::Child,
        presumed_from: presumed_from(house, request),
        nations: nations_of(house, request),
        competence: request.competence.as_ref(),
        asker: request
            .requester
            .as_ref()
            .map_or(Asker::Themselves, |requester| Asker::Another(requester.standing.as_ref())),
    })
}

/// The age from which the policy presumes that a child understands (T21).
pub fn presumed_from(house: &House, request: &AccessRequest) -> i16 {
    let settings: Cow<'_, policy::Settings> = settings_of(house, request);
    settings
        .age("ask:access/child-age")
        .map_or(rules::GROWN, |setting| i16::try_from(setting.value).unwrap_or(i16::MAX))
}

/// Where the subject may live: as it was noted, else wherever the charity works.
pub(crate) fn nations_of(house: &House, request: &AccessRequest) -> Nations {
    request.nation.map_or_else(|| house.nations(), Nations::from)
}

/// Birthdays from the day on which the request came to its due day that change who decides: the age and the day.
pub fn birthdays(house: &House, request: &AccessRequest, subject: &Card, until: Date) -> Vec<(i16, Date)> {
    let Some(born) = born(subject) else { return Vec::new() };
    turns(born, presumed_from(house, request), (request.received, until))
}

/// How old the subject is; none where no birthday is known.
pub fn age_of(subject: &Card, today: Date) -> Option<i16> {
    born(subject).map(|born| age_on(born, today))
}

fn born(subject: &Card) -> Option<Date> {
    subject.born.as_ref().map(|born| *born.for_page())
}

/// A warning on the subject's file against whoever asks: an order of a court, or that they must not be contacted.
pub(crate) fn warned_about<'a>(subject: &'a OpenFile, request: &AccessRequest) -> Option<&'a Personal<String>> {
    let asks = request.requester.as_ref()?.file?;
    subject.records.iter().find_map(|opened| match &opened.record.content {
        Content::Warning(warning)
            if warning.about == Some(asks)
                && opened.header.state != State::Superseded
                && matches!(warning.warning, WarningKind::CourtOrder | WarningKind::DoNotContact) =>
        {
            Some(&warning.text)
        }
        _ => None,
    })
}
