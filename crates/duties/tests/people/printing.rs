//! The timeline narrowed, and a file printed.

use book::Act;
use duties::notes::{NewCorrection, NewNote, correct_note, write_note};
use duties::papers::{plain, typeset};
use duties::people::{Extent, Happening, Narrow, Printing, Why, open_file, print_file};
use duties::{SignedIn, Stopped};
use jiff::civil::date;
use records::{FileId, Purpose, Source};
use testkit::TestOffice;

use crate::persons::old_note;

async fn titles(office: &TestOffice, who: &SignedIn, file: FileId, narrow: &Narrow) -> Vec<String> {
    let opened = open_file(&office.office, who, file, &Why::support()).await.unwrap();
    let wanted = opened.file.records.iter().filter(|record| {
        Happening::of(record.header.kind) == Some(Happening::Note)
            && narrow.wants(&office.office, &opened.house, &opened.file, record)
    });
    wanted
        .filter_map(|record| match &record.record.content {
            records::Content::Note(note) => Some(note.title.for_page().clone()),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_timeline_is_narrowed_by_sort_service_time_and_words_however_they_are_written() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let at_service = NewNote {
        service: Some(office.service),
        happened: "27/2/2026".to_owned(),
        ..NewNote::from_the_work("Visit", "We met Zoë at the café.")
    };
    let visit = write_note(&office.office, &worker, ada, &Why::support(), at_service).await.unwrap();
    write_note(&office.office, &worker, ada, &Why::support(), NewNote::from_the_work("Call", "The bus was late."))
        .await
        .unwrap();
    let correction = NewCorrection {
        text: "It was the library.".to_owned(),
        because: "She told us.".to_owned(),
        source: Source::Staff,
    };
    correct_note(&office.office, &worker, (ada, visit), &Why::support(), correction).await.unwrap();
    let found = async |narrow: Narrow| titles(&office, &worker, ada, &narrow).await;
    let words = |words: &str| Narrow { words: words.to_owned(), ..Narrow::default() };
    assert_eq!(found(Narrow::default()).await.len(), 2);
    assert_eq!(found(words("zoe CAFE")).await, ["Visit"]);
    assert_eq!(found(words("library")).await, ["Visit"], "a note is found by its correction");
    assert!(found(words("zoe bus")).await.is_empty(), "all words, not any");
    assert_eq!(found(Narrow { service: Some(office.service), ..Narrow::default() }).await, ["Visit"]);
    assert_eq!(found(Narrow { until: Some(date(2026, 2, 27)), ..Narrow::default() }).await, ["Visit"]);
    assert_eq!(found(Narrow { from: Some(date(2026, 2, 28)), ..Narrow::default() }).await, ["Call"]);
    assert!(found(Narrow { what: Some(Happening::Paper), ..Narrow::default() }).await.is_empty());
}

#[tokio::test]
async fn a_printed_file_says_who_printed_it_and_the_ledger_has_it_and_history_needs_more() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    old_note(&office, ada).await;
    write_note(&office.office, &worker, ada, &Why::support(), NewNote::from_the_work("Visit", "Zebra crossing."))
        .await
        .unwrap();
    let print = async |who: &SignedIn, why: &Why, extent, history| {
        let what = Printing { extent, narrow: Narrow::default(), history };
        print_file(&office.office, who, ada, why, &what).await
    };
    let recent = print(&worker, &Why::support(), Extent::Chronology, false).await.unwrap();
    let said = plain::to_text(&recent);
    assert!(said.contains("Zebra crossing.") && said.contains("Ada Sample") && said.contains("The last 30 days."));
    assert!(!recent.title.contains("Ada"), "a title stands in lists and tabs");
    let reasoned = Why::with_reason(Purpose::Support, "planning the review");
    let whole = print(&worker, &reasoned, Extent::Whole, true).await.unwrap();
    let typeset = typeset::to_pdf(&whole).unwrap();
    assert!(typeset.pages >= 2 && whole.footer.as_deref().unwrap().starts_with(&format!("Printed by {}", worker.name)));
    let stale = SignedIn { stepped_up: false, ..worker.clone() };
    assert!(matches!(print(&stale, &reasoned, Extent::Whole, true).await, Err(Stopped::NeedsStepUp)));
    let stranger = office.trustee().await;
    assert!(matches!(print(&stranger, &reasoned, Extent::Summary, false).await, Err(Stopped::NotFound)));
    let traces = office.office.book().traces_of(ada, None, 100).await.unwrap();
    assert_eq!(traces.iter().filter(|(_, trace)| trace.act == Act::Printed.number()).count(), 2);
}
