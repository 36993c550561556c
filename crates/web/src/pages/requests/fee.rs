//! A fee in place of a refusal, where the policy allows one, and the earlier requests that speak for or against it.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::letters::pounds;
use duties::requests::{
    AskFee, CaseView, FeeAllowed, FeeError, ask_fee, earlier, fee_allowed, preview_fee, receive_fee, view_case,
    waive_fee,
};

use super::posted::{Posted, date, parts, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::who::Who;

/// The earlier requests of whoever asks, as facts.
pub async fn earlier_facts(app: &App, who: &Who, reference: &str) -> Result<SummaryList, Problem> {
    let earlier = earlier(&app.office, &who.0, reference).await.map_err(problem)?;
    if earlier.is_empty() {
        return Ok(SummaryList::new().fact("Earlier requests", "None by the same person"));
    }
    Ok(earlier.into_iter().fold(SummaryList::new(), |facts, one| {
        let came = duties::clock::uk_date(one.received);
        facts.fact(one.reference, format!("Came on {came}. {}", one.stage.words()))
    }))
}

/// The way to asking for a fee, where the policy allows one.
pub async fn link(app: &App, who: &Who, reference: &str) -> Result<Vec<(&'static str, String)>, Problem> {
    let view = view_case(&app.office, &who.0, reference).await.map_err(problem)?;
    Ok(match fee_allowed(&view.case.house, &view.case.request) {
        FeeAllowed::None => Vec::new(),
        FeeAllowed::Reasonable | FeeAllowed::AtMost(_) => {
            vec![("Ask for a fee instead of refusing", format!("/requests/{reference}/fee"))]
        }
    })
}

fn fee_form() -> Form {
    Form::new()
        .ask(
            Field::area("items", "What does the fee cover?")
                .size("m")
                .hint("One on each line with its price, like: Copying 40 pages: 4.00. Only what the work costs")
                .rows(4),
        )
        .ask(Field::area("reasons", "The reasons").size("m").hint("They read this as you write it").rows(4))
        .ask(
            Field::area("evidence", "What shows it")
                .size("m")
                .hint("For the file. If they complain, we must prove it")
                .rows(4),
        )
}

/// `GET /requests/{reference}/fee`
pub async fn ask(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    page(&app, &who, &view, fee_form(), "").await
}

async fn page(app: &App, who: &Who, view: &CaseView, form: Form, wrong_day: &str) -> Result<Response, Problem> {
    let request = &view.case.request;
    let reference = &request.reference;
    let mut page = StepPage::new(app, who, reference, "Ask for a fee").await?;
    page.facts = earlier_facts(app, who, reference).await?;
    let allowed = match fee_allowed(&view.case.house, request) {
        FeeAllowed::None => {
            let words = vec!["Our policy speaks of no fee, so none can be asked for.".to_owned()];
            return Ok(page.part(Part { words, form: with_errors_only(&form), ..Part::default() }).send());
        }
        FeeAllowed::Reasonable => "Our policy allows a reasonable fee that covers the work.".to_owned(),
        FeeAllowed::AtMost(pence) => format!("Our policy allows at most {}.", pounds(pence)),
    };
    let Some(fee) = &request.fee else {
        let words = vec![
            format!("Only if the request is unfounded or excessive, in place of refusing it. {allowed}"),
            "From today the clock waits: the month starts on the day on which it is paid.".to_owned(),
        ];
        return Ok(page.part(Part { words, form, button: "Check before saving", ..Part::default() }).send());
    };
    page.facts = fee.items.iter().fold(page.facts, |facts, (what, pence)| facts.fact(what.clone(), pounds(*pence)));
    page.facts = page.facts.fact("Together", pounds(fee.pence()));
    page.facts = page.facts.fact("Asked for", duties::clock::weekday_date(fee.asked));
    if let Some(paid) = fee.paid {
        page.facts = page.facts.fact("Paid", duties::clock::weekday_date(paid));
        return Ok(page.part(Part { form: with_errors_only(&form), ..Part::default() }).send());
    }
    let (day, month, year) = parts(view.case.today());
    let mut paid = Form::new().ask(Field::date("paid-on", "When was it paid?").parts(day, month, year));
    if !wrong_day.is_empty() {
        paid.error("paid-on", wrong_day);
    }
    let paid = Part {
        heading: "It was paid".to_owned(),
        words: vec!["The month starts on the day on which it was paid.".to_owned()],
        action: format!("/requests/{reference}/fee/paid"),
        form: paid,
        button: "Note the payment",
        ..Part::default()
    };
    let waive = Part {
        heading: "We do without it".to_owned(),
        words: vec!["The days of waiting then count: the answer may be due sooner than you think.".to_owned()],
        action: format!("/requests/{reference}/fee/waive"),
        button: "Take the fee back",
        kind: "secondary",
        ..Part::default()
    };
    Ok(page.part(paid).part(waive).send())
}

/// A form without its fields, for a page that only says what is wrong.
fn with_errors_only(form: &Form) -> Form {
    let mut only = Form::new();
    if form.has_errors() {
        only.error_overall("This cannot be done any more. The page shows how things stand.");
    }
    only
}

/// `POST /requests/{reference}/fee`: first the check with the letter, then the deed.
pub async fn save(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let new = AskFee {
        items: words(&posted, "items").to_owned(),
        reasons: words(&posted, "reasons").to_owned(),
        evidence: words(&posted, "evidence").to_owned(),
    };
    let result = if words(&posted, "confirm") == "yes" {
        ask_fee(&app.office, &who.0, &reference, &new).await.map(|_| None)
    } else {
        preview_fee(&app.office, &who.0, &reference, &new).await.map(Some)
    };
    let wrong = match result {
        Ok(None) => return Ok(back(&reference, "fee-asked")),
        Ok(Some(letter)) => {
            let mut page = StepPage::new(&app, &who, &reference, "Check before you ask for a fee").await?;
            page.letter = letter;
            let hidden =
                [("items", &*new.items), ("reasons", &new.reasons), ("evidence", &new.evidence), ("confirm", "yes")]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .to_vec();
            let part = Part { hidden, button: "Ask for the fee and write the letter", ..Part::default() };
            return Ok(page.part(part).send());
        }
        Err(FeeError::Stopped(stopped)) => return Ok(stop(stopped)),
        Err(wrong) => wrong,
    };
    let mut form = fee_form().fill(&posted);
    let said = wrong.to_string();
    match wrong {
        FeeError::Line(_) | FeeError::NoItems | FeeError::TooMuch(_) => form.error("items", said),
        FeeError::NoReasons => form.error("reasons", said),
        FeeError::NoEvidence => form.error("evidence", said),
        _ => form.error_overall(said),
    };
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    page(&app, &who, &view, form, "").await
}

/// `POST /requests/{reference}/fee/paid`
pub async fn paid(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let wrong = match date(&posted, "paid-on") {
        Ok(on) => match receive_fee(&app.office, &who.0, &reference, on).await {
            Ok(()) => return Ok(back(&reference, "fee-paid")),
            Err(FeeError::Stopped(stopped)) => return Ok(stop(stopped)),
            Err(wrong) => wrong.to_string(),
        },
        Err(words) => words,
    };
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    page(&app, &who, &view, fee_form(), &wrong).await
}

/// `POST /requests/{reference}/fee/waive`
pub async fn waive(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    match waive_fee(&app.office, &who.0, &reference).await {
        Ok(()) => Ok(back(&reference, "fee-waived")),
        Err(FeeError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(wrong) => {
            let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
            let mut form = fee_form();
            form.error_overall(wrong.to_string());
            page(&app, &who, &view, form, "").await
        }
    }
}
