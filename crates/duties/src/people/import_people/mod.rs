//! Bringing people in from a table: every row is read and checked first, then all are written, or none.

mod columns;
mod likely;
mod names;
mod preview;
mod problem;
mod row;
mod table;
mod undo;
mod update;
mod work;
mod write;

pub use columns::{Column, ColumnUse, Columns};
pub use likely::{Likely, Same};
pub use problem::{Checked, ImportError, Of, Options, Problem};
pub use table::{SheetRows, Table};
pub use undo::{
    Held, UndoError, Undoing, imports, imports_as, look_at_undo, look_at_undo_as, says, undo_import, undo_import_as,
};
pub use update::likely_to;
pub use write::{ImportDone, import_people, import_people_as, import_table};

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use records::catalogue::DataCategory;
use records::{PersonClass, Personal};

use crate::office::{House, Office};
use crate::people::entered::fold_name;
use crate::people::import_people::row::Row;
use crate::services::refused_categories;
use crate::stopped::Stopped;

/// After so many problems the rest are counted and no longer told one by one.
const TOLD: usize = 1_000;

/// Reads and checks a table without writing anything.
///
/// # Errors
/// [`ImportError`] where the file as a whole cannot be read; problems of single rows are in the answer.
pub async fn check_people(office: &Office, bytes: &[u8], options: &Options) -> Result<Checked, ImportError> {
    check_table(office, &Table::read(&options.file_name, bytes)?, options).await
}

/// Checks a table that was read, without writing anything.
///
/// # Errors
/// [`ImportError`] where the table as a whole makes no people; problems of single rows are in the answer.
pub async fn check_table(office: &Office, table: &Table, options: &Options) -> Result<Checked, ImportError> {
    let house = office.house().await?;
    if let Some(service) = options.service.filter(|id| house.service(*id).is_none()) {
        return Err(ImportError::NoService(service.to_string()));
    }
    let sheet = table.sheet(&options.sheet)?;
    let header = sheet.header();
    let columns = Columns::of(header, options)?;
    let mut checked = Checked { sha256: table.sha256.clone(), sheet: sheet.name().to_owned(), ..Checked::default() };
    checked.columns = columns.uses();
    if let Some(encoding) = sheet.guessed() {
        let words =
            format!("The file is not UTF-8, so its letters were read as {encoding}. Look at names with accents");
        checked.warn(sheet.header_number(), "", "", &words);
    }
    check_columns(&house, &columns, options, sheet.header_number(), &mut checked);
    let today = office.today();
    if options.of != Of::People {
        work::read(office, &house, sheet, &columns, options, &mut checked).await?;
        return if checked.rows == 0 { Err(ImportError::Empty) } else { Ok(checked) };
    }
    let reading = row::Reading { house: &house, columns: &columns, options, today };
    for (number, record) in sheet.rows() {
        if let Some(extra) = record.get(header.len()..).and_then(|more| more.iter().find(|cell| !cell.is_empty())) {
            checked.wrong(number, "", extra, "This row has more cells than there are columns. Name the column in the first row, or look for a comma that needs quotes around its cell");
        }
        checked.rows += 1;
        let row = reading.row(number, record, &mut checked);
        checked.people.push(row);
    }
    if checked.rows == 0 {
        return Err(ImportError::Empty);
    }
    check_together(&columns, &mut checked);
    office.book().refresh_cards().await.map_err(Stopped::from)?;
    check_against_the_book(office, &columns, options, &mut checked);
    checked.likely = likely::likely(office, &checked).await?;
    Ok(checked)
}

/// Columns that are left out are said; columns that the law treats strictly and no service needs are refused (K4).
fn check_columns(house: &House, columns: &Columns, options: &Options, header: u64, checked: &mut Checked) {
    for name in columns.unknown() {
        checked.warn(header, name, "", "Nothing that we keep is for this column, so it is left out");
    }
    for (name, about) in columns.strict() {
        let per_row = columns.has(Column::Service) && options.service.is_none();
        let kept = matches!(about, DataCategory::Health | DataCategory::Money);
        if !kept || (!per_row && !refused_categories(house, options.service, &[about]).is_empty()) {
            let fix = match options.service {
                Some(service) => format!(
                    "{} does not need facts about {}, so they are refused. Take the column out of the table, or leave it out when you bring it in",
                    house.service_name(service),
                    about.words()
                ),
                None => format!(
                    "Facts about {} are kept only where a service needs them. Choose a service that does, take the column out, or leave it out when you bring it in",
                    about.words()
                ),
            };
            checked.wrong(header, name, "", &fix);
        }
    }
}

