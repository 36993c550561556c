//! The board: each promise about access is counted from what is in the book, and what breaks it shows.

use book::Opened;
use clock::Nation;
use jiff::ToSpan as _;
use jiff::civil::date;
use records::requests::{AccessRequest, Extension, ExtensionGround, Fee, Refusal, RefusalGround, Stage, Viewing};
use records::standing::PhoneCheck;
use records::{Content, FileId, Kind};
use testkit::{change, policy_texts};

use crate::browser::Browser;
use crate::release::{Scene, release};

const KIDS: [&str; 16] =
    ["K2", "K19", "K20", "K21", "K22", "K23", "K24", "K25", "K26", "K27", "K28", "K29", "K30", "K34", "K35", "K36"];
const TRACK: [&str; 13] = ["T19", "T20", "T21", "T22", "T23", "T24", "T25", "T26", "T27", "T28", "T29", "T39", "T41"];

/// A trustee's browser on the board as it stands now.
struct Board<'a>(&'a Scene);

impl Board<'_> {
    async fn says(&self, clause: &str, words: &str) {
        let trustee = Browser::of(&self.0.office, &self.0.office.trustee().await).await;
        let page = trustee.open(&format!("/board/{clause}")).await;
        assert!(page.says(words), "{clause} does not say “{words}”: {}", page.page());
    }
}

async fn stored(scene: &Scene) -> (Opened, AccessRequest) {
    let opened = scene.office.office.book().all_of_kind(Kind::AccessRequest).await.unwrap().remove(0);
    let Content::AccessRequest(request) = opened.record.content.clone() else { unreachable!() };
    (opened, *request)
}

/// The request as it would stand if somebody had done something else with it.
async fn with(scene: &Scene, doing: impl FnOnce(&mut AccessRequest)) {
    let (opened, mut request) = stored(scene).await;
    doing(&mut request);
    change(&scene.office, &opened, Content::AccessRequest(Box::new(request))).await;
}

#[tokio::test]
async fn every_promise_about_access_is_measured_under_both_policies() {
    for (policy, clauses) in [("kids", &KIDS[..]), ("kids-on-track", &TRACK[..])] {
        let scene = Scene::under(policy_texts(policy)).await;
        let trustee = Browser::of(&scene.office, &scene.office.trustee().await).await;
        for clause in clauses {
            let page = trustee.open(&format!("/board/{clause}")).await;
            for words in ["Nothing is counted yet", "nothing is counted yet", "nobody has been asked yet"] {
                assert!(!page.says(words), "{clause}: {}", page.page());
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_went_out_well_keeps_the_promises_and_one_that_did_not_breaks_them() {
    let scene = Scene::under(policy_texts("kids")).await;
    let board = Board(&scene);
    for clause in ["K21", "K26", "K27", "K30"] {
        board.says(clause, "Not measured").await;
    }
    scene.gather().await;
    scene.give_all().await;
    scene.finish().await;
    release(&scene).await;
    board.says("K21", "Every answer went out as a tagged PDF").await;
    board.says("K24", "Nobody was asked for money").await;
    board.says("K26", "Nothing was left out for that reason").await;
    board.says("K27", "A second person saw every answer").await;
    // Without the second person.
    with(&scene, |request| request.second_checks.clear()).await;
    board.says("K27", "An answer went out without a second person").await;
    // With something that was to be left out.
    let pack = scene.office.office.book().all_of_kind(Kind::Pack).await.unwrap().pop().unwrap();
    let Content::Pack(mut leaking) = pack.record.content.clone() else { unreachable!() };
    leaking.leaks = 1;
    change(&scene.office, &pack, Content::Pack(leaking)).await;
    board.says("K21", "with something that was to be left out").await;
    // For money, where the policy says that it is free.
    let fee = Fee { asked: date(2026, 3, 3), paid: None, items: Vec::new(), reasons: "x".into(), evidence: "x".into() };
    with(&scene, |request| request.fee = Some(fee)).await;
    board.says("K24", "where the policy does not allow it").await;
    // Left out for harm without an opinion.
    let review = scene.office.office.book().all_of_kind(Kind::Review).await.unwrap().pop().unwrap();
    let Content::Review(mut harmful) = review.record.content.clone() else { unreachable!() };
    harmful.verdict = records::requests::Verdict::Withhold;
    harmful.withheld_for = Some("serious-harm".to_owned());
    change(&scene.office, &review, Content::Review(harmful)).await;
    board.says("K26", "without an opinion that counted").await;
}

#[tokio::test]
async fn appointments_calls_extensions_and_refusals_are_counted_and_what_is_wrong_with_them() {
    let scene = Scene::under(policy_texts("kids-on-track")).await;
    let board = Board(&scene);
    board.says("T23", "Nobody had to be telephoned yet").await;
    let call = |number: &str| PhoneCheck {
        on: date(2026, 3, 3),
        number: number.into(),
        confirmed: true,
        said: "It was her".into(),
        by: None,
    };
    with(&scene, |request| request.phone_checks.push(call("01632 960001"))).await;
    board.says("T23", "at the number that their file had").await;
    with(&scene, |request| request.phone_checks.push(call(" "))).await;
    board.says("T23", "A call bears no number").await;
    board.says("T26", "No request needed more time yet").await;
    let told = |day| Extension { told: day, ground: ExtensionGround::Complex, reasons: "Two summers".into() };
    with(&scene, |request| request.extension = Some(told(date(2026, 4, 2)))).await;
    board.says("T26", "was told so, and why, within the first month").await;
    with(&scene, |request| request.extension = Some(told(date(2026, 4, 3)))).await;
    board.says("T26", "was told late, or not why").await;
    board.says("T29", "No request was refused").await;
    let refused = |reasons: &str| Refusal {
        on: date(2026, 3, 9),
        ground: RefusalGround::Unfounded,
        reasons: reasons.into(),
        evidence: "Her letters of January".into(),
    };
    with(&scene, |request| request.refusal = Some(refused("It repeats January"))).await;
    board.says("T29", "Every refusal says why").await;
    with(&scene, |request| request.refusal = Some(refused(" "))).await;
    board.says("T29", "without reasons or evidence").await;
    // Closed with details missing that nobody asked for.
    board.says("T20", "No request was put aside").await;
    with(&scene, |request| {
        request.refusal = None;
        request.stage = Stage::Closed;
        request.details.address = None;
        request.nation = Some(Nation::EnglandAndWales);
    })
    .await;
    board.says("T20", "details missing that nobody asked for").await;
    // The regulator's details were looked at on 1 November 2026.
    board.says("T39", "stand on every notice").await;
    scene.office.clock.set_day(date(2027, 11, 2));
    board.says("T39", "for more than a year").await;
}

#[tokio::test]
async fn an_appointment_that_passed_unnoted_breaks_the_promise_to_look_through_the_file() {
    let scene = Scene::under(policy_texts("kids")).await;
    let board = Board(&scene);
    board.says("K20", "Nobody has asked to look through their file yet").await;
    let planned = date(2026, 3, 12).at(10, 0, 0, 0);
    let host: FileId = scene.lead.file;
    with(&scene, |request| request.viewings.push(Viewing::planned(planned, "The small room".into(), host))).await;
    board.says("K20", "0 took place, 1 ahead").await;
    scene.office.clock.set_day(planned.date().saturating_add(1.day()));
    board.says("K20", "An appointment passed, and nothing is noted of it").await;
}
