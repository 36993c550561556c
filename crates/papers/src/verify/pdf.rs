//! Reading a PDF in every way that its words could be got out again.

mod content;

use std::collections::BTreeMap;
use std::io::Read;

use lopdf::{Dictionary, Document, Object, Stream};

use super::matching::Matcher;
use super::{Leak, Place, VerifyError};

/// Unpacked streams beyond this size are cut: no paper of ours comes near.
const LARGEST_STREAM: u64 = 512 * 1024 * 1024;

/// Leaks in a PDF and in every earlier revision that its bytes still hold.
pub(super) fn search(bytes: &[u8], matcher: &Matcher) -> Result<Vec<Leak>, VerifyError> {
    let mut leaks = search_revision(bytes, matcher, true)?;
    let ends: Vec<usize> = find_all(bytes, b"%%EOF").collect();
    for (number, end) in (1_u32..).zip(ends.iter().rev().skip(1).rev()) {
        let earlier = bytes.get(..end + 5).unwrap_or_default();
        // An early part that is no whole PDF by itself (a linearised file's first section) is read as raw bytes above.
        let found = search_revision(earlier, matcher, false).unwrap_or_default();
        leaks.extend(found.into_iter().map(|leak| Leak { place: Place::EarlierRevision(number), ..leak }));
    }
    Ok(leaks)
}

fn search_revision(bytes: &[u8], matcher: &Matcher, attachments: bool) -> Result<Vec<Leak>, VerifyError> {
    let document = Document::load_mem(bytes).map_err(|_| VerifyError::Unreadable("PDF"))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(VerifyError::Encrypted);
    }
    let mut leaks = Vec::new();
    let mut strings = Strings::default();
    search_pages(&document, matcher, &mut strings, &mut leaks)?;
    search_objects(&document, matcher, &mut strings, attachments, &mut leaks)?;
    for (place, texts) in strings.by_place {
        leaks.extend(matcher.leaks(&texts, &place));
    }
    search_raw(bytes, matcher, &mut leaks);
    Ok(leaks)
}

fn search_pages(
    document: &Document,
    matcher: &Matcher,
    strings: &mut Strings,
    leaks: &mut Vec<Leak>,
) -> Result<(), VerifyError> {
    let mut texts = Vec::new();
    let mut known = content::Fonts::default();
    for (number, page) in document.get_pages() {
        let fonts = document.get_page_fonts(page).map_err(|_| VerifyError::UnreadableText { page: number })?;
        let bytes = document.get_page_content(page);
        let read = content::read(document, &bytes, &fonts, &mut known)
            .map_err(|_| VerifyError::UnreadableText { page: number })?;
        strings.add(Place::Key("ActualText".to_owned()), &read.properties);
        texts.push(read.text);
    }
    let pages: Vec<&str> = texts.iter().map(String::as_str).collect();
    let place = |index: usize| Place::Page(u32::try_from(index + 1).unwrap_or(u32::MAX));
    leaks.extend(matcher.leaks_in_pages(&pages, place, pages.len()));
    Ok(())
}

/// All objects: their strings, and their streams unpacked with whatever filters they name.
fn search_objects(
    document: &Document,
    matcher: &Matcher,
    strings: &mut Strings,
    attachments: bool,
    leaks: &mut Vec<Leak>,
) -> Result<(), VerifyError> {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).ok();
    for (id, object) in &document.objects {
        let number = id.0;
        if info == Some(*id) {
            strings.walk(object, &Place::Properties, "");
        } else {
            strings.walk(object, &Place::Key(String::new()), "");
        }
        let Object::Stream(stream) = object else { continue };
        let kind = |key: &[u8]| stream.dict.get(key).and_then(Object::as_name).unwrap_or_default();
        if kind(b"Subtype") == b"Form" {
            search_drawing(document, stream, number, matcher, leaks)?;
        }
        let place = if kind(b"Type") == b"EmbeddedFile" {
            Place::Attachment(number)
        } else if kind(b"Type") == b"Metadata" || kind(b"Subtype") == b"XML" {
            Place::Metadata
        } else if stream.filters().is_ok_and(|filters| filters != [b"FlateDecode"]) {
            Place::Stream(number)
        } else {
            // Plain and deflated streams are unpacked from the raw bytes below, reachable or not.
            continue;
        };
        let unpacked = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        if matches!(place, Place::Attachment(_)) && attachments && unpacked.starts_with(b"%PDF") {
            let inside = search_revision(&unpacked, matcher, false)?;
            leaks.extend(inside.into_iter().map(|leak| Leak { place: place.clone(), ..leak }));
        }
        search_bytes(&unpacked, &place, matcher, leaks);
    }
    strings.walk(&Object::Dictionary(document.trailer.clone()), &Place::Properties, "");
    Ok(())
}

