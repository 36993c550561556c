//! Mentions of the subject in other people's files, with check boxes to take records into the answer.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use duties::Stopped;
use duties::requests::{SeekMentionsError, seek_mentions, take_in};

use super::posted::Posted;
use super::step::{back, stop};
use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::people::mentions::{FileShown, MOST, files_shown, said};
use crate::records::{FileId, RecordId};
use crate::who::Who;

#[derive(Template)]
#[template(path = "requests/mentions.html")]
struct MentionsPage {
    shell: Shell,
    reference: String,
    said: String,
    form: Form,
    files: Vec<FileShown>,
}

/// `GET /requests/{reference}/mentions`
pub async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, &reference, "").await
}

async fn page(app: &App, who: &Who, reference: &str, wrong: &str) -> Result<Response, Problem> {
    let found = match seek_mentions(&app.office, &who.0, reference, MOST, |_| {}).await {
        Ok(found) => found,
        Err(SeekMentionsError::Stopped(stopped)) => return Ok(turned(stopped, reference)),
        Err(SeekMentionsError::TooLate | SeekMentionsError::NothingChosen) => {
            return Ok(Redirect::to(&format!("/requests/{reference}/search")).into_response());
        }
    };
    let files = files_shown(&found);
    let mut form = Form::new();
    let choices = files.iter().flat_map(|file| {
        file.records
            .iter()
            .map(|record| Choice::new(record.value.clone(), format!("{}, file of {}", record.heading, file.called)))
    });
    form = form.ask(Field::checkboxes("record", "Which of these are about the person?", choices));
    if !wrong.is_empty() {
        form.error("record", wrong);
    }
    let bad = form.has_errors();
    let title = Title::new("Mentions in other files").reference(reference).with_error(bad);
    let shell = app.shell(who, title).await?.within(Section::Requests);
    let page = MentionsPage { shell, reference: reference.to_owned(), said: said(&found), form, files };
    Ok(if bad { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// `POST /requests/{reference}/mentions`
pub async fn take(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let ticked = posted.iter().filter(|(key, _)| key == "record").map(|(_, value)| place(value));
    let chosen: Vec<(FileId, RecordId)> = ticked.collect::<Option<_>>().ok_or(Problem::BadRequest)?;
    match take_in(&app.office, &who.0, &reference, &chosen).await {
        Ok(_) => Ok(back(&reference, "mentions")),
        Err(SeekMentionsError::Stopped(stopped)) => Ok(turned(stopped, &reference)),
        Err(wrong) => page(&app, &who, &reference, &wrong.to_string()).await,
    }
}

fn place(value: &str) -> Option<(FileId, RecordId)> {
    let (file, record) = value.split_once('/')?;
    Some((file.parse().ok()?, record.parse().ok()?))
}

fn turned(stopped: Stopped, reference: &str) -> Response {
    match stopped {
        Stopped::NeedsStepUp => {
            let path = format!("/requests/{reference}/mentions");
            Redirect::to(&format!("/step-up?to={}", urlencoding::encode(&path))).into_response()
        }
        other => stop(other),
    }
}
