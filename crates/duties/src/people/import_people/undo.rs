//! Undoing a whole import: the files that it opened are erased with their keys, and what it added to others is taken
//! back. Whoever got other records since stays, by name, until somebody says that the rest may go without them.

use std::collections::{BTreeSet, HashMap, HashSet};

use access::Action;
use book::{Act, BookError, Filing, Opened, Work};
use records::house::{Import, ImportList, ImportUndone};
use records::{Card, Content, FileId, Header, Kind, Operation, Personal, Purpose, Record, RecordId, State, catalogue};

use super::work::services_without;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::services::enrol::carers_of;
use crate::stopped::Stopped;

/// A person whom undoing would not touch, or who stops it.
#[derive(Clone, Debug)]
pub struct Held {
    /// Whose file.
    pub file: FileId,
    /// Their name.
    pub name: Personal<String>,
    /// What has come in since, in words.
    pub why: Vec<String>,
}

/// What undoing an import would do.
#[derive(Clone, Debug)]
pub struct Undoing {
    /// The import.
    pub import: Opened,
    /// The files that would go.
    pub free: Vec<FileId>,
    /// The people whose files have since got something else.
    pub held: Vec<Held>,
    /// How many files are gone already.
    pub gone: usize,
    /// Records in other files that would be taken away.
    added: Vec<Header>,
    /// Records in other files that would be put back.
    changed: Vec<Header>,
}

impl Undoing {
    /// What the import's record says.
    pub fn says(&self) -> Option<&Import> {
        says(&self.import)
    }

    /// How many records in files that were there before would be taken away or put back.
    pub const fn records(&self) -> usize {
        self.added.len() + self.changed.len()
    }
}

/// Why an import was not undone. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// The rules, or the store.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// There is no reason.
    #[error("Say why the import is undone")]
    NoReason,
    /// It was undone already.
    #[error("This import was undone already.")]
    Already,
    /// It is from before imports kept a list of what they wrote.
    #[error("This import cannot be undone as a whole: it was made before imports kept a list of what they wrote.")]
    NoList,
    /// Some files have got something else since.
    #[error("Some of these people have got other records since. Keep them, or look at their files first.")]
    Held(Vec<Held>),
}

