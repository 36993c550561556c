//! Who, why and when of a deed, as it is sealed in the person's own file.

use jiff::Timestamp;
use ledger::Act;
use records::{Actor, Kind, Operation, Purpose, RecordId};
use serde::{Deserialize, Serialize};

/// A deed, as the person whom it concerns may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What for.
    pub purpose: Purpose,
    /// Why, in words.
    pub reason: String,
    /// The act's number in the ledger.
    pub act: u16,
    /// Which record, where it was one.
    pub record: Option<RecordId>,
    /// Its kind.
    pub kind: Option<Kind>,
}

impl Trace {
    pub(crate) fn of(operation: &Operation, act: Act, record: Option<(RecordId, Kind)>) -> Self {
        Self {
            at: operation.now,
            actor: operation.actor,
            purpose: operation.purpose,
            reason: operation.reason.words().to_owned(),
            act: act as u16,
            record: record.map(|(id, _)| id),
            kind: record.map(|(_, kind)| kind),
        }
    }

    /// The act in the ledger's words.
    pub fn act(&self) -> Option<Act> {
        Act::from_u16(self.act)
    }

    pub(crate) fn to_store(&self) -> Vec<u8> {
        // INVARIANT: a trace is made of numbers, ids and text, which all serialise.
        serde_json::to_vec(self).expect("a trace serialises")
    }
}
