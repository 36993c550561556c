//! Who is asking, and may they: known, proof asked for and received, authority for somebody else.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::{
    AuthorityError, CaseView, IdentityError, Proofs, ask_authority as do_ask_authority, ask_identity, numbers,
    proofs_wanted, receive_identity, view_case, vouch,
};

use super::posted::{Posted, date, parts, words};
use super::standing;
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::who::Who;

/// An error that belongs to a field, or to none.
pub(super) type Wrong = Option<(&'static str, String)>;

/// `GET /requests/{reference}/identity`
pub async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, &reference, &[], None).await
}

pub(super) async fn page(
    app: &App,
    who: &Who,
    reference: &str,
    posted: &[(String, String)],
    wrong: Wrong,
) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Who is asking, and may they?").await?;
    page.facts = facts(&view);
    let mut parts = Vec::new();
    let request = &view.case.request;
    if request.stage.is_live() {
        parts.extend(identity_parts(&view));
        parts.extend(standing::phone_part(&view, &numbers(&app.office, &who.0, reference).await.map_err(problem)?));
        parts.extend(standing::right_parts(&view));
    }
    page.warning = standing::warning(&view);
    page.links = standing::links(&view);
    if parts.is_empty() {
        parts.push(Part { words: vec!["All of this is settled.".to_owned()], ..Part::default() });
    }
    for part in &mut parts {
        part.form = fill_if_asked(std::mem::take(&mut part.form), posted);
    }
    if let Some((name, words)) = wrong {
        let at = parts.iter().position(|part| part.form.fields().iter().any(|field| field.name == name));
        if let Some(part) = parts.get_mut(at.unwrap_or(0)) {
            part.form.error(name, words);
        }
    }
    page.parts = parts;
    Ok(page.send())
}

/// What was posted, put back where a form has such a field; the form of another step keeps what it began with.
fn fill_if_asked(form: Form, posted: &[(String, String)]) -> Form {
    let asks =
        |key: &str| form.fields().iter().any(|field| key == field.name || key.starts_with(&format!("{}-", field.name)));
    if posted.iter().any(|(key, _)| asks(key)) { form.fill(posted) } else { form }
}

fn facts(view: &CaseView) -> SummaryList {
    let request = &view.case.request;
    let mut facts = SummaryList::new().fact("About", view.subject.clone());
    if let (Some(name), Some(requester)) = (&view.requester, &request.requester) {
        facts = facts.fact("Asked by", format!("{name}, {}", requester.relation.for_page()));
        if let Some(authority) = &requester.authority {
            facts = facts.fact("By what right", authority.for_page().clone());
        }
    } else {
        facts = facts.fact("Asked by", "The person themselves");
    }
    facts = standing::facts(facts, view);
    if let Some(because) = &request.known_because {
        facts = facts.fact("Known without papers", because.for_page().clone());
    }
    if let Some(asked) = &request.identity {
        let seen = asked.seen.as_ref().map(|seen| seen.for_page().clone());
        facts = facts.fact("Proof asked for", duties::clock::weekday_date(asked.asked));
        if let (Some(on), Some(seen)) = (asked.received, seen) {
            facts = facts.fact("Proof seen", format!("{seen}, on {}", duties::clock::weekday_date(on)));
        }
    }
    facts
}

fn identity_parts(view: &CaseView) -> Vec<Part> {
    let request = &view.case.request;
    let reference = &request.reference;
    let settled = request.known_because.is_some() || request.identity.as_ref().is_some_and(|a| a.received.is_some());
    if settled {
        return Vec::new();
    }
    let known = Part {
        heading: "Somebody here knows them".to_owned(),
        words: vec![
            "Then say so, and ask for nothing. The law lets you ask for proof only where there is doubt.".to_owned(),
        ],
        action: format!("/requests/{reference}/identity/known"),
        form: Form::new().ask(
            Field::area("known", "Who knows them, and how?")
                .hint("For example: Mo has worked with the family since 2023 and spoke with her by telephone today")
                .rows(3),
        ),
        button: "They are known",
        ..Part::default()
    };
    let count = proofs_wanted(&view.case.house, request);
    let proof = match &request.identity {
        None => Part {
            heading: "Nobody knows them".to_owned(),
            words: vec![
                format!(
                    "The letter asks for {}, as our policy says.",
                    if count == 1 { "one proof of identity".to_owned() } else { format!("{count} proofs of identity") }
                ),
                "From today the clock waits: the month starts on the day on which the proof comes.".to_owned(),
            ],
            action: format!("/requests/{reference}/identity/ask"),
            button: "Write to ask for proof",
            kind: "secondary",
            ..Part::default()
        },
        Some(_) => Part {
            heading: "The proof came".to_owned(),
            words: vec![
                "Note what you saw, and keep no copy. The month starts on the day on which it came.".to_owned(),
            ],
            action: format!("/requests/{reference}/identity/received"),
            form: received_form(view, count),
            button: "The proof is here",
            ..Part::default()
        },
    };
    if request.identity.is_some() { vec![proof, known] } else { vec![known, proof] }
}

