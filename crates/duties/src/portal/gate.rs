//! How much may come in from outside at once: somebody who floods the website fills no disk and no keyring.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// So many new files from outside within [`WINDOW`]: more than any charity is asked in an hour.
const MOST: usize = 120;
/// For so long one counts.
const WINDOW: SignedDuration = SignedDuration::from_mins(30);

/// Counts what comes in, in memory.
#[derive(Debug, Default)]
pub struct Gate(Mutex<VecDeque<Timestamp>>);

impl Gate {
    /// Lets one in, or says that there are too many at this moment.
    pub fn let_in(&self, now: Timestamp) -> bool {
        let mut came = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while came.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            came.pop_front();
        }
        let room = came.len() < MOST;
        if room {
            came.push_back(now);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_stopped_and_the_next_half_hour_is_open_again() {
        let gate = Gate::default();
        let start = Timestamp::UNIX_EPOCH;
        assert!((0..MOST).all(|_| gate.let_in(start)));
        assert!(!gate.let_in(start));
        assert!(gate.let_in(start + WINDOW));
    }
}
