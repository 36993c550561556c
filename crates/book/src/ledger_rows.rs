//! The ledger as it lies in the store: entries, checkpoints, and the check that all of it still holds.

use ledger::Problem;
use records::FileId;
use sha2::{Digest, Sha256};
use sqlx::Row;

use crate::book::Book;
use crate::error::{BookError, Result};
use crate::rows::id;
use crate::sql;
use crate::work::to_i64;

/// The result of a verification.
#[derive(Clone, Debug)]
pub struct Verification {
    /// How many entries.
    pub size: u64,
    /// The root of the tree.
    pub root: [u8; 32],
    /// What does not hold.
    pub problems: Vec<Problem>,
    /// How many checkpoints were checked.
    pub checkpoints: usize,
    /// How many sealed traces were compared with their commitments.
    pub traces: u64,
}

/// So many rows at once.
const PAGE: i64 = 20_000;

impl Book {
    /// How many entries the ledger has.
    pub async fn ledger_size(&self) -> Result<u64> {
        let row = sqlx::query(sql::GET_HEAD).fetch_one(self.pool()).await?;
        let size: i64 = row.try_get("size")?;
        u64::try_from(size).map_err(|_| BookError::corrupt("ledger head", "a negative size"))
    }

    /// All entries, as bytes, in order.
    pub async fn ledger_entries(&self) -> Result<Vec<(u64, Vec<u8>)>> {
        let mut all: Vec<(u64, Vec<u8>)> = Vec::new();
        loop {
            let from = all.last().map_or(0, |(seq, _)| to_i64(seq + 1));
            let rows = sqlx::query(sql::ENTRIES_FROM).bind(from).bind(PAGE).fetch_all(self.pool()).await?;
            if rows.is_empty() {
                return Ok(all);
            }
            for row in &rows {
                let seq: i64 = row.try_get("seq")?;
                let seq = u64::try_from(seq).map_err(|_| BookError::corrupt("ledger", "a negative number"))?;
                all.push((seq, row.try_get("entry")?));
            }
        }
    }

    /// All checkpoints that the store has: rows and copies.
    pub async fn checkpoints(&self) -> Result<Vec<String>> {
        let rows = sqlx::query(sql::CHECKPOINTS).fetch_all(self.pool()).await?;
        let mut notes: Vec<String> =
            rows.iter().map(|row| row.try_get("note")).collect::<std::result::Result<_, _>>()?;
        let folder = self.folder().join("checkpoints");
        for file in std::fs::read_dir(&folder).map_err(|e| BookError::disk(&folder, e))? {
            let path = file.map_err(|e| BookError::disk(&folder, e))?.path();
            if path.extension().is_some_and(|ending| ending == "note") {
                let note = std::fs::read_to_string(&path).map_err(|e| BookError::disk(&path, e))?;
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        Ok(notes)
    }

    /// Checks the whole ledger against its checkpoints, those of the store and those that somebody kept elsewhere,
    /// and every sealed trace against its commitment.
    pub async fn verify(&self, kept_elsewhere: &[String]) -> Result<Verification> {
        let entries = self.ledger_entries().await?;
        let mut notes = self.checkpoints().await?;
        notes.extend(kept_elsewhere.iter().cloned());
        let report = ledger::verify(entries.iter().map(|(_, bytes)| bytes.as_slice()), &notes, &self.verifier());
        let mut problems = report.problems;
        let head = self.ledger_size().await?;
        if head != report.size {
            problems.push(Problem {
                seq: None,
                what: format!("the head says {head} entries, but there are {}", report.size),
            });
        }
        let traces = self.verify_traces(&entries, &mut problems).await?;
        Ok(Verification { size: report.size, root: report.root, problems, checkpoints: notes.len(), traces })
    }

    async fn verify_traces(&self, entries: &[(u64, Vec<u8>)], problems: &mut Vec<Problem>) -> Result<u64> {
        let (mut from, mut seen) = (0_i64, 0);
        loop {
            let rows = sqlx::query(sql::ALL_TRACES).bind(from).bind(PAGE).fetch_all(self.pool()).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let (seq, salted): (i64, Vec<u8>) = (row.try_get("seq")?, row.try_get("sealed")?);
                from = seq + 1;
                seen += 1;
                let number = u64::try_from(seq).unwrap_or(u64::MAX);
                let committed = usize::try_from(number)
                    .ok()
                    .and_then(|at| entries.get(at))
                    .and_then(|(_, bytes)| ledger::Entry::decode(bytes).ok())
                    .map(|entry| entry.commit);
                if committed != Some(<[u8; 32]>::from(Sha256::digest(&salted))) {
                    let what = "the sealed detail is not the one that was committed to".to_owned();
                    problems.push(Problem { seq: Some(number), what });
                }
            }
        }
        self.missing_traces(entries, seen, problems).await?;
        Ok(seen)
    }

    /// A trace may be missing only where its file was erased: as many as the entries of living files need are there.
    async fn missing_traces(&self, entries: &[(u64, Vec<u8>)], seen: u64, problems: &mut Vec<Problem>) -> Result<()> {
        let with_detail = entries
            .iter()
            .filter_map(|(_, bytes)| ledger::Entry::decode(bytes).ok())
            .filter(|entry| entry.commit != [0; 32])
            .count() as u64;
        let erased: Vec<FileId> = sqlx::query(sql::ERASURES)
            .fetch_all(self.pool())
            .await?
            .iter()
            .map(|row| id(&row.try_get::<String, _>("file")?, "erasure"))
            .collect::<Result<_>>()?;
        if seen < with_detail && erased.is_empty() {
            let what = format!("{} details are missing though nobody was erased", with_detail - seen);
            problems.push(Problem { seq: None, what });
        }
        Ok(())
    }
}
