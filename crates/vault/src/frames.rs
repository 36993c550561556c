//! The format of the file `keys-N`: frames of wrapped keys, one after the other, only ever appended.
//!
//! A frame is what one call added: header (magic, number, count, check), records of fixed width, and a MAC over place, content
//! and the frame before. So a frame that a crash cut short is told from one that was changed: the first can only be the
//! last, the second is damage, and is never passed over in silence.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::aead::OVERHEAD;

const MAGIC: &[u8; 4] = b"GBKF";
const CHECK: usize = 8;
const HEADER: usize = 4 + 8 + 4 + CHECK;
const CHAIN: usize = 32;

/// Length of a wrapped key: nonce, sealed tag and key, authentication tag.
pub(crate) const WRAPPED: usize = 16 + 32 + OVERHEAD;
/// Length of a record on disk: bucket, version of the bucket's key, wrapped key.
pub(crate) const RECORD: usize = 4 + 4 + WRAPPED;

/// One wrapped key and the bucket key it is under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub bucket: u32,
    pub version: u32,
    pub wrapped: [u8; WRAPPED],
}

/// How far a keys file has been read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Bytes.
    pub length: u64,
    /// Frames.
    pub frames: u64,
    /// The MAC of the last one.
    pub chain: [u8; CHAIN],
}

impl Position {
    pub(crate) const START: Self = Self { length: 0, frames: 0, chain: [0; CHAIN] };
}

/// A keys file's frame key with what the MACs bind: the book and the epoch.
pub(crate) struct Framing {
    mac: Hmac<Sha256>,
}

/// What stands at the end of a keys file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing after the last good frame.
    Clean,
    /// The beginning of a frame that was never finished, so never acknowledged.
    Torn,
}

/// A frame that is not the last does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damage;

impl Framing {
    pub(crate) fn new(frame_key: &[u8; 32], book: &[u8; 16], epoch: u64) -> Self {
        // INVARIANT: HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(frame_key).expect("HMAC takes any key");
        mac.update(b"guardbook keyring frames v1");
        mac.update(book);
        mac.update(&epoch.to_be_bytes());
        Self { mac }
    }

    /// The bytes of a frame with `records` behind `at`, and the position behind it.
    pub(crate) fn frame(&self, at: &Position, records: &[Record]) -> (Vec<u8>, Position) {
        let mut out = Vec::with_capacity(HEADER + records.len() * RECORD + CHAIN);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&at.frames.to_be_bytes());
        // INVARIANT: a batch of 4,294,967,296 people does not fit into memory.
        out.extend_from_slice(&u32::try_from(records.len()).expect("a batch below 2^32").to_be_bytes());
        out.extend_from_slice(&self.check(at.length, &out));
        for record in records {
            out.extend_from_slice(&record.bucket.to_be_bytes());
            out.extend_from_slice(&record.version.to_be_bytes());
            out.extend_from_slice(&record.wrapped);
        }
        let chain = self.chain(at, &out);
        out.extend_from_slice(&chain);
        let after = Position { length: at.length + out.len() as u64, frames: at.frames + 1, chain };
        (out, after)
    }

    /// Reads all frames of `bytes`, which begin at `at` in the file, giving each record to `take`.
    ///
    /// # Errors
    /// [`Damage`] when a bad frame has a frame behind it. (That the file still reaches as far as the root knows is the caller's to check.)
    pub(crate) fn read(&self, bytes: &[u8], at: &mut Position, mut take: impl FnMut(Record)) -> Result<End, Damage> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let Some((records, after)) = self.next(rest, at) else {
                return if self.any_header(rest, at) { Err(Damage) } else { Ok(End::Torn) };
            };
            for record in records.as_chunks::<RECORD>().0 {
                take(Record::read(record));
            }
            // INVARIANT: `after` lies within `rest`, which is in memory.
            rest = &rest[usize::try_from(after.length - at.length).expect("a frame that is in memory")..];
            *at = after;
        }
        Ok(End::Clean)
    }

    /// The records of the frame at the start of `bytes` and the position behind it; `None` when it does not hold.
    fn next<'a>(&self, bytes: &'a [u8], at: &Position) -> Option<(&'a [u8], Position)> {
        let count = self.header(bytes, at.length, Some(at.frames))?;
        let end = HEADER.checked_add(usize::try_from(count).ok()?.checked_mul(RECORD)?)?;
        let chain = bytes.get(end..end.checked_add(CHAIN)?)?;
        let expected = self.chain(at, &bytes[..end]);
        let after = Position { length: at.length + (end + CHAIN) as u64, frames: at.frames + 1, chain: expected };
        (chain == expected).then_some((&bytes[HEADER..end], after))
    }

    /// The count in a good header at the start of `bytes`.
    fn header(&self, bytes: &[u8], offset: u64, number: Option<u64>) -> Option<u32> {
        let head = bytes.first_chunk::<HEADER>()?;
        let (said, check) = head.split_at(HEADER - CHECK);
        let right_number = number.is_none_or(|number| said[4..12] == number.to_be_bytes());
        let holds = said.starts_with(MAGIC) && right_number && *check == self.check(offset, said);
        holds.then(|| said[12..16].iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
    }

    /// Whether a frame begins anywhere behind a bad one. A frame is only ever begun when the one before it was whole.
    fn any_header(&self, bytes: &[u8], at: &Position) -> bool {
        (1..bytes.len().saturating_sub(HEADER - 1)).any(|skip| {
            bytes[skip..].starts_with(MAGIC) && self.header(&bytes[skip..], at.length + skip as u64, None).is_some()
        })
    }

    fn check(&self, offset: u64, said: &[u8]) -> [u8; CHECK] {
        let mut mac = self.mac.clone();
        mac.update(b"head");
        mac.update(&offset.to_be_bytes());
        mac.update(said);
        let full: [u8; 32] = mac.finalize().into_bytes().into();
        full.as_chunks().0[0]
    }

    fn chain(&self, at: &Position, frame: &[u8]) -> [u8; CHAIN] {
        let mut mac = self.mac.clone();
        mac.update(b"body");
        mac.update(&at.length.to_be_bytes());
        mac.update(&at.chain);
        mac.update(frame);
        mac.finalize().into_bytes().into()
    }
}

impl Record {
    fn read(bytes: &[u8; RECORD]) -> Self {
        let number = |at: usize| bytes[at..at + 4].iter().fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
        let mut wrapped = [0; WRAPPED];
        wrapped.copy_from_slice(&bytes[8..]);
        Self { bucket: number(0), version: number(4), wrapped }
    }
}
