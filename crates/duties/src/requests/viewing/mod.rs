//! Looking through a file together (K20): an appointment with a named host, at which the approved answer is shown and
//! nothing else. It begins, shows and ends on record. It is there where the policy in force promises it.

mod call_off;
mod end_viewing;
mod plan_viewing;
mod show_item;
mod start_viewing;
mod view_viewings;

use access::{Action, Circumstances};
use records::requests::{AccessRequest, Stage, Viewing};
use records::{FileId, Operation, Purpose};

use super::pack::approved;
use super::review::{Answer, Case, Opened};
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

pub use call_off::call_off;
pub use end_viewing::end_viewing;
pub use plan_viewing::{NewViewing, plan_viewing};
pub use show_item::{OnScreen, show_item};
pub use start_viewing::start_viewing;
pub use view_viewings::{OnViewings, view_viewings};

/// Why a viewing was not planned, did not begin, showed nothing, or did not end.
#[derive(Debug, thiserror::Error)]
pub enum ViewingError {
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Nobody has approved the answer, or it was taken back.
    #[error("A second person must approve the answer first")]
    NotApproved,
    /// The answer is no longer what was approved.
    #[error("The answer changed after it was approved: have it checked again")]
    ChangedSinceApproval,
    /// Nothing in the answer can be shown.
    #[error("Every record is left out, so there is nothing to show")]
    NothingToShow,
    /// The day is over.
    #[error("Choose today or a later day")]
    Past,
    /// Nobody says where.
    #[error("Enter where you meet")]
    NoPlace,
    /// The host may not see the answer.
    #[error("Choose somebody from the list: they may see this answer")]
    HostMayNot,
    /// Somebody else is the host.
    #[error("Only the host can do this")]
    AnotherHost,
    /// It was called off.
    #[error("This viewing was called off: plan another")]
    CalledOff,
    /// Nobody says why.
    #[error("Write down why it is called off")]
    NoReason,
    /// It began before.
    #[error("This viewing has begun already")]
    Begun,
    /// It has not begun, or it is over.
    #[error("This viewing is not on now")]
    NotOn,
}

impl From<book::BookError> for ViewingError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Whether the policy in force says that people look through their file with a member of staff.
pub fn offered(house: &House) -> bool {
    house.settings().says("ask:access/viewing")
}

/// Opens a request for a deed at a viewing. Where the policy does not offer viewings there is nothing here.
async fn open(office: &Office, who: &SignedIn, reference: &str, action: Action) -> Result<(Case, Operation), Stopped> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, action).await?;
    if offered(&case.house) { Ok((case, operation)) } else { Err(Stopped::NotFound) }
}

/// Everybody who may be the host of a viewing of this file: who may show the answer once named.
async fn may_host(office: &Office, file: FileId) -> Result<Vec<(FileId, String)>, Stopped> {
    super::assign_owner::allowed_to(
        office,
        file,
        Action::ShowAnswer,
        Circumstances { hosts: true, ..Circumstances::of(Purpose::Request) },
    )
    .await
}

/// The viewing with this number, from 1.
fn nth(request: &AccessRequest, number: usize) -> Result<&Viewing, Stopped> {
    number.checked_sub(1).and_then(|index| request.viewings.get(index)).ok_or(Stopped::NotFound)
}

/// The request with one of its viewings changed.
fn with_viewing(request: &AccessRequest, number: usize, change: impl FnOnce(&mut Viewing)) -> AccessRequest {
    let mut request = request.clone();
    if let Some(viewing) = number.checked_sub(1).and_then(|index| request.viewings.get_mut(index)) {
        change(viewing);
    }
    request
}

/// Refuses everybody but the host.
fn host_only(viewing: &Viewing, who: FileId) -> Result<(), ViewingError> {
    if viewing.host == who { Ok(()) } else { Err(ViewingError::AnotherHost) }
}

/// The answer, and what forbids to show it. What is shown is what the second person approved, as with the pack.
async fn answer_of(office: &Office, case: Case) -> Result<(Opened, Answer, Option<ViewingError>), Stopped> {
    let opened = Opened::load(office, case).await?;
    let answer = opened.answer();
    let obstacle = match opened.case.request.stage {
        Stage::Approved | Stage::Released if approved(&opened.case) != Some(answer.fingerprint.as_str()) => {
            Some(ViewingError::ChangedSinceApproval)
        }
        Stage::Approved | Stage::Released if answer.seen.items.is_empty() => Some(ViewingError::NothingToShow),
        Stage::Approved | Stage::Released => None,
        _ => Some(ViewingError::NotApproved),
    };
    Ok((opened, answer, obstacle))
}

/// The same for a deed that needs the approved answer.
async fn approved_answer(office: &Office, case: Case) -> Result<(Opened, Answer), ViewingError> {
    let (opened, answer, obstacle) = answer_of(office, case).await?;
    obstacle.map_or(Ok((opened, answer)), Err)
}
