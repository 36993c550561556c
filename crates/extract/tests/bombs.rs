//! The bombs: hostile files of more than a hundred kinds, each given to a real child behind its walls.
//!
//! With `GUARDBOOK_FIGURES=FILE` the figures go there as JSON, which is how `cargo xtask bar bombs` reads them.

#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "tests, with small numbers")]

mod making;
mod measuring;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use extract::{Reading, Worker, WorkerError, limits};
use making::bombs::{self, Bomb};
use measuring::{Cost, measured};

/// Most megabytes that a child may have had at once.
const MEGABYTES: u64 = 256;

/// Most seconds that a child may have computed for a small file. The kernel counts whole seconds, so one comes on top.
fn seconds(bytes: usize) -> f64 {
    limits::cpu_seconds(bytes) as f64 + 1.0
}

/// What came of one bomb.
#[derive(Default)]
struct Outcome {
    read: Cost,
    page: Cost,
    words: String,
    faults: Vec<String>,
}

/// Gives a bomb to a worker, and its first page where it has one.
fn explode(worker: &Worker, bomb: &Bomb) -> Outcome {
    let (answer, read) = measured(|| worker.read(&bomb.file_name, &bomb.bytes));
    let mut outcome = Outcome { read, ..Outcome::default() };
    match &answer {
        Ok(reading) => {
            outcome.words = format!("read, {} troubles", reading.troubles.len());
            outcome.faults.extend(too_much_in(reading).map(str::to_owned));
            if !reading.pages.is_empty() {
                let (page, cost) = measured(|| worker.page(&bomb.file_name, &bomb.bytes, 0, 100));
                outcome.page = cost;
                outcome.faults.extend(page.as_ref().err().and_then(unclear).map(str::to_owned));
            }
        }
        Err(error) => {
            outcome.words = error.to_string();
            outcome.faults.extend(unclear(error).map(str::to_owned));
        }
    }
    for cost in [outcome.read, outcome.page] {
        if cost.megabytes > MEGABYTES {
            outcome.faults.push(format!("{} MB of memory", cost.megabytes));
        }
        if cost.processor > seconds(bomb.bytes.len()) {
            outcome.faults.push(format!("{:.1} s of the processor", cost.processor));
        }
        if cost.wall > limits::WALL.as_secs_f64() + 2.0 {
            outcome.faults.push(format!("{:.1} s by the clock", cost.wall));
        }
    }
    outcome
}

/// What a reading has more of than it may.
fn too_much_in(reading: &Reading) -> Option<&'static str> {
    let inside: usize = reading.inside.iter().map(|one| one.bytes.len()).sum();
    let says = [
        (reading.text.len() <= limits::TEXT + 2 * limits::PAGES, "more text than one paper may have"),
        (reading.pages.len() <= limits::PAGES, "more pages than one paper may have"),
        (reading.hidden.len() <= limits::HIDDEN, "more unseen things than are listed"),
        (reading.inside.len() <= limits::INSIDE && inside <= limits::INSIDE_BYTES, "more papers inside than are taken"),
        (reading.inside.iter().all(|one| leads_nowhere(&one.name)), "a name that leads out of its folder"),
        (reading.holds(), "places that lie outside the text"),
    ];
    says.into_iter().find(|(holds, _)| !holds).map(|(_, words)| words)
}

fn leads_nowhere(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['/', '\\']).collect();
    !name.starts_with(['/', '\\']) && !parts.contains(&"..") && !name.contains('\0')
}

/// A refusal must be one that staff understand; that a child did not start is none.
fn unclear(error: &WorkerError) -> Option<&'static str> {
    match error {
        WorkerError::Unreadable(words) if words.len() > 8 => None,
        WorkerError::Unreadable(_) => Some("a refusal without a reason"),
        WorkerError::NotStarted(_) => Some("the child did not start"),
    }
}

/// All outcomes by kind, several bombs at once as on a busy server.
fn explode_all(worker: &Worker, bombs: &[Bomb]) -> BTreeMap<String, Outcome> {
    let queue = Mutex::new(bombs.iter());
    let outcomes = Mutex::new(BTreeMap::new());
    let at_once = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(bomb) = { queue.lock().unwrap().next() } {
                    let outcome = explode(worker, bomb);
                    outcomes.lock().unwrap().insert(bomb.kind.clone(), outcome);
                }
            });
        }
    });
    outcomes.into_inner().unwrap()
}

