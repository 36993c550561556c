//! Tests of the web page.

use jiff::civil::date;

use super::*;
use crate::document::{Letterhead, heading, paragraph};
use crate::pictures::Picture;

fn everything() -> Document {
    let mut document = Document::new(DocumentKind::Pack, "Answer to your request", date(2026, 11, 22));
    document.reference = Some("REQ-2026-0042".to_owned());
    document.letterhead =
        Letterhead { organisation: "Kite & Lantern".to_owned(), lines: vec!["1 High Street".to_owned()] };
    document.addressee = vec!["Ada Okafor".to_owned(), "2 Low Road".to_owned()];
    document.footer = Some("Charity number 0000000".to_owned());
    document.blocks = vec![
        heading(1, "What this is"),
        paragraph("Dear Ada,\nhere is <everything>."),
        Block::List(vec![vec![Inline::Strong("one".to_owned())]]),
        Block::Numbered(vec![vec![Inline::Text("first".to_owned())]]),
        Block::Facts(vec![("Dated".to_owned(), vec![Inline::Text("4 March 2026".to_owned())])]),
        Block::Table(Table {
            caption: "Reasons".to_owned(),
            head: vec!["Number".to_owned(), "Why".to_owned()],
            rows: vec![vec![vec![Inline::Text("1".to_owned())]]],
            row_headers: true,
            widths: Vec::new(),
        }),
        Block::Callout { title: "Not happy?".to_owned(), body: vec![vec![Inline::Text("Tell us.".to_owned())]] },
        Block::EasyRead { picture: Picture::Letter, text: vec![Inline::Text("We wrote.".to_owned())] },
        Block::Contents,
        Block::PageBreak,
        heading(1, "The records"),
        Block::Item(Item {
            number: 1,
            heading: "Note".to_owned(),
            dated: Some("4 March 2026".to_owned()),
            source: Some("Family worker".to_owned()),
            facts: vec![("Written".to_owned(), "5 March 2026".to_owned())],
            text: vec![vec![
                Inline::Text("Came with ".to_owned()),
                Inline::Redacted { number: 12, reason: 1 },
                Inline::LineBreak,
                Inline::Link { text: "page".to_owned(), href: "https://example.org/?a=1&b=2".to_owned() },
                Inline::Link { text: "bad".to_owned(), href: "javascript:alert(1)".to_owned() },
            ]],
            pages: Vec::new(),
        }),
        Block::Address(vec!["Line 1".to_owned(), "Line 2".to_owned()]),
    ];
    document
}

#[test]
fn a_fragment_with_every_kind_of_block_reads_as_agreed() {
    insta::assert_snapshot!("fragment_with_every_kind_of_block", fragment(&everything()));
}

#[test]
fn text_is_never_read_as_markup() {
    let hostile = "</title><script>alert(1)</script>\"'&#x0;\u{0}\u{7}";
    let mut document = everything();
    document.title = hostile.to_owned();
    document.reference = Some(hostile.to_owned());
    document.language = hostile.to_owned();
    document.blocks.push(Block::Item(Item {
        number: 2,
        heading: hostile.to_owned(),
        dated: Some(hostile.to_owned()),
        source: None,
        facts: vec![(hostile.to_owned(), hostile.to_owned())],
        text: vec![vec![
            Inline::Text(hostile.to_owned()),
            Inline::Link { text: hostile.to_owned(), href: format!("https://x/{hostile}") },
        ]],
        pages: Vec::new(),
    }));
    let html = page(&document);
    assert!(!html.contains("<script") && !html.contains('\u{0}') && !html.contains('\u{7}'));
    assert_eq!(html.matches("</title>").count(), 1);
}

#[test]
fn a_page_loads_and_runs_nothing() {
    let html = page(&everything());
    for word in ["<script", "<link", "src=", "url(", "@import", "onclick"] {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.contains("<html lang=\"en-GB\">"));
}

#[test]
fn only_safe_addresses_are_linked() {
    let html = fragment(&everything());
    assert!(html.contains("href=\"https://example.org/?a=1&amp;b=2\""));
    assert!(!html.contains("javascript"));
}

#[test]
fn a_box_has_words_for_people_who_do_not_see_it() {
    let html = fragment(&everything());
    assert!(html.contains("<span class=\"hidden\">Left out </span>12"));
    assert!(html.contains("reason 1</mark>"));
}
