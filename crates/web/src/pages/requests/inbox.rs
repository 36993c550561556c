//! The list of requests (S7): late ones first, in words; filters in the address, so that they can be kept.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use duties::requests::InboxLine;
use serde::Deserialize;

use crate::app::{App, problem};
use crate::components::{Cell, Content, Table, Tag, Tone};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::records::requests::Stage;
use crate::who::Who;

/// Which requests are shown.
#[derive(Debug, Default, Deserialize)]
pub struct Filter {
    #[serde(default)]
    show: String,
}

#[derive(Template)]
#[template(path = "requests/inbox.html")]
struct InboxPage {
    shell: Shell,
    counts: Vec<(usize, &'static str, &'static str)>,
    filters: Vec<(&'static str, &'static str, bool)>,
    table: Table,
    heading: &'static str,
}

const FILTERS: [(&str, &str, &str); 5] = [
    ("", "Open", "Open requests"),
    ("late", "Late", "Late requests"),
    ("week", "Due this week", "Requests due within seven days"),
    ("mine", "Mine", "My requests"),
    ("closed", "Closed", "Requests that are over"),
];

/// `GET /requests`
pub async fn show(State(app): State<App>, who: Who, Query(filter): Query<Filter>) -> Result<Response, Problem> {
    let lines = duties::requests::inbox(&app.office, &who.0).await.map_err(problem)?;
    let shell = app.shell(&who, Title::new("Requests")).await?.at(Section::Requests);
    let chosen = FILTERS.iter().find(|(slug, ..)| *slug == filter.show).unwrap_or(&FILTERS[0]);
    let late = lines.iter().filter(|line| line.due.late).count();
    let soon = lines.iter().filter(|line| line.due.soon).count();
    let open = lines.iter().filter(|line| is_open(line)).count();
    let counts = vec![
        (late, if late == 1 { "late request" } else { "late requests" }, "/requests?show=late"),
        (soon, "due within a week", "/requests?show=week"),
        (open, if open == 1 { "open request" } else { "open requests" }, "/requests"),
    ];
    let keep = |line: &&InboxLine| match chosen.0 {
        "late" => line.due.late,
        "week" => line.due.soon,
        "mine" => is_open(line) && line.owner.as_ref().is_some_and(|(file, _)| *file == who.0.file),
        "closed" => !is_open(line),
        _ => is_open(line),
    };
    let table = lines.iter().filter(keep).fold(head(chosen.2), |table, line| table.row(row(line)));
    let page = InboxPage {
        shell,
        counts,
        filters: FILTERS.iter().map(|(slug, words, _)| (*slug, *words, *slug == chosen.0)).collect(),
        table,
        heading: chosen.2,
    };
    Ok(Page::new(page).into_response())
}

fn is_open(line: &InboxLine) -> bool {
    !matches!(line.stage, Stage::Closed | Stage::Refused)
}

fn head(caption: &str) -> Table {
    Table::new(caption)
        .column("Reference")
        .column("About")
        .column("Received")
        .column("Due")
        .column("Owner")
        .column("Stage")
        .named_rows()
        .cards()
}

fn row(line: &InboxLine) -> [Cell; 6] {
    let reference = match &line.subject {
        Some(_) => Cell::link(line.reference.clone(), format!("/requests/{}", line.reference)),
        None => line.reference.clone().into(),
    };
    [
        reference,
        line.subject.clone().unwrap_or_else(|| "Not open to you".to_owned()).into(),
        duties::clock::short_date(line.received).into(),
        due_content(line).into(),
        line.owner
            .as_ref()
            .map_or_else(|| format!("Nobody yet. For {}", line.routed_to), |(_, name)| name.clone())
            .into(),
        line.stage.words().into(),
    ]
}

fn due_content(line: &InboxLine) -> Content {
    due_tag(&line.due).map_or_else(|| line.due.words.clone().into(), Content::from)
}

/// The due words as a tag, where they matter.
pub fn due_tag(due: &duties::requests::Due) -> Option<Tag> {
    due.on?;
    let tone = if due.late {
        Tone::Red
    } else if due.stopped.is_some() {
        Tone::Purple
    } else if due.soon {
        Tone::Yellow
    } else {
        Tone::Plain
    };
    Some(Tag::new(due.words.clone(), tone))
}
