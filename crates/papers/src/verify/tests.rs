//! Tests of searching what was made.

use jiff::civil::date;
use lopdf::content::{Content, Operation};
use lopdf::{Document as Pdf, Object, Stream, StringFormat, dictionary};
use proptest::prelude::*;

use super::*;
use crate::document::{Document, DocumentKind, Inline, paragraph};
use crate::pack::{FinishError, Withheld, finish};
use crate::typeset::tests::read_by_poppler;
use crate::{html as page, plain, sample, typeset};

const NAME: &str = "Liam Okafor";
const LONG: &str =
    "He told the worker that he was afraid to go home because of what happened on Friday night in the kitchen";

fn paper(words: &str) -> Vec<u8> {
    let mut document = Document::new(DocumentKind::Notice, "Answer", date(2026, 11, 22));
    document.blocks = vec![paragraph(words)];
    typeset::to_pdf(&document).unwrap().pdf
}

fn nothing() -> Allowed<'static> {
    Allowed::default()
}

fn places(kind: Kind, bytes: &[u8], withheld: &[&str]) -> Vec<Place> {
    search(kind, bytes, withheld, nothing()).unwrap().into_iter().map(|leak| leak.place).collect()
}

fn in_pdf(bytes: &[u8]) -> Vec<Place> {
    places(Kind::Pdf, bytes, &[NAME])
}

/// The paper with one thing planted in it.
fn planted(plant: impl FnOnce(&mut Pdf)) -> Vec<u8> {
    let mut pdf = Pdf::load_mem(&paper("Nothing to see here.")).unwrap();
    plant(&mut pdf);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

fn string(text: &str) -> Object {
    let utf16 = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(utf16, StringFormat::Hexadecimal)
}

/// A page of a plain PDF that shows these strings in Helvetica, one operation each.
fn plain_pdf(operations: Vec<Operation>) -> Pdf {
    let mut pdf = Pdf::with_version("1.5");
    let pages = pdf.new_object_id();
    let font = pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut all = vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 12.into()])];
    all.extend(operations);
    all.push(Operation::new("ET", vec![]));
    let stream = Stream::new(dictionary! {}, Content { operations: all }.encode().unwrap());
    let content = pdf.add_object(stream);
    let page = pdf.add_object(
        dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources },
    );
    let tree = dictionary! {
        "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    pdf.objects.insert(pages, Object::Dictionary(tree));
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalog);
    pdf
}

