//! How one letter can go out, worked out from where it would go today.

use book::Act;
use records::mailing::Mailing;
use records::people::Channel;
use records::{Kind, RecordId};

use super::affair::{Affair, AffairKind, Written};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::{Addressee, Certainty};
use crate::stopped::Stopped;

/// What can be done with a letter that has not gone out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It went out.
    Out,
    /// It waits in the outbox.
    InTheOutbox,
    /// It may be mailed to this address.
    Mail(String),
    /// It goes by post, or by hand.
    Paper,
    /// It was written to another address than the one that may be used today.
    AddressChanged,
    /// Nobody has said that the e-mail address is safe to use.
    NotKnownSafe,
    /// It would go by e-mail, and no mail server is set up.
    NoServer,
}

/// Works it out.
pub async fn sending(office: &Office, affair: &Affair, written: &Written) -> Result<Sending, Stopped> {
    let letter = &written.letter;
    if letter.sent.is_some() {
        return Ok(Sending::Out);
    }
    if letter.mail.as_ref().is_some_and(Mailing::waits) {
        return Ok(Sending::InTheOutbox);
    }
    let to = affair.addressee_for(office, written).await?;
    if to.lines().join("\n") != *letter.to.for_paper() {
        return Ok(Sending::AddressChanged);
    }
    Ok(match address(&to) {
        _ if to.channel != Channel::Email => Sending::Paper,
        None => Sending::NotKnownSafe,
        Some(_) if office.carrier().is_none() => Sending::NoServer,
        Some(address) => Sending::Mail(address),
    })
}

/// The one e-mail address that may be used, if there is one.
pub(super) fn address(to: &Addressee) -> Option<String> {
    let sure = matches!(to.certainty, Certainty::Safe | Certainty::AsGiven);
    match to.place.as_slice() {
        [address] if sure && to.channel == Channel::Email => Some(address.clone()),
        _ => None,
    }
}

/// Opens one letter of a request or complaint; the ledger has it first.
pub async fn view_letter(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
    letter: RecordId,
) -> Result<(Affair, Written), Stopped> {
    let affair = Affair::open(office, who, kind, reference).await?;
    office.book().seen(affair.operation(), Act::RecordSeen, affair.file(), Some((letter, Kind::Letter))).await?;
    let written = affair.letter(office, letter).await?;
    Ok((affair, written))
}
