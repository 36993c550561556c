//! The one place where the vault reads the system's random source.

use zeroize::Zeroizing;

/// Fills an array with random bytes from the operating system's generator (through aws-lc).
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    // INVARIANT: the generator of a running system does not fail; going on without it would mean guessable keys.
    aws_lc_rs::rand::fill(&mut out).expect("the system's random generator works");
    out
}

/// A fresh random key of 256 bits, wiped when dropped.
pub(crate) fn key() -> Zeroizing<[u8; 32]> {
    Zeroizing::new(bytes())
}
