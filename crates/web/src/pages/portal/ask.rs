//! Asking (P4) and complaining (P9): one question a page, saved or sent at the end.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use duties::portal::{AskError, DRAFT_DAYS, Given, Key, Standing, check, look, save, send};

use super::questions::{
    CHECK, Checked, STEPS, answers, carried, checked, form, heading, page_of, picture, posted_from, wrong_words,
};
use super::visits::Visit;
use super::{Around, Form as Asked};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::Form;
use crate::page::{Page, Shell};
use crate::posted::{Posted, words};
use crate::records::arrival::Want;

/// The words of the title bar: the same on every page of asking.
const TITLE: &str = "Ask us something";

#[derive(Template)]
#[template(path = "portal/ask.html")]
struct AskPage {
    shell: Shell,
    around: Around,
    step: &'static str,
    number: usize,
    heading: String,
    hint: String,
    picture: &'static str,
    form: Form,
    carried: Posted,
    may_go_back: bool,
}

#[derive(Template)]
#[template(path = "portal/check.html")]
struct CheckPage {
    shell: Shell,
    around: Around,
    lines: Vec<Checked>,
    carried: Posted,
    complaint: String,
    trouble: String,
}

/// `GET /ask`: the first question, or what was saved, to be gone on with.
pub async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let saved = match app.visits.of(&headers, app.office.now(), app.secure) {
        Some(visit) => saved_answers(&app, &visit.key).await?,
        None => None,
    };
    match saved {
        Some(posted) => check_page(&app, &posted, asked.easy(), String::new()).await,
        None => ask_page(&app, STEPS[0], &Vec::new(), asked.easy(), &[]).await,
    }
}

/// `GET /complain`: the same questions, with the second one answered.
pub async fn complain(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let posted = vec![("want".to_owned(), Want::Complain.slug().to_owned())];
    ask_page(&app, STEPS[0], &posted, asked.easy(), &[]).await
}

async fn saved_answers(app: &App, key: &Key) -> Result<Option<Posted>, Problem> {
    match look(&app.office, key).await {
        Ok(looked) => Ok(match looked.standing {
            Standing::Saved(answers) => Some(posted_from(&answers)),
            _ => None,
        }),
        Err(duties::portal::LookError::Stopped(stopped)) => Err(problem(stopped)),
        Err(_) => Ok(None),
    }
}

/// `POST /ask`: from one page to the next or back, to the other form, saved, or sent.
pub async fn step(
    State(app): State<App>,
    headers: HeaderMap,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let easy = words(&posted, "easy") == "1";
    let here = words(&posted, "step");
    let place = STEPS.iter().position(|step| *step == here);
    match words(&posted, "go") {
        "save" => keep(&app, &headers, &posted, easy, false).await,
        "send" => keep(&app, &headers, &posted, easy, true).await,
        "switch" => show(&app, here, &posted, !easy).await,
        "back" => show(&app, STEPS[before(place)], &posted, easy).await,
        change if STEPS.contains(&change) => show(&app, change, &posted, easy).await,
        _ => next(&app, place, &posted, easy).await,
    }
}

/// The page before this one; before the first is the first.
fn before(place: Option<usize>) -> usize {
    place.unwrap_or(STEPS.len()).saturating_sub(1)
}

/// On to the next page, if what this one asks is answered.
async fn next(app: &App, place: Option<usize>, posted: &Posted, easy: bool) -> Result<Response, Problem> {
    let Some(place) = place else { return check_page(app, posted, easy, String::new()).await };
    let here = STEPS[place];
    let wrong: Vec<_> = check(&answers(posted)).into_iter().filter(|(name, _)| page_of(name) == here).collect();
    if !wrong.is_empty() {
        return ask_page(app, here, posted, easy, &wrong).await;
    }
    match STEPS.get(place + 1) {
        // Who complains has said so already.
        Some(&"want") if answers(posted).want == Some(Want::Complain) => {
            ask_page(app, "subject", posted, easy, &[]).await
        }
        Some(step) => ask_page(app, step, posted, easy, &[]).await,
        None => check_page(app, posted, easy, String::new()).await,
    }
}

