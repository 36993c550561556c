//! The first step: address and password.

use askama::Template;
use axum::Form as Posting;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use duties::accounts::sign_in;

use super::{MaybeWho, REFUSED, enter, refusal, say, user_agent};
use crate::app::{App, DemoSignIn, problem};
use crate::book::SessionState;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, secret, words};
use crate::who::AnyWho;

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
struct SignInPage {
    shell: Shell,
    form: Form,
    demo: Vec<DemoSignIn>,
    nobody: bool,
}

fn questions() -> Form {
    Form::new()
        .ask(Field::email("email", "E-mail address").autocomplete("username"))
        .ask(Field::password("password", "Password"))
}

async fn page(app: &App, form: Form) -> Result<SignInPage, Problem> {
    let mut shell = app.public_shell(Title::new("Sign in").with_error(form.has_errors())).await?;
    shell.demo |= !app.demo.is_empty();
    let nobody = app.office.house().await.map_err(problem)?.staff.is_empty();
    Ok(SignInPage { shell, form, demo: app.demo.to_vec(), nobody })
}

/// `GET /sign-in`
pub(super) async fn ask(State(app): State<App>, MaybeWho(who): MaybeWho) -> Result<Response, Problem> {
    if let Some(AnyWho(session, _)) = who {
        let on = match session.state {
            SessionState::In => Some("/"),
            SessionState::Hidden => Some("/sign-in/hidden"),
            SessionState::HalfIn | SessionState::SettingUp => None,
        };
        if let Some(on) = on {
            return Ok(Redirect::to(on).into_response());
        }
    }
    Ok(Page::new(page(&app, questions()).await?).into_response())
}

/// `POST /sign-in`
pub(super) async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let mut form = questions().fill(&posted);
    let (email, password) = (words(&posted, "email"), secret(&posted, "password"));
    if email.is_empty() {
        form.error("email", "Enter your e-mail address");
    }
    if password.is_empty() {
        form.error("password", "Enter your password");
    }
    if form.has_errors() {
        return Ok(Page::with_errors(page(&app, form).await?).into_response());
    }
    match sign_in(&app.office, email, password, user_agent(&headers)).await {
        Ok(way_in) => Ok(enter(&app, &way_in, "/today")),
        Err(error) => {
            let wait = say(&mut form, error, ("email", REFUSED))?;
            Ok(refusal(Page::with_errors(page(&app, form).await?), wait))
        }
    }
}
