//! Tidiness of the tree: file heads, sizes, names, links, machine paths, the map in ARCHITECTURE.md.

mod documents;
mod places;
mod plants;
mod sources;
mod tree;

use std::path::Path;

use crate::finding::Finding;
pub use plants::selftest;
use tree::Tree;

/// What is untidy in the checkout at `root`: files in git and new ones that git does not ignore.
///
/// Fails when git cannot list the files.
pub fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    Ok(check(&Tree::read(root)?))
}

fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = sources::check(tree);
    found.extend(places::check(tree));
    found.extend(documents::check(tree));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_planted_untidiness_is_found() {
        assert_eq!(selftest(), []);
    }
}
