//! Settles by what right somebody asks for another person (T21). What was found out is kept also where it is not enough.

use book::Act;
use clock::Nation;
use jiff::civil::Date;
use records::Personal;
use records::standing::{Agrees, Barred, Right, Standing};

use super::super::ask_identity::check_day;
use super::super::case::Case;
use super::rules::{May, Stop};
use super::{warned_about, who_may};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// What was found out about somebody's right, as it was written down.
#[derive(Clone, Debug)]
pub struct NewStanding {
    /// On what they rely; none where nothing was chosen.
    pub right: Option<Right>,
    /// What was seen for it.
    pub seen: String,
    /// What the person themselves says.
    pub agrees: Option<Agrees>,
    /// Why it is in a child's interest; empty where nobody says so.
    pub in_their_interest: String,
    /// What courts and the file say; none where nobody looked.
    pub barred: Option<Barred>,
    /// Where the subject lives, where the charity works in several nations.
    pub nation: Option<Nation>,
    /// The day on which the evidence came.
    pub on: Date,
}

/// Why nothing was settled.
#[derive(Debug, thiserror::Error)]
pub enum StandingError {
    /// They ask for themselves.
    #[error("They ask for themselves, so there is nothing to settle.")]
    ForThemselves,
    /// Nothing was chosen.
    #[error("Choose on what they rely.")]
    NoRight,
    /// Nothing was said about what was seen.
    #[error("Say what you saw, like \u{201C}full birth certificate, seen and handed back\u{201D}.")]
    NotSeen,
    /// Nobody said what the person says.
    #[error("Say whether the person agrees.")]
    NoAnswer,
    /// Nobody looked for orders and warnings.
    #[error("Look at the warnings on the file and for court orders first, then say what you found.")]
    NotLooked,
    /// The file warns against whoever asks.
    #[error("The file warns about them: {}. While that stands, nothing can be given. End the warning first if it is over.", .0.for_page())]
    Warned(Personal<String>),
    /// A date that cannot be.
    #[error("{0}")]
    Date(String),
    /// The request is over.
    #[error("This request is over. Nothing more is settled for it.")]
    Over,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// Notes what was found out, and says what follows: that they may ask, or what stands in the way.
pub async fn settle(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: NewStanding,
) -> Result<Result<May, Stop>, StandingError> {
    let mut case = Case::to_work_on(office, who, reference).await?;
    if !case.request.stage.is_live() {
        return Err(StandingError::Over);
    }
    let today = case.today();
    let standing = standing_from(&new, today)?;
    if let Some(asked) = &mut case.request.authority {
        check_day(asked.asked, new.on, today).map_err(StandingError::Date)?;
        // The month starts when the evidence is there; looking at it again moves nothing.
        asked.received.get_or_insert(new.on);
        asked.seen = Some(standing.seen.clone());
    }
    let subject = office.person_in_passing(case.file()).await?;
    if let Some(warning) = warned_about(&subject, &case.request).filter(|_| standing.barred == Barred::Nothing) {
        return Err(StandingError::Warned(warning.clone()));
    }
    let words = format!("{}; {}", standing.right.words(), standing.seen.for_page());
    let Some(requester) = &mut case.request.requester else { return Err(StandingError::ForThemselves) };
    requester.standing = Some(standing);
    case.request.nation = new.nation.or(case.request.nation);
    let found = who_may(&case.house, &case.request, &subject.card, today);
    if let Some(requester) = &mut case.request.requester {
        requester.authority = found.is_ok().then(|| Personal::new(words));
    }
    match found {
        Ok(may) => case.happened(format!("By what right they ask is settled. {}", may.words())),
        Err(stop) => case.happened(format!("They may not have the answer as it stands. {}", stop.words())),
    }
    case.save(office, Act::IdentityChecked).await?;
    Ok(found)
}

fn standing_from(new: &NewStanding, on: Date) -> Result<Standing, StandingError> {
    let right = new.right.ok_or(StandingError::NoRight)?;
    let seen = new.seen.trim();
    if seen.is_empty() {
        return Err(StandingError::NotSeen);
    }
    let interest = new.in_their_interest.trim();
    Ok(Standing {
        right,
        seen: Personal::new(seen.to_owned()),
        agrees: new.agrees.ok_or(StandingError::NoAnswer)?,
        in_their_interest: (!interest.is_empty()).then(|| Personal::new(interest.to_owned())),
        barred: new.barred.ok_or(StandingError::NotLooked)?,
        on,
    })
}
