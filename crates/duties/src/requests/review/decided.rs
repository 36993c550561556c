//! What was decided once, proposed again: words that were covered in another record, and copies of the same paper.

use std::collections::BTreeMap;

use papers::redact::{Redactions, Term, find_all};
use records::requests::{ItemRef, Review};
use records::{Content, Record};

use super::case::Case;
use super::covering::{all_redactions, reason_of};
use super::read::{Pointed, narrow};
use super::texts::ItemTexts;
use crate::office::Office;
use crate::stopped::Stopped;

/// So many words that were covered elsewhere are looked for.
const MOST: usize = 400;

/// A record of the same request that holds the very same file, and in which something is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its place in the pack, from 1.
    pub position: u32,
    /// How many places and boxes are covered in it.
    pub covered: usize,
}

/// What the other records of this request, and earlier requests about the person, say of this one.
pub(crate) async fn decided_before(
    office: &Office,
    case: &Case,
    review: &Review,
    texts: &ItemTexts,
) -> Result<(Vec<Pointed>, Vec<Copy>), Stopped> {
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    let mut copies = Vec::new();
    let own = case.record(office, &review.item).await?;
    for (other, position) in others(case, review) {
        if other.covered.is_empty() && other.boxes.is_empty() {
            continue;
        }
        // A record of an earlier request may be gone by now; then there is nothing to go by.
        let Ok(record) = case.record(office, &other.item).await else { continue };
        let same_file = sha256(&own).is_some() && sha256(&own) == sha256(&record);
        if let Some(position) = position.filter(|_| same_file) {
            copies.push(Copy { position, covered: other.covered.len() + other.boxes.len() });
        }
        let there = case.texts_of(office, &record);
        for (part, on) in there.parts.iter().zip(all_redactions(&there, other)) {
            for span in on.spans() {
                let Some(text) = part.text.get(span.start..span.end) else { continue };
                let place = position.map_or_else(|| "an earlier request".to_owned(), |place| format!("record {place}"));
                let why = format!("Covered in {place}: {}", reason_of(span.reason.code()).name());
                if words.len() < MOST && text.chars().filter(|c| c.is_alphanumeric()).count() >= 3 {
                    words.entry(text.to_owned()).or_insert(why);
                }
            }
        }
    }
    Ok((pointed(&words, review, texts), copies))
}

/// The other reviews: of this request with their place, and of earlier requests without.
fn others<'c>(case: &'c Case, review: &Review) -> Vec<(&'c Review, Option<u32>)> {
    let this = case
        .items
        .iter()
        .map(|one| &one.review)
        .filter(|one| one.item != review.item || one.position != review.position);
    let earlier = case.subject.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Review(one) if one.request != review.request => Some((one, None)),
        _ => None,
    });
    this.map(|one| (one, Some(one.position))).chain(earlier).collect()
}

fn sha256(record: &Record) -> Option<&str> {
    match &record.content {
        Content::Paper(paper) => paper.body.as_ref().map(|body| body.sha256.as_str()),
        _ => None,
    }
}

fn pointed(words: &BTreeMap<String, String>, review: &Review, texts: &ItemTexts) -> Vec<Pointed> {
    let on_parts: Vec<Redactions> = all_redactions(texts, review);
    let mut found: Vec<Pointed> = Vec::new();
    for (words, why) in words {
        let Some(term) = Term::new(words) else { continue };
        for ((part, text), on) in (0_u16..).zip(&texts.parts).zip(&on_parts) {
            for at in find_all(&term, &text.text) {
                let is_covered = on.spans().iter().any(|span| span.start < at.end && at.start < span.end);
                let turned_down = review.turned_down.contains(&(part, narrow(at.start), narrow(at.end)));
                let known = found.iter().any(|one| one.part == part && one.start < at.end && at.start < one.end);
                if !is_covered && !turned_down && !known {
                    found.push(Pointed {
                        part,
                        start: at.start,
                        end: at.end,
                        why: why.clone(),
                        sure: "decided before",
                    });
                }
            }
        }
    }
    found
}

/// Takes over what was covered in a copy of the same paper: boxes always, passages where the texts are the same.
pub(crate) fn taken_over(to: &mut Review, from: &Review, (here, there): (&ItemTexts, &ItemTexts)) {
    for one in &from.covered {
        let part = usize::from(one.part);
        if here
            .parts
            .get(part)
            .is_some_and(|part_here| there.parts.get(part).is_some_and(|other| part_here.text == other.text))
            && !to.covered.iter().any(|own| (own.part, own.start, own.end) == (one.part, one.start, one.end))
        {
            to.covered.push(one.clone());
        }
    }
    to.covered.sort_by_key(|one| (one.part, one.start, one.end));
    for one in &from.boxes {
        let place = |one: &records::requests::CoveredBox| (one.page, one.left, one.top, one.width, one.height);
        if !to.boxes.iter().any(|own| place(own) == place(one)) {
            to.boxes.push(one.clone());
        }
    }
    to.boxes.sort_by_key(|one| (one.page, one.top, one.left));
}

/// Whether two items hold the very same file, or are the same record.
pub(crate) async fn same_paper(office: &Office, case: &Case, one: &ItemRef, other: &ItemRef) -> Result<bool, Stopped> {
    let (one, other) = (case.record(office, one).await?, case.record(office, other).await?);
    Ok(sha256(&one).is_some() && sha256(&one) == sha256(&other))
}
