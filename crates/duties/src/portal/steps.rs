//! How far something is, in the steps that families see. Derived from the case itself; nobody ticks anything off.

use jiff::civil::Date;
use records::arrival::Arrival;
use records::complaint::Complaint;
use records::operation::london_day;
use records::requests::{AccessRequest, Stage};

/// How far one step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Finished, and on which day, where that is known.
    Done(Option<Date>),
    /// Under way.
    Now,
    /// Waiting for whoever looks.
    WaitingForYou,
    /// Still to come.
    ToCome,
}

/// One step, by its name in the portal's words, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// `got-it`, `checking`, `looking`, `reading`, `second`, `ready`, `acknowledged`, `enquiring`, `answered`.
    pub name: &'static str,
    /// How far.
    pub state: StepState,
}

const fn step(name: &'static str, state: StepState) -> Step {
    Step { name, state }
}

/// What nobody has taken in.
pub(super) fn steps_of_arrival(arrival: &Arrival) -> Vec<Step> {
    let Some(sent) = arrival.sent else { return Vec::new() };
    let end = match &arrival.set_aside {
        Some(end) => StepState::Done(Some(london_day(end.at))),
        None => StepState::Now,
    };
    vec![step("got-it", StepState::Done(Some(london_day(sent)))), step("first-read", end)]
}

/// A request for access.
pub(super) fn steps_of_request(request: &AccessRequest) -> Vec<Step> {
    let gathered = request.collected.map(london_day);
    let waiting = [&request.identity, &request.authority].into_iter().flatten().any(|asked| asked.received.is_none());
    // Somebody who asks for another learns nothing of a search before their right is settled.
    let right = request.requester.as_ref().is_none_or(|requester| requester.authority.is_some());
    let known =
        request.known_because.is_some() || request.identity.as_ref().is_some_and(|asked| asked.received.is_some());
    let checking = match (gathered, waiting, known && right) {
        (Some(_), ..) if right => StepState::Done(None),
        (_, false, true) => StepState::Done(None),
        (_, true, _) => StepState::WaitingForYou,
        (_, false, false) => StepState::Now,
    };
    let asked_what = request.pauses.iter().any(|pause| pause.answered.is_none());
    let looking = match gathered.filter(|_| right) {
        Some(day) => StepState::Done(Some(day)),
        None if asked_what => StepState::WaitingForYou,
        None if checking == StepState::Done(None) => StepState::Now,
        None => StepState::ToCome,
    };
    let at = |stage: Stage, done: &[Stage]| match request.stage {
        _ if !right => StepState::ToCome,
        now if now == stage => StepState::Now,
        now if done.contains(&now) => StepState::Done(None),
        _ => StepState::ToCome,
    };
    let after_reading = [Stage::SecondCheck, Stage::Approved, Stage::Released, Stage::Closed];
    let ready = match (&request.release, request.stage) {
        (Some(release), _) => StepState::Done(Some(london_day(release.at))),
        (None, Stage::Approved) => StepState::Now,
        (None, _) => StepState::ToCome,
    };
    vec![
        step("got-it", StepState::Done(Some(request.received))),
        step("checking", checking),
        step("looking", looking),
        step("reading", at(Stage::Review, &after_reading)),
        step("second", at(Stage::SecondCheck, &after_reading[1..])),
        step("ready", ready),
    ]
}

/// A complaint.
pub(super) fn steps_of_complaint(complaint: &Complaint) -> Vec<Step> {
    let day = |done: Option<Date>, before: bool| match done {
        Some(day) => StepState::Done(Some(day)),
        None if before => StepState::Now,
        None => StepState::ToCome,
    };
    let over = complaint.outcome.as_ref().map(|outcome| outcome.on);
    let taken_back = complaint.withdrawn.is_some();
    let enquiring = match (over, complaint.acknowledged) {
        (Some(_), _) => StepState::Done(None),
        (None, _) if taken_back => StepState::Done(None),
        (None, Some(_)) => StepState::Now,
        (None, None) => StepState::ToCome,
    };
    vec![
        step("got-it", StepState::Done(Some(complaint.received))),
        step("acknowledged", day(complaint.acknowledged, true)),
        step("enquiring", enquiring),
        step("answered", day(over, false)),
    ]
}
