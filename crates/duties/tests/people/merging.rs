//! Two files of one person: read, found, printed and answered as one, and taken apart to the last byte.

use duties::keeping::{
    CloseError, DisposeError, NewClosure, NewHold, Obstacle, agree_disposal, carry_out, close_file, due_disposals,
    lift_hold, place_hold, put_forward, reopen_file,
};
use duties::people::{
    CannotMerge, Extent, Filter, MergeError, Narrow, NewContact, NewRelationship, NewWarning, Printing, Shut, Why,
    add_contact, add_relationship, add_warning, find_people, list_people, merge_files, open_file, print_file,
    undo_merge, who_looked,
};
use duties::requests::{NewOriginal, NewRequest, Subject, collect, record_request, view_case};
use duties::services::end_enrolment;
use duties::{SignedIn, Stopped};
use jiff::civil::date;
use records::keeping::HoldReason;
use records::people::{Channel, ParentalResponsibility, Relation, Safe, WarningKind};
use records::requests::{Details, Intake};
use records::staff::{Account, AccountState, Assignment, StaffRole};
use records::work::Note;
use records::{Content, FileId, Kind, PersonClass, Personal, Purpose, Source};
use testkit::TestOffice;

use crate::persons::{ELSEWHERE, names};

const BECAUSE: &str = "Same birthday, and her mother said so";

fn reason(words: &str) -> Why {
    Why::with_reason(Purpose::Support, words)
}

fn note(office: &TestOffice, text: &str) -> Content {
    Content::Note(Note {
        happened: office.office.now(),
        title: "Visit".into(),
        text: text.into(),
        own_words: None,
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    })
}

async fn two_of_ada(office: &TestOffice) -> (FileId, FileId) {
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let again = office.child("Adaeze Sampel", date(2014, 5, 6)).await;
    office.add(ada, note(office, "Drew a lighthouse")).await;
    office.add(again, note(office, "Drew a harbour")).await;
    (ada, again)
}

async fn merged(office: &TestOffice, who: &SignedIn) -> (FileId, FileId) {
    let (ada, again) = two_of_ada(office).await;
    merge_files(&office.office, who, ada, again, &Why::support(), BECAUSE).await.unwrap();
    (ada, again)
}

async fn notes_of(office: &TestOffice, who: &SignedIn, file: FileId) -> Vec<String> {
    let opened = open_file(&office.office, who, file, &Why::support()).await.unwrap();
    let mut notes: Vec<String> = opened
        .file
        .records
        .iter()
        .filter_map(|opened| match &opened.record.content {
            Content::Note(note) => Some(note.text.for_page().clone()),
            _ => None,
        })
        .collect();
    notes.sort();
    notes
}

#[tokio::test]
async fn merged_files_are_read_as_one_and_the_leading_name_counts() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let (ada, again) = merged(&office, &worker).await;
    assert_eq!(notes_of(&office, &worker, ada).await, ["Drew a harbour", "Drew a lighthouse"]);
    assert_eq!(notes_of(&office, &worker, again).await.len(), 2, "and from the other side");
    let opened = open_file(&office.office, &worker, ada, &Why::support()).await.unwrap();
    assert_eq!(opened.shut, Shut::default());
    let identity = opened.file.of_kind(Kind::Identity).last().unwrap();
    assert_eq!(identity.header.file, ada, "the leading file's identity is the last");
    assert_eq!(office.office.files_of(again), [ada, again]);
    let looked = who_looked(
        &office.office,
        &office.data_protection_lead().await,
        ada,
        &Why::with_reason(Purpose::Quality, "yearly check"),
    )
    .await
    .unwrap();
    let merges: usize =
        looked.months.iter().flat_map(|m| &m.people).filter(|l| l.what.contains("merged")).map(|l| l.times).sum();
    assert_eq!(merges, 2, "the trace of each file tells of it");
}

#[tokio::test]
async fn either_name_finds_the_person_once_and_the_list_has_them_once() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let (ada, _) = merged(&office, &worker).await;
    for query in ["Ada Sample", "adaeze", "sampel", "6/5/2014"] {
        let found = find_people(&office.office, &worker, query, &Filter::default()).await.unwrap();
        assert_eq!(found.iter().map(|hit| hit.file).collect::<Vec<_>>(), [ada], "{query}");
    }
    let (listed, total) = list_people(&office.office, &worker, &Filter::default(), 1, 50).await.unwrap();
    let adas = listed.iter().filter(|hit| hit.card.name.for_page().starts_with("Ada")).count();
    assert_eq!((adas, listed.len()), (1, total));
}

