//! What can go wrong with keys, in words that say what to do.

use std::io;
use std::path::{Path, PathBuf};

/// What stops the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A keyring is already there; making another over it would lose every key.
    #[error("there is a keyring in {} already; it was left as it is", .0.display())]
    Exists(PathBuf),
    /// No keyring where one was expected.
    #[error("there is no keyring in {}", .0.display())]
    Missing(PathBuf),
    /// The root secret is not the one of this keyring.
    #[error("this passphrase or key file is not the one that this keyring was locked with")]
    WrongRoot,
    /// A passphrase was given for a key file, or the other way round.
    #[error("this keyring was locked with {0}; give that")]
    WrongKindOfRoot(&'static str),
    /// Too short to stand against guessing.
    #[error("the passphrase has fewer than {0} characters; take a longer one, such as five random words")]
    WeakPassphrase(usize),
    /// The key file does not hold a key.
    #[error("{} does not hold a key (64 hexadecimal digits on one line)", .0.display())]
    NotAKeyFile(PathBuf),
    /// The keyring was changed by something else than the vault, or the disk failed.
    #[error("the keyring is damaged: {what} in {}; bring back a mirror of the keyring", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        what: &'static str,
    },
    /// After a failed write that could not be undone, nothing more is written: what is on the disk is not known for certain.
    #[error("an earlier write to the keyring failed and could not be undone; check the disk, then start again")]
    Uncertain,
    /// The disk said no.
    #[error("could not {what} {}: {source}", path.display())]
    Disk {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

impl VaultError {
    pub(crate) fn damaged(file: &Path, what: &'static str) -> Self {
        Self::Damaged { file: file.to_owned(), what }
    }
}

/// Puts words around an i/o error.
pub(crate) trait OnDisk<T> {
    fn on(self, what: &'static str, path: &Path) -> Result<T, VaultError>;
}

impl<T> OnDisk<T> for io::Result<T> {
    fn on(self, what: &'static str, path: &Path) -> Result<T, VaultError> {
        self.map_err(|source| VaultError::Disk { what, path: path.to_owned(), source })
    }
}

/// Why a sealed thing does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Too short, or of a format that this version does not know.
    #[error("this is not something that the vault sealed")]
    NotSealed,
    /// Another key, another place, or changed bytes. Which of these cannot be told.
    #[error("the sealed data does not belong here, or has been changed")]
    Refused,
    /// A body ended before its last chunk, or went on behind it.
    #[error("the sealed body is not complete")]
    Incomplete,
}
