//! A whole office in a temporary folder, with a clock that tests move and people in every role (tests only).
//!
//! ```text
//! let office = TestOffice::new().await;               // Monday 2 March 2026, 9:00 in London
//! let worker = office.family_worker().await;           // signed in, at the service `office.service`
//! let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
//! ```

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

pub mod imap;
pub mod smtp;

use std::sync::{Arc, Mutex};

use book::{Act, Filing, Place, RootSecret, Session, SessionState};
use clock::Nation;
use duties::{Clock, Office, SignedIn, start::Start};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use records::catalogue::DataCategory;
use records::house::{Charity, Regulator, Service};
use records::people::Identity;
use records::staff::{Account, AccountState, Assignment, StaffRole};
use records::work::Enrolment;
use records::{Actor, Card, Content, FileId, Operation, PersonClass, Personal, Provenance, Record, ServiceId};

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct FrozenClock(Mutex<Timestamp>);

impl Clock for FrozenClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl FrozenClock {
    /// A clock at a moment.
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self(Mutex::new(now)))
    }

    /// Moves on.
    pub fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }

    /// Moves to a moment.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap() = now;
    }

    /// Moves to nine in the morning, London, of a day.
    pub fn set_day(&self, day: Date) {
        *self.0.lock().unwrap() = day.at(9, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp();
    }
}

/// The office.
pub struct TestOffice {
    /// The office itself.
    pub office: Office,
    /// Its clock.
    pub clock: Arc<FrozenClock>,
    /// The service "Short breaks", which needs health data and nothing else.
    pub service: ServiceId,
    /// Where it lies; removed at the end.
    pub folder: tempfile::TempDir,
}

/// The KIDS policy and the Kids on Track policy, as they stand in `policies/`.
pub fn policy_texts(name: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    [format!("{name}.md"), format!("{name}-easy-read.md")]
        .into_iter()
        .map(|file| (file.clone(), std::fs::read_to_string(folder.join(&file)).unwrap()))
        .collect()
}

/// A plainly fictional charity.
pub fn charity() -> Charity {
    Charity {
        name: "Lantern Sample Charity".to_owned(),
        registration: "registered charity 0000000".to_owned(),
        address: vec!["1 Example Street".to_owned(), "Sampleton".to_owned(), "ZZ1 1ZZ".to_owned()],
        contact_email: "privacy@lantern.example.org".to_owned(),
        contact_phone: "01632 960001".to_owned(),
        nations: vec![Nation::EnglandAndWales],
        regulator: Regulator {
            name: "Information Commissioner's Office".to_owned(),
            address: vec![
                "Wycliffe House".to_owned(),
                "Water Lane".to_owned(),
                "Wilmslow".to_owned(),
                "SK9 5AF".to_owned(),
            ],
            phone: "0303 123 1113".to_owned(),
            website: "www.ico.org.uk".to_owned(),
            checked: date(2026, 11, 1),
        },
        demo: false,
        own_words: Vec::new(),
    }
}

impl TestOffice {
    /// An office under the Kids on Track policy, on Monday 2 March 2026 at 9:00 in London.
    pub async fn new() -> Self {
        Self::under("kids-on-track").await
    }

    /// An office under one of the two policies.
    pub async fn under(policy: &str) -> Self {
        Self::with_policy(policy_texts(policy)).await
    }

