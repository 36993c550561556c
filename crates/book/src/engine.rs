//! The one place that knows which database runs underneath.

use std::path::Path;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, Migrator};
use sqlx::{Any, AnyPool, AssertSqlSafe, Executor, Transaction};

use crate::error::Result;

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Where the rows lie.
#[derive(Clone, Debug)]
pub enum Database {
    /// `book.db` in the book's folder.
    Embedded,
    /// A PostgreSQL URL.
    Postgres(String),
}

const MIGRATIONS: &[(i64, &str, &str)] = &[(1, "book", include_str!("../migrations/0001_book.sql"))];

/// Opens the pool, with what each engine needs for durability, and brings the schema up to date.
pub(crate) async fn open(database: &Database, folder: &Path) -> Result<(AnyPool, Engine)> {
    sqlx::any::install_default_drivers();
    let (url, engine) = match database {
        Database::Embedded => (format!("sqlite://{}?mode=rwc", folder.join("book.db").display()), Engine::Sqlite),
        Database::Postgres(url) => (url.clone(), Engine::Postgres),
    };
    let pool = AnyPoolOptions::new()
        .max_connections(8)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if engine == Engine::Sqlite {
                    // FULL, not NORMAL: in WAL mode NORMAL may lose acknowledged commits at a power cut.
                    connection
                        .execute(
                            "PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                             PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
                             PRAGMA cache_size = -16000",
                        )
                        .await?;
                }
                Ok(())
            })
        })
        .connect(&url)
        .await?;
    migrator(engine).run(&pool).await?;
    Ok((pool, engine))
}

/// One set of migrations. What only one engine understands stands in a comment that the other ignores.
fn migrator(engine: Engine) -> Migrator {
    let migrations = MIGRATIONS
        .iter()
        .map(|&(version, name, text)| {
            let text = match engine {
                Engine::Sqlite => text.replace("/* WITHOUT ROWID */", "WITHOUT ROWID").replace("AS BYTEA", "AS BLOB"),
                Engine::Postgres => text.to_owned(),
            };
            let kind = sqlx::migrate::MigrationType::Simple;
            Migration::new(version, name.into(), kind, sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(text)), false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

/// The whole store as it stands at one moment, for reading, whatever others write meanwhile.
pub(crate) async fn snapshot(pool: &AnyPool, engine: Engine) -> Result<Transaction<'static, Any>> {
    let mut tx = pool.begin().await?;
    // SQLite's readers have that anyway, from their first statement on.
    if engine == Engine::Postgres {
        (&mut *tx).execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    }
    Ok(tx)
}

/// After an erasure: nothing of the deleted pages stays in the write-ahead log.
pub(crate) async fn truncate_log(pool: &AnyPool, engine: Engine) -> Result<()> {
    if engine == Engine::Sqlite {
        pool.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    Ok(())
}
