//! Somebody with the database's password changes rows: nothing opens that was moved, and the checks say where.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use records::{Kind, PersonClass, sample};
use sqlx::{AnyPool, AssertSqlSafe};

use crate::office::{SERVICE, Store, add, card, much_later, operation, person};

async fn run(pool: &AnyPool, text: String) {
    sqlx::raw_sql(AssertSqlSafe(text)).execute(pool).await.unwrap();
}

pub async fn a_row_moved_or_changed_does_not_open_and_fsck_says_where(store: Store) {
    let book = store.create().await;
    let (ada, ben) = (person(&book, "Ada Sample").await, person(&book, "Ben Sample").await);
    let note = add(&book, ada, sample::content(Kind::Note, ben, SERVICE, "mark")).await;
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, []);
    let pool = store.pool().await;
    for change in [
        format!("UPDATE record SET file = '{ben}' WHERE id = '{note}'"),
        format!("UPDATE record SET file = '{ada}', kind = {} WHERE id = '{note}'", Kind::Letter.number()),
        format!("UPDATE record SET kind = {}, version = 2 WHERE id = '{note}'", Kind::Note.number()),
        format!("UPDATE record SET version = 1, service = NULL WHERE id = '{note}'"),
    ] {
        run(&pool, change.clone()).await;
        assert_ne!(book.fsck(&much_later(), false).await.unwrap().faults, [], "{change}");
    }
    run(&pool, format!("UPDATE record SET service = '{SERVICE}' WHERE id = '{note}'")).await;
    assert_eq!(book.fsck(&much_later(), false).await.unwrap().faults, [], "put back");
}

pub async fn the_ledger_notices_every_change_of_its_rows(store: Store) {
    let book = store.create().await;
    let file = person(&book, "Ada Sample").await;
    for n in 0..300 {
        book.file(&operation(n), file).await.unwrap();
    }
    assert_eq!(book.verify(&[]).await.unwrap().problems, []);
    let kept = book.checkpoints().await.unwrap();
    assert!(kept.len() >= 2, "a checkpoint at the start and one after 256 entries");
    let pool = store.pool().await;
    run(&pool, "CREATE TABLE spare_ledger AS SELECT seq, entry FROM ledger".to_owned()).await;
    run(&pool, "CREATE TABLE spare_trace AS SELECT file, seq, sealed FROM trace".to_owned()).await;
    for change in [
        "DELETE FROM ledger WHERE seq = 7",
        "UPDATE ledger SET entry = (SELECT entry FROM spare_ledger WHERE seq = 9) WHERE seq = 8",
        "DELETE FROM ledger WHERE seq > 250",
        "UPDATE trace SET sealed = (SELECT sealed FROM spare_trace WHERE seq = 6) WHERE seq = 5",
        "DELETE FROM trace WHERE seq = 5",
    ] {
        run(&pool, change.to_owned()).await;
        assert_ne!(book.verify(&[]).await.unwrap().problems, [], "{change}");
        run(&pool, "DELETE FROM ledger; INSERT INTO ledger SELECT seq, entry FROM spare_ledger".to_owned()).await;
        run(&pool, "DELETE FROM trace; INSERT INTO trace SELECT file, seq, sealed FROM spare_trace".to_owned()).await;
        assert_eq!(book.verify(&[]).await.unwrap().problems, [], "put back after {change}");
    }
}

/// The operator verifies while the office works on: nothing that was done meanwhile may look like tampering.
pub async fn a_book_that_is_at_work_verifies_all_the_while(store: Store) {
    let book = store.create().await;
    let ada = person(&book, "Ada Sample").await;
    let at_work = Arc::new(AtomicBool::new(true));
    let writer = tokio::spawn({
        let (book, at_work) = (book.clone(), at_work.clone());
        async move {
            while at_work.load(Ordering::Relaxed) {
                add(&book, ada, sample::content(Kind::Note, ada, SERVICE, "mark")).await;
            }
        }
    });
    let checked = store.open().await;
    let first = checked.ledger_size().await.unwrap();
    while checked.ledger_size().await.unwrap() < first + 150 {
        assert_eq!(checked.verify(&[]).await.unwrap().problems, []);
    }
    at_work.store(false, Ordering::Relaxed);
    writer.await.unwrap();
    assert_eq!(checked.fsck(&much_later(), false).await.unwrap().faults, []);
}

/// A key comes before its rows, so a file that is being started looks like a leftover until it is there.
pub async fn what_is_under_way_in_another_process_is_not_swept(store: Store) {
    let book = store.create().await;
    let other = store.open().await;
    let mut work = book.begin(&operation(1)).await.unwrap();
    let ada = work.open_file(PersonClass::Child, card("Ada Sample", PersonClass::Child)).await.unwrap();
    let mut sweep = tokio::spawn(async move { other.fsck(&much_later(), true).await.unwrap() });
    assert!(tokio::time::timeout(Duration::from_millis(300), &mut sweep).await.is_err(), "it waits for the deed");
    work.commit().await.unwrap();
    let report = sweep.await.unwrap();
    assert_eq!((report.faults, report.swept), (Vec::new(), Vec::new()));
    assert!(store.open().await.file(&operation(2), ada).await.is_ok());
    // A body is shelved before its deed begins: what lies there since a moment is not a leftover either.
    let body = book.shelve(ada, b"a letter that is being taken in").await.unwrap();
    let shelved = std::fs::metadata(store.place.folder.join("shelf")).unwrap().modified().unwrap();
    let just_now = records::Operation { now: shelved.try_into().unwrap(), ..much_later() };
    assert!(book.fsck(&just_now, true).await.unwrap().swept.is_empty());
    let mut work = book.begin(&operation(3)).await.unwrap();
    work.note_body(&body, None).await.unwrap();
    work.act(book::Act::PaperAdded, ada, None).unwrap();
    work.commit().await.unwrap();
    assert_eq!(book.body(ada, body.id).await.unwrap().as_slice(), b"a letter that is being taken in");
}
