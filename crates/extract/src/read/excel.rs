//! Excel workbooks: the cells that show, sheet by sheet, and all that a workbook keeps unseen.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::Draft;
use super::grid::{self, Unseen};
use super::word::{all_text, extras, parts_named};
use crate::reading::{HiddenSort, Reading};
use crate::xml::{self, Step};
use crate::zipped::Zipped;
use crate::{Refused, limits};

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut archive = Zipped::open(bytes)?;
    let names = archive.names();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refused::Damaged)?;
    let mut draft = Draft::default();
    let paths = sheet_paths(&mut archive);
    let mut left = limits::CELLS;
    for sheet in workbook.sheets_metadata().to_vec() {
        let mut unseen = paths.get(&sheet.name).map(|path| hidden_of(&mut archive, path)).unwrap_or_default();
        unseen.sheet = sheet.visible != SheetVisible::Visible;
        if sheet.typ != SheetType::WorkSheet {
            draft.hide(HiddenSort::Other, format!("Sheet {}", sheet.name), "a sheet without cells");
            continue;
        }
        let Ok(mut reader) = workbook.worksheet_cells_reader(&sheet.name) else {
            draft.trouble(format!("Sheet {} could not be read.", sheet.name));
            continue;
        };
        let mut damaged = false;
        let cells = std::iter::from_fn(|| {
            if left == 0 {
                return None;
            }
            left -= 1;
            let next = reader.next_cell();
            damaged |= next.is_err();
            let cell = next.ok()??;
            let (row, column) = cell.get_position();
            Some((row, column, shown(cell.get_value())))
        });
        grid::write(&mut draft, &sheet.name, &unseen, cells);
        if damaged {
            draft.trouble(format!("Sheet {} is damaged and was read up to there.", sheet.name));
        }
    }
    if left == 0 {
        draft.trouble("It has more cells than are read; the last are missing.");
    }
    beside(&mut archive, &names, &mut draft);
    extras(&mut archive, &names, "xl", &mut draft);
    Ok(draft.done())
}

/// A cell as its reader sees it, but for the format of numbers.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(time) if !time.is_duration() => {
            let (year, month, day, hour, minute, _, _) = time.to_ymd_hms_milli();
            let days = time.as_f64();
            if days < 1.0 {
                format!("{hour:02}:{minute:02}")
            } else if days.fract() == 0.0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        DataRef::DateTime(time) => {
            let minutes = (time.as_f64() * 1440.0).round();
            format!("{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Where each sheet lies in the archive.
fn sheet_paths(archive: &mut Zipped<'_>) -> HashMap<String, String> {
    let mut targets = HashMap::new();
    let relations = archive.read("xl/_rels/workbook.xml.rels").unwrap_or_default();
    let _ = xml::walk(&relations, |step| {
        if let Step::Open(element) = step
            && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, path);
        }
    });
    let mut paths = HashMap::new();
    let workbook = archive.read("xl/workbook.xml").unwrap_or_default();
    let _ = xml::walk(&workbook, |step| {
        if let Step::Open(element) = step
            && element.name() == "sheet"
            && let (Some(name), Some(id)) = (element.attribute("name"), element.attribute("id"))
            && let Some(path) = targets.get(&id)
        {
            paths.insert(name, path.clone());
        }
    });
    paths
}

/// The rows and columns of a sheet that do not show.
fn hidden_of(archive: &mut Zipped<'_>, path: &str) -> Unseen {
    let mut unseen = Unseen::default();
    let Ok(sheet) = archive.read(path) else { return unseen };
    let mut next = 0;
    let _ = xml::walk(&sheet, |step| {
        let Step::Open(element) = step else { return };
        let number = |name: &str| element.attribute(name).and_then(|number| number.parse::<f64>().ok());
        let hides = |size: &str| {
            matches!(element.attribute("hidden").as_deref(), Some("1" | "true")) || number(size) == Some(0.0)
        };
        match element.name() {
            "row" => {
                let row = number("r").map_or(next, |row| row as u32).max(1);
                next = row.saturating_add(1);
                if hides("ht") {
                    unseen.rows.insert(row - 1);
                }
            }
            "col" if hides("width") => {
                let (from, to) = (number("min").unwrap_or(1.0) as u32, number("max").unwrap_or(1.0) as u32);
                unseen.columns.push((from.max(1) - 1, to.max(1) - 1));
            }
            _ => {}
        }
    });
    unseen
}

