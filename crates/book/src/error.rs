//! What can go wrong in the store, as situations. Nothing here carries a personal value.

use records::{FileId, RecordId};

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The database does not answer, or a disk failed. Nothing was saved.
    #[error("the store is not available: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Somebody else changed the record since it was read.
    #[error("record {record} of file {file} was changed by somebody else in the meantime")]
    Conflict {
        /// The file.
        file: FileId,
        /// The record.
        record: RecordId,
    },
    /// There is no such file, or it was erased.
    #[error("there is no file {0}")]
    NoFile(FileId),
    /// There is no such record.
    #[error("there is no record {record} in file {file}")]
    NoRecord {
        /// The file.
        file: FileId,
        /// The record.
        record: RecordId,
    },
    /// A row does not fit its place, or does not open: tampering or a damaged disk.
    #[error("damaged: {what} at {place}")]
    Corrupt {
        /// The table and key.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// A record was put where its kind may not stand.
    #[error("a record of kind {kind} does not belong in a file of class {class}")]
    Misplaced {
        /// The kind's slug.
        kind: &'static str,
        /// The class's slug.
        class: &'static str,
    },
    /// A statement touched another number of rows than it must.
    #[error("{statement} touched {rows} rows, not {expected}")]
    RowCount {
        /// Which statement.
        statement: &'static str,
        /// How many rows it touched.
        rows: u64,
        /// How many it must touch.
        expected: u64,
    },
    /// The keyring refused.
    #[error("the keyring: {0}")]
    Vault(#[from] vault::VaultError),
    /// The shelf refused.
    #[error("the shelf of papers: {0}")]
    Shelf(#[from] object_store::Error),
    /// A folder or file of the book could not be read or written.
    #[error("{path}: {source}")]
    Disk {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// There is a book already, or there is none.
    #[error("{0}")]
    Place(String),
}

impl From<sqlx::Error> for BookError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl From<sqlx::migrate::MigrateError> for BookError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl BookError {
    pub(crate) fn disk(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::Disk { path: path.display().to_string(), source }
    }

    pub(crate) fn corrupt(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Corrupt { place: place.into(), what: what.into() }
    }
}

/// The result of the store.
pub type Result<T> = std::result::Result<T, BookError>;
