//! The details that a request should bear (T20): what is missing, asking for it, adding what came.

use book::Act;
use records::Personal;
use records::RecordId;
use records::requests::AccessRequest;
use records::work::LetterKind;

use super::case::Case;
use super::letters;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A detail that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Who asks.
    Name,
    /// Where to write to.
    Address,
    /// A telephone number or an e-mail address.
    Reachability,
    /// What is wanted.
    Wanted,
}

impl Missing {
    /// What a page and a letter call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "the name of whoever asks",
            Self::Address => "a postal address",
            Self::Reachability => "a telephone number or e-mail address",
            Self::Wanted => "what they would like to see",
        }
    }

    /// What the letter asks of the reader.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Name => "your full name",
            Self::Address => "your postal address",
            Self::Reachability => "a telephone number or e-mail address for you",
            Self::Wanted => "what you would like to see (everything, or something in particular)",
        }
    }
}

/// The details that are missing, in the order of the policy.
pub fn missing(request: &AccessRequest) -> Vec<Missing> {
    let details = &request.details;
    let has = |field: &Option<Personal<String>>| field.as_ref().is_some_and(|text| !text.for_page().trim().is_empty());
    let mut missing = Vec::new();
    // The subject's own name stands in their file; only somebody else must say theirs.
    if request.requester.as_ref().is_some_and(|requester| requester.file.is_none()) && !has(&details.name) {
        missing.push(Missing::Name);
    }
    if !has(&details.address) {
        missing.push(Missing::Address);
    }
    if !has(&details.phone) && !has(&details.email) {
        missing.push(Missing::Reachability);
    }
    if !has(&details.wanted) {
        missing.push(Missing::Wanted);
    }
    missing
}

/// Why a step about the details was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DetailsError {
    /// There is nothing to ask for.
    #[error("Nothing is missing, so there is nothing to ask for.")]
    NothingMissing,
    /// Nothing was entered.
    #[error("Enter at least one of the details.")]
    NothingNew,
    /// It is over.
    #[error("This request is over. Nothing more is asked or added.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Writes to the person for what is missing. The clock goes on: a request is valid without these details.
pub async fn ask_missing_details(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, DetailsError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(DetailsError::Over);
    }
    let missing = missing(&case.request);
    if missing.is_empty() {
        return Err(DetailsError::NothingMissing);
    }
    case.request.missing_asked = Some(case.today());
    let named: Vec<_> = missing.iter().map(|missing| missing.words()).collect();
    case.happened(format!("Asked for what is missing: {}. The clock goes on.", named.join(", ")));
    let paragraphs = letters::missing_details(&case, &missing);
    Ok(case.save_with_letter(office, Act::RecordChanged, LetterKind::MissingDetails, paragraphs).await?)
}

/// Details as they came in later; empty fields leave what is there.
#[derive(Clone, Debug, Default)]
pub struct NewDetails {
    /// Name of whoever asks.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// What is wanted.
    pub wanted: String,
}

/// Adds details that came in later.
pub async fn add_details(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: NewDetails,
) -> Result<(), DetailsError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(DetailsError::Over);
    }
    let mut added = Vec::new();
    let details = &mut case.request.details;
    for (typed, field, words) in [
        (new.name, &mut details.name, "name"),
        (new.address, &mut details.address, "postal address"),
        (new.phone, &mut details.phone, "telephone"),
        (new.email, &mut details.email, "e-mail"),
        (new.wanted, &mut details.wanted, "what is wanted"),
    ] {
        let typed = typed.trim();
        if !typed.is_empty() && field.as_ref().is_none_or(|was| was.for_page() != typed) {
            *field = Some(Personal::new(typed.to_owned()));
            added.push(words);
        }
    }
    if added.is_empty() {
        return Err(DetailsError::NothingNew);
    }
    case.happened(format!("Details added or changed: {}.", added.join(", ")));
    Ok(case.save(office, Act::RecordChanged).await?)
}
