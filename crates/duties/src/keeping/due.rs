//! Files whose time is over, with what stands against destroying each, and what waits for somebody (S17).

use std::collections::BTreeMap;

use access::{Action, Circumstances};
use book::Act;
use jiff::civil::Date;
use records::keeping::PutForward;
use records::operation::london_day;
use records::{Content, FileId, Kind, Operation, PersonClass, Purpose, catalogue};

use super::dispose::{Closed, closed};
use super::obstacle::{Obstacle, obstacles};
use super::rule::kept_until;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// How a file whose time is over stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisposalStands {
    /// Somebody decides.
    Due,
    /// It must be kept.
    Kept(Vec<Obstacle>),
    /// It waits for the second person.
    PutForward,
    /// It is carried out on that day, and can be called off until then.
    Agreed(Date),
}

/// A file whose time is over.
#[derive(Clone, Debug)]
pub struct DisposalLine {
    /// The leading file of the person.
    pub file: FileId,
    /// Their name.
    pub name: String,
    /// What kind of person.
    pub class: PersonClass,
    /// The day from which the time ran.
    pub left: Date,
    /// The last day on which it had to be kept.
    pub kept_until: Date,
    /// How it stands.
    pub stands: DisposalStands,
    /// Whether this person may agree to it as the second one.
    pub to_agree: bool,
}

