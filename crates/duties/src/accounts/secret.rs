//! Random secrets that are given out once, and the digests under which the book knows them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// How many recovery codes somebody gets.
pub(crate) const RECOVERY_CODES: usize = 10;

/// Crockford's letters and digits: no i, l, o, u, which are taken for others (32 signs, five bits each).
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A fresh secret for a browser or a link: 32 random bytes. Only its digest goes into the store.
pub fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// The digest of a secret that is itself random: nothing slower is needed, since nobody can guess it.
pub(crate) fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Fresh recovery codes.
pub(crate) fn new_recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| new_code()).collect()
}

/// A fresh code that people can read out and type: 80 random bits, in four groups of four signs.
pub(crate) fn new_code() -> String {
    let bytes: [u8; 16] = rand::random();
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code as it was given out, however it was typed: spaces, hyphens and capitals do not count.
pub(crate) fn code_as_given(typed: &str) -> String {
    let signs: Vec<char> = signs_of(typed).chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn signs_of(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

/// The digest of a recovery code however it was typed.
pub(crate) fn recovery_digest(typed: &str) -> String {
    digest(&signs_of(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let code = &new_recovery_codes()[3];
        assert_eq!(code.len(), 19);
        let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(recovery_digest(&typed), recovery_digest(code));
        assert_eq!(&code_as_given(&typed), code);
    }

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let (one, other) = (new_token(), new_token());
        assert_eq!(URL_SAFE_NO_PAD.decode(&one).map(|bytes| bytes.len()), Ok(32));
        assert_ne!(one, other);
        let mut codes = new_recovery_codes();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), RECOVERY_CODES);
    }
}