    /// An office under a policy of the test's own.
    pub async fn with_policy(policy: Vec<(String, String)>) -> Self {
        let clock = FrozenClock::at(date(2026, 3, 2).at(9, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp());
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("root.key");
        let root = RootSecret::generate_key_file(&key).unwrap();
        let place = Place::folder(folder.path().join("book"));
        let start = Start { charity: charity(), policy };
        let office = Office::create(&place, &root, start, Arc::<FrozenClock>::clone(&clock)).await.unwrap();
        let service = ServiceId::from_bytes([7; 16]);
        let this = Self { office, clock, service, folder };
        this.add_service(service, "Short breaks", vec![DataCategory::Health]).await;
        this
    }

    fn setting_up(&self) -> Operation {
        Operation::for_the_book(Actor::Operator, "set up for a test", self.office.now())
    }

    /// Adds a service.
    pub async fn add_service(&self, id: ServiceId, name: &str, needs: Vec<DataCategory>) {
        let operation = self.setting_up();
        let service = Service {
            id,
            name: name.to_owned(),
            about: "Days out for children, and a rest for their families.".to_owned(),
            needs,
            commissioner: None,
            ended: None,
        };
        let record = Record::new(Provenance::from_the_work(None, operation.now), Content::Service(service));
        let mut work = self.office.book().begin(&operation).await.unwrap();
        work.add(Act::ServiceChanged, FileId::HOUSE, &record, Filing::default()).await.unwrap();
        work.touch_file(FileId::HOUSE).await.unwrap();
        work.commit().await.unwrap();
    }

    /// A person with an identity record, and nothing else.
    pub async fn person(&self, class: PersonClass, name: &str, born: Option<Date>, services: Vec<ServiceId>) -> FileId {
        let operation = self.setting_up();
        let card = Card {
            name: name.into(),
            preferred: None,
            former: Vec::new(),
            born: born.map(Personal::new),
            postcode: None,
            class,
            services,
            warned: false,
            merged_into: None,
            merged: Vec::new(),
        };
        let identity = Identity { name: name.into(), born: born.map(Personal::new), ..Identity::default() };
        let mut work = self.office.book().begin(&operation).await.unwrap();
        let file = work.open_file(class, card).await.unwrap();
        let record = Record::new(Provenance::from_the_work(None, operation.now), Content::Identity(identity));
        work.add(Act::RecordAdded, file, &record, Filing::default()).await.unwrap();
        work.commit().await.unwrap();
        file
    }

    /// A child at the service.
    pub async fn child(&self, name: &str, born: Date) -> FileId {
        let file = self.person(PersonClass::Child, name, Some(born), vec![self.service]).await;
        let operation = self.setting_up();
        let enrolment = Enrolment {
            service: self.service,
            reason: "a rest for the family".into(),
            started: operation.today(),
            ended: None,
            outcomes: Vec::new(),
        };
        let record = Record::new(Provenance::from_the_work(None, operation.now), Content::Enrolment(enrolment));
        let mut work = self.office.book().begin(&operation).await.unwrap();
        work.add(Act::Enrolled, file, &record, Filing::default()).await.unwrap();
        work.commit().await.unwrap();
        file
    }

    /// Adds a record to a file as it is.
    pub async fn add(&self, file: FileId, content: Content) -> records::RecordId {
        let operation = self.setting_up();
        let record = Record::new(Provenance::from_the_work(None, operation.now), content);
        let mut work = self.office.book().begin(&operation).await.unwrap();
        let id = work.add(Act::RecordAdded, file, &record, Filing::default()).await.unwrap();
        work.commit().await.unwrap();
        id
    }

    /// Somebody with an account in some roles, assigned to the service, with both factors set up.
    pub async fn staff(&self, name: &str, roles: &[StaffRole]) -> SignedIn {
        let class = if roles.contains(&StaffRole::Trustee) { PersonClass::Trustee } else { PersonClass::Staff };
        let file = self.person(class, name, None, Vec::new()).await;
        let account = Account {
            totp: Some(Personal::new(vec![7; 20])),
            state: AccountState::Active,
            roles: roles.to_vec(),
            assignments: vec![Assignment { service: self.service, from: date(2020, 1, 1), until: None }],
            ..Account::new(format!("{}@lantern.example.org", name.to_lowercase().replace(' ', ".")))
        };
        self.with_account(file, name, account).await
    }

    /// Gives a file an account and signs it in, as a page would know it.
    pub async fn with_account(&self, file: FileId, name: &str, account: Account) -> SignedIn {
        let operation = self.setting_up();
        let record =
            Record::new(Provenance::from_the_work(None, operation.now), Content::Account(Box::new(account.clone())));
        let mut work = self.office.book().begin(&operation).await.unwrap();
        work.add(Act::StaffAdded, file, &record, Filing::default()).await.unwrap();
        work.touch_file(FileId::HOUSE).await.unwrap();
        work.commit().await.unwrap();
        SignedIn { file, session: String::new(), name: name.to_owned(), account, stepped_up: true }
    }

    /// A family worker at the service.
    pub async fn family_worker(&self) -> SignedIn {
        self.staff("Wendy Worker", &[StaffRole::FamilyWorker]).await
    }

    /// The manager of the service.
    pub async fn service_manager(&self) -> SignedIn {
        self.staff("Mo Manager", &[StaffRole::ServiceManager]).await
    }

    /// The data protection lead.
    pub async fn data_protection_lead(&self) -> SignedIn {
        self.staff("Dee Lead", &[StaffRole::DataProtectionLead]).await
    }

    /// A trustee.
    pub async fn trustee(&self) -> SignedIn {
        self.staff("Tove Trustee", &[StaffRole::Trustee]).await
    }

    /// The administrator.
    pub async fn administrator(&self) -> SignedIn {
        self.staff("Ali Admin", &[StaffRole::Administrator]).await
    }

    /// A volunteer.
    pub async fn volunteer(&self) -> SignedIn {
        self.staff("Vi Volunteer", &[StaffRole::Volunteer]).await
    }
}

/// Signs somebody in with a browser of their own: a real session in the book, and the value of the `Cookie` header
/// (without TLS) that belongs to it. Stepped up if `who` says so.
pub async fn sign_in_cookie(office: &TestOffice, who: &SignedIn) -> String {
    session_cookie(office, who, SessionState::In).await
}

/// The same with a session that is only half in, being set up, or hidden.
pub async fn session_cookie(office: &TestOffice, who: &SignedIn, state: SessionState) -> String {
    let token = duties::accounts::new_token();
    let now = office.office.now();
    let session = Session {
        id: duties::accounts::token_digest(&token),
        file: who.file,
        opened: now,
        seen: now,
        ends: now + duties::accounts::LASTS,
        stepped_up: who.stepped_up.then_some(now),
        state,
        device: "Firefox Linux".to_owned(),
    };
    let mut work = office.office.book().begin(&office.setting_up()).await.unwrap();
    work.add_session(&session).await.unwrap();
    work.act(Act::SignedIn, who.file, None).unwrap();
    work.commit().await.unwrap();
    format!("guardbook={token}")
}

/// The operator checking a book.
pub fn checking(office: &Office) -> Operation {
    Operation::for_the_book(Actor::Operator, "fsck", office.now())
}

/// Puts a record into another state as it is, where a test needs the state and not the way to it.
pub async fn change(office: &TestOffice, opened: &book::Opened, content: Content) {
    let operation = office.setting_up();
    let record = Record::new(opened.record.provenance.clone(), content);
    let mut work = office.office.book().begin(&operation).await.unwrap();
    work.change(Act::RecordChanged, &opened.header, &record, Filing::default()).await.unwrap();
    work.commit().await.unwrap();
}
