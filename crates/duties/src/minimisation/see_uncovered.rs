//! The review: papers without a purpose, attachments that nobody described, facts that no service needs any more,
//! children's files with papers and no service. It says where they lie and never what they say.

use std::collections::{HashMap, HashSet};

use access::Action;
use book::{Act, Opened};
use jiff::civil::Date;
use records::catalogue::DataCategory;
use records::work::NeededFact;
use records::{Content, FileId, Kind, PersonClass, Purpose, RecordId, operation};

use crate::office::{House, Office};
use crate::people::purposes;
use crate::permit::SignedIn;
use crate::services::enrol::open_enrolments;
use crate::services::refused_categories;
use crate::stopped::Stopped;

/// So many records are opened at a time.
const AT_A_TIME: u32 = 500;

/// Why something is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UncoveredWhy {
    /// Nobody said what the paper is for.
    NoPurpose,
    /// It came inside another paper, holds no words, and nobody said what it is.
    NotDescribed,
    /// The service for which the fact was kept is not used any more, or does not name such facts: what about, and
    /// the service's name.
    NotNeeded(DataCategory, String),
    /// The child uses no service and used none, and there are so many papers.
    NoEnrolment(usize),
}

/// Something that no purpose covers.
#[derive(Clone, Debug)]
pub struct Uncovered {
    /// In whose file.
    pub file: FileId,
    /// Whose file it is, for pages.
    pub name: String,
    /// Which record; none where it is about the whole file.
    pub record: Option<RecordId>,
    /// Since when it lies there.
    pub since: Date,
    /// Why it is listed.
    pub why: UncoveredWhy,
}

/// Lists what no purpose covers, in files that are open to whoever asks. That somebody looked is in the ledger.
///
/// # Errors
/// [`Stopped::NotFound`] for everybody who does not both look after the book and look for people.
pub async fn see_uncovered(office: &Office, who: &SignedIn) -> Result<Vec<Uncovered>, Stopped> {
    office.permit(who, Action::SeeAdministration, None, Purpose::Quality, "").await?;
    let operation = office.permit(who, Action::FindPeople, None, Purpose::Quality, "").await?;
    let house = office.house().await?;
    let mut found = Vec::new();
    let mut papers: HashMap<FileId, (usize, Date)> = HashMap::new();
    each(office, Kind::Paper, |opened| {
        let since = operation::london_day(opened.header.opened);
        let count = papers.entry(opened.header.file).or_insert((0, since));
        count.0 += 1;
        let Content::Paper(paper) = &opened.record.content else { return };
        let why = if paper.needed_for.is_none() {
            UncoveredWhy::NoPurpose
        } else if paper.part_of.is_some() && paper.text.is_none() {
            UncoveredWhy::NotDescribed
        } else {
            return;
        };
        found.push((opened.header.file, Some(opened.header.id), since, why));
    })
    .await?;
    for (kind, about) in [(Kind::Health, DataCategory::Health), (Kind::Financial, DataCategory::Money)] {
        found.extend(facts(office, &house, kind, about).await?);
    }
    for (file, (count, since)) in papers {
        let card = office.book().card(file);
        if card.is_some_and(|card| card.class == PersonClass::Child && card.services.is_empty()) {
            found.push((file, None, since, UncoveredWhy::NoEnrolment(count)));
        }
    }
    let listed = opened_to(office, who, found).await?;
    let mut work = office.book().begin(&operation).await?;
    work.act_of_the_house(Act::Searched, 1);
    work.commit().await?;
    Ok(listed)
}

type Found = (FileId, Option<RecordId>, Date, UncoveredWhy);

/// Facts about health or money whose service is not used any more, or does not need them.
async fn facts(office: &Office, house: &House, kind: Kind, about: DataCategory) -> Result<Vec<Found>, Stopped> {
    let mut kept: Vec<(FileId, RecordId, Date, NeededFact)> = Vec::new();
    each(office, kind, |opened| {
        if let Content::Health(fact) | Content::Financial(fact) = &opened.record.content {
            let since = operation::london_day(opened.header.opened);
            kept.push((opened.header.file, opened.header.id, since, fact.clone()));
        }
    })
    .await?;
    let mut used: HashMap<FileId, HashSet<records::ServiceId>> = HashMap::new();
    for (file, ..) in &kept {
        if !used.contains_key(file) {
            let opened = office.book().file_in_passing(*file).await?;
            used.insert(*file, open_enrolments(&opened).map(|(_, enrolment)| enrolment.service).collect());
        }
    }
    let covered = |file: &FileId, fact: &NeededFact| {
        used.get(file).is_some_and(|services| services.contains(&fact.service))
            && refused_categories(house, Some(fact.service), &[about]).is_empty()
    };
    Ok(kept
        .into_iter()
        .filter(|(file, _, _, fact)| !covered(file, fact))
        .map(|(file, record, since, fact)| {
            let service = house.service_name(fact.service).to_owned();
            (file, Some(record), since, UncoveredWhy::NotNeeded(about, service))
        })
        .collect())
}

/// Goes through all records of a kind, some at a time.
async fn each(office: &Office, kind: Kind, mut look: impl FnMut(&Opened)) -> Result<(), Stopped> {
    let mut after = None;
    loop {
        let (some, last) = office.book().some_of_kind(kind, after, AT_A_TIME).await?;
        some.iter().for_each(&mut look);
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Leaves out what lies in files that are not open to somebody, and puts the rest in order: oldest first.
async fn opened_to(office: &Office, who: &SignedIn, found: Vec<Found>) -> Result<Vec<Uncovered>, Stopped> {
    let mut open: HashMap<FileId, bool> = HashMap::new();
    let mut listed = Vec::new();
    for (file, record, since, why) in found {
        let may = if let Some(may) = open.get(&file) {
            *may
        } else {
            let may = purposes(office, who, Action::OpenFile, file).await.is_ok();
            open.insert(file, may);
            may
        };
        let name = office.book().card(file).map(|card| card.called().to_owned());
        if let Some(name) = name.filter(|_| may) {
            listed.push(Uncovered { file, name, record, since, why });
        }
    }
    listed.sort_by_key(|line| (line.since, line.file, line.record));
    Ok(listed)
}
