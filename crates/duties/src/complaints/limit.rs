//! By when a complaint is acknowledged and answered: the law's thirty days with the charity's own promise laid over them.

use book::Filing;
use clock::{ClockError, Limit};
use jiff::civil::Date;
use records::State;
use records::complaint::Complaint;

use crate::office::House;
use crate::requests::end_of;

/// The two dates of a complaint.
#[derive(Clone, Debug)]
pub struct Limits {
    /// By when it is acknowledged, with the sum; the law's own words where it sets no date.
    pub acknowledge: Result<Limit, ClockError>,
    /// By when it is answered, by the policy.
    pub answer: Date,
}

/// The dates of a complaint. The law wants an answer without undue delay and sets no day; the policy does.
pub fn limits(house: &House, complaint: &Complaint) -> Limits {
    let settings = house.settings();
    // Where the policy is silent, the law's own date counts: its last day moves to a working day, a promise does not.
    let own_words = |setting: &policy::Setting<clock::Span>| matches!(setting.origin, policy::Origin::Text { .. });
    let promise = settings.span("answer:complaint/acknowledgement").filter(own_words);
    let acknowledge = clock::complaint(complaint.received, house.nations(), &house.holidays);
    let acknowledge = acknowledge.map(|limit| match promise {
        Some(promise) => limit.with_policy(promise.value),
        None => limit,
    });
    let answer = settings.span("answer:complaint").map_or(clock::Span::Months(1), |setting| setting.value);
    let answer = answer.after(complaint.received);
    Limits { acknowledge, answer }
}

/// The day on which something must happen next; none once it is answered.
pub(crate) fn next_due(house: &House, complaint: &Complaint) -> Option<Date> {
    let limits = limits(house, complaint);
    match (complaint.is_open(), complaint.acknowledged, limits.acknowledge) {
        (false, ..) => None,
        (true, None, Ok(limit)) => Some(limit.due.min(limits.answer)),
        _ => Some(limits.answer),
    }
}

/// The header of a complaint as it stands.
pub(crate) fn filing_of(house: &House, complaint: &Complaint) -> Filing {
    match next_due(house, complaint) {
        Some(due) => Filing::open(end_of(due)),
        None => Filing::in_state(State::Done),
    }
}
