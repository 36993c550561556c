//! What families and young people do themselves on the website, without an account: ask, come back with a number and a
//! secret, look how far it is, write; and what staff do with what came in.
//!
//! Nothing here looks anybody up. What was asked lies in a file of its own until somebody takes it in, so that the answer
//! cannot tell who is in the book: not in its words, not in its length, not in its time.

mod arrivals;
mod ask;
mod gate;
mod look;
mod mail_in;
mod pass;
mod say;
mod staff_pass;
mod steps;
mod taking;
mod tidy;

pub use arrivals::{ArrivalLine, ArrivalView, SetAsideError, arrivals, original, set_aside, view_arrival};
pub use ask::{AskError, LONGEST, Wrong, check, save, send};
pub(crate) use gate::Gate;
pub use look::{Key, LookError, Looked, Standing, look};
pub use mail_in::{MailInError, receive, receive_by};
pub use pass::Given;
pub use say::{SayError, answer, messages, say, say_wrong, unanswered};
pub use staff_pass::give_pass;
pub use steps::{Step, StepState};
pub(crate) use taking::Taking;
pub use tidy::{DRAFT_DAYS, SET_ASIDE_DAYS, tidy};
