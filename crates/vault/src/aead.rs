//! XAES-256-GCM: AES-256-GCM with a nonce of 24 bytes, long enough to be drawn at random for ever (specification: c2sp.org/XAES-256-GCM).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{AES_256, EncryptingKey, UnboundCipherKey};
use zeroize::{Zeroize, Zeroizing};

use crate::random;

/// Length of the nonce in bytes.
pub(crate) const NONCE: usize = 24;
/// Length of the authentication tag in bytes.
pub(crate) const TAG: usize = 16;
/// What sealing adds: nonce and tag.
pub(crate) const OVERHEAD: usize = NONCE + TAG;

/// A key of 256 bits, ready to seal and open.
pub(crate) struct Xaes {
    block: EncryptingKey,
    /// The CMAC sub-key K1 of the specification, computed once.
    k1: [u8; 16],
}

impl Drop for Xaes {
    fn drop(&mut self) {
        self.k1.zeroize();
    }
}

impl Xaes {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        // INVARIANT: 32 bytes are the key length of AES-256, which aws-lc always has.
        let block =
            UnboundCipherKey::new(&AES_256, key).and_then(EncryptingKey::ecb).expect("an AES-256 key of 32 bytes");
        let mut k1 = [0; 16];
        encrypt_blocks(&block, &mut k1);
        double(&mut k1);
        Self { block, k1 }
    }

    /// Seals under a fresh random nonce: nonce, ciphertext, tag.
    pub(crate) fn seal(&self, aad: &[u8], plain: &[u8]) -> Vec<u8> {
        self.seal_with(&random::bytes(), aad, plain, 0)
    }

    /// The same with room left in front for `front` bytes of the caller's.
    pub(crate) fn seal_behind(&self, front: usize, aad: &[u8], plain: &[u8]) -> Vec<u8> {
        self.seal_with(&random::bytes(), aad, plain, front)
    }

    fn seal_with(&self, nonce: &[u8; NONCE], aad: &[u8], plain: &[u8], front: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(front + plain.len() + OVERHEAD);
        out.resize(front, 0);
        out.extend_from_slice(nonce);
        out.extend_from_slice(plain);
        let (key, short) = self.message_key(nonce);
        let tag = key
            .seal_in_place_separate_tag(short, Aad::from(aad), &mut out[front + NONCE..])
            // INVARIANT: sealing fails only above 64 GiB, which no caller holds in memory.
            .expect("a message below 64 GiB");
        out.extend_from_slice(tag.as_ref());
        out
    }

    /// Opens what [`Xaes::seal`] made; `None` when key, associated data or any bit is another.
    pub(crate) fn open(&self, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        let mut plain = Zeroizing::new(rest.to_vec());
        let (key, short) = self.message_key(nonce);
        let length = key.open_in_place(short, Aad::from(aad), &mut plain).ok()?.len();
        plain.truncate(length);
        Some(plain)
    }

    /// The one-message key and the short nonce that the long nonce stands for.
    fn message_key(&self, nonce: &[u8; NONCE]) -> (LessSafeKey, Nonce) {
        let mut blocks = Zeroizing::new([0_u8; 32]);
        for (counter, block) in (1_u8..).zip(blocks.chunks_exact_mut(16)) {
            block[1] = counter;
            block[2] = b'X';
            block[4..].copy_from_slice(&nonce[..12]);
            for (byte, mask) in block.iter_mut().zip(self.k1) {
                *byte ^= mask;
            }
        }
        encrypt_blocks(&self.block, blocks.as_mut_slice());
        let mut short = [0; 12];
        short.copy_from_slice(&nonce[12..]);
        // INVARIANT: 32 bytes are the key length of AES-256-GCM.
        let key = UnboundKey::new(&AES_256_GCM, blocks.as_slice()).expect("an AES-256-GCM key of 32 bytes");
        (LessSafeKey::new(key), Nonce::assume_unique_for_key(short))
    }
}

/// AES-256 on whole blocks, one by one.
fn encrypt_blocks(key: &EncryptingKey, blocks: &mut [u8]) {
    // INVARIANT: both callers pass whole blocks; there is nothing else to fail on.
    key.encrypt(blocks).expect("whole blocks");
}

/// Multiplies by x in GF(2^128), as CMAC does for its sub-key.
fn double(block: &mut [u8; 16]) {
    let value = u128::from_be_bytes(*block);
    let carried = if value >> 127 == 1 { 0x87 } else { 0 };
    *block = ((value << 1) ^ carried).to_be_bytes();
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn vector(key: u8, aad: &str) -> String {
        let sealed = Xaes::new(&[key; 32]).seal_with(b"ABCDEFGHIJKLMNOPQRSTUVWX", aad.as_bytes(), b"XAES-256-GCM", 0);
        hex::encode(&sealed[NONCE..])
    }

    #[test]
    fn the_two_vectors_of_the_specification_come_out() {
        assert_eq!(vector(1, ""), "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
        assert_eq!(vector(3, "c2sp.org/XAES-256-GCM"), "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    #[test]
    fn what_was_sealed_opens_and_nothing_else_does() {
        let key = Xaes::new(&[7; 32]);
        for length in [0, 1, 15, 16, 17, 1000] {
            let plain = vec![b'p'; length];
            let sealed = key.seal(b"place", &plain);
            assert_eq!(sealed.len(), length + OVERHEAD);
            assert_eq!(key.open(b"place", &sealed).unwrap().as_slice(), plain);
            assert!(key.open(b"elsewhere", &sealed).is_none());
            assert!(Xaes::new(&[8; 32]).open(b"place", &sealed).is_none());
            for at in 0..sealed.len() {
                let mut bent = sealed.clone();
                bent[at] ^= 1;
                assert!(key.open(b"place", &bent).is_none(), "byte {at} of {length}");
                assert!(key.open(b"place", &sealed[..at]).is_none(), "cut at {at}");
            }
        }
    }

    #[test]
    fn no_nonce_comes_twice() {
        let key = Xaes::new(&[7; 32]);
        let nonces: HashSet<Vec<u8>> = (0..20_000).map(|_| key.seal(b"", b"")[..NONCE].to_vec()).collect();
        assert_eq!(nonces.len(), 20_000);
    }
}
