//! Where somebody works, and what else is open to them for a time; and the keys of one's own account.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::staff::{Account, Assignment, Grant};
use records::{FileId, Operation, Purpose, ServiceId};

use super::account::{of, write};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why access was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeAccessError {
    /// Something in the form, by field.
    #[error("the form has something to mend")]
    Fields(Vec<(&'static str, &'static str)>),
    /// From outside the rules of access.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for ChangeAccessError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Sets where somebody works from today. What ends keeps its last day; what is new begins today.
pub async fn change_services(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    services: &[ServiceId],
) -> Result<(), ChangeAccessError> {
    let operation = office.permit(who, Action::ManageAccounts, Some(file), Purpose::Administration, "").await?;
    let house = office.house().await?;
    if services.iter().any(|service| house.service(*service).is_none()) {
        return Err(ChangeAccessError::Fields(vec![("services", "Choose services from the list")]));
    }
    let staff = of(&house, file)?;
    let assignments = reassigned(&staff.account.assignments, services, operation.today());
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::RoleChanged, staff, Account { assignments, ..staff.account.clone() }).await?;
    work.commit().await?;
    Ok(())
}

fn reassigned(was: &[Assignment], services: &[ServiceId], today: Date) -> Vec<Assignment> {
    let holds = |one: &Assignment| one.from <= today && one.until.is_none_or(|until| today <= until);
    let mut now = Vec::new();
    for one in was {
        match today.yesterday() {
            Ok(yesterday) if holds(one) && !services.contains(&one.service) => {
                // Begun today and ended today: it never was.
                if one.from <= yesterday {
                    now.push(Assignment { until: Some(yesterday), ..one.clone() });
                }
            }
            _ => now.push(one.clone()),
        }
    }
    for service in services {
        if !was.iter().any(|one| one.service == *service && holds(one)) {
            now.push(Assignment { service: *service, from: today, until: None });
        }
    }
    now
}

/// A grant as a form has it.
#[derive(Clone, Debug)]
pub struct NewGrant {
    /// The one file, or none for a service.
    pub file: Option<FileId>,
    /// The service, or none for one file.
    pub service: Option<ServiceId>,
    /// The last day.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// Opens a file or a service to somebody, for a time and a reason.
pub async fn give_grant(office: &Office, who: &SignedIn, to: FileId, new: NewGrant) -> Result<(), ChangeAccessError> {
    let operation = office.permit(who, Action::GiveGrant, new.file, Purpose::Administration, &new.reason).await?;
    let house = office.house().await?;
    let staff = of(&house, to)?;
    let mut faults = Vec::new();
    if to == who.file {
        faults.push(("to", "Somebody else opens files and services to you"));
    }
    if new.file.is_none() && new.service.is_none_or(|service| house.service(service).is_none()) {
        faults.push(("service", "Choose a service from the list"));
    }
    if new.until < operation.today() {
        faults.push(("until", "The last day must be today or later"));
    }
    if !faults.is_empty() {
        return Err(ChangeAccessError::Fields(faults));
    }
    let mut account = staff.account.clone();
    let on = new.file.unwrap_or(to);
    account.grants.push(Grant {
        file: new.file,
        service: new.service,
        until: new.until,
        reason: new.reason.trim().into(),
        by: Some(who.file),
    });
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::AccessGranted, staff, account).await?;
    if on != to {
        // The person whose file it is can see it, too.
        work.act(Act::AccessGranted, on, None)?;
    }
    work.commit().await?;
    Ok(())
}

/// Takes a grant back, by its place in the account's list.
pub async fn withdraw_grant(office: &Office, who: &SignedIn, from: FileId, place: usize) -> Result<(), Stopped> {
    let reason = "taking back what was opened";
    let operation: Operation = office.permit(who, Action::GiveGrant, None, Purpose::Administration, reason).await?;
    let house = office.house().await?;
    let staff = of(&house, from)?;
    let mut account = staff.account.clone();
    if place >= account.grants.len() {
        return Err(Stopped::NotFound);
    }
    let gone = account.grants.remove(place);
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::AccessWithdrawn, staff, account).await?;
    if let Some(file) = gone.file {
        work.act(Act::AccessWithdrawn, file, None)?;
    }
    work.commit().await?;
    Ok(())
}

/// Switches single-key shortcuts off or on for oneself (WCAG 2.1.4).
pub async fn switch_keys(office: &Office, who: &SignedIn, off: bool) -> Result<(), Stopped> {
    let operation = office.permit(who, Action::ChangeOwnAccount, None, Purpose::BookKeeping, "").await?;
    let house = office.house().await?;
    let staff = of(&house, who.file)?;
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::SettingChanged, staff, Account { keys_off: off, ..staff.account.clone() }).await?;
    work.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn work_that_ends_keeps_its_last_day_and_work_that_stays_keeps_its_first() {
        let [one, two, three] = [1, 2, 3].map(|n| ServiceId::from_bytes([n; 16]));
        let today = date(2026, 3, 2);
        let from = |service, day| Assignment { service, from: day, until: None };
        let was = [from(one, date(2020, 1, 1)), from(two, date(2021, 1, 1)), from(three, today)];
        let now = reassigned(&was, &[two], today);
        assert_eq!(now, [Assignment { until: Some(date(2026, 3, 1)), ..was[0].clone() }, was[1].clone(),]);
        assert_eq!(reassigned(&now, &[one, two], today).last(), Some(&from(one, today)));
    }
}
