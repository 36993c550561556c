//! Shows the viewings of a request: appointments, hosts, and what was shown. The view is in the ledger first.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::FileId;
use records::requests::Viewing;

use super::{ViewingError, answer_of, may_host, nth, open};
use crate::office::Office;
use crate::permit::SignedIn;
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
    /// Whether whoever looks works on the request, too: plans appointments and calls them off.
    pub may_work: bool,
    who: FileId,
}

impl OnViewings {
    /// The viewing with this number, from 1.
    ///
    /// # Errors
    /// [`Stopped::NotFound`] where there is none, or where somebody who only hosts asks for another's.
    pub fn viewing(&self, number: usize) -> Result<&Viewing, Stopped> {
        let viewing = nth(&self.case.request, number)?;
        if self.may_work || viewing.host == self.who { Ok(viewing) } else { Err(Stopped::NotFound) }
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
    let (case, operation) = open(office, who, reference, Action::ShowAnswer).await?;
    let seen = (case.header.id, case.header.kind);
    office.book().seen(&operation, Act::RecordSeen, case.file, Some(seen)).await?;
    let hosts = may_host(office, case.file).await?;
    let may_work = case.permit(office, who, Action::WorkOnRequest).await.is_ok();
    let (opened, answer, obstacle) = answer_of(office, case).await?;
    let positions = answer.seen.items.iter().map(|item| item.position).collect();
    Ok(OnViewings { case: opened.case, obstacle, today: operation.today(), positions, hosts, may_work, who: who.file })
}
