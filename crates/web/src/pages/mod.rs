//! The pages, one module for each part of the application.

pub mod account;
mod admin;
mod board;
mod complaints;
pub mod home;
mod letters;
mod people;
mod public;
mod requests;
mod review;
pub mod sign_in;
mod today;

use axum::Router;

use crate::app::App;

pub use admin::PolicyDrafts;
pub use people::{PapersWaiting, TablesWaiting, Whys};

/// All pages.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(requests::routes())
        .merge(complaints::routes())
        .merge(letters::routes())
        .merge(review::routes())
        .merge(today::routes())
        .merge(board::routes())
        .merge(public::routes())
        .merge(people::routes(app))
        .merge(home::routes())
        .merge(sign_in::routes())
        .merge(account::routes())
        .merge(admin::routes())
}
