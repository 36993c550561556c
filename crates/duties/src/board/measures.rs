//! What can be counted of a promise: a state, the reason for it, and the figures that it rests on.

use jiff::ToSpan as _;
use jiff::civil::Date;
use records::{Content, Kind, State};

use super::answers::Answers;
use super::see_board::Standing;
use super::{access, keeping};
use crate::office::{House, Office};
use crate::stopped::Stopped;

/// What was found about a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Whether it is kept.
    pub standing: Standing,
    /// Why, in a sentence.
    pub why: String,
    /// The figures.
    pub evidence: String,
    /// References of what is late or soon late; never a name.
    pub exceptions: Vec<String>,
}

impl Measure {
    pub(super) fn new(standing: Standing, why: impl Into<String>, evidence: impl Into<String>) -> Self {
        Self { standing, why: why.into(), evidence: evidence.into(), exceptions: Vec::new() }
    }
}

/// How near to its day something open counts as slipping. A matter of this page alone: the policy does not speak of it.
const SOON_DAYS: i32 = 7;

/// How long before its day the policy's own review counts as slipping.
const REVIEW_SOON_DAYS: i32 = 60;

/// What was counted once for the whole board.
#[derive(Debug)]
pub struct Counted {
    requests: Measure,
    complaints: Measure,
    notices: Measure,
    review: Measure,
    receiver: Measure,
    factors: Measure,
    settled: Measure,
    wishes: Measure,
    consultations: Measure,
    letters: Measure,
    closed: Measure,
    disposed: Measure,
    answers: Answers,
}

impl Counted {
    /// Counts. Headers are read; of requests that are open, the reference too.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn now(office: &Office, house: &House) -> Result<Self, Stopped> {
        Ok(Self {
            requests: requests(office).await?,
            complaints: complaints(office, house).await?,
            notices: notices(office).await?,
            review: review(house, office.today()),
            receiver: receiver(house),
            factors: factors(house),
            settled: access::settled(office).await?,
            wishes: access::wishes(office).await?,
            consultations: access::consultations(office).await?,
            letters: access::letters(office).await?,
            closed: keeping::closed(office).await?,
            disposed: keeping::disposed(office, house).await?,
            answers: Answers::now(office, house).await?,
        })
    }

    /// The measure of a promise, by the settings that its words make and the clauses that it bears.
    pub fn of(&self, settings: &[String], clauses: &[String]) -> Option<&Measure> {
        let by_clause = clauses.iter().find_map(|id| match id.as_str() {
            "T46" => Some(&self.factors),
            "K36" => Some(&self.review),
            "K25" => Some(&self.consultations),
            "K21" | "T19" => Some(&self.answers.forms),
            "T20" => Some(&self.answers.details),
            "T27" => Some(&self.answers.harm),
            _ => None,
        });
        let by_setting = settings.iter().find_map(|key| match key.as_str() {
            "answer:access" => Some(&self.requests),
            "answer:access/extended" | "answer:access/extension-notice" => Some(&self.answers.extensions),
            "ask:access/viewing" => Some(&self.answers.viewings),
            "ask:access/fee" | "refuse:unfounded/fee" => Some(&self.answers.fees),
            "ask:access/phone-check" => Some(&self.answers.calls),
            "withhold:serious-harm" => Some(&self.answers.harm),
            "withhold:others" => Some(&self.answers.others),
            "see:yourself" => Some(&self.answers.closed),
            "refuse:unfounded" | "refuse:reasons" => Some(&self.answers.refusals),
            "tell:regulator" | "contact:regulator" => Some(&self.answers.regulator),
            "answer:complaint" | "answer:complaint/acknowledgement" | "ask:complaint/to" => Some(&self.complaints),
            "tell:notice/collected" | "tell:notice/elsewhere" => Some(&self.notices),
            "review:policy" => Some(&self.review),
            "ask:access/to" | "ask:rights/to" => Some(&self.receiver),
            "ask:access/identity" | "ask:access/child-age" => Some(&self.settled),
            "ask:access/corrections" => Some(&self.wishes),
            "contact:preference" => Some(&self.letters),
            "keep:child/leaving" | "keep:parent/leaving" => Some(&self.closed),
            "keep:longer"
            | "keep:volunteer/last-contact"
            | "keep:staff/last-contact"
            | "keep:supporter/last-contact"
            | "keep:supplier/last-contact" => Some(&self.disposed),
            _ => None,
        });
        by_clause.or(by_setting)
    }
}

