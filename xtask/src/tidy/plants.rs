//! Tidiness's own check: an untidy tree for each rule, which it must find.

use super::tree::Tree;
use super::{check, documents, sources};
use crate::finding::{Finding, unseen};

/// A minimal ARCHITECTURE.md that every rule accepts.
const ARCHITECTURE: &str =
    "# The map\n`crates/clock` tells the time.\n## Invariants\n- **A month is a month.** (test: `a_month`)\n";

/// The clean tree that each plant spoils in one place.
const CLEAN: &[(&str, &str)] = &[
    ("ARCHITECTURE.md", ARCHITECTURE),
    ("README.md", "# Read\n[map](ARCHITECTURE.md#the-map), [site](https://example.org), `[not](a-link.md)`\n"),
    ("crates/clock/Cargo.toml", "[package]\n"),
    ("crates/clock/src/lib.rs", "//! Time.\n// the word utils in prose is fine\nfn a_month() {}\n"),
    ("docs/decisions/0001-first.md", "# 0001: First\n"),
    ("docs/guide/src/SUMMARY.md", "# Contents\n- [Run](run.md)\n"),
    ("docs/guide/src/run.md", "# Run it\n"),
];

/// What the plant is, where it goes, its text, and words of the fault that must be found. Halves keep this file itself tidy.
const PLANTS: &[(&str, &str, &str, &str)] = &[
    ("a module without a head", "crates/clock/src/month.rs", "fn f() {}\n", "//!"),
    ("a vague file name", "crates/clock/src/utils.rs", "//! x\n", "utils"),
    ("a vague folder name", "crates/clock/src/helpers/month.rs", "//! x\n", "helpers"),
    ("a vague module in a file", "crates/clock/src/month.rs", "//! x\npub mod common {}\n", "common"),
    ("a silenced lint", "crates/clock/src/month.rs", concat!("//! x\n#[", "allow(dead_code)]\n"), "expect"),
    ("a silenced crate", "crates/clock/src/month.rs", concat!("//! x\n#![", "allow(dead_code)]\n"), "expect"),
    (
        "silence by cfg_attr",
        "crates/clock/src/month.rs",
        concat!("//! x\n#[cfg_attr(test, ", "allow(dead_code))]\n"),
        "expect",
    ),
    ("a registry's address", "e2e/package-lock.json", concat!("https://registry.", "npmjs.org/x"), "address"),
    ("a machine's path", "docs/guide/src/run.md", concat!("see /", "work/main/target\n"), "path of one machine"),
    ("a home folder", "tools/start.sh", concat!("cd \"/", "root/src\"\n"), "path of one machine"),
    ("a link to nothing", "README.md", "[gone](docs/gone.md)\n", "docs/gone.md"),
    ("a link to no heading", "README.md", "[gone](ARCHITECTURE.md#no-such-heading)\n", "no-such-heading"),
    ("a link out of the tree", "docs/guide/src/run.md", "[out](../../../../secret.md)\n", "secret.md"),
    ("a page that the contents miss", "docs/guide/src/lost.md", "# Lost\n", "SUMMARY.md"),
    ("a crate that the map misses", "crates/attic/Cargo.toml", "[package]\n", "attic"),
    ("an invariant whose test is gone", "crates/clock/src/lib.rs", "//! Time.\n", "a_month"),
    (
        "an invariant without a test",
        "ARCHITECTURE.md",
        "`crates/clock`\n## Invariants\n- **It holds.**\n",
        "names no test",
    ),
    ("a gap in the decisions", "docs/decisions/0003-later.md", "# 0003: Later\n", "0002"),
];

/// Spoils the clean tree in one way after another; a finding is a plant that went unseen.
pub fn selftest() -> Vec<Finding> {
    let clean = Tree::of(CLEAN);
    let alarms = check(&clean);
    let mut missed: Vec<Finding> =
        alarms.iter().map(|alarm| Finding::fault("clean tree", format!("a false alarm: {alarm}"))).collect();
    for (name, path, text, words) in PLANTS {
        missed.extend(unseen(name, &check(&clean.with(path, text)), words));
    }
    let long = format!("//! Too long.\n{}", "// x\n".repeat(sources::LONGEST));
    missed.extend(unseen("a long file", &check(&clean.with("crates/clock/src/month.rs", &long)), "lines"));
    let tall = format!("{ARCHITECTURE}{}", "line\n".repeat(documents::LONGEST_ARCHITECTURE));
    missed.extend(unseen("an architecture that grew", &check(&clean.with("ARCHITECTURE.md", &tall)), "lines"));
    missed
}
