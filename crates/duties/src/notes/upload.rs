//! A file that somebody chose: what kind it is, and what a reader takes out of it before it is kept.

use std::sync::Arc;

use extract::reading::{HiddenSort, Reading, Sort};
use extract::sort_of;
use records::work::TextFrom;
use sha2::{Digest, Sha256};

use crate::office::Office;

/// The largest file that is taken, in bytes: 20 MB.
pub const LARGEST_PAPER: usize = 20 * 1024 * 1024;

/// What the files of one upload may have together, in bytes: 60 MB.
pub const LARGEST_TOGETHER: usize = 60 * 1024 * 1024;

/// So many files one upload may have.
pub const MOST_TOGETHER: usize = 50;

/// So many papers are taken out of one: the attachments of a mail, the members of an archive.
const MOST_INSIDE: usize = 200;

/// So deep: a mail in an archive in an archive.
const DEEPEST: usize = 3;

/// The kinds of file that are taken, in words.
pub const KINDS: &str =
    "PDF, Word, Excel, OpenDocument, e-mail, mailbox, JPEG, PNG, TIFF, HEIC, CSV, plain text or ZIP";

/// What a file input offers; only a help, since the bytes decide.
pub const ACCEPTED: &str =
    ".pdf,.docx,.xlsx,.odt,.ods,.eml,.mbox,.csv,.txt,.md,.jpg,.jpeg,.png,.tif,.tiff,.gif,.webp,.bmp,.heic,.zip";

/// The longest text that stands in the record itself, in bytes. What is longer stays in the reading on the shelf.
pub(crate) const LONGEST_TEXT: usize = 2 * 1024 * 1024;

/// So many unseen things are listed one by one.
const MOST_HIDDEN: usize = 100;

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

impl Upload {
    /// What sort of file it is, from its bytes; or words that say what to choose instead.
    ///
    /// # Errors
    /// Words for whoever chose it.
    pub fn sort(&self) -> Result<Sort, String> {
        if self.bytes.is_empty() {
            return Err("This file is empty. Choose another".to_owned());
        }
        if self.bytes.len() > LARGEST_PAPER {
            let size = self.bytes.len().div_ceil(1024 * 1024);
            return Err(format!(
                "This file has {size} MB. Choose one of at most {} MB, or scan it in parts",
                LARGEST_PAPER / 1024 / 1024
            ));
        }
        sort_of(&self.file_name, &self.bytes)
            .filter(|sort| *sort != Sort::Text || is_named_text(&self.file_name))
            .ok_or_else(|| format!("We cannot keep this kind of file. Choose one of these: {KINDS}"))
    }
}

/// Text goes by its name: a page or a script in disguise is text, too.
fn is_named_text(name: &str) -> bool {
    match name.rsplit_once('.') {
        None => true,
        Some((_, ending)) => ["txt", "text", "md", "log"].contains(&ending.to_ascii_lowercase().as_str()),
    }
}

/// A file with what was read out of it. Cloning shares the bytes.
#[derive(Clone)]
pub struct ReadPaper {
    /// The file's own name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// What sort of file it is.
    pub sort: Sort,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// What was read.
    pub reading: Arc<Reading>,
    /// What could not be read, in words.
    pub troubles: Vec<String>,
    /// The papers inside, read in the same way.
    pub inside: Vec<ReadPaper>,
}

impl std::fmt::Debug for ReadPaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadPaper").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl ReadPaper {
    /// The media type of the bytes.
    pub fn media_type(&self) -> &'static str {
        let bytes = self.bytes.as_slice();
        match self.sort {
            Sort::Picture if bytes.starts_with(&[0xff, 0xd8]) => "image/jpeg",
            Sort::Picture if bytes.starts_with(b"\x89PNG") => "image/png",
            Sort::Picture if bytes.starts_with(b"GIF8") => "image/gif",
            Sort::Picture if bytes.starts_with(b"RIFF") => "image/webp",
            Sort::Picture if bytes.starts_with(b"BM") => "image/bmp",
            Sort::Picture => "image/tiff",
            other => other.media_type(),
        }
    }

    /// What was read, where it is more than nothing.
    pub fn text(&self) -> Option<&str> {
        Some(self.reading.text.trim()).filter(|text| !text.is_empty())
    }

    /// Where the text came from.
    pub fn text_from(&self) -> TextFrom {
        let written = self.reading.pages.iter().any(|page| !page.scan && !page.words.is_empty());
        let scanned = self.reading.pages.iter().any(|page| page.scan) || self.sort == Sort::Picture;
        if scanned && !written { TextFrom::Recognised } else { TextFrom::File }
    }

    /// A title to propose: the subject of a mail, or the file's name without its ending.
    pub fn proposed_title(&self) -> String {
        let subject = matches!(self.sort, Sort::Mail)
            .then(|| self.reading.text.lines().take(12).find_map(|line| line.strip_prefix("Subject:")))
            .flatten();
        let name = self.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(name, _)| name).replace(['_', '-', '+'], " ");
        let words = subject.unwrap_or(&name).split_whitespace().collect::<Vec<_>>().join(" ");
        let plain: String = words.chars().filter(|c| !c.is_control()).take(150).collect();
        let mut letters = plain.chars();
        let first = letters.next().map(char::to_uppercase);
        first.map_or_else(|| "Paper".to_owned(), |first| first.chain(letters).collect())
    }

    /// What is in the file unseen, one line each.
    pub fn hidden(&self) -> Vec<String> {
        let hidden = &self.reading.hidden;
        let mut lines: Vec<String> = hidden
            .iter()
            .take(MOST_HIDDEN)
            .map(|hidden| {
                let place = if hidden.place.is_empty() { String::new() } else { format!(" ({})", hidden.place) };
                let text = if hidden.text.is_empty() { String::new() } else { format!(": {}", hidden.text) };
                format!("{}{place}{text}", hidden.sort.words())
            })
            .collect();
        if hidden.len() > MOST_HIDDEN {
            lines.push(format!("and {} more", hidden.len() - MOST_HIDDEN));
        }
        lines
    }

    /// This paper and all inside it, each with how deep it lies.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.inside.iter().flat_map(Self::all));
        all
    }
}