fn saved(mut pdf: Pdf) -> Vec<u8> {
    pdf.compress();
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_clean_paper_passes() {
    assert_eq!(in_pdf(&paper("Ada came with her brother.")), []);
}

#[test]
fn a_name_in_the_page_text_is_found_and_poppler_agrees() {
    let pdf = paper("Ada came with LIAM  OKAFOR.");
    assert_eq!(in_pdf(&pdf), [Place::Page(1)]);
    assert!(read_by_poppler(&pdf).to_lowercase().contains("liam okafor"));
}

#[test]
fn words_split_over_lines_and_pages_are_found() {
    let filler = "word ".repeat(13);
    assert_eq!(in_pdf(&paper(&format!("{filler} xxxxx Liam Okafor"))), [Place::Page(1)]);
    let pages = format!("{}{LONG} {}", "word ".repeat(560), "word ".repeat(40));
    let found = places(Kind::Pdf, &paper(&pages), &[LONG]);
    assert!(found.contains(&Place::Page(1)), "{found:?}");
}

#[test]
fn hyphenated_and_spaced_out_words_are_found() {
    for text in ["Liam Oka-\nfor", "L i a m O k a f o r", "Liam\u{AD} Oka\u{200B}for", "Liám Okàfor", "LiamOkafor"] {
        assert_eq!(places(Kind::Text, text.as_bytes(), &[NAME]), [Place::Text], "{text}");
    }
}

#[test]
fn a_black_box_over_living_text_is_found() {
    let pdf = planted(|pdf| {
        let page = pdf.page_iter().next().unwrap();
        let helvetica =
            pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
        let (inline, ids) = pdf.get_page_resources(page).unwrap();
        let mut resources = inline.unwrap_or_else(|| pdf.get_dictionary(ids[0]).unwrap()).clone();
        let mut fonts = resources.get_deref(b"Font", pdf).unwrap().as_dict().unwrap().clone();
        fonts.set("Hidden", helvetica);
        resources.set("Font", fonts);
        pdf.get_dictionary_mut(page).unwrap().set("Resources", resources);
        let content = b"\nBT /Hidden 12 Tf 100 400 Td (Liam Okafor) Tj ET 0 g 90 390 200 30 re f".to_vec();
        pdf.add_page_contents(page, content).unwrap();
    });
    assert!(in_pdf(&pdf).contains(&Place::Page(1)), "{:?}", in_pdf(&pdf));
}

#[test]
fn kerned_spread_and_moved_glyphs_are_found() {
    let piece = |text: &str| Object::string_literal(text);
    let kerned = vec![Operation::new(
        "TJ",
        vec![vec![piece("Li"), 30.into(), piece("am"), (-300).into(), piece("Okafor")].into()],
    )];
    let moved = vec![
        Operation::new("Td", vec![10.into(), 700.into()]),
        Operation::new("Tj", vec![piece("Liam")]),
        Operation::new("Td", vec![40.into(), 0.into()]),
        Operation::new("Tj", vec![piece("Okafor")]),
    ];
    let quoted = vec![Operation::new("'", vec![piece("Liam Okafor")])];
    for operations in [kerned, moved, quoted] {
        let pdf = saved(plain_pdf(operations));
        assert!(in_pdf(&pdf).contains(&Place::Page(1)));
    }
}

#[test]
fn properties_bookmarks_alternative_texts_notes_and_names_are_searched() {
    for key in ["Title", "Alt", "ActualText", "Contents", "F", "E", "TU"] {
        let pdf = planted(|pdf| {
            pdf.add_object(dictionary! { key => string(NAME) });
        });
        assert!(in_pdf(&pdf).contains(&Place::Key(key.to_owned())), "{key}: {:?}", in_pdf(&pdf));
    }
    let pdf = planted(|pdf| {
        let info = pdf.add_object(dictionary! { "Subject" => string(NAME) });
        pdf.trailer.set("Info", info);
    });
    assert!(in_pdf(&pdf).contains(&Place::Properties));
}

#[test]
fn metadata_attachments_and_streams_that_nothing_leads_to_are_searched() {
    let stream = |kind: &str, text: &str| Stream::new(dictionary! { "Type" => kind }, text.as_bytes().to_vec());
    let xmp = planted(|pdf| {
        pdf.add_object(stream(
            "Metadata",
            "<x:xmpmeta><dc:description>Liam&#32;Okafor, Liam Okafor</dc:description></x:xmpmeta>",
        ));
    });
    assert!(in_pdf(&xmp).contains(&Place::Metadata));
    let attached = planted(|pdf| {
        let mut file = stream("EmbeddedFile", &format!("{NAME} {}", "padding ".repeat(200)));
        file.compress().unwrap();
        assert!(file.is_compressed());
        pdf.add_object(file);
    });
    assert!(in_pdf(&attached).iter().any(|place| matches!(place, Place::Attachment(_))), "{:?}", in_pdf(&attached));
    let inner = paper(NAME);
    let nested = planted(|pdf| {
        pdf.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, inner.clone()));
    });
    assert!(in_pdf(&nested).iter().any(|place| matches!(place, Place::Attachment(_))));
    let orphan = planted(|pdf| {
        let mut lost = stream("Lost", &format!("{NAME} {}", "padding ".repeat(200)));
        lost.compress().unwrap();
        pdf.add_object(lost);
    });
    assert!(in_pdf(&orphan).iter().any(|place| matches!(place, Place::Stream(_))));
}

#[test]
fn bytes_after_the_end_and_earlier_revisions_are_searched() {
    let mut tail = paper("clean");
    tail.extend_from_slice(b"\n% Liam Okafor\n");
    assert!(in_pdf(&tail).contains(&Place::RawBytes));
    let mut hex = paper("clean");
    hex.extend_from_slice(b"\n<FEFF004C00690061006D0020004F006B00610066006F0072>\n");
    assert!(in_pdf(&hex).contains(&Place::RawBytes));

    // The first revision shows the name in the subset font; the second replaces the page's content.
    let first = paper(NAME);
    let mut second = lopdf::IncrementalDocument::create_from(first.clone(), Pdf::load_mem(&first).unwrap());
    let page = second.get_prev_documents().page_iter().next().unwrap();
    let contents = second.get_prev_documents().get_page_contents(page);
    for id in contents {
        second.new_document.set_object(id, Stream::new(dictionary! {}, b"q Q".to_vec()));
    }
    let mut bytes = Vec::new();
    second.save_to(&mut bytes).unwrap();
    assert!(!read_by_poppler(&bytes).contains("Liam"));
    assert!(in_pdf(&bytes).contains(&Place::EarlierRevision(1)), "{:?}", in_pdf(&bytes));
}

