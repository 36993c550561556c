//! The keyring as the book uses it: keys are there, stay there, and go for good when they are forgotten.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use proptest::prelude::*;
use vault::{FileTag, Part, Place, RootSecret, Vault, VaultError};
use zeroize::Zeroizing;

/// In memory where the system has such a place: these tests flush a lot.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn secret(byte: u8) -> RootSecret {
    RootSecret::KeyFile(Zeroizing::new([byte; 32]))
}

fn tag(n: u32) -> FileTag {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&n.to_be_bytes());
    FileTag(bytes)
}

fn place(vault: &Vault, file: FileTag) -> Place {
    Place { tenant: vault.book(), file, record: [1; 16], kind: 2, version: 3 }
}

fn seal(vault: &Vault, file: FileTag) -> Vec<u8> {
    vault.file(file).unwrap().expect("a key").seal(Part::Record, &place(vault, file), b"canary")
}

fn opens(vault: &Vault, file: FileTag, sealed: &[u8]) -> bool {
    vault.file(file).unwrap().is_some_and(|keys| keys.open(Part::Record, &place(vault, file), sealed).is_ok())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn what_is_sealed_today_opens_after_a_restart() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret(1)).unwrap();
    vault.add_files(&[tag(1), tag(2), tag(1)]).unwrap();
    let sealed = seal(&vault, tag(1));
    let session = *vault.book_keys().session_mac();
    drop(vault);
    let vault = Vault::open(folder.path(), &secret(1)).unwrap();
    assert!(opens(&vault, tag(1), &sealed));
    assert!(!opens(&vault, tag(2), &sealed));
    assert_eq!(vault.tags().unwrap(), [tag(1), tag(2)]);
    assert_eq!(*vault.book_keys().session_mac(), session);
    assert!(vault.file(tag(3)).unwrap().is_none());
}

#[test]
fn the_keys_of_the_book_are_all_different_and_random() {
    let folder = folder();
    let vaults = ["a", "b"].map(|name| Vault::create(&folder.path().join(name), &secret(1)).unwrap());
    let mut keys: Vec<[u8; 32]> = vaults
        .iter()
        .map(Vault::book_keys)
        .flat_map(|keys| [*keys.session_mac(), *keys.ledger_seed(), *keys.csrf(), *keys.pseudonym()])
        .collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 8);
}

#[test]
fn a_second_keyring_is_never_made_over_the_first() {
    let folder = folder();
    Vault::create(folder.path(), &secret(1)).unwrap().add_files(&[tag(1)]).unwrap();
    assert!(matches!(Vault::create(folder.path(), &secret(1)), Err(VaultError::Exists(_))));
    assert!(Vault::open(folder.path(), &secret(1)).unwrap().file(tag(1)).unwrap().is_some());
}

#[test]
fn the_wrong_secret_is_refused_in_words() {
    let folder = folder();
    assert!(matches!(Vault::open(folder.path(), &secret(1)), Err(VaultError::Missing(_))));
    Vault::create(folder.path(), &secret(1)).unwrap();
    assert!(matches!(Vault::open(folder.path(), &secret(2)), Err(VaultError::WrongRoot)));
    let passphrase = RootSecret::from_passphrase("five random words in a row");
    assert!(matches!(Vault::open(folder.path(), &passphrase), Err(VaultError::WrongKindOfRoot("a key file"))));
}

#[test]
fn a_passphrase_opens_its_own_keyring_only() {
    let folder = folder();
    let short = RootSecret::from_passphrase("short");
    assert!(matches!(Vault::create(folder.path(), &short), Err(VaultError::WeakPassphrase(12))));
    let right = RootSecret::from_passphrase("five random words in a row");
    Vault::create(folder.path(), &right).unwrap().add_files(&[tag(1)]).unwrap();
    assert!(Vault::open(folder.path(), &right).unwrap().file(tag(1)).unwrap().is_some());
    let wrong = RootSecret::from_passphrase("five random words in a raw");
    assert!(matches!(Vault::open(folder.path(), &wrong), Err(VaultError::WrongRoot)));
}

