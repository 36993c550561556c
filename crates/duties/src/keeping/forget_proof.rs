//! How somebody proved who they are is forgotten when it has done its work (T22): so long after the request was closed as
//! the policy says. That it was proved, and on which day, stays. The program's own duty.

use book::{Filing, Opened};
use clock::Span;
use jiff::civil::Date;
use records::requests::AccessRequest;
use records::{Actor, Content, Kind, Operation, Record};

use crate::office::Office;
use crate::stopped::Stopped;

/// Without words in the policy, so long.
const SEEN: Span = Span::Months(6);

/// Forgets what is due. Returns how many requests it was.
///
/// # Errors
/// When the store fails; what was done before stays done.
pub async fn forget_proofs(office: &Office) -> Result<usize, Stopped> {
    let house = office.house().await?;
    let span = house.settings().span("keep:identity/seen").map_or(SEEN, |setting| setting.value);
    let today = office.today();
    let over = |closed: Option<Date>| closed.is_some_and(|closed| span.after(closed) < today);
    let mut done = 0;
    for opened in office.book().all_of_kind(Kind::AccessRequest).await? {
        let Content::AccessRequest(request) = &opened.record.content else { continue };
        if over(request.closed) && has_proof(request) {
            forget(office, &opened).await?;
            done += 1;
        }
    }
    Ok(done)
}

fn has_proof(request: &AccessRequest) -> bool {
    request.identity.as_ref().is_some_and(|asked| asked.seen.is_some() || !asked.proofs.is_empty())
}

/// The request without it, in every version.
async fn forget(office: &Office, opened: &Opened) -> Result<(), Stopped> {
    let operation =
        Operation::for_the_book(Actor::Program, "how an identity was proved is no longer needed", office.now());
    let header = &opened.header;
    let mut work = office.book().begin(&operation).await?;
    let filing = Filing { topic: header.topic, state: Some(header.state), due: header.due };
    let now = work.change(book::Act::ProofForgotten, header, &without(&opened.record), filing).await?;
    for version in 1..header.version {
        let earlier = office.book().version_in_passing(header.file, header.id, version).await?;
        work.rewrite_version(&now, version, &without(&earlier)).await?;
    }
    // The version that was the last until now is among the earlier ones since a moment.
    work.rewrite_version(&now, header.version, &without(&opened.record)).await?;
    work.commit().await?;
    Ok(())
}

fn without(record: &Record) -> Record {
    let mut record = record.clone();
    if let Content::AccessRequest(request) = &mut record.content
        && let Some(asked) = &mut request.identity
    {
        asked.seen = None;
        asked.proofs.clear();
    }
    record
}
