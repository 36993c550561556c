//! Typed ids: a file's id never passes for a record's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is wrong with an id that came in from outside.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this is not an id of the book")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a random or time-ordered uuid.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The sixteen bytes of the id.
            pub const fn bytes(&self) -> [u8; 16] {
                *self.0.as_bytes()
            }

            /// The id from its sixteen bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )*};
}

ids! {
    /// The file of one person, and so the person. Random (version 4): it says nothing about when or who.
    FileId;
    /// One record in a file. Time-ordered (version 7), so that a file reads in the order in which it was written.
    RecordId;
    /// A service that the charity runs.
    ServiceId;
    /// The sealed body of a paper on the shelf.
    BodyId;
    /// A sign-in, until it ends.
    SessionId;
}

impl FileId {
    /// The house file: what is about the charity itself.
    pub const HOUSE: Self = Self(Uuid::from_bytes(*b"guardbook:house:"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_what_it_shows() {
        let id = FileId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse::<FileId>().unwrap(), id);
        assert_eq!("../etc/passwd".parse::<FileId>(), Err(NotAnId));
    }
}