#[test]
fn what_cannot_be_read_is_never_called_clean() {
    assert_eq!(search(Kind::Pdf, b"not a pdf", &[NAME], nothing()), Err(VerifyError::Unreadable("PDF")));
    assert_eq!(search(Kind::Json, b"{", &[NAME], nothing()), Err(VerifyError::Unreadable("JSON file")));
    assert_eq!(search(Kind::Html, b"\xFF", &[NAME], nothing()), Err(VerifyError::Unreadable("HTML page")));
    let mut pdf = plain_pdf(vec![Operation::new("Tj", vec![Object::string_literal("\u{1}\u{2}")])]);
    let fonts: Vec<_> =
        pdf.objects.iter().filter(|(_, o)| o.as_dict().is_ok_and(|d| d.has(b"BaseFont"))).map(|(id, _)| *id).collect();
    for id in fonts {
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H" };
        pdf.objects.insert(id, Object::Dictionary(font));
    }
    assert_eq!(search(Kind::Pdf, &saved(pdf), &[NAME], nothing()), Err(VerifyError::UnreadableText { page: 1 }));
}

#[test]
fn html_is_searched_in_text_attributes_comments_scripts_and_title() {
    for (html, place) in [
        ("<p>Li<b>am</b> Oka&#102;or</p>", Place::Text),
        ("<p>Liam</p><p>Okafor</p>", Place::Text),
        ("<p>Liam&nbsp;Ok&aacute;for", Place::Text),
        ("<img alt='Liam Okafor'>", Place::Attribute),
        ("<a data-x=\"a>b Liam&#x20;Okafor\">x</a>", Place::Attribute),
        ("<!-- Liam Okafor --><p>x</p>", Place::Markup),
        ("<script>let x = 'Liam Okafor';</script>", Place::Markup),
        ("<style>/* Liam Okafor", Place::Markup),
        ("<title>Liam Okafor</title>", Place::HtmlTitle),
        ("a < b Liam Okafor", Place::Text),
    ] {
        assert_eq!(places(Kind::Html, html.as_bytes(), &[NAME]), [place], "{html}");
    }
    assert_eq!(places(Kind::Html, b"<p>Ada and her brother</p>", &[NAME]), []);
}

#[test]
fn json_is_searched_in_values_keys_doubled_keys_and_escapes() {
    for json in [
        "{\"a\":\"Liam Okafor\"}",
        "{\"Liam Okafor\":1}",
        "{\"a\":\"Liam Okafor\",\"a\":\"x\"}",
        "{\"a\":\"\\u004ciam\\nOkafor\"}",
        "{\"a\":\"Li\\u0061m\\u00a0Okafor\"}",
    ] {
        assert_eq!(places(Kind::Json, json.as_bytes(), &[NAME]), [Place::Json], "{json}");
    }
    assert_eq!(places(Kind::Json, b"{\"a\":[1,null,\"Ada\"]}", &[NAME]), []);
}

#[test]
fn short_words_are_found_only_as_words() {
    let found = |text: &str, word: &str| !places(Kind::Text, text.as_bytes(), &[word]).is_empty();
    assert!(!found("Annabel will; William", "Ann") && !found("Will I am", "Liam") && !found("Will I am", "am I"));
    assert!(found("with Ann's coat", "Ann") && found("(Ann)", "ann"));
    assert!(found("from Jo.", "Jo") && !found("J o", "Jo") && !found("John", "Jo"));
    assert!(found("code 4711", "4711") && !found("code 14711", "4711"));
    assert!(!found("aged 7", "7"), "short numbers are not searched for");
    assert!(found("中文", "中文"));
}

#[test]
fn any_five_words_of_a_long_text_count() {
    assert_eq!(places(Kind::Text, b"x afraid to go home because y", &[LONG]), [Place::Text]);
    assert_eq!(places(Kind::Text, b"x afraid to go y home because z", &[LONG]), []);
}

#[test]
fn words_that_may_be_read_elsewhere_are_counted() {
    let allowed = Allowed { text: "Liam wrote this. His name is Liam.", on_every_page: &[] };
    let leaks = |text: &str| search(Kind::Text, text.as_bytes(), &["Liam"], allowed).unwrap().len();
    assert_eq!(leaks("Liam wrote this. His name is Liam."), 0);
    assert_eq!(leaks("Liam wrote this. His name is Liam. Liam's."), 1);
    let withheld_elsewhere = search(Kind::Text, b"Liam Okafor", &["Liam", NAME], allowed).unwrap();
    assert_eq!(withheld_elsewhere.into_iter().map(|leak| leak.withheld).collect::<Vec<_>>(), [1]);
}

