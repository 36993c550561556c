//! Coverings as they are stored, brought together with the texts they lie on.

use papers::redact::{Numbering, RedactionReason, Redactions, Segment, Span, segments};
use records::requests::{Covered, Review};

use super::pages::{PaperPages, SeenPage, as_pictures};
use super::texts::{ItemTexts, Part, Role};

/// The reason behind a stored code. What cannot be read stays covered, for a reason that is not named.
pub fn reason_of(code: &str) -> RedactionReason {
    RedactionReason::from_code(code).unwrap_or(RedactionReason::Other)
}

/// The coverings of one text. Whatever does not fit its text covers all of it: rather too much than too little.
pub fn redactions(part: &Part, number: u16, covered: &[Covered]) -> Redactions {
    let spans: Vec<Span> = covered
        .iter()
        .filter(|one| one.part == number)
        .map(|one| Span { start: one.start as usize, end: one.end as usize, reason: reason_of(&one.reason) })
        .collect();
    let Some(first) = spans.first().map(|span| span.reason) else { return Redactions::default() };
    if !part.whole
        && let Ok(fitting) = Redactions::new(&part.text, spans)
    {
        return fitting;
    }
    // INVARIANT: a span over the whole of a text that is not empty always fits it.
    Redactions::new(&part.text, [Span { start: 0, end: part.text.len(), reason: first }]).expect("the whole text")
}

/// The coverings of all texts of an item, in their order; what lies under a box on a page is covered in the text.
pub fn all_redactions(texts: &ItemTexts, review: &Review) -> Vec<Redactions> {
    let mut covered = review.covered.clone();
    covered.extend(texts.pages.iter().flat_map(|pages| pages.from_boxes(&review.boxes)));
    (0_u16..).zip(&texts.parts).map(|(number, part)| redactions(part, number, &covered)).collect()
}

/// The words that are covered in an item.
pub fn withheld(texts: &ItemTexts, review: &Review) -> Vec<String> {
    let on_parts = all_redactions(texts, review);
    let in_texts = texts.parts.iter().zip(&on_parts).flat_map(|(part, on)| on.withheld(&part.text));
    let on_pages = texts.pages.iter().flat_map(|pages| pages.withheld(texts, review));
    in_texts.map(str::to_owned).chain(on_pages).collect()
}

/// The text that goes out on the pictures of its pages, and not once more beside them.
fn on_pictures(texts: &ItemTexts, review: &Review) -> Option<u16> {
    as_pictures(texts, review).and_then(PaperPages::part)
}

/// An item as it goes out: title and source apart while nothing is covered in them, the rest as one text.
pub struct AsSent {
    /// What it is headed with.
    pub heading: String,
    /// Where it came from.
    pub source: Option<String>,
    /// Its text.
    pub text: Vec<Segment>,
    /// The pages that go out as pictures.
    pub pages: Vec<SeenPage>,
}

/// Cuts an item into what is shown and what is covered, with the numbering of the whole pack.
pub fn as_sent(texts: &ItemTexts, review: &Review, numbering: &mut Numbering) -> AsSent {
    let mut sent = AsSent { heading: texts.heading.to_owned(), source: None, text: Vec::new(), pages: Vec::new() };
    let pictured = on_pictures(texts, review);
    let parts = (0_u16..).zip(&texts.parts).zip(all_redactions(texts, review));
    for ((_, part), on) in parts.filter(|((number, _), _)| Some(*number) != pictured) {
        match part.role {
            Role::Title if on.is_empty() => sent.heading.clone_from(&part.text),
            Role::Source if on.is_empty() => {
                let words = part.text.strip_prefix(super::texts::SOURCE_LABEL).unwrap_or(&part.text);
                sent.source = Some(words.to_owned());
            }
            Role::Title | Role::Source | Role::Body => {
                if !sent.text.is_empty() {
                    sent.text.push(Segment::Shown("\n\n".to_owned()));
                }
                sent.text.extend(segments(&part.text, &on, numbering));
            }
        }
    }
    if let Some(pages) = as_pictures(texts, review) {
        sent.pages = pages.as_sent(texts, review, numbering);
    }
    sent
}

