//! Two files of one person: merged, so that they are read and answered as one; and taken apart again.
//!
//! Nothing moves. Each record stays in the file in which it was written, under that file's key, with its history and its
//! trace; a record in both files says that they belong together. So a merge by mistake can be undone to the last byte,
//! and nobody sees more than before: the other file opens only to those to whom it opened already.

use access::Action;
use book::{Act, FileState, Filing, OpenFile, Opened};
use records::people::Merge;
use records::{Card, Content, FileId, Kind, Operation, Personal, Provenance, Record, State};

use crate::office::Office;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why two files were not merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotMerge {
    /// The same file twice.
    #[error("This is the same file. Choose the other file of this person.")]
    SameFile,
    /// One of them belongs to a third already.
    #[error("One of these files is merged with another already. Undo that first, or choose the file that leads there.")]
    Merged,
    /// A child's file and a volunteer's have different rules.
    #[error(
        "These files are kept for different reasons, by different rules: what somebody is to the charity differs. Keep them \
         apart."
    )]
    OtherClass,
    /// Not open or closed.
    #[error("One of these files is restricted or archived. Nothing is changed in it until that ends.")]
    NotOpen,
    /// An account hangs on it.
    #[error("The other file is that of somebody who signs in here. Choose it as the file that leads.")]
    Account,
    /// An answer is being made from it.
    #[error(
        "A request about one of these files is not closed. Finish it first, so that its answer does not change under way."
    )]
    Request,
    /// Relatives of each other.
    #[error(
        "These two are written down as belonging to each other. If that was the mistake, end it on the family page first."
    )]
    Related,
    /// Not merged at all.
    #[error("These files are not merged. Somebody may have undone it already.")]
    Apart,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The files do not allow it.
    #[error(transparent)]
    Cannot(#[from] CannotMerge),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for MergeError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Merges a file into the one that leads.
///
/// # Errors
/// [`MergeError`]; nothing is saved then.
pub async fn merge_files(
    office: &Office,
    who: &SignedIn,
    leading: FileId,
    other: FileId,
    why: &Why,
    because: &str,
) -> Result<(), MergeError> {
    let operation = permit_both(office, who, leading, other, why).await?;
    let mut reading = Reading::default();
    let because = reading
        .keep("because", entered::needed_text(because, "Say how you know that this is the same person"))
        .unwrap_or_default();
    reading.finish().map_err(MergeError::Wrong)?;
    let (here, there) = (office.book().file_in_passing(leading).await?, office.book().file_in_passing(other).await?);
    may_be_merged(&here, &there)?;
    let mut work = office.book().begin(&operation).await?;
    // Between the reading and the writing somebody else may have merged one of them.
    let (lead_card, other_card) = fresh_cards(office, leading, other)?;
    if (&lead_card, &other_card) != (&here.card, &there.card) {
        return Err(Stopped::Conflict.into());
    }
    for (file, merge) in [(leading, (other, true)), (other, (leading, false))] {
        let merge = Merge { other: merge.0, leads: merge.1, because: Personal::new(because.clone()) };
        let record = Record::new(Provenance::from_the_work(Some(who.file), operation.now), Content::Merge(merge));
        work.add(Act::Merged, file, &record, Filing::default()).await?;
    }
    let mut merged = lead_card.merged.clone();
    merged.push(other);
    work.set_card(leading, Card { merged, ..lead_card }).await?;
    work.set_card(other, Card { merged_into: Some(leading), ..other_card }).await?;
    work.commit().await?;
    Ok(())
}

/// Takes two merged files apart again. What was written since stays in the file in which it was written.
///
/// # Errors
/// [`MergeError`]; a reason must be given.
pub async fn undo_merge(
    office: &Office,
    who: &SignedIn,
    leading: FileId,
    other: FileId,
    why: &Why,
) -> Result<(), MergeError> {
    let operation = permit_both(office, who, leading, other, why).await?;
    if why.reason.trim().is_empty() {
        return Err(MergeError::Wrong(vec![("reason", "Say why these are two people after all".to_owned())]));
    }
    let (here, there) = (office.book().file_in_passing(leading).await?, office.book().file_in_passing(other).await?);
    if has_open_request(&here) || has_open_request(&there) {
        return Err(CannotMerge::Request.into());
    }
    let (Some(one), Some(two)) = (standing(&here, other), standing(&there, leading)) else {
        return Err(CannotMerge::Apart.into());
    };
    let mut work = office.book().begin(&operation).await?;
    let (lead_card, other_card) = fresh_cards(office, leading, other)?;
    for opened in [one, two] {
        work.change(Act::MergeUndone, &opened.header, &opened.record, Filing::in_state(State::Superseded)).await?;
    }
    let merged = lead_card.merged.iter().copied().filter(|file| *file != other).collect();
    work.set_card(leading, Card { merged, ..lead_card }).await?;
    work.set_card(other, Card { merged_into: None, ..other_card }).await?;
    work.commit().await?;
    Ok(())
}

/// What two files have in common and what tells them apart may be read by whoever may change both.
async fn permit_both(
    office: &Office,
    who: &SignedIn,
    leading: FileId,
    other: FileId,
    why: &Why,
) -> Result<Operation, MergeError> {
    if leading == other {
        return Err(CannotMerge::SameFile.into());
    }
    office.book().refresh_cards().await?;
    for action in [Action::OpenFile, Action::ChangePerson] {
        office.permit(who, action, Some(other), why.purpose, &why.reason).await?;
        office.permit(who, action, Some(leading), why.purpose, &why.reason).await?;
    }
    Ok(office.permit(who, Action::ChangePerson, Some(leading), why.purpose, &why.reason).await?)
}

fn fresh_cards(office: &Office, leading: FileId, other: FileId) -> Result<(Card, Card), Stopped> {
    let card = |file| office.book().card(file).ok_or(Stopped::NotFound);
    Ok((card(leading)?, card(other)?))
}

fn may_be_merged(here: &OpenFile, there: &OpenFile) -> Result<(), CannotMerge> {
    let open = |file: &OpenFile| matches!(file.state, FileState::Open | FileState::Closed);
    let related = |file: &OpenFile, other: FileId| {
        file.of_kind(Kind::Relationship).any(|opened| {
            opened.header.state != State::Superseded
                && matches!(&opened.record.content, Content::Relationship(relationship) if relationship.other == other)
        })
    };
    if here.card.merged_into.is_some() || there.card.merged_into.is_some() || !there.card.merged.is_empty() {
        return Err(CannotMerge::Merged);
    }
    if here.class != there.class {
        return Err(CannotMerge::OtherClass);
    }
    if !open(here) || !open(there) {
        return Err(CannotMerge::NotOpen);
    }
    if there.of_kind(Kind::Account).next().is_some() {
        return Err(CannotMerge::Account);
    }
    if has_open_request(here) || has_open_request(there) {
        return Err(CannotMerge::Request);
    }
    if related(here, there.file) || related(there, here.file) {
        return Err(CannotMerge::Related);
    }
    Ok(())
}

fn has_open_request(file: &OpenFile) -> bool {
    file.of_kind(Kind::AccessRequest).any(|opened| match &opened.record.content {
        Content::AccessRequest(request) => request.stage.is_live(),
        _ => false,
    })
}

/// The record of a merge that stands.
fn standing(file: &OpenFile, other: FileId) -> Option<&Opened> {
    file.of_kind(Kind::Merge).find(|opened| {
        opened.header.state != State::Superseded
            && matches!(&opened.record.content, Content::Merge(merge) if merge.other == other)
    })
}
