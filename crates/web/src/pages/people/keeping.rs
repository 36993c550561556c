//! How long a person's file is kept: closing it, opening it again, and what keeps it longer (K28, K29).

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use duties::keeping::{
    CloseError, HoldError, Keeping, NewClosure, NewHold, close_file, lift_hold, place_hold, reopen_file, review_hold,
    usual_end,
};
use duties::people::Why;
use duties::people::entered::FieldErrors;

use crate::access::Action;
use crate::app::App;
use crate::components::SummaryList;
use crate::forms::{Choice, Field, Form};
use crate::page::{Section, Title};
use crate::pages::requests::step::{Part, StepPage};
use crate::records::keeping::{Closure, Hold, HoldReason};
use crate::records::{FileId, Header, RecordId};
use crate::who::Who;

use super::file::Done;
use super::forms::{Posted, day, first_up, typed, typed_date};
use super::head::{Shown, shown};
use super::notes::ids;
use super::reason::file_id;
use super::timeline::said;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

/// Which form came back, with what was typed and what is wrong with it.
struct Wrong<'a> {
    form: Which,
    posted: &'a [(String, String)],
    errors: FieldErrors,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Close,
    Hold,
    Review(RecordId),
    Lift(RecordId),
}

/// The name of a use case's field in a form of this page, where several forms stand below each other.
fn field(form: Which, name: &str) -> String {
    match (form, name) {
        (Which::Close, name) | (Which::Hold, name @ ("because" | "until" | "review")) => name.to_owned(),
        (Which::Hold, name) => format!("hold-{name}"),
        (Which::Review(record), name) => format!("again-{name}-{record}"),
        (Which::Lift(record), name) => format!("end-{name}-{record}"),
    }
}

/// `GET /people/{file}/keeping`
pub async fn show(State(app): State<App>, who: Who, Path(file): Path<String>, Query(done): Query<Done>) -> Answer {
    page(&app, &who, file_id(&file)?, None, &done.done).await
}