fn search_drawing(
    document: &Document,
    stream: &Stream,
    number: u32,
    matcher: &Matcher,
    leaks: &mut Vec<Leak>,
) -> Result<(), VerifyError> {
    let fonts = fonts_of(document, &stream.dict);
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let read = content::read(document, &bytes, &fonts, &mut content::Fonts::default())
        .map_err(|_| VerifyError::UnreadableText { page: 0 })?;
    leaks.extend(matcher.leaks(&read.text, &Place::Drawing(number)));
    leaks.extend(matcher.leaks(&read.properties, &Place::Drawing(number)));
    Ok(())
}

fn fonts_of<'d>(document: &'d Document, dictionary: &'d Dictionary) -> BTreeMap<Vec<u8>, &'d Dictionary> {
    let follow =
        |dictionary: &'d Dictionary, key: &[u8]| dictionary.get_deref(key, document).and_then(Object::as_dict).ok();
    let fonts = follow(dictionary, b"Resources").and_then(|resources| follow(resources, b"Font"));
    let Some(fonts) = fonts else { return BTreeMap::new() };
    fonts.iter().filter_map(|(name, _)| Some((name.clone(), follow(fonts, name)?))).collect()
}

/// The bytes themselves: outside streams as text, inside streams unpacked, whether or not any object leads to them.
fn search_raw(bytes: &[u8], matcher: &Matcher, leaks: &mut Vec<Leak>) {
    let mut outside = Vec::new();
    let mut from = 0;
    let mut number = 0_u32;
    for open in find_all(bytes, b"stream") {
        let after_end = open >= 3 && bytes.get(open - 3..open) == Some(b"end");
        if open < from || after_end {
            continue;
        }
        let start = open
            + 6
            + bytes.get(open + 6..).unwrap_or_default().iter().take(2).take_while(|b| b"\r\n".contains(b)).count();
        let Some(length) = find_all(bytes.get(start..).unwrap_or_default(), b"endstream").next() else { break };
        outside.extend_from_slice(bytes.get(from..open).unwrap_or_default());
        outside.push(b'\n');
        let body = bytes.get(start..start + length).unwrap_or_default();
        number += 1;
        let unpacked = inflate(body).unwrap_or_else(|| body.to_vec());
        if find_all(&unpacked, b"begincmap").next().is_some() {
            // A font's table of letters: codes in hexadecimal between the words of its own language.
            matcher.leaks_in_binary(&unpacked, &Place::Stream(number)).into_iter().for_each(|leak| leaks.push(leak));
        } else {
            search_bytes(&unpacked, &Place::Stream(number), matcher, leaks);
        }
        from = start + length + 9;
    }
    outside.extend_from_slice(bytes.get(from..).unwrap_or_default());
    // The title and a heading stand in properties, bookmarks and structure, so the bytes may show them several times.
    leaks.extend(matcher.leaks_in_copies(&syntax_text(&outside), &Place::RawBytes, 4));
    let tail = find_all(bytes, b"%%EOF").last().and_then(|end| bytes.get(end + 5..)).unwrap_or_default();
    search_bytes(tail, &Place::RawBytes, matcher, leaks);
}

fn inflate(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    // What could be unpacked before an error is still searched.
    let _ = flate2::read::ZlibDecoder::new(body).take(LARGEST_STREAM).read_to_end(&mut out);
    (!out.is_empty()).then_some(out)
}

