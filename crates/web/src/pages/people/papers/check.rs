//! Keeping papers, second page: what was read of each, its title, and whether it is kept already.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use duties::notes::{KeepPaperError, Likeness, OnePaper, ReadPaper, Same, find_same, hidden_counts, keep_papers};

use crate::access::Action;
use crate::app::App;
use crate::components::{ErrorSummary, WarningStrip};
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::FileId;
use crate::records::work::TextFrom;
use crate::who::Who;

use super::super::ask::strip;
use super::super::file::name_of;
use super::super::forms::{Posted, day, typed};
use super::super::reason::file_id;
use super::super::turned::{Answer, Turned, at_file, to};
use super::super::whys::why;
use super::keep::answers;
use super::waiting::Chosen;

/// So much of a text is shown before it is kept, in characters.
const EXCERPT: usize = 600;

#[derive(Template)]
#[template(path = "people/papers_check.html")]
struct CheckPage {
    shell: Shell,
    errors: ErrorSummary,
    warnings: WarningStrip,
    name: String,
    file: FileId,
    papers: Vec<OnPage>,
}

#[derive(Template)]
#[template(path = "people/papers_reading.html")]
struct ReadingPage {
    shell: Shell,
    file: FileId,
    done: usize,
    all: usize,
}

/// One paper on the page.
struct OnPage {
    heading: String,
    facts: Vec<String>,
    excerpt: String,
    same: Vec<(String, Option<String>)>,
    fields: Vec<Field>,
}

/// What was read, or how far the reading is.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let Some(chosen) = app.papers.chosen(&who, file, app.office.now()) else {
        return Ok(to(&format!("/people/{file}/papers/new")));
    };
    permitted(&app, &who, file).await?;
    if chosen.done() < chosen.files.len() {
        return reading_page(&app, &who, file, &chosen).await;
    }
    show(&app, &who, file, &chosen, None, Vec::new()).await
}

async fn permitted(app: &App, who: &Who, file: FileId) -> Result<(), Turned> {
    let why = why(app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let permit = app.office.permit(&who.0, Action::WriteNote, Some(file), why.purpose, &why.reason).await;
    permit.map(|_| ()).map_err(|stopped| at_file(stopped, file, "/papers"))
}

async fn reading_page(app: &App, who: &Who, file: FileId, chosen: &Chosen) -> Answer {
    let shell = app.shell(who, Title::new("The papers are being read")).await?.within(Section::People);
    let page = ReadingPage { shell, file, done: chosen.done(), all: chosen.files.len() };
    let mut response = Page::new(page).into_response();
    // There is nothing to fill in on this page: it may come anew by itself.
    response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("4"));
    Ok(response)
}

/// The papers of an upload that can be kept: with no file there is one, which is only paper.
fn papers_of(chosen: &Chosen) -> Vec<Option<&ReadPaper>> {
    let read: Vec<_> = chosen.files.iter().filter_map(|file| file.read.as_ref()?.as_ref().ok()).map(Some).collect();
    if read.is_empty() { vec![None] } else { read }
}

