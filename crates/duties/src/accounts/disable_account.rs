//! Close an account: its owner signs in no more, and is signed out everywhere at once.

use access::Action;
use book::Act;
use records::staff::{Account, AccountState, StaffRole};
use records::{FileId, Purpose};

use super::account::{of, write};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why an account was not closed.
#[derive(Debug, thiserror::Error)]
pub enum DisableError {
    /// Nobody closes their own account.
    #[error("you cannot close your own account")]
    OwnAccount,
    /// The charity would have no administrator.
    #[error("somebody must remain an administrator")]
    LastAdministrator,
    /// From outside the rules of accounts.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for DisableError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Closes an account. One person is enough: it can be urgent, and takes nothing away that cannot be given back.
pub async fn disable_account(office: &Office, who: &SignedIn, file: FileId) -> Result<(), DisableError> {
    if file == who.file {
        return Err(DisableError::OwnAccount);
    }
    let operation = office.permit(who, Action::ManageAccounts, Some(file), Purpose::Administration, "").await?;
    let house = office.house().await?;
    let staff = of(&house, file)?;
    let administrator = staff.account.roles.contains(&StaffRole::Administrator);
    if administrator && !house.in_role(StaffRole::Administrator).any(|other| other.file != file) {
        return Err(DisableError::LastAdministrator);
    }
    let account = Account {
        state: AccountState::Disabled,
        invitation: None,
        invited_until: None,
        totp_pending: None,
        ..staff.account.clone()
    };
    let mut work = office.book().begin(&operation).await?;
    work.end_sessions_of(file).await?;
    write(&mut work, Act::StaffRemoved, staff, account).await?;
    work.commit().await?;
    Ok(())
}
