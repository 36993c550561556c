//! Telling them: that it arrived, and that it takes longer.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use duties::requests::{
    AcknowledgeError, ExtendError, ExtendRequest, acknowledge as do_acknowledge, extend as do_extend,
    preview_extension, view_case,
};

use super::posted::{Posted, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::requests::ExtensionGround;
use crate::who::Who;

/// `GET /requests/{reference}/acknowledge`
pub async fn ask_acknowledge(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    acknowledge_page(&app, &who, &reference, "").await
}

async fn acknowledge_page(app: &App, who: &Who, reference: &str, wrong: &str) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut form = Form::new();
    if !wrong.is_empty() {
        form.error_overall(wrong);
    }
    let mut page = StepPage::new(app, who, reference, "Acknowledge").await?;
    let due = view.limit.as_ref().map(|limit| duties::clock::weekday_date(limit.due)).unwrap_or_default();
    page.facts = SummaryList::new()
        .fact("They read", format!("that we have their request, and that we answer by {due}"))
        .fact("It goes to", view.addressee.lines())
        .fact("Is that safe?", view.addressee.certainty.words());
    let part = match view.case.request.acknowledged {
        Some(on) => Part {
            words: vec![format!(
                "Acknowledged on {}. The letter is in the list of letters.",
                duties::clock::uk_date(on)
            )],
            ..Part::default()
        },
        None => Part {
            words: vec!["This writes the letter. You print and send it, and mark it as sent.".to_owned()],
            form,
            button: "Write the acknowledgement",
            ..Part::default()
        },
    };
    Ok(page.part(part).send())
}

/// `POST /requests/{reference}/acknowledge`
pub async fn acknowledge(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    match do_acknowledge(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(back(&reference, "acknowledged")),
        Err(AcknowledgeError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => acknowledge_page(&app, &who, &reference, &wrong.to_string()).await,
    }
}

/// `GET /requests/{reference}/extend`
pub async fn ask_extend(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    extend_page(&app, &who, &reference, extend_form()).await
}

fn extend_form() -> Form {
    Form::new()
        .ask(
            Field::radios(
                "ground",
                "Why does it take longer?",
                [
                    Choice::new("complex", "The request is complex")
                        .hint("Much alone is not complex. Exemptions to weigh, others to consult, or records hard to get at can be"),
                    Choice::new("numerous", "They have made many requests"),
                ],
            )
            .size("m"),
        )
        .ask(Field::area("reasons", "The reasons").size("m").hint("They read this as you write it: plainly, and what you are doing about it").rows(6))
}

async fn extend_page(app: &App, who: &Who, reference: &str, form: Form) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Take more time").await?;
    let day = |date: Option<jiff::civil::Date>| date.map(duties::clock::weekday_date).unwrap_or_default();
    page.facts = SummaryList::new()
        .fact("Due now", day(view.limit.as_ref().ok().map(|limit| limit.due)))
        .fact("Due if you take more time", day(view.limit.as_ref().ok().and_then(|limit| limit.extended_due)))
        .fact("They must be told by", day(view.notice_by));
    let part = Part {
        words: vec!["The law allows two further months, once, if you tell them in time and why.".to_owned()],
        form,
        button: "Check before saving",
        ..Part::default()
    };
    Ok(page.part(part).send())
}

/// `POST /requests/{reference}/extend`: first the check with the letter, then the deed.
pub async fn extend(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let mut form = extend_form().fill(&posted);
    let Some(ground) = ExtensionGround::from_slug(words(&posted, "ground")) else {
        form.error("ground", "Choose why it takes longer");
        return extend_page(&app, &who, &reference, form).await;
    };
    let new = ExtendRequest { ground, reasons: words(&posted, "reasons").to_owned() };
    let confirmed = words(&posted, "confirm") == "yes";
    let result = if confirmed {
        do_extend(&app.office, &who.0, &reference, &new).await.map(|_| None)
    } else {
        preview_extension(&app.office, &who.0, &reference, &new).await.map(Some)
    };
    match result {
        Ok(None) => Ok(back(&reference, "extended")),
        Ok(Some(extended)) => {
            let mut page = StepPage::new(&app, &who, &reference, "Check before you take more time").await?;
            page.facts = SummaryList::new()
                .fact("Due now", duties::clock::weekday_date(extended.was_due))
                .fact("Due then", duties::clock::weekday_date(extended.due));
            "This can be done once, and it cannot be undone.".clone_into(&mut page.warning);
            page.letter = extended.letter;
            let hidden = [("ground", words(&posted, "ground")), ("reasons", &new.reasons), ("confirm", "yes")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec();
            let part = Part { hidden, button: "Take more time and write the letter", ..Part::default() };
            Ok(page.part(part).send())
        }
        Err(ExtendError::Stopped(stopped)) => Ok(problem(stopped).into_response()),
        Err(wrong) => {
            let words = wrong.to_string();
            match wrong {
                ExtendError::NoReasons => form.error("reasons", words),
                _ => form.error_overall(words),
            };
            extend_page(&app, &who, &reference, form).await
        }
    }
}