async fn page(app: &App, who: &Who, file: FileId, wrong: Option<Wrong<'_>>, done: &str) -> Answer {
    let found = shown(app, &who.0, file, None, "/keeping").await?;
    let keeping = Keeping::of(&app.office, &found.opened);
    let may = async |action| app.office.would_permit(&who.0, action, Some(file), found.why.purpose).await;
    let (may_close, may_hold) = (may(Action::CloseFile).await, may(Action::HoldFile).await);
    if !may_close && !may_hold {
        return Err(Turned::Problem(crate::errors::Problem::NotFound));
    }
    let shell = app.shell(who, Title::new("How long we keep this file")).await?.within(Section::People);
    let back = (format!("/people/{file}"), found.head.called.clone());
    let mut page = StepPage::in_shell(said(shell, done), back, "How long we keep this file");
    page.facts = facts(&found, &keeping);
    let filled = |which: Which, form: Form| match &wrong {
        Some(wrong) if wrong.form == which => {
            let mut form = form.fill(wrong.posted);
            let named = |(name, words): &(&'static str, String)| (field(which, name), words.clone());
            for (name, words) in wrong.errors.iter().map(named) {
                form.error(&name, words);
            }
            form
        }
        _ => form,
    };
    if may_close {
        page.parts.extend(end_of_work(file, &keeping, &filled));
    }
    for (header, hold) in keeping.standing_holds().filter(|_| may_hold) {
        page.parts.push(review_part(header, hold, filled(Which::Review(header.id), review_form(header))));
        page.parts.push(Part {
            heading: "End it".to_owned(),
            words: vec!["The file is then kept as long as the policy says, and no longer.".to_owned()],
            action: hold_path(header, "end"),
            form: filled(Which::Lift(header.id), words_form(header, "end-words", "Why is it no longer needed?")),
            hidden: version(header),
            button: "End it",
            kind: "secondary",
        });
    }
    if may_hold {
        page.parts.push(hold_part(app, file, &found, &keeping, |form| filled(Which::Hold, form)));
    }
    Ok(page.send())
}

fn facts(found: &Shown, keeping: &Keeping) -> SummaryList {
    let mut list = SummaryList::new();
    let state = match &keeping.closure {
        Some((_, closure)) => vec![format!("Closed on {}", day(closure.on))],
        None => vec!["In use".to_owned()],
    };
    list = list.fact("The file", state);
    if let Some(rule) = &keeping.rule {
        let said = vec![format!("{} {}", rule.span.value.figures(), rule.from), first_up(&rule.span.origin.in_words())];
        list = list.fact("What our policy says", said);
    }
    if let (Some((_, closure)), Some(until)) = (&keeping.closure, keeping.kept_until) {
        list = list.fact("The time runs from", day(closure.left)).fact("Kept at least until", day(until));
        if let Some(words) = &closure.words {
            list = list.fact("About the end", words.for_page().lines().map(str::to_owned).collect::<Vec<_>>());
        }
        if let Some(words) = disposal_words(closure) {
            list = list.fact("Disposal", words);
        }
    }
    for (_, hold) in &keeping.holds {
        list = list.fact("Kept longer", hold_lines(found, hold));
    }
    list
}

fn disposal_words(closure: &Closure) -> Option<String> {
    let forward = closure.disposal.as_ref()?;
    Some(match &forward.agreed {
        None => format!("Put forward on {}; it waits for the second person", day(forward.on)),
        Some(agreed) => format!("Agreed; it is destroyed on {} unless somebody calls it off", day(agreed.from)),
    })
}

fn hold_lines(found: &Shown, hold: &Hold) -> Vec<String> {
    let mut lines = vec![format!("{}.", hold.because.words()), hold.words.for_page().clone()];
    if let Some(until) = hold.until {
        lines.push(format!("Until {}.", day(until)));
    }
    let name = |by: Option<FileId>| by.map_or("the program", |by| found.opened.house.staff_name(by)).to_owned();
    lines.push(format!("Since {}, by {}.", day(hold.on), name(hold.by)));
    for review in &hold.reviews {
        lines.push(format!("{}, {}: {}", day(review.on), name(review.by), review.words.for_page()));
    }
    lines.push(match hold.lifted {
        Some(lifted) => format!("Ended on {}.", day(lifted)),
        None => format!("To be looked at again by {}.", day(hold.review)),
    });
    lines
}

/// Closing, or opening again.
fn end_of_work(file: FileId, keeping: &Keeping, filled: &impl Fn(Which, Form) -> Form) -> Option<Part> {
    if keeping.closure.is_some() {
        return Some(Part {
            heading: "Open it again".to_owned(),
            words: vec![
                "They came back, or it was closed by mistake. Enrolling them with a service opens it by itself."
                    .to_owned(),
            ],
            action: format!("/people/{file}/keeping/reopen"),
            button: "Open it again",
            kind: "secondary",
            ..Part::default()
        });
    }
    if keeping.enrolled {
        return Some(Part {
            heading: "Close the file".to_owned(),
            words: vec!["They still use a service. Once that has ended, the file can be closed here.".to_owned()],
            form: filled(Which::Close, Form::new()),
            ..Part::default()
        });
    }
    let rule = keeping.rule.as_ref()?;
    let mut left = Field::date("left", "What was their last day with us?").hint("The time runs from this day.");
    if let Some(last) = keeping.last_day {
        left = left.parts(last.day().to_string(), last.month().to_string(), last.year().to_string());
    }
    let words = Field::area("words", "What is there to say about the end?").hint("You can leave this empty.").rows(2);
    Some(Part {
        heading: "Close the file".to_owned(),
        words: vec![format!(
            "Our work with them has ended. The file is kept for {} from their last day. All that time they can ask to \
             see it, and nobody destroys it without a second person.",
            rule.span.value.figures()
        )],
        action: format!("/people/{file}/keeping/close"),
        form: filled(Which::Close, Form::new().ask(left).ask(words)),
        button: "Close the file",
        ..Part::default()
    })
}

fn hold_part(app: &App, file: FileId, found: &Shown, keeping: &Keeping, filled: impl Fn(Form) -> Form) -> Part {
    let card = &found.opened.file.card;
    let born = card.born.as_ref().map(|born| *born.for_page());
    let from = keeping.closure.as_ref().map_or_else(|| app.office.today(), |(_, closure)| closure.left);
    let reasons = HoldReason::ALL.map(|reason| {
        let choice = Choice::new(reason.slug(), reason.words());
        match usual_end(reason, card.class, born, from) {
            Some((until, source)) => choice.hint(format!("Usually until {}: {source}", day(until))),
            None => choice.hint("Until somebody ends it"),
        }
    });
    let form = Form::new()
        .ask(Field::radios("because", "Why is it kept longer?", reasons))
        .ask(Field::area("hold-words", "What exactly?").hint("Which claim, which law, who asked for it.").rows(2))
        .ask(Field::date("until", "Until when?").hint("Leave it empty for the usual end of this reason, or for none."))
        .ask(
            Field::date("review", "When does somebody look at it again?")
                .hint("Within twelve months where there is no end, within five years where there is one."),
        );
    Part {
        heading: "Keep it longer".to_owned(),
        words: vec![
            "Where a law, a claim or somebody’s safety asks for it. While this stands, nobody can dispose of it."
                .to_owned(),
        ],
        action: format!("/people/{file}/keeping/longer"),
        form: filled(form),
        button: "Keep it longer",
        kind: "secondary",
        ..Part::default()
    }
}

fn hold_path(header: &Header, deed: &str) -> String {
    format!("/people/{}/keeping/longer/{}/{deed}", header.file, header.id)
}

fn version(header: &Header) -> Vec<(String, String)> {
    vec![("version".to_owned(), header.version.to_string())]
}

/// A form with one text. Its name bears the record, so that two holds on one page stay two forms.
fn words_form(header: &Header, name: &str, label: &'static str) -> Form {
    Form::new().ask(Field::area(format!("{name}-{}", header.id), label).rows(2))
}

fn review_form(header: &Header) -> Form {
    let id = header.id;
    words_form(header, "again-words", "Why is it still needed?")
        .ask(Field::date(format!("again-until-{id}"), "Until when?").hint("Leave it empty if this does not change."))
        .ask(Field::date(format!("again-review-{id}"), "When does somebody look at it again?"))
}

fn review_part(header: &Header, hold: &Hold, form: Form) -> Part {
    Part {
        heading: "Look at it again".to_owned(),
        words: vec![format!("{}: {}", hold.because.words(), hold.words.for_page())],
        action: hold_path(header, "review"),
        form,
        hidden: version(header),
        button: "It is still needed",
        kind: "secondary",
    }
}

async fn ready(app: &App, who: &Who, file: &str) -> Result<(FileId, Why), Turned> {
    let file = file_id(file)?;
    let why = why(app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/keeping"))?;
    Ok((file, why))
}

fn back(file: FileId, done: &str) -> Response {
    to(&format!("/people/{file}/keeping?done={done}"))
}

/// `POST /people/{file}/keeping/close`
pub async fn close(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, why) = ready(&app, &who, &file).await?;
    let new = NewClosure { left: typed_date(&posted, "left"), words: typed(&posted, "words").to_owned() };
    let errors = match close_file(&app.office, &who.0, file, &why, new).await {
        Ok(_) | Err(CloseError::NotOpen) => return Ok(back(file, "kept-closed")),
        Err(CloseError::Stopped(stopped)) => return Err(at_file(stopped, file, "/keeping")),
        Err(CloseError::Wrong(errors)) => errors,
        Err(wrong) => vec![("left", wrong.to_string())],
    };
    page(&app, &who, file, Some(Wrong { form: Which::Close, posted: &posted, errors }), "").await
}

/// `POST /people/{file}/keeping/reopen`
pub async fn reopen(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let (file, why) = ready(&app, &who, &file).await?;
    match reopen_file(&app.office, &who.0, file, &why).await {
        Err(CloseError::Stopped(stopped)) => Err(at_file(stopped, file, "/keeping")),
        // Open is open.
        _ => Ok(back(file, "kept-open")),
    }
}

/// `POST /people/{file}/keeping/longer`
pub async fn hold(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, why) = ready(&app, &who, &file).await?;
    let new = NewHold {
        because: HoldReason::from_slug(typed(&posted, "because")),
        words: typed(&posted, "hold-words").to_owned(),
        until: typed_date(&posted, "until"),
        review: typed_date(&posted, "review"),
    };
    match place_hold(&app.office, &who.0, file, &why, new).await {
        Ok(_) => Ok(back(file, "kept-longer")),
        Err(HoldError::Stopped(stopped)) => Err(at_file(stopped, file, "/keeping")),
        Err(HoldError::Wrong(errors)) => {
            page(&app, &who, file, Some(Wrong { form: Which::Hold, posted: &posted, errors }), "").await
        }
    }
}

