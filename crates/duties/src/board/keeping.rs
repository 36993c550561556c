//! What is counted of the promises about keeping: files closed when people leave (K28), and no file kept longer than it
//! must be (K29).

use std::collections::HashMap;

use jiff::civil::Date;
use records::{Content, FileId, Kind};

use super::measures::{Measure, many};
use super::see_board::Standing;
use crate::keeping::{DisposalStands, due_lines};
use crate::office::{House, Office};
use crate::stopped::Stopped;

/// Somebody who left has an open file for so many days at most. A matter of this page alone: the policy does not speak of
/// it.
const CLOSE_DAYS: i64 = 30;
/// A file whose time is over waits for a decision for so many days before the promise counts as broken.
const DECIDE_DAYS: i64 = 90;

/// Whether the files of those who left are closed, so that their time runs.
pub(super) async fn closed(office: &Office) -> Result<Measure, Stopped> {
    let mut last: HashMap<FileId, Option<Date>> = HashMap::new();
    for opened in office.book().all_of_kind(Kind::Enrolment).await? {
        let Content::Enrolment(enrolment) = opened.record.content else { continue };
        let leading = office.leading(opened.header.file);
        let known = last.entry(leading).or_insert(enrolment.ended);
        *known = known.zip(enrolment.ended).map(|(a, b)| a.max(b));
    }
    let (mut open, mut closed) = (0_usize, 0_usize);
    for (file, left) in last {
        let Some(left) = left else { continue };
        if office.book().file_state(file).await? != book::FileState::Open {
            closed += 1;
        } else if days_between(left, office.today()) > CLOSE_DAYS {
            open += 1;
        }
    }
    let evidence = format!("{} closed.", many(closed, "file of somebody who left is", "files of people who left are"));
    Ok(match (closed + open, open) {
        (0, _) => Measure::new(Standing::NotMeasured, "Nobody has left yet.", ""),
        (_, 0) => Measure::new(Standing::Kept, "Whoever left has a closed file whose time runs.", evidence),
        (_, open) => {
            let words = many(open, "person left", "people left");
            let words = format!("{words} more than {CLOSE_DAYS} days ago, and the file is still open.");
            Measure::new(Standing::NotKept, words, evidence)
        }
    })
}

/// Whether files whose time is over are decided on, and what keeps some longer is looked at again.
pub(super) async fn disposed(office: &Office, house: &House) -> Result<Measure, Stopped> {
    let today = office.today();
    let (mut waiting, mut overdue, mut kept, mut under_way) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (until, stands) in due_lines(office, house).await? {
        match stands {
            DisposalStands::Kept(_) => kept += 1,
            DisposalStands::PutForward | DisposalStands::Agreed(_) => under_way += 1,
            DisposalStands::Due => {
                waiting += 1;
                overdue += usize::from(days_between(until, today) > DECIDE_DAYS);
            }
        }
    }
    let reviews = office.book().due_of_kind(Kind::Hold, office.now()).await?.len();
    let done = office.book().count_kind(Kind::Disposal).await?.into_iter().map(|(_, count)| count).sum::<u64>();
    let evidence = format!("{waiting} to decide, {under_way} under way, {kept} kept for a reason, {done} destroyed.");
    Ok(match (overdue, waiting, reviews) {
        (0, 0, 0) if under_way + kept == 0 && done == 0 => {
            Measure::new(Standing::NotMeasured, "No file’s time is over yet.", "")
        }
        (0, 0, 0) => Measure::new(Standing::Kept, "No file is kept past its time without a reason.", evidence),
        (0, 0, reviews) => {
            let words = many(reviews, "reason to keep a file longer is", "reasons to keep a file longer are");
            Measure::new(Standing::Slipping, format!("{words} to be looked at again."), evidence)
        }
        (0, waiting, _) => {
            let words = many(waiting, "file’s time is", "files’ time is");
            Measure::new(Standing::Slipping, format!("{words} over, and nobody has decided."), evidence)
        }
        (overdue, ..) => {
            let words = many(overdue, "file was", "files were");
            let words = format!("{words} kept more than {DECIDE_DAYS} days past the time without a reason.");
            Measure::new(Standing::NotKept, words, evidence)
        }
    })
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}
