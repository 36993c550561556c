//! CommonMark to blocks and lines. Raw HTML is shown as text; comments, which are for whoever edits, are left out.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::document::{Block, Inline, plain};
use crate::line::{Line, Link, Picture, Run};
use crate::source::Source;

/// Deeper nesting than this is flattened, so that no text can exhaust the stack.
const DEEPEST: usize = 24;

/// A section: a heading and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The id by which links reach it.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// 1 to 6.
    pub level: u8,
    /// The line in the source, from 1.
    pub line: usize,
}

/// What a text's body holds.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub blocks: Vec<Block>,
    /// Every line but headings, in reading order; cells of tables are apart because they are not sentences.
    pub lines: Vec<Line>,
    pub cells: Vec<Line>,
    pub headings: Vec<Line>,
    pub sections: Vec<Section>,
}

/// Reads the text from byte `from` on.
pub(crate) fn read(source: &Source, from: usize) -> Body {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events: Vec<_> = Parser::new_ext(&source.text()[from..], options)
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + from..range.end + from))
        .collect();
    let mut reader = Reader { source, events, at: 0, body: Body::default() };
    let blocks = reader.blocks(0);
    reader.body.blocks = blocks;
    reader.body
}

struct Reader<'a> {
    source: &'a Source,
    events: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
    body: Body,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&(Event<'a>, Range<usize>)> {
        self.events.get(self.at)
    }

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let next = self.events.get(self.at).cloned();
        self.at += 1;
        next
    }

    /// Blocks up to the end of the container in which we are.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Containers that are too deep are not entered; their ends must then not end ours.
        let mut flattened = 0usize;
        while let Some((event, range)) = self.peek().cloned() {
            match event {
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) if depth >= DEEPEST => {
                    self.at += 1;
                    flattened += 1;
                }
                Event::Start(tag) if is_block(&tag) => {
                    self.at += 1;
                    self.block(tag, &range, depth, &mut blocks);
                }
                Event::End(_) if flattened > 0 => {
                    self.at += 1;
                    flattened -= 1;
                }
                Event::End(_) => {
                    self.at += 1;
                    return blocks;
                }
                Event::Rule => {
                    self.at += 1;
                    blocks.push(Block::Rule);
                }
                // Inline content straight in a list item.
                _ => {
                    let before = self.at;
                    let line = self.line(None);
                    self.push_line(line, &mut blocks);
                    if self.at == before {
                        self.at += 1;
                    }
                }
            }
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'a>, range: &Range<usize>, depth: usize, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let line = self.line(Some(TagEnd::Heading(level)));
                let given = id.map(|id| id.to_string());
                blocks.push(self.heading(level, given, line, range.start));
            }
            Tag::BlockQuote(_) => {
                let inside = self.blocks(depth + 1);
                blocks.push(Block::Quote(inside));
            }
            Tag::List(start) => {
                let items = self.items(depth);
                blocks.push(Block::List { start, items });
            }
            Tag::Table(_) => {
                let table = self.table();
                blocks.push(table);
            }
            other => {
                let end = other.to_end();
                let line = self.line(Some(end));
                self.push_line(line, blocks);
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<String>, line: Line, at: usize) -> Block {
        let title = plain(&line.inlines);
        let id = id.unwrap_or_else(|| slug(&title));
        let level = level as u8;
        let line_number = self.source.place(at..at).line;
        self.body.sections.push(Section { id: id.clone(), title, level, line: line_number });
        let text = line.inlines.clone();
        self.body.headings.push(line);
        Block::Heading { level, id, text }
    }

    fn items(&mut self, depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.blocks(depth + 1)),
                Event::End(_) => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self) -> Block {
        let (mut head, mut rows, mut row) = (Vec::new(), Vec::new(), Vec::new());
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let line = self.line(Some(TagEnd::TableCell));
                    row.push(line.inlines.clone());
                    self.body.cells.push(self.in_section(line));
                }
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table { head, rows }
    }

    /// A line up to `end`, or, in a list item, up to whatever is not inline.
    fn line(&mut self, end: Option<TagEnd>) -> Line {
        let mut gather = Gather::default();
        while let Some((event, range)) = self.peek().cloned() {
            let stops = match &event {
                Event::End(tag) => Some(*tag) == end || (end.is_none() && !is_inline_end(*tag)),
                Event::Start(tag) => end.is_none() && is_block(tag),
                Event::Rule => end.is_none(),
                _ => false,
            };
            if stops {
                if end.is_some() {
                    self.at += 1;
                }
                break;
            }
            self.at += 1;
            gather.take(event, range, self.source.text());
        }
        Line::new(gather.runs, gather.links, gather.pictures)
    }

    fn in_section(&self, mut line: Line) -> Line {
        line.section = self.body.sections.last().map(|section| section.id.clone());
        line
    }

    fn push_line(&mut self, line: Line, blocks: &mut Vec<Block>) {
        let line = self.in_section(line);
        let picture = line.pictures.first().and_then(|picture| picture.destination.strip_prefix("picture:"));
        if let Some(picture) = picture {
            blocks.push(Block::Row { picture: picture.to_owned(), text: trimmed(&line.inlines) });
        } else if !line.inlines.is_empty() {
            blocks.push(Block::Paragraph(line.inlines.clone()));
        }
        if !line.inlines.is_empty() || !line.pictures.is_empty() {
            self.body.lines.push(line);
        }
    }
}

