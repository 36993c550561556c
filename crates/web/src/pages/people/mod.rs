//! People and their files: search and lists (S2, S3), a person (S4), notes (S5), papers, family, who has looked.

mod add;
mod ask;
mod details;
mod enrol;
mod family;
mod file;
mod find;
pub(super) mod forms;
mod head;
mod import;
mod keeping;
mod leading;
pub(super) mod mentions;
mod merge;
mod notes;

mod papers;
mod print;
pub(super) mod reason;
mod timeline;
pub(super) mod turned;
mod volunteers;
mod whys;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::app::App;

pub use import::TablesWaiting;
pub use papers::PapersWaiting;
pub use whys::Whys;

/// What an upload may have in all, in bytes: the papers, and the fields beside them.
const LARGEST_UPLOAD: usize = duties::notes::LARGEST_TOGETHER + 4 * 1024 * 1024;

/// The pages of people.
pub fn routes(app: &App) -> Router<App> {
    let uploads = Router::new()
        .route("/people/{file}/papers/new", get(papers::keep::ask).post(papers::keep::keep))
        .route("/people/import", get(import::ask).post(import::choose))
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    Router::new()
        .route("/search", post(find::search).get(find::search_again))
        .route("/people", get(find::list))
        .route("/people/import/check", get(import::check::show))
        .route("/people/import/columns", post(import::check::match_columns))
        .route("/people/import/row", get(import::row::show))
        .route("/people/import/bring-in", post(import::check::bring_in))
        .route("/people/imports", get(import::done::list))
        .route("/people/imports/{import}", get(import::done::show))
        .route("/people/imports/{import}/undo", post(import::done::undo))
        .route("/people/new", get(add::ask).post(add::save))
        .route("/people/{file}", get(file::summary))
        .route("/people/{file}/timeline", get(timeline::show).post(timeline::find))
        .route("/people/{file}/print", get(print::ask).post(print::print))
        .route("/people/{file}/papers", get(papers::list))
        .route("/people/{file}/papers/check", get(papers::check::ask).post(papers::check::keep))
        .route("/people/{file}/papers/forget", post(papers::check::forget))
        .route("/people/{file}/papers/{record}", get(papers::show::show))
        .route("/people/{file}/papers/{record}/find", get(papers::show::show_again).post(papers::show::find))
        .route("/people/{file}/papers/{record}/pages/{page}", get(papers::show::page))
        .route("/people/{file}/papers/{record}/purpose", get(papers::purpose::ask).post(papers::purpose::give))
        .route("/people/{file}/papers/{record}/open", get(papers::open))
        .route("/people/{file}/family", get(family::family))
        .route("/people/{file}/family/new", get(details::ask_relative).post(details::find_relative))
        .route("/people/{file}/family/add", post(details::add_relative))
        .route("/people/{file}/family/{record}/end", post(details::end_relative))
        .route("/people/{file}/looked", get(file::looked))
        .route("/people/{file}/mentions", get(mentions::show))
        .route("/people/{file}/requests", get(file::requests))
        .route("/people/{file}/reason", get(reason::ask).post(reason::keep))
        .route("/people/{file}/notes/new", get(notes::ask).post(notes::write))
        .route("/people/{file}/notes/{record}/correct", get(notes::ask_correction).post(notes::correct))
        .route("/people/{file}/identity", get(details::ask_identity).post(details::change_identity))
        .route("/people/{file}/contacts/new", get(details::ask_contact).post(details::add_contact))
        .route("/people/{file}/contacts/{record}/supersede", get(details::ask_supersede).post(details::supersede))
        .route("/people/{file}/warnings/new", get(details::ask_warning).post(details::add_warning))
        .route("/people/{file}/warnings/{record}/lift", get(details::ask_lift).post(details::lift))
        .route("/people/{file}/volunteers", get(volunteers::ask).post(volunteers::name))
        .route("/people/{file}/volunteers/{volunteer}/end", post(volunteers::end))
        .route("/people/{file}/enrol", get(enrol::ask).post(enrol::save))
        .route("/people/{file}/enrolments/{record}/end", get(enrol::ask_end).post(enrol::end))
        .route("/people/{file}/enrolments/{record}/outcome", get(enrol::ask_outcome).post(enrol::outcome))
        .route("/people/{file}/keeping", get(keeping::show))
        .route("/people/{file}/keeping/close", post(keeping::close))
        .route("/people/{file}/keeping/reopen", post(keeping::reopen))
        .route("/people/{file}/keeping/longer", post(keeping::hold))
        .route("/people/{file}/keeping/longer/{record}/review", post(keeping::review))
        .route("/people/{file}/keeping/longer/{record}/end", post(keeping::lift))
        .route("/people/{file}/merge", get(merge::ask).post(merge::find))
        .route("/people/{file}/merge/{other}", get(merge::compare).post(merge::merge))
        .route("/people/{file}/merge/{other}/undo", get(merge::ask_undo).post(merge::undo))
        .route("/people/{file}/notice", get(enrol::ask_notice).post(enrol::give))
        .route("/people/{file}/facts/new", get(enrol::ask_fact).post(enrol::add_fact))
        .merge(uploads)
        .layer(from_fn_with_state(app.clone(), leading::lead))
}
