//! The writes that the keyring does, behind a trait, so that tests can make each of them fail.
//!
//! The caller says when to flush; nothing here flushes on its own. Reading needs no trait: it can damage nothing.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

/// Changes to a folder.
pub(crate) trait Disk: Send + Sync {
    /// Opens for writing what is there.
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Opens for writing, made if missing, emptied if not; only the owner may read it.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Renames over whatever `to` was.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// A second name for the same file.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a name away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Flushes the names in a folder.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// Changes to an open file.
pub(crate) trait DiskFile {
    /// Writes all of `bytes` at `offset`.
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()>;
    /// Cuts or stretches.
    fn set_len(&mut self, length: u64) -> io::Result<()>;
    /// Flushes what was written and the length.
    fn sync(&mut self) -> io::Result<()>;
}

/// The real one.
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(OpenOptions::new().write(true).open(path)?))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }
}

impl DiskFile for File {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.write_all_at(bytes, offset)
    }

    fn set_len(&mut self, length: u64) -> io::Result<()> {
        Self::set_len(self, length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}
