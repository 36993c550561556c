//! The ledger: verified now, its newest signed checkpoint to take away, and how to check it on another machine.

use std::fmt::Write as _;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use duties::house::{LedgerView, see_ledger, verify_ledger};

use crate::app::App;
use crate::book::Verification;
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::page::{Page, Shell, Title};
use crate::who::Who;

use super::super::people::forms::moment;
use super::super::people::turned::{Answer, Turned, at_house};
use super::policy::download;
use super::shell;

const PATH: &str = "/admin/ledger";

#[derive(Template)]
#[template(path = "admin/ledger.html")]
struct LedgerPage {
    shell: Shell,
    facts: SummaryList,
    /// What was found just now; none before anything was verified.
    found: Option<Found>,
    checkpoint: String,
    key: String,
}

/// What a verification found.
struct Found {
    problems: Vec<String>,
}

/// `GET /admin/ledger`
pub async fn show(State(app): State<App>, who: Who) -> Answer {
    let view = see_ledger(&app.office, &who.0).await.map_err(|stopped| at_house(stopped, PATH))?;
    page(&app, &who, view, None).await
}

/// `POST /admin/ledger`: verifies it, and shows the result in the answer itself.
pub async fn verify(State(app): State<App>, who: Who) -> Answer {
    let at = |stopped| at_house(stopped, PATH);
    let verification = verify_ledger(&app.office, &who.0).await.map_err(at)?;
    let view = see_ledger(&app.office, &who.0).await.map_err(at)?;
    page(&app, &who, view, Some(&verification)).await
}

async fn page(app: &App, who: &Who, view: LedgerView, verification: Option<&Verification>) -> Result<Response, Turned> {
    let held = view.held.map_or_else(|| "Not yet on this page".to_owned(), moment);
    let mut facts = SummaryList::new().fact("Entries", view.size.to_string()).fact("It last held", held);
    if let Some(found) = verification {
        facts = facts
            .fact("Checkpoints compared", found.checkpoints.to_string())
            .fact("Sealed details compared", found.traces.to_string())
            .fact("Root", hexed(&found.root));
    }
    let said = |found: &Verification| Found {
        problems: found
            .problems
            .iter()
            .map(|problem| match problem.seq {
                Some(seq) => format!("Entry {seq}: {}", problem.what),
                None => problem.what.clone(),
            })
            .collect(),
    };
    let page = LedgerPage {
        shell: shell(app, who, Title::new("Ledger"), "").await?,
        facts,
        found: verification.map(said),
        checkpoint: view.checkpoint.unwrap_or_default(),
        key: view.key,
    };
    Ok(Page::new(page).into_response())
}

fn hexed(root: &[u8]) -> String {
    root.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `GET /admin/ledger/checkpoint`: the newest one, as a file to keep elsewhere.
pub async fn checkpoint(State(app): State<App>, who: Who) -> Answer {
    let view = see_ledger(&app.office, &who.0).await.map_err(|stopped| at_house(stopped, PATH))?;
    let note = view.checkpoint.ok_or(Problem::NotFound)?;
    download(note, "checkpoint.note", "text/plain; charset=utf-8")
}
