//! Naming a person to a volunteer: the one way in which a volunteer sees a file, for a time and a reason (T10).

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::staff::Grant;
use records::{FileId, Personal, StaffRole};

use crate::accounts::write_account;
use crate::office::{House, Office};
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// To whom, until when and why, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewNaming {
    /// The volunteer's own file. Field `volunteer`.
    pub volunteer: FileId,
    /// The last day. Field `until`.
    pub until: String,
    /// Why. Field `reason`.
    pub reason: String,
}

/// Why nobody was named.
#[derive(Debug, thiserror::Error)]
pub enum NameVolunteerError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for NameVolunteerError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// The volunteers to whom a person is named on a day: file, name, last day.
pub fn named_volunteers(house: &House, file: FileId, today: Date) -> Vec<(FileId, String, Date)> {
    let mut named: Vec<_> = house
        .in_role(StaffRole::Volunteer)
        .flat_map(|staff| {
            let grants = staff.account.grants_on(today).filter(|grant| grant.file == Some(file));
            grants.map(|grant| (staff.file, staff.name.clone(), grant.until))
        })
        .collect();
    named.sort_by(|a, b| a.1.cmp(&b.1));
    named
}

/// Names a person to a volunteer.
///
/// # Errors
/// [`NameVolunteerError`]; nothing is saved then.
pub async fn name_volunteer(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewNaming,
) -> Result<(), NameVolunteerError> {
    let operation = office.permit(who, Action::NameVolunteer, Some(file), why.purpose, &new.reason).await?;
    let house = office.house().await?;
    let mut reading = Reading::default();
    let reason =
        reading.keep("reason", entered::needed_line(&new.reason, "Say what the volunteer does with the person"));
    let until = reading.keep("until", entered::date(&new.until));
    if until.is_some_and(|day| day < operation.today()) {
        reading.wrong("until", "The last day must be today or later");
    }
    let volunteer = house.in_role(StaffRole::Volunteer).find(|staff| staff.file == new.volunteer);
    if volunteer.is_none() {
        reading.wrong("volunteer", "Choose one of our volunteers");
    }
    if volunteer.is_some_and(|staff| staff.account.conflicts.contains(&file)) {
        reading.wrong("volunteer", "This volunteer must not see this file. Choose another");
    }
    reading.finish().map_err(NameVolunteerError::Wrong)?;
    let (Some(volunteer), Some(until)) = (volunteer, until) else { return Err(Stopped::NotFound.into()) };
    let mut account = volunteer.account.clone();
    account.grants.retain(|grant| grant.file != Some(file));
    let reason = Personal::new(reason.unwrap_or_default());
    account.grants.push(Grant { file: Some(file), service: None, until, reason, by: Some(who.file) });
    let mut work = office.book().begin(&operation).await?;
    write_account(&mut work, Act::AccessGranted, volunteer, account).await?;
    work.act(Act::AccessGranted, file, None)?;
    work.commit().await?;
    Ok(())
}

/// Ends it: the volunteer no longer sees the file.
///
/// # Errors
/// [`NameVolunteerError`]; [`Stopped::NotFound`] where the person is not named to this volunteer.
pub async fn end_naming(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    volunteer: FileId,
) -> Result<(), NameVolunteerError> {
    let operation = office.permit(who, Action::NameVolunteer, Some(file), why.purpose, &why.reason).await?;
    let house = office.house().await?;
    let staff = house.staff.get(&volunteer).ok_or(Stopped::NotFound)?;
    let mut account = staff.account.clone();
    account.grants.retain(|grant| grant.file != Some(file));
    if account.grants.len() == staff.account.grants.len() {
        return Err(Stopped::NotFound.into());
    }
    let mut work = office.book().begin(&operation).await?;
    write_account(&mut work, Act::AccessWithdrawn, staff, account).await?;
    work.act(Act::AccessWithdrawn, file, None)?;
    work.commit().await?;
    Ok(())
}
