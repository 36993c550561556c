//! A policy text as a notice: title, facts from the front matter, and blocks. Page and PDF are made from it.

use crate::document::{Block, Inline, plain};
use crate::front::{Front, TextKind};
use crate::policy::Policy;
use crate::text::Text;

/// A notice, ready to be set as a page or a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The title.
    pub title: String,
    /// BCP 47 tag: "en-GB", "cy".
    pub language: String,
    /// Which text it is.
    pub kind: TextKind,
    /// The charity.
    pub charity: String,
    /// Names and values for the top of the notice: who is responsible, since when, next review.
    pub facts: Vec<(String, String)>,
    /// The body, without the heading that became the title.
    pub blocks: Vec<Block>,
}

/// The notice of the full text.
pub fn notice(policy: &Policy) -> Notice {
    notice_of(policy.full(), policy.front())
}

/// The notice of any text of a policy. What its own front matter leaves out, the full text's says.
pub fn notice_of(text: &Text, full: &Front) -> Notice {
    let front = &text.front;
    let mut blocks = text.blocks.clone();
    let heading = match blocks.first() {
        Some(Block::Heading { level: 1, text, .. }) => Some(plain(text)),
        _ => None,
    };
    if heading.is_some() {
        blocks.remove(0);
    }
    let charity = front.charity.clone().or_else(|| full.charity.clone()).unwrap_or_default();
    Notice {
        title: front.title.clone().or(heading).unwrap_or_else(|| format!("{charity}: how we use information")),
        language: front.language().to_owned(),
        kind: front.text,
        facts: facts(front, full),
        charity,
        blocks,
    }
}

fn facts(front: &Front, full: &Front) -> Vec<(String, String)> {
    let date = |mine: Option<crate::front::PolicyDate>, theirs: Option<crate::front::PolicyDate>| {
        mine.or(theirs).map(|date| date.to_string())
    };
    [
        ("Who is responsible", front.controller.clone().or_else(|| full.controller.clone())),
        ("In force since", date(front.adopted, full.adopted)),
        ("Last reviewed", date(front.reviewed, full.reviewed)),
        ("Next review", date(front.review, full.review)),
        ("Reviewed by", front.by.clone().or_else(|| full.by.clone())),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
    .collect()
}

/// The words of a notice as plain text, for search and for tests.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Row { text, .. } => line(text, &mut out),
            Block::List { items, .. } => items.iter().for_each(|item| out.push_str(&plain_text(item))),
            Block::Quote(inside) => out.push_str(&plain_text(inside)),
            Block::Table { head, rows } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| line(cell, &mut out));
            }
            Block::Rule => {}
        }
    }
    out
}

fn line(inlines: &[Inline], out: &mut String) {
    out.push_str(&plain(inlines));
    out.push('\n');
}
