//! The check: which sheet, what each column is used for, what is wrong, what to look at; then all comes in or nothing.

use askama::Template;
use axum::Form as Posting;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use duties::people::import_people::{
    Checked, Column, Columns, ImportError, Options, Problem, Table as Chosen, check_table, import_table,
};

use crate::app::App;
use crate::components::{ErrorSummary, Table};
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

use super::super::forms::{Posted, first_up, typed};
use super::super::papers::shortened;
use super::super::turned::{Answer, Turned, to};
use super::waiting::Waits;
use super::{gone, permitted, turned};

/// So many problems a page shows; the rest are counted.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "people/import_checked.html")]
struct CheckedPage {
    shell: Shell,
    summary: ErrorSummary,
    file_name: String,
    sheet: String,
    rows: u64,
    people: String,
    right: bool,
    whole: String,
    errors: Table,
    more_errors: u64,
    warnings: Table,
    more_warnings: u64,
    form: Form,
    open: bool,
    first: u64,
}

/// The check of the table that waits.
pub async fn show(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who).await?;
    let Some(waits) = app.tables.waits(&who, app.office.now()) else { return gone(&app, &who).await };
    match check_table(&app.office, &waits.table, &waits.options).await {
        Ok(checked) => page(&app, &who, &waits, &checked, None).await,
        Err(error) => page(&app, &who, &waits, &Checked::default(), Some(turned(error)?)).await,
    }
}

/// Keeps the sheet and the uses of its columns, and checks again.
pub async fn match_columns(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Answer {
    permitted(&app, &who).await?;
    let Some(waits) = app.tables.waits(&who, app.office.now()) else { return gone(&app, &who).await };
    let mut options = waits.options;
    let sheet = typed(&posted, "sheet");
    let same_sheet = sheet == options.sheet || waits.table.sheet(sheet).is_err();
    if same_sheet {
        let known: Vec<(String, String)> = columns(&waits.table, &options)
            .iter()
            .enumerate()
            .filter_map(|(at, (name, ..))| {
                let posted = posted.iter().find(|(key, _)| *key == format!("use-{at}"))?;
                Some((name.clone(), posted.1.clone()))
            })
            .collect();
        options.uses.retain(|(name, _)| !known.iter().any(|(column, _)| column == name));
        options.uses.extend(known);
    } else {
        sheet.clone_into(&mut options.sheet);
    }
    app.tables.keep(&who, waits.table, options, app.office.now());
    Ok(to("/people/import/check"))
}

/// Each column: its name, the slug of its use, the first things that stand in it.
fn columns(table: &Chosen, options: &Options) -> Vec<(String, &'static str, Vec<String>)> {
    let Ok(sheet) = table.sheet(&options.sheet) else { return Vec::new() };
    let Ok(columns) = Columns::chosen(sheet.header(), options) else { return Vec::new() };
    let examples = |at: usize| {
        let cells = sheet.rows().filter_map(|(_, row)| row.get(at)).filter(|cell| !cell.is_empty());
        cells.take(2).map(|cell| shortened(cell, 40)).collect()
    };
    columns.slugs().enumerate().map(|(at, (name, slug))| (name.to_owned(), slug, examples(at))).collect()
}

fn questions(waits: &Waits) -> Form {
    let mut form = Form::new();
    let sheets: Vec<_> = waits.table.sheets().collect();
    if sheets.len() > 1 {
        let chosen = waits.table.sheet(&waits.options.sheet).map_or("", |sheet| sheet.name());
        let choices = sheets.iter().map(|(name, hidden)| {
            Choice::new(*name, if *hidden { format!("{name} (hidden in the workbook)") } else { (*name).to_owned() })
        });
        let field = Field::select("sheet", "Which sheet has the people?", choices).value(chosen);
        form = form.ask(field.hint("When you choose another sheet, its columns come up next."));
    }
    let uses: Vec<Choice> = std::iter::once(Choice::new("", "Leave it out"))
        .chain(Column::offered().map(|(slug, words)| Choice::new(slug, first_up(words))))
        .collect();
    for (at, (name, slug, examples)) in columns(&waits.table, &waits.options).into_iter().enumerate() {
        let field = Field::select(format!("use-{at}"), name, uses.clone()).value(slug);
        let hint = if examples.is_empty() { "This column is empty.".to_owned() } else { examples.join("; ") };
        form = form.ask(field.hint(hint));
    }
    form
}

async fn page(
    app: &App,
    who: &Who,
    waits: &Waits,
    checked: &Checked,
    wrong: Option<ImportError>,
) -> Result<Response, Turned> {
    let right = checked.is_right() && wrong.is_none();
    let title = if right { Title::new("The table is right") } else { Title::new("The table is not right yet") };
    let shell = app.shell(who, title.with_error(!right)).await?.within(Section::People);
    let sheet = waits.table.sheet(&waits.options.sheet).map_or("", |sheet| sheet.name()).to_owned();
    let place = if sheet.is_empty() { String::new() } else { format!(" in the sheet \"{sheet}\"") };
    let (errors, more_errors) = problems(&format!("What is wrong{place}"), &checked.errors, checked.untold.0);
    let (warnings, more_warnings) = problems(&format!("What to look at{place}"), &checked.warnings, checked.untold.1);
    let form = questions(waits);
    let people = if checked.rows == 1 { "1 person".to_owned() } else { format!("{} people", checked.rows) };
    let page = CheckedPage {
        shell,
        summary: form.summary(),
        file_name: waits.table.file_name.clone(),
        open: wrong.is_some(),
        whole: wrong.map_or_else(String::new, |error| error.to_string()),
        first: checked.extent().map_or(0, |(first, _)| first),
        rows: checked.rows,
        sheet,
        people,
        right,
        errors,
        more_errors,
        warnings,
        more_warnings,
        form,
    };
    Ok(if right { Page::new(page) } else { Page::with_errors(page) }.into_response())
}

fn problems(caption: &str, problems: &[Problem], untold: u64) -> (Table, u64) {
    let head = Table::new(caption)
        .column("Row")
        .column("Column")
        .column("What stands there")
        .column("What to do")
        .named_rows()
        .cards();
    let table = problems.iter().take(SHOWN).fold(head, |table, problem| {
        table.row([
            crate::components::Cell::link(
                format!("Row {}", problem.row),
                format!("/people/import/row?number={}", problem.row),
            ),
            problem.column.as_str().into(),
            problem.value.for_page().as_str().into(),
            problem.message.as_str().into(),
        ])
    });
    (table, problems.len().saturating_sub(SHOWN) as u64 + untold)
}

/// Brings in the table that was checked, all of it or nothing.
pub async fn bring_in(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who).await?;
    let Some(waits) = app.tables.waits(&who, app.office.now()) else { return gone(&app, &who).await };
    match import_table(&app.office, &who.0, &waits.table, &waits.options).await {
        Ok(done) => {
            app.tables.forget(&who);
            Ok(to(&format!("/people/imports/{}?done=imported", done.import)))
        }
        Err(ImportError::Wrong(_)) => Ok(to("/people/import/check")),
        Err(error) => page(&app, &who, &waits, &Checked::default(), Some(turned(error)?)).await,
    }
}
