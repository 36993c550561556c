//! What the second person must look at one by one before a yes: everything that could hurt somebody if it went out.

use std::collections::BTreeSet;

use papers::suggest::{Kind as Found, Suggestion};
use records::requests::Verdict;
use records::{Card, Content, FileId, PersonClass, State};
use sha2::{Digest, Sha256};

use super::answer::{Answer, Opened};
use super::case::name_of;
use super::covering::shown;
use super::known::{Known, UNSAFE, known_dangers};
use super::pages::as_pictures;
use crate::office::Office;
use crate::stopped::Stopped;

/// Something to look at before the answer may go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Danger {
    /// By what the tick is known. It changes with what it is about, so that an old tick is worth nothing.
    pub key: String,
    /// What it is.
    pub title: String,
    /// What it is about, for staff.
    pub words: String,
    /// In which item.
    pub item: Option<u32>,
    /// Whether somebody could come to harm.
    pub grave: bool,
}

impl Danger {
    fn new(title: &str, words: impl Into<String>, item: Option<u32>, grave: bool) -> Self {
        let words = words.into();
        let digest = Sha256::digest(format!("{title}\u{0}{words}\u{0}{item:?}"));
        Self { key: hex::encode(&digest[..8]), title: title.to_owned(), words, item, grave }
    }
}

/// The dangers of an answer as it now stands, grave ones first.
pub(crate) async fn dangers(office: &Office, opened: &Opened, answer: &Answer) -> Result<Vec<Danger>, Stopped> {
    let texts: Vec<_> = opened.items.iter().map(|(_, texts)| texts).collect();
    let known = known_dangers(office, &opened.case, &texts, &opened.concerned).await?;
    let mut list = warnings(opened);
    for (gathered, texts) in &opened.items {
        let review = &gathered.review;
        if review.verdict != Verdict::Give {
            continue;
        }
        let here = Some(review.position);
        if let Some(whom) = &texts.in_confidence {
            list.push(Danger::new(
                "Told in confidence",
                format!("{whom} told us this in confidence, and it goes out."),
                here,
                true,
            ));
        }
        if texts.scan && as_pictures(texts, review).is_none() {
            let words = "The scan itself is not in the pack and its words were not typed off. Read it and enclose it.";
            list.push(Danger::new("A scan", words, here, false));
        }
        for text in shown(texts, review) {
            for found in known.suggest(&text) {
                if !names_whoever_asks(office, opened, &found) {
                    list.extend(left_visible(office, &known, &found, &text, review.position));
                }
            }
        }
    }
    list.extend(still_readable(opened, answer));
    let mut keys = BTreeSet::new();
    list.retain(|danger| keys.insert(danger.key.clone()));
    list.sort_by_key(|danger| (!danger.grave, danger.item));
    Ok(list)
}

/// The warnings in the person's own file hold for every item.
fn warnings(opened: &Opened) -> Vec<Danger> {
    let of_file = opened.case.subject.records.iter().filter(|one| one.header.state != State::Superseded);
    of_file
        .filter_map(|one| match &one.record.content {
            Content::Warning(warning) => {
                Some(Danger::new(warning.warning.words(), warning.text.for_page().clone(), None, true))
            }
            _ => None,
        })
        .collect()
}

/// Whoever asks may read their own name. A list that is long for nothing is ticked without being read.
fn names_whoever_asks(office: &Office, opened: &Opened, found: &Suggestion) -> bool {
    let asks = opened.case.request.requester.as_ref().and_then(|requester| requester.file);
    let named = || found.people.iter().map(|id| id.parse::<FileId>().ok().map(|file| office.leading(file)));
    found.kind == Found::Person && asks.is_some() && !found.people.is_empty() && named().all(|file| file == asks)
}

fn left_visible(office: &Office, known: &Known, found: &Suggestion, text: &str, item: u32) -> Option<Danger> {
    let here = Some(item);
    let words = text.get(found.start..found.end).unwrap_or_default();
    if let Some(secret) = found.people.iter().find_map(|id| id.strip_prefix(UNSAFE)) {
        let whose = secret.parse::<FileId>().map_or_else(|_| "somebody".to_owned(), |file| name_of(office, file));
        let told = format!("“{words}” leads to {whose} and must stay secret.");
        return Some(Danger::new("An address or number that must stay secret", told, here, true));
    }
    let people: Vec<(FileId, Card)> = found
        .people
        .iter()
        .filter_map(|id| id.parse::<FileId>().ok())
        .filter_map(|file| Some((file, office.book().card(file)?)))
        .collect();
    if found.kind != Found::Person {
        let staff = people.iter().any(|(_, card)| is_staff(card));
        let title = if staff { "Private details of a member of staff" } else { "A detail that may be somebody else's" };
        return Some(Danger::new(title, format!("“{words}”: {}", found.explanation), here, staff));
    }
    if people.is_empty() || people.iter().all(|(_, card)| is_staff(card)) {
        // Staff who did their job are named: that is how it should be.
        return None;
    }
    let restricted = people.iter().any(|(file, _)| {
        office.is_warned(*file) || known.around.get(file).is_some_and(|around| around.protected || around.restricted)
    });
    let child = people.iter().any(|(_, card)| card.class == PersonClass::Child);
    let title = match (restricted, child) {
        (true, _) => "Somebody with a warning or a restricted file is named",
        (false, true) => "Another child is named",
        (false, false) => "Somebody else is named",
    };
    Some(Danger::new(title, format!("“{words}”: {}", found.explanation), here, restricted || child))
}

const fn is_staff(card: &Card) -> bool {
    matches!(card.class, PersonClass::Staff | PersonClass::Volunteer | PersonClass::Trustee)
}

/// Words that are covered in one place and can be read in another.
fn still_readable(opened: &Opened, answer: &Answer) -> Vec<Danger> {
    let contents = crate::requests::pack::contents_to_search(opened, &answer.seen);
    let withheld: Vec<_> =
        answer.withheld.iter().map(|text| papers::pack::Withheld { text, may_be_read_elsewhere: false }).collect();
    let Ok(found) = papers::pack::still_shown(&contents, &withheld) else {
        return vec![Danger::new(
            "Too much is covered to search for",
            "Read every item as the person will see it.",
            None,
            true,
        )];
    };
    let positions: Vec<u32> = answer.seen.items.iter().map(|item| item.position).collect();
    found
        .into_iter()
        .filter_map(|shown| {
            let text = answer.withheld.get(shown.withheld)?;
            let start: String = text.chars().take(60).collect();
            let item = shown.item.checked_sub(1).and_then(|index| positions.get(index as usize)).copied();
            Some(Danger::new(
                "Covered in one place, readable in another",
                format!("“{start}” can still be read."),
                item,
                true,
            ))
        })
        .collect()
}
