//! Rust files: a first line that says what the module is for, a bearable length, plain names, no silenced lints.

use super::tree::Tree;
use crate::finding::Finding;

/// Lines that a source file may have; longer ones hold a second idea that wants a name.
pub const LONGEST: usize = 800;

/// Words that say nothing about what a module holds.
const VAGUE: &[&str] = &["util", "utils", "helper", "helpers", "misc", "manager"];

/// What is untidy in the Rust files of `tree`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(".rs") {
        if !text.starts_with("//! ") {
            found.push(Finding::fault(path, "the first line must be `//! ` and say what the module is for"));
        }
        found.extend(length(path, text));
        found.extend(names(path));
        for (number, line) in text.lines().enumerate() {
            let place = format!("{path}:{}", number + 1);
            found.extend(inner_module(&place, line));
            found.extend(silenced_lint(&place, line));
        }
    }
    found
}

fn length(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let words = format!("{lines} lines; {LONGEST} at most: which idea in it wants a file of its own?");
    let for_tests = path.contains("/tests/") || path.ends_with("tests.rs");
    (lines > LONGEST).then(|| if for_tests { Finding::warning(path, words) } else { Finding::fault(path, words) })
}

fn names(path: &str) -> Option<Finding> {
    let parts = path.trim_end_matches(".rs").split('/');
    parts
        .filter(|part| is_vague(part))
        .map(|part| Finding::fault(path, format!("`{part}` says nothing: name what is in it")))
        .next()
}

fn inner_module(place: &str, line: &str) -> Option<Finding> {
    let (before, after) = line.split_once("mod ")?;
    let starts = before.trim().is_empty() || before.trim_start().starts_with("pub");
    let name: String = after.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    (starts && is_vague(&name)).then(|| Finding::fault(place, format!("`mod {name}` says nothing: name what is in it")))
}

fn is_vague(name: &str) -> bool {
    name == "common" || name.starts_with("new_") || name.split('_').any(|word| VAGUE.contains(&word))
}

fn silenced_lint(place: &str, line: &str) -> Option<Finding> {
    let code = line.trim_start();
    let attribute = code.starts_with("#[") || code.starts_with("#![");
    let silenced = code.starts_with(concat!("#[", "allow"))
        || code.starts_with(concat!("#![", "allow"))
        || (code.contains("cfg_attr(") && code.contains(concat!("allow", "(")));
    (attribute && silenced).then(|| {
        Finding::fault(place, "use #[expect(lint, reason = \"…\")], which goes away when it is no longer needed")
    })
}