#[test]
fn a_key_file_is_made_once_for_its_owner_only_and_reads_back() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("root.key");
    let made = RootSecret::generate_key_file(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(RootSecret::generate_key_file(&path).is_err(), "an existing key file was overwritten");
    let ring = folder.path().join("ring");
    Vault::create(&ring, &made).unwrap();
    Vault::open(&ring, &RootSecret::from_key_file(&path).unwrap()).unwrap();
    std::fs::write(&path, "not a key").unwrap();
    assert!(matches!(RootSecret::from_key_file(&path), Err(VaultError::NotAKeyFile(_))));
}

#[test]
fn a_forgotten_key_is_gone_and_the_others_stay() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret(1)).unwrap();
    let everybody: Vec<FileTag> = (0..500).map(tag).collect();
    vault.add_files(&everybody).unwrap();
    let sealed: Vec<Vec<u8>> = everybody.iter().map(|&tag| seal(&vault, tag)).collect();
    let before = vault.generation();
    let generation = vault.forget(&[tag(7), tag(8)]).unwrap();
    assert!(generation > before);
    assert_eq!(vault.forget(&[tag(7)]).unwrap(), generation, "asking again changes nothing");
    for vault in [vault, Vault::open(folder.path(), &secret(1)).unwrap()] {
        for (&tag, sealed) in everybody.iter().zip(&sealed) {
            assert_eq!(opens(&vault, tag, sealed), ![7, 8].map(self::tag).contains(&tag), "{tag:?}");
        }
    }
}

#[test]
fn a_person_who_comes_back_gets_another_key() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret(1)).unwrap();
    vault.add_files(&[tag(1)]).unwrap();
    let sealed = seal(&vault, tag(1));
    vault.forget(&[tag(1)]).unwrap();
    vault.add_files(&[tag(1)]).unwrap();
    assert!(vault.file(tag(1)).unwrap().is_some());
    assert!(!opens(&vault, tag(1), &sealed));
}

#[test]
fn another_process_sees_new_and_forgotten_people_at_once() {
    let folder = folder();
    let one = Vault::create(folder.path(), &secret(1)).unwrap();
    let other = Vault::open(folder.path(), &secret(1)).unwrap();
    one.add_files(&[tag(1)]).unwrap();
    let sealed = seal(&one, tag(1));
    assert!(opens(&other, tag(1), &sealed));
    other.add_files(&[tag(2)]).unwrap();
    assert!(one.file(tag(2)).unwrap().is_some());
    other.forget(&[tag(1)]).unwrap();
    assert!(one.file(tag(1)).unwrap().is_none(), "a key was used after another process had forgotten it");
    one.add_files(&[tag(3)]).unwrap();
    assert_eq!(other.tags().unwrap(), [tag(2), tag(3)]);
    one.rotate_root(&secret(2)).unwrap();
    assert!(matches!(other.file(tag(2)), Err(VaultError::WrongRoot)));
    assert!(one.file(tag(2)).unwrap().is_some());
}

#[test]
fn many_threads_and_two_vaults_lose_no_update() {
    let folder = folder();
    let one = Vault::create(folder.path(), &secret(1)).unwrap();
    let other = Vault::open(folder.path(), &secret(1)).unwrap();
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let vault = if worker % 2 == 0 { &one } else { &other };
            scope.spawn(move || {
                for step in 0..10 {
                    vault.add_files(&[tag(worker * 100 + step)]).unwrap();
                    if step % 3 == 0 {
                        vault.forget(&[tag(worker * 100 + step)]).unwrap();
                    }
                }
            });
        }
    });
    let left: Vec<FileTag> = (0..8)
        .flat_map(|worker| (0..10).filter(|step| step % 3 != 0).map(move |step| tag(worker * 100 + step)))
        .collect();
    assert_eq!(one.tags().unwrap(), left);
    assert_eq!(Vault::open(folder.path(), &secret(1)).unwrap().tags().unwrap(), left);
}

