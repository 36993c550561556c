//! Which column of a table is which: by its name, in whatever case and spelling people use.

use records::catalogue::DataCategory;

use super::names::{NAMES, WORK_NAMES};
use super::problem::{ImportError, Of, Options};

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The person's number in earlier records.
    Number,
    /// What they are to the charity.
    Class,
    /// The whole name.
    Name,
    /// The first name.
    First,
    /// The last name.
    Last,
    /// What they are called.
    Preferred,
    /// Other names: former, maiden, in another script.
    Former,
    /// Day of birth.
    Born,
    /// Pronouns.
    Pronouns,
    /// Language.
    Language,
    /// Telephone.
    Phone,
    /// A second telephone.
    Mobile,
    /// E-mail.
    Email,
    /// Street, or the whole address.
    Street,
    /// Second line of the address.
    Street2,
    /// Town.
    Town,
    /// County.
    County,
    /// Postcode.
    Postcode,
    /// The number of the person to whom this one belongs.
    RelatedTo,
    /// What this person is to that one.
    Relation,
    /// The service that they use.
    Service,
    /// Why they use it.
    Reason,
    /// When a note's matter happened.
    Happened,
    /// What a note is about, or of what kind it is.
    Title,
    /// A note's text.
    Text,
    /// The first day with a service.
    From,
    /// The last day with a service.
    To,
    /// A category that is kept only where a service needs it.
    Strict(DataCategory),
}

/// What a column of the table is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// The column's own name.
    pub column: String,
    /// What it is used for; none where it is left out.
    pub used_for: Option<&'static str>,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Columns {
    names: Vec<String>,
    which: Vec<Option<Column>>,
    ignored: Vec<bool>,
}

impl Columns {
    /// Reads the header, with what somebody chose for single columns.
    pub fn of(header: &[String], options: &Options) -> Result<Self, ImportError> {
        let columns = Self::chosen(header, options)?;
        let Self { names, which, .. } = &columns;
        for (at, column) in which.iter().enumerate() {
            // Several columns about health or money are written one after the other; the rest can be there once.
            if column.is_none() || matches!(column, Some(Column::Strict(_) | Column::Former)) {
                continue;
            }
            if let Some(before) = which.iter().take(at).position(|other| other == column) {
                return Err(ImportError::Twice(names[before].clone(), names[at].clone()));
            }
        }
        columns.check(options)?;
        if columns.has(Column::Number) && options.of != Of::People {
            return Ok(columns);
        }
        if columns.has(Column::Name) || columns.has(Column::First) || columns.has(Column::Last) {
            Ok(columns)
        } else {
            Err(ImportError::NoName(columns.names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ")))
        }
    }

    /// What notes and enrolments need beside a person.
    fn check(&self, options: &Options) -> Result<(), ImportError> {
        let all = || self.names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let missing = |what| Err(ImportError::NoColumn(what, all()));
        match options.of {
            Of::Notes if !self.has(Column::Text) => missing("the text of the notes"),
            Of::Notes if !self.has(Column::Happened) => missing("the day on which it happened"),
            Of::Enrolments if !self.has(Column::From) => missing("the first day with the service"),
            Of::Enrolments if !self.has(Column::Service) && options.service.is_none() => missing("the service"),
            Of::People | Of::Notes | Of::Enrolments => Ok(()),
        }
    }

    /// What the columns are by their names and by what somebody chose, whether or not people can be made of them.
    pub fn chosen(header: &[String], options: &Options) -> Result<Self, ImportError> {
        let names = own_names(header);
        let all = || names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let place = |wanted: &str| names.iter().position(|name| folded(name) == folded(wanted));
        let mut which: Vec<Option<Column>> = header.iter().map(|name| column_of(name, options.of)).collect();
        let mut ignored = vec![false; names.len()];
        // A choice for a column that another table has is no fault: the choices stay when the table is chosen again.
        for (column, slug) in &options.uses {
            if let Some(at) = place(column) {
                which[at] = Column::from_slug(slug).filter(|column| options.of.uses(*column));
                ignored[at] = which[at].is_none();
            }
        }
        for unwanted in &options.ignore {
            let at = place(unwanted).ok_or_else(|| ImportError::NothingToIgnore(unwanted.clone(), all()))?;
            which[at] = None;
            ignored[at] = true;
        }
        Ok(Self { names, which, ignored })
    }

    /// Each column's own name and the slug of its use; empty where it is left out.
    pub fn slugs(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.names.iter().zip(&self.which).map(|(name, which)| (name.as_str(), which.map_or("", Column::slug)))
    }

    /// Whether there is such a column.
    pub fn has(&self, column: Column) -> bool {
        self.which.contains(&Some(column))
    }

    /// The cell of a column, trimmed, and the column's own name. Empty where there is none.
    pub fn cell<'a>(&'a self, record: &'a [String], column: Column) -> (&'a str, &'a str) {
        let at = self.which.iter().position(|known| *known == Some(column));
        at.map_or(("", ""), |at| (record.get(at).map_or("", |cell| cell.trim()), self.names[at].as_str()))
    }

    /// A column's own name. Empty where there is none.
    pub fn name(&self, column: Column) -> &str {
        let at = self.which.iter().position(|known| *known == Some(column));
        at.map_or("", |at| self.names[at].as_str())
    }

    /// The own name of the first column that has people's names.
    pub fn of_names(&self) -> &str {
        let with_names = [Column::Name, Column::First, Column::Last].into_iter().find(|column| self.has(*column));
        with_names.map_or("", |column| self.name(column))
    }

    /// All cells of a column that can be there more than once.
    pub fn cells<'a>(&'a self, record: &'a [String], column: Column) -> impl Iterator<Item = (&'a str, &'a str)> {
        let places = self.which.iter().enumerate().filter(move |(_, known)| **known == Some(column));
        places.map(|(at, _)| (record.get(at).map_or("", |cell| cell.trim()), self.names[at].as_str()))
    }

