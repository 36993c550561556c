//! A document as plain text: for reading aloud, for mail, and as the list of words that may stand in the finished paper.

use crate::document::{Block, Document, Inline, Item, Table};
use crate::html::{columns, item_facts};

/// The document as plain text, UTF-8, lines ended by `\n`. Everything that a reader of the PDF sees is in it once, but
/// the running head and foot of each page (see [`running_lines`]).
pub fn to_text(document: &Document) -> String {
    let mut out = Lines::default();
    out.line(&document.letterhead.organisation);
    document.letterhead.lines.iter().for_each(|line| out.line(line));
    out.gap();
    document.addressee.iter().for_each(|line| out.line(line));
    out.gap();
    out.line(&document.date_in_words());
    if let Some(reference) = &document.reference {
        out.line(&format!("Our reference: {reference}"));
    }
    out.gap();
    out.line(&document.title);
    out.line(&"=".repeat(document.title.chars().count().min(72)));
    out.gap();
    for block in &document.blocks {
        out.block(block, document);
        out.gap();
    }
    if let Some(footer) = &document.footer {
        out.line(footer);
    }
    out.text
}

/// What the PDF repeats on every page: the reference and organisation at the head, the footer, "Page 3 of 41 · item 7".
pub fn running_lines(document: &Document) -> Vec<String> {
    let parts = [Some(document.letterhead.organisation.clone()), document.reference.clone(), document.footer.clone()];
    parts.into_iter().flatten().filter(|line| !line.is_empty()).chain(["Page of item".to_owned()]).collect()
}

/// Inlines as plain text; a covered place reads `[left out 12: reason 1]`.
pub fn inline_text(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(words) | Inline::Strong(words) => words.clone(),
            Inline::Redacted { number, reason } => format!("[left out {number}: reason {reason}]"),
            Inline::Link { text, href } if href.trim_start_matches("mailto:").trim_start_matches("tel:") == text => {
                text.clone()
            }
            Inline::Link { text, href } => format!("{text} ({href})"),
            Inline::LineBreak => "\n".to_owned(),
        })
        .collect()
}

/// The words that the PDF holds once more, unseen, where they stand on the pictures of pages.
pub fn layer_text(document: &Document) -> String {
    let items =
        document.blocks.iter().filter_map(|block| if let Block::Item(item) = block { Some(item) } else { None });
    let pages = items.flat_map(|item| &item.pages);
    pages.flat_map(|page| &page.layer).flat_map(|run| [run.words.as_str(), "\n"]).collect()
}

/// One record as plain text: heading, facts, words.
pub(crate) fn item_text(item: &Item) -> String {
    let mut out = Lines::default();
    out.item(item);
    out.text
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn paragraphs(&mut self, paragraphs: &[Vec<Inline>]) {
        for paragraph in paragraphs {
            self.line(&inline_text(paragraph));
            self.gap();
        }
    }

    fn block(&mut self, block: &Block, document: &Document) {
        match block {
            Block::Heading { text, .. } => {
                self.line(text);
                self.line(&"-".repeat(text.chars().count().min(72)));
            }
            Block::Paragraph(inlines) => self.line(&inline_text(inlines)),
            Block::List(entries) => entries.iter().for_each(|entry| self.line(&format!("- {}", inline_text(entry)))),
            Block::Numbered(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    self.line(&format!("{}. {}", index + 1, inline_text(entry)));
                }
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Callout { title, body } => {
                self.line(title);
                self.paragraphs(body);
            }
            Block::EasyRead { picture, text } => {
                self.line(&format!("({})", picture.alternative()));
                self.line(&inline_text(text));
            }
            Block::Item(item) => self.item(item),
            Block::Contents => self.contents(document),
            Block::Address(lines) | Block::Signature(lines) => lines.iter().for_each(|line| self.line(line)),
            Block::PageBreak => {}
        }
    }

    fn item(&mut self, item: &Item) {
        self.line(&format!("Item {}: {}", item.number, item.heading));
        self.facts(&item_facts(item));
        self.gap();
        self.paragraphs(&item.text);
        for page in &item.pages {
            self.line(&page.caption());
            self.paragraphs(&page.text);
        }
    }

    fn facts(&mut self, facts: &[(String, Vec<Inline>)]) {
        for (name, value) in facts {
            self.line(&format!("{name}: {}", inline_text(value)));
        }
    }

    fn table(&mut self, table: &Table) {
        self.line(&table.caption);
        for row in &table.rows {
            let cells = (0..columns(table)).filter_map(|column| {
                let words = inline_text(row.get(column)?);
                let name = table.head.get(column).filter(|name| !name.is_empty());
                Some(name.map_or_else(|| words.clone(), |name| format!("{name}: {words}")))
            });
            self.line(&cells.collect::<Vec<_>>().join("; "));
        }
        if table.rows.is_empty() {
            self.line(&table.head.join("; "));
        }
    }

    fn contents(&mut self, document: &Document) {
        for block in &document.blocks {
            if let Block::Item(item) = block {
                let dated = item.dated.as_deref().map(|dated| format!(", {dated}")).unwrap_or_default();
                self.line(&format!("Item {}: {}{dated}", item.number, item.heading));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentKind, heading, paragraph};

    #[test]
    fn a_covered_place_reads_in_words() {
        let mut document = Document::new(DocumentKind::Notice, "Answer", jiff::civil::date(2026, 11, 22));
        document.blocks = vec![
            heading(1, "Note"),
            Block::Paragraph(vec![Inline::Text("Came with ".to_owned()), Inline::Redacted { number: 3, reason: 1 }]),
            paragraph("Bye."),
        ];
        let text = "22 November 2026\n\nAnswer\n======\n\nNote\n----\n\nCame with [left out 3: reason 1]\n\nBye.\n\n";
        assert_eq!(to_text(&document), text);
    }
}
