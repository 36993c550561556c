//! Erase, then read, is nothing: in the store, on the disk, in memory, with the root secret and without.

use book::{Act, BookError, Engine};
use records::{Content, FileId, Kind, PersonClass, catalogue, sample};
use sqlx::Row;

use crate::office::{SERVICE, Store, add, at, much_later, operation, person};

/// What must not be found after the erasure. The control finds it in memory before.
const CANARY: &str = "Quillon Zanzibarovsky";

async fn filled(book: &book::Book, name: &str) -> FileId {
    let other = person(book, "Somebody Else").await;
    let file = person(book, name).await;
    for &kind in Kind::ALL {
        if catalogue::entry(kind).classes.contains(&PersonClass::Child) {
            add(book, file, sample::content(kind, other, SERVICE, CANARY)).await;
        }
    }
    let shelved = book.shelve(file, CANARY.as_bytes()).await.unwrap();
    let mut work = book.begin(&operation(3)).await.unwrap();
    work.note_body(&shelved, None).await.unwrap();
    work.act(Act::PaperAdded, file, None).unwrap();
    work.commit().await.unwrap();
    book.file(&operation(4), file).await.unwrap();
    file
}

pub async fn an_erased_person_is_nothing_anywhere_and_the_ledger_still_holds(store: Store) {
    let book = store.create().await;
    let file = filled(&book, CANARY).await;
    assert_eq!(book.search("zanzibarovsky", 5, |_, _| true).len(), 1, "the control: it can be found");
    let before = book.ledger_size().await.unwrap();

    let erased = book.erase(&operation(10), file).await.unwrap();

    assert!(matches!(book.file(&operation(11), file).await, Err(BookError::NoFile(_))));
    assert!(book.search("zanzibarovsky", 5, |_, _| true).is_empty());
    assert!(book.links_to(file).await.unwrap().is_empty());
    let pool = store.pool().await;
    for table in ["record", "history", "link", "trace", "body", "session"] {
        let text = format!("SELECT COUNT(*) AS n FROM {table} WHERE file = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(file.to_string()).fetch_one(&pool).await.unwrap();
        assert_eq!(row.get::<i64, _>("n"), 0, "{table}");
    }
    pool.close().await;
    assert!(erased.generation > 1);
    assert!(book.ledger_size().await.unwrap() > before, "the erasure itself is in the ledger");
    assert_eq!(book.verify(&[]).await.unwrap().problems, []);
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, []);
    if store.engine() == Engine::Sqlite {
        let id = file.to_string();
        for (path, bytes) in store.disk() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let found = |what: &str| memchr::memmem::find(&bytes, what.as_bytes()).is_some();
            assert!(!found(CANARY) && !found("Zanzibarovsky"), "plain words in {name}");
            // The id stands in the list of erasures and nowhere else.
            assert!(name.starts_with("book.db") || !found(&id), "the id in {name}");
        }
    }
    assert!(matches!(store.open().await.file(&operation(12), file).await, Err(BookError::NoFile(_))));
}

pub async fn an_erasure_cut_short_after_any_step_is_finished_at_the_next_start(store: Store) {
    let book = store.create().await;
    let file = filled(&book, CANARY).await;
    // Cut short between the decision and the keyring: the decision is committed, nothing else happened.
    let mut work = book.begin(&operation(20)).await.unwrap();
    work.set_file_state(Act::FileErased, file, book::FileState::Erased).await.unwrap();
    work.commit().await.unwrap();
    let pool = store.pool().await;
    sqlx::query("INSERT INTO erasure (file, decided, state) VALUES ($1, $2, 1)")
        .bind(file.to_string())
        .bind(at(20).as_microsecond())
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    // Cut short between the keyring and the rows: another person's key is gone, the rows are there.
    let second = filled(&book, "Other Person").await;
    book.vault().forget(&[vault::FileTag(second.bytes())]).unwrap();
    let pool = store.pool().await;
    sqlx::query("INSERT INTO erasure (file, decided, state) VALUES ($1, $2, 1)")
        .bind(second.to_string())
        .bind(at(20).as_microsecond())
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    book.close().await;

    let book = store.open().await;

    for erased in [file, second] {
        assert!(matches!(book.file(&operation(21), erased).await, Err(BookError::NoFile(_))));
        assert!(book.headers_of(erased).await.unwrap().is_empty());
    }
    assert!(book.erasures().await.unwrap().iter().all(|(_, state, _)| *state == 3));
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, []);
}

pub async fn records_about_others_that_name_the_erased_stay_readable(store: Store) {
    let book = store.create().await;
    let (ada, ben) = (person(&book, "Ada Sample").await, person(&book, "Ben Sample").await);
    let note = add(&book, ada, sample::content(Kind::Note, ben, SERVICE, "mark")).await;
    book.erase(&operation(30), ben).await.unwrap();
    let kept = book.file(&operation(31), ada).await.unwrap();
    assert!(matches!(kept.record(note).unwrap().record.content, Content::Note(_)));
    assert!(book.links_to(ben).await.unwrap().is_empty());
}

pub async fn the_house_cannot_be_erased(store: Store) {
    let book = store.create().await;
    assert!(book.erase(&operation(1), FileId::HOUSE).await.is_err());
    assert!(book.file_in_passing(FileId::HOUSE).await.is_ok());
}
