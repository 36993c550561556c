//! The day by which a person is told that we hold information about them which came from somebody else.

use jiff::civil::Date;

use crate::limit::{Because, Limit};
use crate::term::{Calendar, term};
use crate::wording::weekday_date;
use crate::{BankHolidays, ClockError, Nations};

/// Information that did not come from the person.
#[derive(Debug, Clone, Copy)]
pub struct Obtained {
    /// Where the charity works.
    pub nations: Nations,
    /// The day on which we got it.
    pub obtained: Date,
    /// The day on which we first write or speak to the person with it, if we do.
    pub first_contact: Option<Date>,
    /// The day on which we first share it, if we do.
    pub first_disclosure: Option<Date>,
}

/// The limit for giving the privacy notice (UK GDPR art. 14(3)): the earliest of one month after obtaining the
/// information, the first contact and the first disclosure. Contact and disclosure are events, so their days do not
/// move to a working day.
///
/// # Errors
/// [`ClockError::TooEarly`] when contact or disclosure is dated before the information came; the end of the calendar.
pub fn notice(facts: &Obtained, holidays: &BankHolidays) -> Result<Limit, ClockError> {
    let calendar = Calendar { nations: facts.nations, holidays };
    let month = term(facts.obtained, 1, &[], calendar)?;
    let mut because = Vec::new();
    if !facts.nations.is_single() {
        because.push(Because::new(format!("Counted for {}: the earliest date is always in time.", facts.nations)));
    }
    because.push(Because::new(format!("We got the information on {}.", weekday_date(facts.obtained))));
    month.words(facts.obtained, calendar, &mut because);
    let mut due = month.due;
    let events = [("contact with the person", facts.first_contact), ("sharing of it", facts.first_disclosure)];
    for (event, date) in events.into_iter().filter_map(|(event, date)| Some((event, date?))) {
        if date < facts.obtained {
            let (first, start) = ("we got the information", facts.obtained);
            return Err(ClockError::TooEarly { what: format!("The first {event}"), date, first, start });
        }
        because.push(Because::new(format!("The first {event} is on {}.", weekday_date(date))));
        due = due.min(date);
    }
    because.push(Because::new(format!(
        "The earliest day counts: tell the person by {}, and before the contact or the sharing.",
        weekday_date(due)
    )));
    let warnings = holidays.doubts([month.base, month.due]).into_iter().collect();
    Ok(Limit::plain(facts.obtained, due, because, warnings))
}
