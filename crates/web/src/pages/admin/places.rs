//! The places outside the book where records may lie: every search for a request goes through this list.

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use duties::house::{HouseError, PlaceForm, add_place, change_place};

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Table, Tag, Tone};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::posted::{Posted, words};
use crate::records::RecordId;
use crate::records::house::Place;
use crate::who::Who;

use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};
use super::list::{self, List};
use super::permitted;
use super::set_up::{Asked, Step};

const PATH: &str = "/admin/places";

/// `GET /admin/places`
pub async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManagePlaces, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let mut places: Vec<_> = house.places.iter().collect();
    places.sort_by_key(|(_, place)| (place.closed, place.name.to_lowercase()));
    let head = Table::new("").column("Place").column("Who can look there").column("State").named_rows().cards();
    let table = places.into_iter().fold(head, |table, (header, place)| table.row(row(header.id, place)));
    let list = List {
        heading: "Places to search",
        intro: vec![
            "Somebody who asks what you hold has a right to all of it, wherever it lies. Every search goes through this list, and a request is not answered before each place was looked at.".to_owned(),
            "Think of cabinets, shared drives, mailboxes, telephones, CCTV, and systems that others run for you.".to_owned(),
        ],
        empty: "No place is listed yet. Until then, a search covers this book alone.",
        add: Some(("Add a place", asked.to("/admin/places/new"))),
        more: None,
        table,
        enough: true,
        below: Vec::new(),
        stage: asked.stage(Step::Places),
    };
    list::page(&app, &who, list, &asked.done).await
}

fn row(id: RecordId, place: &Place) -> [Cell; 3] {
    let state = if place.closed { Tag::new("No longer in use", Tone::Grey) } else { Tag::new("Searched", Tone::Green) };
    [Cell::link(place.name.as_str(), format!("{PATH}/{id}")), place.holder.as_str().into(), state.into()]
}

fn questions(known: bool) -> Form {
    let form = Form::new()
        .ask(
            Field::text("name", "The place")
                .hint("For example: Cabinet 2, or the shared mailbox of the office")
                .width(30),
        )
        .ask(
            Field::text("holder", "Who can look there?")
                .hint("A role or a name. They are asked when a request comes in.")
                .width(30),
        );
    if !known {
        return form;
    }
    let closed = Choice::new("yes", "It is no longer in use").hint("Searches leave it out from now on.");
    form.ask(Field::checkboxes("closed", "Is it still in use?", [closed]))
}

fn read(posted: &Posted) -> PlaceForm {
    PlaceForm {
        name: words(posted, "name").to_owned(),
        holder: words(posted, "holder").to_owned(),
        closed: words(posted, "closed") == "yes",
    }
}

fn new_question(asked: &Asked) -> Question {
    Question::new("Add a place to search", asked.to(PATH), "Add the place").stage(asked.stage(Step::Places))
}

fn change_question() -> Question {
    Question::new("Change the place", PATH, "Save")
}

/// The form with what the use case found.
fn mended(mut form: Form, error: HouseError) -> Result<Form, Turned> {
    match error {
        HouseError::Fields(faults) => {
            put(&mut form, faults);
            Ok(form)
        }
        HouseError::Stopped(stopped) => Err(at_house(stopped, PATH)),
    }
}

/// `GET /admin/places/new`
pub async fn ask(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManagePlaces, PATH).await?;
    page(&app, &who, new_question(&asked), questions(false)).await
}

/// `POST /admin/places/new`
pub async fn add(
    State(app): State<App>,
    who: Who,
    Query(asked): Query<Asked>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    match add_place(&app.office, &who.0, read(&posted)).await {
        Ok(()) => Ok(to(&asked.done(PATH, "added"))),
        Err(error) => page(&app, &who, new_question(&asked), mended(questions(false).fill(&posted), error)?).await,
    }
}

fn record_id(text: &str) -> Result<RecordId, Turned> {
    text.parse().map_err(|_| Turned::Problem(Problem::NotFound))
}

/// `GET /admin/places/{place}`
pub async fn ask_change(State(app): State<App>, who: Who, Path(place): Path<String>) -> Answer {
    permitted(&app, &who, Action::ManagePlaces, PATH).await?;
    let id = record_id(&place)?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let (_, place) = house.places.iter().find(|(header, _)| header.id == id).ok_or(Problem::NotFound)?;
    let mut now: Posted = vec![("name".to_owned(), place.name.clone()), ("holder".to_owned(), place.holder.clone())];
    if place.closed {
        now.push(("closed".to_owned(), "yes".to_owned()));
    }
    page(&app, &who, change_question(), questions(true).fill(&now)).await
}

/// `POST /admin/places/{place}`
pub async fn change(
    State(app): State<App>,
    who: Who,
    Path(place): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let id = record_id(&place)?;
    match change_place(&app.office, &who.0, id, read(&posted)).await {
        Ok(()) => Ok(to("/admin/places?done=saved")),
        Err(error) => page(&app, &who, change_question(), mended(questions(true).fill(&posted), error)?).await,
    }
}
