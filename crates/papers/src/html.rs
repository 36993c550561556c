//! A document as accessible HTML: landmarks, language, headings in order, table headings with scope, every word escaped.
//!
//! A standalone page carries its style within, so that it can be saved, sent and printed; it loads nothing and runs
//! nothing. A fragment is for a page that has a style of its own.

use std::fmt::Write;

use crate::document::{Block, Document, DocumentKind, Inline, Item, Levels, Table, is_safe_link};

/// The style of standalone pages. Colours and sizes as in the house's own pages; prints in black and plum.
pub const STYLE: &str = include_str!("html/document.css");

/// A whole page that stands on its own.
pub fn page(document: &Document) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escape(&language_tag(document)),
        escape(&document.title),
    );
    out.push_str(&fragment(document));
    out.push_str("</body>\n</html>\n");
    out
}

/// What stands between the style tags of a page of ours, byte for byte: a Content Security Policy names its digest.
pub fn style_of(page: &str) -> &str {
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    style.map_or("", |(style, _)| style)
}

/// The document as header, main and footer, without a page around it. The title is the `<h1>`.
pub fn fragment(document: &Document) -> String {
    let mut writer = Writer { out: String::new(), levels: Levels::new(), items: items(&document.blocks) };
    writer.head(document);
    let kind = match document.kind {
        DocumentKind::Letter => "letter",
        DocumentKind::Notice => "notice",
        DocumentKind::Pack => "pack",
        DocumentKind::EasyRead => "easy-read",
    };
    let _ = writeln!(writer.out, "<main class=\"paper paper-{kind}\" lang=\"{}\">", escape(&language_tag(document)));
    writer.opening(document);
    for block in &document.blocks {
        writer.block(block);
    }
    writer.out.push_str("</main>\n");
    if let Some(footer) = &document.footer {
        let _ = writeln!(writer.out, "<footer class=\"paper-foot\"><p>{}</p></footer>", escape(footer));
    }
    writer.out
}

/// A text with the five characters that HTML reads as markup written as entities.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Control characters have no place in HTML; the replacement sign shows that something stood here.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

fn language_tag(document: &Document) -> String {
    match document.language_region() {
        Some(region) => format!("{}-{region}", document.language_code()),
        None => document.language_code(),
    }
}

fn items(blocks: &[Block]) -> Vec<(u32, String, Option<String>)> {
    let item = |block: &Block| match block {
        Block::Item(item) => Some((item.number, item.heading.clone(), item.dated.clone())),
        _ => None,
    };
    blocks.iter().filter_map(item).collect()
}

struct Writer {
    out: String,
    levels: Levels,
    items: Vec<(u32, String, Option<String>)>,
}

impl Writer {
    fn head(&mut self, document: &Document) {
        let letterhead = &document.letterhead;
        if letterhead.organisation.is_empty() && document.reference.is_none() {
            return;
        }
        self.out.push_str("<header class=\"letterhead\">\n");
        if !letterhead.organisation.is_empty() {
            let _ = writeln!(self.out, "<p class=\"organisation\">{}</p>", escape(&letterhead.organisation));
        }
        if !letterhead.lines.is_empty() {
            let _ = writeln!(self.out, "<address>{}</address>", joined_lines(&letterhead.lines));
        }
        self.out.push_str("</header>\n");
    }

