//! Who came with number and secret, or was just given them: kept in memory for half an hour, by a cookie.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderValue};
use duties::accounts::{new_token, token_digest};
use duties::portal::{Given, Key};
use jiff::{SignedDuration, Timestamp};

use crate::who;

/// For so long, from the last page on.
const LASTS: SignedDuration = SignedDuration::from_mins(30);
/// More than so many at once are more than a charity has: the oldest go.
const MOST: usize = 5_000;

/// Somebody's visit.
#[derive(Clone, Debug)]
pub struct Visit {
    /// What they came with.
    pub key: Key,
    /// What they were given on this visit, shown as long as it lasts.
    pub given: Option<Given>,
    /// Whether it was sent, or only saved.
    pub sent: bool,
}

/// Visits, by the digest of their cookie. Nothing of them is ever on disk.
#[derive(Default)]
pub struct Visits(Mutex<HashMap<String, (Visit, Timestamp)>>);

impl fmt::Debug for Visits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visits")
    }
}

impl Visits {
    /// Begins one. Returns the header that gives the browser its cookie.
    pub fn begin(&self, visit: Visit, now: Timestamp, secure: bool) -> HeaderValue {
        let token = new_token();
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visits.retain(|_, (_, at)| now.duration_since(*at) < LASTS);
        if visits.len() >= MOST
            && let Some(oldest) = visits.iter().min_by_key(|(_, (_, at))| *at).map(|(token, _)| token.clone())
        {
            visits.remove(&oldest);
        }
        visits.insert(token_digest(&token), (visit, now));
        cookie(&token, secure, "")
    }

    /// The visit of a browser, which lasts half an hour from now.
    pub fn of(&self, headers: &HeaderMap, now: Timestamp, secure: bool) -> Option<Visit> {
        let digest = token_digest(token(headers, secure)?);
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (visit, at) = visits.get_mut(&digest)?;
        if now.duration_since(*at) >= LASTS {
            visits.remove(&digest);
            return None;
        }
        *at = now;
        Some(visit.clone())
    }

    /// Ends one. Returns the header that takes the cookie away.
    pub fn end(&self, headers: &HeaderMap, secure: bool) -> HeaderValue {
        if let Some(token) = token(headers, secure) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&token_digest(token));
        }
        cookie("", secure, "; Max-Age=0")
    }
}

fn name(secure: bool) -> &'static str {
    if secure { "__Host-guardbook-visit" } else { "guardbook-visit" }
}

fn cookie(token: &str, secure: bool, more: &str) -> HeaderValue {
    let bound = if secure { "; Secure" } else { "" };
    let line = format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{more}{bound}", name(secure));
    // INVARIANT: a token is letters, digits, hyphens and underscores.
    HeaderValue::from_str(&line).expect("a token fits into a header")
}

fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    who::cookie(headers, name(secure))
}
