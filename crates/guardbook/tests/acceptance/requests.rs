//! Access requests from intake to gathering: K19, K23, K24, K30, T20, T24, T25, T26, T29, T41.

use axum::http::StatusCode;
use duties::SignedIn;
use jiff::civil::date;
use records::people::{Channel, ContactDetail, Safe};
use records::requests::AccessRequest;
use records::work::Note;
use records::{Content, FileId, Kind, Personal};
use testkit::{TestOffice, policy_texts};

use crate::browser::{Answer, Browser};

/// A letter that came on 2 March 2026, as it is typed into the form.
pub const LETTER: [(&str, &str); 11] = [
    ("intake", "letter"),
    ("received-day", "2"),
    ("received-month", "3"),
    ("received-year", "2026"),
    ("requester", "self"),
    ("name", "Ada Sample"),
    ("address", "9 Made-up Road\nOldtown\nZZ3 3ZZ"),
    ("phone", "01632 960002"),
    ("email", "ada@example.org"),
    ("wanted", "Everything"),
    ("lies-at", "Cabinet 2, folder R"),
];

/// The same with some answers changed.
pub fn letter_but(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    LETTER
        .into_iter()
        .map(|(name, value)| {
            (name, changes.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, value)| *value))
        })
        .chain(changes.iter().copied().filter(|(name, _)| LETTER.iter().all(|(known, _)| known != name)))
        .collect()
}

pub async fn record(browser: &Browser, child: FileId, fields: &[(&str, &str)]) -> String {
    let answer = browser.post_with_file(&format!("/requests/new/for/{child}"), fields, None).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page());
    answer.to.rsplit('/').next().unwrap().to_owned()
}

pub async fn stored(office: &TestOffice) -> AccessRequest {
    let all = office.office.book().all_of_kind(Kind::AccessRequest).await.unwrap();
    match &all.last().unwrap().record.content {
        Content::AccessRequest(request) => (**request).clone(),
        _ => unreachable!(),
    }
}

/// An office with a child, a lead, and the lead's browser.
pub async fn lead_and_child(office: &TestOffice) -> (SignedIn, Browser, FileId) {
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(office, &lead).await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    (lead, browser, child)
}

/// The policy of a name with some words changed in all its texts.
fn policy_but(name: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let texts = policy_texts(name);
    assert!(texts.iter().any(|(_, text)| text.contains(from)), "the policy says {from:?}");
    texts.into_iter().map(|(file, text)| (file, text.replace(from, to))).collect()
}

#[tokio::test]
async fn k19_a_letter_that_staff_type_in_reaches_the_manager_of_the_persons_service() {
    let office = TestOffice::under("kids").await;
    let worker = office.family_worker().await;
    let manager = office.service_manager().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let reference = record(&Browser::of(&office, &worker).await, child, &LETTER).await;
    let manager = Browser::of(&office, &manager).await;
    let inbox = manager.open("/requests?show=mine").await;
    assert!(inbox.says(&reference) && inbox.says("Ada Sample"), "{}", inbox.page());
    assert!(manager.open(&format!("/requests/{reference}")).await.says("your service manager"));
    assert!(manager.open("/today").await.says(&reference));
    // The worker took it in and has no list of requests; what they read says what happens next and no more.
    let worker = Browser::of(&office, &worker).await;
    assert_eq!(worker.open(&format!("/requests/{reference}")).await.status, StatusCode::NOT_FOUND);
    assert!(worker.open(&format!("/requests/recorded/{reference}")).await.says("your service manager"));
}

#[tokio::test]
async fn k23_the_answer_is_due_within_30_days_in_the_policys_own_words_with_the_sum_on_the_page() {
    for (texts, due) in [
        (policy_texts("kids"), "Wednesday 1 April 2026"),
        (policy_but("kids", "in 30 days](answer:access)", "in one month](answer:access)"), "Thursday 2 April 2026"),
    ] {
        let office = TestOffice::with_policy(texts).await;
        let (_, browser, child) = lead_and_child(&office).await;
        let reference = record(&browser, child, &LETTER).await;
        let page = browser.open(&format!("/requests/{reference}")).await;
        assert!(page.says(due), "{due}: {}", page.page());
        assert!(page.says("How we counted") && page.says("Received on Monday 2 March 2026"));
    }
}

