//! Looking through the file together: K20.

use axum::http::StatusCode;
use book::Act;
use duties::SignedIn;
use duties::requests::pack::{How, build_pack, destinations, release_pack};
use duties::requests::review::{Approval, Decision, approve, cover_everywhere, decide, open_check, send_to_check};
use jiff::civil::date;
use papers::redact::RedactionReason;
use records::people::{Channel, ContactDetail, ParentalResponsibility, Relation, Relationship, Safe};
use records::requests::AccessRequest;
use records::work::Note;
use records::{Actor, Content, FileId, Kind, Operation, PersonClass, sample};
use testkit::TestOffice;

use crate::browser::{Answer, Browser};

const CASE: &str = "/requests/REQ-2026-0001";
const VIEWING: &str = "/requests/REQ-2026-0001/viewing";
const REFERENCE: &str = "REQ-2026-0001";

struct Scene {
    office: TestOffice,
    ada: FileId,
    mother: FileId,
    lead: SignedIn,
    manager: SignedIn,
    trustee: SignedIn,
}

/// Ada asked for her records, in which her brother is. They are gathered and read, and his name is covered.
async fn scene(policy: &str) -> Scene {
    let office = TestOffice::under(policy).await;
    let ada = office.child("Ada Quill", date(2010, 5, 6)).await;
    let brother = office.child("Corwin Quill", date(2015, 1, 2)).await;
    let mother = office.person(PersonClass::Carer, "Mara Quill", None, Vec::new()).await;
    for (other, relation) in [(brother, Relation::Sibling), (mother, Relation::Mother)] {
        let relationship = Relationship {
            other,
            relation,
            parental_responsibility: ParentalResponsibility::NotKnown,
            remarks: None,
            same_household: true,
        };
        office.add(ada, Content::Relationship(relationship)).await;
    }
    let note = Note {
        happened: office.office.now(),
        title: "Visit at home".into(),
        text: "Ada showed me round. Corwin Quill did his homework.".into(),
        own_words: Some("I would like to paint".into()),
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    };
    office.add(ada, Content::Note(note)).await;
    let address = ContactDetail {
        channel: Channel::Post,
        value: "4 Pretend Street\nExampleton".into(),
        postcode: None,
        safe: Safe::Yes,
        mind: None,
        preferred: true,
    };
    office.add(ada, Content::Contact(address)).await;
    office.add(ada, sample::content(Kind::AccessRequest, ada, office.service, "")).await;
    let lead = office.data_protection_lead().await;
    let (manager, trustee) = (office.service_manager().await, office.trustee().await);
    duties::requests::collect(&office.office, &lead, REFERENCE).await.unwrap();
    let about = RedactionReason::AboutSomeoneElse;
    for words in ["Corwin Quill", "Corwin"] {
        // Nothing is left of the second where the first covered all of it.
        let _ = cover_everywhere(&office.office, &lead, REFERENCE, words, about).await;
    }
    Scene { office, ada, mother, lead, manager, trustee }
}

impl Scene {
    async fn stored(&self) -> AccessRequest {
        let all = self.office.office.book().all_of_kind(Kind::AccessRequest).await.unwrap();
        match &all.last().unwrap().record.content {
            Content::AccessRequest(request) => (**request).clone(),
            _ => unreachable!(),
        }
    }

    async fn approved(&self) {
        let office = &self.office.office;
        for position in (1..).take(self.stored().await.items.len()) {
            decide(office, &self.lead, REFERENCE, position, Decision::Give).await.unwrap();
        }
        send_to_check(office, &self.lead, REFERENCE).await.unwrap();
        let check = open_check(office, &self.trustee, REFERENCE).await.unwrap();
        let ticked = check.dangers.iter().map(|danger| danger.key.clone()).collect();
        let yes = Approval { ticked, fingerprint: check.answer.fingerprint, comments: String::new() };
        approve(office, &self.trustee, REFERENCE, yes).await.unwrap();
    }

    async fn plan(&self, browser: &Browser, host: &SignedIn) -> Answer {
        browser.post(VIEWING, &appointment(&host.file.to_string())).await
    }

