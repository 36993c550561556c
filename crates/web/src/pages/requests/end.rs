//! Who works on it, refusing it, and closing it.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::{
    AssignError, CloseError, CloseRequest, RefuseError, RefuseRequest, assign_owner, close_request, may_own,
    preview_refusal, refuse as do_refuse, view_case,
};

use super::posted::{Posted, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::requests::{RefusalGround, Stage};
use crate::who::Who;

/// `GET /requests/{reference}/owner`
pub async fn ask_owner(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    owner_page(&app, &who, &reference, "").await
}

async fn owner_page(app: &App, who: &Who, reference: &str, wrong: &str) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let able = may_own(&app.office, view.case.file()).await.map_err(problem)?;
    let choices = able.into_iter().map(|(file, name)| Choice::new(file.to_string(), name));
    let was = view.case.request.owner.map(|owner| owner.to_string()).unwrap_or_default();
    let mut form = Form::new().ask(
        Field::radios("owner", "Who works on it?", choices)
            .hint("Everybody who may, by the rules of access")
            .value(was),
    );
    if !wrong.is_empty() {
        form.error("owner", wrong);
    }
    let page = StepPage::new(app, who, reference, "Owner").await?;
    Ok(page.part(Part { form, button: "Save the owner", ..Part::default() }).send())
}

/// `POST /requests/{reference}/owner`
pub async fn owner(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let Ok(file) = words(&posted, "owner").parse() else {
        return owner_page(&app, &who, &reference, "Choose who works on it").await;
    };
    match assign_owner(&app.office, &who.0, &reference, file).await {
        Ok(()) => Ok(back(&reference, "owner")),
        Err(AssignError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => owner_page(&app, &who, &reference, &wrong.to_string()).await,
    }
}

fn refuse_form() -> Form {
    Form::new()
        .ask(
            Field::radios(
                "ground",
                "On which ground?",
                [
                    Choice::new("unfounded", "Unfounded")
                        .hint("They do not really want the information, or mean to harass. Rude words are not enough"),
                    Choice::new("excessive", "Excessive").hint("Clearly out of proportion, or repeated without reason"),
                    Choice::new("no-right", "They have no right to ask for this person")
                        .hint("The letter does not say whether we hold anything"),
                ],
            )
            .size("m"),
        )
        .ask(Field::area("reasons", "The reasons").size("m").hint("They read this as you write it").rows(5))
        .ask(
            Field::area("evidence", "What shows it")
                .size("m")
                .hint("For the file. If they complain, we must prove it")
                .rows(5),
        )
}

/// `GET /requests/{reference}/refuse`
pub async fn ask_refuse(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    refuse_page(&app, &who, &reference, refuse_form()).await
}

async fn refuse_page(app: &App, who: &Who, reference: &str, form: Form) -> Result<Response, Problem> {
    view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Refuse").await?;
    "Refusing is rare. Leaving things out of an answer is not refusing: that is done while reading."
        .clone_into(&mut page.warning);
    page.facts = super::fee::earlier_facts(app, who, reference).await?;
    page.links = super::fee::link(app, who, reference).await?;
    let words = vec![
        "The letter says why, and always how to complain to us and to the regulator, and that a court can decide."
            .to_owned(),
    ];
    Ok(page.part(Part { words, form, button: "Check before saving", ..Part::default() }).send())
}

/// `POST /requests/{reference}/refuse`: first the check with the letter, then the deed.
pub async fn refuse(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let mut form = refuse_form().fill(&posted);
    let ground = words(&posted, "ground");
    let Some(chosen) = RefusalGround::from_slug(ground) else {
        form.error("ground", "Choose the ground");
        return refuse_page(&app, &who, &reference, form).await;
    };
    let new = RefuseRequest {
        ground: chosen,
        reasons: words(&posted, "reasons").to_owned(),
        evidence: words(&posted, "evidence").to_owned(),
    };
    let result = if words(&posted, "confirm") == "yes" {
        do_refuse(&app.office, &who.0, &reference, &new).await.map(|_| None)
    } else {
        preview_refusal(&app.office, &who.0, &reference, &new).await.map(Some)
    };
    match result {
        Ok(None) => Ok(back(&reference, "refused")),
        Ok(Some(letter)) => {
            let mut page = StepPage::new(&app, &who, &reference, "Check before you refuse").await?;
            "They get no information. This cannot be undone.".clone_into(&mut page.warning);
            page.letter = letter;
            let hidden =
                [("ground", ground), ("reasons", &new.reasons), ("evidence", &new.evidence), ("confirm", "yes")]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .to_vec();
            let part = Part { hidden, button: "Refuse and write the letter", kind: "warning", ..Part::default() };
            Ok(page.part(part).send())
        }
        Err(RefuseError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => {
            let words = wrong.to_string();
            match wrong {
                RefuseError::NoReasons => form.error("reasons", words),
                RefuseError::NoEvidence => form.error("evidence", words),
                RefuseError::TheirOwn => form.error("ground", words),
                _ => form.error_overall(words),
            };
            refuse_page(&app, &who, &reference, form).await
        }
    }
}

/// `GET /requests/{reference}/close`
pub async fn ask_close(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    close_page(&app, &who, &reference, &[], "").await
}

async fn close_page(
    app: &App,
    who: &Who,
    reference: &str,
    posted: &[(String, String)],
    wrong: &str,
) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let page = StepPage::new(app, who, reference, "Close").await?;
    let answered = matches!(view.case.request.stage, Stage::Released | Stage::Refused);
    let mut form = Form::new();
    let words = if answered {
        "It is answered. Closing takes it off the lists; everything stays in the file."
    } else {
        form = form
            .ask(Field::area("because", "Why is there no answer?").hint("They withdrew it: when and how. Or they never answered our question: when we asked, and when we asked again").rows(4))
            .fill(posted);
        "Nothing has gone out. Close it only if they no longer want it, or never answered; what is not in doubt must be \
         given all the same."
    };
    if !wrong.is_empty() {
        form.error("because", wrong);
    }
    let part = Part {
        words: vec![words.to_owned()],
        form,
        button: if answered { "Close the request" } else { "Close without an answer" },
        kind: if answered { "" } else { "warning" },
        ..Part::default()
    };
    Ok(page.part(part).send())
}

/// `POST /requests/{reference}/close`
pub async fn close(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let because = words(&posted, "because");
    let how = if because.is_empty() { CloseRequest::Answered } else { CloseRequest::Withdrawn(because.to_owned()) };
    match close_request(&app.office, &who.0, &reference, how).await {
        Ok(()) => Ok(back(&reference, "closed")),
        Err(CloseError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => close_page(&app, &who, &reference, &posted, &wrong.to_string()).await,
    }
}
