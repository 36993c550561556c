//! Where else a person is mentioned: in the notes and papers of other people's files, also misspelt, by a former or a
//! short name, by initials, in e-mail addresses and file names.
//!
//! Everything is opened and looked through when somebody asks; there is no index of names or words at rest. What comes
//! back is narrowed to files that the one who asks may open for the same purpose: others are neither shown nor counted.

mod sieve;
mod sought;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use access::{Action, Circumstances};
use book::{Act, Opened};
use jiff::civil::Date;
use papers::fold::fold;
use papers::suggest::Certainty;
use records::catalogue::{self, InPack};
use records::{Card, FileId, Kind, Operation, PersonClass, RecordId, operation};

use self::sought::{Place, Sought};
use crate::office::{House, Office};
use crate::people::open_file::happened_on;
use crate::people::why::Why;
use crate::permit::{SignedIn, file_facts};
use crate::requests::review::{Around, item_texts, known_person};
use crate::stopped::Stopped;

/// At most so many places of one record are shown.
const MOST_OF_RECORD: usize = 5;
/// So many letters of a text are shown on either side of a place.
const AROUND: usize = 80;

/// A place where the person may be meant. It holds words from somebody else's file.
#[derive(Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words before.
    pub before: String,
    /// The words themselves.
    pub words: String,
    /// The words after.
    pub after: String,
    /// Why it may be them, in words.
    pub why: &'static str,
    /// How sure this is.
    pub certainty: Certainty,
    /// The first name or the surname where it stands alone, folded.
    alone: Option<String>,
}

/// A record that mentions the person.
#[derive(Clone, PartialEq, Eq)]
pub struct MentionedIn {
    /// The file that it lies in.
    pub file: FileId,
    /// Which record.
    pub record: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// What it is, in fixed words.
    pub heading: &'static str,
    /// The day on which it happened.
    pub on: Date,
    /// The places, in order, at most five.
    pub mentions: Vec<Mention>,
    /// How many places there are in all.
    pub places: usize,
    /// Whether the record is linked to the person already.
    pub linked: bool,
}

impl MentionedIn {
    /// How sure the surest place is.
    pub fn certainty(&self) -> Certainty {
        self.mentions.iter().map(|mention| mention.certainty).min().unwrap_or(Certainty::Maybe)
    }
}

/// The records of one file that mention the person.
#[derive(Clone, PartialEq, Eq)]
pub struct FileMentions {
    /// Whose.
    pub file: FileId,
    /// What they are called.
    pub called: String,
    /// What they are to the charity.
    pub class: PersonClass,
    /// The records, newest first.
    pub records: Vec<MentionedIn>,
}

/// Where a person is mentioned.
#[derive(Clone, PartialEq, Eq)]
pub struct Mentions {
    /// By file, the surest first.
    pub files: Vec<FileMentions>,
    /// How many places there are in all, in files that are open to the one who asks.
    pub places: usize,
    /// How many of these are shown.
    pub shown: usize,
    /// How many records of the book were looked through.
    pub looked_through: u64,
}

/// One person, ready to be looked for in single texts.
pub(crate) struct Everywhere(Sought);

impl Everywhere {
    /// Everything under which somebody may be meant; none where there is nothing to look for.
    pub fn of(person: &papers::suggest::KnownPerson) -> Option<Self> {
        Sought::new(person).ok().map(Self)
    }

    /// Where they may be meant, at least so sure.
    pub fn places(&self, text: &str, least: Certainty) -> Vec<Range<usize>> {
        self.0.places(text).into_iter().filter(|place| place.certainty <= least).map(|place| place.range).collect()
    }
}

/// Looks where else a person is mentioned, and shows at most so many places. It is in the ledger of the person, and of
/// every record whose words are shown, before anything is.
///
/// # Errors
/// [`Stopped::NeedsReason`] and [`Stopped::NeedsStepUp`] as for the person's history; [`Stopped::NotFound`] where that is
/// not open.
pub async fn mentions(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    most: usize,
    progress: impl FnMut(u64) + Send,
) -> Result<Mentions, Stopped> {
    let operation = office.permit(who, Action::SeeHistory, Some(file), why.purpose, &why.reason).await?;
    let (records, looked_through) = search(office, file, progress).await?;
    mentions_for(office, who, &operation, file, records, (most, looked_through)).await
}

