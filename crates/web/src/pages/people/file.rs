//! A person's file: the summary, family, who has looked, requests (S4).

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use duties::House;
use duties::keeping::Keeping;
use duties::people::{LookedMonth, who_looked};
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::book::{OpenFile, Opened};
use crate::components::{Cell, SummaryList, Table, Tag, Timeline, Tone};
use crate::page::{Page, Section, Shell, Title};
use crate::records::people::{ContactDetail, Identity, Safe};
use crate::records::{Content, FileId, Kind, PersonClass, State as Stands};
use crate::who::Who;

use super::forms::{day, day_of, first_up};
use super::head::{Head, Tab, shown};
use super::reason::file_id;
use super::timeline::{entries, printed, said};
use super::turned::{Answer, Turned, at_file};

/// What was just done, in a fixed word.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    pub done: String,
}

#[derive(Template)]
#[template(path = "people/summary.html")]
struct SummaryPage {
    shell: Shell,
    head: Head,
    file: FileId,
    owed: Option<String>,
    may: May,
    about: SummaryList,
    contacts: Vec<ContactCard>,
    services: Vec<SummaryList>,
    facts: Vec<SummaryList>,
    warnings: Vec<(String, String)>,
    timeline: Timeline,
    more: usize,
    family: bool,
    keeping: Vec<String>,
    may_keep: bool,
}

impl SummaryPage {
    fn enrol_href(&self) -> String {
        format!("/people/{}/enrol", self.file)
    }
}

/// One way to reach somebody, as a card.
struct ContactCard {
    channel: &'static str,
    best: bool,
    lines: Vec<String>,
    safe: Tag,
    mind: String,
    end: String,
}

/// Which buttons are shown.
struct May {
    change: bool,
    note: bool,
    warn: bool,
    enrol: bool,
    name: bool,
    seek: bool,
}

/// The summary: what holds now.
pub async fn summary(
    State(app): State<App>,
    Who(who): Who,
    Path(file): Path<String>,
    Query(done): Query<Done>,
) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who, file, Some(Tab::Summary), "").await?;
    let (house, open) = (&found.opened.house, &found.opened.file);
    let may = async |action, purpose| app.office.would_permit(&who, action, Some(file), purpose).await;
    let purpose = found.why.purpose;
    let may = May {
        change: may(Action::ChangePerson, purpose).await,
        note: may(Action::WriteNote, purpose).await,
        warn: may(Action::AddWarning, purpose).await,
        enrol: may(Action::Enrol, purpose).await,
        name: may(Action::NameVolunteer, purpose).await,
        seek: may(Action::SeeHistory, purpose).await,
    };
    let may_keep = may_keep(&app, &who, file, purpose).await;
    let mut entries = entries(house, open)?;
    let more = entries.len().saturating_sub(4) + found.opened.older;
    entries.truncate(4);
    let shell = app.shell(&Who(who.clone()), Title::new("File")).await?.within(Section::People);
    let page = SummaryPage {
        shell: said(shell, &done.done).printed(printed(&who, found.opened.operation.now)),
        owed: owed(open, app.office.today()),
        about: about(open, &may, file),
        contacts: contacts(open, &may),
        services: services(house, open, &may),
        facts: facts(house, open),
        warnings: warnings(open),
        timeline: Timeline { entries },
        family: matches!(open.class, PersonClass::Child | PersonClass::Carer),
        keeping: keeping_lines(&Keeping::of(&app.office, &found.opened)),
        may_keep,
        head: found.head,
        more,
        may,
        file,
    };
    Ok(Page::new(page).into_response())
}

async fn may_keep(app: &App, who: &duties::SignedIn, file: FileId, purpose: crate::records::Purpose) -> bool {
    app.office.would_permit(who, Action::CloseFile, Some(file), purpose).await
        || app.office.would_permit(who, Action::HoldFile, Some(file), purpose).await
}

/// How long the file is kept, in a few lines. Why it is kept longer stands on a page of its own.
fn keeping_lines(keeping: &Keeping) -> Vec<String> {
    let mut lines = Vec::new();
    match (&keeping.closure, keeping.kept_until) {
        (Some((_, closure)), Some(until)) => {
            lines.push(format!("Closed on {}. Kept at least until {}.", day(closure.on), day(until)));
        }
        _ => {
            if let Some(rule) = &keeping.rule {
                lines.push(format!("In use. Kept for {} from their last day.", rule.span.value.figures()));
            }
        }
    }
    if keeping.standing_holds().next().is_some() {
        lines.push("Kept longer than that.".to_owned());
    }
    lines
}

fn owed(file: &OpenFile, today: jiff::civil::Date) -> Option<String> {
    let owed = file.of_kind(Kind::Notice).find(|opened| opened.header.state == Stands::Open)?;
    // The header holds the first moment at which it is late; the last day in time is the day before.
    let due = owed.header.due.map(crate::records::operation::london_day).and_then(|day| day.yesterday().ok())?;
    Some(duties::clock::days_left_words(today, due))
}

