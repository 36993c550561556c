//! The log that cannot be quietly changed.
//!
//! Every deed leaves an *entry* of fixed size that holds no personal data: numbers, digests, pseudonyms. The entries are the leaves of a
//! Merkle tree (RFC 6962, SHA-256). Now and then its size and root are signed: a *checkpoint* (C2SP tlog-checkpoint, a signed note under
//! Ed25519). Whoever holds a checkpoint can tell offline whether the entries up to it are still the ones that were there.
//!
//! ```text
//! entry   101 bytes: what, when (day), who (pseudonym), why, about whom (tag), commitment to the detail
//!   └ leaf hash ┐
//!               ├ root at size n ── signed ──> checkpoint ──> trustee, sister charity, paper
//!   └ leaf hash ┘
//! ```
//!
//! This crate computes on bytes and knows no store. `tools/verify.py` is a second implementation of [`verify`], in another language by
//! the same specification; the vectors in `tests/vectors` hold both to the same verdicts.
//!
//! What it cannot show: entries behind the last checkpoint that anybody outside holds can be rewritten by whoever has the signing key
//! and the database.

mod act;
mod checkpoint;
mod commitment;
mod entry;
mod frontier;
mod note;
mod proof;
mod verify;

pub use act::Act;
pub use checkpoint::{Checkpoint, parse_checkpoint, sign_checkpoint, verify_checkpoint};
pub use commitment::commit;
pub use entry::{Entry, NotAnEntry};
pub use frontier::{Frontier, Hash, NotAFrontier, leaf_hash, node_hash};
pub use note::{NoteError, SigningKey, VerifierKey};
pub use proof::{ProofError, consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion};
pub use verify::{MOST_PROBLEMS, Problem, Report, verify};
