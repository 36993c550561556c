//! What came in on the website or by e-mail: the list, one of them, and what becomes of it.

use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form as Posting, Router};
use duties::portal::{
    ArrivalLine, MailInError, SET_ASIDE_DAYS, SetAsideError, arrivals, original, receive, set_aside, view_arrival,
};

use crate::app::{App, problem};
use crate::components::{Cell, Content, SummaryList, Table, Tag, Tone};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::letters::moment;
use crate::pages::requests::Done;
use crate::posted::{Posted, words};
use crate::records::arrival::Want;
use crate::who::Who;

/// The largest saved e-mail, with the form around it.
const UPLOAD: usize = 26 * 1024 * 1024;

/// The pages.
pub fn routes() -> Router<App> {
    let dropping = Router::new().route("/arrivals", get(list).post(drop_mail)).layer(DefaultBodyLimit::max(UPLOAD));
    Router::new()
        .merge(dropping)
        .route("/arrivals/{number}", get(show).post(put_aside))
        .route("/arrivals/{number}/original", get(save_original))
}

#[derive(Template)]
#[template(path = "requests/arrivals.html")]
struct ListPage {
    shell: Shell,
    table: Table,
    form: Form,
}

fn drop_form() -> Form {
    Form::new().ask(
        Field::file("mail", "A saved e-mail")
            .hint("Save the e-mail as a file (.eml) in your mail program, and choose it here. Up to 25 MB")
            .accept(".eml,message/rfc822")
            .size("s"),
    )
}

/// `GET /arrivals`
async fn list(State(app): State<App>, who: Who, Query(done): Query<Done>) -> Result<Response, Problem> {
    list_page(&app, &who, drop_form(), &done.done).await
}

async fn list_page(app: &App, who: &Who, form: Form, done: &str) -> Result<Response, Problem> {
    let lines = arrivals(&app.office, &who.0).await.map_err(problem)?;
    let mut shell = app.shell(who, Title::new("What came in")).await?.within(Section::Requests);
    match done {
        "dropped" => shell = shell.result("The e-mail came in. Open it to take it in.", true),
        "aside" => shell = shell.result("Noted. Whoever asked can read it with number and secret.", true),
        _ => {}
    }
    if form.has_errors() {
        shell = shell.titled_error();
    }
    let head = Table::new("")
        .column("Number")
        .column("How")
        .column("When")
        .column("What they want")
        .column("How it stands")
        .named_rows()
        .cards();
    let table = lines.iter().fold(head, |table, line| table.row(row(line)));
    let failed = form.has_errors();
    let page = ListPage { shell, table, form };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

fn row(line: &ArrivalLine) -> [Cell; 5] {
    let stands: Content = match (line.waits, line.wrote) {
        (true, true) => Tag::new("New message", Tone::Yellow).into(),
        (true, false) => Tag::new("Waiting for us", Tone::Yellow).into(),
        (false, _) => "Dealt with".to_owned().into(),
    };
    [
        Cell::link(line.number.clone(), format!("/arrivals/{}", line.number)),
        line.way.words().into(),
        moment(line.came).into(),
        line.want.map_or("Not said", Want::words).into(),
        stands.into(),
    ]
}

/// `POST /arrivals`: a saved e-mail.
async fn drop_mail(State(app): State<App>, who: Who, mut body: Multipart) -> Result<Response, Problem> {
    let mut file = None;
    while let Some(field) = body.next_field().await.map_err(|error| too_large(&error))? {
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| too_large(&error))?;
        if !name.is_empty() {
            file = Some((name, bytes.to_vec()));
        }
    }
    let mut form = drop_form();
    let Some((name, bytes)) = file else {
        form.error("mail", "Choose a saved e-mail, a file that ends in .eml");
        return list_page(&app, &who, form, "").await;
    };
    match receive(&app.office, &who.0, &name, bytes).await {
        Ok(_) => Ok(Redirect::to("/arrivals?done=dropped").into_response()),
        Err(MailInError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            form.error("mail", wrong.to_string());
            list_page(&app, &who, form, "").await
        }
    }
}

fn too_large(error: &axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Problem::TooLarge } else { Problem::BadRequest }
}

#[derive(Template)]
#[template(path = "requests/arrival.html")]
struct ArrivalPage {
    shell: Shell,
    number: String,
    way: &'static str,
    came: String,
    /// How not to reach them: what must be seen first.
    warning: String,
    answers: SummaryList,
    mail: String,
    messages: Vec<(String, String)>,
    waits: bool,
    ended: String,
    ended_by: String,
    has_original: bool,
    form: Form,
}

fn aside_form() -> Form {
    Form::new().ask(
        Field::area("words", "What did you do about it?")
            .hint("Whoever asked reads this with number and secret. Where it came by e-mail, answer it there")
            .size("s")
            .rows(4),
    )
}

/// `GET /arrivals/{number}`
async fn show(State(app): State<App>, who: Who, Path(number): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, &number, aside_form()).await
}

async fn page(app: &App, who: &Who, number: &str, form: Form) -> Result<Response, Problem> {
    let view = view_arrival(&app.office, &who.0, number).await.map_err(problem)?;
    let mut shell = app.shell(who, Title::new("Came in").reference(number)).await?.within(Section::Requests);
    if form.has_errors() {
        shell = shell.titled_error();
    }
    let arrival = &view.arrival;
    let answers = arrival.answers.lines().into_iter().fold(SummaryList::new(), |list, (what, said)| {
        list.fact(what, said.lines().map(str::to_owned).collect::<Vec<_>>())
    });
    let not = arrival.answers.reach_not.as_ref().map(|words| words.for_page().clone());
    let messages = arrival.messages.iter().map(|one| (moment(one.at), one.words.for_page().clone()));
    let failed = form.has_errors();
    let page = ArrivalPage {
        shell,
        number: number.to_owned(),
        way: arrival.way.words(),
        came: moment(arrival.sent.unwrap_or(arrival.begun)),
        warning: not.map(|words| format!("How not to reach them: {words}")).unwrap_or_default(),
        answers,
        mail: arrival.mail.as_ref().map(|mail| mail.text.for_page().clone()).unwrap_or_default(),
        messages: messages.collect(),
        waits: arrival.waits(),
        ended: arrival.set_aside.as_ref().map(|end| end.words.for_page().clone()).unwrap_or_default(),
        ended_by: arrival.set_aside.as_ref().map_or_else(String::new, |end| {
            let by = view.set_aside_by.clone().unwrap_or_else(|| "Guardbook".to_owned());
            format!("{by}, {}. It is kept for {SET_ASIDE_DAYS} days, then erased.", moment(end.at))
        }),
        has_original: view.has_original,
        form,
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

/// `POST /arrivals/{number}`: dealt with, neither request nor complaint.
async fn put_aside(
    State(app): State<App>,
    who: Who,
    Path(number): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    match set_aside(&app.office, &who.0, &number, words(&posted, "words")).await {
        Ok(()) | Err(SetAsideError::Already) => Ok(Redirect::to("/arrivals?done=aside").into_response()),
        Err(SetAsideError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = aside_form().fill(&posted);
            form.error("words", wrong.to_string());
            page(&app, &who, &number, form).await
        }
    }
}

/// `GET /arrivals/{number}/original`: always saved as a file, never shown within our own pages.
async fn save_original(State(app): State<App>, who: Who, Path(number): Path<String>) -> Result<Response, Problem> {
    let bytes = original(&app.office, &who.0, &number).await.map_err(problem)?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{number}.eml\"")),
    ];
    Ok((headers, bytes).into_response())
}
