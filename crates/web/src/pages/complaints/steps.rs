//! The steps of a complaint that are asked on a page of their own; what is written to the person is checked first.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::complaints::{
    AnswerError, ComplaintError, NewOutcome, answer, note_regulator, preview_answer, preview_progress, tell_progress,
    view_complaint, withdraw,
};

use super::case::back;
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::pages::requests::posted::{Posted, date, parts, words};
use crate::pages::requests::step::{Part, StepPage};
use crate::records::complaint::Finding;
use crate::who::Who;

/// A step's page with its form.
async fn step(
    app: &App,
    who: &Who,
    reference: &str,
    (heading, said, button): (&'static str, &str, &'static str),
    form: Form,
) -> Result<Response, Problem> {
    view_complaint(&app.office, &who.0, reference).await.map_err(problem)?;
    let page = StepPage::of(app, who, ("complaints", reference), heading).await?;
    Ok(page.part(Part { words: vec![said.to_owned()], form, button, ..Part::default() }).send())
}

/// The check before a letter is written: the letter as they will read it, and what was typed, kept.
async fn check(
    app: &App,
    who: &Who,
    reference: &str,
    (heading, button): (&'static str, &'static str),
    (letter, hidden): (Vec<String>, Vec<(String, String)>),
) -> Result<Response, Problem> {
    let mut page = StepPage::of(app, who, ("complaints", reference), heading).await?;
    page.letter = letter;
    Ok(page.part(Part { hidden, button, ..Part::default() }).send())
}

fn kept(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().chain(&[("confirm", "yes")]).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const PROGRESS: (&str, &str, &str) =
    ("Tell them how far we are", "They read it as you write it. It does not end the complaint.", "Check before saving");

fn progress_form() -> Form {
    Form::new().ask(Field::area("words", "How far are we?").rows(5))
}

/// `GET /complaints/{reference}/progress`
pub async fn ask_progress(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    step(&app, &who, &reference, PROGRESS, progress_form()).await
}

/// `POST /complaints/{reference}/progress`: first the check with the letter, then the deed.
pub async fn progress(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let said = words(&posted, "words");
    let result = if words(&posted, "confirm") == "yes" {
        tell_progress(&app.office, &who.0, &reference, said).await.map(|_| None)
    } else {
        preview_progress(&app.office, &who.0, &reference, said).await.map(Some)
    };
    match result {
        Ok(None) => Ok(back(&reference, "progress")),
        Ok(Some(letter)) => {
            let heading = ("Check before you write to them", "Write the letter");
            check(&app, &who, &reference, heading, (letter, kept(&[("words", said)]))).await
        }
        Err(ComplaintError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = progress_form().fill(&posted);
            form.error("words", wrong.to_string());
            step(&app, &who, &reference, PROGRESS, form).await
        }
    }
}

const ANSWER: (&str, &str, &str) = (
    "Answer the complaint",
    "The letter says what was found and what we do, and always that the regulator and a court can decide.",
    "Check before saving",
);

fn answer_form() -> Form {
    Form::new()
        .ask(
            Field::radios(
                "finding",
                "What did you find?",
                [
                    Choice::new("upheld", "They are right"),
                    Choice::new("in-part", "They are right in part"),
                    Choice::new("not-upheld", "We do not think that we did wrong"),
                ],
            )
            .size("m"),
        )
        .ask(Field::area("findings", "What we found, and why").size("m").hint("They read this as you write it").rows(5))
        .ask(Field::area("actions", "What we do about it").size("m").hint("They read this as you write it").rows(4))
}

/// `GET /complaints/{reference}/answer`
pub async fn ask_answer(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    step(&app, &who, &reference, ANSWER, answer_form()).await
}

/// `POST /complaints/{reference}/answer`: first the check with the letter, then the deed.
pub async fn answer_it(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let new = NewOutcome {
        finding: Finding::from_slug(words(&posted, "finding")),
        findings: words(&posted, "findings").to_owned(),
        actions: words(&posted, "actions").to_owned(),
    };
    let result = if words(&posted, "confirm") == "yes" {
        answer(&app.office, &who.0, &reference, &new).await.map(|_| None)
    } else {
        preview_answer(&app.office, &who.0, &reference, &new).await.map(Some)
    };
    match result {
        Ok(None) => Ok(back(&reference, "answered")),
        Ok(Some(letter)) => {
            let hidden =
                kept(&[("finding", words(&posted, "finding")), ("findings", &new.findings), ("actions", &new.actions)]);
            let heading = ("Check before you answer", "Answer and write the letter");
            check(&app, &who, &reference, heading, (letter, hidden)).await
        }
        Err(AnswerError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = answer_form().fill(&posted);
            let said = wrong.to_string();
            match wrong {
                AnswerError::NoFinding => form.error("finding", said),
                AnswerError::NoFindings => form.error("findings", said),
                AnswerError::NoActions => form.error("actions", said),
                _ => form.error_overall(said),
            };
            step(&app, &who, &reference, ANSWER, form).await
        }
    }
}

const REGULATOR: (&str, &str, &str) =
    ("The regulator wrote", "Note what the regulator asks or decided. It can come long after our answer.", "Save");

fn regulator_form((day, month, year): (String, String, String)) -> Form {
    Form::new()
        .ask(Field::text("theirs", "The regulator’s reference").width(20))
        .ask(Field::date("on", "When did it come?").parts(day, month, year))
        .ask(Field::area("said", "What does it ask, or what did it decide?").rows(4))
}

/// `GET /complaints/{reference}/regulator`
pub async fn ask_regulator(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    step(&app, &who, &reference, REGULATOR, regulator_form(parts(app.office.today()))).await
}

/// `POST /complaints/{reference}/regulator`
pub async fn regulator(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let (field, said) = match date(&posted, "on") {
        Err(said) => ("on", said),
        Ok(on) => {
            let new = (on, words(&posted, "theirs"), words(&posted, "said"));
            match note_regulator(&app.office, &who.0, &reference, new).await {
                Ok(()) => return Ok(back(&reference, "noted")),
                Err(ComplaintError::Stopped(stopped)) => return Err(problem(stopped)),
                Err(wrong @ ComplaintError::NoReference) => ("theirs", wrong.to_string()),
                Err(wrong @ ComplaintError::Date) => ("on", wrong.to_string()),
                Err(wrong) => ("said", wrong.to_string()),
            }
        }
    };
    let mut form = regulator_form(parts(app.office.today())).fill(&posted);
    form.error(field, said);
    step(&app, &who, &reference, REGULATOR, form).await
}

const WITHDRAW: (&str, &str, &str) =
    ("They took it back", "It ends without an answer. Everything stays in the file.", "End the complaint");

fn withdraw_form() -> Form {
    Form::new().ask(Field::area("how", "When and how did they take it back?").rows(3))
}

/// `GET /complaints/{reference}/withdraw`
pub async fn ask_withdraw(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    step(&app, &who, &reference, WITHDRAW, withdraw_form()).await
}

/// `POST /complaints/{reference}/withdraw`
pub async fn withdraw_it(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    match withdraw(&app.office, &who.0, &reference, words(&posted, "how")).await {
        Ok(()) => Ok(back(&reference, "withdrawn")),
        Err(AnswerError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = withdraw_form().fill(&posted);
            form.error("how", wrong.to_string());
            step(&app, &who, &reference, WITHDRAW, form).await
        }
    }
}
