//! One paper: what it is, what it says, its pages as images. Nothing needs to be downloaded, nothing is stored on the device.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use duties::extract::reading::Reading;
use duties::notes::{PageError, PaperShown, hidden_counts, page_image, reading_of, see_paper};
use serde::Deserialize;

use crate::app::App;
use crate::components::{Pagination, SummaryList, WarningStrip};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::work::{Paper, TextFrom};
use crate::records::{FileId, RecordId};
use crate::who::Who;

use super::super::ask::strip;
use super::super::file::name_of;
use super::super::forms::{Posted, day, day_of, typed};
use super::super::notes::ids;
use super::super::timeline::{said, written_by};
use super::super::turned::{Answer, Turned, at_file, to};
use super::super::whys::why;
use super::text::{Piece, gathered, pieces, sheets};

/// The widths in which a page is shown: the word in the address, what is read, dots per inch.
const SIZES: [(&str, &str, u32); 3] =
    [("small", "Small", 60), ("fit", "As wide as the page", 110), ("large", "Large", 180)];
/// The words of a page stand in its image's alternative text, up to so many characters; all of them in the text view.
const ALT: usize = 1_500;

/// What is shown of it.
#[derive(Debug, Default, Deserialize)]
pub struct View {
    #[serde(default, rename = "view")]
    which: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    size: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "people/paper.html")]
