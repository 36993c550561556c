//! The bank holidays against the published lists, and what a charity can change in them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod tables;

use std::collections::BTreeSet;

use clock::{BankHolidays, Nation, Nations, is_weekend};
use jiff::civil::{Date, date};
use tables::published;

fn computed(nation: Nation) -> BTreeSet<Date> {
    let holidays = BankHolidays::verified();
    (2018..=2028).flat_map(|year| holidays.of_year(year, nation)).map(|holiday| holiday.date).collect()
}

#[test]
fn every_nation_keeps_the_published_days_of_2018_to_2028_and_no_others() {
    for nation in Nation::ALL {
        let (computed, published) = (computed(nation), published(nation));
        let wrong: Vec<_> = computed.symmetric_difference(&published).collect();
        assert!(wrong.is_empty(), "{nation}: {wrong:?}");
        assert!(published.len() >= 88, "{nation}: the table is incomplete");
    }
}

#[test]
fn scotland_works_on_easter_monday_and_keeps_the_second_of_january() {
    let holidays = BankHolidays::verified();
    let easter_monday = date(2026, 4, 6);
    assert!(holidays.is_working_day(easter_monday, Nation::Scotland));
    assert!(!holidays.is_working_day(easter_monday, Nation::EnglandAndWales));
    let second = date(2026, 1, 2);
    assert!(!holidays.is_working_day(second, Nation::Scotland));
    assert!(holidays.is_working_day(second, Nation::NorthernIreland));
}

#[test]
fn a_weekend_holiday_is_kept_on_the_next_free_weekday_and_says_so() {
    let holidays = BankHolidays::verified();
    let boxing_day = holidays.on(date(2026, 12, 28), Nation::EnglandAndWales).unwrap();
    assert_eq!((boxing_day.name.as_ref(), boxing_day.substitute), ("Boxing Day", true));
    assert_eq!(holidays.on(date(2026, 12, 26), Nation::EnglandAndWales), None, "a Saturday is a weekend");
    let christmas_2022 = holidays.on(date(2022, 12, 27), Nation::Scotland).unwrap();
    assert_eq!(christmas_2022.name, "Christmas Day");
}

#[test]
fn a_new_proclamation_and_a_moved_day_can_be_added() {
    let (new, old) = (date(2029, 5, 11), date(2029, 5, 7));
    let holidays = BankHolidays::verified()
        .proclaimed(new, Nation::Scotland, "Jubilee")
        .cancelled(old, Nations::of([Nation::Scotland, Nation::EnglandAndWales]).unwrap());
    assert_eq!(holidays.on(new, Nation::Scotland).unwrap().name, "Jubilee");
    assert!(holidays.is_working_day(new, Nation::EnglandAndWales));
    assert!(holidays.is_working_day(old, Nation::Scotland) && holidays.is_working_day(old, Nation::EnglandAndWales));
    assert!(!holidays.is_working_day(old, Nation::NorthernIreland));
}

#[test]
fn a_proclaimed_day_at_a_weekend_changes_nothing() {
    let saturday = date(2027, 6, 5);
    let holidays = BankHolidays::verified().proclaimed(saturday, Nation::Scotland, "Gala");
    assert_eq!(holidays.of_year(2027, Nation::Scotland), BankHolidays::verified().of_year(2027, Nation::Scotland));
}

#[test]
fn dates_outside_the_verified_years_are_doubted() {
    let holidays = BankHolidays::verified();
    assert_eq!((holidays.verified_from(), holidays.verified_until()), (2018, 2028));
    assert_eq!(holidays.doubts([date(2018, 1, 1), date(2028, 12, 31)]), None);
    assert!(holidays.doubts([date(2017, 12, 31)]).unwrap().contains("31 December 2017"));
    assert!(holidays.doubts([date(2028, 6, 1), date(2029, 1, 1)]).unwrap().contains("2018 to 2028"));
    assert_eq!(holidays.checked_until(2029).doubts([date(2029, 1, 1)]), None);
}

#[test]
fn no_year_of_the_calendar_panics_or_puts_a_holiday_on_a_weekend() {
    let holidays = BankHolidays::verified();
    for year in (-9999..=9999).step_by(7).chain([0, 1, 9999]) {
        for nation in Nation::ALL {
            let days = holidays.of_year(year, nation);
            assert!((8..=11).contains(&days.len()), "{year} {nation}: {}", days.len());
            assert!(days.iter().all(|holiday| !is_weekend(holiday.date)), "{year} {nation}");
            assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date), "{year} {nation}: two on one day");
        }
    }
    assert!(holidays.next_working_day(Date::MAX, Nation::Scotland).is_ok(), "31 December 9999 is a Friday");
}
