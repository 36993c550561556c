//! Bank holidays of the three nations: by rule, with dated exceptions and the charity's own additions.
//!
//! Source: Banking and Financial Dealings Act 1971 with the yearly proclamations; checked day by day for 2018 to
//! 2028 against the lists in `tests/bank_holidays.rs`.

mod rules;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};

use crate::wording::uk_date;
use crate::{ClockError, Nation, Nations};

/// One bank holiday in one nation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day on which people are off: never a weekend.
    pub date: Date,
    /// Its name.
    pub name: Cow<'static, str>,
    /// Whether it stands in for a holiday that fell on a weekend.
    pub substitute: bool,
}

/// The calendar of bank holidays that a sum uses.
#[derive(Debug, Clone)]
pub struct BankHolidays {
    // `Some(name)`: proclaimed; `None`: moved away or cancelled.
    changed: BTreeMap<(Date, Nation), Option<String>>,
    verified: RangeInclusive<i16>,
}

impl Default for BankHolidays {
    fn default() -> Self {
        Self { changed: BTreeMap::new(), verified: 2018..=2028 }
    }
}

impl BankHolidays {
    /// The rules and the exceptions known so far, verified for 2018 to 2028.
    pub fn verified() -> Self {
        Self::default()
    }

    /// Adds a holiday that was proclaimed after this program was made.
    #[must_use]
    pub fn proclaimed(mut self, date: Date, nations: impl Into<Nations>, name: &str) -> Self {
        for nation in nations.into().iter() {
            self.changed.insert((date, nation), Some(name.to_owned()));
        }
        self
    }

    /// Takes a holiday away that was moved or cancelled after this program was made.
    #[must_use]
    pub fn cancelled(mut self, date: Date, nations: impl Into<Nations>) -> Self {
        for nation in nations.into().iter() {
            self.changed.insert((date, nation), None);
        }
        self
    }

    /// Says that somebody has checked the calendar up to the end of `year`.
    #[must_use]
    pub fn checked_until(mut self, year: i16) -> Self {
        self.verified = *self.verified.start()..=year;
        self
    }

    /// The first year for which the calendar is verified.
    pub fn verified_from(&self) -> i16 {
        *self.verified.start()
    }

    /// The last year for which the calendar is verified. Past it, [`Self::doubts`] warns.
    pub fn verified_until(&self) -> i16 {
        *self.verified.end()
    }

    /// The holidays of a year that fall on working days, in order of date.
    pub fn of_year(&self, year: i16, nation: Nation) -> Vec<Holiday> {
        let mut days = rules::of_year(year, nation);
        for ((date, _), change) in self.changed.iter().filter(|((date, of), _)| date.year() == year && *of == nation) {
            days.retain(|holiday| holiday.date != *date);
            if let Some(name) = change.as_ref().filter(|_| !is_weekend(*date)) {
                days.push(Holiday { date: *date, name: Cow::Owned(name.clone()), substitute: false });
            }
        }
        days.sort_by_key(|holiday| holiday.date);
        days
    }

    /// The holiday on that day, if there is one. A weekend day is none: its substitute is.
    pub fn on(&self, date: Date, nation: Nation) -> Option<Holiday> {
        if is_weekend(date) {
            return None;
        }
        self.of_year(date.year(), nation).into_iter().find(|holiday| holiday.date == date)
    }

    /// Whether people work on that day: not a weekend and not a bank holiday.
    pub fn is_working_day(&self, date: Date, nation: Nation) -> bool {
        !is_weekend(date) && self.on(date, nation).is_none()
    }

    /// That day if it is a working day, or else the first one after it.
    ///
    /// # Errors
    /// [`ClockError::OutOfRange`] at the end of the calendar (year 9999).
    pub fn next_working_day(&self, date: Date, nation: Nation) -> Result<Date, ClockError> {
        let mut day = date;
        while !self.is_working_day(day, nation) {
            day = day.tomorrow()?;
        }
        Ok(day)
    }

    /// A warning when one of the dates lies outside the verified years.
    pub fn doubts(&self, dates: impl IntoIterator<Item = Date>) -> Option<String> {
        let date = dates.into_iter().find(|date| !self.verified.contains(&date.year()))?;
        Some(format!(
            "Bank holidays are checked for {} to {}. {} is outside those years: check that no holiday was moved or added.",
            self.verified_from(),
            self.verified_until(),
            uk_date(date),
        ))
    }
}

/// Whether that day is a Saturday or a Sunday.
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
