//! Accounts: inviting, roles with a second person, grants, closing.

use axum::http::StatusCode;
use duties::records::StaffRole;
use testkit::TestOffice;

use crate::browser::Browser;

const PASSWORD: &str = "teapot gravel onward";

#[tokio::test]
async fn an_invited_colleague_opens_their_account_with_the_link_that_was_shown_once() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    let typed = [("name", "Nia New"), ("email", "nia"), ("services", "nonsense")];
    let wrong = browser.post("/admin/people/new", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.errors().contains("like name@example.org") && wrong.errors().contains("at least one role"));
    assert!(wrong.body.contains("value=\"Nia New\"") && wrong.body.contains("value=\"nia\""));
    let service = office.service.to_string();
    let right = [
        ("name", "Nia New"),
        ("email", "nia@lantern.example.org"),
        ("roles", "family-worker"),
        ("services", service.as_str()),
    ];
    let shown = browser.post("/admin/people/new", &right).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(!shown.title().contains("Nia"));
    let link = shown.link("http://guardbook.test/welcome/").replace("http://guardbook.test", "");
    let list = browser.get("/admin/people").await;
    assert!(list.body.contains("Nia New") && list.body.contains("Invited") && !list.body.contains("/welcome/"));

    let mut nia = browser.another();
    assert!(nia.get(&link).await.body.contains("Welcome, Nia New"));
    assert_eq!(nia.post(&link, &[("password", PASSWORD)]).await.to(), "/sign-in/second-factor");
    assert_eq!(browser.another().get(&link).await.status, StatusCode::NOT_FOUND, "it worked once");
    assert!(browser.get("/admin/people").await.body.contains("Second step due"));
}

#[tokio::test]
async fn becoming_an_administrator_needs_a_second_person() {
    let office = TestOffice::new().await;
    let (admin, worker) = (office.administrator().await, office.family_worker().await);
    let trustee = office.trustee().await;
    let account = format!("/admin/people/{}", worker.file);
    let mut his = Browser::of(&office, &admin).await;
    let none = his.post(&format!("{account}/roles"), &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.errors().contains("at least one role"), "{}", none.errors());
    let both = [("roles", "family-worker"), ("roles", "administrator")];
    assert_eq!(his.post(&format!("{account}/roles"), &both).await.to(), format!("{account}?done=waits"));
    let roles = async || office.office.house().await.unwrap().staff[&worker.file].account.roles.clone();
    assert_eq!(roles().await, [StaffRole::FamilyWorker]);
    let page = his.get(&account).await.body;
    assert!(page.contains("Take the question back") && !page.contains(">Confirm<"), "not by who asked");
    assert_eq!(his.post(&format!("{account}/answer"), &[("answer", "yes")]).await.status, StatusCode::CONFLICT);
    assert_eq!(roles().await, [StaffRole::FamilyWorker]);

    let mut hers = Browser::of(&office, &trustee).await;
    assert!(hers.get("/admin/people").await.body.contains("Role waits for a second person"));
    assert!(hers.get(&account).await.body.contains(">Confirm<"));
    let said = hers.post(&format!("{account}/answer"), &[("answer", "yes")]).await;
    assert_eq!(said.to(), format!("{account}?done=confirmed"));
    assert_eq!(roles().await, [StaffRole::FamilyWorker, StaffRole::Administrator]);
}

#[tokio::test]
async fn a_second_person_may_say_no() {
    let office = TestOffice::new().await;
    let (admin, worker, trustee) = (office.administrator().await, office.family_worker().await, office.trustee().await);
    let account = format!("/admin/people/{}", worker.file);
    let mut his = Browser::of(&office, &admin).await;
    his.post(&format!("{account}/roles"), &[("roles", "administrator")]).await;
    let mut hers = Browser::of(&office, &trustee).await;
    assert!(hers.post(&format!("{account}/answer"), &[("answer", "no")]).await.to().ends_with("done=declined"));
    let house = office.office.house().await.unwrap();
    assert_eq!(house.staff[&worker.file].account.roles, [StaffRole::FamilyWorker]);
    assert!(house.staff[&worker.file].account.roles_asked.is_none());
}

