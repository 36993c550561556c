//! Looking how far it is (P5), writing to and fro, and saying that something in the answer is wrong (P6).

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use duties::clock::uk_date;
use duties::portal::{Key, LookError, Looked, SayError, Standing, StepState, look};

use super::ask::with_cookie;
use super::visits::Visit;
use super::{Around, Form as Asked};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell};
use crate::posted::{Posted, secret, words};
use crate::words::Words;

/// The words of the title bar.
const TITLE: &str = "Where is my request?";
/// Where somebody goes who must be gone at once: harmless, well known, quick.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    shell: Shell,
    around: Around,
    form: Form,
}

/// `GET /track`
pub async fn ask(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let mut around = Around::new(&app, TITLE, asked.easy()).await?.personal().switches("/track");
    if asked.done == "left" {
        let words = around.w.t("left");
        around.shell = around.shell.result(words, true);
    }
    let form = questions(around.w);
    Ok(Page::new(TrackPage { shell: around.shell.clone(), around, form }).into_response())
}

fn questions(w: Words) -> Form {
    let secret = Field::text("secret", w.t("track-secret")).hint(w.t("track-secret-hint")).never_kept().width(20);
    Form::new()
        .ask(Field::text("number", w.t("track-number")).hint(w.t("track-number-hint")).width(10).autocomplete("off"))
        .ask(secret.autocomplete("off"))
}

/// `POST /track`
pub async fn open(State(app): State<App>, Posting(posted): Posting<Posted>) -> Result<Response, Problem> {
    let easy = words(&posted, "easy") == "1";
    let key = Key::typed(words(&posted, "number"), secret(&posted, "secret"));
    let wrong = match look(&app.office, &key).await {
        Ok(looked) => {
            let to = match looked.standing {
                Standing::Saved(_) => "/ask",
                _ => "/track/here",
            };
            let visit = Visit { key, given: None, sent: false };
            let cookie = app.visits.begin(visit, app.office.now(), app.secure);
            let to = if easy { format!("{to}?easy=1") } else { to.to_owned() };
            return Ok(with_cookie(Redirect::to(&to).into_response(), cookie));
        }
        Err(LookError::Wrong) => "track-wrong",
        Err(LookError::TooOften) => "track-too-often",
        Err(LookError::Stopped(stopped)) => return Err(problem(stopped)),
    };
    let mut around = Around::new(&app, TITLE, easy).await?.personal().switches("/track");
    let mut form = questions(around.w).fill(&posted);
    form.error("number", around.w.t(wrong));
    around.shell = around.shell.titled_error();
    Ok(Page::with_errors(TrackPage { shell: around.shell.clone(), around, form }).into_response())
}

/// One step as the page shows it.
struct ShownStep {
    words: String,
    state: String,
    class: &'static str,
    here: bool,
}

/// One message as the page shows it.
struct ShownMessage {
    who: String,
    date: String,
    words: String,
}

#[derive(Template)]
#[template(path = "portal/looked.html")]
struct LookedPage {
    shell: Shell,
    around: Around,
    number: String,
    lines: Vec<String>,
    steps: Vec<ShownStep>,
    done: String,
    saved: bool,
    answered: bool,
    messages: Vec<ShownMessage>,
    say: Form,
    wrong: Form,
}

/// `GET /track/here`
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let Some(visit) = app.visits.of(&headers, app.office.now(), app.secure) else {
        return Ok(Redirect::to("/track").into_response());
    };
    page(&app, &visit.key, &asked, None).await
}