/// Narrows what was found to what is open, puts it in order, and enters in the ledger what is going to be shown.
pub(crate) async fn mentions_for(
    office: &Office,
    who: &SignedIn,
    operation: &Operation,
    sought: FileId,
    found: Vec<MentionedIn>,
    (most, looked_through): (usize, u64),
) -> Result<Mentions, Stopped> {
    let open = open_to(office, who, operation, found).await?;
    let found = cut(grouped(office, open), most, looked_through);
    note(office, operation, sought, &found).await?;
    Ok(found)
}

/// Enters that somebody looked, and at which words.
async fn note(office: &Office, operation: &Operation, sought: FileId, found: &Mentions) -> Result<(), Stopped> {
    let mut work = office.book().begin(operation).await?;
    work.act(Act::MentionsSought, sought, None)?;
    for record in found.files.iter().flat_map(|file| &file.records) {
        work.act(Act::RecordSeen, record.file, Some((record.record, record.kind)))?;
    }
    work.commit().await?;
    Ok(())
}

/// Opens every record of the book and keeps those of other files that may mention the person.
pub(crate) async fn search(
    office: &Office,
    file: FileId,
    progress: impl FnMut(u64) + Send,
) -> Result<(Vec<MentionedIn>, u64), Stopped> {
    let open = office.person_in_passing(file).await?;
    let own: HashSet<FileId> = office.files_of(file).into_iter().collect();
    let sought = Sought::new(&known_person(&open)).map_err(|error| {
        Stopped::Store(book::BookError::Corrupt { place: format!("file {file}"), what: error.to_string() })
    })?;
    let sought = Arc::new(sought);
    let house = office.house().await?;
    let looking = Arc::clone(&sought);
    let theirs = own.clone();
    let scanned = office
        .book()
        .scan(
            move |plain| sought.may_be_in(plain),
            move |opened| {
                if theirs.contains(&opened.header.file) { None } else { mentioned_in(&looking, &house, opened) }
            },
            progress,
        )
        .await?;
    let mut linked: HashSet<(FileId, RecordId)> = HashSet::new();
    for file in own {
        linked.extend(office.book().links_to(file).await?);
    }
    let mut found = scanned.found;
    for record in &mut found {
        record.linked = linked.contains(&(record.file, record.record));
    }
    Ok((found, scanned.records))
}

/// What one record says of the person; none where it does not mention them, or is the working of the charity.
fn mentioned_in(sought: &Sought, house: &House, opened: &Opened) -> Option<MentionedIn> {
    let header = &opened.header;
    // Somebody's own name in their own file mentions nobody else; the working of requests and accounts is no content.
    let content = matches!(catalogue::entry(header.kind).in_pack, InPack::Item | InPack::FrontAndItem)
        && header.kind != Kind::Identity;
    if header.file == FileId::HOUSE || !content {
        return None;
    }
    let texts = item_texts(&opened.record, &Around { house, called: &|_| String::new() });
    let mut found = MentionedIn {
        file: header.file,
        record: header.id,
        kind: header.kind,
        heading: texts.heading,
        on: operation::london_day(happened_on(opened)),
        mentions: Vec::new(),
        places: 0,
        linked: false,
    };
    for part in texts.parts.iter().filter(|part| !part.whole) {
        let places = sought.places(&part.text);
        found.places += places.len();
        let room = MOST_OF_RECORD.saturating_sub(found.mentions.len());
        found.mentions.extend(places.into_iter().take(room).map(|place| mention(&part.text, place)));
    }
    (found.places > 0).then_some(found)
}

