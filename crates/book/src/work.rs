//! A transaction: the deed, its ledger entry and its follow-up commit together or not at all.

use jiff::Timestamp;
use ledger::{Act, Entry, Frontier, leaf_hash};
use rand::Rng;
use records::{Card, FileId, Header, Kind, Operation, PersonClass, Record, RecordId, ServiceId, State, catalogue};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, Row, Transaction};
use tokio::sync::OwnedMutexGuard;
use vault::{FileKeys, FileTag, Part};

use crate::book::Book;
use crate::error::{BookError, Result};
use crate::rows::{Opened, SealedRecord, card_place, record_place, trace_place};
use crate::sql::{self, BATCH};
use crate::trace::Trace;

/// After so many entries a checkpoint is signed.
const CHECKPOINT_EVERY: u64 = 256;

/// How a record is filed: the parts of its header that are not in its content.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filing {
    /// Sub-kind.
    pub topic: i16,
    /// Where it stands; `Kept` by default.
    pub state: Option<State>,
    /// The next moment at which something must happen.
    pub due: Option<Timestamp>,
}

impl Filing {
    /// Work that is due.
    pub const fn open(due: Option<Timestamp>) -> Self {
        Self { topic: 0, state: Some(State::Open), due }
    }

    /// Filed in a state, with nothing due.
    pub const fn in_state(state: State) -> Self {
        Self { topic: 0, state: Some(state), due: None }
    }
}

struct NewRecord {
    header: Header,
    sealed: Vec<u8>,
}

struct NewEntry {
    seq: u64,
    bytes: Vec<u8>,
    trace: Option<(FileId, Vec<u8>)>,
}

struct NewFile {
    file: FileId,
    class: PersonClass,
    card: Vec<u8>,
    opened: Timestamp,
}

/// A transaction in the book. Dropping it rolls everything back.
#[must_use = "a Work that is not committed did not happen"]
pub struct Work {
    book: Book,
    operation: Operation,
    tx: Transaction<'static, Any>,
    size: u64,
    frontier: Frontier,
    entries: Vec<NewEntry>,
    records: Vec<NewRecord>,
    files: Vec<NewFile>,
    cards: Vec<(FileId, Card)>,
    witness: bool,
    _writer: OwnedMutexGuard<()>,
}

impl Work {
    /// Starts. The first statement moves the ledger's head: on both engines that is the lock of the one writer.
    pub(crate) async fn begin(book: &Book, operation: &Operation) -> Result<Self> {
        let writer = book.writer().await;
        let mut tx = book.pool().begin().await?;
        let head = sqlx::query(sql::MOVE_HEAD).fetch_one(&mut *tx).await?;
        let size: i64 = head.try_get("size")?;
        let bytes: Vec<u8> = head.try_get("frontier")?;
        let size = u64::try_from(size).map_err(|_| BookError::corrupt("ledger head", "a negative size"))?;
        let frontier = if size == 0 {
            Frontier::default()
        } else {
            Frontier::from_bytes(&bytes).map_err(|_| BookError::corrupt("ledger head", "it does not read"))?
        };
        Ok(Self {
            book: book.clone(),
            operation: operation.clone(),
            tx,
            size,
            frontier,
            entries: Vec::new(),
            records: Vec::new(),
            files: Vec::new(),
            cards: Vec::new(),
            witness: false,
            _writer: writer,
        })
    }

    /// The operation for which this is done.
    pub const fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The time of the deed.
    pub const fn now(&self) -> Timestamp {
        self.operation.now
    }

    /// A new file with its own key and its first record, the identity or whatever its class starts with.
    pub async fn open_file(&mut self, class: PersonClass, card: Card) -> Result<FileId> {
        let file = self.book.random_file_id();
        self.open_files(vec![(file, class, card)]).await?;
        Ok(file)
    }

    /// Many new files at once: their keys are written with one flush.
    pub async fn open_files(&mut self, new: Vec<(FileId, PersonClass, Card)>) -> Result<()> {
        let tags: Vec<FileTag> = new.iter().map(|(file, ..)| FileTag(file.bytes())).collect();
        // The key comes first: a key without rows is harmless and swept, rows without a key would be lost.
        self.book.vault_add(tags).await?;
        for (file, class, card) in new {
            let keys = self.keys(file)?;
            let sealed = seal_card(self.book.tenant(), &keys, file, &card);
            self.files.push(NewFile { file, class, card: sealed, opened: self.operation.now });
            self.book.remember_class(file, class);
            self.cards.push((file, card));
            self.act(Act::FileOpened, file, None)?;
        }
        self.flush_if_full().await
    }

