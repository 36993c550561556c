//! What came in and is over goes: saved and never sent, dealt with long ago, or left over when the program ended in the
//! middle of taking it in. The program's own duty.

use jiff::SignedDuration;
use records::{Actor, Content, Kind, Operation};

use super::taking::left_over;
use crate::office::Office;
use crate::stopped::Stopped;

/// What was saved and not sent is kept for so many days.
pub const DRAFT_DAYS: i64 = 30;
/// What was dealt with is kept for so many days, so that whoever asked can read what was done.
pub const SET_ASIDE_DAYS: i64 = 365;

/// Erases what is over. Returns how many.
pub async fn tidy(office: &Office) -> Result<usize, Stopped> {
    let now = office.now();
    let older = |at, days: i64| now.duration_since(at) > SignedDuration::from_hours(24 * days);
    let mut files = left_over(office).await?;
    for opened in office.book().all_of_kind(Kind::Arrival).await? {
        let Content::Arrival(arrival) = opened.record.content else { continue };
        let over = match (arrival.sent, &arrival.set_aside) {
            (None, _) => older(arrival.begun, DRAFT_DAYS),
            (Some(_), Some(end)) => older(end.at, SET_ASIDE_DAYS),
            (Some(_), None) => false,
        };
        if over {
            files.push(opened.header.file);
        }
    }
    files.sort_unstable();
    files.dedup();
    let operation = Operation::for_the_book(Actor::Program, "what came in and is over", now);
    for file in &files {
        office.book().erase(&operation, *file).await?;
    }
    Ok(files.len())
}
