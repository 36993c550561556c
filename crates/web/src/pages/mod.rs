//! The pages, one module for each part of the application.

pub mod account;
mod admin;
mod arrivals;
mod board;
mod calendar;
mod complaints;
mod disposals;
mod letters;
mod messages;
mod people;
pub mod portal;
mod public;
mod requests;
mod review;
pub mod sign_in;
mod today;

use axum::Router;

use crate::app::App;

pub use admin::PolicyDrafts;
pub use people::{PapersWaiting, TablesWaiting, Whys};
pub use portal::Visits;

/// All pages.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(requests::routes())
        .merge(complaints::routes())
        .merge(disposals::routes())
        .merge(letters::routes())
        .merge(messages::routes())
        .merge(arrivals::routes())
        .merge(review::routes())
        .merge(today::routes())
        .merge(board::routes())
        .merge(public::routes())
        .merge(portal::routes())
        .merge(people::routes(app))
        .merge(sign_in::routes())
        .merge(account::routes())
        .merge(calendar::routes())
        .merge(admin::routes())
}
