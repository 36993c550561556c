//! The book: where it lies, how it opens, and what every part of the store shares.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock, Weak};

use jiff::Timestamp;
use ledger::SigningKey;
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use records::{Card, FileId, Operation, PersonClass, RecordId};
use sqlx::{AnyPool, Row};
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;
use vault::{FileKeys, FileTag, Part, RootSecret, Vault};

use crate::cards::CardIndex;
use crate::engine::{self, Database, Engine};
use crate::error::{BookError, Result};
use crate::rows::{card_place, id};
use crate::sql;
use crate::views::Views;
use crate::work::Work;

/// How to reach a book.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder: keyring, shelf, checkpoints, and the database if it is embedded.
    pub folder: PathBuf,
    /// Where the rows lie.
    pub database: Database,
}

impl Place {
    /// A book in one folder.
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), database: Database::Embedded }
    }
}

/// The store. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Book(Arc<Inner>);

/// A book that is not kept open by whoever holds this.
pub(crate) struct WeakBook(Weak<Inner>);

impl WeakBook {
    pub(crate) fn upgrade(&self) -> Option<Book> {
        self.0.upgrade().map(Book)
    }
}

struct Inner {
    pool: AnyPool,
    engine: Engine,
    folder: PathBuf,
    vault: Vault,
    tenant: [u8; 16],
    shelf: Arc<dyn ObjectStore>,
    writer: Arc<Mutex<()>>,
    signing: SigningKey,
    cards: RwLock<CardIndex>,
    classes: RwLock<HashMap<FileId, PersonClass>>,
    cards_at: AtomicU64,
    views: Views,
}

/// What the database says of a new book's origin, and so of its checkpoints.
const ORIGIN: &str = "guardbook.local/";

impl Book {
    /// Makes a new, empty book. There must be none in the folder.
    pub async fn create(place: &Place, root: &RootSecret, operation: &Operation) -> Result<Self> {
        make_folder(&place.folder)?;
        if place.folder.join("keyring").exists() {
            return Err(BookError::Place(format!(
                "There is a book in {} already. Choose another folder, or use `serve`.",
                place.folder.display()
            )));
        }
        let vault = Vault::create(&place.folder.join("keyring"), root)?;
        let (pool, engine) = engine::open(&place.database, &place.folder).await?;
        let tenant = Uuid::new_v4();
        let origin = format!("{ORIGIN}{}", tenant.simple());
        sqlx::query(sql::SET_META).bind("tenant").bind(tenant.simple().to_string()).execute(&pool).await?;
        sqlx::query(sql::SET_META).bind("origin").bind(&origin).execute(&pool).await?;
        let book = Self::assemble(place, vault, pool, engine).await?;
        let mut work = book.begin(operation).await?;
        work.open_files(vec![(FileId::HOUSE, PersonClass::House, house_card())]).await?;
        work.act_of_the_house(ledger::Act::BookCreated, 1);
        work.witness();
        work.commit().await?;
        let key = place.folder.join("ledger.vkey");
        std::fs::write(&key, format!("{}\n", book.verifier_key())).map_err(|e| BookError::disk(&key, e))?;
        Ok(book)
    }

    /// Opens a book, finishes what a crash left half done, and reads the cards into memory.
    pub async fn open(place: &Place, root: &RootSecret) -> Result<Self> {
        let keyring = place.folder.join("keyring");
        if !keyring.exists() {
            return Err(BookError::Place(format!(
                "There is no book in {}. Make one with `guardbook init --book DIR --policy FILE`.",
                place.folder.display()
            )));
        }
        let vault = Vault::open(&keyring, root)?;
        let (pool, engine) = engine::open(&place.database, &place.folder).await?;
        let book = Self::assemble(place, vault, pool, engine).await?;
        book.load_cards().await?;
        Ok(book)
    }

    async fn assemble(place: &Place, vault: Vault, pool: AnyPool, engine: Engine) -> Result<Self> {
        let papers = place.folder.join("shelf");
        make_folder(&papers)?;
        make_folder(&place.folder.join("checkpoints"))?;
        let shelf = LocalFileSystem::new_with_prefix(&papers)?.with_fsync(true);
        let tenant: Uuid = meta(&pool, "tenant")
            .await?
            .and_then(|text| Uuid::try_parse(&text).ok())
            .ok_or_else(|| BookError::corrupt("meta", "the book has no name of its own"))?;
        let origin = meta(&pool, "origin").await?.unwrap_or_else(|| ORIGIN.to_owned());
        let signing = SigningKey::from_seed(&origin, vault.book_keys().ledger_seed())
            .map_err(|_| BookError::corrupt("meta", "the origin of the ledger is no key name"))?;
        let (views, inbox) = Views::new();
        let book = Self(Arc::new(Inner {
            pool,
            engine,
            folder: place.folder.clone(),
            vault,
            tenant: *tenant.as_bytes(),
            shelf: Arc::new(shelf),
            writer: Arc::new(Mutex::new(())),
            signing,
            cards: RwLock::new(CardIndex::default()),
            classes: RwLock::new(HashMap::new()),
            cards_at: AtomicU64::new(0),
            views,
        }));
        crate::views::run(&book, inbox);
        Ok(book)
    }

