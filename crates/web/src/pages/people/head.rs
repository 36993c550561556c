//! What stands above every page of a file: warnings, who it is, and the way to its parts.

use askama::Template;
use duties::SignedIn;
use duties::people::{FileOpened, Why, open_file, open_history};

use crate::access::Action;
use crate::app::App;
use crate::book::OpenFile;
use crate::components::{Warning, WarningStrip};
use crate::records::{Content, FileId, Kind, State};

use super::forms::{age, day};
use super::turned::{Turned, at_file};
use super::whys::why;

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What holds now.
    Summary,
    /// What happened.
    Timeline,
    /// Letters and scans.
    Papers,
    /// Who belongs to whom.
    Family,
    /// Who has looked, and who can.
    Looked,
    /// Requests about this person's data.
    Requests,
}

/// Above a file. Prints itself.
#[derive(Template)]
#[template(path = "people/head.html")]
pub struct Head {
    warnings: WarningStrip,
    /// Whether another file of the person stayed shut.
    shut: bool,
    /// The name that the page greets the person with.
    pub called: String,
    facts: Vec<String>,
    tabs: Vec<(&'static str, String, bool)>,
    purpose: String,
    reason_href: String,
}

impl askama::filters::HtmlSafe for Head {}

/// A file that was opened for a page.
pub struct Shown {
    /// The file.
    pub opened: FileOpened,
    /// Why.
    pub why: Why,
    /// What stands above it.
    pub head: Head,
}

/// Opens a file for a page, and makes its head. `then` is the page's own path below the file.
pub async fn shown(app: &App, who: &SignedIn, file: FileId, tab: Option<Tab>, then: &str) -> Result<Shown, Turned> {
    show(app, who, file, tab, then, false).await
}

/// The same with the whole history.
pub async fn shown_whole(app: &App, who: &SignedIn, file: FileId, tab: Tab, then: &str) -> Result<Shown, Turned> {
    show(app, who, file, Some(tab), then, true).await
}

async fn show(
    app: &App,
    who: &SignedIn,
    file: FileId,
    tab: Option<Tab>,
    then: &str,
    whole: bool,
) -> Result<Shown, Turned> {
    let why = why(app, who, file).await.map_err(|stopped| at_file(stopped, file, then))?;
    let opened = if whole {
        open_history(&app.office, who, file, &why).await
    } else {
        open_file(&app.office, who, file, &why).await
    }
    .map_err(|stopped| at_file(stopped, file, then))?;
    let head = head(app, who, &opened, &why, tab).await;
    Ok(Shown { opened, why, head })
}

async fn head(app: &App, who: &SignedIn, opened: &FileOpened, why: &Why, tab: Option<Tab>) -> Head {
    let file = opened.file.file;
    let card = &opened.file.card;
    let mut facts = Vec::new();
    if card.preferred.is_some() {
        facts.push(card.name.for_page().clone());
    }
    if let Some(born) = card.born.as_ref().map(|born| *born.for_page()) {
        let years = age(born, opened.operation.today());
        facts.push(format!("{years} {}, born {}", if years == 1 { "year old" } else { "years old" }, day(born)));
    }
    facts.push(card.class.words().to_owned());
    let mut tabs = vec![
        (Tab::Summary, "Summary", ""),
        (Tab::Timeline, "Timeline", "/timeline"),
        (Tab::Papers, "Papers", "/papers"),
        (Tab::Family, "Family", "/family"),
    ];
    if app.office.would_permit(who, Action::SeeWhoLooked, Some(file), why.purpose).await {
        tabs.push((Tab::Looked, "Who has looked", "/looked"));
    }
    if app.office.would_permit(who, Action::SeeRequests, None, why.purpose).await {
        tabs.push((Tab::Requests, "Requests", "/requests"));
    }
    let said = if why.reason.is_empty() { String::new() } else { format!(" ({})", why.reason) };
    Head {
        warnings: with_warning_elsewhere(warnings(&opened.file), opened.shut.warned),
        shut: opened.shut.files > 0,
        called: card.called().to_owned(),
        facts,
        tabs: tabs
            .into_iter()
            .map(|(which, words, path)| (words, format!("/people/{file}{path}"), Some(which) == tab))
            .collect(),
        purpose: format!("{}{said}", why.purpose.words()),
        reason_href: format!("/people/{file}/reason"),
    }
}

/// A warning in another file of the person, of which whoever looks may know only that it stands.
pub fn with_warning_elsewhere(mut strip: WarningStrip, warned: bool) -> WarningStrip {
    if warned {
        strip.warnings.push(Warning {
            title: "A warning that is not open to you".to_owned(),
            text: "It stands in another file of this person. Before you ring, write, visit or tell anybody anything, ask your \
                   manager or whoever leads on data protection what it says."
                .to_owned(),
        });
    }
    strip
}

/// The warnings that stand above a file.
pub fn warnings(file: &OpenFile) -> WarningStrip {
    let standing = file.of_kind(Kind::Warning).filter(|record| record.header.state != State::Superseded);
    let warnings = standing.filter_map(|record| match &record.record.content {
        Content::Warning(warning) => {
            Some(Warning { title: warning.warning.words().to_owned(), text: warning.text.for_page().clone() })
        }
        _ => None,
    });
    WarningStrip { warnings: warnings.collect() }
}
