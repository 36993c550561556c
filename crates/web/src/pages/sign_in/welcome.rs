//! An invitation: the link leads here, and a password is chosen.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use duties::accounts::{ChoosePasswordError, choose_password, invited};

use super::{enter, refusal, say, user_agent};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, secret};

#[derive(Template)]
#[template(path = "sign_in/welcome.html")]
struct WelcomePage {
    shell: Shell,
    form: Form,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "sign_in/no_invitation.html")]
struct NoInvitationPage {
    shell: Shell,
}

pub(crate) fn new_password(name: &'static str, label: &'static str) -> Field {
    Field::password(name, label)
        .autocomplete("new-password")
        .hint("At least 12 characters. Three or four words that do not belong together are hard to guess and easy to remember")
}

fn questions() -> Form {
    Form::new().ask(new_password("password", "Choose a password"))
}

/// The page for whoever the link invites; a page that says so where it invites nobody any more.
async fn page(app: &App, link: &str, form: Form) -> Result<Result<WelcomePage, Response>, Problem> {
    let Some(staff) = invited(&app.office, link).await.map_err(problem)? else {
        let shell = app.public_shell(Title::new("This link does not work any more")).await?;
        let page = Page::new(NoInvitationPage { shell }).with_status(axum::http::StatusCode::NOT_FOUND);
        return Ok(Err(page.into_response()));
    };
    let shell = app.public_shell(Title::new("Welcome").with_error(form.has_errors())).await?;
    Ok(Ok(WelcomePage { shell, form, name: staff.name, email: staff.account.email.for_page().clone() }))
}

/// `GET /welcome/{secret}`
pub(super) async fn ask(State(app): State<App>, Path(link): Path<String>) -> Result<Response, Problem> {
    Ok(match page(&app, &link, questions()).await? {
        Ok(page) => Page::new(page).into_response(),
        Err(gone) => gone,
    })
}

/// `POST /welcome/{secret}`
pub(super) async fn answer(
    State(app): State<App>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let mut form = questions();
    let mut wait = None;
    match choose_password(&app.office, &link, secret(&posted, "password"), user_agent(&headers)).await {
        Ok(way_in) => return Ok(enter(&app, &way_in, "/today")),
        Err(ChoosePasswordError::NoInvitation) => {}
        Err(ChoosePasswordError::Weak(weak)) => {
            form.error("password", weak.to_string());
        }
        Err(ChoosePasswordError::Stopped(error)) => wait = say(&mut form, error, ("password", "Try again"))?,
    }
    Ok(match page(&app, &link, form).await? {
        Ok(page) => refusal(Page::with_errors(page), wait),
        Err(gone) => gone,
    })
}
