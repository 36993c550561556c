//! A table as it comes from a spreadsheet: its encoding found out, its separator found out, its rows read.

use super::problem::ImportError;

const SAVE_AGAIN: &str = "Open it in your spreadsheet and save it again as \"CSV UTF-8 (comma delimited)\".";

/// The text of a table: UTF-8, with or without a byte order mark. Anything else is told by its name and never guessed at,
/// since a wrong guess spoils names.
pub fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    let not_text = |what: &str| Err(ImportError::NotText(format!("{what} {SAVE_AGAIN}")));
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if plain.trim_ascii().is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return not_text("The file is text in UTF-16, which we do not read.");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return not_text("The file is a spreadsheet workbook and not a CSV table.");
    }
    if plain.contains(&0) {
        return not_text("The file is not plain text (it may be UTF-16).");
    }
    match std::str::from_utf8(plain) {
        Ok(text) => Ok(text),
        Err(error) => {
            let line = plain.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
            not_text(&format!(
                "The file is not UTF-8: line {line} has a letter in another encoding (Latin-1 or Windows)."
            ))
        }
    }
}

/// What separates the cells: of comma, semicolon and tab, the one that the header uses most.
pub fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    let most = [b',', b';', b'\t'].into_iter().max_by_key(|separator| (count(*separator), *separator == b','));
    most.unwrap_or(b',')
}

/// A reader over the rows.
pub fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes())
}

/// The rows as a spreadsheet numbers them: empty lines count, and a line break within quotes does not.
pub struct Rows {
    /// Where each row with anything in it begins, and its number.
    begins: Vec<(usize, u64)>,
}

impl Rows {
    /// Walks over the table once.
    ///
    /// # Errors
    /// [`ImportError::Broken`] where quotes do not close, or close before the end of their cell. The reader would take
    /// such quotes as they come, and a cell could swallow the people below it.
    pub fn of(text: &str) -> Result<Self, ImportError> {
        let separator = separator(text);
        let bytes = text.as_bytes();
        let (mut begins, mut number, mut at) = (Vec::new(), 0, 0);
        while at < bytes.len() {
            number += 1;
            let start = at;
            at = end_of_row(bytes, at, separator).ok_or_else(|| broken(number))?;
            if at > start {
                begins.push((start, number));
            }
            at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        }
        Ok(Self { begins })
    }

    /// The number of the row that the reader began to read at this byte; it begins at the empty lines before a row.
    pub fn number(&self, byte: u64) -> u64 {
        let next = self.begins.partition_point(|(begin, _)| u64::try_from(*begin).is_ok_and(|begin| begin < byte));
        self.begins.get(next).or(self.begins.last()).map_or(1, |(_, number)| *number)
    }
}

/// Where the row ends that begins at `at`; none where its quotes are wrong.
fn end_of_row(bytes: &[u8], mut at: usize, separator: u8) -> Option<usize> {
    let ends_cell = |byte: u8| byte == separator || matches!(byte, b'\r' | b'\n');
    let rest = |at: usize| bytes.get(at..).unwrap_or_default();
    loop {
        if rest(at).first() == Some(&b'"') {
            at += 1;
            loop {
                at += rest(at).iter().position(|byte| *byte == b'"')? + 1;
                match rest(at).first() {
                    Some(b'"') => at += 1,
                    Some(byte) if !ends_cell(*byte) => return None,
                    _ => break,
                }
            }
        }
        at += rest(at).iter().position(|byte| ends_cell(*byte)).unwrap_or(rest(at).len());
        match rest(at).first() {
            Some(byte) if *byte == separator => at += 1,
            _ => return Some(at),
        }
    }
}

fn broken(row: u64) -> ImportError {
    let what = format!(
        "it has quotes that do not close, or words after quotes that did. Close them, and write quotes within a cell \
         twice; or: {SAVE_AGAIN}"
    );
    ImportError::Broken { row, what }
}

/// What the reader says, in words.
#[expect(clippy::needless_pass_by_value, reason = "used as `map_err(unreadable)`")]
pub fn unreadable(error: csv::Error) -> ImportError {
    let row = error.position().map_or(1, |at| at.record() + 1);
    ImportError::Broken { row, what: format!("the row breaks off or has quotes that do not close. {SAVE_AGAIN}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_read_with_and_without_its_mark_and_everything_else_is_named() {
        assert_eq!(decode(b"\xef\xbb\xbfname\nAda").unwrap(), "name\nAda");
        for (bytes, word) in [
            (&b"\xff\xfen\0a\0"[..], "UTF-16"),
            (b"n\0a\0m\0", "UTF-16"),
            (b"name\nSi\xe2n", "line 2"),
            (b"PK\x03\x04...", "workbook"),
        ] {
            let error = decode(bytes).unwrap_err().to_string();
            assert!(error.contains(word) && error.contains("CSV UTF-8"), "{error}");
        }
        assert!(matches!(decode(b" \r\n"), Err(ImportError::Empty)));
    }

    #[test]
    fn quotes_that_do_not_close_are_told_and_never_swallow_the_rows_below() {
        for (text, wrong) in [
            ("name,street\n\"Ann Bee,1 High St\nCee Dee,x\n", 2),
            ("name\nAnn\n\"Cee\" Dee\n", 3),
            ("name,street\nAnn,\"x\n", 2),
            ("name\n\nAnn\n\"", 4),
        ] {
            assert!(matches!(Rows::of(text), Err(ImportError::Broken { row, .. }) if row == wrong), "{text}");
        }
        for text in [
            "name\nAnn \"Annie\" Bee\n",
            "name\n\"Ann \"\"A\"\" Bee\"",
            "name,x\r\n\"Ann\",\"a\r\nb\"\r\n",
            "name,x\n,\"\"\n",
        ] {
            assert!(Rows::of(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["\"first\nname\"", "Ann", "", "", "\"Cee\nDee\"", "Eee", ""].join(end);
            let rows = Rows::of(&text).unwrap();
            let mut reader = reader(&text);
            reader.headers().unwrap();
            let mut record = csv::StringRecord::new();
            let mut numbers = Vec::new();
            while reader.read_record(&mut record).unwrap() {
                numbers.push(rows.number(record.position().unwrap().byte()));
            }
            assert_eq!(numbers, [2, 5, 6], "{end:?}");
        }
    }

    #[test]
    fn semicolons_and_tabs_separate_too() {
        for text in ["name,born\nA,1", "name;born\nA;1", "name\tborn\nA\t1"] {
            let mut reader = reader(text);
            assert_eq!(reader.headers().unwrap().len(), 2);
            assert_eq!(reader.records().next().unwrap().unwrap().len(), 2);
        }
    }
}
