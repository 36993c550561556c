//! A complaint: its days, what they say, what was found out, the letters, what happened.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use duties::clock::{short_date, weekday_date};
use duties::complaints::{ComplaintError, ComplaintView, acknowledge, note_enquiry, view_complaint};
use serde::Deserialize;

use crate::app::{App, problem};
use crate::components::{Cell, ClockLine, ClockPanel, Entry, SummaryList, Table, Tag, Timeline, Tone, Urgency};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::letters::{moment, sent_cell};
use crate::pages::requests::posted::{Posted, words};
use crate::records::operation::london;
use crate::who::Who;

#[derive(Template)]
#[template(path = "complaints/case.html")]
struct CasePage {
    shell: Shell,
    reference: String,
    stage: Tag,
    clock: ClockPanel,
    about: Vec<String>,
    open: bool,
    acknowledged: bool,
    enquiries: Timeline,
    form: Form,
    outcome: Vec<String>,
    facts: SummaryList,
    letters: Table,
    timeline: Timeline,
}

/// What is added to the address after a step.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// After a step: back to the complaint, with the fixed words of what was done.
pub fn back(reference: &str, done: &str) -> Response {
    Redirect::to(&format!("/complaints/{reference}?done={done}")).into_response()
}

fn done_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "acknowledged" | "progress" => "The letter is written. Open it and send it.",
        "answered" => "Answered. Open the letter and send it.",
        "noted" => "Noted.",
        "withdrawn" => "Noted that they took it back.",
        "sent" => "Marked as sent.",
        _ => return None,
    })
}

/// `GET /complaints/{reference}`
pub async fn show(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    page(&app, &who, &reference, enquiry_form(), &done.done).await
}

fn enquiry_form() -> Form {
    Form::new().ask(
        Field::area("enquiry", "What did you find out?")
            .hint("Whom you asked, what they said, what the records show. They do not read it as it stands here")
            .rows(3),
    )
}

