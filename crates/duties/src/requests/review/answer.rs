//! The answer as the person who asked will see it, and the digest that binds an approval to it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use papers::pages::Area;
use papers::redact::{Numbering, RedactionReason, Segment};
use records::FileId;
use records::requests::Verdict;
use sha2::{Digest, Sha256};

use super::case::{Case, Gathered};
use super::covering::{AsSent, as_sent, reason_of, withheld};
use super::exemptions::{Unmet, lacking};
use super::texts::ItemTexts;
use crate::office::Office;
use crate::stopped::Stopped;

/// A request with all its items opened.
pub(crate) struct Opened {
    /// The request.
    pub case: Case,
    /// Item by item, in reading order.
    pub items: Vec<(Gathered, ItemTexts)>,
    /// Everybody in the book whom the items concern.
    pub concerned: BTreeSet<FileId>,
}

/// An item as the person who asked will see it.
pub struct SeenItem {
    /// Its place, from 1.
    pub position: u32,
    /// Its heading, source, text and pages.
    pub sent: AsSent,
    /// Facts by name.
    pub facts: Vec<(String, String)>,
    /// The day it is about, in words.
    pub happened: String,
}

/// The answer as the person who asked will see it.
pub struct Seen {
    /// The items that go out.
    pub items: Vec<SeenItem>,
    /// The reasons of items that are left out whole.
    pub left_out_whole: Vec<RedactionReason>,
}

/// What the pack is made of: the items, the words that must not be found in it, and the digest.
pub struct Answer {
    /// As it will be seen.
    pub seen: Seen,
    /// The words that are covered or left out.
    pub withheld: Vec<String>,
    /// SHA-256 over what is decided, in hexadecimal.
    pub fingerprint: String,
}

impl Opened {
    pub async fn load(office: &Office, case: Case) -> Result<Self, Stopped> {
        let mut items = Vec::new();
        let mut concerned = BTreeSet::new();
        for gathered in &case.items {
            let record = case.record(office, &gathered.review.item).await?;
            concerned.extend(record.content.concerns());
            concerned.insert(gathered.review.item.file);
            let texts = case.texts_with_pages(office, gathered.review.item.file, &record).await?;
            items.push((gathered.clone(), texts));
        }
        concerned.remove(&case.file);
        Ok(Self { case, items, concerned })
    }

    /// What items lack before they can go out on a day: the place of each, and what.
    pub fn lacking(&self, today: Date) -> Vec<(u32, Unmet)> {
        let lacks = |(gathered, texts): &(Gathered, ItemTexts)| {
            Some((gathered.review.position, lacking(&self.case, &gathered.review, texts, today)?))
        };
        self.items.iter().filter_map(lacks).collect()
    }

    /// The answer as it now stands. Items that nobody has read are left out like withheld ones: nothing goes out unread.
    pub fn answer(&self) -> Answer {
        let mut numbering = Numbering::default();
        let mut seen = Seen { items: Vec::new(), left_out_whole: Vec::new() };
        let mut words = Vec::new();
        for (gathered, texts) in &self.items {
            let review = &gathered.review;
            if review.verdict == Verdict::Give {
                words.extend(withheld(texts, review));
                seen.items.push(SeenItem {
                    position: review.position,
                    sent: as_sent(texts, review, &mut numbering),
                    facts: texts.facts.clone(),
                    happened: texts.happened.map(super::texts::day_in_words).unwrap_or_default(),
                });
            } else {
                let reason = review.withheld_for.as_deref().map_or(RedactionReason::Other, reason_of);
                seen.left_out_whole.push(reason);
                words.push(whole_text(texts));
            }
        }
        words.retain(|text| !text.trim().is_empty());
        words.sort();
        words.dedup();
        Answer { seen, withheld: words, fingerprint: self.fingerprint() }
    }

    /// Everything that decides what goes out, item by item: another version, reason, covering or name gives another
    /// digest, and an approval holds for one digest only.
    fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        };
        add(b"guardbook answer 1");
        add(self.case.request.reference.as_bytes());
        for (gathered, texts) in &self.items {
            let review = &gathered.review;
            add(&review.position.to_be_bytes());
            add(review.item.record.to_string().as_bytes());
            add(&review.item.version.to_be_bytes());
            add(&[u8::from(review.verdict == Verdict::Give)]);
            add(review.withheld_for.as_deref().unwrap_or_default().as_bytes());
            let AsSent { heading, source, text, pages } = as_sent(texts, review, &mut Numbering::default());
            add(heading.as_bytes());
            add(source.unwrap_or_default().as_bytes());
            let on_pages = pages.iter().flat_map(|page| &page.text);
            for piece in text.iter().chain(on_pages) {
                match piece {
                    Segment::Shown(words) => add(words.as_bytes()),
                    Segment::Covered { reason, .. } => add(format!("\u{0}{}", reason.code()).as_bytes()),
                }
            }
            if let Some(of) = texts.pages.as_ref().filter(|_| !pages.is_empty()) {
                add(of.sha256.as_bytes());
            }
            for page in &pages {
                add(&page.number.to_be_bytes());
                for burn in &page.burns {
                    let Area { left, top, width, height } = burn.area;
                    add(&[left, top, width, height, burn.number].map(u32::to_be_bytes).concat());
                }
            }
            for (name, value) in &texts.facts {
                add(name.as_bytes());
                add(value.as_bytes());
            }
        }
        hex::encode(digest.finalize())
    }
}

/// The text of an item that is left out whole, as one text. Its source stays out of it: "our own staff" stands in every
/// other item too.
fn whole_text(texts: &ItemTexts) -> String {
    let ours = texts.parts.iter().filter(|part| part.role != super::texts::Role::Source);
    let pages = texts.pages.iter().filter(|pages| pages.part().is_none()).map(|pages| pages.text.as_str());
    ours.map(|part| part.text.as_str()).chain(pages).collect::<Vec<_>>().join("\n")
}
