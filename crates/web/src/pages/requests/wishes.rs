//! Questions, and changes that somebody wants: noted, settled one by one, and told in a letter (K22).

use std::fmt::Write as _;

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use duties::requests::wishes::{NewWish, WishError, note_wish, settle_wish, tell_wishes, wishes};

use super::case::Done;
use super::posted::{Posted, words};
use super::step::{Part, StepPage, done_words};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::wish::{Wish, WishKind};
use crate::records::{Header, RecordId};
use crate::who::Who;

/// An error, with the item and the field that it belongs to; the item is none for a new one.
type Wrong = Option<(Option<RecordId>, &'static str, String)>;

/// `GET /requests/{reference}/wishes`
pub async fn show(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    page(&app, &who, &reference, (&[], None), &done.done).await
}

async fn page(
    app: &App,
    who: &Who,
    reference: &str,
    (posted, wrong): (&[(String, String)], Wrong),
    done: &str,
) -> Result<Response, Problem> {
    let all = wishes(&app.office, &who.0, reference).await.map_err(problem)?;
    let mut page = StepPage::new(app, who, reference, "Questions and changes").await?;
    if let Some(words) = done_words(done) {
        page.shell = page.shell.result(words, true);
    }
    let settled = all.iter().filter(|(_, wish)| wish.outcome.is_some());
    page.facts =
        settled.fold(SummaryList::new(), |facts, (_, wish)| facts.fact(wish.words.for_page().clone(), came_of(wish)));
    let at = |item: Option<RecordId>| wrong.as_ref().filter(|(of, ..)| *of == item);
    for (header, wish) in all.iter().filter(|(_, wish)| wish.outcome.is_none()) {
        let mut form = settle_form(wish);
        if let Some((_, field, said)) = at(Some(header.id)) {
            form = form.fill(posted);
            form.error(field, said.clone());
        }
        page.parts.push(open_part(reference, header, wish, form));
    }
    if all.iter().any(|(_, wish)| wish.outcome.is_some()) {
        page.parts.push(Part {
            heading: "Tell them".to_owned(),
            words: vec!["One letter says what came of everything that is settled.".to_owned()],
            action: format!("/requests/{reference}/wishes/letter"),
            button: "Write the letter",
            ..Part::default()
        });
    }
    let mut form = note_form();
    if let Some((_, field, said)) = at(None) {
        form = form.fill(posted);
        form.error(field, said.clone());
    }
    page.parts.push(Part {
        heading: "Note another".to_owned(),
        words: vec!["They asked or wrote after they had read the answer.".to_owned()],
        form,
        button: "Note it",
        kind: "secondary",
        ..Part::default()
    });
    Ok(page.send())
}

fn came_of(wish: &Wish) -> Vec<String> {
    let Some(outcome) = &wish.outcome else { return Vec::new() };
    let verb = match (wish.wish, outcome.done) {
        (WishKind::Question, _) => "Answered",
        (WishKind::Change, true) => "Changed",
        (WishKind::Change, false) => "Not changed",
    };
    vec![format!("{verb} on {}", duties::clock::uk_date(outcome.on)), outcome.words.for_page().clone()]
}

fn open_part(reference: &str, header: &Header, wish: &Wish, form: Form) -> Part {
    let mut came = format!("{}, {}", wish.wish.words(), duties::clock::uk_date(wish.on));
    if let Some(viewing) = wish.viewing {
        let _ = write!(came, ", at viewing {viewing}");
    }
    Part {
        heading: wish.words.for_page().clone(),
        words: vec![format!("{came}.")],
        action: format!("/requests/{reference}/wishes/{}", header.id),
        form,
        button: "Settle it",
        ..Part::default()
    }
}

fn settle_form(wish: &Wish) -> Form {
    let ways = match wish.wish {
        WishKind::Question => vec![Choice::new("done", "Answered")],
        WishKind::Change => vec![
            Choice::new("done", "We changed it").hint("Put it right in the file first: add a correction to the record"),
            Choice::new("declined", "We do not change it").hint("Their words stay in the file beside ours"),
        ],
    };
    Form::new()
        .ask(Field::radios("came", "What came of it?", ways).value(if wish.wish == WishKind::Question {
            "done"
        } else {
            ""
        }))
        .ask(
            Field::area("outcome", "The answer, what was changed, or why not")
                .hint("They read it as you write it")
                .rows(3),
        )
}

fn note_form() -> Form {
    let kinds = WishKind::ALL.map(|kind| Choice::new(kind.slug(), kind.words()));
    Form::new().ask(Field::radios("wish", "What is it?", kinds)).ask(Field::area("words", "In their words").rows(3))
}

/// `POST /requests/{reference}/wishes`
pub async fn note(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let new = NewWish {
        wish: WishKind::from_slug(words(&posted, "wish")),
        words: words(&posted, "words").to_owned(),
        ..NewWish::default()
    };
    let (field, said) = match note_wish(&app.office, &who.0, &reference, new).await {
        Ok(_) => return Ok(back(&reference, "wish-noted")),
        Err(WishError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(wrong @ WishError::NotChosen) => ("wish", wrong.to_string()),
        Err(wrong) => ("words", wrong.to_string()),
    };
    page(&app, &who, &reference, (&posted, Some((None, field, said))), "").await
}

/// `POST /requests/{reference}/wishes/{wish}`
pub async fn settle(
    State(app): State<App>,
    who: Who,
    Path((reference, wish)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let wish: RecordId = wish.parse().map_err(|_| Problem::NotFound)?;
    let (field, said) = match words(&posted, "came") {
        came @ ("done" | "declined") => {
            let outcome = (wish, came == "done", words(&posted, "outcome"));
            match settle_wish(&app.office, &who.0, &reference, outcome).await {
                // Settled twice is settled.
                Ok(()) | Err(WishError::Settled) => return Ok(back(&reference, "wish-settled")),
                Err(WishError::Stopped(stopped)) => return Err(problem(stopped)),
                Err(wrong) => ("outcome", wrong.to_string()),
            }
        }
        _ => ("came", "Choose what came of it".to_owned()),
    };
    page(&app, &who, &reference, (&posted, Some((Some(wish), field, said))), "").await
}

/// `POST /requests/{reference}/wishes/letter`
pub async fn tell(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    match tell_wishes(&app.office, &who.0, &reference).await {
        Ok(_) => Ok(super::step::back(&reference, "wishes-told")),
        Err(WishError::Stopped(stopped)) => Err(problem(stopped)),
        Err(_) => Err(Problem::Conflict),
    }
}

fn back(reference: &str, done: &str) -> Response {
    Redirect::to(&format!("/requests/{reference}/wishes?done={done}")).into_response()
}
