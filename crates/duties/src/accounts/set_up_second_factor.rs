//! Set up the second factor: show a secret, and take it only once a code proves that the telephone has it.

use access::Action;
use book::{Act, Session, SessionState};
use records::Purpose;
use records::staff::{Account, AccountState};

use super::account::{by_owner, of, write};
use super::secret::{new_recovery_codes as fresh_codes, recovery_digest};
use super::session::{self, WayIn};
use super::sign_in::SignInError;
use super::totp::{self, SecondFactor, new_secret};
use super::verify_second_factor::enter_failure_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What comes of a second factor that was proved.
pub struct Confirmed {
    /// The session that is signed in now.
    pub way_in: WayIn,
    /// The recovery codes, shown this once.
    pub codes: Vec<String>,
}

/// Begins with another telephone. The old one works until the new one is proved.
pub async fn begin_second_factor(office: &Office, who: &SignedIn) -> Result<(), Stopped> {
    let operation = own_and_fresh(office, who).await?;
    let house = office.house().await?;
    let staff = of(&house, who.file)?;
    let account = Account { totp_pending: Some(new_secret().into()), ..staff.account.clone() };
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::RecordChanged, staff, account).await?;
    work.commit().await?;
    Ok(())
}

/// What the person must bring into their telephone; none where nothing is being set up.
pub async fn pending_second_factor(office: &Office, session: &Session) -> Result<Option<SecondFactor>, Stopped> {
    if !matches!(session.state, SessionState::SettingUp | SessionState::In) {
        return Ok(None);
    }
    let house = office.house().await?;
    let account = &of(&house, session.file)?.account;
    let shown = |secret: &records::Personal<Vec<u8>>| {
        totp::shown(secret.for_page(), &house.charity.1.name, account.email.for_page())
    };
    Ok(account.totp_pending.as_ref().and_then(shown))
}

/// Takes the new second factor, if the code is right: the account is in use, all other sign-ins end, and there are
/// new recovery codes.
pub async fn confirm_second_factor(office: &Office, session: &Session, code: &str) -> Result<Confirmed, SignInError> {
    if !matches!(session.state, SessionState::SettingUp | SessionState::In) {
        return Err(Stopped::NotFound.into());
    }
    let now = office.now();
    let house = office.house().await?;
    let staff = of(&house, session.file)?;
    let pending = staff.account.totp_pending.clone().ok_or(Stopped::NotFound)?;
    let tried = office.attempts().begin(staff.account.email.for_search(), now)?;
    let Some(step) = totp::step_of(pending.for_store(), code, now, None) else {
        enter_failure_of(office, staff).await?;
        return Err(SignInError::Refused);
    };
    office.attempts().was_right(&tried);
    let codes = fresh_codes();
    let account = Account {
        totp: Some(pending),
        totp_used: Some(step),
        totp_pending: None,
        recovery: codes.iter().map(|code| recovery_digest(code).into()).collect(),
        state: AccountState::Active,
        ..staff.account.clone()
    };
    let mut work = office.book().begin(&by_owner(office, staff.file, "setting up the second step")).await?;
    write(&mut work, Act::SecondFactorSet, staff, account).await?;
    work.end_sessions_of(staff.file).await?;
    let way_in = session::open(&mut work, staff.file, SessionState::In, session.device.clone(), Some(now)).await?;
    work.act(Act::SignedIn, staff.file, None)?;
    work.commit().await?;
    Ok(Confirmed { way_in, codes })
}

/// New recovery codes; the old ones are worth nothing from now on.
pub async fn new_recovery_codes(office: &Office, who: &SignedIn) -> Result<Vec<String>, Stopped> {
    let operation = own_and_fresh(office, who).await?;
    let house = office.house().await?;
    let staff = of(&house, who.file)?;
    let codes = fresh_codes();
    let recovery = codes.iter().map(|code| recovery_digest(code).into()).collect();
    let mut work = office.book().begin(&operation).await?;
    write(&mut work, Act::RecoveryCodesMade, staff, Account { recovery, ..staff.account.clone() }).await?;
    work.commit().await?;
    Ok(codes)
}

/// One's own account, after a fresh proof: what opens the account for good is not changed on an unlocked screen.
async fn own_and_fresh(office: &Office, who: &SignedIn) -> Result<records::Operation, Stopped> {
    let operation = office.permit(who, Action::ChangeOwnAccount, None, Purpose::BookKeeping, "").await?;
    if who.stepped_up { Ok(operation) } else { Err(Stopped::NeedsStepUp) }
}
