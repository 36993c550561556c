//! Writing the people of a table: all in one transaction, so that a table comes in whole or not at all.

use std::collections::{HashMap, HashSet};

use access::Action;
use book::{Act, Filing, Work};
use jiff::Timestamp;
use records::catalogue::DataCategory;
use records::house::{Import, ImportList};
use records::people::{Channel, ParentalResponsibility, Relationship};
use records::work::{Enrolment, NeededFact, NoticeGiven};
use records::{
    Card, Content, FileId, Operation, PersonClass, Personal, Provenance, Purpose, Record, RecordId, ServiceId, Source,
};

use super::check_table;
use super::likely::Same;
use super::problem::{Checked, ImportError, Of, Options, Problem};
use super::row::Row;
use super::table::Table;
use super::update::{Filled, check_choices, fill_in};
use super::work;
use crate::office::Office;
use crate::people::add_person::{card_of, first_notice};
use crate::permit::SignedIn;

/// So many files are opened at once: their keys are written with one flush.
const BLOCK: usize = 2_000;

/// What an import did.
#[derive(Debug)]
pub struct ImportDone {
    /// The record of the import, by which it can be undone.
    pub import: RecordId,
    /// How many people, notes or enrolments are in the book now that were not there before.
    pub added: u64,
    /// What should be looked at.
    pub warnings: Vec<Problem>,
}

/// Brings the people of a table into the book, as somebody who is signed in.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn import_people(
    office: &Office,
    who: &SignedIn,
    bytes: &[u8],
    options: &Options,
) -> Result<ImportDone, ImportError> {
    import_table(office, who, &Table::read(&options.file_name, bytes)?, options).await
}

/// The same for a table that was read.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn import_table(
    office: &Office,
    who: &SignedIn,
    table: &Table,
    options: &Options,
) -> Result<ImportDone, ImportError> {
    let operation = office.permit(who, Action::ImportPeople, None, Purpose::BookKeeping, "").await?;
    let checked = check_table(office, table, options).await?;
    check_choices(office, who, &checked, options).await?;
    work::check_open(office, who, &checked).await?;
    import_people_as(office, &operation, checked, options).await
}

/// Writes a checked table under an operation: the operator's at the command line, or somebody's who was permitted.
///
/// # Errors
/// [`ImportError::Wrong`] where the check found errors; nothing is written then.
pub async fn import_people_as(
    office: &Office,
    operation: &Operation,
    checked: Checked,
    options: &Options,
) -> Result<ImportDone, ImportError> {
    if !checked.is_right() {
        return Err(ImportError::Wrong(checked.errors.len() as u64 + checked.untold.0));
    }
    let house = office.house().await?;
    let provenance = Provenance {
        source: Source::Import,
        source_name: None,
        in_confidence: false,
        written_by: operation.actor.staff(),
        written_at: operation.now,
    };
    let notice = first_notice(&house, &Source::Import, operation.today())?;
    if options.of != Of::People {
        return write_work(office, operation, checked, options, provenance, notice).await;
    }
    let files: HashMap<&str, (FileId, &Row)> = HashMap::new();
    let work = office.book().begin(operation).await?;
    let first = office.book().next_record_id(operation.now);
    let mut writing = Writing { work, provenance, notice, files };
    let (rows, known): (Vec<&Row>, Vec<&Row>) =
        checked.people.iter().partition(|row| same(options, row).and_then(Same::file).is_none());
    let ids: Vec<FileId> = rows.iter().map(|_| office.book().random_file_id()).collect();
    let known: Vec<(&Row, FileId)> =
        known.into_iter().filter_map(|row| Some((row, same(options, row)?.file()?))).collect();
    for (row, id) in rows.iter().copied().zip(ids.iter().copied()).chain(known.iter().copied()) {
        if let Some(number) = &row.number {
            writing.files.insert(number, (id, row));
        }
    }
    let services = services_of_carers(&rows, &ids);
    for (rows, ids) in rows.chunks(BLOCK).zip(ids.chunks(BLOCK)) {
        let new = rows.iter().zip(ids).map(|(row, id)| (*id, row.class, card(row, services.get(id)))).collect();
        writing.work.open_files(new).await?;
        for (row, id) in rows.iter().zip(ids) {
            writing.person(*id, row).await?;
        }
    }
    let mut filled = Filled::default();
    for (row, file) in &known {
        if matches!(same(options, row), Some(Same::Update(_))) {
            let more = fill_in(office, &mut writing.work, *file, row, &writing.provenance).await?;
            filled.added.extend(more.added);
            filled.changed.extend(more.changed);
        }
    }
    // Links name the other file, so they come when all files are there.
    let there: HashSet<FileId> = known.iter().map(|(_, file)| *file).collect();
    for (row, id) in rows.iter().zip(&ids) {
        filled.added.extend(writing.link(*id, row, &there).await?);
    }
    let added = rows.len() as u64;
    let list = ImportList { first, files: ids, added: filled.added, changed: filled.changed };
    let import = writing.finish(&checked, options, list).await?;
    Ok(ImportDone { import, added, warnings: checked.warnings })
}

