//! One entry of the log: numbers and digests, by its type nothing personal.

use crate::act::Act;

/// The format of entries that this version writes.
const FORMAT: u8 = 1;

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 0 without gaps: its place as a leaf of the tree.
    pub seq: u64,
    /// The day as year, month, day: 20260302. Never before that of the entry before; whoever writes holds it when the clock jumps back.
    pub day: u32,
    /// What was done.
    pub act: Act,
    /// Who, as the pseudonym that the book gives to a member of staff or a process.
    pub actor: [u8; 16],
    /// Why, as the book's number for the purpose.
    pub purpose: u16,
    /// About whom, as a tag that only the key of the person's file leads back to; zeros when about nobody.
    pub subject: [u8; 32],
    /// Commitment to the sealed detail ([`crate::commit`]); zeros when there is none.
    pub commit: [u8; 32],
    /// How many were touched, where that says something (an import of 5,000); otherwise 1 or 0.
    pub count: u32,
}

/// Why bytes are not an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEntry {
    /// Not [`Entry::LENGTH`] bytes.
    #[error("it has {0} bytes, not 101")]
    Length(usize),
    /// Another format.
    #[error("its format is {0}, not 1")]
    Format(u8),
    /// Not a day of the calendar's shape.
    #[error("{0} is not a day")]
    Day(u32),
    /// A number without an act; perhaps of a later version.
    #[error("{0} is not an act")]
    Act(u16),
}

impl Entry {
    /// Length of an encoded entry in bytes.
    pub const LENGTH: usize = 1 + 8 + 4 + 2 + 16 + 2 + 32 + 32 + 4;

    /// The bytes that are stored and hashed: format, then every field in order, numbers big-endian. Every field has a fixed width, so no
    /// two entries share an encoding.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::LENGTH);
        out.push(FORMAT);
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.day.to_be_bytes());
        out.extend_from_slice(&self.act.number().to_be_bytes());
        out.extend_from_slice(&self.actor);
        out.extend_from_slice(&self.purpose.to_be_bytes());
        out.extend_from_slice(&self.subject);
        out.extend_from_slice(&self.commit);
        out.extend_from_slice(&self.count.to_be_bytes());
        out
    }

    /// Reads what [`Entry::encode`] wrote.
    ///
    /// # Errors
    /// [`NotAnEntry`] for any other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotAnEntry> {
        let bytes: &[u8; Self::LENGTH] = bytes.try_into().map_err(|_| NotAnEntry::Length(bytes.len()))?;
        let mut fields = Fields { bytes, at: 0 };
        let [format] = fields.take();
        if format != FORMAT {
            return Err(NotAnEntry::Format(format));
        }
        let seq = u64::from_be_bytes(fields.take());
        let day = u32::from_be_bytes(fields.take());
        if !is_day(day) {
            return Err(NotAnEntry::Day(day));
        }
        let act = u16::from_be_bytes(fields.take());
        Ok(Self {
            seq,
            day,
            act: Act::from_u16(act).ok_or(NotAnEntry::Act(act))?,
            actor: fields.take(),
            purpose: u16::from_be_bytes(fields.take()),
            subject: fields.take(),
            commit: fields.take(),
            count: u32::from_be_bytes(fields.take()),
        })
    }
}

/// Shape only: both verifiers must agree on it without a calendar.
fn is_day(day: u32) -> bool {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    (1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

struct Fields<'a> {
    bytes: &'a [u8; Entry::LENGTH],
    at: usize,
}

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        out.copy_from_slice(&self.bytes[self.at..self.at + N]);
        self.at += N;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            seq: 7,
            day: 20_260_302,
            act: Act::FileSeen,
            actor: [1; 16],
            purpose: 3,
            subject: [2; 32],
            commit: [4; 32],
            count: 1,
        }
    }

    #[test]
    fn an_entry_reads_back_as_it_was_written() {
        assert_eq!(entry().encode().len(), Entry::LENGTH);
        assert_eq!(Entry::decode(&entry().encode()), Ok(entry()));
    }

    #[test]
    fn any_changed_byte_gives_another_entry_or_none() {
        let bytes = entry().encode();
        for at in 0..bytes.len() {
            let mut bent = bytes.clone();
            bent[at] ^= 1;
            assert_ne!(Entry::decode(&bent), Ok(entry()), "byte {at}");
        }
    }

    #[test]
    fn what_is_not_an_entry_says_why() {
        let mut bytes = entry().encode();
        assert_eq!(Entry::decode(&bytes[..100]), Err(NotAnEntry::Length(100)));
        assert_eq!(Entry::decode(&[bytes.as_slice(), &[0]].concat()), Err(NotAnEntry::Length(102)));
        bytes[0] = 9;
        assert_eq!(Entry::decode(&bytes), Err(NotAnEntry::Format(9)));
        bytes = Entry { day: 20_261_301, ..entry() }.encode();
        assert_eq!(Entry::decode(&bytes), Err(NotAnEntry::Day(20_261_301)));
        bytes = entry().encode();
        bytes[13..15].copy_from_slice(&999_u16.to_be_bytes());
        assert_eq!(Entry::decode(&bytes), Err(NotAnEntry::Act(999)));
    }
}
