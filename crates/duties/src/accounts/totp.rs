//! Codes of an authenticator app (RFC 6238): SHA-1, six digits, thirty seconds, one step to either side.

use jiff::Timestamp;
use records::Personal;
use records::staff::Account;
use totp_rs::{Algorithm, Builder, Totp};

/// A second factor as it is shown while somebody sets it up.
#[derive(Clone, Debug)]
pub struct SecondFactor {
    /// The secret in groups of four letters, for typing.
    pub groups: Personal<String>,
    /// The address that the picture holds, `otpauth://totp/…` (Google's key URI format).
    pub url: Personal<String>,
}

/// Seconds for which one code is shown.
const STEP: u64 = 30;

/// A fresh secret: 160 random bits (RFC 4226 §4).
pub(crate) fn new_secret() -> Vec<u8> {
    rand::random::<[u8; 20]>().to_vec()
}

fn totp(secret: &[u8], issuer: &str, owner: &str) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP)
        .with_secret(secret.to_vec())
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(owner.replace(':', " "))
        .build()
        .ok()
}

/// What to show for a secret.
pub(crate) fn shown(secret: &[u8], charity: &str, email: &str) -> Option<SecondFactor> {
    let totp = totp(secret, charity, email)?;
    let (url, letters) = (totp.to_url().ok()?, totp.secret().to_base32());
    let groups: Vec<&str> = letters.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    Some(SecondFactor { groups: groups.join(" ").into(), url: url.into() })
}

/// The code of a moment, for the demonstration's page and for tests. None where the secret is too short.
pub fn code_at(secret: &[u8], now: Timestamp) -> Option<String> {
    Some(totp(secret, "Guardbook", "demonstration")?.generate(seconds(now)).to_string())
}

/// The next code that an account takes, for the demonstration's page: the one after the last that was used. None while
/// that is too far ahead.
pub fn next_code(account: &Account, now: Timestamp) -> Option<String> {
    let step = seconds(now) / STEP;
    let next = account.totp_used.map_or(step, |used| step.max(used + 1));
    let moment = Timestamp::from_second(i64::try_from(next * STEP).ok()?).ok()?;
    (next <= step + 1).then(|| code_at(account.totp.as_ref()?.for_store(), moment)).flatten()
}

/// The time step of a code that is right now and later than the last one used: each code works once (RFC 6238 §5.2).
pub(crate) fn step_of(secret: &[u8], typed: &str, now: Timestamp, used: Option<u64>) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let step = totp(secret, "Guardbook", "check")?.check(&digits, seconds(now))?;
    used.is_none_or(|used| step > used).then_some(step)
}

/// The account with the code of a moment used up, if it is right.
pub(crate) fn spend(account: &Account, typed: &str, now: Timestamp) -> Option<Account> {
    let step = step_of(account.totp.as_ref()?.for_store(), typed, now, account.totp_used)?;
    Some(Account { totp_used: Some(step), ..account.clone() })
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_agree_with_the_vectors_of_rfc_6238() {
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code_at(SECRET, at(second)).unwrap(), code);
        }
    }

    #[test]
    fn a_code_works_one_step_to_either_side_and_no_further() {
        let now = at(1_234_567_890);
        let code = code_at(SECRET, now).unwrap();
        for (off, right) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let then = now + jiff::SignedDuration::from_secs(off);
            assert_eq!(step_of(SECRET, &code, then, None).is_some(), right, "{off}");
        }
    }

    #[test]
    fn a_code_works_once_and_an_older_one_not_after_it() {
        let now = at(1_234_567_890);
        let (before, code) = (code_at(SECRET, at(1_234_567_860)).unwrap(), code_at(SECRET, now).unwrap());
        let used = step_of(SECRET, &code, now, None).unwrap();
        assert_eq!(step_of(SECRET, &code, now, Some(used)), None);
        assert_eq!(step_of(SECRET, &before, now, Some(used)), None);
        assert_eq!(step_of(SECRET, &format!(" {} {} ", &code[..3], &code[3..]), now, Some(used - 1)), Some(used));
    }

    #[test]
    fn the_next_code_is_one_that_is_taken() {
        let now = at(1_234_567_890);
        let mut account = Account { totp: Some(SECRET.to_vec().into()), ..Account::new("ada@example.org") };
        for _ in 0..2 {
            account = spend(&account, &next_code(&account, now).unwrap(), now).unwrap();
        }
        assert_eq!(next_code(&account, now), None);
    }

    #[test]
    fn a_secret_can_be_typed_and_read_from_the_picture() {
        let shown = shown(SECRET, "Lantern: Sample", "ada@example.org").unwrap();
        assert_eq!(shown.groups.for_page(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let url = shown.url.for_page();
        assert!(url.starts_with("otpauth://totp/") && url.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{url}");
    }
}
