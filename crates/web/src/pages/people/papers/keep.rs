//! Keeping papers, first page: the files, and what is said once for all of them.

use std::time::Duration;

use axum::extract::{Multipart, Path, State};
use duties::notes::{
    ACCEPTED, KINDS, KeepPaperError, LARGEST_PAPER, LARGEST_TOGETHER, MOST_TOGETHER, PaperAnswers, Upload,
    check_answers,
};

use crate::access::Action;
use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::work::PaperSort;
use crate::records::{FileId, Source};
use crate::who::Who;

use super::super::ask::{Question, page};
use super::super::forms::{Posted, put_errors, source, source_field, ticked, typed, typed_date};
use super::super::head::shown;
use super::super::notes::others;
use super::super::reason::file_id;
use super::super::turned::{Answer, Turned, at_file, to};
use super::super::whys::why;
use super::waiting::{Chosen, put};

/// So long the first answer waits for the files to be read; after that a page says how far it is.
const PATIENCE: Duration = Duration::from_secs(6);

/// The empty form, or what was typed before where files wait.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let waits = app.papers.chosen(&who, file, app.office.now());
    let mut form = questions(&app, &who, file, waits.as_ref()).await?;
    if let Some(waits) = &waits {
        form = form.fill(&waits.posted);
    }
    page(&app, &who, file, question(&app, waits.as_ref()), form).await
}

/// Takes the files in, has them read, and goes on to the page that shows what was read.
pub async fn keep(State(app): State<App>, who: Who, Path(file): Path<String>, upload: Multipart) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    // Before the body is read: nobody fills the memory who may not write here.
    app.office
        .permit(&who.0, Action::WriteNote, Some(file), why.purpose, &why.reason)
        .await
        .map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let (posted, uploads) = received_all(upload).await?;
    let before = app.papers.chosen(&who, file, app.office.now());
    let (good, mut wrong) = sorted(uploads, before.as_ref());
    let none = good.is_empty() && before.as_ref().is_none_or(|before| before.files.is_empty());
    if none && wrong.is_empty() && typed(&posted, "original-at").trim().is_empty() {
        wrong.push("Choose one or more files. If there is only paper, say below where it lies".to_owned());
    }
    let reading = put(&app, &who, file, &posted, good);
    let answers = answers(&posted);
    let errors = match check_answers(&app.office, &who.0, file, &why, &answers).await {
        Ok(()) => Vec::new(),
        Err(KeepPaperError::Wrong(errors)) => errors,
        Err(KeepPaperError::Stopped(stopped)) => return Err(at_file(stopped, file, "/papers")),
        Err(KeepPaperError::WrongPapers(_)) => return Err(Turned::Problem(Problem::Internal)),
    };
    if errors.is_empty() && wrong.is_empty() {
        let _ = tokio::time::timeout(PATIENCE, reading).await;
        return Ok(to(&format!("/people/{file}/papers/check")));
    }
    let waits = app.papers.chosen(&who, file, app.office.now());
    let mut form = questions(&app, &who, file, waits.as_ref()).await?.fill(&posted);
    if !wrong.is_empty() {
        form.error("upload", wrong.join(". "));
    }
    put_errors(&mut form, errors);
    page(&app, &who, file, question(&app, waits.as_ref()), form).await
}

/// The files that can be kept, and what is wrong with the others, each with its name.
fn sorted(uploads: Vec<Upload>, before: Option<&Chosen>) -> (Vec<Upload>, Vec<String>) {
    let (mut size, mut count) = before.map_or((0, 0), |before| (before.size(), before.files.len()));
    let (mut good, mut wrong) = (Vec::new(), Vec::new());
    for upload in uploads {
        size += upload.bytes.len();
        count += 1;
        match upload.sort() {
            Err(words) => wrong.push(format!("{}: {words}", upload.file_name)),
            Ok(_) if size > LARGEST_TOGETHER || count > MOST_TOGETHER => wrong.push(format!(
                "{}: Keep this one afterwards. One upload takes {MOST_TOGETHER} files of {} MB together",
                upload.file_name,
                LARGEST_TOGETHER / 1024 / 1024
            )),
            Ok(_) => good.push(upload),
        }
    }
    (good, wrong)
}

