//! A person's card from the records of the file: what lists and searches know.

use book::OpenFile;
use records::people::{Channel, ContactDetail, Identity};
use records::{Card, Content, State};

/// The card with what the identity says.
pub fn with_identity(card: &Card, identity: &Identity) -> Card {
    Card {
        name: identity.name.clone(),
        preferred: identity.preferred.clone(),
        former: identity.former.clone(),
        born: identity.born.clone(),
        ..card.clone()
    }
}

/// The card with the postcode that counts: of the preferred current address, else of the newest.
pub fn with_contacts<'a>(card: &Card, current: impl Iterator<Item = &'a ContactDetail>) -> Card {
    let addresses: Vec<_> = current.filter(|c| c.channel == Channel::Post && c.postcode.is_some()).collect();
    let counts = addresses.iter().find(|c| c.preferred).or(addresses.last());
    Card { postcode: counts.and_then(|c| c.postcode.clone()), ..card.clone() }
}

/// The current ways to reach somebody.
pub fn current_contacts(file: &OpenFile) -> impl Iterator<Item = (&records::Header, &ContactDetail)> {
    file.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Contact(contact) if opened.header.state != State::Superseded => Some((&opened.header, contact)),
        _ => None,
    })
}
