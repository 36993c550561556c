//! Setting up the second step: a picture for the telephone, a code to prove it, recovery codes shown once.

use askama::Template;
use axum::Form as Posting;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use duties::accounts::{confirm_second_factor, pending_second_factor};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

use super::{WRONG_CODE, refusal, say, with_cookie};
use crate::app::{App, problem};
use crate::book::SessionState;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, words};
use crate::who::AnyWho;

#[derive(Template)]
#[template(path = "sign_in/second_factor.html")]
struct SecondFactorPage {
    shell: Shell,
    form: Form,
    groups: String,
    first: bool,
}

/// The recovery codes, this once.
#[derive(Template)]
#[template(path = "sign_in/recovery_codes.html")]
pub(crate) struct CodesPage {
    pub(crate) shell: Shell,
    pub(crate) codes: Vec<String>,
    pub(crate) on: &'static str,
}

fn question() -> Form {
    Form::new().ask(Field::code("code", "Code that the app shows").hint("Six digits"))
}

/// The page; none where nothing is being set up.
async fn page(app: &App, who: &AnyWho, form: Form) -> Result<Option<SecondFactorPage>, Problem> {
    let Some(factor) = pending_second_factor(&app.office, &who.0).await.map_err(problem)? else { return Ok(None) };
    let shell = app.public_shell(Title::new("Set up the second step").with_error(form.has_errors())).await?;
    let first = who.0.state == SessionState::SettingUp;
    Ok(Some(SecondFactorPage { shell, form, groups: factor.groups.for_page().clone(), first }))
}

/// `GET /sign-in/second-factor`
pub(super) async fn ask(State(app): State<App>, who: AnyWho) -> Result<Response, Problem> {
    match page(&app, &who, question()).await? {
        Some(page) => Ok(Page::new(page).into_response()),
        None => Ok(Redirect::to("/").into_response()),
    }
}

/// `POST /sign-in/second-factor`
pub(super) async fn answer(
    State(app): State<App>,
    who: AnyWho,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    match confirm_second_factor(&app.office, &who.0, words(&posted, "code")).await {
        Ok(confirmed) => {
            let shell = app.public_shell(Title::new("Your recovery codes")).await?;
            // Nobody else has an account: the book is new, and the set-up comes next.
            let alone = app.office.house().await.map_err(problem)?.staff.len() == 1;
            let on = if alone && who.0.state == SessionState::SettingUp { "/admin/set-up" } else { "/" };
            let page = CodesPage { shell, codes: confirmed.codes, on };
            Ok(with_cookie(&app, &confirmed.way_in, Page::new(page).into_response()))
        }
        Err(error) => {
            let mut form = question();
            let wait = say(&mut form, error, ("code", WRONG_CODE))?;
            let page = page(&app, &who, form).await?.ok_or(Problem::NotFound)?;
            Ok(refusal(Page::with_errors(page), wait))
        }
    }
}

/// `GET /sign-in/second-factor.svg`: the picture, from our own address because the pages load from nowhere else.
pub(super) async fn picture(State(app): State<App>, who: AnyWho) -> Result<Response, Problem> {
    let factor = pending_second_factor(&app.office, &who.0).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let code = QrCode::encode_text(factor.url.for_page(), QrCodeEcc::Medium).map_err(|_| Problem::Internal)?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg(&code)).into_response())
}

/// Black squares on white with the border of four that scanners need (ISO/IEC 18004 §9.1).
fn svg(code: &QrCode) -> String {
    const BORDER: i32 = 4;
    let side = code.size() + 2 * BORDER;
    let mut squares = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                // Writing into a String cannot fail.
                let _ = write!(squares, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
            }
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{squares}\"/></svg>"
    )
}
