//! The walk through an OpenDocument spreadsheet: what each cell shows, and which do not show.

use crate::read::Draft;
use crate::read::grid::{self, Unseen};
use crate::reading::HiddenSort;
use crate::xml::{self, Element, Step};
use crate::{Refused, limits};

/// Rows and columns that a spreadsheet can have.
const SIDE: u32 = 1 << 20;
/// A cell that is repeated is taken so many times.
const REPEATED: u32 = 1_000;

#[derive(Default)]
struct Table {
    name: String,
    unseen: Unseen,
    cells: Vec<(u32, u32, String)>,
    row: u32,
    column: u32,
    columns: u32,
    rows_at_once: u32,
    cell: Option<Cell>,
}

struct Cell {
    text: String,
    times: u32,
}

/// Reads the tables of a spreadsheet.
pub fn read(content: &[u8], draft: &mut Draft) -> Result<(), Refused> {
    let hidden_tables = hidden_tables(content);
    let mut table = Table::default();
    let mut comment: Option<String> = None;
    let mut left = limits::CELLS;
    let walked = xml::walk(content, |step| match step {
        Step::Open(element) if element.name() == "annotation" => comment = Some(String::new()),
        Step::Close("annotation") => {
            let place = format!("Sheet {}, {}{}", table.name, grid::letters(table.column), table.row + 1);
            draft.hide(HiddenSort::Comment, place, &comment.take().unwrap_or_default());
        }
        Step::Text(text) => match (&mut comment, &mut table.cell) {
            (Some(comment), _) => {
                comment.push_str(text);
                comment.push(' ');
            }
            (None, Some(cell)) => cell.text.push_str(text),
            _ => {}
        },
        Step::Open(element) => open(&mut table, &element, &hidden_tables, draft),
        Step::Close("table") => {
            let done = std::mem::take(&mut table);
            grid::write(draft, &done.name, &done.unseen, done.cells.into_iter());
        }
        Step::Close(name) => close(&mut table, name, &mut left),
    });
    if left == 0 {
        draft.trouble("It has more cells than are read; the last are missing.");
    }
    walked
}

fn times(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|times| times.parse().ok()).unwrap_or(1).clamp(1, SIDE)
}

fn open(table: &mut Table, element: &Element<'_>, hidden_tables: &[String], draft: &mut Draft) {
    let hides =
        |element: &Element<'_>| matches!(element.attribute("visibility").as_deref(), Some("collapse" | "filter"));
    match element.name() {
        "table" => {
            *table = Table { name: element.attribute("name").unwrap_or_default(), ..Table::default() };
            table.unseen.sheet = element.attribute("style-name").is_some_and(|style| hidden_tables.contains(&style));
        }
        "table-column" => {
            let count = times(element, "number-columns-repeated");
            if hides(element) {
                table.unseen.columns.push((table.columns, table.columns.saturating_add(count - 1)));
            }
            table.columns = table.columns.saturating_add(count);
        }
        "table-row" => {
            table.rows_at_once = times(element, "number-rows-repeated");
            table.column = 0;
            if hides(element) && table.rows_at_once <= 10_000 {
                table.unseen.rows.extend(table.row..table.row + table.rows_at_once);
            }
        }
        "table-cell" | "covered-table-cell" => {
            table.cell = Some(Cell { text: String::new(), times: times(element, "number-columns-repeated") });
        }
        "p" => {
            if let Some(cell) = &mut table.cell
                && !cell.text.is_empty()
            {
                cell.text.push(' ');
            }
        }
        "s" => {
            if let Some(cell) = &mut table.cell {
                cell.text.push(' ');
            }
        }
        "named-range" | "named-expression" => {
            let words = element.attribute("name").unwrap_or_default();
            draft.hide(HiddenSort::Other, "A name for cells", &words);
        }
        "table-source" => {
            draft.hide(HiddenSort::Other, "A link to outside", &element.attribute("href").unwrap_or_default());
        }
        _ => {}
    }
}

fn close(table: &mut Table, name: &str, left: &mut usize) {
    match name {
        "table-cell" | "covered-table-cell" => {
            let Some(cell) = table.cell.take() else { return };
            if !cell.text.is_empty() {
                for column in 0..cell.times.min(REPEATED) {
                    if *left == 0 {
                        break;
                    }
                    *left -= 1;
                    table.cells.push((table.row, table.column + column, cell.text.clone()));
                }
            }
            table.column = table.column.saturating_add(cell.times);
        }
        "table-row" => table.row = table.row.saturating_add(table.rows_at_once),
        _ => {}
    }
}

/// The styles of tables that do not show.
fn hidden_tables(content: &[u8]) -> Vec<String> {
    let mut hidden = Vec::new();
    let mut style = None;
    let _ = xml::walk(content, |step| {
        let Step::Open(element) = step else { return };
        match element.name() {
            "style" => style = element.attribute("name"),
            "table-properties" if element.attribute("display").as_deref() == Some("false") => {
                hidden.extend(style.clone());
            }
            _ => {}
        }
    });
    hidden
}
