//! Papers: kept many at once, compared with what is kept, opened, given a purpose, and brought in from folders.

use duties::Stopped;
use duties::minimisation::{NewPurpose, UncoveredWhy, give_purpose, see_uncovered};
use duties::notes::{
    ImportedPaper, KeepPaperError, Likeness, NewPaper, OneImport, OnePaper, PaperAnswers, Upload, find_same,
    import_paper_as, keep_paper, keep_papers, open_paper, read_paper, reading_of, see_paper,
};
use duties::people::Why;
use futures::TryStreamExt;
use jiff::SignedDuration;
use jiff::civil::date;
use records::work::{Paper, PaperSort, TextFrom};
use records::{Actor, Content, FileId, Kind, Operation, PersonClass, Purpose, RecordId};
use testkit::TestOffice;

use crate::persons::ELSEWHERE;

const MAIL: &str = "From: School Office <office@school.example.org>\r\nTo: desk@lantern.example.org\r\n\
    Subject: Taxi times\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=edge\r\n\r\n--edge\r\nContent-Type: text/plain\r\n\r\n\
    The taxi comes at eight from Monday.\r\n--edge\r\nContent-Type: text/plain; name=\"list.txt\"\r\n\
    Content-Disposition: attachment; filename=\"list.txt\"\r\n\r\nMonday eight, Tuesday nine\r\n--edge--\r\n";

fn upload(name: &str, bytes: &[u8]) -> Upload {
    Upload { file_name: name.to_owned(), bytes: bytes.to_vec() }
}

fn letter(file: Option<(&str, &[u8])>) -> NewPaper {
    NewPaper {
        title: "Letter from school".to_owned(),
        text: String::new(),
        upload: file.map(|(name, bytes)| upload(name, bytes)),
        answers: PaperAnswers::for_purpose("transport"),
    }
}

async fn paper(office: &TestOffice, file: FileId, id: RecordId) -> Paper {
    let opened = office.office.book().record_in_passing(file, id).await.unwrap();
    let Content::Paper(paper) = opened.record.content else { panic!("no paper") };
    paper
}

#[tokio::test]
async fn a_paper_comes_back_as_it_was_and_its_opening_is_noted() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let why = Why::support();
    let text = "A line of a letter.\n".repeat(20_000);
    let id =
        keep_paper(&office.office, &worker, ada, &why, letter(Some(("school.txt", text.as_bytes())))).await.unwrap();
    let book = office.office.book();
    let before = book.ledger_size().await.unwrap();
    let opened = open_paper(&office.office, &worker, (ada, id), &why).await.unwrap();
    assert!(book.ledger_size().await.unwrap() > before, "the opening is not in the ledger");
    let chunks: Vec<Vec<u8>> = book.body_in_chunks(ada, opened.body.id).await.unwrap().try_collect().await.unwrap();
    assert!(chunks.len() > 5, "{} chunks", chunks.len());
    assert_eq!((chunks.concat(), opened.body.media_type.as_str()), (text.into_bytes(), "text/plain"));
    assert!(book.fsck(&testkit::checking(&office.office), false).await.unwrap().faults.is_empty());
    office.clock.advance(SignedDuration::from_hours(24 * 31));
    let history = open_paper(&office.office, &worker, (ada, id), &why).await;
    assert!(matches!(history, Err(Stopped::NeedsReason)), "an old paper is history");
    let reasoned = Why::with_reason(Purpose::Support, "planning the review");
    assert!(open_paper(&office.office, &worker, (ada, id), &reasoned).await.is_ok());
}

#[tokio::test]
async fn a_paper_needs_a_purpose_a_known_kind_and_something_to_keep() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let aimless = NewPaper { answers: PaperAnswers::for_purpose(" "), ..letter(Some(("a.txt", b"words"))) };
    let cases = [
        (aimless, "needed-for"),
        (letter(None), "upload"),
        (letter(Some(("a.exe", b"MZ\0\0"))), "upload"),
        (letter(Some(("a.html", b"<html>"))), "upload"),
        (letter(Some(("a.txt", b""))), "upload"),
    ];
    for (paper, field) in cases {
        let refused = keep_paper(&office.office, &worker, ada, &Why::support(), paper).await;
        assert!(matches!(refused, Err(KeepPaperError::Wrong(errors)) if errors[0].0 == field), "{field}");
    }
    let mut in_cabinet = letter(None);
    in_cabinet.answers.original_at = "Cabinet 2, folder R".to_owned();
    assert!(keep_paper(&office.office, &worker, ada, &Why::support(), in_cabinet).await.is_ok());
}

