//! A length of time as a policy writes it: "30 days", "one month", "six years".

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::holidays::is_weekend;
use crate::{BankHolidays, ClockError, Nation};

/// A length of time in one unit. Months and years are calendar ones.
///
/// There is no order between spans of different units: 30 days are longer than one month in February and
/// shorter in July. Compare the dates that they lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// Elapsed hours.
    Hours(u32),
    /// Calendar days.
    Days(u32),
    /// Days that are neither weekend nor bank holiday.
    WorkingDays(u32),
    /// Seven days each.
    Weeks(u32),
    /// Calendar months.
    Months(u32),
    /// Calendar years.
    Years(u32),
}

const SMALL: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

impl Span {
    const fn parts(self) -> (u32, &'static str) {
        match self {
            Self::Hours(count) => (count, "hour"),
            Self::Days(count) => (count, "day"),
            Self::WorkingDays(count) => (count, "working day"),
            Self::Weeks(count) => (count, "week"),
            Self::Months(count) => (count, "month"),
            Self::Years(count) => (count, "year"),
        }
    }

    /// The span with its number in figures: `1 month`, `30 days`. This form is read back by [`Span::from_str`].
    pub fn figures(self) -> String {
        let (count, unit) = self.parts();
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    }

    /// The day this long after `date`, stopping at the calendar's end (31 December 9999).
    ///
    /// The day of the event is day nought. A month that lacks the day ends on its last one. Hours count as whole
    /// days, rounded down, and working days know weekends only: both come out early, never late. Where bank holidays
    /// matter, use [`Span::working_after`].
    pub fn after(self, date: Date) -> Date {
        match self {
            Self::Hours(count) => later(date, i64::from(count / 24)),
            Self::Days(count) => later(date, i64::from(count)),
            Self::Weeks(count) => later(date, i64::from(count) * 7),
            Self::Months(count) => months_later(date, i64::from(count)),
            Self::Years(count) => months_later(date, i64::from(count) * 12),
            Self::WorkingDays(count) => count_working(date, count, |day| !is_weekend(day)),
        }
    }

    /// As [`Span::after`], with the bank holidays of `nation` counted out of working days.
    pub fn working_after(self, date: Date, holidays: &BankHolidays, nation: Nation) -> Date {
        match self {
            Self::WorkingDays(count) => count_working(date, count, |day| holidays.is_working_day(day, nation)),
            other => other.after(date),
        }
    }

    /// The day this long before `date`; for rules that look back. Working days know weekends only.
    pub fn before(self, date: Date) -> Date {
        match self {
            Self::Hours(count) => later(date, -i64::from(count / 24)),
            Self::Days(count) => later(date, -i64::from(count)),
            Self::Weeks(count) => later(date, -(i64::from(count) * 7)),
            Self::Months(count) => months_later(date, -i64::from(count)),
            Self::Years(count) => months_later(date, -(i64::from(count) * 12)),
            Self::WorkingDays(count) => {
                let mut day = date;
                let mut left = count;
                while left > 0 {
                    let Ok(previous) = day.yesterday() else { break };
                    day = previous;
                    left -= u32::from(!is_weekend(day));
                }
                day
            }
        }
    }

    /// Elapsed hours, for spans that have a fixed length: hours, days, weeks.
    pub(crate) const fn hours(self) -> Option<i64> {
        match self {
            Self::Hours(count) => Some(count as i64),
            Self::Days(count) => Some(count as i64 * 24),
            Self::Weeks(count) => Some(count as i64 * 168),
            Self::WorkingDays(_) | Self::Months(_) | Self::Years(_) => None,
        }
    }
}

fn later(date: Date, days: i64) -> Date {
    date.saturating_add(SignedDuration::from_hours(days.saturating_mul(24)))
}

fn months_later(date: Date, months: i64) -> Date {
    let end = if months < 0 { Date::MIN } else { Date::MAX };
    add_months(date, months).unwrap_or(end)
}

/// The same day-number so many months later, or that month's last day when it has no such day.
///
/// # Errors
/// [`ClockError::OutOfRange`] past the calendar's end.
pub(crate) fn add_months(date: Date, months: i64) -> Result<Date, ClockError> {
    let span = jiff::Span::new().try_months(months)?;
    Ok(date.checked_add(span)?)
}

/// The date so many days later.
///
/// # Errors
/// [`ClockError::OutOfRange`] past the calendar's end.
pub(crate) fn add_days(date: Date, days: i64) -> Result<Date, ClockError> {
    Ok(date.checked_add(SignedDuration::from_hours(days.saturating_mul(24)))?)
}

fn count_working(date: Date, count: u32, works: impl Fn(Date) -> bool) -> Date {
    let mut day = date;
    let mut left = count;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        left -= u32::from(works(day));
    }
    day
}

impl fmt::Display for Span {
    /// In words, as a family reads it: `30 days`, `one month`, `six years`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = self.parts();
        let plural = if count == 1 { "" } else { "s" };
        match SMALL.get(count as usize) {
            Some(word) if (1..10).contains(&count) => write!(f, "{word} {unit}{plural}"),
            _ => write!(f, "{count} {unit}{plural}"),
        }
    }
}

