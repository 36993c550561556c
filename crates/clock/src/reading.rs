//! Reads dates, moments and ranges as people type them.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, Zoned};

use crate::london::london;
use crate::wording::month_named;

/// Words that are not a date, or not one that exists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateUnreadable {
    /// Not in a form that we read.
    #[error("\"{0}\" is not a date. Write it as 2026-03-02, 2/3/2026 or 2 March 2026.")]
    Form(String),
    /// In the right form, but the calendar has no such day.
    #[error("\"{0}\" is not a day in the calendar. Check the day and the month.")]
    NoSuchDay(String),
    /// Not `from..to`.
    #[error(
        "\"{0}\" is not a range of days. Write it as 2026-03-09..2026-03-16, or 2026-03-09.. if there is no answer yet."
    )]
    Range(String),
    /// Not a moment.
    #[error(
        "\"{0}\" is not a date and time. Write it as 2026-10-24T12:00:00+01:00, or \"2026-10-24 12:00\" for London time."
    )]
    Moment(String),
    /// The clocks went forward over it.
    #[error("\"{0}\" never happened in London: the clocks went forward over that hour. Check the time.")]
    SkippedHour(String),
}

/// A date written `2026-03-02` and nothing else, as programs write it.
///
/// # Errors
/// [`DateUnreadable`] says whether the form or the day is wrong.
pub(crate) fn iso_date(text: &str) -> Result<Date, DateUnreadable> {
    let form = || DateUnreadable::Form(text.to_owned());
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(
            |(at, byte)| {
                if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() }
            },
        );
    if !shaped {
        return Err(form());
    }
    date_of(text, &text[..4], &text[5..7], &text[8..])
}

fn date_of(text: &str, year: &str, month: &str, day: &str) -> Result<Date, DateUnreadable> {
    let form = |_| DateUnreadable::Form(text.to_owned());
    let (year, month, day) = (year.parse().map_err(form)?, month.parse().map_err(form)?, day.parse().map_err(form)?);
    Date::new(year, month, day).map_err(|_| DateUnreadable::NoSuchDay(text.to_owned()))
}

/// A date as people write it here: `2026-03-02`, `2/3/2026` (the day first) or `2 March 2026`.
///
/// # Errors
/// [`DateUnreadable`] says whether the form or the day is wrong. A year needs four figures.
pub fn date_from_words(text: &str) -> Result<Date, DateUnreadable> {
    let text = text.trim();
    let figures =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let slashed: Vec<&str> = text.split('/').collect();
    let worded: Vec<&str> = text.split_whitespace().collect();
    match (slashed.as_slice(), worded.as_slice()) {
        ([day, month, year], _) if figures(day, 2) && figures(month, 2) && figures(year, 4) && year.len() == 4 => {
            date_of(text, year, month, day)
        }
        (_, [day, month, year]) if figures(day, 2) && figures(year, 4) && year.len() == 4 => {
            let month = month_named(month).ok_or_else(|| DateUnreadable::Form(text.to_owned()))?;
            date_of(text, year, &month.to_string(), day)
        }
        _ => iso_date(text),
    }
}

/// A range of days, `2026-03-09..2026-03-16`; the end is missing while the answer is.
///
/// # Errors
/// [`DateUnreadable`] when there is no `..` or a date cannot be read.
pub fn range_from_words(text: &str) -> Result<(Date, Option<Date>), DateUnreadable> {
    let (from, to) = text.split_once("..").ok_or_else(|| DateUnreadable::Range(text.to_owned()))?;
    let to = if to.trim().is_empty() { None } else { Some(date_from_words(to)?) };
    Ok((date_from_words(from)?, to))
}

/// A moment with its offset (RFC 3339), as programs write it.
///
/// # Errors
/// [`DateUnreadable::Moment`] when it cannot be read or the offset is missing.
pub(crate) fn rfc3339(text: &str) -> Result<Timestamp, DateUnreadable> {
    let moment = || DateUnreadable::Moment(text.to_owned());
    let shaped = text.get(..10).is_some_and(|day| iso_date(day).is_ok())
        && text.as_bytes().get(10).is_some_and(|byte| b"Tt ".contains(byte))
        && !text.contains('[');
    if !shaped {
        return Err(moment());
    }
    text.parse().map_err(|_| moment())
}

