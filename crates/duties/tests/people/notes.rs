//! Notes, corrections, papers.

use duties::Stopped;
use duties::notes::{CorrectNoteError, NewCorrection, NewNote, WriteNoteError, correct_note, write_note};
use duties::people::{Why, open_file};
use jiff::civil::date;
use records::catalogue::DataCategory;
use records::{Content, Kind, PersonClass, Source, operation};
use testkit::TestOffice;

use crate::persons::ELSEWHERE;

#[tokio::test]
async fn a_note_says_when_it_happened_when_it_was_written_who_said_it_and_whom_it_concerns() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let bob = office.child("Bob Sample", date(2016, 1, 1)).await;
    let note = NewNote {
        happened: "27/2/2026".to_owned(),
        time: "14.30".to_owned(),
        own_words: "I like the farm.".to_owned(),
        service: Some(office.service),
        touches: vec![DataCategory::Health],
        concerns: vec![bob],
        source: Source::Professional,
        source_name: "Ms Invented, teacher".to_owned(),
        in_confidence: true,
        ..NewNote::from_the_work("Call from school", "Ada was tired.")
    };
    let id = write_note(&office.office, &worker, ada, &Why::support(), note).await.unwrap();
    let opened = open_file(&office.office, &worker, ada, &Why::support()).await.unwrap().file;
    let record = &opened.record(id).unwrap().record;
    let Content::Note(note) = &record.content else { panic!("not a note") };
    assert_eq!(operation::london(note.happened).datetime(), date(2026, 2, 27).at(14, 30, 0, 0));
    assert_eq!(record.provenance.written_at, office.office.now());
    assert_eq!((&record.provenance.source, record.provenance.in_confidence), (&Source::Professional, true));
    assert_eq!(record.provenance.written_by, Some(worker.file));
    assert_eq!(office.office.book().links_to(bob).await.unwrap(), [(ada, id)], "a request of Bob's would miss it");
}

#[tokio::test]
async fn a_note_without_a_day_is_of_today_and_none_is_of_tomorrow() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let id = write_note(&office.office, &worker, ada, &Why::support(), NewNote::from_the_work("Visit", "Text"))
        .await
        .unwrap();
    let opened = office.office.book().record_in_passing(ada, id).await.unwrap();
    assert!(matches!(opened.record.content, Content::Note(note) if note.happened <= office.office.now()));
    for (happened, time, field) in [("3/3/2026", "", "happened"), ("", "23:00", "time"), ("", "soon", "time")] {
        let note =
            NewNote { happened: happened.to_owned(), time: time.to_owned(), ..NewNote::from_the_work("Visit", "Text") };
        let refused = write_note(&office.office, &worker, ada, &Why::support(), note).await;
        assert!(matches!(refused, Err(WriteNoteError::Wrong(errors)) if errors[0].0 == field), "{happened} {time}");
    }
}

#[tokio::test]
async fn what_the_service_does_not_need_is_refused_at_the_edge() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    office.add_service(ELSEWHERE, "Youth club", Vec::new()).await;
    for (service, touches) in [
        (Some(office.service), vec![DataCategory::Money]),
        (Some(ELSEWHERE), vec![DataCategory::Health]),
        (None, vec![DataCategory::Health]),
    ] {
        let note = NewNote { service, touches, ..NewNote::from_the_work("Visit", "Text") };
        let refused = write_note(&office.office, &worker, ada, &Why::support(), note).await;
        assert!(matches!(refused, Err(WriteNoteError::Wrong(errors)) if errors[0].0 == "touches"));
    }
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(opened.of_kind(Kind::Note).count(), 0);
}

#[tokio::test]
async fn a_note_links_nobody_whom_its_writer_may_not_see() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let supporter = office.person(PersonClass::Supporter, "Sid Sample", None, Vec::new()).await;
    for concerns in [vec![supporter], vec![ada]] {
        let note = NewNote { concerns, ..NewNote::from_the_work("Visit", "Text") };
        let refused = write_note(&office.office, &worker, ada, &Why::support(), note).await;
        assert!(matches!(refused, Err(WriteNoteError::Wrong(errors)) if errors[0].0 == "concerns"));
    }
}

#[tokio::test]
async fn a_correction_stands_beside_the_note_and_the_note_stays_word_for_word() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let why = Why::support();
    let note =
        write_note(&office.office, &worker, ada, &why, NewNote::from_the_work("Visit", "She is ten.")).await.unwrap();
    let correction = NewCorrection {
        text: "She is eleven.".to_owned(),
        because: "Her mother said so.".to_owned(),
        source: Source::Carer,
    };
    let id = correct_note(&office.office, &worker, (ada, note), &why, correction.clone()).await.unwrap();
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    let kept = opened.record(note).unwrap();
    assert_eq!(kept.header.version, 1);
    assert!(matches!(&kept.record.content, Content::Note(note) if note.text.for_page() == "She is ten."));
    assert!(matches!(&opened.record(id).unwrap().record.content, Content::Correction(c) if c.of == note));
    let of_correction = correct_note(&office.office, &worker, (ada, id), &why, correction.clone()).await;
    assert!(matches!(of_correction, Err(CorrectNoteError::Stopped(Stopped::NotFound))));
    let empty = NewCorrection { because: " ".to_owned(), ..correction };
    assert!(matches!(
        correct_note(&office.office, &worker, (ada, note), &why, empty).await,
        Err(CorrectNoteError::Wrong(_))
    ));
}
