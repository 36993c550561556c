//! The walk through a part of a Word document: what shows goes into the text, what does not is listed.

use std::collections::HashSet;

use crate::Refused;
use crate::limits;
use crate::read::Draft;
use crate::reading::HiddenSort;
use crate::xml::{self, Element, Step};

/// A walk through one part.
pub struct Body<'a> {
    draft: &'a mut Draft,
    hiding: &'a HashSet<String>,
    place: &'a str,
    /// Runs within runs: a text box lies in one.
    runs: Vec<Run>,
    /// Cells within cells.
    cells: usize,
    paragraph_hides: bool,
    shaded: bool,
    /// Changes within changes: what, by whom, and the words.
    changes: Vec<Change>,
    /// Elements that are left out as a whole.
    left_out: usize,
    taking: Taking,
    gap: Option<char>,
    unseen: String,
    code: String,
    properties: usize,
}

#[derive(Default)]
struct Run {
    hidden: bool,
    white: bool,
    shaded: bool,
}

struct Change {
    deleted: bool,
    words: String,
}

/// Where text goes that comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    Nowhere,
    Text,
    Deleted,
    Code,
}

impl<'a> Body<'a> {
    /// Begins a walk.
    pub fn new(draft: &'a mut Draft, hiding: &'a HashSet<String>, place: &'a str) -> Self {
        Self {
            draft,
            hiding,
            place,
            runs: Vec::new(),
            cells: 0,
            paragraph_hides: false,
            shaded: false,
            changes: Vec::new(),
            left_out: 0,
            taking: Taking::Nowhere,
            gap: None,
            unseen: String::new(),
            code: String::new(),
            properties: 0,
        }
    }

