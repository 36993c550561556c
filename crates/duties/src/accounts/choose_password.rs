//! Choose a password with the link of an invitation. The link works once.

use book::{Act, SessionState};
use records::staff::{Account, AccountState};
use subtle::ConstantTimeEq as _;

use super::account::{about, by_owner, write};
use super::device::device;
use super::password::{self, Weak};
use super::secret::digest;
use super::session::{self, WayIn};
use super::sign_in::SignInError;
use super::totp::new_secret;
use crate::office::{House, Office, Staff};
use crate::stopped::Stopped;

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum ChoosePasswordError {
    /// The link never was, was used, or is too old.
    #[error("this link does not work any more")]
    NoInvitation,
    /// The password is not good enough.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// The store, or too much to do at once.
    #[error(transparent)]
    Stopped(#[from] SignInError),
}

impl From<Stopped> for ChoosePasswordError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped.into())
    }
}

impl From<book::BookError> for ChoosePasswordError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Who is invited by a link's secret: name and address. None where the link does not work.
pub async fn invited(office: &Office, secret: &str) -> Result<Option<Staff>, Stopped> {
    let house = office.house().await?;
    Ok(find(&house, secret, office.now()).cloned())
}

fn find<'h>(house: &'h House, secret: &str, now: jiff::Timestamp) -> Option<&'h Staff> {
    let digest = digest(secret);
    house.staff.values().find(|staff| {
        staff.account.state == AccountState::Invited
            && staff.account.invited_until.is_some_and(|until| now < until)
            && staff.account.invitation.as_ref().is_some_and(|known| known.as_bytes().ct_eq(digest.as_bytes()).into())
    })
}

/// Sets the first password of an invited account. The link is used up; the second factor comes next.
pub async fn choose_password(
    office: &Office,
    secret: &str,
    password: &str,
    user_agent: &str,
) -> Result<WayIn, ChoosePasswordError> {
    let house = office.house().await?;
    let staff = find(&house, secret, office.now()).ok_or(ChoosePasswordError::NoInvitation)?;
    password::check(password, &about(&house, &staff.name, &staff.account.email))?;
    let hash = office.attempts().hash(password.to_owned()).await.map_err(SignInError::from)?;
    let account = Account {
        password: Some(hash),
        invitation: None,
        invited_until: None,
        state: AccountState::SecondFactorDue,
        totp_pending: Some(new_secret().into()),
        ..staff.account.clone()
    };
    let mut work = office.book().begin(&by_owner(office, staff.file, "choosing a password")).await?;
    match write(&mut work, Act::PasswordChanged, staff, account).await {
        Err(Stopped::Conflict) => return Err(ChoosePasswordError::NoInvitation),
        other => other?,
    }
    let way_in = session::open(&mut work, staff.file, SessionState::SettingUp, device(user_agent), None).await?;
    work.commit().await?;
    Ok(way_in)
}
