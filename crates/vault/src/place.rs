//! Where a sealed thing belongs: bound to it, so that it opens nowhere else.

use std::fmt;

/// The random id of a person's file (the bytes of its uuid). Says nothing about the person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileTag(pub [u8; 16]);

impl fmt::Debug for FileTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileTag({})", hex::encode(self.0))
    }
}

/// Which sub-key of a file seals something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The bodies of records.
    Record,
    /// The card: the line about the person in the index that is kept in memory.
    Card,
    /// Papers on the shelf; see [`crate::FileKeys::seal_chunk`] for large ones.
    Body,
    /// The detail beside a ledger entry.
    Audit,
}

impl Part {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Self; 4] = [Self::Record, Self::Card, Self::Body, Self::Audit];

    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Record => 0,
            Self::Card => 1,
            Self::Body => 2,
            Self::Audit => 3,
        }
    }
}

/// The place of a sealed thing. All of it is authenticated with the thing; none of it is stored in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The book ([`crate::Vault::book`]).
    pub tenant: [u8; 16],
    /// The person's file.
    pub file: FileTag,
    /// The record in the file.
    pub record: [u8; 16],
    /// The catalogue's number for the kind of record.
    pub kind: u16,
    /// The version of the record.
    pub version: u64,
}

/// Length of an encoded place in bytes.
const ENCODED: usize = 8 + 1 + 16 + 16 + 16 + 2 + 8;

impl Place {
    /// The place and the part as associated data. Every field has a fixed width, so no two places share an encoding.
    pub(crate) fn encode(&self, part: Part) -> [u8; ENCODED] {
        let mut out = [0; ENCODED];
        let fields: [&[u8]; 7] = [
            b"gb-place",
            &[part.number()],
            &self.tenant,
            &self.file.0,
            &self.record,
            &self.kind.to_be_bytes(),
            &self.version.to_be_bytes(),
        ];
        let mut at = 0;
        for field in fields {
            out[at..at + field.len()].copy_from_slice(field);
            at += field.len();
        }
        out
    }
}
