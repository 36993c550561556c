//! The vault: the keyring on disk, shared by threads and processes.
//!
//! Every change takes the folder's lock, reads what others did, writes, flushes, and only then says yes. A change of the
//! tree is one `rename` of `root`; additions are one append. A crash in between leaves the old state or the new.

use std::fs::{self, File};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::aead::Xaes;
use crate::book_keys::BookKeys;
use crate::disk::{Disk, RealDisk};
use crate::error::{OnDisk, VaultError};
use crate::file_keys::FileKeys;
use crate::folder::{KeysLook, OldGeneration, keys_look, keys_path, load, lock_file, not_a_root, put_root, read_root};
use crate::frames::{Damage, End, Position};
use crate::place::FileTag;
use crate::random;
use crate::ring::Ring;
use crate::root_file::{self, Header};
use crate::root_secret::{RootSecret, Stretching};

/// A keyring that is open. Share it by `Arc`; every method may be called from any thread.
pub struct Vault {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    book: [u8; 16],
    book_keys: BookKeys,
    state: RwLock<State>,
    /// Set for good when a failed write could not be taken back.
    uncertain: Mutex<bool>,
}

struct State {
    wrapping: Xaes,
    stretching: Stretching,
    ring: Ring,
    seen: Seen,
}

/// What the files looked like when they were read, to notice cheaply that another process changed them.
struct Seen {
    /// Held open, so that the system cannot give its number to a later root.
    root: File,
    root_id: (u64, u64),
    keys: KeysLook,
    /// A write of ours failed half-way: read everything again.
    doubtful: bool,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", self.folder.display())
    }
}

impl Vault {
    /// Makes a keyring in `folder` (made if missing, readable by its owner only) and opens it.
    ///
    /// Keys come from the system's generator and from nowhere else, so there is no generator to pass in: a seeded one would make
    /// keys that can be made again.
    ///
    /// # Errors
    /// [`VaultError::Exists`] when there is one; [`VaultError::WeakPassphrase`]; [`VaultError::Disk`].
    pub fn create(folder: &Path, root: &RootSecret) -> Result<Self, VaultError> {
        Self::create_on(Arc::new(RealDisk), folder, root)
    }

