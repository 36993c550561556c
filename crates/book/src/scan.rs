//! Looking through everything that is written: decrypted and searched page by page on all cores, with nothing indexed
//! at rest and no more in memory than two pages.

use futures::TryStreamExt;
use rayon::prelude::*;
use records::{FileId, RecordId};
use zeroize::Zeroizing;

use crate::book::Book;
use crate::error::{BookError, Result};
use crate::rows::{Opened, SealedRecord, open_sealed, read_record};
use crate::sql;

/// So many records are fetched at most before they are looked through…
const PAGE_ROWS: usize = 4_000;
/// …or so many bytes of them, whichever comes first: a paper may be as long as a thousand notes.
const PAGE_BYTES: usize = 8 * 1024 * 1024;
/// So many records are one piece of work for one core.
const PIECE: usize = 128;

/// What a scan found.
#[derive(Clone, Debug)]
pub struct Scanned<T> {
    /// What was picked out, in the order of files and records.
    pub found: Vec<T>,
    /// How many records were opened.
    pub records: u64,
    /// How many bytes they have, in plain.
    pub bytes: u64,
}

/// Records that were fetched and not opened yet.
struct Page {
    records: Vec<SealedRecord>,
    /// Whether more may follow.
    more: bool,
}

impl Page {
    fn end(&self) -> Option<(FileId, RecordId)> {
        self.records.last().filter(|_| self.more).map(|last| (last.header.file, last.header.id))
    }
}

/// What came of one piece of a page.
struct Piece<T> {
    found: Vec<T>,
    records: u64,
    bytes: u64,
}

impl Book {
    /// Opens every record of the book once and gives it to `look`, many at a time. `prefilter` sees the plain bytes
    /// first (JSON in UTF-8) and saves reading what cannot matter. `progress` hears now and then how many records are done.
    ///
    /// Nobody may be shown anything on the strength of this alone: the caller enters its act first, and narrows what it
    /// shows to what the rules open. A file whose key is gone is being erased and is passed over.
    ///
    /// # Errors
    /// A record that does not open or does not read is named and never passed over.
    pub async fn scan<T, P, L>(&self, prefilter: P, look: L, mut progress: impl FnMut(u64) + Send) -> Result<Scanned<T>>
    where
        T: Send + 'static,
        P: Fn(&[u8]) -> bool + Send + Sync + 'static,
        L: Fn(&Opened) -> Option<T> + Send + Sync + 'static,
    {
        let passes = std::sync::Arc::new((prefilter, look));
        let mut scanned = Scanned { found: Vec::new(), records: 0, bytes: 0 };
        let mut page = self.page_after(None).await?;
        loop {
            let (book, passes) = (self.clone(), std::sync::Arc::clone(&passes));
            let end = page.end();
            let searching = tokio::task::spawn_blocking(move || book.look_through(page.records, &passes.0, &passes.1));
            let next = match end {
                Some(_) => Some(self.page_after(end).await),
                None => None,
            };
            for piece in searching.await.map_err(|error| BookError::Unavailable(Box::new(error)))?? {
                scanned.records += piece.records;
                scanned.bytes += piece.bytes;
                scanned.found.extend(piece.found);
            }
            progress(scanned.records);
            match next {
                Some(next) => page = next?,
                None => return Ok(scanned),
            }
        }
    }

    /// The records after a place, as many as one page holds.
    async fn page_after(&self, after: Option<(FileId, RecordId)>) -> Result<Page> {
        let (file, record) =
            after.map_or_else(Default::default, |(file, record)| (file.to_string(), record.to_string()));
        let limit = i64::try_from(PAGE_ROWS).unwrap_or(i64::MAX);
        let mut rows = sqlx::query(sql::ALL_RECORDS).bind(file).bind(record).bind(limit).fetch(self.pool());
        let (mut records, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.try_next().await? {
            let sealed = SealedRecord::from_row(&row)?;
            bytes += sealed.sealed.len();
            records.push(sealed);
            if bytes >= PAGE_BYTES {
                return Ok(Page { records, more: true });
            }
        }
        let more = records.len() >= PAGE_ROWS;
        Ok(Page { records, more })
    }

    fn look_through<T: Send>(
        &self,
        records: Vec<SealedRecord>,
        prefilter: &(impl Fn(&[u8]) -> bool + Sync),
        look: &(impl Fn(&Opened) -> Option<T> + Sync),
    ) -> Result<Vec<Piece<T>>> {
        records.par_chunks(PIECE).map(|piece| self.look_at(piece, prefilter, look)).collect()
    }

    fn look_at<T>(
        &self,
        records: &[SealedRecord],
        prefilter: &impl Fn(&[u8]) -> bool,
        look: &impl Fn(&Opened) -> Option<T>,
    ) -> Result<Piece<T>> {
        let mut done = Piece { found: Vec::new(), records: 0, bytes: 0 };
        for of_one_file in records.chunk_by(|a, b| a.header.file == b.header.file) {
            let Some(first) = of_one_file.first() else { continue };
            let keys = match self.keys(first.header.file) {
                Ok(keys) => keys,
                // An erasure that is being finished: the key is gone, the rows are going.
                Err(BookError::NoFile(_)) => continue,
                Err(error) => return Err(error),
            };
            for sealed in of_one_file {
                let plain: Zeroizing<Vec<u8>> = open_sealed(self.tenant(), &keys, sealed)?;
                done.records += 1;
                done.bytes += plain.len() as u64;
                if prefilter(&plain) {
                    let opened = Opened { header: sealed.header.clone(), record: read_record(&sealed.header, &plain)? };
                    done.found.extend(look(&opened));
                }
            }
        }
        Ok(done)
    }
}
