//! Bringing people in from a table (S6): chosen, checked, brought in; all or nothing.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Response};
use duties::people::check_people;
use duties::people::import_people::{Checked, ImportError, Options, Problem, import_people};
use jiff::{SignedDuration, Timestamp};

use crate::access::Action;
use crate::app::App;
use crate::components::Table;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{FileId, PersonClass, Purpose};
use crate::who::Who;

use super::forms::typed;
use super::papers::received;
use super::turned::{Answer, Turned, at_house, to};

const PATH: &str = "/people/import";
/// For so long a checked table waits.
const WAITS: SignedDuration = SignedDuration::from_mins(30);
/// So many problems a page shows; the rest are counted.
const SHOWN: usize = 100;

type Waiting = (Vec<u8>, Options, Timestamp);

/// Tables that were checked and wait to be brought in: one for each sign-in, in memory only.
#[derive(Default)]
pub struct TablesWaiting(Mutex<HashMap<(String, FileId), Waiting>>);

impl fmt::Debug for TablesWaiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TablesWaiting")
    }
}

impl TablesWaiting {
    fn keep(&self, who: &Who, bytes: Vec<u8>, options: Options, now: Timestamp) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, (_, _, at)| now.duration_since(*at) < WAITS);
        waiting.insert((who.0.session.clone(), who.0.file), (bytes, options, now));
    }

    fn take(&self, who: &Who, now: Timestamp) -> Option<(Vec<u8>, Options)> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (bytes, options, at) = waiting.remove(&(who.0.session.clone(), who.0.file))?;
        (now.duration_since(at) < WAITS).then_some((bytes, options))
    }
}

#[derive(Template)]
#[template(path = "people/import.html")]
struct ImportPage {
    shell: Shell,
    form: Form,
}

#[derive(Template)]
#[template(path = "people/import_checked.html")]
struct CheckedPage {
    shell: Shell,
    rows: u64,
    right: bool,
    errors: Table,
    more_errors: u64,
    warnings: Table,
    more_warnings: u64,
    columns: Table,
}

/// The form.
pub async fn ask(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who).await?;
    let form = questions(&app).await?;
    page(&app, &who, form).await
}

async fn permitted(app: &App, who: &Who) -> Result<(), Turned> {
    let asked = app.office.permit(&who.0, Action::ImportPeople, None, Purpose::BookKeeping, "").await;
    asked.map(|_| ()).map_err(|stopped| at_house(stopped, PATH))
}

async fn questions(app: &App) -> Result<Form, Turned> {
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let classes = PersonClass::PEOPLE.map(|class| Choice::new(class.slug(), class.words()));
    let services = house.services.iter().map(|(_, service)| Choice::new(service.id.to_string(), service.name.as_str()));
    Ok(Form::new()
        .ask(
            Field::file("upload", "The table")
                .hint("A CSV file in UTF-8. In a spreadsheet, choose \"CSV UTF-8\" when you save it.")
                .accept(".csv,text/csv"),
        )
        .ask(Field::select("class", "Who are they, where the table does not say it?", classes).value("child"))
        .ask(
            Field::select(
                "service",
                "Enrol the children with a service?",
                std::iter::once(Choice::new("", "No")).chain(services),
            )
            .hint("Only if they use it already. A column \"Service\" comes first."),
        )
        .ask(Field::text("ignore", "Columns to leave out").hint("Their names, with commas between.")))
}

async fn page(app: &App, who: &Who, form: Form) -> Result<Response, Turned> {
    let wrong = form.has_errors();
    let title = Title::new("Bring people in from a table").with_error(wrong);
    let shell = app.shell(who, title).await?.within(Section::People);
    let page = ImportPage { shell, form };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// Checks the table and shows what would happen. Nothing is written.
pub async fn check(State(app): State<App>, who: Who, upload: Multipart) -> Answer {
    permitted(&app, &who).await?;
    let (posted, upload) = received(upload).await?;
    let mut form = questions(&app).await?.fill(&posted);
    let Some(upload) = upload else {
        form.error("upload", "Choose the table");
        return page(&app, &who, form).await;
    };
    let options = Options {
        file_name: upload.file_name,
        class: PersonClass::from_slug(typed(&posted, "class")),
        service: typed(&posted, "service").parse().ok(),
        reason: String::new(),
        ignore: typed(&posted, "ignore")
            .split(',')
            .map(str::trim)
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    match check_people(&app.office, &upload.bytes, &options).await {
        Ok(checked) => {
            if checked.is_right() {
                app.tables.keep(&who, upload.bytes, options, app.office.now());
            }
            checked_page(&app, &who, &checked).await
        }
        Err(ImportError::Stopped(stopped)) => Err(at_house(stopped, PATH)),
        Err(error @ ImportError::NothingToIgnore(..)) => {
            form.error("ignore", error.to_string());
            form.error("upload", "Choose the table again");
            page(&app, &who, form).await
        }
        Err(error) => {
            form.error("upload", error.to_string());
            page(&app, &who, form).await
        }
    }
}

async fn checked_page(app: &App, who: &Who, checked: &Checked) -> Result<Response, Turned> {
    let right = checked.is_right();
    let title = Title::new("The table was checked").with_error(!right);
    let shell = app.shell(who, title).await?.within(Section::People);
    let (errors, more_errors) = problems("What is wrong", &checked.errors, checked.untold.0);
    let (warnings, more_warnings) = problems("What to look at", &checked.warnings, checked.untold.1);
    let head = Table::new("What each column is used for").column("Column").column("Used for").named_rows().cards();
    let columns = checked.columns.iter().fold(head, |table, column| {
        table.row([column.column.as_str().into(), column.used_for.unwrap_or("left out").into()])
    });
    let page = CheckedPage { shell, rows: checked.rows, right, errors, more_errors, warnings, more_warnings, columns };
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
            problem.row.to_string().into(),
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
    let Some((bytes, options)) = app.tables.take(&who, app.office.now()) else {
        let mut form = questions(&app).await?;
        form.error(
            "upload",
            "Choose the table again: it was checked more than half an hour ago, or brought in already",
        );
        return page(&app, &who, form).await;
    };
    match import_people(&app.office, &who.0, &bytes, &options).await {
        Ok(_) => Ok(to("/people?done=imported")),
        Err(ImportError::Stopped(stopped)) => Err(at_house(stopped, PATH)),
        Err(error) => {
            let mut form = questions(&app).await?;
            form.error("upload", error.to_string());
            page(&app, &who, form).await
        }
    }
}
