//! Finding, adding and changing people; who sees whom.

use book::Act;
use duties::people::{
    AddPersonError, ChangeIdentityError, ChangedIdentity, ContactError, Filter, NewContact, NewPerson, NewRelationship,
    NewWarning, RelationshipError, Why, add_contact, add_person, add_relationship, add_warning, change_identity,
    end_relationship, find_people, lift_warning, list_people, open_file, open_history, supersede_contact, who_looked,
};
use duties::{SignedIn, Stopped};
use jiff::SignedDuration;
use jiff::civil::date;
use records::people::{Channel, Identity, ParentalResponsibility, Relation, Safe, WarningKind};
use records::staff::Grant;
use records::work::Note;
use records::{Content, FileId, Kind, PersonClass, Purpose, ServiceId, Source, State, operation};
use testkit::TestOffice;

pub const ELSEWHERE: ServiceId = ServiceId::from_bytes([9; 16]);

pub async fn names(office: &TestOffice, who: &SignedIn, query: &str) -> Vec<String> {
    let found = find_people(&office.office, who, query, &Filter::default()).await.unwrap();
    found.into_iter().map(|hit| hit.card.name.for_page().clone()).collect()
}

fn lead_why() -> Why {
    Why::with_reason(Purpose::Quality, "yearly check")
}

#[tokio::test]
async fn somebody_finds_only_people_whose_files_are_open_to_them() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    office.child("Ada Sample", date(2014, 5, 6)).await;
    office.person(PersonClass::Child, "Bob Sample", None, vec![ELSEWHERE]).await;
    office.person(PersonClass::Child, "Cleo Sample", None, Vec::new()).await;
    office.person(PersonClass::Supporter, "Sid Sample", None, Vec::new()).await;
    assert_eq!(names(&office, &worker, "sample").await, ["Ada Sample", "Cleo Sample"]);
    let lead = office.data_protection_lead().await;
    assert_eq!(names(&office, &lead, "sample").await.len(), 4);
    let trustee = office.trustee().await;
    let refused = find_people(&office.office, &trustee, "sample", &Filter::default()).await;
    assert!(matches!(refused, Err(Stopped::NotFound)));
}

#[tokio::test]
async fn a_name_typed_another_way_is_found_after_the_exact_ones_and_says_why() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    office.child("Catherine Smythe", date(2014, 5, 6)).await;
    office.child("Kate Smith", date(2014, 5, 6)).await;
    office.person(PersonClass::Child, "Katherine Smyth", None, vec![ELSEWHERE]).await;
    let found = find_people(&office.office, &worker, "kate smith", &Filter::default()).await.unwrap();
    let found: Vec<_> = found.iter().map(|hit| (hit.card.name.for_page().as_str(), hit.why)).collect();
    assert_eq!(found, [("Kate Smith", ""), ("Catherine Smythe", "sounds like it")]);
}

#[tokio::test]
async fn a_list_counts_only_what_is_open_and_a_filter_narrows_it() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    office.child("Ada Zed", date(2014, 5, 6)).await;
    office.child("Zoe Alpha", date(2014, 5, 6)).await;
    office.person(PersonClass::Carer, "Maryam Zed", None, vec![office.service]).await;
    office.person(PersonClass::Child, "Bob Sample", None, vec![ELSEWHERE]).await;
    let (hits, total) = list_people(&office.office, &worker, &Filter::default(), 1, 2).await.unwrap();
    assert_eq!(total, 3, "what is not open is counted");
    let names: Vec<_> = hits.iter().map(|hit| hit.card.name.for_page().as_str()).collect();
    assert_eq!(names, ["Zoe Alpha", "Ada Zed"], "by last name");
    let carers = Filter { class: Some(PersonClass::Carer), service: Some(office.service) };
    assert_eq!(list_people(&office.office, &worker, &carers, 1, 25).await.unwrap().1, 1);
}

#[tokio::test]
async fn a_search_is_in_the_ledger_before_its_answer() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let before = office.office.book().ledger_size().await.unwrap();
    names(&office, &worker, "nobody of this name").await;
    assert_eq!(office.office.book().ledger_size().await.unwrap(), before + 1);
}