/// What has been read of a line.
#[derive(Default)]
struct Gather {
    runs: Vec<Run>,
    links: Vec<Link>,
    pictures: Vec<Picture>,
    strong: usize,
    emphasis: usize,
    open: Option<usize>,
    in_picture: usize,
    in_comment: bool,
}

impl Gather {
    fn take(&mut self, event: Event<'_>, range: Range<usize>, source: &str) {
        match event {
            Event::Text(text) => {
                let at = text_start(&text, &range, source);
                self.push(&text, at, false);
            }
            Event::Code(text) => self.push(&text, range.start + 1, true),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text, range.start),
            Event::SoftBreak => self.push(" ", range.start, false),
            Event::HardBreak => self.push("\n", range.start, false),
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis = self.emphasis.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) if self.in_picture == 0 => {
                self.open = Some(self.links.len());
                let destination = dest_url.to_string();
                self.links.push(Link { destination, source: range, plain: 0..0, words: String::new() });
            }
            Event::End(TagEnd::Link) => self.open = None,
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.in_picture += 1;
                self.pictures.push(Picture { destination: dest_url.to_string(), source: range });
            }
            Event::End(TagEnd::Image) => self.in_picture = self.in_picture.saturating_sub(1),
            _ => {}
        }
    }

    /// Raw HTML is shown as it is written, but for comments. They come line by line, so we remember being inside one.
    fn html(&mut self, text: &str, at: usize) {
        let mut rest = 0;
        while rest < text.len() {
            let (mark, skip) = if self.in_comment { ("-->", 3) } else { ("<!--", 0) };
            let found = text[rest..].find(mark).map_or(text.len(), |from| rest + from + skip);
            if !self.in_comment {
                self.push(text[rest..found].trim_end(), at + rest, true);
            }
            if found < text.len() || text[rest..].contains(mark) {
                self.in_comment = !self.in_comment;
            }
            rest = found;
        }
    }

    /// Words inside a picture describe it and are not part of the line.
    fn push(&mut self, text: &str, at: usize, code: bool) {
        if self.in_picture > 0 || text.is_empty() {
            return;
        }
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        self.runs.push(Run { text: text.to_owned(), at, strong, emphasis, link: self.open, code });
    }
}

/// Where the text of an event begins: after the backslash of an escape, which the range includes at times.
fn text_start(text: &str, range: &Range<usize>, source: &str) -> usize {
    let raw = source.get(range.clone()).unwrap_or_default();
    raw.find(text).map_or(range.start, |skip| range.start + skip)
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::Table(_)
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough)
}

/// An id for a heading that gives none: its words in lower case with hyphens.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for each in title.to_lowercase().chars() {
        if each.is_alphanumeric() {
            slug.push(each);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The words of a row without the gap that the picture left.
fn trimmed(inlines: &[Inline]) -> Vec<Inline> {
    let mut inlines = inlines.to_vec();
    if let Some(Inline::Text { text, .. }) = inlines.first_mut() {
        *text = text.trim_start().to_owned();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    inlines
}
