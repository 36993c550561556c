//! How often somebody may try to sign in. Counted in memory, by digest: no name or address is kept in clear.
//!
//! Each address has its own count, known or not, so that the answer never tells which addresses have an account and
//! nobody's tries keep anybody else out. Nothing is thrown away early: hashing a password costs so much that an
//! hour's tries fit into a few megabytes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

use super::secret::digest;

/// So many tries for one address within [`WINDOW`].
pub const MOST_TRIES: usize = 10;
/// For so long a try counts.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// So many failures an hour stand in the ledger one by one; after that, by the hundred.
const ENTERED_SINGLY: u32 = 500;
/// So many people wait for a password to be checked; then the others are asked to come back in a moment.
const WAITING: usize = 64;
/// So many passwords are checked at once: each takes 46 MiB and a processor.
const AT_ONCE: usize = 2;

/// Too many tries: come back after so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) u32);

/// Counts of attempts.
pub struct Attempts {
    counts: Mutex<Counts>,
    pub(crate) waiting: Arc<Semaphore>,
    pub(crate) hashing: Arc<Semaphore>,
}

#[derive(Default)]
struct Counts {
    tries: HashMap<String, Vec<Timestamp>>,
    failures: u32,
    failures_since: Option<Timestamp>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            counts: Mutex::default(),
            waiting: Arc::new(Semaphore::new(WAITING)),
            hashing: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Attempts {
    /// Counts a try before it is made, so that many at once are not more than one after the other.
    pub(crate) fn begin(&self, of: &str, now: Timestamp) -> Result<Try, Wait> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.tries.len() > 10_000 {
            counts.tries.retain(|_, times| times.iter().any(|at| now.duration_since(*at) < WINDOW));
        }
        let key = digest(of);
        let times = counts.tries.entry(key.clone()).or_default();
        times.retain(|at| now.duration_since(*at) < WINDOW);
        if let Some(oldest) = times.first().filter(|_| times.len() >= MOST_TRIES) {
            let left = WINDOW.saturating_sub(now.duration_since(*oldest)).as_secs().max(1);
            return Err(Wait(u32::try_from(left).unwrap_or(u32::MAX)));
        }
        times.push(now);
        Ok(Try { key, at: now })
    }

    /// A try that was right does not count.
    pub(crate) fn was_right(&self, tried: &Try) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = counts.tries.get_mut(&tried.key)
            && let Some(place) = times.iter().position(|at| *at == tried.at)
        {
            times.remove(place);
        }
    }

    /// How many failures to enter in the ledger now: one, none, or the hundred that came together. A flood must not
    /// fill the disk.
    pub(crate) fn was_wrong(&self, now: Timestamp) -> Option<u32> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.failures_since.is_none_or(|since| now.duration_since(since) >= WINDOW) {
            counts.failures_since = Some(now);
            counts.failures = 0;
        }
        counts.failures += 1;
        match counts.failures {
            few if few <= ENTERED_SINGLY => Some(1),
            many if (many - ENTERED_SINGLY).is_multiple_of(100) => Some(100),
            _ => None,
        }
    }
}

/// One try, counted.
#[derive(Debug)]
pub(crate) struct Try {
    key: String,
    at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn the_eleventh_try_of_an_hour_waits_and_only_for_that_address() {
        let attempts = Attempts::default();
        for minute in 0..10 {
            attempts.begin("ada@example.org", NOON + SignedDuration::from_mins(minute)).unwrap();
        }
        let later = NOON + SignedDuration::from_mins(20);
        assert_eq!(attempts.begin("ada@example.org", later).unwrap_err(), Wait(40 * 60));
        attempts.begin("ben@example.org", later).unwrap();
        attempts.begin("ada@example.org", NOON + SignedDuration::from_mins(60)).unwrap();
        assert!(attempts.begin("ada@example.org", NOON + SignedDuration::from_mins(60)).is_err());
    }

    #[test]
    fn a_try_that_was_right_does_not_count() {
        let attempts = Attempts::default();
        for _ in 0..30 {
            let tried = attempts.begin("ada@example.org", NOON).unwrap();
            attempts.was_right(&tried);
        }
    }

    #[test]
    fn a_flood_of_failures_is_entered_by_the_hundred_and_none_is_lost() {
        let attempts = Attempts::default();
        let entered: Vec<u32> = (0..1_000).filter_map(|_| attempts.was_wrong(NOON)).collect();
        assert_eq!(entered.len(), 505);
        assert_eq!(entered.iter().sum::<u32>(), 1_000);
        assert_eq!(attempts.was_wrong(NOON + WINDOW), Some(1));
    }
}
