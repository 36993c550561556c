//! Requests for access: the list, taking one in, the case and its steps up to gathering.

mod case;
mod consult;
mod end;
mod fee;
pub mod from_arrival;
mod identity;
mod inbox;
mod intake;
mod late;
mod mentions;
mod opinions;
mod original;
pub mod posted;
mod scope;
mod search;
mod standing;
pub mod step;
mod time;
mod viewing;
mod wishes;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;

pub use case::Done;
pub use inbox::due_tag;

/// The largest upload, with the form around it.
const UPLOAD: usize = 21 * 1024 * 1024;

/// The pages of requests.
pub fn routes() -> Router<App> {
    let taking_in = Router::new()
        .route("/requests/new/for/{file}", get(intake::ask_known).post(intake::record_known))
        .route("/requests/new/somebody-else", get(intake::ask_unknown).post(intake::record_unknown))
        .layer(DefaultBodyLimit::max(UPLOAD));
    Router::new()
        .route("/requests", get(inbox::show))
        .route("/requests/new", get(intake::choose).post(intake::find))
        .merge(taking_in)
        .merge(viewing::routes())
        .route("/requests/recorded/{reference}", get(intake::recorded))
        .route("/requests/{reference}", get(case::show))
        .route("/requests/{reference}/original", get(original::show))
        .route("/requests/{reference}/acknowledge", get(time::ask_acknowledge).post(time::acknowledge))
        .route("/requests/{reference}/extend", get(time::ask_extend).post(time::extend))
        .route("/requests/{reference}/identity", get(identity::show))
        .route("/requests/{reference}/identity/ask", post(identity::ask))
        .route("/requests/{reference}/identity/received", post(identity::received))
        .route("/requests/{reference}/identity/known", post(identity::known))
        .route("/requests/{reference}/authority/ask", post(identity::ask_authority))
        .route("/requests/{reference}/identity/right", post(standing::settle_right))
        .route("/requests/{reference}/identity/call", post(standing::call))
        .route("/requests/{reference}/understands", get(standing::ask_judge).post(standing::judge_child))
        .route("/requests/{reference}/scope", get(scope::show))
        .route("/requests/{reference}/scope/missing", post(scope::ask_missing))
        .route("/requests/{reference}/scope/details", post(scope::add_details))
        .route("/requests/{reference}/scope/pause", post(scope::pause))
        .route("/requests/{reference}/scope/answer", post(scope::answer))
        .route("/requests/{reference}/search", get(search::show).post(search::record))
        .route("/requests/{reference}/mentions", get(mentions::show).post(mentions::take))
        .route("/requests/{reference}/gather", get(search::ask_gather).post(search::gather))
        .route("/requests/{reference}/late", get(late::ask).post(late::save))
        .route("/requests/{reference}/owner", get(end::ask_owner).post(end::owner))
        .route("/requests/{reference}/refuse", get(end::ask_refuse).post(end::refuse))
        .route("/requests/{reference}/wishes", get(wishes::show).post(wishes::note))
        .route("/requests/{reference}/wishes/letter", post(wishes::tell))
        .route("/requests/{reference}/wishes/{wish}", post(wishes::settle))
        .route("/requests/{reference}/consultations", get(consult::list).post(consult::ask))
        .route("/requests/{reference}/consultations/{id}", get(consult::show))
        .route("/requests/{reference}/consultations/{id}/chase", post(consult::again))
        .route("/requests/{reference}/consultations/{id}/reply", post(consult::replied))
        .route("/requests/{reference}/consultations/{id}/weigh", post(consult::weighed))
        .route("/requests/{reference}/opinions", get(opinions::ask).post(opinions::save))
        .route("/requests/{reference}/fee", get(fee::ask).post(fee::save))
        .route("/requests/{reference}/fee/paid", post(fee::paid))
        .route("/requests/{reference}/fee/waive", post(fee::waive))
        .route("/requests/{reference}/close", get(end::ask_close).post(end::close))
}
