//! Administration (S21) and the first set-up (S22): accounts, the charity, services, places, bank holidays, the
//! policy, the ledger. Setting up is an order over the same pages.

mod account;
mod adopt;
mod ask;
mod charity;
mod drafts;
mod email;
mod grants;
mod held;
mod holidays;
mod hub;
mod invite;
mod ledger;
mod letters;
mod list;
mod people;
mod places;
mod policy;
mod problems;
mod roles;
mod services;
mod set_up;
mod uncovered;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::civil::Date;

use crate::access::Action;
use crate::app::App;
use crate::page::{Section, Shell, Title};
use crate::posted::{date, words};
use crate::records::Purpose;
use crate::who::Who;

use super::people::turned::{Turned, at_house};

pub use drafts::PolicyDrafts;

/// What the texts of a policy may have in all, in bytes.
const LARGEST_POLICY: usize = 4 * 1024 * 1024;

/// The pages of administration.
pub fn routes() -> Router<App> {
    let texts = Router::new()
        .route("/admin/policy/new", get(adopt::ask).post(adopt::check))
        .layer(DefaultBodyLimit::max(LARGEST_POLICY));
    Router::new()
        .route("/admin", get(hub::show))
        .route("/admin/set-up", get(set_up::show))
        .route("/admin/people", get(people::list))
        .route("/admin/people/new", get(invite::ask).post(invite::send))
        .route("/admin/people/{file}", get(people::account))
        .route("/admin/people/{file}/answer", post(account::answer))
        .route("/admin/people/{file}/roles", get(account::ask_roles).post(account::change_roles))
        .route("/admin/people/{file}/services", get(account::ask_services).post(account::change_services))
        .route("/admin/people/{file}/grants/new", get(grants::ask).post(grants::give))
        .route("/admin/people/{file}/grants/end", post(grants::end))
        .route("/admin/people/{file}/link", get(invite::ask_again).post(invite::send_again))
        .route("/admin/people/{file}/sign-out", post(account::sign_out))
        .route("/admin/people/{file}/close", get(account::ask_close).post(account::close))
        .route("/admin/roles", get(roles::show))
        .route("/admin/uncovered", get(uncovered::show))
        .route("/admin/held", get(held::show))
        .route("/admin/charity", get(charity::ask).post(charity::save))
        .route("/admin/services", get(services::list))
        .route("/admin/services/new", get(services::ask).post(services::add))
        .route("/admin/services/{service}", get(services::ask_change).post(services::change))
        .route("/admin/places", get(places::list))
        .route("/admin/places/new", get(places::ask).post(places::add))
        .route("/admin/places/{place}", get(places::ask_change).post(places::change))
        .route("/admin/holidays", get(holidays::list))
        .route("/admin/holidays/new", get(holidays::ask).post(holidays::add))
        .route("/admin/holidays/{holiday}", get(holidays::ask_change).post(holidays::change))
        .route("/admin/policy", get(policy::show))
        .route("/admin/policy/{version}/{text}", get(policy::text))
        .route("/admin/policy/changes", get(adopt::changes).post(adopt::adopt))
        .route("/admin/email", get(email::show).post(email::test))
        .route("/admin/letters", get(letters::list))
        .route("/admin/letters/{kind}", get(letters::ask).post(letters::save))
        .route("/admin/ledger", get(ledger::show).post(ledger::verify))
        .route("/admin/ledger/checkpoint", get(ledger::checkpoint))
        .merge(texts)
}

/// Stops whoever may not do this, or must first prove once more that it is them, before a form is shown.
async fn permitted(app: &App, who: &Who, action: Action, path: &str) -> Result<(), Turned> {
    let asked = app.office.permit(&who.0, action, None, Purpose::Administration, "").await;
    asked.map(|_| ()).map_err(|stopped| at_house(stopped, path))
}

/// Whether the rules would say yes: for showing a link.
async fn may(app: &App, who: &Who, action: Action) -> bool {
    app.office.would_permit(&who.0, action, None, Purpose::Administration).await
}

/// The surroundings of a page of administration, with what came of the last action.
async fn shell(app: &App, who: &Who, title: Title, done: &str) -> Result<Shell, Turned> {
    let shell = app.shell(who, title).await?.within(Section::Admin);
    Ok(match said(done) {
        Some(words) => shell.result(words, true),
        None => shell,
    })
}

/// What came of the last action, by the word in the address.
fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "saved" => "Saved.",
        "added" => "Added.",
        "roles" => "Their roles are changed. It holds from now on.",
        "waits" => "Asked for. A trustee or another administrator confirms it on this page.",
        "confirmed" => "Confirmed. It holds from now on.",
        "declined" => "Declined. Their roles stay as they were.",
        "granted" => "Opened. It closes by itself after the last day.",
        "taken-back" => "Taken back. It is closed to them from now on.",
        "signed-out" => "They are signed out everywhere.",
        "closed" => "The account is closed, and they are signed out everywhere.",
        "adopted" => "Adopted. The policy binds from the day that you chose.",
        _ => return None,
    })
}

/// A date that may be left out: none where all three boxes are empty.
fn date_or_none(posted: &[(String, String)], name: &str) -> Result<Option<Date>, String> {
    let empty = ["day", "month", "year"].iter().all(|part| words(posted, &format!("{name}-{part}")).is_empty());
    if empty { Ok(None) } else { date(posted, name).map(Some) }
}
