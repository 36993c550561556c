//! Where else a person is mentioned: by file, with the words around, and why it may be them.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use duties::papers::suggest::Certainty;
use duties::people::{FileMentions, Mention, MentionedIn, Mentions, mentions};

use crate::app::App;
use crate::page::{Page, Section, Shell, Title};
use crate::records::{FileId, Kind};
use crate::who::Who;

use super::file::name_of;
use super::forms::day;
use super::reason::file_id;
use super::turned::{Answer, at_file};
use super::whys::why;

/// At most so many places are shown.
pub const MOST: usize = 200;

#[derive(Template)]
#[template(path = "people/mentions.html")]
struct MentionsPage {
    shell: Shell,
    name: String,
    file: FileId,
    said: String,
    files: Vec<FileShown>,
}

/// The records of one file.
pub struct FileShown {
    /// What the person of that file is called.
    pub called: String,
    /// What they are to the charity.
    pub class: &'static str,
    /// Their file.
    pub href: String,
    /// The records.
    pub records: Vec<RecordShown>,
}

/// One record.
pub struct RecordShown {
    /// Which, as a check box posts it.
    pub value: String,
    /// What it is, and of which day.
    pub heading: String,
    /// Where it is read as a whole.
    pub href: String,
    /// Whether it is linked to the person already.
    pub linked: bool,
    /// The places.
    pub mentions: Vec<PlaceShown>,
    /// How many further places there are in it.
    pub more: usize,
}

/// One place.
pub struct PlaceShown {
    /// The words before.
    pub before: String,
    /// The words themselves.
    pub words: String,
    /// The words after.
    pub after: String,
    /// Why, and how sure.
    pub why: String,
}

/// What was found, for a page.
pub fn files_shown(found: &Mentions) -> Vec<FileShown> {
    found.files.iter().map(file_shown).collect()
}

fn file_shown(file: &FileMentions) -> FileShown {
    FileShown {
        called: file.called.clone(),
        class: file.class.words(),
        href: format!("/people/{}", file.file),
        records: file.records.iter().map(record_shown).collect(),
    }
}

fn record_shown(record: &MentionedIn) -> RecordShown {
    let (file, id) = (record.file, record.record);
    RecordShown {
        value: format!("{file}/{id}"),
        heading: format!("{}, {}", record.heading, day(record.on)),
        href: match record.kind {
            Kind::Paper => format!("/people/{file}/papers/{id}"),
            Kind::Note | Kind::Correction => format!("/people/{file}/timeline?older=1"),
            _ => format!("/people/{file}"),
        },
        linked: record.linked,
        mentions: record.mentions.iter().map(place_shown).collect(),
        more: record.places.saturating_sub(record.mentions.len()),
    }
}

fn place_shown(mention: &Mention) -> PlaceShown {
    let sure = match mention.certainty {
        Certainty::Sure => "sure",
        Certainty::Likely => "likely",
        Certainty::Maybe => "perhaps",
    };
    PlaceShown {
        before: mention.before.clone(),
        words: mention.words.clone(),
        after: mention.after.clone(),
        why: format!("{} ({sure})", mention.why),
    }
}

/// How much was found, in a sentence.
pub fn said(found: &Mentions) -> String {
    let files = found.files.len();
    match (found.places, found.shown) {
        (0, _) => "They are mentioned in no other file that you may open.".to_owned(),
        (places, shown) if places == shown => {
            let place = if places == 1 { "1 place".to_owned() } else { format!("{places} places") };
            let file = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
            format!("Found {place} in {file} that you may open.")
        }
        (places, shown) => {
            format!("Found {places} places in files that you may open. The first {shown} are shown, the surest first.")
        }
    }
}

/// The page.
pub async fn show(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let turned = |stopped| at_file(stopped, file, "/mentions");
    let why = why(&app, &who.0, file).await.map_err(turned)?;
    let found = mentions(&app.office, &who.0, file, &why, MOST, |_| {}).await.map_err(turned)?;
    let name = name_of(&app, file).await?;
    let shell = app.shell(&who, Title::new("Where else they are mentioned")).await?.within(Section::People);
    let page = MentionsPage { shell, name, file, said: said(&found), files: files_shown(&found) };
    Ok(Page::new(page).into_response())
}
