//! The answer: allowed or not, by which rules in plain words, and what would still be needed.

/// What a refusal says when no rule speaks of the matter.
pub const NOTHING_ALLOWS: &str = "None of our rules opens this to you.";

/// What a refusal says when a rule could not be worked out; it is a fault of the program, and the answer is no.
pub const UNREADABLE: &str = "Our rules could not be worked out here, so the answer is no.";

/// What somebody could still give that would turn the answer into a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Needs {
    /// A reason in words.
    Reason,
    /// Proof, once more, that it is them.
    StepUp,
    /// Both.
    ReasonAndStepUp,
}

impl Needs {
    /// Whether a reason is missing.
    pub const fn reason(self) -> bool {
        matches!(self, Self::Reason | Self::ReasonAndStepUp)
    }

    /// Whether a fresh sign-in is missing.
    pub const fn step_up(self) -> bool {
        matches!(self, Self::StepUp | Self::ReasonAndStepUp)
    }
}

/// The answer of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a decision that nobody looks at protects nothing"]
pub struct Decision {
    /// Whether it may be done.
    pub allowed: bool,
    /// Whether it is allowed only as an exception that somebody checks afterwards (T10).
    pub flagged: bool,
    /// The words of the rules that decided, in the order of the rule files.
    pub because: Vec<&'static str>,
    /// The ids of those rules, for the log and for tests.
    pub rules: Vec<&'static str>,
    /// For a refusal: what would turn it into a yes, so that a page can ask for it.
    pub needs: Option<Needs>,
}

impl Decision {
    /// A refusal that no rule decided.
    pub(crate) fn refused(words: &'static str) -> Self {
        Self { allowed: false, flagged: false, because: vec![words], rules: Vec::new(), needs: None }
    }
}
