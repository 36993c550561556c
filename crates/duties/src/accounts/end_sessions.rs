//! See where you are signed in, and end what is not you; an administrator ends somebody else's.

use access::Action;
use book::{Act, SessionState};
use jiff::Timestamp;
use records::{FileId, Purpose};

use super::account::of;
use super::session::IDLE;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// One sign-in, as its owner sees it.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// The digest of its token: names it in a form, and opens nothing.
    pub id: String,
    /// The kind of browser.
    pub device: String,
    /// Since when.
    pub opened: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// Whether it is this very browser.
    pub this: bool,
    /// Whether its screen is hidden.
    pub hidden: bool,
}

/// The sign-ins of somebody that still hold, newest first.
pub async fn own_sessions(office: &Office, who: &SignedIn) -> Result<Vec<SessionLine>, Stopped> {
    office.permit(who, Action::SeeOwnSessions, None, Purpose::BookKeeping, "").await?;
    let now = office.now();
    let all = office.book().sessions_of(who.file).await?;
    let lines =
        all.into_iter().filter(|one| now < one.ends && now.duration_since(one.seen) < IDLE).map(|one| SessionLine {
            this: one.id == who.session,
            hidden: one.state == SessionState::Hidden,
            id: one.id,
            device: one.device,
            opened: one.opened,
            seen: one.seen,
        });
    Ok(lines.collect())
}

/// Ends one of one's own sign-ins. One that is somebody else's is not found.
pub async fn end_own_session(office: &Office, who: &SignedIn, id: &str) -> Result<(), Stopped> {
    let operation = office.permit(who, Action::ChangeOwnAccount, None, Purpose::BookKeeping, "").await?;
    if !office.book().sessions_of(who.file).await?.iter().any(|session| session.id == id) {
        return Err(Stopped::NotFound);
    }
    let mut work = office.book().begin(&operation).await?;
    work.end_session(id).await?;
    work.act(Act::SessionsEnded, who.file, None)?;
    work.commit().await?;
    Ok(())
}

/// Ends all of one's own sign-ins but this one.
pub async fn end_other_sessions(office: &Office, who: &SignedIn) -> Result<(), Stopped> {
    let operation = office.permit(who, Action::ChangeOwnAccount, None, Purpose::BookKeeping, "").await?;
    let others = office.book().sessions_of(who.file).await?;
    let mut work = office.book().begin(&operation).await?;
    for other in others.iter().filter(|other| other.id != who.session) {
        work.end_session(&other.id).await?;
    }
    work.act(Act::SessionsEnded, who.file, None)?;
    work.commit().await?;
    Ok(())
}

/// Ends all sign-ins of somebody else: a lost telephone, a doubt.
pub async fn end_sessions_of(office: &Office, who: &SignedIn, file: FileId) -> Result<u64, Stopped> {
    let operation = office.permit(who, Action::EndSessions, None, Purpose::Administration, "").await?;
    of(&*office.house().await?, file)?;
    let mut work = office.book().begin(&operation).await?;
    let ended = work.end_sessions_of(file).await?;
    work.act(Act::SessionsEnded, file, None)?;
    work.commit().await?;
    Ok(ended)
}
