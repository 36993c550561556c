//! Whole ways in: with both steps, by invitation, with a recovery code, on the first run.

use axum::http::{StatusCode, header};
use duties::accounts::{NewColleague, first_run_token, invite};
use duties::records::StaffRole;
use jiff::SignedDuration;
use testkit::TestOffice;
use web::app::DemoSignIn;

use crate::browser::Browser;
use crate::{PASSWORD, SECRET, code, email, somebody};

#[tokio::test]
async fn password_and_code_lead_in_and_each_step_gives_another_token() {
    let office = TestOffice::new().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    assert!(browser.get("/").await.body.contains("href=\"/sign-in\""), "the first page is for families, and leads on");
    assert_eq!(browser.get("/today").await.to(), "/sign-in");
    let page = browser.get("/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("name=\"email\"") && page.body.contains("name=\"password\""));

    let half =
        browser.post("/sign-in", &[("email", " Wendy.Worker@lantern.example.org "), ("password", PASSWORD)]).await;
    assert_eq!((half.status, half.to()), (StatusCode::SEE_OTHER, "/sign-in/code"));
    let set = half.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    let first = browser.cookie.clone();
    assert_eq!(browser.get("/account").await.to(), "/sign-in/code", "half in is not in");

    assert!(browser.get("/sign-in/code").await.body.contains("name=\"code\""));
    let done = browser.post("/sign-in/code", &[("code", &code(&office))]).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/today"));
    assert_ne!(browser.cookie, first);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    let mut old = browser.another();
    old.cookie = first;
    assert_eq!(old.get("/account").await.to(), "/sign-in", "the token from before the code is worth nothing");
}

