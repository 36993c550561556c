//! Pages for when something goes wrong: what happened, what was saved, what to do, and a number to quote.
//!
//! A handler returns a [`Problem`]; the layer [`dress`] turns it into a page, because only the layer knows the
//! charity's name and the number of this case. Problems of the framework itself (an unknown address, a body that
//! is too large) go the same way, so nobody ever sees a bare line of text.

use crate::page::{Page, Shell, Title};
use askama::Template;
use axum::body::HttpBody as _;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::fmt;
use std::sync::Arc;

/// What went wrong, as far as the person at the screen may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The request could not be understood. Nothing was changed.
    BadRequest,
    /// A form came from another site (see `security::same_site_only`). Nothing was changed.
    Refused,
    /// There is no such thing, or it is not for this person: both look alike, so that nobody learns which
    /// files exist.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// It would be allowed once somebody proves again that it is them: that leads to the page where they do.
    StepUp,
    /// Somebody else changed the same thing in between.
    Conflict,
    /// The file or text is larger than we take.
    TooLarge,
    /// Too many tries. Seconds to wait.
    TooMany(u32),
    /// Something broke in here.
    Internal,
    /// The store cannot be reached, or the program is stopping.
    Unavailable,
}

impl Problem {
    /// The status that is sent.
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Refused => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::StepUp => StatusCode::SEE_OTHER,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The problem behind a status of the framework's own. A forbidden page is told as a missing one.
    fn of(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::CONFLICT => Self::Conflict,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany(60),
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_client_error() => Self::BadRequest,
            status if status.is_server_error() => Self::Internal,
            _ => return None,
        })
    }

    fn words(self) -> Words {
        match self {
            Self::BadRequest => Words {
                title: "That did not come through as we expected",
                happened: "The page sent something that we could not read.",
                saved: "Nothing was changed.",
                to_do: "Go back, check what you entered, and send it again.",
            },
            Self::Refused => Words {
                title: "We did not accept that form",
                happened: "The form seems to have come from another website, or your browser did not say where it came from.",
                saved: "Nothing was changed.",
                to_do: "Open the page here afresh and send the form again. If it keeps happening, try another browser.",
            },
            Self::NotFound => Words {
                title: "We cannot show you that page",
                happened: "It does not exist, or it is not open to you.",
                saved: "Nothing was changed.",
                to_do: "Check the address, or search for what you need. If you should be able to see it, ask your data protection lead.",
            },
            Self::MethodNotAllowed => Words {
                title: "That page does not work that way",
                happened: "The address is right, but it cannot be opened or sent like this.",
                saved: "Nothing was changed.",
                to_do: "Go back and use the links and buttons on the page.",
            },
            Self::StepUp => Words {
                title: "Confirm that it is you",
                happened: "This needs a fresh code from your telephone first.",
                saved: "Nothing was changed.",
                to_do: "Enter the code, and then do it again.",
            },
            Self::Conflict => Words {
                title: "Somebody else changed this first",
                happened: "While you had the page open, the same thing was changed elsewhere.",
                saved: "Their change was saved. Yours was not.",
                to_do: "Go back, copy what you wrote, open the page afresh, and enter it again if it is still needed.",
            },
            Self::TooLarge => Words {
                title: "That is too large",
                happened: "The file or the text is larger than we can take.",
                saved: "Nothing was changed.",
                to_do: "Split the file or make it smaller, and send it again.",
            },
            Self::TooMany(_) => Words {
                title: "Too many tries",
                happened: "This was tried too often in a short time, so we have stopped for a moment.",
                saved: "Nothing was changed.",
                to_do: "Wait a little and try again.",
            },
            Self::Internal => INTERNAL,
            Self::Unavailable => UNAVAILABLE,
        }
    }
}

const INTERNAL: Words = Words {
    title: "Something went wrong on our side",
    happened: "The program met a fault. It is not something that you did.",
    saved: "Everything that was confirmed to you before is safe. Your last step may not have been saved.",
    to_do: "Look whether your last step is there before you do it again. If this keeps happening, tell your administrator the number below.",
};

const UNAVAILABLE: Words = Words {
    title: "Guardbook is not available just now",
    happened: "The program is starting, stopping, or cannot reach its records.",
    saved: "Everything that was confirmed to you before is safe. Your last step was not saved.",
    to_do: "Wait a minute and try again.",
};

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().title)
    }
}

impl std::error::Error for Problem {}

/// Sent bare; [`dress`] makes the page of it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::TooMany(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

struct Words {
    title: &'static str,
    happened: &'static str,
    saved: &'static str,
    to_do: &'static str,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    words: Words,
    reference: String,
    wait_seconds: Option<u32>,
}

/// What the error pages need to know.
#[derive(Clone)]
pub struct ErrorPages {
    /// The charity's name.
    pub charity: String,
    /// Makes the number that is shown to the person and written to the log. Comes in from outside, because
    /// randomness is read in one place.
    pub reference: Arc<dyn Fn() -> String + Send + Sync>,
}

impl fmt::Debug for ErrorPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorPages").field("charity", &self.charity).finish_non_exhaustive()
    }
}

/// Makes a page of every problem. To be laid around all routes, inside `security::security_headers`:
/// `.layer(middleware::from_fn_with_state(pages, errors::dress))`. JSON answers and pages that a handler rendered
/// itself are left alone.
pub async fn dress(State(pages): State<ErrorPages>, request: Request, next: Next) -> Response {
    let head_only = request.method() == axum::http::Method::HEAD;
    let step_up = step_up_from(&request);
    let response = next.run(request).await;
    let named = response.extensions().get::<Problem>().copied();
    if named == Some(Problem::StepUp) {
        return Redirect::to(&step_up).into_response();
    }
    let Some(problem) = named.or_else(|| Problem::of(response.status()).filter(|_| is_bare(&response))) else {
        return response;
    };
    let reference = (pages.reference)();
    if problem.status().is_server_error() {
        tracing::error!(reference, status = problem.status().as_u16(), "a request failed");
    } else {
        tracing::info!(reference, status = problem.status().as_u16(), "a request was turned down");
    }
    let (mut parts, _) = response.into_parts();
    let page = ProblemPage {
        shell: Shell::public(pages.charity, Title::new(problem.words().title)),
        words: problem.words(),
        reference,
        wait_seconds: if let Problem::TooMany(seconds) = problem { Some(seconds) } else { None },
    };
    let mut dressed = Page::new(page).with_status(problem.status()).into_response();
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(dressed.headers().clone());
    // Said outright: the framework adds it for known addresses only, and that would tell them from unknown ones.
    if let Some(length) = dressed.body().size_hint().exact() {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    *dressed.headers_mut() = parts.headers;
    if head_only {
        *dressed.body_mut() = axum::body::Body::empty();
    }
    dressed
}

/// Where somebody proves that it is them, and from there back to the page that they were on: a form is then sent again.
fn step_up_from(request: &Request) -> String {
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return format!("/step-up?to={}", urlencoding::encode(here));
    }
    let referer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let came_from = referer.and_then(|from| from.parse::<Uri>().ok());
    let came_from = came_from.as_ref().and_then(Uri::path_and_query).map_or("/today", |path| path.as_str());
    format!("/step-up?to={}&again=yes", urlencoding::encode(came_from))
}

/// Whether a response is the framework's own: no body type, or plain text.
fn is_bare(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

#[cfg(test)]
mod tests;
