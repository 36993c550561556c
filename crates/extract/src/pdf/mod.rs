//! PDF: words with their places, what does not show, and pages as images.

mod glyphs;
mod layout;
mod seen;
mod unseen;
mod words;

use std::sync::Arc;

use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RectExt, TransformExt, interpret_page};
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page as PdfPage};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::Rect;
use hayro::{RenderCache, RenderSettings};
use image::DynamicImage;
use image::metadata::Orientation;

use crate::read::{Draft, encoded};
use crate::reading::{HiddenSort, Page, Reading, Word};
use crate::worker::PageImage;
use crate::{Refused, limits};
use glyphs::Glyphs;
use words::Piece;

/// Reads a PDF.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let pdf = open(bytes)?;
    let mut draft = Draft::default();
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Refused::Damaged);
    }
    // A file with layers is read twice: as it shows, and as if it had none.
    let without_layers = pdf.xref().has_optional_content_groups().then(|| open(NO_LAYERS)).transpose()?;
    let file = File { pdf: &pdf, without_layers: without_layers.as_ref(), cache: InterpreterCache::new() };
    for (number, page) in pages.iter().take(limits::PAGES).enumerate() {
        if draft.is_full() {
            break;
        }
        let title = format!("Page {}", number + 1);
        draft.begin(title.as_str());
        read_page(&file, page, &title, &mut draft);
    }
    if pages.len() > limits::PAGES {
        draft.trouble(format!("Only the first {} of {} pages were read.", limits::PAGES, pages.len()));
    }
    unseen::in_objects(&pdf, &mut draft);
    unseen::list_earlier(bytes, &mut draft);
    Ok(draft.done())
}

/// A file that is read.
struct File<'a> {
    pdf: &'a Pdf,
    without_layers: Option<&'a Pdf>,
    cache: InterpreterCache<'a>,
}

/// A file that has no list of layers: with it in place of the real one, all layers show.
const NO_LAYERS: &[u8] = b"%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF";

/// Shows a page.
pub fn page(bytes: &[u8], number: usize, dpi: u32) -> Result<PageImage, Refused> {
    let pdf = open(bytes)?;
    let page = pdf.pages().get(number).ok_or(Refused::NoSuchPage)?;
    let (width, height) = size(page)?;
    let mut scale = dpi as f32 / 72.0;
    let pixels = f64::from(width * scale) * f64::from(height * scale);
    if pixels > limits::SHOWN_PIXELS {
        scale *= (limits::SHOWN_PIXELS / pixels).sqrt() as f32;
    }
    let side = |length: f32| (length * scale).round().clamp(1.0, 16_000.0) as u16;
    let (columns, rows) = (side(width), side(height));
    let settings = RenderSettings {
        x_scale: f32::from(columns) / width,
        y_scale: f32::from(rows) / height,
        width: Some(columns),
        height: Some(rows),
        bg_color: WHITE,
    };
    let pixmap = hayro::render(page, &RenderCache::new(), &settings_of_page(), &settings);
    let rgb: Vec<u8> = pixmap.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    drop(pixmap);
    let image = image::RgbImage::from_raw(columns.into(), rows.into(), rgb).ok_or(Refused::Broke)?;
    encoded(DynamicImage::from(image), Orientation::NoTransforms)
}

fn open(bytes: &[u8]) -> Result<Pdf, Refused> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Refused::Locked
        }
        _ => Refused::Damaged,
    })
}

fn settings_of_page() -> InterpreterSettings {
    InterpreterSettings { warning_sink: Arc::new(|_| {}), ..InterpreterSettings::default() }
}

/// Width and height in points after rotation.
fn size(page: &PdfPage<'_>) -> Result<(f32, f32), Refused> {
    let (width, height) = page.render_dimensions();
    let holds = |length: f32| length.is_finite() && (1.0..=limits::PAGE_SIDE).contains(&length);
    if holds(width) && holds(height) { Ok((width, height)) } else { Err(Refused::Damaged) }
}

/// The letters of a page. `layers` is the file whose list of layers says which of them show.
fn glyphs_of<'a>(page: &PdfPage<'a>, layers: &'a Pdf, cache: &InterpreterCache<'a>) -> Option<Glyphs> {
    let (width, height) = size(page).ok()?;
    let sheet = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut glyphs = Glyphs::new(sheet);
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, sheet, cache, layers.xref(), settings_of_page());
    interpret_page(page, &mut context, &mut glyphs);
    Some(glyphs)
}