    fn opening(&mut self, document: &Document) {
        let letter = matches!(document.kind, DocumentKind::Letter | DocumentKind::Pack);
        if letter && !document.addressee.is_empty() {
            let _ = writeln!(self.out, "<address class=\"addressee\">{}</address>", joined_lines(&document.addressee));
        }
        let title = format!("<h1>{}</h1>\n", escape(&document.title));
        if !letter {
            self.out.push_str(&title);
        }
        let _ = write!(
            self.out,
            "<p class=\"dateline\"><time datetime=\"{}\">{}</time>",
            document.date,
            document.date_in_words()
        );
        if let Some(reference) = &document.reference {
            let _ = write!(self.out, "<br>Our reference: {}", escape(reference));
        }
        self.out.push_str("</p>\n");
        if letter {
            self.out.push_str(&title);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let level = self.levels.next(*level) + 1;
                let _ = writeln!(self.out, "<h{level}>{}</h{level}>", escape(text));
            }
            Block::Paragraph(inlines) => self.line("p", "", inlines),
            Block::List(entries) => self.list("ul", entries),
            Block::Numbered(entries) => self.list("ol", entries),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Callout { title, body } => {
                let _ = writeln!(
                    self.out,
                    "<div class=\"callout\" role=\"note\">\n<p><strong>{}</strong></p>",
                    escape(title)
                );
                for inlines in body {
                    self.line("p", "", inlines);
                }
                self.out.push_str("</div>\n");
            }
            Block::EasyRead { picture, text } => {
                let svg = picture.svg().replacen("<svg ", "<svg aria-hidden=\"true\" focusable=\"false\" ", 1);
                let _ = write!(
                    self.out,
                    "<div class=\"easy-row\">\n<div class=\"easy-picture\" role=\"img\" aria-label=\"{}\">{svg}</div>\n",
                    picture.alternative()
                );
                self.line("p", "", text);
                self.out.push_str("</div>\n");
            }
            Block::Item(item) => self.item(item),
            Block::Contents => self.contents(),
            Block::Address(lines) => {
                let _ = writeln!(self.out, "<address>{}</address>", joined_lines(lines));
            }
            Block::Signature(lines) => {
                let _ = writeln!(self.out, "<p class=\"signature\">{}</p>", joined_lines(lines));
            }
            Block::PageBreak => self.out.push_str("<div class=\"page-break\"></div>\n"),
        }
    }

    fn line(&mut self, element: &str, attributes: &str, inlines: &[Inline]) {
        let _ = writeln!(self.out, "<{element}{attributes}>{}</{element}>", run(inlines));
    }

    fn list(&mut self, element: &str, entries: &[Vec<Inline>]) {
        let _ = writeln!(self.out, "<{element}>");
        for inlines in entries {
            self.line("li", "", inlines);
        }
        let _ = writeln!(self.out, "</{element}>");
    }

    fn facts(&mut self, facts: &[(String, Vec<Inline>)]) {
        self.out.push_str("<dl class=\"facts\">\n");
        for (name, value) in facts {
            let _ = writeln!(self.out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(name), run(value));
        }
        self.out.push_str("</dl>\n");
    }

    fn table(&mut self, table: &Table) {
        let columns = columns(table);
        let _ = write!(self.out, "<table>\n<caption>{}</caption>\n<thead>\n<tr>", escape(&table.caption));
        for column in 0..columns {
            let name = table.head.get(column).map_or("", String::as_str);
            let _ = write!(self.out, "<th scope=\"col\">{}</th>", escape(name));
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for column in 0..columns {
                let cell = row.get(column).map(|cell| run(cell)).unwrap_or_default();
                let _ = if column == 0 && table.row_headers {
                    write!(self.out, "<th scope=\"row\">{cell}</th>")
                } else {
                    write!(self.out, "<td>{cell}</td>")
                };
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    fn item(&mut self, item: &Item) {
        // An item sits below the nearest heading of level 1.
        let level = self.levels.next(2) + 1;
        let id = item.number;
        let _ = writeln!(
            self.out,
            "<section class=\"item\" id=\"item-{id}\" aria-labelledby=\"item-{id}-heading\">\n\
             <h{level} id=\"item-{id}-heading\">Item {id}: {}</h{level}>",
            escape(&item.heading)
        );
        let facts = item_facts(item);
        if !facts.is_empty() {
            self.facts(&facts);
        }
        item.text.iter().for_each(|inlines| self.line("p", "", inlines));
        for page in &item.pages {
            let _ = writeln!(self.out, "<p><strong>{}</strong></p>", escape(&page.caption()));
            page.text.iter().for_each(|inlines| self.line("p", "", inlines));
        }
        self.out.push_str("</section>\n");
    }

    fn contents(&mut self) {
        if self.items.is_empty() {
            return;
        }
        self.out.push_str("<nav class=\"contents\" aria-label=\"Contents\">\n<ol>\n");
        for (number, heading, dated) in std::mem::take(&mut self.items) {
            let dated = dated.map(|dated| format!(", {}", escape(&dated))).unwrap_or_default();
            let heading = escape(&heading);
            let _ = writeln!(self.out, "<li><a href=\"#item-{number}\">Item {number}: {heading}</a>{dated}</li>");
        }
        self.out.push_str("</ol>\n</nav>\n");
    }
}

/// The facts above an item's text: when it happened, its source, and the further ones.
pub(crate) fn item_facts(item: &Item) -> Vec<(String, Vec<Inline>)> {
    let first = [("Dated", &item.dated), ("Source", &item.source)];
    let first =
        first.into_iter().filter_map(|(name, value)| Some((name.to_owned(), vec![Inline::Text(value.clone()?)])));
    let further = item.facts.iter().map(|(name, value)| (name.clone(), vec![Inline::Text(value.clone())]));
    first.chain(further).collect()
}

/// How many columns a table has: those of its head or its longest row.
pub(crate) fn columns(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or_default()
}

fn joined_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>")
}

fn run(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        let _ = match inline {
            Inline::Text(words) => write!(out, "{}", escape(words)),
            Inline::Strong(words) => write!(out, "<strong>{}</strong>", escape(words)),
            Inline::Redacted { number, reason } => write!(
                out,
                "<mark class=\"left-out\" id=\"left-out-{number}\"><span class=\"hidden\">Left out </span>{number}\
                 <span class=\"hidden\">,</span> · reason {reason}</mark>"
            ),
            Inline::Link { text, href } if is_safe_link(href) => {
                write!(out, "<a href=\"{}\" rel=\"noreferrer\">{}</a>", escape(href.trim()), escape(text))
            }
            Inline::Link { text, .. } => write!(out, "{}", escape(text)),
            Inline::LineBreak => write!(out, "<br>"),
        };
    }
    out
}

#[cfg(test)]
mod tests;
