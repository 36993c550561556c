//! The pages of a paper on the desk: where its words stand, what boxes lie on them, and how they go out as pictures.
//!
//! A passage that is covered in the text is covered on the page too, word by word; a box that is drawn on the page covers
//! the words under it in the text as well. Neither can be forgotten for the other.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use extract::reading::{Reading, Word};
use papers::document::{LayerRun, WHOLE_SIDE};
use papers::pages::{Area, Burn, POINT};
use papers::redact::{Numbering, RedactionReason, Redactions, Segment, Span, Term, find_all, segments};
use records::requests::{Covered, CoveredBox, Review};
use records::work::{Paper, TextFrom};
use records::{BodyId, Content, FileId, Record};

use super::covering::{reason_of, redactions};
use super::read::narrow;
use super::texts::{ItemTexts, Role};
use crate::office::Office;
use crate::stopped::Stopped;

/// From so many hundredths of itself under a box on, a word is covered.
const UNDER: u64 = 12;

/// What a box reaches over the edges of a word, in hundredths of a point.
const AROUND: u32 = 80;

/// A word of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordAt {
    /// Its bytes in [`PaperPages::text`].
    pub range: Range<usize>,
    /// Where it stands.
    pub area: Area,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperPage {
    /// Its width and height in hundredths of a point.
    pub size: (u32, u32),
    /// Its bytes in [`PaperPages::text`].
    pub range: Range<usize>,
    /// Its words, in reading order.
    pub words: Vec<WordAt>,
}

/// The pages of a paper that can be shown as pictures.
#[derive(Clone, PartialEq, Eq)]
pub struct PaperPages {
    /// The file in which it lies.
    pub file: FileId,
    /// Its body on the shelf.
    pub body: BodyId,
    /// Its file name, which says how it is read.
    pub file_name: String,
    /// SHA-256 of the body.
    pub sha256: String,
    /// What was read out of it.
    pub text: String,
    /// The pages.
    pub pages: Vec<PaperPage>,
    /// Which text of the item holds these words, and by how many bytes its places lie in front of those here.
    linked: Option<(u16, usize)>,
}

/// A page as it goes out, without its pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenPage {
    /// Which, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
    /// Its size in hundredths of a point.
    pub size: (u32, u32),
    /// Its words.
    pub text: Vec<Segment>,
    /// The boxes to burn in.
    pub burns: Vec<Burn>,
    /// The words that may be read, where they stand.
    pub layer: Vec<LayerRun>,
}

