//! Who may ask, how we make sure, what stays closed, and what an unreasonable request may cost: K26, T21, T22, T23, T27, T28.

use axum::http::StatusCode;
use jiff::civil::date;
use records::people::{
    Channel, ContactDetail, ParentalResponsibility, Relation, Relationship, Safe, Warning, WarningKind,
};
use records::standing::Factor;
use records::work::NeededFact;
use records::{Content, FileId, PersonClass};
use testkit::{TestOffice, policy_texts};

use crate::browser::{Answer, Browser};
use crate::release::{Scene, note};
use crate::requests::{LETTER, latest_letter, lead_and_child, letter_but, record, stored};

const FOUND: [(&str, &str); 7] = [
    ("right", "mother"),
    ("seen", "Full birth certificate, seen and handed back"),
    ("agrees", "not-asked"),
    ("barred", "nothing"),
    ("right-on-day", "2"),
    ("right-on-month", "3"),
    ("right-on-year", "2026"),
];

fn found_but(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = FOUND.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).collect()
}

/// A child's mother, in the book and linked to the child.
async fn mother_of(office: &TestOffice, child: FileId) -> FileId {
    let mother = office.person(PersonClass::Carer, "Bea Sample", Some(date(1984, 2, 3)), Vec::new()).await;
    let relationship = Relationship {
        other: mother,
        relation: Relation::Mother,
        parental_responsibility: ParentalResponsibility::Yes,
        remarks: None,
        same_household: true,
    };
    office.add(child, Content::Relationship(relationship)).await;
    mother
}

/// Her request for the child's data, known without papers, gathered, read and checked: everything but her right to ask.
async fn mothers_request(office: &TestOffice, browser: &Browser, child: FileId) -> String {
    let mother = mother_of(office, child).await;
    let mother = mother.to_string();
    let fields: Vec<(&str, &str)> = letter_but(&[("requester", "other"), ("relation", "mother")])
        .into_iter()
        .chain([("requester-file", mother.as_str())])
        .collect();
    let reference = record(browser, child, &fields).await;
    let at = format!("/requests/{reference}");
    browser.post(&format!("{at}/identity/known"), &[("known", "Wendy knows the family since 2023")]).await;
    at
}

async fn right(browser: &Browser, at: &str, fields: &[(&str, &str)]) -> Answer {
    browser.post(&format!("{at}/identity/right"), fields).await
}

fn judgement(able: &'static str) -> Vec<(&'static str, &'static str)> {
    Factor::ALL.map(|factor| (factor.slug(), "none known")).into_iter().chain([("able", able)]).collect()
}

#[tokio::test]
async fn t21_a_parent_of_a_child_of_twelve_or_over_gets_it_only_with_the_childs_yes() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let child = office.child("Ada Sample", date(2013, 5, 6)).await;
    let at = mothers_request(&office, &browser, child).await;
    let page = browser.open(&format!("{at}/identity")).await;
    assert!(page.says("presumed to understand from 12 on") && page.says("Settle first by what right they ask"));

    let kept = right(&browser, &at, &FOUND).await;
    assert!(kept.says("The child decides alone and has not agreed"), "{}", kept.page());
    let request = stored(&office).await;
    let requester = request.requester.unwrap();
    assert!(requester.standing.is_some(), "what was found out is kept");
    assert!(requester.authority.is_none(), "and is not enough");
    assert!(browser.open(&format!("{at}/pack")).await.says("The child decides alone and has not agreed"));

    assert_eq!(right(&browser, &at, &found_but(&[("agrees", "yes")])).await.to, format!("{at}?done=right"));
    assert!(stored(&office).await.requester.unwrap().authority.is_some());
    assert!(!browser.open(&format!("{at}/pack")).await.says("has not agreed"));
}

