//! Prove once more that it is you, before what is older or graver.

use book::{Act, Session, SessionState};

use super::session::WayIn;
use super::sign_in::SignInError;
use super::totp;
use super::verify_second_factor::{Proved, prove};
use crate::office::Office;
use crate::stopped::Stopped;

/// Checks a fresh code; for a quarter of an hour more is open.
pub async fn step_up(office: &Office, session: &Session, code: &str) -> Result<WayIn, SignInError> {
    if session.state != SessionState::In {
        return Err(Stopped::NotFound.into());
    }
    prove(
        office,
        session,
        |account| totp::spend(account, code, office.now()),
        Proved { act: Act::SteppedUp, state: SessionState::In, stepped_up: true },
    )
    .await
}
