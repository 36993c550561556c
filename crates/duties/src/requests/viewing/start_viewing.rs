//! Begins a viewing. Only its host does, and proves first that it is them, as for reading the pack.

use access::Action;
use book::Act;

use super::{ViewingError, approved_answer, host_only, nth, open, with_viewing};
use crate::office::Office;
use crate::permit::SignedIn;

/// Begins the viewing with this number.
///
/// # Errors
/// [`ViewingError`]; nothing is saved then.
pub async fn start_viewing(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    number: usize,
) -> Result<(), ViewingError> {
    let (case, operation) = open(office, who, reference, Action::BeginViewing).await?;
    let viewing = nth(&case.request, number)?;
    host_only(viewing, who.file)?;
    if viewing.started.is_some() {
        return Err(ViewingError::Begun);
    }
    if viewing.called_off.is_some() {
        return Err(ViewingError::CalledOff);
    }
    let (opened, _) = approved_answer(office, case).await?;
    let case = &opened.case;
    let request = with_viewing(&case.request, number, |viewing| viewing.started = Some(operation.now));
    let mut work = office.book().begin(&operation).await?;
    case.change_request(&mut work, Act::ViewingStarted, request, &format!("Viewing {number} began")).await?;
    work.commit().await?;
    Ok(())
}
