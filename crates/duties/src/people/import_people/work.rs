//! Notes and enrolments of a table: each row finds its person in the book, by number or by name and date of birth.

use std::collections::{BTreeMap, HashMap, HashSet};

use access::Action;
use book::{Act, Filing, Work};
use jiff::Timestamp;
use jiff::civil::Date;
use records::work::{Enrolment, Note};
use records::{Content, FileId, Kind, PersonClass, Personal, Provenance, Record, RecordId, ServiceId, State};

use super::columns::{Column, Columns, folded};
use super::likely::numbered;
use super::preview::Shown;
use super::problem::{Checked, ImportError, Of, Options};
use super::table::SheetRows;
use crate::notes::{moment, time_of_day};
use crate::office::{House, Office};
use crate::people::entered::{self, fold_name};
use crate::people::why::purposes;
use crate::permit::SignedIn;
use crate::services::enrol::{carers_of, notice_was_given, open_enrolments};
use crate::stopped::Stopped;

/// A note or an enrolment of the table.
#[derive(Clone, Debug)]
pub(super) struct WorkRow {
    pub numbered: u64,
    file: FileId,
    name: Personal<String>,
    content: Content,
}

const NO_TITLE: &str = "Note from our earlier records";
const NO_REASON: &str = "They used this service when our earlier records were brought in.";

impl WorkRow {
    /// What would be kept of it.
    pub fn shown(&self, house: &House) -> Vec<Shown> {
        let text = |label: &str, text: String| (label.to_owned(), Personal::new(text));
        let mut shown = vec![("In the file of".to_owned(), self.name.clone())];
        match &self.content {
            Content::Note(note) => {
                shown.push(text("Happened", clock::uk_date(records::operation::london_day(note.happened))));
                shown.push(("About".to_owned(), note.title.clone()));
                shown.push(("Text".to_owned(), note.text.clone()));
                shown.extend(note.service.map(|service| text("Service", house.service_name(service).to_owned())));
            }
            Content::Enrolment(enrolment) => {
                shown.push(text("Service", house.service_name(enrolment.service).to_owned()));
                shown.push(text("From", clock::uk_date(enrolment.started)));
                shown.extend(enrolment.ended.map(|ended| text("To", clock::uk_date(ended))));
                shown.push(("Why".to_owned(), enrolment.reason.clone()));
            }
            _ => {}
        }
        shown
    }
}

/// Who is in the book, by what a row can say of them.
struct Known {
    numbers: HashMap<String, Vec<FileId>>,
    names: HashMap<(String, Date), Vec<FileId>>,
}

impl Known {
    async fn of(office: &Office, sheet: SheetRows<'_>, columns: &Columns) -> Result<Self, Stopped> {
        let wanted: HashSet<String> = sheet
            .rows()
            .map(|(_, row)| columns.cell(row, Column::Number).0.to_owned())
            .filter(|number| !number.is_empty())
            .collect();
        let mut names: HashMap<(String, Date), Vec<FileId>> = HashMap::new();
        for found in office.book().cards(|_, card| card.born.is_some()) {
            let born = found.card.born.as_ref().map(|born| *born.for_search());
            for name in std::iter::once(&found.card.name).chain(&found.card.former) {
                if let Some(born) = born {
                    names.entry((fold_name(name.for_search()), born)).or_default().push(found.file);
                }
            }
        }
        Ok(Self { numbers: numbered(office, &wanted).await?, names })
    }
}

/// One row on its way to a note or an enrolment.
struct Reading<'a> {
    house: &'a House,
    columns: &'a Columns,
    options: &'a Options,
    known: &'a Known,
    now: Timestamp,
    today: Date,
    number: u64,
    row: &'a [String],
}

