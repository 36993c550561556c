//! Inviting a colleague, and a new link for somebody who needs one. A link is shown once, in the answer itself.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use duties::accounts::{Invitation, InviteError, NewColleague, invite, invite_again, see_account};

use crate::access::Action;
use crate::app::App;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, words};
use crate::records::FileId;
use crate::who::Who;

use super::super::people::reason::file_id;
use super::super::people::turned::{Answer, Turned, at_house};
use super::account::{roles, roles_field, services, services_field};
use super::ask::{Question, page, put};
use super::set_up::{Asked, Stage, Step};
use super::{permitted, shell};

const PATH: &str = "/admin/people/new";

#[derive(Template)]
#[template(path = "admin/invited.html")]
struct InvitedPage {
    shell: Shell,
    name: String,
    file: FileId,
    link: String,
    waits: bool,
    another: String,
    stage: Option<Stage>,
}

async fn questions(app: &App) -> Result<Form, Turned> {
    Ok(Form::new()
        .ask(Field::text("name", "Their full name").width(30).autocomplete("off"))
        .ask(
            Field::email("email", "Their e-mail address")
                .hint("They sign in with it. The invitation is not mailed: you hand it over.")
                .autocomplete("off"),
        )
        .ask(roles_field())
        .ask(services_field(app).await?))
}

fn question(asked: &Asked) -> Question {
    Question::new("Invite a colleague", asked.to("/admin/people"), "Make their link")
        .intro("You get a link for them. It works once, for 7 days. Hand it over so that nobody else can use it.")
        .stage(asked.stage(Step::People))
}

/// `GET /admin/people/new`
pub async fn ask(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageAccounts, &asked.to(PATH)).await?;
    page(&app, &who, question(&asked), questions(&app).await?).await
}

/// `POST /admin/people/new`
pub async fn send(
    State(app): State<App>,
    who: Who,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let new = NewColleague {
        name: words(&posted, "name").to_owned(),
        email: words(&posted, "email").to_owned(),
        roles: roles(&posted),
        services: services(&posted),
    };
    let name = new.name.clone();
    match invite(&app.office, &who.0, new).await {
        Ok(invitation) => invited(&app, &who, &asked, &headers, (invitation, name)).await,
        Err(InviteError::Fields(faults)) => {
            let mut form = questions(&app).await?.fill(&posted);
            put(&mut form, faults);
            page(&app, &who, question(&asked), form).await
        }
        Err(InviteError::Stopped(stopped)) => Err(at_house(stopped, &asked.to(PATH))),
    }
}

/// The page with the link, which is kept nowhere.
async fn invited(
    app: &App,
    who: &Who,
    asked: &Asked,
    headers: &HeaderMap,
    (invitation, name): (Invitation, String),
) -> Result<Response, Turned> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if app.secure { "https" } else { "http" };
    let page = InvitedPage {
        shell: shell(app, who, Title::new("Their link"), "").await?,
        name,
        file: invitation.file,
        link: format!("{scheme}://{host}/welcome/{}", invitation.secret),
        waits: invitation.waits,
        another: asked.to(PATH),
        stage: asked.stage(Step::People),
    };
    Ok(Page::new(page).into_response())
}

async fn again_question(app: &App, who: &Who, file: FileId) -> Result<Question, Turned> {
    let staff = see_account(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    let mut question = Question::new("Make a new link", format!("/admin/people/{file}"), "Make a new link")
        .about(staff.name)
        .intro("Their password, second step and recovery codes are gone at once, and they are signed out everywhere. With the new link they set up their account again.")
        .intro("An administrator comes back without that role until a second person confirms it.");
    question.danger = true;
    Ok(question)
}

/// `GET /admin/people/{file}/link`
pub async fn ask_again(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    permitted(&app, &who, Action::ManageAccounts, &format!("/admin/people/{file}/link")).await?;
    let question = again_question(&app, &who, file).await?;
    page(&app, &who, question, Form::new()).await
}

/// `POST /admin/people/{file}/link`
pub async fn send_again(State(app): State<App>, who: Who, Path(file): Path<String>, headers: HeaderMap) -> Answer {
    let file = file_id(&file)?;
    let at = |stopped| at_house(stopped, &format!("/admin/people/{file}/link"));
    let staff = see_account(&app.office, &who.0, file).await.map_err(at)?;
    let invitation = invite_again(&app.office, &who.0, file).await.map_err(at)?;
    invited(&app, &who, &Asked::default(), &headers, (invitation, staff.name)).await
}
