//! Signing out: the session ends, and the browser is told to forget what it kept of us.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::MaybeWho;
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::who::clear_cookie;

/// `POST /sign-out`
pub(super) async fn sign_out(State(app): State<App>, MaybeWho(who): MaybeWho) -> Result<Response, Problem> {
    if let Some(who) = who {
        duties::accounts::sign_out(&app.office, &who.0).await.map_err(problem)?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    let headers = response.headers_mut();
    // INVARIANT: the cookie's name and attributes are fixed words.
    let cookie = HeaderValue::from_str(&clear_cookie(app.secure)).expect("fixed words fit into a header");
    headers.append(header::SET_COOKIE, cookie);
    // W3C Clear Site Data: whoever sits down next finds nothing.
    headers.insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""),
    );
    Ok(response)
}
