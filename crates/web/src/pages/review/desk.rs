//! The desk (S9): one item at a time, its lines, what the program points at, and every decision as a button.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form as Body, Router};
use duties::papers::redact::{RedactionReason, Redactions, Segment};
use duties::requests::review::{
    AllOf, CheckError, DecideError, Decision, OnTheDesk, SeenItem, Stretch, Unmet, cover_all, cover_everywhere, decide,
    open_item, reason_of, send_to_check,
};
use serde::Deserialize;

use super::pages::{self, PagesOn};
use super::{Answered, Posted, all_posted, posted, reason, reasons, see};
use crate::app::{App, problem};
use crate::components::{Covered, Review, ReviewRow, Span};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::requests::{Stage, Verdict};
use crate::who::Who;

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    view: String,
    #[serde(default)]
    done: String,
    #[serde(default)]
    screen: usize,
}

/// A suggestion with the buttons that decide about it.
struct Pointer {
    id: String,
    words: String,
    why: String,
    place: String,
}

/// A covering with the button that takes it away.
struct Lifted {
    words: String,
    reason: String,
    place: String,
}

struct ListRow {
    position: u32,
    title: &'static str,
    state: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "review/desk.html")]
struct DeskPage {
    shell: Shell,
    reference: String,
    back: String,
    heading: String,
    facts: Vec<(String, String)>,
    position: u32,
    total: usize,
    editable: bool,
    stage: &'static str,
    as_requester: bool,
    review: Review,
    pointers: Vec<Pointer>,
    lifted: Vec<Lifted>,
    list: Vec<ListRow>,
    left_to_read: usize,
    in_confidence: String,
    health: bool,
    lacks: String,
    withheld_for: String,
    read: bool,
    comments: String,
    cautions: Vec<(&'static str, &'static str)>,
    pages: Option<PagesOn>,
    copies: Vec<(u32, usize)>,
    some_people: bool,
    form: Form,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{reference}/review", get(first))
        .route("/requests/{reference}/review/send", post(send))
        .route("/requests/{reference}/review/{position}", get(show).post(act))
}

/// To the first item that nobody has read, or the first.
async fn first(State(app): State<App>, Who(who): Who, Path(reference): Path<String>) -> Answered {
    let desk = open_item(&app.office, &who, &reference, 1).await.map_err(problem)?;
    let next = desk.list.iter().find(|one| one.verdict == Verdict::Unread).map_or(1, |one| one.position);
    Ok(see(&format!("/requests/{reference}/review/{next}")))
}

async fn show(
    State(app): State<App>,
    who: Who,
    Path((reference, position)): Path<(String, u32)>,
    Query(asked): Query<Asked>,
) -> Answered {
    let desk = open_item(&app.office, &who.0, &reference, position).await.map_err(problem)?;
    let form = questions(RedactionReason::AboutSomeoneElse, &desk);
    let pages = pages::pages(
        &desk,
        &format!("/requests/{reference}/review/{position}"),
        asked.screen,
        asked.view == "requester",
    );
    let mut page = page(&app, &who, desk, form).await?;
    page.pages = pages;
    if asked.view == "requester" {
        page.as_requester = true;
    }
    if let Some((words, good)) = done_words(&asked.done) {
        page.shell = page.shell.result(words, good);
    }
    let page = if page.as_requester { requester_page(page) } else { page };
    Ok(Page::new(page).into_response())
}

fn done_words(done: &str) -> Option<(&'static str, bool)> {
    Some(match done {
        "covered" => ("Covered.", true),
        "everywhere" => ("Covered in every record of this request where the words stand.", true),
        "left" => ("Left as it is.", true),
        "uncovered" => ("Shown again.", true),
        "undone" => ("Taken back.", true),
        "read" => ("Read. The next record is open.", true),
        "withheld" => ("This record is left out whole.", true),
        "again" => ("This record is to be read again.", true),
        "remark" => ("Remarks saved.", true),
        "known" => ("Saved how they know it.", true),
        "lacking" => (
            "Not sent. This record lacks something: see below, and the remarks. Add it, or choose another reason.",
            false,
        ),
        "seen" => ("Noted that you looked at these pages.", true),
        "pictures" => ("Changed how the pages go out.", true),
        "silent" => (
            "Not sent. This record was told in confidence, and a remark must say why it goes out. Write it below, or leave \
             the record out.",
            false,
        ),
        _ => return None,
    })
}

