//! The page of one step of a case: what it does, its form or forms, and, for steps with legal weight, the check before
//! saving with the letter as it will go out.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::Form;
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

/// One form on the page of a step.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its heading; empty where the page's own is enough.
    pub heading: String,
    /// What it does, paragraph by paragraph.
    pub words: Vec<String>,
    /// Where it is posted; empty for the page itself.
    pub action: String,
    /// What is asked.
    pub form: Form,
    /// What is posted with it, unseen.
    pub hidden: Vec<(String, String)>,
    /// What the button says; empty for a part without a button.
    pub button: &'static str,
    /// The button's kind: `""`, `"secondary"`, `"warning"`.
    pub kind: &'static str,
}

/// The page of a step.
#[derive(Template)]
#[template(path = "requests/step.html")]
pub struct StepPage {
    /// Surroundings.
    pub shell: Shell,
    /// What the way back says: the reference of the case.
    pub reference: String,
    /// The address of the case.
    pub base: String,
    /// The heading.
    pub heading: String,
    /// Facts above the forms.
    pub facts: SummaryList,
    /// A warning above the forms; empty for none.
    pub warning: String,
    /// The letter as it will go out, paragraph by paragraph; empty for none.
    pub letter: Vec<String>,
    /// The forms.
    pub parts: Vec<Part>,
    /// Further ways, below the forms: words and address.
    pub links: Vec<(&'static str, String)>,
}

impl StepPage {
    /// A page with a heading and nothing else yet.
    pub async fn new(app: &App, who: &Who, reference: &str, heading: &'static str) -> Result<Self, Problem> {
        Self::of(app, who, ("requests", reference), heading).await
    }

    /// The same for another sort of case, by the first part of its address.
    pub async fn of(
        app: &App,
        who: &Who,
        (sort, reference): (&str, &str),
        heading: &'static str,
    ) -> Result<Self, Problem> {
        let title = Title::new(heading).reference(reference);
        let shell = app.shell(who, title).await?.within(Section::Requests);
        Ok(Self::in_shell(shell, (format!("/{sort}/{reference}"), reference.to_owned()), heading))
    }

    /// The same in surroundings that are there already, with the way back: its address and its words.
    pub fn in_shell(shell: Shell, (base, back): (String, String), heading: impl Into<String>) -> Self {
        Self {
            shell,
            reference: back,
            base,
            heading: heading.into(),
            facts: SummaryList::new(),
            warning: String::new(),
            letter: Vec::new(),
            parts: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Adds a form.
    #[must_use]
    pub fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// Sent: with 422 and a title that says so where something is wrong.
    pub fn send(mut self) -> Response {
        if self.parts.iter().any(|part| part.form.has_errors()) {
            self.shell = self.shell.titled_error();
            Page::with_errors(self).into_response()
        } else {
            Page::new(self).into_response()
        }
    }
}

/// After a step: back to the case, with the fixed words of what was done.
pub fn back(reference: &str, done: &str) -> Response {
    Redirect::to(&format!("/requests/{reference}?done={done}")).into_response()
}

/// What stops a step from outside its own rules, as a page.
pub fn stop(stopped: duties::Stopped) -> Response {
    problem(stopped).into_response()
}

/// The result words for `?done=`: fixed, so that no address holds anything personal.
pub fn done_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "recorded" => "Recorded. Next: acknowledge.",
        "acknowledged" => "The acknowledgement is written. Open it and send it.",
        "identity-asked" => "The letter is written. Open it and send it. The month starts when the proof comes.",
        "identity-received" => "Noted. The month starts on the day it came.",
        "known" => "Noted. Nothing needs to be asked.",
        "authority-asked" => "The letter is written. Open it and send it. The month starts when the answer comes.",
        "missing-asked" => "The letter is written. Open it and send it. The clock goes on.",
        "details-added" => "The details are saved.",
        "paused" => "The letter is written and the clock is stopped. Open it and send it.",
        "resumed" => "Noted. The clock goes on.",
        "extended" => "Extended. Send the letter today: what counts is the day on which you tell them.",
        "refused" => "Refused. Open the letter and send it.",
        "fee-asked" => "The letter is written. Open it and send it. The month starts when the fee is paid.",
        "wish-settled" => "Settled. Write to them when everything is.",
        "wishes-told" => "The letter is written. Open it and send it.",
        "opinion" => "The opinion is saved. It counts for six months from the day it was given.",
        "fee-paid" => "Noted. The month starts on the day on which it was paid.",
        "fee-waived" => "The fee is taken back. The days of waiting count.",
        "judged" => "Noted. A birthday that changes who decides is shown here.",
        "right" => "Noted. They may ask.",
        "called" | "searched" | "wish-noted" => "Noted.",
        "mentions" => "Taken in. Gather once more, so that they can be read through.",
        "gathered" => "Gathered. Next: read it through.",
        "owner" => "Saved.",
        "sent" => "Marked as sent.",
        "late" => "Noted. It counts as late all the same.",
        "closed" => "Closed.",
        _ => return None,
    })
}
