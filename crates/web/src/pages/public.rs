//! Pages for everybody: the policy as a notice, in full and in Easy Read, help, accessibility, licences.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use duties::papers::pack::SCHEMA;
use duties::policy::document::plain;
use duties::policy::html::Html;
use duties::policy::{Block, Notice, TextKind, notice, notice_of};

use crate::app::{App, problem};
use crate::components::{EasyRead, EasyReadRow};
use crate::errors::Problem;
use crate::licences::{self, LicencesPage};
use crate::page::{Page, Shell, Title};

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/policy", get(policy))
        .route("/policy/easy-read", get(easy_read))
        .route("/help", get(help))
        .route("/accessibility", get(accessibility))
        .route("/licences", get(licences))
        .route("/schemas/access-pack-1.json", get(pack_schema))
}

#[derive(Template)]
#[template(path = "public/policy.html")]
struct PolicyPage {
    shell: Shell,
    title: String,
    body: String,
    has_easy_read: bool,
}

#[derive(Template)]
#[template(path = "public/easy_read.html")]
struct EasyReadPage {
    shell: Shell,
    title: String,
    parts: Vec<Part>,
}

struct Part {
    heading: String,
    easy: EasyRead,
}

#[derive(Template)]
#[template(path = "public/help.html")]
struct HelpPage {
    shell: Shell,
    email: String,
    phone: String,
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct AccessibilityPage {
    shell: Shell,
    email: String,
    phone: String,
}

/// The schema that the data file of every answer follows, for whoever writes a program that reads one (K21).
async fn pack_schema() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/schema+json")], SCHEMA)
}

async fn policy(State(app): State<App>) -> Result<Page<PolicyPage>, Problem> {
    let house = app.office.house().await.map_err(problem)?;
    let notice = notice(&house.policy);
    let shell = app.public_shell(Title::new("Our policy")).await?;
    let has_easy_read = house.policy.text(TextKind::EasyRead).is_some();
    Ok(Page::new(PolicyPage { shell, body: dressed(&notice), title: notice.title, has_easy_read }))
}

/// The notice with the classes of our pages. Everything that a text says is escaped before, so that what is replaced
/// here are only the tags that the notice's own writer made.
fn dressed(notice: &Notice) -> String {
    let html = Html { picture: |_| None, top_level: 2 }.notice(notice);
    [
        ("<h2", "<h2 class=\"govuk-heading-m\""),
        ("<h3", "<h3 class=\"govuk-heading-s\""),
        ("<p>", "<p class=\"govuk-body\">"),
        ("<ul>", "<ul class=\"govuk-list govuk-list--bullet\">"),
        ("<ol>", "<ol class=\"govuk-list govuk-list--number\">"),
        ("<table>", "<table class=\"govuk-table\">"),
        ("<tr>", "<tr class=\"govuk-table__row\">"),
        ("<th ", "<th class=\"govuk-table__header\" "),
        ("<td>", "<td class=\"govuk-table__cell\">"),
        ("<a ", "<a class=\"govuk-link\" "),
        ("<dl class=\"facts\">", "<dl class=\"govuk-summary-list\">"),
        ("<div><dt>", "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">"),
        ("<dd>", "<dd class=\"govuk-summary-list__value\">"),
    ]
    .into_iter()
    .fold(html, |html, (bare, dressed)| html.replace(bare, dressed))
}

async fn easy_read(State(app): State<App>) -> Result<Page<EasyReadPage>, Problem> {
    let house = app.office.house().await.map_err(problem)?;
    let text = house.policy.text(TextKind::EasyRead).ok_or(Problem::NotFound)?;
    let notice = notice_of(text, house.policy.front());
    let shell = app.public_shell(Title::new("Our policy in Easy Read")).await?;
    Ok(Page::new(EasyReadPage { shell, parts: parts(&notice), title: notice.title }))
}

/// The notice cut at its headings.
fn parts(notice: &Notice) -> Vec<Part> {
    let mut parts = vec![Part { heading: String::new(), easy: EasyRead::default() }];
    for block in &notice.blocks {
        let row = match block {
            Block::Heading { text, .. } => {
                parts.push(Part { heading: plain(text), easy: EasyRead::default() });
                continue;
            }
            Block::Row { picture, text } => EasyReadRow { picture: picture.clone(), words: plain(text).into() },
            Block::Paragraph(text) => EasyReadRow { picture: String::new(), words: plain(text).into() },
            _ => continue,
        };
        // INVARIANT: the list begins with one part and none is taken away.
        parts.last_mut().expect("a part").easy.rows.push(row);
    }
    parts.retain(|part| !part.heading.is_empty() || !part.easy.rows.is_empty());
    parts
}

async fn help(State(app): State<App>) -> Result<Page<HelpPage>, Problem> {
    let house = app.office.house().await.map_err(problem)?;
    let shell = app.public_shell(Title::new("Help")).await?;
    let charity = &house.charity.1;
    Ok(Page::new(HelpPage { shell, email: charity.contact_email.clone(), phone: charity.contact_phone.clone() }))
}

async fn accessibility(State(app): State<App>) -> Result<Page<AccessibilityPage>, Problem> {
    let house = app.office.house().await.map_err(problem)?;
    let shell = app.public_shell(Title::new("Accessibility")).await?;
    let charity = &house.charity.1;
    Ok(Page::new(AccessibilityPage {
        shell,
        email: charity.contact_email.clone(),
        phone: charity.contact_phone.clone(),
    }))
}

async fn licences(State(app): State<App>) -> Result<Page<LicencesPage>, Problem> {
    Ok(licences::page(app.public_shell(Title::new("Licences")).await?))
}