fn received_form(view: &CaseView, count: u32) -> Form {
    let (day, month, year) = parts(view.case.today());
    let mut form = Form::new().ask(
        Field::area("identity-seen", "What did you see?")
            .hint("Each on a line of its own, like: Passport, seen and handed back")
            .rows(3),
    );
    if count > 1 {
        form = form.ask(
            Field::text("identity-fewer", "Why is that enough? (only if you saw fewer)")
                .hint(format!("Our policy lets us ask for {count}. It does not oblige us")),
        );
    }
    form.ask(Field::date("identity-on", "When did it come?").parts(day, month, year))
}

/// `POST /requests/{reference}/identity/ask`
pub async fn ask(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    match ask_identity(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(back(&reference, "identity-asked")),
        Err(error) => identity_wrong(&app, &who, &reference, &[], error).await,
    }
}

/// `POST /requests/{reference}/identity/received`
pub async fn received(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let on = match date(&posted, "identity-on") {
        Ok(on) => on,
        Err(words) => return page(&app, &who, &reference, &posted, Some(("identity-on", words))).await,
    };
    let proofs = Proofs {
        on,
        seen: words(&posted, "identity-seen").to_owned(),
        fewer_because: words(&posted, "identity-fewer").to_owned(),
    };
    match receive_identity(&app.office, &who.0, &reference, &proofs).await {
        Ok(()) => Ok(back(&reference, "identity-received")),
        Err(error) => identity_wrong(&app, &who, &reference, &posted, error).await,
    }
}

/// `POST /requests/{reference}/identity/known`
pub async fn known(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    match vouch(&app.office, &who.0, &reference, words(&posted, "known")).await {
        Ok(()) => Ok(back(&reference, "known")),
        Err(error @ IdentityError::NoWords(_)) => {
            page(&app, &who, &reference, &posted, Some(("known", error.to_string()))).await
        }
        Err(error) => identity_wrong(&app, &who, &reference, &posted, error).await,
    }
}

async fn identity_wrong(
    app: &App,
    who: &Who,
    reference: &str,
    posted: &[(String, String)],
    error: IdentityError,
) -> Result<Response, Problem> {
    let field = match error {
        IdentityError::Stopped(stopped) => return Ok(stop(stopped)),
        IdentityError::NoWords(_) => "identity-seen",
        IdentityError::Date(_) => "identity-on",
        IdentityError::Fewer(..) => "identity-fewer",
        IdentityError::Known
        | IdentityError::AskedBefore(_)
        | IdentityError::Settled
        | IdentityError::NotAsked
        | IdentityError::Over => "",
    };
    page(app, who, reference, posted, Some((field, error.to_string()))).await
}

/// `POST /requests/{reference}/authority/ask`
pub async fn ask_authority(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
) -> Result<Response, Problem> {
    match do_ask_authority(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(back(&reference, "authority-asked")),
        Err(error) => authority_wrong(&app, &who, &reference, &[], error).await,
    }
}

async fn authority_wrong(
    app: &App,
    who: &Who,
    reference: &str,
    posted: &[(String, String)],
    error: AuthorityError,
) -> Result<Response, Problem> {
    match error {
        AuthorityError::Stopped(stopped) => Ok(stop(stopped)),
        error => page(app, who, reference, posted, Some(("", error.to_string()))).await,
    }
}
