//! Printing a file: how much and which part, then one PDF with numbered pages that say who printed them.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use duties::papers::typeset;
use duties::people::entered::past_date;
use duties::people::{Extent, Happening, Narrow, Printing, print_file};

use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::FileId;
use crate::who::Who;

use super::ask::{Question, page};
use super::forms::{Posted, typed, typed_date};
use super::head::shown;
use super::reason::file_id;
use super::turned::{Answer, Turned, at_file};
use super::whys::why;

/// What is to be printed?
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let form = questions(&app, &who, file).await?;
    page(&app, &who, file, question(), form).await
}

/// The PDF, in the browser's own viewer.
pub async fn print(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/print"))?;
    let mut form = questions(&app, &who, file).await?.fill(&posted);
    let today = app.office.today();
    let mut day = |name: &str| match typed_date(&posted, name).as_str() {
        "" => None,
        typed => past_date(typed, today).map_err(|words| form.error(name, words)).ok(),
    };
    let (from, until) = (day("from"), day("until"));
    let extent = Extent::from_slug(typed(&posted, "extent"));
    if extent.is_none() {
        form.error("extent", "Choose how much to print");
    }
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        form.error("until", "This day is before the first one. Check both");
    }
    let (Some(extent), false) = (extent, form.has_errors()) else {
        return page(&app, &who, file, question(), form).await;
    };
    let narrow = Narrow {
        what: Happening::from_slug(typed(&posted, "what")),
        service: typed(&posted, "service").parse().ok(),
        from,
        until,
        words: String::new(),
    };
    let printing = Printing { extent, narrow, history: typed(&posted, "history") == "yes" };
    let document = print_file(&app.office, &who.0, file, &why, &printing)
        .await
        .map_err(|stopped| at_file(stopped, file, "/print"))?;
    // Typesetting takes long enough to hold others up.
    let typeset = tokio::task::spawn_blocking(move || typeset::to_pdf(&document)).await;
    let Ok(Ok(paper)) = typeset else {
        tracing::error!("a file could not be typeset");
        return Err(Turned::Problem(Problem::Internal));
    };
    let name = format!("inline; filename=\"file-{}.pdf\"", extent.slug());
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, paper.pdf).into_response())
}

fn question() -> Question {
    Question::new("Print", "/print", "Make the pages")
        .intro("You get numbered pages that say who printed them and when. It is noted that you printed.")
}

async fn questions(app: &App, who: &Who, file: FileId) -> Result<Form, Turned> {
    let found = shown(app, &who.0, file, None, "/print").await?;
    let hints = [
        "Who the person is, how to reach them safely, family, services",
        "What happened, oldest first",
        "The summary, then the chronology",
    ];
    let extents =
        Extent::ALL.into_iter().zip(hints).map(|(extent, hint)| Choice::new(extent.slug(), extent.words()).hint(hint));
    let what = std::iter::once(Choice::new("", "Everything"))
        .chain(Happening::ALL.map(|what| Choice::new(what.slug(), what.words())));
    let services = std::iter::once(Choice::new("", "All services")).chain(
        found
            .opened
            .house
            .services
            .iter()
            .map(|(_, service)| Choice::new(service.id.to_string(), service.name.as_str())),
    );
    Ok(Form::new()
        .ask(Field::radios("extent", "How much?", extents))
        .ask(Field::select("what", "Which happenings?", what))
        .ask(Field::select("service", "At which service?", services))
        .ask(Field::date("from", "From which day?").hint("Leave it empty to begin at the beginning."))
        .ask(Field::date("until", "Until which day?").hint("Leave it empty to go on until today."))
        .ask(Field::checkboxes(
            "history",
            "Also what is older than 30 days?",
            [Choice::new("yes", "Yes. You confirm that it is you, and say why")],
        )))
}
