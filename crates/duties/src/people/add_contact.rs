//! How to reach somebody: added with the answer to "is it safe to use?", and superseded, never overwritten.

use access::Action;
use book::{Act, Filing, OpenFile, Work};
use records::people::{Channel, ContactDetail, Safe};
use records::{Content, FileId, Header, Personal, Provenance, Record, RecordId, Source, State};

use crate::office::Office;
use crate::people::card::{current_contacts, with_contacts};
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A way to reach somebody, as typed.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// By what.
    pub channel: Channel,
    /// The address without its postcode, the number or the e-mail. Field `value`.
    pub value: String,
    /// The postcode, for addresses. Field `postcode`.
    pub postcode: String,
    /// Is it safe to use?
    pub safe: Safe,
    /// What to mind. Field `mind`.
    pub mind: String,
    /// Whether the person likes to be reached this way best.
    pub preferred: bool,
    /// From whom the charity has it.
    pub source: Source,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for ContactError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Adds a way to reach somebody.
///
/// # Errors
/// [`ContactError`]; nothing is saved then.
pub async fn add_contact(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewContact,
) -> Result<RecordId, ContactError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let contact = read(&new).map_err(ContactError::Wrong)?;
    let opened = office.book().file_in_passing(file).await?;
    let provenance = Provenance { source: new.source, ..Provenance::from_the_work(Some(who.file), operation.now) };
    let mut work = office.book().begin(&operation).await?;
    if contact.preferred {
        no_longer_preferred(&mut work, &opened).await?;
    }
    let current = current_contacts(&opened)
        .map(|(_, contact)| ContactDetail { preferred: contact.preferred && !new.preferred, ..contact.clone() });
    let after: Vec<_> = current.chain([contact.clone()]).collect();
    let record = Record::new(provenance, Content::Contact(contact));
    let id = work.add(Act::RecordAdded, file, &record, Filing::default()).await?;
    work.set_card(file, with_contacts(&opened.card, after.iter())).await?;
    work.commit().await?;
    Ok(id)
}

/// Marks a way to reach somebody as no longer valid; it stays as history.
///
/// # Errors
/// [`ContactError`]; [`Stopped::Conflict`] where somebody changed it first.
pub async fn supersede_contact(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    contact: (RecordId, u32),
) -> Result<(), ContactError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let opened = office.book().file_in_passing(file).await?;
    let was = opened.record(contact.0).ok_or(Stopped::NotFound)?;
    let is_current = matches!(was.record.content, Content::Contact(_)) && was.header.state != State::Superseded;
    if !is_current {
        return Err(Stopped::NotFound.into());
    }
    if was.header.version != contact.1 {
        return Err(Stopped::Conflict.into());
    }
    let left: Vec<ContactDetail> =
        current_contacts(&opened).filter(|(header, _)| header.id != contact.0).map(|(_, c)| c.clone()).collect();
    let mut work = office.book().begin(&operation).await?;
    work.change(Act::RecordChanged, &was.header, &was.record, Filing::in_state(State::Superseded)).await?;
    work.set_card(file, with_contacts(&opened.card, left.iter())).await?;
    work.commit().await?;
    Ok(())
}

async fn no_longer_preferred(work: &mut Work, opened: &OpenFile) -> Result<(), Stopped> {
    let others: Vec<(&Header, &ContactDetail)> =
        current_contacts(opened).filter(|(_, contact)| contact.preferred).collect();
    for (header, contact) in others {
        let Some(was) = opened.record(header.id) else { continue };
        let changed = ContactDetail { preferred: false, ..contact.clone() };
        let record = Record::new(was.record.provenance.clone(), Content::Contact(changed));
        work.change(Act::RecordChanged, header, &record, Filing::default()).await?;
    }
    Ok(())
}

fn read(new: &NewContact) -> Result<ContactDetail, FieldErrors> {
    let mut reading = Reading::default();
    let value = reading.keep("value", entered::reach(new.channel, &new.value)).unwrap_or_default();
    let postcode = match new.channel {
        Channel::Post => reading.keep("postcode", entered::postcode(&new.postcode)).flatten(),
        Channel::Phone | Channel::Email => None,
    };
    let mind = reading.keep("mind", entered::line(&new.mind)).flatten();
    if new.preferred && new.safe == Safe::No {
        reading.wrong("preferred", "Something that is not safe to use cannot be the way that they like best");
    }
    reading.finish()?;
    Ok(ContactDetail {
        channel: new.channel,
        value: Personal::new(value),
        postcode: postcode.map(Personal::new),
        safe: new.safe,
        mind: mind.map(Personal::new),
        preferred: new.preferred,
    })
}