#[test]
fn another_root_secret_opens_the_same_keys() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret(1)).unwrap();
    vault.add_files(&[tag(1)]).unwrap();
    let sealed = seal(&vault, tag(1));
    vault.rotate_root(&secret(2)).unwrap();
    vault.add_files(&[tag(2)]).unwrap();
    vault.forget(&[tag(2)]).unwrap();
    assert!(matches!(Vault::open(folder.path(), &secret(1)), Err(VaultError::WrongRoot)));
    assert!(opens(&Vault::open(folder.path(), &secret(2)).unwrap(), tag(1), &sealed));
}

#[test]
fn an_old_copy_of_the_folder_is_the_limit_that_the_manual_prints() {
    let folder = folder();
    let (ring, stolen) = (folder.path().join("ring"), folder.path().join("stolen"));
    let vault = Vault::create(&ring, &secret(1)).unwrap();
    vault.add_files(&[tag(1), tag(2)]).unwrap();
    let sealed = seal(&vault, tag(1));
    copy(&ring, &stolen);
    vault.forget(&[tag(1)]).unwrap();
    assert!(opens(&Vault::open(&stolen, &secret(1)).unwrap(), tag(1), &sealed));
    // The root of the copy does not bring the key back into the folder as it is now? It does: bucket keys are in the root alone.
    // That is why a root is never kept longer than the window, and why restore uses the current one.
    std::fs::copy(stolen.join("root"), ring.join("root")).unwrap();
    assert!(opens(&Vault::open(&ring, &secret(1)).unwrap(), tag(1), &sealed));
}

#[test]
fn a_kept_generation_lasts_until_its_time_and_not_longer() {
    let folder = folder();
    let (ring, back) = (folder.path().join("ring"), folder.path().join("back"));
    let vault = Vault::create(&ring, &secret(1)).unwrap();
    vault.add_files(&(0..200).map(tag).collect::<Vec<_>>()).unwrap();
    let sealed = seal(&vault, tag(1));
    vault.forget_keeping(&[tag(1)], 1_000).unwrap();
    assert!(!opens(&vault, tag(1), &sealed));
    let kept = vault.old_generations().unwrap();
    assert_eq!(kept.iter().map(|old| old.until).collect::<Vec<_>>(), [1_000]);
    let name = format!("old-{}-1-1000", kept[0].generation);
    copy(&ring, &back);
    std::fs::rename(back.join(&name), back.join("root")).unwrap();
    assert!(
        opens(&Vault::open(&back, &secret(1)).unwrap(), tag(1), &sealed),
        "the window is there to bring a ring back"
    );
    assert_eq!(vault.prune(999).unwrap(), 0);
    assert!(ring.join(&name).exists());
    assert_eq!(vault.prune(1_000).unwrap(), 1);
    assert!(!ring.join(&name).exists());
    assert!(vault.file(tag(2)).unwrap().is_some());
}

#[test]
fn the_half_written_end_that_a_crash_left_is_cut_off_before_the_next_addition() {
    let folder = folder();
    let keys = folder.path().join("keys-1");
    Vault::create(folder.path(), &secret(1)).unwrap().add_files(&[tag(1)]).unwrap();
    let whole = std::fs::read(&keys).unwrap();
    std::fs::write(&keys, [whole.as_slice(), &[0xA5; 5_000]].concat()).unwrap();
    let vault = Vault::open(folder.path(), &secret(1)).unwrap();
    vault.add_files(&[tag(2)]).unwrap();
    assert_eq!(std::fs::metadata(&keys).unwrap().len(), 2 * whole.len() as u64);
    assert_eq!(Vault::open(folder.path(), &secret(1)).unwrap().tags().unwrap(), [tag(1), tag(2)]);
}

#[test]
fn pruning_never_overwrites_the_root_in_force() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret(1)).unwrap();
    vault.add_files(&[tag(1)]).unwrap();
    // As a crash between keeping the old root and replacing it leaves it: two names for one file.
    std::fs::hard_link(folder.path().join("root"), folder.path().join("old-1-1-5")).unwrap();
    assert_eq!(vault.prune(5).unwrap(), 1);
    assert!(Vault::open(folder.path(), &secret(1)).unwrap().file(tag(1)).unwrap().is_some());
}

