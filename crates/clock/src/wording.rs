//! Dates and day counts in words, as they are written in the United Kingdom.

use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, 1 to 12.
pub(crate) fn month_name(month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(|month| MONTHS.get(month.wrapping_sub(1))).copied().unwrap_or_default()
}

/// The month, 1 to 12, with that English name in full or its first three letters (or `Sept`), in any case.
pub(crate) fn month_named(name: &str) -> Option<i8> {
    let name = name.to_ascii_lowercase();
    let name = if name == "sept" { "sep" } else { &name };
    let found = MONTHS.iter().position(|month| {
        let month = month.to_ascii_lowercase();
        month == name || month.get(..3) == Some(name)
    })?;
    i8::try_from(found + 1).ok()
}

fn weekday_name(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// `22 November 2026`.
pub fn uk_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// `Monday 2 March 2026`.
pub fn weekday_date(date: Date) -> String {
    format!("{} {}", weekday_name(date), uk_date(date))
}

/// `Mon 2 March 2026`.
pub fn short_date(date: Date) -> String {
    format!("{} {}", weekday_name(date).get(..3).unwrap_or_default(), uk_date(date))
}

/// `9 to 16 March 2026`, `28 March to 3 April 2026`, `30 December 2026 to 4 January 2027`.
pub(crate) fn date_range(from: Date, to: Date) -> String {
    if from.year() != to.year() {
        format!("{} to {}", uk_date(from), uk_date(to))
    } else if from.month() != to.month() {
        format!("{} {} to {}", from.day(), month_name(from.month()), uk_date(to))
    } else {
        format!("{} to {}", from.day(), uk_date(to))
    }
}

/// `1 day`, `8 days`.
pub(crate) fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// How far away a due date is: `Due in 5 days (Friday 27 November)`, `Due tomorrow (…)`, `Due today`,
/// `Late by 2 days`. The year is said when it is not this year's.
pub fn days_left_words(today: Date, due: Date) -> String {
    let left = days_between(today, due);
    let day = if today.year() == due.year() {
        format!("{} {} {}", weekday_name(due), due.day(), month_name(due.month()))
    } else {
        weekday_date(due)
    };
    match left {
        0 => "Due today".to_owned(),
        1 => format!("Due tomorrow ({day})"),
        2.. => format!("Due in {} ({day})", days(left)),
        _ => format!("Late by {}", days(-left)),
    }
}

/// Days from one date to another; negative when `to` is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_written_as_people_here_write_them() {
        let day = date(2026, 3, 2);
        assert_eq!(uk_date(day), "2 March 2026");
        assert_eq!(weekday_date(day), "Monday 2 March 2026");
        assert_eq!(short_date(day), "Mon 2 March 2026");
    }

    #[test]
    fn a_range_says_each_part_once() {
        assert_eq!(date_range(date(2026, 3, 9), date(2026, 3, 16)), "9 to 16 March 2026");
        assert_eq!(date_range(date(2026, 3, 28), date(2026, 4, 3)), "28 March to 3 April 2026");
        assert_eq!(date_range(date(2026, 12, 30), date(2027, 1, 4)), "30 December 2026 to 4 January 2027");
    }

    #[test]
    fn what_is_left_is_said_in_words() {
        let due = date(2026, 11, 27);
        assert_eq!(days_left_words(date(2026, 11, 22), due), "Due in 5 days (Friday 27 November)");
        assert_eq!(days_left_words(date(2026, 11, 26), due), "Due tomorrow (Friday 27 November)");
        assert_eq!(days_left_words(due, due), "Due today");
        assert_eq!(days_left_words(date(2026, 11, 28), due), "Late by 1 day");
        assert_eq!(days_left_words(date(2026, 11, 29), due), "Late by 2 days");
        assert_eq!(days_left_words(date(2026, 12, 30), date(2027, 1, 4)), "Due in 5 days (Monday 4 January 2027)");
    }

    #[test]
    fn months_are_known_by_name_and_by_their_first_letters() {
        assert_eq!(month_named("March"), Some(3));
        assert_eq!(month_named("sept"), Some(9));
        assert_eq!(month_named("DEC"), Some(12));
        assert_eq!(month_named("Marchember"), None);
        assert_eq!(month_named("éàü"), None);
    }
}
