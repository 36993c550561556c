//! Tables as charities have them: CSV in any usual encoding, Excel workbooks, OpenDocument spreadsheets, as rows of text.
//!
//! Row `n` of a [`Sheet`] is row `n + 1` of the spreadsheet: empty rows count. Everything is bounded before it is kept,
//! and a reader that panics is an error like any other.

mod csv;
mod ods;
mod xlsx;

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most rows that a table may have.
pub const MOST_ROWS: usize = 250_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 500;
/// The most that a table may hold in all, in bytes of text.
pub const MOST_TEXT: usize = 256 * 1024 * 1024;
/// The most that a workbook may grow to when it is unpacked, in bytes.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;

/// One sheet of a workbook; a CSV file has one without a name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// How its letters were read, where that had to be guessed.
    pub guessed: Option<&'static str>,
    /// The rows, each as long as its last cell with anything in it.
    pub rows: Vec<Vec<String>>,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What stands in the cells is people's.
        f.debug_struct("Sheet").field("hidden", &self.hidden).field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// A kind of file that is not read, or damage.
    #[error("{0}")]
    NotATable(String),
    /// It is too large.
    #[error("The table is too large: {0}. Divide it into several files, and bring them in one after the other.")]
    TooLarge(String),
    /// Quotes that do not close.
    #[error("The table cannot be read at row {row}: {what}")]
    Broken {
        /// The row as a spreadsheet numbers it.
        row: u64,
        /// What is wrong and what to do.
        what: String,
    },
}

/// Reads every sheet of a table.
///
/// # Errors
/// [`TableError`], in words for whoever chose the file.
pub fn sheets(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, TableError> {
    let read = catch_unwind(AssertUnwindSafe(|| read(file_name, bytes)));
    read.unwrap_or_else(|_| Err(damaged("It cannot be read to its end.")))
}

fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, TableError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(TableError::NotATable(
            "This is an old Excel workbook (.xls), or one with a password. Open it in your spreadsheet, and save it again \
             as .xlsx without a password."
                .to_owned(),
        ));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(TableError::NotATable(
            "This is a PDF and not a table. Export the table as CSV or XLSX instead.".to_owned(),
        ));
    }
    if !bytes.starts_with(b"PK") {
        return csv::sheet(bytes).map(|sheet| vec![sheet]);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("The workbook does not open."))?;
    let has =
        |archive: &zip::ZipArchive<_>, name: &str| archive.file_names().any(|file| file.is_ok_and(|file| file == name));
    if has(&archive, "content.xml") {
        let content = unpacked(&mut archive, Some("content.xml"))?;
        return ods::sheets(&content);
    }
    if has(&archive, "xl/workbook.xml") || file_name.to_ascii_lowercase().ends_with(".xlsx") {
        unpacked(&mut archive, None)?;
        return xlsx::sheets(bytes);
    }
    Err(TableError::NotATable(
        "We read CSV, XLSX and ODS. Save the table as one of these, and choose it again.".to_owned(),
    ))
}

/// Unpacks one part of a workbook, or all of them to see that they stay within bounds.
fn unpacked(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, only: Option<&str>) -> Result<Vec<u8>, TableError> {
    let (mut kept, mut total) = (Vec::new(), 0_u64);
    for at in 0..archive.len() {
        let part =
            archive.by_index(at).map_err(|_| damaged("The workbook has a password, or a part of it is missing."))?;
        let wanted = only.is_some_and(|name| part.name().is_ok_and(|part| part == name));
        if only.is_some() && !wanted {
            continue;
        }
        let mut part = part.take(MOST_UNPACKED - total + 1);
        let read =
            if wanted { std::io::copy(&mut part, &mut kept) } else { std::io::copy(&mut part, &mut std::io::sink()) };
        total += read.map_err(|_| damaged("A part of the workbook is damaged."))?;
        if total > MOST_UNPACKED {
            return Err(TableError::TooLarge(format!(
                "it grows to more than {} MB when it is unpacked",
                MOST_UNPACKED / 1024 / 1024
            )));
        }
    }
    Ok(kept)
}

fn damaged(what: &str) -> TableError {
    TableError::NotATable(format!(
        "{what} Open it in your spreadsheet and save it again as XLSX or as \"CSV UTF-8 (comma delimited)\"."
    ))
}

/// Rows that are being gathered, within bounds.
#[derive(Default)]
struct Gathering {
    rows: Vec<Vec<String>>,
    text: usize,
}

impl Gathering {
    /// Puts text into a cell, counted from nought; blank cells are not kept.
    fn put(&mut self, row: usize, column: usize, text: String) -> Result<(), TableError> {
        if text.is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS {
            return Err(TableError::TooLarge(format!("it has more than {MOST_ROWS} rows")));
        }
        if column >= MOST_COLUMNS {
            return Err(TableError::TooLarge(format!("it has more than {MOST_COLUMNS} columns")));
        }
        self.text += text.len() + size_of::<String>();
        if self.text > MOST_TEXT {
            return Err(TableError::TooLarge(format!("it holds more than {} MB of text", MOST_TEXT / 1024 / 1024)));
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            // Blank cells cost their place in the row, too.
            self.text += (column - cells.len()) * size_of::<String>();
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = text;
        Ok(())
    }
}

/// A day as this country writes it, with the time of day where there is one.
fn day_and_time(year: u16, month: u8, day: u8, hour: u8, minute: u8) -> String {
    let date = format!("{day}/{month}/{year}");
    if (hour, minute) == (0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
}

/// `2014-03-02` or `2014-03-02T14:30:00` as this country writes it; anything else stays as it is.
fn iso_day(text: &str) -> String {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u16>().ok());
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next()), number(parts.next()), number(parts.next()));
    let mut times = time.split(':');
    let (hour, minute) = (number(times.next()).unwrap_or(0), number(times.next()).unwrap_or(0));
    let small = |n: u16| u8::try_from(n).ok();
    match (year, month.and_then(small), day.and_then(small), small(hour), small(minute)) {
        (Some(year), Some(month), Some(day), Some(hour), Some(minute)) if parts.next().is_none() => {
            day_and_time(year, month, day, hour, minute)
        }
        _ => text.to_owned(),
    }
}

/// A number as it was typed: whole ones without a point.
fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { value.to_string() }
}

#[cfg(test)]
mod tests;
