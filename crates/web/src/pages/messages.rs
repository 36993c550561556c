//! Number and secret of a request or complaint, and what is written to and fro with whoever has them.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form as Posting, Router};
use duties::portal::{Given, SayError, answer, give_pass, messages};
use duties::post::{Affair, AffairKind};

use crate::app::{App, problem};
use crate::components::{Entry, SummaryList, Timeline};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::letters::moment;
use crate::pages::requests::Done;
use crate::posted::{Posted, words};
use crate::who::Who;
use askama::Template;

/// The pages of both.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{reference}/messages", get(of_request).post(answer_request))
        .route("/complaints/{reference}/messages", get(of_complaint).post(answer_complaint))
        .route("/requests/{reference}/messages/pass", post(pass_for_request))
        .route("/complaints/{reference}/messages/pass", post(pass_for_complaint))
}

#[derive(Template)]
#[template(path = "requests/messages.html")]
struct MessagesPage {
    shell: Shell,
    base: String,
    reference: String,
    /// Whether they have number and secret.
    open: bool,
    given: SummaryList,
    messages: Timeline,
    form: Form,
}

fn answer_form() -> Form {
    Form::new().ask(
        Field::area("words", "Your answer")
            .hint("They read it with number and secret. Nothing is sent: ring them if it is urgent")
            .size("s")
            .rows(5),
    )
}

type At = Path<String>;

async fn of_request(app: State<App>, who: Who, at: At, done: Query<Done>) -> Result<Response, Problem> {
    page(&app, &who, (AffairKind::Request, &at.0), (answer_form(), None), &done.done).await
}

async fn of_complaint(app: State<App>, who: Who, at: At, done: Query<Done>) -> Result<Response, Problem> {
    page(&app, &who, (AffairKind::Complaint, &at.0), (answer_form(), None), &done.done).await
}

async fn page(
    app: &App,
    who: &Who,
    (kind, reference): (AffairKind, &str),
    (form, given): (Form, Option<Given>),
    done: &str,
) -> Result<Response, Problem> {
    let affair = Affair::open(&app.office, &who.0, kind, reference).await.map_err(problem)?;
    let written = messages(&app.office, affair.file(), affair.id()).await.map_err(problem)?;
    let mut shell = app.shell(who, Title::new("Messages").reference(reference)).await?.within(Section::Requests);
    if done == "answered" {
        shell = shell.result("Saved. They read it with number and secret.", true);
    }
    let failed = form.has_errors();
    if failed {
        shell = shell.titled_error();
    }
    let house = affair.house();
    let entries = written.iter().flatten().map(|one| {
        let by = one.by.map_or_else(|| "They".to_owned(), |by| house.staff_name(by).to_owned());
        Entry { by, ..Entry::new(one.words.for_page().clone(), moment(one.at)) }
    });
    let page = MessagesPage {
        shell,
        base: format!("/{}/{reference}", kind.slug()),
        reference: reference.to_owned(),
        open: written.is_some(),
        messages: Timeline { entries: entries.collect() },
        given: given.map_or_else(SummaryList::new, |given| {
            SummaryList::new().fact("Number", given.number).fact("Secret letters", given.secret)
        }),
        form,
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

async fn answer_request(app: State<App>, who: Who, at: At, posted: Posting<Posted>) -> Result<Response, Problem> {
    answered(&app, &who, (AffairKind::Request, &at.0), &posted.0).await
}

async fn answer_complaint(app: State<App>, who: Who, at: At, posted: Posting<Posted>) -> Result<Response, Problem> {
    answered(&app, &who, (AffairKind::Complaint, &at.0), &posted.0).await
}

async fn answered(
    app: &App,
    who: &Who,
    (kind, reference): (AffairKind, &str),
    posted: &Posted,
) -> Result<Response, Problem> {
    match answer(&app.office, &who.0, (kind, reference), words(posted, "words")).await {
        Ok(()) => {
            let to = format!("/{}/{reference}/messages?done=answered", kind.slug());
            Ok(Redirect::to(&to).into_response())
        }
        Err(SayError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = answer_form().fill(posted);
            form.error("words", wrong.to_string());
            page(app, who, (kind, reference), (form, None), "").await
        }
    }
}

async fn pass_for_request(app: State<App>, who: Who, at: At) -> Result<Response, Problem> {
    pass(&app, &who, (AffairKind::Request, &at.0)).await
}

async fn pass_for_complaint(app: State<App>, who: Who, at: At) -> Result<Response, Problem> {
    pass(&app, &who, (AffairKind::Complaint, &at.0)).await
}

/// Shown in the answer itself, once: no address leads to it again.
async fn pass(app: &App, who: &Who, at: (AffairKind, &str)) -> Result<Response, Problem> {
    let given = give_pass(&app.office, &who.0, at).await.map_err(problem)?;
    page(app, who, at, (answer_form(), Some(given)), "").await
}