    /// Adds a record to a file: sealed, linked to the people it concerns, entered in the ledger as `act`.
    pub async fn add(&mut self, act: Act, file: FileId, record: &Record, filing: Filing) -> Result<RecordId> {
        let id = self.book.next_record_id(self.operation.now);
        self.add_with_id(act, file, id, record, filing).await?;
        Ok(id)
    }

    /// The same with an id that was drawn before, for records that name each other.
    pub async fn add_with_id(
        &mut self,
        act: Act,
        file: FileId,
        id: RecordId,
        record: &Record,
        filing: Filing,
    ) -> Result<()> {
        let kind = record.content.kind();
        self.check_place(file, kind).await?;
        let header = Header {
            file,
            id,
            kind,
            topic: filing.topic,
            service: record.content.service(),
            state: filing.state.unwrap_or(State::Kept),
            opened: self.operation.now,
            due: filing.due,
            version: 1,
        };
        let sealed = self.seal(&header, record)?;
        for other in record.content.concerns() {
            if other != file {
                self.link(other, file, id).await?;
            }
        }
        self.records.push(NewRecord { header, sealed });
        self.act(act, file, Some((id, kind)))?;
        self.flush_if_full().await
    }

    /// Changes a record that was read before. The earlier version stays as history; a change by somebody else
    /// in the meantime is a conflict and changes nothing.
    pub async fn change(&mut self, act: Act, was: &Header, record: &Record, filing: Filing) -> Result<Header> {
        self.flush().await?;
        let header = Header {
            topic: filing.topic,
            service: record.content.service(),
            state: filing.state.unwrap_or(was.state),
            due: filing.due,
            version: was.version + 1,
            ..was.clone()
        };
        if record.content.kind() != was.kind {
            return Err(BookError::corrupt(format!("record {}", was.id), "a change of kind"));
        }
        let sealed = self.seal(&header, record)?;
        let (file, id) = (was.file.to_string(), was.id.to_string());
        let kept = sqlx::query(sql::KEEP_VERSION)
            .bind(&file)
            .bind(&id)
            .bind(i64::from(was.version))
            .execute(&mut *self.tx)
            .await?;
        let changed = sqlx::query(sql::CHANGE_RECORD)
            .bind(&file)
            .bind(&id)
            .bind(i64::from(header.topic))
            .bind(header.service.map(|service| service.to_string()))
            .bind(i64::from(header.state.number()))
            .bind(header.due.map(Timestamp::as_microsecond))
            .bind(i64::from(header.version))
            .bind(sealed)
            .bind(i64::from(was.version))
            .execute(&mut *self.tx)
            .await?;
        if kept.rows_affected() != 1 || changed.rows_affected() != 1 {
            return Err(BookError::Conflict { file: was.file, record: was.id });
        }
        sqlx::query(sql::DROP_LINKS_OF_RECORD).bind(&file).bind(&id).execute(&mut *self.tx).await?;
        for other in record.content.concerns() {
            if other != was.file {
                self.link(other, was.file, was.id).await?;
            }
        }
        self.act(act, was.file, Some((was.id, was.kind)))?;
        Ok(header)
    }

    /// Writes an earlier version anew, without what must no longer be kept: the version stays, and that part of it is
    /// gone. Whoever does it enters the act with the record itself.
    pub async fn rewrite_version(&mut self, of: &Header, version: u32, record: &Record) -> Result<()> {
        self.flush().await?;
        let sealed = self.seal(&Header { version, ..of.clone() }, record)?;
        let query = sqlx::query(sql::REWRITE_VERSION)
            .bind(of.file.to_string())
            .bind(of.id.to_string())
            .bind(i64::from(version))
            .bind(sealed);
        self.expect_one("REWRITE_VERSION", query).await
    }

