//! Reading: a whole file in one range, links from other files, work lists, and the memory index.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::Act;
use records::{Card, FileId, Header, Kind, Operation, PersonClass, RecordId, ServiceId};
use sqlx::Row;
use vault::Part;

use crate::FileState;
use crate::book::Book;
use crate::cards::Found;
use crate::error::{BookError, Result};
use crate::rows::{Opened, SealedRecord, id, open_record, record_place, trace_place};
use crate::sql;
use crate::trace::Trace;
use crate::work::to_i64;

/// A file, opened.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// Whose.
    pub file: FileId,
    /// What the person is to the charity.
    pub class: PersonClass,
    /// Open, closed, archived, restricted.
    pub state: FileState,
    /// When the file was opened.
    pub opened: Timestamp,
    /// The card.
    pub card: Card,
    /// Its records, in the order in which they were written.
    pub records: Vec<Opened>,
}

impl OpenFile {
    /// The records of a kind, in order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Opened> {
        self.records.iter().filter(move |opened| opened.header.kind == kind)
    }

    /// One record.
    pub fn record(&self, id: RecordId) -> Option<&Opened> {
        self.records.iter().find(|opened| opened.header.id == id)
    }
}

/// An earlier version of a record.
#[derive(Clone, Debug)]
pub struct EarlierVersion {
    /// Of which record.
    pub id: RecordId,
    /// Which version.
    pub version: u32,
    /// What it said.
    pub record: records::Record,
}

impl Book {
    /// Reads a whole file. The view is in the ledger, on the disk, before anything is returned.
    pub async fn file(&self, operation: &Operation, file: FileId) -> Result<OpenFile> {
        let opened = self.file_in_passing(file).await?;
        self.views().log(operation, Act::FileSeen, file, None).await?;
        Ok(opened)
    }

    /// Notes an act of reading (a paper, a pack, a print) before it happens.
    pub async fn seen(
        &self,
        operation: &Operation,
        act: Act,
        file: FileId,
        record: Option<(RecordId, Kind)>,
    ) -> Result<()> {
        self.views().log(operation, act, file, record).await
    }

    /// Reads a whole file as a part of a deed that enters its own act, or for the program's own duties
    /// (sign-in, deciding who may see): nothing of it may be shown on the strength of this alone.
    pub async fn file_in_passing(&self, file: FileId) -> Result<OpenFile> {
        let text = file.to_string();
        let row =
            sqlx::query(sql::FILE).bind(&text).fetch_optional(self.pool()).await?.ok_or(BookError::NoFile(file))?;
        let keys = self.keys(file)?;
        let rows = sqlx::query(sql::RECORDS_OF).bind(&text).fetch_all(self.pool()).await?;
        let records = rows
            .iter()
            .map(|row| SealedRecord::from_row(row)?.open(self.tenant(), &keys))
            .collect::<Result<Vec<_>>>()?;
        let place = format!("file {file}");
        let state: i64 = row.try_get("state")?;
        let sealed: Vec<u8> = row.try_get("card")?;
        let plain = keys
            .open(Part::Card, &crate::rows::card_place(self.tenant(), file), &sealed)
            .map_err(|_| BookError::corrupt(&*place, "its card does not open"))?;
        Ok(OpenFile {
            file,
            class: self.class_of(file).await?,
            state: FileState::from_number(state).ok_or_else(|| BookError::corrupt(&*place, "state out of range"))?,
            opened: crate::rows::moment(row.try_get("opened")?, &place)?,
            card: serde_json::from_slice(&plain).map_err(|_| BookError::corrupt(&*place, "its card does not read"))?,
            records,
        })
    }

    /// A number that rises with each change of the file's row.
    pub async fn file_version(&self, file: FileId) -> Result<u64> {
        Ok(self.version_and_state(file).await?.0)
    }

    /// The state of a file, without opening it.
    pub async fn file_state(&self, file: FileId) -> Result<FileState> {
        Ok(self.version_and_state(file).await?.1)
    }

