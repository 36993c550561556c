//! The check: which sheet, what each column is used for, what is wrong, what to look at; then all comes in or nothing.

use std::sync::Arc;

use askama::Template;
use axum::Form as Posting;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use duties::people::import_people::{
    Checked, Column, Columns, ImportError, Likely, Of, Options, Problem, Same, Table as Chosen, check_table,
    import_table, likely_to,
};

use crate::app::App;
use crate::components::{Cell, ErrorSummary, Table};
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

use super::super::forms::{Posted, day, first_up, typed};
use super::super::papers::shortened;
use super::super::turned::{Answer, Turned, at_house, to};
use super::waiting::Waits;
use super::{PATH, gone, permitted, turned};

/// So many problems a page shows; the rest are counted.
const SHOWN: usize = 100;
/// So many rows are shown beside the people of the book who may be the same.
const DOUBLES: usize = 100;

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
    doubles: Vec<Double>,
    more_doubles: usize,
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
        options.same.clear();
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
        let field = Field::select("sheet", "Which sheet?", choices).value(chosen);
        form = form.ask(field.hint("When you choose another sheet, its columns come up next."));
    }
    let uses: Vec<Choice> = std::iter::once(Choice::new("", "Leave it out"))
        .chain(Column::offered(waits.options.of).map(|(slug, words)| Choice::new(slug, first_up(words))))
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
    let (doubles, more_doubles) = if right { doubles(app, who, waits, checked).await? } else { Default::default() };
    let people = match (checked.rows, waits.options.of) {
        (1, Of::People) => "1 person".to_owned(),
        (1, of) => format!("1 {}", of.slug().trim_end_matches('s')),
        (rows, of) => format!("{rows} {}", of.slug()),
    };
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
        doubles,
        more_doubles,
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
            Cell::link(format!("Row {}", problem.row), format!("/people/import/row?number={}", problem.row)),
            problem.column.as_str().into(),
            problem.value.for_page().as_str().into(),
            problem.message.as_str().into(),
        ])
    });
    (table, problems.len().saturating_sub(SHOWN) as u64 + untold)
}

/// A row, and who in the book may be the same person.
struct Double {
    row: u64,
    sides: Table,
    question: Field,
}

/// The rows whose people may be in the book already, side by side, and how many more there are.
async fn doubles(app: &App, who: &Who, waits: &Waits, checked: &Checked) -> Result<(Vec<Double>, usize), Turned> {
    let likely = likely_to(&app.office, &who.0, checked).await.map_err(|stopped| at_house(stopped, PATH))?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let mut rows: Vec<&[Likely]> = likely.chunk_by(|a, b| a.row == b.row).collect();
    // Those who are surely the same come first.
    rows.sort_by_key(|hits| !hits.iter().any(|hit| hit.surely));
    let more = rows.len().saturating_sub(DOUBLES);
    let shown = rows.into_iter().take(DOUBLES).map(|hits| {
        let row = hits.first().map_or(0, |hit| hit.row);
        let facts = checked.preview(&house, row).unwrap_or_default();
        let of =
            |label: &str| facts.iter().find(|(l, _)| l == label).map_or("", |(_, value)| value.for_page().as_str());
        let head = Table::new(format!("Row {row}"))
            .column("Where")
            .column("Name")
            .column("Born")
            .column("Who they are")
            .column("Alike")
            .named_rows()
            .cards();
        let head = head.row([
            format!("In the table, row {row}").into(),
            of("Name").into(),
            of("Date of birth").into(),
            of("Who they are").into(),
            "".into(),
        ]);
        let sides = hits.iter().fold(head, |table, hit| {
            let born = hit.card.born.as_ref().map_or_else(|| "not known".to_owned(), |born| day(*born.for_page()));
            table.row([
                "In the book".into(),
                Cell::link(hit.card.name.for_page().clone(), format!("/people/{}", hit.file)),
                born.into(),
                hit.card.class.words().into(),
                first_up(&hit.why).into(),
            ])
        });
        Double { row, sides, question: question(waits, row, hits) }
    });
    Ok((shown.collect(), more))
}

fn question(waits: &Waits, row: u64, hits: &[Likely]) -> Field {
    let mut choices = Vec::new();
    for hit in hits {
        let whom = if hits.len() > 1 {
            format!("{} in the book", hit.card.name.for_page())
        } else {
            "the person in the book".to_owned()
        };
        choices.push(Choice::new(Same::Skip(hit.file).slug(), format!("It is {whom}: leave the row out")));
        choices.push(Choice::new(Same::Update(hit.file).slug(), format!("It is {whom}: fill in what is empty there")));
    }
    choices.push(Choice::new(Same::SomeoneElse.slug(), "It is somebody else: bring them in"));
    let surely = hits.iter().find(|hit| hit.surely).map_or(Same::SomeoneElse, |hit| Same::Skip(hit.file));
    let chosen = waits.options.same.get(&row).copied().unwrap_or(surely);
    Field::radios(format!("same-{row}"), format!("Who is row {row}?"), choices).value(chosen.slug()).small()
}

/// Brings in the table that was checked, all of it or nothing.
pub async fn bring_in(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Answer {
    permitted(&app, &who).await?;
    let Some(mut waits) = app.tables.waits(&who, app.office.now()) else { return gone(&app, &who).await };
    let chosen = posted
        .iter()
        .filter_map(|(name, slug)| Some((name.strip_prefix("same-")?.parse::<u64>().ok()?, Same::from_slug(slug)?)));
    waits.options.same = chosen.collect();
    app.tables.keep(&who, Arc::clone(&waits.table), waits.options.clone(), app.office.now());
    match import_table(&app.office, &who.0, &waits.table, &waits.options).await {
        Ok(done) => {
            app.tables.forget(&who);
            Ok(to(&format!("/people/imports/{}?done=imported", done.import)))
        }
        Err(ImportError::Wrong(_)) => Ok(to("/people/import/check")),
        Err(error) => page(&app, &who, &waits, &Checked::default(), Some(turned(error)?)).await,
    }
}