/// One of them, looked at closely.
#[derive(Clone, Debug)]
pub struct DisposalView {
    /// The line.
    pub line: DisposalLine,
    /// What the policy said on the day of closing.
    pub kept_for: String,
    /// What there is, kind by kind: what it is called, and how many.
    pub holds: Vec<(&'static str, usize)>,
    /// Where originals on paper lie.
    pub originals: Vec<String>,
    /// Who put it forward, and why.
    pub forward: Option<PutForward>,
    /// Whether this person may put it forward.
    pub may_put_forward: bool,
}

/// Who may see that a file is closed and due: those who could keep it longer, and the second person. Comes back as the
/// operation under which it is looked at.
pub(super) async fn visible(office: &Office, who: &SignedIn, file: FileId) -> Result<Operation, Stopped> {
    let operation = office.permit(who, Action::SeeDisposals, None, Purpose::Administration, "").await?;
    if office.would_permit(who, Action::HoldFile, Some(file), Purpose::Quality).await
        || may_agree(office, who, file, false).await
    {
        return Ok(operation);
    }
    Err(Stopped::NotFound)
}

/// Whether somebody could be the second person, at once or after a fresh sign-in.
async fn may_agree(office: &Office, who: &SignedIn, file: FileId, worked_on_it: bool) -> bool {
    let moment = Circumstances { sent_to_check: true, worked_on_it, ..Circumstances::of(Purpose::Administration) };
    !matches!(
        office.permit_in(who, Action::AgreeDisposal, Some(file), moment, "").await,
        Err(Stopped::NotFound | Stopped::Store(_))
    )
}

/// The files whose time is over and that this person may see, the longest over first.
///
/// # Errors
/// [`Stopped::NotFound`] for those who may not see it; when the store fails.
pub async fn due_disposals(office: &Office, who: &SignedIn) -> Result<Vec<DisposalLine>, Stopped> {
    office.permit(who, Action::SeeDisposals, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let mut lines = Vec::new();
    for file in due_files(office).await? {
        if matches!(visible(office, who, file).await, Err(Stopped::NotFound)) {
            continue;
        }
        lines.extend(line(office, who, &house, &closed(office, file).await?).await?);
    }
    lines.sort_by_key(|line: &DisposalLine| (line.kept_until, line.file));
    Ok(lines)
}

/// Closings whose time is over, or that somebody agreed to destroy and that can still be called off.
async fn due_files(office: &Office) -> Result<Vec<FileId>, Stopped> {
    // What was agreed is due a few days ahead; it stays on the list.
    let ahead = office.now() + jiff::SignedDuration::from_hours(24 * 366);
    let today = office.today();
    let mut files = Vec::new();
    for opened in office.book().due_of_kind(Kind::Closure, ahead).await? {
        let Content::Closure(closure) = &opened.record.content else { continue };
        if closure.keep_until < today {
            files.push(office.leading(opened.header.file));
        }
    }
    // Merged files may each have been closed; a person stands on the list once.
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// Every file whose time is over, with the last day on which it had to be kept and how it stands; whose it is stays
/// out. For what counts over all files.
pub(crate) async fn due_lines(office: &Office, house: &House) -> Result<Vec<(Date, DisposalStands)>, Stopped> {
    let mut lines = Vec::new();
    for file in due_files(office).await? {
        let closed = closed(office, file).await?;
        lines.extend(stands(office, house, &closed).await?);
    }
    Ok(lines)
}

/// How one stands; none where the policy in force keeps it longer than that on the day of closing did.
async fn stands(office: &Office, house: &House, closed: &Closed) -> Result<Option<(Date, DisposalStands)>, Stopped> {
    let until = kept_until(house.settings(), closed.class, &closed.closure);
    if until >= office.today() {
        return Ok(None);
    }
    let against = obstacles(office, house, (closed.leading, closed.class), &closed.all, &closed.closure).await?;
    let stands = match &closed.closure.disposal {
        _ if !against.is_empty() => DisposalStands::Kept(against),
        None => DisposalStands::Due,
        Some(forward) => {
            forward.agreed.map_or(DisposalStands::PutForward, |agreed| DisposalStands::Agreed(agreed.from))
        }
    };
    Ok(Some((until, stands)))
}

/// The line of one; none where the policy in force keeps it longer than that on the day of closing did.
async fn line(
    office: &Office,
    who: &SignedIn,
    house: &House,
    closed: &Closed,
) -> Result<Option<DisposalLine>, Stopped> {
    let Some((until, stands)) = stands(office, house, closed).await? else { return Ok(None) };
    let forward = closed.closure.disposal.as_ref();
    let to_agree = stands == DisposalStands::PutForward
        && may_agree(office, who, closed.leading, forward.and_then(|forward| forward.by) == Some(who.file)).await;
    Ok(Some(DisposalLine {
        file: closed.leading,
        name: crate::people::called(office, closed.leading),
        class: closed.class,
        left: closed.closure.left,
        kept_until: until,
        stands,
        to_agree,
    }))
}

/// One of them, with what there is in it. The view is in the ledger first.
///
/// # Errors
/// [`Stopped::NotFound`] for those who may not see it, and where nothing is due.
pub async fn view_disposal(office: &Office, who: &SignedIn, file: FileId) -> Result<DisposalView, Stopped> {
    let closed = closed(office, file).await?;
    let operation = visible(office, who, closed.leading).await?;
    let house = office.house().await?;
    let line = line(office, who, &house, &closed).await?.ok_or(Stopped::NotFound)?;
    let seen = Some((closed.opened.header.id, Kind::Closure));
    office.book().seen(&operation, Act::RecordSeen, closed.leading, seen).await?;
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut originals = Vec::new();
    for one in &closed.all {
        *kinds.entry(one.header.kind).or_default() += 1;
        if let Content::Paper(paper) = &one.record.content {
            originals.extend(paper.original_at.as_ref().map(|at| at.for_page().clone()));
        }
    }
    originals.sort();
    originals.dedup();
    let may_put_forward =
        office.would_permit(who, Action::DisposeOfFile, Some(closed.leading), Purpose::Administration).await;
    Ok(DisposalView {
        line,
        kept_for: closed.closure.kept_for.clone(),
        holds: kinds.into_iter().map(|(kind, count)| (catalogue::entry(kind).title, count)).collect(),
        originals,
        forward: closed.closure.disposal.clone(),
        may_put_forward,
    })
}

/// What about keeping waits for somebody today.
#[derive(Clone, Debug, Default)]
pub struct KeepingDue {
    /// How many files' time is over and nobody has put them forward, for those who may.
    pub due: usize,
    /// Files that wait for this person as the second one: file and name.
    pub to_agree: Vec<(FileId, String)>,
    /// Holds to look at again: file, name, and the day.
    pub holds: Vec<(FileId, String, Date)>,
}

/// What about keeping waits for somebody today.
///
/// # Errors
/// When the store fails.
pub async fn keeping_due(office: &Office, who: &SignedIn) -> Result<KeepingDue, Stopped> {
    let mut found = KeepingDue::default();
    let lines = match due_disposals(office, who).await {
        Ok(lines) => lines,
        Err(Stopped::NotFound) => return Ok(found),
        Err(other) => return Err(other),
    };
    for line in lines {
        if line.to_agree {
            found.to_agree.push((line.file, line.name));
        } else if line.stands == DisposalStands::Due
            && office.would_permit(who, Action::DisposeOfFile, Some(line.file), Purpose::Administration).await
        {
            found.due += 1;
        }
    }
    for opened in office.book().due_of_kind(Kind::Hold, office.now()).await? {
        let (file, Some(due)) = (opened.header.file, opened.header.due) else { continue };
        if office.would_permit(who, Action::HoldFile, Some(file), Purpose::Quality).await {
            let day = london_day(due).yesterday().unwrap_or_else(|_| london_day(due));
            found.holds.push((file, crate::people::called(office, file), day));
        }
    }
    Ok(found)
}