#[tokio::test]
async fn k23_late_is_impossible_to_miss() {
    let office = TestOffice::under("kids").await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    office.clock.set_day(date(2026, 3, 27));
    let browser = Browser::of(&office, &lead).await;
    assert!(browser.open("/today").await.says("Due in 5 days (Wednesday 1 April)"));
    office.clock.set_day(date(2026, 4, 3));
    let browser = Browser::of(&office, &lead).await;
    for at in [
        "/today".to_owned(),
        "/requests".to_owned(),
        "/requests?show=late".to_owned(),
        format!("/requests/{reference}"),
    ] {
        assert!(browser.open(&at).await.says("Late by 2 days"), "{at}");
    }
}

#[tokio::test]
async fn k24_no_step_asks_for_a_fee_and_the_letter_says_that_it_is_free() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    no_fee(&office, &browser, child).await;
}

#[tokio::test]
async fn t25_no_step_asks_for_a_fee_and_the_letter_says_that_it_is_free() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    no_fee(&office, &browser, child).await;
}

async fn no_fee(office: &TestOffice, browser: &Browser, child: FileId) {
    let reference = record(browser, child, &LETTER).await;
    let at = format!("/requests/{reference}");
    assert!(browser.open(&at).await.says("This is free of charge."));
    browser.post(&format!("{at}/acknowledge"), &[]).await;
    assert!(latest_letter(office, browser, &reference).await.says("This is free of charge."));
    // Asking for money needs a policy that speaks of it, and a request that is unfounded or excessive.
    let fee = [("items", "Copying: 10.00"), ("confirm", "yes")];
    assert_eq!(browser.post(&format!("{at}/fee"), &fee).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stored(office).await.fee.is_none());
    // A policy with a price on the first copy does not even check clean.
    let texts = policy_but("kids", "[free of charge](ask:access/fee)", "[£10](ask:access/fee)");
    let sources: Vec<_> = texts.iter().map(|(name, text)| policy::Source::new(name.clone(), text.clone())).collect();
    assert!(policy::Policy::read(&sources).is_err());
}

pub async fn latest_letter(office: &TestOffice, browser: &Browser, reference: &str) -> Answer {
    let letters = office.office.book().all_of_kind(Kind::Letter).await.unwrap();
    let id = letters.iter().map(|opened| opened.header.id).max().unwrap();
    browser.open(&format!("/requests/{reference}/letters/{id}")).await
}

#[tokio::test]
async fn k30_a_closed_file_answers_like_an_open_one() {
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let sibling = office.child("Ben Sample", date(2012, 1, 2)).await;
    let note = |concerns| {
        Content::Note(Note {
            happened: office.office.now(),
            title: "Visit".into(),
            text: "A good visit".into(),
            own_words: None,
            service: Some(office.service),
            touches: Vec::new(),
            concerns,
        })
    };
    office.add(child, note(Vec::new())).await;
    let linked = office.add(sibling, note(vec![child])).await;
    close_file(&office, child).await;
    let reference = record(&browser, child, &LETTER).await;
    let gathered = browser.post(&format!("/requests/{reference}/gather"), &[]).await;
    assert_eq!(gathered.to, format!("/requests/{reference}?done=gathered"), "{}", gathered.page());
    let request = stored(&office).await;
    // Identity, enrolment, the note, the letter that came, and the note in the brother's file.
    assert_eq!(request.items.len(), 5);
    assert!(request.items.iter().any(|item| item.file == sibling && item.record == linked));
    assert!(browser.open(&format!("/requests/{reference}")).await.says("5 items to read"));
}

async fn close_file(office: &TestOffice, file: FileId) {
    let operation = records::Operation::for_the_book(records::Actor::Operator, "left", office.office.now());
    let mut work = office.office.book().begin(&operation).await.unwrap();
    work.set_file_state(book::Act::FileClosed, file, book::FileState::Closed).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn t20_a_request_comes_by_any_way_and_the_original_is_kept() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    for way in ["letter", "email", "fax", "phone", "in-person"] {
        let fields = letter_but(&[("intake", way)]);
        let at = format!("/requests/new/for/{child}");
        let scan = ("original", "Ada Sample letter.pdf", b"%PDF-1.7 a letter".as_slice());
        let answer = browser.post_with_file(&at, &fields, Some(scan)).await;
        let reference = answer.to.rsplit('/').next().unwrap().to_owned();
        let original = browser.open(&format!("/requests/{reference}/original")).await;
        assert_eq!((original.kind.as_str(), original.bytes.as_slice()), ("application/pdf", scan.2));
        assert!(browser.open(&format!("/requests/{reference}")).await.says("Cabinet 2, folder R"));
        // Nothing personal in an address or a file name.
        assert!(!original.to.contains("Ada"));
    }
    // On paper without an original, and with a date to come: told at the fields, with everything typed still there.
    let fields = letter_but(&[("lies-at", ""), ("received-year", "2027"), ("wanted", "The notes of 2025")]);
    let answer = browser.post_with_file(&format!("/requests/new/for/{child}"), &fields, None).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Keep the original", "cannot be later than today", "The notes of 2025", "01632 960002"] {
        assert!(answer.says(words), "{words}");
    }
}

