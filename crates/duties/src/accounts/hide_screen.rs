//! Hide the screen when somebody comes in, and show it again to its owner.

use book::{Act, Session, SessionState};

use super::account::{by_owner, of, usable};
use super::session::{self, WayIn};
use super::sign_in::SignInError;
use super::totp;
use super::verify_second_factor::{Proved, enter_failure_of, prove};
use crate::office::Office;
use crate::stopped::Stopped;

/// How somebody shows that the hidden screen is theirs.
#[derive(Clone, Copy, Debug)]
pub enum Proof<'a> {
    /// The code of the moment.
    Code(&'a str),
    /// The password.
    Password(&'a str),
}

/// Hides the screen of a session: nothing opens in this browser until its owner shows it again.
pub async fn hide_screen(office: &Office, session: &Session) -> Result<WayIn, Stopped> {
    if session.state != SessionState::In {
        return Err(Stopped::NotFound);
    }
    let mut work = office.book().begin(&by_owner(office, session.file, "hiding the screen")).await?;
    work.act(Act::ScreenHidden, session.file, None)?;
    // What was proved lately does not survive: whoever comes back proves it again.
    let way_in = session::replace(&mut work, session, SessionState::Hidden, None).await?;
    work.commit().await?;
    Ok(way_in)
}

/// Shows a hidden screen again.
pub async fn show_screen(office: &Office, session: &Session, proof: Proof<'_>) -> Result<WayIn, SignInError> {
    if session.state != SessionState::Hidden {
        return Err(Stopped::NotFound.into());
    }
    let password = match proof {
        Proof::Code(code) => {
            let shown = Proved { act: Act::ScreenShown, state: SessionState::In, stepped_up: true };
            return prove(office, session, |account| totp::spend(account, code, office.now()), shown).await;
        }
        Proof::Password(password) => password,
    };
    let house = office.house().await?;
    let staff = of(&house, session.file)?;
    let tried = office.attempts().begin(staff.account.email.for_search(), office.now())?;
    let hash = staff.account.password.clone().filter(|_| usable(&staff.account));
    if !office.attempts().fits(password.to_owned(), hash).await? {
        enter_failure_of(office, staff).await?;
        return Err(SignInError::Refused);
    }
    office.attempts().was_right(&tried);
    let mut work = office.book().begin(&by_owner(office, session.file, "showing the screen")).await?;
    work.act(Act::ScreenShown, session.file, None)?;
    let way_in = session::replace(&mut work, session, SessionState::In, None).await?;
    work.commit().await?;
    Ok(way_in)
}
