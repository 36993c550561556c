//! OpenDocument: texts and spreadsheets, with what lies beside them.

mod sheet;
mod text;

use std::collections::HashSet;

use super::Draft;
use super::word::all_text;
use crate::Refused;
use crate::reading::{HiddenSort, Reading};
use crate::xml::{self, Step};
use crate::zipped::Zipped;

/// Reads a text.
pub fn read_text(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut archive = Zipped::open(bytes)?;
    let content = archive.read("content.xml")?;
    let styles = archive.read("styles.xml").unwrap_or_default();
    let hiding = hiding_styles(&[&content, &styles]);
    let mut draft = Draft::default();
    draft.begin("Document");
    let mut walk = text::Walk::new(&mut draft, &hiding, false);
    if walk.through(&content).is_err() {
        draft.trouble("A part of the document is damaged and was read up to there.");
    }
    let mut aside = Draft::default();
    let mut walk = text::Walk::new(&mut aside, &hiding, true);
    let _ = walk.through(&styles);
    if !aside.text().trim().is_empty() {
        draft.begin("Headers and footers");
        draft.write(aside.text());
    }
    beside(&mut archive, &mut draft);
    Ok(draft.done())
}

/// Reads a spreadsheet.
pub fn read_sheet(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut archive = Zipped::open(bytes)?;
    let content = archive.read("content.xml")?;
    let mut draft = Draft::default();
    if sheet::read(&content, &mut draft).is_err() {
        draft.trouble("A part of the spreadsheet is damaged and was read up to there.");
    }
    beside(&mut archive, &mut draft);
    Ok(draft.done())
}

/// The styles whose text does not show.
fn hiding_styles(parts: &[&[u8]]) -> HashSet<String> {
    let mut hiding = HashSet::new();
    for part in parts {
        let mut style = None;
        let _ = xml::walk(part, |step| {
            let Step::Open(element) = step else { return };
            match element.name() {
                "style" => style = element.attribute("name"),
                "text-properties" if element.attribute("display").as_deref() == Some("none") => {
                    hiding.extend(style.clone());
                }
                _ => {}
            }
        });
    }
    hiding
}

fn beside(archive: &mut Zipped<'_>, draft: &mut Draft) {
    for name in archive.names() {
        let lower = name.to_ascii_lowercase();
        if lower == "meta.xml" {
            metadata(archive, draft);
        } else if lower.starts_with("thumbnails/") && !lower.ends_with('/') {
            draft.hide(HiddenSort::Thumbnail, &name, "");
        } else if lower.starts_with("basic/") || lower.starts_with("scripts/") {
            if !lower.ends_with('/') {
                draft.hide(HiddenSort::Script, &name, "");
            }
        } else if lower.starts_with("pictures/") || lower.starts_with("media/") {
            if let Ok(bytes) = archive.read(&name)
                && !bytes.is_empty()
            {
                draft.keep_inside(name.rsplit('/').next().unwrap_or(&name), bytes);
            }
        } else if lower.starts_with("object") && lower.ends_with("content.xml") {
            let words = archive.read(&name).map(|part| all_text(&part)).unwrap_or_default();
            draft.hide(HiddenSort::Embedded, &name, &words);
        } else if lower.starts_with("versions/") && !lower.ends_with('/') {
            draft.hide(HiddenSort::EarlierVersion, &name, "");
        }
    }
}

fn metadata(archive: &mut Zipped<'_>, draft: &mut Draft) {
    let Ok(part) = archive.read("meta.xml") else { return };
    let mut property = String::new();
    let _ = xml::walk(&part, |step| match step {
        Step::Open(element) => property = element.attribute("name").unwrap_or_else(|| element.name().to_owned()),
        Step::Text(text) if !text.trim().is_empty() => draft.hide(HiddenSort::Metadata, &property, text),
        _ => {}
    });
}
