//! Opening archives within bounds: so many members, so many bytes in all, whatever they claim.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Refused, limits};

/// An archive, and how many bytes may still come out of it.
pub struct Zipped<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: usize,
}

impl<'a> Zipped<'a> {
    /// Opens an archive.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(refused)?;
        if archive.len() > limits::MEMBER_COUNT {
            return Err(Refused::TooMuch);
        }
        Ok(Self { archive, left: limits::MEMBERS })
    }

    /// The names of its members, in order.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned).unwrap_or_default()).collect()
    }

    /// Whether it has a member of that name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a member.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refused> {
        let index = self.archive.index_for_name(name).ok_or(Refused::Damaged)?;
        Ok(self.read_at(index)?.1)
    }

    /// Name and bytes of the member at a place.
    pub fn read_at(&mut self, index: usize) -> Result<(String, Vec<u8>), Refused> {
        let member = self.archive.by_index(index).map_err(refused)?;
        let name = member.name().map_err(refused)?.into_owned();
        if member.is_dir() {
            return Ok((name, Vec::new()));
        }
        let most = limits::MEMBER.min(self.left);
        let mut bytes = Vec::new();
        member.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|_| Refused::Damaged)?;
        if bytes.len() > most {
            return Err(Refused::TooMuch);
        }
        self.left -= bytes.len();
        Ok((name, bytes))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn refused(error: ZipError) -> Refused {
    match error {
        ZipError::UnsupportedArchive(words) if words == ZipError::PASSWORD_REQUIRED => Refused::Locked,
        ZipError::InvalidPassword => Refused::Locked,
        _ => Refused::Damaged,
    }
}
