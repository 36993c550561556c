//! Have the ledger verified: every entry against its checkpoints, every sealed detail against its commitment.

use access::Action;
use book::{Act, Verification};
use records::Purpose;

use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Verifies the ledger, and enters that it was verified.
pub async fn verify_ledger(office: &Office, who: &SignedIn) -> Result<Verification, Stopped> {
    let operation = office.permit(who, Action::VerifyLedger, None, Purpose::BookKeeping, "").await?;
    let verification = office.book().verify(&[]).await?;
    let mut work = office.book().begin(&operation).await?;
    work.act_of_the_house(Act::Verified, 1);
    work.commit().await?;
    Ok(verification)
}
