//! Check the texts of a new version of the policy, and say what would change if it were adopted. Nothing is written.

use std::collections::BTreeSet;

use access::Action;
use policy::{Change, ClauseId, Policy, Problem, Source};
use records::Purpose;
use sha2::{Digest, Sha256};

use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why texts could not be read as one policy at all.
#[derive(Debug, thiserror::Error)]
pub enum CheckPolicyError {
    /// There is no text.
    #[error("Upload or paste at least the full text of the policy")]
    Nothing,
    /// Two texts have one name, so that nobody could say in which of them an error is.
    #[error("Two texts are called {0}. Give each its own name")]
    SameName(String),
    /// The texts name more than one charity.
    #[error("The texts name {0} charities. All texts of a policy name the same one")]
    Several(usize),
    /// From outside the rules of policies.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// What adopting would change.
#[derive(Clone, Debug, Default)]
pub struct PolicyChanges {
    /// Settings whose value changes.
    pub settings: Vec<Change>,
    /// Clauses that were not there before.
    pub clauses_added: Vec<ClauseId>,
    /// Clauses that are there no more.
    pub clauses_removed: Vec<ClauseId>,
    /// Kinds of text that were not there before: "easy-read".
    pub texts_added: Vec<&'static str>,
    /// Kinds of text that are there no more.
    pub texts_removed: Vec<&'static str>,
    /// The charity that the texts name, before and after, where it is another.
    pub charity: Option<(String, String)>,
}

/// Texts that were read.
#[derive(Clone, Debug)]
pub struct CheckedPolicy {
    /// The digest of the texts: what was looked at is what is adopted.
    pub fingerprint: String,
    /// Everything that is wrong or worth a look, by text and place.
    pub problems: Vec<Problem>,
    /// The policy, and what adopting it would change; none where there is an error.
    pub policy: Option<(Policy, PolicyChanges)>,
}

impl CheckedPolicy {
    /// What does not stop it, and should be looked at.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| !problem.is_error())
    }
}

/// Checks the texts of a policy, file name and Markdown each, against themselves, the law and the policy in force.
pub async fn check_policy(
    office: &Office,
    who: &SignedIn,
    texts: &[(String, String)],
) -> Result<CheckedPolicy, CheckPolicyError> {
    office.permit(who, Action::AdoptPolicy, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let sources = sources(texts)?;
    let reading = policy::read(&sources);
    let policies = reading.policies.len();
    if reading.errors().next().is_some() {
        return Ok(CheckedPolicy { fingerprint: fingerprint(texts), problems: reading.problems, policy: None });
    }
    let mut read = reading.policies.into_iter();
    let (Some(new), 1) = (read.next(), policies) else { return Err(CheckPolicyError::Several(policies)) };
    let changes = changes(&house.policy, &new);
    Ok(CheckedPolicy { fingerprint: fingerprint(texts), problems: reading.problems, policy: Some((new, changes)) })
}

/// Names and texts, each with its length before it, so that nothing can move from one to the next unseen.
fn fingerprint(texts: &[(String, String)]) -> String {
    let mut digest = Sha256::new();
    for part in texts.iter().flat_map(|(name, text)| [name, text]) {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

fn sources(texts: &[(String, String)]) -> Result<Vec<Source>, CheckPolicyError> {
    let mut names = BTreeSet::new();
    for (name, _) in texts {
        if !names.insert(name.to_lowercase()) {
            return Err(CheckPolicyError::SameName(name.clone()));
        }
    }
    if texts.is_empty() {
        return Err(CheckPolicyError::Nothing);
    }
    Ok(texts.iter().map(|(name, text)| Source::new(name.clone(), text.clone())).collect())
}

fn changes(old: &Policy, new: &Policy) -> PolicyChanges {
    let (was, is) = (old.clauses(), new.clauses());
    let kinds = |policy: &Policy| -> BTreeSet<&'static str> {
        policy.texts().iter().map(|text| text.front.text.word()).collect()
    };
    let (kinds_were, kinds_are) = (kinds(old), kinds(new));
    let charity = |policy: &Policy| policy.front().charity.clone().unwrap_or_default();
    PolicyChanges {
        settings: Policy::diff(old, new),
        clauses_added: is.iter().filter(|id| !was.contains(id)).cloned().collect(),
        clauses_removed: was.iter().filter(|id| !is.contains(id)).cloned().collect(),
        texts_added: kinds_are.difference(&kinds_were).copied().collect(),
        texts_removed: kinds_were.difference(&kinds_are).copied().collect(),
        charity: (charity(old) != charity(new)).then(|| (charity(old), charity(new))),
    }
}
