//! The root secret: what stands above the keyring and never lies in its folder.

use std::fmt;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::aead::Xaes;
use crate::error::{OnDisk, VaultError};
use crate::random;

/// Fewest characters of a passphrase that locks a new keyring.
const SHORTEST_PASSPHRASE: usize = 12;

/// What locks and unlocks a keyring.
pub enum RootSecret {
    /// Typed by a person; stretched by Argon2id.
    Passphrase(Zeroizing<String>),
    /// 32 random bytes from a file: on another volume, or handed over by the service manager as a credential.
    KeyFile(Zeroizing<[u8; 32]>),
}

impl fmt::Debug for RootSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Passphrase(..)",
            Self::KeyFile(_) => "KeyFile(..)",
        })
    }
}

impl RootSecret {
    /// A passphrase that somebody typed.
    pub fn from_passphrase(passphrase: impl Into<String>) -> Self {
        Self::Passphrase(Zeroizing::new(passphrase.into()))
    }

    /// Reads a key file: 64 hexadecimal digits, with or without white space around them.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn from_key_file(path: &Path) -> Result<Self, VaultError> {
        let text = Zeroizing::new(fs::read(path).on("read", path)?);
        let mut key = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim_ascii(), key.as_mut_slice())
            .map_err(|_| VaultError::NotAKeyFile(path.to_owned()))?;
        Ok(Self::KeyFile(key))
    }

    /// Makes a new random key and writes it to `path`, readable by its owner only. Never overwrites a file.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn generate_key_file(path: &Path) -> Result<Self, VaultError> {
        let key = random::key();
        let mut text = Zeroizing::new(hex::encode(key.as_slice()));
        text.push('\n');
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).on("create", path)?;
        file.write_all(text.as_bytes()).on("write", path)?;
        file.sync_all().on("flush", path)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::File::open(folder).and_then(|folder| folder.sync_all()).on("flush", folder)?;
        }
        Ok(Self::KeyFile(key))
    }

    /// Refuses a secret that could be guessed. Asked when a keyring is locked, not when it is opened.
    pub(crate) fn check_strength(&self) -> Result<(), VaultError> {
        match self {
            Self::Passphrase(words) if words.chars().count() < SHORTEST_PASSPHRASE => {
                Err(VaultError::WeakPassphrase(SHORTEST_PASSPHRASE))
            }
            _ => Ok(()),
        }
    }
}

/// How the wrapping key is made from the root secret; stored in the clear in the root file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretching {
    kind: Kind,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: [u8; 16],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    KeyFile,
    Argon2id,
}

impl Stretching {
    pub(crate) const LENGTH: usize = 1 + 3 * 4 + 16;

    /// With a fresh salt, for a secret that locks from now on. 64 MiB and three passes: RFC 9106's second choice, above OWASP's least.
    pub(crate) fn for_new(secret: &RootSecret) -> Self {
        let (kind, memory_kib, passes, lanes) = match secret {
            RootSecret::KeyFile(_) => (Kind::KeyFile, 0, 0, 0),
            RootSecret::Passphrase(_) => (Kind::Argon2id, 64 * 1024, 3, 1),
        };
        Self { kind, memory_kib, passes, lanes, salt: random::bytes() }
    }

    pub(crate) fn encode(&self) -> [u8; Self::LENGTH] {
        let mut out = [0; Self::LENGTH];
        out[0] = match self.kind {
            Kind::KeyFile => 0,
            Kind::Argon2id => 1,
        };
        out[1..5].copy_from_slice(&self.memory_kib.to_be_bytes());
        out[5..9].copy_from_slice(&self.passes.to_be_bytes());
        out[9..13].copy_from_slice(&self.lanes.to_be_bytes());
        out[13..].copy_from_slice(&self.salt);
        out
    }

    /// `None` for values that no keyring of ours has: weaker than sensible, or so dear that opening would never end.
    pub(crate) fn decode(bytes: &[u8; Self::LENGTH]) -> Option<Self> {
        let number = |at: usize| bytes[at..at + 4].iter().fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
        let (memory_kib, passes, lanes) = (number(1), number(5), number(9));
        let kind = match bytes[0] {
            0 if (memory_kib, passes, lanes) == (0, 0, 0) => Kind::KeyFile,
            1 if (19 * 1024..=1024 * 1024).contains(&memory_kib)
                && (1..=16).contains(&passes)
                && (1..=8).contains(&lanes) =>
            {
                Kind::Argon2id
            }
            _ => return None,
        };
        let mut salt = [0; 16];
        salt.copy_from_slice(&bytes[13..]);
        Some(Self { kind, memory_kib, passes, lanes, salt })
    }

    /// The key that wraps generation keys.
    pub(crate) fn wrapping_key(&self, secret: &RootSecret) -> Result<Xaes, VaultError> {
        let mut key = Zeroizing::new([0; 32]);
        match (self.kind, secret) {
            (Kind::KeyFile, RootSecret::KeyFile(bytes)) => {
                Hkdf::<Sha256>::new(Some(&self.salt), bytes.as_slice())
                    .expand(b"guardbook root v1", key.as_mut_slice())
                    // INVARIANT: 32 bytes are far below the limit of 255 hashes.
                    .expect("a short output");
            }
            (Kind::Argon2id, RootSecret::Passphrase(words)) => {
                Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
                    .and_then(|params| {
                        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                            words.as_bytes(),
                            &self.salt,
                            key.as_mut_slice(),
                        )
                    })
                    .map_err(|_| VaultError::WrongRoot)?;
            }
            (Kind::KeyFile, RootSecret::Passphrase(_)) => return Err(VaultError::WrongKindOfRoot("a key file")),
            (Kind::Argon2id, RootSecret::KeyFile(_)) => return Err(VaultError::WrongKindOfRoot("a passphrase")),
        }
        Ok(Xaes::new(&key))
    }
}
