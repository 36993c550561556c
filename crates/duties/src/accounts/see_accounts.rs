//! See who has an account, and how far each is.

use access::Action;
use records::{FileId, Purpose};

use super::account::of;
use crate::office::{Office, Staff};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Everybody with an account, closed ones last, each group by name.
pub async fn see_accounts(office: &Office, who: &SignedIn) -> Result<Vec<Staff>, Stopped> {
    office.permit(who, Action::SeeAdministration, None, Purpose::Administration, "").await?;
    let mut staff: Vec<Staff> = office.house().await?.staff.values().cloned().collect();
    let closed = |one: &Staff| one.account.state == records::staff::AccountState::Disabled;
    staff.sort_by_key(|one| (closed(one), one.name.to_lowercase(), one.file));
    Ok(staff)
}

/// One account.
pub async fn see_account(office: &Office, who: &SignedIn, file: FileId) -> Result<Staff, Stopped> {
    office.permit(who, Action::SeeAdministration, None, Purpose::Administration, "").await?;
    of(&*office.house().await?, file).cloned()
}
