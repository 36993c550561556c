//! How long files are kept (K28, K29): closed when people leave, kept longer for a reason, disposed of by two people.

use axum::http::StatusCode;
use duties::SignedIn;
use duties::keeping::{DisposeError, Obstacle, carry_out, put_forward};
use duties::people::Why;
use jiff::civil::{Date, date};
use records::work::{Note, Paper};
use records::{Actor, Content, FileId, Kind, Operation, PersonClass};
use testkit::TestOffice;

use crate::browser::{Answer, Browser};
use crate::requests::{LETTER, letter_but, record};

/// The child's enrolment, with its version.
async fn enrolment(office: &TestOffice, file: FileId) -> (String, String) {
    let headers = office.office.book().headers_of(file).await.unwrap();
    let found = headers.into_iter().find(|header| header.kind == Kind::Enrolment).unwrap();
    (found.id.to_string(), found.version.to_string())
}

fn day_fields<'a>(name: &str, (day, month, year): (&'a str, &'a str, &'a str)) -> Vec<(String, &'a str)> {
    vec![(format!("{name}-day"), day), (format!("{name}-month"), month), (format!("{name}-year"), year)]
}

async fn post(browser: &Browser, at: &str, fields: &[(String, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    browser.post(at, &fields).await
}

async fn end_of_service(office: &TestOffice, browser: &Browser, file: FileId, day: (&str, &str, &str)) {
    let (id, version) = enrolment(office, file).await;
    let mut fields = day_fields("ended", day);
    fields.push(("version".to_owned(), version.as_str()));
    let ended = post(browser, &format!("/people/{file}/enrolments/{id}/end"), &fields).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.page());
}

/// A child who left on 2 March 2026 and whose file is closed.
async fn closed(office: &TestOffice) -> FileId {
    let manager = office.service_manager().await;
    let desk = Browser::of(office, &manager).await;
    let child = office.child("Ada Sample", date(2014, 5, 6)).await;
    end_of_service(office, &desk, child, ("2", "3", "2026")).await;
    let left = day_fields("left", ("2", "3", "2026"));
    let answer = post(&desk, &format!("/people/{child}/keeping/close"), &left).await;
    assert_eq!(answer.to, format!("/people/{child}/keeping?done=kept-closed"), "{}", answer.page());
    child
}

/// A browser on a day, of somebody who opened the file to check the records.
async fn at_file(office: &TestOffice, who: &SignedIn, file: FileId, day: Date) -> Browser {
    office.clock.set_day(day);
    let browser = Browser::of(office, who).await;
    let why = [("purpose", "quality"), ("reason", "the yearly look at what we keep")];
    browser.post(&format!("/people/{file}/reason"), &why).await;
    browser
}

#[tokio::test]
async fn k28_on_leaving_the_file_is_closed_and_the_policy_says_until_when() {
    let office = TestOffice::under("kids").await;
    let manager = office.service_manager().await;
    let child = office.child("Ada Sample", date(2014, 5, 6)).await;
    office.clock.set_day(date(2026, 3, 23));
    let desk = Browser::of(&office, &manager).await;
    let at = format!("/people/{child}/keeping");
    assert!(desk.open(&format!("/people/{child}")).await.says("In use. Kept for 6 years"));
    // Nobody is closed while a service runs.
    assert!(desk.open(&at).await.says("They still use a service"));
    let early = post(&desk, &format!("{at}/close"), &day_fields("left", ("2", "3", "2026"))).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    end_of_service(&office, &desk, child, ("20", "3", "2026")).await;
    // The day is the last day of the service or later, and not in the future; what was typed is kept.
    for (day, said) in [(("19", "3", "2026"), "20 March 2026"), (("3", "3", "2027"), "future")] {
        let mut fields = day_fields("left", day);
        fields.push(("words".to_owned(), "They moved to the coast"));
        let wrong = post(&desk, &format!("{at}/close"), &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.says(said) && wrong.says("They moved to the coast"), "{}", wrong.page());
    }
    let closed = post(&desk, &format!("{at}/close"), &day_fields("left", ("20", "3", "2026"))).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.page());
    let page = desk.open(&at).await;
    assert!(page.says("Kept at least until") && page.says("20 March 2032"), "{}", page.page());
    assert_eq!(office.office.book().file_state(child).await.unwrap(), book::FileState::Closed);
    let due = office.office.book().all_of_kind(Kind::Closure).await.unwrap()[0].header.due.unwrap();
    assert_eq!(records::operation::london_day(due), date(2032, 3, 21), "due on the day after");
    // On the last day it must still be kept: by nobody, and by no deed below the pages.
    let lead = office.data_protection_lead().await;
    let browser = at_file(&office, &lead, child, date(2032, 3, 20)).await;
    assert!(browser.open("/disposals").await.says("No file’s time is over"));
    assert_eq!(browser.open(&format!("/disposals/{child}")).await.status, StatusCode::NOT_FOUND);
    let sure = SignedIn { stepped_up: true, ..lead };
    let refused = put_forward(&office.office, &sure, child, ("nothing is needed", false)).await;
    let Err(DisposeError::Kept(why)) = refused else { panic!("a file that must be kept was put forward") };
    assert_eq!(why, [Obstacle::NotYet(date(2032, 3, 20))]);
}