    async fn version_and_state(&self, file: FileId) -> Result<(u64, FileState)> {
        let row = sqlx::query(sql::FILE_VERSION)
            .bind(file.to_string())
            .fetch_optional(self.pool())
            .await?
            .ok_or(BookError::NoFile(file))?;
        let (version, state): (i64, i64) = (row.try_get("version")?, row.try_get("state")?);
        let state = FileState::from_number(state)
            .ok_or_else(|| BookError::corrupt(format!("file {file}"), "state out of range"))?;
        Ok((u64::try_from(version).unwrap_or(0), state))
    }

    /// One record, as a part of a deed (see [`Book::file_in_passing`]).
    pub async fn record_in_passing(&self, file: FileId, record: RecordId) -> Result<Opened> {
        let row = sqlx::query(sql::RECORD)
            .bind(file.to_string())
            .bind(record.to_string())
            .fetch_optional(self.pool())
            .await?
            .ok_or(BookError::NoRecord { file, record })?;
        SealedRecord::from_row(&row)?.open(self.tenant(), &self.keys(file)?)
    }

    /// Earlier versions of a file's records.
    pub async fn earlier_versions(&self, file: FileId) -> Result<Vec<EarlierVersion>> {
        let keys = self.keys(file)?;
        let rows = sqlx::query(sql::VERSIONS_OF).bind(file.to_string()).fetch_all(self.pool()).await?;
        rows.iter()
            .map(|row| {
                let text: String = row.try_get("id")?;
                let record: RecordId = id(&text, "history")?;
                self.earlier(&keys, file, record, row)
            })
            .collect()
    }

    /// One record as it was in a version: the current one or an earlier one.
    pub async fn version_in_passing(&self, file: FileId, record: RecordId, version: u32) -> Result<records::Record> {
        let current = self.record_in_passing(file, record).await?;
        if current.header.version == version {
            return Ok(current.record);
        }
        let row = sqlx::query(sql::VERSION)
            .bind(file.to_string())
            .bind(record.to_string())
            .bind(i64::from(version))
            .fetch_optional(self.pool())
            .await?
            .ok_or(BookError::NoRecord { file, record })?;
        let kind: i64 = row.try_get("kind")?;
        let sealed: Vec<u8> = row.try_get("sealed")?;
        self.open_version(&self.keys(file)?, (file, record, version), kind, &sealed)
    }

    fn earlier(
        &self,
        keys: &vault::FileKeys,
        file: FileId,
        record: RecordId,
        row: &sqlx::any::AnyRow,
    ) -> Result<EarlierVersion> {
        let version: i64 = row.try_get("version")?;
        let version = u32::try_from(version).map_err(|_| BookError::corrupt("history", "version out of range"))?;
        let kind: i64 = row.try_get("kind")?;
        let sealed: Vec<u8> = row.try_get("sealed")?;
        let opened = self.open_version(keys, (file, record, version), kind, &sealed)?;
        Ok(EarlierVersion { id: record, version, record: opened })
    }

    fn open_version(
        &self,
        keys: &vault::FileKeys,
        (file, record, version): (FileId, RecordId, u32),
        kind: i64,
        sealed: &[u8],
    ) -> Result<records::Record> {
        let name = || format!("version {version} of record {record} in file {file}");
        let kind = u16::try_from(kind)
            .ok()
            .and_then(Kind::from_number)
            .ok_or_else(|| BookError::corrupt(name(), "kind out of range"))?;
        open_record(keys, &record_place(self.tenant(), file, record, kind, version), sealed, name)
    }

    /// Records in other files that concern this person.
    pub async fn links_to(&self, file: FileId) -> Result<Vec<(FileId, RecordId)>> {
        let rows = sqlx::query(sql::LINKS_TO).bind(file.to_string()).fetch_all(self.pool()).await?;
        rows.iter()
            .map(|row| {
                let (file, record): (String, String) = (row.try_get("file")?, row.try_get("record")?);
                Ok((id(&file, "link")?, id(&record, "link")?))
            })
            .collect()
    }

