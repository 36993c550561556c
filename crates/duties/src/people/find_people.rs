//! Looking for people: by name, former name, birth date and postcode, and in lists by class and service.
//!
//! What comes back is narrowed to files that the one who looks may open; what they may not see is not counted.

use std::collections::{HashMap, HashSet};

use access::{Action, ListScope};
use book::{Act, Found};
use jiff::civil::Date;
use records::{Card, FileId, PersonClass, ServiceId};

use crate::office::{House, Office};
use crate::people::why::purposes;
use crate::permit::SignedIn;
use crate::stopped::Stopped;
use detect::nicknames;

/// The most hits that a search shows.
const MOST: usize = 50;
/// So many people with a like name are shown before somebody is added.
const NEAR: usize = 10;

/// Somebody found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Whose file.
    pub file: FileId,
    /// The card.
    pub card: Card,
    /// Why they were found although their name is not what was typed, in words; else empty.
    pub why: &'static str,
}

/// By what a list is filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only people of this class.
    pub class: Option<PersonClass>,
    /// Only people who use or used this service.
    pub service: Option<ServiceId>,
}

impl Filter {
    fn passes(&self, card: &Card) -> bool {
        self.class.is_none_or(|class| card.class == class)
            && self.service.is_none_or(|service| card.services.contains(&service))
    }
}

/// Who may be shown to somebody, decided on cards alone, before each file is asked about.
struct Sieve {
    scope: ListScope,
    named: HashMap<FileId, Vec<FileId>>,
}

impl Sieve {
    fn new(office: &Office, house: &House, who: &SignedIn) -> Self {
        let today = office.today();
        let mut named: HashMap<FileId, Vec<FileId>> = HashMap::new();
        for staff in house.staff.values() {
            for file in staff.account.grants_on(today).filter_map(|grant| grant.file) {
                named.entry(file).or_default().push(staff.file);
            }
        }
        Self { scope: office.access().narrow(&who.facts(today)), named }
    }

    fn passes(&self, file: FileId, card: &Card) -> bool {
        let mut facts = access::FileFacts::new(file, card.class);
        facts.services_ever.clone_from(&card.services);
        facts.services_now.clone_from(&card.services);
        if let Some(named) = self.named.get(&file) {
            facts.named_to.clone_from(named);
        }
        self.scope.passes(&facts)
    }
}

/// Searches the cards: who has what was typed first, then names that are like it. The search itself is in the ledger, without its words.
///
/// # Errors
/// What stops any use case.
pub async fn find_people(office: &Office, who: &SignedIn, query: &str, filter: &Filter) -> Result<Vec<Hit>, Stopped> {
    let operation = office.permit(who, Action::FindPeople, None, records::Purpose::Support, "").await?;
    if query.trim().is_empty() {
        return Ok(Vec::new());
    }
    office.book().refresh_cards().await?;
    let house = office.house().await?;
    let sieve = Sieve::new(office, &house, who);
    let passes = |file, card: &Card| filter.passes(card) && sieve.passes(file, card);
    let found = office.book().search(query, MOST, passes);
    let mut hits = opened_to(office, who, found).await?;
    let room = MOST.saturating_sub(hits.len());
    let had: HashSet<FileId> = hits.iter().map(|hit| hit.file).collect();
    let alike =
        office.book().search_alike(query, room, nicknames, |file, card| !had.contains(&file) && passes(file, card));
    for (found, likeness) in alike {
        let like = opened_to(office, who, vec![found]).await?;
        hits.extend(like.into_iter().map(|hit| Hit { why: likeness.words(), ..hit }));
    }
    once_each(&mut hits);
    let mut work = office.book().begin(&operation).await?;
    work.act_of_the_house(Act::Searched, 1);
    work.commit().await?;
    Ok(hits)
}

