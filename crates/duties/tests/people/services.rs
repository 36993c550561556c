//! Enrolment, notices, facts that a service needs.

use duties::Stopped;
use duties::notices::{NewNotice, give_notice};
use duties::people::{NewPerson, NewRelationship, Why, add_person, add_relationship};
use duties::services::{
    EnrolError, NeededFactError, NewEnrolment, NewNeededFact, NoticeAnswer, add_needed_fact, end_enrolment, enrol,
    record_outcome,
};
use jiff::civil::date;
use records::catalogue::DataCategory;
use records::people::{ParentalResponsibility, Relation};
use records::work::NoticeForm;
use records::{Content, FileId, Kind, PersonClass, Source, State};
use testkit::TestOffice;

use crate::persons::{ELSEWHERE, names};

fn with(office: &TestOffice, notice: NoticeAnswer) -> NewEnrolment {
    NewEnrolment { service: office.service, reason: "a rest for the family".to_owned(), started: String::new(), notice }
}

async fn states(office: &TestOffice, file: FileId) -> (State, State) {
    let opened = office.office.book().file_in_passing(file).await.unwrap();
    let of = |kind| opened.of_kind(kind).last().unwrap().header.state;
    (of(Kind::Enrolment), of(Kind::Notice))
}

#[tokio::test]
async fn an_enrolment_waits_for_the_notice_and_the_notice_completes_it() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = add_person(&office.office, &worker, NewPerson::named(PersonClass::Child, "Ada Sample")).await.unwrap();
    let why = Why::support();
    enrol(&office.office, &worker, ada, &why, with(&office, NoticeAnswer::NotYet)).await.unwrap();
    assert_eq!(states(&office, ada).await, (State::Waiting, State::Open));
    let notice = NewNotice { form: NoticeForm::EasyRead, given: String::new(), to: None };
    give_notice(&office.office, &worker, ada, &why, notice).await.unwrap();
    assert_eq!(states(&office, ada).await, (State::Kept, State::Done));
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    let Content::Notice(given) = &opened.of_kind(Kind::Notice).next().unwrap().record.content else { panic!() };
    assert_eq!(given.given, Some((office.office.today(), NoticeForm::EasyRead)));
    let house = office.office.house().await.unwrap();
    assert_eq!(given.policy, Some(house.policy_version.0.id), "which text was given is not known");
}

#[tokio::test]
async fn a_notice_given_at_the_enrolment_settles_what_was_owed() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = add_person(&office.office, &worker, NewPerson::named(PersonClass::Child, "Ada Sample")).await.unwrap();
    let given = with(&office, NoticeAnswer::Given(NoticeForm::Full));
    enrol(&office.office, &worker, ada, &Why::support(), given).await.unwrap();
    assert_eq!(states(&office, ada).await, (State::Kept, State::Done));
    assert!(office.office.book().work_of_kind(Kind::Notice).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_had_the_notice_before_whose_file_does_not_say_so() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = add_person(&office.office, &worker, NewPerson::named(PersonClass::Child, "Ada Sample")).await.unwrap();
    let refused = enrol(&office.office, &worker, ada, &Why::support(), with(&office, NoticeAnswer::HadIt)).await;
    assert!(matches!(refused, Err(EnrolError::Wrong(errors)) if errors[0].0 == "notice"));
}

#[tokio::test]
async fn only_families_are_enrolled_once_each_with_a_service_that_runs() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let sid = office.person(PersonClass::Volunteer, "Sid Sample", None, vec![office.service]).await;
    let why = Why::support();
    let refused = enrol(&office.office, &manager, sid, &why, with(&office, NoticeAnswer::NotYet)).await;
    assert!(refused.is_err(), "a volunteer was enrolled");
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let again = enrol(&office.office, &manager, ada, &why, with(&office, NoticeAnswer::NotYet)).await;
    assert!(matches!(again, Err(EnrolError::Already)));
    let unknown = NewEnrolment { service: ELSEWHERE, ..with(&office, NoticeAnswer::NotYet) };
    let refused = enrol(&office.office, &manager, ada, &why, unknown).await;
    assert!(matches!(refused, Err(EnrolError::Wrong(errors)) if errors[0].0 == "service"));
    office.add_service(ELSEWHERE, "Youth club", Vec::new()).await;
    let silent = NewEnrolment { service: ELSEWHERE, reason: " ".to_owned(), ..with(&office, NoticeAnswer::NotYet) };
    let refused = enrol(&office.office, &manager, ada, &why, silent).await;
    assert!(matches!(refused, Err(EnrolError::Wrong(errors)) if errors[0].0 == "reason"));
}