struct PaperPage {
    shell: Shell,
    warnings: WarningStrip,
    name: String,
    title: String,
    here: String,
    back: String,
    facts: SummaryList,
    unseen: String,
    hidden: Vec<String>,
    troubles: Vec<String>,
    inside: Vec<(String, String)>,
    notes: Vec<String>,
    body: Option<String>,
    tabs: Vec<(&'static str, String, bool)>,
    text: Option<TextView>,
    image: Option<ImageView>,
}

/// The text, or the part of it on this page.
struct TextView {
    form: Form,
    sheets: Vec<(String, Vec<Piece>)>,
    pages: Pagination,
    found: Option<String>,
}

/// One page as an image.
struct ImageView {
    src: String,
    alt: String,
    width: u32,
    height: u32,
    class: &'static str,
    number: usize,
    all: usize,
    pages: Pagination,
    form: Form,
}

/// The paper.
pub async fn show(
    State(app): State<App>,
    who: Who,
    Path((file, paper)): Path<(String, String)>,
    Query(view): Query<View>,
) -> Answer {
    let ids = ids(&file, &paper)?;
    paper_page(&app, &who, ids, &view, None).await
}

/// The paper with words marked that somebody looks for. They are posted: no name stands in an address.
pub async fn find(
    State(app): State<App>,
    who: Who,
    Path((file, paper)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let ids = ids(&file, &paper)?;
    let view = View { which: "text".to_owned(), ..View::default() };
    paper_page(&app, &who, ids, &view, Some(typed(&posted, "words").trim())).await
}

/// A search that was reloaded or bookmarked has no words: the paper is the nearest thing.
pub async fn show_again(Who(_): Who, Path((file, paper)): Path<(String, String)>) -> Answer {
    let (file, paper) = ids(&file, &paper)?;
    Ok(to(&format!("/people/{file}/papers/{paper}")))
}

async fn paper_page(
    app: &App,
    who: &Who,
    (file, record): (FileId, RecordId),
    view: &View,
    asked: Option<&str>,
) -> Answer {
    let then = format!("/papers/{record}");
    let at = |stopped| at_file(stopped, file, &then);
    let why = why(app, &who.0, file).await.map_err(at)?;
    let shown = see_paper(&app.office, &who.0, (file, record), &why).await.map_err(at)?;
    let reading = reading_of(&app.office, &who.0, (file, record), &why).await.map_err(at)?.unwrap_or_default();
    let paper = shown.paper().ok_or(Turned::Problem(Problem::NotFound))?;
    let here = format!("/people/{file}{then}");
    let has_text = !reading.text.trim().is_empty();
    let has_pages = paper.pages > 0 && paper.body.is_some();
    let pages_first = has_pages && (view.which == "pages" || !has_text);
    let mut tabs = Vec::new();
    if has_text && has_pages {
        tabs.push(("Text", format!("{here}?view=text"), !pages_first));
        tabs.push(("Pages", format!("{here}?view=pages"), pages_first));
    }
    let unseen: Vec<_> = reading.hidden.iter().map(|hidden| hidden.sort).collect();
    let shell = app.shell(who, Title::new("Paper")).await?.within(Section::People);
    let page = PaperPage {
        shell: said(shell, &view.done),
        warnings: strip(app, file).await?,
        name: name_of(app, file).await?,
        title: paper.title.for_page().clone(),
        back: format!("/people/{file}/papers"),
        facts: facts(app, &shown, paper, file),
        unseen: hidden_counts(&unseen),
        hidden: paper.hidden.iter().map(|line| line.for_page().clone()).collect(),
        troubles: paper.troubles.iter().map(|line| line.for_page().clone()).collect(),
        inside: shown.inside.iter().map(|(id, title)| (title.clone(), format!("/people/{file}/papers/{id}"))).collect(),
        notes: notes(app, paper, has_text),
        body: paper.body.as_ref().map(|_| format!("{here}/open")),
        text: (has_text && !pages_first).then(|| text_view(&reading, &here, view, asked)),
        image: pages_first.then(|| image_view(&reading, &here, view)).flatten(),
        tabs,
        here,
    };
    Ok(Page::new(page).into_response())
}

fn facts(app: &App, shown: &PaperShown, paper: &Paper, file: FileId) -> SummaryList {
    let provenance = &shown.opened.record.provenance;
    let mut facts = SummaryList::new().fact("Sort", paper.sort.words()).fact("Dated", day(paper.dated));
    let needed_for = paper.needed_for.as_ref().map_or("Nobody has said", |words| words.for_page().as_str());
    facts = facts.fact("Kept for", needed_for);
    if shown.may_change {
        let href = format!("/people/{file}/papers/{}/purpose", shown.opened.header.id);
        facts = facts.action("Change", href, "what it is and what it is kept for");
    }
    let by = written_by(&shown.house, provenance);
    facts = facts.fact("Kept by", format!("{by}, on {}", day_of(provenance.written_at)));
    let confidence = if provenance.in_confidence { "Yes. The sender is asked before the person sees it" } else { "No" };
    facts = facts.fact("In confidence", confidence);
    let card = |file: &FileId| app.office.book().card(*file).map(|card| card.called().to_owned());
    let others: Vec<String> = paper.concerns.iter().filter_map(card).collect();
    if !others.is_empty() {
        facts = facts.fact("Also about", others.join(", "));
    }
    if let Some(place) = &paper.original_at {
        facts = facts.fact("The original lies", place.for_page().as_str());
    }
    if let Some(body) = &paper.body {
        facts = facts.fact("File", format!("{}, {}", body.file_name.for_page(), super::size(body.size)));
    }
    if let Some((id, title)) = &shown.part_of {
        facts = facts.fact("Came in", title.as_str()).action(
            "Open",
            format!("/people/{file}/papers/{id}"),
            "the paper in which it came",
        );
    }
    facts
}

/// What to know before reading it.
fn notes(app: &App, paper: &Paper, has_text: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if has_text && paper.text_from == TextFrom::Recognised {
        notes.push(
            "These words were recognised in a picture, and some may be wrong. Look at the page itself.".to_owned(),
        );
    }
    if has_text && paper.text_from == TextFrom::Typed && paper.body.is_some() {
        notes.push("Somebody typed these words off.".to_owned());
    }
    if !has_text && paper.pages > 0 && !app.office.worker().recognises() {
        notes.push(
            "This machine does not recognise words in scans and photographs, so nothing in it can be searched."
                .to_owned(),
        );
    }
    notes
}

fn text_view(reading: &Reading, here: &str, view: &View, asked: Option<&str>) -> TextView {
    let all = sheets(reading);
    let asked = asked.unwrap_or_default();
    let form = Form::new().ask(Field::text("words", "Find words in this paper").value(asked).width(20));
    if asked.is_empty() {
        let pages = gathered(&all);
        let page = view.page.clamp(1, pages.len().max(1));
        let on_page = pages.get(page - 1).copied().unwrap_or_default();
        let plain = |text: &str| vec![Piece { text: text.to_owned(), hit: 0 }];
        return TextView {
            sheets: on_page.iter().map(|sheet| (sheet.title.clone(), plain(&sheet.text))).collect(),
            pages: Pagination::new(page, pages.len(), |page| format!("{here}?view=text&page={page}")),
            found: None,
            form,
        };
    }
    let (mut found, mut with_hits) = (0, Vec::new());
    for sheet in &all {
        let (pieces, hits) = pieces(&sheet.text, asked, found);
        if pieces.iter().any(|piece| piece.hit > 0) {
            with_hits.push((sheet.title.clone(), pieces));
        }
        found += hits;
    }
    let words = match found {
        0 => "These words do not stand in it.".to_owned(),
        1 => "Found once.".to_owned(),
        n => format!("Found {n} times."),
    };
    TextView { sheets: with_hits, pages: Pagination::default(), found: Some(words), form }
}

fn image_view(reading: &Reading, here: &str, view: &View) -> Option<ImageView> {
    let all = reading.pages.len();
    let number = view.page.clamp(1, all.max(1));
    let page = reading.pages.get(number - 1)?;
    let (slug, _, dpi) = SIZES.into_iter().find(|(slug, ..)| *slug == view.size).unwrap_or(SIZES[1]);
    let words: Vec<&str> = page.words.iter().filter_map(|word| reading.text.get(word.start..word.end)).collect();
    let words = super::shortened(&words.join(" "), ALT);
    let alt = if words.is_empty() {
        format!("Page {number} of {all}. No words were read on it.")
    } else {
        format!("Page {number} of {all}. It says: {words}")
    };
    let pixels = |points: f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "a page is at most some thousand pixels wide, and `as` keeps to the range"
        )]
        let pixels = (points * dpi as f32 / 72.0).round() as u32;
        pixels.max(1)
    };
    let sizes = SIZES.map(|(slug, words, _)| Choice::new(slug, words));
    Some(ImageView {
        src: format!("{here}/pages/{number}.png?size={slug}"),
        alt,
        width: pixels(page.width),
        height: pixels(page.height),
        class: if slug == "large" { "gb-paper-page gb-paper-page--large" } else { "gb-paper-page" },
        number,
        all,
        pages: Pagination::new(number, all, |page| format!("{here}?view=pages&size={slug}&page={page}")),
        form: Form::new().ask(Field::select("size", "How large", sizes).value(slug)),
    })
}

