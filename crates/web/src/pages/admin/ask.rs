//! A page of administration that asks something: what to know first, the questions, one button.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::forms::Form;
use crate::page::{Page, Shell, Title};
use crate::who::Who;

use super::super::people::turned::Turned;
use super::set_up::Stage;
use super::shell;

/// A question, before its form is known.
#[derive(Clone, Debug)]
pub struct Question {
    /// The page's heading and title: fixed words.
    pub heading: &'static str,
    /// Whom it is about; empty for nobody.
    pub about: String,
    /// What to know first.
    pub intro: Vec<String>,
    /// Where back and cancel lead.
    pub back: String,
    /// What the button says.
    pub button: &'static str,
    /// Whether the button takes something away.
    pub danger: bool,
    /// Where in the set-up it stands.
    pub stage: Option<Stage>,
    /// What came of the last action.
    pub done: String,
    /// A letter as it would look, paragraph by paragraph; empty for none. It comes with a button to look at it anew.
    pub letter: Vec<String>,
}

impl Question {
    /// A question with a heading, a way back and words for its button.
    pub fn new(heading: &'static str, back: impl Into<String>, button: &'static str) -> Self {
        Self {
            heading,
            about: String::new(),
            intro: Vec::new(),
            back: back.into(),
            button,
            danger: false,
            stage: None,
            done: String::new(),
            letter: Vec::new(),
        }
    }

    /// Says something first.
    pub fn intro(mut self, words: impl Into<String>) -> Self {
        self.intro.push(words.into());
        self
    }

    /// Says whom it is about.
    pub fn about(mut self, name: impl Into<String>) -> Self {
        self.about = name.into();
        self
    }

    /// Stands in the set-up.
    pub fn stage(mut self, stage: Option<Stage>) -> Self {
        self.stage = stage;
        self
    }
}

#[derive(Template)]
#[template(path = "admin/ask.html")]
struct AskPage {
    shell: Shell,
    form: Form,
    question: Question,
}

/// The page: 200, or 422 where the form came back with errors.
pub async fn page(app: &App, who: &Who, question: Question, form: Form) -> Result<Response, Turned> {
    let wrong = form.has_errors();
    let shell = shell(app, who, Title::new(question.heading).with_error(wrong), &question.done).await?;
    let page = AskPage { shell, form, question };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// Puts what a use case found at its fields.
pub fn put<W: Into<String>>(form: &mut Form, faults: Vec<(&'static str, W)>) {
    for (field, words) in faults {
        form.error(field, words);
    }
}
