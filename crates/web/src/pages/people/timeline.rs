//! What happened, newest first: notes with their corrections, papers, enrolments, notices, sharing (S4, S5).

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use duties::people::{Happening, Narrow, happened_on};
use duties::{House, SignedIn};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::book::{OpenFile, Opened};
use crate::components::{Content as Shown, Entry, Html, Tag, Timeline, Tone};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::work::{Enrolment, Note};
use crate::records::{Content, FileId, Provenance, RecordId, Source, State as Stands};
use crate::who::Who;

use super::forms::{Posted, day, day_of, first_up, moment, typed};
use super::head::{Head, Tab, shown, shown_whole};
use super::reason::file_id;
use super::turned::{Answer, Turned};

/// Which part of the timeline. Nothing personal stands in it: words that are looked for are posted.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    older: u8,
    #[serde(default)]
    what: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    done: String,
}

impl Which {
    fn narrow(&self, words: &str) -> Narrow {
        let year: Option<i16> = self.year.parse().ok().filter(|year| (1900..=9998).contains(year));
        let first = |year| Date::new(year, 1, 1).ok();
        Narrow {
            what: Happening::from_slug(&self.what),
            service: self.service.parse().ok(),
            from: year.and_then(first),
            until: year.and_then(|year| first(year + 1)).and_then(|next| next.yesterday().ok()),
            words: words.trim().to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "people/timeline.html")]
struct TimelinePage {
    shell: Shell,
    head: Head,
    timeline: Timeline,
    empty: bool,
    file: FileId,
    older: usize,
    whole: bool,
    may_write: bool,
    form: Form,
    words: Field,
    kept: Vec<(&'static str, String)>,
    narrowed: bool,
    count: String,
}

/// The timeline: the last thirty days, or with `older=1` everything.
pub async fn show(State(app): State<App>, who: Who, Path(file): Path<String>, Query(which): Query<Which>) -> Answer {
    narrowed(&app, who, &file, &which, "").await
}

/// The same with words to look for.
pub async fn find(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let one = |name| typed(&posted, name).to_owned();
    let which = Which {
        older: u8::from(typed(&posted, "older") == "1"),
        what: one("what"),
        service: one("service"),
        year: one("year"),
        done: String::new(),
    };
    narrowed(&app, who, &file, &which, typed(&posted, "words")).await
}

async fn narrowed(app: &App, Who(who): Who, file: &str, which: &Which, words: &str) -> Answer {
    let file = file_id(file)?;
    let whole = which.older == 1;
    let found = if whole {
        shown_whole(app, &who, file, Tab::Timeline, "/timeline?older=1").await?
    } else {
        shown(app, &who, file, Some(Tab::Timeline), "/timeline").await?
    };
    let house = &found.opened.house;
    let open = &found.opened.file;
    let narrow = which.narrow(words);
    let entries = entries_of(house, open, |opened| narrow.wants(&app.office, house, open, opened))?;
    let count = match entries.len() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    let kept = [
        ("older", if whole { "1" } else { "" }),
        ("what", &which.what),
        ("service", &which.service),
        ("year", &which.year),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect();
    let may_write = app.office.would_permit(&who, Action::WriteNote, Some(file), found.why.purpose).await;
    let may_see_older = app.office.would_permit(&who, Action::SeeHistory, Some(file), found.why.purpose).await;
    let mut shell = app.shell(&Who(who.clone()), Title::new("Timeline")).await?.within(Section::People);
    shell = said(shell, &which.done).printed(printed(&who, found.opened.operation.now));
    let page = TimelinePage {
        shell,
        empty: entries.is_empty(),
        timeline: Timeline { entries },
        head: found.head,
        file,
        form: narrowing(house, open, which),
        words: Field::text("words", "Find words in this file").value(words).width(20),
        kept,
        narrowed: !narrow.is_all(),
        count,
        older: if may_see_older { found.opened.older } else { 0 },
        whole,
        may_write,
    };
    Ok(Page::new(page).into_response())
}

/// By what the timeline is narrowed: what happened, where, in which year.
fn narrowing(house: &House, file: &OpenFile, which: &Which) -> Form {
    let what = std::iter::once(Choice::new("", "Everything"))
        .chain(Happening::ALL.map(|what| Choice::new(what.slug(), what.words())));
    let mut used: Vec<_> = file.card.services.clone();
    used.extend(file.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Note(note) => note.service,
        Content::Enrolment(enrolment) => Some(enrolment.service),
        _ => None,
    }));
    used.sort_unstable();
    used.dedup();
    let services = std::iter::once(Choice::new("", "All services"))
        .chain(used.into_iter().map(|id| Choice::new(id.to_string(), house.service_name(id))));
    let dated = file.records.iter().filter(|opened| Happening::of(opened.header.kind).is_some());
    let mut years: Vec<i16> = dated.map(|opened| day_in_london(happened_on(opened)).year()).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let years = std::iter::once(Choice::new("", "All years"))
        .chain(years.into_iter().map(|year| Choice::new(year.to_string(), year.to_string())));
    Form::new()
        .ask(Field::select("what", "Show", what).value(which.what.as_str()))
        .ask(Field::select("service", "At", services).value(which.service.as_str()))
        .ask(Field::select("year", "In", years).value(which.year.as_str()))
}

/// The line at the foot of a printout.
pub fn printed(who: &SignedIn, now: Timestamp) -> String {
    format!("Printed by {} on {}.", who.name, moment(now))
}

/// The words for what was just done, fixed here: an address never carries personal words.
pub fn said(shell: Shell, done: &str) -> Shell {
    let words = match done {
        "added" => "The person was added. Next: give them our privacy notice, and enrol them with a service.",
        "imported" => "The table is in the book now. Everybody who is new is owed your privacy notice.",
        "import-undone" => "The import was undone. The files are gone, with their keys.",
        "note" => "The note was saved.",
        "correction" => "The correction was saved. The note itself stays as it was.",
        "paper" => "The paper was saved.",
        "papers" => "The papers were saved.",
        "no-papers" => "Nothing was kept.",
        "purpose" => "Saved. The earlier version stays as history.",
        "contact" => "The contact details were saved.",
        "superseded" => "Marked as no longer valid. It stays in the file as history.",
        "identity" => "The details were saved.",
        "relative" => "The two people are linked, in both files.",
        "unlinked" => "The link was taken away, in both files.",
        "warning" => "The warning stands above the file now.",
        "lifted" => "The warning was lifted. It stays in the file as history.",
        "enrolled" => "Enrolled, and the privacy notice is on record.",
        "waiting" => "Enrolled, but not complete: the privacy notice is still to be given, today.",
        "ended" => "The enrolment has ended. If they use nothing else, close the file: its time then runs.",
        "outcome" => "The outcome was saved.",
        "notice" => "The privacy notice is on record.",
        "named" => "The volunteer can open the file now: the last 30 days, until the day that you chose.",
        "unnamed" => "The volunteer can no longer open the file.",
        "fact" => "Saved.",
        "merged" => "The two files are one person's now. Below, under who they are, you can undo it.",
        "kept-closed" => "The file is closed. Its time runs from the last day.",
        "kept-open" => "The file is open again.",
        "kept-longer" => "Noted. The file is kept longer, and nobody can dispose of it.",
        "kept-reviewed" => "Noted. The file goes on being kept longer.",
        "kept-lifted" => "Ended. The file is kept as long as the policy says.",
        "apart" => "The two files are apart again, each with what was written in it.",
        _ => return shell,
    };
    shell.result(words, true)
}

#[derive(Template)]
#[template(path = "people/note_text.html")]
struct NoteText<'a> {
    paragraphs: Vec<&'a str>,
    own_words: Vec<&'a str>,
    corrections: Vec<Corrected<'a>>,
}