#[test]
fn a_ring_that_has_grown_is_spread_over_more_buckets_and_keeps_every_key() {
    let folder = folder();
    let vault = Vault::create(folder.path(), &secret(1)).unwrap();
    let table = |path: &Path| std::fs::metadata(path.join("root")).unwrap().len();
    let small = table(folder.path());
    let sealed: Vec<(FileTag, Vec<u8>)> = (0..40)
        .map(|n| tag(n * 500))
        .map(|tag| {
            vault.add_files(&[tag]).unwrap();
            (tag, seal(&vault, tag))
        })
        .collect();
    vault.add_files(&(0..20_000).map(tag).collect::<Vec<_>>()).unwrap();
    assert!(table(folder.path()) > small, "as many buckets as for nobody");
    assert!(!folder.path().join("keys-1").exists(), "the old keys file stayed behind");
    let again = Vault::open(folder.path(), &secret(1)).unwrap();
    assert_eq!(again.tags().unwrap().len(), 20_000);
    for (tag, sealed) in &sealed {
        assert!(opens(&vault, *tag, sealed) && opens(&again, *tag, sealed));
    }
    let before = std::fs::metadata(folder.path().join("keys-2")).unwrap().len();
    again.forget(&[tag(3)]).unwrap();
    let written = std::fs::metadata(folder.path().join("keys-2")).unwrap().len() - before + table(folder.path());
    assert!(written * 50 < before, "one forgetting wrote {written} bytes of a ring of {before}");
}

#[derive(Clone, Debug)]
enum Step {
    Add(Vec<u32>),
    Forget(Vec<u32>),
    ForgetKeeping(Vec<u32>),
    Prune,
    Reopen,
    Rotate(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let people = || prop::collection::vec(0_u32..40, 0..6);
    prop_oneof![
        4 => people().prop_map(Step::Add),
        3 => people().prop_map(Step::Forget),
        1 => people().prop_map(Step::ForgetKeeping),
        1 => Just(Step::Prune),
        2 => Just(Step::Reopen),
        1 => any::<u8>().prop_map(Step::Rotate),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn after_any_history_exactly_the_people_who_were_not_forgotten_can_be_read(steps in prop::collection::vec(step(), 1..20)) {
        let folder = folder();
        let mut root = 1;
        let mut vault = Vault::create(folder.path(), &secret(root)).unwrap();
        let mut present = std::collections::BTreeMap::new();
        let mut forgotten: Vec<(FileTag, Vec<u8>)> = Vec::new();
        for step in steps {
            match step {
                Step::Add(people) => {
                    let tags: Vec<FileTag> = people.into_iter().map(tag).collect();
                    vault.add_files(&tags).unwrap();
                    for tag in tags {
                        present.entry(tag).or_insert_with(|| seal(&vault, tag));
                    }
                }
                Step::Forget(people) => {
                    let tags: Vec<FileTag> = people.into_iter().map(tag).collect();
                    vault.forget(&tags).unwrap();
                    forgotten.extend(tags.iter().filter_map(|tag| present.remove_entry(tag)));
                }
                Step::ForgetKeeping(people) => {
                    let tags: Vec<FileTag> = people.into_iter().map(tag).collect();
                    vault.forget_keeping(&tags, 1_000).unwrap();
                    forgotten.extend(tags.iter().filter_map(|tag| present.remove_entry(tag)));
                }
                Step::Prune => { vault.prune(i64::MAX).unwrap(); }
                Step::Reopen => vault = Vault::open(folder.path(), &secret(root)).unwrap(),
                Step::Rotate(to) => {
                    vault.rotate_root(&secret(to)).unwrap();
                    root = to;
                }
            }
            prop_assert_eq!(vault.tags().unwrap(), present.keys().copied().collect::<Vec<_>>());
        }
        for vault in [vault, Vault::open(folder.path(), &secret(root)).unwrap()] {
            for (&tag, sealed) in &present {
                prop_assert!(opens(&vault, tag, sealed));
            }
            for (tag, sealed) in &forgotten {
                prop_assert!(!opens(&vault, *tag, sealed));
            }
        }
    }
}
