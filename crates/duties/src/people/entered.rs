//! What somebody typed, made into values: names, dates, postcodes, numbers, addresses. Clear words where it fails.

use jiff::civil::Date;
use records::people::Channel;

/// What is wrong with typed fields: the field's name, and words that say how to put it right.
pub type FieldErrors = Vec<(&'static str, String)>;

/// The longest line that a field takes, in characters.
pub const LINE: usize = 200;
/// The longest text that a field takes, in characters.
pub const TEXT: usize = 50_000;

/// Collects errors while values are read, so that one answer names all of them.
#[derive(Debug, Default)]
pub struct Reading {
    errors: FieldErrors,
}

impl Reading {
    /// Keeps a value, or notes what is wrong with its field and gives none.
    pub fn keep<T>(&mut self, field: &'static str, value: Result<T, String>) -> Option<T> {
        value.map_err(|words| self.wrong(field, words)).ok()
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, field: &'static str, words: impl Into<String>) {
        self.errors.push((field, words.into()));
    }

    /// All errors, if there were any.
    pub fn finish(self) -> Result<(), FieldErrors> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}

/// One line, trimmed; nothing where it is blank.
pub fn line(text: &str) -> Result<Option<String>, String> {
    let text = one_line(text);
    match text.chars().count() {
        0 => Ok(None),
        _ if text.chars().any(char::is_control) => Err("Take out the invisible characters".to_owned()),
        n if n > LINE => Err(format!("Shorten this to {LINE} characters; it has {n}")),
        _ => Ok(Some(text)),
    }
}

/// One line that must not be blank; `ask` says what to enter.
pub fn needed_line(text: &str, ask: &str) -> Result<String, String> {
    line(text)?.ok_or_else(|| ask.to_owned())
}

/// Several lines, trimmed; nothing where they are blank.
pub fn text(text: &str) -> Result<Option<String>, String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    match text.chars().count() {
        0 => Ok(None),
        n if n > TEXT => Err(format!("Shorten this to {TEXT} characters; it has {n}")),
        _ => Ok(Some(text)),
    }
}

/// Several lines that must not be blank; `ask` says what to enter.
pub fn needed_text(words: &str, ask: &str) -> Result<String, String> {
    text(words)?.ok_or_else(|| ask.to_owned())
}

/// A person's name.
pub fn name(words: &str) -> Result<String, String> {
    let name = needed_line(words, "Enter the person's name")?;
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err("Enter a name with at least one letter".to_owned())
    }
}

/// A name as it is compared: lower case, one space.
pub(crate) fn fold_name(name: &str) -> String {
    one_line(&name.to_lowercase())
}

/// A date as people in the UK write it: `2/3/2014`, `2.3.2014`, `2 March 2014`, `2nd Mar 2014`, or `2014-03-02`.
///
/// # Errors
/// Words that say what to write instead. Two-digit years and dates in another order are not guessed at.
pub fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let parts: Vec<&str> = text
        .split(|c: char| matches!(c, '/' | '.' | '-' | ',') || c.is_whitespace())
        .filter(|p| !p.is_empty())
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return Err("Write the date like 4 11 2016".to_owned());
    };
    let (day, month, year) =
        if first.len() == 4 && number(first).is_some() { (third, second, first) } else { (first, second, third) };
    let Some(year_number) = number(year).filter(|_| year.len() == 4) else {
        return Err("Write the year with four figures, like 2016".to_owned());
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (Some(day), Some(month)) = (number(day), number(month).or_else(|| month_by_name(month))) else {
        return Err("Write the date like 4 11 2016".to_owned());
    };
    if month > 12 && day <= 12 {
        return Err("Write the day before the month, like 25 12 2016".to_owned());
    }
    let made = (i16::try_from(year_number).ok(), i8::try_from(month).ok(), i8::try_from(day).ok());
    match made {
        (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok(),
        _ => None,
    }
    .ok_or_else(|| "There is no such day. Check day, month and year".to_owned())
    .and_then(|date| {
        if date.year() < 1880 { Err("This day is before 1880. Check the year".to_owned()) } else { Ok(date) }
    })
}

/// A day of birth: not in the future, and of a living memory.
pub fn birth_date(text: &str, today: Date) -> Result<Option<Date>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let born = date(text)?;
    if born > today {
        return Err("The date of birth is in the future. Check the year".to_owned());
    }
    if today.year() - born.year() > 120 {
        return Err("The date of birth is more than 120 years ago. Check the year".to_owned());
    }
    Ok(Some(born))
}

/// A day that is not in the future.
pub fn past_date(text: &str, today: Date) -> Result<Date, String> {
    match date(text)? {
        day if day > today => Err("This day is in the future. Check the date".to_owned()),
        day => Ok(day),
    }
}

