//! The case (S8): the clock with its sum, what is to be done, the facts, the letters, what happened.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use duties::clock::{Limit, short_date, weekday_date};
use duties::requests::{Addressee, CaseView, Certainty, Progress, TaskLine, next_task, tasks, view_case};
use serde::Deserialize;

use super::step::done_words;
use crate::app::{App, problem};
use crate::components::{
    Cell, ClockLine, ClockPanel, Content, Entry, SummaryList, Table, Tag, Task, TaskList, TaskState, Timeline, Tone,
    Urgency, Warning, WarningStrip,
};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::pages::letters::{moment, sent_cell};
use crate::records::operation::london;
use crate::records::requests::Stage;
use crate::records::{FileId, RecordId};
use crate::who::Who;

/// What is added to the address after a step.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    pub done: String,
}

#[derive(Template)]
#[template(path = "requests/case.html")]
struct CasePage {
    shell: Shell,
    reference: String,
    file: FileId,
    warnings: WarningStrip,
    stage: Tag,
    clock: ClockPanel,
    notes: Vec<String>,
    tasks: TaskList,
    next: Option<(String, String)>,
    facts: SummaryList,
    letters: Table,
    timeline: Timeline,
    live: bool,
    /// Past its day, and whether somebody noted why.
    late: bool,
    late_said: bool,
    may_extend: Option<String>,
    together: Option<&'static str>,
}

/// `GET /requests/{reference}`
pub async fn show(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    let title = Title::new("Access request").reference(&reference);
    let mut shell = app.shell(&who, title).await?.within(Section::Requests);
    if let Some(words) = done_words(&done.done) {
        shell = shell.result(words, true);
    }
    let lines = tasks(&view);
    let unsent = view.letters.iter().rev().find(|(_, letter)| letter.is_to_send()).map(|(header, _)| header.id);
    let next = next_task(&lines).map(|line| (next_words(line), task_page(&reference, line, unsent)));
    let live = view.case.request.stage.is_live();
    let page = CasePage {
        warnings: warnings(&view),
        stage: Tag::new(view.case.request.stage.words(), stage_tone(view.case.request.stage)),
        clock: clock_panel(&view),
        notes: view.limit.as_ref().map(|limit| limit.warnings.clone()).unwrap_or_default(),
        tasks: TaskList::new(lines.iter().map(|line| task(&reference, line, unsent))),
        next,
        facts: facts(&view),
        letters: letters(&view),
        timeline: timeline(&view),
        live,
        late: live && view.limit.as_ref().is_ok_and(|limit| limit.due < view.case.today()),
        late_said: view.case.request.late.is_some(),
        may_extend: may_extend(&view),
        together: together(&view),
        file: view.case.file(),
        reference,
        shell,
    };
    Ok(Page::new(page).into_response())
}

const fn stage_tone(stage: Stage) -> Tone {
    match stage {
        Stage::Open | Stage::Review => Tone::Purple,
        Stage::SecondCheck => Tone::Yellow,
        Stage::Approved | Stage::Released => Tone::Green,
        Stage::Refused => Tone::Red,
        Stage::Closed => Tone::Grey,
    }
}

fn warnings(view: &CaseView) -> WarningStrip {
    let warnings =
        view.warnings.iter().map(|(title, text)| Warning { title: (*title).to_owned(), text: text.clone() }).collect();
    WarningStrip { warnings }
}

/// The clock with the sum, line by line. Nothing ticks: it says when it was worked out.
pub fn clock_panel(view: &CaseView) -> ClockPanel {
    let today = view.case.today();
    let stage = view.case.request.stage;
    let limit = match &view.limit {
        Ok(limit) => limit,
        Err(error) => {
            return ClockPanel {
                title: "No date can be worked out".to_owned(),
                distance: error.to_string(),
                urgency: Urgency::Late,
                ..ClockPanel::default()
            };
        }
    };
    let lines = limit
        .because
        .iter()
        .map(|line| ClockLine { because: line.as_str().to_owned(), gives: String::new() })
        .collect();
    let now = london(view.case.operation.now);
    ClockPanel {
        title: if stage.is_live() { "Reply due" } else { "Reply was due" }.to_owned(),
        date: weekday_date(limit.due),
        distance: distance(limit, stage, today),
        urgency: urgency(limit, stage, today),
        lines,
        note: format!("Worked out today at {:02}:{:02}.", now.hour(), now.minute()),
    }
}