/// Words that are not a length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a length of time. Write for example \"30 days\", \"one month\", \"10 working days\" or \"72 hours\"."
)]
pub struct SpanUnreadable(pub String);

impl FromStr for Span {
    type Err = SpanUnreadable;

    /// Reads a number in figures, or in words up to twelve ("a" is one), and a unit.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || SpanUnreadable(text.to_owned());
        let lower = text.trim().to_lowercase();
        let (number, unit) = lower.split_once(char::is_whitespace).ok_or_else(unreadable)?;
        let count = match number {
            "a" | "an" => 1,
            word => match SMALL.iter().position(|small| *small == word) {
                Some(position) => u32::try_from(position).map_err(|_| unreadable())?,
                None if word.bytes().all(|byte| byte.is_ascii_digit()) => word.parse().map_err(|_| unreadable())?,
                None => return Err(unreadable()),
            },
        };
        let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
        match unit.strip_suffix('s').unwrap_or(&unit) {
            "hour" => Ok(Self::Hours(count)),
            "day" | "calendar day" => Ok(Self::Days(count)),
            "working day" => Ok(Self::WorkingDays(count)),
            "week" => Ok(Self::Weeks(count)),
            "month" | "calendar month" => Ok(Self::Months(count)),
            "year" => Ok(Self::Years(count)),
            _ => Err(unreadable()),
        }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.figures())
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_span_is_said_in_words() {
        for (span, words) in [
            (Span::Days(30), "30 days"),
            (Span::Months(1), "one month"),
            (Span::Years(6), "six years"),
            (Span::Hours(72), "72 hours"),
            (Span::WorkingDays(5), "five working days"),
            (Span::Weeks(10), "10 weeks"),
            (Span::Days(0), "0 days"),
        ] {
            assert_eq!(span.to_string(), words);
        }
    }

    #[test]
    fn a_span_is_read_from_figures_and_words() {
        for (words, span) in [
            ("30 days", Span::Days(30)),
            ("One month", Span::Months(1)),
            ("a year", Span::Years(1)),
            ("twelve calendar months", Span::Months(12)),
            (" 10  working   days ", Span::WorkingDays(10)),
            ("1 hour", Span::Hours(1)),
        ] {
            assert_eq!(words.parse::<Span>().unwrap(), span);
        }
        for bad in ["", "soon", "days", "30", "-3 days", "+3 days", "3.5 days", "99999999999 days", "two fortnights"] {
            assert!(bad.parse::<Span>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_month_without_the_day_ends_on_its_last() {
        assert_eq!(Span::Months(1).after(date(2027, 1, 31)), date(2027, 2, 28));
        assert_eq!(Span::Months(1).after(date(2028, 1, 31)), date(2028, 2, 29));
        assert_eq!(Span::Years(6).after(date(2024, 2, 29)), date(2030, 2, 28));
        assert_eq!(Span::Months(6).before(date(2026, 8, 31)), date(2026, 2, 28));
    }

    #[test]
    fn weeks_have_seven_days_and_hours_come_out_early() {
        let monday = date(2026, 3, 2);
        assert_eq!(Span::Weeks(2).after(monday), date(2026, 3, 16));
        assert_eq!(Span::Weeks(2).before(monday), date(2026, 2, 16));
        assert_eq!(Span::Hours(72).after(monday), date(2026, 3, 5));
        assert_eq!(Span::Hours(47).after(monday), date(2026, 3, 3));
        assert_eq!(
            (Span::Weeks(1).hours(), Span::Days(2).hours(), Span::Months(1).hours()),
            (Some(168), Some(48), None)
        );
    }

    #[test]
    fn working_days_step_over_weekends_and_holidays() {
        let maundy_thursday = date(2026, 4, 2);
        let holidays = BankHolidays::verified();
        assert_eq!(Span::WorkingDays(1).after(maundy_thursday), date(2026, 4, 3));
        let one = |nation| Span::WorkingDays(1).working_after(maundy_thursday, &holidays, nation);
        assert_eq!(one(Nation::EnglandAndWales), date(2026, 4, 7));
        assert_eq!(one(Nation::Scotland), date(2026, 4, 6));
        assert_eq!(Span::WorkingDays(2).before(date(2026, 3, 2)), date(2026, 2, 26));
    }

    #[test]
    fn the_end_of_the_calendar_stops_a_span_without_a_panic() {
        for span in [Span::Days(u32::MAX), Span::Months(u32::MAX), Span::Years(u32::MAX), Span::WorkingDays(u32::MAX)] {
            assert_eq!(span.after(date(9999, 12, 30)), Date::MAX);
        }
        assert_eq!(Span::Years(u32::MAX).before(date(1, 1, 1)), Date::MIN);
    }

    proptest! {
        #[test]
        fn figures_and_words_are_read_back(count in 0u32..20_000, unit in 0usize..6) {
            let span = [Span::Hours, Span::Days, Span::WorkingDays, Span::Weeks, Span::Months, Span::Years][unit](count);
            prop_assert_eq!(span.figures().parse::<Span>().unwrap(), span);
            prop_assert_eq!(span.to_string().parse::<Span>().unwrap(), span);
        }
    }
}
