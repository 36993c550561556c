//! Who may have a child's data: the law's table, as a function of what was found out (T21; Data Protection Act 2018,
//! section 208, and the regulator's guidance). It knows no book and no person.

use clock::{Nation, Nations, uk_date};
use jiff::civil::Date;
use records::standing::{Agrees, Barred, Competence, Right, Standing};

/// From this birthday on, only the person decides.
pub const GROWN: i16 = 18;

/// In Scotland, parental responsibilities end at this birthday for nearly all matters.
const PARENTAL_END_IN_SCOTLAND: i16 = 16;

/// What the table is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The day on which it is asked: birthdays change the answer.
    pub today: Date,
    /// The subject's day of birth, where it is known.
    pub born: Option<Date>,
    /// Whether the book has the subject as a child; where no birthday is known, this decides.
    pub is_child: bool,
    /// The age from which the policy presumes that a child understands.
    pub presumed_from: i16,
    /// Where the subject may live.
    pub nations: Nations,
    /// What was judged about the child's understanding.
    pub competence: Option<&'a Competence>,
    /// Who asks.
    pub asker: Asker<'a>,
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum Asker<'a> {
    /// The person themselves.
    Themselves,
    /// Somebody else, with what was found out about their right, once it was.
    Another(Option<&'a Standing>),
}

/// To whom the answer goes, and on what that rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// They ask for themselves and decide alone.
    Themselves,
    /// Somebody asks with the person's own authority.
    WithTheirAuthority,
    /// Somebody acts for a child who cannot decide yet.
    ForTheChild,
    /// Somebody reads what a child could ask for alone, because it is plainly in the child's interest.
    InTheirInterest,
    /// Somebody acts for an adult who cannot decide.
    ForTheAdult,
}

impl May {
    /// What a page says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Themselves => "They ask for themselves and decide alone.",
            Self::WithTheirAuthority => "The person agreed, and could: they may ask.",
            Self::ForTheChild => "The child cannot decide yet; they may ask for the child, in the child's interest.",
            Self::InTheirInterest => "The child could decide, but it is plainly in the child's interest: they may ask.",
            Self::ForTheAdult => "They act for an adult who cannot decide: they may ask.",
        }
    }
}

/// Why nobody gets an answer yet, or at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nobody has settled the right of whoever asks.
    NotSettled,
    /// An order of a court stands against it.
    CourtOrder,
    /// Whoever asks must not be told.
    MustNotBeTold,
    /// The day of birth is not known, so nobody can say who decides.
    AgeUnknown,
    /// A child below the presumed age asks alone: somebody must judge first whether they understand.
    JudgeFirst,
    /// The child had a birthday since it was judged.
    JudgeAgain(Date),
    /// The child asks alone and does not understand yet: somebody must act for them.
    NeedsSomebody,
    /// The child decides alone, and has not agreed.
    TheirOwnDecision,
    /// A child who cannot decide cannot authorise anybody either.
    CannotAuthorise,
    /// Nobody has said why it is in the child's interest.
    InterestOpen,
    /// The person is grown up: parental responsibility is over.
    Grown,
    /// In Scotland, parental responsibilities ended at 16.
    GrownInScotland,
    /// The person has not agreed.
    NotAgreed,
    /// What they rely on gives no right.
    NoRight,
    /// An attorney or deputy acts for adults only.
    AdultsOnly,
}

impl Stop {
    /// What a page says, and what to do.
    pub fn words(self) -> String {
        let words = match self {
            Self::NotSettled => "Settle first by what right they ask.",
            Self::CourtOrder => {
                "A court order stands against it. Give them nothing; ask the data protection lead before you write."
            }
            Self::MustNotBeTold => "They must not be told. Give them nothing, also not that there is a file.",
            Self::AgeUnknown => "Enter the day of birth on the person's file first: the age decides who may ask.",
            Self::JudgeFirst => "Judge first whether they understand what asking means: see below.",
            Self::JudgeAgain(on) => {
                return format!("They had a birthday on {}: judge again whether they decide alone.", uk_date(on));
            }
            Self::NeedsSomebody => {
                "They do not understand yet. Somebody with parental responsibility must ask for them."
            }
            Self::TheirOwnDecision => {
                "The child decides alone and has not agreed. Ask the child, or say why it is plainly in their interest."
            }
            Self::CannotAuthorise => {
                "A child who cannot decide cannot authorise anybody. Somebody with parental responsibility must ask, or \
                 authorise the solicitor."
            }
            Self::InterestOpen => "Say why it is in the child's interest that they read it.",
            Self::Grown => "The person is 18 or over: parental responsibility is over. Only they can ask, or agree.",
            Self::GrownInScotland => {
                "In Scotland, parental responsibilities end at 16. Only the young person can ask, or agree."
            }
            Self::NotAgreed => "The person has not agreed. Ask them first.",
            Self::NoRight => {
                "Without an order or agreement they have no right to ask for the child. The child can agree, if the child \
                 understands."
            }
            Self::AdultsOnly => "An attorney or deputy acts for adults. For a child, parental responsibility counts.",
        };
        words.to_owned()
    }
}