    pub(crate) fn create_on(disk: Arc<dyn Disk>, folder: &Path, root: &RootSecret) -> Result<Self, VaultError> {
        root.check_strength()?;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).on("create", folder)?;
        if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            disk.sync_folder(parent).on("flush", parent)?;
        }
        let lock = lock_file(folder)?;
        lock.lock().on("lock", folder)?;
        if folder.join("root").exists() {
            return Err(VaultError::Exists(folder.to_owned()));
        }
        let stretching = Stretching::for_new(root);
        let wrapping = stretching.wrapping_key(root)?;
        let header = Header { book: random::bytes(), generation: 1, epoch: 1, stretching };
        let ring = Ring::new(header);
        let book_keys = BookKeys::random();
        let keys = keys_path(folder, header.epoch);
        disk.create(&keys).and_then(|mut file| file.sync()).on("create", &keys)?;
        disk.sync_folder(folder).on("flush", folder)?;
        let table = ring.table(&book_keys, None, Position::START);
        put_root(&*disk, folder, &root_file::encode(&header, &table, &wrapping))?;
        drop(lock);
        Self::open_on(disk, folder, root)
    }

    /// Opens the keyring in `folder`.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::WrongRoot`], [`VaultError::WrongKindOfRoot`], [`VaultError::Damaged`], [`VaultError::Disk`].
    pub fn open(folder: &Path, root: &RootSecret) -> Result<Self, VaultError> {
        Self::open_on(Arc::new(RealDisk), folder, root)
    }

    pub(crate) fn open_on(disk: Arc<dyn Disk>, folder: &Path, root: &RootSecret) -> Result<Self, VaultError> {
        if !folder.join("root").exists() {
            return Err(VaultError::Missing(folder.to_owned()));
        }
        let lock = lock_file(folder)?;
        lock.lock_shared().on("lock", folder)?;
        let (file, bytes) = read_root(folder)?;
        let header = Header::decode(&bytes).map_err(|why| not_a_root(folder, why))?;
        let wrapping = header.stretching.wrapping_key(root)?;
        let (ring, book_keys, keys) = load(folder, &bytes, header, &wrapping)?;
        let seen = Seen::new(file, keys, folder)?;
        let state = RwLock::new(State { wrapping, stretching: header.stretching, ring, seen });
        Ok(Self { folder: folder.to_owned(), disk, book: header.book, book_keys, state, uncertain: Mutex::new(false) })
    }

    /// The random id of the book that this keyring belongs to: [`crate::Place::tenant`].
    pub fn book(&self) -> [u8; 16] {
        self.book
    }

    /// The keys of the book itself.
    pub fn book_keys(&self) -> &BookKeys {
        &self.book_keys
    }

    /// The number of the current generation, as last seen. It grows with every forgetting (and when the ring is re-ordered), never shrinks.
    pub fn generation(&self) -> u64 {
        self.read_state().ring.header.generation
    }

    /// Makes a random key for each file that has none, with one append and one flush. On `Ok` all of them survive a power cut.
    /// Asking twice is harmless: a key that is there is never replaced.
    ///
    /// # Errors
    /// [`VaultError`]; then none, or (when only the later re-ordering failed) all of the keys are there.
    pub fn add_files(&self, tags: &[FileTag]) -> Result<(), VaultError> {
        self.change(|state| {
            let mut new: Vec<FileTag> = tags.iter().copied().filter(|&tag| !state.ring.holds(tag)).collect();
            new.sort_unstable();
            new.dedup();
            if new.is_empty() {
                // The answer "they are there" must be as durable as if we had written them.
                let path = keys_path(&self.folder, state.ring.header.epoch);
                return self.disk.open(&path).and_then(|mut file| file.sync()).on("flush", &path);
            }
            let records: Vec<_> = new.iter().map(|&tag| state.ring.wrap_new(tag)).collect();
            let (frame, _) = self.append(state, &records)?;
            state.ring.read(&frame).map_err(|Damage| self.damaged_keys(state))?;
            if state.ring.wants_rewriting() { self.rewrite(state) } else { Ok(()) }
        })
    }

    /// The keys of a file; `None` when it never had any, or they are forgotten. Notices what other processes did.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongRoot`] when another process changed the root secret: start again with the new one.
    pub fn file(&self, tag: FileTag) -> Result<Option<FileKeys>, VaultError> {
        {
            let state = self.read_state();
            if !self.root_changed(&state)? {
                let key = state.ring.key(tag).map_err(|Damage| self.damaged_keys(&state))?;
                if key.is_some() || !self.keys_changed(&state)? {
                    return Ok(key.map(|key| FileKeys::new(tag, key)));
                }
            }
        }
        self.refreshed(|state| {
            let key = state.ring.key(tag).map_err(|Damage| self.damaged_keys(state))?;
            Ok(key.map(|key| FileKeys::new(tag, key)))
        })
    }

    /// Which files have keys, in order. For the consistency check.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn tags(&self) -> Result<Vec<FileTag>, VaultError> {
        self.refreshed(|state| Ok(state.ring.tags()))
    }

    /// Forgets the keys of `tags`: a new generation without them, the old one overwritten and gone. Returns the number of the
    /// generation that is without them. Idempotent.
    ///
    /// On `Ok` nothing in the folder opens what they sealed, also with the root secret — unless old generations that still have them
    /// are kept ([`Vault::forget_keeping`], [`Vault::old_generations`]).
    ///
    /// # Errors
    /// [`VaultError`]; then the keys may or may not be forgotten: ask again.
    pub fn forget(&self, tags: &[FileTag]) -> Result<u64, VaultError> {
        self.forget_until(tags, None)
    }

    /// Forgets as [`Vault::forget`] does, but keeps the old generation's root until `until` (seconds since 1970, UTC), against the loss
    /// of a keyring that no mirror has. [`Vault::prune`] ends it. Until then `old-…` renamed to `root` brings the keys back.
    ///
    /// # Errors
    /// As [`Vault::forget`].
    pub fn forget_keeping(&self, tags: &[FileTag], until: i64) -> Result<u64, VaultError> {
        self.forget_until(tags, Some(until))
    }

    fn forget_until(&self, tags: &[FileTag], until: Option<i64>) -> Result<u64, VaultError> {
        self.change(|state| {
            let gone: Vec<FileTag> = tags.iter().copied().filter(|&tag| state.ring.holds(tag)).collect();
            if gone.is_empty() {
                // As above: an earlier try may have got as far as the rename and no further.
                self.disk.sync_folder(&self.folder).on("flush", &self.folder)?;
                return Ok(state.ring.header.generation);
            }
            let replacement = state.ring.without(&gone).map_err(|Damage| self.damaged_keys(state))?;
            if !replacement.records.is_empty() {
                (_, state.ring.at) = self.append(state, &replacement.records)?;
            }
            let header = Header { generation: state.ring.header.generation + 1, ..state.ring.header };
            let table = state.ring.table(&self.book_keys, Some(&replacement), state.ring.at);
            self.replace_root(state, &header, &root_file::encode(&header, &table, &state.wrapping), until)?;
            state.ring.header = header;
            state.ring.replace(replacement);
            if state.ring.wants_rewriting() {
                self.rewrite(state)?;
            }
            Ok(state.ring.header.generation)
        })
    }

    /// The generations that are kept, oldest first.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub fn old_generations(&self) -> Result<Vec<OldGeneration>, VaultError> {
        let mut out = Vec::new();
        for entry in fs::read_dir(&self.folder).on("read", &self.folder)? {
            out.extend(OldGeneration::from_name(&entry.on("read", &self.folder)?.file_name().to_string_lossy()));
        }
        out.sort_unstable();
        Ok(out)
    }

    /// Ends the kept generations whose time is up at `now` (seconds since 1970, UTC): overwritten, removed, flushed. Returns how many.
    ///
    /// # Errors
    /// [`VaultError`]; ask again.
    pub fn prune(&self, now: i64) -> Result<usize, VaultError> {
        self.change(|state| {
            let over: Vec<OldGeneration> = self.old_generations()?.into_iter().filter(|old| old.until <= now).collect();
            for old in &over {
                let path = self.folder.join(old.name());
                // A crash between keeping and replacing leaves a second name for the root that is in force.
                if fs::metadata(&path).on("look at", &path)?.ino() != state.seen.root_id.1 {
                    self.scrub(&path).on("overwrite", &path)?;
                }
                self.disk.remove(&path).on("remove", &path)?;
            }
            self.drop_unused_keys(state.ring.header.epoch)?;
            self.disk.sync_folder(&self.folder).on("flush", &self.folder)?;
            Ok(over.len())
        })
    }

    /// Locks the keyring with another root secret. Only the top is wrapped anew; no person's key changes. Old generations that are kept
    /// stay under the old secret. Other processes that have the keyring open must be started again.
    ///
    /// # Errors
    /// [`VaultError::WeakPassphrase`]; [`VaultError`].
    pub fn rotate_root(&self, new: &RootSecret) -> Result<(), VaultError> {
        new.check_strength()?;
        let stretching = Stretching::for_new(new);
        let wrapping = stretching.wrapping_key(new)?;
        self.change(|state| {
            let header = Header { stretching, ..state.ring.header };
            let table = state.ring.table(&self.book_keys, None, state.ring.at);
            let bytes = root_file::encode(&header, &table, &wrapping);
            // From here on only the new secret may open what is on disk, also if the next step fails half-way.
            let old = (
                std::mem::replace(&mut state.wrapping, wrapping),
                std::mem::replace(&mut state.stretching, stretching),
            );
            let done = self.replace_root(state, &header, &bytes, None);
            match done {
                Ok(()) => state.ring.header = header,
                Err(_) if fs::read(self.folder.join("root")).is_ok_and(|now| now == bytes) => {}
                Err(_) => (state.wrapping, state.stretching) = old,
            }
            done
        })
    }

    /// A new keys file with new bucket keys for everybody, and a root that names it.
    fn rewrite(&self, state: &mut State) -> Result<(), VaultError> {
        let old = state.ring.header;
        let header = Header { generation: old.generation + 1, epoch: old.epoch + 1, ..old };
        let (ring, frame) = state.ring.rewritten(header).map_err(|Damage| self.damaged_keys(state))?;
        let path = keys_path(&self.folder, header.epoch);
        let mut file = self.disk.create(&path).on("create", &path)?;
        file.write_at(&frame, 0).on("write", &path)?;
        file.sync().on("flush", &path)?;
        // The root must never be there without the file that it names.
        self.disk.sync_folder(&self.folder).on("flush", &self.folder)?;
        let table = ring.table(&self.book_keys, None, ring.at);
        self.replace_root(state, &header, &root_file::encode(&header, &table, &state.wrapping), None)?;
        state.ring = ring;
        Ok(())
    }

    /// Appends a frame and flushes it; gives it back with the position behind it. A failed append is cut off again.
    fn append(&self, state: &mut State, records: &[crate::frames::Record]) -> Result<(Vec<u8>, Position), VaultError> {
        let path = keys_path(&self.folder, state.ring.header.epoch);
        let before = state.ring.at;
        let (frame, after) = state.ring.frame(records);
        let mut file = self.disk.open(&path).on("open", &path)?;
        if state.ring.end == End::Torn {
            file.set_len(before.length).on("cut", &path)?;
            state.ring.end = End::Clean;
        }
        let written = file.write_at(&frame, before.length).and_then(|()| file.sync()).on("write", &path);
        if written.is_err() && file.set_len(before.length).and_then(|()| file.sync()).is_err() {
            *self.uncertain.lock().unwrap_or_else(PoisonError::into_inner) = true;
        }
        written?;
        Ok((frame, after))
    }

    /// Puts a root in place of the current one, which is overwritten, or kept until a time.
    fn replace_root(&self, state: &State, header: &Header, bytes: &[u8], until: Option<i64>) -> Result<(), VaultError> {
        let root = self.folder.join("root");
        let old = state.ring.header;
        let mut replaced = None;
        if let Some(until) = until {
            let kept = self.folder.join(OldGeneration { generation: old.generation, until, epoch: old.epoch }.name());
            if kept.exists() {
                // An earlier try got as far as this name and no further.
                self.disk.remove(&kept).on("remove", &kept)?;
            }
            self.disk.link(&root, &kept).on("keep", &kept)?;
        } else {
            replaced = Some(self.disk.open(&root).on("open", &root)?);
        }
        put_root(&*self.disk, &self.folder, bytes)?;
        if let Some(mut file) = replaced {
            // Best effort: the new root is in place, and the old one has no name any more.
            let length = state.seen.root.metadata().map_or(bytes.len() as u64, |data| data.len());
            let zeros = vec![0; usize::try_from(length).unwrap_or(bytes.len())];
            let _ = file.write_at(&zeros, 0).and_then(|()| file.sync());
        }
        // Best effort as well: whatever cannot be removed now goes next time, and nothing can open it.
        let _ = self.drop_unused_keys(header.epoch);
        Ok(())
    }

    /// Removes keys files that neither the current root nor a kept one names.
    fn drop_unused_keys(&self, current: u64) -> Result<(), VaultError> {
        let used: Vec<u64> = self.old_generations()?.iter().map(|old| old.epoch).chain([current]).collect();
        for entry in fs::read_dir(&self.folder).on("read", &self.folder)? {
            let entry = entry.on("read", &self.folder)?;
            let epoch = entry.file_name().to_str().and_then(|name| name.strip_prefix("keys-")?.parse().ok());
            if epoch.is_some_and(|epoch| !used.contains(&epoch)) {
                self.disk.remove(&entry.path()).on("remove", &entry.path())?;
            }
        }
        Ok(())
    }

    fn scrub(&self, path: &Path) -> std::io::Result<()> {
        let zeros = vec![0; usize::try_from(fs::metadata(path)?.len()).unwrap_or(0)];
        let mut file = self.disk.open(path)?;
        file.write_at(&zeros, 0)?;
        file.sync()
    }

    /// Runs a change under the folder's lock, on what is on disk now.
    fn change<T>(&self, work: impl FnOnce(&mut State) -> Result<T, VaultError>) -> Result<T, VaultError> {
        if *self.uncertain.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(VaultError::Uncertain);
        }
        let lock = lock_file(&self.folder)?;
        lock.lock().on("lock", &self.folder)?;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        self.refresh(&mut state)?;
        state.seen.doubtful = true;
        let done = work(&mut state)?;
        let (file, _) = read_root(&self.folder)?;
        state.seen = Seen::new(file, keys_look(&self.folder, state.ring.header.epoch)?, &self.folder)?;
        Ok(done)
    }

    /// Runs a look under the folder's shared lock, on what is on disk now.
    fn refreshed<T>(&self, look: impl FnOnce(&State) -> Result<T, VaultError>) -> Result<T, VaultError> {
        let guard = lock_file(&self.folder)?;
        guard.lock_shared().on("lock", &self.folder)?;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        self.refresh(&mut state)?;
        look(&state)
    }

    fn refresh(&self, state: &mut State) -> Result<(), VaultError> {
        if state.seen.doubtful || self.root_changed(state)? {
            let (file, bytes) = read_root(&self.folder)?;
            let header = Header::decode(&bytes).map_err(|why| not_a_root(&self.folder, why))?;
            if header.stretching != state.stretching || header.book != self.book {
                return Err(VaultError::WrongRoot);
            }
            let (ring, _, keys) = load(&self.folder, &bytes, header, &state.wrapping)?;
            state.ring = ring;
            state.seen = Seen::new(file, keys, &self.folder)?;
        } else if self.keys_changed(state)? {
            let look = keys_look(&self.folder, state.ring.header.epoch)?;
            let path = keys_path(&self.folder, state.ring.header.epoch);
            let bytes = fs::read(&path).on("read", &path)?;
            let known = usize::try_from(state.ring.at.length).unwrap_or(usize::MAX);
            let rest = bytes.get(known..).ok_or_else(|| self.damaged_keys(state))?;
            state.seen.doubtful = true;
            state.ring.read(rest).map_err(|Damage| self.damaged_keys(state))?;
            state.seen.doubtful = false;
            state.seen.keys = look;
        }
        Ok(())
    }

    fn root_changed(&self, state: &State) -> Result<bool, VaultError> {
        let root = self.folder.join("root");
        let data = fs::metadata(&root).on("look at", &root)?;
        Ok(state.seen.doubtful || (data.dev(), data.ino()) != state.seen.root_id)
    }

    fn keys_changed(&self, state: &State) -> Result<bool, VaultError> {
        Ok(keys_look(&self.folder, state.ring.header.epoch)? != state.seen.keys)
    }

    fn read_state(&self) -> std::sync::RwLockReadGuard<'_, State> {
        // A panic inside a change leaves `doubtful` set, so the next look reads everything again.
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn damaged_keys(&self, state: &State) -> VaultError {
        VaultError::damaged(&keys_path(&self.folder, state.ring.header.epoch), "changed bytes")
    }
}

impl Seen {
    fn new(root: File, keys: KeysLook, folder: &Path) -> Result<Self, VaultError> {
        let data = root.metadata().on("look at", &folder.join("root"))?;
        Ok(Self { root, root_id: (data.dev(), data.ino()), keys, doubtful: false })
    }
}
