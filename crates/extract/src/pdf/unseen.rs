//! What a PDF keeps beside its pages: details, annotations, files inside, actions, layers that are off, earlier versions.

use std::collections::{HashMap, HashSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString};
use hayro::hayro_syntax::page::Page as PdfPage;

use crate::read::{Draft, all_text};
use crate::reading::HiddenSort;

/// Earlier versions that are looked into.
const VERSIONS: usize = 5;
/// Pages of an earlier version that are looked into.
const VERSION_PAGES: usize = 50;
/// Keys of the details that programs write.
const DETAILS: [&str; 9] =
    ["Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Company"];

/// Text of a PDF's string: sixteen bits, UTF-8 or about Latin-1, as its first bytes say.
fn words(string: &PdfString<'_>) -> String {
    match string.as_bytes() {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<PdfString<'_>>(key).map(|string| words(&string)).filter(|words| !words.trim().is_empty())
}

fn name(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned()).unwrap_or_default()
}

/// Looks through all objects of a file.
pub fn in_objects(pdf: &Pdf, draft: &mut Draft) {
    let shown: HashSet<_> = pdf.pages().iter().filter_map(|page| page.raw().obj_id()).collect();
    let mut taken_out = 0;
    for object in pdf.objects() {
        match object {
            Object::Dict(dict) => {
                if name(&dict, "Type") == "Page" && dict.obj_id().is_some_and(|id| !shown.contains(&id)) {
                    taken_out += 1;
                }
                in_dict(&dict, draft);
            }
            Object::Stream(stream) => in_stream(&stream, draft),
            _ => {}
        }
    }
    if taken_out > 0 {
        draft.hide(
            HiddenSort::EarlierVersion,
            "Pages that were taken out and are still in the file",
            &taken_out.to_string(),
        );
    }
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    if let Some(root) = root {
        if let Some(script) = root.get::<Dict<'_>>("OpenAction").filter(|action| action.get_ref("S").is_none()) {
            in_dict(&script, draft);
        }
        named_scripts(&root, draft);
    }
}

/// Scripts that run when the file opens, as they are listed in the file's names.
fn named_scripts(root: &Dict<'_>, draft: &mut Draft) {
    let Some(names) = root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("JavaScript")) else {
        return;
    };
    let Some(list) = names.get::<Array<'_>>("Names") else { return };
    for action in list.iter::<Object<'_>>().take(100).filter_map(Object::into_dict) {
        in_dict(&action, draft);
    }
}

