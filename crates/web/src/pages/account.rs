//! One's own account: where one is signed in, password, second step, recovery codes, keys.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form as Posting, Router};
use duties::accounts::{self, ChangePasswordError, SessionLine};
use duties::clock::{london, weekday_date};
use jiff::Timestamp;
use serde::Deserialize;

use super::sign_in::{CodesPage, enter, new_password, refusal, say};
use crate::app::{App, problem, stopped_at};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, secret, words};
use crate::who::Who;

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/account", get(show))
        .route("/account/keys", post(keys))
        .route("/account/reminders", post(reminders))
        .route("/account/calendar", post(make_calendar))
        .route("/account/calendar/end", post(drop_calendar))
        .route("/account/sessions", post(end_sessions))
        .route("/account/password", get(ask_password).post(change_password))
        .route("/account/second-factor", post(second_factor))
        .route("/account/recovery-codes", post(recovery_codes))
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    shell: Shell,
    facts: SummaryList,
    sessions: Vec<SessionRow>,
    others: bool,
    keys_off: bool,
    reminders_off: bool,
    /// Whether there is a mail server at all.
    mails: bool,
    calendar: bool,
    codes_left: usize,
}

struct SessionRow {
    id: String,
    device: String,
    since: String,
    seen: String,
    this: bool,
    hidden: bool,
}

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    shell: Shell,
    form: Form,
}

/// What came of the last action, as a word in the address.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    fn words(&self) -> Option<&'static str> {
        Some(match self.done.as_str() {
            "recovered" => {
                "You are signed in. The recovery code is used up. If your telephone is gone, set up another one below."
            }
            "password" => "Your password is changed. You are signed out everywhere else.",
            "ended" => "Signed out there.",
            "keys" | "reminders" => "Saved.",
            "calendar-ended" => "The address of your calendar has ended.",
            _ => return None,
        })
    }
}

/// `Monday 2 March 2026, 9:05am`.
pub(crate) fn moment(at: Timestamp) -> String {
    let there = at.to_zoned(london());
    let (hour, half) = match there.hour() {
        0 => (12, "am"),
        hour @ 1..=11 => (hour, "am"),
        12 => (12, "pm"),
        hour => (hour - 12, "pm"),
    };
    format!("{}, {hour}:{:02}{half}", weekday_date(there.date()), there.minute())
}

/// `GET /account`
async fn show(State(app): State<App>, who: Who, Query(done): Query<Done>) -> Result<Response, Problem> {
    let sessions = accounts::own_sessions(&app.office, &who.0).await.map_err(problem)?;
    let house = app.office.house().await.map_err(problem)?;
    let account = &who.0.account;
    let mut shell = app.shell(&who, Title::new("Your account")).await?;
    if let Some(words) = done.words() {
        shell = shell.result(words, true);
    }
    let roles: Vec<String> = account.roles.iter().map(|role| role.words().to_owned()).collect();
    let services: Vec<String> = account
        .services_on(app.office.today())
        .into_iter()
        .map(|service| house.service_name(service).to_owned())
        .collect();
    let or = |list: Vec<String>, none: &str| if list.is_empty() { vec![none.to_owned()] } else { list };
    let facts = SummaryList::new()
        .fact("Name", who.0.name.clone())
        .fact("E-mail address", account.email.for_page().clone())
        .fact("What you do", or(roles, "Nothing yet"))
        .fact("Where you work", or(services, "At no service"))
        .fact("Password", "Set")
        .action("Change", "/account/password", "password");
    let page = AccountPage {
        shell,
        facts,
        others: sessions.iter().any(|session| !session.this),
        sessions: sessions.into_iter().map(row).collect(),
        keys_off: account.keys_off,
        reminders_off: account.reminders_off,
        mails: app.office.carrier().is_some(),
        calendar: account.calendar.is_some(),
        codes_left: account.recovery.len(),
    };
    Ok(Page::new(page).into_response())
}

