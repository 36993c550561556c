//! Earlier requests by the same person about the same person: what speaks for and against calling a new one excessive.

use jiff::civil::Date;
use records::requests::{AccessRequest, Stage};
use records::{Content, Kind};

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// An earlier request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its reference.
    pub reference: String,
    /// When it came.
    pub received: Date,
    /// How far it came.
    pub stage: Stage,
}

/// The earlier requests of whoever asks, about the same person, newest first.
pub async fn earlier(office: &Office, who: &SignedIn, reference: &str) -> Result<Vec<Earlier>, Stopped> {
    let case = Case::to_work_on(office, who, reference).await?;
    let file = office.person_in_passing(case.file()).await?;
    let mut found: Vec<Earlier> = file
        .of_kind(Kind::AccessRequest)
        .filter_map(|opened| match &opened.record.content {
            Content::AccessRequest(one) if one.reference != reference && same_asker(one, &case.request) => {
                Some(Earlier { reference: one.reference.clone(), received: one.received, stage: one.stage })
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse((one.received, one.reference.clone())));
    Ok(found)
}

/// Whether the same person asks: by their file, or by the name where they have none.
fn same_asker(one: &AccessRequest, other: &AccessRequest) -> bool {
    match (&one.requester, &other.requester) {
        (None, None) => true,
        (Some(one_asks), Some(other_asks)) => match (one_asks.file, other_asks.file) {
            (Some(a), Some(b)) => a == b,
            (None, None) => one.details.name.is_some() && one.details.name == other.details.name,
            _ => false,
        },
        _ => false,
    }
}
