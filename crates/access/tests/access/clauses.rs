//! The clauses and the table of who sees what, one case each, in the words of the people concerned.

use access::{
    Action, ActorFacts, Circumstances, Decision, FileFacts, FileState, GrantFact, ListScope, NOTHING_ALLOWS, Needs,
};
use jiff::civil::date;
use records::people::PersonClass;
use records::staff::{Account, AccountState, Assignment, Grant};
use records::{Personal, Purpose, StaffRole};

use crate::scenes::{CHILD, DROP_IN, NIGHT_SHELTER, RULES, WORKER, child_at, file, scenes, somebody};

fn opening(actor: &ActorFacts, file: &FileFacts, moment: Circumstances) -> Decision {
    RULES.decide(actor, Action::OpenFile, Some(file), &moment)
}

const SUPPORT: Circumstances = Circumstances::of(Purpose::Support);
const SAFEGUARDING: Circumstances = Circumstances::of(Purpose::Safeguarding);
const REQUEST: Circumstances = Circumstances::of(Purpose::Request);
const QUALITY: Circumstances = Circumstances::of(Purpose::Quality);

#[test]
fn a_worker_opens_the_file_of_a_child_at_their_service_and_is_told_why() {
    let decision = opening(&somebody(StaffRole::FamilyWorker), &child_at(DROP_IN), SUPPORT);
    assert!(decision.allowed && !decision.flagged);
    assert_eq!(decision.because, ["Staff at the service you use may open your file and write in it."]);
}

#[test]
fn a_worker_opens_the_file_of_a_child_who_left_their_service() {
    let left = FileFacts { services_now: Vec::new(), state: FileState::Closed, ..child_at(DROP_IN) };
    assert!(opening(&somebody(StaffRole::FamilyWorker), &left, SUPPORT).allowed);
}

#[test]
fn a_worker_who_left_the_service_opens_nothing_there() {
    let elsewhere = ActorFacts { services_now: vec![NIGHT_SHELTER], ..somebody(StaffRole::FamilyWorker) };
    let decision = opening(&elsewhere, &child_at(DROP_IN), SUPPORT.with_reason());
    assert_eq!((decision.allowed, decision.because.as_slice()), (false, [NOTHING_ALLOWS].as_slice()));
}

#[test]
fn history_asks_for_a_reason_and_a_fresh_sign_in_and_says_both() {
    let worker = somebody(StaffRole::FamilyWorker);
    let fresh = ActorFacts { stepped_up: true, ..worker.clone() };
    let history = |actor, moment| RULES.decide(actor, Action::SeeHistory, Some(&child_at(DROP_IN)), &moment);
    assert_eq!(history(&worker, SUPPORT).needs, Some(Needs::ReasonAndStepUp));
    assert_eq!(history(&worker, SUPPORT.with_reason()).needs, Some(Needs::StepUp));
    assert_eq!(history(&fresh, SUPPORT).needs, Some(Needs::Reason));
    assert!(history(&fresh, SUPPORT.with_reason()).allowed);
}

#[test]
fn a_worker_opens_an_unassigned_child_only_to_keep_someone_safe_and_it_is_flagged() {
    let (worker, stranger) = (somebody(StaffRole::FamilyWorker), child_at(NIGHT_SHELTER));
    assert_eq!(opening(&worker, &stranger, SAFEGUARDING).needs, Some(Needs::Reason));
    let decision = opening(&worker, &stranger, SAFEGUARDING.with_reason());
    assert!(decision.allowed && decision.flagged);
    assert!(!opening(&worker, &stranger, SUPPORT.with_reason()).allowed);
    assert!(!opening(&worker, &child_at(DROP_IN), SAFEGUARDING.with_reason()).flagged);
    let written = RULES.decide(&worker, Action::WriteNote, Some(&stranger), &SAFEGUARDING.with_reason());
    assert!(!written.allowed, "the exception is for looking");
}

#[test]
fn a_form_offers_only_the_purposes_that_would_do() {
    let worker = somebody(StaffRole::FamilyWorker);
    let offered = |service| RULES.purposes(&worker, Action::OpenFile, Some(&child_at(service)), &SUPPORT);
    assert_eq!(offered(DROP_IN), [Purpose::Support, Purpose::Safeguarding]);
    assert_eq!(offered(NIGHT_SHELTER), [Purpose::Safeguarding]);
}

#[test]
fn a_volunteer_sees_named_people_and_no_history() {
    let volunteer = ActorFacts { stepped_up: true, ..somebody(StaffRole::Volunteer) };
    let named = FileFacts { named_to: vec![WORKER], ..child_at(DROP_IN) };
    assert!(opening(&volunteer, &named, SUPPORT).allowed);
    assert!(!opening(&volunteer, &child_at(DROP_IN), SUPPORT.with_reason()).allowed);
    assert!(!RULES.decide(&volunteer, Action::SeeHistory, Some(&named), &SUPPORT.with_reason()).allowed);
    assert!(RULES.decide(&volunteer, Action::RecordRequest, None, &REQUEST).allowed);
    assert!(!RULES.decide(&volunteer, Action::SeeRequests, None, &REQUEST).allowed);
}

