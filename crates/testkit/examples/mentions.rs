//! How fast a person's mentions are found: 200,000 notes of about 1 KB, looked through for one person, against pure
//! decryption of the same bytes on the same cores in the same run, and against opening them without any search.
//!
//! `cargo run --release -p guardbook-testkit --example mentions -- [NOTES]`

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a measuring program")]

use std::time::Instant;

use book::{Act, Filing};
use duties::people::{Why, mentions};
use jiff::civil::date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rayon::prelude::*;
use records::people::{Channel, ContactDetail, Safe};
use records::work::Note;
use records::{Content, FileId, PersonClass, Provenance, Purpose, Record, RecordId};
use testkit::TestOffice;
use vault::{FileTag, Part, Place, Vault};

/// Notes in one file.
const IN_FILE: usize = 250;
/// One note of so many names the person.
const NAMED: usize = 500;

const WORDS: [&str; 48] = [
    "we", "met", "at", "the", "centre", "and", "talked", "about", "school", "her", "brother", "was", "tired", "after",
    "lunch", "they", "went", "to", "farm", "with", "two", "volunteers", "mother", "rang", "later", "said", "that",
    "everything", "is", "fine", "next", "visit", "on", "Tuesday", "for", "also", "eight", "liked", "drawing", "boats",
    "it", "rained", "all", "afternoon", "bus", "came", "late", "again",
];

fn text(random: &mut StdRng, n: usize) -> String {
    let mut text = String::with_capacity(1_100);
    while text.len() < 850 {
        text.push_str(WORDS[random.random_range(0..WORDS.len())]);
        text.push(if random.random_range(0..12) == 0 { '.' } else { ' ' });
    }
    // One in ten has typographic marks, as pasted text does.
    if n % 10 == 3 {
        text.push_str(" \u{201C}it\u{2019}s fine\u{201D}");
    }
    match n % (NAMED * 4) {
        7 => text.push_str(" Elizabeth Okafor was there."),
        507 => text.push_str(" Lizzie Okafor rang."),
        1_007 => text.push_str(" see Okafro, at 01632 960 123"),
        1_507 => text.push_str(" E. Okafor signed."),
        _ => {}
    }
    text
}

async fn fill(office: &TestOffice, notes: usize) -> u64 {
    let book = office.office.book();
    let operation = testkit::checking(&office.office);
    let mut random = StdRng::seed_from_u64(3);
    let mut bytes = 0;
    for block in (0..notes).collect::<Vec<_>>().chunks(IN_FILE * 40) {
        let mut files = Vec::new();
        for _ in block.chunks(IN_FILE) {
            files.push(office.person(PersonClass::Child, "Ben Other", None, vec![office.service]).await);
        }
        let mut work = book.begin(&operation).await.unwrap();
        for (at, n) in block.iter().enumerate() {
            let note = Note {
                happened: operation.now,
                title: "Visit".into(),
                text: text(&mut random, *n).into(),
                own_words: None,
                service: Some(office.service),
                touches: Vec::new(),
                concerns: Vec::new(),
            };
            let record = Record::new(Provenance::from_the_work(None, operation.now), Content::Note(note));
            bytes += record.to_store().len() as u64;
            work.add(Act::Imported, files[at / IN_FILE], &record, Filing::default()).await.unwrap();
        }
        work.commit().await.unwrap();
    }
    bytes
}

/// Opening as many bytes in as many pieces from memory, on all cores: what no search of sealed notes can be faster than.
fn pure_decryption(folder: &std::path::Path, notes: usize, bytes: u64) -> f64 {
    let root = vault::RootSecret::generate_key_file(&folder.join("floor.key")).unwrap();
    let vault = Vault::create(&folder.join("floor"), &root).unwrap();
    let tag = FileTag([7; 16]);
    vault.add_files(&[tag]).unwrap();
    let keys = vault.file(tag).unwrap().unwrap();
    let place = |n: usize| Place { tenant: [1; 16], file: tag, record: (n as u128).to_be_bytes(), kind: 7, version: 1 };
    let plain = vec![b'a'; usize::try_from(bytes).unwrap() / notes];
    let sealed: Vec<Vec<u8>> = (0..notes).map(|n| keys.seal(Part::Record, &place(n), &plain)).collect();
    let start = Instant::now();
    let opened: usize = sealed
        .par_iter()
        .enumerate()
        .map(|(n, sealed)| keys.open(Part::Record, &place(n), sealed).unwrap().len())
        .sum();
    assert_eq!(opened, plain.len() * notes);
    start.elapsed().as_secs_f64()
}

fn line(name: &str, seconds: f64, floor: f64, note: &str) {
    println!(
        r#"{{"name":"{name}","unit":"s","ours":{seconds:.3},"limit":{floor:.3},"ratio":{:.2},"note":"{note}"}}"#,
        seconds / floor
    );
}

#[tokio::main]
async fn main() {
    let notes: usize = std::env::args().nth(1).and_then(|typed| typed.parse().ok()).unwrap_or(200_000);
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let elizabeth: FileId = office.child("Elizabeth Okafor", date(2014, 5, 6)).await;
    let phone = ContactDetail {
        channel: Channel::Phone,
        value: "01632 960123".into(),
        postcode: None,
        safe: Safe::Yes,
        mind: None,
        preferred: false,
    };
    let _: RecordId = office.add(elizabeth, Content::Contact(phone)).await;
    let bytes = fill(&office, notes).await;
    let why = Why::with_reason(Purpose::Quality, "measuring");
    let mut times = Vec::new();
    for _ in 0..3 {
        let start = Instant::now();
        let found = mentions(&office.office, &lead, elizabeth, &why, 200, |_| {}).await.unwrap();
        times.push(start.elapsed().as_secs_f64());
        assert!(found.places >= notes / NAMED, "{} places in {notes} notes: some were missed", found.places);
    }
    times.sort_by(f64::total_cmp);
    let start = Instant::now();
    let opened = office.office.book().scan(|_| false, |_| None::<()>, |_| {}).await.unwrap();
    let only_opened = start.elapsed().as_secs_f64();
    let floor = pure_decryption(office.folder.path(), notes, bytes);
    let size = format!("{} records, {} MB", opened.records, opened.bytes / 1_000_000);
    line("mentions-scan", times[1], floor, &format!("{size}; against pure decryption from memory"));
    line("scan-without-search", only_opened, floor, &format!("{size}; rows fetched and opened, nothing looked for"));
}