struct Corrected<'a> {
    when: String,
    text: &'a str,
    because: &'a str,
}

/// Everything of a file that happened, newest first.
pub fn entries(house: &House, file: &OpenFile) -> Result<Vec<Entry>, Turned> {
    entries_of(house, file, |_| true)
}

/// The same of the records that are wanted.
fn entries_of(house: &House, file: &OpenFile, wanted: impl Fn(&Opened) -> bool) -> Result<Vec<Entry>, Turned> {
    let mut entries: Vec<(Timestamp, Entry)> = Vec::new();
    for opened in file.records.iter().filter(|opened| wanted(opened)) {
        entries.extend(entry(house, file, opened)?.map(|entry| (happened_on(opened), entry)));
        if let Content::Enrolment(Enrolment { ended: Some(ended), service, .. }) = &opened.record.content {
            let title = format!("Stopped using {}", house.service_name(*service));
            let at = ended.to_zoned(duties::clock::london()).map_or(opened.header.opened, |zoned| zoned.timestamp());
            entries.push((at, Entry::new(title, day(*ended))));
        }
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn entry(house: &House, file: &OpenFile, opened: &Opened) -> Result<Option<Entry>, Turned> {
    let provenance = &opened.record.provenance;
    let by = written_by(house, provenance);
    let id = opened.header.id;
    Ok(Some(match &opened.record.content {
        Content::Note(note) => note_entry(house, file, opened, note, by)?,
        Content::Paper(paper) => Entry {
            by,
            tags: confidence(provenance),
            text: paper.text.as_ref().map(|text| Shown::from(lines(&super::papers::shortened(text.for_page(), 600)))),
            link: Some(("Open the paper".to_owned(), format!("/people/{}/papers/{id}", opened.header.file))),
            written: written(paper.dated == day_in_london(provenance.written_at), provenance),
            ..Entry::new(paper.title.for_page().as_str(), day(paper.dated))
        },
        // A correction of something that is shown stands with it.
        Content::Correction(correction) if file.record(correction.of).is_some() => return Ok(None),
        Content::Correction(correction) => Entry {
            by,
            tags: vec![Tag::new("Correction of an older entry", Tone::Purple)],
            text: Some(Shown::from(lines(correction.text.for_page()))),
            ..Entry::new("Put right", day_of(opened.header.opened))
        },
        Content::Enrolment(enrolment) => Entry {
            by,
            text: Some(Shown::from(enrolment_lines(enrolment))),
            tags: (opened.header.state == Stands::Waiting)
                .then(|| Tag::new("Not complete: notice still to be given", Tone::Red))
                .into_iter()
                .collect(),
            ..Entry::new(format!("Began to use {}", house.service_name(enrolment.service)), day(enrolment.started))
        },
        Content::Notice(notice) => {
            let Some((on, form)) = notice.given else { return Ok(None) };
            Entry { by, ..Entry::new(format!("Given: {}", form.words()), day(on)) }
        }
        Content::Disclosure(shared) => Entry {
            by,
            text: Some(Shown::from(lines(shared.what.for_page()))),
            ..Entry::new(format!("Shared with {}, {}", shared.to.for_page(), shared.ground.words()), day(shared.on))
        },
        Content::Warning(warning) => {
            let state = (opened.header.state == Stands::Superseded).then(|| Tag::new("Lifted", Tone::Grey));
            Entry {
                by,
                text: Some(Shown::from(lines(warning.text.for_page()))),
                tags: state.into_iter().collect(),
                ..Entry::new(format!("Warning: {}", warning.warning.words()), day_of(opened.header.opened))
            }
        }
        _ => return Ok(None),
    }))
}

fn note_entry(house: &House, file: &OpenFile, opened: &Opened, note: &Note, by: String) -> Result<Entry, Turned> {
    let (id, provenance) = (opened.header.id, &opened.record.provenance);
    let corrections = corrections_of(file, id);
    let mut tags = confidence(provenance);
    tags.extend(note.touches.iter().map(|about| Tag::new(format!("About {}", about.words()), Tone::Plain)));
    if !corrections.is_empty() {
        tags.push(Tag::new("Put right below", Tone::Purple));
    }
    let text = NoteText {
        paragraphs: paragraphs(note.text.for_page()),
        own_words: note.own_words.as_ref().map(|words| paragraphs(words.for_page())).unwrap_or_default(),
        corrections,
    };
    let text = Html::render(&text).map_err(|_| Turned::Problem(Problem::Internal))?;
    let by = match note.service {
        Some(service) => format!("{by} · {}", house.service_name(service)),
        None => by,
    };
    let same_day = day_in_london(note.happened) == day_in_london(provenance.written_at);
    Ok(Entry {
        by,
        tags,
        text: Some(text.into()),
        written: written(same_day, provenance),
        link: Some(("Correct this note".to_owned(), format!("/people/{}/notes/{id}/correct", opened.header.file))),
        ..Entry::new(note.title.for_page().as_str(), day_of(note.happened))
    })
}

fn corrections_of(file: &OpenFile, of: RecordId) -> Vec<Corrected<'_>> {
    let corrections = file.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Correction(correction) if correction.of == of => Some(Corrected {
            when: day_of(opened.header.opened),
            text: correction.text.for_page(),
            because: correction.because.for_page(),
        }),
        _ => None,
    });
    corrections.collect()
}

