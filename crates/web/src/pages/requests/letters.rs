//! A letter of a case: read on the page, printed, as PDF, and marked as sent. The original as it was handed in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use duties::papers::typeset;
use duties::requests::{SendLetterError, mark_sent, open_original, paper, view_letter};

use super::step::{back, stop};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::records::RecordId;
use crate::records::operation::london;
use crate::records::work::Letter;
use crate::who::Who;

#[derive(Template)]
#[template(path = "requests/letter.html")]
struct LetterPage {
    shell: Shell,
    reference: String,
    base: String,
    id: String,
    kind: &'static str,
    charity: String,
    letterhead: Vec<String>,
    to: Vec<String>,
    date: String,
    subject: String,
    paragraphs: Vec<String>,
    sent: Option<String>,
}

/// `GET /requests/{reference}/letters/{letter}`, with `.pdf` at the end as PDF/UA.
pub async fn show(
    State(app): State<App>,
    who: Who,
    Path((reference, letter)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, as_pdf) = letter.strip_suffix(".pdf").map_or((letter.as_str(), false), |id| (id, true));
    let record: RecordId = id.parse().map_err(|_| Problem::NotFound)?;
    let (case, letter) = view_letter(&app.office, &who.0, &reference, record).await.map_err(problem)?;
    letter_page(&app, &who, ("requests", reference), (&case.house, letter), (id, as_pdf)).await
}

/// A letter of a case, by the first part of the case's address, on the page or as PDF/UA.
pub async fn letter_page(
    app: &App,
    who: &Who,
    (sort, reference): (&str, String),
    (house, letter): (&duties::House, Letter),
    (id, as_pdf): (&str, bool),
) -> Result<Response, Problem> {
    let document = paper(house, &reference, &letter);
    if as_pdf {
        // Typesetting takes long enough to hold others up.
        let typeset = tokio::task::spawn_blocking(move || typeset::to_pdf(&document)).await;
        let Ok(Ok(pdf)) = typeset else {
            tracing::error!("a letter could not be typeset");
            return Err(Problem::Internal);
        };
        let name = format!("inline; filename=\"{reference}-letter.pdf\"");
        let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
        return Ok((headers, pdf.pdf).into_response());
    }
    let title = Title::new("Letter").reference(&reference);
    let page = LetterPage {
        shell: app.shell(who, title).await?.within(Section::Requests),
        base: format!("/{sort}/{reference}"),
        id: id.to_owned(),
        kind: letter.letter.words(),
        charity: document.letterhead.organisation.clone(),
        letterhead: document.letterhead.lines.clone(),
        to: document.addressee.clone(),
        date: duties::clock::uk_date(letter.dated),
        subject: document.title.clone(),
        paragraphs: letter.paragraphs.iter().map(|words| words.for_page().clone()).collect(),
        sent: letter.sent.map(|at| duties::clock::weekday_date(london(at).date())),
        reference,
    };
    Ok(Page::new(page).into_response())
}

/// `POST /requests/{reference}/letters/{letter}`: it went out.
pub async fn sent(State(app): State<App>, who: Who, Path((reference, letter)): Path<(String, String)>) -> Response {
    let Ok(record) = letter.parse::<RecordId>() else { return Problem::NotFound.into_response() };
    match mark_sent(&app.office, &who.0, &reference, record).await {
        // Sent twice is sent.
        Ok(()) | Err(SendLetterError::Already) => back(&reference, "sent"),
        Err(SendLetterError::Stopped(stopped)) => stop(stopped),
    }
}

/// `GET /requests/{reference}/original`: always saved as a file and never shown within our own pages.
pub async fn original(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let original = open_original(&app.office, &who.0, &reference).await.map_err(problem)?;
    let end = match original.media_type.as_str() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/tiff" => "tif",
        "text/plain" => "txt",
        _ => "bin",
    };
    let name = format!("attachment; filename=\"{reference}-original.{end}\"");
    let headers = [(header::CONTENT_TYPE, original.media_type), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, original.bytes).into_response())
}
