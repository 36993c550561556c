//! Bringing people in from a table (S6): chosen, checked, brought in; all or nothing.

use axum::extract::State;

use crate::app::App;
use crate::who::Who;

use super::turned::{Answer, Turned};

/// (comes with the import)
pub async fn ask(State(_): State<App>, _: Who) -> Answer {
    Err(Turned::Problem(crate::errors::Problem::NotFound))
}

/// (comes with the import)
pub async fn bring_in(State(_): State<App>, _: Who) -> Answer {
    Err(Turned::Problem(crate::errors::Problem::NotFound))
}
