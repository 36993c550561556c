//! Complaints about how personal data are handled: the list, taking one in, the case and its steps.

mod case;
mod list;
mod steps;
mod take_in;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The pages of complaints.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/complaints", get(list::show))
        .route("/complaints/new", get(take_in::choose).post(take_in::find))
        .route("/complaints/new/somebody-else", get(take_in::ask_unknown).post(take_in::record_unknown))
        .route("/complaints/new/for/{file}", get(take_in::ask).post(take_in::record))
        .route("/complaints/recorded/{reference}", get(take_in::recorded))
        .route("/complaints/{reference}", get(case::show))
        .route("/complaints/{reference}/acknowledge", post(case::acknowledge_it))
        .route("/complaints/{reference}/enquiries", post(case::note))
        .route("/complaints/{reference}/progress", get(steps::ask_progress).post(steps::progress))
        .route("/complaints/{reference}/answer", get(steps::ask_answer).post(steps::answer_it))
        .route("/complaints/{reference}/regulator", get(steps::ask_regulator).post(steps::regulator))
        .route("/complaints/{reference}/withdraw", get(steps::ask_withdraw).post(steps::withdraw_it))
}
