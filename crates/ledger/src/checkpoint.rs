//! Checkpoints: size and root of the log at some moment, signed (specification: c2sp.org/tlog-checkpoint).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::frontier::Hash;
use crate::note::{NoteError, SigningKey, VerifierKey};

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Signs size and root as a checkpoint. The origin is the key's name.
pub fn sign_checkpoint(size: u64, root: &Hash, key: &SigningKey) -> String {
    key.sign_note(&format!("{}\n{size}\n{}\n", key.name(), STANDARD.encode(root)))
}

/// Reads the text of a checkpoint, without looking at signatures.
///
/// # Errors
/// [`NoteError::NotACheckpoint`] for anything else, also for numbers and base64 that are written another way than we write them.
pub fn parse_checkpoint(text: &str) -> Result<Checkpoint, NoteError> {
    let mut lines = text.split('\n');
    let (Some(origin), Some(size), Some(root), Some(_)) = (lines.next(), lines.next(), lines.next(), lines.next())
    else {
        return Err(NoteError::NotACheckpoint);
    };
    let number: u64 = size.parse().map_err(|_| NoteError::NotACheckpoint)?;
    let hash =
        STANDARD.decode(root).ok().and_then(|bytes| Hash::try_from(bytes).ok()).ok_or(NoteError::NotACheckpoint)?;
    if origin.is_empty() || number.to_string() != size {
        return Err(NoteError::NotACheckpoint);
    }
    Ok(Checkpoint { origin: origin.to_owned(), size: number, root: hash })
}

/// Checks that a note is a checkpoint of the log that `key` signs for.
///
/// # Errors
/// [`NoteError`].
pub fn verify_checkpoint(note: &str, key: &VerifierKey) -> Result<Checkpoint, NoteError> {
    let checkpoint = parse_checkpoint(key.open_note(note)?)?;
    if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(NoteError::OtherOrigin) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_reads_back_and_belongs_to_its_log_only() {
        let key = SigningKey::from_seed("guardbook.example/ledger", &[1; 32]).unwrap();
        let note = sign_checkpoint(7, &[9; 32], &key);
        let told = verify_checkpoint(&note, &key.verifier()).unwrap();
        assert_eq!(told, Checkpoint { origin: "guardbook.example/ledger".to_owned(), size: 7, root: [9; 32] });
        let foreign = key.sign_note("another.example\n7\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n");
        assert_eq!(verify_checkpoint(&foreign, &key.verifier()), Err(NoteError::OtherOrigin));
    }

    #[test]
    fn sizes_and_roots_are_written_in_one_way_only() {
        let root = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";
        assert!(parse_checkpoint(&format!("o\n7\n{root}\n")).is_ok());
        assert!(parse_checkpoint(&format!("o\n7\n{root}\nan extension\n")).is_ok());
        for bad in [
            format!("o\n07\n{root}\n"),
            format!("o\n+7\n{root}\n"),
            format!("\n7\n{root}\n"),
            format!("o\n7\n{root}"),
            "o\n7\nCQk=\n".to_owned(),
        ] {
            assert_eq!(parse_checkpoint(&bad), Err(NoteError::NotACheckpoint), "{bad:?}");
        }
    }
}
