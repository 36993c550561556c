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

/// Fresh recovery codes: 80 random bits each, in four groups of four signs.
pub(crate) fn new_recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| recovery_code(rand::random())).collect()
}

fn recovery_code(bytes: [u8; 16]) -> String {
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The digest of a recovery code however it was typed: spaces, hyphens and capitals do not count.
pub(crate) fn recovery_digest(typed: &str) -> String {
    let plain: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
    digest(&plain)
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
