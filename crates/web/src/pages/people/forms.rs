//! What these pages' forms have in common: reading what was posted, and words for dates, sources and states.

use duties::clock;
use duties::people::entered::FieldErrors;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::forms::{Choice, Field, Form};
use crate::records::{Source, operation};

/// The fields of a form as they were posted.
pub type Posted = Vec<(String, String)>;

/// What was typed for a name; empty where nothing was.
pub fn typed<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    posted.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// Everything that was ticked under a name.
pub fn ticked<'a>(posted: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    posted.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The three boxes of a date as one text; empty where all three are.
pub fn typed_date(posted: &[(String, String)], name: &str) -> String {
    let part = |part: &str| typed(posted, &format!("{name}-{part}")).trim().to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() { String::new() } else { format!("{day}/{month}/{year}") }
}

/// Puts a use case's errors at their fields.
pub fn put_errors(form: &mut Form, errors: FieldErrors) {
    for (field, words) in errors {
        form.error(field, words);
    }
}

/// From whom the charity has it.
pub fn source_field(chosen: &Source) -> Field {
    let choices = Source::ALL.iter().filter(|source| **source != Source::Import);
    let choices = choices.map(|source| Choice::new(source.slug(), first_up(source.words())));
    Field::select("source", "Who told us?", choices).value(chosen.slug())
}

/// The source that was chosen.
pub fn source(posted: &[(String, String)]) -> Source {
    Source::from_slug(typed(posted, "source")).unwrap_or(Source::Staff)
}

/// A day in words: "2 March 2026".
pub fn day(date: Date) -> String {
    clock::uk_date(date)
}

/// A moment in words, with its time of day.
pub fn moment(at: Timestamp) -> String {
    let zoned = operation::london(at);
    format!("{}, {:02}:{:02}", clock::uk_date(zoned.date()), zoned.hour(), zoned.minute())
}

/// The day of a moment in words.
pub fn day_of(at: Timestamp) -> String {
    clock::uk_date(operation::london_day(at))
}

/// The first letter as a capital.
pub fn first_up(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Years of age on a day.
pub fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn age_counts_birthdays() {
        let born = date(2014, 5, 6);
        assert_eq!([age(born, date(2026, 5, 5)), age(born, date(2026, 5, 6)), age(born, born)], [11, 12, 0]);
    }

    #[test]
    fn a_date_is_one_text_or_none() {
        let posted: Posted = vec![("on-day".into(), "4".into()), ("on-month".into(), String::new())];
        assert_eq!(typed_date(&posted, "on"), "4//");
        assert_eq!(typed_date(&posted, "other"), "");
    }
}
