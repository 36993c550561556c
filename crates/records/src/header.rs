//! The only plaintext of a record: it holds no personal data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, RecordId, ServiceId};
use crate::kind::Kind;

/// Where a record stands, for kinds that are work; the rest are `Kept`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(i16)]
pub enum State {
    /// Simply kept; not work.
    Kept = 0,
    /// To be done.
    Open = 1,
    /// Waiting for somebody outside.
    Waiting = 2,
    /// Done.
    Done = 3,
    /// No longer valid, kept as history (an old address).
    Superseded = 4,
}

impl State {
    /// The number in the header.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// The state behind a header's number.
    pub const fn from_number(number: i16) -> Option<Self> {
        match number {
            0 => Some(Self::Kept),
            1 => Some(Self::Open),
            2 => Some(Self::Waiting),
            3 => Some(Self::Done),
            4 => Some(Self::Superseded),
            _ => None,
        }
    }
}

/// A record's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Whose.
    pub file: FileId,
    /// Which.
    pub id: RecordId,
    /// Its kind in the catalogue.
    pub kind: Kind,
    /// Sub-kind, by the kind's own numbering; 0 where there is none.
    pub topic: i16,
    /// The service, where it belongs to one.
    pub service: Option<ServiceId>,
    /// Where it stands.
    pub state: State,
    /// When it came.
    pub opened: Timestamp,
    /// The next moment at which something must happen.
    pub due: Option<Timestamp>,
    /// Counts from 1; every change raises it and keeps the earlier one.
    pub version: u32,
}
