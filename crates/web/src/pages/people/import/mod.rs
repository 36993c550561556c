//! Bringing people in from a table (S6): chosen, its columns matched, checked, looked at, brought in; all or nothing.

pub(super) mod check;
pub(super) mod done;
pub(super) mod row;
mod waiting;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Response};
use duties::Stopped;
use duties::people::import_people::{ImportError, Of, Options, Table};

use crate::access::Action;
use crate::app::App;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{PersonClass, Purpose};
use crate::who::Who;

use super::forms::typed;
use super::papers::received;
use super::turned::{Answer, Turned, at_house, to};

pub use waiting::TablesWaiting;

const PATH: &str = "/people/import";

#[derive(Template)]
#[template(path = "people/import.html")]
struct ImportPage {
    shell: Shell,
    form: Form,
}

/// The form.
pub async fn ask(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who).await?;
    let form = questions(&app, &who).await?;
    page(&app, &who, form).await
}

async fn permitted(app: &App, who: &Who) -> Result<(), Turned> {
    let asked = app.office.permit(&who.0, Action::ImportPeople, None, Purpose::BookKeeping, "").await;
    asked.map(|_| ()).map_err(|stopped| at_house(stopped, PATH))
}

async fn questions(app: &App, who: &Who) -> Result<Form, Turned> {
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let before = app.tables.waits(who, app.office.now()).map(|waits| waits.options);
    let class = before.as_ref().and_then(|options| options.class).unwrap_or(PersonClass::Child);
    let service = before.as_ref().and_then(|options| options.service).map_or_else(String::new, |id| id.to_string());
    let classes = PersonClass::PEOPLE.map(|class| Choice::new(class.slug(), class.words()));
    let services = house.services.iter().map(|(_, service)| Choice::new(service.id.to_string(), service.name.as_str()));
    let of = before.as_ref().map_or(Of::People, |options| options.of);
    let rows = [
        (Of::People, "People"),
        (Of::Notes, "Notes about people of the book"),
        (Of::Enrolments, "Enrolments of people of the book"),
    ];
    let rows = rows.map(|(of, words)| Choice::new(of.slug(), words));
    Ok(Form::new()
        .ask(Field::radios("of", "What are the rows?", rows).value(of.slug()).small())
        .ask(
            Field::file("upload", "The table")
                .hint("A CSV, XLSX or ODS file. The first row names the columns.")
                .accept(".csv,.xlsx,.ods,text/csv"),
        )
        .ask(Field::select("class", "Who are they, where the table does not say it?", classes).value(class.slug()))
        .ask(
            Field::select(
                "service",
                "Which service, where the table does not say it?",
                std::iter::once(Choice::new("", "None")).chain(services),
            )
            .hint("For people: the children are enrolled with it. Only if they use it already.")
            .value(service),
        ))
}

async fn page(app: &App, who: &Who, form: Form) -> Result<Response, Turned> {
    let wrong = form.has_errors();
    let title = Title::new("Bring people in from a table").with_error(wrong);
    let shell = app.shell(who, title).await?.within(Section::People);
    let page = ImportPage { shell, form };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// Takes the table in and goes on to the check. Nothing is written.
pub async fn choose(State(app): State<App>, who: Who, upload: Multipart) -> Answer {
    permitted(&app, &who).await?;
    let (posted, upload) = received(upload).await?;
    let mut form = questions(&app, &who).await?.fill(&posted);
    let Some(upload) = upload else {
        form.error("upload", "Choose the table");
        return page(&app, &who, form).await;
    };
    let before = app.tables.waits(&who, app.office.now()).map(|waits| waits.options).unwrap_or_default();
    let of = Of::from_slug(typed(&posted, "of")).unwrap_or_default();
    let mut options = Options {
        of,
        file_name: upload.file_name.clone(),
        class: PersonClass::from_slug(typed(&posted, "class")),
        service: typed(&posted, "service").parse().ok(),
        uses: if before.of == of { before.uses } else { Vec::new() },
        sheet: before.sheet,
        ..Options::default()
    };
    let read = tokio::task::spawn_blocking(move || Table::read(&upload.file_name, &upload.bytes)).await;
    match read.map_err(|_| Turned::Problem(crate::errors::Problem::Internal))? {
        Ok(table) => {
            if table.sheet(&options.sheet).is_err() {
                options.sheet = String::new();
            }
            app.tables.keep(&who, Arc::new(table), options, app.office.now());
            Ok(to("/people/import/check"))
        }
        Err(error) => {
            form.error("upload", error.to_string());
            page(&app, &who, form).await
        }
    }
}

/// The form again, with words about why the table is gone.
async fn gone(app: &App, who: &Who) -> Answer {
    let mut form = questions(app, who).await?;
    form.error("upload", "Choose the table again: it waited for more than half an hour, or was brought in already");
    page(app, who, form).await
}

fn turned(error: ImportError) -> Result<ImportError, Turned> {
    match error {
        ImportError::Stopped(stopped @ Stopped::NeedsStepUp) => Err(at_house(stopped, "/people/import/check")),
        ImportError::Stopped(stopped) => Err(at_house(stopped, PATH)),
        other => Ok(other),
    }
}
