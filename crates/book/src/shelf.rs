//! The shelf: bodies of papers and packs, sealed in chunks before they leave the process.

use futures::{Stream, StreamExt, TryStreamExt};
use jiff::Timestamp;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use records::{BodyId, FileId};
use sqlx::Row;
use uuid::Uuid;
use vault::{BodyOpener, FileTag, Place, SEALED_CHUNK};
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

/// A body that is being opened chunk by chunk.
struct Chunks {
    sealed: futures::stream::BoxStream<'static, object_store::Result<bytes::Bytes>>,
    opener: BodyOpener,
    waiting: Vec<u8>,
    body: BodyId,
}

impl Chunks {
    /// The next plain chunk. More than a sealed chunk must be waiting before it is known not to be the last.
    async fn next(mut self) -> Result<Option<(Vec<u8>, Option<Self>)>> {
        let damaged = |body| move |_| BookError::corrupt(format!("body {body}"), "it does not open");
        while self.waiting.len() <= SEALED_CHUNK {
            if let Some(more) = self.sealed.try_next().await? {
                self.waiting.extend_from_slice(&more);
            } else {
                let plain = self.opener.last(&self.waiting).map_err(damaged(self.body))?;
                return Ok(Some((plain.to_vec(), None)));
            }
        }
        let plain = self.opener.chunk(&self.waiting[..SEALED_CHUNK]).map_err(damaged(self.body))?;
        self.waiting.drain(..SEALED_CHUNK);
        Ok(Some((plain.to_vec(), Some(self))))
    }
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
        self.check_owner(file, body).await?;
        let sealed = self.shelf().get(&path(body)).await?.bytes().await?;
        self.keys(file)?
            .open_body(&place(self.tenant(), file, body), body.bytes(), &sealed)
            .map_err(|_| BookError::corrupt(format!("body {body}"), "it does not open"))
    }

    /// Reads a body back chunk by chunk: a large paper is never whole in memory. Each chunk is checked before it is
    /// given; a body that was cut short or damaged ends in an error, never as if it were complete.
    pub async fn body_in_chunks(
        &self,
        file: FileId,
        body: BodyId,
    ) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + use<>> {
        self.check_owner(file, body).await?;
        let opener = self.keys(file)?.opener(&place(self.tenant(), file, body), body.bytes());
        let sealed = self.shelf().get(&path(body)).await?.into_stream().boxed();
        let start = Some(Chunks { sealed, opener, waiting: Vec::new(), body });
        Ok(futures::stream::try_unfold(start, |state| async move {
            match state {
                Some(chunks) => chunks.next().await,
                None => Ok(None),
            }
        }))
    }

    /// The bodies of this plain size, and whose they are: where the same bytes can lie, without opening anything.
    pub async fn bodies_of_size(&self, size: u64) -> Result<Vec<(FileId, BodyId)>> {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let rows = sqlx::query(sql::BODIES_OF_SIZE).bind(size).fetch_all(self.pool()).await?;
        rows.iter()
            .map(|row| {
                let (body, file): (String, String) = (row.try_get("id")?, row.try_get("file")?);
                Ok((id(&file, "body")?, id(&body, "body")?))
            })
            .collect()
    }

    async fn check_owner(&self, file: FileId, body: BodyId) -> Result<()> {
        let row = sqlx::query(sql::BODY).bind(body.to_string()).fetch_optional(self.pool()).await?;
        let row = row.ok_or_else(|| BookError::corrupt(format!("body {body}"), "it is not in the book"))?;
        let owner: String = row.try_get("file")?;
        if id::<FileId>(&owner, "body")? != file {
            return Err(BookError::corrupt(format!("body {body}"), "it belongs to another file"));
        }
        Ok(())
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