/// Everybody whom somebody may see, by name.
///
/// # Errors
/// What stops any use case.
pub async fn list_people(
    office: &Office,
    who: &SignedIn,
    filter: &Filter,
    page: usize,
    per_page: usize,
) -> Result<(Vec<Hit>, usize), Stopped> {
    office.permit(who, Action::FindPeople, None, records::Purpose::Support, "").await?;
    office.book().refresh_cards().await?;
    let house = office.house().await?;
    let sieve = Sieve::new(office, &house, who);
    let mut found = office.book().cards(|file, card| filter.passes(card) && sieve.passes(file, card));
    // A merged file stands in the list only for those to whom the leading one is not open.
    let shown: HashSet<FileId> = found.iter().map(|found| found.file).collect();
    found.retain(|found| found.card.merged_into.is_none_or(|leading| !shown.contains(&leading)));
    found.sort_by_cached_key(|hit| (surname_first(hit.card.name.for_search()), hit.file));
    let total = found.len();
    let shown = found.into_iter().skip(page.saturating_sub(1) * per_page).take(per_page).collect();
    Ok((opened_to(office, who, shown).await?, total))
}

/// People who may be the same as somebody about to be added, as far as they are open to whoever adds.
///
/// # Errors
/// What stops any use case.
pub async fn near_matches(
    office: &Office,
    who: &SignedIn,
    name: &str,
    born: Option<Date>,
) -> Result<Vec<Hit>, Stopped> {
    office.permit(who, Action::FindPeople, None, records::Purpose::Support, "").await?;
    office.book().refresh_cards().await?;
    let house = office.house().await?;
    let sieve = Sieve::new(office, &house, who);
    let day = |card: &Card| card.born.as_ref().map(|born| *born.for_search());
    let alike = office.book().alike(name, born, None).into_iter().map(|found| {
        let same_day = born.is_some() && day(&found.card) == born;
        (found, if same_day { "the same date of birth" } else { "" })
    });
    let mut alike: Vec<(Found, &'static str)> = alike.collect();
    let had: HashSet<FileId> = alike.iter().map(|(found, _)| found.file).collect();
    let fits = |file, card: &Card| !had.contains(&file) && (born.is_none() || day(card).is_none() || day(card) == born);
    let like = office.book().search_alike(name, NEAR, nicknames, fits);
    alike.extend(like.into_iter().map(|(found, likeness)| (found, likeness.words())));
    // What opens only to keep someone safe does not show here: a name typed in must not tell who is in the book.
    alike.retain(|(found, _)| sieve.passes(found.file, &found.card));
    let mut hits = Vec::new();
    for (found, why) in alike {
        hits.extend(opened_to(office, who, vec![found]).await?.into_iter().map(|hit| Hit { why, ..hit }));
    }
    once_each(&mut hits);
    Ok(hits)
}

/// People who may be the same as somebody whose file is open, without their own other files.
///
/// # Errors
/// What stops any use case.
pub async fn likely_same(office: &Office, who: &SignedIn, file: FileId) -> Result<Vec<Hit>, Stopped> {
    let card = office.book().card(file).ok_or(Stopped::NotFound)?;
    let own = office.files_of(file);
    let born = card.born.as_ref().map(|born| *born.for_search());
    let mut hits = near_matches(office, who, card.name.for_search(), born).await?;
    hits.retain(|hit| !own.contains(&hit.file) && hit.card.class == card.class);
    Ok(hits)
}

/// Keeps the files that the rules open to somebody, at once or after saying why.
async fn opened_to(office: &Office, who: &SignedIn, found: Vec<Found>) -> Result<Vec<Hit>, Stopped> {
    let mut hits = Vec::with_capacity(found.len());
    for Found { file, card } in found {
        if let Some(leading) = card.merged_into
            && let Some(leads) = office.book().card(leading)
            && purposes(office, who, Action::OpenFile, leading).await.is_ok()
        {
            hits.push(Hit { file: leading, card: leads, why: "the name on another file of theirs" });
            continue;
        }
        match purposes(office, who, Action::OpenFile, file).await {
            Ok(_) => hits.push(Hit { file, card, why: "" }),
            Err(Stopped::NotFound) => {}
            Err(stopped) => return Err(stopped),
        }
    }
    Ok(hits)
}

/// A person with several files is one hit: the first.
fn once_each(hits: &mut Vec<Hit>) {
    let mut had = HashSet::new();
    hits.retain(|hit| had.insert(hit.file));
}

/// "Ada van Sample" sorts under "sample ada van".
fn surname_first(name: &str) -> String {
    let folded = name.to_lowercase();
    match folded.rsplit_once(' ') {
        Some((rest, last)) => format!("{last} {rest}"),
        None => folded,
    }
}
