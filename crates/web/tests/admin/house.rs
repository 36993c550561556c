//! The charity's own pages: details, services, places, bank holidays, rules, ledger.

use axum::http::StatusCode;
use testkit::TestOffice;

use crate::browser::Browser;

const PAGES: [&str; 14] = [
    "/admin",
    "/admin/set-up",
    "/admin/people",
    "/admin/people/new",
    "/admin/roles",
    "/admin/charity",
    "/admin/services",
    "/admin/services/new",
    "/admin/places",
    "/admin/places/new",
    "/admin/holidays",
    "/admin/holidays/new",
    "/admin/policy",
    "/admin/ledger",
];

#[tokio::test]
async fn every_page_opens_for_the_administrator_and_is_not_there_for_a_family_worker() {
    let office = TestOffice::new().await;
    let (admin, worker) = (office.administrator().await, office.family_worker().await);
    let mut his = Browser::of(&office, &admin).await;
    let mut hers = Browser::of(&office, &worker).await;
    let account = format!("/admin/people/{}", worker.file);
    let service = format!("/admin/services/{}", office.service);
    let of_one = ["", "/roles", "/services", "/link", "/close"].map(|part| format!("{account}{part}"));
    for path in PAGES.iter().map(|path| (*path).to_owned()).chain(of_one).chain([service]) {
        let page = his.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.to());
        assert!(page.body.contains("aria-current") && !page.title().contains("Wendy"), "{path}");
        assert_eq!(hers.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!hers.get("/today").await.body.contains("href=\"/admin\""));
    for path in ["/admin/charity", "/admin/services/new", "/admin/places/new", "/admin/holidays/new", "/admin/ledger"] {
        assert_eq!(hers.post(path, &[("name", "Mine")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_parts_that_the_roles_do_not_open_are_neither_listed_nor_there() {
    let office = TestOffice::new().await;
    let trustee = office.trustee().await;
    let mut browser = Browser::of(&office, &trustee).await;
    let hub = browser.get("/admin").await.body;
    assert!(hub.contains("href=\"/admin/policy\"") && hub.contains("href=\"/admin/ledger\""));
    assert!(!hub.contains("href=\"/admin/services\"") && !hub.contains("href=\"/admin/charity\""));
    for path in ["/admin/services", "/admin/charity", "/admin/places", "/admin/set-up", "/admin/people/new"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(browser.get("/admin/policy/new").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_charitys_form_names_what_is_missing_and_keeps_what_was_typed() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    let shown = browser.get("/admin/charity").await.body;
    assert!(shown.contains("Lantern Sample Charity") && shown.contains("Wycliffe House"));
    let typed = [("name", ""), ("registration", "charity 7"), ("contact-email", "nowhere"), ("regulator-name", "ICO")];
    let wrong = browser.post("/admin/charity", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.title().starts_with("Error:"), "{}", wrong.title());
    for said in
        ["charity's name", "like name@example.org", "Choose where", "regulator&#39;s address", "day on which you"]
    {
        let words = said.replace('\'', "&#39;");
        assert!(wrong.errors().contains(said) || wrong.errors().contains(&words), "{said}: {}", wrong.errors());
    }
    assert!(wrong.body.contains("value=\"charity 7\"") && wrong.body.contains("value=\"nowhere\""));
    let right = [
        ("name", "Lantern"),
        ("address", "2 Example Street\nSampleton"),
        ("contact-email", "data@lantern.example.org"),
        ("nations", "scotland"),
        ("regulator-name", "ICO"),
        ("regulator-address", "Water Lane\nWilmslow"),
        ("regulator-checked-day", "2"),
        ("regulator-checked-month", "3"),
        ("regulator-checked-year", "2026"),
    ];
    assert_eq!(browser.post("/admin/charity", &right).await.to(), "/admin/charity?done=saved");
    let charity = office.office.house().await.unwrap().charity.1.clone();
    assert_eq!((charity.name.as_str(), charity.address.len()), ("Lantern", 2));
}

#[tokio::test]
async fn a_service_is_added_with_what_it_needs_and_changed() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let mut browser = Browser::of(&office, &lead).await;
    let typed = [("name", "short BREAKS"), ("about", ""), ("needs", "money"), ("ended-day", "31")];
    let wrong = browser.post("/admin/services/new", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.errors().contains("day, month and year"), "{}", wrong.errors());
    let wrong = browser.post("/admin/services/new", &typed[..3]).await;
    assert!(wrong.errors().contains("with this name already"), "{}", wrong.errors());
    assert!(wrong.body.contains("value=\"short BREAKS\"") && wrong.body.contains("value=\"money\" checked"));
    let right = [("name", "Young carers"), ("about", "A break for young carers."), ("needs", "money")];
    assert_eq!(browser.post("/admin/services/new", &right).await.to(), "/admin/services?done=added");
    let list = browser.get("/admin/services?done=added").await;
    assert!(list.body.contains("Young carers") && list.body.contains("Added."));
    let at = list.link(&format!("/admin/services/{}", service_named(&office, "Young carers").await));
    let ended = [("ended-day", "1"), ("ended-month", "3"), ("ended-year", "2026")];
    assert_eq!(browser.post(&at, &[&right[..], &ended].concat()).await.to(), "/admin/services?done=saved");
    assert!(browser.get("/admin/services").await.body.contains("Ended 1 March 2026"));
}

async fn service_named(office: &TestOffice, name: &str) -> String {
    let house = office.office.house().await.unwrap();
    house.services.iter().find(|(_, service)| service.name == name).unwrap().1.id.to_string()
}

#[tokio::test]
async fn a_place_is_listed_and_closed() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    assert!(browser.get("/admin/places").await.body.contains("No place is listed yet"));
    let wrong = browser.post("/admin/places/new", &[("name", "Cabinet 2"), ("holder", " ")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.errors().contains("who can look there") && wrong.body.contains("value=\"Cabinet 2\""));
    let right = [("name", "Cabinet 2"), ("holder", "The office")];
    assert_eq!(browser.post("/admin/places/new", &right).await.to(), "/admin/places?done=added");
    let id = office.office.house().await.unwrap().places[0].0.id;
    let closed = [&right[..], &[("closed", "yes")]].concat();
    assert_eq!(browser.post(&format!("/admin/places/{id}"), &closed).await.to(), "/admin/places?done=saved");
    assert!(browser.get("/admin/places").await.body.contains("No longer in use"));
}

#[tokio::test]
async fn an_added_bank_holiday_is_counted_from_then_on() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    let page = browser.get("/admin/holidays").await.body;
    assert!(page.contains("Counted in 2026") && page.contains("Counted in 2027"));
    assert!(page.contains("verified until the end of 2028") && page.contains("Good Friday"));
    let wrong = browser.post("/admin/holidays/new", &[("day-day", "31"), ("name", "A royal wedding")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"A royal wedding\"") && wrong.body.contains("value=\"31\""));
    let right = [
        ("day-day", "15"),
        ("day-month", "6"),
        ("day-year", "2026"),
        ("name", "A royal wedding"),
        ("nations", "scotland"),
    ];
    assert_eq!(browser.post("/admin/holidays/new", &right).await.to(), "/admin/holidays?done=added");
    let page = browser.get("/admin/holidays").await.body;
    assert_eq!(page.matches("A royal wedding").count(), 2, "once as added, once as counted");
}

#[tokio::test]
async fn the_page_of_the_rules_says_what_the_rules_say() {
    let office = TestOffice::new().await;
    let trustee = office.trustee().await;
    let page = Browser::of(&office, &trustee).await.get("/admin/roles").await.body;
    for rule in office.office.access().rules() {
        let words = rule.words.replace('\'', "&#39;");
        assert!(page.contains(&words), "{words}");
    }
    let row = page.split("Put a policy into force").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains("Data protection lead, trustee") && row.contains("A fresh code"), "{row}");
}

#[tokio::test]
async fn the_ledger_is_verified_and_its_checkpoint_taken_away() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    assert!(browser.get("/admin").await.body.contains("Nobody has verified it on the page yet"));
    let result = browser.post("/admin/ledger", &[]).await;
    assert!(result.body.contains("The ledger holds"), "{}", result.body);
    let note = browser.get("/admin/ledger/checkpoint").await;
    assert!(note.headers["content-disposition"].to_str().unwrap().contains("checkpoint.note"));
    let size: u64 = note.body.lines().nth(1).unwrap().parse().unwrap();
    assert_eq!(size, office.office.book().ledger_size().await.unwrap(), "signed with the verification itself");
    let again = office.office.book().verify(&[note.body]).await.unwrap();
    assert!(again.problems.is_empty());
    assert!(browser.get("/admin").await.body.contains("It last held on 2 March 2026"));
    office.clock.set_day(jiff::civil::date(2026, 7, 1));
    let mut later = Browser::of(&office, &admin).await;
    let hub = later.get("/admin").await.body;
    let line = hub.split("The ledger was verified").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(line.contains("Something missing"), "three months later it is open again: {line}");
}