#[tokio::test]
async fn whoever_could_not_open_the_other_file_still_cannot_but_is_told_that_a_warning_stands() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let there = office.person(PersonClass::Child, "Ada Sampel", Some(date(2014, 5, 6)), vec![ELSEWHERE]).await;
    office.add(there, note(&office, "Only for the other service")).await;
    let warning = NewWarning {
        warning: WarningKind::DoNotContact,
        text: "Never ring the landline".to_owned(),
        about: None,
        review: String::new(),
    };
    let refused = merge_files(&office.office, &worker, ada, there, &Why::support(), BECAUSE).await;
    assert!(matches!(refused, Err(MergeError::Stopped(Stopped::NotFound))), "only whoever may change both may merge");
    let both = Account {
        totp: Some(Personal::new(vec![7; 20])),
        state: AccountState::Active,
        roles: vec![StaffRole::FamilyWorker],
        assignments: [office.service, ELSEWHERE]
            .map(|service| Assignment { service, from: date(2020, 1, 1), until: None })
            .to_vec(),
        ..Account::new("both@lantern.example.org".to_owned())
    };
    let file = office.person(PersonClass::Staff, "Bo Both", None, Vec::new()).await;
    let elsewhere = office.with_account(file, "Bo Both", both).await;
    add_warning(&office.office, &elsewhere, there, &reason("safety"), warning).await.unwrap();
    merge_files(&office.office, &elsewhere, ada, there, &reason("one child"), BECAUSE).await.unwrap();
    let opened = open_file(&office.office, &worker, ada, &Why::support()).await.unwrap();
    assert_eq!(opened.shut, Shut { files: 1, warned: true });
    assert!(opened.file.records.iter().all(|opened| opened.header.file == ada));
    assert!(office.office.is_warned(ada));
    let whole = Printing { extent: Extent::Whole, narrow: Narrow::default(), history: false };
    let paper = print_file(&office.office, &worker, ada, &Why::support(), &whole).await.unwrap();
    assert!(!format!("{paper:?}").contains("Only for the other service"));
    assert_eq!(names(&office, &worker, "sampel").await, ["Ada Sample"]);
}

#[tokio::test]
async fn a_merge_that_was_a_mistake_leaves_both_files_as_they_were() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let (ada, again) = two_of_ada(&office).await;
    let before = (office.office.book().card(ada), office.office.book().card(again));
    merge_files(&office.office, &worker, ada, again, &Why::support(), BECAUSE).await.unwrap();
    let refused = undo_merge(&office.office, &worker, ada, again, &Why::support()).await;
    assert!(matches!(refused, Err(MergeError::Wrong(errors)) if errors[0].0 == "reason"));
    undo_merge(&office.office, &worker, ada, again, &reason("They are cousins")).await.unwrap();
    assert_eq!((office.office.book().card(ada), office.office.book().card(again)), before);
    assert_eq!(notes_of(&office, &worker, ada).await, ["Drew a lighthouse"]);
    assert_eq!(notes_of(&office, &worker, again).await, ["Drew a harbour"]);
    let twice = undo_merge(&office.office, &worker, ada, again, &reason("again")).await;
    assert!(matches!(twice, Err(MergeError::Cannot(CannotMerge::Apart))));
    merge_files(&office.office, &worker, again, ada, &Why::support(), BECAUSE).await.unwrap();
    assert_eq!(office.office.leading(ada), again, "the other way round afterwards");
}

