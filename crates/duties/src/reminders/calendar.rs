//! The calendar of what is due for somebody, behind a secret address that they can end at any time.

use access::Action;
use book::Act;
use records::Purpose;
use records::staff::Account;
use subtle::ConstantTimeEq as _;

use super::due::{DueLine, due_lines, in_absence};
use crate::accounts::{digest, new_token, of, usable, write_account};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Makes a new secret address for somebody's calendar; an earlier one ends. Returns the secret, once.
pub async fn new_calendar(office: &Office, who: &SignedIn) -> Result<String, Stopped> {
    let token = new_token();
    change(office, who, |account| Account { calendar: Some(digest(&token)), ..account }).await?;
    Ok(token)
}

/// Ends the address of somebody's calendar.
pub async fn end_calendar(office: &Office, who: &SignedIn) -> Result<(), Stopped> {
    change(office, who, |account| Account { calendar: None, ..account }).await
}

/// Switches the mails about what is due on or off for somebody.
pub async fn switch_reminders(office: &Office, who: &SignedIn, off: bool) -> Result<(), Stopped> {
    change(office, who, |account| Account { reminders_off: off, ..account }).await
}

async fn change(office: &Office, who: &SignedIn, to: impl FnOnce(Account) -> Account) -> Result<(), Stopped> {
    let operation = office.permit(who, Action::ChangeOwnAccount, None, Purpose::BookKeeping, "").await?;
    let house = office.house().await?;
    let staff = of(&house, who.file)?;
    let mut work = office.book().begin(&operation).await?;
    write_account(&mut work, Act::SettingChanged, staff, to(staff.account.clone())).await?;
    work.commit().await?;
    Ok(())
}

/// Whether somebody has one.
pub fn calendar_of(who: &SignedIn) -> bool {
    who.account.calendar.is_some()
}

/// What is due behind a secret address; nothing for one that is wrong, ended, or of somebody without an account now. All
/// are compared: how long it takes tells nothing.
pub async fn calendar(office: &Office, token: &str) -> Result<Option<Vec<DueLine>>, Stopped> {
    let house = office.house().await?;
    let digest = digest(token);
    let mut found = None;
    for staff in house.staff.values() {
        let kept = staff.account.calendar.as_deref().unwrap_or_default();
        if bool::from(kept.as_bytes().ct_eq(digest.as_bytes())) && usable(&staff.account) {
            found = Some(in_absence(staff));
        }
    }
    match found {
        Some(who) => Ok(Some(due_lines(office, &who).await?)),
        None => Ok(None),
    }
}
