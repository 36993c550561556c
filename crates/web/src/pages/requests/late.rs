//! Why an answer is late.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::{LateError, note_late, view_case};

use super::posted::{Posted, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::who::Who;

fn form() -> Form {
    Form::new().ask(
        Field::area("words", "Why is it late, and what do you do about it?")
            .hint("For the trustees and, if they ask, the regulator. It counts as late all the same")
            .rows(5),
    )
}

/// `GET /requests/{reference}/late`
pub async fn ask(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, &reference, form()).await
}

async fn page(app: &App, who: &Who, reference: &str, form: Form) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Why it is late").await?;
    if let Some(late) = &view.case.request.late {
        let said = format!("{}: {}", duties::clock::uk_date(late.on), late.because.for_page());
        page.facts = crate::components::SummaryList::new().fact("Noted before", said);
    }
    let say = "Tell whoever asked that it is late, that you are sorry, and when they have it. They can complain, to you and to \
               the regulator."
        .to_owned();
    Ok(page.part(Part { words: vec![say], form, button: "Save the reason", ..Part::default() }).send())
}

/// `POST /requests/{reference}/late`
pub async fn save(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    match note_late(&app.office, &who.0, &reference, words(&posted, "words")).await {
        Ok(()) => Ok(back(&reference, "late")),
        Err(LateError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(error) => {
            let mut form = form().fill(&posted);
            form.error("words", error.to_string());
            page(&app, &who, &reference, form).await
        }
    }
}
