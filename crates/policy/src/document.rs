//! A policy text as plain blocks: what a page or a PDF is made from. No raw HTML survives in it.

use crate::clause::ClauseId;

/// A piece of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 to 6, with the id that links reach it by.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The id, from `{#access}` or from the words.
        id: String,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; numbered from the given number, or with dots.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Each item is blocks.
        items: Vec<Vec<Block>>,
    },
    /// A table with a header row.
    Table {
        /// The header cells.
        head: Vec<Vec<Inline>>,
        /// The rows, each as long as the header.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// An Easy Read row: a picture on the left, words on the right.
    Row {
        /// The picture's name in the set.
        picture: String,
        /// The words.
        text: Vec<Inline>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A line across.
    Rule,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text {
        /// The words themselves.
        text: String,
        /// Strong.
        strong: bool,
        /// Emphasised.
        emphasis: bool,
    },
    /// Words that carry a setting.
    Setting {
        /// The setting's key: "answer:access".
        key: String,
        /// The words.
        text: String,
    },
    /// An ordinary link.
    Link {
        /// Where it leads.
        href: String,
        /// The words.
        text: String,
    },
    /// The mark of a clause.
    Clause(ClauseId),
    /// A new line.
    Break,
}

/// The words of a line without marks, as a reader hears them.
pub fn plain(inlines: &[Inline]) -> String {
    let words: String = inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } | Inline::Setting { text, .. } | Inline::Link { text, .. } => text.as_str(),
            Inline::Clause(_) => "",
            Inline::Break => " ",
        })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
