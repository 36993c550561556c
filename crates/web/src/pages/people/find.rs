//! Search and the list of people (S2, S3). What somebody looks for is posted, so that no name stands in an address.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use duties::people::{Filter, Hit, find_people, list_people};
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Pagination, Table, Tag, Tone};
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::{PersonClass, Purpose};
use crate::who::Who;

use super::forms::{Posted, age, day, typed};
use super::turned::{Answer, at_house, to};

const PER_PAGE: usize = 25;

/// By what the list is filtered. Nothing personal stands in it.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    class: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    shell: Shell,
    form: Form,
    table: Table,
    pages: Pagination,
    filtered: bool,
    may_add: bool,
    may_import: bool,
    may_dispose: bool,
}

/// The people whom somebody may see.
pub async fn list(State(app): State<App>, Who(who): Who, Query(query): Query<ListQuery>) -> Answer {
    let filter = Filter { class: PersonClass::from_slug(&query.class), service: query.service.parse().ok() };
    let page = query.page.max(1);
    let (hits, total) = list_people(&app.office, &who, &filter, page, PER_PAGE)
        .await
        .map_err(|stopped| at_house(stopped, "/people"))?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, "/people"))?;
    let classes = std::iter::once(Choice::new("", "Everybody"))
        .chain(PersonClass::PEOPLE.map(|class| Choice::new(class.slug(), class.words())));
    let services = std::iter::once(Choice::new("", "All services"))
        .chain(house.services.iter().map(|(_, service)| Choice::new(service.id.to_string(), service.name.as_str())));
    let form = Form::new()
        .ask(Field::select("class", "Show", classes).value(query.class.as_str()))
        .ask(Field::select("service", "At", services).value(query.service.as_str()));
    let pages = total.div_ceil(PER_PAGE).max(1);
    let people = if total == 1 { "1 person".to_owned() } else { format!("{total} people") };
    let caption = format!("{people} whose files are open to you, by last name");
    let (class, service) = (urlencoding::encode(&query.class), urlencoding::encode(&query.service));
    let may = async |action| app.office.would_permit(&who, action, None, Purpose::Support).await;
    let shell = app.shell(&Who(who.clone()), Title::new("People")).await?.at(Section::People);
    let shell = super::timeline::said(shell, &query.done);
    Ok(Page::new(ListPage {
        table: table(&app, &hits, &caption),
        pages: Pagination::new(page.min(pages), pages, |page| format!("?class={class}&service={service}&page={page}")),
        filtered: filter != Filter::default(),
        may_add: may(Action::AddPerson).await,
        may_import: may(Action::ImportPeople).await,
        may_dispose: may(Action::SeeDisposals).await,
        form,
        shell,
    })
    .into_response())
}

#[derive(Template)]
#[template(path = "people/search.html")]
struct SearchPage {
    shell: Shell,
    asked: String,
    table: Table,
    found: usize,
    may_add: bool,
}

/// The answer to a search.
pub async fn search(State(app): State<App>, Who(who): Who, Posting(posted): Posting<Posted>) -> Answer {
    let asked = typed(&posted, "q").trim().to_owned();
    let hits = find_people(&app.office, &who, &asked, &Filter::default())
        .await
        .map_err(|stopped| at_house(stopped, "/people"))?;
    let may_add = app.office.would_permit(&who, Action::AddPerson, None, Purpose::Support).await;
    let shell = app.shell(&Who(who), Title::new("Search")).await?.within(Section::People);
    Ok(Page::new(SearchPage { table: table(&app, &hits, "People found"), found: hits.len(), asked, may_add, shell })
        .into_response())
}

/// A search that was reloaded or bookmarked has no words: the list is the nearest thing.
pub async fn search_again(Who(_): Who) -> Answer {
    Ok(to("/people"))
}

/// People as rows: name, what they are, birthday, services.
pub fn table(app: &App, hits: &[Hit], caption: &str) -> Table {
    let today = app.office.today();
    let head = Table::new(caption)
        .column("Name")
        .column("Who they are")
        .column("Born")
        .column("Warnings")
        .named_rows()
        .cards();
    hits.iter().fold(head, |table, hit| {
        let card = &hit.card;
        let name = match &card.preferred {
            Some(preferred) if !card.name.for_page().starts_with(preferred.for_page().as_str()) => {
                format!("{} ({})", card.name.for_page(), preferred.for_page())
            }
            _ => card.name.for_page().clone(),
        };
        let name = if hit.why.is_empty() { name } else { format!("{name}: {}", hit.why) };
        let born = card.born.as_ref().map(|born| *born.for_page());
        let born = born.map_or_else(|| "not known".to_owned(), |born| format!("{}, {}", day(born), age(born, today)));
        let flag = if app.office.is_warned(hit.file) {
            Cell::from(Tag::new("Warning: read it first", Tone::Red))
        } else {
            "".into()
        };
        table.row([Cell::link(name, format!("/people/{}", hit.file)), card.class.words().into(), born.into(), flag])
    })
}