    /// All records of a kind in all files, opened: for kinds that are few (accounts, services, requests).
    pub async fn all_of_kind(&self, kind: Kind) -> Result<Vec<Opened>> {
        self.opened_by(sqlx::query(sql::RECORDS_OF_KIND).bind(i64::from(kind.number()))).await
    }

    /// Records of a kind in all files, opened, some at a time: those after a place, and the place after which to go on;
    /// none where these were the last.
    pub async fn some_of_kind(
        &self,
        kind: Kind,
        after: Option<(FileId, RecordId)>,
        limit: u32,
    ) -> Result<(Vec<Opened>, Option<(FileId, RecordId)>)> {
        let (file, record) =
            after.map_or_else(Default::default, |(file, record)| (file.to_string(), record.to_string()));
        let query = sqlx::query(sql::SOME_OF_KIND)
            .bind(i64::from(kind.number()))
            .bind(file)
            .bind(record)
            .bind(i64::from(limit));
        let rows = query.fetch_all(self.pool()).await?;
        let (mut opened, mut last) = (Vec::with_capacity(rows.len()), None);
        for row in &rows {
            let sealed = SealedRecord::from_row(row)?;
            last = Some((sealed.header.file, sealed.header.id));
            match self.keys(sealed.header.file) {
                Ok(keys) => opened.push(sealed.open(self.tenant(), &keys)?),
                Err(BookError::NoFile(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let full = u32::try_from(rows.len()).is_ok_and(|rows| rows >= limit);
        Ok((opened, last.filter(|_| full)))
    }

    /// Records of a kind that are open or waiting, by due date.
    pub async fn work_of_kind(&self, kind: Kind) -> Result<Vec<Opened>> {
        self.opened_by(sqlx::query(sql::WORK_OF_KIND).bind(i64::from(kind.number()))).await
    }

    /// Records of a kind that belong to a service.
    pub async fn of_service(&self, service: ServiceId, kind: Kind) -> Result<Vec<Opened>> {
        let query = sqlx::query(sql::SERVICE_OF_KIND).bind(service.to_string()).bind(i64::from(kind.number()));
        self.opened_by(query).await
    }

    async fn opened_by(
        &self,
        query: sqlx::query::Query<'_, sqlx::Any, sqlx::any::AnyArguments>,
    ) -> Result<Vec<Opened>> {
        let rows = query.fetch_all(self.pool()).await?;
        let mut opened = Vec::with_capacity(rows.len());
        for row in &rows {
            let sealed = SealedRecord::from_row(row)?;
            match self.keys(sealed.header.file) {
                Ok(keys) => opened.push(sealed.open(self.tenant(), &keys)?),
                // An erasure that is being finished: the key is gone, the rows are going.
                Err(BookError::NoFile(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(opened)
    }

    /// The open records of a kind that were due before a moment, opened, the longest due first.
    pub async fn due_of_kind(&self, kind: Kind, before: Timestamp) -> Result<Vec<Opened>> {
        let query = sqlx::query(sql::DUE_OF_KIND).bind(i64::from(kind.number())).bind(before.as_microsecond());
        self.opened_by(query).await
    }

    /// How many open records of a kind a file has; counted from headers, nothing is opened.
    pub async fn count_open_in(&self, file: FileId, kind: Kind) -> Result<u64> {
        let query = sqlx::query(sql::COUNT_OPEN_IN).bind(file.to_string()).bind(i64::from(kind.number()));
        let n: i64 = query.fetch_one(self.pool()).await?.try_get("n")?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// How many records of a kind there are, by state; counted from headers, nothing is opened.
    pub async fn count_kind(&self, kind: Kind) -> Result<Vec<(records::State, u64)>> {
        let rows = sqlx::query(sql::COUNT_KIND).bind(i64::from(kind.number())).fetch_all(self.pool()).await?;
        rows.iter()
            .map(|row| {
                let (state, n): (i64, i64) = (row.try_get("state")?, row.try_get("n")?);
                let state = i16::try_from(state).ok().and_then(records::State::from_number);
                let state = state.ok_or_else(|| BookError::corrupt("record", "state out of range"))?;
                Ok((state, u64::try_from(n).unwrap_or(0)))
            })
            .collect()
    }

    /// How many open records of a kind were due before a moment.
    pub async fn count_late(&self, kind: Kind, now: Timestamp) -> Result<u64> {
        let row = sqlx::query(sql::COUNT_LATE)
            .bind(i64::from(kind.number()))
            .bind(now.as_microsecond())
            .fetch_one(self.pool())
            .await?;
        let n: i64 = row.try_get("n")?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// The headers of a file's records; nothing is opened.
    pub async fn headers_of(&self, file: FileId) -> Result<Vec<Header>> {
        let rows = sqlx::query(sql::RECORDS_OF).bind(file.to_string()).fetch_all(self.pool()).await?;
        rows.iter().map(|row| Ok(SealedRecord::from_row(row)?.header)).collect()
    }

    /// Who did what with a file, newest first, before an entry number, at most `limit`.
    pub async fn traces_of(&self, file: FileId, before: Option<u64>, limit: u32) -> Result<Vec<(u64, Trace)>> {
        let keys = self.keys(file)?;
        let rows = sqlx::query(sql::TRACES_OF)
            .bind(file.to_string())
            .bind(before.map_or(i64::MAX, to_i64))
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        rows.iter()
            .map(|row| {
                let (seq, salted): (i64, Vec<u8>) = (row.try_get("seq")?, row.try_get("sealed")?);
                let seq = u64::try_from(seq).unwrap_or(0);
                let damaged = |what: &str| BookError::corrupt(format!("trace {seq} of file {file}"), what);
                let sealed = salted.get(32..).ok_or_else(|| damaged("too short"))?;
                let plain = keys
                    .open(Part::Audit, &trace_place(self.tenant(), file, seq), sealed)
                    .map_err(|_| damaged("it does not open"))?;
                let trace = serde_json::from_slice(&plain).map_err(|_| damaged("it does not read"))?;
                Ok((seq, trace))
            })
            .collect()
    }

    /// People of whom every word of the query is part of the card, best first.
    pub fn search(&self, query: &str, limit: usize, keep: impl Fn(FileId, &Card) -> bool) -> Vec<Found> {
        self.with_cards(|index| index.search(query, limit, keep))
    }

    /// People whose names are like those of the query: short forms, one letter different, the same sound; the nearest
    /// first.
    pub fn search_alike(
        &self,
        query: &str,
        limit: usize,
        short_forms: impl Fn(&str) -> Vec<&'static str>,
        keep: impl Fn(FileId, &Card) -> bool,
    ) -> Vec<(Found, crate::Likeness)> {
        self.with_cards(|index| index.search_alike(query, limit, short_forms, keep))
    }

    /// People who may be the same as somebody about to be added.
    pub fn alike(&self, name: &str, born: Option<Date>, class: Option<PersonClass>) -> Vec<Found> {
        self.with_cards(|index| index.alike(name, born, class))
    }

    /// A person's card from memory.
    pub fn card(&self, file: FileId) -> Option<Card> {
        self.with_cards(|index| index.get(file).cloned())
    }

    /// All cards that pass, in no order.
    pub fn cards(&self, keep: impl Fn(FileId, &Card) -> bool) -> Vec<Found> {
        self.with_cards(|index| {
            index
                .all()
                .filter(|(file, card)| keep(*file, card))
                .map(|(file, card)| Found { file, card: card.clone() })
                .collect()
        })
    }

    /// How many people are in the book.
    pub fn people(&self) -> usize {
        self.with_cards(crate::cards::CardIndex::len)
    }
}
