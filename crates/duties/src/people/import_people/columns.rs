//! Which column of a table is which: by its name, in whatever case and spelling people use.

use records::catalogue::DataCategory;

use super::problem::ImportError;

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
    /// A category that is kept only where a service needs it.
    Strict(DataCategory),
}

/// The names of columns, folded: lower case, letters and figures only.
const NAMES: &[(Column, &[&str])] = {
    use DataCategory as D;
    &[
        (
            Column::Number,
            &[
                "personid",
                "id",
                "number",
                "reference",
                "ref",
                "casenumber",
                "caseref",
                "clientid",
                "clientnumber",
                "childid",
                "urn",
                "recordid",
                "personnumber",
            ],
        ),
        (Column::Class, &["role", "class", "type", "persontype", "kind", "contacttype"]),
        (Column::Name, &["name", "fullname", "personname", "clientname", "childname", "childsname"]),
        (
            Column::First,
            &["firstname", "forename", "forenames", "firstnames", "givenname", "givennames", "first", "christianname"],
        ),
        (Column::Last, &["lastname", "surname", "familyname", "last", "secondname"]),
        (Column::Preferred, &["knownas", "preferredname", "preferred", "nickname", "calledname", "likestobecalled"]),
        (
            Column::Former,
            &[
                "formername",
                "formernames",
                "maidenname",
                "previousname",
                "previousnames",
                "othername",
                "othernames",
                "alias",
                "aliases",
                "aka",
                "nativename",
            ],
        ),
        (Column::Born, &["dateofbirth", "dob", "birthdate", "birthday", "born", "birth"]),
        (Column::Pronouns, &["pronouns", "pronoun"]),
        (Column::Language, &["language", "preferredlanguage", "firstlanguage"]),
        (
            Column::Phone,
            &["phone", "telephone", "tel", "phonenumber", "telephonenumber", "homephone", "contactnumber", "landline"],
        ),
        (Column::Mobile, &["mobile", "mobilephone", "mobilenumber", "cell"]),
        (Column::Email, &["email", "emailaddress", "mail"]),
        (Column::Street, &["street", "address", "address1", "addressline1", "homeaddress", "streetaddress"]),
        (Column::Street2, &["address2", "addressline2"]),
        (Column::Town, &["town", "city", "posttown", "towncity", "address3", "addressline3"]),
        (Column::County, &["county", "address4", "addressline4"]),
        (Column::Postcode, &["postcode", "postalcode", "zip", "zipcode"]),
        (Column::RelatedTo, &["relatedto", "relatedid", "childnumber", "linkedto"]),
        (Column::Relation, &["relation", "relationship", "relationshiptochild"]),
        (Column::Service, &["service", "project", "servicename", "projectname"]),
        (Column::Reason, &["reason", "whyreferred", "reasonforreferral", "referralreason"]),
        (
            Column::Strict(D::Health),
            &[
                "health",
                "medical",
                "medicalconditions",
                "medicalneeds",
                "conditions",
                "diagnosis",
                "disability",
                "disabilities",
                "allergies",
                "medication",
                "healthneeds",
                "sen",
                "send",
            ],
        ),
        (
            Column::Strict(D::Money),
            &["income", "benefits", "finances", "financial", "money", "debt", "debts", "bankaccount", "sortcode"],
        ),
        (Column::Strict(D::Ethnicity), &["ethnicity", "ethnicorigin", "race", "ethnicgroup"]),
        (Column::Strict(D::Religion), &["religion", "faith", "belief", "religionorbelief"]),
        (Column::Strict(D::Politics), &["politics", "politicalopinion", "politicalopinions"]),
        (Column::Strict(D::Union), &["union", "tradeunion", "unionmembership"]),
        (Column::Strict(D::Sexuality), &["sexuality", "sexualorientation", "orientation"]),
        (Column::Strict(D::Genetic), &["genetic", "genetics", "dna"]),
        (Column::Strict(D::Biometric), &["biometric", "biometrics", "fingerprint"]),
        (Column::Strict(D::Offences), &["offences", "convictions", "criminalrecord", "offence"]),
    ]
};

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
    /// Reads the header.
    pub fn of(header: &csv::StringRecord, ignore: &[String]) -> Result<Self, ImportError> {
        let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let all = || names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let mut ignored = vec![false; names.len()];
        for unwanted in ignore {
            let at = names.iter().position(|name| folded(name) == folded(unwanted));
            let at = at.ok_or_else(|| ImportError::NothingToIgnore(unwanted.clone(), all()))?;
            ignored[at] = true;
        }
        let which: Vec<Option<Column>> =
            names.iter().zip(&ignored).map(|(name, ignored)| if *ignored { None } else { column_of(name) }).collect();
        for (at, column) in which.iter().enumerate() {
            // Several columns about health or money are written one after the other; the rest can be there once.
            if column.is_none() || matches!(column, Some(Column::Strict(_) | Column::Former)) {
                continue;
            }
            if let Some(before) = which.iter().take(at).position(|other| other == column) {
                return Err(ImportError::Twice(names[before].clone(), names[at].clone()));
            }
        }
        let columns = Self { names, which, ignored };
        if columns.has(Column::Name) || columns.has(Column::First) || columns.has(Column::Last) {
            Ok(columns)
        } else {
            Err(ImportError::NoName(columns.names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ")))
        }
    }

    /// Whether there is such a column.
    pub fn has(&self, column: Column) -> bool {
        self.which.contains(&Some(column))
    }

    /// The cell of a column, trimmed, and the column's own name. Empty where there is none.
    pub fn cell<'a>(&'a self, record: &'a csv::StringRecord, column: Column) -> (&'a str, &'a str) {
        let at = self.which.iter().position(|known| *known == Some(column));
        at.map_or(("", ""), |at| (record.get(at).unwrap_or_default().trim(), self.names[at].as_str()))
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
    pub fn cells<'a>(
        &'a self,
        record: &'a csv::StringRecord,
        column: Column,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let places = self.which.iter().enumerate().filter(move |(_, known)| **known == Some(column));
        places.map(|(at, _)| (record.get(at).unwrap_or_default().trim(), self.names[at].as_str()))
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
        uses.map(|(name, which)| ColumnUse { column: name.clone(), used_for: which.map(words) }).collect()
    }
}

