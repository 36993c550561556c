//! `kill -9` at write calls of the flows: nothing that was acknowledged is lost, and no half state is left.
//!
//! `strace` counts the calls and kills at the N-th. A sample of the points runs always; all of them run with
//! `GUARDBOOK_CRASH_POINTS=all`.

#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(clippy::print_stdout, reason = "the test says how many points it tried")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use book::{Act, Book, BookError, Filing, Place, RootSecret};
use jiff::Timestamp;
use records::people::Identity;
use records::{Actor, Card, Content, FileId, Operation, PersonClass, Provenance, Record};

/// The calls that change what is on a disk.
const CALLS: &str = "pwrite64,write,fdatasync,fsync,ftruncate,rename,renameat,renameat2,unlink,linkat";
/// How many points run when not all do.
const SAMPLE: usize = 60;

fn flows() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    tests.parent().unwrap().parent().unwrap().join("examples/flows")
}

fn at() -> Timestamp {
    Timestamp::from_second(1_772_442_000).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn template(folder: &Path) {
    let root = RootSecret::generate_key_file(&folder.join("root.key")).unwrap();
    let operation = Operation::for_the_book(Actor::Operator, "set up", at());
    let book = Book::create(&Place::folder(folder.join("book")), &root, &operation).await.unwrap();
    let card = Card {
        name: "Vic Timson".into(),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class: PersonClass::Child,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    };
    let mut work = book.begin(&operation).await.unwrap();
    let victim = work.open_file(PersonClass::Child, card).await.unwrap();
    let identity = Content::Identity(Identity { name: "Vic Timson".into(), ..Identity::default() });
    let record = Record::new(Provenance::from_the_work(None, at()), identity);
    work.add(Act::RecordAdded, victim, &record, Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    book.close().await;
    fs::write(folder.join("victim"), victim.to_string()).unwrap();
}

/// Runs the flows under `strace`; with a point, they die there. Gives what was acknowledged and how many calls ran.
fn run(folder: &Path, point: Option<usize>) -> (Vec<String>, usize) {
    let log = folder.join("calls");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", log.to_str().unwrap(), "-e", &format!("trace={CALLS}")]);
    if let Some(point) = point {
        strace.args(["-e", &format!("inject={CALLS}:signal=KILL:when={point}")]);
    }
    let done = strace
        .arg(flows())
        .arg(folder)
        .stdin(Stdio::null())
        .output()
        .expect("strace is missing: apt-get install strace (`make test` does)");
    let said = String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect();
    // strace counts for each thread; the busiest one says how far a point can lie.
    let mut calls: HashMap<String, usize> = HashMap::new();
    for line in fs::read_to_string(&log).unwrap().lines().filter(|line| line.contains('(')) {
        *calls.entry(line.split(' ').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    (said, calls.into_values().max().unwrap_or(0))
}

async fn check(folder: &Path, said: &[String], point: usize) {
    let root = RootSecret::from_key_file(&folder.join("root.key")).unwrap();
    let book = Book::open(&Place::folder(folder.join("book")), &root).await.unwrap();
    book.finish_erasures(at()).await.unwrap();
    // So late that whatever lies about on the shelf was left over.
    let later = Operation::for_the_book(Actor::Operator, "fsck", "2100-01-01T00:00:00Z".parse().unwrap());
    let report = book.fsck(&later, true).await.unwrap();
    assert_eq!(report.faults, [], "killed at call {point}, after {said:?}");
    assert!(book.fsck(&later, false).await.unwrap().swept.is_empty(), "killed at call {point}: not all was swept");
    for line in said {
        let words: Vec<&str> = line.split(' ').collect();
        let lost = format!("killed at call {point}: lost {line}");
        let file = || words[1].parse::<FileId>().unwrap();
        match words[0] {
            "person" => {
                book.file_in_passing(file()).await.expect(&lost);
            }
            "note" => {
                let note = book.record_in_passing(file(), words[2].parse().unwrap()).await.expect(&lost);
                assert!(note.header.version >= words[3].parse().unwrap(), "{lost}");
            }
            "body" => {
                let body = book.body(file(), words[2].parse().unwrap()).await.expect(&lost);
                assert_eq!(body.len(), 150_000, "{lost}");
            }
            "seen" => {
                let traces = book.traces_of(file(), None, 50).await.unwrap();
                assert!(traces.iter().any(|(_, trace)| trace.act() == Some(Act::FileSeen)), "{lost}");
            }
            "session" => assert!(book.session(words[1]).await.unwrap().is_some(), "{lost}"),
            "erased" => {
                assert!(matches!(book.file_in_passing(file()).await, Err(BookError::NoFile(_))), "{lost}");
            }
            other => panic!("the flows said {other}"),
        }
    }
    // The folder goes now and its inodes come again: SQLite in this process must have let go of them.
    book.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_write_call_nothing_acknowledged_is_lost_and_nothing_is_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let start = folder.path().join("start");
    fs::create_dir_all(&start).unwrap();
    template(&start).await;
    let whole = folder.path().join("whole");
    copy(&start, &whole);
    let (said, calls) = run(&whole, None);
    assert_eq!(said.len(), 8, "the control: all flows end, {said:?}");
    assert!(calls > 30, "the control: {calls} calls");
    check(&whole, &said, 0).await;
    let all = std::env::var("GUARDBOOK_CRASH_POINTS").is_ok_and(|points| points == "all");
    let step = if all { 1 } else { calls.div_ceil(SAMPLE) };
    let (mut tried, mut killed) = (0, 0);
    for point in (1..=calls).step_by(step) {
        let here = folder.path().join("here");
        copy(&start, &here);
        let (said, _) = run(&here, Some(point));
        tried += 1;
        killed += usize::from(said.len() < 8);
        check(&here, &said, point).await;
        fs::remove_dir_all(&here).unwrap();
    }
    assert!(killed * 10 > tried * 6, "the control: only {killed} of {tried} runs died");
    println!("{tried} points of the busiest thread's {calls} calls, {killed} runs died");
}
