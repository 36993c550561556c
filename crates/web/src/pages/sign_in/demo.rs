//! What only the demonstration shows: its people, one click each, and the code of the moment.

use axum::Form as Posting;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use duties::SignedIn;
use duties::accounts::next_code;

use super::{enter, user_agent};
use crate::app::App;
use crate::errors::Problem;
use crate::posted::{Posted, words};

/// The code that a person of the demonstration types; nothing in a real book.
#[derive(Clone, Debug, Default)]
pub(crate) struct DemoCode(pub(crate) Option<String>);

impl DemoCode {
    /// The next code of one of the demonstration's people.
    pub(crate) fn of(app: &App, who: &SignedIn) -> Self {
        let email = who.account.email.for_page();
        let known = app.demo.iter().any(|person| person.email.eq_ignore_ascii_case(email));
        Self(known.then(|| next_code(&who.account, app.office.now())).flatten())
    }
}

/// `POST /sign-in/demo`: as if somebody had typed the address and password that the page shows.
pub(crate) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let place: Option<usize> = words(&posted, "person").parse().ok();
    let person = place.and_then(|place| app.demo.get(place)).ok_or(Problem::NotFound)?;
    let way_in = duties::accounts::sign_in(&app.office, &person.email, &person.password, user_agent(&headers))
        .await
        .map_err(|_| Problem::TooMany(60))?;
    Ok(enter(&app, &way_in, "/today"))
}
