//! The second check (S10): the answer as the person who asked will see it, every danger beside it, and yes or back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form as Body, Router};
use duties::requests::review::{Approval, CheckError, OnCheck, approve, open_check, reopen_review, send_back};
use serde::Deserialize;

use super::desk::seen_review;
use super::pages::{PageOn, check_pages};
use super::{Answered, Posted, all_posted, posted, see};
use crate::app::{App, problem};
use crate::components::Review;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::requests::Stage;
use crate::who::Who;

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

struct DangerRow {
    key: String,
    title: String,
    words: String,
    item: String,
    grave: bool,
    ticked: bool,
    missed: bool,
}

struct ItemRow {
    position: u32,
    heading: String,
    happened: String,
    source: String,
    facts: Vec<(String, String)>,
    review: Review,
    pages: Vec<PageOn>,
}

#[derive(Template)]
#[template(path = "review/check.html")]
struct CheckPage {
    shell: Shell,
    reference: String,
    back: String,
    stage: &'static str,
    waiting: bool,
    approved: bool,
    may_approve: bool,
    worked_on_it: bool,
    dangers: Vec<DangerRow>,
    items: Vec<ItemRow>,
    left_out_whole: Vec<String>,
    fingerprint: String,
    form: Form,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{reference}/check", get(show).post(act))
        .route("/requests/{reference}/check/reopen", post(reopen))
}

fn questions() -> Form {
    Form::new().ask(
        Field::area("comments", "Comments")
            .hint("Needed to send it back. The person who asked does not see them.")
            .rows(4),
    )
}

fn page(shell: Shell, check: OnCheck, form: Form, ticked: &[&str], asked: bool) -> CheckPage {
    let request = &check.case.request;
    let reference = request.reference.clone();
    let dangers = check.dangers.into_iter().map(|danger| {
        let is_ticked = ticked.contains(&danger.key.as_str());
        DangerRow {
            item: danger.item.map_or_else(|| "Whole answer".to_owned(), |item| format!("Record {item}")),
            ticked: is_ticked,
            missed: asked && !is_ticked,
            key: danger.key,
            title: danger.title,
            words: danger.words,
            grave: danger.grave,
        }
    });
    let items = check.answer.seen.items.into_iter().map(|item| ItemRow {
        position: item.position,
        review: seen_review(&item),
        pages: check_pages(&reference, &item),
        heading: item.sent.heading,
        happened: item.happened,
        source: item.sent.source.unwrap_or_default(),
        facts: item.facts,
    });
    CheckPage {
        back: format!("/requests/{reference}"),
        stage: request.stage.words(),
        waiting: request.stage == Stage::SecondCheck,
        approved: request.stage == Stage::Approved,
        may_approve: check.may_approve,
        worked_on_it: check.worked_on_it,
        dangers: dangers.collect(),
        items: items.collect(),
        left_out_whole: check.answer.seen.left_out_whole.iter().map(|reason| reason.public_name().to_owned()).collect(),
        fingerprint: check.answer.fingerprint,
        form,
        reference,
        shell,
    }
}

async fn shell(app: &App, who: &Who, reference: &str) -> Result<Shell, Problem> {
    Ok(app.shell(who, Title::new("Second check").reference(reference)).await?.within(Section::Requests))
}

async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>, Query(asked): Query<Asked>) -> Answered {
    let check = open_check(&app.office, &who.0, &reference).await.map_err(problem)?;
    let mut shell = shell(&app, &who, &reference).await?;
    let words = match asked.done.as_str() {
        "sent" => "Sent. A second person can now check it.",
        "approved" => "Approved. The pack can be built.",
        "back" => "Sent back.",
        _ => "",
    };
    if !words.is_empty() {
        shell = shell.result(words, true);
    }
    Ok(Page::new(page(shell, check, questions(), &[], false)).into_response())
}

async fn act(State(app): State<App>, who: Who, Path(reference): Path<String>, Body(form): Body<Posted>) -> Answered {
    let ticked = all_posted(&form, "danger");
    let back = posted(&form, "do") == "back";
    let done = if back {
        send_back(&app.office, &who.0, &reference, posted(&form, "comments")).await
    } else {
        let yes = Approval {
            ticked: ticked.iter().map(|key| (*key).to_owned()).collect(),
            fingerprint: posted(&form, "fingerprint").to_owned(),
            comments: posted(&form, "comments").to_owned(),
        };
        approve(&app.office, &who.0, &reference, yes).await
    };
    let (field, words) = match done {
        Ok(()) => {
            let done = if back { "back" } else { "approved" };
            return Ok(see(&format!("/requests/{reference}/check?done={done}")));
        }
        Err(CheckError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(CheckError::SamePerson) => ("", "You worked on this answer, so somebody else checks it"),
        Err(CheckError::NotLookedAt(_)) => ("dangers", "Look at every danger and tick it"),
        Err(CheckError::NoComments) => ("comments", "Write what is to be changed"),
        Err(CheckError::Lacking(_)) => (
            "comments",
            "A record lacks an opinion or a reason that counts today. Send it back: the desk says what is missing",
        ),
        Err(CheckError::Changed) => {
            ("", "The answer changed while you had it open. Read it again: this is how it stands now")
        }
        Err(CheckError::WrongStage | CheckError::Unread(_) | CheckError::InConfidence(_)) => {
            return Err(Problem::Conflict);
        }
    };
    let mut filled = questions().fill(&form);
    filled.error(field, words);
    let check = open_check(&app.office, &who.0, &reference).await.map_err(problem)?;
    let shell = shell(&app, &who, &reference).await?.titled_error();
    Ok(Page::with_errors(page(shell, check, filled, &ticked, field == "dangers")).into_response())
}

async fn reopen(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Response {
    match reopen_review(&app.office, &who.0, &reference).await {
        Ok(()) => see(&format!("/requests/{reference}/review")),
        Err(CheckError::Stopped(stopped)) => super::stop(stopped),
        Err(_) => Problem::Conflict.into_response(),
    }
}
