//! Complaints and the regulator: K34, K35, T39.

use axum::http::StatusCode;
use jiff::civil::date;
use records::complaint::Complaint;
use records::{Content, FileId, Kind};
use testkit::TestOffice;

use crate::browser::{Answer, Browser};
use crate::requests::{LETTER, latest_letter, lead_and_child, record};

const COMPLAINT: [(&str, &str); 9] = [
    ("intake", "phone"),
    ("received-day", "2"),
    ("received-month", "7"),
    ("received-year", "2026"),
    ("about", "I asked to see my file in March and nobody found a time for me."),
    ("who", "self"),
    ("name", "Ada Sample"),
    ("address", "9 Made-up Road\nOldtown\nZZ3 3ZZ"),
    ("request", ""),
];

async fn complain(browser: &Browser, child: FileId, changes: &[(&'static str, &str)]) -> Answer {
    let kept = COMPLAINT.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let fields: Vec<(&str, &str)> = kept.chain(changes.iter().copied()).collect();
    browser.post(&format!("/complaints/new/for/{child}"), &fields).await
}

async fn stored(office: &TestOffice) -> Complaint {
    let all = office.office.book().all_of_kind(Kind::Complaint).await.unwrap();
    match &all.last().unwrap().record.content {
        Content::Complaint(complaint) => (**complaint).clone(),
        _ => unreachable!(),
    }
}

async fn letter_of(office: &TestOffice, browser: &Browser, reference: &str) -> Answer {
    let letters = office.office.book().all_of_kind(Kind::Letter).await.unwrap();
    let id = letters.iter().map(|opened| opened.header.id).max().unwrap();
    browser.open(&format!("/complaints/{reference}/letters/{id}")).await
}

#[tokio::test]
async fn k34_a_complaint_that_anybody_hears_reaches_the_dpo_is_acknowledged_and_answered_in_time() {
    let office = TestOffice::under("kids").await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let request = record(&browser, child, &LETTER).await;
    office.clock.set_day(date(2026, 7, 2));
    // A family worker hears it on the telephone, and needs no more than to write it down.
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let none = complain(&worker, child, &[("about", " "), ("intake", "")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.says("in their words") && none.says("Choose how it came") && none.page().contains("9 Made-up Road"));
    let recorded = complain(&worker, child, &[]).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.page());
    let told = worker.open(&recorded.to).await;
    // 30 days after 2 July is a Saturday.
    assert!(told.says("our Data Protection Officer") && told.says("Monday 3 August 2026"), "{}", told.page());

    let desk = Browser::of(&office, &lead).await;
    let linked = complain(&desk, child, &[("request", &request)]).await;
    let reference = linked.to.rsplit('/').next().unwrap().to_owned();
    assert_eq!(stored(&office).await.request.unwrap().1, request);
    let elsewhere = complain(&desk, child, &[("request", "REQ-2026-0999")]).await;
    assert!(elsewhere.says("There is no request with this reference"));
    let page = desk.open(&format!("/complaints/{reference}")).await;
    assert!(page.says("nobody found a time for me") && page.says("Acknowledge by") && page.says(&request));
    assert!(page.says("your service manager"), "who helps them to complain");
    assert!(desk.open("/today").await.says(&reference));

    assert_eq!(desk.post(&format!("/complaints/{reference}/acknowledge"), &[]).await.status, StatusCode::SEE_OTHER);
    let letter = letter_of(&office, &desk, &reference).await;
    for words in ["We had your complaint on 2 July 2026", &request, "your service manager", "no effect on the help"] {
        assert!(letter.says(words), "{words}: {}", letter.page());
    }

    // Nobody answers who has not looked into it.
    let at = format!("/complaints/{reference}/answer");
    let outcome = [
        ("finding", "upheld"),
        ("findings", "You asked on 2 March. The letter lay in a drawer."),
        ("actions", "You look through your file on Friday. Letters are now opened by two people."),
    ];
    assert!(desk.post(&at, &outcome).await.says("Note first what you found out"));
    let enquiry = [("enquiry", "Asked Wendy: the letter lay in the drawer of the old office.")];
    desk.post(&format!("/complaints/{reference}/enquiries"), &enquiry).await;
    let check = desk.post(&at, &outcome).await;
    assert!(check.says("You are right") && check.says("The letter lay in a drawer") && stored(&office).await.is_open());
    let confirmed: Vec<_> = outcome.into_iter().chain([("confirm", "yes")]).collect();
    assert_eq!(desk.post(&at, &confirmed).await.to, format!("/complaints/{reference}?done=answered"));
    let letter = letter_of(&office, &desk, &reference).await;
    for words in ["You are right", "opened by two people", "Information Commissioner's Office", "ask a court to decide"]
    {
        assert!(letter.says(words), "{words}: {}", letter.page());
    }
    assert!(!letter.says("Asked Wendy"), "what was found out is for the charity");

    // The regulator may write long after.
    office.clock.set_day(date(2026, 9, 1));
    let desk = Browser::of(&office, &lead).await;
    let wrote = [
        ("theirs", "IC-123456"),
        ("on-day", "1"),
        ("on-month", "9"),
        ("on-year", "2026"),
        ("said", "Asks for the letters by 1 October"),
    ];
    desk.post(&format!("/complaints/{reference}/regulator"), &wrote).await;
    assert!(desk.open(&format!("/complaints/{reference}")).await.says("IC-123456"));
}

#[tokio::test]
async fn k34_a_complaint_about_somebody_who_is_not_in_the_book_is_taken_in_too() {
    let office = TestOffice::under("kids").await;
    let (lead, _, _) = lead_and_child(&office).await;
    office.clock.set_day(date(2026, 7, 2));
    let desk = Browser::of(&office, &lead).await;
    assert!(desk.open("/complaints/new").await.says("/complaints/new/somebody-else"));
    let nobody = desk.post("/complaints/new", &[("q", "Nia Nowhere")]).await;
    assert!(nobody.says("Nobody found whom you may see") && nobody.says("Not in our book?"), "{}", nobody.page());
    let at = "/complaints/new/somebody-else";
    let said = [
        ("intake", "phone"),
        ("received-day", "2"),
        ("received-month", "7"),
        ("received-year", "2026"),
        ("about", "You write to me though I never gave you my address."),
        ("name", "Nia Nowhere"),
        ("who", "self"),
    ];
    let bare = desk.post(at, &said).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.says("Enter the name of the person") && bare.says("Choose what they are or were to us"));
    assert!(bare.says("though I never gave you my address"), "what was typed is kept");
    let whole = [&said[..], &[("subject-name", "Nia Nowhere"), ("subject-class", "supporter")]].concat();
    let recorded = desk.post(at, &whole).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.page());
    let reference = recorded.to.rsplit('/').next().unwrap();
    assert!(desk.open(&format!("/complaints/{reference}")).await.says("Nia Nowhere"));
    assert_eq!(office.office.book().search("Nia Nowhere", 5, |_, _| true).len(), 1);
}