fn hundredths(points: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` keeps to the range of a page")]
    let whole = (points * 100.0).round().clamp(0.0, 10_000_000.0) as u32;
    whole
}

fn area(word: &Word) -> Area {
    let (left, top) = (hundredths(word.x), hundredths(word.y));
    Area { left, top, width: hundredths(word.width).max(POINT / 2), height: hundredths(word.height).max(POINT / 2) }
}

/// Takes the pages of a paper from the shelf; none where the record has no pages that can be shown.
pub(crate) async fn pages_of(
    office: &Office,
    file: FileId,
    record: &Record,
    texts: &ItemTexts,
) -> Result<Option<Arc<PaperPages>>, Stopped> {
    let Content::Paper(paper) = &record.content else { return Ok(None) };
    let (Some(body), Some(reading)) = (&paper.body, paper.reading) else { return Ok(None) };
    if paper.pages == 0 {
        return Ok(None);
    }
    let json = office.book().body(file, reading).await?;
    let damaged = |_| book::BookError::Corrupt { place: format!("reading {reading}"), what: "it does not read".into() };
    let reading: Reading = serde_json::from_slice(&json).map_err(damaged).map_err(Stopped::Store)?;
    let pages = reading.pages.iter().enumerate().map(|(number, page)| PaperPage {
        size: (hundredths(page.width).max(POINT), hundredths(page.height).max(POINT)),
        range: reading.parts.get(number).map_or(0..0, |part| part.start..part.end),
        words: page.words.iter().map(|word| WordAt { range: word.start..word.end, area: area(word) }).collect(),
    });
    Ok(Some(Arc::new(PaperPages {
        file,
        body: body.id,
        file_name: body.file_name.for_paper().clone(),
        sha256: body.sha256.clone(),
        pages: pages.collect(),
        linked: linked(paper, &reading, texts),
        text: reading.text,
    })))
}

/// The text of the record is the beginning of what was read, without the white space around it.
fn linked(paper: &Paper, reading: &Reading, texts: &ItemTexts) -> Option<(u16, usize)> {
    let text = paper.text.as_ref().filter(|_| paper.text_from != TextFrom::Typed)?.for_paper();
    let lead = reading.text.len() - reading.text.trim_start().len();
    let same = reading.text.get(lead..)?.starts_with(text.as_str());
    let part = texts.parts.iter().position(|part| part.role == Role::Body && part.text == *text)?;
    same.then_some((u16::try_from(part).ok()?, lead))
}

/// A stored box as an area.
pub fn area_of(one: &CoveredBox) -> Area {
    Area { left: one.left, top: one.top, width: one.width, height: one.height }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

impl PaperPages {
    /// Which text of the item is shown on the pages, where one is.
    pub fn part(&self) -> Option<u16> {
        self.linked.map(|(part, _)| part)
    }

    /// The bytes of the words that lie under a box, run by run in reading order.
    pub fn under(&self, page: u32, on: &Area) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for (index, word) in self.pages.get(page as usize).into_iter().flat_map(|page| &page.words).enumerate() {
            if word.area.share_in(on) < UNDER {
                continue;
            }
            match runs.last_mut() {
                Some(run) if last.is_some_and(|last| last + 1 == index) => run.end = word.range.end,
                _ => runs.push(word.range.clone()),
            }
            last = Some(index);
        }
        runs
    }

    /// The lines on which words stand, as areas: where a passage is covered, this is what is black.
    pub fn lines_of(&self, page: u32, range: &Range<usize>) -> Vec<Area> {
        let mut lines: Vec<Area> = Vec::new();
        let words = self.pages.get(page as usize).into_iter().flat_map(|page| &page.words);
        for word in words.filter(|word| overlap(&word.range, range)) {
            let wider = word.area.wider(AROUND);
            match lines.last_mut() {
                Some(line) if same_line(line, &wider) => *line = line.with(&wider),
                _ => lines.push(wider),
            }
        }
        lines
    }

    /// Where words stand on the pages: page, and bytes.
    pub fn find(&self, words: &str) -> Vec<(u32, Range<usize>)> {
        let Some(term) = Term::new(words) else { return Vec::new() };
        let found = find_all(&term, &self.text).into_iter();
        found.filter_map(|range| Some((self.page_of(range.start)?, range))).collect()
    }

    /// The lines on which words stand, whole: page, and area.
    pub fn lines_with(&self, words: &str) -> Vec<(u32, Area)> {
        let mut lines: Vec<(u32, Area)> = Vec::new();
        for (page, range) in self.find(words) {
            for found in self.lines_of(page, &range) {
                let beside = |area: &Area| {
                    let middle = area.top + area.height / 2;
                    middle > found.top && middle < found.top + found.height
                };
                let words = self.pages.get(page as usize).into_iter().flat_map(|page| &page.words);
                let line = words.filter(|word| beside(&word.area)).fold(found, |line, word| line.with(&word.area));
                if !lines.contains(&(page, line)) {
                    lines.push((page, line));
                }
            }
        }
        lines
    }

    fn page_of(&self, at: usize) -> Option<u32> {
        let page = self.pages.iter().position(|page| page.range.start <= at && at < page.range.end)?;
        u32::try_from(page).ok()
    }

    /// What boxes on the pages cover in the texts of the item.
    pub fn from_boxes(&self, boxes: &[CoveredBox]) -> Vec<Covered> {
        let Some((part, lead)) = self.linked else { return Vec::new() };
        let covered = |one: &CoveredBox, range: Range<usize>| {
            Some(Covered {
                part,
                start: narrow(range.start.checked_sub(lead)?),
                end: narrow(range.end.checked_sub(lead)?),
                reason: one.reason.clone(),
                by: one.by,
                at: one.at,
            })
        };
        let each =
            boxes.iter().flat_map(|one| self.under(one.page, &area_of(one)).into_iter().map(move |at| (one, at)));
        each.filter_map(|(one, range)| covered(one, range)).collect()
    }

    /// Everything that is covered in [`Self::text`]: passages of the text, and what lies under boxes.
    fn spans(&self, texts: &ItemTexts, review: &Review) -> Redactions {
        let mut spans: Vec<Span> = Vec::new();
        if let Some((part, lead)) = self.linked
            && let Some(text) = texts.parts.get(usize::from(part))
        {
            let on = redactions(text, part, &review.covered);
            spans.extend(on.spans().iter().map(|span| Span {
                start: span.start + lead,
                end: span.end + lead,
                ..*span
            }));
        }
        // Words that are covered in a title, or in what somebody typed off, are covered where they stand on the pages.
        for (number, part) in (0_u16..).zip(&texts.parts).filter(|(number, _)| Some(*number) != self.part()) {
            for span in redactions(part, number, &review.covered).spans() {
                let words = part.text.get(span.start..span.end).unwrap_or_default();
                spans.extend(self.find(words).into_iter().map(|(_, range)| Span {
                    start: range.start,
                    end: range.end,
                    reason: span.reason,
                }));
            }
        }
        for one in &review.boxes {
            let runs = self.under(one.page, &area_of(one)).into_iter();
            spans.extend(runs.map(|run| Span { start: run.start, end: run.end, reason: reason_of(&one.reason) }));
        }
        // Half a word cannot be covered on a page: the text follows the page.
        for span in &mut spans {
            for word in self.pages.iter().flat_map(|page| &page.words) {
                if overlap(&word.range, &(span.start..span.end)) {
                    span.start = span.start.min(word.range.start);
                    span.end = span.end.max(word.range.end);
                }
            }
        }
        Redactions::new(&self.text, spans).unwrap_or_else(|_| {
            let all = Span { start: 0, end: self.text.len(), reason: RedactionReason::Other };
            Redactions::new(&self.text, [all]).unwrap_or_default()
        })
    }

    /// The words that are covered on the pages.
    pub fn withheld(&self, texts: &ItemTexts, review: &Review) -> Vec<String> {
        self.spans(texts, review).withheld(&self.text).into_iter().map(str::to_owned).collect()
    }

    /// The pages as they go out, with the numbering of the whole pack.
    pub fn as_sent(&self, texts: &ItemTexts, review: &Review, numbering: &mut Numbering) -> Vec<SeenPage> {
        let all = self.spans(texts, review);
        let of = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        (0..of).zip(&self.pages).map(|page| self.page_as_sent(page, &all, review, numbering)).collect()
    }

    fn page_as_sent(
        &self,
        (page, shape): (u32, &PaperPage),
        all: &Redactions,
        review: &Review,
        numbering: &mut Numbering,
    ) -> SeenPage {
        let words = self.text.get(shape.range.clone()).unwrap_or_default();
        let on = Redactions::new(words, spans_on(all, &shape.range)).unwrap_or_default();
        let mut text = segments(words, &on, numbering);
        let numbers: Vec<u32> = text
            .iter()
            .filter_map(|piece| if let Segment::Covered { number, .. } = piece { Some(*number) } else { None })
            .collect();
        let mut burns: Vec<Burn> = Vec::new();
        let mut by_span: BTreeMap<u32, Vec<Area>> = BTreeMap::new();
        let whole = |span: &Span| span.start + shape.range.start..span.end + shape.range.start;
        for (span, number) in on.spans().iter().zip(&numbers) {
            by_span.insert(*number, self.lines_of(page, &whole(span)));
        }
        for one in review.boxes.iter().filter(|one| one.page == page) {
            let own = area_of(one);
            let runs = self.under(page, &own);
            let of_words = on
                .spans()
                .iter()
                .zip(&numbers)
                .find(|(span, _)| runs.iter().any(|run| overlap(run, &whole(span))))
                .map(|(_, number)| *number);
            let number = of_words.unwrap_or_else(|| {
                let number = numbering.take();
                if !text.is_empty() {
                    text.push(Segment::Shown("\n\n".to_owned()));
                }
                text.push(Segment::Covered { number, reason: reason_of(&one.reason) });
                number
            });
            if let Some(lines) = by_span.get_mut(&number) {
                lines.retain(|line| line.share_in(&own) < 100);
            }
            burns.push(Burn { area: own, number });
        }
        for (number, lines) in &by_span {
            burns.extend(lines.iter().map(|area| Burn { area: *area, number: *number }));
        }
        // A covered word that stands nowhere on the page covers the whole page rather than nothing of it.
        let whole_page = Area { left: 0, top: 0, width: shape.size.0, height: shape.size.1 };
        for number in &numbers {
            if !burns.iter().any(|burn| burn.number == *number) {
                burns.push(Burn { area: whole_page, number: *number });
            }
        }
        let layer = self.layer(shape, &on);
        let of = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        SeenPage { number: page + 1, of, size: shape.size, text, burns, layer }
    }

    /// The words that may be read, line by line.
    fn layer(&self, shape: &PaperPage, on: &Redactions) -> Vec<LayerRun> {
        let mut lines: Vec<(String, Area)> = Vec::new();
        let mut broken = true;
        for word in &shape.words {
            let covered = on
                .spans()
                .iter()
                .any(|span| overlap(&(span.start + shape.range.start..span.end + shape.range.start), &word.range));
            if covered {
                broken = true;
                continue;
            }
            let words = self.text.get(word.range.clone()).unwrap_or_default();
            match lines.last_mut() {
                Some((line, area)) if !broken && same_line(area, &word.area) => {
                    line.push(' ');
                    line.push_str(words);
                    *area = area.with(&word.area);
                }
                _ => lines.push((words.to_owned(), word.area)),
            }
            broken = false;
        }
        let scale = |at: u32, side: u32| {
            let scaled = u64::from(at) * u64::from(WHOLE_SIDE) / u64::from(side.max(1));
            u32::try_from(scaled).unwrap_or(WHOLE_SIDE).min(WHOLE_SIDE)
        };
        let runs = lines.into_iter().map(|(words, area)| LayerRun {
            words,
            area: Area {
                left: scale(area.left, shape.size.0),
                top: scale(area.top, shape.size.1),
                width: scale(area.width, shape.size.0),
                height: scale(area.height, shape.size.1),
            },
        });
        runs.collect()
    }
}

/// The covered stretches of one page, counted from its beginning.
fn spans_on(all: &Redactions, page: &Range<usize>) -> Vec<Span> {
    let on_it = all.spans().iter().filter(|span| overlap(&(span.start..span.end), page));
    on_it
        .map(|span| Span {
            start: span.start.max(page.start) - page.start,
            end: span.end.min(page.end) - page.start,
            reason: span.reason,
        })
        .collect()
}

/// Whether a word goes on in the line of the one before.
fn same_line(line: &Area, next: &Area) -> bool {
    let middle = next.top + next.height / 2;
    next.left + next.width >= line.left
        && middle > line.top
        && middle < line.top + line.height
        && next.left < line.left + line.width + 4 * line.height.max(next.height)
}

/// Whether the pages of an item go out as pictures.
pub fn as_pictures<'t>(texts: &'t ItemTexts, review: &Review) -> Option<&'t PaperPages> {
    let pages = texts.pages.as_deref()?;
    review.as_images.unwrap_or(true).then_some(pages)
}

/// The pages that nobody has looked at and that would go out, from 1.
pub fn unseen(texts: &ItemTexts, review: &Review) -> Vec<u32> {
    let Some(pages) = as_pictures(texts, review) else { return Vec::new() };
    let count = u32::try_from(pages.pages.len()).unwrap_or(u32::MAX);
    (0..count).filter(|page| !review.seen_pages.contains(page)).map(|page| page + 1).collect()
}

#[cfg(test)]
mod tests;
