//! Tests of packs with pages that are pictures.

use std::sync::Arc;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage};

use super::*;
use crate::document::LayerRun;
use crate::pages::{Area, Burn, Burnt, Made, POINT, make};
use crate::sample;
use crate::typeset::tests::{read_by_poppler, tool};
use crate::verify::PictureFault;

const SIZE: (u32, u32) = (595 * POINT, 842 * POINT);

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

/// A page of writing (PNG when made) or of colour (JPEG when made).
fn drawn(colour: bool) -> Vec<u8> {
    png(&if colour {
        DynamicImage::ImageRgb8(RgbImage::from_fn(300, 420, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 99])))
    } else {
        DynamicImage::ImageLuma8(GrayImage::from_fn(595, 842, |x, y| Luma([if (x + y) % 23 == 0 { 20 } else { 255 }])))
    })
}

fn covered(number: u32) -> Segment {
    Segment::Covered { number, reason: RedactionReason::AboutSomeoneElse }
}

fn page(number: u32, picture: Made, box_number: u32) -> PackPage {
    PackPage {
        number,
        of: 2,
        picture: Arc::new(picture),
        text: vec![Segment::Shown("The zebra painting by ".to_owned()), covered(box_number)],
        layer: vec![LayerRun {
            words: "The zebra painting by".to_owned(),
            area: Area { left: 10_000, top: 10_000, width: 30_000, height: 2_000 },
        }],
    }
}

/// The sample pack with a paper of two pages in it, the last item.
fn with_pictures(tamper: impl Fn(&mut PackPage)) -> PackContents {
    let mut contents = sample::pack();
    let boxed = |number| [Burn { area: Area { left: 8_000, top: 9_000, width: 9_000, height: 2_000 }, number }];
    let mut pages = vec![
        page(1, make(&drawn(false), SIZE, &boxed(901)).unwrap(), 901),
        page(2, make(&drawn(true), SIZE, &boxed(902)).unwrap(), 902),
    ];
    pages.iter_mut().for_each(tamper);
    let item = contents.items.last_mut().unwrap();
    item.pages = pages;
    contents
}

const WITHHELD: [Withheld<'static>; 1] = [Withheld { text: "Orla Wickett", may_be_read_elsewhere: false }];

#[test]
fn k27_pages_as_pictures_leave_with_their_words_and_nothing_under_their_boxes() {
    let contents = with_pictures(|_| {});
    let finished = finish(&contents, &WITHHELD).unwrap();
    let read = read_by_poppler(&finished.pdf);
    // Once on the picture, once below it, for each of the two pages.
    assert_eq!(read.matches("The zebra painting by").count(), 4, "{read}");
    assert!(read.contains("Page 2 of 2 is a picture in the PDF"));
    assert!(finished.html.contains("Page 1 of 2 is a picture") && !finished.html.contains("<img"));
    assert!(finished.json.contains("The zebra painting by"));
    assert_eq!(contents.left_out().last().unwrap().numbers, (901, 902), "the log names the boxes of pictures");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pack.pdf");
    std::fs::write(&file, &finished.pdf).unwrap();
    tool("qpdf", "qpdf", &["--check", "FILE"], &file);
    let info = tool("pdfinfo", "poppler-utils", &["FILE"], &file);
    assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{info}");
    let images = tool("pdfimages", "poppler-utils", &["-list", "FILE"], &file);
    assert!(images.contains("595   842  gray") && images.contains("300   420  rgb"), "{images}");
}

#[test]
fn a_box_that_was_not_burnt_stops_everything() {
    for (which, colour) in [(1, false), (2, true)] {
        let contents = with_pictures(|page| {
            if page.number == which {
                let boxes = page.picture.boxes.clone();
                let bare = make(&drawn(colour), SIZE, &[]).unwrap();
                page.picture = Arc::new(Made { boxes, ..bare });
            }
        });
        let Err(FinishError::Pictures(faults)) = finish(&contents, &WITHHELD) else { panic!("it left") };
        assert_eq!(faults, [PictureFault::Uncovered { picture: which as usize, number: 900 + which }]);
    }
}

#[test]
fn a_box_that_only_pales_what_is_under_it_is_seen() {
    let contents = with_pictures(|page| {
        if page.number == 1 {
            // A box of dark grey over grey writing: black to the eye, not to a program.
            let boxes = page.picture.boxes.clone();
            let (left, top, right, bottom) = boxes[0].pixels;
            let pale = DynamicImage::ImageLuma8(GrayImage::from_fn(595, 842, |x, y| {
                let under = (left..right).contains(&x) && (top..bottom).contains(&y);
                Luma([if under { u8::from((x + y) % 23 == 0) } else { 255 }])
            }));
            page.picture = Arc::new(Made { boxes, ..make(&png(&pale), SIZE, &[]).unwrap() });
        }
    });
    assert!(matches!(finish(&contents, &WITHHELD), Err(FinishError::Pictures(_))));
}

#[test]
fn words_and_boxes_that_disagree_stop_everything() {
    let without_box = with_pictures(|page| page.text.push(covered(950)));
    assert!(matches!(finish(&without_box, &WITHHELD), Err(FinishError::Disagree { page: 1, .. })));
    let without_number = with_pictures(|page| {
        let mut made = (*page.picture).clone();
        made.boxes.push(Burnt { pixels: (0, 0, 8, 8), number: 960 });
        page.picture = Arc::new(made);
    });
    assert!(matches!(finish(&without_number, &WITHHELD), Err(FinishError::Disagree { .. })));
}

#[test]
fn a_covered_word_left_in_the_unseen_layer_stops_everything() {
    let contents = with_pictures(|page| page.layer[0].words.push_str(" Orla Wickett"));
    let Err(FinishError::Leaks(leaks)) = finish(&contents, &WITHHELD) else { panic!("it left") };
    assert!(leaks.iter().all(|(file, _)| *file == FinishedFile::Pdf) && !leaks.is_empty(), "{leaks:?}");
}

#[test]
fn an_image_that_nobody_made_is_foreign() {
    let finished = finish(&with_pictures(|_| {}), &WITHHELD).unwrap();
    let faults = crate::verify::check_pictures(&finished.pdf, &[]).unwrap();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults.iter().all(|fault| matches!(fault, PictureFault::Foreign { .. })));
}
