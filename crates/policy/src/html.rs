//! A notice as an HTML fragment. Everything is escaped; no markup of the Markdown text passes through.

use std::fmt;

use crate::document::{Block, Inline};
use crate::notice::{Notice, notice};
use crate::policy::Policy;
use crate::registry;
use crate::value::{self, Contact, Kind, Value};

/// How a fragment is written.
#[derive(Debug, Clone, Copy)]
pub struct Html {
    /// Gives the drawing of a picture as trusted SVG; where it gives none, the slot stays empty.
    pub picture: fn(&str) -> Option<String>,
    /// The level that the text's highest headings get: 2 below a page's own title.
    pub top_level: u8,
}

/// The full text's notice as a fragment: facts, then the body; without pictures.
pub fn notice_html(policy: &Policy) -> String {
    Html { picture: |_| None, top_level: 2 }.notice(&notice(policy))
}

impl Html {
    /// The facts and the body of a notice. The title is left to the page.
    pub fn notice(&self, notice: &Notice) -> String {
        let mut out = String::new();
        if !notice.facts.is_empty() {
            out.push_str("<dl class=\"facts\">\n");
            for (name, value) in &notice.facts {
                put(&mut out, format_args!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(name), escape(value)));
            }
            out.push_str("</dl>\n");
        }
        self.blocks(&notice.blocks, &mut Levels { base: self.top_level, open: Vec::new() }, &mut out);
        out
    }

    fn blocks(&self, blocks: &[Block], levels: &mut Levels, out: &mut String) {
        for block in blocks {
            self.block(block, levels, out);
        }
    }

    fn block(&self, block: &Block, levels: &mut Levels, out: &mut String) {
        match block {
            Block::Heading { level, id, text } => {
                let level = levels.next(*level);
                let id = if id.is_empty() { String::new() } else { format!(" id=\"{}\"", escape(id)) };
                put(out, format_args!("<h{level}{id}>{}</h{level}>\n", inlines(text)));
            }
            Block::Paragraph(text) => put(out, format_args!("<p>{}</p>\n", inlines(text))),
            Block::List { start, items } => self.list(*start, items, levels, out),
            Block::Table { head, rows } => table(head, rows, out),
            Block::Row { picture, text } => {
                // The words say everything, so the picture is not read out.
                let drawing = (self.picture)(picture).unwrap_or_default();
                put(
                    out,
                    format_args!(
                        "<div class=\"row\"><div class=\"picture\" data-picture=\"{}\" aria-hidden=\"true\">{drawing}</div>\
                     <p>{}</p></div>\n",
                        escape(picture),
                        inlines(text)
                    ),
                );
            }
            Block::Quote(inside) => {
                out.push_str("<blockquote>\n");
                self.blocks(inside, levels, out);
                out.push_str("</blockquote>\n");
            }
            Block::Rule => out.push_str("<hr>\n"),
        }
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>], levels: &mut Levels, out: &mut String) {
        let (open, close) = match start {
            None => ("<ul>".to_owned(), "</ul>"),
            Some(1) => ("<ol>".to_owned(), "</ol>"),
            Some(first) => (format!("<ol start=\"{first}\">"), "</ol>"),
        };
        out.push_str(&open);
        out.push('\n');
        for item in items {
            out.push_str("<li>");
            match item.as_slice() {
                [Block::Paragraph(text)] => out.push_str(&inlines(text)),
                blocks => self.blocks(blocks, levels, out),
            }
            out.push_str("</li>\n");
        }
        out.push_str(close);
        out.push('\n');
    }
}

/// Heading levels as written: the highest is the page's next one, and none is skipped (WCAG 1.3.1).
struct Levels {
    base: u8,
    open: Vec<u8>,
}

impl Levels {
    fn next(&mut self, level: u8) -> u8 {
        while self.open.last().is_some_and(|last| *last >= level) {
            self.open.pop();
        }
        self.open.push(level);
        let depth = u8::try_from(self.open.len()).unwrap_or(u8::MAX);
        self.base.saturating_add(depth - 1).min(6)
    }
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], out: &mut String) {
    out.push_str("<table>\n<thead><tr>");
    for cell in head {
        put(out, format_args!("<th scope=\"col\">{}</th>", inlines(cell)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            put(out, format_args!("<td>{}</td>", inlines(cell)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for each in inlines {
        if matches!(each, Inline::Clause(_)) {
            // The mark stays on the line of the sentence that it belongs to.
            out.truncate(out.trim_end().len());
            out.push_str("&nbsp;");
        }
        out.push_str(&inline(each));
    }
    out.trim().to_owned()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text { text, strong, emphasis } => {
            let mut html = escape(text);
            if *emphasis {
                html = format!("<em>{html}</em>");
            }
            if *strong {
                html = format!("<strong>{html}</strong>");
            }
            html
        }
        Inline::Setting { key, text } => setting(key, text),
        Inline::Link { href, text } if is_safe(href) => format!("<a href=\"{}\">{}</a>", escape(href), escape(text)),
        Inline::Link { text, .. } => escape(text),
        Inline::Clause(id) => format!("<small class=\"clause\" id=\"clause-{id}\">{id}</small>"),
        Inline::Break => "<br>".to_owned(),
    }
}

/// Live words. Those with a value are marked as such, and an address can be followed.
fn setting(key: &str, text: &str) -> String {
    let kind = registry::entry(key).map(|entry| entry.kind);
    let class = if kind.is_some_and(|kind| kind != Kind::Presence) { "live value" } else { "live" };
    let words = escape(text);
    let words = match kind.map(|kind| value::read(kind, text)) {
        Some(Ok(Value::Contact(Contact::Email(address)))) => {
            format!("<a href=\"mailto:{}\">{words}</a>", escape(&address))
        }
        Some(Ok(Value::Contact(Contact::Website(site)))) => {
            format!("<a href=\"https://{}\">{words}</a>", escape(&site))
        }
        _ => words,
    };
    format!("<span class=\"{class}\" data-setting=\"{}\">{words}</span>", escape(key))
}

/// Only what a reader can follow without harm; a link to a file of the machine or to a script is printed as words.
fn is_safe(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:", "tel:", "sms:", "#"].iter().any(|start| lower.starts_with(start));
    known || !lower.split('/').next().unwrap_or_default().contains(':')
}

fn put(out: &mut String, piece: fmt::Arguments<'_>) {
    out.push_str(&piece.to_string());
}

/// Text for between tags and inside quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