    /// Starts a transaction for an operation.
    pub async fn begin(&self, operation: &Operation) -> Result<Work> {
        Work::begin(self, operation).await
    }

    /// Which engine holds the rows.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// The book's folder.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// The keyring, for the operator's commands.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// The key with which anybody can check this book's checkpoints.
    pub fn verifier_key(&self) -> String {
        self.verifier().to_string()
    }

    pub(crate) fn verifier(&self) -> ledger::VerifierKey {
        self.0.signing.verifier()
    }

    /// A new random id for a file.
    pub fn random_file_id(&self) -> FileId {
        FileId::from_uuid(Uuid::new_v4())
    }

    /// A new time-ordered id for a record.
    pub fn next_record_id(&self, now: Timestamp) -> RecordId {
        // The counter keeps records that one deed adds in their order, also within one millisecond.
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        let count = u128::from(COUNT.fetch_add(1, Ordering::Relaxed));
        let stamp = uuid::Timestamp::from_unix_time(millis / 1000, nanos, count, 42);
        RecordId::from_uuid(Uuid::new_v7(stamp))
    }

    pub(crate) fn downgrade(&self) -> WeakBook {
        WeakBook(Arc::downgrade(&self.0))
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.0.pool
    }

    pub(crate) fn tenant(&self) -> [u8; 16] {
        self.0.tenant
    }

    pub(crate) fn shelf(&self) -> &dyn ObjectStore {
        self.0.shelf.as_ref()
    }

    pub(crate) fn views(&self) -> &Views {
        &self.0.views
    }