/// Writes notes or enrolments into files that are there.
async fn write_work(
    office: &Office,
    operation: &Operation,
    checked: Checked,
    options: &Options,
    provenance: Provenance,
    notice: (NoticeGiven, Timestamp),
) -> Result<ImportDone, ImportError> {
    let work = office.book().begin(operation).await?;
    let first = office.book().next_record_id(operation.now);
    let mut writing = Writing { work, provenance, notice, files: HashMap::new() };
    let added = work::write(office, &mut writing.work, &checked, &writing.provenance).await?;
    let count = added.len() as u64;
    let list = ImportList { first, files: Vec::new(), added, changed: Vec::new() };
    let import = writing.finish(&checked, options, list).await?;
    Ok(ImportDone { import, added: count, warnings: checked.warnings })
}

/// What was chosen for a row.
fn same(options: &Options, row: &Row) -> Option<Same> {
    options.same.get(&row.numbered).copied()
}

struct Writing<'a> {
    work: Work,
    provenance: Provenance,
    notice: (NoticeGiven, Timestamp),
    files: HashMap<&'a str, (FileId, &'a Row)>,
}

impl Writing<'_> {
    async fn person(&mut self, file: FileId, row: &Row) -> Result<(), ImportError> {
        self.add(file, Content::Identity(row.identity.clone()), Filing::default()).await?;
        self.add(file, Content::Notice(self.notice.0.clone()), Filing::open(Some(self.notice.1))).await?;
        for contact in &row.contacts {
            self.add(file, Content::Contact(contact.clone()), Filing::default()).await?;
        }
        let Some((service, reason)) = &row.service else { return Ok(()) };
        let enrolment = Enrolment {
            service: *service,
            reason: Personal::new(reason.clone()),
            started: self.work.operation().today(),
            ended: None,
            outcomes: Vec::new(),
        };
        let waits = Filing { topic: 0, state: Some(records::State::Waiting), due: Some(self.notice.1) };
        let record = Record::new(self.provenance.clone(), Content::Enrolment(enrolment));
        self.work.add(Act::Enrolled, file, &record, waits).await?;
        for (about, text) in &row.facts {
            let fact = NeededFact {
                service: *service,
                text: Personal::new(text.clone()),
                needed_for: "The service needs it, as its list of needed facts says.".into(),
            };
            let content = if *about == DataCategory::Money { Content::Financial(fact) } else { Content::Health(fact) };
            self.add(file, content, Filing::default()).await?;
        }
        Ok(())
    }

    /// Links a person to the one to whom they belong; the record in that file, where it was there before.
    async fn link(
        &mut self,
        file: FileId,
        row: &Row,
        there_before: &HashSet<FileId>,
    ) -> Result<Option<(FileId, RecordId)>, ImportError> {
        let Some(related) = &row.related else { return Ok(None) };
        let Some((other, _)) = self.files.get(related.to.as_str()).copied() else { return Ok(None) };
        let side = |other, relation, remarks: Option<String>| {
            Content::Relationship(Relationship {
                other,
                relation,
                parental_responsibility: ParentalResponsibility::NotKnown,
                remarks: remarks.map(Personal::new),
                same_household: false,
            })
        };
        let here = Record::new(self.provenance.clone(), side(file, related.relation, related.words.clone()));
        let id = self.work.add(Act::Linked, other, &here, Filing::default()).await?;
        let there = side(other, related.relation.seen_from_the_other_side(), None);
        self.work.add(Act::Linked, file, &Record::new(self.provenance.clone(), there), Filing::default()).await?;
        Ok(there_before.contains(&other).then_some((other, id)))
    }

    async fn add(&mut self, file: FileId, content: Content, filing: Filing) -> Result<(), ImportError> {
        let record = Record::new(self.provenance.clone(), content);
        self.work.add(Act::RecordAdded, file, &record, filing).await?;
        Ok(())
    }

    async fn finish(mut self, checked: &Checked, options: &Options, list: ImportList) -> Result<RecordId, ImportError> {
        let import = Import {
            file_name: options.file_name.clone(),
            rows: checked.rows,
            sha256: checked.sha256.clone(),
            service: options.service,
            remarks: Vec::new(),
            sheet: checked.sheet.clone(),
            list: Some(list),
            undone: None,
        };
        let record = Record::new(self.provenance.clone(), Content::Import(import));
        let import = self.work.add(Act::Imported, FileId::HOUSE, &record, Filing::default()).await?;
        self.work.commit().await?;
        Ok(import)
    }
}

fn card(row: &Row, services: Option<&Vec<ServiceId>>) -> Card {
    let mut card = card_of(row.class, &row.identity);
    let address = row.contacts.iter().find(|contact| contact.channel == Channel::Post);
    card.postcode = address.and_then(|contact| contact.postcode.clone());
    card.services.extend(row.service.as_ref().map(|(service, _)| *service));
    for service in services.into_iter().flatten() {
        if !card.services.contains(service) {
            card.services.push(*service);
        }
    }
    card
}

/// The services of the children to whom carers belong: there their files are open, too (K9).
fn services_of_carers(people: &[&Row], ids: &[FileId]) -> HashMap<FileId, Vec<ServiceId>> {
    let by_number: HashMap<&str, &Row> = people.iter().filter_map(|row| Some((row.number.as_deref()?, *row))).collect();
    let mut services: HashMap<FileId, Vec<ServiceId>> = HashMap::new();
    for (row, id) in people.iter().zip(ids) {
        let child = row.related.as_ref().and_then(|related| by_number.get(related.to.as_str()));
        let Some(child) = child.filter(|child| child.class == PersonClass::Child && row.class == PersonClass::Carer)
        else {
            continue;
        };
        services.entry(*id).or_default().extend(child.service.as_ref().map(|(service, _)| *service));
    }
    services
}
