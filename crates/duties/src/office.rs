//! The office: the book, the rules of access, the charity's own policy and people, and the clock on the wall.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use access::Access;
use book::{Act, Book, Filing, Opened, Place, RootSecret, Work};
use clock::{BankHolidays, Nations};
use jiff::Timestamp;
use policy::{Policy, Settings, Source};
use records::house::{Charity, Holiday, Place as SearchPlace, PolicyVersion, Service};
use records::staff::Account;
use records::{Actor, Content, FileId, Header, Kind, Operation, Provenance, Record, ServiceId, StaffRole};

use crate::stopped::Stopped;

/// Where the time comes from. The system's clock is read in the executable; tests hold a clock that they move.
pub trait Clock: Send + Sync {
    /// The moment now.
    fn now(&self) -> Timestamp;
}

/// A member of staff with an account.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Their file.
    pub file: FileId,
    /// The header of the account record.
    pub header: Header,
    /// The account.
    pub account: Account,
    /// Their name, for pages.
    pub name: String,
}

/// What is about the charity itself, as it stands now.
#[derive(Clone, Debug)]
pub struct House {
    /// The charity, with the header of its record.
    pub charity: (Header, Charity),
    /// Its services.
    pub services: Vec<(Header, Service)>,
    /// The policy in force, as it runs.
    pub policy: Arc<Policy>,
    /// The policy in force, as it lies in the house file.
    pub policy_version: (Header, PolicyVersion),
    /// The policies that are adopted, in order, also those still to come.
    pub policies: Vec<(Header, PolicyVersion)>,
    /// The bank holidays, with those that were added.
    pub holidays: BankHolidays,
    /// The holidays that were added.
    pub added_holidays: Vec<(Header, Holiday)>,
    /// Places to search outside the book.
    pub places: Vec<(Header, SearchPlace)>,
    /// Everybody with an account.
    pub staff: HashMap<FileId, Staff>,
    version: u64,
}

impl House {
    /// The settings that the policy's words make.
    pub fn settings(&self) -> &Settings {
        self.policy.settings()
    }

    /// The nations whose bank holidays count.
    pub fn nations(&self) -> Nations {
        Nations::of(self.charity.1.nations.iter().copied()).unwrap_or_else(|_| Nations::all())
    }

    /// The version of the house file from which this was read.
    pub(crate) const fn version(&self) -> u64 {
        self.version
    }

    /// A service by its id.
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.iter().map(|(_, service)| service).find(|service| service.id == id)
    }

    /// The name of a service, for pages.
    pub fn service_name(&self, id: ServiceId) -> &str {
        self.service(id).map_or("a service that has ended", |service| service.name.as_str())
    }

    /// Somebody's name, if they have an account; for pages that staff see.
    pub fn staff_name(&self, file: FileId) -> &str {
        self.staff.get(&file).map_or("somebody who has left", |staff| staff.name.as_str())
    }

    /// Everybody with an active account in a role.
    pub fn in_role(&self, role: StaffRole) -> impl Iterator<Item = &Staff> {
        self.staff.values().filter(move |staff| {
            staff.account.roles.contains(&role) && staff.account.state != records::staff::AccountState::Disabled
        })
    }
}

/// The office. Cloning shares everything.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

struct Inner {
    book: Book,
    access: Access,
    clock: Arc<dyn Clock>,
    house: RwLock<Option<Arc<House>>>,
    attempts: crate::accounts::Attempts,
    references: crate::requests::References,
    worker: OnceLock<extract::Worker>,
    openings: crate::notes::Openings,
    gate: crate::portal::Gate,
    carrier: OnceLock<Arc<dyn crate::post::Carrier>>,
    post: tokio::sync::Notify,
}

/// What a new book starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The charity.
    pub charity: Charity,
    /// The texts of its policy: file name and Markdown. They must check clean.
    pub policy: Vec<(String, String)>,
}

/// Starting a book.
pub mod start {
    pub use super::{Start, StartError};
}