    /// How often each act stands in the ledger of Ada's file, with who did it.
    async fn acts(&self, act: Act) -> Vec<Option<FileId>> {
        let traces = self.office.office.book().traces_of(self.ada, None, 1_000).await.unwrap();
        traces.iter().filter(|(_, trace)| trace.act() == Some(act)).map(|(_, trace)| trace.actor.staff()).collect()
    }
}

fn appointment(host: &str) -> [(&'static str, &str); 6] {
    let day = [("day-day", "10"), ("day-month", "3"), ("day-year", "2026")];
    [day[0], day[1], day[2], ("time", "10:30"), ("place", "The quiet room"), ("host", host)]
}

/// Keeps a page to look at, where the environment names a folder for it.
fn keep(name: &str, answer: &Answer) {
    if let Ok(folder) = std::env::var("GUARDBOOK_KEEP_PAGES") {
        std::fs::write(std::path::Path::new(&folder).join(name), &answer.bytes).unwrap();
    }
}

fn title(answer: &Answer) -> String {
    answer.page().split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
}

#[tokio::test]
async fn k20_they_look_through_the_approved_answer_with_a_host_and_all_of_it_is_on_record() {
    let scene = scene("kids").await;
    scene.office.clock.set_day(date(2026, 3, 2));
    scene.approved().await;
    let lead = Browser::of(&scene.office, &scene.lead).await;
    let case = lead.open(CASE).await;
    keep("case.html", &case);
    assert!(case.says("Look at it together") && case.says(&format!("href=\"{VIEWING}\"")));
    keep("plan.html", &lead.open(VIEWING).await);

    // Only those whom the rules let see the answer are hosts; the past is not planned.
    let volunteer = scene.office.volunteer().await;
    let refused = scene.plan(&lead, &volunteer).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("The quiet room"), "what was typed is still there");
    let manager = scene.manager.file.to_string();
    let mut past = appointment(&manager);
    past[0] = ("day-day", "1");
    assert!(lead.post(VIEWING, &past).await.says("Choose today or a later day"));
    assert!(scene.stored().await.viewings.is_empty());

    let planned = scene.plan(&lead, &scene.manager).await;
    assert_eq!(planned.to, format!("{VIEWING}/1?done=planned"), "{}", planned.page());
    let seen = lead.open(&planned.to).await;
    keep("appointment.html", &seen);
    assert!(seen.says("Tuesday 10 March 2026 at 10:30") && seen.says("Mo Manager") && seen.says("The quiet room"));
    assert!(!title(&seen).contains("Ada") && !seen.says("Begin the viewing"));

    // Nobody but the host begins it or shows anything.
    scene.office.clock.set_day(date(2026, 3, 10));
    let lead = Browser::of(&scene.office, &scene.lead).await;
    let refused = lead.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says("Only the host can do this"));
    let host = Browser::of(&scene.office, &scene.manager).await;
    assert_eq!(host.open(&format!("{VIEWING}/1/show/1")).await.status, StatusCode::CONFLICT, "it has not begun");
    keep("begin.html", &host.open(&format!("{VIEWING}/1")).await);
    let begun = host.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert_eq!(begun.to, format!("{VIEWING}/1/show/1"), "{}", begun.page());
    let other = lead.open(&begun.to).await;
    assert!(other.says("Only the host") && !other.says("Ada"), "{}", other.page());

    let items = every_item(&scene, &host).await;
    let stop = format!("{VIEWING}/1/stop");
    let asked = host.open(&stop).await;
    keep("stop.html", &asked);
    assert!(asked.says(&format!("show/{items}")), "going on leads back to where they were");
    let ended = host.post(&stop, &[("remarks", "She asked who wrote it.")]).await;
    assert_eq!(ended.to, format!("{VIEWING}/1/over"));
    let over = host.open(&ended.to).await;
    keep("over.html", &over);
    assert!(over.says("The viewing is over") && !over.says("/search"));
    assert_eq!(host.open(&format!("{VIEWING}/1/show/1")).await.status, StatusCode::CONFLICT);
    assert_eq!(host.post(&stop, &[]).await.status, StatusCode::CONFLICT, "it is over");

    all_on_record(&scene, &host, items).await;
}

