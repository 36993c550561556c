//! Opening a paper: the opening is in the ledger before a byte leaves the shelf.

use access::Action;
use book::{Act, Opened};
use records::work::PaperBody;
use records::{Content, FileId, Operation, RecordId};

use crate::office::Office;
use crate::people::{Why, is_recent};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A paper's body as it was kept: its bytes are read from the shelf by [`book::Book::body_in_chunks`].
pub struct PaperOpened {
    /// Name, media type, size, and where it lies.
    pub body: PaperBody,
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
    let (operation, opened) = permit_paper(office, who, (file, paper), why).await?;
    let Content::Paper(kept) = opened.record.content else { return Err(Stopped::NotFound) };
    let body = kept.body.ok_or(Stopped::NotFound)?;
    office.book().seen(&operation, Act::PaperSeen, file, Some((paper, opened.header.kind))).await?;
    Ok(PaperOpened { body })
}

/// Asks whether somebody may see a paper, as a part of the file or of its history.
pub(super) async fn permit_paper(
    office: &Office,
    who: &SignedIn,
    (file, paper): (FileId, RecordId),
    why: &Why,
) -> Result<(Operation, Opened), Stopped> {
    let operation = office.permit(who, Action::OpenFile, Some(file), why.purpose, &why.reason).await?;
    let opened = office.book().record_in_passing(file, paper).await?;
    if is_recent(&opened, operation.today()) {
        return Ok((operation, opened));
    }
    let operation = office.permit(who, Action::SeeHistory, Some(file), why.purpose, &why.reason).await?;
    Ok((operation, opened))
}