#[tokio::test]
async fn what_must_stay_apart_is_not_merged_and_the_refusal_says_why() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let (ada, again) = merged(&office, &worker).await;
    let third = office.child("Ada Third", date(2014, 5, 6)).await;
    let carer = office.person(PersonClass::Carer, "Ada Sample", None, vec![office.service]).await;
    let sister = office.child("Bea Sample", date(2012, 5, 6)).await;
    let related = NewRelationship {
        other: sister,
        relation: Relation::Sibling,
        this_is: None,
        parental_responsibility: ParentalResponsibility::No,
        remarks: String::new(),
        same_household: true,
        source: Source::Carer,
    };
    add_relationship(&office.office, &worker, ada, &Why::support(), related).await.unwrap();
    let requested = office.child("Ada Asks", date(2014, 5, 6)).await;
    let lead = office.data_protection_lead().await;
    record_request(&office.office, &lead, Subject::Known(requested), by_letter(&office)).await.unwrap();
    let cases = [
        (ada, ada, CannotMerge::SameFile),
        (third, again, CannotMerge::Merged),
        (again, third, CannotMerge::Merged),
        (third, ada, CannotMerge::Merged),
        (ada, carer, CannotMerge::OtherClass),
        (ada, sister, CannotMerge::Related),
        (ada, requested, CannotMerge::Request),
    ];
    for (leading, other, expected) in cases {
        let refused = merge_files(&office.office, &worker, leading, other, &Why::support(), BECAUSE).await;
        assert!(matches!(refused, Err(MergeError::Cannot(why)) if why == expected), "{expected:?}: {refused:?}");
    }
    let unsaid = merge_files(&office.office, &worker, ada, third, &Why::support(), " ").await;
    assert!(matches!(unsaid, Err(MergeError::Wrong(errors)) if errors[0].0 == "because"));
    merge_files(&office.office, &worker, ada, third, &Why::support(), BECAUSE).await.unwrap();
    assert_eq!(office.office.files_of(third), [ada, again, third], "a third file of the same person");
}

fn by_letter(office: &TestOffice) -> NewRequest {
    NewRequest {
        intake: Intake::Letter,
        received: office.office.today(),
        original: NewOriginal { lies_at: "Cabinet 2".to_owned(), ..NewOriginal::default() },
        requester: None,
        details: Details::default(),
        arrival: None,
    }
}

#[tokio::test]
async fn an_answer_gathers_every_file_of_the_person() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let (ada, again) = merged(&office, &worker).await;
    let lead = office.data_protection_lead().await;
    let recorded = record_request(&office.office, &lead, Subject::Known(again), by_letter(&office)).await.unwrap();
    assert_eq!(recorded.file, ada, "the request lies in the file that leads");
    let collected = collect(&office.office, &lead, &recorded.reference).await.unwrap();
    assert_eq!(collected.linked, 0, "none of it is in other people's files");
    let view = view_case(&office.office, &lead, &recorded.reference).await.unwrap();
    for file in [ada, again] {
        let items = view.case.request.items.iter().filter(|item| item.file == file).count();
        assert!(items >= 3, "identity, note and the merge itself: {items}");
    }
}

fn post(street: &str, safe: Safe) -> NewContact {
    NewContact {
        channel: Channel::Post,
        value: street.to_owned(),
        postcode: "ZZ1 1ZZ".to_owned(),
        safe,
        mind: String::new(),
        preferred: false,
        source: Source::Person,
    }
}

#[tokio::test]
async fn no_letter_goes_to_a_place_that_the_other_file_calls_unsafe() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let (ada, again) = two_of_ada(&office).await;
    let why = Why::support();
    add_contact(&office.office, &worker, ada, &why, post("1 Old Quay", Safe::Yes)).await.unwrap();
    add_contact(&office.office, &worker, again, &why, post("1, Old Quay", Safe::No)).await.unwrap();
    add_contact(
        &office.office,
        &worker,
        again,
        &why,
        NewContact { postcode: "ZZ2 2ZZ".to_owned(), ..post("2 New Quay", Safe::Yes) },
    )
    .await
    .unwrap();
    let lead = office.data_protection_lead().await;
    let recorded = record_request(&office.office, &lead, Subject::Known(ada), by_letter(&office)).await.unwrap();
    let to = |view: duties::requests::CaseView| view.addressee.place.join(" ");
    let view = view_case(&office.office, &lead, &recorded.reference).await.unwrap();
    assert!(to(view).contains("Old Quay"), "before the merge nobody knew better");
    duties::requests::close_request(
        &office.office,
        &lead,
        &recorded.reference,
        duties::requests::CloseRequest::Withdrawn("Rang: no longer wanted".to_owned()),
    )
    .await
    .unwrap();
    merge_files(&office.office, &worker, ada, again, &why, BECAUSE).await.unwrap();
    let recorded = record_request(&office.office, &lead, Subject::Known(ada), by_letter(&office)).await.unwrap();
    let view = view_case(&office.office, &lead, &recorded.reference).await.unwrap();
    assert_eq!(to(view), "2 New Quay");
}

