//! The guard of what leaves: more than a hundred files in which something hides, kept, read through, covered and packed. No
//! hidden word may be in the pack, however it is opened (SECURITY bar 12, incidents I11 to I14).

#![expect(clippy::unwrap_used, reason = "tests")]

mod hostile;

use std::io::Read as _;
use std::process::Command;

use duties::notes::{NewPaper, PaperAnswers, Upload, keep_paper};
use duties::people::Why;
use duties::requests::collect;
use duties::requests::pack::{build_pack, read_part};
use duties::requests::review::{
    Approval, DecideError, Decision, approve, cover_everywhere, decide, open_check, open_item, send_to_check,
};
use hostile::{Hostile, all};
use jiff::civil::date;
use papers::redact::RedactionReason;
use records::{Kind, sample};
use testkit::TestOffice;

const REFERENCE: &str = "REQ-2026-0001";
const PARTS: [&str; 4] = ["access-pack.pdf", "access-pack.html", "access-pack.json", "cover-letter.pdf"];

/// What came out: the finished files, and which words the reader of papers showed to whoever read them through.
struct Out {
    files: Vec<(&'static str, Vec<u8>)>,
    covered: Vec<String>,
    kept: usize,
}

/// Keeps the files, reads everything through, covers what `cover` says, and packs.
async fn packed(files: &[Hostile], cover: impl Fn(&str) -> bool) -> Out {
    let office = TestOffice::new().await;
    let ada = office.child("Ada Quill", date(2010, 5, 6)).await;
    let worker = office.family_worker().await;
    let mut kept = 0;
    for file in files {
        let upload = Upload { file_name: file.name.clone(), bytes: file.bytes.clone() };
        let paper = NewPaper {
            title: "Paper".to_owned(),
            text: String::new(),
            upload: Some(upload),
            answers: PaperAnswers::for_purpose("support"),
        };
        kept += usize::from(keep_paper(&office.office, &worker, ada, &Why::support(), paper).await.is_ok());
    }
    let request = sample::content(Kind::AccessRequest, ada, office.service, "");
    office.add(ada, request).await;
    let (lead, trustee) = (office.data_protection_lead().await, office.trustee().await);
    let office = &office.office;
    collect(office, &lead, REFERENCE).await.unwrap();
    let mut covered = Vec::new();
    for canary in files.iter().map(|file| file.canary.as_str()).filter(|canary| cover(canary)) {
        match cover_everywhere(office, &lead, REFERENCE, canary, RedactionReason::AboutSomeoneElse).await {
            Ok(_) => covered.push(canary.to_owned()),
            Err(DecideError::NotFound) => {}
            Err(error) => unreachable!("{error}"),
        }
    }
    let first = open_item(office, &lead, REFERENCE, 1).await.unwrap();
    for one in first.list {
        let seen = Decision::SeePages((0..10).collect());
        decide(office, &lead, REFERENCE, one.position, seen).await.unwrap();
        decide(office, &lead, REFERENCE, one.position, Decision::Give).await.unwrap();
    }
    send_to_check(office, &lead, REFERENCE).await.unwrap();
    let check = open_check(office, &trustee, REFERENCE).await.unwrap();
    let ticked = check.dangers.iter().map(|danger| danger.key.clone()).collect();
    let yes = Approval { ticked, fingerprint: check.answer.fingerprint, comments: String::new() };
    approve(office, &trustee, REFERENCE, yes).await.unwrap();
    build_pack(office, &lead, REFERENCE).await.unwrap();
    let mut out = Vec::new();
    for name in PARTS {
        out.push((name, read_part(office, &lead, REFERENCE, name).await.unwrap().1.to_vec()));
    }
    Out { files: out, covered, kept }
}

/// Everything that can be read out of a finished file, by several ways of opening it.
fn readings(name: &str, bytes: &[u8]) -> Vec<(&'static str, String)> {
    let letters = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase();
    let mut all = vec![("bytes", letters(bytes))];
    let wide: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    all.push(("bytes without zeros", letters(&wide)));
    if !bytes.starts_with(b"%PDF-") {
        return all;
    }
    let mut streams = String::new();
    for (at, _) in bytes.windows(7).enumerate().filter(|(_, seven)| *seven == b"stream\n" || *seven == b"stream\r") {
        let mut plain = Vec::new();
        let body = bytes[at + 7..].strip_prefix(b"\n").unwrap_or(&bytes[at + 7..]);
        let _ = flate2::read::ZlibDecoder::new(body).take(8 << 20).read_to_end(&mut plain);
        streams.push_str(&letters(&plain));
    }
    all.push(("streams unpacked", streams));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    for (tool, arguments) in [
        ("pdftotext", &["-layout", "FILE", "-"][..]),
        ("pdfinfo", &["-meta", "FILE"]),
        ("pdfinfo", &["FILE"]),
        ("qpdf", &["--qdf", "--object-streams=disable", "FILE", "-"]),
    ] {
        let arguments = arguments.iter().map(|one| if *one == "FILE" { file.as_os_str() } else { one.as_ref() });
        let output = Command::new(tool).args(arguments).output().unwrap();
        all.push((tool, letters(&output.stdout)));
    }
    let reading = extract::Worker::within().read(name, bytes).unwrap();
    all.push(("our own reader", letters(reading.text.as_bytes())));
    let hidden = reading.hidden.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join("\n");
    all.push(("our own reader, hidden", letters(hidden.as_bytes())));
    all
}

/// Which words came out, and how they were read.
fn leaks(files: &[Hostile], out: &Out) -> Vec<String> {
    let mut found = Vec::new();
    for (name, bytes) in &out.files {
        for (how, text) in readings(name, bytes) {
            // Also where letters stand apart: "W e x y l".
            let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let leaked = files.iter().filter(|file| close.contains(&file.canary.to_lowercase()));
            found.extend(leaked.map(|file| format!("{} in {name} by {how}", file.what)));
        }
    }
    found
}

#[tokio::test]
async fn k27_no_hidden_or_covered_word_leaves_in_any_of_a_hundred_hostile_files() {
    let files = all();
    assert!(files.len() >= 100, "{} files", files.len());
    let out = packed(&files, |_| true).await;
    assert_eq!(out.kept, files.len(), "every file is kept");
    let visible: Vec<&Hostile> = files.iter().filter(|file| file.what.contains("covered")).collect();
    for file in &visible {
        assert!(out.covered.contains(&file.canary), "the reader of papers did not see: {}", file.what);
    }
    let pdf = &readings("access-pack.pdf", &out.files[0].1)[2].1;
    assert!(!pdf.is_empty());
    let text = readings("access-pack.html", &out.files[1].1).remove(0).1;
    assert!(text.matches("meeting of the family group").count() >= 40, "what may be read is there");
    assert_eq!(leaks(&files, &out), Vec::<String>::new());
}

#[tokio::test]
async fn what_hides_never_reaches_whoever_reads_an_answer_through() {
    // Words of the file itself that no reader sees need nobody to cover them: nothing is covered here at all.
    let files: Vec<Hostile> = all().into_iter().filter(|file| hides(&file.what)).collect();
    assert!(files.len() >= 60, "{} files", files.len());
    let out = packed(&files, |_| false).await;
    assert_eq!(leaks(&files, &out), Vec::<String>::new());
}

/// What a person who opens the file in its own program may see: it is read like everything else, and covered.
fn hides(what: &str) -> bool {
    let seen = [
        "covered",
        "box",
        "a form field",
        "default",
        "tiny",
        "header",
        "clip",
        "outside",
        "layer",
        "ActualText",
        // Attachments become papers of their own.
        "an attachment",
        "name of an attachment",
        "glossary",
        "row of no height",
        "earlier version",
        "other form",
    ];
    !seen.iter().any(|sort| what.contains(sort))
}

#[tokio::test]
async fn the_guard_finds_a_word_that_was_not_covered() {
    // The planted fault: one visible word of a PDF, of a Word file and of a mail stays uncovered.
    let planted: Vec<Hostile> =
        all().into_iter().filter(|file| file.what.contains("visible text that is covered")).collect();
    assert_eq!(planted.len(), 3);
    let forgotten = planted.iter().map(|file| file.canary.clone()).collect::<Vec<_>>();
    let out = packed(&planted, |canary| !forgotten.contains(&canary.to_owned())).await;
    let found = leaks(&planted, &out);
    for file in &planted {
        for part in
            ["access-pack.pdf by pdftotext", "access-pack.html", "access-pack.json", "access-pack.pdf by our own"]
        {
            let found = found.iter().any(|leak| leak.starts_with(&file.what) && leak.contains(part));
            assert!(found, "{} was not found in {part}", file.what);
        }
    }
}