    /// Takes a record away with its earlier versions, for what was never meant to be there. A change by somebody else in
    /// the meantime is a conflict and takes nothing away.
    pub async fn remove(&mut self, act: Act, was: &Header) -> Result<()> {
        self.flush().await?;
        let (file, id) = (was.file.to_string(), was.id.to_string());
        let dropped = sqlx::query(sql::DROP_RECORD).bind(&file).bind(&id).bind(i64::from(was.version));
        if self.run(dropped).await? != 1 {
            return Err(BookError::Conflict { file: was.file, record: was.id });
        }
        self.run(sqlx::query(sql::DROP_HISTORY_OF_RECORD).bind(&file).bind(&id)).await?;
        self.run(sqlx::query(sql::DROP_LINKS_OF_RECORD).bind(&file).bind(&id)).await?;
        self.act(act, was.file, Some((was.id, was.kind)))
    }

    /// Replaces a person's card in the row and, after the commit, in the memory index.
    pub async fn set_card(&mut self, file: FileId, card: Card) -> Result<()> {
        self.flush().await?;
        let keys = self.keys(file)?;
        let sealed = seal_card(self.book.tenant(), &keys, file, &card);
        self.expect_one("SET_CARD", sqlx::query(sql::SET_CARD).bind(file.to_string()).bind(sealed)).await?;
        self.cards.push((file, card));
        Ok(())
    }

    /// Raises a file's version, for those who keep something derived from it in memory.
    pub async fn touch_file(&mut self, file: FileId) -> Result<()> {
        self.flush().await?;
        self.expect_one("TOUCH_FILE", sqlx::query(sql::TOUCH_FILE).bind(file.to_string())).await
    }

    /// Sets the state of a file (open, closed, archived, restricted).
    pub async fn set_file_state(&mut self, act: Act, file: FileId, state: crate::FileState) -> Result<()> {
        self.flush().await?;
        self.expect_one("SET_FILE_STATE", sqlx::query(sql::SET_FILE_STATE).bind(file.to_string()).bind(state.number()))
            .await?;
        self.act(act, file, None)
    }

    /// Enters an act on a file in the ledger, with its trace in that file.
    pub fn act(&mut self, act: Act, file: FileId, record: Option<(RecordId, Kind)>) -> Result<()> {
        let operation = self.operation.clone();
        self.act_for(&operation, act, file, record)
    }

    /// The same for another operation: views by several people share one commit.
    pub(crate) fn act_for(
        &mut self,
        operation: &Operation,
        act: Act,
        file: FileId,
        record: Option<(RecordId, Kind)>,
    ) -> Result<()> {
        let trace = Trace::of(operation, act, record);
        let seq = self.size + self.entries_pending();
        let keys = self.keys(file)?;
        let mut salt = [0_u8; 32];
        rand::rng().fill_bytes(&mut salt);
        let sealed = keys.seal(Part::Audit, &trace_place(self.book.tenant(), file, seq), &trace.to_store());
        let commit = ledger::commit(&salt, &sealed);
        let salted = [salt.as_slice(), &sealed].concat();
        let entry = Entry {
            seq,
            day: day_number(operation),
            act,
            actor: operation.actor.pseudonym(),
            purpose: operation.purpose as u16,
            subject: keys.tag(seq),
            commit,
            count: 1,
        };
        self.push(entry, Some((file, salted)));
        Ok(())
    }

    /// Enters an act that concerns nobody's file.
    pub fn act_of_the_house(&mut self, act: Act, count: u32) {
        let seq = self.size + self.entries_pending();
        let entry = Entry {
            seq,
            day: day_number(&self.operation),
            act,
            actor: self.operation.actor.pseudonym(),
            purpose: self.operation.purpose as u16,
            subject: [0; 32],
            commit: [0; 32],
            count,
        };
        self.push(entry, None);
    }

    /// Asks for a signed checkpoint with this commit: at releases, erasures and changes of roles.
    pub const fn witness(&mut self) {
        self.witness = true;
    }

    /// The next reference in a series, as `REQ-2026-0042`.
    pub async fn next_reference(&mut self, series: &str, year: i16) -> Result<String> {
        let name = format!("{series}-{year}");
        let row = sqlx::query(sql::NEXT_REFERENCE).bind(&name).fetch_one(&mut *self.tx).await?;
        let last: i64 = row.try_get("last")?;
        Ok(format!("{name}-{last:04}"))
    }