#[tokio::test]
async fn several_are_kept_at_once_with_what_was_read_and_attachments_as_papers_of_their_own() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let why = Why::support();
    let mail = read_paper(&office.office, upload("taxi.eml", MAIL.as_bytes())).await.unwrap();
    assert_eq!(mail.proposed_title(), "Taxi times");
    let plan = read_paper(&office.office, upload("support_plan.txt", b"More rest after school.")).await.unwrap();
    let papers = vec![
        OnePaper { title: mail.proposed_title(), text: String::new(), read: Some(mail) },
        OnePaper { title: plan.proposed_title(), text: "Typed off.".to_owned(), read: Some(plan) },
    ];
    let answers = PaperAnswers { sort: PaperSort::Mail, ..PaperAnswers::for_purpose("transport") };
    let kept = keep_papers(&office.office, &worker, ada, &why, answers, papers).await.unwrap();
    let (mail, plan) = (paper(&office, ada, kept[0]).await, paper(&office, ada, kept[1]).await);
    assert!(mail.text.as_ref().unwrap().for_page().contains("The taxi comes at eight"));
    assert_eq!((mail.text_from, mail.sort), (TextFrom::File, PaperSort::Mail));
    assert_eq!(
        (plan.title.for_page().as_str(), plan.text.unwrap().for_page().as_str()),
        ("Support plan", "Typed off.")
    );
    assert_eq!(plan.text_from, TextFrom::Typed);
    let shown = see_paper(&office.office, &worker, (ada, kept[0]), &why).await.unwrap();
    assert_eq!(shown.inside.len(), 1, "the attachment");
    let attached = paper(&office, ada, shown.inside[0].0).await;
    assert_eq!((attached.part_of, attached.sort), (Some(kept[0]), PaperSort::Other));
    assert_eq!(attached.needed_for.unwrap().for_page(), "transport");
    assert!(attached.text.unwrap().for_page().contains("Tuesday nine"));
    let read = reading_of(&office.office, &worker, (ada, kept[0]), &why).await.unwrap().unwrap();
    assert!(!read.parts.is_empty() && read.text.contains("eight from Monday"));
    assert!(office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn one_wrong_title_keeps_nothing_and_says_which_paper() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let read = read_paper(&office.office, upload("plan.txt", b"More rest.")).await.unwrap();
    let titled = |title: &str| OnePaper { title: title.to_owned(), text: String::new(), read: Some(read.clone()) };
    let papers = vec![titled("Plan"), titled(" ")];
    let refused =
        keep_papers(&office.office, &worker, ada, &Why::support(), PaperAnswers::for_purpose("plan"), papers).await;
    assert!(matches!(refused, Err(KeepPaperError::WrongPapers(errors)) if errors[0].0 == 1 && errors[0].1 == "title"));
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(file.of_kind(Kind::Paper).count(), 0);
}

#[tokio::test]
async fn an_opening_on_pages_is_entered_once_in_half_an_hour() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let why = Why::support();
    let id = keep_paper(&office.office, &worker, ada, &why, letter(Some(("a.txt", b"words")))).await.unwrap();
    let book = office.office.book();
    let before = book.ledger_size().await.unwrap();
    for _ in 0..3 {
        see_paper(&office.office, &worker, (ada, id), &why).await.unwrap();
        reading_of(&office.office, &worker, (ada, id), &why).await.unwrap();
    }
    assert_eq!(book.ledger_size().await.unwrap(), before + 1);
    office.clock.advance(SignedDuration::from_mins(31));
    see_paper(&office.office, &worker, (ada, id), &why).await.unwrap();
    assert_eq!(book.ledger_size().await.unwrap(), before + 2);
}

#[tokio::test]
async fn the_same_paper_is_told_by_bytes_anywhere_open_and_by_words_in_the_file() {
    let office = TestOffice::new().await;
    office.add_service(ELSEWHERE, "Youth club", Vec::new()).await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let bob = office.child("Bob Sample", date(2015, 5, 6)).await;
    let far = office.person(PersonClass::Child, "Cy Sample", None, vec![ELSEWHERE]).await;
    let why = Why::support();
    let text = (0..50).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    keep_paper(&office.office, &worker, ada, &why, letter(Some(("a.txt", text.as_bytes())))).await.unwrap();
    let same = read_paper(&office.office, upload("again.txt", text.as_bytes())).await.unwrap();
    let alike = read_paper(&office.office, upload("b.txt", text.replacen("word9 ", "", 1).as_bytes())).await.unwrap();
    let here = find_same(&office.office, &worker, ada, &why, &[&same, &alike]).await.unwrap();
    assert_eq!([here[0][0].likeness, here[1][0].likeness], [Likeness::Bytes, Likeness::Words]);
    assert_eq!(here[0][0].title.as_deref(), Some("Letter from school"));
    let there = find_same(&office.office, &worker, bob, &why, &[&same, &alike]).await.unwrap();
    assert_eq!((there[0].len(), there[0][0].file, there[1].len()), (1, ada, 0));
    let elsewhere = office.staff("Eve Example", &[records::StaffRole::FamilyWorker]).await;
    let none = find_same(&office.office, &elsewhere, far, &why, &[&same]).await;
    assert!(none.is_err() || none.unwrap()[0].is_empty(), "a file that is not open was told of");
}

