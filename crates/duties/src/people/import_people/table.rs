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

/// A reader over the rows, with the separator that the header uses most: comma, semicolon or tab.
pub fn reader(text: &str) -> csv::Reader<&[u8]> {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: char| header.matches(separator).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|separator| (count(*separator), *separator == ','));
    csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator.unwrap_or(',')).unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// What the reader says, in words.
#[expect(clippy::needless_pass_by_value, reason = "used as `map_err(unreadable)`")]
pub fn unreadable(error: csv::Error) -> ImportError {
    let row = error.position().map_or(1, |at| at.record() + 1);
    ImportError::Broken { row, what: format!("the row breaks off or has quotes that do not close. {SAVE_AGAIN}") }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
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
    fn semicolons_and_tabs_separate_too() {
        for text in ["name,born\nA,1", "name;born\nA;1", "name\tborn\nA\t1"] {
            let mut reader = reader(text);
            assert_eq!(reader.headers().unwrap().len(), 2);
            assert_eq!(reader.records().next().unwrap().unwrap().len(), 2);
        }
    }
}