/// Why a book could not be started or opened.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The policy has errors: `guardbook policy check` names them.
    #[error("the policy does not check clean: {0}. Run `guardbook policy check` on it; it names every line.")]
    Policy(String),
    /// The rules of access do not load: a broken build.
    #[error("the rules of access: {0}")]
    Access(#[from] access::AccessError),
    /// The store.
    #[error(transparent)]
    Store(#[from] book::BookError),
    /// The house file lacks something that every book has.
    #[error("the house file has no {0}; the book was not set up to its end. Start again in an empty folder.")]
    Incomplete(&'static str),
}

impl Office {
    /// Makes a new book with its charity and policy, in one transaction.
    pub async fn create(
        place: &Place,
        root: &RootSecret,
        start: Start,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StartError> {
        read_policy(&start.policy)?;
        let now = clock.now();
        let operation = Operation::for_the_book(Actor::Operator, "set up", now);
        let book = Book::create(place, root, &operation).await?;
        let office = Self::assemble(book, clock)?;
        let provenance = Provenance::from_the_work(None, now);
        let mut work = office.book().begin(&operation).await?;
        let charity = Record::new(provenance.clone(), Content::Charity(Box::new(start.charity)));
        work.add(Act::RecordAdded, FileId::HOUSE, &charity, Filing::default()).await?;
        let version = PolicyVersion { texts: start.policy, from: operation.today(), adopted_by: None, adopted_at: now };
        let policy = Record::new(provenance, Content::Policy(version));
        work.add(Act::PolicyAdopted, FileId::HOUSE, &policy, Filing::default()).await?;
        work.witness();
        work.commit().await?;
        Ok(office)
    }

    /// Opens a book and finishes what a crash left half done.
    pub async fn open(place: &Place, root: &RootSecret, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let book = Book::open(place, root).await?;
        book.finish_erasures(clock.now()).await?;
        Self::assemble(book, clock)
    }

    fn assemble(book: Book, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        Ok(Self(Arc::new(Inner {
            book,
            access: Access::new()?,
            clock,
            house: RwLock::new(None),
            attempts: crate::accounts::Attempts::default(),
            references: crate::requests::References::default(),
            worker: OnceLock::new(),
            openings: crate::notes::Openings::default(),
            gate: crate::portal::Gate::default(),
            carrier: OnceLock::new(),
            post: tokio::sync::Notify::new(),
        })))
    }

    /// The store.
    pub fn book(&self) -> &Book {
        &self.0.book
    }

    /// The folder of the book.
    pub fn folder(&self) -> &Path {
        self.0.book.folder()
    }

    /// The rules of access.
    pub fn access(&self) -> &Access {
        &self.0.access
    }

    /// The moment now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The day today, in London.
    pub fn today(&self) -> jiff::civil::Date {
        records::operation::london_day(self.now())
    }

    /// Has papers read by this worker from now on. The first worker stays.
    pub fn read_papers_by(&self, worker: extract::Worker) {
        let _ = self.0.worker.set(worker);
    }

    /// Who reads papers. An office that was given nobody reads them in its own process, as tests do.
    pub fn worker(&self) -> &extract::Worker {
        self.0.worker.get_or_init(extract::Worker::within)
    }

    /// Has mail carried by this from now on. The first carrier stays; an office that was given none mails nothing.
    pub fn mail_by(&self, carrier: Arc<dyn crate::post::Carrier>) {
        let _ = self.0.carrier.set(carrier);
    }

    /// Who carries mail, if anybody.
    pub fn carrier(&self) -> Option<Arc<dyn crate::post::Carrier>> {
        self.0.carrier.get().cloned()
    }

    /// Something lies in the outbox: whoever waits for the post wakes.
    pub(crate) fn post_came(&self) {
        self.0.post.notify_one();
    }

    /// Waits until something is put into the outbox.
    pub async fn await_post(&self) {
        self.0.post.notified().await;
    }

    pub(crate) fn gate(&self) -> &crate::portal::Gate {
        &self.0.gate
    }

    pub(crate) fn attempts(&self) -> &crate::accounts::Attempts {
        &self.0.attempts
    }

    pub(crate) fn openings(&self) -> &crate::notes::Openings {
        &self.0.openings
    }

    pub(crate) fn references(&self) -> &crate::requests::References {
        &self.0.references
    }

    /// The house as it stands now. One small query tells whether another process changed it.
    pub async fn house(&self) -> Result<Arc<House>, Stopped> {
        let version = self.book().file_version(FileId::HOUSE).await?;
        let known = self.0.house.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(house) = known.filter(|house| house.version == version && !self.policy_turned(house)) {
            return Ok(house);
        }
        let house = Arc::new(self.load_house(version).await.map_err(|error| match error {
            StartError::Store(error) => Stopped::from(error),
            other => {
                Stopped::Store(book::BookError::Corrupt { place: "house file".to_owned(), what: other.to_string() })
            }
        })?);
        *self.0.house.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&house));
        Ok(house)
    }

    /// Whether a policy that was adopted for a later day is in force by now.
    fn policy_turned(&self, house: &House) -> bool {
        let today = self.today();
        in_force(&house.policies, today).map(|(header, _)| header.id) != Some(house.policy_version.0.id)
    }

    async fn load_house(&self, version: u64) -> Result<House, StartError> {
        let file = self.book().file_in_passing(FileId::HOUSE).await?;
        let mut charity = None;
        let (mut services, mut policies, mut added, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for Opened { header, record } in file.records {
            match record.content {
                Content::Charity(found) => charity = Some((header, *found)),
                Content::Service(found) => services.push((header, found)),
                Content::Policy(found) => policies.push((header, found)),
                Content::Holiday(found) => added.push((header, found)),
                Content::Place(found) => places.push((header, found)),
                _ => {}
            }
        }
        let policy_version =
            in_force(&policies, self.today()).cloned().ok_or(StartError::Incomplete("policy in force"))?;
        let mut holidays = BankHolidays::verified();
        for (_, holiday) in &added {
            if let Ok(nations) = Nations::of(holiday.nations.iter().copied()) {
                holidays = holidays.proclaimed(holiday.day, nations, &holiday.name);
            }
        }
        Ok(House {
            charity: charity.ok_or(StartError::Incomplete("charity"))?,
            services,
            policy: Arc::new(read_policy(&policy_version.1.texts)?),
            policy_version,
            policies,
            holidays,
            added_holidays: added,
            places,
            staff: self.load_staff().await?,
            version,
        })
    }

    async fn load_staff(&self) -> Result<HashMap<FileId, Staff>, StartError> {
        let mut staff = HashMap::new();
        for Opened { header, record } in self.book().all_of_kind(Kind::Account).await? {
            let Content::Account(account) = record.content else { continue };
            let name = self.book().card(header.file).map_or_else(String::new, |card| card.name.for_page().clone());
            staff.insert(header.file, Staff { file: header.file, header, account: *account, name });
        }
        Ok(staff)
    }
}

/// Notes in a Work that the house, or an account, changed: every process reads it again before its next deed.
pub(crate) async fn house_changed(work: &mut Work) -> Result<(), Stopped> {
    work.touch_file(FileId::HOUSE).await?;
    Ok(())
}

/// The policy that is in force on a day: the last adopted whose day has come.
fn in_force(policies: &[(Header, PolicyVersion)], today: jiff::civil::Date) -> Option<&(Header, PolicyVersion)> {
    policies
        .iter()
        .filter(|(_, policy)| policy.from <= today)
        .max_by_key(|(header, policy)| (policy.from, header.opened, header.id))
}

/// Reads the texts of a policy; they must check clean.
pub(crate) fn read_policy(texts: &[(String, String)]) -> Result<Policy, StartError> {
    let sources: Vec<Source> = texts.iter().map(|(name, text)| Source::new(name.clone(), text.clone())).collect();
    Policy::read(&sources).map_err(|error| StartError::Policy(error.to_string()))
}