#[tokio::test]
async fn a_new_person_owes_us_nothing_and_we_owe_them_the_notice() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let told = NewPerson { born: "6/5/2014".to_owned(), ..NewPerson::named(PersonClass::Child, " Ada   Sample ") };
    let ada = add_person(&office.office, &worker, told).await.unwrap();
    let elsewhere = NewPerson { source: Source::Professional, ..NewPerson::named(PersonClass::Carer, "Maryam Other") };
    let maryam = add_person(&office.office, &worker, elsewhere).await.unwrap();
    for (file, last_day) in [(ada, date(2026, 3, 2)), (maryam, date(2026, 4, 2))] {
        let opened = open_file(&office.office, &worker, file, &Why::support()).await.unwrap().file;
        let notice = opened.of_kind(Kind::Notice).next().unwrap();
        assert_eq!(notice.header.state, State::Open);
        let late_from = operation::london(notice.header.due.unwrap()).date();
        assert_eq!(late_from, last_day.tomorrow().unwrap(), "the notice is due by the wrong day");
    }
    assert_eq!(names(&office, &worker, "ada 6/5/2014").await, ["Ada Sample"]);
}

#[tokio::test]
async fn the_notice_is_due_when_the_policys_own_words_say_so() {
    let mut texts = testkit::policy_texts("kids-on-track");
    texts.truncate(1);
    let was = "[within one month](tell:notice/elsewhere)";
    assert!(texts[0].1.contains(was), "the policy has other words now");
    texts[0].1 = texts[0].1.replace(was, "[within 10 days](tell:notice/elsewhere)");
    let office = TestOffice::with_policy(texts).await;
    let worker = office.family_worker().await;
    let new = NewPerson { source: Source::Carer, ..NewPerson::named(PersonClass::Child, "Ada Sample") };
    let ada = add_person(&office.office, &worker, new).await.unwrap();
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    let due = opened.of_kind(Kind::Notice).next().unwrap().header.due.unwrap();
    assert_eq!(operation::london(due).date(), date(2026, 3, 13), "2 March, ten days, and late from the day after");
}

#[tokio::test]
async fn somebody_alike_stops_the_adding_until_somebody_has_looked() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    office.child("Jonathan Sample", date(2014, 5, 6)).await;
    office.person(PersonClass::Child, "Hidden Person", Some(date(2015, 1, 1)), vec![ELSEWHERE]).await;
    let new = NewPerson::named(PersonClass::Child, "Jonathon Sample");
    let stopped = add_person(&office.office, &worker, new.clone()).await;
    assert!(matches!(stopped, Err(AddPersonError::Alike(hits)) if hits.len() == 1));
    let sure = NewPerson { someone_else: true, ..new };
    assert!(add_person(&office.office, &worker, sure).await.is_ok());
    // A file that is not open to the worker is not named to them.
    let hidden = NewPerson::named(PersonClass::Child, "Hidden Person");
    assert!(add_person(&office.office, &worker, hidden).await.is_ok());
}

#[tokio::test]
async fn wrong_answers_are_all_named_and_nothing_is_saved() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let people = office.office.book().people();
    let new = NewPerson { born: "31/2/2014".to_owned(), ..NewPerson::named(PersonClass::Child, "123") };
    let Err(AddPersonError::Wrong(errors)) = add_person(&office.office, &worker, new).await else { panic!("saved") };
    assert_eq!(errors.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["name", "born"]);
    assert_eq!(office.office.book().people(), people);
    let volunteer = office.volunteer().await;
    let refused = add_person(&office.office, &volunteer, NewPerson::named(PersonClass::Child, "Ada")).await;
    assert!(matches!(refused, Err(AddPersonError::Stopped(Stopped::NotFound))));
}

#[tokio::test]
async fn a_new_name_keeps_the_old_one_findable_and_a_second_change_of_the_same_page_is_a_conflict() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Before", date(2014, 5, 6)).await;
    let changed = |name: &str| ChangedIdentity {
        version: 1,
        name: name.to_owned(),
        preferred: "Addie".to_owned(),
        former: String::new(),
        born: "6 May 2014".to_owned(),
        pronouns: String::new(),
        language: String::new(),
    };
    change_identity(&office.office, &worker, ada, &Why::support(), changed("Ada After")).await.unwrap();
    for query in ["after", "before", "addie"] {
        assert_eq!(names(&office, &worker, query).await, ["Ada After"], "{query}");
    }
    let again = change_identity(&office.office, &worker, ada, &Why::support(), changed("Ada Lost")).await;
    assert!(matches!(again, Err(ChangeIdentityError::Stopped(Stopped::Conflict))));
    let earlier = office.office.book().earlier_versions(ada).await.unwrap();
    assert!(
        matches!(&earlier[0].record.content, Content::Identity(Identity { name, .. }) if name.for_page() == "Ada Before")
    );
}

fn address(street: &str, postcode: &str) -> NewContact {
    NewContact {
        channel: Channel::Post,
        value: street.to_owned(),
        postcode: postcode.to_owned(),
        safe: Safe::Yes,
        mind: String::new(),
        preferred: false,
        source: Source::Person,
    }
}