fn distance(limit: &Limit, stage: Stage, today: jiff::civil::Date) -> String {
    if !stage.is_live() {
        return stage.words().to_owned();
    }
    match limit.stopped {
        Some(stopped) => format!(
            "Stopped since {}: we wait for {}. The date above is what it would be if the answer came today.",
            short_date(stopped.since),
            stopped.matter.words()
        ),
        None => limit.days_left(today),
    }
}

fn urgency(limit: &Limit, stage: Stage, today: jiff::civil::Date) -> Urgency {
    let left = limit.due.duration_since(today).as_hours() / 24;
    match left {
        _ if !stage.is_live() || limit.stopped.is_some() => Urgency::Stopped,
        ..0 => Urgency::Late,
        0..=7 => Urgency::Soon,
        _ => Urgency::Calm,
    }
}

/// Where a task is done. Acknowledged with a letter that nobody sent: at that letter.
fn task_page(reference: &str, line: &TaskLine, unsent: Option<RecordId>) -> String {
    match unsent {
        Some(letter) if letter_waits(line) => format!("/requests/{reference}/letters/{letter}"),
        _ => format!("/requests/{reference}/{}", line.task.page()),
    }
}

fn letter_waits(line: &TaskLine) -> bool {
    line.task == duties::requests::Task::Acknowledge && line.progress == Progress::SomethingMissing
}

fn next_words(line: &TaskLine) -> String {
    if letter_waits(line) { "send the letter".to_owned() } else { line.task.words().to_lowercase() }
}

fn task(reference: &str, line: &TaskLine, unsent: Option<RecordId>) -> Task {
    let state = match line.progress {
        Progress::CannotStartYet => TaskState::CannotStartYet,
        Progress::NotStarted => TaskState::NotStarted,
        Progress::InProgress => TaskState::InProgress,
        Progress::SomethingMissing => TaskState::SomethingMissing,
        Progress::Waiting => TaskState::Waiting,
        Progress::Done => TaskState::Done,
    };
    Task::new(line.task.words(), task_page(reference, line, unsent), state).hint(line.hint.clone())
}

/// Until when, and to when, it could be extended; none where it cannot be any more.
fn may_extend(view: &CaseView) -> Option<String> {
    let by = view.notice_by?;
    let extended = view.limit.as_ref().ok()?.extended_due?;
    let open = view.case.request.stage.is_live() && view.case.request.extension.is_none() && view.case.today() <= by;
    open.then(|| {
        format!("To {} at the latest. They must be told, and why, by {}.", short_date(extended), short_date(by))
    })
}

/// What stands beside the link to the viewings (K20); none where the policy offers none, or nothing can be shown yet.
fn together(view: &CaseView) -> Option<&'static str> {
    let request = &view.case.request;
    let shown = matches!(request.stage, Stage::Approved | Stage::Released);
    let there = duties::requests::viewing::offered(&view.case.house) && (shown || !request.viewings.is_empty());
    there.then_some(if request.viewings.is_empty() {
        "Our policy says that they can look through their file with a member of staff. No viewing is planned yet."
    } else {
        "Viewings that are planned, and what was shown at those that are over."
    })
}

