//! What imports brought in, and undoing one as a whole.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use duties::Stopped;
use duties::people::import_people::{UndoError, Undoing, imports, look_at_undo, says, undo_import};
use serde::Deserialize;

use crate::app::App;
use crate::components::{Cell, SummaryList, Table};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::RecordId;
use crate::records::house::Import;
use crate::who::Who;

use super::super::forms::{Posted, moment, typed};
use super::super::timeline::said;
use super::super::turned::{Answer, Turned, at_house, to};

const LIST: &str = "/people/imports";
/// So many people who hold an import are named; the rest are counted.
const NAMED: usize = 100;

/// What was done last.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "people/imports.html")]
struct ListPage {
    shell: Shell,
    table: Table,
}

/// All imports.
pub async fn list(State(app): State<App>, who: Who) -> Answer {
    let at = |stopped| at_house(stopped, LIST);
    let house = app.office.house().await.map_err(at)?;
    let head = Table::new("Imports, newest first")
        .column("When")
        .column("Table")
        .column("Who")
        .numbers("Rows")
        .column("Now")
        .named_rows()
        .cards();
    let table = imports(&app.office, &who.0).await.map_err(at)?.iter().fold(head, |table, opened| {
        let Some(import) = says(opened) else { return table };
        let by = opened.record.provenance.written_by.map_or("the command line", |file| house.staff_name(file));
        let state = if import.undone.is_some() { "undone" } else { "in the book" };
        table.row([
            Cell::link(moment(opened.header.opened), format!("{LIST}/{}", opened.header.id)),
            table_of(import).into(),
            by.into(),
            import.rows.to_string().into(),
            state.into(),
        ])
    });
    let shell = app.shell(&who, Title::new("Imports")).await?.within(Section::People);
    Ok(Page::new(ListPage { shell, table }).into_response())
}

fn table_of(import: &Import) -> String {
    if import.sheet.is_empty() {
        import.file_name.clone()
    } else {
        format!("{}, sheet \"{}\"", import.file_name, import.sheet)
    }
}

#[derive(Template)]
#[template(path = "people/import_done.html")]
struct ImportDonePage {
    shell: Shell,
    form: Form,
    import: String,
    facts: SummaryList,
    cannot: String,
    going: String,
    records: usize,
    held: Table,
    more: usize,
}

/// One import, and whether it can be undone.
pub async fn show(State(app): State<App>, who: Who, Path(import): Path<String>, Query(done): Query<Done>) -> Answer {
    let import = id(&import)?;
    page(&app, &who, import, questions(), &done.done).await
}

fn id(text: &str) -> Result<RecordId, Turned> {
    text.parse().map_err(|_| Turned::Problem(Problem::NotFound))
}

fn questions() -> Form {
    Form::new()
        .ask(Field::area("reason", "Why do you undo it?").hint("It is kept with the import.").rows(2))
        .ask(Field::checkboxes("keep", "", [Choice::new("yes", "Keep the people named above, and undo the rest")]))
}

async fn page(app: &App, who: &Who, import: RecordId, form: Form, done: &str) -> Result<Response, Turned> {
    let path = format!("{LIST}/{import}");
    let at = |stopped| at_house(stopped, &path);
    let (undoing, cannot) = match look_at_undo(&app.office, &who.0, import).await {
        Ok(undoing) => (Some(undoing), String::new()),
        Err(UndoError::Stopped(stopped)) => return Err(at(stopped)),
        Err(error) => (None, error.to_string()),
    };
    let all = imports(&app.office, &who.0).await.map_err(at)?;
    let opened = all.into_iter().find(|opened| opened.header.id == import).ok_or_else(|| at(Stopped::NotFound))?;
    let says = says(&opened).ok_or_else(|| at(Stopped::NotFound))?;
    let house = app.office.house().await.map_err(at)?;
    let name = |file| house.staff_name(file).to_owned();
    let by = opened.record.provenance.written_by.map_or_else(|| "The command line".to_owned(), name);
    let mut facts = SummaryList::new()
        .fact("Table", table_of(says))
        .fact("Brought in", format!("{}, by {by}", moment(opened.header.opened)))
        .fact("Rows", says.rows.to_string());
    if let Some(undone) = &says.undone {
        let by = undone.by.map_or_else(|| "the command line".to_owned(), name);
        facts = facts
            .fact("Undone", format!("{}, by {by}", moment(undone.at)))
            .fact("Why", undone.reason.for_page().clone())
            .fact("Files erased", undone.files.to_string())
            .fact("Files kept", undone.kept.to_string());
    }
    let wrong = form.has_errors();
    let shell = said(app.shell(who, Title::new("An import").with_error(wrong)).await?.within(Section::People), done);
    let (held, more) = undoing.as_ref().map_or_else(|| (Table::default(), 0), held);
    let page = ImportDonePage {
        going: undoing.as_ref().map_or_else(String::new, |undoing| match undoing.free.len() {
            1 => "1 file would be erased".to_owned(),
            n => format!("{n} files would be erased"),
        }),
        records: undoing.as_ref().map_or(0, Undoing::records),
        import: import.to_string(),
        shell,
        form,
        facts,
        cannot,
        held,
        more,
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

fn held(undoing: &Undoing) -> (Table, usize) {
    let head =
        Table::new("People who have got something else since").column("Name").column("What").named_rows().cards();
    let table = undoing.held.iter().take(NAMED).fold(head, |table, held| {
        table.row([
            Cell::link(held.name.for_page().clone(), format!("/people/{}", held.file)),
            held.why.join("; ").into(),
        ])
    });
    (table, undoing.held.len().saturating_sub(NAMED))
}

/// Undoes an import.
pub async fn undo(
    State(app): State<App>,
    who: Who,
    Path(import): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let import = id(&import)?;
    let mut form = questions().fill(&posted);
    match undo_import(&app.office, &who.0, import, typed(&posted, "reason"), typed(&posted, "keep") == "yes").await {
        Ok(_) => return Ok(to(&format!("{LIST}/{import}?done=import-undone"))),
        Err(UndoError::Stopped(stopped)) => return Err(at_house(stopped, &format!("{LIST}/{import}"))),
        Err(error @ UndoError::NoReason) => form.error("reason", error.to_string()),
        Err(error @ UndoError::Held(_)) => form.error("keep", error.to_string()),
        Err(UndoError::Already | UndoError::NoList) => return Ok(to(&format!("{LIST}/{import}"))),
    };
    page(&app, &who, import, form, "").await
}