/// `POST /people/{file}/keeping/longer/{record}/review`
pub async fn review(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, why, record) = with_record(&app, &who, &file, &record).await?;
    let (until, next) =
        (typed_date(&posted, &format!("again-until-{record}")), typed_date(&posted, &format!("again-review-{record}")));
    let words = (typed(&posted, &format!("again-words-{record}")), until.as_str(), next.as_str());
    let at = (file, record, typed(&posted, "version").parse().unwrap_or(0));
    let result = review_hold(&app.office, &who.0, at, &why, words).await;
    changed(&app, &who, (file, "kept-reviewed"), result, (Which::Review(record), &posted)).await
}

/// `POST /people/{file}/keeping/longer/{record}/end`
pub async fn lift(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, why, record) = with_record(&app, &who, &file, &record).await?;
    let at = (file, record, typed(&posted, "version").parse().unwrap_or(0));
    let words = typed(&posted, &format!("end-words-{record}"));
    let result = lift_hold(&app.office, &who.0, at, &why, words).await;
    changed(&app, &who, (file, "kept-lifted"), result, (Which::Lift(record), &posted)).await
}

async fn with_record(app: &App, who: &Who, file: &str, record: &str) -> Result<(FileId, Why, RecordId), Turned> {
    let (_, record) = ids(file, record)?;
    let (file, why) = ready(app, who, file).await?;
    Ok((file, why, record))
}

async fn changed(
    app: &App,
    who: &Who,
    (file, done): (FileId, &str),
    result: Result<(), HoldError>,
    (form, posted): (Which, &[(String, String)]),
) -> Answer {
    match result {
        Ok(()) => Ok(back(file, done)),
        Err(HoldError::Stopped(stopped)) => Err(at_file(stopped, file, "/keeping")),
        Err(HoldError::Wrong(errors)) => page(app, who, file, Some(Wrong { form, posted, errors }), "").await,
    }
}
