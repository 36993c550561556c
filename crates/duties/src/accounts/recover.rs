//! Sign in with a recovery code instead of the telephone.

use book::{Act, Session, SessionState};
use records::staff::Account;
use subtle::ConstantTimeEq as _;

use super::secret::recovery_digest;
use super::session::WayIn;
use super::sign_in::SignInError;
use super::verify_second_factor::{Proved, prove};
use crate::office::Office;
use crate::stopped::Stopped;

/// Uses up one of the recovery codes. It counts as a fresh proof, so that a new telephone can be set up at once.
pub async fn use_recovery_code(office: &Office, session: &Session, typed: &str) -> Result<WayIn, SignInError> {
    if session.state != SessionState::HalfIn {
        return Err(Stopped::NotFound.into());
    }
    prove(
        office,
        session,
        |account| spend(account, typed),
        Proved { act: Act::RecoveryCodeUsed, state: SessionState::In, stepped_up: true },
    )
    .await
}

fn spend(account: &Account, typed: &str) -> Option<Account> {
    let digest = recovery_digest(typed);
    let mut left = account.recovery.clone();
    let place = left.iter().position(|known| bool::from(known.for_store().as_bytes().ct_eq(digest.as_bytes())))?;
    left.remove(place);
    Some(Account { recovery: left, ..account.clone() })
}
