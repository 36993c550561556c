//! A row whose person is in the book already: who may see that, and what is empty in their file filled in.

use access::Action;
use book::{Act, Filing, Work};
use records::people::{Channel, Identity};
use records::{Content, FileId, Kind, Personal, Provenance, Record, RecordId};

use super::likely::{Likely, Same};
use super::problem::{Checked, ImportError, Options};
use super::row::Row;
use crate::office::Office;
use crate::people::card::{current_contacts, with_contacts, with_identity};
use crate::people::why::purposes;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The likely duplicates whose files are open to somebody. What is not open to them is not told.
///
/// # Errors
/// What stops any use case.
pub async fn likely_to(office: &Office, who: &SignedIn, checked: &Checked) -> Result<Vec<Likely>, Stopped> {
    let mut open = Vec::new();
    for likely in &checked.likely {
        match purposes(office, who, Action::OpenFile, likely.file).await {
            Ok(_) => open.push(likely.clone()),
            Err(Stopped::NotFound) => {}
            Err(stopped) => return Err(stopped),
        }
    }
    Ok(open)
}

/// Refuses choices that name somebody else than the check found, or whose file somebody may not open or change.
pub(super) async fn check_choices(
    office: &Office,
    who: &SignedIn,
    checked: &Checked,
    options: &Options,
) -> Result<(), ImportError> {
    for (row, same) in &options.same {
        let Some(file) = same.file() else { continue };
        let action = if matches!(same, Same::Update(_)) { Action::ChangePerson } else { Action::OpenFile };
        match purposes(office, who, action, file).await {
            Ok(_) if checked.likely.iter().any(|likely| likely.row == *row && likely.file == file) => {}
            Ok(_) | Err(Stopped::NotFound) => return Err(ImportError::NotThem(*row)),
            Err(stopped) => return Err(stopped.into()),
        }
    }
    Ok(())
}

/// What was written into a file that was there before.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub added: Vec<(FileId, RecordId)>,
    pub changed: Vec<(FileId, RecordId, u32)>,
}

/// Fills in what is empty: in the identity, and ways to reach somebody of a sort of which the file has none.
pub(super) async fn fill_in(
    office: &Office,
    work: &mut Work,
    file: FileId,
    row: &Row,
    provenance: &Provenance,
) -> Result<Filled, ImportError> {
    let mut filled = Filled::default();
    let opened = office.book().file_in_passing(file).await?;
    let mut card = opened.card.clone();
    let identity = opened.of_kind(Kind::Identity).last();
    if let Some((was, Content::Identity(before))) = identity.map(|was| (was, &was.record.content)) {
        let after = together(before, &row.identity);
        if after != *before {
            card = with_identity(&card, &after);
            let filing = Filing { topic: was.header.topic, state: Some(was.header.state), due: was.header.due };
            let record = Record::new(provenance.clone(), Content::Identity(after));
            let header = work.change(Act::PersonChanged, &was.header, &record, filing).await?;
            filled.changed.push((file, header.id, header.version));
        }
    }
    let has: Vec<Channel> = current_contacts(&opened).map(|(_, contact)| contact.channel).collect();
    let missing: Vec<_> = row.contacts.iter().filter(|contact| !has.contains(&contact.channel)).collect();
    for contact in &missing {
        let record = Record::new(provenance.clone(), Content::Contact((*contact).clone()));
        let id = work.add(Act::RecordAdded, file, &record, Filing::default()).await?;
        filled.added.push((file, id));
    }
    card = with_contacts(&card, current_contacts(&opened).map(|(_, contact)| contact).chain(missing.iter().copied()));
    if card != opened.card {
        work.set_card(file, card).await?;
    }
    Ok(filled)
}

/// What the file says, with what only the row knows.
fn together(file: &Identity, row: &Identity) -> Identity {
    let or = |file: &Option<Personal<String>>, row: &Option<Personal<String>>| file.clone().or_else(|| row.clone());
    let mut former = file.former.clone();
    if *row.name.for_search() != *file.name.for_search() && !former.contains(&row.name) {
        former.push(row.name.clone());
    }
    former.extend(row.former.iter().filter(|name| !file.former.contains(name)).cloned());
    Identity {
        name: file.name.clone(),
        preferred: or(&file.preferred, &row.preferred),
        former,
        born: file.born.clone().or_else(|| row.born.clone()),
        pronouns: or(&file.pronouns, &row.pronouns),
        language: or(&file.language, &row.language),
        number: or(&file.number, &row.number),
    }
}
