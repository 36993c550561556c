//! Agreeing what is wanted: missing details, and the question that stops the clock.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::{
    CaseView, DetailsError, NewDetails, PauseError, add_details as do_add_details, ask_missing_details, missing,
    pause as do_pause, preview_pause, resume, view_case,
};

use super::posted::{Posted, date, parts, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::records::Personal;
use crate::records::requests::AccessRequest;
use crate::who::Who;

type Wrong = Option<(&'static str, String)>;

/// `GET /requests/{reference}/scope`
pub async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, &reference, &[], None).await
}

async fn page(
    app: &App,
    who: &Who,
    reference: &str,
    posted: &[(String, String)],
    wrong: Wrong,
) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Agree what is wanted").await?;
    page.facts = facts(&view);
    let mut parts = if view.case.request.stage.is_live() { parts_of(&view, posted) } else { Vec::new() };
    if let Some((name, words)) = wrong {
        let at = parts.iter().position(|part| part.form.fields().iter().any(|field| field.name == name));
        match parts.get_mut(at.unwrap_or(0)) {
            Some(part) => {
                part.form.error(name, words);
            }
            None => page.warning = words,
        }
    }
    page.parts = parts;
    Ok(page.send())
}

fn facts(view: &CaseView) -> SummaryList {
    let wanted = view.case.request.details.wanted.as_ref().map_or("Not said", |wanted| wanted.for_page());
    let mut facts = SummaryList::new().fact("What they want", wanted);
    for pause in &view.case.request.pauses {
        let lines =
            vec![pause.question.for_page().clone(), format!("Asked on {}", duties::clock::weekday_date(pause.asked))];
        facts = facts.fact("We asked", lines);
        if let (Some(on), Some(answer)) = (pause.answered, &pause.answer) {
            let lines = vec![answer.for_page().clone(), format!("Answered on {}", duties::clock::weekday_date(on))];
            facts = facts.fact("They answered", lines);
        }
    }
    facts
}

fn parts_of(view: &CaseView, posted: &[(String, String)]) -> Vec<Part> {
    let request = &view.case.request;
    let filled = |form: Form, marker: &str| {
        if posted.iter().any(|(key, _)| key == marker) { form.fill(posted) } else { form }
    };
    let mut shown = Vec::new();
    if let Some(open) = request.pauses.iter().find(|pause| pause.answered.is_none()) {
        let part = answer_part(view, open.asked);
        shown.push(Part { form: filled(part.form, "answer"), ..part });
    }
    shown.extend(missing_part(request));
    shown.push(Part {
        heading: "Add or change details".to_owned(),
        action: at(request, "details"),
        form: filled(details_form(view), "wanted"),
        button: "Save the details",
        kind: "secondary",
        ..Part::default()
    });
    if request.pauses.iter().all(|pause| pause.answered.is_some()) {
        let part = question_part(request);
        shown.push(Part { form: filled(part.form, "question"), ..part });
    }
    shown
}

fn at(request: &AccessRequest, page: &str) -> String {
    format!("/requests/{}/scope/{page}", request.reference)
}

fn answer_part(view: &CaseView, asked: jiff::civil::Date) -> Part {
    let (day, month, year) = parts(view.case.today());
    Part {
        heading: "They answered".to_owned(),
        words: vec![format!(
            "The clock is stopped since {}. It goes on with the day after the answer.",
            duties::clock::weekday_date(asked)
        )],
        action: at(&view.case.request, "answer"),
        form: Form::new()
            .ask(Field::area("answer", "What did they answer?").rows(4))
            .ask(Field::date("answered", "When did the answer come?").parts(day, month, year)),
        button: "The answer is here",
        ..Part::default()
    }
}

fn missing_part(request: &AccessRequest) -> Option<Part> {
    let lacking = missing(request);
    if lacking.is_empty() {
        return None;
    }
    let words: Vec<_> = lacking.iter().map(|missing| missing.words()).collect();
    let mut lines = vec![format!("Missing: {}.", words.join(", "))];
    if let Some(on) = request.missing_asked {
        lines.push(format!("You asked on {}.", duties::clock::weekday_date(on)));
    }
    lines.push("The request counts without them, and the clock goes on.".to_owned());
    Some(Part {
        heading: "Details that are missing".to_owned(),
        words: lines,
        action: at(request, "missing"),
        button: "Write to ask for them",
        kind: "secondary",
        ..Part::default()
    })
}