    /// Columns that nothing is kept for and that nobody left out by name.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let places = self.names.iter().zip(&self.which).zip(&self.ignored);
        places.filter(|((_, which), ignored)| which.is_none() && !**ignored).map(|((name, _), _)| name.as_str())
    }

    /// Columns that are kept only where a service needs them.
    pub fn strict(&self) -> impl Iterator<Item = (&str, DataCategory)> {
        self.names.iter().zip(&self.which).filter_map(|(name, which)| match which {
            Some(Column::Strict(about)) => Some((name.as_str(), *about)),
            _ => None,
        })
    }

    /// What each column is used for.
    pub fn uses(&self) -> Vec<ColumnUse> {
        let uses = self.names.iter().zip(&self.which);
        uses.map(|(name, which)| ColumnUse { column: name.clone(), used_for: which.map(Column::words) }).collect()
    }
}

/// The columns' own names: one without a name is known by its letter, and a second one of a name by its number.
fn own_names(header: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (at, name) in header.iter().enumerate() {
        let name = name.trim();
        let name = if name.is_empty() { format!("Column {}", letters(at)) } else { name.to_owned() };
        let same = header.iter().take(at).filter(|before| before.trim() == name).count();
        names.push(if same > 0 { format!("{name} ({})", same + 1) } else { name });
    }
    names
}

/// A column's letters in a spreadsheet: A, B … Z, AA.
fn letters(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { letter.to_string() } else { format!("{}{letter}", letters(at / 26 - 1)) }
}

fn column_of(name: &str, of: Of) -> Option<Column> {
    let folded = folded(name);
    let known = |names: &'static [(Column, &str, &[&str])]| {
        names.iter().find(|(_, _, names)| names.contains(&folded.as_str())).map(|(column, ..)| *column)
    };
    // "Type" is who somebody is in a table of people, and what a note is about in a table of notes.
    let of_work = if of == Of::People { None } else { known(WORK_NAMES) };
    of_work.filter(|column| of.uses(*column)).or_else(|| known(NAMES).filter(|column| of.uses(*column)))
}

/// Lower case, letters and figures only: "E-mail address" and `email_address` are one.
pub fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn of(names: &[&str]) -> Result<Columns, ImportError> {
        Columns::of(&header(names), &Options::default())
    }

    #[test]
    fn columns_are_known_in_any_case_and_spelling() {
        let columns = of(&["FORENAME", "Sur-name", "D.O.B.", "E-Mail Address", "Post Code"]).unwrap();
        for column in [Column::First, Column::Last, Column::Born, Column::Email, Column::Postcode] {
            assert!(columns.has(column), "{column:?}");
        }
        assert_eq!(columns.unknown().count(), 0);
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        for (at, (_, _, names)) in NAMES.iter().enumerate() {
            for name in *names {
                assert_eq!(*name, folded(name), "{name} is never matched");
                assert!(!NAMES[at + 1..].iter().any(|(_, _, others)| others.contains(name)), "{name}");
            }
        }
    }

    #[test]
    fn a_table_without_names_or_with_a_column_twice_is_told_so() {
        assert!(matches!(of(&["dob", "phone"]), Err(ImportError::NoName(all)) if all.contains("phone")));
        assert!(
            matches!(of(&["name", "dob", "Date of birth"]), Err(ImportError::Twice(a, b)) if a == "dob" && b == "Date of birth")
        );
        let header = header(&["name", "dob", "born"]);
        let ignoring = |column: &str| Options { ignore: vec![column.to_owned()], ..Options::default() };
        assert!(Columns::of(&header, &ignoring("BORN")).is_ok());
        assert!(matches!(Columns::of(&header, &ignoring("shoes")), Err(ImportError::NothingToIgnore(..))));
    }

    #[test]
    fn what_somebody_chose_for_a_column_comes_before_its_name() {
        let header = header(&["who", "name", "", "name"]);
        let uses =
            [("who", "name"), ("Name", ""), ("column c", "dob-typo"), ("name (2)", "preferred"), ("gone", "name")];
        let uses = uses.map(|(column, slug)| (column.to_owned(), slug.to_owned())).to_vec();
        let columns = Columns::of(&header, &Options { uses, ..Options::default() }).unwrap();
        let slugs: Vec<_> = columns.slugs().collect();
        assert_eq!(slugs, [("who", "name"), ("name", ""), ("Column C", ""), ("name (2)", "preferred")]);
        assert_eq!(columns.unknown().count(), 0, "what somebody left out is not said again");
    }

    #[test]
    fn every_use_has_a_slug_of_its_own() {
        for (at, (column, slug, _)) in NAMES.iter().enumerate() {
            assert_eq!(Column::from_slug(slug), Some(*column));
            assert!(!NAMES[at + 1..].iter().any(|(_, other, _)| other == slug), "{slug}");
        }
        assert_eq!([letters(0), letters(25), letters(26), letters(701)], ["A", "Z", "AA", "ZZ"]);
    }
}
