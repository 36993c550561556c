//! Large papers, sealed chunk by chunk, so that neither end holds a whole one in memory.
//!
//! After the idea of C2SP's chunked encryption: every chunk says which one it is and whether it is the last, in its associated data,
//! so chunks cannot be cut off, swapped, repeated or mixed between papers. Each paper has a key of its own, derived from the file's
//! key, the paper's id and its place. Each chunk starts with a commitment to that key: AES-GCM alone would let a crafted
//! chunk open under two keys to two contents.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::aead::{OVERHEAD, Xaes};
use crate::error::OpenError;
use crate::file_keys::FileKeys;
use crate::place::{Part, Place};

/// Plain bytes in every chunk but the last, which has 0 to this many.
pub const CHUNK: usize = 64 * 1024;
/// How many bytes longer a sealed chunk is than its plain bytes: commitment, nonce, tag.
pub const CHUNK_OVERHEAD: usize = COMMITMENT + OVERHEAD;
/// Length of every sealed chunk but the last.
pub const SEALED_CHUNK: usize = CHUNK + CHUNK_OVERHEAD;

const COMMITMENT: usize = 32;

/// Key and commitment of one paper.
struct BodyKey {
    key: Xaes,
    commitment: Zeroizing<[u8; COMMITMENT]>,
}

impl BodyKey {
    fn new(keys: &FileKeys, place: &Place, body: [u8; 16]) -> Self {
        let mut context = place.encode(Part::Body).to_vec();
        context.extend_from_slice(&body);
        // Key and commitment come out of one derivation: whoever finds a second file key with the same commitment has broken SHA-256.
        let both = keys.derive::<{ 32 + COMMITMENT }>("body chunks", &context);
        let (mut key, mut commitment) = (Zeroizing::new([0; 32]), Zeroizing::new([0; COMMITMENT]));
        key.copy_from_slice(&both[..32]);
        commitment.copy_from_slice(&both[32..]);
        Self { key: Xaes::new(&key), commitment }
    }

    fn seal(&self, index: u64, last: bool, plain: &[u8]) -> Vec<u8> {
        let mut out = self.key.seal_behind(COMMITMENT, &chunk_place(index, last), plain);
        out[..COMMITMENT].copy_from_slice(self.commitment.as_slice());
        out
    }

    fn open(&self, index: u64, last: bool, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (commitment, rest) = sealed.split_first_chunk::<COMMITMENT>().ok_or(OpenError::NotSealed)?;
        if !bool::from(commitment.ct_eq(&*self.commitment)) {
            return Err(OpenError::Refused);
        }
        self.key.open(&chunk_place(index, last), rest).ok_or(OpenError::Refused)
    }
}

fn chunk_place(index: u64, last: bool) -> [u8; 17] {
    let mut out = [0; 17];
    out[..8].copy_from_slice(b"gb-chunk");
    out[8..16].copy_from_slice(&index.to_be_bytes());
    out[16] = u8::from(last);
    out
}

/// Seals one paper from its first chunk to its last.
pub struct BodySealer {
    key: BodyKey,
    next: u64,
}

impl BodySealer {
    /// Seals a chunk that is not the last. Give [`CHUNK`] bytes each time, so that readers know where chunks begin.
    pub fn chunk(&mut self, plain: &[u8]) -> Vec<u8> {
        let out = self.key.seal(self.next, false, plain);
        self.next += 1;
        out
    }

    /// Seals the last chunk, which may be empty, and ends the paper.
    pub fn last(self, plain: &[u8]) -> Vec<u8> {
        self.key.seal(self.next, true, plain)
    }
}

/// Opens one paper from its first chunk to its last.
pub struct BodyOpener {
    key: BodyKey,
    next: u64,
}

impl BodyOpener {
    /// Opens a chunk that is not the last.
    ///
    /// # Errors
    /// See [`FileKeys::open_chunk`].
    pub fn chunk(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let plain = self.key.open(self.next, false, sealed)?;
        self.next += 1;
        Ok(plain)
    }

    /// Opens the last chunk. A paper that was cut short has none: its end was sealed as "not the last".
    ///
    /// # Errors
    /// See [`FileKeys::open_chunk`].
    pub fn last(self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        self.key.open(self.next, true, sealed)
    }
}

impl FileKeys {
    /// Starts to seal a paper chunk by chunk.
    pub fn sealer(&self, place: &Place, body: [u8; 16]) -> BodySealer {
        BodySealer { key: BodyKey::new(self, place, body), next: 0 }
    }

    /// Starts to open a paper chunk by chunk.
    pub fn opener(&self, place: &Place, body: [u8; 16]) -> BodyOpener {
        BodyOpener { key: BodyKey::new(self, place, body), next: 0 }
    }

    /// Seals chunk `index` of a paper on its own. Prefer [`FileKeys::sealer`], which derives the paper's key once.
    pub fn seal_chunk(&self, place: &Place, body: [u8; 16], index: u64, last: bool, plain: &[u8]) -> Vec<u8> {
        BodyKey::new(self, place, body).seal(index, last, plain)
    }

    /// Opens chunk `index` of a paper on its own.
    ///
    /// # Errors
    /// [`OpenError::NotSealed`] when too short; [`OpenError::Refused`] when key, place, paper, index, `last` or any bit is another.
    pub fn open_chunk(
        &self,
        place: &Place,
        body: [u8; 16],
        index: u64,
        last: bool,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        BodyKey::new(self, place, body).open(index, last, sealed)
    }

    /// Seals a whole paper that is in memory anyway.
    pub fn seal_body(&self, place: &Place, body: [u8; 16], plain: &[u8]) -> Vec<u8> {
        let mut sealer = self.sealer(place, body);
        let mut out = Vec::with_capacity(plain.len() + (plain.len() / CHUNK + 1) * CHUNK_OVERHEAD);
        let mut rest = plain;
        while let Some((chunk, more)) = rest.split_at_checked(CHUNK)
            && !more.is_empty()
        {
            out.extend_from_slice(&sealer.chunk(chunk));
            rest = more;
        }
        out.extend_from_slice(&sealer.last(rest));
        out
    }

    /// Opens a whole paper that is in memory anyway.
    ///
    /// # Errors
    /// As [`FileKeys::open_chunk`]; [`OpenError::Incomplete`] when there is nothing at all.
    pub fn open_body(&self, place: &Place, body: [u8; 16], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        if sealed.is_empty() {
            return Err(OpenError::Incomplete);
        }
        let mut opener = self.opener(place, body);
        // Room for everything at once: a growing buffer would leave plain copies behind in memory.
        let mut out = Zeroizing::new(Vec::with_capacity(sealed.len()));
        let mut rest = sealed;
        while let Some((chunk, more)) = rest.split_at_checked(SEALED_CHUNK)
            && !more.is_empty()
        {
            out.extend_from_slice(&opener.chunk(chunk)?);
            rest = more;
        }
        out.extend_from_slice(&opener.last(rest)?);
        Ok(out)
    }
}
