//! One row made into one person: every cell checked, every fault told with its place.

use jiff::civil::Date;
use records::catalogue::DataCategory;
use records::people::{Channel, ContactDetail, Identity, Relation, Safe};
use records::{PersonClass, Personal, ServiceId};

use super::class_of;
use super::columns::{Column, Columns, folded};
use super::problem::{Checked, Options};
use crate::office::House;
use crate::people::entered;
use crate::services::refused_categories;

/// To whom a person of the table belongs.
#[derive(Clone, Debug)]
pub struct Related {
    /// The number of the other.
    pub to: String,
    /// What this person is to the other.
    pub relation: Relation,
    /// The table's own word, where ours says less.
    pub words: Option<String>,
}

/// A person of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row as a spreadsheet numbers it.
    pub numbered: u64,
    pub number: Option<String>,
    pub class: PersonClass,
    pub identity: Identity,
    pub contacts: Vec<ContactDetail>,
    pub related: Option<Related>,
    pub service: Option<(ServiceId, String)>,
    pub facts: Vec<(DataCategory, String)>,
}

/// What reading a row needs to know.
pub struct Reading<'a> {
    pub house: &'a House,
    pub columns: &'a Columns,
    pub options: &'a Options,
    pub today: Date,
}

/// Used where the table does not say why somebody uses the service.
const NO_REASON: &str = "They used this service when our earlier records were brought in.";

impl Reading<'_> {
    /// Reads a row; what is wrong goes to `checked`.
    pub fn row(&self, row: u64, record: &[String], checked: &mut Checked) -> Row {
        let mut cell = Cells { columns: self.columns, record, row, checked };
        let class = self.class(&mut cell);
        let identity = self.identity(&mut cell);
        let contacts = contacts(&mut cell);
        let related = related(&mut cell);
        let service = self.service(&mut cell, class);
        let facts = self.facts(&mut cell, service.as_ref().map(|(id, _)| *id));
        let number = identity.number.as_ref().map(|number| number.for_search().clone());
        Row { numbered: row, number, class, identity, contacts, related, service, facts }
    }

    fn class(&self, cell: &mut Cells<'_>) -> PersonClass {
        let (text, _) = cell.text(Column::Class);
        // What CiviCRM calls anybody who is not an organisation or household.
        if text.is_empty() || folded(text) == "individual" {
            return self.options.class.unwrap_or(PersonClass::Child);
        }
        class_of(text).unwrap_or_else(|| {
            let all: Vec<_> = PersonClass::PEOPLE.iter().map(|class| class.slug()).collect();
            cell.wrong(Column::Class, &format!("We do not know this word. Write one of these: {}", all.join(", ")));
            PersonClass::Child
        })
    }

    fn identity(&self, cell: &mut Cells<'_>) -> Identity {
        let (whole, _) = cell.text(Column::Name);
        let (first, _) = cell.text(Column::First);
        let (last, _) = cell.text(Column::Last);
        let joined = if whole.is_empty() { format!("{first} {last}") } else { whole.to_owned() };
        let at = [Column::Name, Column::First, Column::Last].into_iter().find(|column| cell.columns.has(*column));
        let name = match entered::name(&joined) {
            Ok(name) => name,
            Err(words) => {
                let words = if joined.trim().is_empty() {
                    "The name is missing. Fill it in, or take the row out".to_owned()
                } else {
                    words
                };
                cell.wrong(at.unwrap_or(Column::Name), &words);
                String::new()
            }
        };
        let (born, _) = cell.text(Column::Born);
        let born = entered::birth_date(born, self.today).unwrap_or_else(|words| {
            cell.wrong(Column::Born, &words);
            None
        });
        let mut former = Vec::new();
        let others: Vec<String> =
            cell.columns.cells(cell.record, Column::Former).map(|(text, _)| text.to_owned()).collect();
        for other in others {
            if let Some(other) = cell.keep(Column::Former, entered::line(&other)) {
                former.push(Personal::new(other));
            }
        }
        Identity {
            name: Personal::new(name),
            preferred: cell.line(Column::Preferred),
            former,
            born: born.map(Personal::new),
            pronouns: cell.line(Column::Pronouns),
            language: cell.line(Column::Language),
            number: cell.line(Column::Number),
        }
    }

    fn service(&self, cell: &mut Cells<'_>, class: PersonClass) -> Option<(ServiceId, String)> {
        let (named, _) = cell.text(Column::Service);
        let service = if named.is_empty() {
            self.options.service
        } else {
            let known = self.house.services.iter().find(|(_, service)| folded(&service.name) == folded(named));
            if known.is_none() {
                let all: Vec<_> = self.house.services.iter().map(|(_, service)| service.name.as_str()).collect();
                let fix = if all.is_empty() {
                    "Your charity has no services here yet. Add it on the Services page, or empty the cell".to_owned()
                } else {
                    format!("We run no service of this name. Write one of these: {}", all.join(", "))
                };
                cell.wrong(Column::Service, &fix);
            }
            known.map(|(_, service)| service.id)
        };
        let uses_services = matches!(class, PersonClass::Child | PersonClass::Carer);
        if !named.is_empty() && !uses_services {
            cell.wrong(
                Column::Service,
                "Only children, parents and carers use a service. Empty the cell, or correct who they are",
            );
        }
        // A table-wide service is for the children; their parents and carers are found through them.
        let wanted = service.filter(|_| class == PersonClass::Child || (!named.is_empty() && uses_services))?;
        let (reason, _) = cell.text(Column::Reason);
        let reason = [reason, self.options.reason.trim(), NO_REASON].into_iter().find(|reason| !reason.is_empty());
        let reason = cell.keep(Column::Reason, entered::text(reason.unwrap_or(NO_REASON)))?;
        Some((wanted, reason))
    }

    fn facts(&self, cell: &mut Cells<'_>, service: Option<ServiceId>) -> Vec<(DataCategory, String)> {
        let mut facts = Vec::new();
        for about in [DataCategory::Health, DataCategory::Money] {
            let column = Column::Strict(about);
            let told: Vec<(String, String)> = cell
                .columns
                .cells(cell.record, column)
                .filter(|(text, _)| !text.is_empty())
                .map(|(text, name)| (text.to_owned(), name.to_owned()))
                .collect();
            for (text, name) in told {
                if refused_categories(self.house, service, &[about]).is_empty() {
                    facts
                        .extend(cell.keep(column, entered::text(&format!("{name}: {text}"))).map(|text| (about, text)));
                } else if cell.columns.has(Column::Service) || self.options.service.is_some() {
                    let words =
                        format!("No service that this person uses needs facts about {}. Empty the cell", about.words());
                    cell.checked.wrong(cell.row, &name, &text, &words);
                }
            }
        }
        facts
    }
}