#[tokio::test]
async fn t21_the_age_comes_from_the_policy() {
    let texts = policy_texts("kids-on-track")
        .into_iter()
        .map(|(file, text)| {
            (file, text.replace("[aged 12 and above]", "[aged 14 and above]").replace("12 or older", "14 or older"))
        })
        .collect();
    let office = TestOffice::with_policy(texts).await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let child = office.child("Ada Sample", date(2013, 3, 1)).await;
    let at = mothers_request(&office, &browser, child).await;
    assert!(browser.open(&format!("{at}/identity")).await.says("13; not presumed to understand before 14"));
    assert!(right(&browser, &at, &FOUND).await.says("Say why it is in the child's interest"));
    let interest = ("interest", "The school needs the report for a place with support");
    assert_eq!(right(&browser, &at, &found_but(&[interest])).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn t21_a_younger_child_who_asks_is_judged_first_and_a_birthday_asks_again() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let child = office.child("Ada Sample", date(2014, 3, 20)).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}");
    browser.post(&format!("{at}/identity/known"), &[("known", "Wendy knows her since 2023")]).await;
    let page = browser.open(&format!("{at}/identity")).await;
    assert!(page.says("Judge first whether they understand") && page.says("Turns 12") && page.says("20 March 2026"));

    let mut half = judgement("no");
    half.retain(|(name, _)| *name != "views");
    let refused = browser.post(&format!("{at}/understands"), &half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "all seven are weighed");
    assert!(refused.page().contains("none known"), "what was typed is kept");

    assert_eq!(browser.post(&format!("{at}/understands"), &judgement("no")).await.to, format!("{at}?done=judged"));
    assert!(browser.open(&format!("{at}/identity")).await.says("must ask for them"));
    office.clock.set_day(date(2026, 3, 20));
    let browser = Browser::of(&office, &lead).await;
    assert!(browser.open(&at).await.says("They had a birthday on 20 March 2026: judge again"));
    browser.post(&format!("{at}/understands"), &judgement("yes")).await;
    assert!(browser.open(&format!("{at}/identity")).await.says("to decide alone"));
    assert!(!browser.open(&at).await.says("judge again"));
}

#[tokio::test]
async fn t21_a_court_order_or_a_warning_on_the_file_stops_everything() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let child = office.child("Ada Sample", date(2018, 5, 6)).await;
    let at = mothers_request(&office, &browser, child).await;
    let interest = ("interest", "To understand what happened");
    let barred = right(&browser, &at, &found_but(&[interest, ("barred", "by-court")])).await;
    assert!(barred.says("A court order stands against it"));
    assert!(browser.open(&format!("{at}/pack")).await.says("A court order stands against it"));
    right(&browser, &at, &found_but(&[interest])).await;
    assert!(stored(&office).await.requester.unwrap().authority.is_some());

    // A warning that was written later counts, too.
    let mother = stored(&office).await.requester.unwrap().file;
    let warning = Warning {
        warning: WarningKind::DoNotContact,
        text: "Must not be told where the child lives".into(),
        about: mother,
        review: None,
    };
    office.add(child, Content::Warning(warning)).await;
    assert!(browser.open(&format!("{at}/pack")).await.says("The file warns about whoever asks"));
    let refused = right(&browser, &at, &found_but(&[interest])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("The file warns about them"));
}

#[tokio::test]
async fn t21_who_has_no_right_is_refused_without_a_word_on_what_is_held() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let child = office.child("Ada Sample", date(2018, 5, 6)).await;
    let at = mothers_request(&office, &browser, child).await;
    assert!(right(&browser, &at, &found_but(&[("right", "nothing")])).await.says("they have no right to ask"));
    let refusal = [
        ("ground", "no-right"),
        ("reasons", "Please send us an order or agreement that gives you parental responsibility."),
        ("evidence", "She said on the telephone that she is the stepmother"),
        ("confirm", "yes"),
    ];
    assert_eq!(browser.post(&format!("{at}/refuse"), &refusal).await.to, format!("{at}?done=refused"));
    let letter = latest_letter(&office, &browser, at.rsplit('/').next().unwrap()).await;
    assert!(letter.says("does not say whether we hold anything") && letter.says("You can complain to us"));
    assert!(!letter.says("what we hold about"), "{}", letter.page());
}

#[tokio::test]
async fn t22_as_many_proofs_as_the_policy_says_are_asked_for_seen_noted_and_no_more() {
    let office = TestOffice::new().await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}");
    browser.post(&format!("{at}/identity/ask"), &[]).await;
    assert!(latest_letter(&office, &browser, &reference).await.says("two things that show who you are"));
    office.clock.set_day(date(2026, 3, 9));
    let browser = Browser::of(&office, &lead).await;
    let seen = |what: &'static str, fewer: &'static str| {
        [
            ("identity-seen", what),
            ("identity-fewer", fewer),
            ("identity-on-day", "9"),
            ("identity-on-month", "3"),
            ("identity-on-year", "2026"),
        ]
    };
    let received = format!("{at}/identity/received");
    let one = browser.post(&received, &seen("Passport", "")).await;
    assert!(one.says("You saw 1 of 2 forms of identification") && one.page().contains("Passport"));
    assert!(browser.open(&format!("{at}/pack")).await.says("Who asks is not settled"), "nothing goes out before it");
    assert_eq!(browser.post(&received, &seen("Passport\nBill", "")).await.status, StatusCode::SEE_OTHER);
    let identity = stored(&office).await.identity.unwrap();
    assert_eq!(identity.proofs.len(), 2, "what was seen is noted, and no copy");
    assert_eq!(identity.received, Some(date(2026, 3, 9)), "the month starts on that day");
    assert!(browser.open(&at).await.says("9 April 2026"));

    // One is enough where somebody says why.
    let second = record(&browser, child, &letter_but(&[("received-day", "9")])).await;
    browser.post(&format!("/requests/{second}/identity/ask"), &[]).await;
    let at = format!("/requests/{second}/identity/received");
    let enough = browser.post(&at, &seen("Passport", "Her photograph fits and she brought the letter herself")).await;
    assert_eq!(enough.status, StatusCode::SEE_OTHER, "{}", enough.page());
}