#[test]
fn running_lines_may_stand_on_every_page() {
    let mut document = Document::new(DocumentKind::Notice, "Answer", date(2026, 11, 22));
    document.letterhead.organisation = "Lantern House".to_owned();
    document.footer = Some("Lantern House, charity".to_owned());
    document.blocks = (0..90).map(|_| paragraph("A line.")).collect();
    let pdf = typeset::to_pdf(&document).unwrap();
    assert!(pdf.pages > 2);
    let (text, running) = (plain::to_text(&document), plain::running_lines(&document));
    let allowed = Allowed { text: &text, on_every_page: &running };
    assert_eq!(search(Kind::Pdf, &pdf.pdf, &["Lantern House"], allowed), Ok(vec![]));
    let once = Allowed { text: &text, on_every_page: &[] };
    assert!(!search(Kind::Pdf, &pdf.pdf, &["Lantern House"], once).unwrap().is_empty());
}

#[test]
fn people_called_like_a_word_of_the_format_do_not_stop_a_pack() {
    let names = [
        "Page", "Kids", "Mark", "Link", "Root", "Lang", "Span", "Art", "Count", "Rose", "Do", "Td", "Pop", "Head",
        "Main", "Col", "Row", "Number", "Shown", "Kind", "Adobe", "Title", "Obj", "True", "End", "Out", "Hidden",
        "Item", "Facts", "Index", "Scope", "Section", "Border", "Strong",
    ];
    let withheld: Vec<Withheld> = names.iter().map(|text| Withheld { text, may_be_read_elsewhere: false }).collect();
    // None of these words stands in a record of the sample, so no file may be said to show them.
    match finish(&sample::pack(), &withheld) {
        Ok(_) => {}
        Err(FinishError::Leaks(leaks)) => {
            let told: Vec<String> =
                leaks.iter().map(|(file, leak)| format!("{file:?} {}: {}", leak.place, names[leak.withheld])).collect();
            panic!("{told:#?}");
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn the_keys_of_the_data_file_are_those_of_its_schema() {
    fn keys(schema: &serde_json::Value, out: &mut std::collections::BTreeSet<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            out.extend(properties.keys().cloned());
        }
        schema.as_object().into_iter().flat_map(|o| o.values()).for_each(|inner| keys(inner, out));
        schema.as_array().into_iter().flatten().for_each(|inner| keys(inner, out));
    }
    let mut published = std::collections::BTreeSet::new();
    keys(&serde_json::from_str(crate::pack::SCHEMA).unwrap(), &mut published);
    assert_eq!(JSON_KEYS.map(str::to_owned).into_iter().collect::<std::collections::BTreeSet<_>>(), published);
}

#[test]
fn reports_never_repeat_what_was_withheld() {
    let leaks = search(Kind::Text, NAME.as_bytes(), &[NAME], nothing()).unwrap();
    let said = format!("{leaks:?} {} {:?}", leaks[0].place, Allowed { text: NAME, on_every_page: &[] });
    assert!(!said.contains("Liam") && !said.contains("Okafor"));
}

#[test]
fn nothing_withheld_finds_nothing() {
    assert_eq!(search(Kind::Pdf, &paper("x"), &["", "  ", "-"], nothing()), Ok(vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn html_made_here_leaks_exactly_what_it_shows(secret in "[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}", show in any::<bool>()) {
        prop_assume!(secret != "Answer Answer");
        let mut document = Document::new(DocumentKind::Notice, "Answer", date(2026, 11, 22));
        let inline = if show { Inline::Text(secret.clone()) } else { Inline::Redacted { number: 1, reason: 1 } };
        document.blocks = vec![crate::document::Block::Paragraph(vec![Inline::Text("Zzq ".to_owned()), inline])];
        let html = page::page(&document);
        let leaks = search(Kind::Html, html.as_bytes(), &[&secret], nothing()).unwrap();
        prop_assert_eq!(!leaks.is_empty(), show);
    }

    #[test]
    fn search_never_panics_on_damaged_files(at in 0_usize..20_000, byte in any::<u8>()) {
        static CLEAN: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| paper("Nothing to see."));
        let mut bytes = CLEAN.clone();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = search(Kind::Pdf, &bytes, &[NAME], nothing());
        let _ = search(Kind::Html, String::from_utf8_lossy(&bytes).as_bytes(), &[NAME], nothing());
    }
}
