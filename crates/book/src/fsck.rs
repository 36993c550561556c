//! The invariants of the store, checked one by one after a fault or on the operator's word.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use records::{FileId, Operation, Record};
use sqlx::Row;
use vault::FileTag;

use crate::book::Book;
use crate::error::Result;
use crate::rows::SealedRecord;
use crate::sql;

/// After so long a body that no deed has noted was left over by a crash.
const ABANDONED_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which invariant.
    pub invariant: &'static str,
    /// Where and what.
    pub what: String,
}

/// The result of a check.
#[derive(Clone, Debug, Default)]
pub struct FsckReport {
    /// What does not hold.
    pub faults: Vec<Fault>,
    /// What a crash left over and was swept: keys without a file, bodies without a row.
    pub swept: Vec<String>,
    /// How many files were read.
    pub files: u64,
    /// How many records were opened.
    pub records: u64,
}

impl FsckReport {
    fn fault(&mut self, invariant: &'static str, what: impl Into<String>) {
        self.faults.push(Fault { invariant, what: what.into() });
    }
}

impl Book {
    /// Checks that every row opens in its place, that keyring, erasures and files agree, that links and bodies have
    /// their records, and that the ledger holds. With `sweep`, leftovers of a crash are removed.
    ///
    /// Deeds of other processes wait until it is done. Otherwise a file that is being started, whose key comes before
    /// its rows, would look like a leftover, and sweeping its key would lose it.
    pub async fn fsck(&self, operation: &Operation, sweep: bool) -> Result<FsckReport> {
        let alone = self.begin(operation).await?;
        let mut report = FsckReport::default();
        let files = self.check_files(&mut report).await?;
        self.check_records(&files, &mut report).await?;
        self.check_keyring(&files, sweep, &mut report).await?;
        // A body is shelved before the deed that notes it begins: only what has lain for a day was left over.
        let abandoned = operation.now - ABANDONED_AFTER;
        self.check_bodies(&files, sweep.then_some(abandoned), &mut report).await?;
        drop(alone);
        for problem in self.verify(&[]).await?.problems {
            let at = problem.seq.map_or_else(String::new, |seq| format!("entry {seq}: "));
            report.fault("the ledger holds", format!("{at}{}", problem.what));
        }
        Ok(report)
    }

    async fn check_files(&self, report: &mut FsckReport) -> Result<HashSet<FileId>> {
        let erasing: HashSet<FileId> = self.erasures().await?.into_iter().map(|(file, ..)| file).collect();
        let mut files = HashSet::new();
        let mut after = String::new();
        loop {
            let rows = sqlx::query(sql::ALL_FILES).bind(&after).bind(1_000_i64).fetch_all(self.pool()).await?;
            let Some(last) = rows.last() else { return Ok(files) };
            after = last.try_get("id")?;
            for row in &rows {
                let text: String = row.try_get("id")?;
                let Ok(file) = text.parse::<FileId>() else {
                    report.fault("every id is one", format!("file {text}"));
                    continue;
                };
                report.files += 1;
                files.insert(file);
                match self.file_in_passing(file).await {
                    Ok(_) => {}
                    Err(crate::BookError::NoFile(_)) if erasing.contains(&file) => {}
                    Err(error) => report.fault("every card and record opens in its place", error.to_string()),
                }
            }
        }
    }

    async fn check_records(&self, files: &HashSet<FileId>, report: &mut FsckReport) -> Result<()> {
        let (mut file, mut record) = (String::new(), String::new());
        loop {
            let rows =
                sqlx::query(sql::ALL_RECORDS).bind(&file).bind(&record).bind(2_000_i64).fetch_all(self.pool()).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            (file, record) = (last.try_get("file")?, last.try_get("id")?);
            for row in &rows {
                report.records += 1;
                match SealedRecord::from_row(row) {
                    Ok(sealed) => self.check_record(sealed, files, report).await,
                    Err(error) => report.fault("every header reads", error.to_string()),
                }
            }
        }
    }

    async fn check_record(&self, sealed: SealedRecord, files: &HashSet<FileId>, report: &mut FsckReport) {
        let header = sealed.header.clone();
        if !files.contains(&header.file) {
            report.fault("every record has its file", format!("record {} of file {}", header.id, header.file));
            return;
        }
        let Ok(keys) = self.keys(header.file) else { return };
        let Ok(opened) = sealed.open(self.tenant(), &keys) else { return };
        if opened.record.content.service() != header.service {
            report.fault("headers agree with what is sealed", format!("service of record {}", header.id));
        }
        if let Err(error) = self.check_versions(&header, &opened.record).await {
            report.fault("every earlier version is kept and opens", error.to_string());
        }
    }

    async fn check_versions(&self, header: &records::Header, _now: &Record) -> Result<()> {
        for version in 1..header.version {
            self.version_in_passing(header.file, header.id, version).await?;
        }
        Ok(())
    }

    async fn check_keyring(&self, files: &HashSet<FileId>, sweep: bool, report: &mut FsckReport) -> Result<()> {
        let keys: HashSet<FileId> = self.vault().tags()?.into_iter().map(|tag| FileId::from_bytes(tag.0)).collect();
        let erasures = self.erasures().await?;
        for file in files {
            let erasing = erasures.iter().any(|(erased, ..)| erased == file);
            if !keys.contains(file) && !erasing {
                report.fault("every file has its key", format!("file {file}"));
            }
        }
        for (file, state, _) in &erasures {
            if *state >= 2 && keys.contains(file) {
                report.fault("an erased file has no key", format!("file {file}"));
            }
            if *state >= 3 && files.contains(file) {
                report.fault("an erased file has no rows", format!("file {file}"));
            }
        }
        let orphans: Vec<FileTag> = keys.difference(files).map(|file| FileTag(file.bytes())).collect();
        if !orphans.is_empty() {
            report.swept.push(format!("{} keys without a file", orphans.len()));
            if sweep {
                self.vault().forget(&orphans)?;
            }
        }
        Ok(())
    }

    async fn check_bodies(
        &self,
        files: &HashSet<FileId>,
        sweep_before: Option<Timestamp>,
        report: &mut FsckReport,
    ) -> Result<()> {
        let rows = sqlx::query(sql::ALL_BODIES).fetch_all(self.pool()).await?;
        let mut noted = HashSet::new();
        let objects = self.shelved_objects().await?;
        let lying: HashSet<_> = objects.iter().map(|(id, _)| *id).collect();
        for row in rows {
            let (text, owner): (String, String) = (row.try_get("id")?, row.try_get("file")?);
            let (Ok(body), Ok(file)) = (text.parse(), owner.parse::<FileId>()) else {
                report.fault("every id is one", format!("body {text}"));
                continue;
            };
            noted.insert(body);
            if !files.contains(&file) {
                report.fault("every body has its file", format!("body {text}"));
            }
            if !lying.contains(&body) {
                report.fault("every noted body lies on the shelf", format!("body {text}"));
            } else if let Err(error) = self.body(file, body).await {
                report.fault("every body opens", error.to_string());
            }
        }
        for (body, since) in objects.iter().filter(|(body, _)| !noted.contains(body)) {
            match sweep_before {
                Some(before) if *since >= before => continue,
                Some(_) => self.take_off(*body).await?,
                None => {}
            }
            report.swept.push(format!("body {body} that no record notes"));
        }
        Ok(())
    }
}
