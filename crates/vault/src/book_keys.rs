//! The keys of the book itself, not of any person.

use std::fmt;

use zeroize::Zeroizing;

use crate::random;

/// Random keys that the book as a whole needs; wrapped in the ring, the same through all generations.
pub struct BookKeys(Zeroizing<[u8; BookKeys::LENGTH]>);

impl fmt::Debug for BookKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BookKeys(..)")
    }
}

impl BookKeys {
    /// Length of all of them in bytes; two are in reserve, so that a new use needs no new format.
    pub(crate) const LENGTH: usize = 6 * 32;

    pub(crate) fn random() -> Self {
        Self(Zeroizing::new(random::bytes()))
    }

    pub(crate) fn from_bytes(bytes: &[u8; Self::LENGTH]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    fn nth(&self, n: usize) -> &[u8; 32] {
        &self.0.as_chunks().0[n]
    }

    /// Authenticates session tokens.
    pub fn session_mac(&self) -> &[u8; 32] {
        self.nth(0)
    }

    /// The seed of the Ed25519 key that signs the ledger's checkpoints.
    pub fn ledger_seed(&self) -> &[u8; 32] {
        self.nth(1)
    }

    /// Authenticates form tokens.
    pub fn csrf(&self) -> &[u8; 32] {
        self.nth(2)
    }

    /// Makes the pseudonyms under which staff stand in the ledger.
    pub fn pseudonym(&self) -> &[u8; 32] {
        self.nth(3)
    }
}
