//! A letter as a Word document (Office Open XML), for charities that print on their own paper or add a line by hand.
//! Letters and notices only: an answer leaves as what was searched, never as something that can still be changed.

use std::io::Cursor;

use docx_rs::{AlignmentType, BreakType, Docx, Paragraph, Run, RunFonts, Style, StyleType};

use crate::document::{Block, Document, Inline};
use crate::plain::inline_text;

/// The typeface asked for; a machine without it takes its own.
const FACE: &str = "Arial";
/// Sizes in half points.
const BODY: usize = 23;
const SMALL: usize = 19;

/// Why it was not written.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    /// The library or memory.
    #[error("the Word document could not be written: {0}")]
    Write(String),
}

/// The letter as a `.docx`.
///
/// # Errors
/// [`WordError`]; no text is known to lead there.
pub fn to_docx(document: &Document) -> Result<Vec<u8>, WordError> {
    let heading = |id: &str, name: &str, size| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .size(size)
            .bold()
            .fonts(RunFonts::new().ascii(FACE).hi_ansi(FACE))
    };
    let mut docx = Docx::new()
        .default_fonts(RunFonts::new().ascii(FACE).hi_ansi(FACE).cs(FACE))
        .default_size(BODY)
        .add_style(heading("Heading1", "heading 1", 32))
        .add_style(heading("Heading2", "heading 2", 26));
    docx = right(docx, &document.letterhead.organisation, true);
    for line in &document.letterhead.lines {
        docx = right(docx, line, false);
    }
    docx = docx.add_paragraph(Paragraph::new());
    for line in &document.addressee {
        docx = docx.add_paragraph(Paragraph::new().add_run(run(line)));
    }
    docx = docx.add_paragraph(Paragraph::new()).add_paragraph(Paragraph::new().add_run(run(&document.date_in_words())));
    if let Some(reference) = &document.reference {
        docx = docx.add_paragraph(Paragraph::new().add_run(run(&format!("Our reference: {reference}"))));
    }
    docx = docx.add_paragraph(spaced().style("Heading1").add_run(run(&document.title)));
    for block in &document.blocks {
        docx = add(docx, block);
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|error| WordError::Write(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn run(words: &str) -> Run {
    let mut run = Run::new();
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

fn spaced() -> Paragraph {
    Paragraph::new().line_spacing(docx_rs::LineSpacing::new().before(120).after(120).line(300))
}

fn right(docx: Docx, words: &str, bold: bool) -> Docx {
    let run = run(words).size(if bold { BODY } else { SMALL });
    let run = if bold { run.bold() } else { run };
    docx.add_paragraph(Paragraph::new().align(AlignmentType::Right).add_run(run))
}

fn inlines(inlines: &[Inline]) -> Paragraph {
    inlines.iter().fold(spaced(), |paragraph, inline| match inline {
        Inline::Strong(words) => paragraph.add_run(run(words).bold()),
        other => paragraph.add_run(run(&inline_text(std::slice::from_ref(other)))),
    })
}

fn add(docx: Docx, block: &Block) -> Docx {
    match block {
        Block::Heading { level, text } => {
            let style = if *level <= 1 { "Heading1" } else { "Heading2" };
            docx.add_paragraph(spaced().style(style).add_run(run(text)))
        }
        Block::Paragraph(words) => docx.add_paragraph(inlines(words)),
        Block::List(entries) => entries
            .iter()
            .fold(docx, |docx, entry| docx.add_paragraph(spaced().add_run(run(&format!("• {}", inline_text(entry)))))),
        Block::Numbered(entries) => entries.iter().zip(1_usize..).fold(docx, |docx, (entry, number)| {
            docx.add_paragraph(spaced().add_run(run(&format!("{number}. {}", inline_text(entry)))))
        }),
        Block::Facts(facts) => facts.iter().fold(docx, |docx, (name, words)| {
            docx.add_paragraph(spaced().add_run(run(&format!("{name}: ")).bold()).add_run(run(&inline_text(words))))
        }),
        Block::Address(lines) | Block::Signature(lines) => {
            lines.iter().fold(docx.add_paragraph(Paragraph::new()), |docx, line| {
                docx.add_paragraph(Paragraph::new().add_run(run(line)))
            })
        }
        Block::Callout { title, body } => {
            body.iter().fold(docx.add_paragraph(spaced().add_run(run(title).bold())), |docx, paragraph| {
                docx.add_paragraph(inlines(paragraph))
            })
        }
        // Letters and notices hold none of these.
        Block::Table(_) | Block::EasyRead { .. } | Block::Item(_) | Block::Contents | Block::PageBreak => docx,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::sample;

    fn part(docx: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_letter_in_word_says_what_the_letter_says_and_nothing_of_who_made_it() {
        let letter = sample::letter();
        let docx = to_docx(&letter).unwrap();
        let body = part(&docx, "word/document.xml");
        for line in letter.addressee.iter().chain([&letter.title, &letter.letterhead.organisation]) {
            assert!(body.contains(&line.replace('&', "&amp;")), "{line}");
        }
        let words = letter.blocks.iter().find_map(|block| match block {
            Block::Paragraph(words) => Some(inline_text(words)),
            _ => None,
        });
        assert!(body.contains(words.unwrap().split('&').next().unwrap()));
        assert!(body.contains("Heading1"), "headings are headings");
        let about = part(&docx, "docProps/core.xml");
        assert!(!about.contains(&letter.addressee[0]), "{about}");
    }

    #[test]
    fn words_that_look_like_markup_stay_words() {
        let mut letter = sample::letter();
        letter.blocks = vec![crate::document::paragraph("<w:t>&amp; a\nnew line</w:t>")];
        let body = part(&to_docx(&letter).unwrap(), "word/document.xml");
        assert!(body.contains("&lt;w:t&gt;&amp;amp; a"), "{body}");
    }
}