#[tokio::test]
async fn the_current_postcode_finds_the_person_and_the_old_one_does_not() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let why = Why::support();
    let old = add_contact(&office.office, &worker, ada, &why, address("1 Example Street", "zz1 1zz")).await.unwrap();
    add_contact(&office.office, &worker, ada, &why, address("2 Example Street", "zz2 2zz")).await.unwrap();
    assert_eq!(names(&office, &worker, "zz2 2zz").await, ["Ada Sample"]);
    assert!(names(&office, &worker, "zz1 1zz").await.is_empty());
    supersede_contact(&office.office, &worker, ada, &why, (old, 1)).await.unwrap();
    let again = supersede_contact(&office.office, &worker, ada, &why, (old, 2)).await;
    assert!(matches!(again, Err(ContactError::Stopped(Stopped::NotFound))), "superseded twice");
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(opened.record(old).unwrap().header.state, State::Superseded, "the old address must stay as history");
}

#[tokio::test]
async fn one_way_is_liked_best_and_never_one_that_is_not_safe() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let why = Why::support();
    let best = |street: &str| NewContact { preferred: true, ..address(street, "") };
    add_contact(&office.office, &worker, ada, &why, best("1 Example Street")).await.unwrap();
    add_contact(&office.office, &worker, ada, &why, best("2 Example Street")).await.unwrap();
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    let liked =
        opened.of_kind(Kind::Contact).filter(|o| matches!(&o.record.content, Content::Contact(c) if c.preferred));
    assert_eq!(liked.count(), 1);
    let unsafe_best = NewContact { safe: Safe::No, ..best("3 Example Street") };
    let refused = add_contact(&office.office, &worker, ada, &why, unsafe_best).await;
    assert!(matches!(refused, Err(ContactError::Wrong(errors)) if errors[0].0 == "preferred"));
}

fn mother(other: FileId) -> NewRelationship {
    NewRelationship {
        other,
        relation: Relation::Mother,
        this_is: None,
        parental_responsibility: ParentalResponsibility::Yes,
        remarks: "birth certificate, seen and handed back".to_owned(),
        same_household: true,
        source: Source::Carer,
    }
}

async fn relation_in(office: &TestOffice, file: FileId) -> Vec<(FileId, Relation, ParentalResponsibility)> {
    let opened = office.office.book().file_in_passing(file).await.unwrap();
    let current = opened.of_kind(Kind::Relationship).filter(|opened| opened.header.state != State::Superseded);
    current
        .filter_map(|opened| match &opened.record.content {
            Content::Relationship(r) => Some((r.other, r.relation, r.parental_responsibility)),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_link_stands_in_both_files_and_opens_the_carers_file_to_the_childs_service() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let maryam = office.person(PersonClass::Carer, "Maryam Sample", None, Vec::new()).await;
    let why = Why::support();
    let link = add_relationship(&office.office, &worker, ada, &why, mother(maryam)).await.unwrap();
    assert_eq!(relation_in(&office, ada).await, [(maryam, Relation::Mother, ParentalResponsibility::Yes)]);
    assert_eq!(relation_in(&office, maryam).await, [(ada, Relation::Child, ParentalResponsibility::No)]);
    assert_eq!(office.office.book().card(maryam).unwrap().services, [office.service]);
    let again = add_relationship(&office.office, &worker, maryam, &why, mother(ada)).await;
    assert!(matches!(again, Err(RelationshipError::Wrong(_) | RelationshipError::Already)));
    end_relationship(&office.office, &worker, ada, &why, (link, 1)).await.unwrap();
    assert!(relation_in(&office, ada).await.is_empty() && relation_in(&office, maryam).await.is_empty());
}

#[tokio::test]
async fn from_the_carers_side_the_child_is_asked_what_the_carer_is_to_them() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let sam = office.person(PersonClass::Carer, "Sam Sample", None, Vec::new()).await;
    let child = NewRelationship { relation: Relation::Child, ..mother(ada) };
    let refused = add_relationship(&office.office, &worker, sam, &Why::support(), child.clone()).await;
    assert!(matches!(refused, Err(RelationshipError::Wrong(errors)) if errors[0].0 == "this-is"));
    let told = NewRelationship { this_is: Some(Relation::FosterCarer), ..child };
    add_relationship(&office.office, &worker, sam, &Why::support(), told).await.unwrap();
    assert_eq!(relation_in(&office, ada).await, [(sam, Relation::FosterCarer, ParentalResponsibility::Yes)]);
    assert_eq!(relation_in(&office, sam).await, [(ada, Relation::Child, ParentalResponsibility::No)]);
}

#[tokio::test]
async fn nobody_is_linked_to_a_file_that_is_not_open_to_the_writer() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let far = office.person(PersonClass::Carer, "Far Away", None, vec![ELSEWHERE]).await;
    let refused = add_relationship(&office.office, &worker, ada, &Why::support(), mother(far)).await;
    assert!(matches!(refused, Err(RelationshipError::Stopped(Stopped::NotFound))));
    assert!(relation_in(&office, ada).await.is_empty());
}

