//! Documents: links lead somewhere, the map names every crate, each invariant names a test that exists.

use super::tree::Tree;
use crate::finding::Finding;

/// Lines that ARCHITECTURE.md may have: it is read whole, so it stays short.
pub const LONGEST_ARCHITECTURE: usize = 200;

const ARCHITECTURE: &str = "ARCHITECTURE.md";

/// What is untidy in the documents of `tree`. The charities' policies are a language of their own and not looked at.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in
        tree.ending(".md").filter(|(path, _)| !path.starts_with("policies/") && !path.contains("/testdata/"))
    {
        for (line, target) in links(text) {
            found.extend(broken(tree, path, line, &target));
        }
    }
    found.extend(architecture(tree));
    found.extend(contents(tree));
    found.extend(decisions(tree));
    found
}

/// Link targets with their lines, code left out.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("");
        for (at, _) in prose.match_indices("](") {
            if let Some((target, _)) = prose.get(at + 2..).and_then(|rest| rest.split_once(')')) {
                found.push((number + 1, target.to_owned()));
            }
        }
    }
    found
}

fn broken(tree: &Tree, path: &str, line: usize, target: &str) -> Option<Finding> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let place = format!("{path}:{line}");
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let there = if file.is_empty() { Some(path.to_owned()) } else { resolve(path, file) };
    let Some(there) = there.filter(|there| tree.has(there)) else {
        return Some(Finding::fault(place, format!("links to {target}, which is not there")));
    };
    let lost =
        !anchor.is_empty() && tree.text(&there).is_some_and(|text| !headings(text).iter().any(|slug| slug == anchor));
    lost.then(|| Finding::fault(place, format!("links to {target}, but {there} has no such heading")))
}

/// `target` as seen from the folder of `path`; nothing when it leaves the tree.
fn resolve(path: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Headings as the anchors that Markdown readers make of them.
fn headings(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            words
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect()
        })
        .collect()
}

fn architecture(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(ARCHITECTURE) else {
        return vec![Finding::fault(ARCHITECTURE, "is missing")];
    };
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST_ARCHITECTURE {
        found.push(Finding::fault(ARCHITECTURE, format!("{lines} lines; {LONGEST_ARCHITECTURE} at most")));
    }
    for (manifest, _) in tree.ending("/Cargo.toml") {
        let name = manifest.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml"));
        if let Some(name) = name.filter(|name| !text.contains(&format!("crates/{name}"))) {
            found.push(Finding::fault(ARCHITECTURE, format!("does not name the crate `crates/{name}`")));
        }
    }
    found.extend(invariants(tree, text));
    found
}

/// Each list item under "Invariants" starts bold and ends with the tests that hold it: `(test: NAME, NAME)`.
fn invariants(tree: &Tree, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            inside = line.contains("Invariants");
        }
        if !inside || !line.starts_with("- **") {
            continue;
        }
        let place = format!("{ARCHITECTURE}:{}", number + 1);
        match line.split_once("(test: ").and_then(|(_, rest)| rest.split_once(')')) {
            None => found.push(Finding::fault(place, "this invariant names no test")),
            Some(("to be named", _)) => found.push(Finding::warning(place, "this invariant has no named test yet")),
            Some((tests, _)) => found.extend(gone_tests(tree, &place, tests)),
        }
    }
    found
}

fn gone_tests(tree: &Tree, place: &str, tests: &str) -> Vec<Finding> {
    let names = tests.split(',').map(|name| name.trim().trim_matches('`'));
    names
        .filter(|name| !exists(tree, name))
        .map(|name| Finding::fault(place, format!("names the test `{name}`, which is nowhere")))
        .collect()
}

/// A test is a Rust function, a chore of xtask, or a script in the tree.
fn exists(tree: &Tree, name: &str) -> bool {
    let function = format!("fn {name}(");
    let chore = name.strip_prefix("xtask ").is_some_and(|chore| matches!(chore, "layers" | "tidy"));
    let script = tree.text(name).is_some();
    chore || script || tree.ending(".rs").any(|(_, text)| text.contains(&function))
}

/// Every page of the guide stands in its contents.
fn contents(tree: &Tree) -> Vec<Finding> {
    let folder = "docs/guide/src/";
    let summary = format!("{folder}SUMMARY.md");
    let Some(text) = tree.text(&summary) else {
        return vec![Finding::fault(summary, "is missing")];
    };
    let pages =
        tree.ending(".md").filter_map(|(path, _)| path.strip_prefix(folder)).filter(|page| *page != "SUMMARY.md");
    pages
        .filter(|page| !text.contains(&format!("({page})")))
        .map(|page| Finding::fault(format!("{folder}{page}"), "is not in SUMMARY.md"))
        .collect()
}

/// Decisions are numbered from 0001 without a gap, and each says its number.
fn decisions(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let papers =
        tree.ending(".md").filter_map(|(path, text)| Some((path, path.strip_prefix("docs/decisions/")?, text)));
    for (index, (path, name, text)) in papers.enumerate() {
        let number = format!("{:04}", index + 1);
        if !name.starts_with(&format!("{number}-")) || !text.starts_with(&format!("# {number}: ")) {
            found.push(Finding::fault(
                path,
                format!(
                    "should be decision {number}: name the file `{number}-title.md` and start it with `# {number}: `"
                ),
            ));
        }
    }
    found
}
