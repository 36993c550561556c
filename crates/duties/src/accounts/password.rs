//! Passwords: hashed with argon2id, and refused where they are short, common, or made of what everybody knows.

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use zxcvbn::Score;

use super::attempts::Attempts;

/// The fewest signs. Length is what makes a password hard; no rules about capitals and digits (NIST SP 800-63B).
pub const LEAST: usize = 12;
/// The most, so that nobody keeps the machine busy with a novel.
const MOST: usize = 200;
/// 46 MiB, one pass, one lane: the first of OWASP's equal settings for argon2id.
const KIBIBYTES: u32 = 46 * 1024;

/// A hash that no password has, with the same cost: what a sign-in without an account is measured against.
const NOBODYS: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$Z3VhcmRib29rLW5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password's hash in PHC form.
pub type PasswordHash = String;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`LEAST`] signs.
    #[error("Use at least 12 characters. Three or four words that do not belong together are easy to remember.")]
    Short,
    /// More than we take.
    #[error("Use at most 200 characters.")]
    Long,
    /// It is on the lists of common and stolen passwords, or close to one.
    #[error(
        "This is too easy to guess: it is like a common password, or like one that was stolen elsewhere. Try three or four words that do not belong together."
    )]
    Common,
    /// It is made of the name, the address or the charity's name.
    #[error(
        "This is too easy to guess: it is made of your name, your e-mail address or the charity's name. Try three or four other words."
    )]
    AboutYou,
}

/// Why a hash could not be made or checked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HashError {
    /// Too many wait already.
    #[error("too many sign-ins at once")]
    Busy,
    /// The library failed, or the machine has no memory left.
    #[error("a password could not be hashed: {0}")]
    Broken(String),
}

fn argon2() -> Argon2<'static> {
    // INVARIANT: the three numbers are within the library's bounds; the test below makes a hash with them.
    let params = Params::new(KIBIBYTES, 1, 1, None).expect("sound argon2 parameters");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether a password is good enough for somebody of whom these words are known.
pub(crate) fn check(password: &str, about: &[String]) -> Result<(), Weak> {
    let signs = password.chars().count();
    if signs < LEAST {
        return Err(Weak::Short);
    }
    if signs > MOST {
        return Err(Weak::Long);
    }
    let known = words_of(about);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    if zxcvbn::zxcvbn(password, &known).score() >= Score::Three {
        return Ok(());
    }
    // Good without the known words means that they are what makes it weak.
    Err(if zxcvbn::zxcvbn(password, &[]).score() >= Score::Three { Weak::AboutYou } else { Weak::Common })
}

/// The words in what is known, also with the spaces left out.
fn words_of(about: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    for text in about {
        let text = text.to_lowercase();
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_owned));
        words.push(text.chars().filter(|c| c.is_alphanumeric()).collect());
        words.push(text);
    }
    words
}

/// Hashes a password. For tests and the demonstration, and for threads that may take their time.
pub fn hash_password(password: &str) -> PasswordHash {
    // INVARIANT: argon2id with fixed parameters and a salt of its own fails only without memory.
    argon2().hash_password(password.as_bytes()).expect("46 MiB for a password").to_string()
}

impl Attempts {
    /// Hashes a new password on a thread of its own, when it is its turn.
    pub(crate) async fn hash(&self, password: String) -> Result<PasswordHash, HashError> {
        self.on_a_thread(move || {
            argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| broken(&error))
        })
        .await
    }

    /// Whether a password fits a hash; with none, against nobody's, so that both take the same time.
    pub(crate) async fn fits(&self, password: String, hash: Option<PasswordHash>) -> Result<bool, HashError> {
        self.on_a_thread(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(NOBODYS);
            let hash = Phc::new(hash).map_err(|error| broken(&error))?;
            let fits = argon2().verify_password(password.as_bytes(), &hash).is_ok();
            Ok(fits && known && password.chars().count() <= MOST)
        })
        .await
    }

    async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let _place = self.waiting.try_acquire().map_err(|_| HashError::Busy)?;
        let _turn = self.hashing.acquire().await.map_err(|error| broken(&error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| broken(&error))?
    }
}

fn broken(error: &dyn std::fmt::Display) -> HashError {
    HashError::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> Vec<String> {
        ["Wendy Worker", "wendy.worker@lantern.example.org", "Lantern Sample Charity"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_hash_is_argon2id_with_at_least_46_mebibytes_and_nobodys_costs_the_same() {
        let hash = hash_password("four words that do not belong");
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
        let params = |text: &str| Phc::new(text).unwrap().params.to_string();
        assert_eq!(params(&hash), params(NOBODYS));
        let output = |text: &str| Phc::new(text).unwrap().hash.unwrap().as_bytes().len();
        assert_eq!(output(&hash), output(NOBODYS));
    }

    #[tokio::test]
    async fn only_the_right_password_fits_and_nobodys_hash_fits_none() {
        let attempts = Attempts::default();
        let hash = attempts.hash("teapot gravel onward".to_owned()).await.unwrap();
        assert!(attempts.fits("teapot gravel onward".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!attempts.fits("teapot gravel onwards".to_owned(), Some(hash)).await.unwrap());
        assert!(!attempts.fits("teapot gravel onward".to_owned(), None).await.unwrap());
    }

    #[test]
    fn short_common_and_personal_passwords_are_refused() {
        assert_eq!(check("k7#Qz!p2", &about()), Err(Weak::Short));
        assert_eq!(check(&"long ".repeat(60), &about()), Err(Weak::Long));
        for common in ["password1234", "qwertyuiop123", "123456789012", "iloveyou2024"] {
            assert_eq!(check(common, &about()), Err(Weak::Common), "{common}");
        }
        for own in ["wendyworker12", "lanternsample", "WendyWorker2026"] {
            assert!(check(own, &about()).is_err(), "{own}");
        }
        assert_eq!(check("teapot gravel onward", &about()), Ok(()));
    }
}
