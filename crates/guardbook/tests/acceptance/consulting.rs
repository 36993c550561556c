//! Asking others before something is given: K25, K27.

use axum::http::StatusCode;
use duties::post::deliver;
use jiff::SignedDuration;
use records::consultation::{Agreed, Consultation};
use records::{Content, Kind};
use testkit::policy_texts;

use crate::browser::{Answer, Browser};
use crate::post::Bag;
use crate::release::{Scene, in_confidence};

async fn stored(scene: &Scene) -> Consultation {
    let all = scene.office.office.book().all_of_kind(Kind::Consultation).await.unwrap();
    match &all.last().unwrap().record.content {
        Content::Consultation(one) => (**one).clone(),
        _ => unreachable!(),
    }
}

async fn page_of(scene: &Scene) -> String {
    let all = scene.office.office.book().all_of_kind(Kind::Consultation).await.unwrap();
    format!("{}/consultations/{}", scene.at, all.last().unwrap().header.id)
}

async fn ask(scene: &Scene, changes: &[(&'static str, &str)]) -> Answer {
    let fields = [
        ("name", "Dr Elm, Elm Surgery"),
        ("email", "elm@example.org"),
        ("about", "What you told us in March about tablets."),
        ("reply-day", "12"),
        ("reply-month", "3"),
        ("reply-year", "2026"),
    ];
    let kept = fields.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let fields: Vec<(&str, &str)> = kept.chain(changes.iter().copied()).collect();
    scene.desk.post(&format!("{}/consultations", scene.at), &fields).await
}

/// What cannot be right is told at its question, and nothing is written.
async fn refuses_what_cannot_be_right(scene: &Scene, number: &str) {
    for (wrong, words) in [
        (("items", "99"), "Enter the numbers of the records"),
        (("name", " "), "Enter whom you ask"),
        (("about", ""), "Write down what it is about"),
        (("reply-month", "1"), "Enter a day from tomorrow on"),
    ] {
        let changes: Vec<(&'static str, &str)> =
            if wrong.0 == "items" { vec![wrong] } else { vec![wrong, ("items", number)] };
        let refused = ask(scene, &changes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says(words), "{words}: {}", refused.page());
    }
}

#[tokio::test]
async fn k25_whoever_told_it_in_confidence_is_asked_chased_and_weighed_before_it_goes_out() {
    let scene = Scene::under(policy_texts("kids")).await;
    let bag = Bag::at(&scene.office);
    let place = in_confidence(&scene).await;
    let number = place.rsplit('/').next().unwrap().to_owned();
    let link = format!("{}/consultations?item={number}", scene.at);
    assert!(scene.desk.open(&place).await.says(&link));
    assert!(scene.desk.open(&link).await.says(&format!("value=\"{number}\"")));
    refuses_what_cannot_be_right(&scene, &number).await;
    let asked = ask(&scene, &[("items", number.as_str())]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.page());

    // The letter tells no more than was written, and goes to them, not to whoever asked.
    let letter = scene.desk.open(&asked.to).await;
    assert!(letter.says("What you told us in March about tablets.") && letter.says("elm@example.org"));
    assert!(!letter.says("Ada") && !letter.says("drowsy"), "{}", letter.page());
    scene.desk.post(&asked.to, &[("deed", "mail")]).await;
    assert_eq!(deliver(&scene.office.office).await.unwrap(), 1);
    assert_eq!(bag.mails()[0].to, "elm@example.org");

    // Closed while nothing is decided, whatever the remarks say.
    let give = [("do", "give"), ("remarks", "It is harmless")];
    let refused = scene.desk.post(&place, &give).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("it is not decided"), "{}", refused.page());
    let at = page_of(&scene).await;
    let silent = [("agreed", "silent"), ("words", "")];
    assert!(scene.desk.post(&format!("{at}/reply"), &silent).await.says("Ask them once more first"));
    let early = scene.desk.post(&format!("{at}/weigh"), &[("outcome", "give"), ("reasons", "x")]).await;
    assert!(early.says("Note what they said first"));
    scene.office.clock.advance(SignedDuration::from_hours(24 * 11));
    let desk = Browser::of(&scene.office, &scene.lead).await;
    assert!(desk.open("/today").await.says("somebody was asked"));
    let again = desk.post(&format!("{at}/chase"), &[]).await;
    assert!(desk.open(&again.to).await.says("We have not heard from you"));
    assert_eq!((stored(&scene).await.chased.len(), stored(&scene).await.letters.len()), (1, 2));

    // They refuse. Giving it all the same needs reasons; staying out needs them, too.
    desk.post(&format!("{at}/reply"), &[("agreed", "no"), ("words", "It would upset her.")]).await;
    assert_eq!(stored(&scene).await.reply.unwrap().agreed, Agreed::No);
    for outcome in ["give", "out"] {
        let bare = desk.post(&format!("{at}/weigh"), &[("outcome", outcome), ("reasons", " ")]).await;
        assert!(bare.says("Write down what you weighed"), "{outcome}");
    }
    let out = [("outcome", "out"), ("reasons", "It was promised to stay between us, and she knows the main thing.")];
    desk.post(&format!("{at}/weigh"), &out).await;
    let refused = desk.post(&place, &give).await;
    assert!(refused.says("somebody decided that this stays out"), "{}", refused.page());

    // They think again and agree: then no remark is needed.
    desk.post(&format!("{at}/reply"), &[("agreed", "yes"), ("words", "Give it.")]).await;
    assert!(stored(&scene).await.weighed.is_none(), "what was decided before is decided anew");
    assert!(desk.post(&place, &[("do", "give")]).await.says("it is not decided"));
    assert_eq!(
        desk.post(&format!("{at}/weigh"), &[("outcome", "give"), ("reasons", "")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(desk.post(&place, &[("do", "give")]).await.status, StatusCode::SEE_OTHER);
    assert!(scene.office.office.book().verify(&[]).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn k25_a_record_that_was_given_goes_to_nobody_while_somebody_is_asked_about_it() {
    let scene = Scene::under(policy_texts("kids")).await;
    let place = in_confidence(&scene).await;
    let number = place.rsplit('/').next().unwrap().to_owned();
    scene.give_all().await;
    scene.desk.post(&place, &[("do", "give"), ("remarks", "It is harmless")]).await;
    let asked = ask(&scene, &[("items", number.as_str())]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.page());
    let sent = scene.send().await;
    assert!(!sent.to.ends_with("/check?done=sent"), "{}", sent.to);
    // A worker on the file is no worker on the request.
    let worker = Browser::of(&scene.office, &scene.office.family_worker().await).await;
    assert_eq!(worker.open(&format!("{}/consultations", scene.at)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_board_counts_who_was_asked_what_was_wanted_and_which_letters_reached_nobody() {
    let scene = Scene::under(policy_texts("kids")).await;
    let place = in_confidence(&scene).await;
    let number = place.rsplit('/').next().unwrap().to_owned();
    let trustee = &scene.second;
    for clause in ["K25", "K22", "K2"] {
        assert!(trustee.open(&format!("/board/{clause}")).await.says("Not measured"), "{clause}");
    }
    ask(&scene, &[("items", number.as_str())]).await;
    assert!(trustee.open("/board/K25").await.says("1 waiting, 0 weighed"));
    let wish = [("wish", "change"), ("words", "It was a bus.")];
    scene.desk.post(&format!("{}/wishes", scene.at), &wish).await;
    assert!(trustee.open("/board/K22").await.says("1 open, 0 settled"), "{}", trustee.open("/board/K22").await.page());
    scene.office.clock.advance(SignedDuration::from_hours(24 * 40));
    let again = Browser::of(&scene.office, &scene.office.trustee().await).await;
    for (clause, words) in [
        ("K25", "1 answer takes longer than asked for"),
        ("K22", "1 question or change is past the day"),
        ("K2", "1 letter lies unsent"),
    ] {
        let page = again.open(&format!("/board/{clause}")).await;
        assert!(page.says(words), "{clause}: {}", page.page());
    }
}

#[tokio::test]
async fn k25_where_it_is_about_some_words_only_the_rest_is_given_once_every_letter_of_them_is_covered() {
    let scene = Scene::under(policy_texts("kids")).await;
    let text = "She likes to paint. Dr Elm rang: she sleeps badly since May. The next visit is on Friday.";
    scene.office.add(scene.child, crate::release::note(&scene.office, "Visit", text)).await;
    scene.gather().await;
    let place = scene.record_that_says("She likes to paint").await;
    let number = place.rsplit('/').next().unwrap().to_owned();
    let told = "she sleeps badly since May";
    // Words that are not there are told at the question; what was typed stays.
    let wrong = ask(&scene, &[("items", number.as_str()), ("passage", "she sleeps well")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says(&format!("do not stand in record {number}")) && wrong.says("she sleeps well"));
    let asked = ask(&scene, &[("items", number.as_str()), ("passage", told)]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.page());
    assert!(!scene.desk.open(&asked.to).await.says(told), "the letter says what was written for it, and no more");
    assert!(scene.desk.open(&page_of(&scene).await).await.says(told));
    // A part of the words is not enough; all of them are.
    let cover = |words: &'static str| [("do", "cover-words"), ("words", words), ("reason", "about-someone-else")];
    let give = [("do", "give"), ("remarks", "The rest is her own")];
    assert!(scene.desk.post(&place, &give).await.says("it is not decided"));
    scene.desk.post(&place, &cover("sleeps badly")).await;
    let half = scene.desk.post(&place, &give).await;
    assert!(half.says("cover every word that they were asked about"), "{}", half.page());
    for words in ["she", "since May"] {
        scene.desk.post(&place, &cover(words)).await;
    }
    assert_eq!(scene.desk.post(&place, &give).await.status, StatusCode::SEE_OTHER);
    // Decided that it stays out, the rest is still given; uncovered, it is not.
    let at = page_of(&scene).await;
    scene.desk.post(&format!("{at}/reply"), &[("agreed", "no"), ("words", "No.")]).await;
    scene.desk.post(&format!("{at}/weigh"), &[("outcome", "out"), ("reasons", "It was promised.")]).await;
    assert_eq!(scene.desk.post(&place, &give).await.status, StatusCode::SEE_OTHER);
    scene.desk.post(&place, &[("do", "undo")]).await;
    let open = scene.desk.post(&place, &give).await;
    assert!(open.says("cover every word that they were asked about"), "{}", open.page());
}
