//! Papers: what no purpose covers (K5), what lay in shared drives (T47), and files that mean to hurt.

use std::path::Path;
use std::process::Command;

use axum::http::StatusCode;
use book::SessionState;
use jiff::civil::date;
use records::staff::{Account, AccountState};
use records::work::Paper;
use records::{Content, FileId, Kind};
use testkit::TestOffice;

use crate::browser::Browser;

const PROGRAM: &str = env!("CARGO_BIN_EXE_guardbook");

/// An office whose papers are read as in service: in children of the real program.
async fn office() -> TestOffice {
    let office = TestOffice::new().await;
    office.office.read_papers_by(extract::Worker::new(PROGRAM));
    office
}

#[tokio::test]
async fn k5_what_no_purpose_covers_is_listed_for_the_lead_until_somebody_says_what_it_is_kept_for() {
    let office = office().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let old = office.add(ada, Content::Paper(Paper::new("Letter from 2019", date(2026, 2, 20)))).await;
    let kept = Paper { needed_for: Some("her support".into()), ..Paper::new("Support plan", date(2026, 2, 20)) };
    let kept = office.add(ada, Content::Paper(kept)).await;

    let lead = Browser::of(&office, &office.data_protection_lead().await).await;
    assert!(lead.open("/admin").await.says("href=\"/admin/uncovered\""), "the lead gets there from the menu");
    let review = lead.open("/admin/uncovered").await;
    let purpose = format!("/people/{ada}/papers/{old}/purpose");
    assert!(review.says(&format!("href=\"{purpose}\"")) && review.says("2 March 2026"), "{}", review.page());
    assert!(!review.says(&kept.to_string()), "what has a purpose is not listed");
    assert!(!review.says("Letter from 2019"), "it says where something lies, not what");
    for who in [office.family_worker().await, office.administrator().await] {
        let browser = Browser::of(&office, &who).await;
        assert_eq!(browser.open("/admin/uncovered").await.status, StatusCode::NOT_FOUND);
        assert!(!browser.open("/admin").await.says("/admin/uncovered"));
    }

    // Whoever works with the child says it; without words nothing is saved, and what was typed is still there.
    let worker = Browser::of(&office, &office.staff("Wes Worker", &[records::StaffRole::FamilyWorker]).await).await;
    let said =
        |words| [("version", "1"), ("title", "Letter about transport"), ("sort", "letter"), ("needed-for", words)];
    let silent = worker.post(&purpose, &said(" ")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.says("Say what we keep this for") && silent.says("Letter about transport"));
    assert!(lead.open("/admin/uncovered").await.says(&purpose));
    assert_eq!(worker.post(&purpose, &said("her taxi")).await.status, StatusCode::SEE_OTHER);
    assert!(!lead.open("/admin/uncovered").await.says(&purpose));
    assert!(worker.open(&format!("/people/{ada}/papers/{old}")).await.says("her taxi"));
}

/// The committee of T47 is whoever the charity gave a role: the clause that only trustees open what is asked for is T41.
#[tokio::test]
async fn t47_what_lay_in_a_shared_drive_is_brought_in_and_opens_to_nobody_without_password_code_and_role() {
    let office = office().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let drive = office.folder.path().join("drive");
    std::fs::create_dir_all(drive.join("Families/2025")).unwrap();
    std::fs::write(drive.join("Families/2025/visit.txt"), "She was at the zoo with the canary-keeper.").unwrap();
    let letter = "From: School <office@school.example.org>\r\nTo: desk@lantern.example.org\r\nSubject: Taxi times\r\n\
                  Date: Mon, 2 Feb 2026 08:00:00 +0000\r\n\r\nThe canary taxi comes at eight.\r\n";
    std::fs::write(drive.join("taxi.eml"), letter).unwrap();
    std::fs::write(drive.join("old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 canary").unwrap();
    let import = || bring_in(office.folder.path(), &drive, ada);
    let (code, told) = import();
    assert_eq!((code, &told["kept"], &told["refused"]), (1, &2.into(), &1.into()), "{told}");
    let (_, again) = import();
    assert_eq!((&again["kept"], &again["there"]), (&0.into(), &2.into()), "a folder can be brought in again: {again}");

    let file = office.office.book().file_in_passing(ada).await.unwrap();
    let papers: Vec<String> = file
        .of_kind(Kind::Paper)
        .map(|opened| format!("/people/{ada}/papers/{}", opened.header.id))
        .chain([format!("/people/{ada}/papers"), format!("/people/{ada}")])
        .collect();
    assert_eq!(papers.len(), 4);
    let worker = office.family_worker().await;
    let browser = Browser::of(&office, &worker).await;
    let mut read = String::new();
    for at in &papers {
        read.push_str(&browser.open(at).await.page());
    }
    assert!(read.contains("canary-keeper") && read.contains("canary taxi"), "who works with her reads them");

    // Nobody else: neither strangers, nor with the password alone, nor without a role there, nor after leaving.
    let file = office.person(records::PersonClass::Staff, "Lee Left", None, Vec::new()).await;
    let account = Account { state: AccountState::Disabled, ..worker.account.clone() };
    let left = Browser::of(&office, &office.with_account(file, "Lee Left", account).await).await;
    let mut shut_out = vec![("a stranger", Browser::stranger(&office).await), ("who left", left)];
    shut_out.push(("half signed in", Browser::in_state(&office, &worker, SessionState::HalfIn).await));
    for (name, who) in [
        ("the administrator", office.administrator().await),
        ("a volunteer who was not named to her", office.volunteer().await),
        ("a trustee without a request", office.trustee().await),
    ] {
        shut_out.push((name, Browser::of(&office, &who).await));
    }
    for (name, browser) in &shut_out {
        for at in papers.iter().cloned().chain(papers.iter().flat_map(|at| {
            [format!("{at}/open"), format!("{at}/pages/1.png"), format!("{at}?view=text"), format!("{at}?older=1")]
        })) {
            let answer = browser.open(&at).await;
            assert!(answer.status != StatusCode::OK, "{name} opened {at}");
            assert!(!answer.says("canary") && !answer.says("Ada"), "{name} read {at}");
        }
    }
    // What stands in the folder of the book is readable to nobody.
    assert!(!anything_says(&office.folder.path().join("book"), b"canary"), "words lie open in the book's folder");
    assert!(anything_says(&drive, b"canary"), "the search would find them");
}

/// The program itself, beside the one that serves.
fn bring_in(folder: &Path, drive: &Path, file: FileId) -> (i32, serde_json::Value) {
    let done = Command::new(PROGRAM)
        .args(["papers", "import"])
        .arg(drive)
        .args(["--person", &file.to_string(), "--needed-for", "her support", "--json", "--book"])
        .arg(folder.join("book"))
        .arg("--root-key")
        .arg(folder.join("root.key"))
        .output()
        .unwrap();
    let told = serde_json::from_slice(&done.stdout);
    (done.status.code().unwrap(), told.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr))))
}

