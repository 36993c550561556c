//! A store to test: in a temporary folder, on one of the engines.

use std::path::PathBuf;

use book::{Act, Book, Database, Engine, Filing, Place, RootSecret};
use jiff::Timestamp;
use records::people::Identity;
use records::{Actor, Card, Content, FileId, Operation, PersonClass, Provenance, Purpose, Record, RecordId, ServiceId};
use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;

pub struct Store {
    pub place: Place,
    pub root: RootSecret,
    pub folder: tempfile::TempDir,
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_442_000 + second).unwrap()
}

pub fn operation(second: i64) -> Operation {
    Operation::by_staff(FileId::from_bytes([9; 16]), Purpose::Support, "a planned visit", at(second))
}

/// A check by the operator, so late that whatever lies about on the shelf was left over.
pub fn much_later() -> Operation {
    Operation::for_the_book(Actor::Operator, "fsck", "2100-01-01T00:00:00Z".parse().unwrap())
}

pub fn record(content: Content) -> Record {
    Record::new(Provenance::from_the_work(None, at(0)), content)
}

pub fn card(name: &str, class: PersonClass) -> Card {
    Card {
        name: name.into(),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    }
}

pub const SERVICE: ServiceId = ServiceId::from_bytes([7; 16]);

impl Store {
    fn new(database: Database) -> Self {
        sqlx::any::install_default_drivers();
        let folder = tempfile::tempdir().unwrap();
        let root = RootSecret::generate_key_file(&folder.path().join("root.key")).unwrap();
        Self { place: Place { folder: folder.path().join("book"), database }, root, folder }
    }

    #[expect(clippy::unused_async, reason = "both engines are asked for in the same words")]
    pub async fn sqlite() -> Self {
        Self::new(Database::Embedded)
    }

    /// A schema of its own on the test server. None where there is no server; under CI that is a failure.
    pub async fn postgres(name: &str) -> Option<Self> {
        let Ok(url) = std::env::var("GUARDBOOK_TEST_POSTGRES") else {
            assert!(
                std::env::var_os("CI").is_none(),
                "GUARDBOOK_TEST_POSTGRES is not set: `make test` starts a server and sets it"
            );
            return None;
        };
        sqlx::any::install_default_drivers();
        let schema = format!("t_{}_{}", std::process::id(), &name[..name.len().min(40)]);
        let admin = sqlx::AnyPool::connect(&url).await.unwrap();
        let make = format!("CREATE SCHEMA {schema}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(make)).execute(&admin).await.unwrap();
        let joint = if url.contains('?') { '&' } else { '?' };
        Some(Self::new(Database::Postgres(format!("{url}{joint}options=-csearch_path%3D{schema}"))))
    }

    pub fn engine(&self) -> Engine {
        match self.place.database {
            Database::Embedded => Engine::Sqlite,
            Database::Postgres(_) => Engine::Postgres,
        }
    }

    pub async fn create(&self) -> Book {
        let operation = Operation::for_the_book(Actor::Operator, "set up", at(0));
        Book::create(&self.place, &self.root, &operation).await.unwrap()
    }

    pub async fn open(&self) -> Book {
        let book = Book::open(&self.place, &self.root).await.unwrap();
        book.finish_erasures(at(900)).await.unwrap();
        book
    }

    /// The rows themselves, as somebody with the database's password has them.
    pub async fn pool(&self) -> AnyPool {
        drop(self.create_if_missing().await);
        let url = match &self.place.database {
            Database::Embedded => format!("sqlite://{}", self.place.folder.join("book.db").display()),
            Database::Postgres(url) => url.clone(),
        };
        AnyPoolOptions::new().max_connections(2).connect(&url).await.unwrap()
    }

    async fn create_if_missing(&self) -> Option<Book> {
        if self.place.folder.join("keyring").exists() { None } else { Some(self.create().await) }
    }

    /// Everything that lies on the disk of the book, file by file.
    pub fn disk(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push((path.clone(), std::fs::read(&path).unwrap()));
                }
            }
        }
        found
    }
}

/// A person with an identity record.
pub async fn person(book: &Book, name: &str) -> FileId {
    let mut work = book.begin(&operation(1)).await.unwrap();
    let file = work.open_file(PersonClass::Child, card(name, PersonClass::Child)).await.unwrap();
    let identity = Identity { name: name.into(), ..Identity::default() };
    work.add(Act::RecordAdded, file, &record(Content::Identity(identity)), Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    file
}

/// Adds one record.
pub async fn add(book: &Book, file: FileId, content: Content) -> RecordId {
    let mut work = book.begin(&operation(2)).await.unwrap();
    let id = work.add(Act::RecordAdded, file, &record(content), Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    id
}