fn questions(chosen: RedactionReason, desk: &OnTheDesk) -> Form {
    let remarks = desk.item.review.remarks.as_ref().map(|remarks| remarks.for_page().clone()).unwrap_or_default();
    let form = Form::new()
        .ask(reasons(chosen))
        .ask(Field::text("words", "Words to cover").hint("Every place where they stand, in small letters or capitals."))
        .ask(
            Field::text("known", "How do they know it already?")
                .hint("For example: she told us herself on 3 March, or the clinic wrote to her")
                .value(
                    desk.item.review.known_to_them.as_ref().map(|known| known.for_page().clone()).unwrap_or_default(),
                ),
        )
        .ask(Field::area("remarks", "Remarks for the second person").rows(3).value(remarks));
    let form = pages::ask_all(form, &desk.people);
    match &desk.texts.pages {
        Some(pages) => pages::ask(form, pages.pages.len()),
        None => form,
    }
}

async fn page(app: &App, who: &Who, desk: OnTheDesk, form: Form) -> Result<DeskPage, Problem> {
    let request = &desk.case.request;
    let reference = request.reference.clone();
    let shell = app.shell(who, Title::new("Read through").reference(&reference)).await?.within(Section::Requests);
    let review = &desk.item.review;
    let editable = request.stage == Stage::Review;
    let list = desk.list.iter().map(|one| ListRow {
        position: one.position,
        title: one.title,
        state: state_words(one.verdict, one.covered),
        here: one.position == review.position,
    });
    let confidence = desk.texts.in_confidence.as_ref().map(|whom| {
        format!(
            "Told in confidence by {whom}. It goes out only where they agree, or with a remark that says why you share it \
             without."
        )
    });
    let confidence = confidence.unwrap_or_default();
    let sent_back = request.second_checks.last().filter(|check| !check.approved && editable);
    Ok(DeskPage {
        heading: desk.texts.happened.map_or_else(
            || desk.texts.heading.to_owned(),
            |day| format!("{} of {}", desk.texts.heading, duties::requests::review::day_in_words(day)),
        ),
        back: format!("/requests/{reference}"),
        facts: desk.texts.facts.clone(),
        position: review.position,
        total: desk.list.len(),
        editable,
        stage: request.stage.words(),
        as_requester: false,
        pages: pages::pages(&desk, &format!("/requests/{reference}/review/{}", review.position), 1, false),
        copies: desk.copies.iter().map(|copy| (copy.position, copy.covered)).collect(),
        some_people: !desk.people.is_empty(),
        review: rows(&desk, editable),
        pointers: pointers(&desk),
        lifted: lifted(&desk),
        list: list.collect(),
        left_to_read: desk.list.iter().filter(|one| one.verdict == Verdict::Unread).count(),
        in_confidence: confidence,
        health: desk.texts.health && !desk.texts.told_by_them,
        lacks: desk.lacks.map(|unmet| format!("{}.", unmet.words())).unwrap_or_default(),
        withheld_for: match (&review.verdict, &review.withheld_for) {
            (Verdict::Withhold, Some(code)) => reason_of(code).name().to_owned(),
            _ => String::new(),
        },
        read: review.verdict == Verdict::Give,
        comments: sent_back.map(|check| check.comments.for_page().clone()).unwrap_or_default(),
        cautions: super::cautions(),
        form,
        reference,
        shell,
    })
}

