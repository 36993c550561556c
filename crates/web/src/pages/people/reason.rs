//! Asking why: the purpose for which somebody opens a file, and their reason in words.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use duties::people::{Why, purposes};
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{FileId, Purpose, RecordId};
use crate::who::Who;

use super::forms::{Posted, first_up, typed};
use super::turned::{Answer, Turned, at_file, to};

/// Where to go on afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Then {
    #[serde(default)]
    then: String,
}

#[derive(Template)]
#[template(path = "people/reason.html")]
struct ReasonPage {
    shell: Shell,
    form: Form,
    then: String,
    action: String,
}

/// The parts of a file to which the page may lead on: nothing else, so that no link can lead out of the file.
const PARTS: [&str; 13] = [
    "",
    "/timeline",
    "/timeline?older=1",
    "/papers",
    "/papers?older=1",
    "/family",
    "/looked",
    "/mentions",
    "/requests",
    "/notes/new",
    "/papers/new",
    "/contacts/new",
    "/keeping",
];

/// Whether a path leads on within the file: one of its parts, or one of its papers.
fn is_part(then: &str) -> bool {
    let paper = then.strip_prefix("/papers/").map(|rest| rest.strip_suffix("/purpose").unwrap_or(rest));
    PARTS.contains(&then) || paper.is_some_and(|paper| paper.parse::<RecordId>().is_ok())
}

/// The question.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>, Query(query): Query<Then>) -> Answer {
    let file = file_id(&file)?;
    let open = purposes(&app.office, &who.0, Action::OpenFile, file).await.map_err(|s| at_file(s, file, ""))?;
    page(&app, &who, file, questions(&open), &query.then).await
}

/// Keeps the answer for half an hour, and goes on.
pub async fn keep(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let open = purposes(&app.office, &who.0, Action::OpenFile, file).await.map_err(|s| at_file(s, file, ""))?;
    let mut form = questions(&open).fill(&posted);
    let then = typed(&posted, "then").to_owned();
    let purpose = Purpose::from_slug(typed(&posted, "purpose")).filter(|purpose| open.contains(purpose));
    let reason = typed(&posted, "reason").trim();
    if purpose.is_none() {
        form.error("purpose", "Choose what you open the file for");
    }
    if reason.chars().count() < 3 {
        form.error("reason", "Say in a few words why you need the file");
    } else if reason.chars().count() > 500 {
        form.error("reason", "Shorten the reason to 500 characters");
    }
    match purpose.filter(|_| !form.has_errors()) {
        Some(purpose) => {
            app.whys.keep(&who.0, file, Why::with_reason(purpose, reason), app.office.now());
            let then = if is_part(&then) { then.as_str() } else { "" };
            Ok(to(&format!("/people/{file}{then}")))
        }
        None => page(&app, &who, file, form, &then).await,
    }
}

fn questions(open: &[Purpose]) -> Form {
    let choices = open.iter().map(|purpose| Choice::new(purpose.slug(), first_up(purpose.words())));
    let mut purpose = Field::radios("purpose", "What do you open this file for?", choices);
    if let [only] = open {
        purpose = purpose.value(only.slug());
    }
    Form::new().ask(purpose).ask(
        Field::text("reason", "Why do you need it?")
            .hint("A few words, like \"planning tomorrow's visit\". Do not write anybody's name."),
    )
}

async fn page(app: &App, who: &Who, file: FileId, form: Form, then: &str) -> Answer {
    let shell = app.shell(who, Title::new("Why do you open this file?").with_error(form.has_errors())).await?;
    let wrong = form.has_errors();
    let page = ReasonPage {
        shell: shell.within(Section::People),
        form,
        then: then.to_owned(),
        action: format!("/people/{file}/reason"),
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// The file in a path; anything else looks like a file that is not there.
pub fn file_id(text: &str) -> Result<FileId, Turned> {
    text.parse().map_err(|_| Turned::Problem(crate::errors::Problem::NotFound))
}
