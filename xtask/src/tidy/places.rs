//! Nothing committed names a registry's address or a path of one machine.

use super::tree::Tree;
use crate::finding::Finding;

/// Addresses of package registries, in halves so that this file does not name them itself.
const ADDRESSES: &[(&str, &str)] = &[
    ("registry.", "npmjs"),
    ("registry.", "yarnpkg"),
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("pypi", ".org"),
    ("files.", "pythonhosted"),
    ("deb.", "debian.org"),
];

/// Folders that exist on one machine only, likewise in halves.
const FOLDERS: &[(&str, &str)] =
    &[("/", "work/"), ("/", "root/"), ("/", "home/"), ("/tmp/", "t-"), ("/tmp/", "brief"), ("../", "shared/")];

/// Lines of `tree` with such an address or path.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.files() {
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{path}:{}", number + 1);
            if ADDRESSES.iter().any(|(first, rest)| line.contains(&format!("{first}{rest}"))) {
                found.push(Finding::fault(place(), "names a registry's address"));
            }
            if FOLDERS.iter().any(|(first, rest)| starts_a_path(line, &format!("{first}{rest}"))) {
                found.push(Finding::fault(place(), "names a path of one machine"));
            }
        }
    }
    found
}

/// Whether `folder` stands in `line` at the start of a path, not inside a longer one (`/people/home/` is a page).
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|start| start.chars().next_back());
        !before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-' | '}' | '$'))
    })
}