fn about(file: &OpenFile, may: &May, id: FileId) -> SummaryList {
    let empty = Identity::default();
    let identity = file.of_kind(Kind::Identity).last().map_or(&empty, |opened| match &opened.record.content {
        Content::Identity(identity) => identity,
        _ => &empty,
    });
    let mut list = SummaryList::new().fact("Full name", identity.name.for_page().as_str());
    if may.change {
        list = list.action("Change", format!("/people/{id}/identity"), "who this is");
    }
    let known = [
        ("Called", &identity.preferred),
        ("Pronouns", &identity.pronouns),
        ("Language and format", &identity.language),
        ("Number in earlier records", &identity.number),
    ];
    for (key, value) in known {
        if let Some(value) = value {
            list = list.fact(key, value.for_page().as_str());
        }
    }
    let born = identity.born.as_ref().map(|born| day(*born.for_page()));
    list = list.fact("Date of birth", born.unwrap_or_else(|| "not known".to_owned()));
    if !identity.former.is_empty() {
        let former: Vec<String> = identity.former.iter().map(|name| name.for_page().clone()).collect();
        list = list.fact("Former names", former);
    }
    list = list.fact("File opened", day_of(file.opened));
    for (other, lines) in super::merge::others(file) {
        list = list.fact("Also on file as", lines);
        if may.change {
            list = list.action("Undo", format!("/people/{id}/merge/{other}/undo"), "the merge with this file");
        }
    }
    list
}

fn contacts(file: &OpenFile, may: &May) -> Vec<ContactCard> {
    let current = file.of_kind(Kind::Contact).filter(|opened| opened.header.state != Stands::Superseded);
    let mut current: Vec<(&Opened, &ContactDetail)> = current
        .filter_map(|opened| match &opened.record.content {
            Content::Contact(contact) => Some((opened, contact)),
            _ => None,
        })
        .collect();
    current.sort_by_key(|(_, contact)| !contact.preferred);
    current.into_iter().map(|(opened, contact)| contact_card(opened.header.file, opened, contact, may)).collect()
}

fn contact_card(file: FileId, opened: &Opened, contact: &ContactDetail, may: &May) -> ContactCard {
    let mut lines: Vec<String> = contact.value.for_page().lines().map(str::to_owned).collect();
    let postcode = contact.postcode.as_ref().map(|postcode| postcode.for_page().clone());
    // Where it stands in the address already, it is not said twice.
    lines.extend(postcode.filter(|postcode| !contact.value.for_page().contains(postcode.as_str())));
    let (id, version) = (opened.header.id, opened.header.version);
    ContactCard {
        channel: contact.channel.words(),
        best: contact.preferred,
        lines,
        safe: safe_tag(contact.safe),
        mind: contact.mind.as_ref().map_or_else(String::new, |mind| mind.for_page().clone()),
        end: if may.change {
            format!("/people/{file}/contacts/{id}/supersede?version={version}")
        } else {
            String::new()
        },
    }
}

fn safe_tag(safe: Safe) -> Tag {
    match safe {
        Safe::Yes => Tag::new("Yes, safe to use", Tone::Green),
        Safe::No => Tag::new("No: never use it", Tone::Red),
        Safe::NotAsked => Tag::new("Not asked yet: ask first", Tone::Yellow),
    }
}

fn services(house: &House, file: &OpenFile, may: &May) -> Vec<SummaryList> {
    let lists = file.of_kind(Kind::Enrolment).filter_map(|opened| match &opened.record.content {
        Content::Enrolment(enrolment) => Some((opened, enrolment)),
        _ => None,
    });
    lists
        .map(|(opened, enrolment)| {
            let (id, who) = (opened.header.id, opened.header.file);
            let mut list = SummaryList::new().card(house.service_name(enrolment.service));
            list = list.fact("Why", enrolment.reason.for_page().as_str());
            list = list.fact("Since", day(enrolment.started));
            match enrolment.ended {
                Some(ended) => list = list.fact("Until", day(ended)),
                None if may.enrol => {
                    list = list.action("End", format!("/people/{who}/enrolments/{id}/end"), "the use of this service");
                }
                None => {}
            }
            if opened.header.state == Stands::Waiting {
                list = list.fact("Complete?", Tag::new("No: the privacy notice is still to be given", Tone::Red));
            }
            let outcomes: Vec<String> = enrolment.outcomes.iter().map(|said| said.for_page().clone()).collect();
            let none = vec!["nothing written yet".to_owned()];
            list = list.fact("Outcomes", if outcomes.is_empty() { none } else { outcomes });
            if may.enrol && enrolment.ended.is_none() {
                list = list.action("Add", format!("/people/{who}/enrolments/{id}/outcome"), "an outcome");
            }
            list
        })
        .collect()
}

