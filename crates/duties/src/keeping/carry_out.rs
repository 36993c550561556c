//! Carrying out what two people agreed: the program's own duty. The files of the person go with their keys, and what is
//! left is that it was done, under which rule and by whom (K29).

use book::{Act, Filing};
use records::keeping::Disposal;
use records::{Actor, Content, FileId, Kind, Operation, Provenance, Purpose, Record, RecordId};

use super::dispose::{called_off, closed};
use super::obstacle::obstacles;
use super::rule::kept_until;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A disposal that was done, with the number of its record.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The record in the house file.
    pub record: RecordId,
    /// What it says.
    pub disposal: Disposal,
}

/// Carries out every disposal whose time for calling off is over, and calls off what must be kept after all. Returns the
/// references of what was done.
///
/// # Errors
/// When the store fails; what was done before stays done.
pub async fn carry_out(office: &Office) -> Result<Vec<String>, Stopped> {
    let mut done = Vec::new();
    for opened in office.book().due_of_kind(Kind::Closure, office.now()).await? {
        let Content::Closure(closure) = &opened.record.content else { continue };
        let agreed = closure.disposal.as_ref().and_then(|forward| forward.agreed);
        if agreed.is_some_and(|agreed| agreed.from <= office.today()) {
            done.extend(carry_out_one(office, opened.header.file).await?);
        }
    }
    Ok(done)
}

async fn carry_out_one(office: &Office, file: FileId) -> Result<Option<String>, Stopped> {
    let house = office.house().await?;
    let operation = Operation::for_the_book(Actor::Program, "a disposal that two people agreed to", office.now());
    // The lock of the one writer first: what is found below holds until the commit.
    let mut work = office.book().begin(&operation).await?;
    let closed = closed(office, file).await?;
    let Some(forward) = closed.closure.disposal.clone() else { return Ok(None) };
    let Some(agreed) = forward.agreed else { return Ok(None) };
    let against = obstacles(office, &house, (closed.leading, closed.class), &closed.all, &closed.closure).await?;
    if !against.is_empty() {
        called_off(&mut work, &closed.opened, closed.closure).await?;
        work.commit().await?;
        return Ok(None);
    }
    let files = office.files_of(closed.leading);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let reference = work.next_reference("DIS", operation.today().year()).await?;
    let disposal = Disposal {
        reference: reference.clone(),
        class: closed.class,
        left: closed.closure.left,
        rule: closed.closure.rule.clone(),
        kept_for: closed.closure.kept_for.clone(),
        keep_until: kept_until(house.settings(), closed.class, &closed.closure),
        put_forward: (forward.on, forward.by),
        agreed: (agreed.on, agreed.by),
        done: operation.today(),
        files: count(files.len()),
        records: count(closed.all.len()),
        papers: count(closed.all.iter().filter(|one| one.header.kind == Kind::Paper).count()),
        originals: forward.originals,
    };
    let record = Record::new(Provenance::from_the_work(None, operation.now), Content::Disposal(disposal));
    work.add(Act::DisposalDone, FileId::HOUSE, &record, Filing::default()).await?;
    crate::office::house_changed(&mut work).await?;
    for own in files {
        work.erase_file(own).await?;
    }
    work.commit().await?;
    office.book().finish_erasures(operation.now).await?;
    Ok(Some(reference))
}

/// What was disposed of, the latest first.
///
/// # Errors
/// [`Stopped::NotFound`] for those who may not see it; when the store fails.
pub async fn certificates(office: &Office, who: &SignedIn) -> Result<Vec<Certificate>, Stopped> {
    office.permit(who, access::Action::SeeDisposals, None, Purpose::Administration, "").await?;
    let mut all: Vec<Certificate> = Vec::new();
    for opened in office.book().all_of_kind(Kind::Disposal).await? {
        if let Content::Disposal(disposal) = opened.record.content {
            all.push(Certificate { record: opened.header.id, disposal });
        }
    }
    all.sort_by(|a, b| (b.disposal.done, &b.disposal.reference).cmp(&(a.disposal.done, &a.disposal.reference)));
    Ok(all)
}

/// One of them, by its reference.
///
/// # Errors
/// As [`certificates`], and where there is none.
pub async fn certificate(office: &Office, who: &SignedIn, reference: &str) -> Result<Certificate, Stopped> {
    let all = certificates(office, who).await?;
    all.into_iter().find(|one| one.disposal.reference == reference).ok_or(Stopped::NotFound)
}