#[tokio::test]
async fn enrolling_a_child_shows_child_and_parent_to_the_staff_of_the_service() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    office.add_service(ELSEWHERE, "Youth club", Vec::new()).await;
    let ada = office.person(PersonClass::Child, "Ada Sample", None, Vec::new()).await;
    let maryam = office.person(PersonClass::Carer, "Maryam Sample", None, Vec::new()).await;
    let link = NewRelationship {
        other: maryam,
        relation: Relation::Mother,
        this_is: None,
        parental_responsibility: ParentalResponsibility::NotKnown,
        remarks: String::new(),
        same_household: true,
        source: Source::Person,
    };
    // Nobody who waits to be enrolled is linked by staff of no service: the two are linked when one of them is enrolled.
    add_relationship(&office.office, &manager, ada, &Why::support(), link).await.unwrap();
    enrol(&office.office, &manager, ada, &Why::support(), with(&office, NoticeAnswer::NotYet)).await.unwrap();
    let worker = office.family_worker().await;
    assert_eq!(names(&office, &worker, "sample").await, ["Ada Sample", "Maryam Sample"]);
}

#[tokio::test]
async fn outcomes_are_added_and_the_end_closes_the_enrolment_but_not_the_file() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let enrolment = office.office.book().file_in_passing(ada).await.unwrap();
    let id = enrolment.of_kind(Kind::Enrolment).next().unwrap().header.id;
    let why = Why::support();
    record_outcome(&office.office, &worker, (ada, id, 1), &why, "Sleeps better.").await.unwrap();
    let stale = record_outcome(&office.office, &worker, (ada, id, 1), &why, "Lost.").await;
    assert!(matches!(stale, Err(EnrolError::Stopped(Stopped::Conflict))));
    let early = end_enrolment(&office.office, &worker, (ada, id, 2), &why, ("1/1/2020", "")).await;
    assert!(matches!(early, Err(EnrolError::Wrong(errors)) if errors[0].0 == "ended"));
    end_enrolment(&office.office, &worker, (ada, id, 2), &why, ("2/3/2026", "Goes on alone.")).await.unwrap();
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    let Content::Enrolment(ended) = &opened.record(id).unwrap().record.content else { panic!() };
    assert_eq!(ended.outcomes.len(), 2);
    assert_eq!(opened.record(id).unwrap().header.state, State::Done);
    assert_eq!(names(&office, &worker, "ada").await, ["Ada Sample"], "K9: staff at the service that was used");
}

#[tokio::test]
async fn a_fact_about_health_or_money_is_kept_only_where_the_service_needs_it() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let fact = |about| NewNeededFact {
        about,
        service: office.service,
        text: "made up".to_owned(),
        needed_for: "safe days out".to_owned(),
        source: Source::Carer,
    };
    let why = Why::support();
    add_needed_fact(&office.office, &worker, ada, &why, fact(DataCategory::Health)).await.unwrap();
    for about in [DataCategory::Money, DataCategory::Religion] {
        let refused = add_needed_fact(&office.office, &worker, ada, &why, fact(about)).await;
        assert!(matches!(refused, Err(NeededFactError::NotNeeded(refused)) if refused == about));
    }
    let opened = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!((opened.of_kind(Kind::Health).count(), opened.of_kind(Kind::Financial).count()), (1, 0));
}