#[tokio::test]
async fn a_warning_marks_the_card_until_the_last_one_is_lifted() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let new = |text: &str| NewWarning {
        warning: WarningKind::Safety,
        text: text.to_owned(),
        about: None,
        review: String::new(),
    };
    let why = Why::support();
    let first = add_warning(&office.office, &worker, ada, &why, new("mind the dog")).await.unwrap();
    let second = add_warning(&office.office, &worker, ada, &why, new("ring first")).await.unwrap();
    let warned = || office.office.book().card(ada).unwrap().warned;
    let because = Why::with_reason(Purpose::Support, "the dog has moved");
    assert!(lift_warning(&office.office, &worker, ada, &why, (first, 1)).await.is_err(), "lifted without a reason");
    lift_warning(&office.office, &worker, ada, &because, (first, 1)).await.unwrap();
    assert!(warned(), "the mark goes with the first of two");
    lift_warning(&office.office, &worker, ada, &because, (second, 1)).await.unwrap();
    assert!(!warned());
}

pub async fn old_note(office: &TestOffice, file: FileId) {
    let happened = office.office.now() - SignedDuration::from_hours(24 * 31);
    let note = Note {
        happened,
        title: "Long ago".into(),
        text: "An old story.".into(),
        own_words: None,
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    };
    office.clock.advance(SignedDuration::from_hours(-24 * 31));
    office.add(file, Content::Note(note)).await;
    office.clock.advance(SignedDuration::from_hours(24 * 31));
}

#[tokio::test]
async fn what_is_older_than_thirty_days_opens_only_with_a_reason_and_a_fresh_sign_in() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    old_note(&office, ada).await;
    let opened = open_file(&office.office, &worker, ada, &Why::support()).await.unwrap();
    assert_eq!((opened.older, opened.file.of_kind(Kind::Note).count()), (1, 0));
    let stale = SignedIn { stepped_up: false, ..worker.clone() };
    let reasoned = Why::with_reason(Purpose::Support, "planning the review");
    assert!(matches!(open_history(&office.office, &stale, ada, &reasoned).await, Err(Stopped::NeedsStepUp)));
    assert!(matches!(open_history(&office.office, &worker, ada, &Why::support()).await, Err(Stopped::NeedsReason)));
    let whole = open_history(&office.office, &worker, ada, &reasoned).await.unwrap();
    assert_eq!(whole.file.of_kind(Kind::Note).count(), 1);
}

#[tokio::test]
async fn every_view_is_told_by_role_and_purpose_and_never_by_name() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    for _ in 0..3 {
        open_file(&office.office, &worker, ada, &Why::support()).await.unwrap();
    }
    let manager = office.service_manager().await;
    let told = who_looked(&office.office, &manager, ada, &Why::support()).await.unwrap();
    let look = told.months[0].people.iter().find(|look| look.what == Act::FileSeen.words()).unwrap();
    assert_eq!((look.by.as_str(), look.times), ("family worker, Short breaks", 3));
    assert!(!format!("{:?}", told.months).contains("Wendy"));
    assert!(matches!(who_looked(&office.office, &worker, ada, &Why::support()).await, Err(Stopped::NotFound)));
}

#[tokio::test]
async fn who_can_see_a_file_lists_its_staff_and_a_named_grant_and_nobody_else() {
    let office = TestOffice::new().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let bob = office.child("Bob Sample", date(2014, 5, 6)).await;
    office.family_worker().await;
    let until = date(2026, 6, 1);
    let mut senior = office.staff("Sue Senior", &[records::StaffRole::SeniorManager]).await;
    let grant = Grant { file: Some(ada), service: None, until, reason: "complaint".into(), by: None };
    senior.account.grants = vec![grant];
    let file = office.person(PersonClass::Staff, "Sonia Senior", None, Vec::new()).await;
    office.with_account(file, "Sonia Senior", senior.account.clone()).await;
    let lead = office.data_protection_lead().await;
    let of = async |file| {
        let told = who_looked(&office.office, &lead, file, &lead_why()).await.unwrap();
        told.can.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(of(ada).await, ["Dee Lead", "Sonia Senior", "Wendy Worker"]);
    assert_eq!(of(bob).await, ["Dee Lead", "Wendy Worker"]);
}
