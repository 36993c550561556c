//! Whether a paper is kept already: the same bytes, anywhere that somebody may look, or almost the same words in the
//! same file. Nothing of it is on disk: sizes tell where the same bytes can lie, and words are compared in memory.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

use access::Action;
use book::Opened;
use jiff::civil::Date;
use records::work::Paper;
use records::{Content, FileId, Kind, RecordId, operation};

use crate::notes::upload::ReadPaper;
use crate::office::Office;
use crate::people::{Why, is_recent};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// So many words are compared; whatever is as long and begins alike is alike.
const WORDS: usize = 20_000;
/// Fewer words than these say too little to be compared.
const FEWEST: usize = 12;
/// Of a hundred groups of words, so many must be in both.
const ALIKE: usize = 80;

/// In what two papers are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Byte for byte.
    Bytes,
    /// Almost the same words.
    Words,
}

/// A paper that is the same as another.
#[derive(Clone, Debug)]
pub struct Same {
    /// In whose file it lies.
    pub file: FileId,
    /// Which paper.
    pub record: RecordId,
    /// Its title; none where it is history.
    pub title: Option<String>,
    /// The day it bears.
    pub dated: Date,
    /// The day on which it was kept.
    pub kept: Date,
    /// In what.
    pub likeness: Likeness,
}

/// For each of these papers, the papers that are the same: in this file, and by its bytes in other files that are open
/// to whoever asks.
///
/// # Errors
/// [`Stopped`], as for opening the file.
pub async fn find_same(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    papers: &[&ReadPaper],
) -> Result<Vec<Vec<Same>>, Stopped> {
    office.permit(who, Action::OpenFile, Some(file), why.purpose, &why.reason).await?;
    let mut found = same_in_file(office, file, papers).await?;
    for (paper, same) in papers.iter().zip(&mut found) {
        for (other, body) in office.book().bodies_of_size(paper.bytes.len() as u64).await? {
            if other == file || !office.would_permit(who, Action::OpenFile, Some(other), why.purpose).await {
                continue;
            }
            let opened = office.book().file_in_passing(other).await?;
            let kept = opened
                .of_kind(Kind::Paper)
                .find(|opened| body_of(opened).is_some_and(|(id, sha256)| id == body && sha256 == paper.sha256));
            same.extend(kept.and_then(|kept| told(office, other, kept, Likeness::Bytes)));
        }
    }
    Ok(found)
}

/// The same within one file, for deeds that enter their own act.
pub(crate) async fn same_in_file(
    office: &Office,
    file: FileId,
    papers: &[&ReadPaper],
) -> Result<Vec<Vec<Same>>, Stopped> {
    let opened = office.book().file_in_passing(file).await?;
    let kept: Vec<(&Opened, HashSet<u64>)> = opened
        .of_kind(Kind::Paper)
        .map(|opened| {
            (
                opened,
                paper_of(opened)
                    .and_then(|paper| paper.text.as_ref())
                    .map_or_else(HashSet::new, |text| groups(text.for_search())),
            )
        })
        .collect();
    Ok(papers
        .iter()
        .map(|paper| {
            let words = groups(paper.text().unwrap_or_default());
            let likeness = |(opened, other): &(&Opened, HashSet<u64>)| match body_of(opened) {
                Some((_, sha256)) if sha256 == paper.sha256 => Some(Likeness::Bytes),
                _ => alike(&words, other).then_some(Likeness::Words),
            };
            kept.iter().filter_map(|kept| told(office, file, kept.0, likeness(kept)?)).collect()
        })
        .collect())
}

fn told(office: &Office, file: FileId, opened: &Opened, likeness: Likeness) -> Option<Same> {
    let paper = paper_of(opened)?;
    Some(Same {
        file,
        record: opened.header.id,
        title: is_recent(opened, office.today()).then(|| paper.title.for_page().clone()),
        dated: paper.dated,
        kept: operation::london_day(opened.record.provenance.written_at),
        likeness,
    })
}

fn paper_of(opened: &Opened) -> Option<&Paper> {
    match &opened.record.content {
        Content::Paper(paper) => Some(paper),
        _ => None,
    }
}

fn body_of(opened: &Opened) -> Option<(records::BodyId, &str)> {
    paper_of(opened)?.body.as_ref().map(|body| (body.id, body.sha256.as_str()))
}

/// Every three words that stand together, folded, as numbers.
fn groups(text: &str) -> HashSet<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .map(str::to_lowercase)
        .collect();
    if words.len() < FEWEST {
        return HashSet::new();
    }
    // Without a random start: both sides of a comparison are made here, one after the other.
    let hasher = std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default();
    words
        .windows(3)
        .map(|three| {
            let mut state = hasher.build_hasher();
            for word in three {
                state.write(word.as_bytes());
                state.write_u8(0);
            }
            state.finish()
        })
        .collect()
}

fn alike(one: &HashSet<u64>, other: &HashSet<u64>) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let both = one.intersection(other).count();
    both * 100 >= (one.len() + other.len() - both) * ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_more_or_less_is_alike_and_another_letter_is_not() {
        let letter = (0..60).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
        let scanned = letter.to_uppercase().replacen("WORD7 ", "", 1);
        assert!(alike(&groups(&letter), &groups(&scanned)));
        let other = (0..60).map(|n| format!("thing{n}")).collect::<Vec<_>>().join(" ");
        assert!(!alike(&groups(&letter), &groups(&other)));
        assert!(!alike(&groups("Thank you"), &groups("Thank you")), "a few words say nothing");
    }
}
