//! The 30 days in which a complaint about data protection is acknowledged.

use jiff::civil::{Date, date};

use crate::limit::{Because, Limit};
use crate::span::add_days;
use crate::term::Calendar;
use crate::wording::weekday_date;
use crate::{BankHolidays, ClockError, Nations};

/// Complaints received from this day must be acknowledged (SI 2026/82 regs 3, 7).
const SECTION_164A: Date = date(2026, 6, 19);
const DAYS: i64 = 30;

/// The limit for acknowledging a complaint (Data Protection Act 2018 s. 164A(3)). The day after receipt is day one,
/// as the regulator counts. Looking into it starts at once, and its outcome may come with the acknowledgement.
///
/// # Errors
/// [`ClockError::NoLimit`] for a complaint received before 19 June 2026; the end of the calendar.
pub fn complaint(received: Date, nations: impl Into<Nations>, holidays: &BankHolidays) -> Result<Limit, ClockError> {
    let nations = nations.into();
    let calendar = Calendar { nations, holidays };
    let mut because = Vec::new();
    if !nations.is_single() {
        because.push(Because::new(format!("Counted for {nations}: the earliest date is always in time.")));
    }
    because.push(Because::new(format!("Received on {}.", weekday_date(received))));
    if received < SECTION_164A {
        because.push(Because::new(
            "The duty to acknowledge within 30 days is for complaints received from 19 June 2026, so the law sets no \
             date for this one.",
        ));
        return Err(ClockError::NoLimit { because });
    }
    let base = add_days(received, DAYS)?;
    because.push(Because::new(format!("The day after is day one. Day 30 is {}.", weekday_date(base))));
    let due = calendar.roll(base)?;
    because.extend(calendar.roll_words(base, due));
    because.push(Because::new(format!(
        "Acknowledge it by the end of {}. Look into it from the first day, and tell the person how it goes.",
        weekday_date(due)
    )));
    let warnings = holidays.doubts([base, due]).into_iter().collect();
    Ok(Limit::plain(received, due, because, warnings))
}
