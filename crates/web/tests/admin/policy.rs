//! The policy: seen, checked with every error at its line, compared, adopted; and then it binds.

use axum::http::StatusCode;
use duties::SignedIn;
use duties::records::Content;
use duties::records::requests::{AccessRequest, Details, Intake};
use duties::requests::{NewOriginal, NewRequest, Subject, clock_of, record_request};
use jiff::civil::{Date, date};
use testkit::{TestOffice, policy_texts};

use crate::browser::{Answer, Browser};

/// The KIDS policy with a month where it says 30 days.
fn with_a_month() -> Vec<(String, String)> {
    let month = |text: &str| {
        let new = text.replace("[within 30 days](answer:access)", "[within one month](answer:access)");
        new.replace("[in 30 days](answer:access)", "[in 1 month](answer:access)")
    };
    policy_texts("kids").into_iter().map(|(name, text)| (name, month(&text))).collect()
}

async fn check(browser: &mut Browser, texts: &[(String, String)]) -> Answer {
    let mut fields = Vec::new();
    for (at, (name, text)) in texts.iter().enumerate() {
        fields.push((format!("name-{}", at + 1), name.clone()));
        // As browsers send the lines of a text area.
        fields.push((format!("text-{}", at + 1), text.replace('\n', "\r\n")));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.upload("/admin/policy/new", &fields, &[]).await
}

/// Adopts what the page of changes shows, from a day of March 2026.
async fn adopt(browser: &mut Browser, day: &str) -> Answer {
    let shown = browser.get("/admin/policy/changes").await.body;
    let fingerprint = shown.split("name=\"fingerprint\" value=\"").nth(1).map_or("", |rest| &rest[..64]).to_owned();
    let fields = [("fingerprint", fingerprint.as_str()), ("from-day", day), ("from-month", "3"), ("from-year", "2026")];
    browser.post("/admin/policy/changes", &fields).await
}

/// The day by which a request that comes today is due.
async fn due(office: &TestOffice, lead: &SignedIn, name: &str) -> (Date, AccessRequest) {
    let child = office.child(name, date(2014, 5, 6)).await;
    let new = NewRequest {
        intake: Intake::Letter,
        received: office.office.today(),
        original: NewOriginal { lies_at: "Cabinet 2".to_owned(), ..NewOriginal::default() },
        requester: None,
        details: Details::default(),
        arrival: None,
    };
    let recorded = record_request(&office.office, lead, Subject::Known(child), new).await.unwrap();
    let opened = office.office.book().record_in_passing(recorded.file, recorded.record).await.unwrap();
    let Content::AccessRequest(request) = opened.record.content else { unreachable!() };
    let house = office.office.house().await.unwrap();
    (clock_of(&house, &request, office.office.today()).unwrap().due, *request)
}

#[tokio::test]
async fn adopting_a_month_instead_of_thirty_days_changes_the_limit_of_new_requests_and_of_no_other() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let (before, old) = due(&office, &lead, "Ada Sample").await;
    assert_eq!(before, date(2026, 4, 1));
    let mut browser = Browser::of(&office, &lead).await;
    assert_eq!(browser.get("/admin/policy/changes").await.to(), "/admin/policy/new", "nothing was checked yet");
    assert_eq!(check(&mut browser, &with_a_month()).await.to(), "/admin/policy/changes");
    let changes = browser.get("/admin/policy/changes").await.body;
    assert!(changes.contains("30 days") && changes.contains("1 month"), "{changes}");
    assert_eq!(due(&office, &lead, "Ben Sample").await.0, date(2026, 4, 1), "looking at it changes nothing");

    let refused = adopt(&mut browser, "1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.errors().contains("today or later"), "{}", refused.errors());
    assert_eq!(adopt(&mut browser, "2").await.to(), "/admin/policy?done=adopted");

    assert_eq!(due(&office, &lead, "Cleo Sample").await.0, date(2026, 4, 2));
    let house = office.office.house().await.unwrap();
    let still = clock_of(&house, &old, office.office.today()).unwrap().due;
    assert_eq!(still, before, "what came in before keeps the promise of its day");
    assert!(browser.get("/admin/policy").await.body.contains("Dee Lead"));
    assert_eq!(browser.get("/admin/policy/changes").await.to(), "/admin/policy/new", "the draft is used up");
}

#[tokio::test]
async fn a_policy_for_a_later_day_binds_from_that_day() {
    let office = TestOffice::under("kids").await;
    let (lead, trustee) = (office.data_protection_lead().await, office.trustee().await);
    let mut browser = Browser::of(&office, &trustee).await;
    check(&mut browser, &with_a_month()).await;
    assert_eq!(adopt(&mut browser, "9").await.to(), "/admin/policy?done=adopted");
    assert!(browser.get("/admin/policy").await.body.contains("Still to come"));
    assert_eq!(due(&office, &lead, "Ada Sample").await.0, date(2026, 4, 1));
    office.clock.set_day(date(2026, 3, 10));
    assert_eq!(due(&office, &lead, "Ben Sample").await.0, date(2026, 4, 10));
}

#[tokio::test]
async fn a_policy_with_errors_is_refused_every_error_is_shown_with_its_line_and_nothing_typed_is_lost() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let mut browser = Browser::of(&office, &lead).await;
    let mut texts = policy_texts("kids");
    texts[0].1 = texts[0].1.replace("[within 30 days](answer:access)", "[within nine moons](answer:access)");
    texts[0].1.push_str("\nWe phone [in 2 days](answer:acess).\n");
    texts[1].1.push_str("\nWe keep it [for a while](keep:child/leaving).\n");
    let page = check(&mut browser, &texts).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reading = duties::policy::read(
        &texts.iter().map(|(name, text)| duties::policy::Source::new(name, text)).collect::<Vec<_>>(),
    );
    assert!(reading.errors().count() >= 3);
    for error in reading.errors() {
        let place = format!("{}, line {}, column {}", error.file, error.place.line, error.place.column);
        assert!(page.body.contains(&place), "{place}");
        assert!(page.errors().contains(&error.place.line.to_string()), "{place}: {}", page.errors());
    }
    assert!(
        page.body.contains("<mark>[within nine moons](answer:access)</mark>")
            || page.body.contains("<mark>within nine moons")
    );
    assert!(page.body.matches("nine moons").count() >= 2, "the text itself is kept in its box");
    assert!(page.body.contains("We phone [in 2 days](answer:acess)."));
    assert_eq!(browser.get("/admin/policy/changes").await.to(), "/admin/policy/new");
    assert_eq!(adopt(&mut browser, "2").await.to(), "/admin/policy/new");
    assert_eq!(office.office.house().await.unwrap().policies.len(), 1, "nothing was adopted");
    assert!(browser.get("/admin/policy/new").await.body.contains("nine moons"), "the draft waits");
}

