//! The arithmetic of one period: months from a start, paused days, the roll to a working day.

use jiff::civil::Date;

use crate::holidays::is_weekend;
use crate::span::{add_days, add_months};
use crate::wording::{date_range, days, days_between, month_name, weekday_date};
use crate::{BankHolidays, Because, ClockError, Nations};

/// The calendar a sum is made with.
#[derive(Clone, Copy)]
pub(crate) struct Calendar<'a> {
    pub(crate) nations: Nations,
    pub(crate) holidays: &'a BankHolidays,
}

impl Calendar<'_> {
    /// The end of a period that would end on `date`: that day, or the next working day (Reg. 1182/71 art. 3(4)).
    /// With several nations, the earliest.
    pub(crate) fn roll(self, date: Date) -> Result<Date, ClockError> {
        let mut earliest = None;
        for nation in self.nations.iter() {
            let day = self.holidays.next_working_day(date, nation)?;
            earliest = Some(earliest.map_or(day, |found: Date| found.min(day)));
        }
        earliest.ok_or(ClockError::NoNation)
    }

    /// Why `date` moves to `rolled`, or stays although it is a holiday somewhere.
    pub(crate) fn roll_words(self, date: Date, rolled: Date) -> Option<Because> {
        let day = weekday_date(date);
        let next = weekday_date(rolled);
        if is_weekend(date) {
            return Some(Because::new(format!("{day} is at the weekend. The next working day is {next}.")));
        }
        let off: Vec<_> =
            self.nations.iter().filter_map(|nation| Some((nation, self.holidays.on(date, nation)?))).collect();
        let (_, first) = off.first()?;
        let name = &first.name;
        let instead = if first.substitute { ", in place of the weekend" } else { "" };
        let places = Nations::of(off.iter().map(|(nation, _)| *nation)).ok()?;
        let end = if date == rolled {
            "It is not one everywhere, so the date stays.".to_owned()
        } else {
            format!("The next working day is {next}.")
        };
        Some(Because::new(format!("{day} is a bank holiday in {places} ({name}{instead}). {end}")))
    }
}

/// A stretch of waiting that does not count: from the day of the question to the day of the answer, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stretch {
    pub(crate) from: Date,
    pub(crate) to: Date,
}

/// One period worked out.
#[derive(Debug)]
pub(crate) struct Term {
    /// The same day-number `months` later, before pauses and roll.
    pub(crate) base: Date,
    /// With pauses, before the roll.
    pub(crate) unrolled: Date,
    pub(crate) due: Date,
    pub(crate) safe: Date,
    pub(crate) paused_days: i64,
    /// The stretches that count, those that touch or overlap joined.
    pub(crate) stretches: Vec<Stretch>,
    /// Questions asked when the period had already run out.
    pub(crate) too_late: Vec<Date>,
}

/// Works out a period of `months` from `start`. `pauses` are sorted by their first day. Days before `start` are no
/// part of the period, so they cannot be taken out of it; a pause that begins after the period has run out cannot
/// bring it back.
pub(crate) fn term(start: Date, months: i64, pauses: &[Stretch], calendar: Calendar<'_>) -> Result<Term, ClockError> {
    let base = add_months(start, months)?;
    let mut due = calendar.roll(base)?;
    // `counted`: both days of a pause; `cautious`: without the day of the answer.
    let (mut counted, mut cautious) = (0, 0);
    let mut cautious_to = None;
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut too_late = Vec::new();
    for pause in pauses {
        if pause.from > due {
            too_late.push(pause.from);
            continue;
        }
        let from = pause.from.max(start);
        if pause.to < from {
            continue;
        }
        let fresh = match stretches.last() {
            Some(last) if last.to >= from => last.to.tomorrow()?,
            _ => from,
        };
        counted += (days_between(fresh, pause.to) + 1).max(0);
        let fresh = cautious_to.map_or(from, |to: Date| to.max(from));
        cautious += days_between(fresh, pause.to).max(0);
        cautious_to = Some(cautious_to.map_or(pause.to, |to: Date| to.max(pause.to)));
        match stretches.last_mut() {
            Some(last) if add_days(last.to, 1)? >= from => last.to = last.to.max(pause.to),
            _ => stretches.push(Stretch { from, to: pause.to }),
        }
        due = calendar.roll(add_days(base, counted)?)?;
    }
    let unrolled = add_days(base, counted)?;
    let safe = calendar.roll(add_days(base, cautious)?)?;
    Ok(Term { base, unrolled, due, safe, paused_days: counted, stretches, too_late })
}

impl Term {
    /// The sum of a one-month period, line by line.
    pub(crate) fn words(&self, start: Date, calendar: Calendar<'_>, because: &mut Vec<Because>) {
        let base = weekday_date(self.base);
        because.push(Because::new(if self.base.day() == start.day() {
            format!("One month later is {base}.")
        } else {
            let month = month_name(self.base.month());
            format!("{month} has no day {}, so one month later is its last day: {base}.", start.day())
        }));
        for stretch in &self.stretches {
            because.push(Because::new(stretch.words()));
        }
        if self.paused_days > 0 {
            let paused = days(self.paused_days);
            because.push(Because::new(format!("With {paused} more the limit is {}.", weekday_date(self.unrolled))));
        }
        because.extend(calendar.roll_words(self.unrolled, self.due));
    }
}

impl Stretch {
    fn words(self) -> String {
        let waited = "we waited to hear what was wanted. Both the day we asked and the day of the answer are left out.";
        if self.from == self.to {
            return format!(
                "{} does not count: we asked what was wanted and heard the same day.",
                weekday_date(self.from)
            );
        }
        let count = days(days_between(self.from, self.to) + 1);
        format!("The {count} from {} do not count: {waited}", date_range(self.from, self.to))
    }
}