fn anything_says(folder: &Path, words: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return anything_says(&path, words);
        }
        std::fs::read(&path).unwrap().windows(words.len()).any(|window| window == words)
    })
}

/// One hostile file of each sort through the browser's own form; after each of them the server answers as before.
#[tokio::test]
async fn hostile_papers_are_refused_or_read_in_part_and_the_server_goes_on() {
    let office = office().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let at = format!("/people/{ada}/papers");
    let fields = [("sort", "letter"), ("needed-for", "her support"), ("source", "organisation")];
    for (name, bytes, says) in hostile() {
        let sent = worker.post_with_file(&format!("{at}/new"), &fields, Some(("upload", name, &bytes))).await;
        let answer = if sent.to.is_empty() { sent } else { read(&worker, &sent.to).await };
        assert!(answer.says(says), "{name}: {}", answer.page());
        worker.post(&format!("{at}/forget"), &[]).await;
        assert!(worker.open(&format!("/people/{ada}")).await.says("Ada Sample"), "{name}");
    }
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(file.of_kind(Kind::Paper).count(), 0, "nothing is kept that nobody kept");
}

/// Nobody stares at a browser that waits: after some seconds the page says how far it is, and goes on by itself.
#[tokio::test]
async fn while_a_paper_is_read_the_page_says_how_far_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = TestOffice::new().await;
    let (slow, go) = (office.folder.path().join("slow"), office.folder.path().join("go"));
    let waits = format!("#!/bin/sh\nuntil [ -e {} ]; do /bin/sleep 0.2; done\nexec {PROGRAM} \"$@\"\n", go.display());
    std::fs::write(&slow, waits).unwrap();
    std::fs::set_permissions(&slow, std::fs::Permissions::from_mode(0o755)).unwrap();
    office.office.read_papers_by(extract::Worker::new(slow));
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let fields = [("sort", "letter"), ("needed-for", "her support"), ("source", "organisation")];
    let file = Some(("upload", "visit.txt", &b"The heron left at dusk."[..]));
    let sent = worker.post_with_file(&format!("/people/{ada}/papers/new"), &fields, file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let waiting = worker.open(&sent.to).await;
    assert!(waiting.says("0 of 1 read") && waiting.says("The papers are being read"), "{}", waiting.page());
    std::fs::write(go, "").unwrap();
    assert!(read(&worker, &sent.to).await.says("The heron left at dusk."));
}

/// The page after reading, however long that takes.
async fn read(browser: &Browser, at: &str) -> crate::browser::Answer {
    for _ in 0..120 {
        let answer = browser.open(at).await;
        if !answer.says("being read") {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    panic!("it is read for ever");
}

/// File names, bytes, and what the page must say. `crates/extract/tests/bombs.rs` has all kinds.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let loops =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n\
        4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]\
        /Resources<</XObject<</X 5 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream endobj\n\
        trailer<</Root 1 0 R/Size 6>>\n%%EOF";
    let mut pixels = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0".to_vec();
    pixels.extend([0xbb; 200]);
    let head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n";
    let parts = "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n".repeat(100_000);
    let letter = format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}");
    vec![
        ("loops.pdf", loops.to_vec(), "took too long"),
        ("pixels.png", pixels, "it is damaged"),
        ("letter.eml", letter.into_bytes(), "were left out"),
        ("half.docx", b"PK\x03\x04word/document.xml".repeat(40), "it is damaged"),
        ("turned.txt", "\u{202e}\u{200b}".repeat(2_000_000).into_bytes(), "Only the first 8 MB"),
        ("program.pdf", b"\x7fELF\x02\x01\x01\0\0\0".repeat(500), "sort"),
    ]
}
