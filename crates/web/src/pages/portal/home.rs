//! The first page for families, and the form on paper. Staff go from here to their day.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use duties::accounts::find_session;
use duties::papers::typeset;
use duties::requests::paper_form;

use super::{Around, Form};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::page::{Page, Shell};
use crate::who;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    shell: Shell,
    around: Around,
    has_easy_read: bool,
}

/// `GET /`
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(form): Query<Form>) -> Result<Response, Problem> {
    // Whoever is signed in, or half in, or hid the screen, goes where they left off; an old cookie is nobody.
    if let Some(token) = who::token(&headers, app.secure)
        && let Some((session, _)) = find_session(&app.office, token).await.map_err(problem)?
    {
        return Ok(Redirect::to(who::leads_to(session.state)).into_response());
    }
    let around = Around::new(&app, "How can we help?", form.easy()).await?.switches("/");
    let house = app.office.house().await.map_err(problem)?;
    let has_easy_read = house.policy.text(duties::policy::TextKind::EasyRead).is_some();
    Ok(Page::new(HomePage { shell: around.shell.clone(), around, has_easy_read }).into_response())
}

#[derive(Template)]
#[template(path = "portal/paper.html")]
struct PaperPage {
    shell: Shell,
    around: Around,
    charity: String,
    address: Vec<String>,
    email: String,
}

/// `GET /ask/paper`
pub async fn paper(State(app): State<App>, Query(form): Query<Form>) -> Result<Response, Problem> {
    let around = Around::new(&app, "Ask us on paper", form.easy()).await?.switches("/ask/paper");
    let house = app.office.house().await.map_err(problem)?;
    let charity = &house.charity.1;
    let page = PaperPage {
        shell: around.shell.clone(),
        around,
        charity: charity.name.clone(),
        address: charity.address.clone(),
        email: charity.contact_email.clone(),
    };
    Ok(Page::new(page).into_response())
}

/// `GET /ask/paper.pdf`: to print and to fill in by hand.
pub async fn paper_pdf(State(app): State<App>) -> Result<Response, Problem> {
    let house = app.office.house().await.map_err(problem)?;
    let document = paper_form(&house, app.office.today());
    let Ok(Ok(pdf)) = tokio::task::spawn_blocking(move || typeset::to_pdf(&document)).await else {
        tracing::error!("the form on paper could not be typeset");
        return Err(Problem::Internal);
    };
    let headers =
        [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline; filename=\"ask-us.pdf\"")];
    Ok((headers, pdf.pdf).into_response())
}
