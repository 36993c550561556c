//! The demonstration: a charity that does not exist, with three years of files, the same on every machine.
//!
//! [`make`] fills an empty book. The day on which it is made decides the dates; everything else falls by dice that
//! always fall the same.

mod brackenwell;
mod cast;
mod charity;
mod dice;
mod keeping;
mod names;
mod papers;
mod prose;
mod requests;
mod story;
mod team;
mod yesterday;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::iter::Peekable;
use std::sync::{Arc, PoisonError, RwLock};

use book::{Act, BookError, Filing, Place, RootSecret, Work as BookWork};
use duties::notes::{ImportedPaper, OneImport, import_paper_as};
use duties::policy::Settings;
use duties::start::{Start, StartError};
use duties::{Clock, Office, SignedIn};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use records::keeping::Closure;
use records::staff::{Grant, StaffRole};
use records::{
    Actor, Content, FileId, Operation, PersonClass, Provenance, Purpose, Record, RecordId, ServiceId, State,
};

pub use team::{SignIn, sign_ins};

use cast::{Family, Member};
use dice::Dice;
use story::{Deed, Story, What, at};
use team::Colleague;

/// How many days back the story goes.
const DAYS: i32 = 1095;

/// How many days before that the book was set up and the old cabinet brought in.
const BEFORE: i32 = 21;

/// Ordinary families.
const FAMILIES: usize = 68;

/// Why the demonstration could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The book could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] BookError),
    /// A password could not be hashed.
    #[error("a sign-in of the demonstration could not be made: {0}")]
    SignIn(String),
    /// A paper of the story was not kept.
    #[error("a paper of the demonstration was not kept: {0}")]
    Paper(String),
    /// A request of the story was refused by its use case.
    #[error("a request of the demonstration could not be told: {0}")]
    Request(String),
}

/// A clock that stands at a moment of the story while the demonstration is made, and runs afterwards.
struct StageClock {
    staged: RwLock<Option<Timestamp>>,
    runs: Arc<dyn Clock>,
}

impl Clock for StageClock {
    fn now(&self) -> Timestamp {
        self.staged.read().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| self.runs.now())
    }
}

impl StageClock {
    fn set(&self, moment: Option<Timestamp>) {
        *self.staged.write().unwrap_or_else(PoisonError::into_inner) = moment;
    }
}

/// Fills an empty place with the demonstration, as it stands on the day of the clock.
///
/// # Errors
/// When the place is taken or the disk is full.
pub async fn make(
    place: &Place,
    root: &RootSecret,
    clock: Arc<dyn Clock>,
    worker: extract::Worker,
) -> Result<Office, DemoError> {
    let today = records::operation::london_day(clock.now());
    let first = today.saturating_sub((DAYS + BEFORE).days());
    let stage = Arc::new(StageClock { staged: RwLock::new(Some(at(first, 8, 0))), runs: clock });
    let start = Start { charity: charity::charity(), policy: charity::policy(today) };
    let office = Office::create(place, root, start, Arc::<StageClock>::clone(&stage) as Arc<dyn Clock>).await?;
    office.read_papers_by(worker);
    let Script { services, team, hero, families, deeds } = script(today);
    set_up(&office, first, services).await?;
    hire(&office, &team, first, services, &hero).await?;
    let desk = requests::Desk { office: &office, lead: somebody(&office, StaffRole::DataProtectionLead).await? };
    let second = somebody(&office, StaffRole::Trustee).await?;
    let set = |moment| stage.set(Some(moment));
    let old = keeping::before(&office, (&desk.lead, &second), (today, first, services[0]), &set).await?;
    let maya = desk.days_to_be_due_tomorrow(today).await?;
    let told = requests::requests(today, maya, &hero, &families);
    together(&desk, &stage, deeds, &told).await?;
    keeping::yesterday(&office, &desk.lead, &old, (today.saturating_sub(1.day()), &set)).await?;
    yesterday::tell(&desk, today, &set).await?;
    stage.set(None);
    Ok(office)
}

