//! What health professionals say about the harm that an answer could do.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::clock::{oldest_opinion, opinion_counts, uk_date};
use duties::requests::{CaseView, NewOpinion, OpinionError, note_opinion, view_case};

use super::posted::{Posted, date, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::opinion::Profession;
use crate::who::Who;

fn opinion_form() -> Form {
    let professions = Profession::ALL.map(|profession| Choice::new(profession.slug(), profession.words()));
    Form::new()
        .ask(Field::text("from", "Who gave it?").hint("Name and place of work, like: Dr Example, Elm Surgery"))
        .ask(
            Field::radios("profession", "What are they?", professions)
                .hint("Counsellors and social workers do not count here"),
        )
        .ask(Field::date("given", "When did they give it?"))
        .ask(Field::radios(
            "harm",
            "Would reading it be likely to do serious harm to somebody’s body or mind?",
            [Choice::new("yes", "Yes"), Choice::new("no", "No")],
        ))
        .ask(Field::area("words", "What is it about, and what did they say?").rows(4))
}

/// `GET /requests/{reference}/opinions`
pub async fn ask(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    page(&app, &who, &view, opinion_form()).await
}

async fn page(app: &App, who: &Who, view: &CaseView, form: Form) -> Result<Response, Problem> {
    let request = &view.case.request;
    let today = view.case.today();
    let mut page = StepPage::new(app, who, &request.reference, "Opinions on harm").await?;
    page.facts = request.opinions.iter().fold(SummaryList::new(), |facts, one| {
        let verdict = if one.harm { "Likely to do serious harm" } else { "No serious harm" };
        let counts = if opinion_counts(one.given, today) { "" } else { " Too old to count now." };
        let said = format!("{verdict}, on {}.{counts} {}", uk_date(one.given), one.said.for_page());
        facts.fact(format!("{}, {}", one.from.for_page(), one.profession.words().to_lowercase()), said)
    });
    let said = vec![
        "Information about health stays closed until a health professional says that reading it does no serious harm, or \
         the person knows it already. Leaving something out because of serious harm needs their opinion, too."
            .to_owned(),
        format!("An opinion counts for six months: today, from {}.", uk_date(oldest_opinion(today))),
    ];
    let part = if request.stage.is_live() {
        Part { words: said, form, button: "Save the opinion", ..Part::default() }
    } else {
        Part { words: said, ..Part::default() }
    };
    Ok(page.part(part).send())
}

/// `POST /requests/{reference}/opinions`
pub async fn save(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let (field, said) = match date(&posted, "given") {
        Err(said) => ("given", said),
        Ok(given) => {
            let new = NewOpinion {
                from: words(&posted, "from").to_owned(),
                profession: Profession::from_slug(words(&posted, "profession")),
                given,
                harm: match words(&posted, "harm") {
                    "yes" => Some(true),
                    "no" => Some(false),
                    _ => None,
                },
                said: words(&posted, "words").to_owned(),
            };
            let error = match note_opinion(&app.office, &who.0, &reference, new).await {
                Ok(()) => return Ok(back(&reference, "opinion")),
                Err(OpinionError::Stopped(stopped)) => return Ok(stop(stopped)),
                Err(error) => error,
            };
            let field = match error {
                OpinionError::NoName => "from",
                OpinionError::NoProfession => "profession",
                OpinionError::Day(_) => "given",
                OpinionError::NotChosen => "harm",
                OpinionError::NoWords => "words",
                OpinionError::Over | OpinionError::Stopped(_) => "",
            };
            (field, error.to_string())
        }
    };
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    let mut form = opinion_form().fill(&posted);
    if field.is_empty() {
        form.error_overall(said);
    } else {
        form.error(field, said);
    }
    page(&app, &who, &view, form).await
}
