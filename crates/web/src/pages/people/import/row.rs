//! Any row of the table as the person that it would become.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use duties::people::import_people::check_table;
use serde::Deserialize;

use crate::app::App;
use crate::components::SummaryList;
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

use super::super::turned::{Answer, at_house, to};
use super::{PATH, gone, permitted, turned};

/// Which row.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    number: u64,
}

#[derive(Template)]
#[template(path = "people/import_row.html")]
struct RowPage {
    shell: Shell,
    number: u64,
    sheet: String,
    facts: SummaryList,
    wrong: Vec<String>,
    look_at: Vec<String>,
    before: Option<u64>,
    after: Option<u64>,
    last: u64,
}

/// A row.
pub async fn show(State(app): State<App>, who: Who, Query(which): Query<Which>) -> Answer {
    permitted(&app, &who).await?;
    let Some(waits) = app.tables.waits(&who, app.office.now()) else { return gone(&app, &who).await };
    let checked = match check_table(&app.office, &waits.table, &waits.options).await {
        Ok(checked) => checked,
        Err(error) => {
            // The check says what is wrong with the table as a whole.
            turned(error)?;
            return Ok(to("/people/import/check"));
        }
    };
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let Some(number) = checked.nearest(which.number) else { return Ok(to("/people/import/check")) };
    let shown = checked.preview(&house, number).unwrap_or_default();
    let facts =
        shown.into_iter().fold(SummaryList::new(), |facts, (label, value)| facts.fact(label, value.for_page().clone()));
    let said = |problems: &[duties::people::import_people::Problem]| {
        let here = problems.iter().filter(|problem| problem.row == number);
        here.map(|problem| match problem.column.as_str() {
            "" => problem.message.clone(),
            column => format!("{column}: {}", problem.message),
        })
        .collect()
    };
    let last = checked.extent().map_or(number, |(_, last)| last);
    let page = RowPage {
        number,
        sheet: checked.sheet.clone(),
        facts,
        wrong: said(&checked.errors),
        look_at: said(&checked.warnings),
        before: checked.before(number),
        after: (number < last).then_some(number + 1),
        last,
        shell: app.shell(&who, Title::new("A row of the table")).await?.within(Section::People),
    };
    Ok(Page::new(page).into_response())
}
