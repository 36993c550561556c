//! The ledger as it lies in the store: entries, checkpoints, and the check that all of it still holds.

use ledger::Problem;
use records::FileId;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::book::Book;
use crate::engine::snapshot;
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
        entries(&mut *self.pool().acquire().await?).await
    }

    /// All checkpoints that the store has: rows and copies.
    pub async fn checkpoints(&self) -> Result<Vec<String>> {
        let copies = self.copied_checkpoints()?;
        let mut notes = noted_checkpoints(&mut *self.pool().acquire().await?).await?;
        add_new(&mut notes, copies);
        Ok(notes)
    }

    /// The copies that lie beside the database.
    fn copied_checkpoints(&self) -> Result<Vec<String>> {
        let folder = self.folder().join("checkpoints");
        let mut notes = Vec::new();
        for file in std::fs::read_dir(&folder).map_err(|e| BookError::disk(&folder, e))? {
            let path = file.map_err(|e| BookError::disk(&folder, e))?.path();
            if path.extension().is_some_and(|ending| ending == "note") {
                notes.push(std::fs::read_to_string(&path).map_err(|e| BookError::disk(&path, e))?);
            }
        }
        Ok(notes)
    }

    /// Checks the whole ledger against its checkpoints, those of the store and those that somebody kept elsewhere,
    /// and every sealed trace against its commitment. All is read as it stands at one moment: deeds that go on meanwhile
    /// are not taken for tampering.
    pub async fn verify(&self, kept_elsewhere: &[String]) -> Result<Verification> {
        // The copies first: a copy is written after its commit, so that none is ahead of what is read next.
        let copies = self.copied_checkpoints()?;
        let mut moment = snapshot(self.pool(), self.engine()).await?;
        let entries = entries(&mut moment).await?;
        let mut notes = noted_checkpoints(&mut moment).await?;
        add_new(&mut notes, copies);
        notes.extend(kept_elsewhere.iter().cloned());
        let report = ledger::verify(entries.iter().map(|(_, bytes)| bytes.as_slice()), &notes, &self.verifier());
        let mut problems = report.problems;
        let head: i64 = sqlx::query(sql::GET_HEAD).fetch_one(&mut *moment).await?.try_get("size")?;
        if u64::try_from(head) != Ok(report.size) {
            problems.push(Problem {
                seq: None,
                what: format!("the head says {head} entries, but there are {}", report.size),
            });
        }
        let traces = verify_traces(&mut moment, &entries, &mut problems).await?;
        Ok(Verification { size: report.size, root: report.root, problems, checkpoints: notes.len(), traces })
    }
}

async fn entries(store: &mut AnyConnection) -> Result<Vec<(u64, Vec<u8>)>> {
    let mut all: Vec<(u64, Vec<u8>)> = Vec::new();
    loop {
        let from = all.last().map_or(0, |(seq, _)| to_i64(seq + 1));
        let rows = sqlx::query(sql::ENTRIES_FROM).bind(from).bind(PAGE).fetch_all(&mut *store).await?;
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

async fn noted_checkpoints(store: &mut AnyConnection) -> Result<Vec<String>> {
    let rows = sqlx::query(sql::CHECKPOINTS).fetch_all(store).await?;
    Ok(rows.iter().map(|row| row.try_get("note")).collect::<std::result::Result<_, _>>()?)
}

fn add_new(notes: &mut Vec<String>, copies: Vec<String>) {
    for note in copies {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

async fn verify_traces(
    store: &mut AnyConnection,
    entries: &[(u64, Vec<u8>)],
    problems: &mut Vec<Problem>,
) -> Result<u64> {
    let (mut from, mut seen) = (0_i64, 0);
    loop {
        let rows = sqlx::query(sql::ALL_TRACES).bind(from).bind(PAGE).fetch_all(&mut *store).await?;
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
    missing_traces(store, entries, seen, problems).await?;
    Ok(seen)
}

/// A trace may be missing only where its file was erased: as many as the entries of living files need are there.
async fn missing_traces(
    store: &mut AnyConnection,
    entries: &[(u64, Vec<u8>)],
    seen: u64,
    problems: &mut Vec<Problem>,
) -> Result<()> {
    let with_detail = entries
        .iter()
        .filter_map(|(_, bytes)| ledger::Entry::decode(bytes).ok())
        .filter(|entry| entry.commit != [0; 32])
        .count() as u64;
    let erased: Vec<FileId> = sqlx::query(sql::ERASURES)
        .fetch_all(&mut *store)
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