#[test]
fn a_senior_manager_needs_a_grant_for_the_very_file_and_a_reason() {
    let manager = somebody(StaffRole::SeniorManager);
    assert!(!opening(&manager, &child_at(DROP_IN), SUPPORT.with_reason()).allowed);
    let grant = GrantFact { file: Some(CHILD), service: None };
    let granted = ActorFacts { grants: vec![grant], ..manager.clone() };
    assert_eq!(opening(&granted, &child_at(DROP_IN), SUPPORT).needs, Some(Needs::Reason));
    assert!(opening(&granted, &child_at(DROP_IN), SUPPORT.with_reason()).allowed);
    let by_service = ActorFacts { grants: vec![GrantFact { file: None, service: Some(DROP_IN) }], ..manager };
    assert!(!opening(&by_service, &child_at(DROP_IN), SUPPORT.with_reason()).allowed);
}

#[test]
fn a_grant_ends_with_its_last_day() {
    let last_day = date(2026, 3, 31);
    let account = Account {
        totp: Some(Personal::new(vec![1; 20])),
        state: AccountState::Active,
        roles: vec![StaffRole::Inspector],
        assignments: vec![Assignment { service: DROP_IN, from: last_day, until: Some(last_day) }],
        grants: vec![Grant {
            file: Some(CHILD),
            service: None,
            until: last_day,
            reason: Personal::new("the yearly inspection".to_owned()),
            by: None,
        }],
        ..Account::new("inspector@example.org")
    };
    let on = |day| ActorFacts::from_account(WORKER, &account, day);
    assert!(opening(&on(last_day), &child_at(NIGHT_SHELTER), QUALITY).allowed);
    assert!(!opening(&on(last_day.tomorrow().unwrap()), &child_at(NIGHT_SHELTER), QUALITY).allowed);
    let invited = Account { state: AccountState::Invited, ..account.clone() };
    assert!(!ActorFacts::from_account(WORKER, &invited, last_day).active);
    let due = ActorFacts::from_account(WORKER, &Account { state: AccountState::SecondFactorDue, ..account }, last_day);
    assert!(!opening(&due, &child_at(NIGHT_SHELTER), QUALITY).allowed);
    assert!(RULES.decide(&due, Action::ChangeOwnAccount, None, &SUPPORT).allowed, "or nobody could set it up");
}

#[test]
fn a_commissioner_says_why_each_time_and_sees_only_the_service_they_pay_for() {
    let grants = vec![GrantFact { file: None, service: Some(NIGHT_SHELTER) }];
    let commissioner = ActorFacts { grants, ..somebody(StaffRole::Commissioner) };
    assert_eq!(opening(&commissioner, &child_at(NIGHT_SHELTER), QUALITY).needs, Some(Needs::Reason));
    assert!(opening(&commissioner, &child_at(NIGHT_SHELTER), QUALITY.with_reason()).allowed);
    assert!(!opening(&commissioner, &child_at(DROP_IN), QUALITY.with_reason()).allowed);
    assert!(!opening(&commissioner, &child_at(NIGHT_SHELTER), SUPPORT.with_reason()).allowed);
}

#[test]
fn an_administrator_looks_after_accounts_and_opens_no_file() {
    let administrator = ActorFacts { stepped_up: true, ..somebody(StaffRole::Administrator) };
    assert!(
        RULES.decide(&administrator, Action::ManageAccounts, None, &Circumstances::of(Purpose::BookKeeping)).allowed
    );
    assert_eq!(RULES.purposes(&administrator, Action::OpenFile, Some(&child_at(DROP_IN)), &SUPPORT), []);
    assert_eq!(RULES.narrow(&administrator), ListScope::None);
}

#[test]
fn nobody_changes_their_own_roles() {
    let administrator = ActorFacts { stepped_up: true, ..somebody(StaffRole::Administrator) };
    let own = FileFacts::new(WORKER, PersonClass::Staff);
    let decision = RULES.decide(&administrator, Action::ManageAccounts, Some(&own), &SUPPORT);
    assert_eq!((decision.allowed, decision.rules.as_slice()), (false, ["own-file"].as_slice()));
}

#[test]
fn a_trustee_sees_an_answer_only_while_it_waits_for_the_second_person() {
    let trustee = somebody(StaffRole::Trustee);
    let review = |moment: &Circumstances| RULES.decide(&trustee, Action::SeeReview, Some(&child_at(DROP_IN)), moment);
    assert!(!review(&REQUEST.with_reason()).allowed);
    let waiting = Circumstances { sent_to_check: true, ..REQUEST };
    assert!(review(&waiting).allowed);
    assert!(RULES.decide(&trustee, Action::ApproveRelease, Some(&child_at(DROP_IN)), &waiting).allowed);
    assert!(!opening(&trustee, &child_at(DROP_IN), waiting.with_reason()).allowed);
}

