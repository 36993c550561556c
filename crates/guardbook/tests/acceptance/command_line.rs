//! The program as it is run: how it ends, and what it says when it was given the wrong thing.

use std::fs;
use std::path::Path;
use std::process::Command;

const OK: i32 = 0;
const NO: i32 = 1;
const USAGE: i32 = 2;

/// Runs the program in `folder`: its exit code, what it wrote, what it complained of.
fn guardbook(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guardbook"));
    for name in ["GUARDBOOK_BOOK", "GUARDBOOK_ROOT_KEY_FILE", "GUARDBOOK_PASSPHRASE", "GUARDBOOK_PASSPHRASE_FILE"] {
        command.env_remove(name);
    }
    let done = command.args(args).current_dir(folder).stdin(std::process::Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

const KIDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/kids.md");

#[test]
fn what_is_not_there_is_a_question_that_makes_no_sense_and_the_answer_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("people.csv"), "name\nAda Sample\n").unwrap();
    guardbook(folder.path(), &["init", "--book", "book", "--policy", KIDS]);
    for (args, says) in [
        (&["verify", "--book", "nowhere"][..], "guardbook init"),
        (&["fsck", "--book", "nowhere"], "guardbook init"),
        (&["serve", "--book", "nowhere"], "guardbook init"),
        (&["people", "import", "people.csv", "--book", "nowhere"], "guardbook init"),
        (&["people", "import", "nobody.csv", "--book", "book"], "Check the name"),
        (&["people", "import", "people.csv", "--book", "book", "--service", "Chess"], "Services page"),
        (&["verify", "--book", "book", "--root-key", "nokey"], "Check the name"),
        (&["verify", "--book", "book", "--checkpoint", "none.note"], "Check the name"),
        (&["init", "--book", "other", "--policy", "none.md"], "Check the name"),
        (&["init", "--book", "book", "--policy", KIDS], "already"),
    ] {
        let (code, _, complaint) = guardbook(folder.path(), args);
        assert_eq!(code, USAGE, "{args:?}: {complaint}");
        assert!(complaint.contains(says), "{args:?}: {complaint}");
    }
}

#[test]
fn a_policy_with_errors_makes_no_book_and_leaves_nothing_in_the_way_of_the_next_try() {
    let folder = tempfile::tempdir().unwrap();
    let policy = fs::read_to_string(KIDS).unwrap();
    fs::write(folder.path().join("policy.md"), policy.replace("(answer:access)", "(answer:acess)")).unwrap();
    let init = ["init", "--book", "book", "--policy", "policy.md"];
    let (code, _, complaint) = guardbook(folder.path(), &init);
    assert_eq!(code, NO, "{complaint}");
    assert!(complaint.contains("policy check"), "{complaint}");
    fs::write(folder.path().join("policy.md"), policy).unwrap();
    let (code, _, complaint) = guardbook(folder.path(), &init);
    assert_eq!(code, OK, "{complaint}");
}
