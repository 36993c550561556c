//! Keeping papers: scans and files sealed on the shelf with what was read out of them, and where the original lies.

use access::Action;
use book::{Act, Filing};
use extract::reading::Sort;
use records::catalogue::DataCategory;
use records::work::{Paper, PaperBody, PaperSort, TextFrom};
use records::{Content, FileId, Operation, Personal, Provenance, Record, RecordId, Source};

use crate::notes::upload::{LONGEST_TEXT, ReadPaper, Upload, read_paper};
use crate::notes::write_note::concerns_wrongly;
use crate::office::{House, Office};
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::services::enrol::open_enrolments;
use crate::services::refused_categories;
use crate::stopped::Stopped;

/// What is said once for all papers of one upload.
#[derive(Clone, Debug)]
pub struct PaperAnswers {
    /// What sort of paper. Field `sort`.
    pub sort: PaperSort,
    /// What they are kept for: nothing is kept without a purpose (K5). Field `needed-for`.
    pub needed_for: String,
    /// The day that they bear, or on which they came; empty for today. Field `dated`.
    pub dated: String,
    /// Where the paper originals lie. Field `original-at`.
    pub original_at: String,
    /// Whom else in the book they concern. Field `concerns`.
    pub concerns: Vec<FileId>,
    /// From whom the charity has them.
    pub source: Source,
    /// The source's name, where it matters. Field `source-name`.
    pub source_name: String,
    /// Given in confidence.
    pub in_confidence: bool,
}

/// What is said of one paper.
#[derive(Clone, Debug)]
pub struct OnePaper {
    /// What it is.
    pub title: String,
    /// Its words, typed off; they win over what was read.
    pub text: String,
    /// The file, where there is one.
    pub read: Option<ReadPaper>,
}

/// One paper, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// What it is. Field `title`.
    pub title: String,
    /// Its words, typed off. Field `text`.
    pub text: String,
    /// The scan or file, where there is one. Field `upload`.
    pub upload: Option<Upload>,
    /// What else is known of it.
    pub answers: PaperAnswers,
}

