//! The one place where the system's clock is read.

use std::sync::Arc;

use duties::Clock;
use jiff::Timestamp;

/// The clock on the wall.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands at a moment: for drills only.
#[derive(Debug)]
struct DrillClock(Timestamp);

impl Clock for DrillClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// The system's clock; in a drill (`GUARDBOOK_DRILL=1`) the moment in `GUARDBOOK_NOW` instead.
pub fn clock() -> Arc<dyn Clock> {
    let drill = std::env::var("GUARDBOOK_DRILL").is_ok_and(|value| value == "1");
    let moment = std::env::var("GUARDBOOK_NOW").ok().and_then(|text| text.parse().ok());
    match moment.filter(|_| drill) {
        Some(moment) => Arc::new(DrillClock(moment)),
        None => Arc::new(SystemClock),
    }
}