fn facts(view: &CaseView) -> SummaryList {
    let request = &view.case.request;
    let reference = &request.reference;
    let at = |page: &str| format!("/requests/{reference}/{page}");
    let mut facts = SummaryList::new().fact("About", view.subject.clone());
    if view.may_open_file {
        facts = facts.action("Open the file", format!("/people/{}", view.case.file()), "of the person");
    }
    facts = match (&view.requester, &request.requester) {
        (Some(name), Some(requester)) => facts.fact("Asked by", format!("{name}, {}", requester.relation.for_page())),
        _ => facts.fact("Asked by", "The person themselves"),
    };
    facts = facts
        .fact("Came", format!("{}, {}", short_date(request.received), request.intake.words()))
        .fact("Original", original(view));
    if view.original.as_ref().is_some_and(|paper| paper.body.is_some()) {
        facts = facts.action("Open", at("original"), "the original");
    }
    let detail = |field: &Option<crate::records::Personal<String>>| {
        field.as_ref().map_or_else(|| "Not given".to_owned(), |text| text.for_page().clone())
    };
    let reach: Vec<String> = [&request.details.address, &request.details.phone, &request.details.email]
        .into_iter()
        .flatten()
        .flat_map(|text| text.for_page().lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let reach: Content = if reach.is_empty() { "Not given".into() } else { reach.into() };
    facts = facts
        .fact("What they want", detail(&request.details.wanted))
        .action("Change", at("scope"), "what they want")
        .fact("Given in the request", reach)
        .action("Change", at("scope"), "the details")
        .fact("Letters go to", letters_go_to(&view.addressee))
        .fact("Who they are", identity(view))
        .action("Change", at("identity"), "who they are")
        .fact("Sent by our policy to", request.routed_to.clone());
    let owner = request.owner.map_or("Nobody yet", |owner| view.case.house.staff_name(owner)).to_owned();
    facts
        .fact("Owner", owner)
        .action("Change", at("owner"), "the owner")
        .fact("What it costs them", duties::requests::fee_words(view.case.house.settings()))
}

fn original(view: &CaseView) -> Content {
    let Some(paper) = &view.original else { return "Not on paper".into() };
    let mut lines = Vec::new();
    if let Some(body) = &paper.body {
        lines.push(format!("Kept here: {}, {} KB", body.file_name.for_page(), body.size.div_ceil(1024)));
    }
    if let Some(place) = &paper.original_at {
        lines.push(format!("The paper lies: {}", place.for_page()));
    }
    if let Some(text) = &paper.text {
        lines.push("Its words:".to_owned());
        lines.extend(text.for_page().lines().map(str::to_owned));
    }
    lines.into()
}

fn letters_go_to(to: &Addressee) -> Content {
    let mut lines = to.lines();
    lines.push(to.certainty.words().to_owned());
    if to.certainty == Certainty::NoWay {
        return Tag::new(to.certainty.words(), Tone::Red).into();
    }
    lines.into()
}

fn identity(view: &CaseView) -> String {
    let request = &view.case.request;
    if let Some(because) = &request.known_because {
        return format!("Known: {}", because.for_page());
    }
    match &request.identity {
        Some(asked) => match (&asked.received, &asked.seen) {
            (Some(on), Some(seen)) => format!("{}, seen {}", seen.for_page(), short_date(*on)),
            (Some(on), None) => format!("Proved on {}; how is no longer kept", short_date(*on)),
            (None, _) => format!("Asked on {}, waiting", short_date(asked.asked)),
        },
        None => "Not settled yet".to_owned(),
    }
}

fn letters(view: &CaseView) -> Table {
    let head = Table::new("").column("Letter").column("Date").column("Sent").named_rows().cards();
    view.letters.iter().fold(head, |table, (header, letter)| {
        let href = format!("/requests/{}/letters/{}", view.case.request.reference, header.id);
        table.row([Cell::link(letter.letter.words(), href), short_date(letter.dated).into(), sent_cell(letter)])
    })
}

fn timeline(view: &CaseView) -> Timeline {
    let entries = view.case.request.events.iter().rev().map(|event| {
        let by = event.by.map_or_else(|| "Guardbook".to_owned(), |by| view.case.house.staff_name(by).to_owned());
        Entry { by, ..Entry::new(event.what.for_page().clone(), moment(event.at)) }
    });
    Timeline { entries: entries.collect() }
}