impl Reading<'_> {
    fn text(&self, column: Column) -> &str {
        self.columns.cell(self.row, column).0
    }

    fn wrong(&self, checked: &mut Checked, column: Column, words: &str) {
        let (text, name) = self.columns.cell(self.row, column);
        checked.wrong(self.number, name, text, words);
    }

    fn keep<T>(&self, checked: &mut Checked, column: Column, value: Result<T, String>) -> Option<T> {
        value.map_err(|words| self.wrong(checked, column, &words)).ok()
    }

    fn person(&self, checked: &mut Checked) -> Option<FileId> {
        let number = self.text(Column::Number);
        let (found, column) = if number.is_empty() {
            let whole = self.text(Column::Name);
            let name = if whole.is_empty() {
                format!("{} {}", self.text(Column::First), self.text(Column::Last))
            } else {
                whole.to_owned()
            };
            let column = if self.columns.has(Column::Name) { Column::Name } else { Column::First };
            if name.trim().is_empty() {
                let column = if self.columns.has(column) { column } else { Column::Number };
                self.wrong(
                    checked,
                    column,
                    "Nothing says whose this is. Fill in the number, or the name and the date of birth",
                );
                return None;
            }
            let born = self.keep(checked, Column::Born, entered::birth_date(self.text(Column::Born), self.today))?;
            let Some(born) = born else {
                self.wrong(
                    checked,
                    column,
                    "A name alone is not enough to find the person. Fill in the date of birth, too",
                );
                return None;
            };
            (self.known.names.get(&(fold_name(&name), born)), column)
        } else {
            (self.known.numbers.get(number), Column::Number)
        };
        match found.map(Vec::as_slice) {
            Some([file]) => Some(*file),
            Some([_, _, ..]) => {
                self.wrong(
                    checked,
                    column,
                    "Several people in the book fit. Write this one in their file by hand, and take the row out",
                );
                None
            }
            _ => {
                self.wrong(checked, column, "Nobody in the book fits. Bring the person in first, or correct the cell");
                None
            }
        }
    }

    fn service(&self, checked: &mut Checked) -> Option<ServiceId> {
        let named = self.text(Column::Service);
        if named.is_empty() {
            return self.options.service;
        }
        let known = self.house.services.iter().find(|(_, service)| folded(&service.name) == folded(named));
        if known.is_none() {
            let all: Vec<_> = self.house.services.iter().map(|(_, service)| service.name.as_str()).collect();
            let words = format!("We run no service of this name. Write one of these: {}", all.join(", "));
            self.wrong(checked, Column::Service, &words);
        }
        known.map(|(_, service)| service.id)
    }

    fn note(&self, checked: &mut Checked) -> Option<Note> {
        let (day, time) = match self.text(Column::Happened).rsplit_once(' ') {
            Some((day, time)) if time.contains(':') => (day, Some(time)),
            _ => (self.text(Column::Happened), None),
        };
        let day = self.keep(checked, Column::Happened, entered::past_date(day, self.today));
        let time = time.map(|time| self.keep(checked, Column::Happened, time_of_day(time)));
        let title = self.keep(checked, Column::Title, entered::line(self.text(Column::Title)));
        let empty = "The note is empty. Fill it in, or take the row out";
        let text = self.keep(checked, Column::Text, entered::needed_text(self.text(Column::Text), empty));
        let service = self.service(checked);
        Some(Note {
            happened: moment(day?, time.flatten(), self.now).min(self.now),
            title: Personal::new(title?.unwrap_or_else(|| NO_TITLE.to_owned())),
            text: Personal::new(text?),
            own_words: None,
            service,
            touches: Vec::new(),
            concerns: Vec::new(),
        })
    }

    fn enrolment(&self, checked: &mut Checked) -> Option<Enrolment> {
        let started = self.keep(checked, Column::From, entered::past_date(self.text(Column::From), self.today));
        let ended = match self.text(Column::To) {
            "" => Some(None),
            text => self.keep(checked, Column::To, entered::past_date(text, self.today)).map(Some),
        };
        let reason =
            [self.text(Column::Reason), self.options.reason.trim(), NO_REASON].into_iter().find(|r| !r.is_empty());
        let reason = self.keep(checked, Column::Reason, entered::needed_text(reason.unwrap_or(NO_REASON), ""));
        let service = self.service(checked);
        if service.is_none() && self.text(Column::Service).is_empty() {
            self.wrong(checked, Column::Service, "The service is missing. Fill it in");
        }
        if let (Some(started), Some(Some(ended))) = (started, ended)
            && ended < started
        {
            self.wrong(checked, Column::To, "The last day is before the first. Check both");
        }
        Some(Enrolment {
            service: service?,
            reason: Personal::new(reason?),
            started: started?,
            ended: ended?,
            outcomes: Vec::new(),
        })
    }
}

/// Reads the rows; what is wrong goes to `checked`.
pub(super) async fn read(
    office: &Office,
    house: &House,
    sheet: SheetRows<'_>,
    columns: &Columns,
    options: &Options,
    checked: &mut Checked,
) -> Result<(), Stopped> {
    office.book().refresh_cards().await?;
    let known = Known::of(office, sheet, columns).await?;
    let mut open: HashMap<(FileId, ServiceId), u64> = HashMap::new();
    for (number, row) in sheet.rows() {
        checked.rows += 1;
        let (now, today) = (office.now(), office.today());
        let reading = Reading { house, columns, options, known: &known, now, today, number, row };
        let file = reading.person(checked);
        let content = match options.of {
            Of::Enrolments => reading.enrolment(checked).map(Content::Enrolment),
            Of::People | Of::Notes => reading.note(checked).map(Content::Note),
        };
        let (Some(file), Some(content)) = (file, content) else { continue };
        let Some(card) = office.book().card(file) else { continue };
        if let Content::Enrolment(enrolment) = &content {
            if !matches!(card.class, PersonClass::Child | PersonClass::Carer) {
                reading.wrong(
                    checked,
                    Column::Service,
                    "Only children, parents and carers use a service. Take the row out",
                );
                continue;
            }
            let key = (file, enrolment.service);
            if enrolment.ended.is_none() {
                let opened = office.book().file_in_passing(file).await?;
                if open_enrolments(&opened).any(|(_, known)| known.service == enrolment.service) {
                    reading.wrong(checked, Column::From, "The person uses this service already. Take the row out");
                } else if let Some(first) = open.insert(key, number) {
                    let words = format!(
                        "Row {first} enrols them with this service, too. Fill in the last day, or take a row out"
                    );
                    reading.wrong(checked, Column::From, &words);
                }
            }
        }
        checked.work.push(WorkRow { numbered: number, file, name: card.name, content });
    }
    Ok(())
}

