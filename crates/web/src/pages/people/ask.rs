//! A page that asks something about a person: their name, the questions, one button.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::components::WarningStrip;
use crate::forms::Form;
use crate::page::{Page, Section, Shell, Title};
use crate::records::FileId;
use crate::who::Who;

use super::file::name_of;
use super::head::{warnings, with_warning_elsewhere};
use super::turned::{Turned, at_file};

/// A question about a person, before its form is known.
pub struct Question {
    /// The page's heading and title: fixed words.
    pub heading: &'static str,
    /// What to know first.
    pub intro: Vec<String>,
    /// What is being changed: a line above it, and its words.
    pub shown: Vec<(String, String)>,
    /// Where the form goes, below the file.
    pub action: String,
    /// Where the back link goes, below the file.
    pub back: &'static str,
    /// What the button says.
    pub button: &'static str,
    /// Whether the button takes something away.
    pub danger: bool,
    /// Whether a file is uploaded.
    pub upload: bool,
    /// Values that go with the form unseen.
    pub hidden: Vec<(&'static str, String)>,
}

impl Question {
    /// A question with a heading, an address for its form and words for its button.
    pub fn new(heading: &'static str, action: impl Into<String>, button: &'static str) -> Self {
        Self {
            heading,
            intro: Vec::new(),
            shown: Vec::new(),
            action: action.into(),
            back: "",
            button,
            danger: false,
            upload: false,
            hidden: Vec::new(),
        }
    }

    /// Says something first.
    pub fn intro(mut self, words: impl Into<String>) -> Self {
        self.intro.push(words.into());
        self
    }

    /// Leads back to a part of the file.
    pub fn back(mut self, path: &'static str) -> Self {
        self.back = path;
        self
    }

    /// Sends a value with the form.
    pub fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }
}

#[derive(Template)]
#[template(path = "people/ask.html")]
struct AskPage {
    shell: Shell,
    form: Form,
    warnings: WarningStrip,
    name: String,
    heading: &'static str,
    intro: Vec<String>,
    shown: Vec<(String, String)>,
    action: String,
    back: String,
    button: &'static str,
    danger: bool,
    upload: bool,
    hidden: Vec<(&'static str, String)>,
}

/// The page: 200, or 422 where the form came back with errors.
pub async fn page(app: &App, who: &Who, file: FileId, question: Question, form: Form) -> Result<Response, Turned> {
    let wrong = form.has_errors();
    let shell = app.shell(who, Title::new(question.heading).with_error(wrong)).await?.within(Section::People);
    let page = AskPage {
        shell,
        warnings: strip(app, file).await?,
        name: name_of(app, file).await?,
        heading: question.heading,
        intro: question.intro,
        shown: question.shown,
        action: format!("/people/{file}{}", question.action),
        back: format!("/people/{file}{}", question.back),
        button: question.button,
        danger: question.danger,
        upload: question.upload,
        hidden: question.hidden,
        form,
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// The warnings of the file. Whoever asks something about a person has opened their file a moment before.
pub async fn strip(app: &App, file: FileId) -> Result<WarningStrip, Turned> {
    let book = app.office.book();
    if !app.office.is_warned(file) {
        return Ok(WarningStrip::default());
    }
    let opened = book.file_in_passing(file).await.map_err(|error| at_file(error.into(), file, ""))?;
    // What the person's other files warn of is read there, by those to whom they are open.
    let elsewhere = app.office.files_of(file).into_iter().filter(|other| *other != file);
    let mut cards = elsewhere.filter_map(|other| book.card(other));
    Ok(with_warning_elsewhere(warnings(&opened), cards.any(|card| card.warned)))
}
