//! What a file may hold: the catalogue as it runs, so that the page cannot say anything else (T3, K4, K5).

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use duties::House;

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Content, Table, Tag, Tone};
use crate::page::{Page, Shell, Title};
use crate::records::catalogue::{Audience, Category, Condition, DataCategory, Entry, InPack, Retention, entry};
use crate::records::{Kind, PersonClass};
use crate::who::Who;

use super::super::people::forms::first_up;
use super::super::people::turned::{Answer, at_house};
use super::{permitted, shell};

#[derive(Template)]
#[template(path = "admin/held.html")]
struct HeldPage {
    shell: Shell,
    facts: Table,
    kinds: Table,
}

/// `GET /admin/held`
pub async fn show(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who, Action::SeeAdministration, "/admin/held").await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, "/admin/held"))?;
    let page = HeldPage {
        facts: facts(&house),
        kinds: kinds(),
        shell: shell(&app, &who, Title::new("What a file may hold"), "").await?,
    };
    Ok(Page::new(page).into_response())
}

/// What a fact may be about, how strictly the law treats it, and who needs it.
fn facts(house: &House) -> Table {
    let head =
        Table::new("What a fact may be about").column("About").column("In law").column("Kept where").named_rows();
    DataCategory::ALL.into_iter().fold(head.cards(), |table, about| {
        table.row([first_up(about.words()).into(), in_law(about.category()), kept_where(house, about).into()])
    })
}

fn in_law(category: Category) -> Cell {
    match category {
        Category::Ordinary => "Personal data".into(),
        Category::Special => Tag::new("Special category", Tone::Purple).into(),
        Category::Criminal => Tag::new("Offences", Tone::Red).into(),
    }
}

fn kept_where(house: &House, about: DataCategory) -> String {
    if !DataCategory::NEEDED.contains(&about) {
        return "With everybody, as far as the work needs it".to_owned();
    }
    let needing = house.services.iter().filter(|(_, service)| service.needs.contains(&about));
    let needing: Vec<&str> = needing.map(|(_, service)| service.name.as_str()).collect();
    if needing.is_empty() { "Refused: no service needs it".to_owned() } else { needing.join(", ") }
}

/// Every kind of record, from the catalogue.
fn kinds() -> Table {
    let head = Table::new("Kinds of record")
        .column("Kind")
        .column("What for, and why it is lawful")
        .column("How long")
        .column("Who sees it")
        .column("In an answer to its person");
    Kind::ALL.iter().map(|kind| entry(*kind)).fold(head.named_rows().cards(), |table, entry| table.row(row(&entry)))
}

fn row(entry: &Entry) -> [Cell; 5] {
    let mut lawful = vec![first_up(entry.purpose.words()), first_up(entry.basis.words())];
    lawful.extend(entry.condition.map(|condition| first_up(condition_words(condition))));
    [
        entry.title.into(),
        Content::from(lawful).into(),
        retention_words(entry).into(),
        audience_words(entry.audience).into(),
        match entry.in_pack {
            InPack::Item => "Given",
            InPack::FrontAndItem => "Told in front, and given",
            InPack::Mentioned => "Told that it exists",
            InPack::House => "About nobody: not in it",
        }
        .into(),
    ]
}

fn retention_words(entry: &Entry) -> &'static str {
    match entry.retention {
        Retention::WithFile => "As long as the file, by the policy",
        Retention::WithHouse if entry.classes == [PersonClass::House] => "As long as it is in use",
        Retention::WithHouse => "With the charity's own records",
        Retention::UntilTakenIn => "Until it is taken in; set aside or unsent, as long as the arrivals page says",
        Retention::BodyUntilExpiry => "The copy until its link ends, the entry with the file",
    }
}

const fn audience_words(audience: Audience) -> &'static str {
    match audience {
        Audience::FileReaders => "Whoever may open the file",
        Audience::RequestWorkers => "Whoever works on requests",
        Audience::Own => "The person, and administrators",
        Audience::Everybody => "Everybody signed in",
        Audience::Stewards => "Data protection leads and administrators",
    }
}

const fn condition_words(condition: Condition) -> &'static str {
    match condition {
        Condition::ExplicitConsent => "for special data: explicit consent",
        Condition::Employment => "for special data: employment and social protection law",
        Condition::SocialCare => "for special data: health or social care",
        Condition::Safeguarding => "for special data: safeguarding of children and people at risk",
        Condition::LegalClaims => "for special data: legal claims",
    }
}
