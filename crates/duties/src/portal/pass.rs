//! A number to name something by, and a secret to open it.

use records::arrival::Pass;
use subtle::ConstantTimeEq as _;

use crate::accounts::{digest, new_code, recovery_digest};

/// What somebody is given once. The book keeps only a digest of the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The number: `K7MX-3P9Q`.
    pub number: String,
    /// The secret: four groups of four letters and figures.
    pub secret: String,
}

/// A fresh number and secret.
pub(super) fn new_pass() -> (Given, Pass) {
    // Forty bits: enough that two are never alike, short enough to read out on the telephone.
    let code = new_code().to_uppercase();
    let number = code.get(..9).unwrap_or(&code).to_owned();
    let (given, pass) = with_number(number);
    (given, pass)
}

/// A fresh secret for a number.
pub(super) fn with_number(number: String) -> (Given, Pass) {
    let secret = new_code();
    let pass = Pass { digest: secret_digest(&number, &secret), number: number.clone() };
    (Given { number, secret }, pass)
}

/// The number as it was given out, however it was typed.
pub(super) fn number_as_given(typed: &str) -> String {
    let signs: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    match (signs.get(..4), signs.get(4..)) {
        (Some(first), Some(rest)) => format!("{first}-{rest}"),
        _ => signs,
    }
}

/// What of a secret is kept. Capitals, spaces and hyphens do not count.
pub(super) fn secret_digest(number: &str, secret: &str) -> String {
    digest(&format!("{number}\n{}", recovery_digest(secret)))
}

/// Whether both are right, in a time that does not depend on the answer.
pub(super) fn opens(pass: &Pass, number: &str, digest: &str) -> bool {
    let number = pass.number.as_bytes().ct_eq(number.as_bytes());
    bool::from(number & pass.digest.as_bytes().ct_eq(digest.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_opens_with_its_number_and_secret_however_they_are_typed() {
        let (given, pass) = new_pass();
        assert_eq!(given.number.len(), 9);
        let typed = given.number.to_lowercase().replace('-', " ");
        assert_eq!(number_as_given(&typed), given.number);
        let opened = |number: &str, secret: &str| opens(&pass, number, &secret_digest(number, secret));
        assert!(opened(&given.number, &given.secret.to_uppercase().replace('-', "  ")));
        assert!(!opened(&given.number, "0000-0000-0000-0000"));
        let (other, _) = new_pass();
        assert!(!opened(&other.number, &given.secret), "a secret opens its own number alone");
    }
}