impl PaperAnswers {
    /// Answers for papers that came from another organisation, kept for a purpose.
    pub fn for_purpose(needed_for: impl Into<String>) -> Self {
        Self {
            sort: PaperSort::Other,
            needed_for: needed_for.into(),
            dated: String::new(),
            original_at: String::new(),
            concerns: Vec::new(),
            source: Source::Organisation,
            source_name: String::new(),
            in_confidence: false,
        }
    }
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
    /// Fields of single papers are wrong: which paper, which field, and words.
    #[error("some answers need another look")]
    WrongPapers(Vec<(usize, &'static str, String)>),
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
    // The purpose of the paper is the reason for writing; whoever may not write has nothing read, either.
    check_answers(office, who, file, why, &new.answers).await?;
    let read = match new.upload {
        Some(upload) => {
            let read = read_paper(office, upload).await;
            Some(read.map_err(|words| KeepPaperError::Wrong(vec![("upload", words)]))?)
        }
        None => None,
    };
    let one = OnePaper { title: new.title, text: new.text, read };
    let kept = keep_papers(office, who, file, why, new.answers, vec![one]).await.map_err(|error| match error {
        KeepPaperError::WrongPapers(errors) => {
            KeepPaperError::Wrong(errors.into_iter().map(|(_, field, words)| (field, words)).collect())
        }
        other => other,
    })?;
    kept.first().copied().ok_or_else(|| Stopped::NotFound.into())
}

/// Looks at what is said of all papers, before any of them is read.
///
/// # Errors
/// [`KeepPaperError::Wrong`] names the fields.
pub async fn check_answers(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    answers: &PaperAnswers,
) -> Result<(), KeepPaperError> {
    let operation = permitted(office, who, file, why, answers).await?;
    judge_for(office, who, file, why, answers, &operation).await.map(|_| ())
}

/// Keeps several papers at once: all of them, or none. Attachments and members become papers of their own.
///
/// # Errors
/// [`KeepPaperError`]; no record is saved then, and what was shelved is swept.
pub async fn keep_papers(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    answers: PaperAnswers,
    papers: Vec<OnePaper>,
) -> Result<Vec<RecordId>, KeepPaperError> {
    let operation = permitted(office, who, file, why, &answers).await?;
    let known = judge_for(office, who, file, why, &answers, &operation).await?;
    keep_judged(office, &operation, file, &known, papers).await
}

async fn judge_for(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    answers: &PaperAnswers,
    operation: &Operation,
) -> Result<Judged, KeepPaperError> {
    let mut reading = Reading::default();
    if let Some(words) = concerns_wrongly(office, who, file, why, &answers.concerns).await? {
        reading.wrong("concerns", words);
    }
    judge(office, file, answers, operation, reading).await
}

async fn permitted(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    answers: &PaperAnswers,
) -> Result<Operation, Stopped> {
    let reason = if why.reason.trim().is_empty() { answers.needed_for.as_str() } else { why.reason.as_str() };
    office.permit(who, Action::WriteNote, Some(file), why.purpose, reason).await
}

/// Answers that were found right.
pub(crate) struct Judged {
    dated: jiff::civil::Date,
    needed_for: String,
    original_at: Option<String>,
    answers: PaperAnswers,
    provenance: Provenance,
}

/// Finds the answers right, or says at which fields they are not.
pub(crate) async fn judge(
    office: &Office,
    file: FileId,
    answers: &PaperAnswers,
    operation: &Operation,
    mut reading: Reading,
) -> Result<Judged, KeepPaperError> {
    let today = operation.today();
    let dated = match answers.dated.trim() {
        "" => Some(today),
        typed => reading.keep("dated", entered::past_date(typed, today)),
    };
    let original_at = reading.keep("original-at", entered::line(&answers.original_at)).flatten();
    let needed_for = reading.keep("needed-for", entered::needed_line(&answers.needed_for, "Say what we keep this for"));
    let source_name = reading.keep("source-name", entered::line(&answers.source_name)).flatten();
    if answers.sort == PaperSort::Health && !health_is_needed(office, &*office.house().await?, file).await? {
        reading.wrong(
            "sort",
            "None of the services that this person uses needs facts about health, so we do not keep this letter. \
             Give it back, or name health for the service first",
        );
    }
    reading.finish().map_err(KeepPaperError::Wrong)?;
    Ok(Judged {
        dated: dated.unwrap_or(today),
        needed_for: needed_for.unwrap_or_default(),
        original_at,
        provenance: Provenance {
            source: answers.source.clone(),
            source_name: source_name.map(Personal::new),
            in_confidence: answers.in_confidence,
            ..Provenance::from_the_work(operation.actor.staff(), operation.now)
        },
        answers: answers.clone(),
    })
}

/// Whether a service that the person uses now names health (K4).
async fn health_is_needed(office: &Office, house: &House, file: FileId) -> Result<bool, Stopped> {
    let opened = office.book().file_in_passing(file).await?;
    let mut services = open_enrolments(&opened).map(|(_, enrolment)| enrolment.service);
    Ok(services.any(|service| refused_categories(house, Some(service), &[DataCategory::Health]).is_empty()))
}

/// Keeps papers whose answers were found right, in one deed.
pub(crate) async fn keep_judged(
    office: &Office,
    operation: &Operation,
    file: FileId,
    known: &Judged,
    papers: Vec<OnePaper>,
) -> Result<Vec<RecordId>, KeepPaperError> {
    let mut wrong = Vec::new();
    let mut ready = Vec::new();
    for (which, one) in papers.into_iter().enumerate() {
        match judge_one(&one, known) {
            Ok((title, text)) => ready.push((title, text, one.read)),
            Err(errors) => wrong.extend(errors.into_iter().map(|(field, words)| (which, field, words))),
        }
    }
    if !wrong.is_empty() {
        return Err(KeepPaperError::WrongPapers(wrong));
    }
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for (title, text, read) in ready {
        let id = office.book().next_record_id(operation.now);
        kept.push(id);
        make(office, operation, (file, id, None), known, (title, text, read.as_ref()), &mut made).await?;
    }
    let mut work = office.book().begin(operation).await?;
    for (id, paper, bodies) in made {
        for body in &bodies {
            work.note_body(body, None).await?;
        }
        let record = Record::new(known.provenance.clone(), Content::Paper(paper));
        work.add_with_id(Act::PaperAdded, file, id, &record, Filing::default()).await?;
    }
    work.commit().await?;
    Ok(kept)
}

fn judge_one(one: &OnePaper, known: &Judged) -> Result<(String, Option<String>), FieldErrors> {
    let mut reading = Reading::default();
    let title = reading.keep("title", entered::needed_line(&one.title, "Say what the paper is"));
    let text = reading.keep("text", entered::text(&one.text)).flatten();
    if one.read.is_none() && text.is_none() && known.original_at.is_none() {
        reading.wrong("upload", "Choose a file, type off what the paper says, or say where the original lies");
    }
    reading.finish()?;
    Ok((title.unwrap_or_default(), text))
}

type Made = (RecordId, Paper, Vec<book::Shelved>);

/// Shelves a paper's bodies and makes its record, then those of the papers inside it.
async fn make(
    office: &Office,
    operation: &Operation,
    (file, id, part_of): (FileId, RecordId, Option<RecordId>),
    known: &Judged,
    (title, typed, read): (String, Option<String>, Option<&ReadPaper>),
    made: &mut Vec<Made>,
) -> Result<(), KeepPaperError> {
    let mut paper = Paper {
        text: typed.map(Personal::new),
        original_at: known.original_at.clone().filter(|_| part_of.is_none()).map(Personal::new),
        concerns: known.answers.concerns.clone(),
        // What is attached to a mail is not a mail, or not always.
        sort: if part_of.is_some() && known.answers.sort == PaperSort::Mail {
            PaperSort::Other
        } else {
            known.answers.sort
        },
        needed_for: Some(Personal::new(known.needed_for.clone())),
        part_of,
        ..Paper::new(title, known.dated)
    };
    let mut bodies = Vec::new();
    if let Some(read) = read {
        let shelved = office.book().shelve(file, &read.bytes).await?;
        paper.body = Some(PaperBody {
            id: shelved.id,
            file_name: Personal::new(read.file_name.clone()),
            media_type: read.media_type().to_owned(),
            size: shelved.size,
            sha256: read.sha256.clone(),
        });
        bodies.push(shelved);
        put_reading(office, file, read, &mut paper, &mut bodies).await?;
    }
    made.push((id, paper, bodies));
    for inside in read.map_or(&[][..], |read| read.inside.as_slice()) {
        let child = office.book().next_record_id(operation.now);
        let said = (inside.proposed_title(), None, Some(inside));
        Box::pin(make(office, operation, (file, child, Some(id)), known, said, made)).await?;
    }
    Ok(())
}

/// Puts what was read into the record, and the reading itself on the shelf.
async fn put_reading(
    office: &Office,
    file: FileId,
    read: &ReadPaper,
    paper: &mut Paper,
    bodies: &mut Vec<book::Shelved>,
) -> Result<(), KeepPaperError> {
    paper.pages = u32::try_from(read.reading.pages.len()).unwrap_or(u32::MAX);
    paper.hidden = read.hidden().into_iter().map(Personal::new).collect();
    paper.troubles = read.troubles.iter().cloned().map(Personal::new).collect();
    // An archive says nothing itself: its members do, each in a paper of its own.
    if let Some(text) = read.text().filter(|_| paper.text.is_none() && read.sort != Sort::Zip) {
        paper.text_from = read.text_from();
        let end = text.floor_char_boundary(LONGEST_TEXT);
        if end < text.len() {
            let words = "The text is long: only its beginning stands in the record; all of it can be read on this page";
            paper.troubles.push(Personal::new(words.to_owned()));
        }
        paper.text = Some(Personal::new(text[..end].to_owned()));
    } else {
        paper.text_from = TextFrom::Typed;
    }
    if !read.reading.text.is_empty() || !read.reading.pages.is_empty() {
        let json = serde_json::to_vec(&*read.reading).map_err(|_| Stopped::NotFound)?;
        let shelved = office.book().shelve(file, &json).await?;
        paper.reading = Some(shelved.id);
        bodies.push(shelved);
    }
    Ok(())
}
