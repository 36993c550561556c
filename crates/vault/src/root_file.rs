//! The format of the file `root`: the top of the key tree, replaced as a whole.
//!
//! Clear header (format, book, generation, epoch, stretching), the generation key wrapped by the root secret, the table sealed under
//! the generation key, a plain SHA-256 over all of it. The checksum tells damage from a wrong secret; it protects nothing,
//! the seals do.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::aead::{OVERHEAD, Xaes};
use crate::book_keys::BookKeys;
use crate::frames::Position;
use crate::random;
use crate::root_secret::Stretching;

const MAGIC: &[u8; 8] = b"GBROOT01";
const HEADER: usize = 8 + 16 + 8 + 8 + Stretching::LENGTH;
const WRAPPED: usize = 32 + OVERHEAD;
const CHECKSUM: usize = 32;
const TABLE_START: usize = 32 + BookKeys::LENGTH + 8 + 8 + 32;
const BUCKET: usize = 4 + 32;

/// What stands in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// The random id of the book; stands in every seal of the ring.
    pub book: [u8; 16],
    /// Counts the forgettings.
    pub generation: u64,
    /// Which `keys-N` belongs to it.
    pub epoch: u64,
    pub stretching: Stretching,
}

/// A bucket's key and which one it is; keys of people under another version are leftovers.
pub(crate) struct BucketKey {
    pub version: u32,
    pub key: Zeroizing<[u8; 32]>,
}

/// What is sealed under the generation key.
pub(crate) struct Table {
    /// Authenticates the frames of the keys file. Not secret from anybody who could open them.
    pub frame_key: Zeroizing<[u8; 32]>,
    pub book_keys: BookKeys,
    /// How far the keys file had got when this root was written: never shorter than that.
    pub written: Position,
    pub buckets: Vec<BucketKey>,
}

/// Why a root file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotARoot {
    Damaged(&'static str),
    WrongSecret,
}

impl Header {
    fn encode(&self) -> [u8; HEADER] {
        let mut out = [0; HEADER];
        out[..8].copy_from_slice(MAGIC);
        out[8..24].copy_from_slice(&self.book);
        out[24..32].copy_from_slice(&self.generation.to_be_bytes());
        out[32..40].copy_from_slice(&self.epoch.to_be_bytes());
        out[40..].copy_from_slice(&self.stretching.encode());
        out
    }

    /// Reads the clear part, after the checksum has been checked.
    pub(crate) fn decode(file: &[u8]) -> Result<Self, NotARoot> {
        let (body, sum) = file.split_last_chunk::<CHECKSUM>().ok_or(NotARoot::Damaged("too few bytes"))?;
        if <[u8; CHECKSUM]>::from(Sha256::digest(body)) != *sum {
            return Err(NotARoot::Damaged("a wrong checksum"));
        }
        let mut fields = Fields(body);
        if fields.take::<8>()? != *MAGIC {
            return Err(NotARoot::Damaged("an unknown format"));
        }
        let (book, generation, epoch) = (fields.take()?, fields.number()?, fields.number()?);
        let stretching = Stretching::decode(&fields.take()?).ok_or(NotARoot::Damaged("impossible settings"))?;
        Ok(Self { book, generation, epoch, stretching })
    }
}

/// The whole file, under a fresh generation key. That key is not kept anywhere else: the next root gets its own.
pub(crate) fn encode(header: &Header, table: &Table, wrapping: &Xaes) -> Vec<u8> {
    let head = header.encode();
    let generation_key = random::key();
    let mut plain = Zeroizing::new(Vec::with_capacity(TABLE_START + table.buckets.len() * BUCKET));
    plain.extend_from_slice(table.frame_key.as_slice());
    plain.extend_from_slice(table.book_keys.bytes());
    plain.extend_from_slice(&table.written.length.to_be_bytes());
    plain.extend_from_slice(&table.written.frames.to_be_bytes());
    plain.extend_from_slice(&table.written.chain);
    for bucket in &table.buckets {
        plain.extend_from_slice(&bucket.version.to_be_bytes());
        plain.extend_from_slice(bucket.key.as_slice());
    }
    let mut out = head.to_vec();
    out.extend_from_slice(&wrapping.seal(&head, generation_key.as_slice()));
    out.extend_from_slice(&Xaes::new(&generation_key).seal(&head, &plain));
    let sum = Sha256::digest(&out);
    out.extend_from_slice(&sum);
    out
}

/// Opens a file whose header has been read.
pub(crate) fn open(file: &[u8], wrapping: &Xaes) -> Result<Table, NotARoot> {
    let mut fields = Fields(&file[..file.len().saturating_sub(CHECKSUM)]);
    let head = fields.take::<HEADER>()?;
    let generation_key = wrapping.open(&head, &fields.take::<WRAPPED>()?).ok_or(NotARoot::WrongSecret)?;
    let generation_key =
        Zeroizing::new(<[u8; 32]>::try_from(generation_key.as_slice()).map_err(|_| NotARoot::Damaged("a short key"))?);
    let plain = Xaes::new(&generation_key).open(&head, fields.0).ok_or(NotARoot::Damaged("a changed table"))?;
    let mut fields = Fields(&plain);
    let frame_key = Zeroizing::new(fields.take()?);
    let book_keys = BookKeys::from_bytes(&fields.take()?);
    let written = Position { length: fields.number()?, frames: fields.number()?, chain: fields.take()? };
    let (buckets, rest) = fields.0.as_chunks::<BUCKET>();
    if !rest.is_empty() || !buckets.len().is_power_of_two() {
        return Err(NotARoot::Damaged("a table of odd length"));
    }
    let buckets = buckets.iter().map(|bytes| bucket(bytes)).collect::<Result<_, _>>()?;
    Ok(Table { frame_key, book_keys, written, buckets })
}

fn bucket(bytes: &[u8]) -> Result<BucketKey, NotARoot> {
    let mut fields = Fields(bytes);
    Ok(BucketKey { version: u32::from_be_bytes(fields.take()?), key: Zeroizing::new(fields.take()?) })
}

/// Fixed-width fields, one after the other.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], NotARoot> {
        let (field, rest) = self.0.split_first_chunk::<N>().ok_or(NotARoot::Damaged("too few bytes"))?;
        self.0 = rest;
        Ok(*field)
    }

    fn number(&mut self) -> Result<u64, NotARoot> {
        self.take().map(u64::from_be_bytes)
    }
}
