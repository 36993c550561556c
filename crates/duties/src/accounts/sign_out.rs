//! Sign out.

use book::{Act, Session};

use super::account::by_owner;
use crate::office::Office;
use crate::stopped::Stopped;

/// Ends a session, however far it was.
pub async fn sign_out(office: &Office, session: &Session) -> Result<(), Stopped> {
    let mut work = office.book().begin(&by_owner(office, session.file, "signing out")).await?;
    if work.end_session(&session.id).await? {
        work.act(Act::SignedOut, session.file, None)?;
        work.commit().await?;
    }
    Ok(())
}
