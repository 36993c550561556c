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
