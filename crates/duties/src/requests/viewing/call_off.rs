//! Calls a viewing off before it begins, with the reason; to move it, another is planned.

use access::Action;
use book::Act;
use records::Personal;
use records::requests::CalledOff;

use super::{ViewingError, nth, open, with_viewing};
use crate::office::Office;
use crate::permit::SignedIn;

/// Calls off the viewing with this number.
///
/// # Errors
/// [`ViewingError`]; nothing is saved then.
pub async fn call_off(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    number: usize,
    because: &str,
) -> Result<(), ViewingError> {
    let (case, operation) = open(office, who, reference, Action::WorkOnRequest).await?;
    let viewing = nth(&case.request, number)?;
    if viewing.started.is_some() {
        return Err(ViewingError::Begun);
    }
    if viewing.called_off.is_some() {
        return Err(ViewingError::CalledOff);
    }
    let because = because.trim();
    if because.is_empty() {
        return Err(ViewingError::NoReason);
    }
    let called_off =
        CalledOff { at: operation.now, by: operation.actor.staff(), because: Personal::new(because.to_owned()) };
    let request = with_viewing(&case.request, number, |viewing| viewing.called_off = Some(called_off));
    let mut work = office.book().begin(&operation).await?;
    let what = format!("Viewing {number} called off: {because}");
    case.change_request(&mut work, Act::ViewingCalledOff, request, &what).await?;
    work.commit().await?;
    Ok(())
}
