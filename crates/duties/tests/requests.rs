//! Requests as use cases: the clock's law over any sequence of steps, gathering again, searches, and what is refused.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use duties::requests::{
    self, CaseAt, CloseRequest, CollectError, ExtendError, ExtendRequest, NewDetails, NewOriginal, NewRequest, Proofs,
    RecordRequestError, RefuseError, RefuseRequest, Subject, clock_of, collect, record_request,
};
use duties::{SignedIn, Stopped};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use records::requests::{AccessRequest, Details, ExtensionGround, Intake, RefusalGround, Review, Stage, Verdict};
use records::work::Note;
use records::{Content, FileId, Kind, Record, State};
use testkit::TestOffice;

fn by_letter(received: Date) -> NewRequest {
    NewRequest {
        intake: Intake::Letter,
        received,
        original: NewOriginal { lies_at: "Cabinet 2".to_owned(), ..NewOriginal::default() },
        requester: None,
        details: Details::default(),
        arrival: None,
    }
}

async fn recorded(office: &TestOffice, lead: &SignedIn, child: FileId) -> (String, CaseAt) {
    let new = by_letter(office.office.today());
    let recorded = record_request(&office.office, lead, Subject::Known(child), new).await.unwrap();
    (recorded.reference, CaseAt { file: recorded.file, record: recorded.record })
}

async fn stored(office: &TestOffice, at: CaseAt) -> (records::Header, AccessRequest) {
    let opened = office.office.book().record_in_passing(at.file, at.record).await.unwrap();
    match opened.record.content {
        Content::AccessRequest(request) => (opened.header, *request),
        _ => unreachable!(),
    }
}

async fn reviews(office: &TestOffice, at: CaseAt) -> Vec<(records::Header, Review)> {
    let file = office.office.book().file_in_passing(at.file).await.unwrap();
    file.records
        .into_iter()
        .filter_map(|opened| match opened.record.content {
            Content::Review(review) => Some((opened.header, review)),
            _ => None,
        })
        .collect()
}

fn note(office: &TestOffice, text: &str, concerns: Vec<FileId>) -> Content {
    Content::Note(Note {
        happened: office.office.now(),
        title: "Visit".into(),
        text: text.into(),
        own_words: None,
        service: Some(office.service),
        touches: Vec::new(),
        concerns,
    })
}

/// One step that somebody takes, each after some days.
#[derive(Clone, Copy, Debug)]
enum Step {
    Acknowledge,
    AskIdentity,
    ReceiveIdentity,
    Vouch,
    Pause,
    Resume,
    Extend,
    Gather,
}

async fn take(step: Step, office: &TestOffice, who: &SignedIn, reference: &str) -> Result<(), String> {
    let today = office.office.today();
    let office = &office.office;
    let longer = ExtendRequest { ground: ExtensionGround::Complex, reasons: "Held in three places".to_owned() };
    // Whether a step is allowed is for the step to say; here only the law over what is saved counts.
    match step {
        Step::Acknowledge => requests::acknowledge(office, who, reference).await.map(|_| ()).map_err(|e| e.to_string()),
        Step::AskIdentity => {
            requests::ask_identity(office, who, reference).await.map(|_| ()).map_err(|e| e.to_string())
        }
        Step::ReceiveIdentity => {
            let proofs = Proofs { on: today, seen: "Passport\nBill".to_owned(), fewer_because: String::new() };
            requests::receive_identity(office, who, reference, &proofs).await.map_err(|e| e.to_string())
        }
        Step::Vouch => requests::vouch(office, who, reference, "Mo knows her").await.map_err(|e| e.to_string()),
        Step::Pause => {
            requests::pause(office, who, reference, "Which years?").await.map(|_| ()).map_err(|e| e.to_string())
        }
        Step::Resume => requests::resume(office, who, reference, (today, "All")).await.map_err(|e| e.to_string()),
        Step::Extend => requests::extend(office, who, reference, &longer).await.map(|_| ()).map_err(|e| e.to_string()),
        Step::Gather => collect(office, who, reference).await.map(|_| ()).map_err(|e| e.to_string()),
    }
}

