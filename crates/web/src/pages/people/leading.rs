//! The pages of a merged file lead to those of the file that leads, so that what is new goes into one file.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::Action;
use crate::app::App;
use crate::records::{FileId, Purpose};
use crate::who::Who;

/// The pages that are about the person, not about one record.
const WHOLE: &[&str] = &[
    "",
    "timeline",
    "print",
    "papers",
    "papers/new",
    "family",
    "family/new",
    "looked",
    "mentions",
    "requests",
    "notes/new",
    "identity",
    "contacts/new",
    "warnings/new",
    "volunteers",
    "enrol",
    "facts/new",
    "merge",
];

/// Leads on where the file was merged into another that is open to whoever asks; else the merged file shows by itself.
pub async fn lead(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some((leading, rest)) = elsewhere(&app, &request) else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let who = match Who::from_request_parts(&mut parts, &app).await {
        Ok(who) => who,
        Err(turned) => return turned.into_response(),
    };
    if app.office.would_permit(&who.0, Action::OpenFile, Some(leading), Purpose::Support).await {
        return Redirect::to(&format!("/people/{leading}{rest}")).into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

/// The file that leads, and the rest of the path with its question.
fn elsewhere(app: &App, request: &Request) -> Option<(FileId, String)> {
    let (path, query) = (request.uri().path(), request.uri().query());
    let below = path.strip_prefix("/people/")?;
    let (file, rest) = below.split_once('/').unwrap_or((below, ""));
    if request.method() != Method::GET || !WHOLE.contains(&rest) {
        return None;
    }
    let file: FileId = file.parse().ok()?;
    let leading = app.office.leading(file);
    let slash = if rest.is_empty() { "" } else { "/" };
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    (leading != file).then(|| (leading, format!("{slash}{rest}{query}")))
}
