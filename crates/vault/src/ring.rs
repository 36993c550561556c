//! The key tree in memory: which people have keys, in which bucket, under which bucket key. Knows no disk.
//!
//! People's keys stay wrapped here; each is unwrapped when it is asked for.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::aead::Xaes;
use crate::book_keys::BookKeys;
use crate::frames::{Damage, End, Framing, Position, Record, WRAPPED};
use crate::place::FileTag;
use crate::random;
use crate::root_file::{BucketKey, Header, Table};

/// Fewest and most buckets. In between there are about as many as the square root of the people, so that a forgetting writes
/// about √P for its bucket and √P for the table.
const BUCKETS: (usize, usize) = (64, 4096);
/// A keys file with up to this many leftovers is not worth rewriting. (Few in tests, so that small histories come to it.)
const FEW_LEFTOVERS: u64 = if cfg!(test) { 8 } else { 4096 };

pub(crate) struct Ring {
    pub header: Header,
    pub at: Position,
    pub end: End,
    frame_key: Zeroizing<[u8; 32]>,
    framing: Framing,
    buckets: Vec<Bucket>,
    /// The highest bucket version seen, also in frames that a crash left without a root: none is ever used for a second key.
    newest: u32,
    people: u64,
    leftovers: u64,
}

struct Bucket {
    version: u32,
    key: Zeroizing<[u8; 32]>,
    seal: Xaes,
    people: HashMap<FileTag, [u8; WRAPPED]>,
}

impl Bucket {
    fn new(key: BucketKey) -> Self {
        Self { version: key.version, seal: Xaes::new(&key.key), key: key.key, people: HashMap::new() }
    }
}

/// New buckets that take the places of old ones when the root that names them is in place.
pub(crate) struct Replacement {
    buckets: Vec<(usize, Bucket)>,
    /// What must be on disk before that root.
    pub records: Vec<Record>,
}

impl Ring {
    /// An empty ring.
    pub(crate) fn new(header: Header) -> Self {
        let frame_key = random::key();
        let buckets = (0..BUCKETS.0).map(|_| Bucket::new(BucketKey { version: 1, key: random::key() })).collect();
        Self::with(header, frame_key, buckets, 1)
    }

    fn with(header: Header, frame_key: Zeroizing<[u8; 32]>, buckets: Vec<Bucket>, newest: u32) -> Self {
        let framing = Framing::new(&frame_key, &header.book, header.epoch);
        Self {
            header,
            at: Position::START,
            end: End::Clean,
            frame_key,
            framing,
            buckets,
            newest,
            people: 0,
            leftovers: 0,
        }
    }

    /// The ring that a root and its keys file hold.
    pub(crate) fn load(header: Header, table: Table, keys: &[u8]) -> Result<Self, Damage> {
        let newest = table.buckets.iter().map(|bucket| bucket.version).max().unwrap_or(0);
        let mut ring =
            Self::with(header, table.frame_key, table.buckets.into_iter().map(Bucket::new).collect(), newest);
        let known = usize::try_from(table.written.length).map_err(|_| Damage)?;
        ring.read(keys.get(..known).ok_or(Damage)?)?;
        if ring.at != table.written {
            return Err(Damage);
        }
        ring.read(&keys[known..])?;
        Ok(ring)
    }

