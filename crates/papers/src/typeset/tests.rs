//! Tests of the PDF.

use std::path::Path;
use std::process::Command;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::document::{Block, DocumentKind, Inline, Table, heading, paragraph, text};
use crate::{pack, plain, sample};

/// Runs a Debian tool on a file and returns what it prints. A missing tool fails the test with its package's name.
pub(crate) fn tool(name: &str, package: &str, arguments: &[&str], file: &Path) -> String {
    let mut command = Command::new(name);
    for argument in arguments {
        command.arg(if *argument == "FILE" { file.as_os_str() } else { argument.as_ref() });
    }
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{name} is needed; install the Debian package {package}: {error}"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What `pdftotext` reads in a PDF: an extractor that is not ours.
pub(crate) fn read_by_poppler(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    tool("pdftotext", "poppler-utils", &["-enc", "UTF-8", "FILE", "-"], &file)
}

fn notice(words: &str) -> Document {
    let mut document = Document::new(DocumentKind::Notice, "Notice", date(2026, 11, 22));
    document.blocks = vec![heading(1, words), paragraph(words)];
    document
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

#[test]
fn every_sample_is_pdf_ua_with_title_language_and_tags() {
    let papers = [sample::letter(), sample::easy_read(), pack::document(&sample::pack())];
    let folder = tempfile::tempdir().unwrap();
    for document in papers {
        let file = folder.path().join("paper.pdf");
        std::fs::write(&file, to_pdf(&document).unwrap().pdf).unwrap();
        tool("qpdf", "qpdf", &["--check", "FILE"], &file);
        let info = tool("pdfinfo", "poppler-utils", &["FILE"], &file);
        assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{info}");
        assert!(info.contains(&document.title), "{info}");
        let xmp = tool("pdfinfo", "poppler-utils", &["-meta", "FILE"], &file);
        assert!(xmp.contains("pdfuaid:part") && xmp.contains("en-GB"), "{xmp}");
        let expanded = folder.path().join("expanded.pdf");
        let out = expanded.to_str().unwrap();
        tool("qpdf", "qpdf", &["--qdf", "--object-streams=disable", "FILE", out], &file);
        let raw = String::from_utf8_lossy(&std::fs::read(&expanded).unwrap()).into_owned();
        assert!(
            raw.contains("/Lang (en-GB)") && raw.contains("/StructTreeRoot") && raw.contains("/DisplayDocTitle true")
        );
    }
}

#[test]
fn tables_have_headings_for_columns_and_rows() {
    let mut document = notice("Table");
    document.blocks.push(Block::Table(Table {
        caption: "Times".to_owned(),
        head: vec!["Day".to_owned(), "From".to_owned()],
        rows: vec![vec![text("Monday"), text("9")], vec![text("Tuesday")]],
        row_headers: true,
        widths: vec![2, 1],
    }));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, to_pdf(&document).unwrap().pdf).unwrap();
    let structure = tool("pdfinfo", "poppler-utils", &["-struct", "FILE"], &file);
    assert!(structure.contains("Table") && structure.matches("TH").count() >= 4, "{structure}");
    assert!(structure.contains("/Scope /Column") && structure.contains("/Scope /Row"), "{structure}");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let document = pack::document(&sample::pack());
    assert_eq!(to_pdf(&document).unwrap().pdf, to_pdf(&document).unwrap().pdf);
}

#[test]
fn text_is_never_read_as_typst() {
    let hostile = [
        "#read(\"/etc/passwd\")",
        "#panic(\"x\")",
        // (Poppler reads a grave accent beside a letter as one sign, so the back-ticks stand alone.)
        "*bold* _it_ $x^2$ ` raw ` <label> @ref = Heading",
        "] #import \"@preview/x:0.1.0\": * [",
        "\\u{41} \\ // comment /* more */ ~ -- --- end",
        "{\"t\":\"link\",\"href\":\"file:///\"}",
        "#{while true {}}",
        "\"; #sys.inputs",
    ];
    for words in hostile {
        let paper = to_pdf(&notice(words)).unwrap();
        let read = read_by_poppler(&paper.pdf);
        let expected = squeezed(words);
        assert_eq!(squeezed(&read).matches(&expected).count(), 2, "{words}: {read}");
    }
}

#[test]
fn no_text_makes_it_fail() {
    let hostile = [
        "😀👨‍👩‍👧🏳️‍🌈🇬🇧1️⃣".to_owned(),
        "中文 日本語 한국어 ไทย हिन्दी தமிழ்".to_owned(),
        "مرحبا بالعالم ‏שלום עולם‎".to_owned(),
        "a\u{202E}b\u{200B}c\u{FEFF}d\u{0}e\u{1B}[31mf\u{7F}".to_owned(),
        "z̷̢̛a̴̡l̶̨g̵o\u{301}\u{302}\u{303}\u{304}".repeat(50),
        "\u{E000}\u{F8FF}\u{FFFD}\u{FFFE}\u{10FFFF}\u{E0041}".to_owned(),
        "\u{300}\u{1F3FB}\u{20E3}\u{FE0F}".to_owned(),
        "x".repeat(100_000),
        "word ".repeat(20_000),
        "\n\n\n\r\n\t\u{2028}\u{85}".to_owned(),
        String::new(),
        "ﷺ ﬃ Ǆ ẞ ŉ ℵ ∑ ▓ ─ ✓ ① ⅷ 𝔸 𓀀".to_owned(),
    ];
    for words in hostile {
        let paper = to_pdf(&notice(&words))
            .map_err(|error| format!("{error} for {:?}", words.chars().take(12).collect::<String>()));
        assert!(paper.unwrap().pages >= 1);
    }
}

#[test]
fn substituted_characters_are_shown_counted_and_explained() {
    let paper = to_pdf(&notice("Shop 中国 closed")).unwrap();
    assert_eq!(paper.substituted, ['中', '国']);
    let read = read_by_poppler(&paper.pdf);
    assert!(read.contains("[U+4E2D U+56FD]") && read.contains("Signs that this paper cannot print"), "{read}");
}

#[test]
fn welsh_polish_cyrillic_and_greek_come_out_as_they_went_in() {
    let words = "Ŵyn yn tŷ; zażółć gęślą jaźń; Привіт; Καλημέρα; naïve café";
    let paper = to_pdf(&notice(words)).unwrap();
    assert!(paper.substituted.is_empty());
    assert!(read_by_poppler(&paper.pdf).contains(words));
}

#[test]
fn emoji_with_a_typeface_stay_emoji() {
    let paper = to_pdf(&notice("Well done 👍😀")).unwrap();
    assert!(paper.substituted.is_empty());
    assert!(read_by_poppler(&paper.pdf).contains("👍"));
}

#[test]
fn every_page_says_where_it_is() {
    let mut document = sample::letter();
    document.blocks.extend((0..60).map(|n| paragraph(format!("Line {n}"))));
    let paper = to_pdf(&document).unwrap();
    let read = read_by_poppler(&paper.pdf);
    assert!(paper.pages > 1);
    for page in 1..=paper.pages {
        assert!(read.contains(&format!("Page {page} of {}", paper.pages)));
    }
    assert_eq!(read.matches("REQ-2026-0042").count(), paper.pages);
}

#[test]
fn everything_in_the_document_is_on_the_page() {
    let document = pack::document(&sample::pack());
    let read = squeezed(&read_by_poppler(&to_pdf(&document).unwrap().pdf));
    for word in plain::to_text(&document).split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)) {
        assert!(read.contains(word), "{word}");
    }
}

