//! Who may do what, in words: asked of the rules of access as they run, so that the page cannot say anything else.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::IntoResponse;

use crate::access::{Access, Action, ActorFacts, Circumstances, Effect, Scope};
use crate::app::App;
use crate::components::Table;
use crate::page::{Page, Shell, Title};
use crate::records::{FileId, Purpose, StaffRole};
use crate::who::Who;

use super::super::people::forms::first_up;
use super::super::people::turned::Answer;
use super::set_up::Asked;
use super::{permitted, shell};

/// What somebody in a role does, in a line for whoever gives it.
pub const fn about(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Volunteer => "Sees only people who were named to them.",
        StaffRole::FamilyWorker => "Keeps the files of people at their services.",
        StaffRole::ServiceManager => "The same, and the requests of people at their services.",
        StaffRole::SeniorManager => "Opens a file only where it was opened to them by name.",
        StaffRole::DataProtectionLead => "Answers requests, and looks after the policy.",
        StaffRole::Trustee => "Sees how promises stand, checks what goes out, adopts the policy. Opens no file.",
        StaffRole::Administrator => "Looks after accounts and settings. Opens no file.",
        StaffRole::Inspector => "Reads what was opened to them, for a time.",
        StaffRole::Commissioner => "Reads the files of a service that they pay for, and says why.",
    }
}

/// Rules under one heading.
struct Group {
    heading: &'static str,
    rules: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "admin/roles.html")]
struct RolesPage {
    shell: Shell,
    house: Table,
    groups: Vec<Group>,
}

/// `GET /admin/roles`
pub async fn show(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::SeeAdministration, "/admin/roles").await?;
    let access = app.office.access();
    let of = |effect| access.rules().iter().filter(move |rule| rule.effect == effect);
    let lines = |effect| of(effect).map(|rule| (rule.words, rule.clauses)).collect();
    let page = RolesPage {
        shell: shell(&app, &who, Title::new("Who may do what"), &asked.done).await?,
        house: house_table(access),
        groups: vec![
            Group { heading: "What opens something", rules: lines(Effect::Permit) },
            Group { heading: "What is refused whatever else opens it", rules: lines(Effect::Forbid) },
        ],
    };
    Ok(Page::new(page).into_response())
}

/// The deeds that concern no single file, and the roles that may do them, one purpose at least being right.
fn house_table(access: &Access) -> Table {
    let head = Table::new("For the charity as a whole").column("Deed").column("Who may").column("Asked first");
    let deeds = Action::ALL.iter().filter(|action| action.scope() != Scope::File);
    deeds.fold(head.named_rows().cards(), |table, action| {
        let may: Vec<StaffRole> = StaffRole::ALL.into_iter().filter(|role| may(access, *role, *action)).collect();
        let words = if may.len() == StaffRole::ALL.len() {
            "Everybody with an account".to_owned()
        } else {
            first_up(&may.iter().map(|role| role.words()).collect::<Vec<_>>().join(", "))
        };
        let first = may.first().map_or("", |role| needs(access, *role, *action));
        table.row([first_up(action.words()).into(), words.into(), first.into()])
    })
}

fn somebody(role: StaffRole, stepped_up: bool) -> ActorFacts {
    ActorFacts { stepped_up, ..ActorFacts::new(FileId::from_bytes([1; 16]), &[role]) }
}

fn may(access: &Access, role: StaffRole, action: Action) -> bool {
    let allowed =
        |purpose| access.decide(&somebody(role, true), action, None, &Circumstances::of(purpose).with_reason()).allowed;
    Purpose::ALL.into_iter().any(allowed)
}

/// What somebody gives before a deed, besides being in the role.
fn needs(access: &Access, role: StaffRole, action: Action) -> &'static str {
    let moment = Circumstances::of(Purpose::Administration);
    match access.decide(&somebody(role, false), action, None, &moment).needs {
        Some(needs) if needs.reason() && needs.step_up() => "A fresh code and a reason",
        Some(needs) if needs.reason() => "A reason",
        Some(needs) if needs.step_up() => "A fresh code",
        _ => "Nothing",
    }
}
