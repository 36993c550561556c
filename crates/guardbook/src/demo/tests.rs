//! The demonstration is the same each time, and it is a sound book.

use std::collections::HashMap;
use std::sync::Arc;

use book::{Place, RootSecret};
use duties::Office;
use jiff::civil::date;
use jiff::{Timestamp, ToSpan as _};
use records::requests::Stage;
use records::{FileId, Kind, PersonClass};

use super::story::{What, at};

async fn made() -> (tempfile::TempDir, Office) {
    let folder = tempfile::tempdir().unwrap();
    let root = RootSecret::generate_key_file(&folder.path().join("root.key")).unwrap();
    let clock = testkit::FrozenClock::at(at(date(2026, 11, 24), 9, 0));
    let worker = extract::Worker::within();
    let office =
        super::make(&Place::folder(folder.path().join("book")), &root, Arc::clone(&clock) as _, worker).await.unwrap();
    (folder, office)
}

async fn said(office: &Office) -> (Vec<String>, u64, usize) {
    let mut names: Vec<String> = office
        .book()
        .cards(|_, card| PersonClass::PEOPLE.contains(&card.class))
        .iter()
        .map(|f| f.card.name.for_search().clone())
        .collect();
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
    let report = first.book().fsck(&testkit::checking(&first), false).await.unwrap();
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

/// The dates of the story hang on the day on which it is told; what must come first does so on every day of a year.
#[test]
fn on_whatever_day_it_is_told_a_file_is_started_before_anything_is_put_in_it() {
    for days in 0..400 {
        let today = date(2026, 11, 1).saturating_add(days.days());
        let script = super::script(today);
        let mut started: HashMap<FileId, Timestamp> =
            script.team.iter().map(|colleague| (colleague.file, Timestamp::MIN)).collect();
        started.insert(FileId::HOUSE, Timestamp::MIN);
        for deed in &script.deeds {
            if let What::Open(file, ..) = &deed.what {
                started.insert(*file, deed.at);
            }
        }
        let mut last = Timestamp::MIN;
        for deed in &script.deeds {
            assert!(last <= deed.at, "told on {today}, the story goes back to {}", deed.at);
            last = deed.at;
            let file = match &deed.what {
                What::Open(..) => continue,
                What::Bring(coming) => &coming.one.file,
                What::Add(_, file, ..) | What::EndEnrolment(file, _) | What::Close(file, ..) => file,
            };
            assert!(started[file] <= deed.at, "told on {today}, something of {} comes before its file", deed.at);
        }
        for told in super::requests::requests(today, 29, &script.hero, &script.families) {
            let first = told.steps().map(|(at, _)| at).min().unwrap();
            for file in told.people() {
                assert!(started[&file] < first, "told on {today}, a request of {first} comes before its file");
            }
            assert!(told.steps().is_sorted_by_key(|(at, _)| at), "told on {today}, a request goes back in time");
        }
    }
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
    for stage in [Stage::Open, Stage::Review, Stage::SecondCheck, Stage::Closed] {
        assert!(stages.contains(&stage), "none is {}", stage.words());
    }
    assert_eq!(stages.len(), 6);
    assert!(due.contains(&date(2026, 11, 25)), "{due:?}");
}
