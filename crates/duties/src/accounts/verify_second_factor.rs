//! The code after the password: with it somebody is signed in.

use book::{Act, Session, SessionState};
use records::staff::Account;

use super::account::{by_owner, of, write};
use super::session::{self, WayIn};
use super::sign_in::SignInError;
use super::totp;
use crate::office::{Office, Staff};
use crate::stopped::Stopped;

/// Checks the code of the moment and completes the sign-in.
pub async fn verify_second_factor(office: &Office, session: &Session, code: &str) -> Result<WayIn, SignInError> {
    if session.state != SessionState::HalfIn {
        return Err(Stopped::NotFound.into());
    }
    prove(
        office,
        session,
        |account| totp::spend(account, code, office.now()),
        Proved { act: Act::SignedIn, state: SessionState::In, stepped_up: false },
    )
    .await
}

/// What a right proof leads to.
pub(crate) struct Proved {
    pub(crate) act: Act,
    pub(crate) state: SessionState,
    pub(crate) stepped_up: bool,
}

/// Tries a proof of the second factor: `spend` gives the account with the proof used up. Tries are counted with those
/// of the password; a wrong one is entered in the person's own file; a proof that another request used in the same
/// moment is a wrong one.
pub(crate) async fn prove(
    office: &Office,
    session: &Session,
    spend: impl FnOnce(&Account) -> Option<Account>,
    proved: Proved,
) -> Result<WayIn, SignInError> {
    let now = office.now();
    let house = office.house().await?;
    let staff = of(&house, session.file)?;
    let tried = office.attempts().begin(staff.account.email.for_search(), now)?;
    let Some(account) = spend(&staff.account) else {
        enter_failure_of(office, staff).await?;
        return Err(SignInError::Refused);
    };
    office.attempts().was_right(&tried);
    let mut work = office.book().begin(&by_owner(office, staff.file, "signing in")).await?;
    match write(&mut work, proved.act, staff, account).await {
        Err(Stopped::Conflict) => return Err(SignInError::Refused),
        other => other?,
    }
    let stepped_up = if proved.stepped_up { Some(now) } else { session.stepped_up };
    let way_in = session::replace(&mut work, session, proved.state, stepped_up).await?;
    work.commit().await?;
    Ok(way_in)
}

/// Enters a wrong code in the file of its owner: somebody has their password.
pub(crate) async fn enter_failure_of(office: &Office, staff: &Staff) -> Result<(), SignInError> {
    let mut work = office.book().begin(&by_owner(office, staff.file, "a wrong proof")).await?;
    work.act(Act::SignInFailed, staff.file, None)?;
    work.commit().await?;
    Ok(())
}
