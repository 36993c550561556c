//! Shows one item of the approved answer at a viewing. That it was shown is on record before it is handed out.

use access::Action;
use book::Act;
use papers::redact::RedactionReason;
use records::requests::Shown;

use super::{ViewingError, approved_answer, host_only, nth, open, with_viewing};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::review::SeenItem;
use crate::stopped::Stopped;

/// What is on the screen.
pub struct OnScreen {
    /// The item, as the person who asked will see it.
    pub item: SeenItem,
    /// Its turn, from 1.
    pub turn: usize,
    /// How many there are.
    pub of: usize,
    /// Who shows it.
    pub host: String,
    /// The reasons of items that are left out whole.
    pub left_out_whole: Vec<RedactionReason>,
}

/// Shows the item whose turn it is, from 1, at the viewing with this number. The proof that the host gave at the start
/// holds for the whole viewing: nobody types a code while the other person waits.
///
/// # Errors
/// [`ViewingError`]; nothing is shown then.
pub async fn show_item(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    number: usize,
    turn: usize,
) -> Result<OnScreen, ViewingError> {
    let (case, operation) = open(office, who, reference, Action::ShowAnswer).await?;
    let viewing = nth(&case.request, number)?;
    host_only(viewing, who.file)?;
    if !viewing.is_on(operation.today()) {
        return Err(ViewingError::NotOn);
    }
    let before = viewing.shown.last().map(|shown| shown.position);
    let (opened, mut answer) = approved_answer(office, case).await?;
    let case = &opened.case;
    let of = answer.seen.items.len();
    let index = turn.checked_sub(1).filter(|index| *index < of).ok_or(Stopped::NotFound)?;
    let item = answer.seen.items.swap_remove(index);
    let gathered = case.item(item.position).ok_or(Stopped::NotFound)?;
    let kind = case.record(office, &gathered.review.item).await?.content.kind();
    let mut work = office.book().begin(&operation).await?;
    work.act(Act::ItemShown, gathered.review.item.file, Some((gathered.review.item.record, kind)))?;
    // Loaded once more, it is in the ledger once more; the viewing itself notes it once.
    if before != Some(item.position) {
        let shown = Shown { position: item.position, at: operation.now };
        let request = with_viewing(&case.request, number, |viewing| viewing.shown.push(shown));
        let what = format!("Viewing {number}: record {} shown", item.position);
        case.change_request(&mut work, Act::RecordChanged, request, &what).await?;
    }
    work.commit().await?;
    let host = case.house.staff_name(who.file).to_owned();
    Ok(OnScreen { item, turn, of, host, left_out_whole: answer.seen.left_out_whole })
}
