//! Where else somebody is mentioned: every way of writing a name, only in files that are open, and in the ledger.

use book::Act;
use duties::SignedIn;
use duties::Stopped;
use duties::people::{Mentions, Why, mentions};
use jiff::civil::date;
use records::people::{Channel, ContactDetail, Safe};
use records::work::Note;
use records::{Content, FileId, PersonClass, Purpose, RecordId};
use testkit::TestOffice;

use crate::persons::ELSEWHERE;

fn why() -> Why {
    Why::with_reason(Purpose::Support, "their mother asks where they are named")
}

pub fn note(office: &TestOffice, title: &str, text: &str) -> Content {
    Content::Note(Note {
        happened: office.office.now(),
        title: title.into(),
        text: text.into(),
        own_words: None,
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    })
}

fn contact(channel: Channel, value: &str, postcode: Option<&str>) -> Content {
    Content::Contact(ContactDetail {
        channel,
        value: value.into(),
        postcode: postcode.map(Into::into),
        safe: Safe::Yes,
        mind: None,
        preferred: false,
    })
}

/// Elizabeth Okafor, called Zibby, once Brzęczyk, born 6 May 2014, with address, telephone and e-mail.
async fn elizabeth(office: &TestOffice) -> FileId {
    let file = office.child("Elizabeth Okafor", date(2014, 5, 6)).await;
    let mut card = office.office.book().card(file).unwrap();
    card.preferred = Some("Zibby".into());
    card.former = vec!["Elizabeth Brzęczyk".into()];
    let operation = testkit::checking(&office.office);
    let mut work = office.office.book().begin(&operation).await.unwrap();
    work.set_card(file, card).await.unwrap();
    work.act(Act::PersonChanged, file, None).unwrap();
    work.commit().await.unwrap();
    office.add(file, contact(Channel::Phone, "01632 960123", None)).await;
    office.add(file, contact(Channel::Email, "eliza.o@mail.example", None)).await;
    office.add(file, contact(Channel::Post, "14 Quarry Bank\nSampleton", Some("M1 1AE"))).await;
    file
}

async fn look(office: &TestOffice, who: &SignedIn, file: FileId, most: usize) -> Mentions {
    mentions(&office.office, who, file, &why(), most, |_| {}).await.unwrap()
}

fn records(found: &Mentions) -> Vec<RecordId> {
    found.files.iter().flat_map(|file| &file.records).map(|record| record.record).collect()
}

#[tokio::test]
async fn every_way_of_writing_a_name_is_found_with_the_reason_why() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let elizabeth = elizabeth(&office).await;
    let other = office.child("Ben Sample", date(2015, 1, 1)).await;
    let variants = [
        ("Then Elizabeth Okafor came.", "Their full name"),
        ("ELIZABETH  OKAFOR", "Their full name"),
        ("see Okafor, Elizabeth (p. 3)", "Their full name"),
        ("E. Okafor signed", "An initial with a name of theirs"),
        ("Elizabeth O. was late", "An initial with a name of theirs"),
        ("and Élizabeth laughed", "Their first name alone"),
        ("Okafor\u{2019}s bag", "Their surname alone"),
        ("Zibby drew a boat", "Their first name alone"),
        ("then Libby Okafor rang", "A short form of their name, with the surname"),
        ("Lizzie likes it", "A short form of their first name"),
        ("as Elizabeth Brzeczyk in 2019", "A former name"),
        ("formerly BRZĘCZYK", "A former name alone"),
        ("with Elizabteh and her aunt", "Almost their name: one letter is different"),
        ("Mrs Okaffor", "Almost their name: one letter is different"),
        ("Zibbys boat", "Almost their name: one letter is different"),
        ("EO stayed for tea", "Their initials"),
        ("with E.O. at lunch", "Their initials"),
        ("write to elizabeth.okafor2014@school.example", "Their name in an address or a file name"),
        ("mail eokafor@school.example today", "Their name in an address or a file name"),
        ("scan okafor_elizabeth_report.pdf", "Their name in an address or a file name"),
        ("scan elizabethokafor7.jpg", "Their name in an address or a file name"),
        ("ask okafor.house@example.org", "A name of theirs in an address"),
        ("ring 0163 2960 123", "Their telephone number"),
        ("ring +44 1632 960123", "Their telephone number"),
        ("mail ELIZA.O@mail.example", "Their e-mail address"),
        ("moved to 14 quarry  bank", "Their address"),
        ("post to M11AE soon", "Their postcode"),
        ("near m1 1ae", "Their postcode"),
        ("born 6 May 2014", "Their date of birth"),
        ("line one\nElizabeth\nOkafor", "Their full name"),
    ];
    let mut notes = Vec::new();
    for (text, why) in variants {
        notes.push((office.add(other, note(&office, "Visit", text)).await, text, why));
    }
    let title = office.add(other, note(&office, "Call about Elizabeth Okafor", "Nothing.")).await;
    let found = look(&office, &worker, elizabeth, 500).await;
    for (id, text, why) in notes {
        let record = found.files.iter().flat_map(|file| &file.records).find(|record| record.record == id);
        let whys: Vec<&str> = record.iter().flat_map(|record| &record.mentions).map(|mention| mention.why).collect();
        assert!(whys.contains(&why), "{text}: {whys:?}");
    }
    assert!(records(&found).contains(&title), "a title is read too");
    assert_eq!(found.shown, found.places);
}

