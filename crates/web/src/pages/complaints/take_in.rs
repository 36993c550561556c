//! Taking a complaint in: whose data it is about, then what they say.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use duties::complaints::{NewComplaint, RecordComplaintError, record_complaint, taken_in};
use duties::requests::{ChosenSubject, FoundSubject, Subject, choose_subject, find_subjects};
use serde::Deserialize;

use crate::app::{App, problem};
use crate::components::{Cell, Table};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::people::forms::first_up;
use crate::pages::requests::from_arrival::From;
use crate::pages::requests::posted::{Posted, date, optional_date, parts, words};
use crate::records::requests::{Details, Intake};
use crate::records::{FileId, PersonClass, Personal};
use crate::who::Who;

#[derive(Template)]
#[template(path = "complaints/new.html")]
struct NewPage {
    shell: Shell,
    heading: String,
    form: Form,
    button: &'static str,
    found: Option<Table>,
    /// Where somebody is taken in who is not in the book; empty where that is asked already.
    unknown: String,
}

#[derive(Template)]
#[template(path = "complaints/recorded.html")]
struct RecordedPage {
    shell: Shell,
    reference: String,
    routed_to: String,
    by: String,
    may_work: bool,
}

/// What a link from elsewhere fills in.
#[derive(Debug, Default, Deserialize)]
pub struct About {
    #[serde(default)]
    request: String,
}

const HEADING: &str = "Record a complaint";

fn search_form() -> Form {
    Form::new().ask(
        Field::text("q", "Whose information is the complaint about?")
            .hint("Name, former name, date of birth or postcode")
            .autocomplete("off"),
    )
}

