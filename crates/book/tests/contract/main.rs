//! The contract of the store, the same suite on SQLite and on PostgreSQL, erasure first.
//!
//! PostgreSQL comes from `GUARDBOOK_TEST_POSTGRES`. Under CI a missing server is a failure, not a skip.

#![expect(clippy::unwrap_used, reason = "tests")]

mod erasure;
mod office;
mod reading;
mod tampering;
mod writing;

use office::Store;

macro_rules! contract {
    ($($module:ident :: $name:ident;)*) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() { super::$module::$name(super::Store::sqlite().await).await; })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                if let Some(store) = super::Store::postgres(stringify!($name)).await {
                    super::$module::$name(store).await;
                }
            })*
        }
    };
}

contract! {
    erasure::an_erased_person_is_nothing_anywhere_and_the_ledger_still_holds;
    erasure::an_erasure_cut_short_after_any_step_is_finished_at_the_next_start;
    erasure::records_about_others_that_name_the_erased_stay_readable;
    erasure::the_house_cannot_be_erased;
    writing::what_was_committed_is_there_after_opening_again;
    writing::what_was_dropped_never_happened;
    writing::a_change_keeps_the_earlier_version_and_a_second_change_of_the_same_is_a_conflict;
    writing::an_earlier_version_is_written_anew_without_what_must_go;
    writing::a_record_stands_only_where_its_kind_may;
    writing::every_kind_comes_back_as_it_went;
    writing::references_count_without_a_gap;
    writing::a_big_import_is_one_transaction;
    reading::every_view_is_in_the_ledger_before_it_is_shown;
    reading::fifty_readers_share_commits_and_none_is_lost;
    reading::links_lead_from_a_person_to_what_concerns_them;
    reading::another_process_sees_new_and_changed_people;
    reading::bodies_come_back_whole_and_only_for_their_file;
    reading::sessions_live_and_end;
    tampering::a_book_that_is_at_work_verifies_all_the_while;
    tampering::what_is_under_way_in_another_process_is_not_swept;
    tampering::a_row_moved_or_changed_does_not_open_and_fsck_says_where;
    tampering::the_ledger_notices_every_change_of_its_rows;
}

/// Every statement is understood by both engines.
#[tokio::test(flavor = "multi_thread")]
async fn every_named_statement_is_prepared_on_both_engines() {
    let mut stores = vec![Store::sqlite().await];
    stores.extend(Store::postgres("prepare").await);
    for store in &stores {
        let pool = store.pool().await;
        for (name, text) in book::sql::ALL {
            use sqlx::{Executor, SqlSafeStr};
            let statement = sqlx::AssertSqlSafe((*text).to_owned()).into_sql_str();
            pool.prepare(statement).await.unwrap_or_else(|error| panic!("{name} on {:?}: {error}", store.engine()));
        }
    }
}