/// A moment as people write it: RFC 3339, or `2026-10-24 12:00` for London time. An hour that happened twice, when
/// the clocks went back, is read as the first of the two: the earlier limit is the safe one.
///
/// # Errors
/// [`DateUnreadable`] when it cannot be read, or when the clocks went forward over that hour.
pub fn moment_from_words(text: &str) -> Result<Timestamp, DateUnreadable> {
    let text = text.trim();
    if let Ok(moment) = rfc3339(text) {
        return Ok(moment);
    }
    let moment = || DateUnreadable::Moment(text.to_owned());
    let (day, time) = text.rsplit_once([' ', 'T']).ok_or_else(moment)?;
    let shaped = time.len() >= 5 && time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if !shaped {
        return Err(moment());
    }
    let time: Time = time.parse().map_err(|_| moment())?;
    let local = DateTime::from_parts(date_from_words(day)?, time);
    let zoned: Zoned = london().to_ambiguous_zoned(local).earlier().map_err(|_| moment())?;
    if zoned.datetime() == local { Ok(zoned.timestamp()) } else { Err(DateUnreadable::SkippedHour(text.to_owned())) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_read_in_the_three_ways_people_write_it() {
        let day = date(2026, 3, 2);
        for text in ["2026-03-02", "2/3/2026", "02/03/2026", "2 March 2026", " 2 mar 2026 "] {
            assert_eq!(date_from_words(text).unwrap(), day, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_way_to_write_it() {
        for text in ["", "soon", "2/3/26", "2026-3-2", "20260302", "2026-03-02T10:00", "2 Marchember 2026", "£2/3/2026"]
        {
            let error = date_from_words(text).unwrap_err();
            assert!(matches!(error, DateUnreadable::Form(_)), "{text}: {error}");
            assert!(error.to_string().contains("2 March 2026"));
        }
        for text in ["2026-02-30", "31/4/2026", "29 February 2026", "2026-13-01", "0/1/2026"] {
            assert!(matches!(date_from_words(text).unwrap_err(), DateUnreadable::NoSuchDay(_)), "{text}");
        }
    }

    #[test]
    fn a_range_may_be_open() {
        assert_eq!(range_from_words("2026-03-09..2026-03-16").unwrap(), (date(2026, 3, 9), Some(date(2026, 3, 16))));
        assert_eq!(range_from_words("9/3/2026..").unwrap(), (date(2026, 3, 9), None));
        assert!(range_from_words("2026-03-09").is_err());
    }

    #[test]
    fn a_moment_without_an_offset_is_london_time() {
        let at = |text: &str| moment_from_words(text).unwrap().to_string();
        assert_eq!(at("2026-10-24T12:00:00+01:00"), "2026-10-24T11:00:00Z");
        assert_eq!(at("2026-10-24 12:00"), "2026-10-24T11:00:00Z");
        assert_eq!(at("24/10/2026 12:00"), "2026-10-24T11:00:00Z");
        assert_eq!(at("24 October 2026 12:00"), "2026-10-24T11:00:00Z");
        assert_eq!(at("2026-12-24T17:30"), "2026-12-24T17:30:00Z");
    }

    #[test]
    fn the_hour_that_comes_twice_is_the_first_and_the_hour_that_is_skipped_is_refused() {
        assert_eq!(moment_from_words("2026-10-25 01:30").unwrap().to_string(), "2026-10-25T00:30:00Z");
        assert!(matches!(moment_from_words("2026-03-29 01:30").unwrap_err(), DateUnreadable::SkippedHour(_)));
    }

    #[test]
    fn programs_must_say_the_offset() {
        assert!(rfc3339("2026-10-24T12:00:00").is_err());
        assert!(rfc3339("2026-10-24").is_err());
        assert!(rfc3339("2026-10-24T12:00:00Z[Europe/London]").is_err());
        assert_eq!(rfc3339("2026-10-24T12:00:00Z").unwrap().to_string(), "2026-10-24T12:00:00Z");
    }
}