    /// Reads one record inside the transaction.
    pub async fn record(&mut self, file: FileId, id: RecordId) -> Result<Opened> {
        self.flush().await?;
        let row = sqlx::query(sql::RECORD)
            .bind(file.to_string())
            .bind(id.to_string())
            .fetch_optional(&mut *self.tx)
            .await?
            .ok_or(BookError::NoRecord { file, record: id })?;
        let keys = self.keys(file)?;
        SealedRecord::from_row(&row)?.open(self.book.tenant(), &keys)
    }

    /// Notes a body that was put on the shelf.
    pub async fn note_body(&mut self, body: &crate::Shelved, ends: Option<Timestamp>) -> Result<()> {
        let query = sqlx::query(sql::ADD_BODY)
            .bind(body.id.to_string())
            .bind(body.file.to_string())
            .bind(i64::try_from(body.size).unwrap_or(i64::MAX))
            .bind(ends.map(Timestamp::as_microsecond));
        self.expect_one("ADD_BODY", query).await
    }

    /// Runs one statement of the store's own modules inside the transaction.
    pub(crate) async fn run(&mut self, query: Query<'_, Any, AnyArguments>) -> Result<u64> {
        Ok(query.execute(&mut *self.tx).await?.rows_affected())
    }

    pub(crate) async fn expect_one(
        &mut self,
        statement: &'static str,
        query: Query<'_, Any, AnyArguments>,
    ) -> Result<()> {
        match self.run(query).await? {
            1 => Ok(()),
            rows => Err(BookError::RowCount { statement, rows, expected: 1 }),
        }
    }

    /// Commits the deed, its entries and traces. When this returns, all of it is on the disk.
    pub async fn commit(mut self) -> Result<()> {
        self.flush().await?;
        let entered = self.frontier.size() > self.size;
        // INVARIANT: every method that changes rows of a file enters an act, so that a deed without a trace cannot commit.
        debug_assert!(entered, "a Work without an act");
        let size = self.frontier.size();
        sqlx::query(sql::SET_HEAD).bind(to_i64(size)).bind(self.frontier.to_bytes()).execute(&mut *self.tx).await?;
        let due = size / CHECKPOINT_EVERY > self.size / CHECKPOINT_EVERY;
        let note = (due || self.witness).then(|| self.book.sign(size, self.frontier.root()));
        if let Some(note) = &note {
            sqlx::query(sql::ADD_CHECKPOINT).bind(to_i64(size)).bind(note.as_str()).execute(&mut *self.tx).await?;
        }
        let Self { book, tx, cards, .. } = self;
        tx.commit().await?;
        if let Some(note) = note {
            book.copy_checkpoint(size, &note);
        }
        book.cards_changed(cards, size);
        Ok(())
    }

    fn push(&mut self, entry: Entry, trace: Option<(FileId, Vec<u8>)>) {
        let bytes = entry.encode();
        self.entries.push(NewEntry { seq: entry.seq, bytes, trace });
    }

    fn entries_pending(&self) -> u64 {
        self.entries.len() as u64 + (self.frontier.size() - self.size)
    }

    fn keys(&self, file: FileId) -> Result<FileKeys> {
        self.book.keys(file)
    }

    fn seal(&self, header: &Header, record: &Record) -> Result<Vec<u8>> {
        let keys = self.keys(header.file)?;
        let place = record_place(self.book.tenant(), header.file, header.id, header.kind, header.version);
        Ok(keys.seal(Part::Record, &place, &record.to_store()))
    }

    async fn link(&mut self, other: FileId, file: FileId, record: RecordId) -> Result<()> {
        let query = sqlx::query(sql::ADD_LINK).bind(other.to_string()).bind(file.to_string()).bind(record.to_string());
        self.run(query).await?;
        Ok(())
    }

    async fn check_place(&mut self, file: FileId, kind: Kind) -> Result<()> {
        let class = match self.files.iter().rev().find(|new| new.file == file) {
            Some(new) => new.class,
            None => self.book.class_of(file).await?,
        };
        if catalogue::entry(kind).classes.contains(&class) {
            Ok(())
        } else {
            Err(BookError::Misplaced { kind: kind.slug(), class: class.slug() })
        }
    }