#[tokio::test]
async fn without_a_fresh_code_the_way_leads_to_proving_it_and_back() {
    let office = TestOffice::new().await;
    let mut admin = office.administrator().await;
    admin.stepped_up = false;
    let mut browser = Browser::of(&office, &admin).await;
    assert_eq!(browser.get("/admin/people").await.status, StatusCode::OK, "the list itself asks for nothing");
    assert_eq!(browser.get("/admin/people/new").await.to(), "/step-up?to=%2Fadmin%2Fpeople%2Fnew");
}

#[tokio::test]
async fn the_lead_opens_a_service_for_a_time_and_takes_it_back() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let inspector = office.staff("Ines Inspector", &[StaffRole::Inspector]).await;
    let account = format!("/admin/people/{}", inspector.file);
    let mut browser = Browser::of(&office, &lead).await;
    let typed = [("service", "file"), ("file", "https://guardbook.test/people"), ("until-day", "5"), ("reason", "")];
    let wrong = browser.post(&format!("{account}/grants/new"), &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["address of the person", "Say why", "day, month and year"] {
        assert!(wrong.errors().contains(said), "{said}: {}", wrong.errors());
    }
    assert!(wrong.body.contains("value=\"https://guardbook.test/people\""));
    let service = office.service.to_string();
    let right = [
        ("service", service.as_str()),
        ("until-day", "6"),
        ("until-month", "3"),
        ("until-year", "2026"),
        ("reason", "Inspection in March"),
    ];
    let given = browser.post(&format!("{account}/grants/new"), &right).await;
    assert_eq!(given.to(), format!("{account}?done=granted"));
    let page = browser.get(&account).await.body;
    assert!(page.contains("Everybody at Short breaks") && page.contains("Inspection in March"));
    let stale = [("grant", "0"), ("until", "7 March 2026")];
    assert_eq!(browser.post(&format!("{account}/grants/end"), &stale).await.status, StatusCode::CONFLICT);
    let now = [("grant", "0"), ("until", "6 March 2026")];
    assert_eq!(browser.post(&format!("{account}/grants/end"), &now).await.to(), format!("{account}?done=taken-back"));
    assert!(office.office.house().await.unwrap().staff[&inspector.file].account.grants.is_empty());
}

#[tokio::test]
async fn one_file_is_opened_by_the_address_of_its_page() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let senior = office.staff("Sen Senior", &[StaffRole::SeniorManager]).await;
    let ada = office.child("Ada Sample", jiff::civil::date(2014, 5, 6)).await;
    let mut browser = Browser::of(&office, &lead).await;
    let address = format!("https://guardbook.test/people/{ada}/timeline?older=1");
    let right = [
        ("service", "file"),
        ("file", address.as_str()),
        ("until-day", "6"),
        ("until-month", "4"),
        ("until-year", "2026"),
        ("reason", "A complaint about the service"),
    ];
    let account = format!("/admin/people/{}", senior.file);
    assert!(browser.post(&format!("{account}/grants/new"), &right).await.to().ends_with("done=granted"));
    let grants = office.office.house().await.unwrap().staff[&senior.file].account.grants.clone();
    assert_eq!((grants.len(), grants[0].file), (1, Some(ada)));
    assert!(!browser.get(&account).await.body.contains("Ada"), "the account's page names no child");
}

#[tokio::test]
async fn an_account_is_closed_and_opened_again_with_a_new_link() {
    let office = TestOffice::new().await;
    let (admin, worker) = (office.administrator().await, office.family_worker().await);
    let account = format!("/admin/people/{}", worker.file);
    let mut his = Browser::of(&office, &admin).await;
    let mut hers = Browser::of(&office, &worker).await;
    assert_eq!(hers.get("/today").await.status, StatusCode::OK);
    assert_eq!(his.post(&format!("{account}/services"), &[]).await.to(), format!("{account}?done=saved"));
    assert!(his.get(&account).await.body.contains("At no service"));
    assert_eq!(his.post(&format!("{account}/close"), &[]).await.to(), format!("{account}?done=closed"));
    assert_eq!(hers.get("/today").await.to(), "/sign-in", "signed out at once");
    let own = his.post(&format!("/admin/people/{}/close", admin.file), &[]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.errors().contains("your own account"), "{}", own.errors());
    let link = his.post(&format!("{account}/link"), &[]).await.link("http://guardbook.test/welcome/");
    let link = link.replace("http://guardbook.test", "");
    assert!(hers.get(&link).await.body.contains("Welcome, Wendy Worker"));
}