#[tokio::test]
async fn t20_what_is_missing_is_asked_for() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    let fields = letter_but(&[("phone", ""), ("email", ""), ("wanted", "")]);
    let reference = record(&browser, child, &fields).await;
    let at = format!("/requests/{reference}");
    let page = browser.open(&at).await;
    assert!(page.says("Missing: a telephone number or e-mail address, what they would like to see"), "{}", page.page());
    browser.post(&format!("{at}/scope/missing"), &[]).await;
    let letter = latest_letter(&office, &browser, &reference).await;
    assert!(letter.says("what you would like to see") && letter.says("a telephone number or e-mail address for you"));
    assert!(!letter.says("your postal address"));
    browser.post(&format!("{at}/scope/details"), &[("wanted", "All notes"), ("phone", "01632 960003")]).await;
    assert!(!browser.open(&at).await.says("Missing:"));
}

#[tokio::test]
async fn t20_a_request_about_somebody_who_is_not_in_the_book_is_taken_in_too() {
    let office = TestOffice::new().await;
    let volunteer = office.volunteer().await;
    let browser = Browser::of(&office, &volunteer).await;
    assert!(browser.open("/requests/new").await.says("Not in our book?"));
    let fields = letter_but(&[("subject-name", "Nia Nowhere"), ("subject-class", "supporter")]);
    let answer = browser.post_with_file("/requests/new/somebody-else", &fields, None).await;
    let recorded = browser.open(&answer.to).await;
    assert!(recorded.says("REQ-2026-0001") && recorded.says("the Trustees"), "{}", recorded.page());
}

#[tokio::test]
async fn t24_the_answer_is_due_within_one_calendar_month_with_weekends_and_bank_holidays() {
    let office = TestOffice::new().await;
    let (lead, _, child) = lead_and_child(&office).await;
    // Received, and due in England: the end of a short month, a Saturday, and Christmas (LAW: T3, T12, T13).
    for (received, due) in [
        ((31, 1, 2027), "Monday 1 March 2027"),
        ((30, 10, 2026), "Monday 30 November 2026"),
        ((25, 11, 2026), "Tuesday 29 December 2026"),
    ] {
        let (day, month, year) = received;
        office.clock.set_day(date(year, month, day));
        let browser = Browser::of(&office, &lead).await;
        let fields = [
            ("received-day", day.to_string()),
            ("received-month", month.to_string()),
            ("received-year", year.to_string()),
        ];
        let fields: Vec<(&str, &str)> = LETTER
            .into_iter()
            .map(|(name, value)| {
                (name, fields.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, new)| new.as_str()))
            })
            .collect();
        let reference = record(&browser, child, &fields).await;
        let page = browser.open(&format!("/requests/{reference}")).await;
        // The policy promises a month of its own; the earlier of the two dates binds, so a roll to a working day
        // shows in the law's line.
        assert!(page.says(&format!("By law the answer is due by the end of {due}.")), "{due}: {}", page.page());
    }
}

