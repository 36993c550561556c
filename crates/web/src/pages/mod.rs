//! The pages, one module for each part of the application.

mod board;
mod public;
mod requests;
mod review;
mod today;
pub mod account;
pub mod home;
pub mod sign_in;

use axum::Router;

use crate::app::App;

/// All pages.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(requests::routes())
        .merge(review::routes())
        .merge(today::routes())
        .merge(board::routes())
        .merge(public::routes())
        .merge(home::routes())
        .merge(sign_in::routes())
        .merge(account::routes())
}