#[tokio::test]
async fn texts_about_others_are_not_shown() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let elizabeth = elizabeth(&office).await;
    let other = office.child("Ben Sample", date(2015, 1, 1)).await;
    for text in
        ["The hospital told us. Then home.", "neon lights at 01632 960124", "born 6 May 2013", "Canada and beta", "eo"]
    {
        office.add(other, note(&office, "Visit", text)).await;
    }
    office.add(elizabeth, note(&office, "Visit", "Elizabeth Okafor in her own file")).await;
    assert_eq!(look(&office, &worker, elizabeth, 500).await.places, 0);
}

#[tokio::test]
async fn files_that_are_not_open_for_the_purpose_are_neither_shown_nor_counted() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let elizabeth = elizabeth(&office).await;
    let near = office.child("Ben Sample", date(2015, 1, 1)).await;
    let far = office.person(PersonClass::Child, "Cleo Sample", None, vec![ELSEWHERE]).await;
    for file in [near, far] {
        office.add(file, note(&office, "Visit", "with Elizabeth Okafor")).await;
    }
    let seen = look(&office, &worker, elizabeth, 500).await;
    assert_eq!((seen.places, seen.files.len(), seen.files[0].file), (1, 1, near));
    let lead = office.data_protection_lead().await;
    let why = Why::with_reason(Purpose::Quality, "yearly check");
    let all = mentions(&office.office, &lead, elizabeth, &why, 500, |_| {}).await.unwrap();
    assert_eq!(all.places, 2);
    let trustee = office.trustee().await;
    let refused = mentions(&office.office, &trustee, elizabeth, &why, 500, |_| {}).await;
    assert!(matches!(refused, Err(Stopped::NotFound)));
}

#[tokio::test]
async fn looking_needs_a_reason_and_a_fresh_code_and_is_in_the_ledger_of_everybody_shown() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let elizabeth = elizabeth(&office).await;
    let shown = office.child("Ben Sample", date(2015, 1, 1)).await;
    let silent = office.child("Cleo Sample", date(2015, 1, 1)).await;
    let record = office.add(shown, note(&office, "Visit", "with Elizabeth Okafor")).await;
    office.add(silent, note(&office, "Visit", "nobody else")).await;
    let stale = SignedIn { stepped_up: false, ..worker.clone() };
    let refused = mentions(&office.office, &stale, elizabeth, &why(), 500, |_| {}).await;
    assert!(matches!(refused, Err(Stopped::NeedsStepUp)));
    let refused = mentions(&office.office, &worker, elizabeth, &Why::support(), 500, |_| {}).await;
    assert!(matches!(refused, Err(Stopped::NeedsReason)));
    let before = office.office.book().ledger_size().await.unwrap();
    look(&office, &worker, elizabeth, 500).await;
    let book = office.office.book();
    assert_eq!(book.ledger_size().await.unwrap(), before + 2);
    let newest = async |file| book.traces_of(file, None, 1).await.unwrap().remove(0).1;
    let (sought, seen) = (newest(elizabeth).await, newest(shown).await);
    assert_eq!(sought.act(), Some(Act::MentionsSought));
    assert_eq!(seen.act(), Some(Act::RecordSeen));
    assert!(seen.record.is_some_and(|seen| seen == record), "the record is named");
    assert_ne!(newest(silent).await.act(), Some(Act::RecordSeen));
}

#[tokio::test]
async fn a_surname_alone_in_the_file_of_a_namesake_is_only_a_maybe_and_what_is_sure_comes_first() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let elizabeth = elizabeth(&office).await;
    let namesake = office.child("Abe Okafor", date(2015, 1, 1)).await;
    let stranger = office.child("Zed Sample", date(2015, 1, 1)).await;
    office.add(namesake, note(&office, "Visit", "Mr Okafor rang")).await;
    office.add(stranger, note(&office, "Visit", "Elizabeth Okafor rang")).await;
    let found = look(&office, &worker, elizabeth, 500).await;
    let order: Vec<FileId> = found.files.iter().map(|file| file.file).collect();
    assert_eq!(order, [stranger, namesake]);
    assert_eq!(found.files[1].records[0].mentions[0].why, "A name of theirs, which the person of this file has too");
    let few = look(&office, &worker, elizabeth, 1).await;
    assert_eq!((few.shown, few.places, few.files.len()), (1, 2, 1), "what is left out is counted");
}
