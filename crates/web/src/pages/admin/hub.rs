//! The first page of administration: what the book still needs, and the parts that somebody's roles open.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use duties::house::{CheckLine, ToSetUp, see_checklist};

use crate::access::Action;
use crate::app::App;
use crate::components::{Task, TaskList, TaskState};
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

use super::super::people::turned::{Answer, at_house};
use super::set_up::{self, Asked};
use super::{may, shell};

/// A part of administration.
struct Part {
    path: &'static str,
    title: &'static str,
    about: &'static str,
    opened_by: Action,
}

/// It shows whose files they are: only for whom looks after the book and also looks for people.
const UNCOVERED: &str = "/admin/uncovered";

const PARTS: [Part; 12] = [
    Part {
        path: "/admin/people",
        title: "People with an account",
        about: "Who signs in, what they do and where they work; invite a colleague.",
        opened_by: Action::SeeAdministration,
    },
    Part {
        path: "/admin/roles",
        title: "Who may do what",
        about: "The rules of access in words, as they run.",
        opened_by: Action::SeeAdministration,
    },
    Part {
        path: "/admin/held",
        title: "What a file may hold",
        about: "Every kind of record: what for, why it is lawful, how long, who sees it.",
        opened_by: Action::SeeAdministration,
    },
    Part {
        path: "/admin/charity",
        title: "The charity and the regulator",
        about: "Names and addresses as letters and notices print them.",
        opened_by: Action::ManageSettings,
    },
    Part {
        path: "/admin/services",
        title: "Services",
        about: "What you run, and which sensitive information each service needs.",
        opened_by: Action::ManageServices,
    },
    Part {
        path: "/admin/places",
        title: "Places to search",
        about: "Where else records lie: cabinets, drives, mailboxes.",
        opened_by: Action::ManagePlaces,
    },
    Part {
        path: "/admin/holidays",
        title: "Bank holidays",
        about: "The days on which no time limit ends.",
        opened_by: Action::ManageHolidays,
    },
    Part {
        path: "/admin/policy",
        title: "Policy",
        about: "The version in force, its texts and settings; adopt a new one.",
        opened_by: Action::SeeAdministration,
    },
    Part {
        path: UNCOVERED,
        title: "What no purpose covers",
        about: "Papers and facts that nobody said a purpose for, or that no service needs any more.",
        opened_by: Action::SeeAdministration,
    },
    Part {
        path: "/admin/letters",
        title: "Letters",
        about: "What you say of your own in each letter, around what it must say.",
        opened_by: Action::ManageSettings,
    },
    Part {
        path: "/admin/email",
        title: "E-mail",
        about: "Whether letters and reminders can leave by mail; send a test.",
        opened_by: Action::SeeAdministration,
    },
    Part {
        path: "/admin/ledger",
        title: "Ledger",
        about: "Verify that nothing was changed afterwards; take a signed checkpoint.",
        opened_by: Action::VerifyLedger,
    },
];

#[derive(Template)]
#[template(path = "admin/hub.html")]
struct HubPage {
    shell: Shell,
    parts: Vec<&'static Part>,
    tasks: TaskList,
    done: usize,
    all: usize,
    set_up: bool,
}

/// `GET /admin`
pub async fn show(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    let lines = see_checklist(&app.office, &who.0).await.map_err(|stopped| at_house(stopped, "/admin"))?;
    let mut parts = Vec::new();
    for part in &PARTS {
        let finds = part.path != UNCOVERED || may(&app, &who, Action::FindPeople).await;
        if finds && may(&app, &who, part.opened_by).await {
            parts.push(part);
        }
    }
    let (done, all) = (lines.iter().filter(|line| line.done).count(), lines.len());
    let tasks = lines.iter().map(|line| task(line, &parts));
    let page = HubPage {
        tasks: TaskList::new(tasks),
        set_up: !set_up::is_done(&lines) && may(&app, &who, Action::ManageSettings).await,
        parts,
        done,
        all,
        shell: shell(&app, &who, Title::new("Admin"), &asked.done).await?.at(Section::Admin),
    };
    Ok(Page::new(page).into_response())
}

/// A line of the checklist; it leads to its part only for whom that part is open.
fn task(line: &CheckLine, parts: &[&Part]) -> Task {
    let (title, path) = match line.what {
        ToSetUp::Charity => ("The charity's details are complete", "/admin/charity"),
        ToSetUp::Regulator => ("The regulator's details were checked in the last year", "/admin/charity"),
        ToSetUp::Policy => ("The policy is in force, and its review is still to come", "/admin/policy"),
        ToSetUp::Service => ("There is a service", "/admin/services"),
        ToSetUp::Places => ("The places to search are listed", "/admin/places"),
        ToSetUp::SecondPerson => ("Two people can check what goes out", "/admin/people"),
        ToSetUp::RequestsRole => ("Somebody receives the requests", "/admin/people"),
        ToSetUp::Ledger => ("The ledger was verified in the last three months", "/admin/ledger"),
    };
    let state = if line.done { TaskState::Done } else { TaskState::SomethingMissing };
    let task = Task::new(title, path, state).hint(line.words.as_str());
    if parts.iter().any(|part| part.path == path) { task } else { Task { href: None, ..task } }
}
