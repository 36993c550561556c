//! How long files are kept (K28, K29): closed when the work with somebody ends, kept for the time that the policy says,
//! longer where a law or a claim asks for it, and disposed of by two people when the time is over.
//!
//! What concerns a person's keeping stands in the leading one of their files and holds for all of them.

mod carry_out;
mod close;
mod dispose;
mod due;
mod forget_proof;
mod hold;
mod obstacle;
mod paper;
mod rule;
mod view;

pub use carry_out::{Certificate, carry_out, certificate, certificates};
pub(crate) use close::reopen_for_enrolment;
pub use close::{CloseError, NewClosure, close_file, reopen_file};
pub use dispose::{DisposeError, agree_disposal, call_off_disposal, put_forward};
pub(crate) use due::due_lines;
pub use due::{DisposalLine, DisposalStands, DisposalView, KeepingDue, due_disposals, keeping_due, view_disposal};
pub use forget_proof::forget_proofs;
pub use hold::{HoldError, NewHold, lift_hold, place_hold, review_hold};
pub use obstacle::Obstacle;
pub use paper::certificate_paper;
pub use rule::{Rule, keep_key, rule_of, usual_end};
pub use view::Keeping;