/// A UK postcode, in capitals with one space: `zz11zz` becomes `ZZ1 1ZZ`.
///
/// # Errors
/// Words, where the shape is none of the six that the Post Office gives out.
pub fn postcode(text: &str) -> Result<Option<String>, String> {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    if packed.is_empty() {
        return Ok(None);
    }
    let wrong = || Err("Write the postcode like SW1A 1AA, or leave it empty".to_owned());
    if !packed.is_ascii() || !(5..=7).contains(&packed.len()) {
        return wrong();
    }
    let (outward, inward) = packed.split_at(packed.len() - 3);
    let shape: String = outward.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    let letters = inward.bytes().skip(1).all(|b| b.is_ascii_uppercase());
    let fits = matches!(shape.as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
        && outward.bytes().all(|b| b.is_ascii_alphanumeric())
        && inward.starts_with(|c: char| c.is_ascii_digit())
        && letters;
    if fits { Ok(Some(format!("{outward} {inward}"))) } else { wrong() }
}

/// A telephone number: digits, spaces, brackets, hyphens, a leading `+`; as typed but for outer space.
pub fn phone(text: &str) -> Result<String, String> {
    let number = needed_line(text, "Enter a telephone number")?;
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let plain = number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '+' | '.'));
    if plain && (7..=15).contains(&digits) {
        Ok(number)
    } else {
        Err("Write the telephone number in figures, like 01632 960 001. Put remarks in \"what to mind\"".to_owned())
    }
}

/// An e-mail address: something, one `@`, and a place with a dot.
pub fn email(text: &str) -> Result<String, String> {
    let address = needed_line(text, "Enter an e-mail address")?;
    let good = address.split_once('@').is_some_and(|(before, place)| {
        !before.is_empty()
            && !place.contains('@')
            && place.contains('.')
            && !place.starts_with('.')
            && !place.ends_with('.')
            && !address.contains(char::is_whitespace)
    });
    if good { Ok(address) } else { Err("Write the e-mail address like name@example.org".to_owned()) }
}

/// A way to reach somebody, by its channel.
pub fn reach(channel: Channel, text_typed: &str) -> Result<String, String> {
    match channel {
        Channel::Post => needed_text(text_typed, "Enter the address"),
        Channel::Phone => phone(text_typed),
        Channel::Email => email(text_typed),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn number(text: &str) -> Option<u16> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn month_by_name(text: &str) -> Option<u16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_ascii_lowercase();
    let which = MONTHS.iter().position(|month| text.len() >= 3 && (month.starts_with(&text) || text == "sept"))?;
    let which = if text == "sept" { 8 } else { which };
    u16::try_from(which + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn dates_are_read_as_people_in_the_uk_write_them() {
        for text in
            ["2/3/2014", "02/03/2014", "2.3.2014", "2-3-2014", "2 3 2014", "2 March 2014", "2nd Mar 2014", "2014-03-02"]
        {
            assert_eq!(date(text).unwrap(), day(2014, 3, 2), "{text}");
        }
        assert_eq!(date("1 Sept 2020").unwrap(), day(2020, 9, 1));
        for text in ["", "2/3/14", "3/25/2014", "31/2/2014", "March 2014", "2 Foo 2014", "0/1/2014", "2/3/20145"] {
            assert!(date(text).is_err(), "{text}");
        }
        assert_eq!(date("3/25/2014").unwrap_err(), "Write the day before the month, like 25 12 2016");
    }

    #[test]
    fn nobody_is_born_tomorrow_or_before_living_memory() {
        let today = day(2026, 3, 2);
        assert_eq!(birth_date(" ", today).unwrap(), None);
        assert_eq!(birth_date("2 3 2026", today).unwrap(), Some(today));
        assert!(birth_date("3 3 2026", today).is_err());
        assert!(birth_date("1 1 1890", today).is_err());
    }

    #[test]
    fn postcodes_take_the_six_shapes_and_one_space() {
        for (typed, kept) in [
            ("m1 1ae", "M1 1AE"),
            ("B338TH", "B33 8TH"),
            ("cr2 6xh", "CR2 6XH"),
            ("DN551PT", "DN55 1PT"),
            ("w1a 0ax", "W1A 0AX"),
            ("ec1a1bb", "EC1A 1BB"),
        ] {
            assert_eq!(postcode(typed).unwrap().unwrap(), kept);
        }
        for wrong in ["12345", "SW1A", "SW1A 1A1", "ÄB1 1AA", "S%1 1AA", "AAAA 1AA"] {
            assert!(postcode(wrong).is_err(), "{wrong}");
        }
        assert_eq!(postcode("  ").unwrap(), None);
    }

    #[test]
    fn numbers_and_addresses_say_how_they_should_look() {
        assert_eq!(phone(" +44 (0)1632 960 001 ").unwrap(), "+44 (0)1632 960 001");
        assert!(phone("ask her mum").unwrap_err().contains("01632"));
        assert!(phone("123").is_err());
        assert_eq!(email("a@b.example").unwrap(), "a@b.example");
        for wrong in ["a", "a@b", "@b.example", "a@b@c.example", "a b@c.example", "a@.example"] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_name_has_a_letter_in_any_script() {
        assert_eq!(name("  Олена   Коваленко ").unwrap(), "Олена Коваленко");
        assert!(name("12345").is_err());
        assert!(name("").is_err());
        assert!(name(&"x".repeat(201)).is_err());
    }
}