fn in_dict(dict: &Dict<'_>, draft: &mut Draft) {
    let kind = name(dict, "Type");
    if kind == "Filespec" || dict.contains_key("EF") {
        return file_inside(dict, draft);
    }
    match name(dict, "S").as_str() {
        "JavaScript" => {
            let script = string(dict, "JS").or_else(|| {
                let stream = dict.get::<Stream<'_>>("JS")?;
                Some(String::from_utf8_lossy(&stream.decoded().ok()?).into_owned())
            });
            return draft.hide(HiddenSort::Script, "JavaScript", &script.unwrap_or_default());
        }
        action @ ("Launch" | "SubmitForm" | "ImportData" | "GoToR" | "GoToE" | "Rendition") => {
            let to = string(dict, "F").or_else(|| string(&dict.get::<Dict<'_>>("F")?, "F"));
            return draft.hide(HiddenSort::Script, action, &to.unwrap_or_default());
        }
        "URI" => return draft.hide(HiddenSort::Other, "A link to outside", &string(dict, "URI").unwrap_or_default()),
        _ => {}
    }
    if kind.is_empty() && DETAILS.iter().filter(|key| dict.contains_key(*key)).count() > 0 && !dict.contains_key("S") {
        details(dict, draft);
    }
    for key in ["Alt", "ActualText", "E"] {
        if dict.contains_key("S")
            && let Some(words) = string(dict, key)
        {
            draft.hide(HiddenSort::Other, "A description for reading aloud", &words);
        }
    }
    if kind == "OCG"
        && let Some(layer) = string(dict, "Name")
    {
        draft.hide(HiddenSort::Other, "The name of a layer", &layer);
    }
}

/// Who wrote it, when and with what; programs add keys of their own.
fn details(dict: &Dict<'_>, draft: &mut Draft) {
    // Outline items and others have titles too; details have nothing that leads on.
    if ["Parent", "Dest", "A", "Kids", "Subtype", "FT", "T"].iter().any(|key| dict.contains_key(*key)) {
        return;
    }
    for key in dict.keys().take(50) {
        if let Some(words) = string(dict, key.as_str()) {
            draft.hide(HiddenSort::Metadata, key.as_str(), &words);
        }
    }
}

fn file_inside(dict: &Dict<'_>, draft: &mut Draft) {
    let name = string(dict, "UF").or_else(|| string(dict, "F")).unwrap_or_else(|| "file".to_owned());
    draft.hide(HiddenSort::Embedded, "A file inside", &name);
    let stream = dict
        .get::<Dict<'_>>("EF")
        .and_then(|files| files.get::<Stream<'_>>("UF").or_else(|| files.get::<Stream<'_>>("F")));
    match stream.and_then(|stream| stream.decoded().ok().map(std::borrow::Cow::into_owned)) {
        Some(bytes) if !bytes.is_empty() => {
            draft.keep_inside(name.rsplit(['/', '\\']).next().unwrap_or(&name), bytes);
        }
        _ => draft.trouble("A file inside it could not be taken out."),
    }
}

fn in_stream(stream: &Stream<'_>, draft: &mut Draft) {
    let dict = stream.dict();
    if name(dict, "Type") == "Metadata"
        && let Ok(bytes) = stream.decoded()
    {
        draft.hide(HiddenSort::Metadata, "XMP", &all_text(&bytes));
    }
}

/// A form field as it stands on a page.
pub struct Field {
    /// Its value.
    pub value: String,
    /// Where it stands, in the page's own space.
    pub area: Rect,
}

/// Looks through a page's annotations; returns the fields of forms that show.
pub fn in_page(page: &PdfPage<'_>, title: &str, draft: &mut Draft) -> Vec<Field> {
    let raw = page.raw();
    if raw.contains_key("Thumb") {
        draft.hide(HiddenSort::Thumbnail, title, "");
    }
    if raw.contains_key("PieceInfo") {
        draft.hide(HiddenSort::Other, title, "data of the program that made it");
    }
    let mut fields = Vec::new();
    let Some(annotations) = raw.get::<Array<'_>>("Annots") else { return fields };
    for annotation in annotations.iter::<Dict<'_>>().take(5_000) {
        let kind = name(&annotation, "Subtype");
        let invisible = annotation.get::<u32>("F").unwrap_or(0) & (2 | 32) != 0;
        if let Some(action) = annotation.get::<Dict<'_>>("A").filter(|action| action.obj_id().is_none()) {
            in_dict(&action, draft);
        }
        if kind == "Widget" {
            let Some(value) = value(&annotation, 0) else { continue };
            match annotation.get::<Rect>("Rect").filter(|_| !invisible) {
                Some(area) => fields.push(Field { value, area }),
                None => draft.hide(HiddenSort::HiddenText, format!("{title}, a form field"), &value),
            }
            continue;
        }
        for key in ["Contents", "T", "Subj", "RC"] {
            if let Some(words) = string(&annotation, key) {
                draft.hide(HiddenSort::Comment, title, &words);
            }
        }
        if kind == "FileAttachment"
            && let Some(file) = annotation.get::<Dict<'_>>("FS").filter(|file| file.obj_id().is_none())
        {
            file_inside(&file, draft);
        }
    }
    fields
}

/// The value of a field: its own, or that of the field it is a part of.
fn value(field: &Dict<'_>, depth: usize) -> Option<String> {
    string(field, "V").or_else(|| {
        let parent = field.get::<Dict<'_>>("Parent").filter(|_| depth < 8)?;
        value(&parent, depth + 1)
    })
}

/// The versions of a file before its last change, oldest first: each ends where the file once ended.
pub fn earlier(bytes: &[u8]) -> Vec<&[u8]> {
    let mut ends: Vec<usize> = memchr_all(bytes, b"%%EOF").map(|at| at + 5).collect();
    ends.pop();
    // A file made for the web has its first part at the front, with an end of its own.
    let head = &bytes[..bytes.len().min(2048)];
    if crate::sort::find(head, b"/Linearized").is_some() && !ends.is_empty() {
        ends.remove(0);
    }
    let all = objects(bytes);
    ends.into_iter()
        .filter(|&end| {
            let changed = |places: &Vec<usize>| places.iter().any(|&at| at < end) && places.iter().any(|&at| at >= end);
            all.values().any(changed)
        })
        .map(|end| &bytes[..end])
        .take(VERSIONS)
        .collect()
}

fn memchr_all<'a>(bytes: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + crate::sort::find(bytes.get(from..)?, needle)?;
        from = at + needle.len();
        Some(at)
    })
}

/// Where each object is defined, by its number.
fn objects(bytes: &[u8]) -> HashMap<u32, Vec<usize>> {
    let mut objects: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in memchr_all(bytes, b" obj") {
        let line = &bytes[at.saturating_sub(20)..at];
        let start = line.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |place| place + 1);
        let number = std::str::from_utf8(&line[start..]).ok().and_then(|line| line.split(' ').next()?.parse().ok());
        if let Some(number) = number {
            objects.entry(number).or_default().push(at);
        }
    }
    objects
}

/// Lists the lines of earlier versions that the last one has no more.
pub fn list_earlier(bytes: &[u8], draft: &mut Draft) {
    for (number, version) in earlier(bytes).into_iter().enumerate() {
        let place = format!("Version {}", number + 1);
        let lines = super::open(version).map(|pdf| super::plain_lines(&pdf, VERSION_PAGES)).unwrap_or_default();
        let gone: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !draft.text().contains(line)).collect();
        draft.hide(HiddenSort::EarlierVersion, place, &gone.join(" "));
    }
}
