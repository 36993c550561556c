//! Tests of words and boxes on pages.

use jiff::Timestamp;
use records::requests::ItemRef;
use records::{Kind, RecordId};

use super::super::texts::Part;
use super::*;

/// Two lines of two words on a page of 100 by 100 points: "Ada met" and "Corwin Quill".
fn pages() -> PaperPages {
    let text = "Ada met\nCorwin Quill".to_owned();
    let word = |range: Range<usize>, left: u32, top: u32| WordAt {
        range,
        area: Area { left, top, width: 3_000, height: 1_000 },
    };
    let words =
        vec![word(0..3, 1_000, 1_000), word(4..7, 4_500, 1_000), word(8..14, 1_000, 3_000), word(15..20, 4_500, 3_000)];
    let page = PaperPage { size: (10_000, 10_000), range: 0..text.len(), words };
    PaperPages {
        file: FileId::HOUSE,
        body: BodyId::from_bytes([0; 16]),
        file_name: "scan.pdf".to_owned(),
        sha256: String::new(),
        text,
        pages: vec![page],
        linked: Some((0, 0)),
    }
}

fn texts(pages: PaperPages) -> ItemTexts {
    let part = Part { role: Role::Body, text: pages.text.clone(), whole: false };
    ItemTexts {
        kind: Kind::Paper,
        heading: "Paper",
        happened: None,
        written: jiff::civil::date(2026, 3, 2),
        facts: Vec::new(),
        parts: vec![part],
        in_confidence: None,
        health: false,
        told_by_them: false,
        scan: false,
        pages: Some(Arc::new(pages)),
    }
}

fn review() -> Review {
    let (file, record) = (FileId::HOUSE, RecordId::from_bytes([0; 16]));
    Review {
        request: record,
        item: ItemRef { file, record, version: 1 },
        position: 1,
        verdict: records::requests::Verdict::Unread,
        withheld_for: None,
        covered: Vec::new(),
        turned_down: Vec::new(),
        undo: Vec::new(),
        boxes: Vec::new(),
        boxes_undo: Vec::new(),
        seen_pages: Vec::new(),
        as_images: None,
        known_to_them: None,
        remarks: None,
    }
}

fn on(area: Area) -> CoveredBox {
    let Area { left, top, width, height } = area;
    let reason = "about-someone-else".to_owned();
    CoveredBox { page: 0, left, top, width, height, reason, by: FileId::HOUSE, at: Timestamp::UNIX_EPOCH }
}

fn sent(texts: &ItemTexts, review: &Review) -> SeenPage {
    as_pictures(texts, review).unwrap().as_sent(texts, review, &mut Numbering::default()).remove(0)
}

fn shown(page: &SeenPage) -> String {
    let piece = |piece: &Segment| match piece {
        Segment::Shown(words) => words.clone(),
        Segment::Covered { number, .. } => format!("[{number}]"),
    };
    page.text.iter().map(piece).collect()
}

#[test]
fn a_passage_of_the_text_is_black_on_the_page_where_its_words_stand() {
    let texts = texts(pages());
    let reason = "about-someone-else".to_owned();
    let passage = Covered { part: 0, start: 8, end: 20, reason, by: FileId::HOUSE, at: Timestamp::UNIX_EPOCH };
    let page = sent(&texts, &Review { covered: vec![passage], ..review() });
    assert_eq!(shown(&page), "Ada met\n[1]");
    assert_eq!(page.burns.len(), 1, "one box for the line: {:?}", page.burns);
    let word = Area { left: 1_000, top: 3_000, width: 6_500, height: 1_000 };
    assert_eq!(word.share_in(&page.burns[0].area), 100);
    assert_eq!(page.layer.iter().map(|run| run.words.as_str()).collect::<Vec<_>>(), ["Ada met"]);
}

#[test]
fn a_box_on_the_page_covers_the_words_under_it_in_the_text() {
    let texts = texts(pages());
    let review = Review { boxes: vec![on(Area { left: 4_400, top: 900, width: 3_000, height: 3_000 })], ..review() };
    let page = sent(&texts, &review);
    // "met" and "Quill", but not "Corwin" between them.
    assert_eq!(shown(&page), "Ada [1]\nCorwin [2]");
    let covered = texts.pages.as_ref().unwrap().from_boxes(&review.boxes);
    assert_eq!(covered.iter().map(|one| (one.start, one.end)).collect::<Vec<_>>(), [(4, 7), (15, 20)]);
    assert_eq!(texts.pages.as_ref().unwrap().withheld(&texts, &review), ["met", "Quill"]);
    let numbers: std::collections::BTreeSet<u32> = page.burns.iter().map(|burn| burn.number).collect();
    assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [1, 2], "every number has a box");
}

#[test]
fn a_box_over_no_words_has_a_number_of_its_own() {
    let texts = texts(pages());
    let page = sent(
        &texts,
        &Review { boxes: vec![on(Area { left: 0, top: 7_000, width: 2_000, height: 2_000 })], ..review() },
    );
    assert_eq!(shown(&page), "Ada met\nCorwin Quill\n\n[1]");
    assert_eq!(page.burns.len(), 1);
}

#[test]
fn half_a_word_is_covered_whole_on_the_page_and_in_its_words() {
    let texts = texts(pages());
    let passage =
        Covered { part: 0, start: 10, end: 12, reason: String::new(), by: FileId::HOUSE, at: Timestamp::UNIX_EPOCH };
    assert_eq!(shown(&sent(&texts, &Review { covered: vec![passage], ..review() })), "Ada met\n[1] Quill");
}

#[test]
fn what_is_covered_in_a_typed_text_is_covered_where_it_stands_on_the_page() {
    let typed = PaperPages { linked: None, ..pages() };
    let mut texts = texts(typed);
    texts.parts[0].text = "Corwin Quill was met by Ada".to_owned();
    let passage =
        Covered { part: 0, start: 0, end: 12, reason: String::new(), by: FileId::HOUSE, at: Timestamp::UNIX_EPOCH };
    assert_eq!(shown(&sent(&texts, &Review { covered: vec![passage], ..review() })), "Ada met\n[1]");
}

#[test]
fn pages_that_nobody_looked_at_are_named() {
    let texts = texts(pages());
    assert_eq!(unseen(&texts, &review()), [1]);
    assert!(unseen(&texts, &Review { seen_pages: vec![0], ..review() }).is_empty());
    assert!(unseen(&texts, &Review { as_images: Some(false), ..review() }).is_empty());
}