    async fn flush_if_full(&mut self) -> Result<()> {
        if self.entries.len() >= 10 * BATCH { self.flush().await } else { Ok(()) }
    }

    /// Sends what is pending to the database, still inside the transaction.
    async fn flush(&mut self) -> Result<()> {
        let files = std::mem::take(&mut self.files);
        for chunk in files.chunks(BATCH) {
            let text = if chunk.len() == BATCH { sql::add_files() } else { sql::ADD_FILE };
            self.insert(chunk, text, bind_file).await?;
        }
        let records = std::mem::take(&mut self.records);
        for chunk in records.chunks(BATCH) {
            let text = if chunk.len() == BATCH { sql::add_records() } else { sql::ADD_RECORD };
            self.insert(chunk, text, bind_record).await?;
        }
        let entries = std::mem::take(&mut self.entries);
        for entry in &entries {
            self.frontier.append(leaf_hash(&entry.bytes));
        }
        for chunk in entries.chunks(BATCH) {
            let text = if chunk.len() == BATCH { sql::add_entries() } else { sql::ADD_ENTRY };
            self.insert(chunk, text, |query, entry: &NewEntry| query.bind(to_i64(entry.seq)).bind(entry.bytes.clone()))
                .await?;
        }
        let traces: Vec<_> =
            entries.iter().filter_map(|e| e.trace.as_ref().map(|(file, t)| (*file, e.seq, t))).collect();
        for chunk in traces.chunks(BATCH) {
            let text = if chunk.len() == BATCH { sql::add_traces() } else { sql::ADD_TRACE };
            self.insert(chunk, text, |query, (file, seq, sealed)| {
                query.bind(file.to_string()).bind(to_i64(*seq)).bind((*sealed).clone())
            })
            .await?;
        }
        Ok(())
    }

    /// One batched insert, or one insert each where the chunk is not a full batch.
    async fn insert<T>(
        &mut self,
        rows: &[T],
        text: &'static str,
        bind: impl Fn(Query<'static, Any, AnyArguments>, &T) -> Query<'static, Any, AnyArguments>,
    ) -> Result<()> {
        if rows.len() == BATCH {
            let query = rows.iter().fold(sqlx::query(text), &bind);
            let done = self.run(query).await?;
            if done != BATCH as u64 {
                return Err(BookError::RowCount { statement: "batch", rows: done, expected: BATCH as u64 });
            }
        } else {
            for row in rows {
                self.expect_one("insert", bind(sqlx::query(text), row)).await?;
            }
        }
        Ok(())
    }
}

fn bind_file(query: Query<'static, Any, AnyArguments>, new: &NewFile) -> Query<'static, Any, AnyArguments> {
    query
        .bind(new.file.to_string())
        .bind(i64::from(new.class.number()))
        .bind(crate::FileState::Open.number())
        .bind(new.opened.as_microsecond())
        .bind(new.card.clone())
}

fn bind_record(query: Query<'static, Any, AnyArguments>, new: &NewRecord) -> Query<'static, Any, AnyArguments> {
    let header = &new.header;
    query
        .bind(header.file.to_string())
        .bind(header.id.to_string())
        .bind(i64::from(header.kind.number()))
        .bind(i64::from(header.topic))
        .bind(header.service.map(|service: ServiceId| service.to_string()))
        .bind(i64::from(header.state.number()))
        .bind(header.opened.as_microsecond())
        .bind(header.due.map(Timestamp::as_microsecond))
        .bind(i64::from(header.version))
        .bind(new.sealed.clone())
}

pub(crate) fn seal_card(tenant: [u8; 16], keys: &FileKeys, file: FileId, card: &Card) -> Vec<u8> {
    // INVARIANT: a card is made of text, dates and ids, which all serialise.
    let plain = serde_json::to_vec(card).expect("a card serialises");
    keys.seal(Part::Card, &card_place(tenant, file), &plain)
}

pub(crate) fn to_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The day that stands in the open entry, as the number 20261122: no finer, so that the ledger tells no hours.
fn day_number(operation: &Operation) -> u32 {
    let day = operation.today();
    u32::try_from(i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())).unwrap_or(0)
}