fn state_words(verdict: Verdict, covered: usize) -> String {
    match (verdict, covered) {
        (Verdict::Unread, 0) => "to read".to_owned(),
        (Verdict::Unread, some) => format!("to read, {some} covered"),
        (Verdict::Give, 0) => "read, goes out".to_owned(),
        (Verdict::Give, some) => format!("read, {some} covered"),
        (Verdict::Withhold, _) => "left out whole".to_owned(),
    }
}

fn mark_id(index: usize) -> String {
    format!("mark-{index}")
}

fn short(reason: RedactionReason) -> u8 {
    u8::try_from(reason.number()).unwrap_or(0)
}

/// The lines with what is covered and what is pointed at. Lengths add up: what stands on the page is the text.
fn rows(desk: &OnTheDesk, editable: bool) -> Review {
    let rows = desk.lines.iter().map(|line| {
        let Some(part) = desk.texts.parts.get(usize::from(line.part)) else {
            return ReviewRow { number: line.number, spans: Vec::new(), ticked: None };
        };
        let mut cuts: Vec<(usize, usize, Option<(RedactionReason, String)>, usize)> = Vec::new();
        for span in desk.covered.get(usize::from(line.part)).map(Redactions::spans).unwrap_or_default() {
            cuts.push((span.start, span.end, Some((span.reason, span.reason.name().to_owned())), 0));
        }
        for (index, one) in desk.pointed.iter().enumerate().filter(|(_, one)| one.part == line.part) {
            cuts.push((one.start, one.end, None, index));
        }
        cuts.sort_by_key(|cut| (cut.0, cut.2.is_none()));
        let mut spans = Vec::new();
        let mut at = line.start;
        for (start, end, covered, index) in cuts {
            let (start, end) = (start.max(at), end.min(line.end));
            let Some(words) = part.text.get(start..end).filter(|words| !words.is_empty()) else { continue };
            spans.extend(
                part.text
                    .get(at..start)
                    .filter(|before| !before.is_empty())
                    .map(|before| Span::Plain(before.to_owned())),
            );
            spans.push(match covered {
                Some((reason, why)) => Span::Marked { words: words.to_owned(), reason: short(reason), why },
                None => Span::Suggested {
                    words: words.to_owned(),
                    why: desk.pointed[index].why.clone(),
                    id: if desk.pointed[index].start >= line.start {
                        mark_id(index)
                    } else {
                        format!("{}-{}", mark_id(index), line.number)
                    },
                },
            });
            at = end;
        }
        spans.extend(
            part.text.get(at..line.end).filter(|rest| !rest.is_empty()).map(|rest| Span::Plain(rest.to_owned())),
        );
        ReviewRow { number: line.number, spans, ticked: editable.then_some(false) }
    });
    Review { title: desk.texts.heading.to_owned(), id: "row".to_owned(), rows: rows.collect() }
}

fn words_at(desk: &OnTheDesk, part: u16, start: usize, end: usize) -> String {
    let text = desk.texts.parts.get(usize::from(part)).and_then(|part| part.text.get(start..end));
    text.unwrap_or_default().to_owned()
}

fn pointers(desk: &OnTheDesk) -> Vec<Pointer> {
    let one = |(index, one): (usize, &duties::requests::review::Pointed)| Pointer {
        id: mark_id(index),
        words: words_at(desk, one.part, one.start, one.end),
        why: format!("{} ({})", one.why, one.sure),
        place: format!("{}.{}.{}", one.part, one.start, one.end),
    };
    desk.pointed.iter().enumerate().map(one).collect()
}

fn lifted(desk: &OnTheDesk) -> Vec<Lifted> {
    let parts = (0_u16..).zip(&desk.covered);
    parts
        .flat_map(|(part, on)| {
            on.spans().iter().map(move |span| Lifted {
                words: words_at(desk, part, span.start, span.end),
                reason: format!("{}. {}", span.reason.number(), span.reason.name()),
                place: format!("{part}.{}.{}", span.start, span.end),
            })
        })
        .collect()
}

