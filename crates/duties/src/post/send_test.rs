//! Sends a mail to whoever asks, so that an administrator sees that mail leaves the house.

use access::Action;
use records::Purpose;

use super::carrier::{CarryError, Mail};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Why no test mail went out.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// No mail server.
    #[error("No mail server is set up.")]
    NoServer,
    /// The server said no.
    #[error("The mail server did not take it: {0}")]
    Refused(#[from] CarryError),
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Sends a mail with nothing in it to the address with which somebody signs in. Returns the address.
pub async fn send_test(office: &Office, who: &SignedIn) -> Result<String, TestError> {
    office.permit(who, Action::SeeAdministration, None, Purpose::Administration, "").await?;
    let carrier = office.carrier().ok_or(TestError::NoServer)?;
    let house = office.house().await?;
    let charity = &house.charity.1;
    let to = who.account.email.for_paper().clone();
    let mail = Mail {
        id: Mail::new_name(&charity.contact_email),
        from_name: charity.name.clone(),
        reply_to: charity.contact_email.clone(),
        to: to.clone(),
        subject: "A test from Guardbook".to_owned(),
        text: "If you read this, Guardbook can send mail. Nothing needs to be done.\n".to_owned(),
        attachment: None,
    };
    let sent = tokio::task::spawn_blocking(move || carrier.carry(&mail)).await;
    sent.unwrap_or_else(|_| Err(CarryError::Later("the program stopped".to_owned())))?;
    Ok(to)
}
