//! Files that were chosen and wait to be kept: in memory only, for half an hour, so that nobody chooses them twice.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use duties::notes::{ReadPaper, Upload, read_paper};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::records::FileId;
use crate::who::Who;

use super::super::forms::Posted;

/// For so long they wait.
const WAITS: SignedDuration = SignedDuration::from_mins(30);
/// So many bytes wait in all, for everybody; the oldest go first.
const HOLDS: usize = 400 * 1024 * 1024;

/// Whose, in which sign-in, for which file.
type Key = (String, FileId, FileId);

/// A file that waits.
#[derive(Clone)]
pub struct Waits {
    /// Its name.
    pub name: String,
    /// What was read; none while it is being read, words where it cannot be kept.
    pub read: Option<Result<ReadPaper, String>>,
    number: u64,
    size: usize,
}

/// What one person chose for one file.
#[derive(Clone, Default)]
pub struct Chosen {
    /// What was typed for all of them.
    pub posted: Posted,
    /// The files.
    pub files: Vec<Waits>,
    at: Timestamp,
}

impl Chosen {
    /// How many were read.
    pub fn done(&self) -> usize {
        self.files.iter().filter(|file| file.read.is_some()).count()
    }

    /// How many bytes there are together.
    pub fn size(&self) -> usize {
        self.files.iter().map(|file| file.size).sum()
    }
}

/// Files that wait to be kept.
#[derive(Default)]
pub struct PapersWaiting(Mutex<(u64, HashMap<Key, Chosen>)>);

impl fmt::Debug for PapersWaiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PapersWaiting")
    }
}

impl PapersWaiting {
    /// What waits for a file.
    pub fn chosen(&self, who: &Who, file: FileId, now: Timestamp) -> Option<Chosen> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let chosen = waiting.1.get(&key(who, file))?;
        (now.duration_since(chosen.at) < WAITS).then(|| chosen.clone())
    }

    /// Adds files to what waits, and keeps what was typed. Gives the numbers under which they wait.
    fn add(&self, who: &Who, file: FileId, posted: &Posted, new: &[Upload], now: Timestamp) -> Vec<u64> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, all) = &mut *waiting;
        all.retain(|_, chosen| now.duration_since(chosen.at) < WAITS);
        let mine = key(who, file);
        let chosen = all.entry(mine.clone()).or_default();
        chosen.posted.clone_from(posted);
        chosen.at = now;
        let mut numbers = Vec::new();
        for upload in new {
            *last += 1;
            numbers.push(*last);
            let (name, size) = (upload.file_name.clone(), upload.bytes.len());
            chosen.files.push(Waits { name, read: None, number: *last, size });
        }
        while all.values().map(Chosen::size).sum::<usize>() > HOLDS {
            let oldest = all.iter().filter(|(key, _)| **key != mine).min_by_key(|(_, chosen)| chosen.at);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { break };
            all.remove(&oldest);
        }
        numbers
    }

    fn read(&self, key: &Key, number: u64, read: Result<ReadPaper, String>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let files = waiting.1.get_mut(key).map(|chosen| &mut chosen.files);
        if let Some(file) = files.and_then(|files| files.iter_mut().find(|file| file.number == number)) {
            file.read = Some(read);
        }
    }

    /// Takes away what waits: it was kept, or is not wanted.
    pub fn drop_all(&self, who: &Who, file: FileId) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.1.remove(&key(who, file));
    }
}

fn key(who: &Who, file: FileId) -> Key {
    (who.0.session.clone(), who.0.file, file)
}

/// Adds files to those that wait, and begins to read them one after the other, also when nobody waits for it.
pub fn put(app: &App, who: &Who, file: FileId, posted: &Posted, new: Vec<Upload>) -> tokio::task::JoinHandle<()> {
    let numbers = app.papers.add(who, file, posted, &new, app.office.now());
    let (app, key) = (app.clone(), key(who, file));
    tokio::spawn(async move {
        for (number, upload) in numbers.into_iter().zip(new) {
            let read = read_paper(&app.office, upload).await;
            app.papers.read(&key, number, read);
        }
    })
}