fn mention(text: &str, place: Place) -> Mention {
    let Range { start, end } = place.range;
    let head = text.get(..start).unwrap_or_default();
    let tail = text.get(end..).unwrap_or_default();
    Mention {
        before: last_of(head),
        words: text.get(start..end).unwrap_or_default().to_owned(),
        after: first_of(tail),
        why: place.why,
        certainty: place.certainty,
        alone: place.alone,
    }
}

/// The end of a text, from the beginning of a word.
fn last_of(text: &str) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let rest = text.get(at..).unwrap_or_default();
    let from = rest.find(char::is_whitespace).unwrap_or(0);
    format!("\u{2026}{}", rest.get(from..).unwrap_or_default())
}

/// The beginning of a text, to the end of a word.
fn first_of(text: &str) -> String {
    let Some((at, _)) = text.char_indices().nth(AROUND) else { return text.to_owned() };
    let rest = text.get(..at).unwrap_or_default();
    let to = rest.rfind(char::is_whitespace).unwrap_or(rest.len());
    format!("{}\u{2026}", rest.get(..to).unwrap_or_default())
}

/// Keeps what lies in files that the one who asks may open with their history, for this purpose.
pub(crate) async fn open_to(
    office: &Office,
    who: &SignedIn,
    operation: &Operation,
    found: Vec<MentionedIn>,
) -> Result<Vec<MentionedIn>, Stopped> {
    let house = office.house().await?;
    let actor = who.facts(office.today());
    let moment =
        Circumstances { reason_given: !operation.reason.words().is_empty(), ..Circumstances::of(operation.purpose) };
    let mut open = BTreeSet::new();
    for file in found.iter().map(|record| record.file).collect::<BTreeSet<_>>() {
        match file_facts(office, &house, file).await {
            Ok(facts) if office.access().decide(&actor, Action::SeeHistory, Some(&facts), &moment).allowed => {
                open.insert(file);
            }
            Ok(_) | Err(Stopped::NotFound) => {}
            Err(stopped) => return Err(stopped),
        }
    }
    Ok(found.into_iter().filter(|record| open.contains(&record.file)).collect())
}

/// By file, the surest first. In a file of somebody who has the name themselves, the name alone is more likely theirs.
fn grouped(office: &Office, found: Vec<MentionedIn>) -> Vec<FileMentions> {
    let mut files: BTreeMap<FileId, FileMentions> = BTreeMap::new();
    for mut record in found {
        let Some(card) = office.book().card(record.file) else { continue };
        let own = own_words(&card);
        for mention in &mut record.mentions {
            if mention.alone.as_ref().is_some_and(|word| own.contains(word)) {
                mention.certainty = Certainty::Maybe;
                mention.why = "A name of theirs, which the person of this file has too";
            }
        }
        let file = files.entry(record.file).or_insert_with(|| FileMentions {
            file: record.file,
            called: card.called().to_owned(),
            class: card.class,
            records: Vec::new(),
        });
        file.records.push(record);
    }
    let mut files: Vec<FileMentions> = files.into_values().collect();
    for file in &mut files {
        file.records.sort_by_key(|record| (std::cmp::Reverse(record.on), record.record));
    }
    files.sort_by_cached_key(|file| (surest(file), fold(&file.called), file.file));
    files
}

fn surest(file: &FileMentions) -> Certainty {
    file.records.iter().map(MentionedIn::certainty).min().unwrap_or(Certainty::Maybe)
}

fn own_words(card: &Card) -> HashSet<String> {
    let names = std::iter::once(&card.name).chain(&card.preferred).chain(&card.former);
    names.flat_map(|name| fold(name.for_search()).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// At most so many places, whole records at a time; what is left out is counted.
fn cut(mut files: Vec<FileMentions>, most: usize, looked_through: u64) -> Mentions {
    let places = files.iter().flat_map(|file| &file.records).map(|record| record.places).sum();
    let mut shown = 0;
    for file in &mut files {
        file.records.retain(|record| {
            let fits = shown + record.mentions.len() <= most;
            shown += if fits { record.mentions.len() } else { 0 };
            fits
        });
    }
    files.retain(|file| !file.records.is_empty());
    Mentions { files, places, shown, looked_through }
}
