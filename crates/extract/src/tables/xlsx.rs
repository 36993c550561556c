//! Excel workbooks, cell by cell: a sheet that says it is a million columns wide takes no room for them.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx};

use super::{Gathering, Sheet, TableError, damaged, day_and_time, iso_day, number};

/// Reads every sheet of a workbook.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, TableError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged("The workbook does not open."))?;
    let names: Vec<(String, bool)> =
        book.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible != SheetVisible::Visible)).collect();
    let mut sheets = Vec::with_capacity(names.len());
    let mut text = 0;
    for (name, hidden) in names {
        // A sheet of charts has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut gathering = Gathering { text, ..Gathering::default() };
        while let Some(cell) = cells.next_cell().map_err(|_| damaged("A sheet of the workbook is damaged."))? {
            let (row, column) = cell.get_position();
            let (row, column) = (usize::try_from(row), usize::try_from(column));
            if let (Ok(row), Ok(column)) = (row, column) {
                gathering.put(row, column, words(cell.get_value()))?;
            }
        }
        text = gathering.text;
        sheets.push(Sheet { name, hidden, guessed: None, rows: gathering.rows });
    }
    Ok(sheets)
}

/// A cell as it is read on the screen.
fn words(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            // A time of day alone is a part of the day before the first.
            if moment.as_f64() < 1.0 {
                format!("{hour:02}:{minute:02}")
            } else {
                day_and_time(year, month, day, hour, minute)
            }
        }
        DataRef::DateTimeIso(text) => iso_day(text),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
