//! Changing one account: roles, with a second person where they make or unmake an administrator; services; closing.

use axum::Form as Posting;
use axum::extract::{Path, State};
use duties::accounts::{
    ChangeAccessError, ChangeRolesError, DisableError, RolesChanged, answer_roles, disable_account, end_sessions_of,
    see_account,
};
use duties::accounts::{change_roles as change, change_services as change_where};

use crate::access::Action;
use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::posted::{Posted, all, words};
use crate::records::{FileId, ServiceId, StaffRole};
use crate::who::Who;

use super::super::people::forms::first_up;
use super::super::people::reason::file_id;
use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};
use super::permitted;
use super::roles::about;

/// The check boxes of all roles.
pub fn roles_field() -> Field {
    let choices = StaffRole::ALL.map(|role| Choice::new(role.slug(), first_up(role.words())).hint(about(role)));
    Field::checkboxes("roles", "What do they do?", choices)
        .hint("Choose all that apply. A second person confirms an administrator.")
}

/// The roles that were ticked.
pub fn roles(posted: &[(String, String)]) -> Vec<StaffRole> {
    all(posted, "roles").filter_map(StaffRole::from_slug).collect()
}

/// The check boxes of all services that run.
pub async fn services_field(app: &App) -> Result<Field, Turned> {
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    let today = app.office.today();
    let running = house.services.iter().filter(|(_, one)| one.ended.is_none_or(|ended| ended >= today));
    let choices = running.map(|(_, one)| Choice::new(one.id.to_string(), one.name.as_str()));
    Ok(Field::checkboxes("services", "Where do they work?", choices)
        .hint("Staff at a service open the files of its people. Leave all empty for trustees and administrators."))
}

/// The services that were ticked.
pub fn services(posted: &[(String, String)]) -> Vec<ServiceId> {
    all(posted, "services").filter_map(|id| id.parse().ok()).collect()
}

/// What was ticked before, as it would be posted.
fn ticked(name: &str, values: impl IntoIterator<Item = String>) -> Posted {
    values.into_iter().map(|value| (name.to_owned(), value)).collect()
}

/// The account's page.
fn home(file: FileId, done: &str) -> String {
    if done.is_empty() { format!("/admin/people/{file}") } else { format!("/admin/people/{file}?done={done}") }
}

async fn roles_question(app: &App, who: &Who, file: FileId) -> Result<(Question, Posted), Turned> {
    let staff = see_account(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    let question = Question::new("Change what they do", home(file, ""), "Save").about(staff.name);
    Ok((question, ticked("roles", staff.account.roles.iter().map(|role| role.slug().to_owned()))))
}

/// `GET /admin/people/{file}/roles`
pub async fn ask_roles(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    permitted(&app, &who, Action::ManageAccounts, &format!("/admin/people/{file}/roles")).await?;
    let (question, now) = roles_question(&app, &who, file).await?;
    page(&app, &who, question, Form::new().ask(roles_field()).fill(&now)).await
}

/// `POST /admin/people/{file}/roles`
pub async fn change_roles(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let mut form = Form::new().ask(roles_field()).fill(&posted);
    match change(&app.office, &who.0, file, &roles(&posted)).await {
        Ok(RolesChanged::Done) => return Ok(to(&home(file, "roles"))),
        Ok(RolesChanged::Waits) => return Ok(to(&home(file, "waits"))),
        Err(ChangeRolesError::Stopped(stopped)) => {
            return Err(at_house(stopped, &format!("/admin/people/{file}/roles")));
        }
        Err(error) => form.error("roles", first_up(&error.to_string())),
    };
    let (question, _) = roles_question(&app, &who, file).await?;
    page(&app, &who, question, form).await
}

/// `POST /admin/people/{file}/answer`: the second person's yes or no.
pub async fn answer(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let yes = words(&posted, "answer") == "yes";
    match answer_roles(&app.office, &who.0, file, yes).await {
        Ok(()) => Ok(to(&home(file, if yes { "confirmed" } else { "declined" }))),
        Err(ChangeRolesError::Stopped(stopped)) => Err(at_house(stopped, &home(file, ""))),
        // The page offers no button for these: somebody else answered, or changed the roles, in the meantime.
        Err(_) => Err(Turned::Problem(Problem::Conflict)),
    }
}

async fn services_question(app: &App, who: &Who, file: FileId) -> Result<(Question, Posted), Turned> {
    let staff = see_account(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    let question = Question::new("Change where they work", home(file, ""), "Save")
        .about(staff.name)
        .intro("It holds from today. At a service that you take away, they can open no file from now on.");
    let now = staff.account.services_on(app.office.today());
    Ok((question, ticked("services", now.iter().map(ToString::to_string))))
}

/// `GET /admin/people/{file}/services`
pub async fn ask_services(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    permitted(&app, &who, Action::ManageAccounts, &format!("/admin/people/{file}/services")).await?;
    let (question, now) = services_question(&app, &who, file).await?;
    page(&app, &who, question, Form::new().ask(services_field(&app).await?).fill(&now)).await
}

/// `POST /admin/people/{file}/services`
pub async fn change_services(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let mut form = Form::new().ask(services_field(&app).await?).fill(&posted);
    match change_where(&app.office, &who.0, file, &services(&posted)).await {
        Ok(()) => return Ok(to(&home(file, "saved"))),
        Err(ChangeAccessError::Fields(faults)) => put(&mut form, faults),
        Err(ChangeAccessError::Stopped(stopped)) => {
            return Err(at_house(stopped, &format!("/admin/people/{file}/services")));
        }
    }
    let (question, _) = services_question(&app, &who, file).await?;
    page(&app, &who, question, form).await
}

/// `POST /admin/people/{file}/sign-out`
pub async fn sign_out(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    end_sessions_of(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, &home(file, "")))?;
    Ok(to(&home(file, "signed-out")))
}

async fn close_question(app: &App, who: &Who, file: FileId) -> Result<Question, Turned> {
    let staff = see_account(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    let mut question = Question::new("Close the account", home(file, ""), "Close the account")
        .about(staff.name)
        .intro("They are signed out everywhere at once and sign in no more. What they did stays in the ledger, and their own file stays.")
        .intro("If they come back, a new link opens the account again.");
    question.danger = true;
    Ok(question)
}

/// `GET /admin/people/{file}/close`
pub async fn ask_close(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    permitted(&app, &who, Action::ManageAccounts, &format!("/admin/people/{file}/close")).await?;
    let question = close_question(&app, &who, file).await?;
    page(&app, &who, question, Form::new()).await
}

/// `POST /admin/people/{file}/close`
pub async fn close(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let mut form = Form::new();
    match disable_account(&app.office, &who.0, file).await {
        Ok(()) => return Ok(to(&home(file, "closed"))),
        Err(DisableError::Stopped(stopped)) => {
            return Err(at_house(stopped, &format!("/admin/people/{file}/close")));
        }
        Err(error) => form.error_overall(first_up(&error.to_string())),
    };
    let question = close_question(&app, &who, file).await?;
    page(&app, &who, question, form).await
}
