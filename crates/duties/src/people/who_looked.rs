//! Who has looked at a file, and why: by month, in roles and teams, in plain words; and who could (K9, K10).

use std::collections::BTreeMap;

use access::Action;
use book::{Act, Trace};
use jiff::Timestamp;
use records::{Actor, FileId, Purpose, operation};

use crate::office::{House, Office};
use crate::people::why::Why;
use crate::permit::{SignedIn, file_facts};
use crate::stopped::Stopped;

/// How many traces are read at most: the last few years of a busy file.
const MOST: u32 = 5_000;

/// Looks of one kind in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Role and team, like "family worker, Short breaks".
    pub by: String,
    /// What was done, like "looked at the file".
    pub what: &'static str,
    /// What for, in words.
    pub purpose: &'static str,
    /// Whether a reason in words stands beside it.
    pub reasons: Vec<String>,
    /// How often.
    pub times: usize,
    /// When it was last.
    pub last: Timestamp,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedMonth {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// What people did, newest first.
    pub people: Vec<Look>,
    /// How many checks the program itself made.
    pub automatic: usize,
}

/// Who looked, and who could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoLooked {
    /// By month, newest first.
    pub months: Vec<LookedMonth>,
    /// Who can open the file in the ordinary way: name, and by which rule in words.
    pub can: Vec<(String, String)>,
}

/// Tells who looked at a file and who can.
///
/// # Errors
/// [`Stopped`], as for any file.
pub async fn who_looked(office: &Office, who: &SignedIn, file: FileId, why: &Why) -> Result<WhoLooked, Stopped> {
    let operation = office.permit(who, Action::SeeWhoLooked, Some(file), why.purpose, &why.reason).await?;
    office.book().seen(&operation, Act::RecordSeen, file, None).await?;
    let house = office.house().await?;
    let mut traces = office.book().traces_of(file, None, MOST).await?;
    for other in office.files_of(file).into_iter().filter(|other| *other != file) {
        let Ok(operation) = office.permit(who, Action::SeeWhoLooked, Some(other), why.purpose, &why.reason).await
        else {
            continue;
        };
        office.book().seen(&operation, Act::RecordSeen, other, None).await?;
        traces.extend(office.book().traces_of(other, None, MOST).await?);
    }
    let facts = file_facts(office, &house, file).await?;
    let today = operation.today();
    let staff: Vec<_> =
        house.staff.values().map(|s| access::ActorFacts::from_account(s.file, &s.account, today)).collect();
    let mut can: Vec<(String, String)> = office
        .access()
        .who_can_see(&staff, &facts)
        .into_iter()
        .map(|(file, words)| (house.staff_name(file).to_owned(), words))
        .collect();
    can.sort();
    Ok(WhoLooked { months: by_month(&house, traces.into_iter().map(|(_, trace)| trace)), can })
}

/// Groups traces by month, actor's role, act and purpose.
fn by_month(house: &House, traces: impl Iterator<Item = Trace>) -> Vec<LookedMonth> {
    let mut months: BTreeMap<(i16, i8), LookedMonth> = BTreeMap::new();
    for trace in traces {
        let day = operation::london_day(trace.at);
        let month = months.entry((day.year(), day.month())).or_insert_with(|| LookedMonth {
            year: day.year(),
            month: day.month(),
            people: Vec::new(),
            automatic: 0,
        });
        let by = match trace.actor {
            Actor::Staff(file) => role_and_team(house, file),
            Actor::Operator => "the operator of the record system".to_owned(),
            Actor::Program | Actor::Visitor => {
                month.automatic += 1;
                continue;
            }
        };
        add(&mut month.people, &trace, by);
    }
    let mut months: Vec<_> = months.into_values().rev().collect();
    for month in &mut months {
        month.people.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.by.cmp(&b.by)));
    }
    months
}

fn add(looks: &mut Vec<Look>, trace: &Trace, by: String) {
    let what = trace.act().map_or("did something", Act::words);
    let purpose = Purpose::words(trace.purpose);
    let at = looks.iter().position(|look| look.by == by && look.what == what && look.purpose == purpose);
    let look = if let Some(at) = at {
        &mut looks[at]
    } else {
        looks.push(Look { by, what, purpose, reasons: Vec::new(), times: 0, last: trace.at });
        // INVARIANT: one was pushed in the line before.
        looks.last_mut().expect("a look was just added")
    };
    look.times += 1;
    look.last = look.last.max(trace.at);
    if !trace.reason.is_empty() && !look.reasons.contains(&trace.reason) && look.reasons.len() < 5 {
        look.reasons.push(trace.reason.clone());
    }
}

fn role_and_team(house: &House, file: FileId) -> String {
    let Some(staff) = house.staff.get(&file) else { return "somebody who has left".to_owned() };
    let mut words: Vec<String> = staff.account.roles.iter().map(|role| role.words().to_owned()).collect();
    words.extend(staff.account.assignments.iter().map(|a| house.service_name(a.service).to_owned()));
    words.join(", ")
}