/// How often each sort of unseen thing is there: "2 comments, 1 hidden sheet".
pub fn hidden_counts(hidden: &[HiddenSort]) -> String {
    let mut counts: Vec<(HiddenSort, usize)> = Vec::new();
    for sort in hidden {
        match counts.iter_mut().find(|(known, _)| known == sort) {
            Some((_, count)) => *count += 1,
            None => counts.push((*sort, 1)),
        }
    }
    let words: Vec<String> = counts.iter().map(|(sort, count)| counted(*sort, *count)).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn counted(sort: HiddenSort, count: usize) -> String {
    let one = sort.words();
    let bare = one.strip_prefix("a ").or_else(|| one.strip_prefix("an ")).unwrap_or(one);
    let counts = !matches!(
        sort,
        HiddenSort::Metadata | HiddenSort::Camera | HiddenSort::HiddenText | HiddenSort::Cache | HiddenSort::Other
    );
    match sort {
        _ if !counts => one.to_owned(),
        _ if count == 1 => format!("1 {bare}"),
        HiddenSort::Thumbnail => format!("{count} small pictures of an earlier state"),
        HiddenSort::Embedded => format!("{count} files inside"),
        HiddenSort::MailHeader => format!("{count} mail headers that readers do not see"),
        _ => format!("{count} {bare}s"),
    }
}

/// Reads a file, and whatever lies inside it. What cannot be read is kept all the same, and says so.
///
/// # Errors
/// Words for whoever chose it, where this sort of file is not taken at all.
pub async fn read_paper(office: &Office, upload: Upload) -> Result<ReadPaper, String> {
    let sort = upload.sort()?;
    let worker = office.worker().clone();
    let read = tokio::task::spawn_blocking(move || {
        let mut left = MOST_INSIDE;
        read_with(&worker, upload.file_name, Arc::new(upload.bytes), sort, 0, &mut left)
    });
    read.await.map_err(|_| "This file could not be read. Choose it again, or scan it anew".to_owned())
}

fn read_with(
    worker: &extract::Worker,
    file_name: String,
    bytes: Arc<Vec<u8>>,
    sort: Sort,
    depth: usize,
    left: &mut usize,
) -> ReadPaper {
    let sha256 = hex::encode(Sha256::digest(bytes.as_slice()));
    let mut reading = match worker.read(&file_name, &bytes) {
        Ok(reading) => reading,
        Err(error) => Reading { troubles: vec![first_up(&error.to_string())], ..Reading::default() },
    };
    let mut troubles = std::mem::take(&mut reading.troubles);
    let mut inside = Vec::new();
    for member in std::mem::take(&mut reading.inside) {
        let upload = Upload { file_name: member.name, bytes: member.bytes };
        match upload.sort() {
            Ok(sort) if depth < DEEPEST && *left > 0 => {
                *left -= 1;
                let bytes = Arc::new(upload.bytes);
                inside.push(read_with(worker, upload.file_name, bytes, sort, depth + 1, left));
            }
            Ok(_) => troubles.push("There are more papers inside than are taken out of one file".to_owned()),
            Err(_) => troubles.push(format!("The file \"{}\" inside is of a kind that is not read", upload.file_name)),
        }
    }
    troubles.dedup();
    ReadPaper { file_name, bytes, sort, sha256, reading: Arc::new(reading), troubles, inside }
}

fn first_up(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_things_are_counted_in_words() {
        use HiddenSort::{Comment, HiddenSheet, Metadata, Thumbnail};
        assert_eq!(hidden_counts(&[]), "");
        assert_eq!(hidden_counts(&[Comment, HiddenSheet, Comment]), "2 comments and 1 hidden sheet");
        assert_eq!(
            hidden_counts(&[Metadata, Metadata, Thumbnail]),
            "details about the file and 1 small picture of an earlier state"
        );
    }

    #[test]
    fn a_page_in_disguise_is_no_text() {
        let named = |name: &str| Upload { file_name: name.to_owned(), bytes: b"<script>alert(1)</script>".to_vec() };
        assert!(named("letter.pdf").sort().unwrap_err().starts_with("We cannot keep this kind of file"));
        assert!(named("letter.html").sort().is_err());
        assert_eq!(named("letter.txt").sort(), Ok(Sort::Text));
    }
}
