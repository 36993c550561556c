//! See what a book still needs before the charity can rely on it: worked out anew each time, never ticked by hand.

use access::{Access, Action, ActorFacts, Circumstances, FileFacts};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use records::house::Charity;
use records::staff::AccountState;
use records::{FileId, PersonClass, Purpose};

use super::verify_ledger::held;
use crate::office::{House, Office, Staff};
use crate::permit::SignedIn;
use crate::requests;
use crate::stopped::Stopped;

/// For so long a verification of the ledger counts as lately.
const LEDGER_LATELY: SignedDuration = SignedDuration::from_hours(92 * 24);
/// So many people must be able to be the second person: one of them may have prepared the answer.
const SECOND_PEOPLE: usize = 2;

/// One thing that a book needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToSetUp {
    /// The charity's details, as letters print them.
    Charity,
    /// The regulator's details, checked in the last year.
    Regulator,
    /// The policy, and its date of review still to come.
    Policy,
    /// A service.
    Service,
    /// The places outside the book.
    Places,
    /// Enough people who may check what goes out.
    SecondPerson,
    /// Somebody in the role to which the policy sends requests.
    RequestsRole,
    /// The ledger, verified lately.
    Ledger,
}

/// A line of the checklist.
#[derive(Clone, Debug)]
pub struct CheckLine {
    /// What is needed.
    pub what: ToSetUp,
    /// Whether it is there.
    pub done: bool,
    /// How it stands, in a sentence.
    pub words: String,
}

/// The checklist, in the order of setting up.
pub async fn see_checklist(office: &Office, who: &SignedIn) -> Result<Vec<CheckLine>, Stopped> {
    office.permit(who, Action::SeeAdministration, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let today = office.today();
    let ledger = held(office).await?;
    let lately = ledger.is_some_and(|at| office.now().duration_since(at) < LEDGER_LATELY);
    let ledger_words = match ledger {
        Some(at) => format!("It last held on {}.", clock::uk_date(records::operation::london_day(at))),
        None => "Nobody has verified it on the page yet.".to_owned(),
    };
    let mut lines = of_the_house(&house, today);
    lines.push(second_person(office.access(), &house, today));
    lines.push(requests_role(&house));
    lines.push(CheckLine { what: ToSetUp::Ledger, done: lately, words: ledger_words });
    Ok(lines)
}

/// Whether letters and notices can be written: everything that they print is there.
pub fn charity_is_complete(charity: &Charity) -> bool {
    !charity.name.is_empty()
        && !charity.address.is_empty()
        && !charity.contact_email.is_empty()
        && !charity.nations.is_empty()
}

fn of_the_house(house: &House, today: Date) -> Vec<CheckLine> {
    let charity = &house.charity.1;
    let complete = charity_is_complete(charity);
    let checked = charity.regulator.checked;
    let services = house.services.iter().filter(|(_, one)| one.ended.is_none_or(|ended| ended >= today)).count();
    let places = house.places.iter().filter(|(_, place)| !place.closed).count();
    let (reviewed, review_words) = match house.policy.review_due() {
        Some(day) if day >= today => (true, format!("In force; to be reviewed by {}.", clock::uk_date(day))),
        Some(day) => (false, format!("Its review was due on {}.", clock::uk_date(day))),
        None => (false, "It names no date on which it is to be reviewed.".to_owned()),
    };
    let line = |what, done, words: String| CheckLine { what, done, words };
    vec![
        line(
            ToSetUp::Charity,
            complete,
            if complete {
                "Letters and notices have what they print.".to_owned()
            } else {
                "Letters need the address, and an e-mail address for data protection.".to_owned()
            },
        ),
        line(
            ToSetUp::Regulator,
            checked.saturating_add(1.year()) >= today,
            format!("Last checked on {}.", clock::uk_date(checked)),
        ),
        line(ToSetUp::Policy, reviewed, review_words),
        line(
            ToSetUp::Service,
            services > 0,
            counted(services, "There is no service yet.", "1 service runs.", "services run"),
        ),
        line(
            ToSetUp::Places,
            places > 0,
            counted(places, "No place is listed yet.", "1 place is listed.", "places are listed"),
        ),
    ]
}

fn counted(number: usize, none: &str, one: &str, several: &str) -> String {
    match number {
        0 => none.to_owned(),
        1 => one.to_owned(),
        _ => format!("{number} {several}."),
    }
}

/// Who may check an answer is asked of the rules themselves, about a child at every service.
fn second_person(access: &Access, house: &House, today: Date) -> CheckLine {
    let services: Vec<_> = house.services.iter().map(|(_, service)| service.id).collect();
    let child = FileFacts {
        services_ever: services.clone(),
        services_now: services,
        ..FileFacts::new(FileId::from_bytes([0xff; 16]), PersonClass::Child)
    };
    let moment = Circumstances { sent_to_check: true, ..Circumstances::of(Purpose::Request) };
    let may = |staff: &Staff, ready: bool| {
        let facts = ActorFacts::from_account(staff.file, &staff.account, today);
        let facts = if ready { facts } else { ActorFacts { active: true, second_factor: true, ..facts } };
        access.decide(&facts, Action::ApproveRelease, Some(&child), &moment).allowed
    };
    let ready = house.staff.values().filter(|staff| may(staff, true)).count();
    let coming = house
        .staff
        .values()
        .filter(|staff| staff.account.state != AccountState::Disabled && may(staff, false) && !may(staff, true))
        .count();
    let words = match ready {
        0 => "Nobody can check an answer yet.".to_owned(),
        1 => "1 person can check an answer. It takes two, as nobody checks what they prepared.".to_owned(),
        several => format!("{several} people can check an answer."),
    };
    let more = match coming {
        0 => String::new(),
        1 => " 1 more has yet to set up their account.".to_owned(),
        more => format!(" {more} more have yet to set up their accounts."),
    };
    let done = ready >= SECOND_PEOPLE;
    let words = if done { words } else { words + &more };
    CheckLine { what: ToSetUp::SecondPerson, done, words }
}

fn requests_role(house: &House) -> CheckLine {
    let role = requests::staff_role(house.settings()).unwrap_or(records::StaffRole::DataProtectionLead);
    let people = house.in_role(role).filter(|staff| staff.account.state == AccountState::Active).count();
    let named = requests::in_the_policys_words(house.settings());
    let words = match people {
        0 => format!("The policy sends requests to {named}. Nobody with the role “{}” is active.", role.words()),
        1 => format!("The policy sends requests to {named}: 1 person."),
        several => format!("The policy sends requests to {named}: {several} people."),
    };
    CheckLine { what: ToSetUp::RequestsRole, done: people > 0, words }
}
