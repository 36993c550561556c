//! The keyring's folder: its file names, its lock, how its files are read and how `root` is replaced.
//!
//! | file | what |
//! |---|---|
//! | `root` | the top of the tree; replaced as a whole |
//! | `root.next` | the next one while it is being written |
//! | `keys-N` | the wrapped keys of epoch N; only appended |
//! | `old-G-N-T` | the root of generation G, kept until T |
//! | `lock` | held by whoever changes or reads the others |

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::aead::Xaes;
use crate::book_keys::BookKeys;
use crate::disk::Disk;
use crate::error::{OnDisk, VaultError};
use crate::frames::Damage;
use crate::ring::Ring;
use crate::root_file::{self, Header, NotARoot};

/// Length and time of change of a keys file: another look means that somebody wrote.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeysLook {
    length: u64,
    changed: (i64, i64),
}

/// A root that was kept when its generation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OldGeneration {
    /// Its number.
    pub generation: u64,
    /// When it dies, in seconds since 1970 (UTC).
    pub until: i64,
    pub(crate) epoch: u64,
}

impl OldGeneration {
    pub(crate) fn name(&self) -> String {
        format!("old-{}-{}-{}", self.generation, self.epoch, self.until)
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix("old-")?.splitn(3, '-');
        let (generation, epoch, until) =
            (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { generation, until, epoch })
    }
}

pub(crate) fn lock_file(folder: &Path) -> Result<File, VaultError> {
    let path = folder.join("lock");
    fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).on("open", &path)
}

pub(crate) fn keys_path(folder: &Path, epoch: u64) -> PathBuf {
    folder.join(format!("keys-{epoch}"))
}

pub(crate) fn keys_look(folder: &Path, epoch: u64) -> Result<KeysLook, VaultError> {
    let path = keys_path(folder, epoch);
    let data = fs::metadata(&path).on("look at", &path)?;
    Ok(KeysLook { length: data.len(), changed: (data.mtime(), data.mtime_nsec()) })
}

/// The root file, open and read.
pub(crate) fn read_root(folder: &Path) -> Result<(File, Vec<u8>), VaultError> {
    let path = folder.join("root");
    let mut file = File::open(&path).on("open", &path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).on("read", &path)?;
    Ok((file, bytes))
}

pub(crate) fn load(
    folder: &Path,
    root: &[u8],
    header: Header,
    wrapping: &Xaes,
) -> Result<(Ring, BookKeys, KeysLook), VaultError> {
    let table = root_file::open(root, wrapping).map_err(|why| not_a_root(folder, why))?;
    let path = keys_path(folder, header.epoch);
    let look = keys_look(folder, header.epoch)?;
    let keys = fs::read(&path).on("read", &path)?;
    let book_keys = BookKeys::from_bytes(table.book_keys.bytes());
    let ring =
        Ring::load(header, table, &keys).map_err(|Damage| VaultError::damaged(&path, "changed or missing bytes"))?;
    Ok((ring, book_keys, look))
}

pub(crate) fn not_a_root(folder: &Path, why: NotARoot) -> VaultError {
    match why {
        NotARoot::Damaged(what) => VaultError::damaged(&folder.join("root"), what),
        NotARoot::WrongSecret => VaultError::WrongRoot,
    }
}

/// Writes `root` whole or not at all: another name first, flushed, then renamed, then the folder flushed.
pub(crate) fn put_root(disk: &dyn Disk, folder: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let (next, root) = (folder.join("root.next"), folder.join("root"));
    let mut file = disk.create(&next).on("create", &next)?;
    file.write_at(bytes, 0).on("write", &next)?;
    file.sync().on("flush", &next)?;
    drop(file);
    disk.rename(&next, &root).on("rename", &next)?;
    disk.sync_folder(folder).on("flush", folder)
}
