//! People of the book who may be the same as people of a table, found without comparing everybody with everybody: by
//! number, by name and birth date, by a like name, by the birth date and a name in common.

use std::collections::{HashMap, HashSet};

use book::{Found, Likeness};
use jiff::civil::Date;
use records::{Card, Content, FileId, Kind, Personal};

use super::problem::Checked;
use super::row::Row;
use crate::office::Office;
use crate::people::entered::fold_name;
use crate::stopped::Stopped;
use detect::nicknames;

/// So many are shown for one row.
const MOST: usize = 4;
/// So many records are read at once when numbers are compared.
const PAGE: u32 = 2_000;

/// What is done with a row whose person may be in the book already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// It is the same person: the row is left out, and whoever belongs to them is linked to that file.
    Skip(FileId),
    /// It is the same person: what is empty in that file is filled in.
    Update(FileId),
    /// It is somebody else.
    SomeoneElse,
}

impl Same {
    /// The file, where it is the same person.
    pub const fn file(self) -> Option<FileId> {
        match self {
            Self::Skip(file) | Self::Update(file) => Some(file),
            Self::SomeoneElse => None,
        }
    }

    /// The word in forms.
    pub fn slug(self) -> String {
        match self {
            Self::Skip(file) => format!("skip-{file}"),
            Self::Update(file) => format!("update-{file}"),
            Self::SomeoneElse => "someone-else".to_owned(),
        }
    }

    /// The choice that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        if slug == "someone-else" {
            return Some(Self::SomeoneElse);
        }
        let (what, file) = slug.split_once('-')?;
        let file = file.parse().ok()?;
        match what {
            "skip" => Some(Self::Skip(file)),
            "update" => Some(Self::Update(file)),
            _ => None,
        }
    }
}

/// Somebody of the book who may be the person of a row.
#[derive(Clone, Debug)]
pub struct Likely {
    /// The row as a spreadsheet numbers it.
    pub row: u64,
    /// Whose file.
    pub file: FileId,
    /// The card.
    pub card: Card,
    /// What is alike, in words.
    pub why: String,
    /// Whether number, or name and birth date, are the same.
    pub surely: bool,
}

/// Finds them, in the order of the table, the likeliest first.
pub(super) async fn likely(office: &Office, checked: &Checked) -> Result<Vec<Likely>, Stopped> {
    let numbers = numbers(office, checked).await?;
    let births: HashSet<Date> = checked.people.iter().filter_map(born).collect();
    let mut by_birth: HashMap<Date, Vec<Found>> = HashMap::new();
    for found in office.book().cards(|_, card| born_of(card).is_some_and(|born| births.contains(&born))) {
        if let Some(born) = born_of(&found.card) {
            by_birth.entry(born).or_default().push(found);
        }
    }
    let mut all = Vec::new();
    for row in &checked.people {
        let mut hits = of_row(office, row, &by_birth);
        let number = row.number.as_ref().and_then(|number| numbers.get(number));
        for (file, card) in number.into_iter().flatten().filter_map(|file| Some((*file, office.book().card(*file)?))) {
            hits.retain(|hit| hit.file != file);
            hits.insert(0, hit(row, file, card, "the same number in earlier records".to_owned(), true));
        }
        // A row is the person, whichever of their files it resembles: it goes to the one that leads.
        for hit in &mut hits {
            let leading = office.leading(hit.file);
            if leading != hit.file
                && let Some(card) = office.book().card(leading)
            {
                *hit = Likely { file: leading, card, ..hit.clone() };
            }
        }
        hits.sort_by_key(|hit| !hit.surely);
        let mut had = HashSet::new();
        hits.retain(|hit| had.insert(hit.file));
        hits.truncate(MOST);
        all.extend(hits);
    }
    Ok(all)
}

fn hit(row: &Row, file: FileId, card: Card, why: String, surely: bool) -> Likely {
    Likely { row: row.numbered, file, card, why, surely }
}

fn of_row(office: &Office, row: &Row, by_birth: &HashMap<Date, Vec<Found>>) -> Vec<Likely> {
    let name = row.identity.name.for_search();
    let folded = fold_name(name);
    let mut hits: Vec<Likely> = Vec::new();
    if folded.is_empty() {
        return hits;
    }
    let fits = |card: &Card| born(row).is_none() || born_of(card).is_none() || born_of(card) == born(row);
    let alike = office.book().search_alike(name, 2 * MOST, nicknames, |_, card| fits(card));
    for (found, likeness) in alike {
        let same_day = born(row).is_some() && born_of(&found.card) == born(row);
        let same_name = fold_name(found.card.name.for_search()) == folded;
        let name_words = match likeness {
            _ if same_name => "the same name",
            Likeness::Same => "a name in common",
            other => other.words(),
        };
        let day_words = if same_day { ", and the same date of birth" } else { "" };
        hits.push(hit(row, found.file, found.card, format!("{name_words}{day_words}"), same_name && same_day));
    }
    for found in born(row).and_then(|born| by_birth.get(&born)).into_iter().flatten() {
        let other = fold_name(found.card.name.for_search());
        let shares = folded.split(' ').any(|part| other.split(' ').any(|theirs| theirs == part));
        if shares && !hits.iter().any(|hit| hit.file == found.file) {
            let words = "the same date of birth, and a name in common".to_owned();
            hits.push(hit(row, found.file, found.card.clone(), words, false));
        }
    }
    hits
}

fn born(row: &Row) -> Option<Date> {
    row.identity.born.as_ref().map(|born| *born.for_search())
}

fn born_of(card: &Card) -> Option<Date> {
    card.born.as_ref().map(|born| *born.for_search())
}

/// The files that have a number of the table. Numbers stand in the sealed records only, so all identities are read;
/// not where the table has no numbers.
async fn numbers(office: &Office, checked: &Checked) -> Result<HashMap<String, Vec<FileId>>, Stopped> {
    let wanted: HashSet<String> = checked.people.iter().filter_map(|row| row.number.clone()).collect();
    numbered(office, &wanted).await
}

/// The files that have one of some numbers from earlier records.
pub(super) async fn numbered(
    office: &Office,
    wanted: &HashSet<String>,
) -> Result<HashMap<String, Vec<FileId>>, Stopped> {
    let mut found: HashMap<String, Vec<FileId>> = HashMap::new();
    let mut after = None;
    while !wanted.is_empty() {
        let (some, last) = office.book().some_of_kind(Kind::Identity, after, PAGE).await?;
        for opened in some {
            let Content::Identity(identity) = &opened.record.content else { continue };
            let number = identity.number.as_ref().map(Personal::for_search).filter(|number| wanted.contains(*number));
            if let Some(number) = number {
                found.entry(number.clone()).or_default().push(opened.header.file);
            }
        }
        after = last;
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}
