//! The pages for families (UX P1-P6, P9): K2, K19, K34 from their side; what came in, from the charity's.

use axum::http::StatusCode;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use records::arrival::{Arrival, Track};
use records::people::{Channel, ContactDetail, Safe};
use records::requests::{AccessRequest, Release};
use records::wish::WishKind;
use records::{Content, FileId, Kind, PersonClass};
use testkit::TestOffice;

use crate::browser::{Answer, Browser};
use crate::requests::{LETTER, lead_and_child, record, stored};

const ASKED: [(&str, &str); 9] = [
    ("asking", "parent"),
    ("want", "see"),
    ("subject", "Ada Sample"),
    ("born", "6 5 2010"),
    ("name", "Sandy Sample"),
    ("relation", "mother"),
    ("about", "Everything since we came to you."),
    ("reach", "email"),
    ("reach-at", "sandy@example.org"),
];

fn asked<'a>(go: &'a str, step: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = ASKED.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).chain([("go", go), ("step", step)]).collect()
}

/// Number and secret, as the page shows them.
fn pass(page: &Answer) -> (String, String) {
    let words: Vec<String> =
        page.page().split("<dd>").skip(1).filter_map(|rest| rest.split("</dd>").next().map(str::to_owned)).collect();
    (words[0].clone(), words[1].clone())
}

/// Sends it, and returns number and secret.
async fn send(browser: &Browser, changes: &[(&str, &str)]) -> (String, String) {
    let sent = browser.post("/ask", &asked("send", "check", changes)).await;
    assert_eq!((sent.status, sent.to.as_str()), (StatusCode::SEE_OTHER, "/ask/given"), "{}", sent.page());
    pass(&browser.open("/ask/given").await)
}

async fn arrivals(office: &TestOffice) -> Vec<(FileId, Arrival)> {
    let all = office.office.book().all_of_kind(Kind::Arrival).await.unwrap();
    all.into_iter()
        .filter_map(|opened| match opened.record.content {
            Content::Arrival(arrival) => Some((opened.header.file, *arrival)),
            _ => None,
        })
        .collect()
}

async fn track(office: &TestOffice) -> Track {
    let all = office.office.book().all_of_kind(Kind::Track).await.unwrap();
    match &all[0].record.content {
        Content::Track(track) => track.clone(),
        _ => unreachable!(),
    }
}

async fn look(browser: &Browser, number: &str, secret: &str) -> Answer {
    browser.post("/track", &[("number", number), ("secret", secret)]).await
}

#[tokio::test]
async fn k19_one_question_a_page_and_nothing_is_lost_between_them_nor_kept_before_it_is_sent() {
    let office = TestOffice::under("kids").await;
    let family = Browser::stranger(&office).await;
    let first = family.open("/ask").await;
    assert!(first.says("Who are you?") && first.says("Exit this page"), "{}", first.page());
    let third = family.post("/ask", &asked("next", "want", &[])).await;
    assert!(third.says("Who is it about?") && third.says("Everything since we came to you."), "carried along");
    let missing = family.post("/ask", &asked("next", "subject", &[("name", " ")])).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.says("Enter your own name") && missing.says("Ada Sample"));
    let easy = family.post("/ask", &asked("switch", "about", &[])).await;
    assert!(easy.says("What do you want to see?") && easy.says("name=\"easy\" value=\"1\""));
    let check = family.post("/ask", &asked("next", "known", &[])).await;
    assert!(check.says("Check what you wrote") && check.says("sandy@example.org"));
    assert!(arrivals(&office).await.is_empty());
}

