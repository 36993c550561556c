//! The document as the data that the template reads. Every text passes through [`Glyphs::cover`] on its way.

use serde_json::{Value, json};

use super::fonts::{Glyphs, Scripts};
use crate::document::{Block, Document, DocumentKind, Inline, Item, ItemPage, Levels, Table, WHOLE_SIDE, is_safe_link};
use crate::html::{columns, item_facts};
use crate::pages::Made;
use crate::plain::inline_text;

/// What the template reads.
pub(super) struct Data {
    /// The data itself.
    pub value: Value,
    /// The characters that had to be replaced.
    pub substituted: Vec<char>,
    /// The pictures of pages, in the order of their placeholders.
    pub pictures: Vec<std::sync::Arc<Made>>,
}

/// The data for the template.
pub(super) fn of(document: &Document, scripts: Scripts) -> Data {
    let mut writer = Writer { glyphs: Glyphs::new(scripts), levels: Levels::new(), pictures: Vec::new() };
    let blocks: Vec<Value> = document.blocks.iter().map(|block| writer.block(block, document)).collect();
    let head = writer.head(document);
    let substituted = writer.glyphs.unknown();
    let note = note(&substituted);
    let value = json!({ "head": head, "blocks": blocks, "note": note });
    Data { value, substituted, pictures: writer.pictures }
}

/// Heading and text of the note about replaced signs.
pub(crate) const NOTE: (&str, &str) = (
    "Signs that this paper cannot print",
    "Some signs in the records, such as letters of other scripts, are not in the typefaces of this paper. They are shown by \
     their Unicode number, like [U+4E2D]. The web page copy of this paper shows them as they were written.",
);

fn note(substituted: &[char]) -> Value {
    if substituted.is_empty() { Value::Null } else { json!({ "title": NOTE.0, "text": NOTE.1 }) }
}

/// How wide and how high the picture of a page can be on the paper, in millimetres.
const WIDEST: f64 = 160.0;
const HIGHEST: f64 = 222.0;

struct Writer {
    glyphs: Glyphs,
    levels: Levels,
    pictures: Vec<std::sync::Arc<Made>>,
}

impl Writer {
    fn head(&mut self, document: &Document) -> Value {
        let letterhead = &document.letterhead;
        json!({
            "title": self.title(&document.title),
            "kind": match document.kind {
                DocumentKind::Letter => "letter",
                DocumentKind::Notice => "notice",
                DocumentKind::Pack => "pack",
                DocumentKind::EasyRead => "easy-read",
            },
            "language": document.language_code(),
            "region": document.language_region(),
            "reference": document.reference.as_deref().map(|reference| self.words(reference)),
            "date": [document.date.year().max(1), i16::from(document.date.month()), i16::from(document.date.day())],
            "dated": document.date_in_words(),
            "organisation": self.words(&letterhead.organisation),
            "lines": self.all_words(&letterhead.lines),
            "addressee": self.all_words(&document.addressee),
            "footer": document.footer.as_deref().map(|footer| self.words(footer)),
        })
    }

    /// PDF/UA refuses a paper without a title.
    fn title(&mut self, title: &str) -> String {
        let words = self.words(title);
        if words.trim().is_empty() { "Untitled".to_owned() } else { words }
    }

    fn words(&mut self, text: &str) -> String {
        self.glyphs.cover(text)
    }

