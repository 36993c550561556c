//! Naming a person to a volunteer, and ending that.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use duties::people::{NameVolunteerError, NewNaming, end_naming, name_volunteer, named_volunteers};

use crate::access::Action;
use crate::app::App;
use crate::components::WarningStrip;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{FileId, StaffRole};
use crate::who::Who;

use super::forms::{Posted, day, put_errors, typed, typed_date};
use super::head::{shown, warnings};
use super::reason::file_id;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

#[derive(Template)]
#[template(path = "people/volunteers.html")]
struct VolunteersPage {
    shell: Shell,
    form: Form,
    warnings: WarningStrip,
    name: String,
    file: FileId,
    named: Vec<(FileId, String, String)>,
    nobody: bool,
}

/// To whom the person is named, and the form.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let form = questions(&app).await.map_err(|stopped| at_file(stopped, file, ""))?;
    page(&app, &who, file, form).await
}

/// Names the person to a volunteer.
pub async fn name(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let mut form = questions(&app).await.map_err(|stopped| at_file(stopped, file, ""))?.fill(&posted);
    let Ok(volunteer) = typed(&posted, "volunteer").parse() else {
        form.error("volunteer", "Choose a volunteer");
        return page(&app, &who, file, form).await;
    };
    let new = NewNaming { volunteer, until: typed_date(&posted, "until"), reason: typed(&posted, "reason").to_owned() };
    match name_volunteer(&app.office, &who.0, file, &why, new).await {
        Ok(()) => Ok(to(&format!("/people/{file}?done=named"))),
        Err(NameVolunteerError::Wrong(errors)) => {
            put_errors(&mut form, errors);
            page(&app, &who, file, form).await
        }
        Err(NameVolunteerError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
    }
}

/// Ends it.
pub async fn end(State(app): State<App>, who: Who, Path((file, volunteer)): Path<(String, String)>) -> Answer {
    let (file, volunteer) = (file_id(&file)?, file_id(&volunteer)?);
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    match end_naming(&app.office, &who.0, file, &why, volunteer).await {
        Ok(()) => Ok(to(&format!("/people/{file}?done=unnamed"))),
        Err(NameVolunteerError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
        Err(NameVolunteerError::Wrong(_)) => Err(Turned::Problem(crate::errors::Problem::BadRequest)),
    }
}

async fn questions(app: &App) -> Result<Form, duties::Stopped> {
    let house = app.office.house().await?;
    let mut volunteers: Vec<_> = house.in_role(StaffRole::Volunteer).map(|s| (s.name.clone(), s.file)).collect();
    volunteers.sort();
    let choices = volunteers.into_iter().map(|(name, file)| Choice::new(file.to_string(), name));
    Ok(Form::new()
        .ask(Field::radios("volunteer", "To whom?", choices))
        .ask(Field::date("until", "Until when?").hint("The last day on which they may open the file."))
        .ask(Field::text("reason", "What do they do together?").hint("Like \"drives her to the club on Fridays\".")))
}

async fn page(app: &App, who: &Who, file: FileId, form: Form) -> Result<Response, Turned> {
    let found = shown(app, &who.0, file, None, "").await?;
    app.office
        .permit(&who.0, Action::NameVolunteer, Some(file), found.why.purpose, &found.why.reason)
        .await
        .map_err(|stopped| at_file(stopped, file, ""))?;
    let house = &found.opened.house;
    let named = named_volunteers(house, file, app.office.today());
    let wrong = form.has_errors();
    let shell = app.shell(who, Title::new("Name to a volunteer").with_error(wrong)).await?.within(Section::People);
    let page = VolunteersPage {
        shell,
        warnings: warnings(&found.opened.file),
        name: found.head.called,
        file,
        named: named.into_iter().map(|(file, name, until)| (file, name, day(until))).collect(),
        nobody: house.in_role(StaffRole::Volunteer).next().is_none(),
        form,
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}
