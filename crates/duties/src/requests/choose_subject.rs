//! Finds the person whose data is asked for, before a request is recorded.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::people::PersonClass;
use records::{Card, Content, FileId, Purpose};

use crate::office::Office;
use crate::permit::{SignedIn, file_facts};
use crate::stopped::Stopped;

/// How many people a search looks at.
const LOOKED_AT: usize = 60;

/// Somebody who may be the subject.
#[derive(Clone, Debug)]
pub struct FoundSubject {
    /// Their file.
    pub file: FileId,
    /// Their name.
    pub name: String,
    /// What they are to the charity.
    pub class: PersonClass,
    /// Their day of birth, to tell namesakes apart.
    pub born: Option<Date>,
}

/// The subject of a request about to be recorded.
#[derive(Clone, Debug)]
pub struct ChosenSubject {
    /// Their name.
    pub name: String,
    /// What they are to the charity.
    pub class: PersonClass,
    /// People of their family and network who may be asking: file, name, what they are to the subject.
    pub relatives: Vec<(FileId, String, &'static str)>,
}

/// People whom this member of staff may find, or on whose requests they may work.
pub async fn find_subjects(office: &Office, who: &SignedIn, query: &str) -> Result<Vec<FoundSubject>, Stopped> {
    let operation = office.permit(who, Action::RecordRequest, None, Purpose::Request, "").await?;
    let mut found = Vec::new();
    for hit in office.book().search(query, LOOKED_AT, |_, _| true) {
        let leading = office.leading(hit.file);
        let Some(card) = office.book().card(leading) else { continue };
        if may_know(office, who, leading).await? && found.iter().all(|one: &FoundSubject| one.file != leading) {
            found.push(subject(leading, &card));
        }
    }
    let mut work = office.book().begin(&operation).await?;
    work.act_of_the_house(Act::Searched, u32::try_from(found.len()).unwrap_or(u32::MAX));
    work.commit().await?;
    Ok(found)
}

/// The person that was chosen, with those who may be asking for them. Looking is in the ledger.
pub async fn choose_subject(office: &Office, who: &SignedIn, file: FileId) -> Result<ChosenSubject, Stopped> {
    let file = office.leading(file);
    let operation =
        office.permit(who, Action::RecordRequest, Some(file), Purpose::Request, "a request came in").await?;
    if !may_know(office, who, file).await? {
        return Err(Stopped::NotFound);
    }
    let card = office.book().card(file).ok_or(Stopped::NotFound)?;
    let mut chosen = ChosenSubject { name: card.name.for_page().clone(), class: card.class, relatives: Vec::new() };
    let may_open = office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await
        || office.permit(who, Action::OpenFile, Some(file), Purpose::Support, "").await.is_ok();
    if may_open {
        for opened in office.book().file(&operation, file).await?.records {
            if let Content::Relationship(relationship) = &opened.record.content
                && let Some(other) = office.book().card(relationship.other)
            {
                let name = other.name.for_page().clone();
                chosen.relatives.push((relationship.other, name, relationship.relation.words()));
            }
        }
    }
    Ok(chosen)
}

fn subject(file: FileId, card: &Card) -> FoundSubject {
    FoundSubject {
        file,
        name: card.name.for_page().clone(),
        class: card.class,
        born: card.born.as_ref().map(|born| *born.for_page()),
    }
}

/// Whether somebody may know that this person is in the book.
async fn may_know(office: &Office, who: &SignedIn, file: FileId) -> Result<bool, Stopped> {
    let house = office.house().await?;
    let facts = file_facts(office, &house, file).await?;
    if facts.class == PersonClass::House {
        return Ok(false);
    }
    Ok(office.access().narrow(&who.facts(office.today())).passes(&facts)
        || office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await)
}
