//! Changes the words of a letter that has not gone out. What the law wants in it stays in it.

use book::{Act, Filing};
use records::house::Charity;
use records::mailing::Mailing;
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::affair::{Affair, AffairKind};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// So many characters a letter may have.
const LONGEST: usize = 20_000;

/// Why they were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeWordsError {
    /// It went out, or is about to.
    #[error("This letter has gone out, or waits in the outbox. Its words stay.")]
    Gone,
    /// Nothing is left.
    #[error("Write something: an empty letter says nothing.")]
    Empty,
    /// Too much.
    #[error("This is too long for a letter.")]
    TooLong,
    /// Something that must stand in it does not.
    #[error("This must stand in the letter: {}.", .0.join("; "))]
    Lacks(Vec<String>),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for ChangeWordsError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// What a letter of a kind must hold, whoever writes it: whom to write to (K2), and where a decision can be contested, whom
/// to complain to (UK GDPR articles 12(4) and 15(1)).
pub fn must_hold(charity: &Charity, kind: LetterKind) -> Vec<String> {
    let mut words = vec![charity.contact_email.clone()];
    let decides = [LetterKind::Extension, LetterKind::Fee, LetterKind::Refusal, LetterKind::ComplaintOutcome];
    if decides.contains(&kind) {
        words.push(charity.regulator.name.clone());
    }
    if matches!(kind, LetterKind::Refusal | LetterKind::Fee | LetterKind::ComplaintOutcome) {
        words.push("court".to_owned());
    }
    words
}

/// Changes the words, a paragraph a line.
pub async fn change_words(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
    letter: RecordId,
    words: &str,
) -> Result<(), ChangeWordsError> {
    let mut affair = Affair::open(office, who, kind, reference).await?;
    let mut written = affair.letter(office, letter).await?;
    if written.letter.sent.is_some() || written.letter.mail.as_ref().is_some_and(Mailing::waits) {
        return Err(ChangeWordsError::Gone);
    }
    let paragraphs: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if paragraphs.is_empty() {
        return Err(ChangeWordsError::Empty);
    }
    if words.len() > LONGEST {
        return Err(ChangeWordsError::TooLong);
    }
    let whole = paragraphs.join("\n");
    // What stood in it before and must stand in it; a letter that never had a court in it needs none.
    let before: Vec<&String> = written.letter.paragraphs.iter().map(Personal::for_paper).collect();
    let needed = must_hold(&affair.house().charity.1, written.letter.letter);
    let lacks: Vec<String> = needed
        .into_iter()
        .filter(|word| {
            before.iter().any(|paragraph| paragraph.contains(word.as_str())) && !whole.contains(word.as_str())
        })
        .collect();
    if !lacks.is_empty() {
        return Err(ChangeWordsError::Lacks(lacks));
    }
    written.letter.paragraphs = paragraphs.into_iter().map(|line| Personal::new(line.to_owned())).collect();
    affair.happened(format!("The words of a letter were changed: {}.", written.letter.letter.words().to_lowercase()));
    let mut work = office.book().begin(affair.operation()).await?;
    written.put(&mut work, Act::RecordChanged, Filing::open(None)).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(())
}