#[tokio::test]
async fn t24_waiting_for_identity_moves_the_start_and_a_question_stops_the_clock() {
    let office = TestOffice::new().await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}");
    office.clock.set_day(date(2026, 3, 9));
    let browser = Browser::of(&office, &lead).await;
    let check = browser.post(&format!("{at}/scope/pause"), &[("question", "Which years do you mean?")]).await;
    assert!(check.says("Check before you stop the clock") && check.says("Which years do you mean?"));
    assert!(stored(&office).await.pauses.is_empty(), "the check saves nothing");
    browser.post(&format!("{at}/scope/pause"), &[("question", "Which years do you mean?"), ("confirm", "yes")]).await;
    assert!(browser.open("/requests").await.says("Waiting for what is wanted since 9 March 2026"));
    office.clock.set_day(date(2026, 3, 16));
    let browser = Browser::of(&office, &lead).await;
    let answered = [("answer", "All"), ("answered-day", "16"), ("answered-month", "3"), ("answered-year", "2026")];
    let resumed = browser.post(&format!("{at}/scope/answer"), &answered).await;
    assert_eq!(resumed.status, StatusCode::SEE_OTHER, "{}", resumed.page());
    // 2 April and eight days, both the 9th and the 16th among them.
    assert!(browser.open(&at).await.says("Friday 10 April 2026"));

    // Two proofs, as the policy says; the month starts on the day on which they come.
    let second = record(&browser, child, &letter_but(&[("received-day", "16")])).await;
    let at = format!("/requests/{second}");
    browser.post(&format!("{at}/identity/ask"), &[]).await;
    assert!(latest_letter(&office, &browser, &second).await.says("two things that show who you are"));
    office.clock.set_day(date(2026, 3, 20));
    let browser = Browser::of(&office, &lead).await;
    let seen = [
        ("identity-seen", "Passport\nBill"),
        ("identity-on-day", "20"),
        ("identity-on-month", "3"),
        ("identity-on-year", "2026"),
    ];
    browser.post(&format!("{at}/identity/received"), &seen).await;
    let page = browser.open(&at).await;
    assert!(
        page.says("The month starts on the latest of these days: 20 March 2026") || page.says("Monday 20 April 2026"),
        "{}",
        page.page()
    );
}

const LONGER: [(&str, &str); 2] = [("ground", "complex"), ("reasons", "Your file is held by three services.")];

#[tokio::test]
async fn t26_extension_is_told_in_time_with_reasons_in_a_letter() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}/extend");
    let none = browser.post(&at, &[("ground", "complex"), ("reasons", " ")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.says("Without reasons there is no extension"));
    let check = browser.post(&at, &LONGER).await;
    assert!(check.says("Check before you take more time") && check.says("held by three services"));
    assert!(stored(&office).await.extension.is_none(), "the check saves nothing");
    let done = browser.post(&at, &[LONGER[0], LONGER[1], ("confirm", "yes")]).await;
    assert_eq!(done.to, format!("/requests/{reference}?done=extended"));
    assert!(browser.open(&format!("/requests/{reference}")).await.says("Tuesday 2 June 2026"));
    let letter = latest_letter(&office, &browser, &reference).await;
    for words in ["held by three services", "Tuesday 2 June 2026", "You can complain to us", "the regulator"] {
        assert!(letter.says(words), "{words}");
    }
    assert!(browser.post(&at, &[LONGER[0], LONGER[1], ("confirm", "yes")]).await.says("It was extended once"));
}

#[tokio::test]
async fn t26_extension_is_refused_after_the_first_month() {
    let office = TestOffice::new().await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    office.clock.set_day(date(2026, 4, 3));
    let browser = Browser::of(&office, &lead).await;
    let late =
        browser.post(&format!("/requests/{reference}/extend"), &[LONGER[0], LONGER[1], ("confirm", "yes")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.says("had to be told by Thursday 2 April 2026"), "{}", late.page());
    assert!(stored(&office).await.extension.is_none());
    assert!(!browser.open(&format!("/requests/{reference}")).await.says("Take more time"));
}

#[tokio::test]
async fn t29_a_refusal_says_why_and_how_to_complain_to_us_to_the_regulator_and_to_a_court() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}/refuse");
    let why = ("reasons", "You said that you would withdraw it for money.");
    let proof = ("evidence", "Letter of 20 February");
    for (fields, words) in [
        (vec![("ground", "unfounded"), proof, ("confirm", "yes")], "A refusal without reasons is not possible"),
        (vec![("ground", "unfounded"), why, ("confirm", "yes")], "Write down what shows it"),
        (vec![why, proof, ("confirm", "yes")], "Choose the ground"),
    ] {
        let answer = browser.post(&at, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.says(words), "{words}");
    }
    assert!(stored(&office).await.refusal.is_none());
    let done = browser.post(&at, &[("ground", "unfounded"), why, proof, ("confirm", "yes")]).await;
    assert_eq!(done.to, format!("/requests/{reference}?done=refused"));
    let letter = latest_letter(&office, &browser, &reference).await;
    for words in [
        "withdraw it for money",
        "You can complain to us",
        "privacy@lantern.example.org",
        "Information Commissioner's Office",
        "0303 123 1113",
        "ask a court to decide",
    ] {
        assert!(letter.says(words), "{words}: {}", letter.page());
    }
    assert!(!letter.says("Letter of 20 February"), "the evidence is for the file");
}

