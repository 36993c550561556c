//! The commitment to an entry's detail, which lies sealed beside the log.

use sha2::{Digest, Sha256};

use crate::frontier::Hash;

/// SHA-256 over 32 random bytes and the sealed detail. The salt lies with the detail: without it nobody can try whether some guessed
/// detail is behind an entry, and when both are gone the entry says nothing any more and still verifies.
pub fn commit(salt: &[u8; 32], sealed: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(sealed).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_detail_looks_different_under_another_salt() {
        assert_eq!(commit(&[1; 32], b"detail"), commit(&[1; 32], b"detail"));
        assert_ne!(commit(&[1; 32], b"detail"), commit(&[2; 32], b"detail"));
        assert_ne!(commit(&[1; 32], b"detail"), commit(&[1; 32], b"detain"));
    }
}
