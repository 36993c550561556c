//! What waits in the outbox, what came back, and what went out of late, for those who work on it.

use access::Action;
use jiff::Timestamp;
use records::mailing::MailEnd;
use records::{Content, Kind, Purpose, RecordId};

use super::affair::AffairKind;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// How long a letter that went out stays in the list.
const SHOWN_FOR_HOURS: i64 = 14 * 24;

/// One letter.
#[derive(Clone, Debug)]
pub struct OutboxLine {
    /// What it belongs to.
    pub kind: AffairKind,
    /// Its reference.
    pub reference: String,
    /// The letter's record.
    pub letter: RecordId,
    /// What it is.
    pub words: &'static str,
    /// When it was put there.
    pub queued: Timestamp,
    /// How often it was tried.
    pub tries: usize,
    /// What the server said last.
    pub said: String,
    /// When it is tried next.
    pub next: Option<Timestamp>,
    /// How it ended.
    pub end: Option<MailEnd>,
}

/// The outbox: what failed first, then what waits, then what went out.
pub async fn outbox(office: &Office, who: &SignedIn) -> Result<Vec<OutboxLine>, Stopped> {
    office.permit(who, Action::SeeRequests, None, Purpose::Request, "").await?;
    let now = office.now();
    let mut lines = Vec::new();
    for opened in office.book().all_of_kind(Kind::Letter).await? {
        let Content::Letter(letter) = opened.record.content else { continue };
        let (Some(mail), Some(affair)) = (letter.mail, letter.request) else { continue };
        let last = mail.tries.last();
        let old = now.duration_since(last.map_or(mail.queued, |last| last.at)).as_hours() > SHOWN_FOR_HOURS;
        let file = opened.header.file;
        if (old && !mail.waits() && !mail.failed())
            || !office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await
        {
            continue;
        }
        let (kind, reference) = match office.book().record_in_passing(file, affair).await?.record.content {
            Content::AccessRequest(request) => (AffairKind::Request, request.reference),
            Content::Complaint(complaint) => (AffairKind::Complaint, complaint.reference),
            _ => continue,
        };
        lines.push(OutboxLine {
            kind,
            reference,
            letter: opened.header.id,
            words: letter.letter.words(),
            queued: mail.queued,
            tries: mail.tries.len(),
            said: last.map(|last| last.said.for_page().clone()).unwrap_or_default(),
            next: mail.next,
            end: mail.end,
        });
    }
    lines.sort_by_key(|line| (rank(line.end), std::cmp::Reverse(line.queued)));
    Ok(lines)
}

const fn rank(end: Option<MailEnd>) -> u8 {
    match end {
        Some(MailEnd::CameBack | MailEnd::AddressChanged) => 0,
        None => 1,
        Some(MailEnd::Sent | MailEnd::TakenOut) => 2,
    }
}