/// The law counted the slow way: months by hand, each day of waiting once, then on to a working day.
fn latest_day_by_law(request: &AccessRequest, today: Date) -> Date {
    const HOLIDAYS: [(i8, i8); 8] = [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)];
    let identity = request.identity.as_ref().map(|asked| asked.received.unwrap_or(today));
    let start = identity.map_or(request.received, |on| on.max(request.received));
    let mut waiting = BTreeSet::new();
    for pause in &request.pauses {
        let mut day = pause.asked;
        while day <= pause.answered.unwrap_or(today) {
            waiting.insert(day);
            day = day.tomorrow().unwrap();
        }
    }
    let months = if request.extension.is_some() { 3 } else { 1 };
    let mut due = start.saturating_add(months.months());
    for _ in &waiting {
        due = due.tomorrow().unwrap();
    }
    let closed = |day: Date| {
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            || (day.year() == 2026 && HOLIDAYS.contains(&(day.month(), day.day())))
    };
    while closed(due) {
        due = due.tomorrow().unwrap();
    }
    due
}

fn step() -> impl Strategy<Value = (i64, Step)> {
    let step = prop_oneof![
        Just(Step::Acknowledge),
        Just(Step::AskIdentity),
        Just(Step::ReceiveIdentity),
        Just(Step::Vouch),
        Just(Step::Pause),
        Just(Step::Resume),
        Just(Step::Extend),
        Just(Step::Gather),
    ];
    (0_i64..9, step)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_steps_makes_a_request_due_later_than_the_law(steps in proptest::collection::vec(step(), 1..10)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let office = TestOffice::new().await;
            let lead = office.data_protection_lead().await;
            let child = office.child("Ada Sample", date(2010, 5, 6)).await;
            let (reference, at) = recorded(&office, &lead, child).await;
            let mut day = office.office.today();
            for (days, step) in steps {
                day = day.saturating_add(days.days());
                office.clock.set_day(day);
                let before = stored(&office, at).await.1;
                let notice_by = requests::notice_by(&office.office.house().await.unwrap(), &before, day).unwrap();
                let done = take(step, &office, &lead, &reference).await;
                let (header, request) = stored(&office, at).await;
                let house = office.office.house().await.unwrap();
                let limit = clock_of(&house, &request, day).unwrap();
                let latest = latest_day_by_law(&request, day);
                assert!(limit.due <= latest, "{step:?} on {day}: {} is after {latest}", limit.due);
                if matches!(step, Step::Extend) && day > notice_by {
                    assert!(done.is_err(), "extended on {day}, after {notice_by}");
                }
                if done.is_ok() {
                    // What lists and the board go by is what the sum says.
                    match header.due {
                        Some(due) => assert_eq!(records::operation::london_day(due), limit.due),
                        None => assert!(limit.stopped.is_some() && header.state == State::Waiting),
                    }
                }
            }
        });
    }
}