fn column_of(name: &str) -> Option<Column> {
    let folded = folded(name);
    NAMES.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(column, _)| *column)
}

/// Lower case, letters and figures only: "E-mail address" and `email_address` are one.
pub fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

const fn words(column: Column) -> &'static str {
    match column {
        Column::Number => "number in earlier records",
        Column::Class => "who they are",
        Column::Name => "name",
        Column::First => "first name",
        Column::Last => "last name",
        Column::Preferred => "what they want to be called",
        Column::Former => "former and other names",
        Column::Born => "date of birth",
        Column::Pronouns => "pronouns",
        Column::Language => "language",
        Column::Phone | Column::Mobile => "telephone",
        Column::Email => "e-mail",
        Column::Street | Column::Street2 | Column::Town | Column::County => "address",
        Column::Postcode => "postcode",
        Column::RelatedTo => "to whom they belong",
        Column::Relation => "what they are to that person",
        Column::Service => "service",
        Column::Reason => "why they use the service",
        Column::Strict(about) => about.words(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Result<Columns, ImportError> {
        Columns::of(&csv::StringRecord::from(names.to_vec()), &[])
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
        for (at, (_, names)) in NAMES.iter().enumerate() {
            for name in *names {
                assert_eq!(*name, folded(name), "{name} is never matched");
                assert!(!NAMES[at + 1..].iter().any(|(_, others)| others.contains(name)), "{name}");
            }
        }
    }

    #[test]
    fn a_table_without_names_or_with_a_column_twice_is_told_so() {
        assert!(matches!(of(&["dob", "phone"]), Err(ImportError::NoName(all)) if all.contains("phone")));
        assert!(
            matches!(of(&["name", "dob", "Date of birth"]), Err(ImportError::Twice(a, b)) if a == "dob" && b == "Date of birth")
        );
        let header = csv::StringRecord::from(vec!["name", "dob", "born"]);
        assert!(Columns::of(&header, &["BORN".to_owned()]).is_ok());
        assert!(matches!(Columns::of(&header, &["shoes".to_owned()]), Err(ImportError::NothingToIgnore(..))));
    }
}