impl From<BookError> for UndoError {
    fn from(error: BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Every import, newest first.
///
/// # Errors
/// What stops any use case.
pub async fn imports(office: &Office, who: &SignedIn) -> Result<Vec<Opened>, Stopped> {
    office.permit(who, Action::ImportPeople, None, Purpose::BookKeeping, "").await?;
    imports_as(office).await
}

/// The same for the operator.
///
/// # Errors
/// The store.
pub async fn imports_as(office: &Office) -> Result<Vec<Opened>, Stopped> {
    let mut imports = office.book().all_of_kind(Kind::Import).await?;
    imports.reverse();
    Ok(imports)
}

/// What undoing an import would do. Nothing is changed.
///
/// # Errors
/// [`UndoError`]
pub async fn look_at_undo(office: &Office, who: &SignedIn, import: RecordId) -> Result<Undoing, UndoError> {
    office.permit(who, Action::ImportPeople, None, Purpose::BookKeeping, "").await?;
    look_at_undo_as(office, import).await
}

/// The same for the operator.
///
/// # Errors
/// [`UndoError`]
pub async fn look_at_undo_as(office: &Office, import: RecordId) -> Result<Undoing, UndoError> {
    let import = office.book().record_in_passing(FileId::HOUSE, import).await?;
    let Some(says) = says(&import) else { return Err(Stopped::NotFound.into()) };
    if says.undone.is_some() {
        return Err(UndoError::Already);
    }
    let list = says.list.clone().ok_or(UndoError::NoList)?;
    let mut looking = Looking { office, list: &list, import: &import.header, held: Vec::new() };
    let (free, gone) = looking.files().await?;
    let added = looking.added().await?;
    let changed = looking.changed().await?;
    let held = looking.held;
    Ok(Undoing { import, free, held, gone, added, changed })
}

/// Undoes an import, with a reason. With `keep` the people whose files have got something else stay.
///
/// # Errors
/// [`UndoError`]; nothing is changed then.
pub async fn undo_import(
    office: &Office,
    who: &SignedIn,
    import: RecordId,
    reason: &str,
    keep: bool,
) -> Result<ImportUndone, UndoError> {
    let operation = office.permit(who, Action::ImportPeople, None, Purpose::BookKeeping, reason).await?;
    undo_import_as(office, &operation, import, keep).await
}

/// The same under an operation, which has the reason.
///
/// # Errors
/// [`UndoError`]; nothing is changed then.
pub async fn undo_import_as(
    office: &Office,
    operation: &Operation,
    import: RecordId,
    keep: bool,
) -> Result<ImportUndone, UndoError> {
    if operation.reason.words().is_empty() {
        return Err(UndoError::NoReason);
    }
    // First of all the lock of the one writer: nothing comes in between the look and the deed.
    let mut work = office.book().begin(operation).await?;
    let undoing = look_at_undo_as(office, import).await?;
    if !undoing.held.is_empty() && !keep {
        return Err(UndoError::Held(undoing.held));
    }
    let Some(before) = undoing.says() else { return Err(Stopped::NotFound.into()) };
    let undone = ImportUndone {
        at: operation.now,
        by: operation.actor.staff(),
        reason: Personal::new(operation.reason.words().to_owned()),
        files: undoing.free.len() as u64,
        records: undoing.records() as u64,
        kept: undoing.held.len() as u64,
    };
    let after = Import { list: None, undone: Some(undone.clone()), ..before.clone() };
    let record = Record::new(undoing.import.record.provenance.clone(), Content::Import(after));
    work.change(Act::ImportUndone, &undoing.import.header, &record, Filing::in_state(State::Superseded)).await?;
    take_back(office, &mut work, &undoing).await?;
    for file in &undoing.free {
        work.erase_file(*file).await?;
    }
    work.commit().await?;
    office.book().finish_erasures(operation.now).await?;
    Ok(undone)
}

/// Takes away what the import wrote into files that stay.
async fn take_back(office: &Office, work: &mut Work, undoing: &Undoing) -> Result<(), UndoError> {
    for header in &undoing.added {
        work.remove(Act::RecordRemoved, header).await?;
    }
    let gone: HashSet<RecordId> = undoing.added.iter().map(|header| header.id).collect();
    let enrolled: BTreeSet<FileId> =
        undoing.added.iter().filter(|header| header.kind == Kind::Enrolment).map(|header| header.file).collect();
    let mut touched = BTreeSet::new();
    for file in enrolled {
        let carers = carers_of(office, &office.book().file_in_passing(file).await?).await?;
        touched.extend(std::iter::once(file).chain(carers.into_iter().map(|carer| carer.file)));
    }
    for file in touched {
        let card = office.book().card(file).ok_or(Stopped::NotFound)?;
        let services = services_without(office, file, &gone).await?;
        work.set_card(file, Card { services, ..card }).await?;
    }
    for header in &undoing.changed {
        let earlier = office.book().version_in_passing(header.file, header.id, header.version - 1).await?;
        let filing = Filing { topic: header.topic, state: Some(header.state), due: header.due };
        work.change(Act::PersonChanged, header, &earlier, filing).await?;
        if let Content::Identity(identity) = &earlier.content {
            let card = office.book().card(header.file).ok_or(Stopped::NotFound)?;
            work.set_card(header.file, crate::people::card::with_identity(&card, identity)).await?;
        }
    }
    // Somebody who stays is no longer linked to somebody who goes.
    let free: HashSet<FileId> = undoing.free.iter().copied().collect();
    for held in &undoing.held {
        for opened in office.book().file_in_passing(held.file).await?.of_kind(Kind::Relationship) {
            if matches!(&opened.record.content, Content::Relationship(other) if free.contains(&other.other)) {
                work.remove(Act::Unlinked, &opened.header).await?;
            }
        }
    }
    Ok(())
}

/// The record of an import.
pub fn says(opened: &Opened) -> Option<&Import> {
    match &opened.record.content {
        Content::Import(import) => Some(import),
        _ => None,
    }
}

/// Looking through what an import wrote, for what has come in since.
struct Looking<'a> {
    office: &'a Office,
    list: &'a ImportList,
    import: &'a Header,
    held: Vec<Held>,
}

impl Looking<'_> {
    fn is_of_the_import(&self, header: &Header) -> bool {
        header.version == 1
            && header.opened == self.import.opened
            && (self.list.first..self.import.id).contains(&header.id)
    }

