//! What is about the charity itself: its details, services, places to search, bank holidays, policy, and its ledger.

mod adopt_policy;
mod change_charity;
mod change_letter_words;
mod change_services;
mod check_policy;
mod look_after_holidays;
mod look_after_places;
mod see_checklist;
mod verify_ledger;

use book::{Act, Filing};
use records::{Content, FileId, Header, Operation, Provenance, Record};

pub use adopt_policy::{AdoptPolicyError, adopt_policy};
pub use change_charity::{CharityForm, change_charity};
pub use change_letter_words::change_letter_words;
pub use change_services::{ServiceForm, add_service, change_service};
pub use check_policy::{CheckPolicyError, CheckedPolicy, PolicyChanges, check_policy};
pub use look_after_holidays::{HolidayForm, add_holiday, change_holiday};
pub use look_after_places::{PlaceForm, add_place, change_place};
pub use see_checklist::{CheckLine, ToSetUp, charity_is_complete, see_checklist};
pub use verify_ledger::{LedgerView, see_ledger, verify_ledger};

use crate::office::{Office, house_changed};
use crate::stopped::Stopped;

/// Why something in the house file was not changed.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// Something in the form, by field.
    #[error("the form has something to mend")]
    Fields(Vec<(&'static str, &'static str)>),
    /// From outside the rules of the house.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Adds to the house file, or changes what lies there, and tells every process.
async fn write(
    office: &Office,
    operation: &Operation,
    act: Act,
    was: Option<&Header>,
    content: Content,
) -> Result<(), HouseError> {
    let record = Record::new(Provenance::from_the_work(operation.actor.staff(), operation.now), content);
    let mut work = office.book().begin(operation).await.map_err(Stopped::from)?;
    match was {
        Some(header) => {
            work.change(act, header, &record, Filing::default()).await.map_err(Stopped::from)?;
        }
        None => {
            work.add(act, FileId::HOUSE, &record, Filing::default()).await.map_err(Stopped::from)?;
        }
    }
    house_changed(&mut work).await?;
    work.commit().await.map_err(Stopped::from)?;
    Ok(())
}

/// Lines of a text area, without empty ones and spaces around them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
