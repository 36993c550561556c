//! After a forgetting, nothing in the folder leads to the key, whatever else one has.

use std::fs;
use std::path::Path;

use zeroize::Zeroizing;

use crate::aead::Xaes;
use crate::frames::{RECORD, WRAPPED};
use crate::root_file::{self, Header};
use crate::{FileTag, RootSecret, Vault};

const SECRET: [u8; 32] = [1; 32];

fn secret() -> RootSecret {
    RootSecret::KeyFile(Zeroizing::new(SECRET))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn tag(n: u8) -> FileTag {
    FileTag([n; 16])
}

/// All bytes of all files in the folder.
fn all_files(folder: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

/// Everything that somebody with the folder and the root secret can unwrap: every stretch of every file, tried with every bucket key
/// of every root that opens.
fn everything_within_reach(folder: &Path) -> Vec<Vec<u8>> {
    let files = all_files(folder);
    let mut found = Vec::new();
    for root in &files {
        let Ok(header) = Header::decode(root) else { continue };
        let table = root_file::open(root, &header.stretching.wrapping_key(&secret()).unwrap()).unwrap();
        for (index, bucket) in (0_u32..).zip(&table.buckets) {
            let place =
                [b"gb-wrap".as_slice(), &header.book, &index.to_be_bytes(), &bucket.version.to_be_bytes()].concat();
            let key = Xaes::new(&bucket.key);
            for file in &files {
                found.extend(
                    file.windows(WRAPPED).filter_map(|stretch| key.open(&place, stretch)).map(|plain| plain.to_vec()),
                );
            }
        }
    }
    found
}

fn reaches(found: &[Vec<u8>], tag: FileTag) -> bool {
    found.iter().any(|plain| plain.starts_with(&tag.0))
}

#[test]
fn no_bytes_of_the_folder_open_to_a_forgotten_key() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret()).unwrap();
    vault.add_files(&(0..12).map(tag).collect::<Vec<_>>()).unwrap();
    // The control: the search finds everybody while they are there.
    let before = everything_within_reach(folder.path());
    assert!((0..12).all(|n| reaches(&before, tag(n))), "the search itself does not work");

    vault.forget(&[tag(3)]).unwrap();
    vault.add_files(&[tag(50)]).unwrap();
    let after = everything_within_reach(folder.path());
    assert!(!reaches(&after, tag(3)), "a forgotten key is still within reach");
    assert!((0..12).filter(|&n| n != 3).chain([50]).all(|n| reaches(&after, tag(n))));

    vault.forget_keeping(&[tag(4)], 9).unwrap();
    assert!(reaches(&everything_within_reach(folder.path()), tag(4)), "a kept generation is kept");
    vault.prune(9).unwrap();
    assert!(!reaches(&everything_within_reach(folder.path()), tag(4)), "the window is over and the key is still there");
}

#[test]
fn a_replaced_root_is_overwritten_and_not_only_unlinked() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret()).unwrap();
    vault.add_files(&[tag(1)]).unwrap();
    // A second name keeps the old file visible to the test; on a real disk its blocks would lie free.
    let outside = tempfile::tempdir_in(folder.path().parent().unwrap()).unwrap();
    fs::hard_link(folder.path().join("root"), outside.path().join("old")).unwrap();
    vault.forget(&[tag(1)]).unwrap();
    assert!(fs::read(outside.path().join("old")).unwrap().iter().all(|&byte| byte == 0));
}

#[test]
fn no_key_and_no_file_id_lies_bare_in_the_folder() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret()).unwrap();
    vault.add_files(&[tag(0xAB)]).unwrap();
    let files = all_files(folder.path());
    let bare = |needle: &[u8]| files.iter().any(|file| file.windows(needle.len()).any(|stretch| stretch == needle));
    assert!(!bare(&tag(0xAB).0));
    assert!(!bare(vault.book_keys().ledger_seed()));
    assert!(!bare(&SECRET));
    assert!(bare(&vault.book()), "the control: the id of the book stands in the clear");
}

#[test]
fn any_changed_or_missing_byte_gives_an_error_or_loses_the_last_addition_but_never_a_wrong_key() {
    let folder = folder();
    let (ring, bent) = (folder.path().join("ring"), folder.path().join("bent"));
    let vault = Vault::create(&ring, &secret()).unwrap();
    vault.add_files(&[tag(1), tag(2)]).unwrap();
    vault.forget(&[tag(2)]).unwrap();
    vault.add_files(&[tag(3)]).unwrap();
    vault.add_files(&[tag(4)]).unwrap();
    let key = |vault: &Vault, n: u8| vault.file(tag(n)).unwrap().map(|keys| *keys.derive::<32>("test", &[]));
    let right: Vec<_> = (1..5).map(|n| key(&vault, n)).collect();
    let whole = (fs::read(ring.join("root")).unwrap(), fs::read(ring.join("keys-1")).unwrap());
    let last_frame = whole.1.len() - (24 + RECORD + 32);
    fs::create_dir(&bent).unwrap();
    let judge = |root: &[u8], keys: &[u8], tail: bool, what: &str| {
        fs::write(bent.join("root"), root).unwrap();
        fs::write(bent.join("keys-1"), keys).unwrap();
        match Vault::open(&bent, &secret()) {
            Err(_) => {}
            Ok(opened) => {
                assert!(tail, "{what}: not noticed");
                let found: Vec<_> = (1..5).map(|n| key(&opened, n)).collect();
                assert_eq!(found, [right[0], right[1], right[2], None], "{what}");
            }
        }
    };
    for at in 0..whole.0.len() {
        let mut root = whole.0.clone();
        root[at] ^= 1;
        judge(&root, &whole.1, false, &format!("root byte {at}"));
        judge(&whole.0[..at], &whole.1, false, &format!("root cut at {at}"));
    }
    for at in 0..whole.1.len() {
        let mut keys = whole.1.clone();
        keys[at] ^= 1;
        judge(&whole.0, &keys, at >= last_frame, &format!("keys byte {at}"));
    }
    for at in last_frame..whole.1.len() {
        judge(&whole.0, &whole.1[..at], true, &format!("keys cut at {at}"));
    }
    let what_the_root_knows = 24 + 2 * RECORD + 32;
    for at in 0..what_the_root_knows {
        judge(&whole.0, &whole.1[..at], false, &format!("keys cut at {at}"));
    }
}

#[test]
fn two_keyrings_never_share_bytes_of_keys() {
    let folder = folder();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    for ring in [&one, &other] {
        Vault::create(ring, &secret()).unwrap().add_files(&[tag(1)]).unwrap();
    }
    fs::copy(one.join("keys-1"), other.join("keys-1")).unwrap();
    // To the other ring these frames are noise behind its end: a torn tail, and no key.
    assert!(Vault::open(&other, &secret()).unwrap().file(tag(1)).unwrap().is_none());
}
