//! The table of people that `guardbook detect` is given.

use std::collections::HashMap;
use std::path::Path;

use detect::Person;
use extract::tables::{Sheet, sheets};

/// The people, and what could not be read of them.
#[derive(Debug, Default)]
pub(super) struct People {
    pub people: Vec<Person>,
    pub troubles: Vec<String>,
}

/// Troubles that are told one by one; past that only their number.
const MOST_TOLD: usize = 20;

/// What a column holds, under the headings that tables have.
const COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["personid", "id", "number", "ref", "reference"]),
    ("given", &["firstname", "given", "givenname", "givennames", "forename", "forenames"]),
    ("family", &["lastname", "family", "familyname", "surname"]),
    ("name", &["name", "fullname"]),
    ("also", &["knownas", "preferredname", "nickname"]),
    ("native", &["nativename"]),
    ("former", &["formername", "maidenname", "previousname", "alsoknownas"]),
    ("born", &["dateofbirth", "dob", "born"]),
    ("nhs", &["nhsnumber", "nhs", "nhsno"]),
    ("nino", &["ninumber", "nino", "nationalinsurance", "nationalinsurancenumber"]),
    ("phone", &["phone", "telephone", "mobile", "tel"]),
    ("email", &["email", "emailaddress"]),
    ("street", &["street", "address", "addressline1", "address1"]),
    ("postcode", &["postcode"]),
    ("relatedto", &["relatedto"]),
    ("relation", &["relation", "relationship"]),
];

/// Reads the table.
pub(super) fn read(path: &Path) -> Result<People, String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| format!("{shown}: cannot be opened ({error})."))?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("people.csv");
    let tables = sheets(name, &bytes).map_err(|error| format!("{shown}: {error}"))?;
    let table = tables.into_iter().find(|sheet| !sheet.hidden && !sheet.rows.is_empty());
    let table = table.ok_or_else(|| format!("{shown}: the table is empty. Its first row must have headings."))?;
    from(&table, &shown.to_string())
}

fn from(table: &Sheet, shown: &str) -> Result<People, String> {
    let head: Vec<String> =
        table.rows.first().map(|row| row.iter().map(|cell| plain(cell)).collect()).unwrap_or_default();
    let columns: HashMap<&str, usize> = COLUMNS
        .iter()
        .filter_map(|(what, headings)| {
            let at = head.iter().position(|cell| headings.contains(&cell.as_str()))?;
            Some((*what, at))
        })
        .collect();
    if !columns.contains_key("name") && !columns.contains_key("given") {
        return Err(format!(
            "{shown}, row 1: no column is called first_name or name. Give the columns headings, and try again."
        ));
    }
    let of = |row: &[String], what: &str| -> String {
        columns.get(what).and_then(|at| row.get(*at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let mut read = People::default();
    let mut untold = 0;
    let mut relations = Vec::new();
    for (at, row) in table.rows.iter().enumerate().skip(1) {
        let (mut given, mut family) = (of(row, "given"), of(row, "family"));
        let name = of(row, "name");
        if given.is_empty() && family.is_empty() {
            (given, family) = name
                .rsplit_once(' ')
                .map_or((name.clone(), String::new()), |(given, family)| (given.to_owned(), family.to_owned()));
        }
        if given.is_empty() && family.is_empty() {
            continue;
        }
        let born = of(row, "born");
        let day = day(&born);
        if day.is_none() && !born.is_empty() {
            let column = columns.get("born").map_or(0, |at| at + 1);
            if read.troubles.len() < MOST_TOLD {
                read.troubles.push(format!("{shown}, row {}, column {column}: this date of birth cannot be read and is left out. Write it as 2014-05-31 or 31/05/2014.", at + 1));
            } else {
                untold += 1;
            }
        }
        relations.push((of(row, "relatedto"), of(row, "relation")));
        read.people.push(Person {
            id: of(row, "id"),
            given,
            family,
            also: ["also", "native", "former"]
                .iter()
                .map(|what| of(row, what))
                .filter(|name| !name.is_empty())
                .collect(),
            relation: None,
            born: day,
            details: ["nhs", "nino", "phone", "email", "street", "postcode"]
                .iter()
                .map(|what| of(row, what))
                .filter(|detail| !detail.is_empty())
                .collect(),
        });
    }
    if untold > 0 {
        read.troubles.push(format!("{shown}: {untold} more dates of birth cannot be read."));
    }
    relate(&mut read.people, &relations);
    Ok(read)
}

/// "brother of Ada Okafor", where the table says who is related to whom.
fn relate(people: &mut [Person], relations: &[(String, String)]) {
    let names: HashMap<String, String> =
        people.iter().filter(|person| !person.id.is_empty()).map(|person| (person.id.clone(), person.full())).collect();
    for (person, (to, relation)) in people.iter_mut().zip(relations) {
        if let Some(name) = names.get(to)
            && !relation.is_empty()
        {
            person.relation = Some(format!("{relation} of {name}"));
        }
    }
}

fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `2014-05-31` or `31/05/2014`.
fn day(text: &str) -> Option<jiff::civil::Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let (year, day) = if one.len() == 4 { (one, three) } else { (three, one) };
    if year.len() != 4 {
        return None;
    }
    jiff::civil::Date::new(year.parse().ok()?, two.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Sheet {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        Sheet { rows, ..Sheet::default() }
    }

    #[test]
    fn a_table_gives_people_with_their_relations() {
        let read = from(
            &table(&[
                &["person_id", "First name", "SURNAME", "Date of birth", "related_to", "relation"],
                &["1", "Ada", "Okafor", "2014-05-31", "", ""],
                &["2", "Liam", "Okafor", "31/05/2011", "1", "brother"],
            ]),
            "people.csv",
        );
        let people = read.map(|read| read.people).unwrap_or_default();
        let liam = people.get(1);
        assert_eq!(liam.and_then(|person| person.relation.as_deref()), Some("brother of Ada Okafor"));
        assert_eq!(liam.and_then(|person| person.born), jiff::civil::Date::new(2011, 5, 31).ok());
    }

    #[test]
    fn what_is_wrong_is_said_with_row_and_column() {
        let read = from(&table(&[&["name", "dob"], &["Ada Okafor", "soon"]]), "people.csv");
        let troubles = read.map(|read| read.troubles).unwrap_or_default();
        assert!(
            troubles.first().is_some_and(|words| words.starts_with("people.csv, row 2, column 2:")),
            "{troubles:?}"
        );
        assert!(from(&table(&[&["colour"], &["red"]]), "people.csv").is_err_and(|words| words.contains("row 1")));
    }
}
