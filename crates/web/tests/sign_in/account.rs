//! One's own account.

use axum::http::StatusCode;
use duties::SignedIn;
use duties::records::StaffRole;
use jiff::SignedDuration;
use testkit::{TestOffice, sign_in_cookie};

use crate::browser::Browser;
use crate::{PASSWORD, code, somebody};

async fn worker_in(office: &TestOffice) -> (SignedIn, Browser) {
    let wendy = somebody(office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(office).await;
    browser.cookie = sign_in_cookie(office, &wendy).await;
    (wendy, browser)
}

#[tokio::test]
async fn a_changed_password_ends_every_other_sign_in_and_the_old_token() {
    let office = TestOffice::new().await;
    let (wendy, mut browser) = worker_in(&office).await;
    let mut elsewhere = browser.another();
    elsewhere.cookie = sign_in_cookie(&office, &wendy).await;
    let mut stolen = browser.another();
    stolen.cookie = browser.cookie.clone();
    let wrong =
        browser.post("/account/password", &[("present", "not it"), ("password", "another gravel teapot")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let weak = browser.post("/account/password", &[("present", PASSWORD), ("password", "password1234")]).await;
    assert!(weak.errors().contains("easy to guess"));
    let done = browser.post("/account/password", &[("present", PASSWORD), ("password", "another gravel teapot")]).await;
    assert_eq!(done.to(), "/account?done=password");
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/account").await.to(), "/sign-in");
    assert_eq!(stolen.get("/account").await.to(), "/sign-in");
    let old = [("email", "wendy.worker@lantern.example.org"), ("password", PASSWORD)];
    assert_eq!(browser.another().post("/sign-in", &old).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = [("email", "wendy.worker@lantern.example.org"), ("password", "another gravel teapot")];
    assert_eq!(browser.another().post("/sign-in", &new).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sign_ins_are_listed_and_ended_one_by_one_and_only_ones_own() {
    let office = TestOffice::new().await;
    let (wendy, mut browser) = worker_in(&office).await;
    let mut phone = browser.another();
    phone.cookie = sign_in_cookie(&office, &wendy).await;
    let mo = somebody(&office, "Mo Manager", &[StaffRole::ServiceManager]).await;
    let mut others = browser.another();
    others.cookie = sign_in_cookie(&office, &mo).await;
    let digest = |browser: &Browser| duties::accounts::token_digest(browser.cookie.split_once('=').unwrap().1);

    let page = browser.get("/account").await.body;
    assert!(page.contains("This browser") && page.contains(&digest(&phone)) && !page.contains(&digest(&others)));
    let foreign = browser.post("/account/sessions", &[("session", &digest(&others))]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(others.get("/account").await.status, StatusCode::OK);
    assert_eq!(browser.post("/account/sessions", &[("session", &digest(&phone))]).await.to(), "/account?done=ended");
    assert_eq!(phone.get("/account").await.to(), "/sign-in");

    phone.cookie = sign_in_cookie(&office, &wendy).await;
    browser.post("/account/sessions", &[("session", "others")]).await;
    assert_eq!(phone.get("/account").await.to(), "/sign-in");
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_telephone_and_new_codes_need_a_fresh_proof() {
    let office = TestOffice::new().await;
    let (_, mut browser) = worker_in(&office).await;
    office.clock.advance(SignedDuration::from_mins(16));
    for path in ["/account/second-factor", "/account/recovery-codes"] {
        assert_eq!(browser.post(path, &[]).await.to(), "/step-up?to=%2Faccount");
    }
    let before = browser.cookie.clone();
    assert_eq!(browser.post("/step-up", &[("code", &code(&office)), ("to", "/account")]).await.to(), "/account");
    assert_ne!(browser.cookie, before);
    let codes = browser.post("/account/recovery-codes", &[]).await;
    assert_eq!(codes.body.matches("<code>").count(), 10);
    assert_eq!(browser.post("/account/second-factor", &[]).await.to(), "/sign-in/second-factor");
    assert!(browser.get("/sign-in/second-factor").await.body.contains("Keep the telephone"));
    // The one in use works until the new one is proved.
    office.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(browser.post("/step-up", &[("code", &code(&office)), ("to", "/account")]).await.to(), "/account");
}

#[tokio::test]
async fn keys_are_switched_off_and_on() {
    let office = TestOffice::new().await;
    let (_, mut browser) = worker_in(&office).await;
    assert!(!browser.get("/account").await.body.contains("data-keys=\"off\""));
    assert_eq!(browser.post("/account/keys", &[("keys", "off")]).await.to(), "/account?done=keys");
    assert!(browser.get("/account").await.body.contains("data-keys=\"off\""));
    browser.post("/account/keys", &[("keys", "on")]).await;
    assert!(!browser.get("/account").await.body.contains("data-keys=\"off\""));
}
