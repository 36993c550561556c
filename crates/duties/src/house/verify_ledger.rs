//! Have the ledger verified: every entry against its checkpoints, every sealed detail against its commitment.

use access::Action;
use book::{Act, Verification};
use jiff::Timestamp;
use records::Purpose;

use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The fact of the book that says when the ledger was last verified and held.
const FACT: &str = "ledger-held";

/// The ledger as it stands, without having been verified now.
#[derive(Clone, Debug)]
pub struct LedgerView {
    /// How many entries.
    pub size: u64,
    /// When it was last verified here, and held.
    pub held: Option<Timestamp>,
    /// The newest signed checkpoint.
    pub checkpoint: Option<String>,
    /// The key with which anybody can check the signature.
    pub key: String,
}

/// Verifies the ledger, enters that it was verified, and has a fresh checkpoint signed where it held.
pub async fn verify_ledger(office: &Office, who: &SignedIn) -> Result<Verification, Stopped> {
    let operation = office.permit(who, Action::VerifyLedger, None, Purpose::BookKeeping, "").await?;
    let verification = office.book().verify(&[]).await?;
    let mut work = office.book().begin(&operation).await?;
    work.act_of_the_house(Act::Verified, 1);
    if verification.problems.is_empty() {
        work.set_fact(FACT, &operation.now.to_string()).await?;
        work.witness();
    }
    work.commit().await?;
    Ok(verification)
}

/// What there is to say about the ledger before it is verified again.
pub async fn see_ledger(office: &Office, who: &SignedIn) -> Result<LedgerView, Stopped> {
    office.permit(who, Action::VerifyLedger, None, Purpose::BookKeeping, "").await?;
    let book = office.book();
    let checkpoint = book.checkpoints().await?.into_iter().max_by_key(|note| size_of(note));
    Ok(LedgerView { size: book.ledger_size().await?, held: held(office).await?, checkpoint, key: book.verifier_key() })
}

/// When the ledger was last verified on a page, and held.
pub(super) async fn held(office: &Office) -> Result<Option<Timestamp>, Stopped> {
    Ok(office.book().fact(FACT).await?.and_then(|text| text.parse().ok()))
}

/// The size on the second line of a checkpoint (C2SP tlog-checkpoint).
fn size_of(note: &str) -> u64 {
    note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_checkpoint_is_the_one_of_the_longest_ledger() {
        assert_eq!(size_of("guardbook\n128\nroot=\n\n- signature"), 128);
        assert_eq!(size_of(""), 0);
    }
}