    /// Walks through the part.
    pub fn walk(mut self, part: &[u8]) -> Result<(), Refused> {
        let walked = xml::walk(part, |step| match step {
            Step::Open(element) => self.open(&element),
            Step::Close(name) => self.close(name),
            Step::Text(text) => self.text(text),
        });
        self.flush_unseen();
        walked
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if self.left_out > 0 {
            self.left_out += usize::from(name == "Fallback");
            return;
        }
        match name {
            // The same again, for programs that are older.
            "Fallback" => self.left_out = 1,
            "r" => self.runs.push(Run::default()),
            "t" => self.taking = Taking::Text,
            "delText" => self.taking = Taking::Deleted,
            "instrText" | "delInstrText" => self.taking = Taking::Code,
            "pPr" | "sectPr" | "tblPr" => self.properties += 1,
            "tc" => self.cells += 1,
            "tab" | "ptab" if self.properties == 0 => self.text_of_its_own("\t"),
            "br" | "cr" => self.text_of_its_own(if self.cells > 0 { " " } else { "\n" }),
            "noBreakHyphen" => self.text_of_its_own("-"),
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let shown = code.and_then(char::from_u32).unwrap_or('\u{fffd}');
                self.text_of_its_own(&shown.to_string());
            }
            "del" | "moveFrom" if self.properties == 0 => self.change(element, true),
            "ins" | "moveTo" if self.properties == 0 => self.change(element, false),
            "docPr" | "cNvPr" => {
                for attribute in ["descr", "title"] {
                    if let Some(words) = element.attribute(attribute).filter(|words| !words.is_empty()) {
                        self.draft.hide(HiddenSort::Other, format!("{}, description of a picture", self.place), &words);
                    }
                }
            }
            "fldSimple" => {
                self.code.push_str(&element.attribute("instr").unwrap_or_default());
                self.flush_code();
            }
            _ => self.property(element),
        }
    }

    /// What makes text unseen.
    fn property(&mut self, element: &Element<'_>) {
        let style = |element: &Element<'_>| element.attribute("val").is_some_and(|id| self.hiding.contains(&id));
        let hides = match element.name() {
            "vanish" | "specVanish" => element.is_on(),
            "rStyle" => style(element),
            // A size is in half points.
            "sz" => element.attribute("val").and_then(|size| size.parse::<u32>().ok()).is_some_and(|size| size <= 2),
            "pStyle" => {
                self.paragraph_hides = style(element);
                return;
            }
            _ => false,
        };
        let shades = matches!(element.name(), "shd" | "highlight")
            && !matches!(element.attribute("fill").as_deref(), Some("auto" | "FFFFFF"));
        if shades && self.runs.is_empty() {
            self.shaded = true;
        }
        if self.properties > 0 {
            return;
        }
        if let Some(run) = self.runs.last_mut() {
            run.hidden |= hides;
            run.shaded |= shades;
            run.white |= element.name() == "color"
                && element.attribute("val").is_some_and(|colour| colour.eq_ignore_ascii_case("ffffff"));
        }
    }

    fn close(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= usize::from(name == "Fallback");
            return;
        }
        match name {
            "r" => {
                self.runs.pop();
            }
            "t" | "delText" | "instrText" | "delInstrText" => self.taking = Taking::Nowhere,
            "pPr" | "sectPr" | "tblPr" => self.properties = self.properties.saturating_sub(1),
            "p" => {
                self.flush_code();
                self.flush_unseen();
                self.paragraph_hides = false;
                if self.cells == 0 {
                    self.shaded = false;
                    self.draft.line();
                    self.gap = None;
                } else {
                    self.gap = Some(' ');
                }
            }
            "tc" => {
                self.cells = self.cells.saturating_sub(1);
                self.shaded = false;
                self.gap = None;
                self.draft.write("\t");
            }
            "tr" => self.draft.line(),
            "del" | "moveFrom" | "ins" | "moveTo" if self.properties == 0 => {
                if let Some(change) = self.changes.pop() {
                    self.draft.hide(HiddenSort::TrackedChange, self.place, &change.words);
                }
            }
            _ => {}
        }
    }

    fn change(&mut self, element: &Element<'_>, deleted: bool) {
        let what = if deleted { "deleted" } else { "added" };
        let author = element.attribute("author").unwrap_or_default();
        self.changes.push(Change { deleted, words: format!("{author} {what}: ") });
    }

    fn text(&mut self, text: &str) {
        if self.left_out > 0 {
            return;
        }
        match self.taking {
            Taking::Nowhere => {}
            Taking::Code => append(&mut self.code, text),
            Taking::Deleted => match self.changes.last_mut() {
                Some(change) => append(&mut change.words, text),
                None => append(&mut self.unseen, text),
            },
            Taking::Text => self.text_of_its_own(text),
        }
    }

    fn text_of_its_own(&mut self, text: &str) {
        if let Some(change) = self.changes.last_mut() {
            append(&mut change.words, text);
        }
        if self.changes.iter().any(|change| change.deleted) {
            return;
        }
        let hidden = self.paragraph_hides
            || self.runs.iter().any(|run| run.hidden)
            || (self.cells == 0 && !self.shaded && self.runs.iter().any(|run| run.white && !run.shaded));
        if hidden {
            append(&mut self.unseen, text);
            return;
        }
        if let Some(gap) = self.gap.take() {
            self.draft.write(gap.encode_utf8(&mut [0; 4]));
        }
        self.draft.write(text);
    }

    fn flush_unseen(&mut self) {
        if !self.unseen.trim().is_empty() {
            self.draft.hide(HiddenSort::HiddenText, self.place, &self.unseen);
        }
        self.unseen.clear();
    }

    fn flush_code(&mut self) {
        let code = self.code.trim();
        // Page numbers and contents say nothing about anybody.
        if ["HYPERLINK", "MERGEFIELD", "INCLUDE", "DDE", "DOCPROPERTY", "AUTHOR", "USERNAME", "LINK", "COMMENTS"]
            .iter()
            .any(|known| code.starts_with(known))
        {
            self.draft.hide(HiddenSort::Other, format!("{}, field", self.place), code);
        }
        self.code.clear();
    }
}

fn append(to: &mut String, text: &str) {
    if to.len() < limits::HIDDEN_TEXT * 2 {
        to.push_str(text);
    }
}