    fn hold(&mut self, file: FileId, why: Vec<String>) {
        if let Some(held) = self.held.iter_mut().find(|held| held.file == file) {
            held.why.extend(why);
            return;
        }
        let name = self.office.book().card(file).map_or_else(Personal::default, |card| card.name);
        self.held.push(Held { file, name, why });
    }

    /// The files that can go, and how many are gone already.
    async fn files(&mut self) -> Result<(Vec<FileId>, usize), UndoError> {
        let book = self.office.book();
        let (mut own, mut there, mut gone) = (HashSet::new(), Vec::new(), 0);
        let mut others: HashMap<FileId, Vec<String>> = HashMap::new();
        for file in &self.list.files {
            if book.card(*file).is_none() {
                gone += 1;
                continue;
            }
            there.push(*file);
            let mut came: BTreeSet<String> = BTreeSet::new();
            for header in book.headers_of(*file).await? {
                if self.is_of_the_import(&header) {
                    own.insert((*file, header.id));
                } else {
                    came.insert(since(self.import, &header));
                }
            }
            if !came.is_empty() {
                others.insert(*file, came.into_iter().collect());
            }
        }
        let list: HashSet<(FileId, RecordId)> = self.list.added.iter().copied().collect();
        let mut free = Vec::new();
        for file in there {
            let mut why = others.remove(&file).unwrap_or_default();
            let links = book.links_to(file).await?;
            let elsewhere = links.iter().filter(|link| !own.contains(*link) && !list.contains(*link)).count();
            if elsewhere > 0 {
                why.push(match elsewhere {
                    1 => "a record in another file is about them, too".to_owned(),
                    n => format!("{n} records in other files are about them, too"),
                });
            }
            if why.is_empty() {
                free.push(file);
            } else {
                self.hold(file, why);
            }
        }
        Ok((free, gone))
    }

    /// What the import added to files that were there before; changed since, it stays.
    async fn added(&mut self) -> Result<Vec<Header>, UndoError> {
        let mut found = Vec::new();
        for (file, record) in self.list.added.clone() {
            match self.office.book().record_in_passing(file, record).await {
                Ok(opened) if opened.header.version == 1 => found.push(opened.header),
                Ok(opened) => {
                    self.hold(file, vec![format!("{} was changed", title(opened.header.kind))]);
                }
                Err(BookError::NoRecord { .. } | BookError::NoFile(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(found)
    }

    /// What the import changed in files that were there before; changed again since, it stays.
    async fn changed(&mut self) -> Result<Vec<Header>, UndoError> {
        let mut found = Vec::new();
        for (file, record, version) in self.list.changed.clone() {
            match self.office.book().record_in_passing(file, record).await {
                Ok(opened) if opened.header.version == version => found.push(opened.header),
                Ok(opened) => {
                    self.hold(file, vec![format!("{} was changed again", title(opened.header.kind))]);
                }
                Err(BookError::NoRecord { .. } | BookError::NoFile(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(found)
    }
}

fn title(kind: Kind) -> &'static str {
    catalogue::entry(kind).title
}

/// What has come of a record that is not as the import left it.
fn since(import: &Header, header: &Header) -> String {
    let title = title(header.kind);
    if header.opened == import.opened && header.version > 1 {
        format!("{title} was changed")
    } else {
        format!("{title} was added")
    }
}