fn question(app: &App, waits: Option<&Chosen>) -> Question {
    let mut question = Question::new("Keep papers", "/papers/new", "Read them").back("/papers");
    question.upload = true;
    let names: Vec<&str> = waits.map_or_else(Vec::new, |waits| waits.files.iter().map(|f| f.name.as_str()).collect());
    if !names.is_empty() {
        question = question.intro(format!(
            "Here already, so you need not choose them again for half an hour: {}. You can add more.",
            names.join(", ")
        ));
    }
    if !app.office.worker().recognises() {
        question = question.intro(
            "This machine does not recognise words in scans and photographs. They are kept as pictures; type off what \
             matters on the next page.",
        );
    }
    question.intro("On the next page you see what was read, and nothing is kept before you say so there.")
}

async fn questions(app: &App, who: &Who, file: FileId, waits: Option<&Chosen>) -> Result<Form, Turned> {
    let found = shown(app, &who.0, file, None, "/papers").await?;
    let most = LARGEST_PAPER / 1024 / 1024;
    let label =
        if waits.is_some_and(|waits| !waits.files.is_empty()) { "More scans or files" } else { "Scans or files" };
    let sorts = PaperSort::ALL.map(|sort| Choice::new(sort.slug(), sort.words()));
    let mut form = Form::new()
        .ask(
            Field::file("upload", label)
                .hint(format!("You can choose several. {KINDS}, each at most {most} MB."))
                .accept(ACCEPTED)
                .multiple(),
        )
        .ask(Field::select("sort", "What sort of paper is it?", sorts).value(PaperSort::Letter.slug()))
        .ask(Field::text("needed-for", "What do we keep it for?").hint("We keep nothing that nobody needs."))
        .ask(
            Field::date("dated", "Which day does it bear?")
                .hint("Or the day on which it came. For example, 4 11 2026. Leave it empty for today."),
        )
        .ask(source_field(&Source::Organisation))
        .ask(Field::text("source-name", "Their name and role").hint("If it matters, like \"Dr Example, Elm Surgery\"."))
        .ask(Field::checkboxes(
            "in-confidence",
            "Did it come in confidence?",
            [Choice::new("yes", "Yes. We ask the sender before we show it to the person")],
        ));
    let others = others(app, &found.opened.file);
    if !others.is_empty() {
        let choices = others.into_iter().map(|(id, name)| Choice::new(id.to_string(), name));
        form = form.ask(Field::checkboxes("concerns", "Whom else is it about?", choices).small());
    }
    Ok(form.ask(
        Field::text("original-at", "Where does the original lie?")
            .hint("Like \"Cabinet 2, folder R\". Leave it empty if we do not keep it."),
    ))
}

/// What was said once for all papers.
pub fn answers(posted: &Posted) -> PaperAnswers {
    PaperAnswers {
        sort: PaperSort::from_slug(typed(posted, "sort")).unwrap_or_default(),
        needed_for: typed(posted, "needed-for").to_owned(),
        dated: typed_date(posted, "dated"),
        original_at: typed(posted, "original-at").to_owned(),
        concerns: ticked(posted, "concerns").filter_map(|id| id.parse().ok()).collect(),
        source: source(posted),
        source_name: typed(posted, "source-name").to_owned(),
        in_confidence: typed(posted, "in-confidence") == "yes",
    }
}

/// Reads an upload: the fields, and the file where one was chosen.
pub async fn received(upload: Multipart) -> Result<(Posted, Option<Upload>), Turned> {
    let (posted, mut files) = received_all(upload).await?;
    Ok((posted, files.pop()))
}

/// Reads an upload: the fields, and all files that were chosen.
async fn received_all(mut upload: Multipart) -> Result<(Posted, Vec<Upload>), Turned> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        Turned::Problem(if too_large { Problem::TooLarge } else { Problem::BadRequest })
    };
    let (mut posted, mut files) = (Posted::new(), Vec::new());
    while let Some(field) = upload.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file_name) => {
                let bytes = field.bytes().await.map_err(unreadable)?.to_vec();
                // An empty name is how browsers say that no file was chosen.
                if !file_name.is_empty() {
                    files.push(Upload { file_name, bytes });
                }
            }
            None => posted.push((name, field.text().await.map_err(unreadable)?)),
        }
    }
    Ok((posted, files))
}
