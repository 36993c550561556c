//! The pages, one module for each part of the application.

use axum::Router;

use crate::app::App;

/// All pages.
pub fn routes() -> Router<App> {
    Router::new()
}
