//! Writing: all or nothing, versions, places, references, batches.

use book::{Act, BookError, Filing};
use records::people::{Identity, Warning, WarningKind};
use records::{Content, FileId, Kind, PersonClass, State, catalogue, sample};

use crate::office::{SERVICE, Store, add, card, much_later, operation, person, record};

pub async fn what_was_committed_is_there_after_opening_again(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    book.close().await;
    let book = store.open().await;
    let opened = book.file(&operation(5), file).await.unwrap();
    assert_eq!(opened.card.name.for_page(), "Ada Sample");
    assert_eq!(opened.records.len(), 1);
    assert_eq!(book.search("ada", 5, |_, _| true)[0].file, file);
}

pub async fn what_was_dropped_never_happened(store: Store) {
    let book = store.create().await;
    let size = book.ledger_size().await.unwrap();
    let mut work = book.begin(&operation(1)).await.unwrap();
    let file = work.open_file(PersonClass::Child, card("Ada Sample", PersonClass::Child)).await.unwrap();
    drop(work);
    assert!(book.file(&operation(2), file).await.is_err());
    assert_eq!(book.ledger_size().await.unwrap(), size);
    assert!(book.search("ada", 5, |_, _| true).is_empty(), "a card of a dropped Work");
    let report = book.fsck(&much_later(), true).await.unwrap();
    assert_eq!(report.faults, []);
    assert_eq!(report.swept.len(), 1, "the key without a file is swept");
    assert!(book.fsck(&much_later(), false).await.unwrap().swept.is_empty());
}

pub async fn a_change_keeps_the_earlier_version_and_a_second_change_of_the_same_is_a_conflict(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    let was = book.file(&operation(2), file).await.unwrap().records.remove(0);
    let change = |name: &str| record(Content::Identity(Identity { name: name.into(), ..Identity::default() }));
    let mut work = book.begin(&operation(3)).await.unwrap();
    let now = work.change(Act::RecordChanged, &was.header, &change("Ada New"), Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(now.version, 2);
    let mut work = book.begin(&operation(4)).await.unwrap();
    let again = work.change(Act::RecordChanged, &was.header, &change("Lost"), Filing::default()).await;
    assert!(matches!(again, Err(BookError::Conflict { .. })));
    drop(work);
    let earlier = book.earlier_versions(file).await.unwrap();
    assert_eq!(earlier.len(), 1);
    assert_eq!(earlier[0].record, was.record);
    assert_eq!(book.version_in_passing(file, was.header.id, 2).await.unwrap(), change("Ada New"));
}

pub async fn an_earlier_version_is_written_anew_without_what_must_go(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    let was = book.file(&operation(2), file).await.unwrap().records.remove(0);
    let identity = |number: Option<&str>| {
        record(Content::Identity(Identity {
            name: "Ada".into(),
            number: number.map(Into::into),
            ..Identity::default()
        }))
    };
    let mut work = book.begin(&operation(3)).await.unwrap();
    let second =
        work.change(Act::RecordChanged, &was.header, &identity(Some("P-123")), Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    let mut work = book.begin(&operation(4)).await.unwrap();
    let third = work.change(Act::ProofForgotten, &second, &identity(None), Filing::default()).await.unwrap();
    work.rewrite_version(&third, 2, &identity(None)).await.unwrap();
    assert!(work.rewrite_version(&third, 7, &identity(None)).await.is_err(), "a version that is not there");
    drop(work);
    assert_eq!(book.version_in_passing(file, second.id, 2).await.unwrap(), identity(Some("P-123")), "it was dropped");
    let mut work = book.begin(&operation(5)).await.unwrap();
    let third = work.change(Act::ProofForgotten, &second, &identity(None), Filing::default()).await.unwrap();
    work.rewrite_version(&third, 2, &identity(None)).await.unwrap();
    work.commit().await.unwrap();
    for version in [2, 3] {
        assert_eq!(book.version_in_passing(file, second.id, version).await.unwrap(), identity(None));
    }
    assert_eq!(book.version_in_passing(file, second.id, 1).await.unwrap(), was.record, "the rest stays");
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, []);
}

pub async fn a_record_stands_only_where_its_kind_may(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    let mut work = book.begin(&operation(1)).await.unwrap();
    let service = sample::content(Kind::Service, file, SERVICE, "mark");
    let misplaced = work.add(Act::RecordAdded, file, &record(service), Filing::default()).await;
    assert!(matches!(misplaced, Err(BookError::Misplaced { .. })));
    let warning = Content::Warning(Warning {
        warning: WarningKind::Safety,
        text: "mind the dog".into(),
        about: None,
        review: None,
    });
    let misplaced = work.add(Act::WarningSet, FileId::HOUSE, &record(warning), Filing::default()).await;
    assert!(matches!(misplaced, Err(BookError::Misplaced { .. })));
}

pub async fn every_kind_comes_back_as_it_went(store: Store) {
    let book = store.create().await;
    let other = person(&book, "Somebody Else").await;
    let mut work = book.begin(&operation(1)).await.unwrap();
    let staff = work.open_file(PersonClass::Staff, card("Wendy Worker", PersonClass::Staff)).await.unwrap();
    let stranger = work.open_file(PersonClass::Stranger, card("K7MX-3P9Q", PersonClass::Stranger)).await.unwrap();
    work.commit().await.unwrap();
    let child = person(&book, "Ada Sample").await;
    for &kind in Kind::ALL {
        let classes = catalogue::entry(kind).classes;
        let file = match classes {
            _ if classes.contains(&PersonClass::House) => FileId::HOUSE,
            _ if classes.contains(&PersonClass::Child) => child,
            _ if classes.contains(&PersonClass::Stranger) => stranger,
            _ => staff,
        };
        let content = sample::content(kind, other, SERVICE, "mark");
        let id = add(&book, file, content.clone()).await;
        let back = book.record_in_passing(file, id).await.unwrap();
        assert_eq!(back.record.content, content, "{kind:?}");
        assert_eq!(back.header.state, State::Kept);
    }
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, []);
}

pub async fn references_count_without_a_gap(store: Store) {
    let book = store.create().await;
    let mut given = Vec::new();
    for commits in [true, false, true] {
        let mut work = book.begin(&operation(1)).await.unwrap();
        let reference = work.next_reference("REQ", 2026).await.unwrap();
        work.act_of_the_house(Act::RequestRecorded, 1);
        if commits {
            work.commit().await.unwrap();
            given.push(reference);
        }
    }
    assert_eq!(given, ["REQ-2026-0001", "REQ-2026-0002"]);
}

pub async fn a_big_import_is_one_transaction(store: Store) {
    let book = store.create().await;
    let mut work = book.begin(&operation(1)).await.unwrap();
    for block in 0..3 {
        let new: Vec<_> = (0..450)
            .map(|n| {
                (book.random_file_id(), PersonClass::Child, card(&format!("Person {block} {n}"), PersonClass::Child))
            })
            .collect();
        let files: Vec<FileId> = new.iter().map(|(file, ..)| *file).collect();
        work.open_files(new).await.unwrap();
        for file in files {
            let identity = Identity { name: "Person".into(), ..Identity::default() };
            work.add(Act::Imported, file, &record(Content::Identity(identity)), Filing::default()).await.unwrap();
        }
    }
    work.commit().await.unwrap();
    assert_eq!(book.people(), 1_350);
    let verified = book.verify(&[]).await.unwrap();
    assert_eq!(verified.problems, []);
    assert_eq!(verified.traces, 2_700 + 1);
}