#[tokio::test]
async fn gathering_again_keeps_what_was_decided_and_asks_afresh_about_what_changed() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let stays = office.add(child, note(&office, "A good visit", Vec::new())).await;
    let changes = office.add(child, note(&office, "Another visit", Vec::new())).await;
    let (reference, at) = recorded(&office, &lead, child).await;
    let first = collect(&office.office, &lead, &reference).await.unwrap();
    let again = collect(&office.office, &lead, &reference).await.unwrap();
    assert_eq!((again.items, again.new), (first.items, 0));
    assert_eq!(reviews(&office, at).await.len(), first.items);

    decide(&office, at, &[stays, changes]).await;
    change_note(&office, child, changes).await;
    let third = collect(&office.office, &lead, &reference).await.unwrap();
    // The new version, and the earlier one, which is held too and was read before.
    assert_eq!((third.new, third.earlier), (1, 1));
    let reviews = reviews(&office, at).await;
    let of = |record, version| {
        let found = reviews.iter().find(|(_, review)| review.item.record == record && review.item.version == version);
        found.unwrap().1.verdict
    };
    assert_eq!(of(stays, 1), Verdict::Give);
    assert_eq!(of(changes, 1), Verdict::Give);
    assert_eq!(of(changes, 2), Verdict::Unread);
    let (_, request) = stored(&office, at).await;
    let counted = reviews.iter().filter(|(header, _)| header.state != State::Superseded).count();
    assert_eq!(counted, request.items.len());
    let mut positions: Vec<_> = reviews.iter().map(|(_, review)| review.position).collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..).take(positions.len()).collect::<Vec<u32>>());
}

async fn decide(office: &TestOffice, at: CaseAt, on: &[records::RecordId]) {
    let operation = records::Operation::for_the_book(records::Actor::Operator, "test", office.office.now());
    let mut work = office.office.book().begin(&operation).await.unwrap();
    for (header, review) in reviews(office, at).await {
        if on.contains(&review.item.record) {
            let opened = office.office.book().record_in_passing(at.file, header.id).await.unwrap();
            let given = Content::Review(Review { verdict: Verdict::Give, ..review });
            let record = Record::new(opened.record.provenance, given);
            work.change(book::Act::ItemReviewed, &header, &record, book::Filing::in_state(State::Done)).await.unwrap();
        }
    }
    work.commit().await.unwrap();
}

async fn change_note(office: &TestOffice, file: FileId, id: records::RecordId) {
    let opened = office.office.book().record_in_passing(file, id).await.unwrap();
    let operation = records::Operation::for_the_book(records::Actor::Operator, "test", office.office.now());
    let record = Record::new(opened.record.provenance, note(office, "Another visit, at school", Vec::new()));
    let mut work = office.office.book().begin(&operation).await.unwrap();
    work.change(book::Act::RecordChanged, &opened.header, &record, book::Filing::default()).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn nothing_is_gathered_while_the_second_person_has_it_or_once_it_is_over() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    for (stage, with_second) in [(Stage::SecondCheck, true), (Stage::Approved, true), (Stage::Closed, false)] {
        let (reference, at) = recorded(&office, &lead, child).await;
        set_stage(&office, at, stage).await;
        let error = collect(&office.office, &lead, &reference).await.unwrap_err();
        assert_eq!(matches!(error, CollectError::WithSecondPerson), with_second, "{error:?}");
    }
}

async fn set_stage(office: &TestOffice, at: CaseAt, stage: Stage) {
    let (header, request) = stored(office, at).await;
    let opened = office.office.book().record_in_passing(at.file, at.record).await.unwrap();
    let moved = Content::AccessRequest(Box::new(AccessRequest { stage, ..request }));
    let operation = records::Operation::for_the_book(records::Actor::Operator, "test", office.office.now());
    let mut work = office.office.book().begin(&operation).await.unwrap();
    let record = Record::new(opened.record.provenance, moved);
    work.change(book::Act::RecordChanged, &header, &record, book::Filing::in_state(State::Open)).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn every_kind_in_a_file_is_given_or_counted_and_none_is_forgotten() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let other = office.child("Ben Sample", date(2012, 1, 2)).await;
    let (mut given, mut counted) = (2, 0); // identity and enrolment are there
    for &kind in Kind::ALL {
        let entry = records::entry(kind);
        if !entry.classes.contains(&records::PersonClass::Child) {
            continue;
        }
        office.add(child, records::sample::content(kind, other, office.service, "mark")).await;
        match entry.in_pack {
            records::catalogue::InPack::Item | records::catalogue::InPack::FrontAndItem => given += 1,
            records::catalogue::InPack::Mentioned => counted += 1,
            records::catalogue::InPack::House => {}
        }
    }
    let (reference, _) = recorded(&office, &lead, child).await;
    let collected = collect(&office.office, &lead, &reference).await.unwrap();
    // The letter that came is given too; the request itself is counted.
    assert_eq!((collected.items, collected.mentioned), (given + 1, counted + 1));
}

