//! What is left when a write, a flush or a rename fails, at every single one of them.
//!
//! The disk here counts its steps and stops at the one that it is told. Three ways to stop: the process dies (all that was written is
//! there, the write in hand half); the power goes (what was not flushed is lost, names and contents together or apart); the
//! disk refuses once and then works again.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use zeroize::Zeroizing;

use crate::disk::{Disk, DiskFile, RealDisk};
use crate::{FileTag, RootSecret, Vault, VaultError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The process is killed.
    Kill,
    /// The power goes; contents and names that were not flushed are lost.
    LoseAll,
    /// The power goes; names had reached the disk, contents had not.
    LoseContents,
    /// The power goes; renames had reached the disk, new and removed names had not.
    LoseAllButRenames,
    /// One error, then all is well.
    ErrorOnce,
}

const STOPS: [Stop; 5] = [Stop::Kill, Stop::LoseAll, Stop::LoseContents, Stop::LoseAllButRenames, Stop::ErrorOnce];

/// How to take back something that was not flushed.
enum Undo {
    Contents { file: File, id: u64, offset: u64, old: Vec<u8>, length: u64 },
    Renamed { from: PathBuf, to: PathBuf, buried: Option<PathBuf> },
    Named { path: PathBuf },
    Removed { path: PathBuf, buried: PathBuf },
}

struct Steps {
    done: usize,
    stop_at: usize,
    stop: Stop,
    stopped: bool,
    graves: PathBuf,
    unflushed: Vec<Undo>,
}

#[derive(Clone)]
struct FaultyDisk(Arc<Mutex<Steps>>);

struct FaultyFile {
    disk: FaultyDisk,
    file: File,
}

impl FaultyDisk {
    fn new(graves: PathBuf, stop_at: usize, stop: Stop) -> Self {
        fs::create_dir_all(&graves).unwrap();
        Self(Arc::new(Mutex::new(Steps { done: 0, stop_at, stop, stopped: false, graves, unflushed: Vec::new() })))
    }

    fn step(&self) -> io::Result<()> {
        let mut steps = self.0.lock().unwrap();
        if steps.stopped && steps.stop != Stop::ErrorOnce {
            return Err(io::Error::other("the machine is off"));
        }
        steps.done += 1;
        if steps.done == steps.stop_at {
            steps.stopped = true;
            return Err(io::Error::other("stopped here"));
        }
        Ok(())
    }

    fn reached(&self) -> bool {
        self.0.lock().unwrap().stopped
    }

    fn remember(&self, undo: Undo) {
        self.0.lock().unwrap().unflushed.push(undo);
    }

    fn bury(&self, path: &Path) -> Option<PathBuf> {
        let steps = self.0.lock().unwrap();
        let grave = steps.graves.join(format!("{}-{}", steps.done, steps.unflushed.len()));
        fs::hard_link(path, &grave).ok().map(|()| grave)
    }

    /// What the power cut leaves.
    fn cut_power(&self) {
        let mut steps = self.0.lock().unwrap();
        let stop = steps.stop;
        while let Some(undo) = steps.unflushed.pop() {
            match undo {
                Undo::Contents { file, offset, old, length, .. } if stop != Stop::Kill && stop != Stop::ErrorOnce => {
                    file.set_len(length).unwrap();
                    file.write_all_at(&old, offset).unwrap();
                }
                Undo::Renamed { from, to, buried } if stop == Stop::LoseAll => {
                    fs::rename(&to, &from).unwrap();
                    if let Some(buried) = buried {
                        fs::rename(buried, to).unwrap();
                    }
                }
                Undo::Named { path } if matches!(stop, Stop::LoseAll | Stop::LoseAllButRenames) => {
                    let _ = fs::remove_file(path);
                }
                Undo::Removed { path, buried } if matches!(stop, Stop::LoseAll | Stop::LoseAllButRenames) => {
                    fs::rename(buried, path).unwrap();
                }
                _ => {}
            }
        }
    }

    fn file(&self, path: &Path, options: &mut OpenOptions) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(FaultyFile { disk: self.clone(), file: options.read(true).write(true).open(path)? }))
    }
}

impl Disk for FaultyDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.step()?;
        self.file(path, &mut OpenOptions::new())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.step()?;
        if !path.exists() {
            self.remember(Undo::Named { path: path.to_owned() });
        }
        let mut file = self.file(path, OpenOptions::new().create(true).truncate(false))?;
        file.set_len(0)?;
        Ok(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        let buried = self.bury(to);
        fs::rename(from, to)?;
        // The new name of `from` is as good as flushed once the rename is: forget that its first name was not.
        self.0.lock().unwrap().unflushed.retain(|undo| !matches!(undo, Undo::Named { path } if path == from));
        self.remember(Undo::Renamed { from: from.to_owned(), to: to.to_owned(), buried });
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::hard_link(from, to)?;
        self.remember(Undo::Named { path: to.to_owned() });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        let buried = self.bury(path).unwrap();
        fs::remove_file(path)?;
        self.remember(Undo::Removed { path: path.to_owned(), buried });
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.step()?;
        self.0.lock().unwrap().unflushed.retain(|undo| matches!(undo, Undo::Contents { .. }));
        Ok(())
    }
}

