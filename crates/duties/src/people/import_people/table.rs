//! A table as it was chosen: CSV, XLSX or ODS, its sheets, and the rows below the header.

use extract::tables::{Sheet, TableError, sheets};
use sha2::{Digest, Sha256};

use super::problem::ImportError;

/// A table that was read, and nothing checked yet.
#[derive(Debug)]
pub struct Table {
    /// The file's own name.
    pub file_name: String,
    /// The digest of the file.
    pub sha256: String,
    sheets: Vec<Sheet>,
}

impl Table {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ImportError::NotATable`], [`ImportError::Broken`] or [`ImportError::Empty`].
    pub fn read(file_name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let mut sheets = sheets(file_name, bytes)?;
        sheets.retain(|sheet| header_of(sheet).is_some());
        if sheets.is_empty() {
            return Err(ImportError::Empty);
        }
        let sha256 = hex::encode(Sha256::digest(bytes));
        Ok(Self { file_name: file_name.to_owned(), sha256, sheets })
    }

    /// The sheets with anything in them: their names, and whether the workbook hides them.
    pub fn sheets(&self) -> impl Iterator<Item = (&str, bool)> {
        self.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden))
    }

    /// The sheet of a name; without one the first that is not hidden.
    ///
    /// # Errors
    /// [`ImportError::NoSheet`], with the names that there are.
    pub fn sheet(&self, name: &str) -> Result<SheetRows<'_>, ImportError> {
        let all = || self.sheets().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let found = if name.is_empty() {
            self.sheets.iter().find(|sheet| !sheet.hidden).or(self.sheets.first())
        } else {
            self.sheets.iter().find(|sheet| sheet.name == name)
        };
        let sheet = found.ok_or_else(|| ImportError::NoSheet(name.to_owned(), all()))?;
        let at = header_of(sheet).ok_or(ImportError::Empty)?;
        Ok(SheetRows { sheet, at })
    }
}

/// The rows of one sheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetRows<'a> {
    sheet: &'a Sheet,
    at: usize,
}

impl<'a> SheetRows<'a> {
    /// The sheet's name; empty for a CSV file.
    pub fn name(&self) -> &'a str {
        &self.sheet.name
    }

    /// How its letters were read, where that had to be guessed.
    pub const fn guessed(&self) -> Option<&'static str> {
        self.sheet.guessed
    }

    /// The header: the first row with anything in it.
    pub fn header(&self) -> &'a [String] {
        self.sheet.rows.get(self.at).map_or(&[], Vec::as_slice)
    }

    /// The number of the header as a spreadsheet shows it.
    pub const fn header_number(&self) -> u64 {
        self.at as u64 + 1
    }

    /// The rows below the header that have anything in them, with their numbers as a spreadsheet shows them.
    pub fn rows(&self) -> impl Iterator<Item = (u64, &'a [String])> + use<'a> {
        let numbered = self.sheet.rows.iter().enumerate().skip(self.at + 1);
        numbered.filter(|(_, row)| !blank(row)).map(|(at, row)| (at as u64 + 1, row.as_slice()))
    }
}

fn blank(row: &[String]) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

fn header_of(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().position(|row| !blank(row))
}

impl From<TableError> for ImportError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Broken { row, what } => Self::Broken { row, what },
            other => Self::NotATable(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "\"first\nname\"", "Ann", "", "", "\"Cee\nDee\"", "Eee", ""].join(end);
            let table = Table::read("people.csv", text.as_bytes()).unwrap();
            let sheet = table.sheet("").unwrap();
            assert_eq!(sheet.header_number(), 2);
            assert_eq!(sheet.rows().map(|(number, _)| number).collect::<Vec<_>>(), [3, 6, 7], "{end:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_table_is_told_in_words() {
        let told = |bytes: &[u8]| Table::read("x", bytes).unwrap_err().to_string();
        assert!(told(b"PK\x03\x04...").contains("does not open"));
        assert!(told(b"\xd0\xcf\x11\xe0").contains(".xlsx"));
        assert!(told(b" \r\n").contains("no rows"));
        assert!(told(b"name\n\"Ann\n").contains("row 2"));
    }
}
