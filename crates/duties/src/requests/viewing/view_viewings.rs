//! Shows the viewings of a request: appointments, hosts, and what was shown. The view is in the ledger first.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::FileId;
use records::requests::Viewing;

use super::{ViewingError, answer_of, nth, open};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::may_own;
use crate::requests::review::Case;
use crate::stopped::Stopped;

/// The viewings of a request, opened to be looked at.
pub struct OnViewings {
    /// The request.
    pub case: Case,
    /// What forbids to show the answer now; none where it can be shown.
    pub obstacle: Option<ViewingError>,
    /// The day on which it is looked at.
    pub today: Date,
    /// The places of the items that are shown, in their order.
    pub positions: Vec<u32>,
    /// Who may be the host.
    pub hosts: Vec<(FileId, String)>,
}

impl OnViewings {
    /// The viewing with this number, from 1.
    ///
    /// # Errors
    /// [`Stopped::NotFound`] where there is none.
    pub fn viewing(&self, number: usize) -> Result<&Viewing, Stopped> {
        nth(&self.case.request, number)
    }

    /// The turn at which a viewing stands: that of the item shown last, or the first.
    pub fn turn(&self, viewing: &Viewing) -> usize {
        let last = viewing.shown.last();
        let place = last.and_then(|shown| self.positions.iter().position(|position| *position == shown.position));
        place.map_or(1, |index| index + 1)
    }
}

/// Opens the viewings of a request to look at them.
///
/// # Errors
/// [`Stopped`], also where the policy in force does not offer viewings.
pub async fn view_viewings(office: &Office, who: &SignedIn, reference: &str) -> Result<OnViewings, Stopped> {
    let (case, operation) = open(office, who, reference, Action::WorkOnRequest).await?;
    let seen = (case.header.id, case.header.kind);
    office.book().seen(&operation, Act::RecordSeen, case.file, Some(seen)).await?;
    let hosts = may_own(office, case.file).await?;
    let (opened, answer, obstacle) = answer_of(office, case).await?;
    let positions = answer.seen.items.iter().map(|item| item.position).collect();
    Ok(OnViewings { case: opened.case, obstacle, today: operation.today(), positions, hosts })
}