fn beside(archive: &mut Zipped<'_>, names: &[String], draft: &mut Draft) {
    for name in names {
        let lower = name.to_ascii_lowercase();
        if !lower.ends_with(".xml") {
            continue;
        }
        if lower.contains("comments") {
            comments(archive, name, draft);
        } else if lower.starts_with("xl/pivotcache/") || lower.starts_with("xl/externallinks/") {
            let words = archive.read(name).map(|part| text_and_values(&part)).unwrap_or_default();
            draft.hide(HiddenSort::Cache, name, &words);
        } else if lower.starts_with("xl/revisions/") {
            let words = archive.read(name).map(|part| all_text(&part)).unwrap_or_default();
            draft.hide(HiddenSort::TrackedChange, name, &words);
        } else if lower == "xl/connections.xml" {
            let words = archive.read(name).map(|part| text_and_values(&part)).unwrap_or_default();
            draft.hide(HiddenSort::Other, "A connection to other data", &words);
        }
    }
    for name in parts_named(names, "xl/drawings", "drawing", ".xml") {
        let words = archive.read(&name).map(|part| all_text(&part)).unwrap_or_default();
        if !words.trim().is_empty() {
            draft.begin("Drawings");
            draft.write(&words);
        }
    }
    defined_names(archive, draft);
}

fn comments(archive: &mut Zipped<'_>, name: &str, draft: &mut Draft) {
    let Ok(part) = archive.read(name) else { return };
    let mut place = String::new();
    let mut author = false;
    let mut words = String::new();
    let _ = xml::walk(&part, |step| match step {
        Step::Open(element) if matches!(element.name(), "comment" | "threadedComment") => {
            place = element.attribute("ref").unwrap_or_default();
            words.clear();
        }
        Step::Open(element) if element.name() == "author" => author = true,
        Step::Close("author") => author = false,
        Step::Close("comment" | "threadedComment") => {
            draft.hide(HiddenSort::Comment, format!("Cell {place}"), &words);
        }
        Step::Text(text) if author => draft.hide(HiddenSort::Metadata, "Somebody who commented", text),
        Step::Text(text) => words.push_str(text),
        _ => {}
    });
}

/// The words of a cache: its text, and the values in its attributes.
fn text_and_values(part: &[u8]) -> String {
    let mut words = String::new();
    let _ = xml::walk(part, |step| {
        if words.len() > limits::HIDDEN_TEXT * 2 {
            return;
        }
        match step {
            Step::Open(element) => {
                for name in ["v", "connection", "command", "sourceFile", "val"] {
                    if let Some(value) = element.attribute(name) {
                        words.push_str(&value);
                        words.push(' ');
                    }
                }
            }
            Step::Text(text) => words.push_str(text),
            Step::Close(_) => {}
        }
    });
    words
}

fn defined_names(archive: &mut Zipped<'_>, draft: &mut Draft) {
    let workbook = archive.read("xl/workbook.xml").unwrap_or_default();
    let mut name: Option<String> = None;
    let _ = xml::walk(&workbook, |step| match step {
        Step::Open(element) if element.name() == "definedName" => name = element.attribute("name"),
        Step::Close("definedName") => name = None,
        Step::Text(text) => {
            if let Some(name) = &name {
                draft.hide(HiddenSort::Other, "A name for cells", &format!("{name} = {text}"));
            }
        }
        _ => {}
    });
}
