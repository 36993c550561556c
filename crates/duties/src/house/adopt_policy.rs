//! Adopt a new version of the policy, from today or a later day. Until that day the one before it stays in force.

use access::Action;
use book::{Act, Filing};
use jiff::civil::Date;
use records::house::PolicyVersion;
use records::{Content, FileId, Provenance, Purpose, Record};

use super::check_policy::{CheckPolicyError, check_policy};
use crate::office::{Office, house_changed};
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why a policy was not adopted.
#[derive(Debug, thiserror::Error)]
pub enum AdoptPolicyError {
    /// The texts have errors, or are not one policy.
    #[error("the texts do not check clean")]
    NotClean,
    /// Something in the form, by field.
    #[error("the form has something to mend")]
    Fields(Vec<(&'static str, &'static str)>),
    /// From outside the rules of policies.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for AdoptPolicyError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Adopts a policy whose texts check clean. One person with the right is enough: trustee or data protection lead, who
/// has just proved once more that it is them. Requests that came in before stay under the policy of their day.
pub async fn adopt_policy(
    office: &Office,
    who: &SignedIn,
    texts: Vec<(String, String)>,
    from: Option<Date>,
) -> Result<(), AdoptPolicyError> {
    let operation = office.permit(who, Action::AdoptPolicy, None, Purpose::Administration, "").await?;
    let from = match from {
        None => return Err(AdoptPolicyError::Fields(vec![("from", "Enter the day from which it is in force")])),
        Some(day) if day < operation.today() => {
            return Err(AdoptPolicyError::Fields(vec![(
                "from",
                "The day must be today or later: the past stays as it was",
            )]));
        }
        Some(day) => day,
    };
    match check_policy(office, who, &texts).await {
        Ok(checked) if checked.policy.is_some() => {}
        Err(CheckPolicyError::Stopped(stopped)) => return Err(stopped.into()),
        Ok(_) | Err(_) => return Err(AdoptPolicyError::NotClean),
    }
    let version = PolicyVersion { texts, from, adopted_by: Some(who.file), adopted_at: operation.now };
    let provenance = Provenance::from_the_work(operation.actor.staff(), operation.now);
    let mut work = office.book().begin(&operation).await?;
    let record = Record::new(provenance, Content::Policy(version));
    work.add(Act::PolicyAdopted, FileId::HOUSE, &record, Filing::default()).await?;
    house_changed(&mut work).await?;
    work.witness();
    work.commit().await?;
    Ok(())
}
