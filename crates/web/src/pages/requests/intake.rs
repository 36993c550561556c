//! Taking a request in (S7): first whose data is asked for, then how it came, who asks, and the original.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Multipart, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use duties::requests::{
    ChosenSubject, FoundSubject, Intaken, NewOriginal, NewRequest, NewRequester, RecordRequestError, Subject, Upload,
    record_request,
};

use super::super::people::forms::first_up;
use super::from_arrival::From;
use super::posted::{Posted, date, optional_date, words};
use crate::app::{App, problem};
use crate::components::{Cell, Table};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::people::PersonClass;
use crate::records::requests::{Details, Intake};
use crate::records::{FileId, Personal, Purpose};
use crate::who::Who;

#[derive(Template)]
#[template(path = "requests/new.html")]
struct ChoosePage {
    shell: Shell,
    form: Form,
    searched: bool,
    found: Table,
    /// What goes along in addresses: the number of what came in.
    suffix: String,
}

/// `GET /requests/new`
pub async fn choose(State(app): State<App>, who: Who, Query(from): Query<From>) -> Result<Response, Problem> {
    let shell = app.shell(&who, Title::new("Record a request")).await?.within(Section::Requests);
    let form = search_form().fill(&from.searched(&app, &who).await?);
    let page = ChoosePage { shell, form, searched: false, found: Table::default(), suffix: from.suffix() };
    Ok(Page::new(page).into_response())
}

fn search_form() -> Form {
    Form::new().ask(
        Field::text("q", "Whose information is asked for?")
            .hint("Name, former name, date of birth or postcode of the person whom the records are about")
            .autocomplete("off"),
    )
}

/// `POST /requests/new`: posted, so that no name stands in an address.
pub async fn find(
    State(app): State<App>,
    who: Who,
    Query(from): Query<From>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let suffix = from.suffix();
    let mut shell = app.shell(&who, Title::new("Record a request")).await?.within(Section::Requests);
    let mut form = search_form().fill(&posted);
    let query = words(&posted, "q");
    if query.is_empty() {
        form.error("q", "Enter a name, a date of birth or a postcode");
        shell = shell.titled_error();
        let page = ChoosePage { shell, form, searched: false, found: Table::default(), suffix };
        return Ok(Page::with_errors(page).into_response());
    }
    let found = duties::requests::find_subjects(&app.office, &who.0, query).await.map_err(problem)?;
    let head = Table::new("Is it one of these people?").column("Name").column("Date of birth").column("Who they are");
    let found = found.iter().fold(head.named_rows().cards(), |table, person| table.row(person_row(person, &suffix)));
    Ok(Page::new(ChoosePage { shell, form, searched: true, found, suffix }).into_response())
}

fn person_row(person: &FoundSubject, suffix: &str) -> [Cell; 3] {
    [
        Cell::link(person.name.clone(), format!("/requests/new/for/{}{suffix}", person.file)),
        person.born.map_or_else(|| "Not known".to_owned(), duties::clock::uk_date).into(),
        person.class.words().into(),
    ]
}

#[derive(Template)]
#[template(path = "requests/intake.html")]
struct IntakePage {
    shell: Shell,
    heading: String,
    unknown: bool,
    form: Form,
    /// The number of what came in, where it is that; empty otherwise.
    arrival: String,
}

/// `GET /requests/new/for/{file}`
pub async fn ask_known(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let chosen = chosen(&app, &who, &file).await?;
    let form = form(Some(&chosen)).fill(&from.intake(&app, &who).await?);
    let shell = app.shell(&who, Title::new("Record a request")).await?.within(Section::Requests);
    let heading = format!("Record a request about {}", chosen.name);
    Ok(Page::new(IntakePage { shell, heading, unknown: false, form, arrival: from.arrival }).into_response())
}

/// `GET /requests/new/somebody-else`
pub async fn ask_unknown(State(app): State<App>, who: Who, Query(from): Query<From>) -> Result<Response, Problem> {
    let form = form(None).fill(&from.intake(&app, &who).await?);
    let shell = app.shell(&who, Title::new("Record a request")).await?.within(Section::Requests);
    let heading = "Record a request about somebody who is not in our book".to_owned();
    Ok(Page::new(IntakePage { shell, heading, unknown: true, form, arrival: from.arrival }).into_response())
}

/// `POST /requests/new/for/{file}`
pub async fn record_known(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Query(from): Query<From>,
    body: Multipart,
) -> Result<Response, Problem> {
    let chosen = chosen(&app, &who, &file).await?;
    let file: FileId = file.parse().map_err(|_| Problem::NotFound)?;
    let (posted, upload) = read(body).await?;
    let wrong = match new_request(&posted, upload, Some(&chosen)) {
        Ok(new) => match record(&app, &who, Subject::Known(file), from.along(new)).await? {
            Ok(response) => return Ok(response),
            Err(wrong) => wrong,
        },
        Err(wrong) => wrong,
    };
    let heading = format!("Record a request about {}", chosen.name);
    again(&app, &who, (heading, from.arrival), form(Some(&chosen)).fill(&posted), wrong).await
}