#[tokio::test]
async fn t22_how_somebody_proved_who_they_are_is_forgotten_half_a_year_after_the_request_is_closed() {
    let office = TestOffice::new().await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{reference}");
    browser.post(&format!("{at}/identity/ask"), &[]).await;
    let seen = [
        ("identity-seen", "Passport 123456789\nGas bill"),
        ("identity-on-day", "2"),
        ("identity-on-month", "3"),
        ("identity-on-year", "2026"),
    ];
    let received = browser.post(&format!("{at}/identity/received"), &seen).await;
    assert_eq!(received.status, StatusCode::SEE_OTHER, "{}", received.page());
    let opened = office.office.book().all_of_kind(records::Kind::AccessRequest).await.unwrap().remove(0);
    let Content::AccessRequest(mut request) = opened.record.content.clone() else { unreachable!() };
    request.stage = records::requests::Stage::Closed;
    request.closed = Some(date(2026, 3, 2));
    testkit::change(&office, &opened, Content::AccessRequest(request)).await;
    let everything = async || {
        let file = office.office.book().file_in_passing(child).await.unwrap();
        let earlier = office.office.book().earlier_versions(child).await.unwrap();
        let now = file.records.iter().map(|one| one.record.to_store());
        let all: Vec<u8> = now.chain(earlier.iter().map(|one| one.record.to_store())).flatten().collect();
        String::from_utf8(all).unwrap()
    };
    // As long as it may be needed it is there; on the day after, in no version of the request.
    office.clock.set_day(date(2026, 9, 2));
    assert_eq!(duties::keeping::forget_proofs(&office.office).await.unwrap(), 0);
    assert!(everything().await.contains("Passport 123456789"));
    office.clock.set_day(date(2026, 9, 3));
    assert_eq!(duties::keeping::forget_proofs(&office.office).await.unwrap(), 1);
    assert_eq!(duties::keeping::forget_proofs(&office.office).await.unwrap(), 0, "once");
    let left = everything().await;
    assert!(!left.contains("Passport 123456789") && !left.contains("Gas bill"), "{left}");
    assert_eq!(stored(&office).await.identity.unwrap().received, Some(date(2026, 3, 2)), "that it was proved stays");
    assert!(Browser::of(&office, &lead).await.open(&at).await.says("how is no longer kept"));
    let report = office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap();
    assert_eq!(report.faults, []);
}

fn number(value: &str, safe: Safe) -> Content {
    let value = value.into();
    Content::Contact(ContactDetail {
        channel: Channel::Phone,
        value,
        postcode: None,
        safe,
        mind: None,
        preferred: false,
    })
}

#[tokio::test]
async fn t23_a_call_goes_to_a_number_that_the_file_had_before_and_a_no_stops_the_release() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let before = office.add(child, number("01632 960111", Safe::Yes)).await;
    let unsafe_one = office.add(child, number("01632 960222", Safe::No)).await;
    office.clock.set_day(date(2026, 3, 10));
    let browser = Browser::of(&office, &lead).await;
    let late = office.add(child, number("01632 960333", Safe::Yes)).await;
    let reference = record(&browser, child, &letter_but(&[("received-day", "10")])).await;
    let at = format!("/requests/{reference}");
    let page = browser.open(&format!("{at}/identity")).await;
    assert!(page.says("01632 960111") && !page.says("01632 960222") && !page.says("01632 960333"));
    assert!(!page.says("01632 960002"), "the number in the request proves nothing");

    let call = |number: &str, confirmed: &'static str| {
        vec![
            ("number", number.to_owned()),
            ("confirmed", confirmed.to_owned()),
            ("said", "Her aunt answered and fetched her".to_owned()),
            ("called-on-day", "10".to_owned()),
            ("called-on-month", "3".to_owned()),
            ("called-on-year", "2026".to_owned()),
        ]
    };
    let dial = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&format!("{at}/identity/call"), &fields).await
    };
    for wrong in [unsafe_one, late] {
        let refused = dial(call(&wrong.to_string(), "yes")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("proves nothing"));
    }
    assert_eq!(dial(call(&before.to_string(), "no")).await.to, format!("{at}?done=called"));
    assert!(browser.open(&format!("{at}/pack")).await.says("it was not them who asked"));
    dial(call(&before.to_string(), "yes")).await;
    assert!(!browser.open(&format!("{at}/pack")).await.says("it was not them who asked"));
    assert_eq!(stored(&office).await.phone_checks.len(), 2);
}

