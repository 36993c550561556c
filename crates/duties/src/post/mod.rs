//! Letters that leave by e-mail: put into the outbox by a person, carried by the program, tried again, and told of when
//! they come back.
//!
//! A letter goes to one recipient only: a [`Mail`] has no place for a second. Whether the address may still be used is
//! asked again in the moment of sending, and never answered by what a page showed earlier.

mod affair;
mod came_back;
mod carrier;
mod change_words;
mod deliver;
mod example;
mod mark_sent;
mod outbox;
mod queue;
mod send_test;
mod sending;

pub use affair::{Affair, AffairKind, Written};
pub use came_back::{CameBackError, came_back, take_out};
pub use carrier::{Attachment, Carrier, CarryError, Mail};
pub use change_words::{ChangeWordsError, change_words, must_hold};
pub use deliver::deliver;
pub use example::example_letter;
pub use mark_sent::{MarkSentError, mark_sent};
pub use outbox::{OutboxLine, outbox};
pub use queue::{QueueError, queue};
pub use send_test::{TestError, send_test};
pub use sending::{Sending, sending, view_letter};
