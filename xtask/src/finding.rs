//! What a chore has to say about one place in the tree.

use std::fmt;

/// One remark; a fault fails the chore, a warning does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    fault: bool,
    place: String,
    what: String,
}

impl Finding {
    /// Something that must be put right. `place` is a path, or a path and a line.
    pub fn fault(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { fault: true, place: place.into(), what: what.into() }
    }

    /// Something to look at.
    pub fn warning(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { fault: false, place: place.into(), what: what.into() }
    }

    /// Whether the chore fails because of it.
    pub fn is_fault(&self) -> bool {
        self.fault
    }

    /// Whether place and words together contain `text`; self-tests look findings up by it.
    pub fn mentions(&self, text: &str) -> bool {
        self.place.contains(text) || self.what.contains(text)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = if self.fault { "fault" } else { "warning" };
        write!(out, "{weight}: {}: {}", self.place, self.what)
    }
}

/// Nothing when a fault among `found` contains `words`; else a fault that says the plant `name` went unseen.
pub fn unseen(name: &str, found: &[Finding], words: &str) -> Option<Finding> {
    let seen = found.iter().any(|finding| finding.is_fault() && finding.mentions(words));
    (!seen).then(|| {
        Finding::fault(name, format!("planted and not found: expected a fault about `{words}`, got {found:?}"))
    })
}