const OPINION: [(&str, &str); 7] = [
    ("from", "Dr Example, Elm Surgery"),
    ("profession", "doctor"),
    ("given-day", "2"),
    ("given-month", "3"),
    ("given-year", "2026"),
    ("harm", "yes"),
    ("words", "Reading about the night of the accident could make her harm herself."),
];

fn opinion_but(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = OPINION.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).collect()
}

#[tokio::test]
async fn k26_serious_harm_needs_an_opinion_that_counts_a_reason_and_a_second_person() {
    let scene = Scene::under(policy_texts("kids")).await;
    scene
        .office
        .add(scene.child, note(&scene.office, "Accident", "The night of the accident in all its detail."))
        .await;
    scene.gather().await;
    let place = scene.record_that_says("night of the accident").await;
    let withhold = [("do", "withhold"), ("reason", "serious-harm")];
    let refused = scene.desk.post(&place, &withhold).await;
    assert!(refused.says("needs the opinion of a health professional"), "{}", refused.page());

    let opinions = format!("{}/opinions", scene.at);
    for (wrong, words) in [
        (opinion_but(&[("profession", "counsellor")]), "does not count here"),
        (opinion_but(&[("given-month", "9"), ("given-year", "2025"), ("given-day", "2")]), "counts for six months"),
        (opinion_but(&[("words", " ")]), "what they said"),
    ] {
        let refused = scene.desk.post(&opinions, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says(words), "{words}: {}", refused.page());
    }
    // Three days short of six months on the day of the release.
    let early = opinion_but(&[("given-day", "6"), ("given-month", "9"), ("given-year", "2025")]);
    assert_eq!(scene.desk.post(&opinions, &early).await.to, format!("{}?done=opinion", scene.at));
    assert_eq!(scene.desk.post(&place, &withhold).await.status, StatusCode::SEE_OTHER);
    for other in scene.places().await.into_iter().filter(|other| *other != place) {
        scene.desk.post(&other, &[("do", "give")]).await;
    }
    scene.finish().await;
    for (name, words) in scene.words_of_files().await {
        assert!(!words.contains("nightoftheaccident"), "{name}");
        assert!(!words.contains("harmherself"), "{name}: the opinion is for the charity");
    }
    let page = scene.desk.open(&format!("{}/pack", scene.at)).await;
    assert!(!page.says("needs the opinion"));
    // It went stale before the answer went out.
    scene.office.clock.set_day(date(2026, 3, 9));
    let desk = Browser::of(&scene.office, &scene.lead).await;
    assert!(desk.open(&format!("{}/pack", scene.at)).await.says("needs the opinion of a health professional"));
}

#[tokio::test]
async fn t27_what_is_known_of_health_stays_closed_until_an_opinion_or_until_the_person_knows_it() {
    let scene = Scene::under(policy_texts("kids-on-track")).await;
    let fact = NeededFact {
        service: scene.office.service,
        text: "Takes sodium valproate".into(),
        needed_for: "overnight stays".into(),
    };
    scene.office.add(scene.child, Content::Health(fact)).await;
    scene.gather().await;
    let place = scene.record_that_says("sodium valproate").await;
    let give = [("do", "give")];
    let refused = scene.desk.post(&place, &give).await;
    assert!(refused.says("stays closed until a health professional says"), "{}", refused.page());
    let known = [("do", "give"), ("known", "She carries the box herself")];
    assert_eq!(scene.desk.post(&place, &known).await.status, StatusCode::SEE_OTHER);
    scene.desk.post(&place, &[("do", "known"), ("known", "")]).await;
    scene.give_all().await;
    assert_eq!(scene.send().await.to, format!("{place}?done=lacking"), "what was taken back counts");
    let harmless = opinion_but(&[("harm", "no"), ("words", "She knows her medicine.")]);
    scene.desk.post(&format!("{}/opinions", scene.at), &harmless).await;
    assert_eq!(scene.send().await.to, format!("{}/check?done=sent", scene.at));
}

