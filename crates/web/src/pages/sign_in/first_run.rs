//! The first run of a new book: whoever sits at its terminal makes the first account.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use duties::accounts::{FirstAccount, FirstRunError, first_run_open, start_first_account};

use super::welcome::new_password;
use super::{enter, refusal, say, user_agent};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, secret, words};

#[derive(Template)]
#[template(path = "sign_in/first_run.html")]
struct FirstRunPage {
    shell: Shell,
    form: Form,
}

#[derive(Template)]
#[template(path = "sign_in/first_run_explained.html")]
struct ExplainedPage {
    shell: Shell,
}

fn questions() -> Form {
    Form::new()
        .ask(Field::text("name", "Your full name").autocomplete("name"))
        .ask(
            Field::email("email", "Your e-mail address")
                .autocomplete("username")
                .hint("You sign in with it. We send nothing to it"),
        )
        .ask(new_password("password", "Choose a password"))
}

async fn page(app: &App, form: Form) -> Result<FirstRunPage, Problem> {
    let shell = app.public_shell(Title::new("Set up Guardbook").with_error(form.has_errors())).await?;
    Ok(FirstRunPage { shell, form })
}

/// `GET /first-run`: where the link is, while there is nobody yet.
pub(super) async fn explain(State(app): State<App>) -> Result<Response, Problem> {
    if !app.office.house().await.map_err(problem)?.staff.is_empty() {
        return Err(Problem::NotFound);
    }
    let shell = app.public_shell(Title::new("Set up Guardbook")).await?;
    Ok(Page::new(ExplainedPage { shell }).into_response())
}

/// `GET /first-run/{secret}`
pub(super) async fn ask(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Problem> {
    if !first_run_open(&app.office, &token).await.map_err(problem)? {
        return Err(Problem::NotFound);
    }
    Ok(Page::new(page(&app, questions()).await?).into_response())
}

/// `POST /first-run/{secret}`
pub(super) async fn answer(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let new = FirstAccount {
        name: words(&posted, "name").to_owned(),
        email: words(&posted, "email").to_owned(),
        password: secret(&posted, "password").to_owned(),
    };
    let mut form = questions().fill(&posted);
    let mut wait = None;
    match start_first_account(&app.office, &token, new, user_agent(&headers)).await {
        Ok(way_in) => return Ok(enter(&app, &way_in, "/")),
        Err(FirstRunError::Closed) => return Err(Problem::NotFound),
        Err(FirstRunError::Fields(faults)) => {
            for (field, wrong) in faults {
                form.error(field, wrong);
            }
        }
        Err(FirstRunError::Stopped(error)) => wait = say(&mut form, error, ("password", "Try again"))?,
    }
    Ok(refusal(Page::with_errors(page(&app, form).await?), wait))
}
