//! What is due and what is late: told by mail and calendar without a name, and never without a reason (K23, T24).

use axum::http::StatusCode;
use duties::reminders::remind;
use jiff::civil::date;
use testkit::{TestOffice, policy_texts};

use crate::browser::Browser;
use crate::post::Bag;
use crate::release::Scene;
use crate::requests::{LETTER, lead_and_child, record, stored};

#[tokio::test]
async fn t24_an_answer_that_is_late_goes_out_only_with_a_reason_on_record() {
    let scene = Scene::under(policy_texts("kids")).await;
    scene.gather().await;
    let early = scene.desk.post(&format!("{}/late", scene.at), &[("words", "The post was lost")]).await;
    assert!(early.says("This request is not late"), "{}", early.page());
    scene.give_all().await;
    scene.finish().await;
    scene.office.clock.set_day(date(2026, 4, 20));
    let desk = Browser::of(&scene.office, &scene.lead).await;
    let pack = desk.open(&format!("{}/pack", scene.at)).await;
    assert!(pack.says("It is late: note why"), "{}", pack.page());
    assert!(desk.open(&scene.at).await.says("To be noted before the answer goes out."));
    assert!(desk.post(&format!("{}/late", scene.at), &[("words", " ")]).await.says("Write down why it is late"));
    let noted = [("words", "Two of us were ill; we rang her and said so.")];
    assert_eq!(desk.post(&format!("{}/late", scene.at), &noted).await.status, StatusCode::SEE_OTHER);
    assert!(stored(&scene.office).await.late.is_some());
    assert!(desk.open(&scene.at).await.says("Two of us were ill"), "it stands in the history");
    assert!(!desk.open(&format!("{}/pack", scene.at)).await.says("It is late: note why"));
}

#[tokio::test]
async fn what_is_due_is_mailed_once_on_a_working_morning_without_a_name() {
    let office = TestOffice::under("kids").await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    assert_eq!(remind(&office.office).await.unwrap(), 0, "without a mail server there are no mails");
    let bag = Bag::at(&office);
    let at = |day, hour: i8| {
        let moment = date(2026, 3, day).at(hour, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp();
        office.clock.set(moment);
    };
    at(3, 9);
    assert_eq!(remind(&office.office).await.unwrap(), 0, "nothing is due within a week");
    at(28, 9);
    assert_eq!(remind(&office.office).await.unwrap(), 0, "a Saturday");
    at(30, 6);
    assert_eq!(remind(&office.office).await.unwrap(), 0, "too early in the morning");
    at(30, 7);
    let count = remind(&office.office).await.unwrap();
    assert!(count >= 1);
    assert_eq!(remind(&office.office).await.unwrap(), 0, "once a day");
    let mails = bag.mails();
    let mine = mails.iter().find(|mail| mail.to == *lead.account.email.for_paper()).unwrap();
    assert_eq!(mine.subject, "1 thing is due within a week");
    assert!(mine.text.contains(&reference) && mine.text.contains("Due in"), "{}", mine.text);
    assert!(
        mails
            .iter()
            .all(|mail| !mail.text.contains("Ada") && !mail.subject.contains("Ada") && mail.attachment.is_none())
    );
    // Past its day it says so, and whoever wants none has none.
    at(31, 9);
    let desk = Browser::of(&office, &lead).await;
    assert!(desk.open("/account").await.says("Switch the mails off"));
    desk.post("/account/reminders", &[("reminders", "off")]).await;
    let before = bag.mails().len();
    remind(&office.office).await.unwrap();
    assert!(bag.mails()[before..].iter().all(|mail| mail.to != *lead.account.email.for_paper()));
}

#[tokio::test]
async fn a_calendar_address_shows_what_is_due_without_a_name_until_it_is_ended() {
    let office = TestOffice::under("kids").await;
    let (_, desk, child) = lead_and_child(&office).await;
    let reference = record(&desk, child, &LETTER).await;
    let made = desk.post("/account/calendar", &[]).await;
    let path = made.page().split("gb-copy\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let stranger = Browser::stranger(&office).await;
    let calendar = stranger.open(&path).await;
    assert_eq!((calendar.status, calendar.kind.as_str()), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert!(calendar.says(&format!("SUMMARY:Access request {reference} is due")), "{}", calendar.page());
    assert!(calendar.says("20260401"), "{}", calendar.page());
    assert!(!calendar.says("Ada"));
    assert_eq!(stranger.open("/calendar/wrong.ics").await.status, StatusCode::NOT_FOUND);
    let again = desk.post("/account/calendar", &[]).await;
    assert_eq!(stranger.open(&path).await.status, StatusCode::NOT_FOUND, "a new address ends the old one");
    let path = again.page().split("gb-copy\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(stranger.open(&path).await.status, StatusCode::OK);
    desk.post("/account/calendar/end", &[]).await;
    assert_eq!(stranger.open(&path).await.status, StatusCode::NOT_FOUND);
}
