//! Whose work a request is.

use access::{Action, Circumstances};
use book::Act;
use records::{FileId, Purpose};

use super::case::Case;
use crate::office::Office;
use crate::permit::{SignedIn, file_facts};
use crate::stopped::Stopped;

/// Why nobody was put in charge.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// They may not work on it.
    #[error("They may not work on this request. Choose somebody from the list.")]
    MayNot,
    /// The request is over.
    #[error("This request is over. Nobody needs to take it on.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Everybody who may work on requests about a file, by the rules of access.
pub async fn may_own(office: &Office, file: FileId) -> Result<Vec<(FileId, String)>, Stopped> {
    allowed_to(office, file, Action::WorkOnRequest, Circumstances::of(Purpose::Request)).await
}

/// Everybody whom the rules of access allow something with a file, by name.
pub(super) async fn allowed_to(
    office: &Office,
    file: FileId,
    action: Action,
    moment: Circumstances,
) -> Result<Vec<(FileId, String)>, Stopped> {
    let house = office.house().await?;
    let facts = file_facts(office, &house, file).await?;
    let today = office.today();
    let moment = Circumstances { requests_go_to: super::role::staff_role(house.settings()), ..moment };
    let mut able: Vec<(FileId, String)> = house
        .staff
        .values()
        .filter(|staff| {
            let actor = access::ActorFacts::from_account(staff.file, &staff.account, today);
            office.access().decide(&actor, action, Some(&facts), &moment).allowed
        })
        .map(|staff| (staff.file, staff.name.clone()))
        .collect();
    able.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(able)
}

/// Puts somebody in charge.
pub async fn assign_owner(office: &Office, who: &SignedIn, reference: &str, owner: FileId) -> Result<(), AssignError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(AssignError::Over);
    }
    let able = may_own(office, case.file()).await?;
    let Some((_, name)) = able.into_iter().find(|(file, _)| *file == owner) else { return Err(AssignError::MayNot) };
    case.request.owner = Some(owner);
    case.happened(format!("{name} works on it now."));
    Ok(case.save(office, Act::RecordChanged).await?)
}
