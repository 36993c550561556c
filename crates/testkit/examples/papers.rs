//! From upload to searchable: what keeping a paper costs by sort, against copying and hashing the same bytes. One JSON line each.
//!
//! Papers are read in children of this same program, as the server does it.

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a measuring program")]
#![expect(clippy::cast_precision_loss, reason = "sizes of some megabytes")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use duties::SignedIn;
use duties::notes::{NewPaper, PaperAnswers, Upload, keep_paper, see_paper};
use duties::people::Why;
use records::FileId;
use sha2::{Digest as _, Sha256};
use testkit::TestOffice;

/// Each paper says this once, near its end.
const SOUGHT: &str = "The heron left at dusk.";
const LINE: &str = "We met at home with Ada Sample and her brother, and went through the week.";
/// So often each is measured; the middle counts.
const TIMES: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, rest @ ..] = arguments.as_slice()
        && first == extract::child::ARGUMENT
    {
        return extract::child::run(rest);
    }
    tokio::runtime::Runtime::new().unwrap().block_on(measure());
    ExitCode::SUCCESS
}

async fn measure() {
    let office = TestOffice::new().await;
    let worker = extract::Worker::new(std::env::current_exe().unwrap());
    office.office.read_papers_by(worker.clone());
    let (who, ada) = (office.family_worker().await, office.child("Ada Sample", jiff::civil::date(2014, 5, 6)).await);
    for (name, file_name, make) in papers(&worker) {
        let (mut ours, mut peer, mut size) = (Vec::new(), Vec::new(), 0);
        for turn in 0..TIMES {
            // Bytes of its own each time: nothing is found to be there already.
            let bytes = make(turn);
            size = bytes.len();
            peer.push(copied(&office, &bytes));
            ours.push(kept(&office, &who, ada, file_name, bytes).await);
        }
        let (ours, peer) = (median(ours), median(peer));
        let megabytes = size as f64 / f64::from(1 << 20);
        println!(
            r#"{{"name":"upload_to_searchable_{name}","unit":"ms","ours":{:.1},"limit":{:.1},"ratio":{:.1},"megabytes":{megabytes:.2},"ms_per_megabyte":{:.0},"note":"limit: copying the bytes to the disk and hashing them"}}"#,
            ours * 1e3,
            peer * 1e3,
            ours / peer,
            ours * 1e3 / megabytes,
        );
    }
}

/// Seconds until a paper is read, sealed and committed; then its words are in the record.
async fn kept(office: &TestOffice, who: &SignedIn, ada: FileId, file_name: &str, bytes: Vec<u8>) -> f64 {
    let new = NewPaper {
        title: "A paper".to_owned(),
        text: String::new(),
        upload: Some(Upload { file_name: file_name.to_owned(), bytes }),
        answers: PaperAnswers::for_purpose("measuring"),
    };
    let start = Instant::now();
    let id = keep_paper(&office.office, who, ada, &Why::support(), new).await.unwrap();
    let took = start.elapsed().as_secs_f64();
    let shown = see_paper(&office.office, who, (ada, id), &Why::support()).await.unwrap();
    let text = shown.paper().unwrap().text.as_ref().map(|text| text.for_search().clone()).unwrap_or_default();
    let inside = !shown.inside.is_empty();
    assert!(inside || text.contains(SOUGHT), "{file_name}: its words cannot be searched");
    took
}

