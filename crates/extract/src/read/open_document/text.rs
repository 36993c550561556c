//! The walk through an OpenDocument text.

use std::collections::HashSet;

use crate::read::Draft;
use crate::reading::HiddenSort;
use crate::xml::{self, Element, Step};
use crate::{Refused, limits};

/// A walk through one part.
pub struct Walk<'a> {
    draft: &'a mut Draft,
    hiding: &'a HashSet<String>,
    /// Only headers and footers count.
    only_margins: bool,
    margins: usize,
    paragraphs: usize,
    cells: usize,
    gap: bool,
    hidden: usize,
    /// For each open element, whether it hides its text.
    hides: Vec<bool>,
    aside: Option<Aside>,
    unseen: String,
    notes: String,
    in_note: usize,
}

/// Text that is gathered for the list and not for the text.
struct Aside {
    sort: HiddenSort,
    element: String,
    words: String,
}

impl<'a> Walk<'a> {
    /// Begins a walk; `only_margins` for the part that holds headers and footers.
    pub fn new(draft: &'a mut Draft, hiding: &'a HashSet<String>, only_margins: bool) -> Self {
        Self {
            draft,
            hiding,
            only_margins,
            margins: 0,
            paragraphs: 0,
            cells: 0,
            gap: false,
            hidden: 0,
            hides: Vec::new(),
            aside: None,
            unseen: String::new(),
            notes: String::new(),
            in_note: 0,
        }
    }

    /// Walks through the part.
    pub fn through(&mut self, part: &[u8]) -> Result<(), Refused> {
        let walked = xml::walk(part, |step| match step {
            Step::Open(element) => self.open(&element),
            Step::Close(name) => self.close(name),
            Step::Text(text) => {
                if self.paragraphs > 0 || self.aside.is_some() {
                    self.write(text);
                }
            }
        });
        self.flush();
        let notes = std::mem::take(&mut self.notes);
        if !notes.trim().is_empty() {
            self.draft.begin("Footnotes");
            self.draft.write(&notes);
        }
        walked
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        let hides = element.attribute("style-name").is_some_and(|style| self.hiding.contains(&style))
            || element.attribute("display").as_deref() == Some("none")
            || matches!(name, "hidden-text" | "hidden-paragraph");
        self.hides.push(hides);
        self.hidden += usize::from(hides);
        if name == "hidden-text" {
            let words = element.attribute("string-value").unwrap_or_default();
            self.draft.hide(HiddenSort::HiddenText, "Document", &words);
        }
        if self.aside.is_none() {
            let sort = match name {
                "changed-region" => Some(HiddenSort::TrackedChange),
                "annotation" => Some(HiddenSort::Comment),
                "desc" | "title" if self.paragraphs > 0 => Some(HiddenSort::Other),
                "script" | "event-listener" => Some(HiddenSort::Script),
                _ => None,
            };
            if let Some(sort) = sort {
                self.aside = Some(Aside { sort, element: name.to_owned(), words: String::new() });
            }
        } else if matches!(name, "insertion" | "deletion" | "format-change") {
            let what = if name == "insertion" {
                "added"
            } else if name == "deletion" {
                "deleted"
            } else {
                "changed"
            };
            self.write(&format!("{what}: "));
        }
        match name {
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => self.margins += 1,
            "p" | "h" => self.paragraphs += 1,
            "table-cell" => self.cells += 1,
            "note-body" => self.in_note += 1,
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                self.write(&" ".repeat(count.min(100)));
            }
            "tab" => self.write("\t"),
            "line-break" => self.write("\n"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        self.hidden -= usize::from(self.hides.pop().unwrap_or(false)).min(self.hidden);
        match name {
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => {
                self.margins = self.margins.saturating_sub(1);
            }
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.flush();
                if self.aside.is_some() || (self.cells > 0 && self.in_note == 0) {
                    self.gap = true;
                } else {
                    self.write_shown("\n");
                }
            }
            "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.gap = false;
                self.write_shown("\t");
            }
            "table-row" => self.write_shown("\n"),
            "note-body" => self.in_note = self.in_note.saturating_sub(1),
            _ => {}
        }
        if self.aside.as_ref().is_some_and(|aside| aside.element == name)
            && let Some(aside) = self.aside.take()
        {
            self.draft.hide(aside.sort, "Document", &aside.words);
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(aside) = &mut self.aside {
            if aside.words.len() < limits::HIDDEN_TEXT * 2 {
                if std::mem::take(&mut self.gap) {
                    aside.words.push(' ');
                }
                aside.words.push_str(text);
                if self.paragraphs == 0 {
                    aside.words.push(' ');
                }
            }
        } else if self.hidden > 0 {
            if self.unseen.len() < limits::HIDDEN_TEXT * 2 {
                self.unseen.push_str(text);
            }
        } else {
            if std::mem::take(&mut self.gap) {
                self.write_shown(" ");
            }
            self.write_shown(text);
        }
    }

    fn write_shown(&mut self, text: &str) {
        if self.only_margins && self.margins == 0 {
            return;
        }
        if self.in_note > 0 {
            if self.notes.len() < limits::TEXT {
                self.notes.push_str(text);
            }
        } else if self.aside.is_none() {
            self.draft.write(text);
        }
    }

    fn flush(&mut self) {
        if !self.unseen.trim().is_empty() {
            self.draft.hide(HiddenSort::HiddenText, "Document", &self.unseen);
        }
        self.unseen.clear();
    }
}
