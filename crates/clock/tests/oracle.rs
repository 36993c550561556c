//! The whole enumerable space against a second clock, written as naively as possible: it knows holidays from the
//! printed lists, months from a table of lengths, and walks the calendar one day at a time.

#![expect(clippy::unwrap_used, reason = "tests")]

mod tables;

use std::collections::BTreeSet;

use clock::{BankHolidays, Nation, Request, access, complaint, right};
use jiff::civil::{Date, Weekday, date};
use tables::published;

const FIRST: Date = date(2018, 1, 1);
const LAST: Date = date(2028, 12, 31);

/// Three months and sixty days from the last receipt lead into 2029, for which no list is printed yet: the days that
/// the rules give, worked out with another program.
const NOT_YET_PRINTED: [(Nation, &str); 3] = [
    (Nation::EnglandAndWales, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"),
    (Nation::Scotland, "01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26"),
    (Nation::NorthernIreland, "01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26"),
];

/// The second clock.
struct Naive {
    days_off: BTreeSet<Date>,
}

impl Naive {
    fn of(nation: Nation) -> Self {
        let mut days_off = published(nation);
        for (_, days) in NOT_YET_PRINTED.iter().filter(|(of, _)| *of == nation) {
            days_off.extend(days.split(' ').map(|day| format!("2029-{day}").parse::<Date>().unwrap()));
        }
        Self { days_off }
    }

    fn works(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.days_off.contains(&day)
    }

    fn or_next_working(&self, mut day: Date) -> Date {
        while !self.works(day) {
            day = day.tomorrow().unwrap();
        }
        day
    }

    /// Walks from the start until the months are over and the days that do not count are made up for.
    fn limit(&self, start: Date, months: i32, left_out: i32) -> Date {
        let mut day = months_later(start, months);
        for _ in 0..left_out {
            day = day.tomorrow().unwrap();
        }
        self.or_next_working(day)
    }
}

fn month_length(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

fn months_later(start: Date, months: i32) -> Date {
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..months {
        month += 1;
        if month == 13 {
            (year, month) = (year + 1, 1);
        }
    }
    date(year, month, start.day().min(month_length(year, month)))
}

fn every_day() -> impl Iterator<Item = Date> {
    FIRST.series(jiff::Span::new().days(1)).take_while(|day| *day <= LAST)
}

fn plus(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap()
}

#[test]
fn every_receipt_in_every_nation_agrees() {
    let holidays = BankHolidays::verified();
    let mut checked = 0;
    for nation in Nation::ALL {
        let naive = Naive::of(nation);
        for received in every_day() {
            let request = Request::received(received, nation);
            for limit in [access(&request, &holidays).unwrap(), right(&request, &holidays).unwrap()] {
                assert_eq!(limit.due, naive.limit(received, 1, 0), "{received} in {nation}");
                assert_eq!(limit.extension_notice_by, Some(limit.due));
                assert_eq!(limit.extended_due, Some(naive.limit(received, 3, 0)), "{received} in {nation}, extended");
                let certain = received >= date(2018, 5, 25) && limit.extended_due.unwrap() <= date(2028, 12, 31);
                assert_eq!(limit.warnings.is_empty(), certain, "{received}: {:?}", limit.warnings);
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 2 * 3 * 4018, "all days of eleven years");
}

#[test]
fn every_receipt_with_pauses_up_to_sixty_days_agrees() {
    let holidays = BankHolidays::verified();
    for nation in Nation::ALL {
        let naive = Naive::of(nation);
        for (place, received) in every_day().enumerate() {
            // Where in the month the question is asked goes round, and each day tries every third length, so that
            // every length meets every place within a few months.
            let place = i32::try_from(place).unwrap();
            let asked = plus(received, place % 28);
            for length in (1..=60).filter(|length| (length + place) % 3 == 0) {
                let request = Request::received(received, nation).paused(asked, Some(plus(asked, length - 1)));
                let limit = access(&request, &holidays).unwrap();
                let left_out = if received < date(2026, 2, 5) { 0 } else { length };
                let safe = (left_out - 1).max(0);
                assert_eq!(limit.due, naive.limit(received, 1, left_out), "{received}, {length} days, {nation}");
                assert_eq!(limit.safe, naive.limit(received, 1, safe), "{received}, {length} days, {nation}, safe");
                assert_eq!(limit.extended_due, Some(naive.limit(received, 3, left_out)), "{received}, {length} days");
            }
        }
    }
}

#[test]
fn every_receipt_with_proof_of_identity_agrees() {
    let holidays = BankHolidays::verified();
    for nation in Nation::ALL {
        let naive = Naive::of(nation);
        for (place, received) in every_day().enumerate() {
            let place = i32::try_from(place).unwrap();
            let asked = plus(received, place % 5);
            for waited in (0..=30).filter(|waited| (waited + place) % 3 == 0) {
                let came = plus(asked, waited);
                let request = Request::received(received, nation).identity(asked, Some(came));
                let limit = right(&request, &holidays).unwrap();
                assert_eq!(limit.due, naive.limit(came, 1, 0), "{received}, proof on {came}, {nation}");
                assert_eq!(limit.extended_due, Some(naive.limit(came, 3, 0)), "{received}, proof on {came}, {nation}");
            }
        }
    }
}

#[test]
fn every_complaint_in_every_nation_agrees() {
    let holidays = BankHolidays::verified();
    for nation in Nation::ALL {
        let naive = Naive::of(nation);
        for received in every_day() {
            match complaint(received, nation, &holidays) {
                Ok(limit) => {
                    let mut day = received;
                    for _ in 0..30 {
                        day = day.tomorrow().unwrap();
                    }
                    assert_eq!(limit.due, naive.or_next_working(day), "{received} in {nation}");
                    assert!(received >= date(2026, 6, 19));
                }
                Err(_) => assert!(received < date(2026, 6, 19), "{received}"),
            }
        }
    }
}
