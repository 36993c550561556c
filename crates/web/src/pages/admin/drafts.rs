//! Texts of a policy that somebody works on, kept in memory, so that proving who one is does not lose what was typed.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::records::FileId;

/// For so long a draft waits.
const WAITS: SignedDuration = SignedDuration::from_hours(4);

/// The texts of a policy: file name and Markdown.
pub type Texts = Vec<(String, String)>;

/// One draft for each person. A second server does not know it, and begins with the policy in force.
#[derive(Default)]
pub struct PolicyDrafts(Mutex<HashMap<FileId, (Texts, Timestamp)>>);

impl fmt::Debug for PolicyDrafts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PolicyDrafts")
    }
}

impl PolicyDrafts {
    /// Keeps what somebody typed or uploaded.
    pub fn keep(&self, file: FileId, texts: Texts, now: Timestamp) {
        let mut drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.retain(|_, (_, at)| now.duration_since(*at) < WAITS);
        drafts.insert(file, (texts, now));
    }

    /// What somebody kept lately.
    pub fn of(&self, file: FileId, now: Timestamp) -> Option<Texts> {
        let drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (texts, at) = drafts.get(&file)?;
        (now.duration_since(*at) < WAITS).then(|| texts.clone())
    }

    /// Forgets it, once it is adopted.
    pub fn drop_of(&self, file: FileId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&file);
    }
}