/// Text is searched as text, with its `(…)` and `<…>` strings decoded; other data letter for letter.
fn search_bytes(bytes: &[u8], place: &Place, matcher: &Matcher, leaks: &mut Vec<Leak>) {
    leaks.extend(matcher.leaks_in_binary(bytes, place));
    let utf8 = std::str::from_utf8(bytes).ok();
    let plain = |b: &&u8| matches!(b, 0x20..=0x7E | b'\n' | b'\r' | b'\t') || (utf8.is_some() && **b >= 0x80);
    if bytes.iter().filter(plain).count() * 100 < bytes.len() * 90 {
        return;
    }
    let text = utf8.map_or_else(|| latin1(bytes), str::to_owned);
    let text = if text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') {
        super::html::xml_text(&text)
    } else if [" BDC\n", "\nBT\n", "BT ", " Tf\n", " cm\n", " re\n"].iter().any(|sign| text.contains(sign)) {
        syntax_text(bytes)
    } else {
        text
    };
    leaks.extend(matcher.leaks(&text, place));
}

/// The strings and comments in PDF syntax, decoded, without the words of the syntax itself.
fn syntax_text(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let length = match byte {
            b'(' => literal(rest, &mut out),
            b'<' => hexadecimal(rest, &mut out),
            b'%' => {
                let end = rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
                out.push_str(&string_text(rest.get(..end).unwrap_or_default()));
                end
            }
            _ => {
                at += 1;
                continue;
            }
        };
        out.push('\n');
        at += 1 + length;
    }
    out
}

fn push_string(value: &[u8], out: &mut String) {
    let text = string_text(value);
    if !is_of_the_format(&text) {
        out.push_str(&text);
    }
}

/// A `(…)` string after its opening bracket; returns how many bytes it takes.
fn literal(rest: &[u8], out: &mut String) -> usize {
    let mut value = Vec::new();
    let mut depth = 1;
    let mut at = 0;
    while let Some(byte) = rest.get(at) {
        at += 1;
        match byte {
            b'\\' => {
                let octal: Vec<u8> =
                    rest.iter().skip(at).take(3).copied().take_while(|b| (b'0'..=b'7').contains(b)).collect();
                if octal.is_empty() {
                    value.extend(rest.get(at).map(|escaped| if b"nrtbf".contains(escaped) { b'\n' } else { *escaped }));
                    at += 1;
                } else {
                    value.push(octal.iter().fold(0_u8, |sum, digit| sum.wrapping_mul(8).wrapping_add(digit - b'0')));
                    at += octal.len();
                }
                continue;
            }
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        value.push(*byte);
    }
    push_string(&value, out);
    at
}

/// A `<…>` string after its opening bracket; returns how many bytes it takes, 0 when it is none.
fn hexadecimal(rest: &[u8], out: &mut String) -> usize {
    let Some(end) = rest.iter().position(|b| *b == b'>') else { return 0 };
    let digits: Vec<u8> = rest.iter().take(end).copied().filter(|b| !b.is_ascii_whitespace()).collect();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return 0;
    }
    let value = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok()).unwrap_or(0);
    let decoded: Vec<u8> = digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, b| sum * 16 + value(*b))).collect();
    push_string(&decoded, out);
    end
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// A PDF text string: UTF-16 or UTF-8 by its mark, else one byte per letter.
fn string_text(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes).map_or_else(|_| latin1(bytes), str::to_owned),
    }
}

fn find_all<'b>(bytes: &'b [u8], what: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    let finder = aho_corasick::AhoCorasick::new([what]).ok();
    let hits = finder.map(|finder| finder.find_iter(bytes).map(|hit| hit.start()).collect::<Vec<_>>());
    hits.unwrap_or_default().into_iter()
}

