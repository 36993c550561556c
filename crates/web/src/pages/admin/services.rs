//! Services: what each does, and which sensitive information it needs; nothing else of that kind can be kept for it.

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use duties::house::{HouseError, ServiceForm, add_service, change_service};

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Content, Table, Tag, Tone};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::posted::{Posted, all, parts, words};
use crate::records::ServiceId;
use crate::records::catalogue::DataCategory;
use crate::records::house::Service;
use crate::who::Who;

use super::super::people::forms::{day, first_up};
use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};
use super::list::{self, List};
use super::set_up::{Asked, Step};
use super::{date_or_none, permitted};

const PATH: &str = "/admin/services";

/// `GET /admin/services`
pub async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageServices, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let mut services: Vec<&Service> = house.services.iter().map(|(_, service)| service).collect();
    services.sort_by_key(|service| (service.ended.is_some(), service.name.to_lowercase()));
    let head = Table::new("").column("Service").column("What it does").column("Needs to know").column("State");
    let table = services.into_iter().fold(head.named_rows().cards(), |table, one| table.row(row(&app, one)));
    let list = List {
        heading: "Services",
        intro: vec![
            "A service keeps health, money and other sensitive information only where it says here that it needs it. Anything else is refused, in forms and in imports.".to_owned(),
        ],
        empty: "There is no service yet. People are enrolled with services, and staff work at them.",
        add: Some(("Add a service", asked.to("/admin/services/new"))),
        more: None,
        table,
        enough: true,
        below: Vec::new(),
        stage: asked.stage(Step::Services),
    };
    list::page(&app, &who, list, &asked.done).await
}

fn row(app: &App, service: &Service) -> [Cell; 4] {
    let needs: Vec<&str> = service.needs.iter().map(|one| one.words()).collect();
    let needs = if needs.is_empty() { "Nothing sensitive".to_owned() } else { first_up(&needs.join(", ")) };
    let state: Content = match service.ended {
        Some(ended) if ended < app.office.today() => Tag::new(format!("Ended {}", day(ended)), Tone::Grey).into(),
        Some(ended) => Tag::new(format!("Ends {}", day(ended)), Tone::Yellow).into(),
        None => Tag::new("Runs", Tone::Green).into(),
    };
    [
        Cell::link(service.name.as_str(), format!("{PATH}/{}", service.id)),
        service.about.as_str().into(),
        needs.into(),
        state.into(),
    ]
}

fn questions() -> Form {
    let needs = DataCategory::NEEDED.map(|one| Choice::new(one.slug(), first_up(one.words())));
    Form::new()
        .ask(Field::text("name", "Its name").width(30))
        .ask(Field::area("about", "What does it do?").hint("In a sentence, for families.").rows(3))
        .ask(
            Field::checkboxes("needs", "What sensitive information does it need?", needs)
                .hint("Tick only what the work cannot do without. You can change it later; what was kept stays until its time limit.")
                .small(),
        )
        .ask(Field::text("commissioner", "Who pays for it?").hint("Where it is run for somebody else, such as a council. You can leave this empty."))
        .ask(Field::date("ended", "Its last day").hint("Only once it has ended, or when it will. You can leave this empty."))
}

fn as_it_stands(service: &Service) -> Posted {
    let mut now: Posted = [
        ("name", service.name.clone()),
        ("about", service.about.clone()),
        ("commissioner", service.commissioner.clone().unwrap_or_default()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    now.extend(service.needs.iter().map(|one| ("needs".to_owned(), one.slug().to_owned())));
    if let Some(ended) = service.ended {
        let (day, month, year) = parts(ended);
        let boxes = [("ended-day", day), ("ended-month", month), ("ended-year", year)];
        now.extend(boxes.map(|(name, value)| (name.to_owned(), value)));
    }
    now
}

/// What was posted, or the form with what is wrong with its date.
fn read(posted: &Posted) -> Result<ServiceForm, Form> {
    match date_or_none(posted, "ended") {
        Ok(ended) => Ok(ServiceForm {
            name: words(posted, "name").to_owned(),
            about: words(posted, "about").to_owned(),
            needs: all(posted, "needs").filter_map(DataCategory::needed_from_slug).collect(),
            commissioner: words(posted, "commissioner").to_owned(),
            ended,
        }),
        Err(wrong) => {
            let mut form = questions().fill(posted);
            form.error("ended", wrong);
            Err(form)
        }
    }
}

fn new_question(asked: &Asked) -> Question {
    Question::new("Add a service", asked.to(PATH), "Add the service").stage(asked.stage(Step::Services))
}

fn change_question() -> Question {
    Question::new("Change the service", PATH, "Save")
}

/// `GET /admin/services/new`
pub async fn ask(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageServices, PATH).await?;
    page(&app, &who, new_question(&asked), questions()).await
}

/// `POST /admin/services/new`
pub async fn add(
    State(app): State<App>,
    who: Who,
    Query(asked): Query<Asked>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    permitted(&app, &who, Action::ManageServices, PATH).await?;
    let new = match read(&posted) {
        Ok(new) => new,
        Err(form) => return page(&app, &who, new_question(&asked), form).await,
    };
    match add_service(&app.office, &who.0, new).await {
        Ok(_) => Ok(to(&asked.done(PATH, "added"))),
        Err(error) => page(&app, &who, new_question(&asked), mended(&posted, error)?).await,
    }
}

/// The form with what the use case found.
fn mended(posted: &Posted, error: HouseError) -> Result<Form, Turned> {
    match error {
        HouseError::Fields(faults) => {
            let mut form = questions().fill(posted);
            put(&mut form, faults);
            Ok(form)
        }
        HouseError::Stopped(stopped) => Err(at_house(stopped, PATH)),
    }
}

fn service_id(text: &str) -> Result<ServiceId, Turned> {
    text.parse().map_err(|_| Turned::Problem(Problem::NotFound))
}

/// `GET /admin/services/{service}`
pub async fn ask_change(State(app): State<App>, who: Who, Path(service): Path<String>) -> Answer {
    permitted(&app, &who, Action::ManageServices, PATH).await?;
    let id = service_id(&service)?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let service = house.service(id).ok_or(Problem::NotFound)?;
    page(&app, &who, change_question(), questions().fill(&as_it_stands(service))).await
}

/// `POST /admin/services/{service}`
pub async fn change(
    State(app): State<App>,
    who: Who,
    Path(service): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    permitted(&app, &who, Action::ManageServices, PATH).await?;
    let id = service_id(&service)?;
    let new = match read(&posted) {
        Ok(new) => new,
        Err(form) => return page(&app, &who, change_question(), form).await,
    };
    match change_service(&app.office, &who.0, id, new).await {
        Ok(()) => Ok(to("/admin/services?done=saved")),
        Err(error) => page(&app, &who, change_question(), mended(&posted, error)?).await,
    }
}
