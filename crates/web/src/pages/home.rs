//! The start: to the day's work, or to signing in.

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::app::App;
use crate::who::Who;

/// The start page's route.
pub fn routes() -> Router<App> {
    // `Who` sends whoever is not signed in to the page for that.
    Router::new().route("/", get(async |_: Who| Redirect::to("/today")))
}
