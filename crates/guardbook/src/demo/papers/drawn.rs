//! Papers that are drawn: a PDF of typed pages, and a letter as a scanner gives it.

use std::fmt::Write as _;
use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};

/// Letters on a line of A4 in twelve points, with margins.
const LINE: usize = 82;

/// A page: its lines, and a remark that some reader put on it.
pub struct Sheet {
    lines: Vec<String>,
    note: Option<&'static str>,
}

impl Sheet {
    /// A page with these paragraphs, one a line.
    pub fn of(text: &str) -> Self {
        Self { lines: text.lines().flat_map(wrapped).collect(), note: None }
    }

    /// With a remark on it.
    pub const fn note(mut self, words: &'static str) -> Self {
        self.note = Some(words);
        self
    }

    fn content(&self, number: usize, all: usize) -> String {
        let mut content = String::from("0.4 w 72 60 m 523 60 l S\n");
        for (place, line) in self.lines.iter().enumerate() {
            let size = if place == 0 { 16 } else { 11 };
            let y = 780 - 17 * place;
            let _ = writeln!(content, "BT /F1 {size} Tf 1 0 0 1 72 {y} Tm ({}) Tj ET", escaped(line));
        }
        let _ = writeln!(content, "BT /F1 9 Tf 1 0 0 1 470 45 Tm (Page {number} of {all}) Tj ET");
        content
    }
}

fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        if let Some(line) = lines.last_mut().filter(|line| line.len() + word.len() < LINE) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.chars()
        .map(|one| match one {
            '(' | ')' | '\\' => format!("\\{one}"),
            ' '..='~' => one.to_string(),
            '\u{a1}'..='\u{ff}' => format!("\\{:03o}", u32::from(one)),
            _ => "?".to_owned(),
        })
        .collect()
}

/// A PDF of these pages, by an author who stands in its details.
pub fn pdf(sheets: &[Sheet], author: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..sheets.len()).map(|page| format!("{} 0 R", 5 + 3 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), sheets.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        format!("<</Author({})/Producer(Typewriter)>>", escaped(author)),
    ];
    for (page, sheet) in sheets.iter().enumerate() {
        let own = 5 + 3 * page;
        let notes = if sheet.note.is_some() { format!("/Annots[{} 0 R]", own + 2) } else { String::new() };
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>{notes}>>",
            own + 1
        ));
        let content = sheet.content(page + 1, sheets.len());
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
        objects.push(sheet.note.map_or_else(
            || "null".to_owned(),
            |words| format!("<</Type/Annot/Subtype/Text/Rect[540 760 560 780]/Contents({})/F 2>>", escaped(words)),
        ));
    }
    let mut bytes = String::from("%PDF-1.7\n");
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", bytes.len());
        let _ = writeln!(bytes, "{} 0 obj\n{object}\nendobj", number + 1);
    }
    let (table, count) = (bytes.len(), objects.len() + 1);
    let _ = write!(
        bytes,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R/Info 4 0 R>>\n\
         startxref\n{table}\n%%EOF\n"
    );
    bytes.into_bytes()
}

/// A page as a scanner gives it: a grey picture, a little askew.
pub fn scan(sheet: &Sheet) -> Vec<u8> {
    let page = pdf(std::slice::from_ref(sheet), "");
    let drawn = extract::Worker::within().page("letter.pdf", &page, 0, 150);
    let page = drawn.ok().and_then(|page| image::load_from_memory(&page.png).ok()).map(|page| page.to_luma8());
    let page = page.unwrap_or_else(|| GrayImage::from_pixel(1240, 1754, Luma([255])));
    let scanned = GrayImage::from_fn(page.width(), page.height(), |x, y| {
        // A line sinks by a pixel in each three hundred, and paper is not quite white.
        let from = (y + x / 300).min(page.height() - 1);
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7 & 15;
        Luma([page.get_pixel(x, from).0[0].saturating_sub(u8::try_from(grain).unwrap_or(0))])
    });
    let mut bytes = Cursor::new(Vec::new());
    // INVARIANT: writing to memory does not fail; an empty file would be refused with words.
    let _ = DynamicImage::from(scanned).write_to(&mut bytes, ImageFormat::Jpeg);
    bytes.into_inner()
}