/// Everything that the demonstration tells, before a book is touched.
struct Script {
    services: [ServiceId; 4],
    team: Vec<Colleague>,
    hero: Family,
    families: Vec<Family>,
    deeds: Vec<Deed>,
}

/// Draws the people and writes their story, as it stands on a day.
fn script(today: Date) -> Script {
    let mut dice = Dice::new(20_261_122);
    let services: [ServiceId; 4] = std::array::from_fn(|_| dice.service());
    let team = team::team();
    let hero = brackenwell::family(&mut dice, today);
    let families = cast::families(&mut dice, today, FAMILIES);
    let deeds = tell(dice, today, services, &team, (&hero, &families));
    Script { services, team, hero, families, deeds }
}

/// The services and places of the charity.
async fn set_up(office: &Office, first: Date, services: [ServiceId; 4]) -> Result<(), BookError> {
    let operation = Operation::for_the_book(Actor::Operator, "set up", at(first, 8, 5));
    let by_hand = || Provenance::from_the_work(None, at(first, 8, 5));
    let mut work = office.book().begin(&operation).await?;
    for service in charity::services(services) {
        let record = Record::new(by_hand(), Content::Service(service));
        work.add(Act::ServiceChanged, FileId::HOUSE, &record, Filing::default()).await?;
    }
    for place in charity::places() {
        let record = Record::new(by_hand(), Content::Place(place));
        work.add(Act::SettingChanged, FileId::HOUSE, &record, Filing::default()).await?;
    }
    work.touch_file(FileId::HOUSE).await?;
    work.commit().await
}

/// The team: files and accounts.
async fn hire(
    office: &Office,
    team: &[Colleague],
    first: Date,
    services: [ServiceId; 4],
    hero: &Family,
) -> Result<(), DemoError> {
    let moment = at(first, 8, 10);
    let operation = Operation::for_the_book(Actor::Operator, "set up", moment);
    let today = office.today().saturating_add((DAYS + BEFORE).days());
    let mut work = office.book().begin(&operation).await?;
    for colleague in team {
        let at_work = colleague.at.iter().map(|work| services[*work as usize]).collect();
        let mut dice = Dice::new(u64::from(colleague.totp[0]));
        let member = Member { file: colleague.file, ..Member::new(&mut dice, colleague.class(), colleague.name) };
        work.open_files(vec![(colleague.file, colleague.class(), member.card(at_work))]).await?;
        let identity = records::people::Identity { name: colleague.name.into(), ..Default::default() };
        let identity = Record::new(Provenance::from_the_work(None, moment), Content::Identity(identity));
        work.add(Act::RecordAdded, colleague.file, &identity, Filing::default()).await?;
        let grants = grants(colleague, today, hero);
        let hash = colleague.password.map(hash).transpose()?;
        let account = colleague.account(first, &services, hash, grants);
        let account = Record::new(Provenance::from_the_work(None, moment), Content::Account(Box::new(account)));
        work.add(Act::StaffAdded, colleague.file, &account, Filing::default()).await?;
    }
    work.touch_file(FileId::HOUSE).await?;
    work.witness();
    work.commit().await?;
    Ok(())
}

/// The hash of a password that everybody may know; a check reads the costs from the hash itself.
fn hash(password: &str) -> Result<String, DemoError> {
    use argon2::PasswordHasher as _;
    let hash = argon2::Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| DemoError::SignIn(error.to_string()))
}

/// A volunteer is named to a child; a senior manager has one file open for a reason.
fn grants(colleague: &Colleague, today: Date, hero: &Family) -> Vec<Grant> {
    let reason = match colleague.role {
        StaffRole::Volunteer => "Goes to the cinema with Theo on Saturdays.",
        StaffRole::SeniorManager => "Looks into the threat that was made on the telephone.",
        _ => return Vec::new(),
    };
    let child = if colleague.role == StaffRole::Volunteer { &hero.children[1] } else { &hero.children[0] };
    let until = today.saturating_add(90.days());
    vec![Grant { file: Some(child.file), service: None, until, reason: reason.into(), by: None }]
}

