//! Proving once more that it is you, on the way to what is older or graver.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{DemoCode, WRONG_CODE, enter, refusal, say};
use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::local_path::local_path;
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, words};
use crate::who::{AnyWho, Who};

#[derive(Template)]
#[template(path = "sign_in/step_up.html")]
struct StepUpPage {
    shell: Shell,
    form: Form,
    to: String,
    again: bool,
    demo: DemoCode,
}

/// Where to go on to.
#[derive(Deserialize)]
pub(super) struct To {
    #[serde(default)]
    to: String,
    /// Whether a form was stopped on its way, and is to be sent again.
    #[serde(default)]
    again: String,
}

fn question() -> Form {
    Form::new().ask(Field::code("code", "Code").hint("Six digits, from the app on your telephone"))
}

async fn page(app: &App, who: &Who, form: Form, (to, again): (&str, bool)) -> Result<StepUpPage, Problem> {
    let shell = app.shell(who, Title::new("Confirm that it is you").with_error(form.has_errors())).await?;
    let to = local_path(to).unwrap_or("/today").to_owned();
    Ok(StepUpPage { shell, form, to, again, demo: DemoCode::of(app, &who.0) })
}

/// `GET /step-up?to=…`
pub(super) async fn ask(State(app): State<App>, who: Who, Query(to): Query<To>) -> Result<Response, Problem> {
    Ok(Page::new(page(&app, &who, question(), (&to.to, !to.again.is_empty())).await?).into_response())
}

/// `POST /step-up`
pub(super) async fn answer(
    State(app): State<App>,
    who: Who,
    AnyWho(session, _): AnyWho,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let to = words(&posted, "to");
    match duties::accounts::step_up(&app.office, &session, words(&posted, "code")).await {
        Ok(way_in) => Ok(enter(&app, &way_in, local_path(to).unwrap_or("/today"))),
        Err(error) => {
            let mut form = question();
            let wait = say(&mut form, error, ("code", WRONG_CODE))?;
            Ok(refusal(
                Page::with_errors(page(&app, &who, form, (to, !words(&posted, "again").is_empty())).await?),
                wait,
            ))
        }
    }
}