    fn all_words(&mut self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.words(text)).collect()
    }

    fn block(&mut self, block: &Block, document: &Document) -> Value {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(inlines) => json!({ "t": "par", "body": self.run(inlines) }),
            Block::List(entries) => json!({ "t": "list", "body": self.runs(entries) }),
            Block::Numbered(entries) => json!({ "t": "enum", "body": self.runs(entries) }),
            Block::Facts(facts) => json!({ "t": "facts", "body": self.facts(facts) }),
            Block::Table(table) => self.table(table),
            Block::Callout { title, body } => {
                json!({ "t": "callout", "title": self.words(title), "body": self.runs(body) })
            }
            Block::EasyRead { picture, text } => {
                json!({ "t": "easy", "svg": picture.svg(), "alt": picture.alternative(), "body": self.run(text) })
            }
            Block::Item(item) => self.item(item),
            Block::Contents => {
                let any = document.blocks.iter().any(|block| matches!(block, Block::Item(_)));
                json!({ "t": if any { "contents" } else { "nothing" } })
            }
            Block::Address(lines) => json!({ "t": "address", "body": self.all_words(lines) }),
            Block::Signature(lines) => json!({ "t": "signature", "body": self.all_words(lines) }),
            Block::PageBreak => json!({ "t": "page-break" }),
        }
    }

    /// PDF/UA refuses an empty heading; there is nothing to show of one.
    fn heading(&mut self, level: u8, text: &str) -> Value {
        let words = self.words(text);
        if words.trim().is_empty() {
            return json!({ "t": "nothing" });
        }
        json!({ "t": "heading", "level": self.levels.next(level) + 1, "text": words })
    }

    fn item(&mut self, item: &Item) -> Value {
        json!({
            "t": "item",
            "number": item.number,
            "level": self.levels.next(2) + 1,
            "heading": self.words(&item.heading),
            "dated": item.dated.as_deref().map(|dated| self.words(dated)),
            "facts": self.facts(&item_facts(item)),
            "body": self.runs(&item.text),
            "pages": item.pages.iter().map(|page| self.page(page)).collect::<Vec<_>>(),
        })
    }

    fn page(&mut self, page: &ItemPage) -> Value {
        let made = &page.picture;
        let scale = (WIDEST / f64::from(made.width.max(1))).min(HIGHEST / f64::from(made.height.max(1)));
        let (width, height) = (f64::from(made.width) * scale, f64::from(made.height) * scale);
        let part = |value: u32, whole: f64| f64::from(value) / f64::from(WHOLE_SIDE) * whole;
        let layer: Vec<Value> = page
            .layer
            .iter()
            .map(|run| {
                let area = run.area;
                json!([
                    self.words(&run.words),
                    part(area.left, width),
                    part(area.top, height),
                    part(area.height, height),
                    part(area.width, width),
                ])
            })
            .collect();
        let caption = page.caption();
        let words: Vec<String> = page.text.iter().map(|inlines| inline_text(inlines)).collect();
        let alt = self.words(&format!("{caption} {}", words.join(" ")));
        self.pictures.push(std::sync::Arc::clone(made));
        json!({
            "caption": caption,
            "file": super::placeholder::name(self.pictures.len() - 1),
            "w": width,
            "h": height,
            "alt": alt,
            "layer": layer,
            "body": self.runs(&page.text),
        })
    }

    fn table(&mut self, table: &Table) -> Value {
        let columns = columns(table).max(1);
        let head: Vec<String> = (0..columns)
            .map(|column| table.head.get(column).map(|name| self.words(name)).unwrap_or_default())
            .collect();
        let rows: Vec<Vec<Value>> = table
            .rows
            .iter()
            .map(|row| (0..columns).map(|column| self.run(row.get(column).map_or(&[][..], Vec::as_slice))).collect())
            .collect();
        let widths: Vec<u8> =
            (0..columns).map(|column| table.widths.get(column).copied().unwrap_or(1).max(1)).collect();
        json!({
            "t": "table", "caption": self.words(&table.caption), "head": head, "rows": rows, "widths": widths,
            "row_headers": table.row_headers,
        })
    }

    fn facts(&mut self, facts: &[(String, Vec<Inline>)]) -> Vec<Value> {
        facts.iter().map(|(name, value)| json!([self.words(name), self.run(value)])).collect()
    }

    fn runs(&mut self, paragraphs: &[Vec<Inline>]) -> Vec<Value> {
        paragraphs.iter().map(|inlines| self.run(inlines)).collect()
    }

    fn run(&mut self, inlines: &[Inline]) -> Value {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> Value {
        match inline {
            Inline::Text(words) => json!({ "t": "text", "v": self.words(words) }),
            Inline::Strong(words) => json!({ "t": "strong", "v": self.words(words) }),
            Inline::Redacted { number, reason } => json!({ "t": "left-out", "number": number, "reason": reason }),
            Inline::Link { text, href } if is_safe_link(href) && !href.starts_with('#') && href.is_ascii() => {
                json!({ "t": "link", "v": self.words(text), "href": href.trim() })
            }
            Inline::Link { text, .. } => json!({ "t": "text", "v": self.words(text) }),
            Inline::LineBreak => json!({ "t": "break" }),
        }
    }
}