/// The words of an item that the person who asked will read, one text each. A square stands where words are covered.
pub fn shown(texts: &ItemTexts, review: &Review) -> Vec<String> {
    let on_parts = all_redactions(texts, review);
    let pictured = on_pictures(texts, review);
    let parts = (0_u16..).zip(&texts.parts).zip(&on_parts).filter(|((number, _), _)| Some(*number) != pictured);
    let read = |pieces: Vec<Segment>| {
        let words = |piece| if let Segment::Shown(words) = piece { words } else { " ■ ".to_owned() };
        pieces.into_iter().map(words).collect::<String>()
    };
    let mut all: Vec<String> =
        parts.map(|((_, part), on)| read(segments(&part.text, on, &mut Numbering::default()))).collect();
    if let Some(pages) = as_pictures(texts, review) {
        let sent = pages.as_sent(texts, review, &mut Numbering::default());
        all.extend(sent.into_iter().map(|page| read(page.text)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use records::FileId;

    fn covered(start: u32, end: u32, reason: &str) -> Covered {
        Covered { part: 0, start, end, reason: reason.to_owned(), by: FileId::HOUSE, at: Timestamp::UNIX_EPOCH }
    }

    fn review(covered: Vec<Covered>) -> Review {
        let record =
            records::sample::content(records::Kind::Review, FileId::HOUSE, records::ServiceId::from_bytes([0; 16]), "");
        let records::Content::Review(review) = record else { unreachable!() };
        Review { covered, ..review }
    }

    fn part(text: &str, whole: bool) -> Part {
        Part { role: Role::Body, text: text.to_owned(), whole }
    }

    #[test]
    fn a_covering_that_cuts_a_letter_or_reaches_too_far_covers_everything() {
        let text = part("Zoë came", false);
        for (start, end) in [(2, 3), (0, 400), (5, 5)] {
            let on = redactions(&text, 0, &[covered(start, end, "about-someone-else")]);
            assert_eq!(on.withheld(&text.text), ["Zoë came"], "{start}..{end}");
        }
        let fits = redactions(&text, 0, &[covered(0, 4, "about-someone-else")]);
        assert_eq!(fits.withheld(&text.text), ["Zoë"]);
    }

    #[test]
    fn words_that_come_from_elsewhere_are_covered_as_a_whole() {
        let text = part("Who: Kim Sample-Longer, mother", true);
        let on = redactions(&text, 0, &[covered(5, 8, "about-someone-else")]);
        assert_eq!(on.withheld(&text.text), [text.text.as_str()]);
    }

    #[test]
    fn an_unknown_reason_still_covers() {
        let text = part("Kim", false);
        assert!(!redactions(&text, 0, &[covered(0, 3, "a word of a later version")]).is_empty());
    }

    #[test]
    fn a_title_in_which_something_is_covered_no_longer_heads_the_record() {
        let texts = ItemTexts {
            kind: records::Kind::Note,
            heading: "Note",
            happened: None,
            written: jiff::civil::date(2026, 3, 2),
            facts: Vec::new(),
            parts: vec![
                Part { role: Role::Title, text: "Call about Kim".into(), whole: false },
                Part { role: Role::Body, text: "All well.".into(), whole: false },
            ],
            in_confidence: None,
            health: false,
            told_by_them: false,
            scan: false,
            pages: None,
        };
        let open = as_sent(&texts, &review(Vec::new()), &mut Numbering::default());
        assert_eq!(open.heading, "Call about Kim");
        let sent = as_sent(&texts, &review(vec![covered(11, 14, "about-someone-else")]), &mut Numbering::default());
        assert_eq!(sent.heading, "Note");
        assert!(
            matches!(&sent.text[..], [Segment::Shown(before), Segment::Covered { .. }, ..] if before == "Call about ")
        );
    }
}
