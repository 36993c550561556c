//! Bringing papers in from folders (T47): one paper, one deed, so that a folder may be brought in again where it stopped.

use records::{FileId, Operation};

use crate::notes::keep_paper::{KeepPaperError, OnePaper, PaperAnswers, judge, keep_judged};
use crate::notes::same_paper::{Likeness, same_in_file};
use crate::notes::upload::{Upload, read_paper};
use crate::office::Office;
use crate::people::entered::Reading;
use crate::stopped::Stopped;

/// One file that is to be brought in.
#[derive(Clone, Debug)]
pub struct OneImport {
    /// Into whose file.
    pub file: FileId,
    /// What it is; empty for its file name.
    pub title: String,
    /// What else is known.
    pub answers: PaperAnswers,
    /// The file.
    pub upload: Upload,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportedPaper {
    /// It is kept, or would be, with so many papers from inside it, and what could not be read.
    Kept {
        /// Papers, with those inside.
        papers: usize,
        /// What could not be read, in words.
        troubles: Vec<String>,
    },
    /// The same paper lies in the file already, kept on that day.
    There(jiff::civil::Date),
    /// It is not kept, and why, in words that say what to do.
    Refused(String),
}

/// Brings one paper in. With `dry_run` it is read and judged, and nothing is written.
///
/// # Errors
/// The store; whatever is wrong with the paper or what is said of it is an answer.
pub async fn import_paper_as(
    office: &Office,
    operation: &Operation,
    one: OneImport,
    dry_run: bool,
) -> Result<ImportedPaper, Stopped> {
    let judged = match judge(office, one.file, &one.answers, operation, Reading::default()).await {
        Ok(judged) => judged,
        Err(error) => return refused(error),
    };
    let read = match read_paper(office, one.upload).await {
        Ok(read) => read,
        Err(words) => return Ok(ImportedPaper::Refused(words)),
    };
    let same = same_in_file(office, one.file, &[&read]).await?;
    if let Some(same) = same.iter().flatten().find(|same| same.likeness == Likeness::Bytes) {
        return Ok(ImportedPaper::There(same.kept));
    }
    let all = read.all();
    let kept = ImportedPaper::Kept {
        papers: all.len(),
        troubles: all.iter().flat_map(|paper| paper.troubles.iter().cloned()).collect(),
    };
    if dry_run {
        return Ok(kept);
    }
    let title = if one.title.trim().is_empty() { read.proposed_title() } else { one.title };
    let paper = OnePaper { title, text: String::new(), read: Some(read) };
    match keep_judged(office, operation, one.file, &judged, vec![paper]).await {
        Ok(_) => Ok(kept),
        Err(error) => refused(error),
    }
}

fn refused(error: KeepPaperError) -> Result<ImportedPaper, Stopped> {
    let words: Vec<String> = match error {
        KeepPaperError::Stopped(stopped) => return Err(stopped),
        KeepPaperError::Wrong(errors) => errors.into_iter().map(|(_, words)| words).collect(),
        KeepPaperError::WrongPapers(errors) => errors.into_iter().map(|(_, _, words)| words).collect(),
    };
    Ok(ImportedPaper::Refused(words.join(". ")))
}

/// The lines of a table that names papers: cells between commas, or semicolons where its first line has more of them.
///
/// # Errors
/// Words, where a line is no line of a table.
pub fn table_lines(text: &str) -> Result<Vec<Vec<String>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader
        .records()
        .map(|line| line.map(|cells| cells.iter().map(str::to_owned).collect()).map_err(|error| error.to_string()))
        .collect()
}