/// The cells of one row, and where their faults go.
struct Cells<'a> {
    columns: &'a Columns,
    record: &'a [String],
    row: u64,
    checked: &'a mut Checked,
}

impl<'a> Cells<'a> {
    fn text(&self, column: Column) -> (&'a str, &'a str) {
        self.columns.cell(self.record, column)
    }

    fn wrong(&mut self, column: Column, words: &str) {
        let (text, name) = self.text(column);
        self.checked.wrong(self.row, name, text, words);
    }

    fn keep<T>(&mut self, column: Column, value: Result<Option<T>, String>) -> Option<T> {
        value.unwrap_or_else(|words| {
            self.wrong(column, &words);
            None
        })
    }

    fn line(&mut self, column: Column) -> Option<Personal<String>> {
        let (text, _) = self.text(column);
        self.keep(column, entered::line(text)).map(Personal::new)
    }
}

fn contacts(cell: &mut Cells<'_>) -> Vec<ContactDetail> {
    let mut contacts = Vec::new();
    let detail = |channel, value: String, postcode: Option<String>| ContactDetail {
        channel,
        value: Personal::new(value),
        postcode: postcode.map(Personal::new),
        safe: Safe::NotAsked,
        mind: None,
        preferred: false,
    };
    let parts = [Column::Street, Column::Street2, Column::Town, Column::County];
    let lines: Vec<&str> =
        parts.into_iter().map(|column| cell.text(column).0).filter(|line| !line.is_empty()).collect();
    let address = cell.keep(Column::Street, entered::text(&lines.join("\n")));
    let (postcode, _) = cell.text(Column::Postcode);
    let postcode = cell.keep(Column::Postcode, entered::postcode(postcode));
    if address.is_some() || postcode.is_some() {
        contacts.push(detail(Channel::Post, address.unwrap_or_default(), postcode));
    }
    for (column, channel) in
        [(Column::Phone, Channel::Phone), (Column::Mobile, Channel::Phone), (Column::Email, Channel::Email)]
    {
        let (text, _) = cell.text(column);
        if !text.is_empty() {
            let value = cell.keep(column, entered::reach(channel, text).map(Some));
            contacts.extend(value.map(|value| detail(channel, value, None)));
        }
    }
    contacts
}

fn related(cell: &mut Cells<'_>) -> Option<Related> {
    let (to, _) = cell.text(Column::RelatedTo);
    let (words, _) = cell.text(Column::Relation);
    if to.is_empty() {
        return None;
    }
    let known = relation_of(words);
    let relation = known.unwrap_or(Relation::Other);
    let ours = known.is_some_and(|relation| folded(relation.words()) == folded(words));
    let words = cell.keep(Column::Relation, entered::line(words)).filter(|_| !ours);
    Some(Related { to: to.to_owned(), relation, words })
}

/// What somebody is to another, by the words that families use.
fn relation_of(words: &str) -> Option<Relation> {
    let folded = folded(words);
    if let Some(relation) = Relation::ALL.into_iter().find(|relation| self::folded(relation.slug()) == folded) {
        return Some(relation);
    }
    Some(match folded.as_str() {
        "mum" | "mummy" | "mam" | "birthmother" => Relation::Mother,
        "dad" | "daddy" | "birthfather" => Relation::Father,
        "stepmum" | "stepdad" | "stepmother" | "stepfather" | "mumspartner" | "dadspartner" => Relation::StepParent,
        "nan" | "nana" | "gran" | "granny" | "grandma" | "grandmother" | "grandad" | "grandpa" | "granddad"
        | "grandfather" => Relation::Grandparent,
        "foster" | "fosterparent" | "fostermother" | "fosterfather" => Relation::FosterCarer,
        "specialguardian" | "legalguardian" => Relation::Guardian,
        "son" | "daughter" => Relation::Child,
        "husband" | "wife" | "expartner" => Relation::Partner,
        "socialworker" | "teacher" | "gp" | "doctor" | "nurse" => Relation::Professional,
        other if other.ends_with("sister") || other.ends_with("brother") || other.ends_with("sibling") => {
            Relation::Sibling
        }
        _ => return None,
    })
}