    pub(crate) async fn writer(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.0.writer).lock_owned().await
    }

    /// The keys of a file; a file without a key was erased or never was.
    pub(crate) fn keys(&self, file: FileId) -> Result<FileKeys> {
        self.0.vault.file(FileTag(file.bytes()))?.ok_or(BookError::NoFile(file))
    }

    /// New keys, written on a thread that may wait for the disk.
    pub(crate) async fn vault_add(&self, tags: Vec<FileTag>) -> Result<()> {
        let book = self.clone();
        tokio::task::spawn_blocking(move || book.0.vault.add_files(&tags))
            .await
            .map_err(|e| BookError::Unavailable(Box::new(e)))??;
        Ok(())
    }

    pub(crate) fn sign(&self, size: u64, root: [u8; 32]) -> String {
        ledger::sign_checkpoint(size, &root, &self.0.signing)
    }

    /// Puts a copy of a checkpoint beside the database, from where an operator sends it out of the house.
    pub(crate) fn copy_checkpoint(&self, size: u64, note: &str) {
        let path = self.0.folder.join("checkpoints").join(format!("{size}.note"));
        if let Err(error) = std::fs::write(&path, note) {
            tracing::error!(%error, size, "the copy of a checkpoint could not be written; the database has it");
        }
    }

    pub(crate) fn remember_class(&self, file: FileId, class: PersonClass) {
        self.0.classes.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(file, class);
    }

    /// The class of a file, from memory or its row.
    pub async fn class_of(&self, file: FileId) -> Result<PersonClass> {
        let known = self.0.classes.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&file).copied();
        if let Some(class) = known {
            return Ok(class);
        }
        let row = sqlx::query(sql::FILE)
            .bind(file.to_string())
            .fetch_optional(self.pool())
            .await?
            .ok_or(BookError::NoFile(file))?;
        let class: i64 = row.try_get("class")?;
        let class = i16::try_from(class)
            .ok()
            .and_then(PersonClass::from_number)
            .ok_or_else(|| BookError::corrupt(format!("file {file}"), "class out of range"))?;
        self.remember_class(file, class);
        Ok(class)
    }

    async fn load_cards(&self) -> Result<()> {
        let size = self.ledger_size().await?;
        let mut cards = HashMap::new();
        let mut after = String::new();
        loop {
            let rows = sqlx::query(sql::ALL_FILES).bind(&after).bind(5_000_i64).fetch_all(self.pool()).await?;
            let Some(last) = rows.last() else { break };
            after = last.try_get("id")?;
            for row in &rows {
                let text: String = row.try_get("id")?;
                let file: FileId = id(&text, "file")?;
                if let Some(card) = self.card_from(file, row)? {
                    self.remember_class(file, card.class);
                    if file != FileId::HOUSE {
                        cards.insert(file, card);
                    }
                }
            }
        }
        *self.0.cards.write().unwrap_or_else(std::sync::PoisonError::into_inner) = CardIndex::from_cards(cards);
        self.0.cards_at.store(size, Ordering::Release);
        Ok(())
    }

    /// Opens the card of a row; none where the key is gone (an erasure that another process is finishing).
    fn card_from(&self, file: FileId, row: &sqlx::any::AnyRow) -> Result<Option<Card>> {
        let sealed: Vec<u8> = row.try_get("card")?;
        let Some(keys) = self.0.vault.file(FileTag(file.bytes()))? else { return Ok(None) };
        let plain = keys
            .open(Part::Card, &card_place(self.tenant(), file), &sealed)
            .map_err(|_| BookError::corrupt(format!("card of file {file}"), "it does not open"))?;
        let card = serde_json::from_slice(&plain)
            .map_err(|_| BookError::corrupt(format!("card of file {file}"), "it does not read"))?;
        Ok(Some(card))
    }

    /// After a commit of this process: the index has the new cards, and knows how far it is.
    pub(crate) fn cards_changed(&self, cards: Vec<(FileId, Card)>, size: u64) {
        let mut index = self.0.cards.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        index.put_many(cards.into_iter().filter(|(file, _)| *file != FileId::HOUSE).collect());
        drop(index);
        // Only if nobody else committed between: else the next refresh reads on from where the index stands.
        let _ = size;
    }

    pub(crate) fn forget_card(&self, file: FileId) {
        self.forget_cards(&[file]);
    }

    pub(crate) fn forget_cards(&self, files: &[FileId]) {
        self.0.cards.write().unwrap_or_else(std::sync::PoisonError::into_inner).forget(files);
        let mut classes = self.0.classes.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        for file in files {
            classes.remove(file);
        }
    }

    /// Brings the index up to what other processes have committed, as the ledger tells.
    pub async fn refresh_cards(&self) -> Result<()> {
        let size = self.ledger_size().await?;
        let from = self.0.cards_at.load(Ordering::Acquire);
        if size == from {
            return Ok(());
        }
        let rows = sqlx::query(sql::TRACES_SINCE).bind(crate::work::to_i64(from)).fetch_all(self.pool()).await?;
        let mut changed = std::collections::BTreeSet::new();
        for row in rows {
            let entry: Vec<u8> = row.try_get("entry")?;
            let entry =
                ledger::Entry::decode(&entry).map_err(|_| BookError::corrupt("ledger", "an entry does not read"))?;
            if crate::changes_card(entry.act) {
                let text: String = row.try_get("file")?;
                changed.insert(id::<FileId>(&text, "trace")?);
            }
        }
        let mut cards = Vec::new();
        for file in changed.into_iter().filter(|file| *file != FileId::HOUSE) {
            match sqlx::query(sql::FILE).bind(file.to_string()).fetch_optional(self.pool()).await? {
                Some(row) => match self.card_from(file, &row)? {
                    Some(card) => cards.push((file, card)),
                    None => self.forget_card(file),
                },
                None => self.forget_card(file),
            }
        }
        let erased: Vec<FileId> = self
            .erasures()
            .await?
            .into_iter()
            .filter(|(file, state, _)| *state >= 2 && self.card(*file).is_some())
            .map(|(file, ..)| file)
            .collect();
        self.forget_cards(&erased);
        self.0.cards.write().unwrap_or_else(std::sync::PoisonError::into_inner).put_many(cards);
        self.0.cards_at.fetch_max(size, Ordering::AcqRel);
        Ok(())
    }

    /// Looks into the memory index. Nothing leaves it but what the closure returns.
    pub(crate) fn with_cards<T>(&self, look: impl FnOnce(&CardIndex) -> T) -> T {
        look(&self.0.cards.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// A fact of the book itself.
    pub async fn fact(&self, name: &str) -> Result<Option<String>> {
        meta(self.pool(), name).await
    }

    /// Closes the pool: everything acknowledged is on the disk already.
    pub async fn close(&self) {
        self.0.pool.close().await;
    }
}

impl Work {
    /// Sets a fact of the book itself. Facts hold no personal data.
    pub async fn set_fact(&mut self, name: &str, value: &str) -> Result<()> {
        self.run(sqlx::query(sql::SET_META).bind(name.to_owned()).bind(value.to_owned())).await?;
        Ok(())
    }
}

async fn meta(pool: &AnyPool, name: &str) -> Result<Option<String>> {
    let row = sqlx::query(sql::GET_META).bind(name).fetch_optional(pool).await?;
    Ok(row.map(|row| row.try_get("value")).transpose()?)
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| BookError::disk(folder, e))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
            .map_err(|e| BookError::disk(folder, e))?;
    }
    Ok(())
}

fn house_card() -> Card {
    Card {
        name: "The charity".into(),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class: PersonClass::House,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    }
}