/// Whole years on a day. Who is born on 29 February has the birthday on 1 March in other years.
pub fn age_on(born: Date, day: Date) -> i16 {
    let had_it = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i16::from(!had_it)
}

/// The day on which somebody reaches an age.
pub fn birthday(born: Date, age: i16) -> Option<Date> {
    let year = born.year().checked_add(age)?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// The birthdays that change who decides, with the age, in a stretch of days (both included).
pub fn turns(born: Date, presumed_from: i16, (from, to): (Date, Date)) -> Vec<(i16, Date)> {
    let mut ages = vec![presumed_from, 13, 16, GROWN];
    ages.sort_unstable();
    ages.dedup();
    let on = |age| birthday(born, age).map(|day| (age, day));
    ages.into_iter().filter_map(on).filter(|(_, day)| from <= *day && *day <= to).collect()
}

/// The law's table.
///
/// # Errors
/// [`Stop`], with what to do next.
pub fn may_they(asking: &Asking<'_>) -> Result<May, Stop> {
    let age = asking.born.map(|born| age_on(born, asking.today));
    let grown = age.map_or(!asking.is_child, |age| age >= GROWN);
    let Asker::Another(standing) = asking.asker else {
        return if grown { Ok(May::Themselves) } else { child_alone(asking, age) };
    };
    let standing = standing.ok_or(Stop::NotSettled)?;
    match standing.barred {
        Barred::MustNotBeTold => return Err(Stop::MustNotBeTold),
        Barred::ByCourt => return Err(Stop::CourtOrder),
        Barred::Nothing => {}
    }
    match (grown, age) {
        (true, _) => for_an_adult(standing),
        (false, None) => Err(Stop::AgeUnknown),
        (false, Some(age)) => for_a_child(asking, standing, age),
    }
}

fn child_alone(asking: &Asking<'_>, age: Option<i16>) -> Result<May, Stop> {
    match decides_alone(asking, age)? {
        Some(true) => Ok(May::Themselves),
        Some(false) => Err(Stop::NeedsSomebody),
        None => Err(Stop::JudgeFirst),
    }
}

/// Whether the child decides alone: as judged, or as presumed; none where nobody can say.
fn decides_alone(asking: &Asking<'_>, age: Option<i16>) -> Result<Option<bool>, Stop> {
    let presumed = age.is_some_and(|age| age >= asking.presumed_from);
    let Some(judged) = asking.competence else { return Ok(presumed.then_some(true)) };
    let since = asking.born.and_then(|born| birthday(born, asking.presumed_from));
    match since.filter(|day| !judged.able && judged.on < *day && *day <= asking.today) {
        Some(day) => Err(Stop::JudgeAgain(day)),
        None => Ok(Some(judged.able)),
    }
}

fn for_an_adult(standing: &Standing) -> Result<May, Stop> {
    match standing.right {
        Right::Attorney => Ok(May::ForTheAdult),
        Right::Agreement | Right::Agent if standing.agrees == Agrees::Yes => Ok(May::WithTheirAuthority),
        Right::Agreement | Right::Agent => Err(Stop::NotAgreed),
        Right::Nothing => Err(Stop::NoRight),
        _ if standing.agrees == Agrees::Yes => Ok(May::WithTheirAuthority),
        _ => Err(Stop::Grown),
    }
}

fn for_a_child(asking: &Asking<'_>, standing: &Standing, age: i16) -> Result<May, Stop> {
    let decides = decides_alone(asking, Some(age))?.unwrap_or(false);
    if decides && standing.agrees == Agrees::Yes {
        return Ok(May::WithTheirAuthority);
    }
    match standing.right {
        Right::Attorney => Err(Stop::AdultsOnly),
        Right::Nothing => Err(Stop::NoRight),
        Right::Agreement | Right::Agent if decides => Err(Stop::NotAgreed),
        Right::Agreement | Right::Agent => Err(Stop::CannotAuthorise),
        _ if age >= PARENTAL_END_IN_SCOTLAND && may_be_scottish(asking.nations) => Err(Stop::GrownInScotland),
        // Whoever decides alone and says no has decided.
        _ if decides && standing.agrees == Agrees::No => Err(Stop::TheirOwnDecision),
        _ if standing.in_their_interest.is_none() => {
            Err(if decides { Stop::TheirOwnDecision } else { Stop::InterestOpen })
        }
        _ if decides => Ok(May::InTheirInterest),
        _ => Ok(May::ForTheChild),
    }
}

/// Whether Scots law may apply: where it is not known where the child lives, the stricter law counts.
pub(crate) fn may_be_scottish(nations: Nations) -> bool {
    nations.iter().any(|nation| nation == Nation::Scotland)
}

#[cfg(test)]
mod tests;