#[tokio::test]
async fn k19_a_parent_asks_on_the_website_and_it_becomes_a_request_with_its_words_and_day() {
    let office = TestOffice::under("kids").await;
    let (lead, desk, child) = lead_and_child(&office).await;
    let family = Browser::stranger(&office).await;
    let (number, secret) = send(&family, &[("reach-not", "Do not ring the house.")]).await;

    // It lies in a file of its own until somebody takes it in.
    let [(file, arrival)] = &arrivals(&office).await[..] else { panic!("one came in") };
    assert_eq!(office.office.book().class_of(*file).await.unwrap(), PersonClass::Stranger);
    assert_eq!(arrival.pass.number, number);
    assert!(desk.open("/today").await.says(&number));
    let list = desk.open("/arrivals").await;
    assert!(list.says(&number) && list.says("See what we hold"));
    let came = desk.open(&format!("/arrivals/{number}")).await;
    assert!(
        came.says("How not to reach them: Do not ring the house.") && came.says("Everything since we came to you.")
    );
    let listed = desk.post("/search", &[("q", &number)]).await;
    assert!(!listed.says(&format!("/people/{file}")), "what came in is no person");
    let worker = Browser::of(&office, &office.family_worker().await).await;
    assert_eq!(worker.open(&format!("/arrivals/{number}")).await.status, StatusCode::NOT_FOUND);

    office.clock.set_day(date(2026, 3, 4));
    let desk = Browser::of(&office, &lead).await;
    let form = desk.open(&format!("/requests/new/for/{child}?arrival={number}")).await;
    for filled in ["sandy@example.org", "mother", "Sandy Sample", "Everything since we came to you.", "value=\"2\""] {
        assert!(form.says(filled), "{filled}: {}", form.page());
    }
    let fields = [
        ("intake", "website"),
        ("received-day", "2"),
        ("received-month", "3"),
        ("received-year", "2026"),
        ("requester", "other"),
        ("relation", "mother"),
        ("name", "Sandy Sample"),
        ("email", "sandy@example.org"),
        ("wanted", "Everything since we came to you."),
    ];
    let at = format!("/requests/new/for/{child}?arrival={number}");
    let taken = desk.post_with_file(&at, &fields, None).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.page());
    let request = stored(&office).await;
    assert_eq!(request.received, date(2026, 3, 2), "the day on which it came, not that on which it was read");
    let original = office.office.book().record_in_passing(child, request.original.unwrap()).await.unwrap();
    let Content::Paper(paper) = original.record.content else { unreachable!() };
    let words = paper.text.unwrap();
    for said in ["Everything since we came to you.", "Do not ring the house.", "6 5 2010"] {
        assert!(words.for_page().contains(said), "{said}");
    }
    // Its own file is gone, key and all.
    assert!(arrivals(&office).await.is_empty());
    assert!(office.office.book().card(*file).is_none());
    let again = desk.post_with_file(&at, &fields, None).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it cannot be taken in twice");

    // The same number and secret now show the steps.
    let opened = look(&family, &number.to_lowercase(), &secret.to_uppercase()).await;
    assert_eq!(opened.to, "/track/here", "{}", opened.page());
    let here = family.open("/track/here").await;
    assert!(here.says("We have it") && here.says("Done on 2 March 2026") && here.says("We answer at the latest by"));
    assert!(!here.says("Ada") && !here.says(&request.reference), "the page says nothing about anybody");
    assert!(office.office.book().verify(&[]).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn the_answer_is_the_same_for_known_and_unknown_people() {
    let office = TestOffice::under("kids").await;
    let (_, desk, child) = lead_and_child(&office).await;
    office
        .add(
            child,
            Content::Contact(ContactDetail {
                channel: Channel::Email,
                value: "sandy@example.org".into(),
                postcode: None,
                safe: Safe::Yes,
                mind: None,
                preferred: true,
            }),
        )
        .await;
    record(&desk, child, &LETTER).await;
    let known = [("subject", "Ada Sample"), ("born", "6 5 2010")];
    let unknown = [("subject", "Eve Nobody"), ("born", "7 6 2011")];
    let mut pages = Vec::new();
    for who in [&known, &unknown] {
        let browser = Browser::stranger(&office).await;
        let mut seen = Vec::new();
        for step in ["asking", "want", "subject", "about", "reach", "known"] {
            seen.push(browser.post("/ask", &asked("next", step, who)).await.page());
        }
        let (number, secret) = send(&browser, who).await;
        seen.push(browser.open("/ask/given").await.page());
        look(&browser, &number, &secret).await;
        seen.push(browser.open("/track/here").await.page());
        let same = |page: String| {
            let page = page.replace(&number, "NUMBER").replace(&secret, "SECRET");
            page.replace(who[0].1, "NAME-NAME-").replace(who[1].1, "D M Y")
        };
        pages.push(seen.into_iter().map(same).collect::<Vec<_>>());
    }
    assert_eq!(pages[0], pages[1]);

    // A number that was never given and a wrong secret: the same page, but for what was typed.
    let browser = Browser::stranger(&office).await;
    let (number, _) = send(&browser, &[]).await;
    let stranger = Browser::stranger(&office).await;
    let wrong = look(&stranger, &number, "aaaa-bbbb-cccc-dddd").await;
    let never = look(&stranger, "AAAA-0000", "aaaa-bbbb-cccc-dddd").await;
    assert_eq!((wrong.status, never.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(wrong.page().replace(&number, "N"), never.page().replace("AAAA-0000", "N"));
    for _ in 0..10 {
        look(&stranger, &number, "aaaa-bbbb-cccc-dddd").await;
    }
    assert!(look(&stranger, &number, "aaaa-bbbb-cccc-dddd").await.says("tried too often"));
    office.clock.advance(SignedDuration::from_hours(2));
    assert!(!look(&stranger, &number, "aaaa-bbbb-cccc-dddd").await.says("tried too often"));
}

#[tokio::test]
async fn what_is_saved_is_gone_on_with_by_number_and_secret_and_erased_when_it_is_never_sent() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let desk = Browser::of(&office, &lead).await;
    let family = Browser::stranger(&office).await;
    let saved = family.post("/ask", &asked("save", "about", &[("reach", ""), ("about", "Half a senten")])).await;
    assert_eq!(saved.to, "/ask/given", "{}", saved.page());
    let given = family.open("/ask/given").await;
    assert!(given.says("It is saved") && given.says("30 days"));
    let (number, secret) = pass(&given);
    assert!(!desk.open("/arrivals").await.says(&number), "nobody here reads what was not sent");
    // Another day, another device.
    let later = Browser::stranger(&office).await;
    assert_eq!(look(&later, &number, &secret).await.to, "/ask");
    assert!(later.open("/ask").await.says("Half a senten"));
    let sent = later.post("/ask", &asked("send", "check", &[("about", "A whole sentence.")])).await;
    assert_eq!(sent.to, "/ask/given");
    assert!(later.open("/ask/given").await.says("the same as before"));
    let all = arrivals(&office).await;
    assert_eq!((all.len(), all[0].1.pass.number.as_str()), (1, number.as_str()));
    assert!(desk.open("/arrivals").await.says(&number));
    // Leaving takes the cookie away.
    assert_eq!(later.post("/leave", &[]).await.to, "/track?done=left");
    assert_eq!(later.open("/track/here").await.to, "/track");
    assert_eq!(later.open("/leave").await.to, "https://www.bbc.co.uk/weather");

    let idle = Browser::stranger(&office).await;
    idle.post("/ask", &asked("save", "about", &[])).await;
    assert_eq!(arrivals(&office).await.len(), 2);
    office.clock.advance(SignedDuration::from_hours(24 * 31));
    assert_eq!(duties::portal::tidy(&office.office).await.unwrap(), 1);
    assert_eq!(arrivals(&office).await.len(), 1, "what was sent waits for somebody");
}

#[tokio::test]
async fn messages_go_to_and_fro_and_what_looks_wrong_in_an_answer_is_followed() {
    let office = TestOffice::under("kids").await;
    let (_, desk, child) = lead_and_child(&office).await;
    // A letter came by post; the lead gives number and secret on the telephone.
    let reference = record(&desk, child, &LETTER).await;
    let none = desk.post(&format!("/requests/{reference}/messages"), &[("words", "Hello")]).await;
    assert!(none.says("They have no number and secret"), "{}", none.page());
    let given = desk.post(&format!("/requests/{reference}/messages/pass"), &[]).await;
    let number = track(&office).await.pass.number;
    assert!(given.says(&number));
    let secret = given.page().split("Secret letters").nth(1).unwrap().to_owned();
    let secret = secret.split("value\">").nth(1).unwrap().split('<').next().unwrap().trim().to_owned();
    let family = Browser::stranger(&office).await;
    assert_eq!(look(&family, &number, &secret).await.to, "/track/here");
    let empty = family.post("/track/message", &[("say", " ")]).await;
    assert!(empty.says("Write something first"));
    family.post("/track/message", &[("say", "Can I come on a Friday?")]).await;
    assert!(desk.open("/today").await.says(&format!("{reference}: they wrote to you")));
    assert!(desk.open(&format!("/requests/{reference}/messages")).await.says("Can I come on a Friday?"));
    desk.post(&format!("/requests/{reference}/messages"), &[("words", "Yes, at three.")]).await;
    assert!(!desk.open("/today").await.says("they wrote to you"));
    assert!(family.open("/track/here").await.says("Yes, at three."));
    // Nothing to be wrong before there is an answer.
    assert!(!family.open("/track/here").await.says("look wrong"));
    assert_eq!(family.post("/track/wrong", &[("wrong", "It was a bus.")]).await.to, "/track");
    released(&office, child).await;
    let here = family.open("/track/here").await;
    assert!(here.says("Does something in our answer look wrong?") && here.says("It is ready"), "{}", here.page());
    family.post("/track/wrong", &[("wrong", "On page 3: it was a bus.")]).await;
    let wishes = office.office.book().all_of_kind(Kind::Wish).await.unwrap();
    let [wish] = &wishes[..] else { panic!("one wish") };
    let Content::Wish(content) = &wish.record.content else { unreachable!() };
    assert_eq!((content.wish, content.words.for_page().as_str()), (WishKind::Change, "On page 3: it was a bus."));
    assert!(wish.header.due.is_some());
    assert!(desk.open("/today").await.says("what they ask or want changed"));
    // A new secret ends the old one.
    desk.post(&format!("/requests/{reference}/messages/pass"), &[]).await;
    assert!(look(&family, &number, &secret).await.says("We do not know this number"));
}

/// Puts the request into the state in which an answer has gone out.
async fn released(office: &TestOffice, child: FileId) {
    let all = office.office.book().all_of_kind(Kind::AccessRequest).await.unwrap();
    let opened = all.last().unwrap();
    let Content::AccessRequest(request) = &opened.record.content else { unreachable!() };
    let at: Timestamp = office.office.now();
    let release = Release { at, by: child, channel: Channel::Post, to: "Ada".into() };
    let changed =
        AccessRequest { release: Some(release), stage: records::requests::Stage::Released, ..(**request).clone() };
    testkit::change(office, opened, Content::AccessRequest(Box::new(changed))).await;
}

#[tokio::test]
async fn k34_a_complaint_on_the_website_and_an_e_mail_are_taken_in_with_their_day_and_words() {
    let office = TestOffice::under("kids").await;
    let (lead, _, child) = lead_and_child(&office).await;
    let family = Browser::stranger(&office).await;
    assert!(family.open("/complain").await.says("name=\"want\" value=\"complain\""));
    let changes =
        [("want", "complain"), ("about", "You read my letter aloud."), ("reach", "website"), ("reach-at", "")];
    let check = family.post("/ask", &asked("next", "known", &changes)).await;
    assert!(check.says("within 30 days") && check.says("Information Commissioner's Office"), "{}", check.page());
    let (number, secret) = send(&family, &changes).await;
    office.clock.set_day(date(2026, 3, 9));
    let desk = Browser::of(&office, &lead).await;
    let form = desk.open(&format!("/complaints/new/for/{child}?arrival={number}")).await;
    assert!(form.says("You read my letter aloud.") && form.says("mother"), "{}", form.page());
    let fields = [
        ("intake", "website"),
        ("received-day", "2"),
        ("received-month", "3"),
        ("received-year", "2026"),
        ("about", "You read my letter aloud."),
        ("who", "other"),
        ("relation", "mother"),
        ("name", "Sandy Sample"),
        ("request", ""),
    ];
    let taken = desk.post(&format!("/complaints/new/for/{child}?arrival={number}"), &fields).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.page());
    let reference = taken.to.rsplit('/').next().unwrap().to_owned();
    desk.post(&format!("/complaints/{reference}/acknowledge"), &[]).await;
    look(&family, &number, &secret).await;
    let here = family.open("/track/here").await;
    assert!(here.says("Done on 2 March 2026") && here.says("We find out what happened"), "{}", here.page());

    // An e-mail to a worker, saved and dropped.
    let mail = b"From: Sandy Sample <sandy@example.org>\r\nTo: info@lantern.example.org\r\nDate: Sat, 7 Mar 2026 19:30:00 +0000\r\n\
        Subject: My records\r\nMessage-ID: <1@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
        Please send me all you have about Ada.\r\n";
    let dropped = desk.post_with_file("/arrivals", &[], Some(("mail", "mail.eml", mail))).await;
    assert_eq!(dropped.to, "/arrivals?done=dropped", "{}", dropped.page());
    assert!(desk.post_with_file("/arrivals", &[], Some(("mail", "mail.eml", mail))).await.says("came in before"));
    let picture = desk.post_with_file("/arrivals", &[], Some(("mail", "x.eml", b"\x89PNG\r\n\x1a\n12345678"))).await;
    assert!(picture.says("not a saved e-mail"), "{}", picture.page());
    let number = arrivals(&office).await[0].1.pass.number.clone();
    assert!(desk.open(&format!("/arrivals/{number}")).await.says("Please send me all you have about Ada."));
    assert_eq!(desk.open(&format!("/arrivals/{number}/original")).await.bytes, mail);
    let form = desk.open(&format!("/requests/new/for/{child}?arrival={number}")).await;
    assert!(form.says("sandy@example.org") && form.says("value=\"7\"") && form.says("Sandy Sample"));
    let fields = [
        ("intake", "email"),
        ("received-day", "7"),
        ("received-month", "3"),
        ("received-year", "2026"),
        ("requester", "other"),
        ("relation", "mother"),
        ("name", "Sandy Sample"),
        ("email", "sandy@example.org"),
        ("wanted", "all you have"),
    ];
    let taken = desk.post_with_file(&format!("/requests/new/for/{child}?arrival={number}"), &fields, None).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.page());
    let request = stored(&office).await;
    let original = desk.open(&format!("/requests/{}/original", request.reference)).await;
    assert_eq!(original.bytes, mail);
}