/// The image of a page.
pub async fn page(
    State(app): State<App>,
    who: Who,
    Path((file, paper, page)): Path<(String, String, String)>,
    Query(view): Query<View>,
) -> Answer {
    let (file, paper) = ids(&file, &paper)?;
    let number = page.strip_suffix(".png").and_then(|number| number.parse::<u32>().ok()).and_then(|n| n.checked_sub(1));
    let number = number.ok_or(Turned::Problem(Problem::NotFound))?;
    let (.., dpi) = SIZES.into_iter().find(|(slug, ..)| *slug == view.size).unwrap_or(SIZES[1]);
    let at = |stopped| at_file(stopped, file, &format!("/papers/{paper}"));
    let why = why(&app, &who.0, file).await.map_err(at)?;
    match page_image(&app.office, &who.0, (file, paper), &why, (number, dpi)).await {
        Ok(image) => Ok((
            [
                (header::CONTENT_TYPE, "image/png"),
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_DISPOSITION, "inline"),
            ],
            image.png,
        )
            .into_response()),
        Err(PageError::Stopped(stopped)) => Err(at(stopped)),
        Err(PageError::Worker(error)) => {
            tracing::warn!(%error, "a page of a paper could not be shown");
            Err(Turned::Problem(Problem::NotFound))
        }
    }
}
