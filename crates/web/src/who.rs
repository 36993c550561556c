//! Who is signed in: read from the cookie before a handler runs.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use duties::SignedIn;
use duties::accounts::find_session;

use crate::app::{App, problem};
use crate::book::{Session, SessionState};

/// Somebody who is signed in. A handler that takes this cannot run for anybody else.
#[derive(Clone, Debug)]
pub struct Who(pub SignedIn);

/// A sign-in in any state: half in, setting up the second factor, hidden, or in. For the sign-in pages only.
#[derive(Clone, Debug)]
pub struct AnyWho(pub Session, pub SignedIn);

/// The cookie's name. With TLS it is bound to this host and cannot be set by another (`__Host-`).
pub const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-guardbook" } else { "guardbook" }
}

/// The token in the cookie.
pub fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    cookie(headers, cookie_name(secure))
}

/// What a browser sent in the cookie of a name.
pub fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

/// The header that gives a browser its token.
pub fn set_cookie(token: &str, secure: bool) -> String {
    let bound = if secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{bound}", cookie_name(secure))
}

/// The header that takes it away.
pub fn clear_cookie(secure: bool) -> String {
    let bound = if secure { "; Secure" } else { "" };
    format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{bound}", cookie_name(secure))
}

/// Where a sign-in in some state goes on.
pub const fn leads_to(state: SessionState) -> &'static str {
    match state {
        SessionState::In => "/today",
        SessionState::HalfIn => "/sign-in/code",
        SessionState::SettingUp => "/sign-in/second-factor",
        SessionState::Hidden => "/sign-in/hidden",
    }
}

impl FromRequestParts<App> for AnyWho {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let to_sign_in = || Redirect::to("/sign-in").into_response();
        let token = token(&parts.headers, app.secure).ok_or_else(to_sign_in)?;
        match find_session(&app.office, token).await {
            Ok(Some((session, who))) => Ok(Self(session, who)),
            Ok(None) => Err(to_sign_in()),
            Err(stopped) => Err(problem(stopped).into_response()),
        }
    }
}

impl FromRequestParts<App> for Who {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let AnyWho(session, who) = AnyWho::from_request_parts(parts, app).await?;
        match session.state {
            SessionState::In => Ok(Self(who)),
            other => Err(Redirect::to(leads_to(other)).into_response()),
        }
    }
}