async fn page(app: &App, who: &Who, reference: &str, form: Form, done: &str) -> Result<Response, Problem> {
    let view = view_complaint(&app.office, &who.0, reference).await.map_err(problem)?;
    let title = Title::new("Complaint").reference(reference);
    let mut shell = app.shell(who, title).await?.within(Section::Requests);
    if let Some(words) = done_words(done) {
        shell = shell.result(words, true);
    }
    let wrong = form.has_errors();
    if wrong {
        shell = shell.titled_error();
    }
    let complaint = &view.case.complaint;
    let outcome = complaint.outcome.as_ref();
    let page = CasePage {
        stage: stage(&view),
        clock: clock(&view),
        about: complaint.about.for_page().lines().map(str::to_owned).collect(),
        open: complaint.is_open(),
        acknowledged: complaint.acknowledged.is_some(),
        enquiries: enquiries(&view),
        form,
        outcome: outcome.map_or_else(Vec::new, |outcome| {
            let mut lines = vec![format!("{}.", outcome.finding.words())];
            lines.extend(outcome.findings.for_page().lines().map(str::to_owned));
            lines.extend(outcome.actions.for_page().lines().map(str::to_owned));
            lines
        }),
        facts: facts(&view),
        letters: letters(&view),
        timeline: timeline(&view),
        reference: reference.to_owned(),
        shell,
    };
    Ok(if wrong { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

fn stage(view: &ComplaintView) -> Tag {
    let complaint = &view.case.complaint;
    if complaint.withdrawn.is_some() {
        Tag::new("Taken back", Tone::Grey)
    } else if complaint.outcome.is_some() {
        Tag::new("Answered", Tone::Green)
    } else if complaint.acknowledged.is_some() {
        Tag::new("Being looked into", Tone::Purple)
    } else {
        Tag::new("Not acknowledged yet", Tone::Yellow)
    }
}

/// The day that comes next, with its sum.
fn clock(view: &ComplaintView) -> ClockPanel {
    let complaint = &view.case.complaint;
    let today = view.case.today();
    let answer = view.limits.answer;
    let because = |words: String| ClockLine { because: words, gives: String::new() };
    let (title, due, lines) = match (&view.limits.acknowledge, complaint.acknowledged) {
        (Ok(limit), None) if complaint.is_open() => {
            let lines = limit.because.iter().map(|line| because(line.as_str().to_owned())).collect();
            ("Acknowledge by", limit.due, lines)
        }
        _ => {
            let words = format!("Our policy promises an answer by {}.", weekday_date(answer));
            ("Answer by", answer, vec![because(words)])
        }
    };
    let left = due.duration_since(today).as_hours() / 24;
    let (distance, urgency) = match (complaint.is_open(), left) {
        (false, _) => ("It is over".to_owned(), Urgency::Stopped),
        (true, ..0) => (duties::requests::due_words(today, due), Urgency::Late),
        (true, 0..=7) => (duties::requests::due_words(today, due), Urgency::Soon),
        (true, _) => (duties::requests::due_words(today, due), Urgency::Calm),
    };
    ClockPanel { title: title.to_owned(), date: weekday_date(due), distance, urgency, lines, ..ClockPanel::default() }
}

fn facts(view: &ComplaintView) -> SummaryList {
    let complaint = &view.case.complaint;
    let mut facts = SummaryList::new().fact("About", view.subject.clone());
    facts = match (&view.by, &complaint.by) {
        (Some(name), Some(by)) => facts.fact("Complained", format!("{name}, {}", by.relation.for_page())),
        _ => facts.fact("Complained", "The person themselves"),
    };
    facts = facts.fact("Came", format!("{}, {}", short_date(complaint.received), complaint.intake.words()));
    if let Some((_, reference)) = &complaint.request {
        facts = facts.fact("About the request", reference.clone());
        facts = facts.action("Open", format!("/requests/{reference}"), "the request");
    }
    let mut to = view.addressee.lines();
    to.push(view.addressee.certainty.words().to_owned());
    facts = facts
        .fact("Letters go to", to)
        .fact("Sent by our policy to", complaint.routed_to.clone())
        .fact("Acknowledge by", view.acknowledge_by.clone());
    if let Some(advice) = &complaint.advice {
        facts = facts.fact("Who helps them to complain", advice.clone());
    }
    if let Some(how) = &complaint.withdrawn {
        facts = facts.fact("Taken back", how.for_page().clone());
    }
    complaint.regulator.iter().fold(facts, |facts, case| {
        facts.fact(
            format!("Regulator, {}", case.reference),
            format!("{}: {}", short_date(case.on), case.said.for_page()),
        )
    })
}

fn enquiries(view: &ComplaintView) -> Timeline {
    let entries = view.case.complaint.enquiries.iter().map(|one| {
        let by = one.by.map_or_else(String::new, |by| view.case.house.staff_name(by).to_owned());
        Entry { by, ..Entry::new(one.what.for_page().clone(), short_date(london(one.at).date())) }
    });
    Timeline { entries: entries.collect() }
}

fn letters(view: &ComplaintView) -> Table {
    let head = Table::new("").column("Letter").column("Date").column("Sent").named_rows().cards();
    view.letters.iter().fold(head, |table, (header, letter)| {
        let href = format!("/complaints/{}/letters/{}", view.case.complaint.reference, header.id);
        table.row([Cell::link(letter.letter.words(), href), short_date(letter.dated).into(), sent_cell(letter)])
    })
}

fn timeline(view: &ComplaintView) -> Timeline {
    let entries = view.case.complaint.events.iter().rev().map(|event| {
        let by = event.by.map_or_else(|| "Guardbook".to_owned(), |by| view.case.house.staff_name(by).to_owned());
        Entry { by, ..Entry::new(event.what.for_page().clone(), moment(event.at)) }
    });
    Timeline { entries: entries.collect() }
}

/// `POST /complaints/{reference}/acknowledge`
pub async fn acknowledge_it(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    match acknowledge(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(back(&reference, "acknowledged")),
        // Acknowledged twice is acknowledged.
        Err(ComplaintError::Already(_)) => Ok(back(&reference, "")),
        Err(ComplaintError::Stopped(stopped)) => Err(problem(stopped)),
        Err(_) => Err(Problem::Conflict),
    }
}

/// `POST /complaints/{reference}/enquiries`
pub async fn note(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    match note_enquiry(&app.office, &who.0, &reference, words(&posted, "enquiry")).await {
        Ok(()) => Ok(back(&reference, "noted")),
        Err(ComplaintError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = enquiry_form().fill(&posted);
            form.error("enquiry", wrong.to_string());
            page(&app, &who, &reference, form, "").await
        }
    }
}
