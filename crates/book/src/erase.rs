//! Erasure: the key goes first, then rows and bodies, in steps that a crash may cut anywhere and a start finishes.
//!
//! The approvals around it belong to the duties; this is the mechanism.

use jiff::Timestamp;
use ledger::Act;
use records::{FileId, Operation};
use sqlx::Row;
use vault::FileTag;

use crate::FileState;
use crate::book::Book;
use crate::engine;
use crate::error::{BookError, Result};
use crate::rows::id;
use crate::sql;
use crate::work::{Work, to_i64};

/// So many files are erased with one new generation of the keyring.
const AT_ONCE: usize = 500;

/// What an erasure did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Whose.
    pub file: FileId,
    /// The generation of the keyring from which on the key is gone.
    pub generation: u64,
    /// When the rows and bodies were gone here.
    pub done: Timestamp,
}

impl Book {
    /// Erases a file for good: decided (in the ledger), key forgotten, rows and bodies gone, logs truncated.
    /// Calling it again finishes what was begun.
    pub async fn erase(&self, operation: &Operation, file: FileId) -> Result<Erased> {
        if file == FileId::HOUSE {
            return Err(BookError::Place("The house file cannot be erased.".to_owned()));
        }
        let known = self.erasures().await?.into_iter().find(|(erased, ..)| *erased == file);
        if known.is_none() {
            let mut work = self.begin(operation).await?;
            work.erase_file(file).await?;
            work.commit().await?;
        }
        let done = self.finish_erasures_of(&[file], operation.now).await?;
        done.into_iter().next().ok_or(BookError::NoFile(file))
    }

    /// Finishes erasures that a crash cut short. Runs at every start.
    pub async fn finish_erasures(&self, now: Timestamp) -> Result<Vec<Erased>> {
        let erasures = self.erasures().await?;
        let begun: Vec<FileId> = erasures.iter().filter(|(_, state, _)| *state < 3).map(|(file, ..)| *file).collect();
        let mut done = Vec::new();
        for some in begun.chunks(AT_ONCE) {
            done.extend(self.finish_erasures_of(some, now).await?);
        }
        Ok(done)
    }

    /// All erasures: whose, how far, and the keyring's generation.
    pub async fn erasures(&self) -> Result<Vec<(FileId, i64, Option<u64>)>> {
        let rows = sqlx::query(sql::ERASURES).fetch_all(self.pool()).await?;
        rows.iter()
            .map(|row| {
                let text: String = row.try_get("file")?;
                let generation: Option<i64> = row.try_get("generation")?;
                let generation = generation.map(|generation| u64::try_from(generation).unwrap_or(0));
                Ok((id(&text, "erasure")?, row.try_get("state")?, generation))
            })
            .collect()
    }

    /// Many at once: their keys go with one new generation, their rows in one transaction.
    async fn finish_erasures_of(&self, files: &[FileId], now: Timestamp) -> Result<Vec<Erased>> {
        let book = self.clone();
        let tags: Vec<FileTag> = files.iter().map(|file| FileTag(file.bytes())).collect();
        let generation = tokio::task::spawn_blocking(move || book.vault().forget(&tags))
            .await
            .map_err(|e| BookError::Unavailable(Box::new(e)))??;
        self.forget_cards(files);
        self.set_erasures(files, generation).await?;
        for file in files {
            self.drop_bodies(*file).await?;
        }
        let _writer = self.writer().await;
        let mut tx = self.pool().begin().await?;
        for file in files {
            let text = file.to_string();
            let deletes = [
                sql::DROP_RECORDS,
                sql::DROP_HISTORY,
                sql::DROP_LINKS_FROM,
                sql::DROP_LINKS_TO,
                sql::DROP_TRACES,
                sql::END_SESSIONS_OF,
                sql::DROP_BODIES,
                sql::DROP_FILE,
            ];
            for delete in deletes {
                sqlx::query(delete).bind(&text).execute(&mut *tx).await?;
            }
            sqlx::query(sql::SET_ERASURE)
                .bind(&text)
                .bind(to_i64(generation))
                .bind(now.as_microsecond())
                .bind(3_i64)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        engine::truncate_log(self.pool(), self.engine()).await?;
        Ok(files.iter().map(|file| Erased { file: *file, generation, done: now }).collect())
    }

    /// The keys are gone: from here on only the rest is to be done.
    async fn set_erasures(&self, files: &[FileId], generation: u64) -> Result<()> {
        let _writer = self.writer().await;
        let mut tx = self.pool().begin().await?;
        for file in files {
            sqlx::query(sql::SET_ERASURE)
                .bind(file.to_string())
                .bind(to_i64(generation))
                .bind(None::<i64>)
                .bind(2_i64)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn drop_bodies(&self, file: FileId) -> Result<()> {
        let rows = sqlx::query(sql::BODIES_OF).bind(file.to_string()).fetch_all(self.pool()).await?;
        for row in rows {
            let text: String = row.try_get("id")?;
            self.take_off(id(&text, "body")?).await?;
        }
        Ok(())
    }
}

impl Work {
    /// Decides an erasure as a part of this deed. After the commit [`Book::finish_erasures`] destroys the key, the rows
    /// and the bodies; a start does it, too, where that was cut short.
    pub async fn erase_file(&mut self, file: FileId) -> Result<()> {
        if file == FileId::HOUSE {
            return Err(BookError::Place("The house file cannot be erased.".to_owned()));
        }
        let decided = self.now().as_microsecond();
        self.set_file_state(Act::FileErased, file, FileState::Erased).await?;
        self.run(sqlx::query(sql::ADD_ERASURE).bind(file.to_string()).bind(decided)).await?;
        self.end_sessions_of(file).await?;
        self.witness();
        Ok(())
    }
}