async fn page(app: &App, key: &Key, asked: &Asked, wrong: Option<(&'static str, Form)>) -> Result<Response, Problem> {
    let looked = match look(&app.office, key).await {
        Ok(looked) => looked,
        Err(LookError::Stopped(stopped)) => return Err(problem(stopped)),
        // It was taken in or is gone meanwhile: number and secret are asked for again.
        Err(_) => return Ok(Redirect::to("/track").into_response()),
    };
    let mut around = Around::new(app, TITLE, asked.easy()).await?.personal().switches("/track/here");
    let w = around.w;
    match asked.done.as_str() {
        "said" => around.shell = around.shell.result(w.t("say-sent"), true),
        "wrong" => around.shell = around.shell.result(w.t("wrong-sent"), true),
        _ => {}
    }
    let (mut say, mut amiss) = (say_form(w), wrong_form(w));
    let failed = wrong.is_some();
    match wrong {
        Some(("say", form)) => say = form,
        Some((_, form)) => amiss = form,
        None => {}
    }
    if failed {
        around.shell = around.shell.titled_error();
    }
    let regulator = app.office.house().await.map_err(problem)?.charity.1.regulator.name.clone();
    let page = LookedPage {
        shell: around.shell.clone(),
        lines: lines(w, &looked, &regulator),
        steps: looked.steps.iter().map(|step| shown(w, step)).collect(),
        done: match &looked.standing {
            Standing::Done(words) => words.clone(),
            _ => String::new(),
        },
        saved: matches!(looked.standing, Standing::Saved(_)),
        answered: looked.answered,
        messages: looked.messages.iter().map(|message| message_of(w, message)).collect(),
        number: looked.number,
        say,
        wrong: amiss,
        around,
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

fn say_form(w: Words) -> Form {
    Form::new().ask(Field::area("say", w.t("say-label")).hint(w.t("say-hint")).size("s").rows(4))
}

fn wrong_form(w: Words) -> Form {
    Form::new().ask(Field::area("wrong", w.t("wrong-label")).hint(w.t("wrong-hint")).size("s").rows(4))
}

fn message_of(w: Words, (date, theirs, words): &(jiff::civil::Date, bool, String)) -> ShownMessage {
    let who = if *theirs { w.t("messages-you") } else { w.t("messages-we") };
    ShownMessage { who, date: uk_date(*date), words: words.clone() }
}

/// What is said above the steps.
fn lines(w: Words, looked: &Looked, regulator: &str) -> Vec<String> {
    let mut lines = Vec::new();
    match &looked.standing {
        Standing::Saved(_) => lines.push(w.t("looked-saved")),
        Standing::Refused => lines.push(w.t("looked-refused")),
        Standing::Done(_) => lines.push(w.t("looked-done")),
        Standing::Running => {}
    }
    if let Some(due) = looked.due {
        let date = uk_date(due);
        lines.push(if looked.late {
            w.with("looked-late", &[("date", &date), ("regulator", regulator)])
        } else {
            w.with1("looked-due", "date", &date)
        });
    }
    if let Some(reason) = looked.extended {
        lines.push(w.with1("looked-extended", "reason", reason));
    }
    if looked.answered {
        lines.push(w.t("ready-how"));
    }
    lines
}

fn shown(w: Words, step: &duties::portal::Step) -> ShownStep {
    let (state, class) = match step.state {
        StepState::Done(Some(day)) => (w.with1("state-done-on", "date", &uk_date(day)), "gb-steps__item--done"),
        StepState::Done(None) => (w.t("state-done"), "gb-steps__item--done"),
        StepState::Now => (w.t("state-now"), "gb-steps__item--now"),
        StepState::WaitingForYou => (w.t("state-waiting"), "gb-steps__item--now"),
        StepState::ToCome => (w.t("state-to-come"), ""),
    };
    let here = matches!(step.state, StepState::Now | StepState::WaitingForYou);
    ShownStep { words: w.t(&format!("step-{}", step.name)), state, class, here }
}

/// `POST /track/message`
pub async fn say(
    State(app): State<App>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    write(&app, &headers, &posted, "say").await
}

/// `POST /track/wrong`
pub async fn say_wrong(
    State(app): State<App>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    write(&app, &headers, &posted, "wrong").await
}

async fn write(app: &App, headers: &HeaderMap, posted: &Posted, what: &'static str) -> Result<Response, Problem> {
    let easy = words(posted, "easy") == "1";
    let w = Words { easy };
    let Some(visit) = app.visits.of(headers, app.office.now(), app.secure) else {
        return Ok(Redirect::to("/track").into_response());
    };
    let typed = words(posted, what);
    let (written, done, form) = match what {
        "say" => (duties::portal::say(&app.office, &visit.key, typed).await, "said", say_form(w)),
        _ => (duties::portal::say_wrong(&app.office, &visit.key, typed).await, "wrong", wrong_form(w)),
    };
    let wrong = match written {
        Ok(()) => {
            let easy = if easy { "&easy=1" } else { "" };
            return Ok(Redirect::to(&format!("/track/here?done={done}{easy}")).into_response());
        }
        Err(SayError::Nothing) => "say-nothing",
        Err(SayError::TooLong) => "too-long",
        Err(SayError::Stopped(stopped) | SayError::Look(LookError::Stopped(stopped))) => return Err(problem(stopped)),
        Err(_) => return Ok(Redirect::to("/track").into_response()),
    };
    let mut form = form.fill(posted);
    form.error(what, w.t(wrong));
    let asked = Asked { easy: if easy { "1".to_owned() } else { String::new() }, done: String::new() };
    page(app, &visit.key, &asked, Some((what, form))).await
}

/// `POST /leave`: the visit ends, and nothing is left on the device.
pub async fn leave(State(app): State<App>, headers: HeaderMap) -> Response {
    let cookie = app.visits.end(&headers, app.secure);
    with_cookie(Redirect::to("/track?done=left").into_response(), cookie)
}

/// `GET /leave`: the same at once, to a page that is about nothing.
pub async fn leave_in_a_hurry(State(app): State<App>, headers: HeaderMap) -> Response {
    let cookie = app.visits.end(&headers, app.secure);
    with_cookie(Redirect::to(ELSEWHERE).into_response(), cookie)
}
