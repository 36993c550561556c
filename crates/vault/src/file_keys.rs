//! The keys of one person's file: seal, open, tag.

use std::fmt;
use std::sync::{Arc, OnceLock};

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::aead::{OVERHEAD, Xaes};
use crate::error::OpenError;
use crate::place::{FileTag, Part, Place};

/// The first byte of everything sealed: the format.
const FORMAT: u8 = 1;

/// How many bytes longer sealed data is than plain: format, nonce, authentication tag.
pub const SEAL_OVERHEAD: usize = 1 + OVERHEAD;

/// The keys of one file. Cloning is cheap and shares them; they are wiped when the last clone is dropped.
///
/// Sub-keys are derived by HKDF-SHA256 from the file's random key, one per [`Part`], each when it is first needed.
#[derive(Clone)]
pub struct FileKeys(Arc<Inner>);

struct Inner {
    file: FileTag,
    key: Zeroizing<[u8; 32]>,
    parts: [OnceLock<Xaes>; Part::ALL.len()],
    tagging: OnceLock<Zeroizing<[u8; 32]>>,
}

impl fmt::Debug for FileKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileKeys({:?}, ..)", self.0.file)
    }
}

impl FileKeys {
    pub(crate) fn new(file: FileTag, key: Zeroizing<[u8; 32]>) -> Self {
        Self(Arc::new(Inner { file, key, parts: Default::default(), tagging: OnceLock::new() }))
    }

    /// Whose keys these are.
    pub fn file(&self) -> FileTag {
        self.0.file
    }

    /// Seals `plain` for its place: format byte, random nonce of 24 bytes, ciphertext, tag ([`SEAL_OVERHEAD`] more than `plain`).
    pub fn seal(&self, part: Part, place: &Place, plain: &[u8]) -> Vec<u8> {
        let mut out = self.part(part).seal_behind(1, &place.encode(part), plain);
        out[0] = FORMAT;
        out
    }

    /// Opens what [`FileKeys::seal`] made for the same part and place.
    ///
    /// # Errors
    /// [`OpenError::NotSealed`] when it cannot be ours at all, [`OpenError::Refused`] when key, place or any bit is another.
    pub fn open(&self, part: Part, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        match sealed.split_first() {
            Some((&FORMAT, rest)) if rest.len() >= OVERHEAD => {
                self.part(part).open(&place.encode(part), rest).ok_or(OpenError::Refused)
            }
            _ => Err(OpenError::NotSealed),
        }
    }

    /// The subject tag of ledger entry `seq`: HMAC-SHA256 under a key of its own. Without the file's key, two tags of one person
    /// cannot be told from those of two people.
    pub fn tag(&self, seq: u64) -> [u8; 32] {
        let key = self.0.tagging.get_or_init(|| self.derive("ledger tag", &[]));
        // INVARIANT: HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes any key");
        mac.update(&seq.to_be_bytes());
        mac.finalize().into_bytes().into()
    }

    fn part(&self, part: Part) -> &Xaes {
        self.0.parts[usize::from(part.number())].get_or_init(|| {
            let label = match part {
                Part::Record => "record",
                Part::Card => "card",
                Part::Body => "body",
                Part::Audit => "audit",
            };
            Xaes::new(&self.derive(label, &[]))
        })
    }

    /// A sub-key of `N` bytes for what `label` and `context` say.
    ///
    /// The file's key is uniformly random, so the extract step of HKDF would add nothing (RFC 5869 §3.3).
    pub(crate) fn derive<const N: usize>(&self, label: &str, context: &[u8]) -> Zeroizing<[u8; N]> {
        let mut out = Zeroizing::new([0; N]);
        Hkdf::<Sha256>::from_prk(self.0.key.as_slice())
            // Labels are ours and none contains a full stop, so label and context cannot run into each other.
            .map(|hkdf| {
                hkdf.expand_multi_info(
                    &[b"guardbook file v1.", label.as_bytes(), b".", &self.0.file.0, context],
                    out.as_mut_slice(),
                )
            })
            // INVARIANT: the key has the length of the hash, and N is far below 255 hashes.
            .expect("a key of 32 bytes")
            .expect("a short output");
        out
    }
}
