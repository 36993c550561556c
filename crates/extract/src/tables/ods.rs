//! OpenDocument spreadsheets: their one part with the cells, read from front to back.

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Gathering, Sheet, TableError, damaged, iso_day, number};

/// Where the reading stands.
#[derive(Default)]
struct Reading {
    /// The styles that hide a sheet.
    hiding: HashSet<String>,
    style: String,
    sheets: Vec<Sheet>,
    gathering: Gathering,
    row: usize,
    row_repeats: usize,
    cells: Vec<(usize, String)>,
    column: usize,
    cell: Option<Cell>,
    paragraph: bool,
    /// So deep within a remark that is stuck to a cell.
    remark: usize,
}

struct Cell {
    repeats: usize,
    value: Option<String>,
    text: String,
}

/// Reads every sheet.
pub fn sheets(content: &[u8]) -> Result<Vec<Sheet>, TableError> {
    let wrong = || damaged("The spreadsheet is damaged.");
    let mut reader = Reader::from_reader(content);
    let (mut buffer, mut reading) = (Vec::new(), Reading::default());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| wrong())? {
            Event::Start(tag) => reading.begin(&tag),
            Event::Empty(tag) => {
                reading.begin(&tag);
                reading.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => reading.end(tag.local_name().as_ref())?,
            Event::Text(text) => reading.say(&text),
            Event::CData(text) => reading.say(&text),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().map_err(|_| wrong())?;
                let named = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                };
                reading.say(&letter.map_or_else(|| named.to_owned(), String::from));
            }
            Event::Eof => return Ok(reading.sheets),
            _ => {}
        }
    }
}

impl Reading {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        if self.remark > 0 || tag.local_name().as_ref() == "annotation" {
            self.remark += 1;
            return;
        }
        match tag.local_name().as_ref() {
            "style" => self.style = of(tag, "name").unwrap_or_default(),
            "table-properties" if of(tag, "display").as_deref() == Some("false") => {
                self.hiding.insert(self.style.clone());
            }
            "table" => {
                let hidden = of(tag, "style-name").is_some_and(|style| self.hiding.contains(&style));
                self.sheets.push(Sheet { name: of(tag, "name").unwrap_or_default(), hidden, ..Sheet::default() });
                let text = self.gathering.text;
                self.gathering = Gathering { text, ..Gathering::default() };
                self.row = 0;
            }
            "table-row" => {
                (self.column, self.row_repeats) = (0, repeats(tag, "number-rows-repeated"));
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => {
                let value = match of(tag, "value-type").as_deref() {
                    Some("date") => of(tag, "date-value").map(|day| iso_day(&day)),
                    Some("float" | "currency") => of(tag, "value").map(|value| value.parse().map_or(value, number)),
                    _ => None,
                };
                let repeats = repeats(tag, "number-columns-repeated");
                self.cell = Some(Cell { repeats, value, text: String::new() });
            }
            "p" => {
                self.paragraph = true;
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.push('\n');
                }
            }
            "s" => {
                let spaces = of(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize).min(100);
                self.say(&" ".repeat(spaces));
            }
            "tab" => self.say("\t"),
            "line-break" => self.say("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), TableError> {
        if self.remark > 0 {
            self.remark -= 1;
            return Ok(());
        }
        match name {
            "p" => self.paragraph = false,
            "table-cell" | "covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let text = cell.value.unwrap_or(cell.text).trim().to_owned();
                if !text.is_empty() {
                    // A cell that is repeated beyond all bounds stops the reading in `put`.
                    for more in 0..cell.repeats.min(super::MOST_COLUMNS + 1) {
                        self.cells.push((self.column + more, text.clone()));
                    }
                    if self.cells.len() > super::MOST_COLUMNS {
                        return Err(TableError::TooLarge(format!("it has more than {} columns", super::MOST_COLUMNS)));
                    }
                }
                self.column = self.column.saturating_add(cell.repeats);
            }
            "table-row" => {
                if !self.cells.is_empty() {
                    for more in 0..self.row_repeats {
                        for (column, text) in &self.cells {
                            self.gathering.put(self.row.saturating_add(more), *column, text.clone())?;
                        }
                    }
                }
                self.row = self.row.saturating_add(self.row_repeats);
            }
            "table" => {
                if let Some(sheet) = self.sheets.last_mut() {
                    sheet.rows = std::mem::take(&mut self.gathering.rows);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, words: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.paragraph && self.remark == 0) {
            cell.text.push_str(words);
        }
    }
}

/// An attribute by the part of its name after the colon. The first one counts.
fn of(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> usize {
    of(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}
