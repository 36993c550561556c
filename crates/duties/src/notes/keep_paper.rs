//! Keeping a paper: a scan or file sealed on the shelf, its words typed off, and where the original lies.

use access::Action;
use book::{Act, Filing};
use records::work::{Paper, PaperBody};
use records::{Content, FileId, Personal, Provenance, Record, RecordId, Source};
use sha2::{Digest, Sha256};

use crate::notes::write_note::concerns_wrongly;
use crate::office::Office;
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The largest file that is taken, in bytes: 20 MB.
pub const LARGEST_PAPER: usize = 20 * 1024 * 1024;

/// The kinds of file that are taken: media type, and the word for it.
pub const MEDIA_TYPES: [(&str, &str); 9] = [
    ("application/pdf", "PDF"),
    ("image/jpeg", "JPEG picture"),
    ("image/png", "PNG picture"),
    ("image/tiff", "TIFF picture"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook"),
    ("application/vnd.oasis.opendocument.text", "OpenDocument text"),
    ("message/rfc822", "e-mail"),
    ("text/plain", "plain text"),
];

/// A file as it came from somebody's device.
#[derive(Clone)]
pub struct Upload {
    /// The file's own name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A paper, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// What it is. Field `title`.
    pub title: String,
    /// The day that it bears, or on which it came; empty for today. Field `dated`.
    pub dated: String,
    /// Its words, typed off. Field `text`.
    pub text: String,
    /// Where the paper original lies. Field `original-at`.
    pub original_at: String,
    /// The scan or file, where there is one. Field `upload`.
    pub upload: Option<Upload>,
    /// What it is kept for: nothing is kept without a purpose (K5). Field `needed-for`.
    pub needed_for: String,
    /// Whom else in the book it concerns. Field `concerns`.
    pub concerns: Vec<FileId>,
    /// From whom the charity has it.
    pub source: Source,
    /// Given in confidence.
    pub in_confidence: bool,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum KeepPaperError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for KeepPaperError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Keeps a paper in a file. What it is needed for stands in the trace as the reason.
///
/// # Errors
/// [`KeepPaperError`]; no record is saved then, and a body that was shelved is swept.
pub async fn keep_paper(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewPaper,
) -> Result<RecordId, KeepPaperError> {
    let reason = if why.reason.trim().is_empty() { new.needed_for.as_str() } else { why.reason.as_str() };
    let operation = office.permit(who, Action::WriteNote, Some(file), why.purpose, reason).await?;
    let mut reading = Reading::default();
    if let Some(words) = concerns_wrongly(office, who, file, why, &new.concerns).await? {
        reading.wrong("concerns", words);
    }
    let (mut paper, media_type) = read(reading, &new, operation.today()).map_err(KeepPaperError::Wrong)?;
    let shelved = match (&new.upload, media_type) {
        (Some(upload), Some(media_type)) => {
            let shelved = office.book().shelve(file, &upload.bytes).await?;
            paper.body = Some(PaperBody {
                id: shelved.id,
                file_name: Personal::new(upload.file_name.clone()),
                media_type: media_type.to_owned(),
                size: shelved.size,
                sha256: hex::encode(Sha256::digest(&upload.bytes)),
            });
            Some(shelved)
        }
        _ => None,
    };
    let provenance = Provenance {
        source: new.source,
        in_confidence: new.in_confidence,
        ..Provenance::from_the_work(Some(who.file), operation.now)
    };
    let mut work = office.book().begin(&operation).await?;
    if let Some(shelved) = &shelved {
        work.note_body(shelved, None).await?;
    }
    let record = Record::new(provenance, Content::Paper(paper));
    let id = work.add(Act::PaperAdded, file, &record, Filing::default()).await?;
    work.commit().await?;
    Ok(id)
}

fn read(
    mut reading: Reading,
    new: &NewPaper,
    today: jiff::civil::Date,
) -> Result<(Paper, Option<&'static str>), FieldErrors> {
    let title = reading.keep("title", entered::needed_line(&new.title, "Say what the paper is"));
    let dated = match new.dated.trim() {
        "" => Some(today),
        typed => reading.keep("dated", entered::past_date(typed, today)),
    };
    let text = reading.keep("text", entered::text(&new.text)).flatten();
    let original_at = reading.keep("original-at", entered::line(&new.original_at)).flatten();
    let needed_for = reading.keep("needed-for", entered::needed_line(&new.needed_for, "Say what we keep this for"));
    let media_type = new.upload.as_ref().and_then(|upload| reading.keep("upload", read_upload(upload)));
    if new.upload.is_none() && text.is_none() && original_at.is_none() {
        reading.wrong("upload", "Choose a file, type off what the paper says, or say where the original lies");
    }
    reading.finish()?;
    let paper = Paper {
        text: text.map(Personal::new),
        original_at: original_at.map(Personal::new),
        concerns: new.concerns.clone(),
        needed_for: needed_for.map(Personal::new),
        ..Paper::new(title.unwrap_or_default(), dated.unwrap_or(today))
    };
    Ok((paper, media_type))
}

fn read_upload(upload: &Upload) -> Result<&'static str, String> {
    if upload.bytes.is_empty() {
        return Err("This file is empty. Choose another".to_owned());
    }
    if upload.bytes.len() > LARGEST_PAPER {
        let size = upload.bytes.len().div_ceil(1024 * 1024);
        return Err(format!(
            "This file has {size} MB. Choose one of at most {} MB, or scan it in parts",
            LARGEST_PAPER / 1024 / 1024
        ));
    }
    media_type_of(upload).ok_or_else(|| {
        let words: Vec<_> = MEDIA_TYPES.iter().map(|(_, words)| *words).collect();
        format!("We cannot keep this kind of file. Choose one of these: {}", words.join(", "))
    })
}

/// The media type, from the bytes; the name only tells apart what looks alike. Never from what the browser says.
pub fn media_type_of(upload: &Upload) -> Option<&'static str> {
    let bytes = upload.bytes.as_slice();
    let ends = |end: &str| upload.file_name.to_ascii_lowercase().ends_with(end);
    let which = if bytes.starts_with(b"%PDF-") {
        0
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        1
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        2
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        3
    } else if bytes.starts_with(b"PK\x03\x04") {
        match () {
            () if ends(".docx") => 4,
            () if ends(".xlsx") => 5,
            () if ends(".odt") => 6,
            () => return None,
        }
    } else if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        match () {
            () if ends(".eml") => 7,
            () if ends(".txt") || ends(".md") => 8,
            () => return None,
        }
    } else {
        return None;
    };
    MEDIA_TYPES.get(which).map(|(media_type, _)| *media_type)
}
