//! Sealed things open in their own place, with their own key, whole, and not otherwise.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::HashSet;

use proptest::prelude::*;
use vault::{
    CHUNK, CHUNK_OVERHEAD, FileKeys, FileTag, OpenError, Part, Place, RootSecret, SEAL_OVERHEAD, SEALED_CHUNK, Vault,
};
use zeroize::Zeroizing;

const PARTS: [Part; 4] = [Part::Record, Part::Card, Part::Body, Part::Audit];
const FILE: FileTag = FileTag([5; 16]);
const BODY: [u8; 16] = [9; 16];

fn two_files() -> [FileKeys; 2] {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let vault = Vault::create(folder.path(), &RootSecret::KeyFile(Zeroizing::new([1; 32]))).unwrap();
    let tags = [FILE, FileTag([6; 16])];
    vault.add_files(&tags).unwrap();
    tags.map(|tag| vault.file(tag).unwrap().unwrap())
}

fn place() -> Place {
    Place { tenant: [1; 16], file: FILE, record: [2; 16], kind: 3, version: 4 }
}

/// The place with each of its fields changed once.
fn other_places() -> Vec<Place> {
    vec![
        Place { tenant: [8; 16], ..place() },
        Place { file: FileTag([8; 16]), ..place() },
        Place { record: [8; 16], ..place() },
        Place { kind: 8, ..place() },
        Place { version: 8, ..place() },
        // Neighbouring fields that trade their values.
        Place { tenant: [5; 16], file: FileTag([1; 16]), ..place() },
        Place { kind: 4, version: 3, ..place() },
    ]
}

#[test]
fn a_record_opens_in_its_own_place_part_and_file_only() {
    let [keys, others] = two_files();
    for part in PARTS {
        let sealed = keys.seal(part, &place(), b"Maya was late");
        assert_eq!(sealed.len(), 13 + SEAL_OVERHEAD);
        assert_eq!(keys.open(part, &place(), &sealed).unwrap().as_slice(), b"Maya was late");
        for elsewhere in other_places() {
            assert_eq!(keys.open(part, &elsewhere, &sealed), Err(OpenError::Refused), "{elsewhere:?}");
        }
        for other in PARTS.into_iter().filter(|&other| other != part) {
            assert_eq!(keys.open(other, &place(), &sealed), Err(OpenError::Refused), "{part:?} as {other:?}");
        }
        assert_eq!(others.open(part, &place(), &sealed), Err(OpenError::Refused));
    }
}

#[test]
fn what_was_never_sealed_is_told_from_what_is_refused() {
    let [keys, _] = two_files();
    let sealed = keys.seal(Part::Record, &place(), b"");
    for at in 0..sealed.len() {
        let expected = if at < SEAL_OVERHEAD { OpenError::NotSealed } else { OpenError::Refused };
        assert_eq!(keys.open(Part::Record, &place(), &sealed[..at]), Err(expected));
        let mut bent = sealed.clone();
        bent[at] ^= 1;
        let expected = if at == 0 { OpenError::NotSealed } else { OpenError::Refused };
        assert_eq!(keys.open(Part::Record, &place(), &bent), Err(expected));
    }
}

#[test]
fn the_same_words_never_look_the_same_twice() {
    let [keys, _] = two_files();
    let sealed: HashSet<Vec<u8>> =
        (0..5_000).map(|_| keys.seal(Part::Record, &place(), b"same")[1..25].to_vec()).collect();
    assert_eq!(sealed.len(), 5_000, "a nonce came twice");
}

#[test]
fn tags_differ_by_entry_and_by_file_and_are_the_same_when_asked_again() {
    let [keys, others] = two_files();
    let tags: HashSet<[u8; 32]> = (0..100).flat_map(|seq| [keys.tag(seq), others.tag(seq)]).collect();
    assert_eq!(tags.len(), 200);
    assert_eq!(keys.tag(7), keys.clone().tag(7));
}

