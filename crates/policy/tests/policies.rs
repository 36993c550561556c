//! The policies that ship: complete, sound, and what they say is what the settings are.

#![expect(clippy::unwrap_used, reason = "tests")]

use policy::problem::Code;
use policy::reading::Measure;
use policy::{Kept, Origin, Policy, Role, Source, Span, TextKind, Value, read};

const KIDS: &str = include_str!("../../../policies/kids.md");
const KIDS_EASY: &str = include_str!("../../../policies/kids-easy-read.md");
const TRACK: &str = include_str!("../../../policies/kids-on-track.md");
const TRACK_EASY: &str = include_str!("../../../policies/kids-on-track-easy-read.md");

fn policy(texts: &[&str]) -> Policy {
    let sources: Vec<_> = texts.iter().enumerate().map(|(n, text)| Source::new(format!("{n}.md"), *text)).collect();
    Policy::read(&sources).unwrap()
}

/// The text with one phrase changed; the phrase must be there.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "\"{from}\" is not in the policy");
    text.replace(from, to)
}

#[test]
fn the_shipped_policies_have_neither_errors_nor_warnings() {
    let sources: Vec<_> = [KIDS, KIDS_EASY, TRACK, TRACK_EASY]
        .iter()
        .enumerate()
        .map(|(n, text)| Source::new(format!("{n}"), *text))
        .collect();
    let reading = read(&sources);
    assert!(reading.problems.is_empty(), "{:#?}", reading.problems);
    assert_eq!(reading.policies.len(), 2);
}

#[test]
fn every_clause_of_each_seed_is_in_its_policy_and_is_kept_somehow() {
    for (text, letter, last) in [(KIDS, 'K', 36), (TRACK, 'T', 75)] {
        let policy = policy(&[text]);
        let ids: Vec<_> = policy.clauses().iter().map(ToString::to_string).collect();
        let expected: Vec<_> = (1..=last).map(|number| format!("{letter}{number}")).collect();
        assert_eq!(ids, expected);
        for promise in policy.promises().iter().filter(|promise| !promise.clauses.is_empty()) {
            assert!(!promise.kinds.is_empty() && promise.principle.is_some(), "{:?}", promise.clauses);
        }
    }
}

#[test]
fn each_clause_stands_in_one_promise_with_its_words() {
    let kids = policy(&[KIDS]);
    let promises = kids.promises();
    let k23 = promises.iter().find(|promise| promise.clauses.iter().any(|id| id.to_string() == "K23")).unwrap();
    assert_eq!(k23.text, "We answer within 30 days.");
    assert_eq!(k23.settings, ["answer:access"]);
    assert_eq!(k23.kinds, [Kept::Enforced, Kept::Measured]);
    assert_eq!(k23.section.as_deref(), Some("access"));
    assert_eq!(KIDS.lines().nth(k23.line - 1).unwrap(), "We answer [within 30 days](answer:access). [K23]");
}

#[test]
fn an_easy_read_text_says_the_same_as_the_full_one_and_all_of_it() {
    for (full, easy) in [(KIDS, KIDS_EASY), (TRACK, TRACK_EASY)] {
        let (full, easy) = (policy(&[full]), policy(&[easy]));
        assert_eq!(full.settings().in_figures(), easy.settings().in_figures());
        let said = |policy: &Policy| {
            let keys = policy.settings().iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>();
            keys.into_iter().filter(|key| policy.settings().says(key)).collect::<Vec<_>>()
        };
        assert_eq!(said(&full), said(&easy));
    }
}

#[test]
fn what_kids_says_is_what_is_set() {
    let kids = policy(&[KIDS, KIDS_EASY]);
    let settings = kids.settings();
    assert_eq!(settings.answer_access().value, Span::Days(30));
    assert_eq!(settings.access_to().unwrap().value, Role::ServiceManager);
    assert_eq!(settings.keep_child().unwrap().value, Span::Years(6));
    assert_eq!(settings.access_fee().value.to_string(), "free");
    assert_eq!(settings.role("ask:complaint/to").unwrap().value, Role::DataProtectionLead);
    assert!(settings.count("ask:access/identity").is_none(), "KIDS does not ask for identification");
}

#[test]
fn what_kids_on_track_says_is_what_is_set() {
    let track = policy(&[TRACK, TRACK_EASY]);
    let settings = track.settings();
    assert_eq!(settings.answer_access().value, Span::Months(1));
    assert_eq!(settings.answer_access_extended().value, Span::Months(3));
    assert_eq!(settings.extension_notice().value, Span::Months(1));
    assert_eq!(settings.report_breach().value, Span::Hours(72));
    assert_eq!(settings.access_to().unwrap().value, Role::Trustees);
    assert_eq!(settings.count("ask:access/identity").unwrap().value, 2);
    assert_eq!(settings.age("ask:access/child-age").unwrap().value, 12);
    assert_eq!(settings.span("keep:volunteer/last-contact").unwrap().value, Span::Years(5));
    assert_eq!(settings.span("review:suppliers").unwrap().value, Span::Years(2));
    assert_eq!(settings.role("review:policy/monitor").unwrap().value, Role::ChiefExecutive);
    assert_eq!(settings.get("ask:access/by").unwrap().value.to_string(), "letter, email, fax");
}

