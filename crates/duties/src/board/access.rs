//! What is counted of the promises around requests for access: who got an answer, what came of what they asked, whom else
//! was asked, and whether letters reach people.

use records::requests::AccessRequest;
use records::{Content, Kind};

use super::measures::{Measure, many};
use super::see_board::Standing;
use crate::office::Office;
use crate::stopped::Stopped;

/// A letter that lies unsent for so many days is no letter.
const LETTER_DAYS: i64 = 3;

/// Answers that went out: was it settled who asked, and by what right (K19, T21, T22)?
pub(super) async fn settled(office: &Office) -> Result<Measure, Stopped> {
    let (mut sound, mut unsound) = (0_usize, Vec::new());
    for found in office.book().all_of_kind(Kind::AccessRequest).await? {
        let Content::AccessRequest(request) = found.record.content else { continue };
        if request.release.is_none() {
            continue;
        }
        if is_settled(&request) {
            sound += 1;
        } else {
            unsound.push(request.reference);
        }
    }
    let evidence = format!("{} went out.", many(sound + unsound.len(), "answer", "answers"));
    let mut measure = match (sound, unsound.len()) {
        (0, 0) => Measure::new(Standing::NotMeasured, "No answer has gone out yet.", ""),
        (_, 0) => Measure::new(
            Standing::Kept,
            "Every answer went to somebody whose identity and right were settled.",
            evidence,
        ),
        (_, count) => {
            let words = format!("{} out without that.", many(count, "answer went", "answers went"));
            Measure::new(Standing::NotKept, words, evidence)
        }
    };
    measure.exceptions = unsound;
    Ok(measure)
}

fn is_settled(request: &AccessRequest) -> bool {
    let known =
        request.known_because.is_some() || request.identity.as_ref().is_some_and(|asked| asked.received.is_some());
    let right = request.requester.as_ref().is_none_or(|requester| requester.authority.is_some());
    known && right
}

/// What people asked about their answer or wanted changed: settled in time (K22, T31).
pub(super) async fn wishes(office: &Office) -> Result<Measure, Stopped> {
    let now = office.now();
    let (mut open, mut late, mut settled) = (0_usize, 0_usize, 0_usize);
    for found in office.book().all_of_kind(Kind::Wish).await? {
        let Content::Wish(wish) = found.record.content else { continue };
        if wish.outcome.is_some() {
            settled += 1;
            continue;
        }
        open += 1;
        late += usize::from(found.header.due.is_some_and(|due| due < now));
    }
    let evidence = format!("{open} open, {settled} settled.");
    Ok(match (open + settled, late) {
        (0, _) => Measure::new(Standing::NotMeasured, "Nobody has asked for a change yet.", ""),
        (_, 0) => Measure::new(Standing::Kept, "Nothing that somebody wanted changed waits past its day.", evidence),
        (_, late) => {
            let words = format!("{} past the day.", many(late, "question or change is", "questions or changes are"));
            Measure::new(Standing::NotKept, words, evidence)
        }
    })
}

/// Whoever told something in confidence: asked, and weighed, or still closed (K25).
pub(super) async fn consultations(office: &Office) -> Result<Measure, Stopped> {
    let today = office.today();
    let (mut waiting, mut overdue, mut weighed) = (0_usize, 0_usize, 0_usize);
    for found in office.book().all_of_kind(Kind::Consultation).await? {
        let Content::Consultation(asked) = found.record.content else { continue };
        if asked.weighed.is_some() {
            weighed += 1;
        } else {
            waiting += 1;
            overdue += usize::from(asked.reply_by < today);
        }
    }
    let evidence = format!("{waiting} waiting, {weighed} weighed.");
    Ok(match (waiting + weighed, overdue) {
        (0, _) => Measure::new(Standing::NotMeasured, "Nobody had to be asked yet.", ""),
        (_, 0) => Measure::new(Standing::Kept, "Nobody who was asked is past the day for an answer.", evidence),
        (_, late) => {
            let words =
                format!("{} longer than asked for; chase them or decide.", many(late, "answer takes", "answers take"));
            Measure::new(Standing::Slipping, words, evidence)
        }
    })
}

/// Whether letters reach people by the way that they prefer (K2).
pub(super) async fn letters(office: &Office) -> Result<Measure, Stopped> {
    let now = office.now();
    let (mut sent, mut failed, mut lying) = (0_usize, 0_usize, 0_usize);
    for found in office.book().all_of_kind(Kind::Letter).await? {
        let Content::Letter(letter) = found.record.content else { continue };
        if letter.sent.is_some() {
            sent += 1;
        } else if letter.mail.as_ref().is_some_and(records::mailing::Mailing::failed) {
            failed += 1;
        } else if letter.is_to_send() {
            let days = now.duration_since(found.header.opened).as_hours() / 24;
            lying += usize::from(days >= LETTER_DAYS);
        }
    }
    let evidence = format!("{sent} sent.");
    Ok(match (sent, failed, lying) {
        (0, 0, 0) => Measure::new(Standing::NotMeasured, "No letter has gone out yet.", ""),
        (_, 0, 0) => Measure::new(Standing::Kept, "No letter came back, and none lies unsent.", evidence),
        (_, 0, lying) => {
            let words = format!("{} unsent for {LETTER_DAYS} days or more.", many(lying, "letter lies", "letters lie"));
            Measure::new(Standing::Slipping, words, evidence)
        }
        (_, failed, _) => {
            let words = format!("{} not reach anybody.", many(failed, "letter did", "letters did"));
            Measure::new(Standing::NotKept, words, evidence)
        }
    })
}