#[tokio::test]
async fn a_letter_about_health_is_kept_only_where_a_service_needs_it() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let carer = office.person(PersonClass::Child, "Bob Sample", None, vec![office.service]).await;
    let mut health = letter(Some(("clinic.txt", b"A letter about health.")));
    health.answers.sort = PaperSort::Health;
    assert!(keep_paper(&office.office, &worker, ada, &Why::support(), health.clone()).await.is_ok());
    let opened = office.office.book().file_in_passing(carer).await.unwrap();
    assert_eq!(opened.of_kind(Kind::Enrolment).count(), 0, "he has a card at the service, and no enrolment");
    let refused = keep_paper(&office.office, &worker, carer, &Why::support(), health).await;
    assert!(matches!(refused, Err(KeepPaperError::Wrong(errors)) if errors[0].0 == "sort"));
}

#[tokio::test]
async fn what_no_purpose_covers_is_listed_for_the_lead_until_somebody_gives_one() {
    let office = TestOffice::new().await;
    let (worker, lead) = (office.family_worker().await, office.data_protection_lead().await);
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let id = office.add(ada, Content::Paper(Paper::new("Old letter", date(2026, 2, 1)))).await;
    let lost = office.person(PersonClass::Child, "Bob Sample", None, Vec::new()).await;
    office
        .add(lost, Content::Paper(Paper { needed_for: Some("x".into()), ..Paper::new("Plan", date(2026, 2, 1)) }))
        .await;
    let found = see_uncovered(&office.office, &lead).await.unwrap();
    assert!(found.iter().any(|line| line.record == Some(id) && line.why == UncoveredWhy::NoPurpose));
    assert!(found.iter().any(|line| line.file == lost && line.why == UncoveredWhy::NoEnrolment(1)));
    for who in [&worker, &office.trustee().await, &office.administrator().await] {
        assert!(matches!(see_uncovered(&office.office, who).await, Err(Stopped::NotFound)));
    }
    let purpose = |words: &str, version| NewPurpose {
        version,
        title: "Letter about transport".to_owned(),
        sort: PaperSort::Letter,
        needed_for: words.to_owned(),
        text: String::new(),
    };
    let why = Why::support();
    assert!(give_purpose(&office.office, &worker, (ada, id), &why, purpose(" ", 1)).await.is_err());
    give_purpose(&office.office, &worker, (ada, id), &why, purpose("transport", 1)).await.unwrap();
    assert!(
        give_purpose(&office.office, &worker, (ada, id), &why, purpose("other", 1)).await.is_err(),
        "an old version"
    );
    let found = see_uncovered(&office.office, &lead).await.unwrap();
    assert!(found.iter().all(|line| line.record != Some(id)));
}

#[tokio::test]
async fn a_fact_whose_service_has_ended_or_needs_it_no_more_is_listed() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let fact = |service| records::work::NeededFact { service, text: "A fact".into(), needed_for: "Safety".into() };
    office.add_service(ELSEWHERE, "Youth club", Vec::new()).await;
    let covered = office.add(ada, Content::Health(fact(office.service))).await;
    let money = office.add(ada, Content::Financial(fact(office.service))).await;
    let left = office.add(ada, Content::Health(fact(ELSEWHERE))).await;
    let found = see_uncovered(&office.office, &lead).await.unwrap();
    let listed: Vec<_> = found.iter().filter_map(|line| line.record).collect();
    assert!(listed.contains(&money) && listed.contains(&left) && !listed.contains(&covered), "{found:?}");
}

#[tokio::test]
async fn a_paper_from_a_folder_is_kept_once_and_a_dry_run_keeps_nothing() {
    let office = TestOffice::new().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let one = || OneImport {
        file: ada,
        title: String::new(),
        answers: PaperAnswers::for_purpose("support"),
        upload: upload("visit-report.txt", b"A report of a visit."),
    };
    let operation = Operation::for_the_book(Actor::Operator, "papers import", office.office.now());
    let import = async |one: OneImport, dry| import_paper_as(&office.office, &operation, one, dry).await.unwrap();
    assert!(matches!(import(one(), true).await, ImportedPaper::Kept { papers: 1, .. }));
    assert!(matches!(import(one(), false).await, ImportedPaper::Kept { papers: 1, .. }));
    assert_eq!(import(one(), false).await, ImportedPaper::There(date(2026, 3, 2)));
    let aimless = OneImport { answers: PaperAnswers::for_purpose(""), ..one() };
    assert!(
        matches!(import(aimless, false).await, ImportedPaper::Refused(words) if words.contains("what we keep this for"))
    );
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    let titles: Vec<_> = file
        .of_kind(Kind::Paper)
        .filter_map(|opened| match &opened.record.content {
            Content::Paper(paper) => Some(paper.title.for_page().clone()),
            _ => None,
        })
        .collect();
    assert_eq!(titles, ["Visit report"]);
}
