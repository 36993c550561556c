//! CSV: its encoding found out, its separator found out, its quotes held to.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Gathering, Sheet, TableError};

const SAVE_AGAIN: &str = "Open it in your spreadsheet and save it again as \"CSV UTF-8 (comma delimited)\".";

/// Reads a CSV file.
pub fn sheet(bytes: &[u8]) -> Result<Sheet, TableError> {
    let (text, guessed) = decode(bytes)?;
    Ok(Sheet { name: String::new(), hidden: false, guessed, rows: rows(&text)? })
}

/// The text, and how its letters were read where no mark says it and it is not UTF-8.
fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), TableError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if damaged { Err(not_text("Some of its letters are damaged.")) } else { Ok((text, None)) };
    }
    if bytes.contains(&0) {
        let start = &bytes[..bytes.len().min(2_000)];
        let noughts = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let encoding = if noughts(1) >= noughts(0) { UTF_16LE } else { UTF_16BE };
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        return if damaged || text.contains('\0') {
            Err(not_text("The file is not plain text."))
        } else {
            Ok((text, None))
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(_) => Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0, Some("Windows-1252"))),
    }
}

fn not_text(what: &str) -> TableError {
    TableError::NotATable(format!("{what} {SAVE_AGAIN}"))
}

/// What separates the cells: of comma, semicolon and tab, the one that the header uses most.
fn separator(text: &str) -> char {
    let mut quoted = false;
    let header: Vec<char> = text
        .trim_start()
        .chars()
        .take_while(|c| {
            quoted ^= *c == '"';
            quoted || !matches!(c, '\r' | '\n')
        })
        .collect();
    let count = |separator: char| header.iter().filter(|c| **c == separator).count();
    let most = [',', ';', '\t'].into_iter().max_by_key(|separator| (count(*separator), *separator == ','));
    most.unwrap_or(',')
}

/// The rows. Quotes that do not close, or close before the end of their cell, are refused: read as they come, such a cell
/// could swallow the people below it.
fn rows(text: &str) -> Result<Vec<Vec<String>>, TableError> {
    let separator = separator(text);
    let mut gathering = Gathering::default();
    let (mut row, mut rest) = (0, text);
    while !rest.is_empty() {
        let mut column = 0;
        loop {
            let (cell, after) = cell(rest, separator).ok_or_else(|| broken(row))?;
            gathering.put(row, column, cell)?;
            rest = after;
            match rest.strip_prefix(separator) {
                Some(next) => rest = next,
                None => break,
            }
            column += 1;
        }
        rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
        row += 1;
    }
    Ok(gathering.rows)
}

/// One cell, and what follows it; none where its quotes are wrong.
fn cell(text: &str, separator: char) -> Option<(String, &str)> {
    let ends = |c: char| c == separator || matches!(c, '\r' | '\n');
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find(ends).unwrap_or(text.len());
        return Some((text[..end].trim().to_owned(), &text[end..]));
    };
    let mut cell = String::new();
    loop {
        let quote = rest.find('"')?;
        cell.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.chars().next() {
            Some('"') => {
                cell.push('"');
                rest = &rest[1..];
            }
            Some(c) if !ends(c) => return None,
            _ => return Some((cell.trim().to_owned(), rest)),
        }
    }
}

fn broken(row: usize) -> TableError {
    let what = format!(
        "it has quotes that do not close, or words after quotes that did. Close them, and write quotes within a cell \
         twice; or: {SAVE_AGAIN}"
    );
    TableError::Broken { row: row as u64 + 1, what }
}
