//! The second step: the code of the moment, or a recovery code.

use askama::Template;
use axum::Form as Posting;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use duties::accounts::{use_recovery_code, verify_second_factor};

use super::{DemoCode, WRONG_CODE, enter, refusal, say};
use crate::app::App;
use crate::book::SessionState;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, words};
use crate::who::AnyWho;

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct CodePage {
    shell: Shell,
    form: Form,
    demo: DemoCode,
}

#[derive(Template)]
#[template(path = "sign_in/recover.html")]
struct RecoverPage {
    shell: Shell,
    form: Form,
}

fn question() -> Form {
    Form::new().ask(Field::code("code", "Code").hint("Six digits"))
}

fn recovery_question() -> Form {
    Form::new().ask(
        Field::text("code", "Recovery code")
            .never_kept()
            .autocomplete("off")
            .width(20)
            .hint("Four groups of four letters and digits. Capitals and hyphens do not matter"),
    )
}

/// Where somebody belongs whose sign-in is not waiting for a code.
fn elsewhere(who: &AnyWho) -> Option<Response> {
    let to = match who.0.state {
        SessionState::HalfIn => return None,
        SessionState::SettingUp => "/sign-in/second-factor",
        SessionState::Hidden => "/sign-in/hidden",
        SessionState::In => "/",
    };
    Some(Redirect::to(to).into_response())
}

async fn code_page(app: &App, who: &AnyWho, form: Form) -> Result<CodePage, Problem> {
    let shell = app.public_shell(Title::new("Enter your code").with_error(form.has_errors())).await?;
    Ok(CodePage { shell, form, demo: DemoCode::of(app, &who.1) })
}

/// `GET /sign-in/code`
pub(super) async fn ask(State(app): State<App>, who: AnyWho) -> Result<Response, Problem> {
    match elsewhere(&who) {
        Some(elsewhere) => Ok(elsewhere),
        None => Ok(Page::new(code_page(&app, &who, question()).await?).into_response()),
    }
}

/// `POST /sign-in/code`
pub(super) async fn answer(
    State(app): State<App>,
    who: AnyWho,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    if let Some(elsewhere) = elsewhere(&who) {
        return Ok(elsewhere);
    }
    match verify_second_factor(&app.office, &who.0, words(&posted, "code")).await {
        Ok(way_in) => Ok(enter(&app, &way_in, "/today")),
        Err(error) => {
            let mut form = question();
            let wait = say(&mut form, error, ("code", WRONG_CODE))?;
            Ok(refusal(Page::with_errors(code_page(&app, &who, form).await?), wait))
        }
    }
}

async fn recover_page(app: &App, form: Form) -> Result<RecoverPage, Problem> {
    let shell = app.public_shell(Title::new("Use a recovery code").with_error(form.has_errors())).await?;
    Ok(RecoverPage { shell, form })
}

/// `GET /sign-in/recover`
pub(super) async fn ask_recovery(State(app): State<App>, who: AnyWho) -> Result<Response, Problem> {
    match elsewhere(&who) {
        Some(elsewhere) => Ok(elsewhere),
        None => Ok(Page::new(recover_page(&app, recovery_question()).await?).into_response()),
    }
}

/// `POST /sign-in/recover`
pub(super) async fn recover(
    State(app): State<App>,
    who: AnyWho,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    if let Some(elsewhere) = elsewhere(&who) {
        return Ok(elsewhere);
    }
    match use_recovery_code(&app.office, &who.0, words(&posted, "code")).await {
        Ok(way_in) => Ok(enter(&app, &way_in, "/account?done=recovered")),
        Err(error) => {
            let mut form = recovery_question();
            let wrong = "That recovery code is not right, or it was used already. Each works once.";
            let wait = say(&mut form, error, ("code", wrong))?;
            Ok(refusal(Page::with_errors(recover_page(&app, form).await?), wait))
        }
    }
}
