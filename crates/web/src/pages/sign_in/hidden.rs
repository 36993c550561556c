//! The hidden screen: nothing of the page is left, and only its owner brings it back.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use duties::accounts::{Proof, hide_screen, show_screen};
use serde::Deserialize;

use super::{DemoCode, enter, refusal, say, with_cookie};
use crate::app::{App, problem};
use crate::book::SessionState;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::local_path::local_path;
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, secret, words};
use crate::who::AnyWho;

#[derive(Template)]
#[template(path = "sign_in/hidden.html")]
struct HiddenPage {
    shell: Shell,
    form: Form,
    to: String,
    demo: DemoCode,
}

/// Where to go back to.
#[derive(Deserialize)]
pub(super) struct To {
    #[serde(default)]
    to: String,
}

fn questions() -> Form {
    Form::new()
        .ask(Field::code("code", "Code").hint("Six digits, from the app on your telephone"))
        .ask(Field::password("password", "Or your password"))
}

async fn page(app: &App, who: &AnyWho, form: Form, to: &str) -> Result<HiddenPage, Problem> {
    let shell = app.public_shell(Title::new("Screen hidden").with_error(form.has_errors())).await?;
    Ok(HiddenPage { shell, form, to: local_path(to).unwrap_or("/today").to_owned(), demo: DemoCode::of(app, &who.1) })
}

/// `POST /hide`
pub(super) async fn hide(State(app): State<App>, who: AnyWho, headers: HeaderMap) -> Result<Response, Problem> {
    if who.0.state != SessionState::In {
        return Ok(Redirect::to("/sign-in/hidden").into_response());
    }
    let way_in = hide_screen(&app.office, &who.0).await.map_err(problem)?;
    let to = match came_from(&headers) {
        Some(path) => format!("/sign-in/hidden?to={}", urlencoding::encode(&path)),
        None => "/sign-in/hidden".to_owned(),
    };
    Ok(with_cookie(&app, &way_in, Redirect::to(&to).into_response()))
}

/// The page of ours on which the button was pressed.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let rest = referer.strip_prefix("https://").or_else(|| referer.strip_prefix("http://"))?;
    let path = &rest[rest.find('/')?..];
    local_path(path).map(str::to_owned)
}

/// `GET /sign-in/hidden`
pub(super) async fn ask(State(app): State<App>, who: AnyWho, Query(to): Query<To>) -> Result<Response, Problem> {
    if who.0.state != SessionState::Hidden {
        return Ok(Redirect::to("/").into_response());
    }
    Ok(Page::new(page(&app, &who, questions(), &to.to).await?).into_response())
}

/// `POST /sign-in/hidden`
pub(super) async fn answer(
    State(app): State<App>,
    who: AnyWho,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    if who.0.state != SessionState::Hidden {
        return Ok(Redirect::to("/").into_response());
    }
    let (code, password, to) = (words(&posted, "code"), secret(&posted, "password"), words(&posted, "to"));
    let proof = if password.is_empty() { Proof::Code(code) } else { Proof::Password(password) };
    match show_screen(&app.office, &who.0, proof).await {
        Ok(way_in) => Ok(enter(&app, &way_in, local_path(to).unwrap_or("/today"))),
        Err(error) => {
            let mut form = questions();
            let wrong = ("code", "That is not right. Enter the code that your app shows now, or your password.");
            let wait = say(&mut form, error, wrong)?;
            Ok(refusal(Page::with_errors(page(&app, &who, form, to).await?), wait))
        }
    }
}
