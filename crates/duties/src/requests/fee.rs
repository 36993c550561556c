//! What a request costs the person: nothing (K24, T25). Only for one that is unfounded or excessive can a fee be asked
//! for, in place of a refusal, where the policy says so; and what it covers is told item by item (T28).

use book::Act;
use jiff::civil::Date;
use policy::{Amount, Settings};
use records::requests::Fee;
use records::work::LetterKind;
use records::{Personal, RecordId};

use super::ask_identity::check_day;
use super::case::Case;
use super::letters::{self, pounds};
use super::limit::settings_of;
use crate::office::{House, Office};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The sentence on the page and in letters (K24, T25).
pub fn fee_words(settings: &Settings) -> &'static str {
    match settings.access_fee().value {
        Amount::Free => "This is free of charge.",
        Amount::Pence(_) | Amount::Reasonable => "Your first copy is free of charge.",
    }
}

/// The most that can be asked for in place of a refusal, by the policy's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeAllowed {
    /// The policy speaks of no fee, so none can be asked for.
    None,
    /// What the work costs.
    Reasonable,
    /// At most so many pence.
    AtMost(u32),
}

/// What the policy under which a request is worked allows.
pub fn fee_allowed(house: &House, request: &records::requests::AccessRequest) -> FeeAllowed {
    match settings_of(house, request).amount("refuse:unfounded/fee").map(|setting| setting.value) {
        None | Some(Amount::Free) => FeeAllowed::None,
        Some(Amount::Reasonable) => FeeAllowed::Reasonable,
        Some(Amount::Pence(pence)) => FeeAllowed::AtMost(pence),
    }
}

/// A fee, as it was written down.
#[derive(Clone, Debug, Default)]
pub struct AskFee {
    /// What it covers, one on each line: "Copying 40 pages: 4.00".
    pub items: String,
    /// Why, as the person reads it.
    pub reasons: String,
    /// What shows that the request is unfounded or excessive, for the file.
    pub evidence: String,
}

/// Why no fee was asked for, or none was noted.
#[derive(Debug, thiserror::Error)]
pub enum FeeError {
    /// The policy says that access is free, and nothing of a fee.
    #[error("Our policy speaks of no fee, so none can be asked for.")]
    NotInThePolicy,
    /// More than the policy says.
    #[error("Our policy lets us ask for at most {}.", pounds(*.0))]
    TooMuch(u32),
    /// A line could not be read, from 1.
    #[error("Line {0} is not an item with its price. Write it like \u{201C}Copying 40 pages: 4.00\u{201D}.")]
    Line(usize),
    /// Nothing is listed.
    #[error("List what the fee covers, each on a line of its own, like \u{201C}Copying 40 pages: 4.00\u{201D}.")]
    NoItems,
    /// No reasons were given.
    #[error("Write the reasons as the person will read them.")]
    NoReasons,
    /// No evidence was given.
    #[error("Write down what shows it. If they complain, we must prove it.")]
    NoEvidence,
    /// Asked before.
    #[error("You asked for a fee on {}. The clock waits since then.", clock::uk_date(*.0))]
    AskedBefore(Date),
    /// Nothing was asked for, or it was paid.
    #[error("No fee is open.")]
    NotAsked,
    /// A date that cannot be.
    #[error("{0}")]
    Date(String),
    /// The request is over.
    #[error("This request is over. Nothing more is asked for it.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The letter that [`ask_fee`] would write; nothing is saved.
pub async fn preview_fee(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: &AskFee,
) -> Result<Vec<String>, FeeError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    prepare(&mut case, new)
}

/// Asks for a fee in place of refusing. The month starts when it is paid (UK GDPR art. 12A(2)).
pub async fn ask_fee(office: &Office, who: &SignedIn, reference: &str, new: &AskFee) -> Result<RecordId, FeeError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    let paragraphs = prepare(&mut case, new)?;
    Ok(case.save_with_letter(office, Act::RequestPaused, LetterKind::Fee, paragraphs).await?)
}