/// Refuses rows about people whose files somebody may not write in.
pub(super) async fn check_open(office: &Office, who: &SignedIn, checked: &Checked) -> Result<(), ImportError> {
    let mut asked: HashSet<FileId> = HashSet::new();
    for row in &checked.work {
        let action = if matches!(row.content, Content::Enrolment(_)) { Action::Enrol } else { Action::WriteNote };
        if asked.insert(row.file) {
            match purposes(office, who, action, row.file).await {
                Ok(_) => {}
                Err(Stopped::NotFound) => return Err(ImportError::NotOpen(row.numbered)),
                Err(stopped) => return Err(stopped.into()),
            }
        }
    }
    Ok(())
}

/// Writes the rows, and gives what was added.
pub(super) async fn write(
    office: &Office,
    work: &mut Work,
    checked: &Checked,
    provenance: &Provenance,
) -> Result<Vec<(FileId, RecordId)>, ImportError> {
    let mut added = Vec::with_capacity(checked.work.len());
    let mut enrolled: BTreeMap<FileId, Vec<ServiceId>> = BTreeMap::new();
    for row in &checked.work {
        let record = Record::new(provenance.clone(), row.content.clone());
        let (act, filing) = match &row.content {
            Content::Enrolment(enrolment) => {
                enrolled.entry(row.file).or_default().push(enrolment.service);
                (Act::Enrolled, filing_of(office, row.file, enrolment, work.now()).await?)
            }
            _ => (Act::RecordAdded, Filing::default()),
        };
        added.push((row.file, work.add(act, row.file, &record, filing).await?));
    }
    let mut cards: BTreeMap<FileId, records::Card> = BTreeMap::new();
    for (file, services) in enrolled {
        let opened = office.book().file_in_passing(file).await?;
        let carers = carers_of(office, &opened).await?;
        for (file, card) in std::iter::once((file, opened.card)).chain(carers.into_iter().map(|c| (c.file, c.card))) {
            let card = cards.entry(file).or_insert(card);
            for service in &services {
                if !card.services.contains(service) {
                    card.services.push(*service);
                }
            }
        }
    }
    for (file, card) in cards {
        work.set_card(file, card).await?;
    }
    Ok(added)
}

/// An enrolment waits for the first privacy notice, as one that is typed in does (T73).
async fn filing_of(
    office: &Office,
    file: FileId,
    enrolment: &Enrolment,
    now: Timestamp,
) -> Result<Filing, ImportError> {
    if enrolment.ended.is_some() {
        return Ok(Filing::in_state(State::Done));
    }
    if notice_was_given(&office.book().file_in_passing(file).await?) {
        return Ok(Filing::default());
    }
    let due = crate::people::end_of(records::operation::london_day(now));
    Ok(Filing { topic: 0, state: Some(State::Waiting), due: Some(due) })
}

/// The services that a file shows without some records, with those of the children to whom a carer belongs.
pub(super) async fn services_without(
    office: &Office,
    file: FileId,
    gone: &HashSet<RecordId>,
) -> Result<Vec<ServiceId>, Stopped> {
    let opened = office.book().file_in_passing(file).await?;
    let mut files = vec![opened];
    if files[0].class == PersonClass::Carer {
        for related in files[0].of_kind(Kind::Relationship).cloned().collect::<Vec<_>>() {
            let Content::Relationship(other) = &related.record.content else { continue };
            if office.book().card(other.other).is_some_and(|card| card.class == PersonClass::Child) {
                files.push(office.book().file_in_passing(other.other).await?);
            }
        }
    }
    let mut services = Vec::new();
    for opened in files.iter().flat_map(|file| file.of_kind(Kind::Enrolment)) {
        if let Some(service) = opened.header.service.filter(|_| !gone.contains(&opened.header.id))
            && !services.contains(&service)
        {
            services.push(service);
        }
    }
    Ok(services)
}