#[test]
fn whoever_worked_on_an_answer_does_not_approve_it_whatever_their_roles() {
    let everything = ActorFacts { roles: StaffRole::ALL[..7].to_vec(), ..somebody(StaffRole::Trustee) };
    let moment = Circumstances { sent_to_check: true, worked_on_it: true, ..REQUEST };
    let decision = RULES.decide(&everything, Action::ApproveRelease, Some(&child_at(DROP_IN)), &moment);
    assert_eq!((decision.allowed, decision.rules.as_slice()), (false, ["same-person"].as_slice()));
}

#[test]
fn one_word_of_the_policy_moves_requests_to_the_trustees() {
    let trustee = somebody(StaffRole::Trustee);
    let work = |moment: &Circumstances| RULES.decide(&trustee, Action::WorkOnRequest, Some(&child_at(DROP_IN)), moment);
    assert!(!work(&Circumstances { requests_go_to: Some(StaffRole::ServiceManager), ..REQUEST }).allowed);
    assert!(work(&Circumstances { requests_go_to: Some(StaffRole::Trustee), ..REQUEST }).allowed);
}

#[test]
fn a_closed_or_archived_file_answers_requests_like_an_open_one() {
    let lead = ActorFacts { stepped_up: true, ..somebody(StaffRole::DataProtectionLead) };
    for state in [FileState::Open, FileState::Closed, FileState::Archived, FileState::Restricted] {
        let kept = FileFacts { state, ..child_at(NIGHT_SHELTER) };
        for action in [Action::WorkOnRequest, Action::ReviewText, Action::ReleasePack, Action::DownloadPack] {
            assert!(RULES.decide(&lead, action, Some(&kept), &REQUEST).allowed, "{} {state:?}", action.name());
        }
    }
}

#[test]
fn a_file_says_who_can_see_it_and_why() {
    let worker = somebody(StaffRole::FamilyWorker);
    let elsewhere = ActorFacts { file: file(2), services_now: vec![NIGHT_SHELTER], ..worker.clone() };
    let grants = vec![GrantFact { file: Some(CHILD), service: None }];
    let senior = ActorFacts { file: file(3), grants, ..somebody(StaffRole::SeniorManager) };
    let lead = ActorFacts { file: file(4), ..somebody(StaffRole::DataProtectionLead) };
    let closed = ActorFacts { file: file(5), active: false, ..worker.clone() };
    let seen = RULES.who_can_see(&[worker, elsewhere, senior, lead, closed], &child_at(DROP_IN));
    let who: Vec<_> = seen.iter().map(|(who, _)| *who).collect();
    assert_eq!(who, [WORKER, file(3), file(4)]);
    assert_eq!(
        seen[1].1,
        "A senior manager may open your file if it was opened to them by name, and says why each time."
    );
}

#[test]
fn an_action_on_a_file_without_the_file_and_the_other_way_round_is_refused() {
    let lead = ActorFacts { stepped_up: true, ..somebody(StaffRole::DataProtectionLead) };
    assert!(!RULES.decide(&lead, Action::OpenFile, None, &REQUEST.with_reason()).allowed);
    assert!(!RULES.decide(&lead, Action::FindPeople, Some(&child_at(DROP_IN)), &REQUEST).allowed);
}

#[test]
fn in_every_scene_a_list_holds_what_somebody_may_open_and_no_file_closed_to_them() {
    let mut opened = 0;
    for scene in scenes() {
        let Some(on) = &scene.file else { continue };
        for role in StaffRole::ALL {
            let actor = (scene.actor)(role);
            let ordinary = |purpose| {
                let moment = Circumstances { purpose, ..scene.moment };
                let decision = RULES.answer(&actor, Action::OpenFile, Some(on), &moment.with_reason());
                decision.allowed && !decision.flagged
            };
            let opens = Purpose::ALL.into_iter().any(ordinary);
            opened += usize::from(opens);
            let passes = RULES.narrow(&actor).passes(on);
            assert!(passes || !opens, "{}: hidden from the {}", scene.title, role.words());
            let never = !actor.active || actor.conflicts.contains(&on.file) || actor.file == on.file;
            assert!(!passes || !never, "{}: listed for the {}", scene.title, role.words());
        }
    }
    assert!(opened > 40, "only {opened} of the scenes open a file to anybody");
}

#[test]
fn a_list_is_narrowed_by_service_by_name_or_by_grant() {
    let child = child_at(DROP_IN);
    let list = |actor: &ActorFacts, file: &FileFacts| RULES.narrow(actor).passes(file);
    assert!(list(&somebody(StaffRole::FamilyWorker), &child));
    assert!(!list(&somebody(StaffRole::FamilyWorker), &child_at(NIGHT_SHELTER)));
    assert!(!list(&somebody(StaffRole::Volunteer), &child));
    assert!(list(&somebody(StaffRole::Volunteer), &FileFacts { named_to: vec![WORKER], ..child.clone() }));
    assert!(!list(&somebody(StaffRole::Inspector), &child));
    let grants = vec![GrantFact { file: Some(CHILD), service: Some(DROP_IN) }];
    let inspector = ActorFacts { grants, ..somebody(StaffRole::Inspector) };
    assert!(list(&inspector, &child));
    assert!(!list(&inspector, &FileFacts { file: file(7), ..child }), "a grant for one file is not for its service");
}