async fn show(app: &App, step: &str, posted: &Posted, easy: bool) -> Result<Response, Problem> {
    match STEPS.iter().find(|known| **known == step) {
        Some(step) => ask_page(app, step, posted, easy, &[]).await,
        None => check_page(app, posted, easy, String::new()).await,
    }
}

async fn ask_page(
    app: &App,
    step: &'static str,
    posted: &Posted,
    easy: bool,
    wrong: &[(&'static str, duties::portal::Wrong)],
) -> Result<Response, Problem> {
    let mut around = Around::new(app, TITLE, easy).await?.personal();
    let w = around.w;
    let mut form = form(w, step, posted);
    for (name, wrong) in wrong {
        form.error(name, wrong_words(w, name, *wrong));
    }
    if form.has_errors() {
        around.shell = around.shell.titled_error();
    }
    let number = STEPS.iter().position(|known| *known == step).unwrap_or(0);
    let (heading, hint) = heading(w, step, posted);
    let failed = form.has_errors();
    let page = AskPage {
        shell: around.shell.clone(),
        around,
        step,
        number: number + 1,
        heading,
        hint,
        picture: picture(step),
        form,
        carried: carried(posted, step),
        may_go_back: number > 0,
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

async fn check_page(app: &App, posted: &Posted, easy: bool, trouble: String) -> Result<Response, Problem> {
    let around = Around::new(app, TITLE, easy).await?.personal();
    let house = app.office.house().await.map_err(problem)?;
    let w = around.w;
    let complains = answers(posted).want == Some(Want::Complain);
    let regulator = &house.charity.1.regulator.name;
    let failed = !trouble.is_empty();
    let page = CheckPage {
        shell: around.shell.clone(),
        lines: checked(w, posted),
        carried: carried(posted, CHECK),
        complaint: if complains { w.with1("check-complain", "regulator", regulator) } else { String::new() },
        trouble,
        around,
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

/// Saves or sends, and leads to number and secret.
async fn keep(app: &App, headers: &HeaderMap, posted: &Posted, easy: bool, sends: bool) -> Result<Response, Problem> {
    let now = app.office.now();
    let visit = app.visits.of(headers, now, app.secure);
    let saved = visit.as_ref().map(|visit| &visit.key);
    let kept = if sends {
        send(&app.office, answers(posted), saved).await
    } else {
        save(&app.office, answers(posted), saved).await
    };
    let to = if easy { "/ask/given?easy=1" } else { "/ask/given" };
    match kept {
        Ok(Some(given)) => {
            let key = Key::typed(&given.number, &given.secret);
            let visit = Visit { key, given: Some(given), sent: sends };
            Ok(with_cookie(Redirect::to(to).into_response(), app.visits.begin(visit, now, app.secure)))
        }
        Ok(None) => {
            let Some(visit) = visit else { return Err(Problem::Internal) };
            let visit = Visit { sent: sends, ..visit };
            Ok(with_cookie(Redirect::to(to).into_response(), app.visits.begin(visit, now, app.secure)))
        }
        Err(AskError::Fields(wrong)) => {
            let page = wrong.first().map_or(STEPS[0], |(name, _)| page_of(name));
            let here: Vec<_> = wrong.into_iter().filter(|(name, _)| page_of(name) == page).collect();
            ask_page(app, page, posted, easy, &here).await
        }
        Err(AskError::Busy) => {
            let w = crate::words::Words { easy };
            check_page(app, posted, easy, w.t("busy")).await
        }
        Err(AskError::Stopped(stopped)) => Err(problem(stopped)),
    }
}

pub(super) fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

#[derive(Template)]
#[template(path = "portal/given.html")]
struct GivenPage {
    shell: Shell,
    around: Around,
    given: Option<Given>,
    sent: bool,
    days: String,
}

/// `GET /ask/given`: number and secret, as long as the visit lasts.
pub async fn given(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let Some(visit) = app.visits.of(&headers, app.office.now(), app.secure) else {
        return Ok(Redirect::to("/track").into_response());
    };
    let around = Around::new(&app, TITLE, asked.easy()).await?.personal().switches("/ask/given");
    let page = GivenPage {
        shell: around.shell.clone(),
        around,
        given: visit.given,
        sent: visit.sent,
        days: DRAFT_DAYS.to_string(),
    };
    Ok(Page::new(page).into_response())
}