fn prepare(case: &mut Case, new: &AskFee) -> Result<Vec<String>, FeeError> {
    if !case.request.stage.is_live() {
        return Err(FeeError::Over);
    }
    let allowed = fee_allowed(&case.house, &case.request);
    if allowed == FeeAllowed::None {
        return Err(FeeError::NotInThePolicy);
    }
    if let Some(fee) = &case.request.fee {
        return Err(FeeError::AskedBefore(fee.asked));
    }
    let (reasons, evidence) = (new.reasons.trim(), new.evidence.trim());
    if reasons.is_empty() {
        return Err(FeeError::NoReasons);
    }
    if evidence.is_empty() {
        return Err(FeeError::NoEvidence);
    }
    let fee = Fee {
        asked: case.today(),
        paid: None,
        items: items_from(&new.items)?,
        reasons: Personal::new(reasons.to_owned()),
        evidence: Personal::new(evidence.to_owned()),
    };
    if let FeeAllowed::AtMost(pence) = allowed
        && fee.pence() > pence
    {
        return Err(FeeError::TooMuch(pence));
    }
    let letter = letters::fee(case, &fee);
    case.happened(format!("Asked for a fee of {}. The month starts when it is paid.", pounds(fee.pence())));
    case.request.fee = Some(fee);
    Ok(letter)
}

/// What a fee covers, read from one line for each item.
fn items_from(text: &str) -> Result<Vec<(String, u32)>, FeeError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let items: Result<Vec<_>, _> = lines.map(|(at, line)| item(line).ok_or(FeeError::Line(at + 1))).collect();
    let items = items?;
    if items.is_empty() { Err(FeeError::NoItems) } else { Ok(items) }
}

/// "Copying 40 pages: 4.00" or "Postage: £3" as words and pence.
fn item(line: &str) -> Option<(String, u32)> {
    let (what, price) = line.rsplit_once(':')?;
    let price = price.trim().trim_start_matches('£').trim();
    let (pounds, pence) = price.split_once('.').unwrap_or((price, "00"));
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if what.trim().is_empty() || !figures(pounds) || !figures(pence) || pence.len() != 2 {
        return None;
    }
    let sum = pounds.parse::<u32>().ok()?.checked_mul(100)?.checked_add(pence.parse().ok()?)?;
    // A sum beyond this is a slip of the keyboard, and the list as a whole must fit.
    (sum > 0 && sum <= 1_000_000).then(|| (what.trim().to_owned(), sum))
}

/// Notes that the fee was paid; the month starts on that day.
pub async fn receive_fee(office: &Office, who: &SignedIn, reference: &str, on: Date) -> Result<(), FeeError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(FeeError::Over);
    }
    let today = case.today();
    let Some(fee) = case.request.fee.as_mut().filter(|fee| fee.paid.is_none()) else { return Err(FeeError::NotAsked) };
    check_day(fee.asked, on, today).map_err(FeeError::Date)?;
    fee.paid = Some(on);
    case.happened(format!("The fee was paid on {}. The month starts on that day.", clock::uk_date(on)));
    Ok(case.save(office, Act::RequestResumed).await?)
}

/// Takes the fee back: the days of waiting count again.
pub async fn waive_fee(office: &Office, who: &SignedIn, reference: &str) -> Result<(), FeeError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(FeeError::Over);
    }
    if case.request.fee.take_if(|fee| fee.paid.is_none()).is_none() {
        return Err(FeeError::NotAsked);
    }
    case.happened("The fee was taken back. The days of waiting count.");
    Ok(case.save(office, Act::RequestResumed).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_words_and_a_price() {
        assert_eq!(item("Copying 40 pages: 4.00"), Some(("Copying 40 pages".to_owned(), 400)));
        assert_eq!(item("Postage: £3"), Some(("Postage".to_owned(), 300)));
        for wrong in
            ["Postage", "Postage: three", ": 4.00", "Postage: 4.5", "Postage: -4.00", "Postage: 99999999", "P: 0"]
        {
            assert_eq!(item(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_list_names_the_line_that_cannot_be_read() {
        assert!(matches!(items_from("Postage: 3.00\n\nCopies 4.00"), Err(FeeError::Line(3))));
        assert!(matches!(items_from(" \n"), Err(FeeError::NoItems)));
        assert_eq!(items_from("A: 1.00\nB: 2.50").unwrap().len(), 2);
    }
}
