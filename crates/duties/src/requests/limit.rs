//! By when a request is answered, and why: the law's clock with the charity's own promise laid over it.

use std::borrow::Cow;

use book::Filing;
use clock::{ClockError, Limit};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::Settings;
use records::State;
use records::requests::{AccessRequest, Asked};

use crate::office::{House, read_policy};

/// Where no date can be worked out at all, the request counts as due this many days after it came: earlier than any
/// month, so that it is never hidden.
const WITHOUT_A_SUM: i32 = 28;

/// The limit for a request as it stands on a day, with its reasons line by line (K23, T24, T26; UK GDPR art. 12A).
///
/// # Errors
/// [`ClockError`] where the dates of the request contradict each other.
pub fn clock_of(house: &House, request: &AccessRequest, today: Date) -> Result<Limit, ClockError> {
    let settings = settings_of(house, request);
    let limit = statutory(house, request, today)?;
    match &request.extension {
        Some(extension) => Ok(limit.extend(extension.told)?.with_policy(settings.answer_access_extended().value)),
        None => Ok(limit.with_policy(settings.answer_access().value)),
    }
}

/// The law's limit alone, before extension and policy.
fn statutory(house: &House, request: &AccessRequest, today: Date) -> Result<Limit, ClockError> {
    let mut facts = clock::Request::received(request.received, house.nations()).on(last_day(request, today));
    if let Some(Asked { asked, received, .. }) = request.identity {
        facts = facts.identity(asked, received);
    }
    if let Some(Asked { asked, received, .. }) = request.authority {
        facts = facts.authority(asked, received);
    }
    if let Some(fee) = &request.fee {
        facts = facts.fee(fee.asked, fee.paid);
    }
    for pause in &request.pauses {
        facts = facts.paused(pause.asked, pause.answered);
    }
    clock::access(&facts, &house.holidays)
}

/// The day up to which the clock is looked at: today, or the day on which the request was over.
fn last_day(request: &AccessRequest, today: Date) -> Date {
    let refused = request.refusal.as_ref().map(|refusal| refusal.on);
    let released = request.release.as_ref().map(|release| records::operation::london_day(release.at));
    refused.or(released).or(request.closed).unwrap_or(today)
}

/// The last day on which the person can be told that it takes longer, and why (T26): the law's or, if earlier, the
/// policy's.
pub fn notice_by(house: &House, request: &AccessRequest, today: Date) -> Result<Date, ClockError> {
    let limit = statutory(house, request, today)?;
    let by_law = limit.extension_notice_by.ok_or(ClockError::NoExtension)?;
    let promised = settings_of(house, request).extension_notice().value.after(limit.start);
    let paused = jiff::Span::new().try_days(limit.paused_days).map_err(|_| ClockError::OutOfRange)?;
    Ok(by_law.min(promised.saturating_add(paused)))
}

/// The settings of the policy under which the request is worked: the version in force when it came in.
pub(crate) fn settings_of<'a>(house: &'a House, request: &AccessRequest) -> Cow<'a, Settings> {
    let version = request.policy.filter(|id| *id != house.policy_version.0.id);
    let earlier = version.and_then(|id| house.policies.iter().find(|(header, _)| header.id == id));
    match earlier.and_then(|(_, policy)| read_policy(&policy.texts).ok()) {
        Some(policy) => Cow::Owned(policy.settings().clone()),
        None => Cow::Borrowed(house.settings()),
    }
}

/// The header of a request as it stands: open and due at the end of its day, waiting while the clock is stopped,
/// done when nothing runs any more.
pub fn filing_of(house: &House, request: &AccessRequest, today: Date) -> Filing {
    if !request.stage.is_live() {
        return Filing::in_state(State::Done);
    }
    match clock_of(house, request, today) {
        // The date would move with every day of waiting; lists work it out when they are read.
        Ok(limit) if limit.stopped.is_some() => Filing::in_state(State::Waiting),
        Ok(limit) => Filing::open(end_of(limit.due)),
        Err(_) => {
            let cautious = request.received.saturating_add(jiff::Span::new().days(WITHOUT_A_SUM));
            Filing::open(end_of(cautious))
        }
    }
}

/// The last second of a day in London.
pub(crate) fn end_of(day: Date) -> Option<Timestamp> {
    day.at(23, 59, 59, 0).to_zoned(clock::london()).ok().map(|zoned| zoned.timestamp())
}

/// How far away a date is, as every list and page says it: "Late by 2 days (was due Fri 20 November 2026)",
/// "Due in 5 days (Friday 27 November)".
pub fn due_words(today: Date, due: Date) -> String {
    let words = clock::days_left_words(today, due);
    if due < today { format!("{words} (it was due {})", clock::short_date(due)) } else { words }
}
