//! Ways into the book: invitations, passwords, second factors, sign-ins.

mod attempts;
mod session;

pub use attempts::Attempts;
pub use session::{IDLE, LASTS, STEPPED_UP, find_session, new_token, token_digest};