fn enrolment_lines(enrolment: &Enrolment) -> Vec<String> {
    let mut said = vec![format!("Why: {}", enrolment.reason.for_page())];
    said.extend(enrolment.outcomes.iter().map(|outcome| format!("Outcome: {}", outcome.for_page())));
    said
}

/// Who wrote it, and who told us, where that is somebody else.
pub fn written_by(house: &House, provenance: &Provenance) -> String {
    let writer = provenance.written_by.map(|file| house.staff_name(file).to_owned());
    let told = (provenance.source != Source::Staff).then(|| {
        let name = provenance.source_name.as_ref().map_or_else(String::new, |name| format!(", {}", name.for_page()));
        format!("{}{name}", provenance.source.words())
    });
    match (writer, told) {
        (Some(writer), Some(told)) => format!("{writer}, told by {told}"),
        (Some(writer), None) => writer,
        (None, Some(told)) => first_up(&told),
        (None, None) => String::new(),
    }
}

fn confidence(provenance: &Provenance) -> Vec<Tag> {
    provenance.in_confidence.then(|| Tag::new("Told in confidence", Tone::Yellow)).into_iter().collect()
}

fn written(same_day: bool, provenance: &Provenance) -> String {
    if same_day { String::new() } else { format!("written {}", day_of(provenance.written_at)) }
}

fn day_in_london(at: Timestamp) -> jiff::civil::Date {
    crate::records::operation::london_day(at)
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn lines(text: &str) -> Vec<String> {
    paragraphs(text).into_iter().map(str::to_owned).collect()
}