    /// Takes in what stands behind `at` in the keys file.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<(), Damage> {
        let mut records = Vec::new();
        self.end = self.framing.read(bytes, &mut self.at, |record| records.push(record))?;
        records.into_iter().try_for_each(|record| self.take(&record))
    }

    fn take(&mut self, record: &Record) -> Result<(), Damage> {
        let book = self.header.book;
        self.newest = self.newest.max(record.version);
        let bucket = usize::try_from(record.bucket).ok().and_then(|index| self.buckets.get_mut(index)).ok_or(Damage)?;
        if record.version != bucket.version {
            self.leftovers += 1;
            return Ok(());
        }
        let plain =
            bucket.seal.open(&wrap_place(&book, record.bucket, record.version), &record.wrapped).ok_or(Damage)?;
        let tag = FileTag(*plain.first_chunk().ok_or(Damage)?);
        if bucket.people.insert(tag, record.wrapped).is_some() {
            return Err(Damage);
        }
        self.people += 1;
        Ok(())
    }

    /// The table that the next root of this ring seals.
    pub(crate) fn table(&self, book_keys: &BookKeys, replacement: Option<&Replacement>, written: Position) -> Table {
        let copy = |bucket: &Bucket| BucketKey { version: bucket.version, key: bucket.key.clone() };
        let mut buckets: Vec<BucketKey> = self.buckets.iter().map(copy).collect();
        for (index, bucket) in replacement.iter().flat_map(|replacement| &replacement.buckets) {
            buckets[*index] = copy(bucket);
        }
        Table {
            frame_key: self.frame_key.clone(),
            book_keys: BookKeys::from_bytes(book_keys.bytes()),
            written,
            buckets,
        }
    }

    /// The frame that adds `records` at the end, and the position behind it.
    pub(crate) fn frame(&self, records: &[Record]) -> (Vec<u8>, Position) {
        self.framing.frame(&self.at, records)
    }

    /// A new random key for a person, wrapped.
    pub(crate) fn wrap_new(&self, tag: FileTag) -> Record {
        let index = self.bucket_of(tag);
        wrap(&self.header.book, index, &self.buckets[index], tag, &random::key())
    }

    pub(crate) fn holds(&self, tag: FileTag) -> bool {
        self.buckets[self.bucket_of(tag)].people.contains_key(&tag)
    }

    /// The key of a person; `None` when there is none.
    pub(crate) fn key(&self, tag: FileTag) -> Result<Option<Zeroizing<[u8; 32]>>, Damage> {
        let index = self.bucket_of(tag);
        let bucket = &self.buckets[index];
        bucket.people.get(&tag).map(|wrapped| unwrap(&self.header.book, index, bucket, tag, wrapped)).transpose()
    }

    pub(crate) fn tags(&self) -> Vec<FileTag> {
        let mut tags: Vec<FileTag> = self.buckets.iter().flat_map(|bucket| bucket.people.keys().copied()).collect();
        tags.sort_unstable();
        tags
    }

    /// New keys for the buckets of `tags`, with everybody in them but `tags` wrapped anew.
    pub(crate) fn without(&self, tags: &[FileTag]) -> Result<Replacement, Damage> {
        let mut touched: Vec<usize> = tags.iter().map(|&tag| self.bucket_of(tag)).collect();
        touched.sort_unstable();
        touched.dedup();
        // INVARIANT: four thousand million forgettings do not fit into one keys file.
        let version = self.newest.checked_add(1).expect("bucket versions do not run out");
        let mut out = Replacement { buckets: Vec::with_capacity(touched.len()), records: Vec::new() };
        let gone: HashSet<FileTag> = tags.iter().copied().collect();
        for index in touched {
            let old = &self.buckets[index];
            let mut fresh = Bucket::new(BucketKey { version, key: random::key() });
            for (&tag, wrapped) in old.people.iter().filter(|(tag, _)| !gone.contains(tag)) {
                let key = unwrap(&self.header.book, index, old, tag, wrapped)?;
                let record = wrap(&self.header.book, index, &fresh, tag, &key);
                fresh.people.insert(tag, record.wrapped);
                out.records.push(record);
            }
            out.buckets.push((index, fresh));
        }
        Ok(out)
    }

    /// Puts a replacement in place, once its root is on disk.
    pub(crate) fn replace(&mut self, replacement: Replacement) {
        for (index, bucket) in replacement.buckets {
            self.newest = self.newest.max(bucket.version);
            // The old wraps stay in the file, under a key that no longer exists.
            self.leftovers += self.buckets[index].people.len() as u64;
            self.people -= self.buckets[index].people.len() as u64;
            self.people += bucket.people.len() as u64;
            self.buckets[index] = bucket;
        }
    }

    /// Whether the keys file should be written anew: mostly leftovers, or many more people than the buckets were meant for.
    pub(crate) fn wants_rewriting(&self) -> bool {
        let crowded = self.people >= 4 * (self.buckets.len() as u64).pow(2) && self.buckets.len() < BUCKETS.1;
        crowded || (self.leftovers > FEW_LEFTOVERS && self.leftovers > self.people)
    }

    /// The same people under all new bucket keys, in as many buckets as suit them; with the one frame that a new keys file begins with.
    pub(crate) fn rewritten(&self, header: Header) -> Result<(Self, Vec<u8>), Damage> {
        // INVARIANT: the number of people in memory fits into a usize.
        let wanted = usize::try_from(self.people.isqrt()).expect("people in memory").next_power_of_two();
        let count = wanted.clamp(BUCKETS.0, BUCKETS.1);
        let buckets = (0..count).map(|_| Bucket::new(BucketKey { version: 1, key: random::key() })).collect();
        let mut ring = Self::with(header, random::key(), buckets, 1);
        let mut records = Vec::new();
        for (index, bucket) in self.buckets.iter().enumerate() {
            for (&tag, wrapped) in &bucket.people {
                let key = unwrap(&self.header.book, index, bucket, tag, wrapped)?;
                let to = ring.bucket_of(tag);
                let record = wrap(&header.book, to, &ring.buckets[to], tag, &key);
                ring.buckets[to].people.insert(tag, record.wrapped);
                records.push(record);
            }
        }
        ring.people = self.people;
        let (frame, at) = ring.frame(&records);
        ring.at = at;
        Ok((ring, frame))
    }

    /// Spread by a hash: ids are random as a rule, but the house file's is not.
    fn bucket_of(&self, tag: FileTag) -> usize {
        let [first, second, ..] = <[u8; 32]>::from(Sha256::digest(tag.0));
        usize::from(u16::from_be_bytes([first, second])) & (self.buckets.len() - 1)
    }
}

