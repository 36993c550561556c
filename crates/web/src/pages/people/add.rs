//! Adding a person: the search comes first, and near matches are shown before anything is saved (S3).

use askama::Template;
use axum::Form as Posting;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use duties::people::{AddPersonError, NewPerson, add_person};

use crate::access::Action;
use crate::app::App;
use crate::components::Table;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{PersonClass, Purpose, Source};
use crate::who::Who;

use super::find::table;
use super::forms::{Posted, put_errors, source, source_field, typed, typed_date};
use super::turned::{Answer, Turned, at_house, to};

#[derive(Template)]
#[template(path = "people/new.html")]
struct NewPage {
    shell: Shell,
    form: Form,
    alike: Option<Table>,
}

fn questions() -> Form {
    let classes = PersonClass::PEOPLE.map(|class| Choice::new(class.slug(), class.words()));
    Form::new()
        .ask(Field::text("name", "Full name").width(30).autocomplete("off"))
        .ask(Field::date("born", "Date of birth").hint(
            "For example, 4 11 2016. Leave it empty if you do not know it. We look for the same person before we save.",
        ))
        .ask(Field::radios("class", "Who are they?", classes).value("child").small())
        .ask(
            Field::text("preferred", "What do they want to be called?")
                .hint("If it is not their first name.")
                .width(20),
        )
        .ask(Field::text("pronouns", "Pronouns").hint("As they say them. You can leave this empty.").width(10))
        .ask(
            Field::text("language", "Language, and how they like to be written to")
                .hint("For example Welsh, Easy Read or large print.")
                .width(30),
        )
        .ask(source_field(&Source::Person))
}

/// The empty form.
pub async fn ask(State(app): State<App>, who: Who) -> Answer {
    app.office
        .permit(&who.0, Action::AddPerson, None, Purpose::Support, "")
        .await
        .map_err(|stopped| at_house(stopped, "/people/new"))?;
    let shell = shell(&app, &who).await?;
    Ok(Page::new(NewPage { shell, form: questions(), alike: None }).into_response())
}

/// Saves, or shows who may be the same.
pub async fn save(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Answer {
    let new = NewPerson {
        class: PersonClass::from_slug(typed(&posted, "class")).unwrap_or(PersonClass::Child),
        name: typed(&posted, "name").to_owned(),
        preferred: typed(&posted, "preferred").to_owned(),
        born: typed_date(&posted, "born"),
        pronouns: typed(&posted, "pronouns").to_owned(),
        language: typed(&posted, "language").to_owned(),
        source: source(&posted),
        someone_else: typed(&posted, "someone-else") == "yes",
    };
    let form = questions().fill(&posted);
    match add_person(&app.office, &who.0, new).await {
        Ok(file) => Ok(to(&format!("/people/{file}?done=added"))),
        Err(AddPersonError::Wrong(errors)) => again(&app, &who, form, errors).await,
        Err(AddPersonError::Alike(hits)) => {
            let alike = Some(table(&app, &hits, "People who may be the same"));
            let shell = shell(&app, &who).await?;
            Ok(Page::with_errors(NewPage { shell, form, alike }).into_response())
        }
        Err(AddPersonError::Stopped(stopped)) => Err(at_house(stopped, "/people/new")),
    }
}

async fn again(
    app: &App,
    who: &Who,
    mut form: Form,
    errors: duties::people::entered::FieldErrors,
) -> Result<Response, Turned> {
    put_errors(&mut form, errors);
    let shell = shell(app, who).await?.titled_error();
    Ok(Page::with_errors(NewPage { shell, form, alike: None }).into_response())
}

async fn shell(app: &App, who: &Who) -> Result<Shell, Turned> {
    Ok(app.shell(who, Title::new("Add a person")).await?.within(Section::People))
}