async fn show(
    app: &App,
    who: &Who,
    file: FileId,
    chosen: &Chosen,
    posted: Option<&Posted>,
    errors: Vec<(usize, &'static str, String)>,
) -> Answer {
    let why = why(app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let papers = papers_of(chosen);
    let read: Vec<&ReadPaper> = papers.iter().flatten().copied().collect();
    let same =
        find_same(&app.office, &who.0, file, &why, &read).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let mut form = Form::new();
    for (which, paper) in papers.iter().enumerate() {
        let found = same.get(which).map_or(&[][..], Vec::as_slice);
        for field in questions(which, *paper, twice(&papers, which) || !found.is_empty()) {
            form = form.ask(field);
        }
    }
    if let Some(posted) = posted {
        form = form.fill(posted);
    }
    for (which, field, words) in errors {
        // Without a file and a place there is only the text to mend.
        let field = if field == "upload" { "text" } else { field };
        form.error(&format!("{field}-{which}"), words);
    }
    let on_page = papers.iter().enumerate().map(|(which, paper)| {
        let found = same.get(which).map_or(&[][..], Vec::as_slice);
        let mut same: Vec<_> = found.iter().map(|same| told(app, file, same)).collect();
        if twice(&papers, which) {
            same.push(("This is the same file as another one of this upload.".to_owned(), None));
        }
        OnPage {
            heading: paper.map_or_else(|| "A paper without a file".to_owned(), |paper| paper.file_name.clone()),
            facts: paper.map_or_else(Vec::new, facts),
            excerpt: paper.and_then(ReadPaper::text).map_or_else(String::new, |text| super::shortened(text, EXCERPT)),
            same,
            fields: form.fields().iter().filter(|field| belongs(field, which)).cloned().collect(),
        }
    });
    let wrong = form.has_errors();
    let title = Title::new("Check what we read").with_error(wrong);
    let page = CheckPage {
        papers: on_page.collect(),
        shell: app.shell(who, title).await?.within(Section::People),
        errors: form.summary(),
        warnings: strip(app, file).await?,
        name: name_of(app, file).await?,
        file,
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// Whether a field asks about this paper: its number stands at the end of the name.
fn belongs(field: &Field, which: usize) -> bool {
    field.name.rsplit_once('-').is_some_and(|(_, number)| number == which.to_string())
}

/// Whether the same bytes were chosen before in this upload.
fn twice(papers: &[Option<&ReadPaper>], which: usize) -> bool {
    let this = papers.get(which).copied().flatten();
    this.is_some_and(|this| papers.iter().take(which).flatten().any(|paper| paper.sha256 == this.sha256))
}

fn questions(which: usize, paper: Option<&ReadPaper>, there: bool) -> Vec<Field> {
    let title = paper.map_or_else(String::new, ReadPaper::proposed_title);
    let mut fields = vec![
        Field::text(format!("title-{which}"), "What is it?")
            .hint("Like \"Letter from school about transport\".")
            .value(title),
    ];
    let read = paper.is_some_and(|paper| paper.text().is_some());
    let (label, hint) = if read {
        ("What it says, if it was read wrongly", "Leave this empty to keep what was read.")
    } else {
        ("What does it say?", "Type off what matters, so that it can be found and read out.")
    };
    fields.push(Field::area(format!("text-{which}"), label).hint(hint).rows(if read { 2 } else { 4 }));
    if paper.is_some() {
        let choices =
            [Choice::new("yes", if there { "Keep it again" } else { "Keep it" }), Choice::new("no", "Do not keep it")];
        let keep = Field::radios(format!("keep-{which}"), "Shall we keep it?", choices).small();
        fields.push(if there { keep } else { keep.value("yes") });
    }
    fields
}

/// What was found in a file, in lines.
fn facts(paper: &ReadPaper) -> Vec<String> {
    let mut facts = Vec::new();
    let pages = paper.reading.pages.len();
    let count = if pages == 1 { ", 1 page".to_owned() } else { format!(", {pages} pages") };
    let kind = super::super::forms::first_up(paper.sort.words());
    facts.push(format!(
        "{kind}{}, {}",
        if pages == 0 { String::new() } else { count },
        super::size(paper.bytes.len() as u64)
    ));
    if paper.text_from() == TextFrom::Recognised && paper.text().is_some() {
        facts.push("Its words were recognised in a picture, and some may be wrong.".to_owned());
    }
    let hidden: Vec<_> = paper.reading.hidden.iter().map(|hidden| hidden.sort).collect();
    if !hidden.is_empty() {
        facts.push(format!("It also holds {}, unseen. They never leave with it.", hidden_counts(&hidden)));
    }
    if !paper.inside.is_empty() {
        let names: Vec<_> = paper.all().iter().skip(1).map(|inside| inside.file_name.clone()).collect();
        facts.push(format!("Kept with it, as papers of their own: {}", names.join(", ")));
    }
    facts.extend(paper.troubles.iter().cloned());
    facts
}

fn told(app: &App, file: FileId, same: &Same) -> (String, Option<String>) {
    let title =
        same.title.as_ref().map_or_else(|| format!("a paper of {}", day(same.dated)), |title| format!("\"{title}\""));
    let whose = if same.file == file {
        String::new()
    } else {
        let name = app.office.book().card(same.file).map_or_else(String::new, |card| card.called().to_owned());
        format!(" in the file of {name}")
    };
    let like = match same.likeness {
        Likeness::Bytes => "This is the same paper as",
        Likeness::Words => "This has almost the same words as",
    };
    let words = format!("{like} {title}{whose}, kept on {}.", day(same.kept));
    (words, Some(format!("/people/{}/papers/{}", same.file, same.record)))
}

/// Keeps the papers, all or none.
pub async fn keep(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let Some(chosen) = app.papers.chosen(&who, file, app.office.now()) else {
        return Ok(to(&format!("/people/{file}/papers/new")));
    };
    permitted(&app, &who, file).await?;
    if chosen.done() < chosen.files.len() {
        return reading_page(&app, &who, file, &chosen).await;
    }
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/papers"))?;
    let (mut papers, mut places, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
    for (which, paper) in papers_of(&chosen).into_iter().enumerate() {
        let keep = typed(&posted, &format!("keep-{which}"));
        match (keep, paper) {
            ("no", _) => continue,
            ("yes", _) | (_, None) => {}
            _ => undecided.push((which, "keep", "Say whether we keep it".to_owned())),
        }
        places.push(which);
        papers.push(OnePaper {
            title: typed(&posted, &format!("title-{which}")).to_owned(),
            text: typed(&posted, &format!("text-{which}")).to_owned(),
            read: paper.cloned(),
        });
    }
    if !undecided.is_empty() {
        return show(&app, &who, file, &chosen, Some(&posted), undecided).await;
    }
    let answers = answers(&chosen.posted);
    match keep_papers(&app.office, &who.0, file, &why, answers, papers).await {
        Ok(kept) => {
            app.papers.drop_all(&who, file);
            let done = match kept.len() {
                0 => "no-papers",
                1 => "paper",
                _ => "papers",
            };
            Ok(to(&format!("/people/{file}/papers?done={done}")))
        }
        Err(KeepPaperError::WrongPapers(errors)) => {
            let errors =
                errors.into_iter().map(|(at, field, words)| (places.get(at).copied().unwrap_or(at), field, words));
            show(&app, &who, file, &chosen, Some(&posted), errors.collect()).await
        }
        // What was said for all of them was right a moment ago: the first page says what is wrong with it now.
        Err(KeepPaperError::Wrong(_)) => Ok(to(&format!("/people/{file}/papers/new"))),
        Err(KeepPaperError::Stopped(stopped)) => Err(at_file(stopped, file, "/papers")),
    }
}

/// Throws the files away that wait.
pub async fn forget(State(app): State<App>, who: Who, Path(file): Path<String>) -> Result<Response, Turned> {
    let file = file_id(&file)?;
    app.papers.drop_all(&who, file);
    Ok(to(&format!("/people/{file}/papers?done=no-papers")))
}