/// The same page with the text as the person who asked will read it: solid boxes, no words beneath.
fn requester_page(mut page: DeskPage) -> DeskPage {
    for row in &mut page.review.rows {
        row.ticked = None;
        for span in &mut row.spans {
            *span = match std::mem::replace(span, Span::Plain(String::new())) {
                Span::Marked { reason, .. } => {
                    let reason = RedactionReason::ALL
                        .into_iter()
                        .find(|one| short(*one) == reason)
                        .unwrap_or(RedactionReason::Other);
                    let number = u8::try_from(reason.public_number()).unwrap_or(0);
                    Span::Covered(Covered { reason: number, why: reason.public_name().to_owned() })
                }
                Span::Suggested { words, .. } => Span::Plain(words),
                other => other,
            };
        }
    }
    page.pointers.clear();
    page.lifted.clear();
    page
}

/// The text of an item as it goes out, line by line; nothing stands under its boxes.
pub(crate) fn seen_review(item: &SeenItem) -> Review {
    let mut texts = seen_spans(&item.sent.text);
    texts.extend(item.sent.pages.iter().flat_map(|page| seen_spans(&page.text)));
    let rows = (1..).zip(texts).map(|(number, spans)| ReviewRow { number, spans, ticked: None });
    Review { title: item.sent.heading.clone(), id: format!("record-{}", item.position), rows: rows.collect() }
}

