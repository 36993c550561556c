//! The rules behind the bank holidays: fixed days, Easter, Mondays, substitutes, and the dated exceptions.

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};

use super::{Holiday, is_weekend};
use crate::Nation::{self, EnglandAndWales, NorthernIreland, Scotland};

const EVERYWHERE: &[Nation] = &Nation::ALL;
const NOT_SCOTLAND: &[Nation] = &[EnglandAndWales, NorthernIreland];

/// A holiday of one year that no rule foresees.
struct Exception {
    date: (i16, i8, i8),
    nations: &'static [Nation],
    /// The name of an added day; `None` for a day that was moved away.
    added: Option<&'static str>,
}

const fn moved(date: (i16, i8, i8)) -> Exception {
    Exception { date, nations: EVERYWHERE, added: None }
}

const fn added(date: (i16, i8, i8), nations: &'static [Nation], name: &'static str) -> Exception {
    Exception { date, nations, added: Some(name) }
}

/// Royal proclamations 2018 to 2028.
const EXCEPTIONS: &[Exception] = &[
    moved((2020, 5, 4)),
    added((2020, 5, 8), EVERYWHERE, "Early May bank holiday (VE Day)"),
    moved((2022, 5, 30)),
    added((2022, 6, 2), EVERYWHERE, "Spring bank holiday"),
    added((2022, 6, 3), EVERYWHERE, "Platinum Jubilee bank holiday"),
    added((2022, 9, 19), EVERYWHERE, "Bank holiday for the state funeral of the Queen"),
    added((2023, 5, 8), EVERYWHERE, "Bank holiday for the coronation of the King"),
    added((2026, 6, 15), &[Scotland], "Bank holiday by Royal Proclamation"),
];

/// The working days of `year` that are bank holidays, in no order. Empty for years without a calendar.
pub(super) fn of_year(year: i16, nation: Nation) -> Vec<Holiday> {
    let nominal = nominal(year, nation);
    let mut days: Vec<Holiday> = nominal
        .iter()
        .filter(|(date, _)| !is_weekend(*date))
        .map(|(date, name)| Holiday { date: *date, name: Cow::Borrowed(name), substitute: false })
        .collect();
    // Weekend holidays pass on, in order of date, to the next weekday that is free: Christmas before Boxing Day.
    for (date, name) in nominal.iter().filter(|(date, _)| is_weekend(*date)) {
        let mut day = *date;
        while is_weekend(day) || days.iter().any(|holiday| holiday.date == day) {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        days.push(Holiday { date: day, name: Cow::Borrowed(name), substitute: true });
    }
    apply_exceptions(&mut days, year, nation);
    days
}

/// The days that the rules name, weekends included, in order of date.
fn nominal(year: i16, nation: Nation) -> Vec<(Date, &'static str)> {
    let easter = easter_sunday(year);
    let on = |month, day| Date::new(year, month, day).ok();
    let monday = |month, nth| on(month, 1).and_then(|first| first.nth_weekday_of_month(nth, Weekday::Monday).ok());
    let rules: [(&[Nation], Option<Date>, &'static str); 13] = [
        (EVERYWHERE, on(1, 1), "New Year\u{2019}s Day"),
        (&[Scotland], on(1, 2), "2nd January"),
        (&[NorthernIreland], on(3, 17), "St Patrick\u{2019}s Day"),
        (EVERYWHERE, easter.and_then(|sunday| shifted(sunday, -2)), "Good Friday"),
        (NOT_SCOTLAND, easter.and_then(|sunday| shifted(sunday, 1)), "Easter Monday"),
        (EVERYWHERE, monday(5, 1), "Early May bank holiday"),
        (EVERYWHERE, monday(5, -1), "Spring bank holiday"),
        (&[NorthernIreland], on(7, 12), "Battle of the Boyne"),
        (&[Scotland], monday(8, 1), "Summer bank holiday"),
        (NOT_SCOTLAND, monday(8, -1), "Summer bank holiday"),
        (&[Scotland], on(11, 30), "St Andrew\u{2019}s Day"),
        (EVERYWHERE, on(12, 25), "Christmas Day"),
        (EVERYWHERE, on(12, 26), "Boxing Day"),
    ];
    rules
        .into_iter()
        .filter(|(nations, _, _)| nations.contains(&nation))
        .filter_map(|(_, date, name)| Some((date?, name)))
        .collect()
}

fn apply_exceptions(days: &mut Vec<Holiday>, year: i16, nation: Nation) {
    for exception in EXCEPTIONS.iter().filter(|one| one.date.0 == year && one.nations.contains(&nation)) {
        let (year, month, day) = exception.date;
        let Ok(date) = Date::new(year, month, day) else { continue };
        days.retain(|holiday| holiday.date != date);
        if let Some(name) = exception.added {
            days.push(Holiday { date, name: Cow::Borrowed(name), substitute: false });
        }
    }
}

fn shifted(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::SignedDuration::from_hours(24 * days)).ok()
}

/// Easter Sunday of a Gregorian year, by the method of Meeus, Jones and Butcher.
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y.rem_euclid(19);
    let (century, within) = (y.div_euclid(100), y.rem_euclid(100));
    let (leap_centuries, century_rest) = (century.div_euclid(4), century.rem_euclid(4));
    let moon_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - leap_centuries - moon_shift + 15).rem_euclid(30);
    let (leaps, rest) = (within.div_euclid(4), within.rem_euclid(4));
    let to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest).rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let days = epact + to_sunday - 7 * correction + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, month, day) in
            [(1818, 3, 22), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2008, 3, 23), (2038, 4, 25)]
        {
            assert_eq!(easter_sunday(year).unwrap(), date(year, month, day));
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april_in_every_year() {
        for year in 1600..=9999 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sunday, "{easter}");
            assert!(date(year, 3, 22) <= easter && easter <= date(year, 4, 25), "{easter}");
        }
    }
}