#[tokio::test]
async fn an_uploaded_text_takes_the_place_of_the_one_that_has_its_name() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let mut browser = Browser::of(&office, &lead).await;
    let (old, new) = (policy_texts("kids"), with_a_month());
    let fields = [
        ("name-1", old[0].0.as_str()),
        ("text-1", old[0].1.as_str()),
        ("name-2", old[1].0.as_str()),
        ("text-2", old[1].1.as_str()),
    ];
    let files =
        [("upload", new[0].0.as_str(), new[0].1.as_bytes()), ("upload", new[1].0.as_str(), new[1].1.as_bytes())];
    assert_eq!(browser.upload("/admin/policy/new", &fields, &files).await.to(), "/admin/policy/changes");
    assert!(browser.get("/admin/policy/changes").await.body.contains("1 month"));
    let picture = browser.upload("/admin/policy/new", &fields, &[("upload", "photo.md", &[0xff, 0xfe, 0x00])]).await;
    assert_eq!(picture.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(picture.errors().contains("photo.md is not text"), "{}", picture.errors());
    let empty = browser.upload("/admin/policy/new", &[], &[]).await;
    assert!(empty.errors().contains("Upload or paste at least the full text"), "{}", empty.errors());
}

#[tokio::test]
async fn what_was_typed_waits_while_somebody_proves_that_it_is_them() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let stale = SignedIn { stepped_up: false, ..lead.clone() };
    let mut before = Browser::of(&office, &stale).await;
    let mut texts = policy_texts("kids");
    texts[0].1.push_str("\nA sentence that took an hour.\n");
    assert_eq!(check(&mut before, &texts).await.to(), "/step-up?to=%2Fadmin%2Fpolicy%2Fnew");
    let mut after = before.signed_in(&office, &lead).await;
    assert!(after.get("/admin/policy/new").await.body.contains("A sentence that took an hour."));
    let afresh = after.get("/admin/policy/new?afresh=yes").await.body;
    assert!(!afresh.contains("A sentence that took an hour."));
    let trustee = office.trustee().await;
    let mut other = before.signed_in(&office, &trustee).await;
    assert!(!other.get("/admin/policy/new").await.body.contains("took an hour"), "a draft is its owner's alone");
}

#[tokio::test]
async fn texts_that_were_changed_after_the_page_was_shown_are_shown_first() {
    let office = TestOffice::under("kids").await;
    let lead = office.data_protection_lead().await;
    let mut browser = Browser::of(&office, &lead).await;
    check(&mut browser, &with_a_month()).await;
    let stale = browser.get("/admin/policy/changes").await.body;
    let stale = stale.split("name=\"fingerprint\" value=\"").nth(1).unwrap()[..64].to_owned();
    check(&mut browser, &policy_texts("kids")).await;
    let fields = [("fingerprint", stale.as_str()), ("from-day", "2"), ("from-month", "3"), ("from-year", "2026")];
    let refused = browser.post("/admin/policy/changes", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.errors().contains("others than those"), "{}", refused.errors());
    assert_eq!(office.office.house().await.unwrap().policies.len(), 1);
}

#[tokio::test]
async fn an_administrator_sees_the_policy_and_does_not_adopt_one() {
    let office = TestOffice::under("kids").await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    let page = browser.get("/admin/policy").await;
    assert!(page.body.contains("30 days") && page.body.contains("Whoever made the book"));
    assert!(!page.body.contains("/admin/policy/new"));
    assert_eq!(check(&mut browser, &with_a_month()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/admin/policy/new").await.status, StatusCode::NOT_FOUND);
    let text = browser.get(&page.link("/admin/policy/0")).await;
    assert_eq!(text.body, policy_texts("kids")[0].1);
}