#[tokio::test]
async fn k28_whoever_comes_back_has_an_open_file_and_its_time_no_longer_runs() {
    let office = TestOffice::under("kids").await;
    let child = closed(&office).await;
    let desk = Browser::of(&office, &office.family_worker().await).await;
    let service = office.service.to_string();
    let fields = [("service", service.as_str()), ("reason", "They are back"), ("notice", "had-it")];
    let again = desk.post(&format!("/people/{child}/enrol"), &fields).await;
    let again = match again.status {
        StatusCode::SEE_OTHER => again,
        _ => desk.post(&format!("/people/{child}/enrol"), &[fields[0], fields[1], ("notice", "not-yet")]).await,
    };
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.page());
    assert_eq!(office.office.book().file_state(child).await.unwrap(), book::FileState::Open);
    office.clock.set_day(date(2040, 1, 10));
    let lead = office.data_protection_lead().await;
    assert!(Browser::of(&office, &lead).await.open("/disposals").await.says("No file’s time is over"));
    let sure = SignedIn { stepped_up: true, ..lead };
    assert!(put_forward(&office.office, &sure, child, ("old", false)).await.is_err());
}

#[tokio::test]
async fn k28_a_parent_is_not_closed_before_the_child() {
    let office = TestOffice::under("kids").await;
    let child = office.child("Ada Sample", date(2014, 5, 6)).await;
    let mother = office.person(PersonClass::Carer, "Bea Sample", None, vec![office.service]).await;
    let relation = records::people::Relationship {
        other: child,
        relation: records::people::Relation::Mother,
        parental_responsibility: records::people::ParentalResponsibility::Yes,
        remarks: None,
        same_household: true,
    };
    office.add(mother, Content::Relationship(relation)).await;
    let desk = Browser::of(&office, &office.family_worker().await).await;
    let left = day_fields("left", ("2", "3", "2026"));
    let early = post(&desk, &format!("/people/{mother}/keeping/close"), &left).await;
    assert!(early.says("A child in their care still uses a service"), "{}", early.page());
    end_of_service(&office, &desk, child, ("2", "3", "2026")).await;
    let closed = post(&desk, &format!("/people/{mother}/keeping/close"), &left).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.page());
}

/// A hold for a claim, to be looked at again on 1 September 2032.
async fn hold(browser: &Browser, child: FileId) {
    let mut fields = day_fields("review", ("1", "9", "2032"));
    fields.push(("because".to_owned(), "claim"));
    fields.push(("hold-words".to_owned(), "A solicitor wrote about the fall"));
    let held = post(browser, &format!("/people/{child}/keeping/longer"), &fields).await;
    assert_eq!(held.to, format!("/people/{child}/keeping?done=kept-longer"), "{}", held.page());
}

