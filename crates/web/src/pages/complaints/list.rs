//! The list of complaints: the most pressing first.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use duties::complaints::{ComplaintLine, complaints};

use crate::app::{App, problem};
use crate::components::{Cell, Content, Table, Tag, Tone};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

#[derive(Template)]
#[template(path = "complaints/list.html")]
struct ListPage {
    shell: Shell,
    table: Table,
}

/// `GET /complaints`
pub async fn show(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    let lines = complaints(&app.office, &who.0).await.map_err(problem)?;
    let shell = app.shell(&who, Title::new("Complaints")).await?.within(Section::Requests);
    let head = Table::new("Complaints")
        .column("Reference")
        .column("About")
        .column("Received")
        .column("What comes next")
        .column("For")
        .named_rows()
        .cards();
    let table = lines.iter().fold(head, |table, line| table.row(row(line)));
    Ok(Page::new(ListPage { shell, table }).into_response())
}

fn row(line: &ComplaintLine) -> [Cell; 5] {
    let reference = match &line.subject {
        Some(_) => Cell::link(line.reference.clone(), format!("/complaints/{}", line.reference)),
        None => line.reference.clone().into(),
    };
    let next: Content =
        if line.late { Tag::new(line.words.clone(), Tone::Red).into() } else { line.words.clone().into() };
    [
        reference,
        line.subject.clone().unwrap_or_else(|| "Not open to you".to_owned()).into(),
        duties::clock::short_date(line.received).into(),
        next.into(),
        line.routed_to.clone().into(),
    ]
}