fn question_part(request: &AccessRequest) -> Part {
    Part {
        heading: "Ask what they mean".to_owned(),
        words: vec![
            "Only if you hold so much, or the request is so unclear, that you cannot find what they want without \
             asking. The clock stops from today until they answer, both days included."
                .to_owned(),
        ],
        action: at(request, "pause"),
        form: Form::new().ask(Field::area("question", "Your question").hint("They read it as you write it").rows(4)),
        button: "Check before saving",
        kind: "secondary",
        ..Part::default()
    }
}

fn details_form(view: &CaseView) -> Form {
    let details = &view.case.request.details;
    let was = |field: &Option<Personal<String>>| field.as_ref().map(|text| text.for_page().clone()).unwrap_or_default();
    Form::new()
        .ask(Field::text("name", "Name of whoever asks").value(was(&details.name)).autocomplete("off"))
        .ask(Field::area("address", "Postal address").value(was(&details.address)).rows(4))
        .ask(Field::tel("phone", "Telephone number").value(was(&details.phone)).width(20).autocomplete("off"))
        .ask(Field::email("email", "E-mail address").value(was(&details.email)).autocomplete("off"))
        .ask(Field::area("wanted", "What would they like to see?").value(was(&details.wanted)).rows(3))
}

/// `POST /requests/{reference}/scope/missing`
pub async fn ask_missing(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    match ask_missing_details(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(back(&reference, "missing-asked")),
        Err(DetailsError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => page(&app, &who, &reference, &[], Some(("", wrong.to_string()))).await,
    }
}

/// `POST /requests/{reference}/scope/details`
pub async fn add_details(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let typed = |name: &str| words(&posted, name).to_owned();
    let new = NewDetails {
        name: typed("name"),
        address: typed("address"),
        phone: typed("phone"),
        email: typed("email"),
        wanted: typed("wanted"),
    };
    match do_add_details(&app.office, &who.0, &reference, new).await {
        Ok(()) => Ok(back(&reference, "details-added")),
        Err(DetailsError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => page(&app, &who, &reference, &posted, Some(("wanted", wrong.to_string()))).await,
    }
}

/// `POST /requests/{reference}/scope/pause`: first the check with the letter, then the deed.
pub async fn pause(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let question = words(&posted, "question");
    let result = if words(&posted, "confirm") == "yes" {
        do_pause(&app.office, &who.0, &reference, question).await.map(|_| None)
    } else {
        preview_pause(&app.office, &who.0, &reference, question).await.map(Some)
    };
    match result {
        Ok(None) => Ok(back(&reference, "paused")),
        Ok(Some(letter)) => {
            let mut page = StepPage::new(&app, &who, &reference, "Check before you stop the clock").await?;
            "The clock stops today and goes on when they answer. Send the letter today.".clone_into(&mut page.warning);
            page.letter = letter;
            let hidden = [("question", question), ("confirm", "yes")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec();
            Ok(page.part(Part { hidden, button: "Stop the clock and write the letter", ..Part::default() }).send())
        }
        Err(PauseError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => page(&app, &who, &reference, &posted, Some(("question", wrong.to_string()))).await,
    }
}

/// `POST /requests/{reference}/scope/answer`
pub async fn answer(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let on = match date(&posted, "answered") {
        Ok(on) => on,
        Err(words) => return page(&app, &who, &reference, &posted, Some(("answered", words))).await,
    };
    match resume(&app.office, &who.0, &reference, (on, words(&posted, "answer"))).await {
        Ok(()) => Ok(back(&reference, "resumed")),
        Err(PauseError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => {
            let field = if matches!(wrong, PauseError::Date(_)) { "answered" } else { "answer" };
            page(&app, &who, &reference, &posted, Some((field, wrong.to_string()))).await
        }
    }
}
