//! How much of its processor time a reader has used, so that it can stop politely before the kernel stops it.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::limits;

/// The time that reading one paper may take.
pub struct Patience {
    ends: Duration,
}

impl Patience {
    /// For a paper of so many bytes, from now on.
    pub fn for_bytes(bytes: usize) -> Self {
        let most = limits::cpu_seconds(bytes).saturating_sub(limits::CPU_SECONDS_TO_ANSWER);
        Self { ends: used() + Duration::from_secs(most) }
    }

    /// Whether it is used up.
    pub fn is_over(&self) -> bool {
        used() >= self.ends
    }
}

/// Processor time of this thread.
fn used() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