/// `POST /requests/new/somebody-else`
pub async fn record_unknown(
    State(app): State<App>,
    who: Who,
    Query(from): Query<From>,
    body: Multipart,
) -> Result<Response, Problem> {
    let (posted, upload) = read(body).await?;
    let heading = "Record a request about somebody who is not in our book".to_owned();
    let mut wrong = Vec::new();
    let born = match optional_date(&posted, "subject-born") {
        Ok(born) => born,
        Err(words) => {
            wrong.push(("subject-born", words));
            None
        }
    };
    let class = PersonClass::from_slug(words(&posted, "subject-class"));
    if class.is_none() {
        wrong.push(("subject-class", "Choose what they are or were to us, as far as you know".to_owned()));
    }
    if words(&posted, "subject-name").is_empty() {
        wrong.push(("subject-name", "Enter the name of the person whose data is asked for".to_owned()));
    }
    match (class, new_request(&posted, upload, None)) {
        (Some(class), Ok(new)) if wrong.is_empty() => {
            let subject = Subject::New { name: words(&posted, "subject-name").to_owned(), class, born };
            match record(&app, &who, subject, from.along(new)).await? {
                Ok(response) => return Ok(response),
                Err(found) => wrong.extend(found),
            }
        }
        (_, Err(found)) => wrong.extend(found),
        (_, Ok(_)) => {}
    }
    again(&app, &who, (heading, from.arrival), form(None).fill(&posted), wrong).await
}

async fn chosen(app: &App, who: &Who, file: &str) -> Result<ChosenSubject, Problem> {
    let file = file.parse().map_err(|_| Problem::NotFound)?;
    duties::requests::choose_subject(&app.office, &who.0, file).await.map_err(problem)
}