/// `GET /complaints/new`
pub async fn choose(State(app): State<App>, who: Who, Query(from): Query<From>) -> Result<Response, Problem> {
    let form = search_form().fill(&from.searched(&app, &who).await?);
    let shell = app.shell(&who, Title::new(HEADING)).await?.within(Section::Requests);
    let page = NewPage {
        shell,
        heading: HEADING.to_owned(),
        form,
        button: "Look for the person",
        found: None,
        unknown: unknown_at(&from),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /complaints/new`: posted, so that no name stands in an address.
pub async fn find(
    State(app): State<App>,
    who: Who,
    Query(from): Query<From>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let mut shell = app.shell(&who, Title::new(HEADING)).await?.within(Section::Requests);
    let mut form = search_form().fill(&posted);
    let (heading, button) = (HEADING.to_owned(), "Look for the person");
    let query = words(&posted, "q");
    if query.is_empty() {
        form.error("q", "Enter a name, a date of birth or a postcode");
        shell = shell.titled_error();
        return Ok(Page::with_errors(NewPage {
            shell,
            heading,
            form,
            button,
            found: None,
            unknown: unknown_at(&from),
        })
        .into_response());
    }
    let people = find_subjects(&app.office, &who.0, query).await.map_err(problem)?;
    let head = Table::new("Is it one of these people?").column("Name").column("Date of birth").column("Who they are");
    let table =
        people.iter().fold(head.named_rows().cards(), |table, person| table.row(person_row(person, &from.suffix())));
    Ok(Page::new(NewPage { shell, heading, form, button, found: Some(table), unknown: unknown_at(&from) })
        .into_response())
}

fn person_row(person: &FoundSubject, suffix: &str) -> [Cell; 3] {
    [
        Cell::link(person.name.clone(), format!("/complaints/new/for/{}{suffix}", person.file)),
        person.born.map_or_else(|| "Not known".to_owned(), duties::clock::uk_date).into(),
        person.class.words().into(),
    ]
}

fn complaint_form(chosen: &ChosenSubject, request: &str, today: (String, String, String)) -> Form {
    complaint_questions(Form::new(), chosen, request, today)
}

fn complaint_questions(
    form: Form,
    chosen: &ChosenSubject,
    request: &str,
    (day, month, year): (String, String, String),
) -> Form {
    let ways = Intake::ALL.map(|way| Choice::new(way.slug(), first_up(way.words())));
    let mut relatives: Vec<Choice> = chosen
        .relatives
        .iter()
        .map(|(file, name, words)| Choice::new(file.to_string(), format!("{name}, {words}")))
        .collect();
    relatives.push(Choice::new("", "Somebody else"));
    let other = Choice::new("other", "Somebody else for them")
        .reveal(Field::select("by-file", "Are they in our book?", relatives))
        .reveal(Field::text("relation", "What are they to the person?").hint("Mother, neighbour, solicitor"));
    form.ask(Field::radios("intake", "How did it come?", ways))
        .ask(Field::date("received", "When did anybody here have it?").parts(day, month, year))
        .ask(Field::area("about", "What do they complain about?").hint("In their own words").rows(6))
        .ask(
            Field::radios("who", "Who complains?", [Choice::new("self", "The person themselves"), other]).value("self"),
        )
        .ask(Field::text("name", "Name of whoever complains"))
        .ask(Field::area("address", "Their address, if they gave one").rows(3))
        .ask(Field::email("email", "Their e-mail address, if they gave one"))
        .ask(
            Field::text("request", "Is it about a request of theirs?")
                .hint("Its reference, like REQ-2026-0042. Leave it empty if not")
                .value(request)
                .width(20),
        )
}

/// `GET /complaints/new/for/{file}`
pub async fn ask(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Query(about): Query<About>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let file: FileId = file.parse().map_err(|_| Problem::NotFound)?;
    let chosen = choose_subject(&app.office, &who.0, file).await.map_err(problem)?;
    let shell = app.shell(&who, Title::new(HEADING)).await?.within(Section::Requests);
    let mut form = complaint_form(&chosen, &about.request, parts(app.office.today()));
    if !from.arrival.is_empty() {
        form = form.fill(&from.complaint(&app, &who).await?);
    }
    let heading = format!("Record a complaint about {}", possessive(&chosen.name));
    Ok(Page::new(NewPage { shell, heading, form, button: "Record the complaint", found: None, unknown: String::new() })
        .into_response())
}

/// "what we hold about Ada": the complaint is about data, not about the child.
fn possessive(name: &str) -> String {
    format!("what we hold about {name}")
}

/// `POST /complaints/new/for/{file}`
pub async fn record(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Query(from): Query<From>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let file: FileId = file.parse().map_err(|_| Problem::NotFound)?;
    let chosen = choose_subject(&app.office, &who.0, file).await.map_err(problem)?;
    let heading = format!("Record a complaint about {}", possessive(&chosen.name));
    let form = complaint_form(&chosen, "", parts(app.office.today()));
    take_in(&app, &who, (Ok(Subject::Known(file)), &chosen, &from), (heading, form), &posted).await
}

const UNKNOWN: &str = "Record a complaint about what we hold about somebody who is not in our book";

fn unknown_at(from: &From) -> String {
    format!("/complaints/new/somebody-else{}", from.suffix())
}

/// Nobody's relatives are known of somebody who is not in the book.
fn nobody() -> ChosenSubject {
    ChosenSubject { name: String::new(), class: PersonClass::Contact, relatives: Vec::new() }
}

fn unknown_form(app: &App) -> Form {
    let classes = PersonClass::PEOPLE.into_iter().map(|class| Choice::new(class.slug(), class.words()));
    let form = Form::new()
        .ask(Field::text("subject-name", "Full name of the person whose information it is about"))
        .ask(Field::date("subject-born", "Their date of birth, if it is known"))
        .ask(Field::select(
            "subject-class",
            "What they are or were to us, as far as you know",
            std::iter::once(Choice::new("", "Choose")).chain(classes),
        ));
    complaint_questions(form, &nobody(), "", parts(app.office.today()))
}

/// `GET /complaints/new/somebody-else`
pub async fn ask_unknown(State(app): State<App>, who: Who, Query(from): Query<From>) -> Result<Response, Problem> {
    let shell = app.shell(&who, Title::new(HEADING)).await?.within(Section::Requests);
    let mut form = unknown_form(&app);
    if !from.arrival.is_empty() {
        form = form.fill(&from.complaint(&app, &who).await?);
    }
    let (heading, unknown) = (UNKNOWN.to_owned(), String::new());
    let page = NewPage { shell, heading, form, button: "Record the complaint", found: None, unknown };
    Ok(Page::new(page).into_response())
}

/// `POST /complaints/new/somebody-else`
pub async fn record_unknown(
    State(app): State<App>,
    who: Who,
    Query(from): Query<From>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let mut wrong = Vec::new();
    let born = optional_date(&posted, "subject-born").unwrap_or_else(|words| {
        wrong.push(("subject-born", words));
        None
    });
    let name = words(&posted, "subject-name").to_owned();
    if name.is_empty() {
        wrong.push(("subject-name", "Enter the name of the person whose data it is about".to_owned()));
    }
    let subject = match PersonClass::from_slug(words(&posted, "subject-class")) {
        Some(class) if wrong.is_empty() => Ok(Subject::New { name, class, born }),
        Some(_) => Err(wrong),
        None => {
            wrong.push(("subject-class", "Choose what they are or were to us, as far as you know".to_owned()));
            Err(wrong)
        }
    };
    take_in(&app, &who, (subject, &nobody(), &from), (UNKNOWN.to_owned(), unknown_form(&app)), &posted).await
}

type Wrong = Vec<(&'static str, String)>;

async fn take_in(
    app: &App,
    who: &Who,
    (subject, chosen, from): (Result<Subject, Wrong>, &ChosenSubject, &From),
    (heading, form): (String, Form),
    posted: &[(String, String)],
) -> Result<Response, Problem> {
    let wrong = match (subject, date(posted, "received")) {
        (Err(wrong), _) => wrong,
        (Ok(_), Err(words)) => vec![("received", words)],
        (Ok(subject), Ok(received)) => {
            let new = NewComplaint { arrival: from.number(), ..typed(posted, chosen, received) };
            match record_complaint(&app.office, &who.0, subject, new).await {
                Ok(reference) => return Ok(Redirect::to(&format!("/complaints/recorded/{reference}")).into_response()),
                Err(RecordComplaintError::Stopped(stopped)) => return Err(problem(stopped)),
                Err(RecordComplaintError::Fields(wrong)) => wrong,
            }
        }
    };
    let mut form = form.fill(posted);
    for (field, words) in wrong {
        form.error(field, words);
    }
    let shell = app.shell(who, Title::new(HEADING)).await?.within(Section::Requests).titled_error();
    let page = NewPage { shell, heading, form, button: "Record the complaint", found: None, unknown: String::new() };
    Ok(Page::with_errors(page).into_response())
}

fn typed(posted: &[(String, String)], chosen: &ChosenSubject, received: jiff::civil::Date) -> NewComplaint {
    let detail = |name: &str| {
        let typed = words(posted, name);
        (!typed.is_empty()).then(|| Personal::new(typed.to_owned()))
    };
    let by = (words(posted, "who") == "other").then(|| {
        // Only those who were offered can be named: an id from elsewhere would tell who is in the book.
        let relative = chosen.relatives.iter().find(|(file, ..)| file.to_string() == words(posted, "by-file"));
        let relation = match words(posted, "relation") {
            "" => relative.map_or("", |(_, _, relation)| relation),
            typed => typed,
        };
        (relative.map(|(file, ..)| *file), relation.to_owned())
    });
    NewComplaint {
        intake: Intake::from_slug(words(posted, "intake")),
        received,
        about: words(posted, "about").to_owned(),
        by,
        details: Details {
            name: detail("name"),
            address: detail("address"),
            phone: None,
            email: detail("email"),
            wanted: None,
        },
        request: words(posted, "request").to_owned(),
        arrival: None,
    }
}

/// `GET /complaints/recorded/{reference}`: also for those who may take one in and not see it.
pub async fn recorded(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let told = taken_in(&app.office, &who.0, &reference).await.map_err(problem)?;
    let shell =
        app.shell(&who, Title::new("Complaint recorded").reference(&reference)).await?.within(Section::Requests);
    let page = RecordedPage { shell, reference, routed_to: told.routed_to, by: told.by, may_work: told.may_work };
    Ok(Page::new(page).into_response())
}
