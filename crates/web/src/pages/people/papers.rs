//! Papers of a file: the list, keeping one, opening one.

use askama::Template;
use axum::body::Body;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use duties::notes::{KeepPaperError, LARGEST_PAPER, NewPaper, Upload, keep_paper, open_paper};
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Content as Shown, Table};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{Content, FileId, Kind, Source};
use crate::who::Who;

use super::ask::{Question, page};
use super::forms::{Posted, day, put_errors, source, source_field, ticked, typed, typed_date};
use super::head::{Head, Tab, shown, shown_whole};
use super::notes::{ids, others};
use super::reason::file_id;
use super::timeline::said;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

/// Which papers.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    older: u8,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "people/papers.html")]
struct PapersPage {
    shell: Shell,
    head: Head,
    file: FileId,
    table: Table,
    whole: bool,
    may_keep: bool,
}

impl PapersPage {
    fn keep_href(&self) -> String {
        format!("/people/{}/papers/new", self.file)
    }
}

/// The papers.
pub async fn list(State(app): State<App>, who: Who, Path(file): Path<String>, Query(which): Query<Which>) -> Answer {
    let file = file_id(&file)?;
    let whole = which.older == 1;
    let found = if whole {
        shown_whole(&app, &who.0, file, Tab::Papers, "/papers?older=1").await?
    } else {
        shown(&app, &who.0, file, Some(Tab::Papers), "/papers").await?
    };
    let head = Table::new("Papers")
        .column("Paper")
        .column("Dated")
        .column("What it says")
        .column("Original")
        .named_rows()
        .cards();
    let table = found.opened.file.of_kind(Kind::Paper).fold(head, |table, opened| {
        let Content::Paper(paper) = &opened.record.content else { return table };
        let title = paper.title.for_page().clone();
        let cell = match &paper.body {
            Some(_) => Cell::link(title, format!("/people/{file}/papers/{}/open", opened.header.id)),
            None => title.into(),
        };
        let text = paper.text.as_ref().map_or_else(String::new, |text| shortened(text.for_page()));
        let original =
            paper.original_at.as_ref().map_or_else(|| "not kept".to_owned(), |place| place.for_page().clone());
        table.row([cell, day(paper.dated).into(), Shown::from(text).into(), original.into()])
    });
    let may_keep = app.office.would_permit(&who.0, Action::WriteNote, Some(file), found.why.purpose).await;
    let shell = said(app.shell(&who, Title::new("Papers")).await?.within(Section::People), &which.done);
    Ok(Page::new(PapersPage { shell, head: found.head, file, table, whole, may_keep }).into_response())
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(160).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The empty form.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let form = questions(&app, &who, file).await?;
    page(&app, &who, file, question(), form).await
}

/// Keeps the paper.
pub async fn keep(State(app): State<App>, who: Who, Path(file): Path<String>, upload: Multipart) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    // Before the body is read: nobody fills the memory who may not write here.
    app.office
        .permit(&who.0, Action::WriteNote, Some(file), why.purpose, &why.reason)
        .await
        .map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let (posted, upload) = received(upload).await?;
    let new = NewPaper {
        title: typed(&posted, "title").to_owned(),
        dated: typed_date(&posted, "dated"),
        text: typed(&posted, "text").to_owned(),
        original_at: typed(&posted, "original-at").to_owned(),
        upload,
        needed_for: typed(&posted, "needed-for").to_owned(),
        concerns: ticked(&posted, "concerns").filter_map(|id| id.parse().ok()).collect(),
        source: source(&posted),
        in_confidence: typed(&posted, "in-confidence") == "yes",
    };
    let chosen = new.upload.is_some();
    match keep_paper(&app.office, &who.0, file, &why, new).await {
        Ok(_) => Ok(to(&format!("/people/{file}/papers?done=paper"))),
        Err(KeepPaperError::Wrong(errors)) => {
            let mut form = questions(&app, &who, file).await?.fill(&posted);
            put_errors(&mut form, errors);
            if chosen {
                // Browsers never fill this field again.
                form.error("upload", "Choose the file again");
            }
            page(&app, &who, file, question(), form).await
        }
        Err(KeepPaperError::Stopped(stopped)) => Err(at_file(stopped, file, "/papers")),
    }
}