type Wrong = Vec<(&'static str, String)>;

async fn record(app: &App, who: &Who, subject: Subject, new: NewRequest) -> Result<Result<Response, Wrong>, Problem> {
    match record_request(&app.office, &who.0, subject, new).await {
        Ok(recorded) => {
            let to = format!("/requests/recorded/{}", recorded.reference);
            Ok(Ok(Redirect::to(&to).into_response()))
        }
        Err(RecordRequestError::Fields(wrong)) => Ok(Err(wrong)),
        Err(RecordRequestError::Stopped(stopped)) => Err(problem(stopped)),
    }
}

async fn again(
    app: &App,
    who: &Who,
    (heading, arrival): (String, String),
    mut form: Form,
    wrong: Wrong,
) -> Result<Response, Problem> {
    for (name, words) in wrong {
        form.error(name, words);
    }
    let shell = app.shell(who, Title::new("Record a request")).await?.within(Section::Requests).titled_error();
    let unknown = form.fields().iter().any(|field| field.name == "subject-name");
    Ok(Page::with_errors(IntakePage { shell, heading, unknown, form, arrival }).into_response())
}

/// The questions; relatives are offered as those who may be asking.
fn form(chosen: Option<&ChosenSubject>) -> Form {
    let mut form = Form::new();
    if chosen.is_none() {
        let classes = PersonClass::PEOPLE.into_iter().map(|class| Choice::new(class.slug(), class.words()));
        form = form
            .ask(Field::text("subject-name", "Full name of the person whose data is asked for").size("s"))
            .ask(Field::date("subject-born", "Their date of birth, if it is known").size("s"))
            .ask(
                Field::select(
                    "subject-class",
                    "What they are or were to us, as far as you know",
                    std::iter::once(Choice::new("", "Choose")).chain(classes),
                )
                .size("s"),
            );
    }
    let ways = Intake::ALL.into_iter().map(|way| Choice::new(way.slug(), first_up(way.words())));
    form.ask(Field::radios("intake", "How did it come?", ways).size("m"))
        .ask(Field::date("received", "When did it come?").size("m").hint(
            "The day on which anybody here had it, also a volunteer. The clock starts on that day. Like 4 11 2026",
        ))
        .ask(who_asks(chosen))
        .ask(
            Field::text("name", "Name of whoever asks")
                .size("s")
                .hint("As it stands in the letter")
                .autocomplete("off"),
        )
        .ask(
            Field::area("address", "Postal address")
                .size("s")
                .rows(4)
                .hint("Leave empty what the request does not say: we ask for it in a letter"),
        )
        .ask(Field::tel("phone", "Telephone number").size("s").width(20).autocomplete("off"))
        .ask(Field::email("email", "E-mail address").size("s").autocomplete("off"))
        .ask(
            Field::area("wanted", "What would they like to see?")
                .size("s")
                .rows(3)
                .hint("In their words. \u{201C}Everything\u{201D} is an answer"),
        )
        .ask(
            Field::file("original", "The original: scan or file")
                .size("s")
                .hint("PDF, picture, or the saved e-mail, up to 20 MB. It is kept sealed in the person\u{2019}s file"),
        )
        .ask(
            Field::text("lies-at", "Where does the paper original lie?")
                .size("s")
                .hint("For example, Cabinet 2, folder R"),
        )
        .ask(
            Field::area("original-words", "Its words, typed off")
                .size("s")
                .rows(6)
                .hint("For a telephone call or a visit: what they said, as close to their words as you can"),
        )
}

fn who_asks(chosen: Option<&ChosenSubject>) -> Field {
    let relatives = chosen.map(|chosen| chosen.relatives.as_slice()).unwrap_or_default();
    let mut other = Choice::new("other", "Somebody else asks for them")
        .hint("A parent, a carer, a solicitor. Whether they may, is settled later");
    if !relatives.is_empty() {
        let people =
            relatives.iter().map(|(file, name, relation)| Choice::new(file.to_string(), format!("{name}, {relation}")));
        other = other.reveal(Field::select(
            "requester-file",
            "Are they one of these people?",
            std::iter::once(Choice::new("", "No, or not known")).chain(people),
        ));
    }
    let other = other
        .reveal(Field::text("relation", "What are they to the person?").hint("Mother, solicitor, \u{2026}").width(20));
    Field::radios("requester", "Who asks?", [Choice::new("self", "They ask for themselves"), other]).size("m")
}

/// The fields of a multipart body and the file in it, if one was chosen.
async fn read(mut body: Multipart) -> Result<(Posted, Option<Upload>), Problem> {
    let (mut posted, mut upload) = (Vec::new(), None);
    while let Some(field) = body.next_field().await.map_err(|error| too_large(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| too_large(&error))?;
        match file_name {
            Some(file_name) if !file_name.is_empty() => upload = Some(Upload { file_name, bytes: bytes.to_vec() }),
            Some(_) => {}
            None => posted.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((posted, upload))
}

fn too_large(error: &axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Problem::TooLarge } else { Problem::BadRequest }
}

/// The request as it was typed; whatever cannot be read at all is named.
fn new_request(
    posted: &[(String, String)],
    upload: Option<Upload>,
    chosen: Option<&ChosenSubject>,
) -> Result<NewRequest, Wrong> {
    let mut wrong: Wrong = Vec::new();
    let intake = Intake::from_slug(words(posted, "intake"));
    if intake.is_none() {
        wrong.push(("intake", "Choose how it came".to_owned()));
    }
    let received = date(posted, "received");
    if let Err(words) = &received {
        wrong.push(("received", words.clone()));
    }
    let requester = match words(posted, "requester") {
        "self" => None,
        "other" => {
            // Only those who were offered can be named: an id from elsewhere would tell who is in the book.
            let file = words(posted, "requester-file").parse().ok().filter(|file| {
                chosen.is_some_and(|chosen| chosen.relatives.iter().any(|(relative, ..)| relative == file))
            });
            let relation = words(posted, "relation").to_owned();
            let known = file.and_then(|file: FileId| {
                chosen?.relatives.iter().find(|(relative, ..)| *relative == file).map(|(.., words)| (*words).to_owned())
            });
            let relation = if relation.is_empty() { known.unwrap_or_default() } else { relation };
            Some(NewRequester { file, relation })
        }
        _ => {
            wrong.push(("requester", "Choose who asks".to_owned()));
            None
        }
    };
    let detail = |name: &str| {
        let typed = words(posted, name);
        (!typed.is_empty()).then(|| Personal::new(typed.to_owned()))
    };
    let details = Details {
        name: detail("name"),
        address: detail("address"),
        phone: detail("phone"),
        email: detail("email"),
        wanted: detail("wanted"),
    };
    let original = NewOriginal {
        upload,
        lies_at: words(posted, "lies-at").to_owned(),
        words: words(posted, "original-words").to_owned(),
    };
    match (intake, received) {
        (Some(intake), Ok(received)) if wrong.is_empty() => {
            Ok(NewRequest { intake, received, original, requester, details, arrival: None })
        }
        _ => Err(wrong),
    }
}

#[derive(Template)]
#[template(path = "requests/recorded.html")]
struct RecordedPage {
    shell: Shell,
    reference: String,
    told: Intaken,
    may_work: bool,
}

/// `GET /requests/recorded/{reference}`: also for those who may take a request in and not see it.
pub async fn recorded(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let told = Intaken::of(&app.office, &reference).await.map_err(problem)?;
    let at = duties::requests::find(&app.office, &reference).await.map_err(problem)?;
    let action = crate::access::Action::WorkOnRequest;
    let may_work = app.office.would_permit(&who.0, action, Some(at.file), Purpose::Request).await;
    let shell = app.shell(&who, Title::new("Request recorded").reference(&reference)).await?.within(Section::Requests);
    Ok(Page::new(RecordedPage { shell, reference, told, may_work }).into_response())
}