#[tokio::test]
async fn t27_risk_of_abuse_is_a_reason_against_a_parent_only_with_words_and_not_in_scotland() {
    // Against the child's own request it never counts.
    let scene = Scene::under(policy_texts("kids-on-track")).await;
    scene.gather().await;
    let place = scene.record_that_says("showed me round").await;
    let withhold = [("do", "withhold"), ("reason", "child-abuse")];
    assert!(scene.desk.post(&place, &withhold).await.says("never counts against the person"));

    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let child = office.child("Ada Sample", date(2018, 5, 6)).await;
    office.add(child, note(&office, "Worry", "She is frightened of going home.")).await;
    let at = mothers_request(&office, &browser, child).await;
    right(&browser, &at, &found_but(&[("interest", "To get help at school")])).await;
    browser.post(&format!("{at}/gather"), &[]).await;
    let mut worry = String::new();
    for position in 1..12 {
        let place = format!("{at}/review/{position}");
        let page = browser.open(&place).await;
        if page.status == StatusCode::OK && page.says("frightened of going home") {
            worry = place;
        } else if page.status == StatusCode::OK {
            browser.post(&place, &[("do", "give")]).await;
        }
    }
    assert_eq!(browser.post(&worry, &withhold).await.status, StatusCode::SEE_OTHER);
    let sent = browser.post(&format!("{at}/review/send"), &[]).await;
    assert_eq!(sent.to, format!("{worry}?done=lacking"), "why it is not in her interest must be written down");
    browser.post(&worry, &[("do", "remark"), ("remarks", "Her mother's partner is who she is frightened of.")]).await;
    let sent = browser.post(&format!("{at}/review/send"), &[]).await;
    assert_eq!(sent.to, format!("{at}/check?done=sent"), "{}", sent.page());
}

#[tokio::test]
async fn t28_a_repeated_request_may_cost_what_the_work_costs_item_by_item_where_the_policy_says_so() {
    let office = TestOffice::new().await;
    let (lead, browser, child) = lead_and_child(&office).await;
    let first = record(&browser, child, &LETTER).await;
    let second = record(&browser, child, &LETTER).await;
    let at = format!("/requests/{second}");
    let page = browser.open(&format!("{at}/refuse")).await;
    assert!(page.says(&first) && page.says("Ask for a fee instead of refusing"), "earlier requests are shown");

    let fee = format!("{at}/fee");
    let items = ("items", "Copying 40 pages: 4.00\nPostage: 3.50");
    let reasons = ("reasons", "You had the same papers last week.");
    let evidence = ("evidence", "The first request");
    for (fields, words) in [
        (vec![("items", "Copying 40 pages"), reasons, evidence], "Line 1 is not an item with its price"),
        (vec![items, evidence], "Write the reasons"),
        (vec![items, reasons], "we must prove it"),
    ] {
        let refused = browser.post(&fee, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says(words), "{words}: {}", refused.page());
    }
    let check = browser.post(&fee, &[items, reasons, evidence]).await;
    assert!(
        check.says("Copying 40 pages: £4.00") && check.says("Together: £7.50") && check.says("You can complain to us")
    );
    assert!(stored(&office).await.fee.is_none(), "the check saves nothing");
    let confirmed = browser.post(&fee, &[items, reasons, evidence, ("confirm", "yes")]).await;
    assert_eq!(confirmed.to, format!("{at}?done=fee-asked"));
    office.clock.set_day(date(2026, 3, 12));
    let browser = Browser::of(&office, &lead).await;
    assert!(browser.open("/requests").await.says("Waiting for the fee"), "{}", browser.open("/requests").await.page());
    let paid = [("paid-on-day", "12"), ("paid-on-month", "3"), ("paid-on-year", "2026")];
    assert_eq!(browser.post(&format!("{fee}/paid"), &paid).await.to, format!("{at}?done=fee-paid"));
    assert!(browser.open(&at).await.says("13 April 2026"), "a month from the day on which it was paid: a Sunday");

    // KIDS says that it is free and nothing of a fee.
    let office = TestOffice::under("kids").await;
    let (_, browser, child) = lead_and_child(&office).await;
    let reference = record(&browser, child, &LETTER).await;
    let refused = browser.post(&format!("/requests/{reference}/fee"), &[items, reasons, evidence]).await;
    assert!(refused.says("Our policy speaks of no fee"));
    assert!(!browser.open(&format!("/requests/{reference}/refuse")).await.says("Ask for a fee instead"));
}
