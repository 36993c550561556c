//! The time of day in London, without a time zone database.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// London's clock by the rule in force since 1996: one hour ahead from the last Sunday of March, 01:00 UTC, to the
/// last Sunday of October, 01:00 UTC (Summer Time Order 2002). A rule and not a database, so that a bare machine
/// gives the same answer as any other.
pub fn london() -> TimeZone {
    // INVARIANT: the text is a constant and valid POSIX; `summer_time_turns_where_the_law_says` reads it.
    TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("a valid POSIX time zone")
}

/// The date in London at that moment.
pub fn london_date(now: Timestamp) -> Date {
    london().to_datetime(now).date()
}

/// Whether a due date has passed: a limit in days runs to the end of its last day in London.
pub fn is_late(now: Timestamp, due: Date) -> bool {
    london_date(now) > due
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The Sundays on which the clocks change, from the almanac.
    const TURNS: [(i16, i8, i8); 11] = [
        (2018, 25, 28),
        (2019, 31, 27),
        (2020, 29, 25),
        (2021, 28, 31),
        (2022, 27, 30),
        (2023, 26, 29),
        (2024, 31, 27),
        (2025, 30, 26),
        (2026, 29, 25),
        (2027, 28, 31),
        (2028, 26, 29),
    ];

    #[test]
    fn summer_time_turns_where_the_law_says() {
        let hours = |text: String| i64::from(london().to_offset(text.parse().unwrap()).seconds()) / 3600;
        for (year, march, october) in TURNS {
            assert_eq!(hours(format!("{year}-03-{march}T00:59:59Z")), 0);
            assert_eq!(hours(format!("{year}-03-{march}T01:00:00Z")), 1);
            assert_eq!(hours(format!("{year}-10-{october}T00:59:59Z")), 1);
            assert_eq!(hours(format!("{year}-10-{october}T01:00:00Z")), 0);
        }
    }

    #[test]
    fn a_limit_runs_to_the_last_second_of_its_day_in_london() {
        let due = date(2026, 7, 1);
        assert!(!is_late("2026-07-01T22:59:59Z".parse().unwrap(), due));
        assert!(is_late("2026-07-01T23:00:00Z".parse().unwrap(), due));
        let winter = date(2026, 12, 1);
        assert!(!is_late("2026-12-01T23:59:59Z".parse().unwrap(), winter));
        assert!(is_late("2026-12-02T00:00:00Z".parse().unwrap(), winter));
    }
}