#[tokio::test]
async fn an_invitation_leads_to_password_telephone_and_recovery_codes_and_works_once() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let new = NewColleague {
        name: "Nia New".to_owned(),
        email: email("Nia New"),
        roles: vec![StaffRole::FamilyWorker],
        services: vec![office.service],
    };
    let link = format!("/welcome/{}", invite(&office.office, &admin, new).await.unwrap().secret);
    let mut browser = Browser::new(&office).await;
    assert!(browser.get(&link).await.body.contains("Welcome, Nia New"));
    let weak = browser.post(&link, &[("password", "nianew123456")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.errors().contains("easy to guess"), "{}", weak.errors());
    assert_eq!(browser.post(&link, &[("password", PASSWORD)]).await.to(), "/sign-in/second-factor");
    assert_eq!(browser.another().get(&link).await.status, StatusCode::NOT_FOUND, "the link is used up");
    assert_eq!(browser.get("/account").await.to(), "/sign-in/second-factor", "nothing opens before the second step");

    let page = browser.get("/sign-in/second-factor").await;
    assert!(page.body.contains("/sign-in/second-factor.svg"));
    let picture = browser.get("/sign-in/second-factor.svg").await;
    assert_eq!(picture.headers[header::CONTENT_TYPE], "image/svg+xml");
    assert!(picture.body.contains("<path"));
    let wrong = browser.post("/sign-in/second-factor", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let secret = secret_on(&page.body);
    let now = duties::accounts::code_at(&secret, office.office.now()).unwrap();
    let codes = browser.post("/sign-in/second-factor", &[("code", &now)]).await;
    assert_eq!(codes.status, StatusCode::OK);
    assert_eq!(codes.body.matches("<code>").count(), 10);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!(browser.get("/sign-in/recovery-codes").await.to(), "/account", "they are shown once");
}

/// The bytes of the secret whose letters stand on the page.
fn secret_on(body: &str) -> Vec<u8> {
    let at = body.find("gb-secret\">").unwrap() + "gb-secret\">".len();
    let letters: String = body[at..].chars().take_while(|c| *c != '<').filter(|c| !c.is_whitespace()).collect();
    let five = |letter| format!("{:05b}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap());
    let bits = letters.chars().map(five).collect::<Vec<_>>().concat();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

#[tokio::test]
async fn an_invitation_ends_after_seven_days() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let new = NewColleague {
        name: "Nia New".to_owned(),
        email: email("Nia New"),
        roles: vec![StaffRole::FamilyWorker],
        services: Vec::new(),
    };
    let link = format!("/welcome/{}", invite(&office.office, &admin, new).await.unwrap().secret);
    let mut browser = Browser::new(&office).await;
    office.clock.advance(SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
    assert_eq!(browser.get(&link).await.status, StatusCode::OK);
    office.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post(&link, &[("password", PASSWORD)]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_recovery_code_lets_in_once() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let codes = duties::accounts::new_recovery_codes(&office.office, &wendy).await.unwrap();
    let sign_in = [("email", email("Wendy Worker")), ("password", PASSWORD.to_owned())];
    let sign_in: Vec<(&str, &str)> = sign_in.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut browser = Browser::new(&office).await;
    browser.post("/sign-in", &sign_in).await;
    let recovered = browser.post("/sign-in/recover", &[("code", &codes[4].to_uppercase())]).await;
    assert_eq!(recovered.to(), "/account?done=recovered");
    assert!(browser.get("/account").await.body.contains("9 recovery codes"));

    let mut again = browser.another();
    again.post("/sign-in", &sign_in).await;
    let refused = again.post("/sign-in/recover", &[("code", &codes[4])]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again.post("/sign-in/recover", &[("code", &codes[5])]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_first_run_makes_one_administrator_with_the_terminals_secret_and_then_closes() {
    let office = TestOffice::new().await;
    let mut browser = Browser::new(&office).await;
    assert!(browser.get("/sign-in").await.body.contains("/first-run"));
    assert_eq!(browser.get("/first-run").await.status, StatusCode::OK);
    let older = first_run_token(&office.office).await.unwrap().unwrap();
    let link = format!("/first-run/{}", first_run_token(&office.office).await.unwrap().unwrap());
    assert_eq!(browser.get(&format!("/first-run/{older}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/first-run/guessed").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&link).await.status, StatusCode::OK);
    let empty = browser.post(&link, &[("name", ""), ("email", "ali"), ("password", "short")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(empty.errors().matches("<li>").count(), 3, "{}", empty.errors());
    let fields = [("name", "Ali Admin"), ("email", "ali@lantern.example.org"), ("password", PASSWORD)];
    assert_eq!(browser.post(&link, &fields).await.to(), "/sign-in/second-factor");
    assert_eq!(browser.another().get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.another().post(&link, &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/first-run").await.status, StatusCode::NOT_FOUND);
    assert_eq!(first_run_token(&office.office).await.unwrap(), None);
    let house = office.office.house().await.unwrap();
    assert_eq!(house.staff.values().next().unwrap().account.roles, [StaffRole::Administrator]);
}

#[tokio::test]
async fn the_demonstration_shows_its_people_and_codes_and_a_real_book_does_not() {
    let office = TestOffice::new().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let person = DemoSignIn {
        role: "family worker".to_owned(),
        name: "Wendy Worker".to_owned(),
        email: email("Wendy Worker"),
        password: PASSWORD.to_owned(),
        totp_secret: String::new(),
    };
    let mut browser = Browser::with(&office, vec![person]).await;
    assert!(browser.get("/sign-in").await.body.contains(PASSWORD));
    assert_eq!(browser.post("/sign-in/demo", &[("person", "0")]).await.to(), "/sign-in/code");
    assert!(browser.get("/sign-in/code").await.body.contains(&code(&office)));
    assert_eq!(browser.another().post("/sign-in/demo", &[("person", "7")]).await.status, StatusCode::NOT_FOUND);

    let mut real = Browser::new(&office).await;
    assert!(!real.get("/sign-in").await.body.contains("Try it as somebody"));
    assert_eq!(real.post("/sign-in/demo", &[("person", "0")]).await.status, StatusCode::NOT_FOUND);
    real.cookie = browser.cookie.clone();
    assert!(!real.get("/sign-in/code").await.body.contains(&code(&office)));
    assert_eq!(SECRET.len(), 20);
}