#[tokio::test]
async fn k2_new_details_that_come_on_the_website_are_dealt_with_and_told() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let desk = Browser::of(&office, &lead).await;
    let family = Browser::stranger(&office).await;
    let (number, secret) = send(&family, &[("want", "details"), ("about", "We moved. Ring me after six.")]).await;
    let nothing = desk.post(&format!("/arrivals/{number}"), &[("words", "")]).await;
    assert!(nothing.says("Whoever asked reads it"), "{}", nothing.page());
    desk.post(&format!("/arrivals/{number}"), &[("words", "Your new address is in the file.")]).await;
    assert!(!desk.open("/today").await.says(&number));
    look(&family, &number, &secret).await;
    assert!(family.open("/track/here").await.says("Your new address is in the file."));
    office.clock.advance(SignedDuration::from_hours(24 * 366));
    assert_eq!(duties::portal::tidy(&office.office).await.unwrap(), 1);
    assert!(look(&family, &number, &secret).await.says("We do not know this number"));
}

#[tokio::test]
async fn k19_the_form_on_paper_is_a_real_pdf_that_names_nobody() {
    let office = TestOffice::under("kids").await;
    let stranger = Browser::stranger(&office).await;
    assert!(stranger.open("/ask/paper").await.says("Lantern Sample Charity"));
    let pdf = stranger.open("/ask/paper.pdf").await;
    assert_eq!(pdf.kind, "application/pdf");
    let pages = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let text: String = pages.get_pages().keys().map(|page| pages.extract_text(&[*page]).unwrap()).collect();
    assert!(text.contains("You need no passport") && text.contains("How may we reach you?"), "{text}");
}
