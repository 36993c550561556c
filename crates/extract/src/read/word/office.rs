//! What every document of the Office family keeps beside its text: properties, relations, things embedded.

use crate::limits;
use crate::read::Draft;
use crate::reading::HiddenSort;
use crate::xml::{self, Step};
use crate::zipped::Zipped;

/// The parts in a folder whose names begin and end so, in order.
pub fn parts_named(names: &[String], folder: &str, prefix: &str, ending: &str) -> Vec<String> {
    let start = format!("{folder}/{prefix}");
    let mut parts: Vec<String> =
        names.iter().filter(|name| name.starts_with(&start) && name.ends_with(ending)).cloned().collect();
    parts.sort_by_key(|name| (name.len(), name.clone()));
    parts
}

/// Lists what lies beside the text, and takes out the papers inside.
pub fn extras(archive: &mut Zipped<'_>, names: &[String], folder: &str, draft: &mut Draft) {
    for name in names {
        let lower = name.to_ascii_lowercase();
        let in_folder = lower.strip_prefix(&format!("{folder}/")).unwrap_or_default();
        if lower.starts_with("docprops/") && lower.ends_with(".xml") {
            properties(archive, name, draft);
        } else if lower.contains("thumbnail") {
            draft.hide(HiddenSort::Thumbnail, name, "");
        } else if lower.ends_with(".rels") {
            relations(archive, name, draft);
        } else if in_folder.starts_with("media/") || in_folder.starts_with("embeddings/") {
            embedded(archive, name, in_folder.starts_with("embeddings/"), draft);
        } else if lower.ends_with("vbaproject.bin") || lower.contains("macrosheets/") || lower.contains("activex/") {
            draft.hide(HiddenSort::Script, name, "");
        } else if lower.starts_with("customxml/") && !lower.contains("itemprops") && lower.ends_with(".xml") {
            listed_text(archive, name, HiddenSort::Other, draft);
        } else if in_folder.starts_with("charts/") && lower.ends_with(".xml") {
            listed_text(archive, name, HiddenSort::Cache, draft);
        } else if in_folder.starts_with("glossary/document") {
            listed_text(archive, name, HiddenSort::Other, draft);
        } else if in_folder == "settings.xml" {
            settings(archive, name, draft);
        } else if in_folder.starts_with("people") || in_folder.starts_with("persons/") {
            persons(archive, name, draft);
        }
    }
}

/// Title, author, company, dates and whatever somebody added.
fn properties(archive: &mut Zipped<'_>, name: &str, draft: &mut Draft) {
    let Ok(part) = archive.read(name) else { return };
    let mut property = String::new();
    let _ = xml::walk(&part, |step| match step {
        Step::Open(element) => {
            property = match element.attribute("name") {
                Some(name) if element.name() == "property" => name,
                // The value of a property of one's own is in an element of its type.
                _ if matches!(element.name(), "lpwstr" | "lpstr" | "i4" | "bool" | "filetime" | "r8") => {
                    std::mem::take(&mut property)
                }
                _ => element.name().to_owned(),
            };
        }
        Step::Text(text) if !text.trim().is_empty() => {
            draft.hide(HiddenSort::Metadata, &property, text);
        }
        _ => {}
    });
}

/// Links to outside: a template, a picture that is fetched, an address behind a word.
fn relations(archive: &mut Zipped<'_>, name: &str, draft: &mut Draft) {
    let Ok(part) = archive.read(name) else { return };
    let _ = xml::walk(&part, |step| {
        if let Step::Open(element) = step
            && element.attribute("TargetMode").as_deref() == Some("External")
        {
            draft.hide(HiddenSort::Other, "A link to outside", &element.attribute("Target").unwrap_or_default());
        }
    });
}

/// A picture is seen by the reader, a file inside is not; both are papers that are read in turn.
fn embedded(archive: &mut Zipped<'_>, name: &str, unseen: bool, draft: &mut Draft) {
    let short = name.rsplit('/').next().unwrap_or(name).to_owned();
    if unseen {
        draft.hide(HiddenSort::Embedded, "Document", &short);
    }
    match archive.read(name) {
        Ok(bytes) => {
            draft.keep_inside(short, bytes);
        }
        Err(_) => draft.trouble("A file or picture inside it could not be read."),
    }
}

fn listed_text(archive: &mut Zipped<'_>, name: &str, sort: HiddenSort, draft: &mut Draft) {
    let Ok(part) = archive.read(name) else { return };
    let text = all_text(&part);
    if !text.trim().is_empty() {
        draft.hide(sort, name, &text);
    }
}

/// All text of a part, as far as it is shown in a list.
pub fn all_text(part: &[u8]) -> String {
    let mut all = String::new();
    let _ = xml::walk(part, |step| {
        if let Step::Text(text) = step
            && all.len() < limits::HIDDEN_TEXT * 2
        {
            all.push_str(text);
            all.push(' ');
        }
    });
    all
}

/// Variables of the document, and where a mail merge takes its people from.
fn settings(archive: &mut Zipped<'_>, name: &str, draft: &mut Draft) {
    let Ok(part) = archive.read(name) else { return };
    let _ = xml::walk(&part, |step| {
        let Step::Open(element) = step else { return };
        match element.name() {
            "docVar" => {
                let value = element.attribute("val").unwrap_or_default();
                draft.hide(HiddenSort::Other, element.attribute("name").unwrap_or_default(), &value);
            }
            "query" | "connectString" | "mailSubject" => {
                draft.hide(HiddenSort::Other, "Mail merge", &element.attribute("val").unwrap_or_default());
            }
            _ => {}
        }
    });
}

/// Who commented and changed.
fn persons(archive: &mut Zipped<'_>, name: &str, draft: &mut Draft) {
    let Ok(part) = archive.read(name) else { return };
    let _ = xml::walk(&part, |step| {
        if let Step::Open(element) = step
            && let Some(author) = element.attribute("author").or_else(|| element.attribute("displayName"))
        {
            draft.hide(HiddenSort::Metadata, "Somebody who worked on it", &author);
        }
    });
}