#[tokio::test]
async fn each_place_outside_the_book_is_on_the_list_and_its_search_is_noted() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    for (name, closed) in [("Cabinet 2", false), ("The old shed", true)] {
        let place = records::house::Place { name: name.to_owned(), holder: "the office".to_owned(), closed };
        add_place(&office, place).await;
    }
    let (reference, _) = recorded(&office, &lead, child).await;
    let view = requests::view_case(&office.office, &lead, &reference).await.unwrap();
    let places: Vec<_> = view.searches.iter().map(|(_, search)| search.place.as_str()).collect();
    assert_eq!(places, ["This book", "Cabinet 2"]);
    assert!(view.searches.iter().all(|(_, search)| search.terms.for_page() == "Ada Sample" && search.done.is_none()));
    let cabinet = view.searches[1].0.id;
    let noted = |found| requests::record_search(&office.office, &lead, &reference, cabinet, ("Ada, REQ", found));
    assert!(noted(" ").await.is_err());
    noted("One folder, scanned").await.unwrap();
    collect(&office.office, &lead, &reference).await.unwrap();
    let view = requests::view_case(&office.office, &lead, &reference).await.unwrap();
    assert!(view.searches.iter().all(|(header, search)| search.done.is_some() && header.state == State::Done));
    assert_eq!(view.searches[1].1.by, Some(lead.file));
}

async fn add_place(office: &TestOffice, place: records::house::Place) {
    office.add(FileId::HOUSE, Content::Place(place)).await;
    let operation = records::Operation::for_the_book(records::Actor::Operator, "test", office.office.now());
    let mut work = office.office.book().begin(&operation).await.unwrap();
    work.touch_file(FileId::HOUSE).await.unwrap();
    work.act_of_the_house(book::Act::SettingChanged, 1);
    work.commit().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_right_is_named_by_field_and_nothing_is_saved() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let new =
        NewRequest { received: date(2026, 3, 3), original: NewOriginal::default(), ..by_letter(office.office.today()) };
    let error = record_request(&office.office, &lead, Subject::Known(child), new).await.unwrap_err();
    let RecordRequestError::Fields(wrong) = error else { panic!("{error:?}") };
    assert_eq!(wrong.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["received", "original"]);
    assert!(office.office.book().all_of_kind(Kind::AccessRequest).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_request_that_came_earlier_runs_from_the_day_it_came() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let new = by_letter(date(2026, 2, 18));
    let recorded = record_request(&office.office, &lead, Subject::Known(child), new).await.unwrap();
    let at = CaseAt { file: recorded.file, record: recorded.record };
    let (header, request) = stored(&office, at).await;
    assert_eq!(records::operation::london_day(header.due.unwrap()), date(2026, 3, 18));
    assert!(request.events[0].what.for_page().contains("12 days before it was recorded"));
}

#[tokio::test]
async fn refusing_extending_and_closing_need_their_words() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let (reference, at) = recorded(&office, &lead, child).await;
    let office_ = &office.office;
    let unfounded = RefuseRequest { ground: RefusalGround::Unfounded, reasons: String::new(), evidence: String::new() };
    let no_reasons = RefuseRequest { evidence: "x".to_owned(), ..unfounded.clone() };
    assert!(matches!(requests::refuse(office_, &lead, &reference, &no_reasons).await, Err(RefuseError::NoReasons)));
    let no_evidence = RefuseRequest { reasons: "x".to_owned(), ..unfounded.clone() };
    assert!(matches!(requests::refuse(office_, &lead, &reference, &no_evidence).await, Err(RefuseError::NoEvidence)));
    let longer = ExtendRequest { ground: ExtensionGround::Numerous, reasons: " ".to_owned() };
    assert!(matches!(requests::extend(office_, &lead, &reference, &longer).await, Err(ExtendError::NoReasons)));
    assert!(requests::close_request(office_, &lead, &reference, CloseRequest::Answered).await.is_err());
    assert_eq!(stored(&office, at).await.1.stage, Stage::Open);
    let withdrawn = CloseRequest::Withdrawn("She rang and took it back".to_owned());
    requests::close_request(office_, &lead, &reference, withdrawn).await.unwrap();
    let (header, request) = stored(&office, at).await;
    assert_eq!((request.stage, header.state, header.due), (Stage::Closed, State::Done, None));
    let late = requests::add_details(
        office_,
        &lead,
        &reference,
        NewDetails { name: "Jo".to_owned(), ..NewDetails::default() },
    );
    assert!(late.await.is_err());
}

