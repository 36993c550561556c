//! Where words lie: their boxes are held against the ink on the page's image, in PDFs and in scans.

#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "tests, with the few pixels of a page")]
#![expect(dead_code, reason = "of the makers, only those of PDFs are needed here")]

mod making;

use extract::reading::{Page, Word};
use extract::{PageImage, Reading, Worker};
use image::{DynamicImage, GrayImage, ImageFormat};

const DPI: u32 = 150;

fn worker() -> Worker {
    Worker::new(env!("CARGO_BIN_EXE_paper-worker"))
}

/// A letter of two columns, in sizes from small to large.
fn letter() -> String {
    [
        making::line(72, 770, 24, "Report of a visit"),
        making::line(72, 720, 12, "Ada Quill opened the door and showed her drawings."),
        making::line(72, 700, 12, "Her brother Corwin was at school until noon."),
        making::line(72, 640, 9, "Small print: page one of one, written by Wren Tester."),
        making::line(330, 600, 14, "Second column here"),
        making::line(72, 600, 14, "First column here"),
    ]
    .concat()
}

/// The pixels of a page that are not white, each with whether a box of a word covers it.
struct Ink {
    image: GrayImage,
    across: f32,
    down: f32,
}

impl Ink {
    fn of(image: &PageImage, page: &Page) -> Self {
        let gray = image::load_from_memory(&image.png).unwrap().to_luma8();
        assert_eq!(gray.dimensions(), (image.width, image.height));
        Self { across: image.width as f32 / page.width, down: image.height as f32 / page.height, image: gray }
    }

    /// Left, top, right and bottom in pixels, a little wider on each side: ink is smoothed.
    fn area(&self, word: &Word, more: f32) -> [f32; 4] {
        [
            word.x * self.across - more,
            word.y * self.down - more,
            (word.x + word.width) * self.across + more,
            (word.y + word.height) * self.down + more,
        ]
    }

    fn dark(&self) -> impl Iterator<Item = (f32, f32)> + '_ {
        let dark = self.image.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] < 128);
        dark.map(|(x, y, _)| (x as f32 + 0.5, y as f32 + 0.5))
    }

    /// How many dark pixels lie in this box.
    fn within(&self, area: [f32; 4]) -> usize {
        self.dark().filter(|&at| holds(area, at)).count()
    }

    /// The share of all dark pixels that lies in none of these boxes.
    fn outside(&self, areas: &[[f32; 4]]) -> f32 {
        let all = self.dark().count();
        let outside = self.dark().filter(|&at| !areas.iter().any(|&area| holds(area, at))).count();
        outside as f32 / all.max(1) as f32
    }
}

fn holds([left, top, right, bottom]: [f32; 4], (x, y): (f32, f32)) -> bool {
    left <= x && x < right && top <= y && y < bottom
}

/// Every box has ink, next to no ink is outside of all boxes, and no box takes the ink of another word.
fn boxes_lie_on_the_ink(reading: &Reading, number: usize, image: &PageImage, more: f32) {
    let page = &reading.pages[number];
    assert!(!page.words.is_empty(), "there are words");
    let ink = Ink::of(image, page);
    let areas: Vec<[f32; 4]> = page.words.iter().map(|word| ink.area(word, more)).collect();
    for (word, area) in page.words.iter().zip(&areas) {
        let says = &reading.text[word.start..word.end];
        let pixels = ink.within(*area);
        assert!(pixels >= 4, "{says}: {pixels} dark pixels in its box {word:?}");
        // Where the box is three times as high or wide as the ink in it, it is no box of that word.
        let found: Vec<(f32, f32)> = ink.dark().filter(|&at| holds(*area, at)).collect();
        let span = |of: fn(&(f32, f32)) -> f32| {
            let (low, high) = found.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), one| (a.min(one), b.max(one)));
            high - low + 1.0
        };
        assert!((area[2] - area[0]) < span(|at| at.0) * 1.5 + 4.0 * more + 4.0, "{says} is wider than its ink");
        assert!((area[3] - area[1]) < span(|at| at.1) * 3.5 + 4.0 * more + 4.0, "{says} is higher than its ink");
    }
    let outside = ink.outside(&areas);
    assert!(outside < 0.002, "{:.2} % of the ink is in no box", outside * 100.0);
}