#[tokio::test]
async fn t41_requests_go_to_the_role_that_the_policy_names() {
    for (texts, trustee_sees) in [
        (policy_texts("kids-on-track"), true),
        (policy_but("kids-on-track", "[the Trustees](ask:access/to)", "[the service manager](ask:access/to)"), false),
    ] {
        let texts = if trustee_sees { texts } else { with_rights(texts) };
        let office = TestOffice::with_policy(texts).await;
        let trustee = office.trustee().await;
        let manager = office.service_manager().await;
        let (_, browser, child) = lead_and_child(&office).await;
        let reference = record(&browser, child, &LETTER).await;
        let at = format!("/requests/{reference}");
        let trustees = Browser::of(&office, &trustee).await;
        let status = trustees.open(&at).await.status;
        assert_eq!(status, if trustee_sees { StatusCode::OK } else { StatusCode::NOT_FOUND });
        let words = if trustee_sees { "the Trustees" } else { "the service manager" };
        assert!(browser.open(&at).await.says(words));
        let owner = if trustee_sees { &trustee } else { &manager };
        assert_eq!(stored(&office).await.owner, Some(owner.file));
    }
}

/// The requests under the other rights follow, or two texts of one policy would disagree.
fn with_rights(texts: Vec<(String, String)>) -> Vec<(String, String)> {
    texts
        .into_iter()
        .map(|(file, text)| {
            (file, text.replace("[the Trustees](ask:rights/to)", "[the service manager](ask:rights/to)"))
        })
        .collect()
}

#[tokio::test]
async fn letters_never_go_to_an_address_that_is_marked_unsafe() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    let way = |value: &str, postcode: &str, safe| {
        Content::Contact(ContactDetail {
            channel: Channel::Post,
            value: value.into(),
            postcode: Some(Personal::new(postcode.to_owned())),
            safe,
            mind: None,
            preferred: true,
        })
    };
    // The letter gives the very address that the file marks as unsafe.
    office.add(child, way("9 Made-up Road\nOldtown", "ZZ3 3ZZ", Safe::No)).await;
    let reference = record(&browser, child, &letter_but(&[("email", "")])).await;
    browser.post(&format!("/requests/{reference}/acknowledge"), &[]).await;
    let letter = latest_letter(&office, &browser, &reference).await;
    assert!(letter.says("Ada Sample") && !letter.says("9 Made-up Road"), "{}", letter.page());
    assert!(browser.open(&format!("/requests/{reference}")).await.says("We know no safe way to write to them"));
    office.add(child, way("2 Refuge Lane\nElsewhere", "ZZ2 2ZZ", Safe::Yes)).await;
    let second = record(&browser, child, &LETTER).await;
    browser.post(&format!("/requests/{second}/acknowledge"), &[]).await;
    assert!(latest_letter(&office, &browser, &second).await.says("2 Refuge Lane"));
}

#[tokio::test]
async fn a_letter_is_a_tagged_pdf_and_is_marked_as_sent() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}");
    browser.post(&format!("{at}/acknowledge"), &[]).await;
    assert!(browser.open("/today").await.says("send the letter"));
    let letters = office.office.book().all_of_kind(Kind::Letter).await.unwrap();
    let id = letters.last().unwrap().header.id;
    let pdf = browser.open(&format!("{at}/letters/{id}.pdf")).await;
    assert_eq!(pdf.kind, "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert_eq!(browser.post(&format!("{at}/letters/{id}"), &[]).await.to, format!("{at}?done=sent"));
    assert!(!browser.open("/today").await.says("send the letter"));
}

#[tokio::test]
async fn no_title_and_no_address_of_a_case_holds_a_name() {
    let office = TestOffice::new().await;
    let (_, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    for page in
        ["", "/acknowledge", "/identity", "/scope", "/search", "/gather", "/owner", "/extend", "/refuse", "/close"]
    {
        let answer = browser.open(&format!("/requests/{reference}{page}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let text = answer.page();
        let title = text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(title.contains(&reference) && !title.contains("Ada"), "{title}");
        assert_eq!(text.matches("<h1").count(), 1, "{page}");
        let ids: Vec<_> =
            text.match_indices(" id=\"").map(|(at, _)| text[at + 5..].split('"').next().unwrap()).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{page}: {ids:?}");
        for href in text.match_indices("href=\"").map(|(at, _)| text[at + 6..].split('"').next().unwrap()) {
            assert!(!href.contains("Ada") && !href.contains("Sample"), "{href}");
        }
    }
}
