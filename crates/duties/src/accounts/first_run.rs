//! The first account of a new book, made with a secret that only the person at the machine's terminal sees.

use book::Act;
use records::staff::{Account, AccountState, StaffRole};
use records::{Actor, Operation};
use subtle::ConstantTimeEq as _;

use super::account::{about, plain_email};
use super::device::device;
use super::invite::{NewColleague, add_person, faults};
use super::password::{self, Weak};
use super::secret::{digest, new_token};
use super::session::{self, WayIn};
use super::sign_in::SignInError;
use super::totp::new_secret;
use crate::office::Office;
use crate::stopped::Stopped;
use book::SessionState;

/// The fact of the book that holds the digest of the first run's secret.
const FACT: &str = "first-run";

/// Makes the secret of the first run's page, and forgets an earlier one; none once there is an account. The caller
/// shows it on the terminal.
pub async fn first_run_token(office: &Office) -> Result<Option<String>, Stopped> {
    if !office.house().await?.staff.is_empty() {
        return Ok(None);
    }
    let token = new_token();
    let operation = Operation::for_the_book(Actor::Operator, "first run", office.now());
    let mut work = office.book().begin(&operation).await?;
    work.set_fact(FACT, &digest(&token)).await?;
    work.act_of_the_house(Act::SettingChanged, 1);
    work.commit().await?;
    Ok(Some(token))
}

/// Whether the first run's page is open to whoever has this secret.
pub async fn first_run_open(office: &Office, token: &str) -> Result<bool, Stopped> {
    if !office.house().await?.staff.is_empty() {
        return Ok(false);
    }
    let known = office.book().fact(FACT).await?.unwrap_or_default();
    Ok(!known.is_empty() && bool::from(known.as_bytes().ct_eq(digest(token).as_bytes())))
}

/// The first account as a form has it.
#[derive(Clone, Debug, Default)]
pub struct FirstAccount {
    /// The full name.
    pub name: String,
    /// The address that will sign in.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Why the first account was not made.
#[derive(Debug, thiserror::Error)]
pub enum FirstRunError {
    /// The secret is not the one on the terminal, or there is an account already.
    #[error("this page is not open")]
    Closed,
    /// Something in the form, by field.
    #[error("the form has something to mend")]
    Fields(Vec<(&'static str, String)>),
    /// From outside these rules.
    #[error(transparent)]
    Stopped(#[from] SignInError),
}

impl From<Stopped> for FirstRunError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped.into())
    }
}

impl From<book::BookError> for FirstRunError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Makes the first account: an administrator, whose second factor comes next. There is nobody yet to be the second
/// person; every later administrator has one.
pub async fn start_first_account(
    office: &Office,
    token: &str,
    new: FirstAccount,
    user_agent: &str,
) -> Result<WayIn, FirstRunError> {
    if !first_run_open(office, token).await? {
        return Err(FirstRunError::Closed);
    }
    let house = office.house().await?;
    let roles = vec![StaffRole::Administrator];
    let colleague =
        NewColleague { name: new.name.clone(), email: new.email.clone(), roles: roles.clone(), services: Vec::new() };
    let mut wrong: Vec<(&'static str, String)> =
        faults(&house, &colleague).into_iter().map(|(field, words)| (field, words.to_owned())).collect();
    let email = plain_email(&new.email);
    let known = about(&house, &new.name, &email.clone().into());
    if let Err(weak @ (Weak::Short | Weak::Long | Weak::Common | Weak::AboutYou)) =
        password::check(&new.password, &known)
    {
        wrong.push(("password", weak.to_string()));
    }
    if !wrong.is_empty() {
        return Err(FirstRunError::Fields(wrong));
    }
    let hash = office.attempts().hash(new.password).await.map_err(SignInError::from)?;
    let account = Account {
        password: Some(hash),
        state: AccountState::SecondFactorDue,
        totp_pending: Some(new_secret().into()),
        roles: roles.clone(),
        ..Account::new(email)
    };
    let operation = Operation::for_the_book(Actor::Operator, "the first account", office.now());
    let mut work = office.book().begin(&operation).await?;
    // Two people with the terminal's secret at once: the second finds the house changed.
    if office.book().file_version(records::FileId::HOUSE).await? != house.version() {
        return Err(FirstRunError::Closed);
    }
    work.set_fact(FACT, "").await?;
    let file = add_person(&mut work, new.name.trim(), &roles, account).await?;
    work.witness();
    let way_in = session::open(&mut work, file, SessionState::SettingUp, device(user_agent), None).await?;
    work.commit().await?;
    Ok(way_in)
}
