//! The sign-in behind a browser's token: found by the token's digest, and only while it holds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use book::{Session, SessionState};
use jiff::SignedDuration;
use records::staff::AccountState;
use sha2::{Digest, Sha256};

use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Without a click for so long, a sign-in ends.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// After so long a sign-in ends, used or not.
pub const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// For so long a proved second factor opens the history.
pub const STEPPED_UP: SignedDuration = SignedDuration::from_mins(15);

/// The digest under which a session lies in the store; the token itself is only in the browser.
pub fn token_digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// A fresh token for a browser: 32 random bytes. Its digest goes into the store.
pub fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// The session of a token, and who it is. None where it never was, has ended, or the account was closed.
pub async fn find_session(office: &Office, token: &str) -> Result<Option<(Session, SignedIn)>, Stopped> {
    let Some(session) = office.book().session(&token_digest(token)).await? else { return Ok(None) };
    let now = office.now();
    if now >= session.ends || now.duration_since(session.seen) >= IDLE {
        return Ok(None);
    }
    let house = office.house().await?;
    let Some(staff) = house.staff.get(&session.file).filter(|s| s.account.state != AccountState::Disabled) else {
        return Ok(None);
    };
    // Once a minute is enough to know that the browser is still there.
    if now.duration_since(session.seen) >= SignedDuration::from_mins(1) {
        office.book().see_session(&session.id, now).await?;
    }
    let stepped_up =
        session.state == SessionState::In && session.stepped_up.is_some_and(|at| now.duration_since(at) < STEPPED_UP);
    let who = SignedIn {
        file: staff.file,
        session: session.id.clone(),
        name: staff.name.clone(),
        account: staff.account.clone(),
        stepped_up,
    };
    Ok(Some((session, who)))
}
