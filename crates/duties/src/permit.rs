//! May this person do this, to this file, for this purpose? Every use case asks here first.

use access::{Action, ActorFacts, Circumstances, FileFacts};
use book::FileState;
use jiff::civil::Date;
use records::staff::Account;
use records::{FileId, Kind, Operation, Purpose};

use crate::office::{House, Office};
use crate::stopped::Stopped;

/// Somebody who is signed in, as a page knows them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Their file.
    pub file: FileId,
    /// The digest of their session's token.
    pub session: String,
    /// Their name, for pages.
    pub name: String,
    /// Their account.
    pub account: Account,
    /// Whether they proved the second factor lately, for history.
    pub stepped_up: bool,
}

impl SignedIn {
    /// What the rules of access know of them on a day.
    pub fn facts(&self, day: Date) -> ActorFacts {
        ActorFacts { stepped_up: self.stepped_up, ..ActorFacts::from_account(self.file, &self.account, day) }
    }
}

/// What the rules of access know of a person's file: from the card and the row, nothing is opened.
pub async fn file_facts(office: &Office, house: &House, file: FileId) -> Result<FileFacts, Stopped> {
    let card = office.book().card(file).ok_or(Stopped::NotFound)?;
    let state = match office.book().file_state(file).await? {
        FileState::Open => access::FileState::Open,
        FileState::Closed => access::FileState::Closed,
        FileState::Archived => access::FileState::Archived,
        FileState::Restricted => access::FileState::Restricted,
        FileState::Erased => access::FileState::Erased,
    };
    let mut on_hold = false;
    for own in office.files_of(file) {
        on_hold = on_hold || office.book().count_open_in(own, Kind::Hold).await? > 0;
    }
    let today = office.today();
    let named_to = house
        .staff
        .values()
        .filter(|staff| staff.account.grants_on(today).any(|grant| grant.file == Some(file)))
        .map(|staff| staff.file)
        .collect();
    Ok(FileFacts {
        file,
        class: card.class,
        services_ever: card.services.clone(),
        services_now: card.services,
        state,
        on_hold,
        named_to,
    })
}

impl Office {
    /// Asks the rules of access. Yes comes back as the operation under which the deed is done.
    pub async fn permit(
        &self,
        who: &SignedIn,
        action: Action,
        on: Option<FileId>,
        purpose: Purpose,
        reason: &str,
    ) -> Result<Operation, Stopped> {
        self.permit_in(who, action, on, Circumstances::of(purpose), reason).await
    }

    /// The same where the request in hand matters (who worked on it, whether it waits for the second person).
    pub async fn permit_in(
        &self,
        who: &SignedIn,
        action: Action,
        on: Option<FileId>,
        moment: Circumstances,
        reason: &str,
    ) -> Result<Operation, Stopped> {
        let house = self.house().await?;
        let facts = match on {
            Some(file) => Some(file_facts(self, &house, file).await?),
            None => None,
        };
        let moment = Circumstances {
            reason_given: moment.reason_given || !reason.trim().is_empty(),
            requests_go_to: moment.requests_go_to.or_else(|| crate::requests::staff_role(house.settings())),
            ..moment
        };
        let actor = who.facts(self.today());
        let decision = self.access().decide(&actor, action, facts.as_ref(), &moment);
        if decision.allowed {
            return Ok(Operation::by_staff(who.file, moment.purpose, reason, self.now()));
        }
        Err(match decision.needs {
            // Both at once: the second factor first, since without it no reason helps.
            Some(needs) if needs.step_up() => Stopped::NeedsStepUp,
            Some(needs) if needs.reason() => Stopped::NeedsReason,
            _ => Stopped::NotFound,
        })
    }

    /// Whether the rules would say yes, now or with a reason: for showing or leaving out a button. Never instead of
    /// [`Office::permit`].
    pub async fn would_permit(&self, who: &SignedIn, action: Action, on: Option<FileId>, purpose: Purpose) -> bool {
        !matches!(self.permit(who, action, on, purpose, "").await, Err(Stopped::NotFound | Stopped::Store(_)))
    }
}
