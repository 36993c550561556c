//! Facts about health or money: kept only where a service that the person uses needs them (K4).

use access::Action;
use book::{Act, Filing};
use records::catalogue::DataCategory;
use records::work::NeededFact;
use records::{Content, FileId, Personal, Provenance, Record, RecordId, ServiceId, Source};

use crate::office::{House, Office};
use crate::people::Why;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::permit::SignedIn;
use crate::services::enrol::open_enrolments;
use crate::stopped::Stopped;

/// A fact that a service needs, as chosen and typed.
#[derive(Clone, Debug)]
pub struct NewNeededFact {
    /// What it is about: health or money.
    pub about: DataCategory,
    /// The service that needs it. Field `service`.
    pub service: ServiceId,
    /// What is known. Field `text`.
    pub text: String,
    /// Why the service needs it. Field `needed-for`.
    pub needed_for: String,
    /// From whom the charity has it.
    pub source: Source,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum NeededFactError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
    /// The service does not need such facts, so they are not kept.
    #[error("this service does not need facts about {}; nothing was kept", .0.words())]
    NotNeeded(DataCategory),
}

impl From<book::BookError> for NeededFactError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Adds a fact about health or money to a file.
///
/// # Errors
/// [`NeededFactError::NotNeeded`] where the service does not name the category (K4).
pub async fn add_needed_fact(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    new: NewNeededFact,
) -> Result<RecordId, NeededFactError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let house = office.house().await?;
    if let Some(refused) = refused_categories(&house, Some(new.service), &[new.about]).first() {
        return Err(NeededFactError::NotNeeded(*refused));
    }
    let opened = office.book().file_in_passing(file).await?;
    let mut reading = Reading::default();
    let text = reading.keep("text", entered::needed_text(&new.text, "Say what the service must know"));
    let needed_for = reading.keep("needed-for", entered::needed_text(&new.needed_for, "Say why the service needs it"));
    if !open_enrolments(&opened).any(|(_, enrolment)| enrolment.service == new.service) {
        reading.wrong("service", "Choose a service that the person uses now");
    }
    reading.finish().map_err(NeededFactError::Wrong)?;
    let fact = NeededFact {
        service: new.service,
        text: Personal::new(text.unwrap_or_default()),
        needed_for: Personal::new(needed_for.unwrap_or_default()),
    };
    let content = match new.about {
        DataCategory::Health => Content::Health(fact),
        DataCategory::Money => Content::Financial(fact),
        other => return Err(NeededFactError::NotNeeded(other)),
    };
    let provenance = Provenance { source: new.source, ..Provenance::from_the_work(Some(who.file), operation.now) };
    let mut work = office.book().begin(&operation).await?;
    let id = work.add(Act::RecordAdded, file, &Record::new(provenance, content), Filing::default()).await?;
    work.commit().await?;
    Ok(id)
}

/// Of the categories that something touches, those that the service does not need: they are refused (K4). Where no
/// service is named, every category that needs one is refused.
pub fn refused_categories(house: &House, service: Option<ServiceId>, touches: &[DataCategory]) -> Vec<DataCategory> {
    let needs = service.and_then(|id| house.service(id)).map_or(&[][..], |service| &service.needs);
    touches.iter().copied().filter(|about| DataCategory::NEEDED.contains(about) && !needs.contains(about)).collect()
}
