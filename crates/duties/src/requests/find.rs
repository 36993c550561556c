//! From the reference on a letter to the file and record where the request lies.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use records::{Content, FileId, Kind, RecordId};

use crate::office::Office;
use crate::stopped::Stopped;

/// Where a request lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaseAt {
    /// The subject's file.
    pub file: FileId,
    /// The request.
    pub record: RecordId,
}

/// References that were looked up before. A reference never moves, so nothing here goes stale but what was erased,
/// and opening that fails.
#[derive(Default)]
pub struct References(RwLock<HashMap<String, CaseAt>>);

impl References {
    fn get(&self, reference: &str) -> Option<CaseAt> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(reference).copied()
    }

    fn learn(&self, found: impl Iterator<Item = (String, CaseAt)>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).extend(found);
    }
}

/// Where the request with a reference lies. A reference that was never given looks like one that is not for you.
pub async fn find(office: &Office, reference: &str) -> Result<CaseAt, Stopped> {
    if let Some(at) = office.references().get(reference) {
        return Ok(at);
    }
    let all = office.book().all_of_kind(Kind::AccessRequest).await?;
    office.references().learn(all.into_iter().filter_map(|opened| match opened.record.content {
        Content::AccessRequest(request) => {
            Some((request.reference, CaseAt { file: opened.header.file, record: opened.header.id }))
        }
        _ => None,
    }));
    office.references().get(reference).ok_or(Stopped::NotFound)
}
