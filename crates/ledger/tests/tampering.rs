//! Whatever is done to a signed log is found; what was not touched raises no alarm.

#![expect(clippy::unwrap_used, reason = "tests")]

mod sample;

use ledger::{Act, Entry, MOST_PROBLEMS, Report, verify};
use rand::prelude::*;
use sample::{Log, TAMPERINGS, checkpoint, entry, key, tamper};

fn check(log: &Log) -> Report {
    verify(&log.entries, &log.checkpoints, &log.vkey.parse().unwrap())
}

#[test]
fn twelve_thousand_tamperings_are_all_found() {
    let mut rng = StdRng::seed_from_u64(6962);
    for round in 0..750 {
        let honest = Log::random(&mut rng);
        assert_eq!(check(&honest).problems, [], "a false alarm in round {round}");
        for how in TAMPERINGS {
            let tampered = tamper(&honest, how, &mut rng);
            assert!(!check(&tampered).ok(), "{how} was not found in round {round}");
        }
    }
}

#[test]
fn an_honest_log_holds_and_says_how_far_it_is_signed() {
    let log = Log::honest(10, &[1, 4, 8]);
    let report = check(&log);
    assert!(report.ok());
    assert_eq!((report.size, report.signed), (10, 8));
    assert_eq!(report.root, sample::root(&log.entries));
}

#[test]
fn a_log_that_nobody_vouches_for_does_not_hold() {
    assert!(check(&Log::honest(0, &[])).ok());
    assert!(!check(&Log::honest(1, &[])).ok());
    let wrongly_signed = Log {
        checkpoints: vec![checkpoint(&Log::honest(1, &[]).entries, 1, &sample::false_key())],
        ..Log::honest(1, &[])
    };
    assert_eq!(check(&wrongly_signed).problems.len(), 2);
}

#[test]
fn a_trustees_own_checkpoint_shows_what_the_book_alone_does_not() {
    let honest = Log::honest(12, &[6, 12]);
    // Somebody with the signing key rewrites entry 3 and signs everything anew: the book is in perfect order.
    let mut entries = honest.entries.clone();
    entries[3] = Entry { count: 2, ..entry(3) }.encode();
    let rewritten =
        Log { checkpoints: [6, 12].map(|size| checkpoint(&entries, size, &key())).to_vec(), entries, ..honest.clone() };
    assert!(check(&rewritten).ok(), "the control: by itself it holds");
    let with_kept =
        Log { checkpoints: [rewritten.checkpoints.clone(), vec![honest.checkpoints[0].clone()]].concat(), ..rewritten };
    let words: Vec<String> = check(&with_kept).problems.into_iter().map(|problem| problem.what).collect();
    assert_eq!(
        words,
        [
            "the log forked: 2 different checkpoints at 6 entries are signed",
            "the entries are not those of the checkpoint at 6"
        ]
    );
}

#[test]
fn a_gap_is_told_once_and_where_it_is() {
    let entries = [0, 1, 5, 6, 7].map(|seq| entry(seq).encode()).to_vec();
    let log = Log { checkpoints: vec![checkpoint(&entries, 5, &key())], entries, ..Log::honest(0, &[]) };
    let problems = check(&log).problems;
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].seq, problems[0].what.as_str()), (Some(2), "number 5 stands where 2 is due"));
}

#[test]
fn a_wholly_ruined_log_does_not_fill_the_memory_with_complaints() {
    let entries = vec![vec![0; Entry::LENGTH]; 3 * MOST_PROBLEMS];
    let log = Log { entries, ..Log::honest(0, &[]) };
    assert_eq!(check(&log).problems.len(), MOST_PROBLEMS);
}

#[test]
fn a_log_still_verifies_when_people_are_forgotten() {
    // Forgetting touches keys and rows beside the log, never an entry: tags and commitments stay as opaque as they were.
    let erased = Entry { act: Act::FileErased, ..entry(5) };
    let entries: Vec<Vec<u8>> = (0..5).map(entry).chain([erased]).map(|entry| entry.encode()).collect();
    let log = Log { checkpoints: vec![checkpoint(&entries, 6, &key())], entries, ..Log::honest(0, &[]) };
    assert!(check(&log).ok());
}

#[test]
fn the_report_has_the_shape_that_both_verifiers_share() {
    let report = check(&Log::honest(1, &[]));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "size": 1,
            "root": hex::encode(report.root),
            "ok": false,
            "problems": [{"seq": null, "what": "no true checkpoint vouches for these entries"}],
        })
    );
}
