//! Signed notes: text with Ed25519 signatures under it (specification: c2sp.org/signed-note).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use sha2::{Digest, Sha256};

/// The algorithm byte of Ed25519 in keys and key hashes.
const ED25519: u8 = 1;

/// Why a key or a note is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key name is empty or holds a plus sign or white space.
    #[error("a key's name is some letters without spaces or plus signs")]
    BadName,
    /// A verifier key is not `name+hash+base64`, or its hash is another.
    #[error("this is not a verifier key (name+hash+key)")]
    BadKey,
    /// Text, blank line, signatures: not in this shape.
    #[error("this is not a signed note")]
    Malformed,
    /// No signature is by this key.
    #[error("the note is not signed with this key")]
    NotSigned,
    /// A signature says that it is by this key, but is not.
    #[error("the signature is false")]
    FalseSignature,
    /// The signed text is not a checkpoint.
    #[error("the signed text is not a checkpoint")]
    NotACheckpoint,
    /// A checkpoint of another log.
    #[error("the checkpoint is of another ledger")]
    OtherOrigin,
}

/// Signs checkpoints. The seed comes from the keyring; it is wiped when this is dropped.
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

/// Checks signatures: what a trustee is given beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({}, ..)", self.name)
    }
}

impl SigningKey {
    /// The key with this name and seed. The name is also the origin of the log: a host and path without a scheme, such as
    /// `guardbook.example/ledger/4f2a`.
    ///
    /// # Errors
    /// [`NoteError::BadName`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(seed) })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The half that may be known.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// Signs a text that ends with a new line.
    pub(crate) fn sign_note(&self, text: &str) -> String {
        let mut signature = self.verifier().hash().to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(signature))
    }
}

impl VerifierKey {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 over name, new line, algorithm and key, cut to four bytes: tells keys of one name apart.
    fn hash(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// The text of a note, if it is signed with this key. Signatures of others are passed over.
    pub(crate) fn open_note<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let (text, signatures) = split(note)?;
        let mut signed = false;
        for line in signatures.lines() {
            let (name, value) =
                line.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Malformed)?;
            let value = STANDARD.decode(value).map_err(|_| NoteError::Malformed)?;
            let (hash, signature) = value.split_first_chunk::<4>().ok_or(NoteError::Malformed)?;
            if check_name(name).is_err() || signature.is_empty() {
                return Err(NoteError::Malformed);
            }
            if name == self.name && *hash == self.hash() {
                let signature =
                    ed25519_dalek::Signature::from_slice(signature).map_err(|_| NoteError::FalseSignature)?;
                self.key.verify_strict(text.as_bytes(), &signature).map_err(|_| NoteError::FalseSignature)?;
                signed = true;
            }
        }
        if signed { Ok(text) } else { Err(NoteError::NotSigned) }
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, hex::encode(self.hash()), STANDARD.encode(key))
    }
}

impl std::str::FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::BadKey);
        };
        check_name(name)?;
        let key = STANDARD.decode(key).map_err(|_| NoteError::BadKey)?;
        let Some((&ED25519, key)) = key.split_first() else { return Err(NoteError::BadKey) };
        let key = key
            .try_into()
            .ok()
            .and_then(|bytes| ed25519_dalek::VerifyingKey::from_bytes(bytes).ok())
            .ok_or(NoteError::BadKey)?;
        let found = Self { name: name.to_owned(), key };
        if hash == hex::encode(found.hash()) { Ok(found) } else { Err(NoteError::BadKey) }
    }
}

/// Text and signatures, parted by the last blank line.
fn split(note: &str) -> Result<(&str, &str), NoteError> {
    let blank = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, signatures) = (&note[..=blank], &note[blank + 2..]);
    let control = |character: char| character < ' ' && character != '\n';
    if signatures.is_empty() || !signatures.ends_with('\n') || note.contains(control) {
        return Err(NoteError::Malformed);
    }
    Ok((text, signatures))
}

fn check_name(name: &str) -> Result<(), NoteError> {
    if name.is_empty() || name.contains(|character: char| character == '+' || character.is_whitespace()) {
        return Err(NoteError::BadName);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn a_note_signed_by_another_program_opens() {
        let key: VerifierKey = KEY.parse().unwrap();
        assert_eq!(key.to_string(), KEY);
        assert!(key.open_note(NOTE).unwrap().ends_with("what your problem is.\n"));
    }

    #[test]
    fn any_changed_character_of_a_note_is_noticed() {
        let key: VerifierKey = KEY.parse().unwrap();
        for (at, old) in NOTE.char_indices() {
            let new = if old == 'x' { 'y' } else { 'x' };
            let bent = format!("{}{new}{}", &NOTE[..at], &NOTE[at + old.len_utf8()..]);
            assert!(key.open_note(&bent).is_err(), "character {at}");
            let short = format!("{}{}", &NOTE[..at], &NOTE[at + old.len_utf8()..]);
            assert!(key.open_note(&short).is_err(), "without character {at}");
        }
    }

    #[test]
    fn a_signature_by_somebody_else_neither_helps_nor_harms() {
        let (ours, theirs) =
            (SigningKey::from_seed("ours", &[1; 32]).unwrap(), SigningKey::from_seed("theirs", &[2; 32]).unwrap());
        let text = "text\n";
        let both = ours.sign_note(text) + theirs.sign_note(text).split_once("\n\n").unwrap().1;
        for key in [ours.verifier(), theirs.verifier()] {
            assert_eq!(key.open_note(&both), Ok(text));
        }
        assert_eq!(theirs.verifier().open_note(&ours.sign_note(text)), Err(NoteError::NotSigned));
        // The same name is not the same key.
        let double = SigningKey::from_seed("ours", &[3; 32]).unwrap();
        assert_eq!(ours.verifier().open_note(&double.sign_note(text)), Err(NoteError::NotSigned));
    }

    #[test]
    fn a_key_with_another_hash_or_a_strange_name_is_refused() {
        for bad in ["", "a+b", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "x+c74f20a3+AA=="]
        {
            assert_eq!(bad.parse::<VerifierKey>(), Err(NoteError::BadKey), "{bad}");
        }
        for bad in ["", "two words", "plus+plus"] {
            assert_eq!(SigningKey::from_seed(bad, &[1; 32]).err(), Some(NoteError::BadName), "{bad}");
        }
    }

    #[test]
    fn a_key_file_may_end_with_a_new_line() {
        assert_eq!(format!("{KEY}\n").parse::<VerifierKey>(), KEY.parse());
    }
}
