//! The demonstration is the same each time, and it is a sound book.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use book::{Place, RootSecret};
use duties::Office;
use jiff::civil::date;
use records::{Kind, PersonClass};

use super::story::at;

async fn made() -> (tempfile::TempDir, Office) {
    let folder = tempfile::tempdir().unwrap();
    let root = RootSecret::generate_key_file(&folder.path().join("root.key")).unwrap();
    let clock = testkit::FrozenClock::at(at(date(2026, 11, 24), 9, 0));
    let office = super::make(&Place::folder(folder.path().join("book")), &root, Arc::clone(&clock) as _).await.unwrap();
    (folder, office)
}

async fn said(office: &Office) -> (Vec<String>, u64, usize) {
    let mut names: Vec<String> =
        office.book().cards(|_, _| true).iter().map(|f| f.card.name.for_search().clone()).collect();
    names.sort();
    let notes = office.book().all_of_kind(Kind::Note).await.unwrap().len();
    (names, office.book().ledger_size().await.unwrap(), notes)
}

#[tokio::test]
async fn the_same_day_makes_the_same_people_and_a_sound_book() {
    let (_first_folder, first) = made().await;
    let (_second_folder, second) = made().await;
    let (names, entries, notes) = said(&first).await;
    assert_eq!((names, entries, notes), said(&second).await);
    let report = first.book().fsck(false).await.unwrap();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert!(first.book().verify(&[]).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn the_demo_is_a_charity_of_about_three_hundred_people_and_three_years() {
    let (_folder, office) = made().await;
    let people = office.book().people();
    assert!((280..=340).contains(&people), "{people} people");
    for class in PersonClass::PEOPLE {
        assert!(super::count(&office, class) > 0, "nobody is a {}", class.slug());
    }
    let house = office.house().await.unwrap();
    assert!(house.charity.1.demo);
    assert_eq!(house.services.len(), 4);
    assert_eq!(house.services.iter().filter(|(_, service)| service.commissioner.is_some()).count(), 1);
    let notes = office.book().all_of_kind(Kind::Note).await.unwrap();
    assert!(notes.len() > 1500, "{} notes", notes.len());
    let oldest = notes.iter().map(|note| note.header.opened).min().unwrap();
    assert!(oldest < at(date(2024, 3, 1), 9, 0), "the oldest note is of {oldest}");
    assert!(notes.iter().all(|note| note.header.opened <= office.now()), "a note from the future");
}

#[tokio::test]
async fn requests_stand_at_different_stages_and_one_is_due_tomorrow() {
    let (_folder, office) = made().await;
    let mut stages = Vec::new();
    let mut due = Vec::new();
    for found in office.book().all_of_kind(Kind::AccessRequest).await.unwrap() {
        let records::Content::AccessRequest(request) = found.record.content else { unreachable!() };
        stages.push(request.stage);
        due.extend(found.header.due.map(records::operation::london_day));
        let waits = request.identity.is_some_and(|asked| asked.received.is_none()) || !request.pauses.is_empty();
        assert!(!waits || found.header.due.is_none(), "the clock runs on while we wait");
    }
    use records::requests::Stage;
    for stage in [Stage::Open, Stage::Review, Stage::SecondCheck, Stage::Closed] {
        assert!(stages.contains(&stage), "none is {}", stage.words());
    }
    assert_eq!(stages.len(), 6);
    assert!(due.contains(&date(2026, 11, 25)), "{due:?}");
}
