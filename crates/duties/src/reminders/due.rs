//! What is due for somebody, without a name.

use jiff::civil::{Date, Time};

use crate::office::{Office, Staff};
use crate::permit::SignedIn;
use crate::stopped::Stopped;
use crate::today::see_today;

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    /// What kind of thing it is: "Access request".
    pub kind: &'static str,
    /// Its reference.
    pub reference: String,
    /// The day.
    pub due: Date,
    /// The time, for an appointment; what is due is due all day.
    pub at: Option<Time>,
}

/// Somebody as their own programs see what is due for them: no page, no step up.
pub(super) fn in_absence(staff: &Staff) -> SignedIn {
    SignedIn {
        file: staff.file,
        session: String::new(),
        name: staff.name.clone(),
        account: staff.account.clone(),
        stepped_up: false,
    }
}

/// What is due for somebody, the earliest first: what Today shows them with a day, and what is theirs or nobody's.
pub async fn due_lines(office: &Office, who: &SignedIn) -> Result<Vec<DueLine>, Stopped> {
    let today = match see_today(office, who).await {
        Ok(today) => today,
        Err(Stopped::NotFound) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    let mut lines = Vec::new();
    let line = |kind, reference: &str, due| DueLine { kind, reference: reference.to_owned(), due, at: None };
    for request in &today.requests {
        let theirs = request.owner.as_ref().is_none_or(|(owner, _)| *owner == who.file);
        if let (Some(due), true) = (request.due.on, theirs) {
            lines.push(line("Access request", &request.reference, due));
        }
    }
    for complaint in &today.complaints {
        lines.extend(complaint.due.map(|due| line("Complaint", &complaint.reference, due)));
    }
    lines.extend(today.wishes.iter().map(|(reference, _, due)| line("Question or change", reference, *due)));
    let asked = today.consultations.iter();
    lines.extend(asked.map(|asked| line("Answer of somebody asked", &asked.reference, asked.reply_by)));
    lines.extend(
        today
            .hosting
            .iter()
            .map(|one| DueLine { at: Some(one.planned.time()), ..line("Viewing", &one.reference, one.planned.date()) }),
    );
    lines.sort_by(|one, two| (one.due, &one.reference).cmp(&(two.due, &two.reference)));
    Ok(lines)
}