#[test]
fn the_boxes_of_a_pdf_lie_on_its_ink_however_the_page_is_turned_and_cut() {
    let worker = worker();
    for page in [
        "",
        "/Rotate 90",
        "/Rotate 180",
        "/Rotate 270",
        "/CropBox[50 550 580 830]",
        "/CropBox[50 550 580 830]/Rotate 90",
        "/MediaBox[-20 -10 600 900]",
        "/UserUnit 2",
    ] {
        let pdf = making::pdf_with(&letter(), "", page, &[]);
        let reading = worker.read("a.pdf", &pdf).unwrap();
        assert!(reading.text.contains("Corwin was at school"), "{page}: {}", reading.text);
        if !page.contains("/Rotate") {
            assert!(reading.text.find("First column") < reading.text.find("Second column"), "{page}: {}", reading.text);
        }
        let image = worker.page("a.pdf", &pdf, 0, DPI).unwrap();
        boxes_lie_on_the_ink(&reading, 0, &image, 1.5);
    }
}

#[test]
fn a_box_that_lies_beside_its_word_is_found() {
    let worker = worker();
    let pdf = making::pdf(&letter());
    let mut reading = worker.read("a.pdf", &pdf).unwrap();
    let image = worker.page("a.pdf", &pdf, 0, DPI).unwrap();
    reading.pages[0].words[5].x += 300.0;
    let beside = std::panic::catch_unwind(|| boxes_lie_on_the_ink(&reading, 0, &image, 1.5));
    assert!(beside.is_err());
}

/// The letter as a scanner gives it: grey, a little noise, no text.
fn scan(worker: &Worker) -> GrayImage {
    let image = worker.page("a.pdf", &making::pdf(&letter()), 0, 200).unwrap();
    let mut gray = image::load_from_memory(&image.png).unwrap().to_luma8();
    for (x, y, pixel) in gray.enumerate_pixels_mut() {
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) % 23;
        pixel.0[0] = pixel.0[0].saturating_sub(noise as u8);
    }
    gray
}

fn written(image: GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn the_words_of_a_scan_are_recognised_where_its_ink_is() {
    let worker = worker();
    let upright = scan(&worker);
    for (name, bytes) in [
        ("a.png", written(upright.clone(), ImageFormat::Png)),
        ("a.jpg", written(upright.clone(), ImageFormat::Jpeg)),
        ("a.tif", written(upright.clone(), ImageFormat::Tiff)),
    ] {
        let reading = worker.read(name, &bytes).unwrap();
        assert!(reading.pages[0].scan, "{name}");
        if !worker.recognises() {
            assert!(reading.text.trim().is_empty());
            assert!(reading.troubles.iter().any(|words| words.contains("tesseract")), "the page says what is missing");
            continue;
        }
        assert!(reading.holds(), "{name}");
        for words in
            ["Report of a visit", "Ada Quill opened the door", "brother Corwin", "Wren Tester", "Second column"]
        {
            assert!(reading.text.contains(words), "{name}: {words} in {}", reading.text);
        }
        let image = worker.page(name, &bytes, 0, DPI).unwrap();
        boxes_lie_on_the_ink(&reading, 0, &image, 3.0);
    }
}

#[test]
fn a_scan_in_a_pdf_is_recognised_too() {
    let worker = worker();
    let jpeg = written(scan(&worker), ImageFormat::Jpeg);
    let (width, height) = (1_653, 2_339);
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
    );
    let pdf = making::pdf_with("595 0 0 842 0 0 cm /Im Do", "", "", &[making::stream(&entries, &jpeg)]);
    let reading = worker.read("a.pdf", &pdf).unwrap();
    assert!(reading.pages[0].scan);
    if !worker.recognises() {
        return;
    }
    assert!(reading.text.contains("brother Corwin"), "{}", reading.text);
    boxes_lie_on_the_ink(&reading, 0, &worker.page("a.pdf", &pdf, 0, DPI).unwrap(), 3.0);
}

#[test]
fn a_pdf_that_takes_too_long_is_read_as_far_as_time_goes_and_says_so() {
    let content: String =
        (0..45).map(|n| making::line(60, 800 - 16 * n, 11, &"We met at home again. ".repeat(4))).collect();
    let kids = "3 0 R ".repeat(2_000);
    let pdf = making::pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count 2000>>").into_bytes(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
        making::stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ]);
    let reading = worker().read("a.pdf", &pdf).unwrap();
    assert!(reading.holds() && !reading.pages.is_empty() && reading.pages.len() < 2_000);
    let says = format!("Only the first {} of 2000 pages were read", reading.pages.len());
    assert!(reading.troubles.iter().any(|words| words.starts_with(&says)), "{:?}", reading.troubles);
}
