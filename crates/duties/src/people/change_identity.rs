//! Changing who a person is: a new name keeps the old one as a former name, and the earlier version stays.

use access::Action;
use book::{Act, Filing};
use records::people::Identity;
use records::{Content, FileId, Kind, Personal, Provenance, Record};

use crate::office::Office;
use crate::people::card::with_identity;
use crate::people::entered::{self, FieldErrors, Reading};
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The identity as it was typed, over the version that was on the page.
#[derive(Clone, Debug)]
pub struct ChangedIdentity {
    /// The version that was changed. Field `version`.
    pub version: u32,
    /// Field `name`.
    pub name: String,
    /// Field `preferred`.
    pub preferred: String,
    /// Former names, one a line. Field `former`.
    pub former: String,
    /// Field `born`.
    pub born: String,
    /// Field `pronouns`.
    pub pronouns: String,
    /// Field `language`.
    pub language: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeIdentityError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Fields are wrong.
    #[error("some answers need another look")]
    Wrong(FieldErrors),
}

impl From<book::BookError> for ChangeIdentityError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Changes who a person is.
///
/// # Errors
/// [`ChangeIdentityError`]; [`Stopped::Conflict`] where somebody changed it first.
pub async fn change_identity(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    changed: ChangedIdentity,
) -> Result<(), ChangeIdentityError> {
    let operation = office.permit(who, Action::ChangePerson, Some(file), why.purpose, &why.reason).await?;
    let opened = office.book().file_in_passing(file).await?;
    let was = opened.of_kind(Kind::Identity).last().ok_or(Stopped::NotFound)?;
    let Content::Identity(before) = &was.record.content else { return Err(Stopped::NotFound.into()) };
    if was.header.version != changed.version {
        return Err(Stopped::Conflict.into());
    }
    let identity = read(&changed, before, operation.today()).map_err(ChangeIdentityError::Wrong)?;
    let card = with_identity(&opened.card, &identity);
    let provenance = Provenance {
        source: was.record.provenance.source.clone(),
        ..Provenance::from_the_work(Some(who.file), operation.now)
    };
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(provenance, Content::Identity(identity));
    work.change(Act::PersonChanged, &was.header, &record, Filing::default()).await?;
    work.set_card(file, card).await?;
    work.commit().await?;
    Ok(())
}

fn read(changed: &ChangedIdentity, before: &Identity, today: jiff::civil::Date) -> Result<Identity, FieldErrors> {
    let mut reading = Reading::default();
    let name = reading.keep("name", entered::name(&changed.name)).unwrap_or_default();
    let born = reading.keep("born", entered::birth_date(&changed.born, today)).flatten();
    let mut former = Vec::new();
    for line in changed.former.lines() {
        if let Some(line) = reading.keep("former", entered::line(line)).flatten() {
            former.push(Personal::new(line));
        }
    }
    let mut line = |field, typed: &str| reading.keep(field, entered::line(typed)).flatten().map(Personal::new);
    let preferred = line("preferred", &changed.preferred);
    let pronouns = line("pronouns", &changed.pronouns);
    let language = line("language", &changed.language);
    reading.finish()?;
    let old = &before.name;
    if *old.for_search() != name && !former.contains(old) {
        former.insert(0, old.clone());
    }
    Ok(Identity {
        name: Personal::new(name),
        preferred,
        former,
        born: born.map(Personal::new),
        pronouns,
        language,
        number: before.number.clone(),
    })
}