impl FaultyFile {
    fn remember(&self, offset: u64, length: usize) -> io::Result<()> {
        let data = self.file.metadata()?;
        let mut old = vec![0; usize::try_from(data.len().saturating_sub(offset)).unwrap().min(length)];
        self.file.read_exact_at(&mut old, offset)?;
        let file = self.file.try_clone()?;
        self.disk.remember(Undo::Contents { file, id: data.ino(), offset, old, length: data.len() });
        Ok(())
    }
}

impl DiskFile for FaultyFile {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.remember(offset, bytes.len())?;
        let step = self.disk.step();
        let first = self.disk.0.lock().unwrap().done;
        let half = if step.is_ok() {
            bytes
        } else if first == self.disk.0.lock().unwrap().stop_at {
            &bytes[..bytes.len() / 2]
        } else {
            &[]
        };
        self.file.write_all_at(half, offset)?;
        step
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.disk.step()?;
        self.remember(length, usize::MAX)?;
        self.file.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.step()?;
        let id = self.file.metadata()?.ino();
        self.disk
            .0
            .lock()
            .unwrap()
            .unflushed
            .retain(|undo| !matches!(undo, Undo::Contents { id: other, .. } if *other == id));
        Ok(())
    }
}

/// What was promised so far, and the one call of which it is not known whether it happened.
#[derive(Default)]
struct Promised {
    keys: BTreeMap<FileTag, [u8; 32]>,
    gone: Vec<[u8; 32]>,
    adding: Vec<FileTag>,
    forgetting: Vec<FileTag>,
    secrets: Vec<u8>,
}

fn secret(byte: u8) -> RootSecret {
    RootSecret::KeyFile(Zeroizing::new([byte; 32]))
}

fn tags(range: std::ops::Range<u8>) -> Vec<FileTag> {
    range.map(|n| FileTag([n; 16])).collect()
}

/// The key behind a file, to recognise it.
fn key(vault: &Vault, tag: FileTag) -> Option<[u8; 32]> {
    vault.file(tag).unwrap().map(|keys| *keys.derive::<32>("test", &[]))
}

impl Promised {
    fn add(&mut self, vault: &Vault, new: &[FileTag]) -> Result<(), VaultError> {
        self.adding = new.to_vec();
        vault.add_files(new)?;
        self.adding.clear();
        self.keys.extend(new.iter().map(|&tag| (tag, key(vault, tag).expect("an acknowledged key"))));
        Ok(())
    }

    fn forget(&mut self, vault: &Vault, old: &[FileTag], until: Option<i64>) -> Result<(), VaultError> {
        self.forgetting = old.to_vec();
        match until {
            Some(until) => vault.forget_keeping(old, until)?,
            None => vault.forget(old)?,
        };
        self.forgetting.clear();
        self.gone.extend(old.iter().filter_map(|tag| self.keys.remove(tag)));
        Ok(())
    }

    fn rotate(&mut self, vault: &Vault, to: u8) -> Result<(), VaultError> {
        self.secrets.push(to);
        vault.rotate_root(&secret(to))?;
        self.secrets = vec![to];
        Ok(())
    }

    /// Every write path of the vault once: create, add, forget, keep, rotate, rewrite, prune.
    fn live(&mut self, disk: Arc<dyn Disk>, folder: &Path) -> Result<(), VaultError> {
        self.secrets = vec![1];
        let vault = Vault::create_on(disk, folder, &secret(1))?;
        self.add(&vault, &tags(0..5))?;
        self.add(&vault, &tags(3..9))?;
        self.forget(&vault, &tags(2..3), None)?;
        self.forget(&vault, &tags(3..5), Some(1_000))?;
        self.rotate(&vault, 2)?;
        self.add(&vault, &tags(20..21))?;
        vault.prune(2_000)?;
        self.add(&vault, &tags(30..45))?;
        self.forget(&vault, &tags(30..42), None)?;
        self.add(&vault, &tags(50..52))
    }

    fn check(&mut self, vault: &Vault, at: &str) {
        let added = self.adding.iter().filter(|&&tag| vault.file(tag).unwrap().is_some()).count();
        let before = self.adding.iter().filter(|tag| self.keys.contains_key(tag)).count();
        assert!(added == before || added == self.adding.len(), "{at}: half a batch was added");
        let forgotten = self.forgetting.iter().filter(|&&tag| vault.file(tag).unwrap().is_none()).count();
        assert!(forgotten == 0 || forgotten == self.forgetting.len(), "{at}: half a batch was forgotten");
        for (&tag, promised) in &self.keys {
            let found = key(vault, tag);
            assert!(
                found == Some(*promised) || (found.is_none() && self.forgetting.contains(&tag)),
                "{at}: {tag:?} lost its key"
            );
        }
        for tag in vault.tags().unwrap() {
            let found = key(vault, tag).unwrap();
            assert!(!self.gone.contains(&found), "{at}: {tag:?} came back");
            assert!(self.keys.contains_key(&tag) || self.adding.contains(&tag), "{at}: {tag:?} from nowhere");
        }
    }

