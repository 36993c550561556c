//! The rules as text: they are whole, they read, and each of them matters.

use std::collections::{BTreeMap, BTreeSet};

use access::{Access, AccessError, Action, ActorFacts, Circumstances, Effect, RULES as TEXTS, SCHEMA};
use cedar_policy::Schema;
use records::{Purpose, StaffRole};

use crate::matrix::actions_of;
use crate::scenes::{RULES, scenes};

/// The rules less one, from the texts that the access object itself shows.
fn without(id: &str) -> Access {
    let rest: String = RULES.rules().iter().filter(|rule| rule.id != id).map(|rule| rule.text.clone() + "\n").collect();
    Access::from_texts(SCHEMA, &[rest.leak()]).unwrap()
}

/// The rules that never were the only one to decide a question of the matrix, asked with and without a reason and
/// a fresh sign-in, or whose absence would not have changed that answer.
fn idle_rules() -> BTreeSet<&'static str> {
    let mut rest: BTreeMap<&str, Access> = BTreeMap::new();
    let mut idle: BTreeSet<&str> = RULES.rules().iter().map(|rule| rule.id).collect();
    for (scene, role) in scenes().iter().flat_map(|scene| StaffRole::ALL.map(|role| (scene, role))) {
        for (purpose, bits) in Purpose::ALL.into_iter().flat_map(|purpose| (0..4).map(move |bits| (purpose, bits))) {
            let actor = ActorFacts { stepped_up: bits & 1 == 1, ..(scene.actor)(role) };
            let moment = Circumstances { purpose, reason_given: bits & 2 == 2, ..scene.moment };
            for action in actions_of(scene) {
                let decision = RULES.answer(&actor, action, scene.file.as_ref(), &moment);
                let &[only] = decision.rules.as_slice() else { continue };
                if idle.contains(only) {
                    let less = rest.entry(only).or_insert_with(|| without(only));
                    if less.answer(&actor, action, scene.file.as_ref(), &moment).allowed != decision.allowed {
                        idle.remove(only);
                    }
                }
                if idle.is_empty() {
                    return idle;
                }
            }
        }
    }
    idle
}

#[test]
fn without_any_one_rule_some_answer_of_the_matrix_would_be_another() {
    assert_eq!(idle_rules(), BTreeSet::new(), "these rules decide nothing on their own");
}

#[test]
fn the_program_and_the_schema_know_the_same_actions() {
    let (schema, _) = Schema::from_cedarschema_str(SCHEMA).unwrap();
    let groups: BTreeSet<String> = schema.action_groups().map(|uid| uid.id().unescaped().to_owned()).collect();
    let in_schema: BTreeSet<String> = schema.actions().map(|uid| uid.id().unescaped().to_owned()).collect();
    let in_program: BTreeSet<String> = Action::ALL.iter().map(|action| action.name().to_owned()).collect();
    assert_eq!(in_schema.difference(&groups).cloned().collect::<BTreeSet<_>>(), in_program);
}

#[test]
fn the_schema_knows_every_role_and_purpose() {
    for word in StaffRole::ALL.into_iter().map(StaffRole::slug).chain(Purpose::ALL.into_iter().map(Purpose::slug)) {
        assert!(SCHEMA.contains(&format!("\"{word}\"")), "{word} is not in the schema");
    }
}

#[test]
fn every_rule_has_words_that_are_a_sentence() {
    for rule in RULES.rules() {
        assert!(rule.words.ends_with('.'), "{}", rule.id);
        assert!(rule.words.starts_with(char::is_uppercase), "{}", rule.id);
        assert!(rule.words.split_whitespace().count() >= 5, "{}", rule.id);
    }
}

#[test]
fn the_clauses_of_this_crate_are_each_kept_by_a_rule() {
    let kept: Vec<&str> = RULES.rules().iter().flat_map(|rule| rule.clauses.split(", ")).collect();
    for clause in ["K9", "K10", "K11", "K12", "T10", "T41", "T47"] {
        assert!(kept.contains(&clause), "no rule says that it keeps {clause}");
    }
}

#[test]
fn a_rule_can_be_shown_to_a_trustee() {
    let rule = RULES.rules().iter().find(|rule| rule.id == "staff-at-the-service").unwrap();
    assert_eq!(rule.words, "Staff at the service you use may open your file and write in it.");
    assert_eq!((rule.clauses, rule.effect, rule.flagged), ("K9, T10", Effect::Permit, false));
    assert!(rule.text.contains("resource.services.containsAny(principal.services)"));
}

#[test]
fn a_rule_with_a_mistyped_fact_stops_the_start() {
    let mistyped = r#"@id("a") @words("A.") permit (principal, action, resource) when { principal.activ };"#;
    assert!(matches!(Access::from_texts(SCHEMA, &[mistyped]), Err(AccessError::Unfit(_))));
    let mistyped = r#"@id("a") @words("A.") permit (principal in Role::"famly-worker", action, resource);"#;
    assert!(matches!(Access::from_texts(SCHEMA, &[mistyped]), Err(AccessError::Unfit(_))));
}

#[test]
fn a_rule_without_words_or_with_another_rules_id_stops_the_start() {
    let dumb = r#"@id("a") permit (principal, action, resource);"#;
    let error = Access::from_texts(SCHEMA, &[dumb]).unwrap_err();
    assert_eq!(error.to_string(), "the access rule “a” has no @words, or one with a quotation mark or line end in it");
    let twice = TEXTS.iter().chain(TEXTS).copied().collect::<Vec<_>>();
    assert!(matches!(Access::from_texts(SCHEMA, &twice), Err(AccessError::Twice(id)) if id == "everybody-own-account"));
}

#[test]
fn without_rules_everything_is_refused() {
    let empty = Access::from_texts(SCHEMA, &[""]).unwrap();
    let lead = ActorFacts::new(crate::scenes::WORKER, &StaffRole::ALL);
    for action in Action::ALL {
        assert!(!empty.decide(&lead, *action, None, &Circumstances::of(Purpose::Request)).allowed);
    }
}
