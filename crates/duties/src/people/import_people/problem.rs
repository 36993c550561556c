//! What an import is told, what it found, and why it stops.

use std::collections::BTreeMap;

use records::{PersonClass, Personal, ServiceId};

use super::columns::ColumnUse;
use super::likely::{Likely, Same};
use super::row::Row;
use super::work::WorkRow;
use super::{TOLD, value};
use crate::stopped::Stopped;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// People, who come into the book.
    #[default]
    People,
    /// Notes about people of the book.
    Notes,
    /// The use that people of the book make of services.
    Enrolments,
}

impl Of {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::People, Self::Notes, Self::Enrolments];

    /// The word in forms and at the command line, and in sentences.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Notes => "notes",
            Self::Enrolments => "enrolments",
        }
    }

    /// What a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.slug() == slug)
    }
}

/// How a table is to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the rows are.
    pub of: Of,
    /// The table's own name, for the record of the import.
    pub file_name: String,
    /// What people are where their row does not say it.
    pub class: Option<PersonClass>,
    /// The service with which children and carers are enrolled, where their row names none.
    pub service: Option<ServiceId>,
    /// Why they use it, where their row does not say it.
    pub reason: String,
    /// Columns that are to be left out.
    pub ignore: Vec<String>,
    /// The sheet of a workbook; empty for the first that is not hidden.
    pub sheet: String,
    /// What somebody chose for single columns, by their own names: the slug of a use, or nothing to leave it out.
    pub uses: Vec<(String, String)>,
    /// What is done with rows whose people may be in the book already, by their numbers.
    pub same: BTreeMap<u64, Same>,
}

/// One thing that is wrong, or to be looked at, with its place in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The row as a spreadsheet numbers it; the header is 1.
    pub row: u64,
    /// The column's own name; empty where it is about the whole row.
    pub column: String,
    /// What stands there.
    pub value: Personal<String>,
    /// What is wrong and how to put it right.
    pub message: String,
}

impl Problem {
    pub(super) fn new(row: u64, column: &str, text: &str, message: &str) -> Self {
        Self { row, column: column.to_owned(), value: value(text), message: message.to_owned() }
    }
}

/// A table that was read.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many rows with anything in them.
    pub rows: u64,
    /// What stops the import, in the order of the table; nothing is written while there is one.
    pub errors: Vec<Problem>,
    /// What should be looked at.
    pub warnings: Vec<Problem>,
    /// How many more errors and warnings there are than are told.
    pub untold: (u64, u64),
    /// What each column is used for.
    pub columns: Vec<ColumnUse>,
    /// The digest of the table.
    pub sha256: String,
    /// The sheet that was read; empty for a CSV file.
    pub sheet: String,
    /// People of the book who may be people of the table.
    pub likely: Vec<Likely>,
    pub(super) people: Vec<Row>,
    pub(super) work: Vec<WorkRow>,
}

impl Checked {
    /// Whether anything stops the import.
    pub fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    pub(super) fn wrong(&mut self, row: u64, column: &str, text: &str, message: &str) {
        self.tell(true, Problem::new(row, column, text, message));
    }

    pub(super) fn warn(&mut self, row: u64, column: &str, text: &str, message: &str) {
        self.tell(false, Problem::new(row, column, text, message));
    }

    pub(super) fn tell(&mut self, is_error: bool, problem: Problem) {
        let (list, untold) =
            if is_error { (&mut self.errors, &mut self.untold.0) } else { (&mut self.warnings, &mut self.untold.1) };
        if list.len() < TOLD {
            list.push(problem);
        } else {
            *untold += 1;
        }
    }
}

/// Why a table cannot be read or written as a whole.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// It is no table, or too large.
    #[error("{0}")]
    NotATable(String),
    /// The workbook has no sheet of this name.
    #[error("There is no sheet \"{0}\". The sheets are: {1}.")]
    NoSheet(String, String),
    /// There are no rows.
    #[error("The table has no rows below its header. Check that you chose the right file.")]
    Empty,
    /// No column has the name.
    #[error(
        "No column has people's names. Name one column \"Name\", or two \"First name\" and \"Last name\". The columns are: {0}."
    )]
    NoName(String),
    /// A column that is needed is not there.
    #[error("No column has {0}. Name it, or say which one it is. The columns are: {1}.")]
    NoColumn(&'static str, String),
    /// A row is about somebody whose file is closed to whoever does it.
    #[error("Row {0} is about somebody whose file is not open to you. Take the row out.")]
    NotOpen(u64),
    /// Two columns mean the same.
    #[error(
        "The columns \"{0}\" and \"{1}\" mean the same. Take one of them out, or leave it out when you bring the table in."
    )]
    Twice(String, String),
    /// A column that is to be left out is not there.
    #[error("There is no column \"{0}\" that could be left out. The columns are: {1}.")]
    NothingToIgnore(String, String),
    /// The table breaks off.
    #[error("The table cannot be read at row {row}: {what}")]
    Broken {
        /// The row as a spreadsheet numbers it.
        row: u64,
        /// What is wrong.
        what: String,
    },
    /// There is no such service.
    #[error("There is no service {0}.")]
    NoService(String),
    /// A row is to be somebody who is not in the book, or whose file is closed to whoever does it.
    #[error("Row {0} cannot be taken for that person. Choose again what to do with it.")]
    NotThem(u64),
    /// Rows are wrong, so nothing was written.
    #[error("{0} things are wrong in the table, so nothing was brought in.")]
    Wrong(u64),
}

impl ImportError {
    /// The row where the table went wrong; the first where it is about the whole.
    pub fn row(&self) -> u64 {
        match self {
            Self::Broken { row, .. } => *row,
            _ => 1,
        }
    }
}

impl From<book::BookError> for ImportError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}
