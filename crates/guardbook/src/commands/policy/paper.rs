//! A notice as a paper, to be typeset as PDF/UA.

use jiff::civil::Date;
use papers::document::{Block, Document, DocumentKind, Inline, Table};
use papers::pictures::Picture;
use policy::document::{self as text, plain};
use policy::{Notice, TextKind};

/// The paper of a notice, dated `date`.
pub(super) fn document(notice: &Notice, date: Date) -> Document {
    let kind = if notice.kind == TextKind::EasyRead { DocumentKind::EasyRead } else { DocumentKind::Notice };
    let mut paper = Document::new(kind, notice.title.clone(), date);
    paper.language.clone_from(&notice.language);
    paper.letterhead.organisation.clone_from(&notice.charity);
    if !notice.facts.is_empty() {
        let fact = |(name, value): &(String, String)| (name.clone(), vec![Inline::Text(value.clone())]);
        paper.blocks.push(Block::Facts(notice.facts.iter().map(fact).collect()));
    }
    paper.blocks.extend(blocks(&notice.blocks));
    paper
}

fn blocks(blocks: &[text::Block]) -> Vec<Block> {
    blocks.iter().flat_map(block).collect()
}

fn block(block: &text::Block) -> Vec<Block> {
    match block {
        // Level 1 of a paper is the first below its title; a policy's headings begin at two.
        text::Block::Heading { level, text, .. } => {
            vec![Block::Heading { level: level.saturating_sub(1).clamp(1, 4), text: plain(text) }]
        }
        text::Block::Paragraph(text) => vec![Block::Paragraph(inlines(text))],
        text::Block::List { start, items } => list(*start, items),
        text::Block::Table { head, rows } => vec![Block::Table(table(head, rows))],
        text::Block::Row { picture, text } => vec![match Picture::from_name(picture) {
            Some(picture) => Block::EasyRead { picture, text: inlines(text) },
            None => Block::Paragraph(inlines(text)),
        }],
        text::Block::Quote(inside) => blocks(inside),
        text::Block::Rule => Vec::new(),
    }
}

/// Papers have flat lists: an item's first line stays in the list, what is nested follows it.
fn list(start: Option<u64>, items: &[Vec<text::Block>]) -> Vec<Block> {
    let mut lines = Vec::new();
    let mut nested = Vec::new();
    for item in items {
        for part in item {
            match part {
                text::Block::Paragraph(text) => lines.push(inlines(text)),
                other => nested.extend(block(other)),
            }
        }
    }
    let list = if start.is_some() { Block::Numbered(lines) } else { Block::List(lines) };
    std::iter::once(list).chain(nested).collect()
}

fn table(head: &[Vec<text::Inline>], rows: &[Vec<Vec<text::Inline>>]) -> Table {
    let head: Vec<_> = head.iter().map(|cell| plain(cell)).collect();
    Table {
        caption: head.join(" and "),
        rows: rows.iter().map(|row| row.iter().map(|cell| inlines(cell)).collect()).collect(),
        head,
        row_headers: false,
        widths: Vec::new(),
    }
}

fn inlines(inlines: &[text::Inline]) -> Vec<Inline> {
    inlines
        .iter()
        .map(|inline| match inline {
            text::Inline::Text { text, strong: true, .. } => Inline::Strong(text.clone()),
            text::Inline::Text { text, .. } | text::Inline::Setting { text, .. } => Inline::Text(text.clone()),
            text::Inline::Link { href, text } => Inline::Link { text: text.clone(), href: href.clone() },
            text::Inline::Clause(id) => Inline::Text(format!("[{id}]")),
            text::Inline::Break => Inline::LineBreak,
        })
        .collect()
}
