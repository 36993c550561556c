//! The policy in force: its version, its texts, and every setting with the words that it comes from.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use duties::House;
use duties::policy::registry;

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, SummaryList, Table, Tag, Tone};
use crate::errors::Problem;
use crate::page::{Page, Shell, Title};
use crate::records::RecordId;
use crate::records::house::PolicyVersion;
use crate::who::Who;

use super::super::people::forms::{day, first_up};
use super::super::people::turned::{Answer, Turned, at_house};
use super::set_up::{Asked, Stage, Step};
use super::{may, permitted, shell};

const PATH: &str = "/admin/policy";

#[derive(Template)]
#[template(path = "admin/policy.html")]
struct PolicyPage {
    shell: Shell,
    facts: SummaryList,
    texts: Table,
    versions: Table,
    settings: Table,
    may_adopt: bool,
    stage: Option<Stage>,
}

/// `GET /admin/policy`
pub async fn show(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::SeeAdministration, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let page = PolicyPage {
        facts: facts(&app, &house),
        texts: texts(&house),
        versions: versions(&app, &house),
        settings: settings(&house),
        may_adopt: may(&app, &who, Action::AdoptPolicy).await,
        stage: asked.stage(Step::Policy),
        shell: shell(&app, &who, Title::new("Policy"), &asked.done).await?,
    };
    Ok(Page::new(page).into_response())
}

fn adopter(house: &House, version: &PolicyVersion) -> String {
    match version.adopted_by {
        Some(file) => house.staff_name(file).to_owned(),
        None => "Whoever made the book".to_owned(),
    }
}

fn facts(app: &App, house: &House) -> SummaryList {
    let version = &house.policy_version.1;
    let review = match house.policy.review_due() {
        Some(due) if due < app.office.today() => Tag::new(format!("Was due on {}", day(due)), Tone::Red).into(),
        Some(due) => day(due).into(),
        None => crate::components::Content::from("The texts name no date"),
    };
    let front = house.policy.front();
    SummaryList::new()
        .fact("Charity in the text", front.charity.clone().unwrap_or_default())
        .fact("In force since", day(version.from))
        .fact("Adopted by", adopter(house, version))
        .fact("To be reviewed by", review)
        .fact("Clauses", house.policy.clauses().len().to_string())
}

fn texts(house: &House) -> Table {
    let (header, version) = &house.policy_version;
    let head = Table::new("Its texts").column("Text").column("Kind").column("Language").named_rows().cards();
    version.texts.iter().enumerate().fold(head, |table, (at, (name, _))| {
        let read = house.policy.texts().iter().find(|text| text.source.name() == name);
        let kind = read.map_or("", |text| text.front.text.word());
        let language = match read.map(|text| text.front.language()) {
            Some(tag) if tag.starts_with("en") => "English",
            Some(tag) if tag.starts_with("cy") => "Welsh",
            other => other.unwrap_or_default(),
        };
        table.row([
            Cell::link(name.as_str(), format!("{PATH}/{}/{at}", header.id)),
            kind_in_words(kind).into(),
            language.into(),
        ])
    })
}

/// A kind of text as people say it: "Easy Read".
pub fn kind_in_words(kind: &str) -> String {
    if kind == "easy-read" { "Easy Read".to_owned() } else { first_up(&kind.replace('-', " ")) }
}

/// All versions, the newest first; none where there is only the one in force.
fn versions(app: &App, house: &House) -> Table {
    let head = Table::new("Versions").column("From").column("Adopted by").column("State").named_rows().cards();
    if house.policies.len() < 2 {
        return head;
    }
    let today = app.office.today();
    let mut versions: Vec<_> = house.policies.iter().collect();
    versions.sort_by_key(|(header, version)| std::cmp::Reverse((version.from, header.opened, header.id)));
    versions.into_iter().fold(head, |table, (header, version)| {
        let state = if header.id == house.policy_version.0.id {
            Tag::new("In force", Tone::Green)
        } else if version.from > today {
            Tag::new("Still to come", Tone::Yellow)
        } else {
            Tag::new("Replaced", Tone::Grey)
        };
        table.row([day(version.from).into(), adopter(house, version).into(), state.into()])
    })
}

fn settings(house: &House) -> Table {
    let head = Table::new("What the program does because of it").column("About").column("Value").column("Because");
    house.settings().iter().fold(head.named_rows().cards(), |table, (key, setting)| {
        let about = registry::entry(key).map_or("what is confirmed", |entry| entry.about);
        table.row([
            first_up(about).into(),
            setting.value.to_string().into(),
            first_up(&setting.origin.in_words()).into(),
        ])
    })
}

/// `GET /admin/policy/{version}/{text}`: a text as it was adopted, to download.
pub async fn text(State(app): State<App>, who: Who, Path((version, text)): Path<(String, usize)>) -> Answer {
    permitted(&app, &who, Action::SeeAdministration, PATH).await?;
    let id: RecordId = version.parse().map_err(|_| Problem::NotFound)?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let (_, version) = house.policies.iter().find(|(header, _)| header.id == id).ok_or(Problem::NotFound)?;
    let (name, body) = version.texts.get(text).ok_or(Problem::NotFound)?;
    download(body.clone(), &plain_name(name), "text/markdown; charset=utf-8")
}

/// A file name of letters, digits, dots and hyphens alone, as a header can carry it.
fn plain_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }).collect()
}

/// Words as a download.
pub fn download(body: String, name: &str, kind: &'static str) -> Result<Response, Turned> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|_| Turned::Problem(Problem::Internal))?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, body).into_response())
}