fn facts(house: &House, file: &OpenFile) -> Vec<SummaryList> {
    let facts = file.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Health(fact) => Some(("Health", fact)),
        Content::Financial(fact) => Some(("Money", fact)),
        _ => None,
    });
    facts
        .map(|(title, fact)| {
            SummaryList::new()
                .card(title)
                .fact("What", fact.text.for_page().lines().map(str::to_owned).collect::<Vec<_>>())
                .fact("Needed for", format!("{}: {}", house.service_name(fact.service), fact.needed_for.for_page()))
        })
        .collect()
}

/// The warnings that stand, each with the way to lift it.
fn warnings(file: &OpenFile) -> Vec<(String, String)> {
    let standing = file.of_kind(Kind::Warning).filter(|opened| opened.header.state != Stands::Superseded);
    standing
        .filter_map(|opened| match &opened.record.content {
            Content::Warning(warning) => {
                let href = format!("/people/{}/warnings/{}/lift", opened.header.file, opened.header.id);
                Some((format!("Lift \"{}\"", warning.warning.words()), href))
            }
            _ => None,
        })
        .collect()
}

#[derive(Template)]
#[template(path = "people/looked.html")]
struct LookedPage {
    shell: Shell,
    head: Head,
    months: Vec<MonthShown>,
    can: Vec<(String, String)>,
}

struct MonthShown {
    name: String,
    table: Table,
    automatic: usize,
}

/// Who has looked, and who can.
pub async fn looked(State(app): State<App>, Who(who): Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who, file, Some(Tab::Looked), "/looked").await?;
    let looked =
        who_looked(&app.office, &who, file, &found.why).await.map_err(|stopped| at_file(stopped, file, "/looked"))?;
    let shell = app.shell(&Who(who), Title::new("Who has looked")).await?.within(Section::People);
    let months = looked.months.iter().map(month).collect();
    Ok(Page::new(LookedPage { shell, head: found.head, months, can: looked.can }).into_response())
}

fn month(month: &LookedMonth) -> MonthShown {
    let first = jiff::civil::Date::new(month.year, month.month, 1).unwrap_or_default();
    let name = duties::clock::uk_date(first).trim_start_matches("1 ").to_owned();
    let head = Table::new(name.clone())
        .column("Who")
        .column("What")
        .column("What for")
        .numbers("Times")
        .column("Last")
        .cards();
    let table = month.people.iter().fold(head, |table, look| {
        let purpose = match look.reasons.as_slice() {
            [] => vec![first_up(look.purpose)],
            reasons => std::iter::once(first_up(look.purpose)).chain(reasons.iter().cloned()).collect(),
        };
        table.row([
            first_up(&look.by).into(),
            first_up(look.what).into(),
            crate::components::Content::from(purpose).into(),
            look.times.to_string().into(),
            day_of(look.last).into(),
        ])
    });
    MonthShown { name, table, automatic: month.automatic }
}

#[derive(Template)]
#[template(path = "people/requests.html")]
struct RequestsPage {
    shell: Shell,
    head: Head,
    file: FileId,
    table: Table,
}

/// The requests about this person's data.
pub async fn requests(State(app): State<App>, Who(who): Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who, file, Some(Tab::Requests), "/requests").await?;
    app.office
        .permit(&who, Action::SeeRequests, None, found.why.purpose, &found.why.reason)
        .await
        .map_err(|stopped| at_file(stopped, file, "/requests"))?;
    let head = Table::new("Requests").column("Number").column("Came in").column("State").named_rows().cards();
    let table = found.opened.file.of_kind(Kind::AccessRequest).fold(head, |table, opened| {
        let Content::AccessRequest(request) = &opened.record.content else { return table };
        let open = matches!(opened.header.state, Stands::Open | Stands::Waiting);
        let state = if open { Tag::new("Open", Tone::Purple) } else { Tag::new("Closed", Tone::Grey) };
        let href = format!("/requests/{}", request.reference);
        table.row([Cell::link(request.reference.clone(), href), day_of(opened.header.opened).into(), state.into()])
    });
    let table = found.opened.file.of_kind(Kind::Complaint).fold(table, |table, opened| {
        let Content::Complaint(complaint) = &opened.record.content else { return table };
        let state = if complaint.is_open() { Tag::new("Open", Tone::Purple) } else { Tag::new("Answered", Tone::Grey) };
        let href = format!("/complaints/{}", complaint.reference);
        table.row([Cell::link(complaint.reference.clone(), href), day_of(opened.header.opened).into(), state.into()])
    });
    let shell = app.shell(&Who(who), Title::new("Requests")).await?.within(Section::People);
    Ok(Page::new(RequestsPage { shell, head: found.head, file, table }).into_response())
}

/// What a page of a file that only asks something shows above its question.
pub async fn name_of(app: &App, file: FileId) -> Result<String, Turned> {
    let card = app.office.book().card(file).ok_or(Turned::Problem(crate::errors::Problem::NotFound))?;
    Ok(card.called().to_owned())
}
