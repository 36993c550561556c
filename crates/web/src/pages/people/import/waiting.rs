//! Tables that were chosen and wait to be brought in: one for each sign-in, in memory only, for half an hour.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use duties::people::import_people::{Options, Table};
use jiff::{SignedDuration, Timestamp};

use crate::records::FileId;
use crate::who::Who;

/// For so long a table waits after somebody last looked at it.
const WAITS: SignedDuration = SignedDuration::from_mins(30);

/// A table that waits, with what was chosen for it.
#[derive(Clone)]
pub struct Waits {
    /// The table.
    pub table: Arc<Table>,
    /// How it is to be read. The choices for columns stay when the table is chosen again.
    pub options: Options,
    at: Timestamp,
}

/// Tables that wait to be brought in.
#[derive(Default)]
pub struct TablesWaiting(Mutex<HashMap<(String, FileId), Waits>>);

impl fmt::Debug for TablesWaiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TablesWaiting")
    }
}

impl TablesWaiting {
    /// Keeps a table, in the place of the one before.
    pub fn keep(&self, who: &Who, table: Arc<Table>, options: Options, now: Timestamp) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, waits| now.duration_since(waits.at) < WAITS);
        waiting.insert((who.0.session.clone(), who.0.file), Waits { table, options, at: now });
    }

    /// The table of this sign-in.
    pub fn waits(&self, who: &Who, now: Timestamp) -> Option<Waits> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, waits| now.duration_since(waits.at) < WAITS);
        let waits = waiting.get_mut(&(who.0.session.clone(), who.0.file))?;
        waits.at = now;
        Some(waits.clone())
    }

    /// Forgets the table of this sign-in.
    pub fn forget(&self, who: &Who) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.remove(&(who.0.session.clone(), who.0.file));
    }
}
