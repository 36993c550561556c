//! Change one's own password. Every other sign-in ends with it.

use access::Action;
use book::{Act, SessionState};
use records::Purpose;
use records::staff::Account;

use super::account::{about, of, write};
use super::password::{self, Weak};
use super::session::{self, WayIn};
use super::sign_in::SignInError;
use super::verify_second_factor::enter_failure_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// The present password is wrong, or there were too many tries.
    #[error(transparent)]
    Present(SignInError),
    /// The new one is not good enough.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// From outside the rules of passwords.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for ChangePasswordError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Changes the password. The session in hand goes on under a new token; all others end.
pub async fn change_password(
    office: &Office,
    who: &SignedIn,
    present: &str,
    new: &str,
) -> Result<WayIn, ChangePasswordError> {
    let operation = office.permit(who, Action::ChangeOwnAccount, None, Purpose::BookKeeping, "").await?;
    let house = office.house().await?;
    let staff = of(&house, who.file)?;
    password::check(new, &about(&house, &staff.name, &staff.account.email))?;
    let wrong = |error: SignInError| ChangePasswordError::Present(error);
    let attempts = office.attempts();
    let tried = attempts.begin(staff.account.email.for_search(), operation.now).map_err(|wait| wrong(wait.into()))?;
    let hash = staff.account.password.clone();
    if !attempts.fits(present.to_owned(), hash).await.map_err(|error| wrong(error.into()))? {
        enter_failure_of(office, staff).await.map_err(wrong)?;
        return Err(wrong(SignInError::Refused));
    }
    attempts.was_right(&tried);
    let hash = attempts.hash(new.to_owned()).await.map_err(|error| wrong(error.into()))?;
    let session = office.book().session(&who.session).await?.ok_or(Stopped::NotFound)?;
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::PasswordChanged, staff, Account { password: Some(hash), ..staff.account.clone() }).await?;
    work.end_sessions_of(staff.file).await?;
    let way_in = session::open(&mut work, staff.file, SessionState::In, session.device, session.stepped_up).await?;
    work.act(Act::SessionsEnded, staff.file, None)?;
    work.commit().await?;
    Ok(way_in)
}