#[tokio::test]
async fn k29_what_keeps_a_file_longer_has_a_reason_and_is_looked_at_again() {
    let office = TestOffice::under("kids").await;
    let child = closed(&office).await;
    let lead = office.data_protection_lead().await;
    let browser = at_file(&office, &lead, child, date(2032, 3, 3)).await;
    assert!(browser.open("/disposals").await.says("Ada Sample"), "its time is over, and it is counted");
    assert!(browser.open("/today").await.says("1 file’s time is over"));
    // A reason, what exactly, and a day to look at it again that does not lie too far ahead.
    let at = format!("/people/{child}/keeping/longer");
    let bare = browser.post(&at, &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Choose why it is kept longer", "Say what exactly", "Say when somebody looks at it again"] {
        assert!(bare.says(words), "{words}: {}", bare.page());
    }
    let mut far = day_fields("review", ("1", "9", "2040"));
    far.extend([("because".to_owned(), "claim"), ("hold-words".to_owned(), "A letter before claim")]);
    let far = post(&browser, &at, &far).await;
    assert!(far.says("within twelve months") && far.says("A letter before claim"), "{}", far.page());
    hold(&browser, child).await;
    // While it stands, nobody can dispose of the file.
    let page = browser.open(&format!("/disposals/{child}")).await;
    assert!(page.says("It is kept longer: a legal claim") && !page.says("Put it forward"), "{}", page.page());
    let sure = SignedIn { stepped_up: true, ..lead.clone() };
    assert!(matches!(put_forward(&office.office, &sure, child, ("old", false)).await, Err(DisposeError::Kept(_))));
    // On its day somebody looks at it again; until then it goes on standing.
    let browser = at_file(&office, &lead, child, date(2032, 9, 2)).await;
    assert!(browser.open("/today").await.says("is the file still needed?"));
    let board = browser.open("/board").await;
    assert!(board.says("1 reason to keep a file longer is to be looked at again"), "{}", board.page());
    let held = office.office.book().all_of_kind(Kind::Hold).await.unwrap().remove(0).header;
    let (id, version) = (held.id, held.version.to_string());
    let review = format!("again-review-{id}");
    let mut again = day_fields(&review, ("1", "3", "2033"));
    again.extend([(format!("again-words-{id}"), "The claim goes on"), ("version".to_owned(), version.as_str())]);
    let looked = post(&browser, &format!("/people/{child}/keeping/longer/{id}/review"), &again).await;
    assert_eq!(looked.status, StatusCode::SEE_OTHER, "{}", looked.page());
    assert!(!browser.open("/today").await.says("is the file still needed?"));
    // Ended with a reason, by somebody who saw what stands there now.
    let end = format!("/people/{child}/keeping/longer/{id}/end");
    let words = format!("end-words-{id}");
    let stale = browser.post(&end, &[(&words, "Settled"), ("version", &version)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(browser.post(&end, &[("version", "2")]).await.says("Say why it is no longer needed"));
    assert_eq!(browser.post(&end, &[(&words, "Settled"), ("version", "2")]).await.status, StatusCode::SEE_OTHER);
    let page = browser.open(&format!("/people/{child}/keeping")).await;
    assert!(page.says("The claim goes on") && page.says("Ended on 2 September 2032"), "{}", page.page());
    assert!(browser.open(&format!("/disposals/{child}")).await.says("Put it forward"));
}

#[tokio::test]
async fn k29_two_people_dispose_of_a_file_and_what_is_left_names_nobody() {
    let office = TestOffice::under("kids").await;
    let child = closed(&office).await;
    let brother = office.child("Ben Sample", date(2012, 1, 2)).await;
    let note = |concerns| {
        Content::Note(Note {
            happened: office.office.now(),
            title: "Visit".into(),
            text: "A good visit with a hippopotamus".into(),
            own_words: None,
            service: Some(office.service),
            touches: Vec::new(),
            concerns,
        })
    };
    office.add(child, note(Vec::new())).await;
    office.add(brother, note(vec![child])).await;
    let paper = Paper { original_at: Some("Cabinet 2".into()), ..Paper::new("A form", date(2025, 3, 2)) };
    office.add(child, Content::Paper(paper)).await;
    let (lead, trustee) = (office.data_protection_lead().await, office.trustee().await);
    let desk = at_file(&office, &lead, child, date(2032, 3, 3)).await;
    let at = format!("/disposals/{child}");
    let tired = Browser::of(&office, &SignedIn { stepped_up: false, ..lead.clone() }).await;
    let asked = tired.open(&at).await;
    assert!(asked.says("Confirm that it is you") && !asked.says("<textarea"), "{}", asked.page());
    let page = desk.open(&at).await;
    assert!(page.says("Note: 1") && page.says("Cabinet 2"), "{}", page.page());
    // The originals are part of it, and somebody says why nothing is needed.
    let words = ("words", "Nothing in it is needed");
    assert!(desk.post(&at, &[words]).await.says("Take the originals out first"));
    assert!(desk.post(&at, &[("originals", "yes")]).await.says("Say why nothing in it is needed"));
    let forward = desk.post(&at, &[words, ("originals", "yes")]).await;
    assert_eq!(forward.to, "/disposals?done=forward", "{}", forward.page());
    // Whoever put it forward does not agree to it.
    assert!(!desk.open(&at).await.says("Agree as the second person"));
    assert_eq!(desk.post(&format!("{at}/agree"), &[]).await.status, StatusCode::NOT_FOUND);
    let second = Browser::of(&office, &trustee).await;
    assert!(second.open("/today").await.says("Ada Sample: agree that the file is destroyed"));
    assert!(second.open(&at).await.says("Nothing in it is needed"));
    assert_eq!(second.post(&format!("{at}/agree"), &[]).await.to, "/disposals?done=agreed");
    // Two weeks in which it can be called off: it is still there.
    office.clock.set_day(date(2032, 3, 17));
    assert_eq!(carry_out(&office.office).await.unwrap(), Vec::<String>::new());
    office.clock.set_day(date(2032, 3, 18));
    assert_eq!(carry_out(&office.office).await.unwrap(), ["DIS-2032-0001"]);
    assert_eq!(carry_out(&office.office).await.unwrap(), Vec::<String>::new(), "once");
    let desk = Browser::of(&office, &lead).await;
    assert_eq!(desk.open(&format!("/people/{child}")).await.status, StatusCode::NOT_FOUND);
    assert!(office.office.book().card(child).is_none());
    assert!(office.office.book().headers_of(child).await.unwrap().is_empty());
    assert!(office.office.book().file_in_passing(child).await.is_err());
    // The brother's file still opens, and what was written there stays.
    let why = [("purpose", "quality"), ("reason", "to see that it still opens")];
    desk.post(&format!("/people/{brother}/reason"), &why).await;
    assert!(desk.open(&format!("/people/{brother}/timeline?older=1")).await.says("hippopotamus"));
    assert_eq!(desk.open(&format!("/people/{brother}/family")).await.status, StatusCode::OK);
    // What is left: a certificate without a name, and a ledger that verifies.
    let list = desk.open("/disposals").await;
    assert!(list.says("DIS-2032-0001") && !list.says("Ada Sample"), "{}", list.page());
    let certificate = desk.open("/disposals/certificates/DIS-2032-0001.pdf").await;
    assert_eq!(certificate.kind, "application/pdf");
    let text = papers_text(&certificate.bytes);
    assert!(text.contains("6 years") && text.contains("taken out and shredded") && !text.contains("Ada"), "{text}");
    let report = office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap();
    assert_eq!(report.faults, []);
}

fn papers_text(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("certificate.pdf");
    std::fs::write(&path, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().unwrap();
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn k29_a_request_or_a_hold_that_comes_in_the_meantime_saves_the_file() {
    let office = TestOffice::under("kids").await;
    let child = closed(&office).await;
    let (lead, trustee) = (office.data_protection_lead().await, office.trustee().await);
    let agreed = async |day: Date| {
        let desk = at_file(&office, &lead, child, day).await;
        desk.post(&format!("/disposals/{child}"), &[("words", "Nothing is needed")]).await;
        let second = Browser::of(&office, &trustee).await;
        let agreed = second.post(&format!("/disposals/{child}/agree"), &[]).await;
        assert_eq!(agreed.to, "/disposals?done=agreed", "{}", agreed.page());
        desk
    };
    // Called off by a person.
    let desk = agreed(date(2032, 3, 3)).await;
    let off = format!("/disposals/{child}/call-off");
    assert!(desk.post(&off, &[]).await.says("Say why it is called off"));
    assert_eq!(desk.post(&off, &[("why", "Her sister asked about her")]).await.to, "/disposals?done=off");
    office.clock.set_day(date(2032, 4, 1));
    assert!(carry_out(&office.office).await.unwrap().is_empty());
    // By a hold.
    let desk = agreed(date(2032, 5, 3)).await;
    hold(&desk, child).await;
    office.clock.set_day(date(2032, 6, 1));
    assert!(carry_out(&office.office).await.unwrap().is_empty());
    let held = office.office.book().all_of_kind(Kind::Hold).await.unwrap().remove(0).header;
    let why = Why::with_reason(records::Purpose::Quality, "the yearly look");
    let lifted = (child, held.id, held.version);
    duties::keeping::lift_hold(&office.office, &lead, lifted, &why, "Settled").await.unwrap();
    assert!(carry_out(&office.office).await.unwrap().is_empty(), "what a hold called off stays off when it ends");
    // By a request that came on the last day.
    let desk = agreed(date(2032, 7, 1)).await;
    let asked = letter_but(&[("received-day", "1"), ("received-month", "7"), ("received-year", "2032")]);
    assert_eq!(asked.len(), LETTER.len());
    let reference = record(&desk, child, &asked).await;
    office.clock.set_day(date(2032, 7, 20));
    assert!(carry_out(&office.office).await.unwrap().is_empty());
    let desk = at_file(&office, &lead, child, date(2032, 7, 20)).await;
    let page = desk.open(&format!("/disposals/{child}")).await;
    assert!(page.says(&format!("Request {reference} is open")) && !page.says("Call it off"), "{}", page.page());
    assert!(desk.open(&format!("/people/{child}")).await.says("Ada Sample"));
    let operation = Operation::for_the_book(Actor::Program, "test", office.office.now());
    assert_eq!(operation.today(), date(2032, 7, 20));
}
