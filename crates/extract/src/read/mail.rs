//! E-mail: what its reader sees first, and what the reader does not see in the list of the unseen.

use super::Draft;
use crate::Refused;
use crate::reading::Reading;

/// Reads one message.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let message = mail_parser::MessageParser::default().parse(bytes).ok_or(Refused::Damaged)?;
    let mut draft = Draft::default();
    draft.begin("Message");
    if let Some(text) = message.body_text(0) {
        draft.write(&text);
    }
    Ok(draft.done())
}
