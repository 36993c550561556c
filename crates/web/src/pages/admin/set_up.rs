//! The first set-up (S22): an order over the pages of administration, left and taken up again at any time.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use duties::house::{CheckLine, ToSetUp, see_checklist};
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::components::{Task, TaskList, TaskState};
use crate::page::{Page, Shell, Title};
use crate::who::Who;

use super::super::people::turned::{Answer, at_house};
use super::{permitted, shell};

/// What an address of these pages says besides its path.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// Set while somebody is led through the set-up.
    #[serde(default, rename = "set-up")]
    set_up: String,
    /// What came of the last action.
    #[serde(default)]
    pub done: String,
    /// Set to begin with what is in force instead of what was typed before.
    #[serde(default)]
    pub afresh: String,
}

impl Asked {
    /// The same walk on another page.
    pub fn to(&self, path: &str) -> String {
        if self.walking() { format!("{path}?set-up=yes") } else { path.to_owned() }
    }

    /// Back to a page after something was done there.
    pub fn done(&self, path: &str, done: &str) -> String {
        let walk = if self.walking() { "set-up=yes&" } else { "" };
        format!("{path}?{walk}done={done}")
    }

    fn walking(&self) -> bool {
        self.set_up == "yes"
    }

    /// Where in the set-up this page stands, while somebody is led through it.
    pub fn stage(&self, step: Step) -> Option<Stage> {
        self.walking().then(|| Stage::of(step))
    }
}

/// A step of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The charity's details.
    Charity,
    /// The policy as it is.
    Policy,
    /// The first service.
    Services,
    /// The places to search.
    Places,
    /// Colleagues, among them a second person.
    People,
}

impl Step {
    const ALL: [Self; 5] = [Self::Charity, Self::Policy, Self::Services, Self::Places, Self::People];

    const fn path(self) -> &'static str {
        match self {
            Self::Charity => "/admin/charity",
            Self::Policy => "/admin/policy",
            Self::Services => "/admin/services",
            Self::Places => "/admin/places",
            Self::People => "/admin/people",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Charity => "Say who you are",
            Self::Policy => "Read your policy as the program reads it",
            Self::Services => "Add your first service",
            Self::Places => "List the places to search",
            Self::People => "Invite colleagues",
        }
    }

    /// The line of the checklist that says whether it is done.
    const fn line(self) -> ToSetUp {
        match self {
            Self::Charity => ToSetUp::Charity,
            Self::Policy => ToSetUp::Policy,
            Self::Services => ToSetUp::Service,
            Self::Places => ToSetUp::Places,
            Self::People => ToSetUp::SecondPerson,
        }
    }

    fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(at + 1).copied()
    }
}

/// Where in the set-up a page stands, and what comes after it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// "Setting up: step 2 of 5".
    pub caption: String,
    /// The page of the next step.
    pub on: String,
    /// What the button to it says.
    pub words: String,
}

impl Stage {
    fn of(step: Step) -> Self {
        let number = Step::ALL.iter().position(|one| *one == step).map_or(1, |at| at + 1);
        let caption = format!("Setting up: step {number} of {}", Step::ALL.len());
        match step.next() {
            Some(next) => Self {
                caption,
                on: format!("{}?set-up=yes", next.path()),
                words: format!("Go on: {}", first_down(next.title())),
            },
            None => {
                Self { caption, on: "/admin/set-up?set-up=yes".to_owned(), words: "Go on: what is left".to_owned() }
            }
        }
    }
}

/// The first letter small, for the middle of a sentence.
fn first_down(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whether every step is done. The checklist has more lines than there are steps.
pub fn is_done(lines: &[CheckLine]) -> bool {
    Step::ALL.iter().all(|step| lines.iter().any(|line| line.what == step.line() && line.done))
}

#[derive(Template)]
#[template(path = "admin/set_up.html")]
struct SetUpPage {
    shell: Shell,
    tasks: TaskList,
    /// Nothing was done yet.
    fresh: bool,
    /// The next step that is not done: its page, and words for the button.
    next: Option<(String, String)>,
    /// Lines of the checklist that no step covers and that are still open.
    left: usize,
}

/// `GET /admin/set-up`: the steps, how far each is, and on to the first that is open.
pub async fn show(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageSettings, "/admin/set-up").await?;
    let lines = see_checklist(&app.office, &who.0).await.map_err(|stopped| at_house(stopped, "/admin/set-up"))?;
    let colleagues = app.office.house().await.map_err(|stopped| at_house(stopped, "/admin/set-up"))?.staff.len() > 1;
    let line = |step: Step| lines.iter().find(|line| line.what == step.line());
    let done = |step: &Step| line(*step).is_some_and(|line| line.done);
    let tasks = Step::ALL.map(|step| {
        let task = Task::new(step.title(), format!("{}?set-up=yes", step.path()), state(line(step), step, colleagues));
        task.hint(line(step).map_or("", |line| line.words.as_str()))
    });
    let fresh = !asked.walking() && !done(&Step::Charity);
    let verb = if fresh { "Begin" } else { "Next" };
    // A policy past its review is in force, and somebody else adopts the next one: it comes last.
    let open = || Step::ALL.into_iter().filter(|step| !done(step));
    let next = open().find(|step| *step != Step::Policy).or_else(|| open().next());
    let page = SetUpPage {
        fresh,
        next: next.map(|step| (format!("{}?set-up=yes", step.path()), format!("{verb}: {}", first_down(step.title())))),
        left: lines.iter().filter(|line| !line.done).count(),
        tasks: TaskList::new(tasks),
        shell: shell(&app, &who, Title::new("Set up Guardbook"), &asked.done).await?,
    };
    Ok(Page::new(page).into_response())
}

/// How far a step is. Colleagues who are invited have yet to come, and a policy past its review is in force.
fn state(line: Option<&CheckLine>, step: Step, colleagues: bool) -> TaskState {
    match line {
        Some(line) if line.done => TaskState::Done,
        _ if step == Step::People && colleagues => TaskState::Waiting,
        _ if step == Step::Policy => TaskState::SomethingMissing,
        _ => TaskState::NotStarted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_to_the_next_and_the_last_to_what_is_left() {
        let walked: Vec<String> = Step::ALL.map(|step| Stage::of(step).on).to_vec();
        assert_eq!(walked[..4], Step::ALL[1..].iter().map(|s| format!("{}?set-up=yes", s.path())).collect::<Vec<_>>());
        assert_eq!(walked[4], "/admin/set-up?set-up=yes");
        assert_eq!(Stage::of(Step::Policy).caption, "Setting up: step 2 of 5");
        assert_eq!(Stage::of(Step::Policy).words, "Go on: add your first service");
    }
}
