//! What no purpose covers (K5): what lies in files and nobody needs, each with what to do. It says where, never what.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use duties::minimisation::{Uncovered, UncoveredWhy, see_uncovered};

use crate::app::App;
use crate::components::{Cell, Table};
use crate::page::{Page, Shell, Title};
use crate::who::Who;

use super::super::people::forms::day;
use super::super::people::turned::{Answer, at_house};
use super::shell;

/// So many lines a page shows; the rest are counted.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "admin/uncovered.html")]
struct UncoveredPage {
    shell: Shell,
    table: Table,
    more: usize,
}

/// `GET /admin/uncovered`
pub async fn show(State(app): State<App>, who: Who) -> Answer {
    let found = see_uncovered(&app.office, &who.0).await.map_err(|stopped| at_house(stopped, "/admin/uncovered"))?;
    let caption = match found.len() {
        1 => "1 thing to look at, the oldest first".to_owned(),
        count => format!("{count} things to look at, the oldest first"),
    };
    let head = Table::new(caption).column("Whose file").column("Since").column("What lies there").column("What to do");
    let table = found.iter().take(SHOWN).fold(head.named_rows().cards(), |table, line| table.row(row(line)));
    let shell = shell(&app, &who, Title::new("What no purpose covers"), "").await?;
    Ok(Page::new(UncoveredPage { shell, table, more: found.len().saturating_sub(SHOWN) }).into_response())
}

fn row(line: &Uncovered) -> [Cell; 4] {
    let file = format!("/people/{}", line.file);
    let purpose = line.record.map_or_else(|| file.clone(), |record| format!("{file}/papers/{record}/purpose"));
    let (what, to_do) = match &line.why {
        UncoveredWhy::NoPurpose => {
            ("A paper, and nobody said what it is for".to_owned(), Cell::link("Say what we keep it for", purpose))
        }
        UncoveredWhy::NotDescribed => {
            let words = "A file that came in another paper, without words, and nobody said what it is";
            (words.to_owned(), Cell::link("Say what it is", purpose))
        }
        UncoveredWhy::NotNeeded(about, service) => (
            format!(
                "A fact about {}, kept for {service}. They do not use it now, or it does not need such facts",
                about.words()
            ),
            Cell::link("Open the file, and ask the service", file.clone()),
        ),
        UncoveredWhy::NoEnrolment(count) => {
            let papers = if *count == 1 { "1 paper".to_owned() } else { format!("{count} papers") };
            (format!("{papers}, and no service"), Cell::link("Enrol the child, or close the file", file.clone()))
        }
    };
    [Cell::link(line.name.as_str(), file), day(line.since).into(), what.into(), to_do]
}
