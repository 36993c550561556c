//! What children cost, seen from outside: the process table is read while they run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What children cost.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    /// Seconds by the clock.
    pub wall: f64,
    /// Most processor seconds of one child.
    pub processor: f64,
    /// Most megabytes of one child at once, program and all.
    pub megabytes: u64,
}

/// Does something that starts children, and says what they cost.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let thread = rustix::thread::gettid().as_raw_nonzero();
    let over = AtomicBool::new(false);
    #[expect(clippy::disallowed_methods, reason = "this is what measuring is")]
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut cost = Cost::default();
            while !over.load(Ordering::Relaxed) {
                look(&format!("/proc/self/task/{thread}/children"), &mut cost);
                std::thread::sleep(Duration::from_millis(2));
            }
            cost
        });
        let done = work();
        let wall = begun.elapsed().as_secs_f64();
        over.store(true, Ordering::Relaxed);
        let cost = watcher.join().unwrap();
        (done, Cost { wall, ..cost })
    })
}

fn look(list: &str, cost: &mut Cost) {
    for child in std::fs::read_to_string(list).unwrap().split_whitespace() {
        let read = |name: &str| std::fs::read_to_string(format!("/proc/{child}/{name}")).unwrap_or_default();
        let status = read("status");
        // Until it has become another program, a child still has its parent's memory.
        if !status.starts_with("Name:\tpaper-worker") {
            continue;
        }
        cost.megabytes = cost.megabytes.max(field(&status, "VmHWM:") >> 10);
        // After the name in brackets: state, parent and so on; the 12th and 13th are ticks of a hundredth.
        let stat = read("stat");
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|one| one.parse::<f64>().ok()).sum();
        cost.processor = cost.processor.max(ticks / 100.0);
    }
}

fn field(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// Megabytes of this process now; from here its peak is counted anew.
pub fn own_peak_begins_anew() -> u64 {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    field(&std::fs::read_to_string("/proc/self/status").unwrap(), "VmRSS:") >> 10
}

/// Most megabytes of this process since then.
pub fn own_peak() -> u64 {
    field(&std::fs::read_to_string("/proc/self/status").unwrap(), "VmHWM:") >> 10
}