fn read_page<'a>(file: &File<'a>, page: &PdfPage<'a>, title: &str, draft: &mut Draft) {
    let (Ok((width, height)), Some(glyphs)) = (size(page), glyphs_of(page, file.pdf, &file.cache)) else {
        draft.page(Page { width: 1.0, height: 1.0, words: Vec::new(), scan: false });
        draft.trouble(format!("{title} has no sensible size and was not read."));
        return;
    };
    if glyphs.is_cut() {
        draft.trouble(format!("{title} has more letters than a page can have; only the first were read."));
    }
    let sorted = glyphs.sorted();
    let recognised = sorted.scan && !sorted.hidden.is_empty();
    let (shown, hidden) = if recognised { (sorted.hidden, Vec::new()) } else { (sorted.shown, sorted.hidden) };
    for text in words::lines_of_hidden(hidden) {
        draft.hide(HiddenSort::HiddenText, title, &text);
    }
    let start = draft.text().len();
    let mut words = write(draft, words::pieces(shown));
    let fields = unseen::in_page(page, title, draft);
    write_fields(draft, page, fields, start, &mut words);
    if let Some(without_layers) = file.without_layers
        && let Some(all) = glyphs_of(page, without_layers, &file.cache)
    {
        let all = all.sorted();
        let off = words::lines_of_hidden(all.shown.into_iter().chain(all.hidden).collect());
        let shown = draft.text()[start..].to_owned();
        for line in off.iter().filter(|line| !line.split(' ').all(|word| shown.contains(word))) {
            draft.hide(HiddenSort::HiddenText, format!("{title}, a layer that is off"), line);
        }
    }
    draft.page(Page { width, height, words, scan: sorted.scan });
}

/// Values of form fields that some program has yet to draw: they show in every viewer.
fn write_fields(
    draft: &mut Draft,
    page: &PdfPage<'_>,
    fields: Vec<unseen::Field>,
    start: usize,
    words: &mut Vec<Word>,
) {
    let transform = page.initial_transform(true).to_kurbo();
    for field in fields {
        let one_line = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = draft.text()[start..].split_whitespace().collect::<Vec<_>>().join(" ");
        if one_line.is_empty() || shown.contains(&one_line) {
            continue;
        }
        let area = transform.transform_rect_bbox(field.area.to_kurbo());
        for (place, word) in one_line.split(' ').enumerate() {
            if place > 0 {
                draft.write(" ");
            }
            let (start, end) = draft.write(word);
            // Where in its field a word stands is the viewer's choice, so each takes all of it.
            words.push(Word {
                start,
                end,
                x: area.x0 as f32,
                y: area.y0 as f32,
                width: area.width() as f32,
                height: area.height() as f32,
            });
        }
        draft.line();
    }
}

/// The lines of a file's pages, without their places.
fn plain_lines(pdf: &Pdf, pages: usize) -> Vec<String> {
    let cache = InterpreterCache::new();
    let mut lines = Vec::new();
    for page in pdf.pages().iter().take(pages) {
        let Some(glyphs) = glyphs_of(page, pdf, &cache) else { continue };
        for line in layout::in_reading_order(words::pieces(glyphs.sorted().shown)) {
            lines.push(line.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" "));
        }
    }
    lines
}

/// Writes the words in reading order and says where each is.
fn write(draft: &mut Draft, pieces: Vec<Piece>) -> Vec<Word> {
    let mut words = Vec::new();
    for line in layout::in_reading_order(pieces) {
        if line.after_gap && !words.is_empty() {
            draft.line();
        }
        for (place, piece) in line.pieces.iter().enumerate() {
            if place > 0 {
                draft.write(if piece.far { "\t" } else { " " });
            }
            let (start, end) = draft.write(&piece.text);
            if start < end && words.len() < limits::WORDS_OF_PAGE {
                let area = piece.area;
                words.push(Word {
                    start,
                    end,
                    x: area.x0 as f32,
                    y: area.y0 as f32,
                    width: area.width() as f32,
                    height: area.height() as f32,
                });
            }
        }
        draft.line();
    }
    words
}