fn question() -> Question {
    let mut question = Question::new("Keep a paper", "/papers/new", "Keep the paper").back("/papers");
    question.upload = true;
    question
}

async fn questions(app: &App, who: &Who, file: FileId) -> Result<Form, Turned> {
    let found = shown(app, &who.0, file, None, "/papers").await?;
    let most = LARGEST_PAPER / 1024 / 1024;
    let mut form = Form::new()
        .ask(Field::text("title", "What is it?").hint("Like \"Letter from school about transport\"."))
        .ask(Field::text("needed-for", "What do we keep it for?").hint("We keep nothing that nobody needs."))
        .ask(
            Field::date("dated", "Which day does it bear?").hint("Or the day on which it came. For example, 4 11 2026"),
        )
        .ask(
            Field::file("upload", "Scan or file")
                .hint(format!("PDF, Word, Excel, OpenDocument, e-mail, text, JPEG, PNG or TIFF, at most {most} MB."))
                .accept(".pdf,.docx,.xlsx,.odt,.eml,.txt,.jpg,.jpeg,.png,.tif,.tiff"),
        )
        .ask(
            Field::area("text", "What does it say?")
                .hint("Type off what matters, so that it can be found and read out."),
        )
        .ask(
            Field::text("original-at", "Where does the original lie?")
                .hint("Like \"Cabinet 2, folder R\". Leave it empty if we do not keep it."),
        );
    let others = others(app, &found.opened.file);
    if !others.is_empty() {
        let choices = others.into_iter().map(|(id, name)| Choice::new(id.to_string(), name));
        form = form.ask(Field::checkboxes("concerns", "Whom else is it about?", choices).small());
    }
    Ok(form.ask(source_field(&Source::Organisation)).ask(Field::checkboxes(
        "in-confidence",
        "Did it come in confidence?",
        [Choice::new("yes", "Yes. We ask the sender before we show it to the person")],
    )))
}

/// Reads an upload: the fields, and the file where one was chosen.
pub async fn received(mut upload: Multipart) -> Result<(Posted, Option<Upload>), Turned> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        Turned::Problem(if too_large { Problem::TooLarge } else { Problem::BadRequest })
    };
    let (mut posted, mut file) = (Posted::new(), None);
    while let Some(field) = upload.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file_name) => {
                let bytes = field.bytes().await.map_err(unreadable)?.to_vec();
                // An empty name is how browsers say that no file was chosen.
                if !file_name.is_empty() {
                    file = Some(Upload { file_name, bytes });
                }
            }
            None => posted.push((name, field.text().await.map_err(unreadable)?)),
        }
    }
    Ok((posted, file))
}

/// Sends the paper as a download: nothing of it ever runs as a page of ours.
pub async fn open(State(app): State<App>, who: Who, Path((file, paper)): Path<(String, String)>) -> Answer {
    let (file, paper) = ids(&file, &paper)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let opened = open_paper(&app.office, &who.0, (file, paper), &why)
        .await
        .map_err(|stopped| at_file(stopped, file, "/papers?older=1"))?;
    let ending = opened.body.file_name.for_page().rsplit_once('.').map_or("bin", |(_, ending)| ending);
    let ending = if ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric()) { ending } else { "bin" };
    // The name of the download is the paper's number: downloads folders are read by others, too.
    let disposition = format!("attachment; filename=\"paper-{paper}.{ending}\"");
    let mut response = Response::new(Body::from(opened.bytes));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&opened.body.media_type).map_err(|_| Turned::Problem(Problem::Internal))?;
    headers.insert(header::CONTENT_TYPE, kind);
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Turned::Problem(Problem::Internal))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