/// Shows every item, one by one, as Ada will read it; gives how many there are.
async fn every_item(scene: &Scene, host: &Browser) -> usize {
    let items = scene.stored().await.items.len();
    let mut all = String::new();
    for turn in 1..=items {
        let shown = host.open(&format!("{VIEWING}/1/show/{turn}")).await;
        keep(&format!("show-{turn}.html"), &shown);
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.says(&format!("{turn} of {items}")) && shown.says("Mo Manager"));
        for way_out in ["/search", "/people", "/today", "/sign-out", "href=\"/\"", "/account"] {
            assert!(!shown.says(way_out), "{way_out}: {}", shown.page());
        }
        assert!(!shown.says("Corwin") && !title(&shown).contains("Ada"), "{}", shown.page());
        assert_eq!((shown.says(">Back<"), shown.says(">Next<")), (turn > 1, turn < items));
        all.push_str(&shown.page());
    }
    assert!(all.contains("Ada showed me round") && all.contains("I would like to paint"));
    assert!(all.contains("gb-review__covered"), "covered words are boxes");
    assert!(all.contains("A black box stands where words are left out"), "and the number on them is explained");
    assert_eq!(host.open(&format!("{VIEWING}/1/show/{}", items + 1)).await.status, StatusCode::NOT_FOUND);
    // Loaded again, it is in the ledger again; it was shown once.
    host.open(&format!("{VIEWING}/1/show/{items}")).await;
    assert_eq!(scene.stored().await.viewings[0].shown.len(), items);
    items
}

/// Who, when, what: in the case and in the ledger.
async fn all_on_record(scene: &Scene, host: &Browser, items: usize) {
    let case = host.open(CASE).await;
    for words in [
        "Viewing 1 planned: Tuesday 10 March 2026 at 10:30, with Mo Manager",
        "Viewing 1 began",
        "Viewing 1: record 1 shown",
        &format!("Viewing 1 ended; {items} records were shown"),
    ] {
        assert!(case.says(words), "{words}: {}", case.page());
    }
    let after = host.open(&format!("{VIEWING}/1")).await;
    keep("after.html", &after);
    assert!(after.says("She asked who wrote it.") && after.says(&format!("Record {items} at")));
    assert_eq!(scene.acts(Act::ViewingPlanned).await, [Some(scene.lead.file)]);
    assert_eq!(scene.acts(Act::ViewingStarted).await, [Some(scene.manager.file)]);
    assert_eq!(scene.acts(Act::ItemShown).await, vec![Some(scene.manager.file); items + 1]);
    assert_eq!(scene.acts(Act::ViewingEnded).await, [Some(scene.manager.file)]);
    assert_eq!(scene.office.office.book().verify(&[]).await.unwrap().problems, []);
}

