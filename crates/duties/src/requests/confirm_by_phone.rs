//! Telephones to make sure that the person did ask (T23): at a number that the file had before the request came, never at
//! the one that stands in the request.

use book::{Act, OpenFile};
use jiff::civil::Date;
use records::operation::london_day;
use records::people::{Channel, Safe};
use records::standing::PhoneCheck;
use records::{Content, Personal, State};

use super::case::Case;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A number that may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// By what it is chosen in a form.
    pub key: String,
    /// The number.
    pub value: Personal<String>,
    /// What to mind; empty for nothing.
    pub mind: String,
}

/// A call, as it was written down.
#[derive(Clone, Debug)]
pub struct NewCall {
    /// The key of the number.
    pub number: String,
    /// Whether they said that it was them; none where nothing was chosen.
    pub confirmed: Option<bool>,
    /// What was said.
    pub said: String,
    /// The day.
    pub on: Date,
}

/// Why a call was not noted.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The number does not stand in the file, or came with the request.
    #[error("Choose a number that the file had before the request came. The one in the request proves nothing.")]
    Number,
    /// Nothing was chosen.
    #[error("Say whether it was them who asked.")]
    NotChosen,
    /// Nothing was said about the call.
    #[error("Write down who answered and what they said.")]
    NoWords,
    /// A date that cannot be.
    #[error("Enter the day of the call: from the day on which the request came to today.")]
    Date,
    /// The request is over.
    #[error("This request is over. Nobody is called for it any more.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The numbers that may be called: those of whoever asks, noted before the request was taken in, and not unsafe.
pub async fn numbers(office: &Office, who: &SignedIn, reference: &str) -> Result<Vec<Number>, Stopped> {
    let case = Case::to_work_on(office, who, reference).await?;
    numbers_of(office, &case).await
}

async fn numbers_of(office: &Office, case: &Case) -> Result<Vec<Number>, Stopped> {
    let asks = match &case.request.requester {
        None => Some(case.file()),
        Some(requester) => requester.file,
    };
    let Some(asks) = asks else { return Ok(Vec::new()) };
    let file = office.person_in_passing(asks).await?;
    Ok(known_before(&file, case.request.received))
}

/// Numbers that stood in the file before the day on which the request came. Later ones may be from the request.
fn known_before(file: &OpenFile, received: Date) -> Vec<Number> {
    let fits = |one: &&book::Opened| {
        let header = &one.header;
        header.state != State::Superseded && header.version == 1 && london_day(header.opened) < received
    };
    let number = |one: &book::Opened| match &one.record.content {
        Content::Contact(contact) if contact.channel == Channel::Phone && contact.safe != Safe::No => Some(Number {
            key: one.header.id.to_string(),
            value: contact.value.clone(),
            mind: contact.mind.as_ref().map(|mind| mind.for_page().clone()).unwrap_or_default(),
        }),
        _ => None,
    };
    file.records.iter().filter(fits).filter_map(number).collect()
}

/// Notes a call. A "no" is kept as well: whoever reads the case must see it.
pub async fn confirm_by_phone(office: &Office, who: &SignedIn, reference: &str, new: NewCall) -> Result<(), CallError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(CallError::Over);
    }
    let number = numbers_of(office, &case).await?.into_iter().find(|number| number.key == new.number);
    let number = number.ok_or(CallError::Number)?;
    let confirmed = new.confirmed.ok_or(CallError::NotChosen)?;
    if new.said.trim().is_empty() {
        return Err(CallError::NoWords);
    }
    if new.on < case.request.received || new.on > case.today() {
        return Err(CallError::Date);
    }
    case.request.phone_checks.push(PhoneCheck {
        on: new.on,
        number: number.value,
        confirmed,
        said: Personal::new(new.said.trim().to_owned()),
        by: case.operation.actor.staff(),
    });
    case.happened(if confirmed {
        "Telephoned, at a number that the file had before: they did ask."
    } else {
        "Telephoned, at a number that the file had before: it was not them who asked. Nothing is released."
    });
    Ok(case.save(office, Act::IdentityChecked).await?)
}
