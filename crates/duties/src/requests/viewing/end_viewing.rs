//! Ends a viewing, with what the host noted. Whoever works on the request can end one that was forgotten.

use access::Action;
use book::Act;
use records::Personal;

use super::{ViewingError, nth, open, with_viewing};
use crate::office::Office;
use crate::permit::SignedIn;

/// Ends the viewing with this number.
///
/// # Errors
/// [`ViewingError`]; nothing is saved then.
pub async fn end_viewing(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    number: usize,
    remarks: &str,
) -> Result<(), ViewingError> {
    let (case, operation) = open(office, who, reference, Action::ShowAnswer).await?;
    let viewing = nth(&case.request, number)?;
    if viewing.started.is_none() || viewing.ended.is_some() {
        return Err(ViewingError::NotOn);
    }
    let what = match viewing.positions().len() {
        0 => format!("Viewing {number} ended; nothing was shown"),
        1 => format!("Viewing {number} ended; 1 record was shown"),
        shown => format!("Viewing {number} ended; {shown} records were shown"),
    };
    let remarks = Some(remarks.trim()).filter(|remarks| !remarks.is_empty());
    let request = with_viewing(&case.request, number, |viewing| {
        viewing.ended = Some(operation.now);
        viewing.remarks = remarks.map(|remarks| Personal::new(remarks.to_owned()));
    });
    let mut work = office.book().begin(&operation).await?;
    case.change_request(&mut work, Act::ViewingEnded, request, &what).await?;
    work.commit().await?;
    Ok(())
}