#[test]
fn a_setting_knows_the_words_and_the_clause_it_comes_from() {
    let track = policy(&[TRACK]);
    let Origin::Text { clauses, words, line, .. } = track.settings().answer_access().origin else {
        panic!("the policy says it");
    };
    assert_eq!((clauses[0].to_string().as_str(), words.as_str()), ("T24", "within one month"));
    assert!(TRACK.lines().nth(line - 1).unwrap().contains("(answer:access)"));
}

#[test]
fn where_the_policy_is_silent_the_law_speaks_and_says_so() {
    let kids = policy(&[KIDS]);
    let extended = kids.settings().answer_access_extended();
    assert_eq!(extended.value, Span::Months(3));
    assert!(matches!(extended.origin, Origin::Law { source } if source.contains("12A")));
    let silent = changed(KIDS, "We answer [within 30 days](answer:access). [K23]", "We answer. [K23]");
    let answer = policy(&[&silent]).settings().answer_access();
    assert_eq!((answer.value, matches!(answer.origin, Origin::Law { .. })), (Span::Months(1), true));
}

#[test]
fn changing_thirty_days_to_one_month_changes_the_setting_and_nothing_else() {
    let before = policy(&[KIDS]);
    for words in ["within one month", "within 1 month", "in a calendar month"] {
        let after = policy(&[&changed(KIDS, "within 30 days", words)]);
        let changes = Policy::diff(&before, &after);
        let told: Vec<_> = changes
            .iter()
            .map(|change| (change.key.as_str(), change.before.as_deref(), change.after.as_deref()))
            .collect();
        assert_eq!(told, [("answer:access", Some("30 days"), Some("1 month"))], "{words}");
    }
    let back = policy(&[&changed(
        TRACK,
        "We answer without delay and [within one month](answer:access)",
        "We answer [within thirty days](answer:access)",
    )]);
    assert_eq!(back.settings().answer_access().value, Span::Days(30));
}

#[test]
fn changing_the_trustees_to_the_service_manager_changes_who_gets_requests() {
    let after = policy(&[&changed(TRACK, "[the Trustees](ask:access/to)", "[your service manager](ask:access/to)")]);
    assert_eq!(after.settings().access_to().unwrap().value, Role::ServiceManager);
    let back = policy(&[&changed(KIDS, "[your service manager](ask:access/to)", "[the Trustees](ask:access/to)")]);
    assert_eq!(back.settings().access_to().unwrap().value, Role::Trustees);
    assert_eq!(
        back.settings().get("ask:rights/to").unwrap().value,
        Value::Role(Role::Trustees),
        "the other rights follow"
    );
}

#[test]
fn changing_the_full_text_alone_is_a_conflict_with_its_easy_read() {
    let after = changed(KIDS, "within 30 days", "within one month");
    let reading = read(&[Source::new("kids.md", after), Source::new("easy.md", KIDS_EASY)]);
    let codes: Vec<_> = reading.errors().map(|problem| (problem.code, problem.file.as_str())).collect();
    assert_eq!(codes, [(Code::Conflict, "easy.md")]);
}

#[test]
fn the_texts_are_as_easy_as_their_readers_need() {
    for (text, mean, grade) in [(KIDS, 18.0, 8.0), (TRACK, 18.0, 8.0), (KIDS_EASY, 12.0, 4.0), (TRACK_EASY, 12.0, 4.0)]
    {
        let policy = policy(&[text]);
        let mut measure = Measure::default();
        policy.full().sentences.iter().for_each(|sentence| measure.add(&sentence.text));
        let found = (measure.words_per_sentence(), measure.grade());
        assert!(found.0 <= mean && found.1 <= grade, "{found:?}");
    }
}

#[test]
fn attested_sentences_are_confirmed_on_a_cycle() {
    let track = policy(&[TRACK]);
    assert_eq!(track.settings().span("attest:locked-cabinets").unwrap().value, Span::Years(1));
    let text = changed(
        TRACK,
        "[filing cabinets are locked](attest:locked-cabinets)",
        "cabinets are locked, as [the committee](attest:locked-cabinets/by) makes sure [every six months](attest:locked-cabinets)",
    );
    let settings = policy(&[&text]).settings().clone();
    assert_eq!(settings.span("attest:locked-cabinets").unwrap().value, Span::Months(6));
    assert_eq!(settings.role("attest:locked-cabinets/by").unwrap().value, Role::Committee);
    let in_target = changed(TRACK, "attest:locked-cabinets", "attest:locked-cabinets/every-three-months");
    assert_eq!(policy(&[&in_target]).settings().span("attest:locked-cabinets").unwrap().value, Span::Months(3));
}

#[test]
fn the_full_text_comes_first_in_whatever_order_they_are_given() {
    let kids = policy(&[KIDS_EASY, KIDS]);
    assert_eq!(kids.full().front.text, TextKind::Full);
    assert!(kids.text(TextKind::EasyRead).is_some());
    assert_eq!(kids.clauses().len(), 36);
}
