//! Word documents: paragraphs and tables in order, then headers, footers and notes; and all that Word keeps beside them.

mod body;
mod office;

pub use office::{all_text, extras, parts_named};

use std::collections::HashSet;

use super::Draft;
use crate::reading::{HiddenSort, Reading};
use crate::xml::{self, Step};
use crate::zipped::Zipped;
use crate::{Refused, limits};
use body::Body;

/// Reads a Word document.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut archive = Zipped::open(bytes)?;
    let names = archive.names();
    let main = main_part(&mut archive, &names).ok_or(Refused::Damaged)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let hiding = hiding_styles(&mut archive, &format!("{folder}/styles.xml"));
    let mut draft = Draft::default();
    draft.begin("Document");
    let body = archive.read(&main)?;
    if Body::new(&mut draft, &hiding, "Document").walk(&body).is_err() {
        draft.trouble("A part of the document is damaged and was read up to there.");
    }
    let others = [
        ("header", "Headers and footers"),
        ("footer", "Headers and footers"),
        ("footnotes", "Footnotes"),
        ("endnotes", "Endnotes"),
    ];
    let mut title = "";
    for (prefix, words) in others {
        for name in parts_named(&names, &folder, prefix, ".xml") {
            let Ok(part) = archive.read(&name) else {
                draft.trouble(format!("{words} could not be read."));
                continue;
            };
            if !has_text(&part) {
                continue;
            }
            if title != words {
                draft.begin(words);
                title = words;
            }
            if Body::new(&mut draft, &hiding, words).walk(&part).is_err() {
                draft.trouble(format!("{words} are damaged and were read up to there."));
            }
        }
    }
    comments(&mut archive, &names, &folder, &mut draft);
    extras(&mut archive, &names, &folder, &mut draft);
    Ok(draft.done())
}

fn main_part(archive: &mut Zipped<'_>, names: &[String]) -> Option<String> {
    if archive.has("word/document.xml") {
        return Some("word/document.xml".to_owned());
    }
    let types = archive.read("[Content_Types].xml").ok()?;
    let mut found = None;
    let _ = xml::walk(&types, |step| {
        if let Step::Open(element) = step
            && element.attribute("ContentType").is_some_and(|kind| kind.contains("wordprocessingml.document.main"))
        {
            found = element.attribute("PartName");
        }
    });
    let found = found?.trim_start_matches('/').to_owned();
    names.contains(&found).then_some(found)
}

fn has_text(part: &[u8]) -> bool {
    let mut some = false;
    let _ = xml::walk(part, |step| {
        if let Step::Text(text) = step {
            some |= !text.trim().is_empty();
        }
    });
    some
}

/// The styles whose text does not show.
fn hiding_styles(archive: &mut Zipped<'_>, name: &str) -> HashSet<String> {
    let mut hiding = HashSet::new();
    let Ok(styles) = archive.read(name) else { return hiding };
    let mut style = None;
    let _ = xml::walk(&styles, |step| match step {
        Step::Open(element) if element.name() == "style" => style = element.attribute("styleId"),
        Step::Open(element) if element.name() == "vanish" && element.is_on() => hiding.extend(style.clone()),
        Step::Close("style") => style = None,
        _ => {}
    });
    hiding
}

/// Comments, each with its author.
fn comments(archive: &mut Zipped<'_>, names: &[String], folder: &str, draft: &mut Draft) {
    for name in parts_named(names, folder, "comments", ".xml") {
        let Ok(part) = archive.read(&name) else { continue };
        let mut comment: Option<String> = None;
        let _ = xml::walk(&part, |step| match step {
            Step::Open(element) if element.name() == "comment" => {
                let author = element.attribute("author").unwrap_or_default();
                comment = Some(if author.is_empty() { author } else { format!("{author}: ") });
            }
            Step::Close("comment") => {
                if let Some(text) = comment.take() {
                    draft.hide(HiddenSort::Comment, "Document", &text);
                }
            }
            Step::Close("p") => {
                if let Some(text) = &mut comment {
                    text.push(' ');
                }
            }
            Step::Text(text) => {
                if let Some(comment) = &mut comment
                    && comment.len() < limits::HIDDEN_TEXT * 2
                {
                    comment.push_str(text);
                }
            }
            _ => {}
        });
    }
}