#[test]
fn nothing_of_a_key_shows_in_debug_output() {
    let [keys, _] = two_files();
    assert_eq!(format!("{keys:?}"), "FileKeys(FileTag(05050505050505050505050505050505), ..)");
    assert_eq!(format!("{:?}", RootSecret::from_passphrase("correct horse battery")), "Passphrase(..)");
}

fn paper(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

#[test]
fn papers_of_every_length_around_a_chunk_come_back() {
    let [keys, _] = two_files();
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17] {
        let sealed = keys.seal_body(&place(), BODY, &paper(length));
        let chunks = length.div_ceil(CHUNK).max(1);
        assert_eq!(sealed.len(), length + chunks * CHUNK_OVERHEAD);
        assert_eq!(keys.open_body(&place(), BODY, &sealed).unwrap().as_slice(), paper(length));
        // Chunk by chunk, as a reader that does not hold the whole does it.
        for (index, chunk) in sealed.chunks(SEALED_CHUNK).enumerate() {
            let plain = keys.open_chunk(&place(), BODY, index as u64, index + 1 == chunks, chunk).unwrap();
            assert_eq!(plain.as_slice(), &paper(length)[index * CHUNK..][..plain.len()]);
        }
    }
}

#[test]
fn a_paper_that_was_cut_swapped_repeated_or_extended_does_not_open() {
    let [keys, others] = two_files();
    let sealed = keys.seal_body(&place(), BODY, &paper(3 * CHUNK));
    let chunks: Vec<&[u8]> = sealed.chunks(SEALED_CHUNK).collect();
    let refused = |bytes: &[u8], what: &str| assert!(keys.open_body(&place(), BODY, bytes).is_err(), "{what}");
    refused(&sealed[..2 * SEALED_CHUNK], "without its last chunk");
    refused(&sealed[..SEALED_CHUNK], "the first chunk only");
    refused(&[], "nothing");
    refused(&sealed[..sealed.len() - 1], "a byte short");
    refused(&[chunks[1], chunks[0], chunks[2]].concat(), "swapped");
    refused(&[chunks[0], chunks[0], chunks[2]].concat(), "repeated");
    refused(&[chunks[0], chunks[2]].concat(), "one dropped from the middle");
    refused(&[sealed.as_slice(), chunks[2]].concat(), "extended");
    assert!(keys.open_body(&place(), [0; 16], &sealed).is_err(), "another paper");
    assert!(others.open_body(&place(), BODY, &sealed).is_err(), "another file");
    for elsewhere in other_places() {
        assert!(keys.open_body(&elsewhere, BODY, &sealed).is_err(), "{elsewhere:?}");
    }
    let other_paper = keys.seal_body(&place(), [0; 16], &paper(3 * CHUNK));
    refused(&[chunks[0], &other_paper[SEALED_CHUNK..2 * SEALED_CHUNK], chunks[2]].concat(), "a chunk of another paper");
}

#[test]
fn a_chunk_is_bound_to_its_key_by_more_than_its_tag() {
    let [keys, others] = two_files();
    let [one, other] = [&keys, &others].map(|keys| keys.seal_chunk(&place(), BODY, 0, true, b"same"));
    assert_ne!(one[..32], other[..32], "the commitments of two keys are the same");
    let again = keys.seal_chunk(&place(), BODY, 1, false, b"else");
    assert_eq!(one[..32], again[..32], "the commitment is the key's, not the chunk's");
    // A chunk whose commitment was exchanged does not open, though its tag would hold.
    let bent = [&other[..32], &one[32..]].concat();
    assert_eq!(keys.open_chunk(&place(), BODY, 0, true, &bent), Err(OpenError::Refused));
}

proptest! {
    #[test]
    fn any_bytes_in_any_place_come_back(plain in prop::collection::vec(any::<u8>(), 0..300), kind: u16, version: u64, record: [u8; 16]) {
        let [keys, _] = two_files();
        let place = Place { kind, version, record, ..place() };
        let sealed = keys.seal(Part::Record, &place, &plain);
        prop_assert_eq!(keys.open(Part::Record, &place, &sealed).unwrap().to_vec(), plain);
    }
}
