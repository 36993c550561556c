//! What holds for everybody, every file and every moment.

use std::collections::BTreeSet;

use access::{Action, ActorFacts, Circumstances, FileFacts, FileState, GrantFact, Scope};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use records::people::PersonClass;
use records::{FileId, Purpose, ServiceId, StaffRole};

use crate::scenes::{RULES, file, service};

fn files() -> impl Strategy<Value = Vec<FileId>> {
    subsequence(vec![file(1), file(8), file(9)], 0..=3)
}

fn services() -> impl Strategy<Value = Vec<ServiceId>> {
    subsequence(vec![service(1), service(2), service(3)], 0..=3)
}

fn grants() -> impl Strategy<Value = Vec<GrantFact>> {
    let one =
        (select(vec![None, Some(file(8)), Some(file(9))]), select(vec![None, Some(service(1)), Some(service(2))]));
    prop::collection::vec(one.prop_map(|(file, service)| GrantFact { file, service }), 0..3)
}

prop_compose! {
    fn actors()(
        roles in subsequence(StaffRole::ALL.to_vec(), 1..=3),
        services_now in services(),
        grants in grants(),
        conflicts in files(),
        active in prop::bool::weighted(0.9),
        second_factor in prop::bool::weighted(0.9),
        stepped_up in any::<bool>(),
    ) -> ActorFacts {
        ActorFacts { file: file(1), roles, services_now, grants, conflicts, active, second_factor, stepped_up }
    }
}

prop_compose! {
    fn subjects()(
        id in select(vec![file(1), file(8), file(9)]),
        class in select(PersonClass::PEOPLE.to_vec()),
        services_ever in services(),
        now in any::<bool>(),
        state in select(FileState::ALL.to_vec()),
        on_hold in any::<bool>(),
        named_to in files(),
    ) -> FileFacts {
        let services_now = if now { services_ever.clone() } else { Vec::new() };
        FileFacts { file: id, class, services_ever, services_now, state, on_hold, named_to }
    }
}

prop_compose! {
    fn moments()(
        purpose in select(Purpose::ALL.to_vec()),
        bits in any::<[bool; 5]>(),
        requests_go_to in prop::option::of(select(StaffRole::ALL.to_vec())),
    ) -> Circumstances {
        let [reason_given, worked_on_it, asked_to_help, hosts, sent_to_check] = bits;
        Circumstances { purpose, reason_given, worked_on_it, asked_to_help, hosts, sent_to_check, requests_go_to }
    }
}

const READING: [Action; 2] = [Action::OpenFile, Action::SeeHistory];
const LOOKING: [Action; 12] = [
    Action::SeeToday,
    Action::SeePolicy,
    Action::SeeOwnSessions,
    Action::ChangeOwnAccount,
    Action::FindPeople,
    Action::OpenFile,
    Action::SeeHistory,
    Action::SeeWhoLooked,
    Action::SeeRequests,
    Action::SeeReview,
    Action::SeeBoard,
    Action::VerifyLedger,
];