fn copied(office: &TestOffice, bytes: &[u8]) -> f64 {
    let path = office.folder.path().join("copy");
    let start = Instant::now();
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
    assert_ne!(Sha256::digest(bytes)[..], [0; 32]);
    start.elapsed().as_secs_f64()
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

type Make = Box<dyn Fn(usize) -> Vec<u8>>;

fn papers(worker: &extract::Worker) -> Vec<(&'static str, &'static str, Make)> {
    let scanner = worker.clone();
    let mut all: Vec<(&'static str, &'static str, Make)> = vec![
        ("text", "a.txt", Box::new(|turn| lines(turn, 14_000, "\n").into_bytes())),
        ("csv", "a.csv", Box::new(|turn| lines(turn, 14_000, "\n").replace(" and ", ",").into_bytes())),
        ("mail", "a.eml", Box::new(mail)),
        ("word", "a.docx", Box::new(word)),
        ("workbook", "a.xlsx", Box::new(workbook)),
        ("pdf_of_300_pages", "a.pdf", Box::new(|turn| pdf(turn, 300, 11))),
        ("zip_of_20_texts", "a.zip", Box::new(archive)),
    ];
    if worker.recognises() {
        all.push(("scan_of_one_page", "a.jpg", Box::new(move |turn| scan(&scanner, turn))));
    }
    all
}

fn lines(turn: usize, count: usize, end: &str) -> String {
    let mut text = format!("Paper {turn}{end}");
    for _ in 0..count {
        text.push_str(LINE);
        text.push_str(end);
    }
    text + SOUGHT + end
}

fn mail(turn: usize) -> Vec<u8> {
    let head = "From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\nSubject: x\r\n\r\n";
    (head.to_owned() + &lines(turn, 14_000, "\r\n")).into_bytes()
}

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Letters without order between the words: else a paper is packed to nothing, and a megabyte of it is all the world.
fn unlike(turn: usize, number: usize) -> u64 {
    (turn as u64 * 1_000_003 + number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 8
}

fn word(turn: usize) -> Vec<u8> {
    let mut body = String::new();
    for number in 0..15_000 {
        let _ = write!(body, "<w:p><w:r><w:t>{LINE} {:014x}</w:t></w:r></w:p>", unlike(turn, number));
    }
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!(
        "<w:document xmlns:w=\"{main}\"><w:body>{body}<w:p><w:r><w:t>{SOUGHT}</w:t></w:r></w:p></w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])
}

fn workbook(turn: usize) -> Vec<u8> {
    let mut rows = String::new();
    let mut cell = |number: usize, text: &str| {
        let _ = write!(
            rows,
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>\
             <c r=\"B{number}\"><v>{number}</v></c></row>"
        );
    };
    for number in 1..20_000 {
        cell(number, &format!("Ada Sample {:014x}", unlike(turn, number)));
    }
    cell(20_000, SOUGHT);
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Visits\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

fn archive(turn: usize) -> Vec<u8> {
    let mut members = Vec::new();
    for number in 0..20 {
        let mut text = String::new();
        for line in 0..2_000 {
            let _ = writeln!(text, "{LINE} {:014x}", unlike(turn, number * 2_000 + line));
        }
        members.push((format!("{number}.txt"), text));
    }
    let members: Vec<(&str, &str)> = members.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zipped(&members)
}

/// A PDF of pages with 45 lines each.
fn pdf(turn: usize, pages: usize, size: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for page in 0..pages {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            5 + 2 * page
        ));
        let mut content = format!("BT /F1 {size} Tf 16 TL 60 790 Td (Paper {turn}, page {page}) Tj T*\n");
        for _ in 0..44 {
            let _ = writeln!(content, "({LINE}) Tj T*");
        }
        let _ = write!(content, "({SOUGHT}) Tj ET");
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let (mut bytes, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", bytes.len());
        let _ = writeln!(bytes, "{} 0 obj\n{object}\nendobj", number + 1);
    }
    let (table, count) = (bytes.len(), objects.len() + 1);
    let end = format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
    let _ = write!(bytes, "xref\n0 {count}\n0000000000 65535 f \n{places}{end}");
    bytes.into_bytes()
}

/// A page at 200 dots per inch, as a scanner gives it.
fn scan(worker: &extract::Worker, turn: usize) -> Vec<u8> {
    let page = worker.page("a.pdf", &pdf(turn, 1, 11), 0, 200).unwrap();
    let image = image::load_from_memory(&page.png).unwrap().to_luma8();
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::from(image).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}