#[tokio::test]
async fn a_reference_that_was_never_given_looks_like_one_that_is_not_for_you() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let worker = office.family_worker().await;
    let child = office.child("Ada Sample", date(2010, 5, 6)).await;
    let (reference, _) = recorded(&office, &lead, child).await;
    for (who, reference) in [(&lead, "REQ-2026-9999"), (&worker, reference.as_str())] {
        let answer = requests::view_case(&office.office, who, reference).await;
        assert!(matches!(answer, Err(Stopped::NotFound)));
    }
}

#[tokio::test]
async fn a_record_that_only_mentions_the_subject_is_found_taken_in_and_gathered() {
    let office = TestOffice::new().await;
    let lead = office.data_protection_lead().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let ben = office.child("Ben Other", date(2015, 1, 1)).await;
    let named = office.add(ben, note(&office, "Ben fell out with Ada Sample.", Vec::new())).await;
    let linked = office.add(ben, note(&office, "Ada Sample came along.", vec![ada])).await;
    let silent = office.add(ben, note(&office, "Ben slept.", Vec::new())).await;
    let (reference, at) = recorded(&office, &lead, ada).await;
    collect(&office.office, &lead, &reference).await.unwrap();
    let gathered = async || stored(&office, at).await.1.items.iter().map(|item| item.record).collect::<BTreeSet<_>>();
    assert!(gathered().await.contains(&linked) && !gathered().await.contains(&named));

    let stale = SignedIn { stepped_up: false, ..lead.clone() };
    let refused = requests::seek_mentions(&office.office, &stale, &reference, 200, |_| {}).await;
    assert!(matches!(refused, Err(requests::SeekMentionsError::Stopped(Stopped::NeedsStepUp))));
    let found = requests::seek_mentions(&office.office, &lead, &reference, 200, |_| {}).await.unwrap();
    let records: Vec<_> = found.files.iter().flat_map(|file| &file.records).map(|record| record.record).collect();
    assert_eq!(records, [named], "what is linked is not asked about again");

    let wrong = requests::take_in(&office.office, &lead, &reference, &[(ben, silent)]).await;
    assert!(matches!(wrong, Err(requests::SeekMentionsError::Stopped(Stopped::NotFound))));
    let none = requests::take_in(&office.office, &lead, &reference, &[]).await;
    assert!(matches!(none, Err(requests::SeekMentionsError::NothingChosen)));
    assert_eq!(requests::take_in(&office.office, &lead, &reference, &[(ben, named)]).await.unwrap(), 1);
    assert_eq!(requests::take_in(&office.office, &lead, &reference, &[(ben, named)]).await.unwrap(), 0);
    collect(&office.office, &lead, &reference).await.unwrap();
    assert!(gathered().await.contains(&named) && gathered().await.contains(&linked));
    let review = reviews(&office, at).await.into_iter().find(|(_, review)| review.item.record == named);
    assert_eq!(review.unwrap().1.verdict, Verdict::Unread);
}
