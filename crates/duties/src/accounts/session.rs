//! The sign-in behind a browser's token: found by the token's digest, and only while it holds.
//!
//! Each step (password, second factor, proving it again, hiding and showing the screen) ends the session and begins
//! another with a fresh token: a token that somebody saw or planted before the step is worth nothing after it.

use book::{Session, SessionState, Work};
use jiff::{SignedDuration, Timestamp};
use records::FileId;
use records::staff::AccountState;

use super::secret::{self, new_token};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Without a click for so long, a sign-in ends.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// After so long a sign-in ends, used or not.
pub const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// For so long a right password waits for its code.
pub const HALF_IN: SignedDuration = SignedDuration::from_mins(10);
/// For so long a proved second factor opens the history.
pub const STEPPED_UP: SignedDuration = SignedDuration::from_mins(15);

/// A session that was just begun: the token goes to the browser, and nowhere else.
#[derive(Clone)]
pub struct WayIn {
    /// The token for the cookie.
    pub token: String,
    /// How far the sign-in is.
    pub state: SessionState,
}

/// The digest under which a session lies in the store; the token itself is only in the browser.
pub fn token_digest(token: &str) -> String {
    secret::digest(token)
}

/// Begins a session for somebody, in a browser.
pub(crate) async fn open(
    work: &mut Work,
    file: FileId,
    state: SessionState,
    device: String,
    stepped_up: Option<Timestamp>,
) -> Result<WayIn, Stopped> {
    let now = work.now();
    let lasts = if state == SessionState::HalfIn { HALF_IN } else { LASTS };
    let token = new_token();
    let id = token_digest(&token);
    let session = Session { id, file, opened: now, seen: now, ends: now + lasts, stepped_up, state, device };
    work.add_session(&session).await?;
    Ok(WayIn { token, state })
}

/// Ends a session and begins its successor in another state, with a token of its own. It ends when the first would
/// have, except that a sign-in which is complete now lasts its full time.
pub(crate) async fn replace(
    work: &mut Work,
    was: &Session,
    state: SessionState,
    stepped_up: Option<Timestamp>,
) -> Result<WayIn, Stopped> {
    if !work.end_session(&was.id).await? {
        // Another request was faster: the token is used up.
        return Err(Stopped::Conflict);
    }
    let now = work.now();
    let complete = matches!(was.state, SessionState::HalfIn | SessionState::SettingUp) && state == SessionState::In;
    let (opened, ends) = if complete { (now, now + LASTS) } else { (was.opened, was.ends) };
    let token = new_token();
    let session = Session { id: token_digest(&token), opened, seen: now, ends, stepped_up, state, ..was.clone() };
    work.add_session(&session).await?;
    Ok(WayIn { token, state })
}

/// The session of a token, and who it is. None where it never was, has ended, or the account was closed.
pub async fn find_session(office: &Office, token: &str) -> Result<Option<(Session, SignedIn)>, Stopped> {
    let Some(session) = office.book().session(&token_digest(token)).await? else { return Ok(None) };
    let now = office.now();
    if now >= session.ends || now.duration_since(session.seen) >= IDLE {
        return Ok(None);
    }
    let house = office.house().await?;
    let closed = |state| matches!(state, AccountState::Disabled | AccountState::Invited);
    let Some(staff) = house.staff.get(&session.file).filter(|s| !closed(s.account.state)) else {
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