fn wrap(book: &[u8; 16], index: usize, bucket: &Bucket, tag: FileTag, key: &[u8; 32]) -> Record {
    // INVARIANT: there are at most `BUCKETS.1` buckets.
    let number = u32::try_from(index).expect("a few thousand buckets");
    let mut plain = Zeroizing::new([0; 48]);
    plain[..16].copy_from_slice(&tag.0);
    plain[16..].copy_from_slice(key);
    let sealed = bucket.seal.seal(&wrap_place(book, number, bucket.version), plain.as_slice());
    // INVARIANT: `WRAPPED` is the length of 48 sealed bytes.
    let wrapped = sealed.as_slice().try_into().expect("a wrapped key");
    Record { bucket: number, version: bucket.version, wrapped }
}

fn unwrap(
    book: &[u8; 16],
    index: usize,
    bucket: &Bucket,
    tag: FileTag,
    wrapped: &[u8; WRAPPED],
) -> Result<Zeroizing<[u8; 32]>, Damage> {
    let number = u32::try_from(index).map_err(|_| Damage)?;
    let plain = bucket.seal.open(&wrap_place(book, number, bucket.version), wrapped).ok_or(Damage)?;
    let (found, key) = plain.split_first_chunk::<16>().ok_or(Damage)?;
    if *found != tag.0 {
        return Err(Damage);
    }
    Ok(Zeroizing::new(key.try_into().map_err(|_| Damage)?))
}

fn wrap_place(book: &[u8; 16], bucket: u32, version: u32) -> [u8; 31] {
    let mut out = [0; 31];
    out[..7].copy_from_slice(b"gb-wrap");
    out[7..23].copy_from_slice(book);
    out[23..27].copy_from_slice(&bucket.to_be_bytes());
    out[27..].copy_from_slice(&version.to_be_bytes());
    out
}