fn row(line: SessionLine) -> SessionRow {
    SessionRow {
        since: moment(line.opened),
        seen: moment(line.seen),
        id: line.id,
        device: line.device,
        this: line.this,
        hidden: line.hidden,
    }
}

/// `POST /account/reminders`
async fn reminders(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Result<Response, Problem> {
    let off = words(&posted, "reminders") == "off";
    duties::reminders::switch_reminders(&app.office, &who.0, off).await.map_err(problem)?;
    Ok(Redirect::to("/account?done=reminders").into_response())
}

#[derive(Template)]
#[template(path = "account/calendar.html")]
struct CalendarPage {
    shell: Shell,
    path: String,
}

/// `POST /account/calendar`: the address is shown in the answer itself, once.
async fn make_calendar(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    let token = duties::reminders::new_calendar(&app.office, &who.0).await.map_err(problem)?;
    let shell = app.shell(&who, Title::new("Your calendar")).await?;
    Ok(Page::new(CalendarPage { shell, path: format!("/calendar/{token}.ics") }).into_response())
}

/// `POST /account/calendar/end`
async fn drop_calendar(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    duties::reminders::end_calendar(&app.office, &who.0).await.map_err(problem)?;
    Ok(Redirect::to("/account?done=calendar-ended").into_response())
}

/// `POST /account/keys`
async fn keys(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Result<Response, Problem> {
    accounts::switch_keys(&app.office, &who.0, words(&posted, "keys") == "off").await.map_err(problem)?;
    Ok(Redirect::to("/account?done=keys").into_response())
}

/// `POST /account/sessions`: one, or all others.
async fn end_sessions(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Result<Response, Problem> {
    match words(&posted, "session") {
        "others" => accounts::end_other_sessions(&app.office, &who.0).await,
        id => accounts::end_own_session(&app.office, &who.0, id).await,
    }
    .map_err(problem)?;
    Ok(Redirect::to("/account?done=ended").into_response())
}

fn password_questions() -> Form {
    Form::new().ask(Field::password("present", "Your present password")).ask(new_password("password", "New password"))
}

async fn password_page(app: &App, who: &Who, form: Form) -> Result<PasswordPage, Problem> {
    let shell = app.shell(who, Title::new("Change your password").with_error(form.has_errors())).await?;
    Ok(PasswordPage { shell, form })
}

/// `GET /account/password`
async fn ask_password(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    Ok(Page::new(password_page(&app, &who, password_questions()).await?).into_response())
}

/// `POST /account/password`
async fn change_password(
    State(app): State<App>,
    who: Who,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let (present, new) = (secret(&posted, "present"), secret(&posted, "password"));
    let mut form = password_questions();
    let mut wait = None;
    match accounts::change_password(&app.office, &who.0, present, new).await {
        Ok(way_in) => return Ok(enter(&app, &way_in, "/account?done=password")),
        Err(ChangePasswordError::Weak(weak)) => {
            form.error("password", weak.to_string());
        }
        Err(ChangePasswordError::Present(error)) => {
            wait = say(&mut form, error, ("present", "That is not your present password"))?;
        }
        Err(ChangePasswordError::Stopped(stopped)) => return Err(problem(stopped)),
    }
    Ok(refusal(Page::with_errors(password_page(&app, &who, form).await?), wait))
}

/// `POST /account/second-factor`: another telephone.
async fn second_factor(State(app): State<App>, who: Who) -> Response {
    match accounts::begin_second_factor(&app.office, &who.0).await {
        Ok(()) => Redirect::to("/sign-in/second-factor").into_response(),
        Err(stopped) => stopped_at(stopped, "/account"),
    }
}

/// `POST /account/recovery-codes`: shown in the answer itself, this once.
async fn recovery_codes(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    match accounts::new_recovery_codes(&app.office, &who.0).await {
        Ok(codes) => {
            let shell = app.public_shell(Title::new("Your recovery codes")).await?;
            Ok(Page::new(CodesPage { shell, codes, on: "/account" }).into_response())
        }
        Err(stopped) => Ok(stopped_at(stopped, "/account")),
    }
}