/// The whole story.
fn tell(
    mut dice: Dice,
    today: Date,
    services: [ServiceId; 4],
    team: &[Colleague],
    (hero, families): (&Family, &[Family]),
) -> Vec<Deed> {
    let others = cast::others(&mut dice);
    let mut story = Story { dice, today, services, team, deeds: Vec::new() };
    let opened = at(today.saturating_sub(DAYS.days()), 8, 30);
    let manager = team.iter().find(|c| c.role == StaffRole::ServiceManager).map(|c| c.file);
    for other in &others {
        story.open(opened, manager, other, Vec::new());
    }
    let worker = team[0].file;
    story.arrive(hero, worker);
    brackenwell::tell(&mut story, hero, worker);
    for (turn, family) in families.iter().enumerate() {
        let writer = story.writer(family.work, turn / 4);
        story.arrive(family, writer);
        let friends = friends(families, family);
        story.live(family, writer, &friends);
    }
    papers::tell(&mut story, hero, families, worker);
    story.in_order()
}

/// Children at the same service, in other families, who had come before.
fn friends(families: &[Family], of: &Family) -> Vec<Member> {
    families
        .iter()
        .filter(|other| other.work == of.work && other.joined < of.joined)
        .flat_map(|other| other.children.iter().cloned())
        .collect()
}

/// The first of the team in a role, as the pages would know them.
async fn somebody(office: &Office, role: StaffRole) -> Result<SignedIn, DemoError> {
    let house = office.house().await.map_err(|stopped| DemoError::Request(stopped.to_string()))?;
    let found = house.in_role(role).min_by_key(|staff| staff.file);
    let found = found.ok_or_else(|| DemoError::Request(format!("nobody is a {}", role.words())))?;
    Ok(SignedIn {
        file: found.file,
        session: String::new(),
        name: found.name.clone(),
        account: found.account.clone(),
        stepped_up: true,
    })
}

/// Tells story and requests in one order, since the ledger's days never go back.
async fn together(
    desk: &requests::Desk<'_>,
    stage: &StageClock,
    deeds: Vec<Deed>,
    told: &[requests::Told],
) -> Result<(), DemoError> {
    let mut steps: Vec<_> = told
        .iter()
        .enumerate()
        .flat_map(|(which, told)| told.steps().map(move |(at, step)| (at, which, step)))
        .collect();
    steps.sort_by_key(|(at, ..)| *at);
    let mut references = vec![String::new(); told.len()];
    let mut enrolments = HashMap::new();
    let mut deeds = deeds.into_iter().peekable();
    for (moment, which, step) in steps {
        perform(desk.office, &mut deeds, moment, &mut enrolments).await?;
        stage.set(Some(moment));
        desk.step(&told[which], step, &mut references[which]).await?;
    }
    perform(desk.office, &mut deeds, Timestamp::MAX, &mut enrolments).await?;
    Ok(())
}

/// Writes the story up to a moment into the book: what one writer did at one moment is one transaction.
async fn perform(
    office: &Office,
    deeds: &mut Peekable<std::vec::IntoIter<Deed>>,
    until: Timestamp,
    enrolments: &mut HashMap<FileId, RecordId>,
) -> Result<(), DemoError> {
    while let Some(first) = deeds.next_if(|next| next.at <= until) {
        let (moment, by) = (first.at, first.by);
        let operation = match by {
            Some(file) => Operation::by_staff(file, Purpose::Support, "", moment),
            None => Operation::for_the_book(Actor::Operator, "set up", moment),
        };
        if let What::Bring(coming) = first.what {
            bring(office, &operation, coming.arrived()).await?;
            continue;
        }
        let mut together = vec![first];
        while let Some(next) = deeds.next_if(|next| next.at == moment && next.by == by && !next.brings()) {
            together.push(next);
        }
        let house = office.house().await.map_err(|stopped| DemoError::Request(stopped.to_string()))?;
        let mut work = office.book().begin(&operation).await?;
        open_together(&mut work, &mut together).await?;
        for deed in together {
            perform_one(&mut work, house.settings(), deed.what, enrolments).await?;
        }
        work.commit().await?;
    }
    Ok(())
}

