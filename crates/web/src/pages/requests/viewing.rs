//! Looking through the answer together (K20): planning it, the appointment, and the pages that both people look at.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form as Posting, Router};
use duties::clock::weekday_date;
use duties::requests::viewing::{
    NewViewing, OnScreen, OnViewings, ViewingError, call_off, end_viewing, plan_viewing, show_item, start_viewing,
    view_viewings,
};
use duties::requests::wishes::{NewWish, WishError, note_wish};
use jiff::civil::{Date, Time};

use super::case::Done;
use super::posted::{Posted, date, words};
use crate::app::{App, problem};
use crate::components::{Cell, Content, Review, Span, SummaryList, Table, Tag, Tone};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::review::{see, seen_review};
use crate::records::FileId;
use crate::records::operation::london;
use crate::records::requests::Viewing;
use crate::records::wish::WishKind;
use crate::who::Who;

type Answered = Result<Response, Problem>;

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{reference}/viewing", get(ask).post(plan))
        .route("/requests/{reference}/viewing/{number}", get(show))
        .route("/requests/{reference}/viewing/{number}/start", post(start))
        .route("/requests/{reference}/viewing/{number}/call-off", post(no_viewing))
        .route("/requests/{reference}/viewing/{number}/show/{turn}", get(present))
        .route("/requests/{reference}/viewing/{number}/show/{turn}/wish", post(wish))
        .route("/requests/{reference}/viewing/{number}/break", get(pause))
        .route("/requests/{reference}/viewing/{number}/stop", get(ask_stop).post(stop))
        .route("/requests/{reference}/viewing/{number}/over", get(over))
}

/// The page with all viewings of a request and the form for another.
#[derive(Template)]
#[template(path = "requests/viewings.html")]
struct PlanPage {
    shell: Shell,
    reference: String,
    obstacle: String,
    planned: Table,
    form: Form,
}

/// An appointment: before it, while it is on, and afterwards.
#[derive(Template)]
#[template(path = "requests/viewing.html")]
struct ViewingPage {
    shell: Shell,
    reference: String,
    at: String,
    state: Tag,
    facts: SummaryList,
    /// The appointment in one sentence, for the person who comes.
    line: String,
    obstacle: String,
    mine: bool,
    begun: bool,
    over: bool,
    called_off: bool,
    /// Whether whoever looks works on the request, too.
    may_work: bool,
    /// Why it is called off.
    form: Form,
    /// The page with which the host goes on; none where it is not on.
    goes_on: Option<String>,
}

