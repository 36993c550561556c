//! Cells of a sheet: those that show as rows of the text, the others listed by row and column.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use crate::limits;
use crate::reading::HiddenSort;

/// Empty cells between two that are shown as such.
const GAP: u32 = 50;

/// What of a sheet does not show.
#[derive(Default)]
pub struct Unseen {
    /// The whole sheet.
    pub sheet: bool,
    /// Rows, from 0.
    pub rows: BTreeSet<u32>,
    /// Columns, from and to, from 0.
    pub columns: Vec<(u32, u32)>,
}

impl Unseen {
    fn column(&self, column: u32) -> bool {
        self.columns.iter().any(|(from, to)| (*from..=*to).contains(&column))
    }
}

/// Writes a sheet's cells, which come in order. False when there were too many.
pub fn write(draft: &mut Draft, name: &str, unseen: &Unseen, cells: impl Iterator<Item = (u32, u32, String)>) {
    if !unseen.sheet {
        draft.begin(format!("Sheet {name}"));
    }
    let mut place: Option<(u32, u32)> = None;
    let mut whole = String::new();
    let mut rows: BTreeMap<u32, String> = BTreeMap::new();
    let mut columns: BTreeMap<u32, String> = BTreeMap::new();
    for (row, column, text) in cells {
        if text.is_empty() {
            continue;
        }
        if unseen.sheet {
            append(&mut whole, &text);
        } else if unseen.rows.contains(&row) {
            append(rows.entry(row).or_default(), &text);
        } else if unseen.column(column) {
            append(columns.entry(column).or_default(), &text);
        } else {
            let tabs = match place {
                Some((last, at)) if last == row => column.saturating_sub(at).clamp(1, GAP),
                Some(_) => {
                    draft.line();
                    column.min(GAP)
                }
                None => column.min(GAP),
            };
            draft.write(&"\t".repeat(tabs as usize));
            draft.write(&text.replace(['\n', '\r', '\t'], " "));
            place = Some((row, column));
        }
        if draft.is_full() {
            break;
        }
    }
    draft.line();
    if unseen.sheet {
        draft.hide(HiddenSort::HiddenSheet, format!("Sheet {name}"), &whole);
    }
    for (row, text) in rows {
        draft.hide(HiddenSort::HiddenRow, format!("Sheet {name}, row {}", row + 1), &text);
    }
    for (column, text) in columns {
        draft.hide(HiddenSort::HiddenColumn, format!("Sheet {name}, column {}", letters(column)), &text);
    }
}

fn append(to: &mut String, text: &str) {
    if to.len() < limits::HIDDEN_TEXT * 2 {
        to.push_str(text);
        to.push('\t');
    }
}

/// A column as spreadsheets call it: A, B, … Z, AA.
pub fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(column % 26).unwrap_or(0));
        match column / 26 {
            0 => break,
            rest => column = rest - 1,
        }
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
