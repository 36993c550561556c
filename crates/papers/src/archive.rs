//! One file for the way out: a ZIP whose contents only a passphrase opens (AES-256, the WinZip AE-2 format, which 7-Zip,
//! macOS Archive tools and the telephone file managers read).
//!
//! The names of the files in it can be read without the passphrase, so they say nothing about anybody.

use std::io::{Cursor, Read as _, Write as _};

use zeroize::Zeroizing;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipArchive, ZipWriter};

/// Why an archive was not made or not opened.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The passphrase is not the one with which it was made.
    #[error("the passphrase does not open it")]
    Passphrase,
    /// There is no file of that name in it.
    #[error("there is no such file in the archive")]
    NoSuchFile,
    /// It could not be written, or what was given is not an archive of ours.
    #[error("the archive: {0}")]
    Broken(String),
}

impl From<ZipError> for ArchiveError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::InvalidPassword => Self::Passphrase,
            ZipError::FileNotFound => Self::NoSuchFile,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Puts files, by name and content, into an archive that `passphrase` opens.
///
/// # Errors
/// When a file cannot be written into it.
pub fn lock(files: &[(&str, &[u8])], passphrase: &str) -> Result<Vec<u8>, ArchiveError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .with_aes_encryption(AesMode::Aes256, passphrase);
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Takes one file out of an archive. Whatever was changed in it is found before a byte comes out.
///
/// # Errors
/// When the passphrase is wrong, the file is not there, or the archive was changed.
pub fn unlock(archive: &[u8], name: &str, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, ArchiveError> {
    let mut archive = ZipArchive::new(Cursor::new(archive))?;
    let mut content = Zeroizing::new(Vec::new());
    archive.by_name_decrypt(name, passphrase.as_bytes())?.read_to_end(&mut content)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[u8] = b"Ada showed me round. Ada showed me round. Ada showed me round.";

    fn locked() -> Vec<u8> {
        lock(&[("a.html", WORDS), ("b.json", b"{}")], "k7mq-2n4p-x9td-hw3f").unwrap()
    }

    #[test]
    fn the_passphrase_opens_each_file_and_nothing_else_does() {
        let archive = locked();
        assert_eq!(unlock(&archive, "a.html", "k7mq-2n4p-x9td-hw3f").unwrap().as_slice(), WORDS);
        assert_eq!(unlock(&archive, "b.json", "k7mq-2n4p-x9td-hw3f").unwrap().as_slice(), b"{}");
        for wrong in ["", "k7mq-2n4p-x9td-hw3g", "K7MQ-2N4P-X9TD-HW3F"] {
            assert!(matches!(unlock(&archive, "a.html", wrong), Err(ArchiveError::Passphrase)), "{wrong}");
        }
        let missing = unlock(&archive, "c.pdf", "k7mq-2n4p-x9td-hw3f");
        assert!(matches!(missing, Err(ArchiveError::NoSuchFile)));
    }

    #[test]
    fn nothing_of_the_words_lies_in_the_archive_and_two_are_never_alike() {
        let (one, other) = (locked(), locked());
        assert_ne!(one, other);
        assert!(!one.windows(8).any(|bytes| bytes == &WORDS[..8]));
    }

    #[test]
    fn a_changed_byte_of_the_content_is_found() {
        let archive = locked();
        let at = 30 + "a.html".len() + 11 + 16 + 2 + 5;
        let mut changed = archive.clone();
        changed[at] ^= 1;
        assert!(unlock(&changed, "a.html", "k7mq-2n4p-x9td-hw3f").is_err());
        assert!(unlock(&[], "a.html", "x").is_err());
    }
}
