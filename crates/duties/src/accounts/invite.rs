//! Invite a colleague: a file, an account, and a link that is shown once to the administrator and works once.

use access::Action;
use book::{Act, Filing, Work};
use jiff::SignedDuration;
use records::people::Identity;
use records::staff::{Account, AccountState, Assignment, RolesAsked, StaffRole};
use records::{Card, Content, FileId, Operation, PersonClass, Provenance, Purpose, Record, ServiceId};

use super::account::{by_email, looks_like_email, of, plain_email, write};
use super::change_roles::{divide, needs_second_person};
use super::secret::{digest, new_token};
use crate::office::{House, Office, Staff, house_changed};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// For so long an invitation works.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A colleague as a form has them.
#[derive(Clone, Debug, Default)]
pub struct NewColleague {
    /// The full name.
    pub name: String,
    /// The address that will sign in.
    pub email: String,
    /// What they do.
    pub roles: Vec<StaffRole>,
    /// Where they work.
    pub services: Vec<ServiceId>,
}

/// An invitation that was made.
#[derive(Clone)]
pub struct Invitation {
    /// Whose account it is.
    pub file: FileId,
    /// The secret of the link: shown once, kept nowhere.
    pub secret: String,
    /// Whether being an administrator waits for a second person.
    pub waits: bool,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// Something in the form, by field.
    #[error("the form has something to mend")]
    Fields(Vec<(&'static str, &'static str)>),
    /// From outside the rules of invitations.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for InviteError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// What is wrong with a new colleague's form.
pub(crate) fn faults(house: &House, new: &NewColleague) -> Vec<(&'static str, &'static str)> {
    let mut faults = Vec::new();
    if new.name.trim().is_empty() {
        faults.push(("name", "Enter the person's full name"));
    } else if new.name.chars().count() > 200 {
        faults.push(("name", "Enter a name of at most 200 characters"));
    }
    let email = plain_email(&new.email);
    if !looks_like_email(&email) {
        faults.push(("email", "Enter an e-mail address, like name@example.org"));
    } else if by_email(house, &email).is_some() {
        faults.push(("email", "Somebody has an account with this e-mail address already"));
    }
    if new.roles.is_empty() {
        faults.push(("roles", "Choose at least one role"));
    }
    if new.services.iter().any(|service| house.service(*service).is_none()) {
        faults.push(("services", "Choose services from the list"));
    }
    faults
}

/// Adds a colleague and gives the secret of their link.
pub async fn invite(office: &Office, who: &SignedIn, new: NewColleague) -> Result<Invitation, InviteError> {
    let operation = office.permit(who, Action::ManageAccounts, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let faults = faults(&house, &new);
    if !faults.is_empty() {
        return Err(InviteError::Fields(faults));
    }
    let (now_roles, waits) = divide(&[], &new.roles);
    let secret = new_token();
    let account = Account {
        invitation: Some(digest(&secret)),
        invited_until: Some(operation.now + INVITATION_LASTS),
        roles: now_roles,
        roles_asked: waits.then(|| RolesAsked { roles: new.roles.clone(), by: who.file, at: operation.now }),
        assignments: assignments(&operation, &new.services),
        ..Account::new(plain_email(&new.email))
    };
    let mut work = office.book().begin(&operation).await?;
    let file = add_person(&mut work, new.name.trim(), &new.roles, account).await?;
    if waits {
        work.act(Act::RoleAsked, file, None)?;
        work.witness();
    }
    work.commit().await?;
    Ok(Invitation { file, secret, waits })
}

/// Work at services from the day of an operation on.
pub(crate) fn assignments(operation: &Operation, services: &[ServiceId]) -> Vec<Assignment> {
    services.iter().map(|service| Assignment { service: *service, from: operation.today(), until: None }).collect()
}

/// A file for somebody of the team, with who they are and their account.
pub(crate) async fn add_person(
    work: &mut Work,
    name: &str,
    roles: &[StaffRole],
    account: Account,
) -> Result<FileId, Stopped> {
    let class = class_of(roles);
    let card = Card {
        name: name.into(),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class,
        services: account.assignments.iter().map(|assignment| assignment.service).collect(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    };
    let provenance = Provenance::from_the_work(work.operation().actor.staff(), work.now());
    let identity = Identity { name: name.into(), ..Identity::default() };
    let file = work.open_file(class, card).await?;
    let identity = Record::new(provenance.clone(), Content::Identity(identity));
    work.add(Act::RecordAdded, file, &identity, Filing::default()).await?;
    let account = Record::new(provenance, Content::Account(Box::new(account)));
    work.add(Act::StaffAdded, file, &account, Filing::default()).await?;
    house_changed(work).await?;
    Ok(file)
}

/// What somebody in these roles is to the charity.
fn class_of(roles: &[StaffRole]) -> PersonClass {
    let only = |set: &[StaffRole]| !roles.is_empty() && roles.iter().all(|role| set.contains(role));
    if only(&[StaffRole::Inspector, StaffRole::Commissioner]) {
        PersonClass::Contact
    } else if only(&[StaffRole::Volunteer]) {
        PersonClass::Volunteer
    } else if only(&[StaffRole::Trustee]) {
        PersonClass::Trustee
    } else {
        PersonClass::Staff
    }
}

/// A new link for somebody who lost it, their password or their telephone, or who comes back: the old password,
/// second factor and recovery codes are gone, and all sign-ins end.
pub async fn invite_again(office: &Office, who: &SignedIn, file: FileId) -> Result<Invitation, Stopped> {
    let operation = office.permit(who, Action::ManageAccounts, Some(file), Purpose::Administration, "").await?;
    let house = office.house().await?;
    let staff = of(&house, file)?;
    let secret = new_token();
    let account = begun_anew(staff, &operation, &secret);
    let waits = needs_second_person(&staff.account.roles, &account.roles) || account.roles_asked.is_some();
    let mut work = office.book().begin(&operation).await?;
    work.end_sessions_of(file).await?;
    write(&mut work, Act::StaffAdded, staff, account).await?;
    work.commit().await?;
    Ok(Invitation { file, secret, waits })
}

/// The account as it was before anybody set it up. An administrator's comes back without that role until a second
/// person confirms it: else one administrator could take over another's account alone.
fn begun_anew(staff: &Staff, operation: &Operation, secret: &str) -> Account {
    let was = &staff.account;
    let (roles, asked) = if was.roles.contains(&StaffRole::Administrator) {
        let kept = was.roles.iter().copied().filter(|role| *role != StaffRole::Administrator).collect();
        let by = operation.actor.staff().unwrap_or(staff.file);
        (kept, Some(RolesAsked { roles: was.roles.clone(), by, at: operation.now }))
    } else {
        (was.roles.clone(), was.roles_asked.clone())
    };
    Account {
        invitation: Some(digest(secret)),
        invited_until: Some(operation.now + INVITATION_LASTS),
        state: AccountState::Invited,
        roles,
        roles_asked: asked,
        assignments: was.assignments.clone(),
        grants: was.grants.clone(),
        conflicts: was.conflicts.clone(),
        keys_off: was.keys_off,
        ..Account::new(was.email.clone())
    }
}
