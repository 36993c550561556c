//! Reading an answer through (S9), the second person's check (S10), the pack (S11), and the secret link.

mod check;
mod desk;
mod download;
mod pack;
mod pages;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field};
use duties::papers::redact::RedactionReason;

pub(crate) use desk::seen_review;

/// Fields of a posted form, in their order.
pub(crate) type Posted = Vec<(String, String)>;

/// What a posted form says under a name; empty where it says nothing.
pub(crate) fn posted<'p>(form: &'p Posted, name: &str) -> &'p str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// Everything that a posted form says under a name.
pub(crate) fn all_posted<'p>(form: &'p Posted, name: &str) -> Vec<&'p str> {
    form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
}

/// The reason that was chosen.
pub(crate) fn reason(form: &Posted) -> Option<RedactionReason> {
    RedactionReason::from_code(posted(form, "reason"))
}

/// The question for a reason, as radios.
pub(crate) fn reasons(chosen: RedactionReason) -> Field {
    let choices = RedactionReason::ALL
        .into_iter()
        .map(|reason| Choice::new(reason.code(), format!("{}. {}", reason.number(), reason.name())));
    Field::radios("reason", "Reason", choices).small().size("s").value(chosen.code())
}

/// What to know before a reason is used: its name, and the caution.
pub(crate) fn cautions() -> Vec<(&'static str, &'static str)> {
    RedactionReason::ALL.into_iter().filter_map(|reason| Some((reason.name(), reason.caution()?))).collect()
}

/// Back to a page after a deed.
pub(crate) fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A file to save. Its name is one of ours, never somebody's.
pub(crate) fn file(name: &str, media_type: &str, bytes: &[u8]) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes.to_vec()).into_response()
}

/// A problem as a response.
pub(crate) fn stop(stopped: duties::Stopped) -> Response {
    crate::app::problem(stopped).into_response()
}

/// The answer of a handler: a page or a problem.
pub(crate) type Answered = Result<Response, Problem>;

/// The routes.
pub fn routes() -> Router<App> {
    desk::routes().merge(pages::routes()).merge(check::routes()).merge(pack::routes()).merge(download::routes())
}