#[tokio::test]
async fn k20_nothing_is_shown_before_the_answer_is_approved_nor_after_it_was_taken_back() {
    let scene = scene("kids").await;
    scene.office.clock.set_day(date(2026, 3, 2));
    let host = Browser::of(&scene.office, &scene.manager).await;
    assert!(!host.open(CASE).await.says("Look at it together"));
    let early = host.open(VIEWING).await;
    assert!(early.says("A second person must approve the answer first") && !early.says("Save the viewing"));
    assert_eq!(scene.plan(&host, &scene.manager).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(scene.stored().await.viewings.is_empty());

    scene.approved().await;
    for _ in 0..2 {
        assert_eq!(scene.plan(&host, &scene.manager).await.status, StatusCode::SEE_OTHER);
    }
    host.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert_eq!(host.open(&format!("{VIEWING}/1/show/1")).await.status, StatusCode::OK);
    let reopened = Browser::of(&scene.office, &scene.lead).await.post(&format!("{CASE}/check/reopen"), &[]).await;
    assert_eq!(reopened.status, StatusCode::SEE_OTHER);
    let gone = host.open(&format!("{VIEWING}/1/show/1")).await;
    keep("gone.html", &gone);
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.says("cannot be shown just now") && !gone.says("Ada"), "{}", gone.page());
    assert_eq!(host.post(&format!("{VIEWING}/2/start"), &[]).await.status, StatusCode::CONFLICT);
    // What was begun is ended all the same.
    assert_eq!(host.post(&format!("{VIEWING}/1/stop"), &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn k20_beginning_needs_a_fresh_proof_and_a_viewing_that_nobody_ended_shows_nothing_on_the_next_day() {
    let scene = scene("kids").await;
    scene.office.clock.set_day(date(2026, 3, 2));
    scene.approved().await;
    let stale = SignedIn { stepped_up: false, ..scene.manager.clone() };
    let host = Browser::of(&scene.office, &stale).await;
    scene.plan(&host, &scene.manager).await;
    let asked = host.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert!(asked.to.starts_with("/step-up"), "{}", asked.to);
    assert_eq!(scene.stored().await.viewings[0].started, None);
    let host = Browser::of(&scene.office, &scene.manager).await;
    host.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert_eq!(host.open(&format!("{VIEWING}/1/show/1")).await.status, StatusCode::OK);
    scene.office.clock.set_day(date(2026, 3, 3));
    let host = Browser::of(&scene.office, &scene.manager).await;
    assert!(host.open(&format!("{VIEWING}/1/show/1")).await.says("not on now"));
    assert!(host.open(&format!("{VIEWING}/1")).await.says("nobody ended it"));
    // A colleague ends what the host forgot.
    let lead = Browser::of(&scene.office, &scene.lead).await;
    assert_eq!(lead.post(&format!("{VIEWING}/1/stop"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(lead.open(CASE).await.says("Viewing 1 ended; 1 record was shown"));
}

#[tokio::test]
async fn k20_a_policy_that_does_not_promise_viewings_has_none() {
    let scene = scene("kids-on-track").await;
    scene.office.clock.set_day(date(2026, 3, 2));
    scene.approved().await;
    let lead = Browser::of(&scene.office, &scene.lead).await;
    assert!(!lead.open(CASE).await.says("Look at it together"));
    for path in [VIEWING.to_owned(), format!("{VIEWING}/1"), format!("{VIEWING}/1/show/1")] {
        assert_eq!(lead.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(scene.plan(&lead, &scene.lead).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn k20_a_family_worker_who_knows_them_is_the_host_and_sees_that_appointment_alone() {
    let scene = scene("kids").await;
    scene.office.clock.set_day(date(2026, 3, 2));
    scene.approved().await;
    let worker = scene.office.family_worker().await;
    let elsewhere = Browser::of(&scene.office, &worker).await;
    assert_eq!(elsewhere.open(&format!("{VIEWING}/1")).await.status, StatusCode::NOT_FOUND);
    let lead = Browser::of(&scene.office, &scene.lead).await;
    let planned = scene.plan(&lead, &worker).await;
    assert_eq!(planned.to, format!("{VIEWING}/1?done=planned"), "{}", planned.page());
    let second = scene.plan(&lead, &scene.manager).await;
    assert_eq!(second.to, format!("{VIEWING}/2?done=planned"));
    // Their day says so; the case, the list of viewings and the calling off stay with those who work on the request.
    let host = Browser::of(&scene.office, &worker).await;
    let today = host.open("/today").await;
    assert!(today.says("REQ-2026-0001: you are the host") && !today.says("Ada Quill"), "{}", today.page());
    let appointment = host.open(&format!("{VIEWING}/1")).await;
    assert!(appointment.says("The quiet room") && !appointment.says("Call it off"), "{}", appointment.page());
    let anothers = format!("{VIEWING}/2");
    for path in [CASE, VIEWING, &anothers, "/requests/REQ-2026-0001/review/1", "/requests/REQ-2026-0001/pack"] {
        assert_eq!(host.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(host.post(&format!("{VIEWING}/1/call-off"), &[("because", "x")]).await.status, StatusCode::NOT_FOUND);
    // On the day it begins with a fresh proof, shows the approved answer, and takes down what is asked.
    scene.office.clock.set_day(date(2026, 3, 10));
    let tired = Browser::of(&scene.office, &SignedIn { stepped_up: false, ..worker.clone() }).await;
    assert!(tired.post(&format!("{VIEWING}/1/start"), &[]).await.to.starts_with("/step-up"));
    let host = Browser::of(&scene.office, &worker).await;
    let begun = host.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert_eq!(begun.to, format!("{VIEWING}/1/show/1"), "{}", begun.page());
    assert_eq!(host.open(&begun.to).await.status, StatusCode::OK);
    let wish = [("wish", "change"), ("words", "It was a bus.")];
    let noted = host.post(&format!("{VIEWING}/1/show/1/wish"), &wish).await;
    assert_eq!(noted.to, format!("{VIEWING}/1/show/1?done=noted"), "{}", noted.page());
    let ended = host.post(&format!("{VIEWING}/1/stop"), &[("remarks", "A calm hour.")]).await;
    assert_eq!(host.open(&ended.to).await.status, StatusCode::OK);
    // On the next day there is nothing left to see.
    scene.office.clock.set_day(date(2026, 3, 11));
    let host = Browser::of(&scene.office, &worker).await;
    assert_eq!(host.open(&format!("{VIEWING}/1")).await.status, StatusCode::NOT_FOUND);
    assert!(!host.open("/today").await.says("you are the host"));
}

#[tokio::test]
async fn k20_a_viewing_that_cannot_take_place_is_called_off_with_its_reason_and_never_begins() {
    let scene = scene("kids").await;
    scene.approved().await;
    let host = Browser::of(&scene.office, &scene.lead).await;
    let planned = scene.plan(&host, &scene.lead).await;
    let at = planned.to.split('?').next().unwrap().to_owned();
    let bare = host.post(&format!("{at}/call-off"), &[("because", " ")]).await;
    assert!(bare.says("Write down why it is called off"), "{}", bare.page());
    host.post(&format!("{at}/call-off"), &[("because", "Ada has a cold")]).await;
    let page = host.open(&at).await;
    assert!(page.says("Called off") && page.says("plan another viewing") && page.says("Ada has a cold"));
    let started = host.post(&format!("{at}/start"), &[]).await;
    assert!(started.says("This viewing was called off"), "{}", started.page());
    assert_eq!(scene.acts(Act::ViewingCalledOff).await.len(), 1);
    assert!(scene.plan(&host, &scene.lead).await.to.ends_with("/viewing/2?done=planned"));
}

#[tokio::test]
async fn k20_viewings_are_for_those_who_work_on_the_request() {
    let scene = scene("kids").await;
    scene.approved().await;
    let volunteer = Browser::of(&scene.office, &scene.office.volunteer().await).await;
    for path in [VIEWING.to_owned(), format!("{VIEWING}/1/show/1")] {
        assert_eq!(volunteer.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn k20_what_is_shown_is_what_the_second_person_approved_also_after_it_went_out() {
    let scene = scene("kids").await;
    scene.approved().await;
    let office = &scene.office.office;
    let host = Browser::of(&scene.office, &scene.manager).await;
    scene.plan(&host, &scene.manager).await;
    build_pack(office, &scene.lead, REFERENCE).await.unwrap();
    let to = destinations(office, &scene.lead, REFERENCE).await.unwrap().remove(0).key;
    release_pack(office, &scene.lead, REFERENCE, &to, (How::Post, true)).await.unwrap();
    host.post(&format!("{VIEWING}/1/start"), &[]).await;
    assert_eq!(host.open(&format!("{VIEWING}/1/show/1")).await.status, StatusCode::OK);

    // The mother has another name now, which the second person has not seen.
    let operation = Operation::for_the_book(Actor::Operator, "a new name", office.now());
    let mut card = office.book().card(scene.mother).unwrap();
    card.name = "Mara Newname".into();
    let mut work = office.book().begin(&operation).await.unwrap();
    work.set_card(scene.mother, card).await.unwrap();
    work.act(Act::PersonChanged, scene.mother, None).unwrap();
    work.commit().await.unwrap();
    for turn in 1..=scene.stored().await.items.len() {
        let gone = host.open(&format!("{VIEWING}/1/show/{turn}")).await;
        assert!(gone.status == StatusCode::CONFLICT && !gone.says("Mara"), "{}", gone.page());
    }
    assert!(host.open(VIEWING).await.says("The answer changed after it was approved"));
}

#[tokio::test]
async fn k22_what_they_ask_and_want_changed_at_a_viewing_is_followed_until_they_know_what_came_of_it() {
    let scene = scene("kids").await;
    scene.approved().await;
    let lead = Browser::of(&scene.office, &scene.lead).await;
    let manager = scene.manager.file.to_string();
    let with_whom = [("supporter", "Her aunt"), ("comfort", "A break after ten minutes")];
    let fields: Vec<(&str, &str)> = appointment(&manager).iter().copied().chain(with_whom).collect();
    let planned = lead.post(VIEWING, &fields).await;
    let page = lead.open(&planned.to).await;
    assert!(page.says("Her aunt") && page.says("A break after ten minutes"));

    scene.office.clock.set_day(date(2026, 3, 10));
    let host = Browser::of(&scene.office, &scene.manager).await;
    host.post(&format!("{VIEWING}/1/start"), &[]).await;
    let rest = host.open(&format!("{VIEWING}/1/break")).await;
    assert!(rest.says("A break") && rest.says("show/1") && !rest.says("Ada"), "{}", rest.page());
    let mut turn = 1;
    while !host.open(&format!("{VIEWING}/1/show/{turn}")).await.says("showed me round") {
        turn += 1;
    }
    let at = format!("{VIEWING}/1/show/{turn}/wish");
    let nothing = host.post(&at, &[("wish", "change"), ("words", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.says("Write it down in their words") && nothing.says("showed me round"), "they stay at the record");
    let change = [("wish", "change"), ("words", "It was my cousin who did homework.")];
    let noted = host.post(&at, &change).await;
    assert_eq!(noted.to, format!("{VIEWING}/1/show/{turn}?done=noted"));
    assert!(host.open(&noted.to).await.says("You will hear what comes of it"));
    host.post(&at, &[("wish", "question"), ("words", "Who wrote this?")]).await;

    // Both are open until somebody says what came of them, and due as any request under another right.
    let wishes = scene.office.office.book().all_of_kind(Kind::Wish).await.unwrap();
    assert_eq!(wishes.len(), 2);
    for opened in &wishes {
        let due = records::operation::london_day(opened.header.due.unwrap());
        assert_eq!(due, date(2026, 4, 10));
        let Content::Wish(wish) = &opened.record.content else { unreachable!() };
        assert_eq!((wish.viewing, wish.item.is_some()), (Some(1), true));
    }
    let lead = Browser::of(&scene.office, &scene.lead).await;
    let page = lead.open(&format!("{CASE}/wishes")).await;
    assert!(
        page.says("It was my cousin who did homework.") && page.says("Who wrote this?") && page.says("at viewing 1")
    );
    assert!(lead.open("/today").await.says("want changed"), "nobody forgets it");
    let settle = |index: usize| format!("{CASE}/wishes/{}", wishes[index].header.id);
    let silent = lead.post(&settle(0), &[("came", "declined"), ("outcome", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    lead.post(&settle(0), &[("came", "declined"), ("outcome", "The visit was at your home; your cousin came in May.")])
        .await;
    lead.post(&settle(1), &[("came", "done"), ("outcome", "Wendy Worker, on the day of the visit.")]).await;
    assert_eq!(lead.post(&format!("{CASE}/wishes/letter"), &[]).await.to, format!("{CASE}?done=wishes-told"));
    let letters = scene.office.office.book().all_of_kind(Kind::Letter).await.unwrap();
    let id = letters.iter().map(|opened| opened.header.id).max().unwrap();
    let letter = lead.open(&format!("{CASE}/letters/{id}")).await;
    for words in [
        "You asked: Who wrote this? Our answer: Wendy Worker",
        "We did not change it: The visit was at your home",
        "Your words stand in your file beside ours",
        "You can complain to the regulator",
    ] {
        assert!(letter.says(words), "{words}: {}", letter.page());
    }
    assert!(!lead.open("/today").await.says("want changed"));
}