/// Requests that are open: late, nearly late, or in time (K23, T24).
async fn requests(office: &Office) -> Result<Measure, Stopped> {
    let now = office.now();
    let soon = now + jiff::SignedDuration::from_hours(24 * i64::from(SOON_DAYS));
    let (mut late, mut near, mut open) = (Vec::new(), Vec::new(), 0_usize);
    for found in office.book().work_of_kind(Kind::AccessRequest).await? {
        let Content::AccessRequest(request) = found.record.content else { continue };
        open += 1;
        match found.header.due {
            Some(due) if due < now => late.push(request.reference),
            Some(due) if due < soon => near.push(request.reference),
            _ => {}
        }
    }
    let done = total(office, Kind::AccessRequest, State::Done).await?;
    let evidence = format!("{open} open, {done} finished.");
    let mut measure = if open == 0 && done == 0 {
        Measure::new(Standing::NotMeasured, "No request has come yet.", "")
    } else if !late.is_empty() {
        Measure::new(
            Standing::NotKept,
            format!("{} past the day.", many(late.len(), "request is", "requests are")),
            evidence,
        )
    } else if !near.is_empty() {
        let words = many(near.len(), "request is", "requests are");
        Measure::new(Standing::Slipping, format!("{words} due within {SOON_DAYS} days."), evidence)
    } else {
        Measure::new(Standing::Kept, "No open request is past its day.", evidence)
    };
    measure.exceptions = late.into_iter().chain(near).collect();
    Ok(measure)
}

/// Complaints: acknowledged and answered in time, or late now (K34).
async fn complaints(office: &Office, house: &House) -> Result<Measure, Stopped> {
    let today = office.today();
    let (mut late, mut open, mut answered) = (Vec::new(), 0_usize, 0_usize);
    for found in office.book().all_of_kind(Kind::Complaint).await? {
        let Content::Complaint(complaint) = found.record.content else { continue };
        match crate::complaints::next_due(house, &complaint) {
            None => answered += 1,
            Some(due) => {
                open += 1;
                if due < today {
                    late.push(complaint.reference);
                }
            }
        }
    }
    let evidence = format!("{open} open, {answered} finished.");
    let mut measure = match (open + answered, late.len()) {
        (0, _) => Measure::new(Standing::NotMeasured, "No complaint has come yet.", ""),
        (_, 0) => Measure::new(Standing::Kept, "No complaint waits longer than we promised.", evidence),
        (_, count) => Measure::new(
            Standing::NotKept,
            format!("{} past the day.", many(count, "complaint is", "complaints are")),
            evidence,
        ),
    };
    measure.exceptions = late;
    Ok(measure)
}

/// Privacy notices that are owed (T8, T73, T74).
async fn notices(office: &Office) -> Result<Measure, Stopped> {
    let owed = total(office, Kind::Notice, State::Open).await?;
    let given = total(office, Kind::Notice, State::Done).await?;
    let late = office.book().count_late(Kind::Notice, office.now()).await?;
    let evidence = format!("{given} given, {owed} owed.");
    Ok(match (late, given + owed) {
        (_, 0) => Measure::new(Standing::NotMeasured, "No notice was owed yet.", ""),
        (0, _) => Measure::new(Standing::Kept, "No notice is owed past its day.", evidence),
        (late, _) => {
            let late = usize::try_from(late).unwrap_or(usize::MAX);
            Measure::new(
                Standing::NotKept,
                format!("{} owed past the day.", many(late, "notice is", "notices are")),
                evidence,
            )
        }
    })
}

/// The policy's own review (K36, T75).
fn review(house: &House, today: Date) -> Measure {
    let Some(due) = house.policy.review_due() else {
        return Measure::new(Standing::NotMeasured, "The policy bears no date.", "");
    };
    let evidence = format!("Next review {}.", due.strftime("%-d %B %Y"));
    if due < today {
        Measure::new(Standing::NotKept, "The day of the next review has passed.", evidence)
    } else if due < today.saturating_add(REVIEW_SOON_DAYS.days()) {
        Measure::new(Standing::Slipping, "The next review is near.", evidence)
    } else {
        Measure::new(Standing::Kept, "The next review lies ahead.", evidence)
    }
}

/// Whether somebody holds the role that requests go to (K19, T20, T41).
fn receiver(house: &House) -> Measure {
    let Some(role) = crate::requests::staff_role(house.settings()) else {
        return Measure::new(Standing::NotMeasured, "The role in the policy is none of those with an account.", "");
    };
    match house.in_role(role).count() {
        0 => Measure::new(Standing::NotKept, format!("Nobody with an account is a {}.", role.words()), ""),
        count => Measure::new(
            Standing::Kept,
            "Somebody holds the role that requests go to.",
            format!("{}.", many(count, "person", "people")),
        ),
    }
}

/// Whether everybody who can sign in needs a second step to do so (T46).
fn factors(house: &House) -> Measure {
    let active = house.staff.values().filter(|staff| staff.account.state == records::staff::AccountState::Active);
    let (with, all) = active
        .fold((0_usize, 0_usize), |(with, all), staff| (with + usize::from(staff.account.totp.is_some()), all + 1));
    let evidence = format!("{with} of {}.", many(all, "account", "accounts"));
    if with == all {
        Measure::new(Standing::Kept, "Everybody who can sign in needs a password and a second step.", evidence)
    } else {
        Measure::new(Standing::NotKept, "Somebody can sign in with a password alone.", evidence)
    }
}

async fn total(office: &Office, kind: Kind, state: State) -> Result<u64, Stopped> {
    let counts = office.book().count_kind(kind).await?;
    Ok(counts.into_iter().filter(|(found, _)| *found == state).map(|(_, count)| count).sum())
}

pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
