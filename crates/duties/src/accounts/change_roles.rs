//! Change what somebody does. Whoever becomes, or stops being, an administrator is confirmed by a second person.

use access::Action;
use book::Act;
use records::staff::{Account, RolesAsked, StaffRole};
use records::{FileId, Purpose};

use super::account::{of, write};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What came of a change of roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RolesChanged {
    /// It holds from now on.
    Done,
    /// It waits for a trustee or another administrator.
    Waits,
}

/// Why roles were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeRolesError {
    /// Nobody changes their own roles.
    #[error("you cannot change your own roles")]
    OwnRoles,
    /// Nobody is left without a role: closing the account is another deed.
    #[error("choose at least one role, or close the account")]
    NoRole,
    /// Whoever asked does not confirm it, nor the person whom it makes an administrator.
    #[error("a second person confirms this: neither you who asked for it, nor the person whom it is about")]
    SamePerson,
    /// The charity would have no administrator.
    #[error("somebody must remain an administrator")]
    LastAdministrator,
    /// From outside the rules of roles.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for ChangeRolesError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Whether a change makes or unmakes an administrator.
pub(crate) fn needs_second_person(was: &[StaffRole], to: &[StaffRole]) -> bool {
    was.contains(&StaffRole::Administrator) != to.contains(&StaffRole::Administrator)
}

/// The roles that hold at once, and whether the rest waits for a second person.
pub(crate) fn divide(was: &[StaffRole], to: &[StaffRole]) -> (Vec<StaffRole>, bool) {
    if !needs_second_person(was, to) {
        return (to.to_vec(), false);
    }
    if was.is_empty() {
        // Somebody new begins with the other roles, if there are any.
        return (to.iter().copied().filter(|role| *role != StaffRole::Administrator).collect(), true);
    }
    (was.to_vec(), true)
}

/// Changes somebody's roles, or asks for it.
pub async fn change_roles(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    roles: &[StaffRole],
) -> Result<RolesChanged, ChangeRolesError> {
    if file == who.file {
        return Err(ChangeRolesError::OwnRoles);
    }
    let operation = office.permit(who, Action::ManageAccounts, Some(file), Purpose::Administration, "").await?;
    if roles.is_empty() {
        return Err(ChangeRolesError::NoRole);
    }
    let house = office.house().await?;
    let staff = of(&house, file)?;
    let mut to = roles.to_vec();
    to.sort_unstable();
    to.dedup();
    let (hold, waits) = divide(&staff.account.roles, &to);
    let asked = waits.then_some(RolesAsked { roles: to, by: who.file, at: operation.now });
    let account = Account { roles: hold, roles_asked: asked, ..staff.account.clone() };
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, if waits { Act::RoleAsked } else { Act::RoleChanged }, staff, account).await?;
    work.witness();
    work.commit().await?;
    Ok(if waits { RolesChanged::Waits } else { RolesChanged::Done })
}

/// Says yes or no, as the second person, to a change of roles that waits.
pub async fn answer_roles(office: &Office, who: &SignedIn, file: FileId, yes: bool) -> Result<(), ChangeRolesError> {
    let operation = office.permit(who, Action::ConfirmRoles, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let staff = of(&house, file)?;
    let asked = staff.account.roles_asked.clone().ok_or(Stopped::NotFound)?;
    // Saying no is open to whoever asked: it takes the question back.
    if file == who.file || (yes && asked.by == who.file) {
        return Err(ChangeRolesError::SamePerson);
    }
    let others = house.in_role(StaffRole::Administrator).any(|other| other.file != file);
    if yes && !others && !asked.roles.contains(&StaffRole::Administrator) {
        return Err(ChangeRolesError::LastAdministrator);
    }
    let roles = if yes { asked.roles } else { staff.account.roles.clone() };
    let account = Account { roles, roles_asked: None, ..staff.account.clone() };
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, if yes { Act::RoleChanged } else { Act::RecordChanged }, staff, account).await?;
    work.witness();
    work.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use StaffRole::{Administrator, FamilyWorker, Trustee};

    #[test]
    fn only_becoming_or_ceasing_to_be_an_administrator_waits() {
        assert_eq!(divide(&[FamilyWorker], &[Trustee]), (vec![Trustee], false));
        assert_eq!(divide(&[FamilyWorker], &[FamilyWorker, Administrator]), (vec![FamilyWorker], true));
        assert_eq!(divide(&[Administrator], &[FamilyWorker]), (vec![Administrator], true));
        assert_eq!(divide(&[], &[FamilyWorker, Administrator]), (vec![FamilyWorker], true));
        assert_eq!(divide(&[Administrator], &[Administrator, Trustee]), (vec![Administrator, Trustee], false));
    }
}