#[tokio::test]
async fn k34_a_late_complaint_is_impossible_to_miss_and_counts_on_the_board() {
    let office = TestOffice::under("kids").await;
    let (lead, _, child) = lead_and_child(&office).await;
    office.clock.set_day(date(2026, 7, 2));
    let browser = Browser::of(&office, &lead).await;
    let recorded = complain(&browser, child, &[]).await;
    let reference = recorded.to.rsplit('/').next().unwrap().to_owned();
    let board = browser.open("/board/K34").await;
    assert!(board.says("No complaint waits longer than we promised"), "{}", board.page());
    office.clock.set_day(date(2026, 8, 20));
    let browser = Browser::of(&office, &lead).await;
    for at in ["/today".to_owned(), "/complaints".to_owned(), format!("/complaints/{reference}")] {
        assert!(browser.open(&at).await.says("Late by"), "{at}");
    }
    let board = browser.open("/board/K34").await;
    assert!(board.says("1 complaint is past the day") && board.says(&reference), "{}", board.page());
    let back = [("how", "She rang on 20 August and said that it is settled")];
    browser.post(&format!("/complaints/{reference}/withdraw"), &back).await;
    assert!(!browser.open("/today").await.says(&reference));
}

#[tokio::test]
async fn k35_the_regulator_stands_on_every_letter_and_is_changed_in_one_place() {
    every_letter_names_the_regulator("kids").await;
}

#[tokio::test]
async fn t39_the_right_to_complain_to_the_regulator_stands_on_every_letter() {
    every_letter_names_the_regulator("kids-on-track").await;
}

async fn every_letter_names_the_regulator(policy: &str) {
    let office = TestOffice::under(policy).await;
    let (_, browser, child) = lead_and_child(&office).await;
    let missing: Vec<_> = LETTER.into_iter().filter(|(name, _)| *name != "phone").collect();
    let reference = record(&browser, child, &missing).await;
    let at = format!("/requests/{reference}");
    let steps: [(&str, &[(&str, &str)]); 5] = [
        ("acknowledge", &[]),
        ("identity/ask", &[]),
        ("scope/pause", &[("question", "Which years?"), ("confirm", "yes")]),
        ("extend", &[("ground", "complex"), ("reasons", "Held in three places"), ("confirm", "yes")]),
        ("refuse", &[("ground", "unfounded"), ("reasons", "For money"), ("evidence", "Letter"), ("confirm", "yes")]),
    ];
    let mut seen = 0;
    for (step, fields) in steps {
        let answer = browser.post(&format!("{at}/{step}"), fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{step}: {}", answer.page());
        let letter = latest_letter(&office, &browser, &reference).await;
        assert!(
            letter.says("Information Commissioner's Office") && letter.says("0303 123 1113"),
            "{step}: {}",
            letter.page()
        );
        assert!(letter.says("privacy@lantern.example.org"), "{step}: whom to ask here (K2)");
        seen += 1;
    }
    assert_eq!(seen, 5);
    let notice = Browser::stranger(&office).await.open("/policy").await;
    assert!(notice.says("Information Commissioner"), "the policy says so, too");

    // One place, and every letter after it says the new number.
    let administrator = Browser::of(&office, &office.administrator().await).await;
    let new = [
        ("name", "Lantern"),
        ("address", "1 Sample Street"),
        ("contact-email", "privacy@lantern.example.org"),
        ("contact-phone", "01632 960000"),
        ("nations", "england-and-wales"),
        ("regulator-name", "Information Commission"),
        ("regulator-address", "2 Sample Street"),
        ("regulator-phone", "0303 999 9999"),
        ("regulator-website", "www.example.org"),
        ("regulator-checked-day", "1"),
        ("regulator-checked-month", "3"),
        ("regulator-checked-year", "2026"),
    ];
    let saved = administrator.post("/admin/charity", &new).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page());
    let second = record(&browser, child, &LETTER).await;
    browser.post(&format!("/requests/{second}/acknowledge"), &[]).await;
    let letter = latest_letter(&office, &browser, &second).await;
    assert!(letter.says("0303 999 9999") && !letter.says("0303 123 1113"), "{}", letter.page());
}
