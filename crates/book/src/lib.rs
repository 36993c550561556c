//! The store: files of sealed records, on SQLite and PostgreSQL, with one SQL text for both.
//!
//! A deed, its ledger entry and its follow-up commit in one [`Work`]; reading a file is a deed. The database and
//! the shelf hold ciphertext and headers without personal data; keys live in the keyring, which is never here.

mod book;
mod cards;
mod engine;
mod erase;
mod error;
mod fsck;
mod ledger_rows;
mod names;
mod read;
mod rows;
mod scan;
mod sessions;
mod shelf;
pub mod sql;
mod trace;
mod views;
mod work;

pub use book::{Book, Place};
pub use cards::Found;
pub use engine::{Database, Engine};
pub use erase::Erased;
pub use error::{BookError, Result};
pub use fsck::{Fault, FsckReport};
pub use ledger::Act;
pub use ledger_rows::Verification;
pub use names::Likeness;
pub use read::{EarlierVersion, OpenFile};
pub use rows::Opened;
pub use scan::Scanned;
pub use sessions::{Session, SessionState};
pub use shelf::Shelved;
pub use trace::Trace;
pub use vault::{RootSecret, VaultError};
pub use work::{Filing, Work};

/// The state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileState {
    /// In use.
    Open,
    /// The person has left; kept by its rule.
    Closed,
    /// Out of daily sight.
    Archived,
    /// Locked for all but storage, claims and consent.
    Restricted,
    /// Being erased: nobody opens it any more.
    Erased,
}

impl FileState {
    /// The number in the row.
    pub const fn number(self) -> i64 {
        match self {
            Self::Open => 1,
            Self::Closed => 2,
            Self::Archived => 3,
            Self::Restricted => 4,
            Self::Erased => 5,
        }
    }

    /// The state behind a number.
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Open),
            2 => Some(Self::Closed),
            3 => Some(Self::Archived),
            4 => Some(Self::Restricted),
            5 => Some(Self::Erased),
            _ => None,
        }
    }
}

/// Whether an act may change what a person's card says.
pub(crate) const fn changes_card(act: Act) -> bool {
    !matches!(act, Act::FileSeen)
}