#[test]
fn the_error_quotes_nothing_from_the_paper() {
    let error = SourceDiagnostic::error(typst::syntax::Span::detached(), "the text \"Ada Quill\" could not be shown");
    assert_eq!(without_quotes(&[error]), "the text (1 in all)");
}

#[test]
fn headings_that_skip_levels_are_accepted() {
    let mut document = notice("x");
    document.blocks = vec![heading(4, "deep"), heading(1, "top"), heading(3, "skipped")];
    assert!(to_pdf(&document).is_ok());
}

#[test]
fn every_kind_of_block_may_be_empty() {
    let mut document = Document::new(DocumentKind::Pack, "", date(2026, 1, 1));
    document.blocks = vec![
        heading(1, ""),
        Block::Paragraph(vec![]),
        Block::List(vec![]),
        Block::Numbered(vec![vec![]]),
        Block::Facts(vec![]),
        Block::Table(Table::default()),
        Block::Callout { title: String::new(), body: vec![] },
        Block::Contents,
        Block::Address(vec![]),
        Block::Signature(vec![]),
        Block::PageBreak,
        Block::PageBreak,
        Block::Paragraph(vec![
            Inline::Link { text: String::new(), href: "https://example.org".to_owned() },
            Inline::LineBreak,
        ]),
    ];
    assert!(to_pdf(&document).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_at_all_becomes_a_paper(words in "[\\s\\S]{0,80}") {
        prop_assert!(to_pdf(&notice(&words)).is_ok());
    }
}