    /// The next start: whatever happened, the ring opens, keeps its promises and works on.
    fn restart(&mut self, folder: &Path, at: &str) {
        let opened: Vec<Vault> =
            self.secrets.iter().filter_map(|&byte| Vault::open(folder, &secret(byte)).ok()).collect();
        let vault = match opened.into_iter().next() {
            Some(vault) => vault,
            None if self.keys.is_empty() && self.gone.is_empty() => Vault::create(folder, &secret(1)).unwrap(),
            None => panic!(
                "{at}: {:?}",
                self.secrets.iter().map(|&byte| Vault::open(folder, &secret(byte)).err()).collect::<Vec<_>>()
            ),
        };
        self.check(&vault, at);
        vault.forget(&self.forgetting).unwrap();
        self.gone.extend(self.forgetting.drain(..).filter_map(|tag| self.keys.remove(&tag)));
        for tag in self.adding.drain(..) {
            self.keys.extend(key(&vault, tag).map(|key| (tag, key)));
        }
        self.add(&vault, &tags(90..93)).unwrap();
        self.forget(&vault, &tags(91..92), None).unwrap();
        vault.prune(i64::MAX).unwrap();
        self.check(&vault, at);
    }
}

/// In memory where the system has such a place: nothing here depends on a real flush.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

#[test]
fn at_whichever_write_the_machine_stops_promises_are_kept_and_nothing_is_half_done() {
    for stop in STOPS {
        let mut points = 0;
        for stop_at in 1.. {
            let folder = folder();
            let ring = folder.path().join("ring");
            let disk = FaultyDisk::new(folder.path().join("graves"), stop_at, stop);
            let mut promised = Promised::default();
            let lived = promised.live(Arc::new(disk.clone()), &ring);
            let at = format!("{stop:?} at step {stop_at} ({lived:?})");
            if !disk.reached() {
                assert!(lived.is_ok(), "{at}");
                break;
            }
            points = stop_at;
            disk.cut_power();
            promised.restart(&ring, &at);
            promised.restart(&ring, &at);
        }
        assert!(points > 60, "{stop:?} was tried at {points} steps only");
    }
}

#[test]
fn after_a_refused_write_the_same_vault_goes_on_or_says_that_it_cannot() {
    for stop_at in 1.. {
        let folder = folder();
        let ring = folder.path().join("ring");
        let disk = FaultyDisk::new(folder.path().join("graves"), stop_at, Stop::ErrorOnce);
        let Ok(vault) = Vault::create_on(Arc::new(disk.clone()), &ring, &secret(1)) else { continue };
        let mut promised = Promised { secrets: vec![1], ..Promised::default() };
        let mut failed = false;
        for n in 0..6 {
            failed |= promised.add(&vault, &tags(n * 10..n * 10 + 9)).is_err();
            failed |= promised.forget(&vault, &tags(n * 10..n * 10 + 6), None).is_err();
            if failed {
                break;
            }
        }
        let at = format!("refused at step {stop_at}");
        promised.check(&vault, &at);
        if !disk.reached() {
            assert!(!failed);
            break;
        }
        for tag in promised.adding.drain(..) {
            promised.keys.extend(key(&vault, tag).map(|key| (tag, key)));
        }
        for tag in promised.forgetting.drain(..) {
            if vault.file(tag).unwrap().is_none() {
                promised.gone.extend(promised.keys.remove(&tag));
            }
        }
        match promised.add(&vault, &tags(200..204)) {
            Ok(()) => promised.forget(&vault, &tags(200..202), None).unwrap(),
            Err(why) => assert!(matches!(why, VaultError::Uncertain), "{at}: {why}"),
        }
        promised.restart(&ring, &at);
    }
}

/// Looks at every write whether somebody else could write now.
struct WatchingDisk {
    folder: PathBuf,
    looks: Mutex<usize>,
}

impl WatchingDisk {
    fn look(&self) -> &RealDisk {
        let lock = OpenOptions::new().write(true).open(self.folder.join("lock"));
        // Before there is a folder there is nothing to lock.
        if let Ok(lock) = lock {
            assert!(lock.try_lock().is_err(), "a write without the folder's lock");
            *self.looks.lock().unwrap() += 1;
        }
        &RealDisk
    }
}

impl Disk for WatchingDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.look().open(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.look().create(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.look().rename(from, to)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.look().link(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.look().remove(path)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.look().sync_folder(path)
    }
}

#[test]
fn every_write_happens_under_the_folders_lock() {
    let folder = folder();
    let ring = folder.path().join("ring");
    let disk = Arc::new(WatchingDisk { folder: ring.clone(), looks: Mutex::new(0) });
    Promised::default().live(disk.clone(), &ring).unwrap();
    assert!(*disk.looks.lock().unwrap() > 20, "the watching disk was hardly asked");
}
