//! Covering in every record at once: all that is found of one person, or all of one kind.

use access::Action;
use papers::redact::RedactionReason;
use papers::suggest::{Certainty, Kind};
use records::FileId;
use records::requests::{Review, Stage};

use super::case::{Case, Gathered, change_review};
use super::decide::{DecideError, Stretch, cover};
use super::exemptions::condition;
use super::known::{known_person, known_to_the_book};
use super::texts::ItemTexts;
use crate::office::Office;
use crate::people::mentions::Everywhere;
use crate::permit::SignedIn;

/// What is covered in every record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllOf {
    /// Everything about somebody in the book: names, short forms, addresses and numbers. Initials and slips of the pen are
    /// left to be decided one by one.
    Person(FileId),
    /// Everything of one kind, such as telephone numbers, that is not the person's own.
    Kind(Kind),
}

/// Covers all of a person or kind in every record of the request. Returns in how many places, and in how many records.
///
/// # Errors
/// [`DecideError::NotFound`] where nothing more is to be covered.
pub async fn cover_all(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    all: AllOf,
    reason: RedactionReason,
) -> Result<(usize, usize), DecideError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::ReviewText).await?;
    if case.request.stage != Stage::Review {
        return Err(DecideError::NotBeingRead);
    }
    condition(&case, reason, operation.today()).map_err(DecideError::Unmet)?;
    let mut items: Vec<(&Gathered, ItemTexts)> = Vec::new();
    for item in &case.items {
        items.push((item, case.texts(office, &item.review.item).await?));
    }
    let found = found_in(office, &case, &items, all).await?;
    let (mut places, mut changed): (usize, Vec<(&Gathered, Review)>) = (0, Vec::new());
    for ((item, texts), stretches) in items.iter().zip(found).filter(|(_, stretches)| !stretches.is_empty()) {
        let mut review = item.review.clone();
        match cover(&mut review, texts, &stretches, reason, (who.file, operation.now)) {
            Ok(()) => {
                places += stretches.len();
                changed.push((item, review));
            }
            Err(DecideError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if changed.is_empty() {
        return Err(DecideError::NotFound);
    }
    let records = changed.len();
    let mut work = office.book().begin(&operation).await?;
    for (item, review) in changed {
        change_review(&mut work, item, review).await?;
    }
    work.commit().await?;
    Ok((places, records))
}

async fn found_in(
    office: &Office,
    case: &Case,
    items: &[(&Gathered, ItemTexts)],
    all: AllOf,
) -> Result<Vec<Vec<Stretch>>, DecideError> {
    let look: Box<dyn Fn(&str) -> Vec<std::ops::Range<usize>> + Send + Sync> = match all {
        AllOf::Person(file) if file == case.file => return Err(DecideError::NotFound),
        AllOf::Person(file) => {
            let open = office.person_in_passing(file).await?;
            let everywhere = Everywhere::of(&known_person(&open)).ok_or(DecideError::NotFound)?;
            Box::new(move |text| everywhere.places(text, Certainty::Likely))
        }
        AllOf::Kind(kind) => {
            let texts: Vec<&ItemTexts> = items.iter().map(|(_, texts)| texts).collect();
            let known = known_to_the_book(office, case, &texts, &std::collections::BTreeSet::new()).await?;
            Box::new(move |text| {
                let found = known.suggest(text).into_iter().filter(|found| found.kind == kind);
                found.map(|found| found.start..found.end).collect()
            })
        }
    };
    let in_item = |texts: &ItemTexts| {
        let parts = (0_u16..).zip(&texts.parts);
        let found = parts.flat_map(|(part, text)| look(&text.text).into_iter().map(move |at| (part, at)));
        found.map(|(part, at)| Stretch { part, start: at.start, end: at.end }).collect()
    };
    Ok(items.iter().map(|(_, texts)| in_item(texts)).collect())
}

/// The people around a request, for whoever chooses one: file and name, in the order of their names.
pub(crate) fn choices(office: &Office, around: impl IntoIterator<Item = FileId>) -> Vec<(FileId, String)> {
    let named = |file: FileId| Some((file, office.book().card(file)?.name.for_page().clone()));
    let mut people: Vec<(FileId, String)> = around.into_iter().filter_map(named).collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    people
}
