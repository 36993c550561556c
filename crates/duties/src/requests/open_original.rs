//! Opens the original of a request, as it was handed in.

use book::Act;
use records::{Content, Kind};

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The original, opened.
pub struct Original {
    /// What it is, by its own first bytes.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Opens the original; who opened it is in the ledger first.
pub async fn open_original(office: &Office, who: &SignedIn, reference: &str) -> Result<Original, Stopped> {
    let case = Case::to_work_on(office, who, reference).await?;
    let id = case.request.original.ok_or(Stopped::NotFound)?;
    office.book().seen(&case.operation, Act::PaperSeen, case.file(), Some((id, Kind::Paper))).await?;
    let opened = office.book().record_in_passing(case.file(), id).await?;
    let Content::Paper(paper) = opened.record.content else { return Err(Stopped::NotFound) };
    let body = paper.body.ok_or(Stopped::NotFound)?;
    let bytes = office.book().body(case.file(), body.id).await?;
    Ok(Original { media_type: body.media_type, bytes: bytes.to_vec() })
}
