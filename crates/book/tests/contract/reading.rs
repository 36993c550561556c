//! Reading: logged before shown, shared commits, links, other processes, bodies, sessions.

use book::{Act, BookError, Filing, Session, SessionState};
use records::people::Identity;
use records::{Content, Kind, Purpose, sample};

use crate::office::{SERVICE, Store, add, at, card, much_later, operation, person, record};

pub async fn every_view_is_in_the_ledger_before_it_is_shown(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    let size = book.ledger_size().await.unwrap();
    book.file(&operation(7), file).await.unwrap();
    assert_eq!(book.ledger_size().await.unwrap(), size + 1);
    let (_, newest) = book.traces_of(file, None, 1).await.unwrap().remove(0);
    assert_eq!(newest.act(), Some(Act::FileSeen));
    assert_eq!((newest.purpose, newest.reason.as_str()), (Purpose::Support, "a planned visit"));
    assert_eq!(newest.at, at(7));
}

pub async fn fifty_readers_share_commits_and_none_is_lost(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    let size = book.ledger_size().await.unwrap();
    let readers: Vec<_> = (0..50)
        .map(|n| {
            let book = book.clone();
            tokio::spawn(async move { book.file(&operation(n), file).await.map(|opened| opened.records.len()) })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.await.unwrap().unwrap(), 1);
    }
    assert_eq!(book.ledger_size().await.unwrap(), size + 50);
    assert_eq!(book.verify(&[]).await.unwrap().problems, []);
}

pub async fn links_lead_from_a_person_to_what_concerns_them(store: Store) {
    let book = store.create().await;
    let (ada, ben) = (person(&book, "Ada Sample").await, person(&book, "Ben Sample").await);
    let note = add(&book, ada, sample::content(Kind::Note, ben, SERVICE, "mark")).await;
    assert_eq!(book.links_to(ben).await.unwrap(), [(ada, note)]);
    assert!(book.links_to(ada).await.unwrap().is_empty());
}

pub async fn another_process_sees_new_and_changed_people(store: Store) {
    let here = store.create().await;
    let there = store.open().await;
    let file = person(&here, "Ada Sample").await;
    there.refresh_cards().await.unwrap();
    assert_eq!(there.search("ada", 5, |_, _| true).len(), 1);
    let mut work = here.begin(&operation(3)).await.unwrap();
    work.set_card(file, card("Eve Example", records::PersonClass::Child)).await.unwrap();
    work.act(Act::PersonChanged, file, None).unwrap();
    work.commit().await.unwrap();
    there.refresh_cards().await.unwrap();
    assert!(there.search("ada", 5, |_, _| true).is_empty());
    assert_eq!(there.search("eve", 5, |_, _| true).len(), 1);
    here.erase(&operation(4), file).await.unwrap();
    there.refresh_cards().await.unwrap();
    assert!(there.search("eve", 5, |_, _| true).is_empty());
    assert!(matches!(there.file(&operation(5), file).await, Err(BookError::NoFile(_))));
}

pub async fn bodies_come_back_whole_and_only_for_their_file(store: Store) {
    let book = store.create().await;
    let (ada, ben) = (person(&book, "Ada Sample").await, person(&book, "Ben Sample").await);
    let plain: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    let shelved = book.shelve(ada, &plain).await.unwrap();
    assert!(book.body(ada, shelved.id).await.is_err(), "a body that no Work noted");
    let mut work = book.begin(&operation(1)).await.unwrap();
    work.note_body(&shelved, Some(at(50))).await.unwrap();
    work.act(Act::PaperAdded, ada, None).unwrap();
    work.commit().await.unwrap();
    assert_eq!(*book.body(ada, shelved.id).await.unwrap(), plain);
    assert!(book.body(ben, shelved.id).await.is_err());
    assert_eq!(book.drop_ended_bodies(at(49)).await.unwrap(), 0);
    assert_eq!(book.drop_ended_bodies(at(51)).await.unwrap(), 1);
    assert!(book.body(ada, shelved.id).await.is_err());
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, []);
}

pub async fn sessions_live_and_end(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Wendy Worker").await;
    let session = |id: &str| Session {
        id: id.to_owned(),
        file,
        opened: at(1),
        seen: at(1),
        ends: at(100),
        stepped_up: None,
        state: SessionState::HalfIn,
        device: "Firefox on Linux".to_owned(),
    };
    let mut work = book.begin(&operation(1)).await.unwrap();
    work.add_session(&session("one")).await.unwrap();
    work.add_session(&session("two")).await.unwrap();
    work.act(Act::SignedIn, file, None).unwrap();
    work.commit().await.unwrap();
    assert_eq!(book.session("one").await.unwrap(), Some(session("one")));
    book.see_session("one", at(5)).await.unwrap();
    assert_eq!(book.session("one").await.unwrap().unwrap().seen, at(5));
    let mut work = book.begin(&operation(6)).await.unwrap();
    let inside = Session { state: SessionState::In, stepped_up: Some(at(6)), ..session("one") };
    work.set_session(&inside).await.unwrap();
    assert!(work.end_session("two").await.unwrap());
    let identity = Identity { name: "Wendy Worker".into(), ..Identity::default() };
    work.add(Act::RecordAdded, file, &record(Content::Identity(identity)), Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(book.sessions_of(file).await.unwrap().len(), 1);
    assert_eq!(book.drop_ended_sessions(at(101)).await.unwrap(), 1);
    assert_eq!(book.session("one").await.unwrap(), None);
}