/// Names and keys of the format that are words of the language too; a person may be called like that.
const FORMAT_WORDS: [&str; 146] = [
    "A",
    "Action",
    "Alt",
    "Annot",
    "Annots",
    "Art",
    "Artifact",
    "Ascent",
    "Attached",
    "Author",
    "BBox",
    "BaseFont",
    "BibEntry",
    "Block",
    "BlockQuote",
    "Border",
    "Bottom",
    "CMap",
    "Caption",
    "Catalog",
    "Circle",
    "Code",
    "Column",
    "Contents",
    "Count",
    "Creator",
    "Custom",
    "DW",
    "Decimal",
    "Descent",
    "Dest",
    "Dests",
    "Direction",
    "Disc",
    "Div",
    "Document",
    "Em",
    "Encoding",
    "F",
    "Figure",
    "First",
    "Flags",
    "Font",
    "Footer",
    "Form",
    "Formula",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Header",
    "Headers",
    "ID",
    "Identity",
    "Index",
    "Info",
    "K",
    "Kids",
    "L",
    "LBody",
    "LI",
    "Lang",
    "Last",
    "Layout",
    "Lbl",
    "Length",
    "Link",
    "List",
    "MCID",
    "Marked",
    "Metadata",
    "N",
    "Names",
    "Next",
    "None",
    "Note",
    "Nums",
    "O",
    "Obj",
    "Order",
    "Ordering",
    "Outlines",
    "P",
    "PDF",
    "Page",
    "Pages",
    "Pagination",
    "Parent",
    "Part",
    "Placement",
    "Prev",
    "Quote",
    "Range",
    "Rect",
    "Reference",
    "Registry",
    "Resources",
    "Role",
    "Root",
    "Row",
    "Rows",
    "Ruby",
    "S",
    "Scope",
    "Sect",
    "Size",
    "Solid",
    "Span",
    "Strong",
    "Subject",
    "Subtype",
    "Supplement",
    "Suspects",
    "T",
    "TD",
    "TH",
    "TOC",
    "TOCI",
    "TR",
    "Table",
    "Tabs",
    "Terms",
    "Text",
    "Title",
    "Top",
    "Type",
    "URI",
    "Underline",
    "W",
    "Warichu",
    "XML",
    "XYZ",
    "dc",
    "elements",
    "ico",
    "id",
    "make",
    "mm",
    "ns",
    "pdf",
    "pg",
    "purl",
    "www",
];

/// Whether the typesetter writes this string into every file: the names of font tables, "Section, page 4" on a link.
fn is_of_the_format(text: &str) -> bool {
    let page = text.strip_prefix("Section, page ");
    FORMAT_STRINGS.contains(&text) || page.is_some_and(|page| page.bytes().all(|b| b.is_ascii_digit()))
}

/// Strings that every font carries.
const FORMAT_STRINGS: [&str; 3] = ["Adobe", "Identity", "UCS"];

/// The strings of all objects, by the key under which they stand.
#[derive(Default)]
struct Strings {
    by_place: BTreeMap<Place, String>,
}

impl Strings {
    fn add(&mut self, place: Place, text: &str) {
        let all = self.by_place.entry(place).or_default();
        all.push_str(text);
        all.push('\n');
    }

    fn walk(&mut self, object: &Object, place: &Place, key: &str) {
        match object {
            // The file identifier is random bytes.
            Object::String(..) if key == "ID" => {}
            Object::String(bytes, _) if is_of_the_format(&string_text(bytes)) => {}
            Object::String(bytes, _) => {
                let place = if let Place::Key(_) = place { Place::Key(key.to_owned()) } else { place.clone() };
                self.add(place, &string_text(bytes));
            }
            Object::Name(name) => self.name(name),
            Object::Array(entries) => entries.iter().for_each(|entry| self.walk(entry, place, key)),
            Object::Dictionary(entries) => self.walk_dictionary(entries, place),
            Object::Stream(stream) => self.walk_dictionary(&stream.dict, place),
            _ => {}
        }
    }

    fn walk_dictionary(&mut self, entries: &Dictionary, place: &Place) {
        for (name, value) in entries {
            self.walk(value, place, &String::from_utf8_lossy(name));
            // A key is a word too, if somebody made it one.
            self.name(name);
        }
    }

    fn name(&mut self, name: &[u8]) {
        let text = string_text(name);
        if FORMAT_WORDS.binary_search(&text.as_str()).is_err() {
            self.add(Place::Key("names".to_owned()), &text);
        }
    }
}
