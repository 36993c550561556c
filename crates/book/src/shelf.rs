//! The shelf: bodies of papers and packs, sealed in chunks before they leave the process.

use jiff::Timestamp;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use records::{BodyId, FileId};
use sqlx::Row;
use uuid::Uuid;
use vault::{FileTag, Place};
use zeroize::Zeroizing;

use crate::book::Book;
use crate::error::{BookError, Result};
use crate::rows::id;
use crate::sql;

/// The kind number that bodies have in their seal; no record kind uses it.
const BODY: u16 = u16::MAX;

/// A body that lies on the shelf. It counts only once a Work has noted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Its id.
    pub id: BodyId,
    /// Whose.
    pub file: FileId,
    /// The plain size in bytes.
    pub size: u64,
}

fn path(body: BodyId) -> Path {
    let text = body.to_string();
    Path::from(format!("{}/{text}", &text[..2]))
}

fn place(tenant: [u8; 16], file: FileId, body: BodyId) -> Place {
    Place { tenant, file: FileTag(file.bytes()), record: body.bytes(), kind: BODY, version: 0 }
}

impl Book {
    /// Seals a body and puts it on the shelf, flushed to the disk. A body that no Work notes is swept by `fsck`.
    pub async fn shelve(&self, file: FileId, plain: &[u8]) -> Result<Shelved> {
        let body = BodyId::from_uuid(Uuid::new_v4());
        let sealed = self.keys(file)?.seal_body(&place(self.tenant(), file, body), body.bytes(), plain);
        self.shelf().put(&path(body), PutPayload::from(sealed)).await?;
        Ok(Shelved { id: body, file, size: plain.len() as u64 })
    }

    /// Reads a body back, whole and checked.
    pub async fn body(&self, file: FileId, body: BodyId) -> Result<Zeroizing<Vec<u8>>> {
        let row = sqlx::query(sql::BODY).bind(body.to_string()).fetch_optional(self.pool()).await?;
        let row = row.ok_or_else(|| BookError::corrupt(format!("body {body}"), "it is not in the book"))?;
        let owner: String = row.try_get("file")?;
        if id::<FileId>(&owner, "body")? != file {
            return Err(BookError::corrupt(format!("body {body}"), "it belongs to another file"));
        }
        let sealed = self.shelf().get(&path(body)).await?.bytes().await?;
        self.keys(file)?
            .open_body(&place(self.tenant(), file, body), body.bytes(), &sealed)
            .map_err(|_| BookError::corrupt(format!("body {body}"), "it does not open"))
    }

    /// Takes bodies off the shelf whose time has ended (packs after their download period).
    pub async fn drop_ended_bodies(&self, now: Timestamp) -> Result<u64> {
        let rows = sqlx::query(sql::ENDED_BODIES).bind(now.as_microsecond()).fetch_all(self.pool()).await?;
        let mut dropped = 0;
        for row in rows {
            let text: String = row.try_get("id")?;
            self.take_off(id(&text, "body")?).await?;
            sqlx::query(sql::DROP_BODY).bind(&text).execute(self.pool()).await?;
            dropped += 1;
        }
        Ok(dropped)
    }

    /// Removes one object; it may be gone already (an erasure that a crash cut short).
    pub(crate) async fn take_off(&self, body: BodyId) -> Result<()> {
        match self.shelf().delete(&path(body)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every object that lies on the shelf, and since when.
    pub(crate) async fn shelved_objects(&self) -> Result<Vec<(BodyId, Timestamp)>> {
        use futures::TryStreamExt;
        let objects: Vec<_> = self.shelf().list(None).try_collect().await?;
        Ok(objects
            .into_iter()
            .filter_map(|object| {
                let since = Timestamp::from_second(object.last_modified.timestamp()).unwrap_or(Timestamp::MAX);
                Some((object.location.filename()?.parse().ok()?, since))
            })
            .collect())
    }
}
