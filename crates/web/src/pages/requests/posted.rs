//! What a form posted, read into values: words by name, dates from their three boxes.

use jiff::civil::Date;

/// The fields of a form, in the order in which they came.
pub type Posted = Vec<(String, String)>;

/// The words posted under a name, trimmed; empty where there are none.
pub fn words<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    posted.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

/// The date in the three boxes of a name.
///
/// # Errors
/// What is wrong and how to put it right, in words.
pub fn date(posted: &[(String, String)], name: &str) -> Result<Date, String> {
    let part = |part: &str| words(posted, &format!("{name}-{part}"));
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() || month.is_empty() || year.is_empty() {
        return Err("Enter day, month and year, like 4 11 2026".to_owned());
    }
    let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    match (day.parse(), month.parse(), year.parse()) {
        (Ok(day), Ok(month), Ok(year)) => {
            Date::new(year, month, day).map_err(|_| "Enter a date that exists, like 4 11 2026".to_owned())
        }
        _ => Err("Enter the date in figures, like 4 11 2026".to_owned()),
    }
}

/// A day as it stands in the three boxes.
pub fn parts(day: Date) -> (String, String, String) {
    (day.day().to_string(), day.month().to_string(), day.year().to_string())
}

/// A date that may be left empty.
pub fn optional_date(posted: &[(String, String)], name: &str) -> Result<Option<jiff::civil::Date>, String> {
    let empty = ["day", "month", "year"].iter().all(|part| words(posted, &format!("{name}-{part}")).is_empty());
    if empty { Ok(None) } else { date(posted, name).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(day: &str, month: &str, year: &str) -> Posted {
        [("on-day", day), ("on-month", month), ("on-year", year)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    }

    #[test]
    fn a_date_is_read_from_its_boxes_or_told_apart_by_what_is_wrong() {
        assert_eq!(date(&boxes("4", "11", "2026"), "on"), Ok(jiff::civil::date(2026, 11, 4)));
        assert_eq!(date(&boxes(" 4 ", "11", "26"), "on"), Ok(jiff::civil::date(2026, 11, 4)));
        assert!(date(&boxes("31", "2", "2026"), "on").unwrap_err().contains("exists"));
        assert!(date(&boxes("", "2", "2026"), "on").unwrap_err().contains("day, month and year"));
        assert!(date(&boxes("four", "2", "2026"), "on").unwrap_err().contains("figures"));
    }
}
