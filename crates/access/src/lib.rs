//! May this member of staff do this, to this file, for this purpose: answered from rules that a trustee can read.
//!
//! The rules are Cedar policies in `policies/`; each carries an id, plain words and the clauses of the charity's
//! policy that it keeps. They are checked in strict mode against their schema when an [`Access`] is made. What no
//! rule allows is refused, and one rule that forbids is enough. The crate is pure: facts come in, a [`Decision`]
//! goes out. Whoever shows a refusal shows the same page for a forbidden file as for one that does not exist.
//!
//! Only members of staff are asked about. A visitor has public pages, the program its duties and the operator the
//! command line; none of them comes here.

mod action;
mod decision;
mod entities;
mod facts;
mod judge;
mod narrow;
mod rules;

pub use action::{Action, Scope};
pub use decision::{Decision, NOTHING_ALLOWS, Needs, UNREADABLE};
pub use facts::{ActorFacts, Circumstances, FileFacts, FileState, GrantFact};
pub use judge::Access;
pub use narrow::ListScope;
pub use rules::{AccessError, Effect, RULES, Rule, SCHEMA};