/// Turns a segment list into spans, for the pages that show the answer as it goes out.
fn seen_spans(text: &[Segment]) -> Vec<Vec<Span>> {
    let mut rows: Vec<Vec<Span>> = vec![Vec::new()];
    for segment in text {
        match segment {
            Segment::Covered { reason, .. } => {
                let number = u8::try_from(reason.public_number()).unwrap_or(0);
                let covered = Covered { reason: number, why: reason.public_name().to_owned() };
                rows.last_mut().into_iter().for_each(|row| row.push(Span::Covered(covered.clone())));
            }
            Segment::Shown(words) => {
                for (index, line) in words.split('\n').enumerate() {
                    if index > 0 {
                        rows.push(Vec::new());
                    }
                    if let (false, Some(row)) = (line.is_empty(), rows.last_mut()) {
                        row.push(Span::Plain(line.to_owned()));
                    }
                }
            }
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// "part.start.end" as a stretch.
fn stretch(place: &str) -> Option<Stretch> {
    let mut numbers = place.split('.');
    let stretch = Stretch {
        part: numbers.next()?.parse().ok()?,
        start: numbers.next()?.parse().ok()?,
        end: numbers.next()?.parse().ok()?,
    };
    numbers.next().is_none().then_some(stretch)
}

/// The selected words, where the page's script says in which line they stand. It counts as browsers do, in UTF-16.
fn selection(desk: &OnTheDesk, form: &Posted) -> Option<Stretch> {
    let row: usize = posted(form, "selected-row").parse().ok()?;
    let (start, end): (usize, usize) =
        (posted(form, "selected-start").parse().ok()?, posted(form, "selected-end").parse().ok()?);
    let line = desk.lines.iter().find(|line| line.number == row)?;
    let text = desk.texts.parts.get(usize::from(line.part))?.text.get(line.start..line.end)?;
    let byte_at = |units: usize| {
        let mut counted = 0;
        for (at, letter) in text.char_indices() {
            if counted == units {
                return Some(at);
            }
            counted += letter.len_utf16();
        }
        (counted == units).then_some(text.len())
    };
    let (from, to) = (byte_at(start)?, byte_at(end)?);
    let words = text.get(from..to)?;
    let from = from + (words.len() - words.trim_start().len());
    let to = from + words.trim().len();
    (words.trim() == posted(form, "words").trim()).then_some(Stretch {
        part: line.part,
        start: line.start + from,
        end: line.start + to,
    })
}

/// What a posted form decides; nothing where it says nothing that this page knows.
fn decision(desk: &OnTheDesk, form: &Posted) -> Option<(Decision, &'static str)> {
    let because = reason(form).unwrap_or(RedactionReason::AboutSomeoneElse);
    let (verb, place) = posted(form, "do").split_once(':').unwrap_or((posted(form, "do"), ""));
    Some(match verb {
        "cover-lines" => {
            let numbers = all_posted(form, "row").iter().filter_map(|row| row.parse().ok()).collect();
            (Decision::CoverLines(numbers, because), "covered")
        }
        "cover-words" => match selection(desk, form) {
            Some(stretch) => (Decision::Cover(vec![stretch], because), "covered"),
            None => (Decision::CoverWords(posted(form, "words").to_owned(), because), "covered"),
        },
        "cover" => (Decision::Cover(vec![stretch(place)?], because), "covered"),
        "leave" => (Decision::TurnDown(stretch(place)?), "left"),
        "show" => (Decision::Uncover(stretch(place)?), "uncovered"),
        "unbox" => (Decision::UncoverBox(place.parse().ok()?), "uncovered"),
        "cover-page-lines" => (Decision::CoverPageLines(posted(form, "box-words").to_owned(), because), "covered"),
        "seen" => (Decision::SeePages(pages::looked_at(form)), "seen"),
        "pictures" => (Decision::AsPictures(place == "yes"), "pictures"),
        "take-over" => (Decision::TakeOver(place.parse().ok()?), "covered"),
        "undo" => (Decision::Undo, "undone"),
        "withhold" => (Decision::Withhold(because), "withheld"),
        "again" => (Decision::Unread, "again"),
        "remark" => (Decision::Remark(posted(form, "remarks").to_owned()), "remark"),
        "known" => (Decision::KnownToThem(posted(form, "known").to_owned()), "known"),
        "give" => (Decision::Give, "read"),
        _ => return None,
    })
}

async fn act(
    State(app): State<App>,
    who: Who,
    Path((reference, position)): Path<(String, u32)>,
    Body(form): Body<Posted>,
) -> Answered {
    let office = &app.office;
    let desk = open_item(office, &who.0, &reference, position).await.map_err(problem)?;
    let here = format!("/requests/{reference}/review/{position}");
    if let Some(all) = pages::all_of(&form) {
        let because = reason(&form).unwrap_or(RedactionReason::AboutSomeoneElse);
        return match cover_all(office, &who.0, &reference, all, because).await {
            Ok(_) => Ok(see(&format!("{here}?done=everywhere"))),
            Err(DecideError::NotFound) => {
                let field = if matches!(all, AllOf::Person(_)) { "all-about" } else { "all-kind" };
                with_wrong(&app, &who, desk, &form, (field, "Nothing more of this was found in the records")).await
            }
            Err(error) => refused(&app, &who, desk, &form, error).await,
        };
    }
    if posted(&form, "do") == "cover-everywhere" {
        let because = reason(&form).unwrap_or(RedactionReason::AboutSomeoneElse);
        return match cover_everywhere(office, &who.0, &reference, posted(&form, "words"), because).await {
            Ok(_) => Ok(see(&format!("{here}?done=everywhere"))),
            Err(error) => refused(&app, &who, desk, &form, error).await,
        };
    }
    let decided = if posted(&form, "do") == "cover-box" {
        match pages::typed_box(&desk, &form) {
            Ok(decision) => Some((decision, "covered")),
            Err(wrong) => return with_wrong(&app, &who, desk, &form, wrong).await,
        }
    } else {
        decision(&desk, &form)
    };
    let Some((decision, done)) = decided else { return Err(Problem::BadRequest) };
    let gives = matches!(decision, Decision::Give);
    let looked_at = pages::looked_at(&form);
    if gives && looked_at.iter().any(|page| !desk.item.review.seen_pages.contains(page)) {
        decide(office, &who.0, &reference, position, Decision::SeePages(looked_at)).await.map_err(outer)?;
    }
    if gives && !posted(&form, "known").trim().is_empty() {
        let known = Decision::KnownToThem(posted(&form, "known").to_owned());
        decide(office, &who.0, &reference, position, known).await.map_err(outer)?;
    }
    // Remarks stand on the same form: whoever finishes a record has not lost them.
    if gives && !posted(&form, "remarks").trim().is_empty() {
        let remark = Decision::Remark(posted(&form, "remarks").to_owned());
        decide(office, &who.0, &reference, position, remark).await.map_err(outer)?;
    }
    match decide(office, &who.0, &reference, position, decision).await {
        Ok(()) if gives => {
            let next = desk.list.iter().find(|one| one.verdict == Verdict::Unread && one.position > position);
            let next = next.map_or(position, |one| one.position);
            Ok(see(&format!("/requests/{reference}/review/{next}?done={done}")))
        }
        Ok(()) => Ok(see(&format!("{here}?done={done}"))),
        Err(error) => refused(&app, &who, desk, &form, error).await,
    }
}

fn outer(error: DecideError) -> Problem {
    match error {
        DecideError::Stopped(stopped) => problem(stopped),
        _ => Problem::Conflict,
    }
}

/// The page again with what is wrong, and everything that was typed.
async fn refused(app: &App, who: &Who, desk: OnTheDesk, form: &Posted, error: DecideError) -> Answered {
    let (field, words) = match error {
        DecideError::Stopped(stopped) => return Err(problem(stopped)),
        DecideError::NotBeingRead => return Err(Problem::Conflict),
        DecideError::NoReason => ("reason", "Choose a reason"),
        DecideError::NothingChosen => ("words", "Tick at least one line, or write the words to cover"),
        DecideError::NotFound => ("words", "These words do not stand in the text as it is shown. Check the spelling"),
        DecideError::Place(_) => ("words", "Select the words again: the place was not in the text"),
        DecideError::BoxOutside => ("box-left", "The box lies outside the page. Draw it again"),
        DecideError::PagesUnseen(_) => {
            ("remarks", "Some pages that go out as pictures have not been looked at. Go through all pages below first")
        }
        DecideError::NothingToUndo => ("words", "There is nothing to take back"),
        DecideError::Unmet(Unmet::HealthClosed) => ("known", Unmet::HealthClosed.words()),
        DecideError::Unmet(unmet) => ("reason", unmet.words()),
        DecideError::InConfidence => {
            ("remarks", "Write whether whoever told us agrees, or why you share it without. Then press Done again")
        }
    };
    with_wrong(app, who, desk, form, (field, words)).await
}

async fn with_wrong(app: &App, who: &Who, desk: OnTheDesk, form: &Posted, (field, words): pages::WrongBox) -> Answered {
    let mut filled = questions(reason(form).unwrap_or(RedactionReason::AboutSomeoneElse), &desk).fill(form);
    filled.error(field, words);
    let mut page = page(app, who, desk, filled).await?;
    page.shell = page.shell.titled_error();
    Ok(Page::with_errors(page).into_response())
}

async fn send(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Response {
    match send_to_check(&app.office, &who.0, &reference).await {
        Ok(()) => see(&format!("/requests/{reference}/check?done=sent")),
        Err(CheckError::Stopped(stopped)) => super::stop(stopped),
        Err(CheckError::Unread(_)) => see(&format!("/requests/{reference}/review")),
        Err(CheckError::InConfidence(silent)) => {
            let first = silent.first().copied().unwrap_or(1);
            see(&format!("/requests/{reference}/review/{first}?done=silent"))
        }
        Err(CheckError::Lacking(lacking)) => {
            let first = lacking.first().map_or(1, |(position, _)| *position);
            see(&format!("/requests/{reference}/review/{first}?done=lacking"))
        }
        Err(_) => Problem::Conflict.into_response(),
    }
}
