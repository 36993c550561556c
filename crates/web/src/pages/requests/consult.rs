//! Asking somebody whether what they told may be given; what they said; what was weighed.

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use duties::clock::uk_date;
use duties::requests::{
    AskedSomebody, Case, ConsultError, NewConsultation, USUAL_DAYS, chase, consult, consultations, note_reply, weigh,
};
use jiff::ToSpan as _;
use serde::Deserialize;

use super::posted::{Posted, date, parts, words};
use super::step::{Part, StepPage, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::consultation::{Agreed, Consultation};
use crate::records::requests::{Details, Stage};
use crate::records::{Personal, RecordId};
use crate::who::Who;

/// The record from which somebody comes, from 1.
#[derive(Debug, Default, Deserialize)]
pub struct About {
    #[serde(default)]
    item: String,
}

const HEADING: &str = "Asking others";

/// `GET /requests/{reference}/consultations`
pub async fn list(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Query(about): Query<About>,
) -> Result<Response, Problem> {
    let (case, asked) = consultations(&app.office, &who.0, &reference).await.map_err(problem)?;
    let form = ask_form(&case, &about.item);
    list_page(&app, &who, (&case, &asked), form).await
}

async fn list_page(
    app: &App,
    who: &Who,
    (case, asked): (&Case, &[AskedSomebody]),
    form: Form,
) -> Result<Response, Problem> {
    let reference = &case.request.reference;
    let mut page = StepPage::new(app, who, reference, HEADING).await?;
    page.facts = asked.iter().fold(SummaryList::new(), |facts, (header, _, one)| {
        let href = format!("/requests/{reference}/consultations/{}", header.id);
        facts.fact(one.name(), state(one)).action("Open", href, one.name())
    });
    let why = vec![
        "What somebody told us in confidence, or what names somebody else, can be given where they agree, or where it is \
         reasonable without. Ask them; tell them no more than they know already, and never who asked."
            .to_owned(),
        "As long as it is not decided, the records stay closed. Do not ask where asking would put somebody in danger: weigh it \
         yourself, in the remarks of the record."
            .to_owned(),
    ];
    let part = if may_ask(case) {
        Part { heading: "Ask somebody".to_owned(), words: why, form, button: "Write the letter", ..Part::default() }
    } else {
        Part { words: why, ..Part::default() }
    };
    Ok(page.part(part).send())
}

fn may_ask(case: &Case) -> bool {
    matches!(case.request.stage, Stage::Open | Stage::Review) && !case.request.items.is_empty()
}

/// How one of them stands.
fn state(one: &Consultation) -> String {
    match (&one.weighed, &one.reply) {
        (Some(weighed), _) if weighed.give => format!("Decided on {}: it may be given", uk_date(weighed.on)),
        (Some(weighed), _) => format!("Decided on {}: it stays out", uk_date(weighed.on)),
        (None, Some(reply)) => format!("{}, on {}. To be decided", reply.agreed.words(), uk_date(reply.on)),
        (None, None) => format!("Asked on {}, answer wanted by {}", uk_date(one.asked), uk_date(one.reply_by)),
    }
}

fn ask_form(case: &Case, item: &str) -> Form {
    let by = parts(case.today().saturating_add(USUAL_DAYS.days()));
    let item = if item.bytes().all(|byte| byte.is_ascii_digit()) { item } else { "" };
    Form::new()
        .ask(
            Field::text("items", "Which records is it about?")
                .hint("Their numbers in the list of what is read through, like 3, 5")
                .value(item)
                .width(10),
        )
        .ask(
            Field::area("passage", "Which words in them?")
                .hint(
                    "Leave it empty where it is about the whole record. Copied words close only themselves: cover them, and the \
                     rest can be given while you wait",
                )
                .rows(2),
        )
        .ask(Field::text("name", "Whom do you ask?").hint("Name and place of work, like Dr Example, Elm Surgery"))
        .ask(Field::area("address", "Their postal address").rows(3))
        .ask(Field::email("email", "Or their e-mail address"))
        .ask(
            Field::area("about", "What is it about?")
                .hint(
                    "They read it as you write it. Enough to know what is meant, and nothing that they do not know: the letter \
                     you sent us in March about sleep",
                )
                .rows(4),
        )
        .ask(Field::date("reply", "By when do you want their answer?").parts(by.0, by.1, by.2))
}

/// `POST /requests/{reference}/consultations`
pub async fn ask(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let detail = |name: &str| {
        let typed = words(&posted, name);
        (!typed.is_empty()).then(|| Personal::new(typed.to_owned()))
    };
    let (field, said) = match date(&posted, "reply") {
        Err(said) => ("reply", said),
        Ok(reply_by) => {
            let whom = Details {
                name: detail("name"),
                address: detail("address"),
                email: detail("email"),
                ..Details::default()
            };
            let new = NewConsultation {
                items: words(&posted, "items").to_owned(),
                passage: words(&posted, "passage").to_owned(),
                whom,
                about: words(&posted, "about").to_owned(),
                reply_by,
            };
            match consult(&app.office, &who.0, &reference, new).await {
                Ok(letter) => {
                    return Ok(Redirect::to(&format!("/requests/{reference}/letters/{letter}")).into_response());
                }
                Err(ConsultError::Stopped(stopped)) => return Ok(stop(stopped)),
                Err(error) => {
                    let field = match error {
                        ConsultError::NoName => "name",
                        ConsultError::NoItems => "items",
                        ConsultError::NoPassage(_) => "passage",
                        ConsultError::NoWords => "about",
                        ConsultError::Day => "reply",
                        _ => "",
                    };
                    (field, error.to_string())
                }
            }
        }
    };
    let (case, asked) = consultations(&app.office, &who.0, &reference).await.map_err(problem)?;
    let form = amiss(ask_form(&case, "").fill(&posted), field, said);
    list_page(&app, &who, (&case, &asked), form).await
}

fn amiss(mut form: Form, field: &str, said: String) -> Form {
    if field.is_empty() {
        form.error_overall(said);
    } else {
        form.error(field, said);
    }
    form
}

fn reply_form() -> Form {
    let answers = Agreed::ALL.map(|one| Choice::new(one.slug(), one.words()));
    Form::new()
        .ask(Field::radios("agreed", "What did they say?", answers).size("s"))
        .ask(Field::area("words", "In their words").size("s").rows(4))
}

fn weigh_form() -> Form {
    let outcomes = [
        Choice::new("give", "It may be given")
            .hint("Read it through as any other record: passages can still be covered"),
        Choice::new("out", "It stays out"),
    ];
    Form::new().ask(Field::radios("outcome", "What do you decide?", outcomes).size("s")).ask(
        Field::area("reasons", "What did you weigh?")
            .hint(
                "What kind of information it is, whether it was promised to be kept to oneself, what was done to ask, whether \
                 they could agree, and whether they said no. Without their agreement it can be given where that is reasonable; \
                 say why",
            )
            .size("s")
            .rows(5),
    )
}

/// `GET /requests/{reference}/consultations/{id}`
pub async fn show(
    State(app): State<App>,
    who: Who,
    Path((reference, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    one_page(&app, &who, &reference, &id, (reply_form(), weigh_form())).await
}

async fn one_page(
    app: &App,
    who: &Who,
    reference: &str,
    id: &str,
    (reply, weighing): (Form, Form),
) -> Result<Response, Problem> {
    let (case, asked) = consultations(&app.office, &who.0, reference).await.map_err(problem)?;
    let record: RecordId = id.parse().map_err(|_| Problem::NotFound)?;
    let (_, _, one) = asked.into_iter().find(|(header, ..)| header.id == record).ok_or(Problem::NotFound)?;
    let mut page = StepPage::new(app, who, reference, HEADING).await?;
    page.base = format!("/requests/{reference}/consultations");
    page.facts = facts(&case, &one);
    let at = format!("/requests/{reference}/consultations/{id}");
    let open = matches!(case.request.stage, Stage::Open | Stage::Review);
    if open {
        let answer = Part {
            heading: if one.reply.is_some() { "They said something else since" } else { "Their answer" }.to_owned(),
            action: format!("{at}/reply"),
            form: reply,
            button: "Save their answer",
            kind: if one.reply.is_some() { "secondary" } else { "" },
            ..Part::default()
        };
        if one.reply.is_some() {
            page = page.part(Part {
                heading: if one.weighed.is_some() { "Weigh it anew" } else { "Weigh it" }.to_owned(),
                action: format!("{at}/weigh"),
                form: weighing,
                button: "Decide",
                ..Part::default()
            });
        }
        page = page.part(answer);
        if one.reply.is_none() {
            page = page.part(Part {
                heading: "No answer?".to_owned(),
                action: format!("{at}/chase"),
                button: "Ask once more",
                kind: "secondary",
                ..Part::default()
            });
        }
    }
    page.links = one
        .letters
        .iter()
        .map(|letter| ("The letter to them", format!("/requests/{reference}/letters/{letter}")))
        .collect();
    Ok(page.send())
}

fn facts(case: &Case, one: &Consultation) -> SummaryList {
    let place = |item| case.request.items.iter().position(|other| other == item).map(|place| (place + 1).to_string());
    let places: Vec<String> = one.items.iter().filter_map(place).collect();
    let mut facts = SummaryList::new()
        .fact("Whom", one.name())
        .fact("Records", if places.is_empty() { "Gathered anew since".to_owned() } else { places.join(", ") })
        .fact("What it is about", one.about.for_page().clone())
        .fact("Which words", one.passage.as_ref().map_or("All of the record", |words| words.for_page()).to_owned())
        .fact("How it stands", state(one));
    if !one.chased.is_empty() {
        let days: Vec<String> = one.chased.iter().map(|day| uk_date(*day)).collect();
        facts = facts.fact("Asked again", days.join(", "));
    }
    if let Some(reply) = one.reply.as_ref().filter(|reply| !reply.words.for_page().is_empty()) {
        facts = facts.fact("Their words", reply.words.for_page().clone());
    }
    if let Some(weighed) = one.weighed.as_ref().filter(|weighed| !weighed.reasons.for_page().is_empty()) {
        facts = facts.fact("What was weighed", weighed.reasons.for_page().clone());
    }
    facts
}

type At = Path<(String, String)>;

fn id_of(id: &str) -> Result<RecordId, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

fn done(reference: &str, id: &str) -> Response {
    Redirect::to(&format!("/requests/{reference}/consultations/{id}")).into_response()
}

/// `POST /requests/{reference}/consultations/{id}/chase`
pub async fn again(State(app): State<App>, who: Who, Path((reference, id)): At) -> Result<Response, Problem> {
    match chase(&app.office, &who.0, &reference, id_of(&id)?).await {
        Ok(letter) => Ok(Redirect::to(&format!("/requests/{reference}/letters/{letter}")).into_response()),
        Err(ConsultError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(_) => Ok(done(&reference, &id)),
    }
}

/// `POST /requests/{reference}/consultations/{id}/reply`
pub async fn replied(
    State(app): State<App>,
    who: Who,
    Path((reference, id)): At,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let said = (Agreed::from_slug(words(&posted, "agreed")), words(&posted, "words"));
    match note_reply(&app.office, &who.0, &reference, id_of(&id)?, said).await {
        Ok(()) => Ok(done(&reference, &id)),
        Err(ConsultError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(error) => {
            let form = amiss(reply_form().fill(&posted), "agreed", error.to_string());
            one_page(&app, &who, &reference, &id, (form, weigh_form())).await
        }
    }
}

/// `POST /requests/{reference}/consultations/{id}/weigh`
pub async fn weighed(
    State(app): State<App>,
    who: Who,
    Path((reference, id)): At,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let give = match words(&posted, "outcome") {
        "give" => Some(true),
        "out" => Some(false),
        _ => None,
    };
    match weigh(&app.office, &who.0, &reference, id_of(&id)?, (give, words(&posted, "reasons"))).await {
        Ok(()) => Ok(done(&reference, &id)),
        Err(ConsultError::Stopped(stopped)) => Ok(stop(stopped)),
        // Before there is an answer the page asks for that, and not for a decision.
        Err(error @ ConsultError::NoReply) => {
            let form = amiss(reply_form(), "agreed", error.to_string());
            one_page(&app, &who, &reference, &id, (form, weigh_form())).await
        }
        Err(error) => {
            let field = if matches!(error, ConsultError::NoReasons) { "reasons" } else { "outcome" };
            let form = amiss(weigh_form().fill(&posted), field, error.to_string());
            one_page(&app, &who, &reference, &id, (reply_form(), form)).await
        }
    }
}
