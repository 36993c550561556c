//! Where was looked, and gathering what the book holds.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::{CaseView, CollectError, RecordSearchError, THIS_BOOK, collect, record_search, view_case};

use super::posted::{Posted, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::records::RecordId;
use crate::records::operation::london;
use crate::records::requests::{Search, Stage};
use crate::who::Who;

/// `GET /requests/{reference}/search`
pub async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, &reference, &[], None).await
}

async fn page(
    app: &App,
    who: &Who,
    reference: &str,
    posted: &[(String, String)],
    wrong: Option<(String, String)>,
) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Search places").await?;
    page.facts = done(&view);
    let live = view.case.request.stage.is_live();
    for (header, search) in view.searches.iter().filter(|(_, search)| live && search.place != THIS_BOOK) {
        let mut part = place_part(reference, header.id, search);
        if posted.iter().any(|(key, value)| key == "search" && *value == header.id.to_string()) {
            part.form = part.form.fill(posted);
        }
        if let Some((name, words)) = &wrong
            && name.ends_with(&header.id.to_string())
        {
            part.form.error(name, words.clone());
        }
        page.parts.push(part);
    }
    if page.parts.is_empty() {
        let words = "No places outside the book are on our list. An administrator can add cabinets and shared drives.";
        page.parts.push(Part { words: vec![words.to_owned()], ..Part::default() });
    }
    if matches!(view.case.request.stage, Stage::Open | Stage::Review) {
        page.links
            .push(("Look for mentions in other people\u{2019}s files", format!("/requests/{reference}/mentions")));
    }
    Ok(page.send())
}

fn done(view: &CaseView) -> SummaryList {
    view.searches.iter().filter(|(_, search)| search.done.is_some()).fold(SummaryList::new(), |facts, (_, search)| {
        let mut lines = vec![format!("Looked for: {}", search.terms.for_page())];
        if let Some(found) = &search.found {
            lines.push(format!("Found: {}", found.for_page()));
        }
        if let Some(at) = search.done {
            let by = search.by.map(|by| format!(" by {}", view.case.house.staff_name(by))).unwrap_or_default();
            lines.push(format!("On {}{by}", duties::clock::weekday_date(london(at).date())));
        }
        facts.fact(search.place.clone(), lines)
    })
}

fn place_part(reference: &str, id: RecordId, search: &Search) -> Part {
    let form = Form::new()
        .ask(
            Field::text(format!("terms-{id}"), "What did you look for?")
                .hint("All names, former names and numbers under which something may lie there")
                .value(search.terms.for_page().clone()),
        )
        .ask(
            Field::area(format!("found-{id}"), "What did you find?")
                .hint("\u{201C}Nothing\u{201D} is an answer; so is why this place was not searched. What you find, add to the file")
                .value(search.found.as_ref().map(|found| found.for_page().clone()).unwrap_or_default())
                .rows(3),
        );
    Part {
        heading: search.place.clone(),
        action: format!("/requests/{reference}/search"),
        form,
        hidden: vec![("search".to_owned(), id.to_string())],
        button: if search.done.is_some() { "Change what was found" } else { "Save what was found" },
        kind: "secondary",
        ..Part::default()
    }
}

/// `POST /requests/{reference}/search`
pub async fn record(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let id = words(&posted, "search").to_owned();
    let record: RecordId = id.parse().map_err(|_| Problem::BadRequest)?;
    let (terms, found) = (words(&posted, &format!("terms-{id}")), words(&posted, &format!("found-{id}")));
    match record_search(&app.office, &who.0, &reference, record, (terms, found)).await {
        Ok(()) => Ok(back(&reference, "searched")),
        Err(RecordSearchError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => {
            let field = if matches!(wrong, RecordSearchError::NoTerms) { "terms" } else { "found" };
            let wrong = Some((format!("{field}-{id}"), wrong.to_string()));
            page(&app, &who, &reference, &posted, wrong).await
        }
    }
}

/// `GET /requests/{reference}/gather`
pub async fn ask_gather(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    gather_page(&app, &who, &reference, "").await
}

async fn gather_page(app: &App, who: &Who, reference: &str, wrong: &str) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Gather").await?;
    let request = &view.case.request;
    if let Some(at) = request.collected {
        let at = london(at);
        page.facts = SummaryList::new()
            .fact(
                "Gathered",
                format!("{}, {:02}:{:02}", duties::clock::weekday_date(at.date()), at.hour(), at.minute()),
            )
            .fact("Items", request.items.len().to_string());
    }
    let mut form = Form::new();
    if !wrong.is_empty() {
        form.error_overall(wrong);
    }
    let words = vec![
        "This takes everything in the person\u{2019}s file, and everything in other people\u{2019}s files that is linked to \
         them, also if the file is closed. What counts as a record comes from the catalogue; nobody chooses."
            .to_owned(),
        "What has been read and decided stays for every item that has not changed.".to_owned(),
    ];
    let part = match request.stage {
        Stage::Open => Part { words, form, button: "Gather everything", ..Part::default() },
        Stage::Review => Part { words, form, button: "Gather afresh", kind: "secondary", ..Part::default() },
        _ => Part { words: vec!["Gathering is over for this request.".to_owned()], form, ..Part::default() },
    };
    Ok(page.part(part).send())
}

/// `POST /requests/{reference}/gather`
pub async fn gather(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    match collect(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(back(&reference, "gathered")),
        Err(CollectError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => gather_page(&app, &who, &reference, &wrong.to_string()).await,
    }
}