/// What is on the screen that both people look at.
enum Screen {
    /// One item of the answer.
    Item(Box<Shown>),
    /// Nothing, and why.
    Nothing(&'static str),
    /// A break: nothing is on the screen until they want to go on.
    Break { turn: usize },
    /// The question whether to stop.
    Stop { form: Form, turn: usize },
    /// The end.
    Over,
}

/// One item of the answer, as the person who asked will see it.
struct Shown {
    heading: String,
    source: String,
    facts: Vec<(String, String)>,
    review: Review,
    /// What the numbers on its boxes mean.
    covered: Vec<(u8, String)>,
    turn: usize,
    of: usize,
    left_out_whole: Vec<&'static str>,
    /// What they ask or want changed.
    form: Form,
    /// Said after something was noted; empty otherwise.
    noted: &'static str,
}

/// The pages that both people look at: no way to any other part of the program.
#[derive(Template)]
#[template(path = "requests/present.html")]
struct PresentPage {
    shell: Shell,
    /// The address of the appointment.
    at: String,
    /// Who shows it; empty where nothing is shown.
    host: String,
    screen: Screen,
}

fn questions(hosts: &[(FileId, String)]) -> Form {
    let hosts = hosts.iter().map(|(file, name)| Choice::new(file.to_string(), name.clone()));
    Form::new()
        .ask(Field::date("day", "Which day?").size("m"))
        .ask(Field::text("time", "At what time?").size("m").hint("For example, 14:30").width(5))
        .ask(Field::text("place", "Where do you meet?").size("m").hint("A place where nobody else can see the screen"))
        .ask(
            Field::radios("host", "Who looks through it with them?", hosts)
                .size("m")
                .hint("The host. Nobody else can begin the viewing or show anything"),
        )
        .ask(
            Field::text("supporter", "Who comes with them?")
                .size("m")
                .hint("A friend, a parent, an advocate. You can leave it empty"),
        )
        .ask(
            Field::area("comfort", "What makes it easier for them?")
                .size("m")
                .hint(
                    "Breaks, water, a quiet room, an interpreter, time to be alone afterwards. You can leave it empty",
                )
                .rows(3),
        )
}

/// The time in the words of a form: 14:30, 14.30 or 9:05.
fn time(typed: &str) -> Option<Time> {
    let (hour, minute) = typed.split_once([':', '.'])?;
    let in_figures = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !in_figures(hour) || !in_figures(minute) || minute.len() != 2 {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn when(viewing: &Viewing) -> String {
    format!("{} at {}", weekday_date(viewing.planned.date()), viewing.planned.strftime("%H:%M"))
}

fn state(viewing: &Viewing, today: Date) -> Tag {
    if viewing.called_off.is_some() {
        return Tag::new("Called off", Tone::Grey);
    }
    match (viewing.started, viewing.ended) {
        (_, Some(_)) => Tag::new("Over", Tone::Grey),
        (Some(_), None) if viewing.is_on(today) => Tag::new("On now", Tone::Purple),
        (Some(_), None) => Tag::new("Not ended", Tone::Red),
        (None, None) if viewing.planned.date() < today => Tag::new("Not held", Tone::Grey),
        (None, None) => Tag::new("Planned", Tone::Green),
    }
}

fn table(on: &OnViewings) -> Table {
    let head = Table::new("").column("When").column("Host").column("State").named_rows().cards();
    on.case.request.viewings.iter().enumerate().fold(head, |table, (index, viewing)| {
        let href = format!("/requests/{}/viewing/{}", on.case.request.reference, index + 1);
        let host = on.case.house.staff_name(viewing.host).to_owned();
        table.row([Cell::link(when(viewing), href), host.into(), state(viewing, on.today).into()])
    })
}

async fn plan_page(app: &App, who: &Who, reference: &str, posted: Option<Form>) -> Answered {
    let on = view_viewings(&app.office, &who.0, reference).await.map_err(problem)?;
    if !on.may_work {
        return Err(Problem::NotFound);
    }
    let failed = posted.is_some();
    let form = posted.unwrap_or_else(|| questions(&on.hosts));
    let title = Title::new("Look at it together").reference(reference).with_error(failed);
    let page = PlanPage {
        shell: app.shell(who, title).await?.within(Section::Requests),
        reference: reference.to_owned(),
        obstacle: on.obstacle.as_ref().map(ToString::to_string).unwrap_or_default(),
        planned: table(&on),
        form,
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

/// `GET /requests/{reference}/viewing`
async fn ask(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Answered {
    plan_page(&app, &who, &reference, None).await
}

/// `POST /requests/{reference}/viewing`
async fn plan(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answered {
    let on = view_viewings(&app.office, &who.0, &reference).await.map_err(problem)?;
    let mut form = questions(&on.hosts).fill(&posted);
    let (day, time, host) = (date(&posted, "day"), time(words(&posted, "time")), words(&posted, "host").parse());
    if let Err(wrong) = &day {
        form.error("day", wrong.clone());
    }
    if time.is_none() {
        form.error("time", "Enter the time like 14:30");
    }
    if words(&posted, "place").is_empty() {
        form.error("place", ViewingError::NoPlace.to_string());
    }
    if host.is_err() {
        form.error("host", "Choose who looks through it with them");
    }
    let (Ok(day), Some(time), Ok(host), false) = (day, time, host, form.has_errors()) else {
        return plan_page(&app, &who, &reference, Some(form)).await;
    };
    let new = NewViewing {
        day,
        time,
        place: words(&posted, "place").to_owned(),
        host,
        supporter: words(&posted, "supporter").to_owned(),
        comfort: words(&posted, "comfort").to_owned(),
    };
    let wrong = match plan_viewing(&app.office, &who.0, &reference, new).await {
        Ok(number) => return Ok(see(&format!("/requests/{reference}/viewing/{number}?done=planned"))),
        Err(ViewingError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(wrong) => wrong,
    };
    let said = wrong.to_string();
    match wrong {
        ViewingError::Past => form.error("day", said),
        ViewingError::NoPlace => form.error("place", said),
        ViewingError::HostMayNot => form.error("host", said),
        _ => form.error_overall(said),
    };
    plan_page(&app, &who, &reference, Some(form)).await
}

fn facts(on: &OnViewings, viewing: &Viewing) -> SummaryList {
    let at = |at| london(at).strftime("%H:%M").to_string();
    let day = |at| weekday_date(london(at).date());
    let mut facts = SummaryList::new()
        .fact("When", when(viewing))
        .fact("Where", viewing.place.for_page().clone())
        .fact("Host", on.case.house.staff_name(viewing.host).to_owned());
    if let Some(supporter) = &viewing.supporter {
        facts = facts.fact("Comes with them", supporter.for_page().clone());
    }
    if let Some(comfort) = &viewing.comfort {
        facts = facts.fact("What makes it easier", comfort.for_page().lines().map(str::to_owned).collect::<Vec<_>>());
    }
    if let Some(called_off) = &viewing.called_off {
        facts = facts.fact("Called off", format!("{}: {}", day(called_off.at), called_off.because.for_page()));
    }
    if let Some(started) = viewing.started {
        facts = facts.fact("Began", format!("{} at {}", day(started), at(started)));
        let shown: Vec<String> =
            viewing.shown.iter().map(|shown| format!("Record {} at {}", shown.position, at(shown.at))).collect();
        facts = facts.fact("Shown", if shown.is_empty() { Content::from("Nothing yet") } else { shown.into() });
    }
    if let Some(ended) = viewing.ended {
        facts = facts.fact("Ended", format!("{} at {}", day(ended), at(ended)));
        let remarks = viewing.remarks.as_ref().map_or("None", |remarks| remarks.for_page());
        facts = facts.fact("What was asked and said", remarks.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    facts
}

async fn viewing_page(
    app: &App,
    who: &Who,
    (reference, number): (&str, usize),
    (done, wrong): (&str, Option<ViewingError>),
) -> Answered {
    let on = view_viewings(&app.office, &who.0, reference).await.map_err(problem)?;
    let viewing = on.viewing(number).map_err(problem)?;
    let title = Title::new("Viewing").reference(reference).with_error(wrong.is_some());
    let mut shell = app.shell(who, title).await?.within(Section::Requests);
    shell = shell.printed(format!("Printed by {} on {}.", who.0.name, weekday_date(on.today)));
    if done == "called-off" {
        shell = shell.result("Called off. Tell them, and plan another if they still want to come.", true);
    }
    if done == "planned" {
        shell = shell.result("Planned. Print this page for them, or tell them when and where.", true);
    }
    let at = format!("/requests/{reference}/viewing/{number}");
    let mine = viewing.host == who.0.file;
    let goes_on = (mine && viewing.is_on(on.today)).then(|| format!("{at}/show/{}", on.turn(viewing)));
    let failed = wrong.is_some();
    let page = ViewingPage {
        line: format!(
            "You look through your records with {} of {}. When: {}. Where: {}. Our reference: {reference}.",
            on.case.house.staff_name(viewing.host),
            on.case.house.charity.1.name,
            when(viewing),
            viewing.place.for_page(),
        ),
        state: state(viewing, on.today),
        facts: facts(&on, viewing),
        obstacle: wrong.as_ref().or(on.obstacle.as_ref()).map(ToString::to_string).unwrap_or_default(),
        begun: viewing.started.is_some(),
        over: viewing.ended.is_some(),
        called_off: viewing.called_off.is_some(),
        may_work: on.may_work,
        form: call_off_form(),
        reference: reference.to_owned(),
        mine,
        goes_on,
        at,
        shell,
    };
    let status = if failed { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(Page::new(page).with_status(status).into_response())
}

/// `GET /requests/{reference}/viewing/{number}`
async fn show(
    State(app): State<App>,
    who: Who,
    Path((reference, number)): Path<(String, usize)>,
    Query(done): Query<Done>,
) -> Answered {
    viewing_page(&app, &who, (&reference, number), (&done.done, None)).await
}

/// `POST /requests/{reference}/viewing/{number}/start`
async fn start(State(app): State<App>, who: Who, Path((reference, number)): Path<(String, usize)>) -> Answered {
    match start_viewing(&app.office, &who.0, &reference, number).await {
        Ok(()) => Ok(see(&format!("/requests/{reference}/viewing/{number}/show/1"))),
        Err(ViewingError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => viewing_page(&app, &who, (&reference, number), ("", Some(wrong))).await,
    }
}

fn call_off_form() -> Form {
    Form::new().ask(
        Field::text("because", "Why is it called off?").hint("They are ill, the host is ill, they want another day"),
    )
}

/// `POST /requests/{reference}/viewing/{number}/call-off`
async fn no_viewing(
    State(app): State<App>,
    who: Who,
    Path((reference, number)): Path<(String, usize)>,
    Posting(posted): Posting<Posted>,
) -> Answered {
    match call_off(&app.office, &who.0, &reference, number, words(&posted, "because")).await {
        Ok(()) => Ok(see(&format!("/requests/{reference}/viewing/{number}?done=called-off"))),
        Err(ViewingError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => viewing_page(&app, &who, (&reference, number), ("", Some(wrong))).await,
    }
}

/// Surroundings that lead nowhere: both people look at this screen.
async fn screen(
    app: &App,
    (reference, number): (&str, usize),
    host: String,
    screen: Screen,
) -> Result<PresentPage, Problem> {
    let shell = app.public_shell(Title::new("Viewing").reference(reference)).await?;
    Ok(PresentPage { shell, at: format!("/requests/{reference}/viewing/{number}"), host, screen })
}

/// The reasons on the boxes of an item, each once, by number.
fn reasons(review: &Review) -> Vec<(u8, String)> {
    let spans = review.rows.iter().flat_map(|row| &row.spans);
    let covered = spans.filter_map(|span| match span {
        Span::Covered(covered) => Some((covered.reason, covered.why.clone())),
        _ => None,
    });
    covered.collect::<BTreeMap<_, _>>().into_iter().collect()
}

fn wish_form() -> Form {
    let kinds = [
        Choice::new(WishKind::Change.slug(), "Something is wrong and should be changed"),
        Choice::new(WishKind::Question.slug(), "A question"),
    ];
    Form::new().ask(Field::radios("wish", "What is it?", kinds)).ask(Field::area("words", "In your words").rows(3))
}

fn shown(on: OnScreen, form: Form, noted: &'static str) -> (String, Screen) {
    let review = seen_review(&on.item);
    let heading = match on.item.happened.as_str() {
        "" => on.item.sent.heading,
        day => format!("{}, {day}", on.item.sent.heading),
    };
    let shown = Shown {
        heading,
        source: on.item.sent.source.unwrap_or_default(),
        facts: on.item.facts,
        covered: reasons(&review),
        review,
        turn: on.turn,
        of: on.of,
        left_out_whole: on.left_out_whole.iter().map(|reason| reason.public_name()).collect(),
        form,
        noted,
    };
    (on.host, Screen::Item(Box::new(shown)))
}

/// `GET /requests/{reference}/viewing/{number}/show/{turn}`
async fn present(
    State(app): State<App>,
    who: Who,
    Path((reference, number, turn)): Path<(String, usize, usize)>,
    Query(done): Query<Done>,
) -> Answered {
    let noted = if done.done == "noted" { "It is written down. You will hear what comes of it." } else { "" };
    present_page(&app, &who, (&reference, number, turn), (wish_form(), noted)).await
}

/// `POST /requests/{reference}/viewing/{number}/show/{turn}/wish`: what they ask or want changed, in their words.
async fn wish(
    State(app): State<App>,
    who: Who,
    Path((reference, number, turn)): Path<(String, usize, usize)>,
    Posting(posted): Posting<Posted>,
) -> Answered {
    let on = match show_item(&app.office, &who.0, &reference, number, turn).await {
        Ok(on) => on,
        Err(ViewingError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(_) => return Err(Problem::Conflict),
    };
    let new = NewWish {
        wish: WishKind::from_slug(words(&posted, "wish")),
        words: words(&posted, "words").to_owned(),
        viewing: u32::try_from(number).ok(),
        position: Some(on.item.position),
    };
    let mut form = wish_form().fill(&posted);
    match note_wish(&app.office, &who.0, &reference, new).await {
        Ok(_) => return Ok(see(&format!("/requests/{reference}/viewing/{number}/show/{turn}?done=noted"))),
        Err(WishError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(wrong @ WishError::NotChosen) => form.error("wish", wrong.to_string()),
        Err(wrong) => form.error("words", wrong.to_string()),
    };
    present_page(&app, &who, (&reference, number, turn), (form, "")).await
}

/// `GET /requests/{reference}/viewing/{number}/break`
async fn pause(State(app): State<App>, who: Who, Path((reference, number)): Path<(String, usize)>) -> Answered {
    let on = view_viewings(&app.office, &who.0, &reference).await.map_err(problem)?;
    let viewing = on.viewing(number).map_err(problem)?;
    if !viewing.is_on(on.today) {
        return Ok(see(&format!("/requests/{reference}/viewing/{number}")));
    }
    let turn = on.turn(viewing);
    Ok(Page::new(screen(&app, (&reference, number), String::new(), Screen::Break { turn }).await?).into_response())
}

async fn present_page(
    app: &App,
    who: &Who,
    (reference, number, turn): (&str, usize, usize),
    (form, noted): (Form, &'static str),
) -> Answered {
    let wrong = form.has_errors();
    let nothing = match show_item(&app.office, &who.0, reference, number, turn).await {
        Ok(on) => {
            let (host, item) = shown(on, form, noted);
            let page = screen(app, (reference, number), host, item).await?;
            return Ok(if wrong { Page::with_errors(page).into_response() } else { Page::new(page).into_response() });
        }
        Err(ViewingError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(ViewingError::AnotherHost) => "Only the host can show these records.",
        Err(ViewingError::NotOn) => "This viewing is not on now.",
        Err(_) => "These records are being worked on, so they cannot be shown just now.",
    };
    let page = screen(app, (reference, number), String::new(), Screen::Nothing(nothing)).await?;
    Ok(Page::new(page).with_status(StatusCode::CONFLICT).into_response())
}

fn remarks() -> Form {
    Form::new().ask(
        Field::area("remarks", "What was asked and said")
            .hint("Questions, answers, and what they would like changed. You can leave it empty")
            .rows(5),
    )
}

/// `GET /requests/{reference}/viewing/{number}/stop`
async fn ask_stop(State(app): State<App>, who: Who, Path((reference, number)): Path<(String, usize)>) -> Answered {
    let on = view_viewings(&app.office, &who.0, &reference).await.map_err(problem)?;
    let viewing = on.viewing(number).map_err(problem)?;
    if viewing.started.is_none() || viewing.ended.is_some() {
        return Ok(see(&format!("/requests/{reference}/viewing/{number}")));
    }
    let host = on.case.house.staff_name(viewing.host).to_owned();
    let question = Screen::Stop { form: remarks(), turn: on.turn(viewing) };
    Ok(Page::new(screen(&app, (&reference, number), host, question).await?).into_response())
}

/// `POST /requests/{reference}/viewing/{number}/stop`
async fn stop(
    State(app): State<App>,
    who: Who,
    Path((reference, number)): Path<(String, usize)>,
    Posting(posted): Posting<Posted>,
) -> Answered {
    match end_viewing(&app.office, &who.0, &reference, number, words(&posted, "remarks")).await {
        Ok(()) => Ok(see(&format!("/requests/{reference}/viewing/{number}/over"))),
        Err(ViewingError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => viewing_page(&app, &who, (&reference, number), ("", Some(wrong))).await,
    }
}

/// `GET /requests/{reference}/viewing/{number}/over`
async fn over(State(app): State<App>, who: Who, Path((reference, number)): Path<(String, usize)>) -> Answered {
    let on = view_viewings(&app.office, &who.0, &reference).await.map_err(problem)?;
    if on.viewing(number).map_err(problem)?.ended.is_none() {
        return Ok(see(&format!("/requests/{reference}/viewing/{number}")));
    }
    Ok(Page::new(screen(&app, (&reference, number), String::new(), Screen::Over).await?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it_in_figures() {
        let half_past = jiff::civil::time(14, 30, 0, 0);
        assert_eq!((time("14:30"), time("14.30")), (Some(half_past), Some(half_past)));
        assert_eq!(time("9:05"), Some(jiff::civil::time(9, 5, 0, 0)));
        for wrong in ["", "14", "2pm", "25:00", "14:60", "14:3", "+1:30", "14:30:00"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_appointment_says_how_it_stands() {
        let day = jiff::civil::date(2026, 3, 10);
        let mut viewing = Viewing::planned(day.at(10, 30, 0, 0), "The office".into(), FileId::HOUSE);
        let words = |viewing: &Viewing, today| state(viewing, today).to_string();
        assert!(words(&viewing, day).contains("Planned"));
        assert!(words(&viewing, jiff::civil::date(2026, 3, 11)).contains("Not held"));
        viewing.started = "2026-03-10T10:31:00Z".parse().ok();
        assert!(words(&viewing, day).contains("On now"));
        assert!(words(&viewing, jiff::civil::date(2026, 3, 11)).contains("Not ended"));
        viewing.ended = viewing.started;
        assert!(words(&viewing, day).contains("Over"));
    }
}
