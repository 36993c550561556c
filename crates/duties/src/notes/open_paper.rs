//! Opening a paper: the opening is in the ledger before a byte leaves the shelf.

use access::Action;
use book::Act;
use records::work::PaperBody;
use records::{Content, FileId, RecordId};

use crate::office::Office;
use crate::people::{Why, is_recent};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A paper's body, and what it is.
pub struct PaperOpened {
    /// Name, media type, size.
    pub body: PaperBody,
    /// The bytes, as they were kept.
    pub bytes: Vec<u8>,
}

/// Opens the body of a paper. A paper older than thirty days is history.
///
/// # Errors
/// [`Stopped`], as for the file; [`Stopped::NotFound`] where the paper has no body.
pub async fn open_paper(
    office: &Office,
    who: &SignedIn,
    (file, paper): (FileId, RecordId),
    why: &Why,
) -> Result<PaperOpened, Stopped> {
    let operation = office.permit(who, Action::OpenFile, Some(file), why.purpose, &why.reason).await?;
    let opened = office.book().record_in_passing(file, paper).await?;
    let operation = if is_recent(&opened, operation.today()) {
        operation
    } else {
        office.permit(who, Action::SeeHistory, Some(file), why.purpose, &why.reason).await?
    };
    let Content::Paper(kept) = opened.record.content else { return Err(Stopped::NotFound) };
    let body = kept.body.ok_or(Stopped::NotFound)?;
    office.book().seen(&operation, Act::PaperSeen, file, Some((paper, opened.header.kind))).await?;
    let bytes = office.book().body(file, body.id).await?;
    Ok(PaperOpened { body, bytes: bytes.to_vec() })
}