/// The same person or number twice in one table, and links to numbers that are not there.
fn check_together(columns: &Columns, checked: &mut Checked) {
    let name = |column| columns.name(column);
    let mut by_number: HashMap<String, u64> = HashMap::new();
    let mut seen: HashMap<(String, Option<Date>), u64> = HashMap::new();
    let mut told: Vec<(bool, Problem)> = Vec::new();
    for row in &checked.people {
        if let Some(number) = &row.number {
            if let Some(first) = by_number.get(number) {
                let words = format!("Row {first} has this number, too. Give each person a number of their own");
                told.push((true, Problem::new(row.numbered, name(Column::Number), number, &words)));
            } else {
                by_number.insert(number.clone(), row.numbered);
            }
        }
        if let Some(first) = seen.insert(key(row), row.numbered) {
            let words = format!(
                "Row {first} has the same name and date of birth. If it is one person, take one of the rows out"
            );
            told.push((false, Problem::new(row.numbered, columns.of_names(), row.identity.name.for_page(), &words)));
        }
    }
    for row in &checked.people {
        if let Some(related) = &row.related {
            let words = match by_number.get(&related.to) {
                None => "There is nobody with this number in the table. Correct it, or empty the cell",
                Some(at) if *at == row.numbered => {
                    "A person cannot be linked to themselves. Correct the number, or empty the cell"
                }
                Some(_) => continue,
            };
            told.push((true, Problem::new(row.numbered, name(Column::RelatedTo), &related.to, words)));
        }
    }
    for (is_error, problem) in told {
        checked.tell(is_error, problem);
    }
}

/// People who are in the book already, by name and date of birth. One pass over the cards, whatever the table's size.
fn check_against_the_book(office: &Office, columns: &Columns, options: &Options, checked: &mut Checked) {
    let wanted: HashSet<(String, Option<Date>)> = checked.people.iter().map(key).collect();
    let of =
        |card: &records::Card| (fold_name(card.name.for_search()), card.born.as_ref().map(|born| *born.for_search()));
    let found = office.book().cards(|_, card| wanted.contains(&of(card)));
    let known: HashSet<(String, Option<Date>)> = found.iter().map(|found| of(&found.card)).collect();
    let told: Vec<Problem> = checked
        .people
        .iter()
        .filter(|row| known.contains(&key(row)) && !options.same.contains_key(&row.numbered))
        .map(|row| Problem::new(row.numbered, columns.of_names(), row.identity.name.for_page(), "Somebody with this name and date of birth is in the book already. If it is the same person, take the row out"))
        .collect();
    for problem in told {
        checked.tell(false, problem);
    }
}

fn key(row: &Row) -> (String, Option<Date>) {
    (fold_name(row.identity.name.for_search()), row.identity.born.as_ref().map(|born| *born.for_search()))
}

/// What a person is to the charity, by the words that tables use.
pub(crate) fn class_of(words: &str) -> Option<PersonClass> {
    let folded = columns::folded(words);
    if let Some(class) = PersonClass::from_slug(&folded) {
        return Some(class);
    }
    Some(match folded.as_str() {
        "children" | "youngperson" | "yp" | "client" | "beneficiary" | "pupil" | "student" | "serviceuser" => {
            PersonClass::Child
        }
        "parent" | "family" | "familymember" | "relative" | "mother" | "father" | "guardian" | "parentcarer"
        | "parentorcarer" => PersonClass::Carer,
        "employee" | "worker" => PersonClass::Staff,
        "donor" | "member" | "subscriber" => PersonClass::Supporter,
        "professional" | "supplier" | "agency" | "partner" | "external" => PersonClass::Contact,
        _ => return None,
    })
}

/// A personal value in a problem.
pub(crate) fn value(text: &str) -> Personal<String> {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Personal::new(short)
}
