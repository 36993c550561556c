//! The bar of hostile papers: the test of `crates/extract` gives each to a real child; here only its figures are read.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::finding::Finding;

/// Fewest kinds of hostile files.
const KINDS: u64 = 100;
/// Most processor seconds of a child.
const SECONDS: f64 = 5.0;
/// Most megabytes of a child.
const MEGABYTES: f64 = 256.0;

/// The figures, and whether the target is reached.
pub fn measure(root: &Path) -> Result<(Value, bool), String> {
    let file = figures_file(root);
    let _ = std::fs::remove_file(&file);
    let passed = test(root, &["a_hundred_kinds"], Some(&file))?;
    let figures = std::fs::read_to_string(&file).map_err(|error| format!("the test left no figures: {error}"))?;
    let figures: Value = serde_json::from_str(&figures).map_err(|error| format!("figures that are none: {error}"))?;
    let reached = passed && holds(&figures);
    Ok((figures, reached))
}

fn holds(figures: &Value) -> bool {
    let number = |name: &str| figures.get(name).and_then(Value::as_f64);
    figures.get("kinds").and_then(Value::as_u64).is_some_and(|kinds| kinds >= KINDS)
        && number("faults") == Some(0.0)
        && number("most_processor_seconds").is_some_and(|seconds| seconds <= SECONDS)
        && number("most_megabytes_of_a_child").is_some_and(|megabytes| megabytes <= MEGABYTES)
}

/// A reader without walls must be found, and what is tried from behind the walls must fail.
pub fn selftest() -> Vec<Finding> {
    let root = crate::root();
    let planted = ["a_child_without_walls_is_found", "behind_the_walls_nothing_can_be_reached"];
    let mut findings: Vec<Finding> = planted
        .into_iter()
        .filter(|name| test(&root, &["--exact", name], None) != Ok(true))
        .map(|name| Finding::fault("crates/extract/tests/bombs.rs", format!("planted and not found: {name}")))
        .collect();
    let good =
        serde_json::json!({"kinds": 100, "faults": 0, "most_processor_seconds": 5, "most_megabytes_of_a_child": 256});
    for (name, worse) in
        [("kinds", 99), ("faults", 1), ("most_processor_seconds", 6), ("most_megabytes_of_a_child", 257)]
    {
        let mut figures = good.clone();
        figures[name] = worse.into();
        if holds(&figures) || !holds(&good) {
            findings.push(Finding::fault("xtask/src/bombs.rs", format!("planted and not found: {name} of {worse}")));
        }
    }
    findings
}

fn figures_file(root: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    target.join("bombs.json")
}

fn test(root: &Path, filter: &[&str], figures: Option<&Path>) -> Result<bool, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--quiet", "--package", "guardbook-extract", "--test", "bombs", "--"]).args(filter);
    if let Some(file) = figures {
        cargo.env("GUARDBOOK_FIGURES", file);
    }
    let done = cargo.current_dir(root).stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.map(|status| status.success()).map_err(|error| format!("cargo did not start: {error}"))
}
