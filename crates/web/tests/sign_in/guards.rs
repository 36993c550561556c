//! What somebody who should not get in tries.

use axum::http::{Request, StatusCode, header};
use duties::accounts::{disable_account, hide_screen};
use duties::records::StaffRole;
use jiff::SignedDuration;
use testkit::{TestOffice, sign_in_cookie};

use crate::browser::{Answer, Browser};
use crate::{PASSWORD, code, email, somebody};

async fn try_password(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.another().post("/sign-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn known_unknown_and_closed_addresses_get_the_same_answer() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let gone = somebody(&office, "Gil Gone", &[StaffRole::FamilyWorker]).await;
    disable_account(&office.office, &admin, gone.file).await.unwrap();
    let browser = Browser::new(&office).await;
    let mut seen = Vec::new();
    for (who, password) in [
        ("wendy.worker@lantern.example.org", "not the password"),
        ("nobody.of.that@lantern.example.org", "not the password"),
        ("gil.gone@lantern.example.org", PASSWORD),
        ("ali.admin@lantern.example.org", "not the password"),
    ] {
        let answer = try_password(&browser, who, password).await;
        let names: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        seen.push((answer.status, names, answer.body.replace(who, "ADDRESS")));
    }
    assert_eq!(seen[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.iter().all(|one| *one == seen[0]));
}

#[tokio::test]
async fn the_eleventh_try_of_an_hour_waits_also_for_an_address_without_an_account() {
    let office = TestOffice::new().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    somebody(&office, "Mo Manager", &[StaffRole::ServiceManager]).await;
    let browser = Browser::new(&office).await;
    for who in ["wendy.worker@lantern.example.org", "nobody@lantern.example.org"] {
        for _ in 0..10 {
            assert_eq!(try_password(&browser, who, "wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let waits = try_password(&browser, who, PASSWORD).await;
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(waits.headers[header::RETRY_AFTER], "3600");
        assert!(waits.errors().contains("Wait 60 minutes"), "{}", waits.errors());
    }
    let other = try_password(&browser, &email("Mo Manager"), PASSWORD).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "nobody else is kept out");
    office.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(try_password(&browser, &email("Wendy Worker"), PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn codes_are_tried_no_oftener_than_passwords() {
    let office = TestOffice::new().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.post("/sign-in", &[("email", &email("Wendy Worker")), ("password", PASSWORD)]).await;
    for guess in 0..10 {
        let answer = browser.post("/sign-in/code", &[("code", &format!("00000{guess}"))]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = browser.post("/sign-in/code", &[("code", &code(&office))]).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    let password = try_password(&browser, &email("Wendy Worker"), PASSWORD).await;
    assert_eq!(password.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_code_that_was_used_is_refused() {
    let office = TestOffice::new().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    let mut thief = browser.another();
    for browser in [&mut browser, &mut thief] {
        browser.post("/sign-in", &[("email", &email("Wendy Worker")), ("password", PASSWORD)]).await;
    }
    let seen = code(&office);
    assert_eq!(browser.post("/sign-in/code", &[("code", &seen)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(thief.post("/sign-in/code", &[("code", &seen)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(thief.get("/account").await.to(), "/sign-in/code");
    assert_eq!(
        browser.post("/step-up", &[("code", &seen), ("to", "/account")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    for path in
        ["/sign-in", "/sign-out", "/hide", "/step-up", "/account/password", "/account/keys", "/account/sessions"]
    {
        let foreign = Request::post(path).header("sec-fetch-site", "cross-site");
        assert_eq!(browser.post_with(foreign, &[("keys", "off")]).await.status, StatusCode::FORBIDDEN, "{path}");
        let silent = browser.post_with(Request::post(path), &[("keys", "off")]).await;
        assert_eq!(silent.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(browser.get("/account").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn a_hidden_screen_opens_nothing_until_its_owner_comes_back() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    let before = browser.cookie.clone();
    let hidden = Request::post("/hide")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "http://guardbook.test/account?done=keys");
    assert_eq!(browser.post_with(hidden, &[]).await.to(), "/sign-in/hidden?to=%2Faccount%3Fdone%3Dkeys");
    for path in ["/", "/account", "/account/password", "/step-up", "/sign-in/code", "/sign-in/recover"] {
        let to = browser.get(path).await;
        assert!(to.to() == "/sign-in/hidden", "{path} leads to {}", to.to());
    }
    let page = browser.get("/sign-in/hidden?to=%2Faccount").await;
    assert!(!page.body.contains("Wendy"), "not even the name is shown");
    assert_eq!(browser.another().get("/account").await.to(), "/sign-in");
    let mut old = browser.another();
    old.cookie = before;
    assert_eq!(old.get("/account").await.to(), "/sign-in", "the token from before is worth nothing");

    let wrong = browser.post("/sign-in/hidden", &[("password", "not the password"), ("to", "/account")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = browser.post("/sign-in/hidden", &[("password", PASSWORD), ("to", "/account")]).await;
    assert_eq!(shown.to(), "/account");
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    browser.post("/hide", &[]).await;
    let shown = browser.post("/sign-in/hidden", &[("code", &code(&office)), ("to", "//evil.example")]).await;
    assert_eq!(shown.to(), "/today");
}

#[tokio::test]
async fn what_was_proved_before_hiding_is_proved_again_after_it() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    let token = browser.cookie.split_once('=').unwrap().1.to_owned();
    let (session, _) = duties::accounts::find_session(&office.office, &token).await.unwrap().unwrap();
    hide_screen(&office.office, &session).await.unwrap();
    assert!(hide_screen(&office.office, &session).await.is_err(), "a session that ended hides nothing");
}

#[tokio::test]
async fn a_sign_in_ends_after_half_an_hour_without_a_click_and_after_twelve_hours_with_them() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    office.clock.advance(SignedDuration::from_mins(29));
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    office.clock.advance(SignedDuration::from_mins(30));
    assert_eq!(browser.get("/account").await.to(), "/sign-in");

    browser.cookie = sign_in_cookie(&office, &wendy).await;
    for _ in 0..28 {
        office.clock.advance(SignedDuration::from_mins(25));
        assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    }
    office.clock.advance(SignedDuration::from_mins(20));
    assert_eq!(browser.get("/account").await.to(), "/sign-in", "700 + 20 minutes are twelve hours");
}

#[tokio::test]
async fn a_password_without_its_code_waits_ten_minutes() {
    let office = TestOffice::new().await;
    somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.post("/sign-in", &[("email", &email("Wendy Worker")), ("password", PASSWORD)]).await;
    office.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(browser.post("/sign-in/code", &[("code", &code(&office))]).await.to(), "/sign-in");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_the_browser() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    let kept = browser.cookie.clone();
    let out = browser.post("/sign-out", &[]).await;
    assert_eq!(out.to(), "/sign-in");
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"cookies\", \"storage\"");
    browser.cookie = kept;
    assert_eq!(browser.get("/account").await.to(), "/sign-in");
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_stays_out() {
    let office = TestOffice::new().await;
    let admin = office.administrator().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    disable_account(&office.office, &admin, wendy.file).await.unwrap();
    assert_eq!(browser.get("/account").await.to(), "/sign-in");
    assert_eq!(office.office.book().sessions_of(wendy.file).await.unwrap(), []);
    let again = try_password(&browser, &email("Wendy Worker"), PASSWORD).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn proving_it_again_leads_to_pages_of_ours_only() {
    let office = TestOffice::new().await;
    let wendy = somebody(&office, "Wendy Worker", &[StaffRole::FamilyWorker]).await;
    let mut browser = Browser::new(&office).await;
    browser.cookie = sign_in_cookie(&office, &wendy).await;
    for (to, leads) in [
        ("/account", "/account"),
        ("https://evil.example/", "/today"),
        ("//evil.example", "/today"),
        ("/\\evil.example", "/today"),
    ] {
        let page = browser.get(&format!("/step-up?to={}", urlencoding::encode(to))).await;
        assert!(page.body.contains(&format!("value=\"{leads}\"")), "{to}");
        let on = browser.post("/step-up", &[("code", &code(&office)), ("to", to)]).await;
        assert_eq!(on.to(), leads);
        office.clock.advance(SignedDuration::from_mins(2));
    }
}
