//! Signing in: password, code, recovery codes, setting up the second step, hiding the screen, signing out.

mod code;
mod demo;
mod first_run;
mod hidden;
mod out;
mod password;
mod second_factor;
mod step_up;
mod welcome;

use axum::Router;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use duties::accounts::{SignInError, WayIn};

use crate::app::{App, problem};
use crate::book::SessionState;
use crate::errors::Problem;
use crate::forms::Form;
use crate::who::{AnyWho, set_cookie};

pub(crate) use demo::DemoCode;
pub(crate) use second_factor::CodesPage;
pub(crate) use welcome::new_password;

/// What a refused address or password is told: the same for every reason.
const REFUSED: &str =
    "Enter the e-mail address and password of your account. One of them is not right, or the account is closed.";
/// What a refused code is told.
const WRONG_CODE: &str = "That code is not right, or it was used already. Enter the code that your app shows now.";

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(password::ask).post(password::answer))
        .route("/sign-in/demo", post(demo::sign_in))
        .route("/sign-in/code", get(code::ask).post(code::answer))
        .route("/sign-in/recover", get(code::ask_recovery).post(code::recover))
        .route("/sign-in/second-factor", get(second_factor::ask).post(second_factor::answer))
        .route("/sign-in/second-factor.svg", get(second_factor::picture))
        .route("/sign-in/recovery-codes", get(async || Redirect::to("/account")))
        .route("/sign-in/hidden", get(hidden::ask).post(hidden::answer))
        .route("/hide", post(hidden::hide))
        .route("/sign-out", post(out::sign_out))
        .route("/step-up", get(step_up::ask).post(step_up::answer))
        .route("/welcome/{secret}", get(welcome::ask).post(welcome::answer))
        .route("/first-run", get(first_run::explain))
        .route("/first-run/{secret}", get(first_run::ask).post(first_run::answer))
}

/// Whoever may be signed in, or not: for pages that are there for both.
pub(crate) struct MaybeWho(pub(crate) Option<AnyWho>);

impl axum::extract::FromRequestParts<App> for MaybeWho {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Some(token) = crate::who::token(&parts.headers, app.secure) else { return Ok(Self(None)) };
        match duties::accounts::find_session(&app.office, token).await {
            Ok(found) => Ok(Self(found.map(|(session, who)| AnyWho(session, who)))),
            Err(stopped) => Err(problem(stopped).into_response()),
        }
    }
}

/// On to the next page, with the session's new token in the browser.
pub(crate) fn enter(app: &App, way_in: &WayIn, to: &str) -> Response {
    let to = match way_in.state {
        SessionState::In => to,
        SessionState::HalfIn => "/sign-in/code",
        SessionState::SettingUp => "/sign-in/second-factor",
        SessionState::Hidden => "/sign-in/hidden",
    };
    with_cookie(app, way_in, Redirect::to(to).into_response())
}

/// A response that gives the browser its new token.
pub(crate) fn with_cookie(app: &App, way_in: &WayIn, mut response: Response) -> Response {
    // INVARIANT: a token is base64url, which is always a header's value.
    let cookie = HeaderValue::from_str(&set_cookie(&way_in.token, app.secure)).expect("a token fits into a header");
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// How the browser names itself.
pub(crate) fn user_agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Puts what stopped a sign-in into its form; gives the problem where the form cannot say it. `wrong` names the field
/// of a refusal and its words.
pub(crate) fn say(form: &mut Form, error: SignInError, wrong: (&str, &str)) -> Result<Option<u32>, Problem> {
    match error {
        SignInError::Refused => {
            form.error(wrong.0, wrong.1);
            Ok(None)
        }
        SignInError::Wait(seconds) => {
            form.error_overall(format!("Too many tries. Wait {} and try again.", minutes(seconds)));
            Ok(Some(seconds))
        }
        SignInError::Busy => {
            form.error_overall("Many people are signing in just now. Wait a few seconds and try again.");
            Ok(Some(5))
        }
        SignInError::Stopped(stopped) => Err(problem(stopped)),
    }
}

/// A page that says no: 422, or 429 with the time to wait.
pub(crate) fn refusal(page: impl IntoResponse, wait: Option<u32>) -> Response {
    let mut response = page.into_response();
    if let Some(seconds) = wait {
        *response.status_mut() = axum::http::StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn minutes(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}
