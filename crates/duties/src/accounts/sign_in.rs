//! Sign in with address and password. The second factor comes after it; without it nothing opens.

use book::{Act, SessionState};
use records::staff::AccountState;
use records::{Actor, Operation};

use super::account::{by_email, by_owner, plain_email, usable, write};
use super::attempts::Wait;
use super::device::device;
use super::password::HashError;
use super::session::{self, WayIn};
use super::totp::new_secret;
use crate::office::Office;
use crate::stopped::Stopped;

/// Why somebody is not let in. What is wrong is not told: it would tell who has an account.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The address, the password or the code is wrong, or the account is closed.
    #[error("that is not right")]
    Refused,
    /// Too many tries for this address. Seconds to wait.
    #[error("too many tries; wait {0} seconds")]
    Wait(u32),
    /// Too many people sign in at this moment.
    #[error("too many sign-ins at once")]
    Busy,
    /// The store, or a session that ended in the meantime.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<Wait> for SignInError {
    fn from(Wait(seconds): Wait) -> Self {
        Self::Wait(seconds)
    }
}

impl From<book::BookError> for SignInError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

impl From<HashError> for SignInError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Broken(what) => {
                Self::Stopped(Stopped::Store(book::BookError::Corrupt { place: "a password's hash".to_owned(), what }))
            }
        }
    }
}

/// Checks address and password. The same work is done, the same is entered and the same is answered whether the
/// address has no account, the account is closed, or the password is wrong.
pub async fn sign_in(office: &Office, email: &str, password: &str, user_agent: &str) -> Result<WayIn, SignInError> {
    let email = plain_email(email);
    let now = office.now();
    let tried = office.attempts().begin(&email, now)?;
    let house = office.house().await?;
    let staff = by_email(&house, &email).filter(|staff| usable(&staff.account));
    let hash = staff.and_then(|staff| staff.account.password.clone());
    let fits = office.attempts().fits(password.to_owned(), hash).await?;
    let Some(staff) = staff.filter(|_| fits) else {
        enter_failure(office).await?;
        return Err(SignInError::Refused);
    };
    office.attempts().was_right(&tried);
    let operation = by_owner(office, staff.file, "signing in");
    let mut work = office.book().begin(&operation).await?;
    let state = if staff.account.state == AccountState::SecondFactorDue {
        let mut account = staff.account.clone();
        account.totp_pending = Some(new_secret().into());
        write(&mut work, Act::PasswordAccepted, staff, account).await?;
        SessionState::SettingUp
    } else {
        work.act(Act::PasswordAccepted, staff.file, None)?;
        SessionState::HalfIn
    };
    let way_in = session::open(&mut work, staff.file, state, device(user_agent), None).await?;
    work.commit().await?;
    Ok(way_in)
}

/// Enters a failure that is nobody's: the ledger does not say whose account was tried, or whether there is one.
async fn enter_failure(office: &Office) -> Result<(), SignInError> {
    let now = office.now();
    if let Some(count) = office.attempts().was_wrong(now) {
        let operation = Operation::for_the_book(Actor::Visitor, "", now);
        let mut work = office.book().begin(&operation).await?;
        work.act_of_the_house(Act::SignInFailed, count);
        work.commit().await?;
    }
    Ok(())
}
