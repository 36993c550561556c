//! Why somebody opens a file or writes in it: the purpose, and the reason in words where the rules ask for one.

use access::{Action, Circumstances};
use records::{FileId, Purpose};

use crate::office::Office;
use crate::permit::{SignedIn, file_facts};
use crate::stopped::Stopped;

/// A purpose, and a reason in somebody's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// What for.
    pub purpose: Purpose,
    /// Why, in words; empty where the purpose says it all.
    pub reason: String,
}

impl Why {
    /// For a purpose that needs no words.
    pub const fn of(purpose: Purpose) -> Self {
        Self { purpose, reason: String::new() }
    }

    /// To support the child or family: the everyday case.
    pub const fn support() -> Self {
        Self::of(Purpose::Support)
    }

    /// For a purpose, with a reason.
    pub fn with_reason(purpose: Purpose, reason: impl Into<String>) -> Self {
        Self { purpose, reason: reason.into() }
    }
}

/// The purposes for which somebody could do something with a file, at once or after saying why.
///
/// # Errors
/// [`Stopped::NotFound`] where there is none: an unknown file looks the same.
pub async fn purposes(office: &Office, who: &SignedIn, action: Action, file: FileId) -> Result<Vec<Purpose>, Stopped> {
    let house = office.house().await?;
    let facts = file_facts(office, &house, file).await?;
    let actor = who.facts(office.today());
    let found = office.access().purposes(&actor, action, Some(&facts), &Circumstances::of(Purpose::Support));
    if found.is_empty() { Err(Stopped::NotFound) } else { Ok(found) }
}

/// The purpose under which somebody's roles open a file without further words.
///
/// # Errors
/// [`Stopped::NeedsReason`] where the rules ask for a reason, [`Stopped::NotFound`] where nothing opens it.
pub async fn usual_why(office: &Office, who: &SignedIn, file: FileId) -> Result<Why, Stopped> {
    let house = office.house().await?;
    let facts = file_facts(office, &house, file).await?;
    let actor = who.facts(office.today());
    let mut stopped = Stopped::NotFound;
    for purpose in Purpose::ALL {
        let decision = office.access().decide(&actor, Action::OpenFile, Some(&facts), &Circumstances::of(purpose));
        if decision.allowed {
            return Ok(Why::of(purpose));
        }
        if decision.needs.is_some_and(access::Needs::reason) {
            stopped = Stopped::NeedsReason;
        }
    }
    Err(stopped)
}