/// Brings a file in as the import of a folder does.
async fn bring(office: &Office, operation: &Operation, one: OneImport) -> Result<(), DemoError> {
    let file_name = one.upload.file_name.clone();
    match import_paper_as(office, operation, one, false).await {
        Ok(ImportedPaper::Kept { .. }) => Ok(()),
        Ok(ImportedPaper::There(_)) => Err(DemoError::Paper(format!("{file_name} is there already"))),
        Ok(ImportedPaper::Refused(words)) => Err(DemoError::Paper(format!("{file_name}: {words}"))),
        Err(stopped) => Err(DemoError::Paper(stopped.to_string())),
    }
}

/// Starts all files of a transaction first: their keys are then written with one flush.
async fn open_together(work: &mut BookWork, deeds: &mut Vec<Deed>) -> Result<(), BookError> {
    let mut files = Vec::new();
    deeds.retain_mut(|deed| match &deed.what {
        What::Open(file, class, card) => {
            files.push((*file, *class, (**card).clone()));
            false
        }
        _ => true,
    });
    if files.is_empty() { Ok(()) } else { work.open_files(files).await }
}

async fn perform_one(
    work: &mut BookWork,
    settings: &Settings,
    what: What,
    enrolments: &mut HashMap<FileId, RecordId>,
) -> Result<(), BookError> {
    match what {
        What::Open(file, class, card) => work.open_files(vec![(file, class, *card)]).await,
        What::Add(act, file, said, filing) => {
            let (provenance, content) = *said;
            let enrolment = matches!(content, Content::Enrolment(_));
            let id = work.add(act, file, &Record::new(provenance, content), filing).await?;
            if enrolment {
                enrolments.insert(file, id);
            }
            Ok(())
        }
        What::EndEnrolment(file, day) => {
            let Some(id) = enrolments.get(&file) else { return Ok(()) };
            let was = work.record(file, *id).await?;
            let mut record = was.record;
            if let Content::Enrolment(enrolment) = &mut record.content {
                enrolment.ended = Some(day);
                enrolment.outcomes.push("Ended as planned.".into());
            }
            work.change(Act::EnrolmentEnded, &was.header, &record, Filing::in_state(State::Done)).await?;
            Ok(())
        }
        // Each is a transaction of its own, in `perform`.
        What::Bring(_) => Ok(()),
        What::Close(file, class, left) => {
            if let Some(closure) = closure(settings, class, left, work.operation()) {
                let filing = Filing::open(Some(at(closure.keep_until, 17, 59)));
                let by = Provenance::from_the_work(closure.by, work.now());
                let record = Record::new(by, Content::Closure(closure));
                work.add(Act::RecordAdded, file, &record, filing).await?;
            }
            work.set_file_state(Act::FileClosed, file, book::FileState::Closed).await
        }
    }
}

/// The closing of the file of somebody who left, as the policy has it.
fn closure(settings: &Settings, class: PersonClass, left: Date, operation: &Operation) -> Option<Closure> {
    let rule = duties::keeping::rule_of(settings, class)?;
    Some(Closure {
        left,
        rule: rule.key.to_owned(),
        kept_for: rule.span.value.figures(),
        keep_until: rule.span.value.after(left),
        words: None,
        on: operation.today(),
        by: operation.actor.staff(),
        disposal: None,
        reopened: None,
    })
}

/// How many people of a class the demonstration has.
#[cfg(test)]
fn count(office: &Office, class: records::PersonClass) -> usize {
    office.book().cards(|_, card| card.class == class).len()
}
