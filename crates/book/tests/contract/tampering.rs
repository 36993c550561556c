//! Somebody with the database's password changes rows: nothing opens that was moved, and the checks say where.

use records::{Kind, sample};
use sqlx::{AnyPool, AssertSqlSafe};

use crate::office::{SERVICE, Store, add, operation, person};

async fn run(pool: &AnyPool, text: String) {
    sqlx::raw_sql(AssertSqlSafe(text)).execute(pool).await.unwrap();
}

pub async fn a_row_moved_or_changed_does_not_open_and_fsck_says_where(store: Store) {
    let book = store.create().await;
    let (ada, ben) = (person(&book, "Ada Sample").await, person(&book, "Ben Sample").await);
    let note = add(&book, ada, sample::content(Kind::Note, ben, SERVICE, "mark")).await;
    assert_eq!(book.fsck(false).await.unwrap().faults, []);
    let pool = store.pool().await;
    for change in [
        format!("UPDATE record SET file = '{ben}' WHERE id = '{note}'"),
        format!("UPDATE record SET file = '{ada}', kind = {} WHERE id = '{note}'", Kind::Letter.number()),
        format!("UPDATE record SET kind = {}, version = 2 WHERE id = '{note}'", Kind::Note.number()),
        format!("UPDATE record SET version = 1, service = NULL WHERE id = '{note}'"),
    ] {
        run(&pool, change.clone()).await;
        assert_ne!(book.fsck(false).await.unwrap().faults, [], "{change}");
    }
    run(&pool, format!("UPDATE record SET service = '{SERVICE}' WHERE id = '{note}'")).await;
    assert_eq!(book.fsck(false).await.unwrap().faults, [], "put back");
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
