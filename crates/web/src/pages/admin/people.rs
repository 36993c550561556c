//! Who has an account: the list, and one account with what can be done about it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use duties::accounts::{see_account, see_accounts};
use duties::{House, Staff};

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Content, SummaryList, Table, Tag, Tone};
use crate::page::{Page, Shell, Title};
use crate::records::staff::{Account, AccountState, Grant};
use crate::records::{FileId, Purpose, StaffRole};
use crate::who::Who;

use super::super::people::forms::{day, day_of, first_up};
use super::super::people::reason::file_id;
use super::super::people::turned::{Answer, at_house};
use super::list::{List, page};
use super::set_up::{Asked, Step};
use super::{may, shell};

/// `GET /admin/people`
pub async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    let at = |stopped| at_house(stopped, "/admin/people");
    let staff = see_accounts(&app.office, &who.0).await.map_err(at)?;
    let house = app.office.house().await.map_err(at)?;
    let head = Table::new("").column("Name").column("What they do").column("Where they work").column("State");
    let table = staff.iter().fold(head.named_rows().cards(), |table, one| table.row(row(&app, &house, one)));
    let add = may(&app, &who, Action::ManageAccounts).await;
    let stage = asked.stage(Step::People);
    let mut intro = vec!["Everybody signs in with their own account, so that the ledger says who did what.".to_owned()];
    if stage.is_some() {
        intro.push("Invite two people at least who can check what goes out: trustees, service managers, the data protection lead. Nobody checks what they prepared themselves.".to_owned());
    }
    let list = List {
        heading: "People with an account",
        intro,
        empty: "Nobody has an account yet.",
        add: add.then(|| ("Invite a colleague", asked.to("/admin/people/new"))),
        more: Some(("Who may do what", "/admin/roles")),
        table,
        // Oneself is nobody's second person.
        enough: staff.len() > 1,
        below: Vec::new(),
        stage,
    };
    page(&app, &who, list, &asked.done).await
}

fn row(app: &App, house: &House, one: &Staff) -> [Cell; 4] {
    let state: Content = match &one.account.roles_asked {
        Some(_) if one.account.state != AccountState::Disabled => {
            Tag::new("Role waits for a second person", Tone::Yellow).into()
        }
        _ => tag(one.account.state).into(),
    };
    [
        Cell::link(one.name.as_str(), format!("/admin/people/{}", one.file)),
        in_words(&one.account.roles).into(),
        services(app, house, &one.account).into(),
        state.into(),
    ]
}

/// Roles as a page says them.
pub fn in_words(roles: &[StaffRole]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.words()).collect();
    if words.is_empty() { "Nothing yet".to_owned() } else { first_up(&words.join(", ")) }
}

fn services(app: &App, house: &House, account: &Account) -> String {
    let today = app.office.today();
    let names: Vec<&str> = account.services_on(today).into_iter().map(|id| house.service_name(id)).collect();
    if names.is_empty() { "At no service".to_owned() } else { names.join(", ") }
}

fn tag(state: AccountState) -> Tag {
    match state {
        AccountState::Invited => Tag::new("Invited", Tone::Yellow),
        AccountState::SecondFactorDue => Tag::new("Second step due", Tone::Yellow),
        AccountState::Active => Tag::new("Active", Tone::Green),
        AccountState::Disabled => Tag::new("Closed", Tone::Grey),
    }
}

/// A grant as the page shows it.
struct Given {
    place: usize,
    what: String,
    until: String,
    over: bool,
    reason: String,
    by: String,
}

/// A change of roles that waits.
struct Waiting {
    roles: String,
    by: String,
    when: String,
    /// Whether the reader may say yes, and no.
    may_confirm: bool,
    may_decline: bool,
}

/// What the reader may do about the account.
#[derive(Default)]
struct May {
    manage: bool,
    grant: bool,
    sign_out: bool,
}

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    shell: Shell,
    file: FileId,
    name: String,
    state: Tag,
    facts: SummaryList,
    waiting: Option<Waiting>,
    grants: Vec<Given>,
    may: May,
    own: bool,
    closed: bool,
}

/// `GET /admin/people/{file}`
pub async fn account(State(app): State<App>, who: Who, Path(file): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let file = file_id(&file)?;
    let at = |stopped| at_house(stopped, "/admin/people");
    let staff = see_account(&app.office, &who.0, file).await.map_err(at)?;
    let house = app.office.house().await.map_err(at)?;
    let own = file == who.0.file;
    let closed = staff.account.state == AccountState::Disabled;
    let may_now = May {
        manage: app.office.would_permit(&who.0, Action::ManageAccounts, Some(file), Purpose::Administration).await,
        grant: !own && !closed && may(&app, &who, Action::GiveGrant).await,
        sign_out: !own && !closed && may(&app, &who, Action::EndSessions).await,
    };
    let page = AccountPage {
        facts: facts(&app, &house, &staff, &may_now),
        waiting: waiting(&app, &who, &house, &staff).await,
        grants: given(&app, &house, &staff.account),
        state: tag(staff.account.state),
        may: may_now,
        own,
        closed,
        file,
        name: staff.name,
        shell: shell(&app, &who, Title::new("Account"), &asked.done).await?,
    };
    Ok(Page::new(page).into_response())
}

fn facts(app: &App, house: &House, staff: &Staff, may: &May) -> SummaryList {
    let account = &staff.account;
    let at = |part: &str| format!("/admin/people/{}/{part}", staff.file);
    let change = may.manage && account.state != AccountState::Disabled;
    let mut facts = SummaryList::new();
    if may.manage {
        facts = facts.fact("E-mail address", account.email.for_page().as_str());
    }
    facts = facts.fact("What they do", in_words(&account.roles));
    if change {
        facts = facts.action("Change", at("roles"), "what they do");
    }
    facts = facts.fact("Where they work", services(app, house, account));
    if change {
        facts = facts.action("Change", at("services"), "where they work");
    }
    match (account.state, account.invited_until) {
        (AccountState::Invited, Some(until)) if until < app.office.now() => {
            facts.fact("Their link", "It has run out. Make a new one.")
        }
        (AccountState::Invited, Some(until)) => facts.fact("Their link", format!("Works until {}", day_of(until))),
        _ => facts,
    }
}

async fn waiting(app: &App, who: &Who, house: &House, staff: &Staff) -> Option<Waiting> {
    let asked = staff.account.roles_asked.as_ref()?;
    let second = staff.file != who.0.file && may(app, who, Action::ConfirmRoles).await;
    Some(Waiting {
        roles: in_words(&asked.roles),
        by: if asked.by == who.0.file { "you".to_owned() } else { house.staff_name(asked.by).to_owned() },
        when: day_of(asked.at),
        may_confirm: second && asked.by != who.0.file,
        may_decline: second,
    })
}

fn given(app: &App, house: &House, account: &Account) -> Vec<Given> {
    let today = app.office.today();
    let what = |grant: &Grant| match grant.service {
        Some(service) => format!("Everybody at {}", house.service_name(service)),
        None => "One person's file".to_owned(),
    };
    let line = |(place, grant): (usize, &Grant)| Given {
        place,
        what: what(grant),
        until: day(grant.until),
        over: grant.until < today,
        reason: grant.reason.for_page().clone(),
        by: grant.by.map_or_else(String::new, |by| house.staff_name(by).to_owned()),
    };
    account.grants.iter().enumerate().map(line).collect()
}