fn worker() -> Worker {
    Worker::new(env!("CARGO_BIN_EXE_paper-worker"))
}

#[test]
fn a_hundred_kinds_of_hostile_files_hurt_nobody() {
    let bombs = bombs::all();
    let kinds: BTreeSet<&str> = bombs.iter().map(|bomb| bomb.kind.as_str()).collect();
    assert_eq!(kinds.len(), bombs.len(), "each kind has a name of its own");
    assert!(kinds.len() >= 100);
    let worker = worker();
    let before = measuring::own_peak_begins_anew();
    let outcomes = explode_all(&worker, &bombs);
    let grown = measuring::own_peak().saturating_sub(before);

    figures(&outcomes, grown);

    // The same worker still reads what is good, so nothing of it was hurt.
    for (name, bytes) in making::good() {
        let reading = worker.read(name, &bytes);
        assert!(reading.is_ok_and(|reading| reading.holds()), "{name}");
    }
    let faults: Vec<String> = outcomes
        .iter()
        .filter(|(_, outcome)| !outcome.faults.is_empty())
        .map(|(kind, outcome)| format!("{kind}: {} ({})", outcome.faults.join(", "), outcome.words))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(grown <= SERVER_MEGABYTES, "the process that asks grew by {grown} MB");
}

/// Most megabytes that the server itself may need on top, for the answers of all children that run at once.
const SERVER_MEGABYTES: u64 = 1_024;

/// The proof that the guard can fail: a reader without walls goes beyond the bounds, and is found.
#[test]
fn a_child_without_walls_is_found() {
    let worker = Worker::started_with(env!("CARGO_BIN_EXE_paper-worker"), "without-walls");
    let outcomes = explode_all(&worker, &bombs::greedy());
    let found: Vec<&String> = outcomes.values().flat_map(|outcome| &outcome.faults).collect();
    assert!(found.iter().any(|fault| fault.contains("MB of memory")), "{found:?}");
}

/// What a child that was taken over might try, each tried from behind the walls.
#[test]
fn behind_the_walls_nothing_can_be_reached() {
    for attempt in
        ["nothing", "read-a-file", "write-a-file", "connect", "start-a-program", "start-a-thread", "take-memory"]
    {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_paper-worker"))
            .args(["attempt", attempt])
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap();
        assert_eq!(done.success(), attempt == "nothing", "{attempt}: {done}");
    }
}

/// Writes what was measured where the environment says, and the dearest to the test's own output.
fn figures(outcomes: &BTreeMap<String, Outcome>, grown: u64) {
    let costs = || outcomes.values().flat_map(|outcome| [outcome.read, outcome.page]);
    let most = |of: fn(Cost) -> f64| costs().map(of).fold(0.0, f64::max);
    let read = outcomes.values().filter(|outcome| outcome.words.starts_with("read")).count();
    let figures = serde_json::json!({
        "kinds": outcomes.len(),
        "refused": outcomes.len() - read,
        "read_in_part_or_whole": read,
        "faults": outcomes.values().filter(|outcome| !outcome.faults.is_empty()).count(),
        "most_processor_seconds": most(|cost| cost.processor),
        "most_seconds_by_the_clock": most(|cost| cost.wall),
        "most_megabytes_of_a_child": most(|cost| cost.megabytes as f64),
        "megabytes_the_asking_process_grew": grown,
    });
    if let Ok(file) = std::env::var("GUARDBOOK_FIGURES") {
        std::fs::write(file, figures.to_string()).unwrap();
    }
    for (kind, outcome) in outcomes {
        let Outcome { read, page, words, .. } = outcome;
        eprintln!(
            "{:5.1} s {:5.1} s {:4} MB | page {:5.1} s {:4} MB | {kind}: {words}",
            read.wall, read.processor, read.megabytes, page.wall, page.megabytes
        );
    }
    eprintln!("{figures}");
}