/// What this actor may do at this moment, with this file and with the house.
fn allowed(actor: &ActorFacts, on: &FileFacts, moment: Circumstances) -> BTreeSet<(Action, bool)> {
    let mut all = BTreeSet::new();
    for action in Action::ALL {
        for with_file in [false, true] {
            if RULES.decide(actor, *action, with_file.then_some(on), &moment).allowed {
                all.insert((*action, with_file));
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_closed_account_does_nothing(actor in actors(), on in subjects(), moment in moments()) {
        let closed = ActorFacts { active: false, ..actor };
        prop_assert_eq!(allowed(&closed, &on, moment), BTreeSet::new());
    }

    #[test]
    fn without_a_second_factor_only_the_own_account_opens(actor in actors(), on in subjects(), moment in moments()) {
        let bare = ActorFacts { second_factor: false, ..actor };
        let rest: Vec<_> = allowed(&bare, &on, moment).into_iter().filter(|(a, _)| *a != Action::ChangeOwnAccount).collect();
        prop_assert_eq!(rest, vec![]);
    }

    #[test]
    fn a_conflict_closes_the_file_whatever_else_holds(actor in actors(), on in subjects(), moment in moments()) {
        let kin = ActorFacts { conflicts: vec![on.file], ..actor };
        prop_assert!(!allowed(&kin, &on, moment).iter().any(|(_, with_file)| *with_file));
    }

    #[test]
    fn an_erased_file_is_gone_for_everybody(actor in actors(), on in subjects(), moment in moments()) {
        let gone = FileFacts { state: FileState::Erased, ..on };
        prop_assert!(!allowed(&actor, &gone, moment).iter().any(|(_, with_file)| *with_file));
    }

    #[test]
    fn a_file_on_hold_is_never_put_forward_to_be_erased(actor in actors(), on in subjects(), moment in moments()) {
        let held = FileFacts { on_hold: true, ..on };
        prop_assert!(!RULES.decide(&actor, Action::EraseFile, Some(&held), &moment).allowed);
    }

    #[test]
    fn a_restricted_file_is_read_by_the_lead_alone_and_written_by_nobody(
        actor in actors(), on in subjects(), moment in moments(),
    ) {
        let held = FileFacts { state: FileState::Restricted, ..on };
        let may = allowed(&actor, &held, moment);
        for action in READING {
            prop_assert!(!may.contains(&(action, true)) || actor.is(StaffRole::DataProtectionLead));
        }
        for action in [Action::WriteNote, Action::ChangePerson, Action::CorrectNote, Action::AddWarning, Action::Enrol] {
            prop_assert!(!may.contains(&(action, true)));
        }
    }

    #[test]
    fn an_administrator_without_another_role_opens_no_file(actor in actors(), on in subjects(), moment in moments()) {
        let keeper = ActorFacts { roles: vec![StaffRole::Administrator], ..actor };
        for action in Action::ALL.iter().filter(|action| action.scope() == Scope::File) {
            prop_assert!(!RULES.decide(&keeper, *action, Some(&on), &moment).allowed, "{}", action.name());
        }
    }

    #[test]
    fn inspectors_and_commissioners_change_nothing_but_their_own_account(
        actor in actors(), on in subjects(), moment in moments(),
        guest in select(vec![StaffRole::Inspector, StaffRole::Commissioner]),
    ) {
        let mut actor = actor;
        actor.roles.push(guest);
        for (action, _) in allowed(&actor, &on, moment) {
            prop_assert!(LOOKING.contains(&action), "{}", action.name());
        }
    }

    #[test]
    fn a_reason_or_a_fresh_sign_in_never_takes_anything_away(actor in actors(), on in subjects(), moment in moments()) {
        let before = allowed(&actor, &on, moment);
        let more = ActorFacts { stepped_up: true, ..actor };
        prop_assert!(before.is_subset(&allowed(&more, &on, moment.with_reason())));
    }

    #[test]
    fn what_is_needed_is_enough(actor in actors(), on in subjects(), moment in moments(), action in select(Action::ALL)) {
        let on = (action.scope() != Scope::House).then_some(&on);
        let before = RULES.decide(&actor, action, on, &moment);
        if let Some(needs) = before.needs {
            let then = ActorFacts { stepped_up: actor.stepped_up || needs.step_up(), ..actor };
            let moment = Circumstances { reason_given: moment.reason_given || needs.reason(), ..moment };
            prop_assert!(!before.allowed && RULES.decide(&then, action, on, &moment).allowed);
        }
    }

    #[test]
    fn a_list_never_hides_what_the_rules_open(actor in actors(), on in subjects()) {
        for purpose in Purpose::ALL {
            let decision = RULES.decide(&actor, Action::OpenFile, Some(&on), &Circumstances::of(purpose).with_reason());
            prop_assert!(!decision.allowed || decision.flagged || RULES.narrow(&actor).passes(&on));
        }
    }

    #[test]
    fn every_decision_says_why(actor in actors(), on in subjects(), moment in moments()) {
        for action in Action::ALL {
            let decision = RULES.decide(&actor, *action, Some(&on), &moment);
            prop_assert!(!decision.because.is_empty());
            prop_assert!(decision.because != [access::UNREADABLE]);
            prop_assert!(!decision.flagged || decision.allowed);
        }
    }
}
