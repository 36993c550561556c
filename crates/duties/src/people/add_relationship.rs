//! Who belongs to whom: written into both files at once, so that each tells of the other.

use access::Action;
use book::{Act, Filing, OpenFile};
use records::people::{ParentalResponsibility, Relation, Relationship};
use records::{Card, Content, FileId, Kind, PersonClass, Personal, Provenance, Record, RecordId, Source, State};

use crate::office::Office;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// How somebody belongs to a person, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewRelationship {
    /// The other person. Field `other`.
    pub other: FileId,
    /// What the other is to this person. Field `relation`.
    pub relation: Relation,
    /// Where the other is this person's child: what this person is to the child. Field `this-is`.
    pub this_is: Option<Relation>,
    /// Whether the adult of the two has parental responsibility for the child.
    pub parental_responsibility: ParentalResponsibility,
    /// What was seen as evidence. Field `remarks`.
    pub remarks: String,
    /// Whether they live together.
    pub same_household: bool,
    /// From whom the charity has it.
    pub source: Source,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum RelationshipError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
    /// These two are linked already.
    #[error("these two people are linked already")]
    Already,
}

impl From<book::BookError> for RelationshipError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Links two people, in both files. A parent or carer becomes visible at the services of the child in their care.
///
/// # Errors
/// [`RelationshipError`]; nothing is saved then.
pub async fn add_relationship(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewRelationship,
) -> Result<RecordId, RelationshipError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    // The other file is written, too; a file that is not open to the writer looks like none.
    office.permit(who, Action::ChangePerson, Some(new.other), why.purpose, &why.reason).await?;
    if new.other == file {
        return Err(RelationshipError::Wrong(vec![(
            "other",
            "Choose somebody else: this is the same person".to_owned(),
        )]));
    }
    let (here, there) = both_sides(&new, file).map_err(RelationshipError::Wrong)?;
    let opened = office.book().file_in_passing(file).await?;
    let other = office.book().file_in_passing(new.other).await?;
    if current(&opened).any(|(_, relationship)| relationship.other == new.other) {
        return Err(RelationshipError::Already);
    }
    let provenance = Provenance { source: new.source, ..Provenance::from_the_work(Some(who.file), operation.now) };
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(provenance.clone(), Content::Relationship(here));
    let id = work.add(Act::Linked, file, &record, Filing::default()).await?;
    let mirror = Record::new(provenance, Content::Relationship(there));
    work.add(Act::Linked, new.other, &mirror, Filing::default()).await?;
    for (carer, child) in [(&opened, &other), (&other, &opened)] {
        if let Some(card) = carer_at_services_of(carer, child) {
            work.set_card(carer.file, card).await?;
        }
    }
    work.commit().await?;
    Ok(id)
}

/// Takes a link between two people away, in both files; it stays as history.
///
/// # Errors
/// [`RelationshipError`]; [`Stopped::Conflict`] where somebody changed it first.
pub async fn end_relationship(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    relationship: (RecordId, u32),
) -> Result<(), RelationshipError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let opened = office.book().file_in_passing(file).await?;
    let (was, other) = current(&opened)
        .find(|(was, _)| was.header.id == relationship.0)
        .map(|(was, found)| (was, found.other))
        .ok_or(Stopped::NotFound)?;
    if was.header.version != relationship.1 {
        return Err(Stopped::Conflict.into());
    }
    office.permit(who, Action::ChangePerson, Some(other), why.purpose, &why.reason).await?;
    let there = office.book().file_in_passing(other).await?;
    let mut work = office.book().begin(&operation).await?;
    work.change(Act::Unlinked, &was.header, &was.record, Filing::in_state(State::Superseded)).await?;
    for (mirror, _) in current(&there).filter(|(_, found)| found.other == file) {
        work.change(Act::Unlinked, &mirror.header, &mirror.record, Filing::in_state(State::Superseded)).await?;
    }
    work.commit().await?;
    Ok(())
}

fn current(file: &OpenFile) -> impl Iterator<Item = (&book::Opened, &Relationship)> {
    file.of_kind(Kind::Relationship).filter(|opened| opened.header.state != State::Superseded).filter_map(|opened| {
        match &opened.record.content {
            Content::Relationship(relationship) => Some((opened, relationship)),
            _ => None,
        }
    })
}

/// The carer's card with the services of the child, where the two are a carer and a child: staff at the child's
/// service may then open the carer's file (K9).
pub(crate) fn carer_at_services_of(carer: &OpenFile, child: &OpenFile) -> Option<Card> {
    if carer.class != PersonClass::Carer || child.class != PersonClass::Child {
        return None;
    }
    let mut card = carer.card.clone();
    let before = card.services.len();
    for service in &child.card.services {
        if !card.services.contains(service) {
            card.services.push(*service);
        }
    }
    (card.services.len() > before).then_some(card)
}

fn both_sides(new: &NewRelationship, file: FileId) -> Result<(Relationship, Relationship), FieldErrors> {
    let mut reading = Reading::default();
    let remarks = reading.keep("remarks", entered::text(&new.remarks)).flatten().map(Personal::new);
    let is_child = new.relation == Relation::Child;
    let mirror = if is_child {
        match new.this_is {
            Some(Relation::Child) | None => {
                reading.wrong("this-is", "Choose what this person is to the child");
                Relation::Other
            }
            Some(relation) => relation,
        }
    } else {
        new.relation.seen_from_the_other_side()
    };
    let is_adult_there = mirror == Relation::Child;
    if new.parental_responsibility == ParentalResponsibility::Yes && !is_child && !is_adult_there {
        reading
            .wrong("parental-responsibility", "Only somebody who cares for the child can have parental responsibility");
    }
    reading.finish()?;
    let side = |other, relation, answers_here: bool| Relationship {
        other,
        relation,
        parental_responsibility: if answers_here { new.parental_responsibility } else { ParentalResponsibility::No },
        remarks: if answers_here { remarks.clone() } else { None },
        same_household: new.same_household,
    };
    // The answer stands in the child's file, where it is about the adult.
    Ok((side(new.other, new.relation, !is_child), side(file, mirror, is_child)))
}