#[tokio::test]
async fn the_end_of_a_file_is_the_end_of_all_files_of_the_person() {
    let office = TestOffice::under("kids").await;
    let manager = office.service_manager().await;
    let (ada, again) = merged(&office, &manager).await;
    let closing = || NewClosure { left: "2/3/2026".to_owned(), words: String::new() };
    let early = close_file(&office.office, &manager, again, &Why::support(), closing()).await;
    assert!(matches!(early, Err(CloseError::Enrolled)), "the services of both files count");
    for file in [ada, again] {
        let headers = office.office.book().headers_of(file).await.unwrap();
        let enrolment = headers.iter().find(|header| header.kind == Kind::Enrolment).unwrap();
        let at = (file, enrolment.id, enrolment.version);
        end_enrolment(&office.office, &manager, at, &Why::support(), ("2/3/2026", "")).await.unwrap();
    }
    close_file(&office.office, &manager, again, &Why::support(), closing()).await.unwrap();
    for file in [ada, again] {
        assert_eq!(office.office.book().file_state(file).await.unwrap(), book::FileState::Closed);
    }
    office.clock.set_day(date(2032, 3, 3));
    let lead = office.data_protection_lead().await;
    let why = Why::with_reason(Purpose::Quality, "a letter from a solicitor");
    let hold = NewHold {
        because: Some(HoldReason::Claim),
        words: "A claim".to_owned(),
        until: String::new(),
        review: "1/9/2032".to_owned(),
    };
    let held = place_hold(&office.office, &lead, again, &why, hold).await.unwrap();
    assert!(put_forward(&office.office, &lead, ada, ("old", false)).await.is_err(), "what holds one holds both");
    lift_hold(&office.office, &lead, (ada, held, 1), &why, "Settled").await.unwrap();
    put_forward(&office.office, &lead, again, ("Nothing is needed", false)).await.unwrap();
    let trustee = office.trustee().await;
    let from = agree_disposal(&office.office, &trustee, ada).await.unwrap();
    office.clock.set_day(from);
    assert_eq!(carry_out(&office.office).await.unwrap().len(), 1);
    for file in [ada, again] {
        assert!(office.office.book().card(file).is_none());
        assert!(office.office.book().file_in_passing(file).await.is_err());
    }
}

#[tokio::test]
async fn a_file_that_was_closed_long_ago_never_ends_the_one_that_it_was_merged_into() {
    let office = TestOffice::under("kids").await;
    let manager = office.service_manager().await;
    let (ada, again) = two_of_ada(&office).await;
    let ended = async |file, day: &str| {
        let headers = office.office.book().headers_of(file).await.unwrap();
        let enrolment = headers.iter().find(|header| header.kind == Kind::Enrolment).unwrap();
        let at = (file, enrolment.id, enrolment.version);
        end_enrolment(&office.office, &manager, at, &Why::support(), (day, "")).await.unwrap();
    };
    let closed = async |file, day: &str| {
        let new = NewClosure { left: day.to_owned(), words: String::new() };
        close_file(&office.office, &manager, file, &Why::support(), new).await.unwrap()
    };
    // She left, and came back under another name; in 2030 somebody sees that the two are one.
    ended(again, "2/3/2026").await;
    assert_eq!(closed(again, "2/3/2026").await, date(2032, 3, 2));
    office.clock.set_day(date(2030, 5, 2));
    merge_files(&office.office, &manager, ada, again, &Why::support(), BECAUSE).await.unwrap();
    office.clock.set_day(date(2033, 5, 2));
    let lead = office.data_protection_lead().await;
    let first = put_forward(&office.office, &lead, ada, ("old", false)).await;
    assert!(matches!(&first, Err(DisposeError::Kept(why)) if why.contains(&Obstacle::NotClosed)), "{first:?}");
    ended(ada, "2/5/2033").await;
    assert_eq!(closed(ada, "2/5/2033").await, date(2039, 5, 2));
    let second = put_forward(&office.office, &lead, again, ("old", false)).await;
    assert!(
        matches!(&second, Err(DisposeError::Kept(why)) if *why == [Obstacle::NotYet(date(2039, 5, 2))]),
        "{second:?}"
    );
    assert!(due_disposals(&office.office, &lead).await.unwrap().is_empty());
    office.clock.set_day(date(2039, 5, 3));
    assert_eq!(due_disposals(&office.office, &lead).await.unwrap().len(), 1, "one person, once");
    // Opened again, neither closing counts any more.
    reopen_file(&office.office, &manager, again, &Why::support()).await.unwrap();
    assert!(due_disposals(&office.office, &lead).await.unwrap().is_empty());
    assert!(office.office.book().work_of_kind(Kind::Closure).await.unwrap().is_empty());
}
