//! From the gathered records to the released answer: covered words stay covered, two people look, and nobody is hurt.

#![expect(clippy::unwrap_used, reason = "tests")]

use book::{Act, Filing};
use duties::SignedIn;
use duties::notes::{NewPaper, PaperAnswers, Upload, keep_paper};
use duties::people::Why;
use duties::requests::pack::{
    BuildPackError, DOWNLOAD_DAYS, How, ReleaseError, Released, build_pack, destinations, open_download, open_pack,
    read_download, read_here, read_part, release_pack,
};
use duties::requests::review::{
    AllOf, Approval, CheckError, DecideError, Decision, Stretch, approve, cover_all, cover_everywhere, decide,
    open_check, open_item, send_back, send_to_check,
};
use duties::requests::{collect, view_case};
use jiff::SignedDuration;
use jiff::civil::date;
use papers::pages::Area;
use papers::redact::RedactionReason;
use papers::verify::{Allowed, Kind as FileKind, search};
use records::people::{Channel, ContactDetail, ParentalResponsibility, Relation, Relationship, Safe};
use records::work::Note;
use records::{Actor, Content, FileId, Kind, Operation, PersonClass, Provenance, Record, sample};
use testkit::TestOffice;

const REFERENCE: &str = "REQ-2026-0001";
const OTHER: RedactionReason = RedactionReason::AboutSomeoneElse;

struct Scene {
    office: TestOffice,
    ada: FileId,
    mother: FileId,
    lead: SignedIn,
    trustee: SignedIn,
}

fn contact(value: &str, safe: Safe) -> Content {
    Content::Contact(ContactDetail {
        channel: Channel::Post,
        value: value.into(),
        postcode: None,
        safe,
        mind: None,
        preferred: safe == Safe::Yes,
    })
}

fn relative(other: FileId, relation: Relation) -> Content {
    Content::Relationship(Relationship {
        other,
        relation,
        parental_responsibility: ParentalResponsibility::NotKnown,
        remarks: None,
        same_household: true,
    })
}

fn note(office: &TestOffice, title: &str, text: &str) -> Note {
    Note {
        happened: office.office.now(),
        title: title.into(),
        text: text.into(),
        own_words: None,
        service: None,
        touches: Vec::new(),
        concerns: Vec::new(),
    }
}

/// Ada asks for her records. Her brother is in them, and the address where her mother hides.
async fn scene() -> Scene {
    let office = TestOffice::new().await;
    let ada = office.child("Ada Quill", date(2010, 5, 6)).await;
    let brother = office.child("Corwin Quill", date(2015, 1, 2)).await;
    let mother = office.person(PersonClass::Carer, "Mara Quill", None, Vec::new()).await;
    office.add(ada, relative(brother, Relation::Sibling)).await;
    office.add(ada, relative(mother, Relation::Mother)).await;
    office.add(ada, contact("4 Pretend Street\nExampleton", Safe::Yes)).await;
    office.add(ada, contact("77 Former Road\nExampleton", Safe::No)).await;
    office.add(mother, contact("9 Hidden Lane\nExampleton", Safe::No)).await;
    let text = "Ada showed me round. Corwin Quill did his homework; Corwin’s school had rung. Zoë was glad.\n\nHer mother now \
                lives at 9 Hidden Lane.";
    office.add(ada, Content::Note(note(&office, "Visit at home", text))).await;
    let request = sample::content(Kind::AccessRequest, ada, office.service, "");
    office.add(ada, request).await;
    let lead = office.data_protection_lead().await;
    let trustee = office.trustee().await;
    collect(&office.office, &lead, REFERENCE).await.unwrap();
    Scene { office, ada, mother, lead, trustee }
}

impl Scene {
    /// The place of the item in which these words stand.
    async fn position_of(&self, words: &str) -> u32 {
        for position in 1..50 {
            let desk = open_item(&self.office.office, &self.lead, REFERENCE, position).await.unwrap();
            if desk.texts.parts.iter().any(|part| part.text.contains(words)) {
                return position;
            }
        }
        unreachable!("the words stand nowhere")
    }

    async fn read_all(&self) {
        let desk = open_item(&self.office.office, &self.lead, REFERENCE, 1).await.unwrap();
        for one in desk.list {
            decide(&self.office.office, &self.lead, REFERENCE, one.position, Decision::Give).await.unwrap();
        }
    }

    async fn cover_the_brother(&self) {
        let office = &self.office.office;
        cover_everywhere(office, &self.lead, REFERENCE, "Corwin Quill", OTHER).await.unwrap();
        cover_everywhere(office, &self.lead, REFERENCE, "Corwin", OTHER).await.unwrap();
    }

    async fn yes(&self, who: &SignedIn) -> Result<(), CheckError> {
        let check = open_check(&self.office.office, who, REFERENCE).await.unwrap();
        let ticked = check.dangers.iter().map(|danger| danger.key.clone()).collect();
        let yes = Approval { ticked, fingerprint: check.answer.fingerprint, comments: String::new() };
        approve(&self.office.office, who, REFERENCE, yes).await
    }

    async fn approved(&self) {
        self.cover_the_brother().await;
        cover_everywhere(&self.office.office, &self.lead, REFERENCE, "9 Hidden Lane", OTHER).await.unwrap();
        self.read_all().await;
        send_to_check(&self.office.office, &self.lead, REFERENCE).await.unwrap();
        self.yes(&self.trustee).await.unwrap();
    }

    async fn part(&self, name: &str) -> Vec<u8> {
        read_part(&self.office.office, &self.lead, REFERENCE, name).await.unwrap().1.to_vec()
    }
}

#[tokio::test]
async fn k27_a_covered_name_is_in_none_of_the_files_and_k21_they_are_easy_to_read_and_t19_say_all_seven() {
    let scene = scene().await;
    scene.approved().await;
    build_pack(&scene.office.office, &scene.lead, REFERENCE).await.unwrap();

    let withheld = ["Corwin Quill", "Corwin", "9 Hidden Lane"];
    let files = [
        ("access-pack.pdf", FileKind::Pdf),
        ("cover-letter.pdf", FileKind::Pdf),
        ("access-pack.html", FileKind::Html),
        ("access-pack.json", FileKind::Json),
    ];
    for (name, kind) in files {
        let bytes = scene.part(name).await;
        assert_eq!(search(kind, &bytes, &withheld, Allowed::default()).unwrap(), [], "{name}");
        assert!(!bytes.windows(6).any(|six| six.eq_ignore_ascii_case(b"corwin")), "{name}");
    }

    let html = String::from_utf8(scene.part("access-pack.html").await).unwrap();
    assert!(html.contains("Ada showed me round") && html.contains("Mara Quill"), "what may be read is there");
    for part in [
        "Do we hold information about you?",
        "Why we use it",
        "What kinds of information it is",
        "Who has received it or may receive it",
        "How long we keep it",
        "Where it came from",
        "Your rights",
        "0303 123 1113",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let pdf = scene.part("access-pack.pdf").await;
    for marker in [&b"/MarkInfo"[..], b"/StructTreeRoot"] {
        assert!(pdf.windows(marker.len()).any(|bytes| bytes == marker), "the PDF is tagged");
    }
    let json: serde_json::Value = serde_json::from_slice(&scene.part("access-pack.json").await).unwrap();
    assert_eq!(json["schema"], "access-pack-1");
    assert_eq!(json["answers"].as_object().unwrap().len(), 7);
    if let Ok(folder) = std::env::var("GUARDBOOK_KEEP_PACK") {
        for (name, _) in files {
            std::fs::write(std::path::Path::new(&folder).join(name), scene.part(name).await).unwrap();
        }
    }
}

#[tokio::test]
async fn whoever_worked_on_an_answer_does_not_approve_it() {
    let scene = scene().await;
    scene.cover_the_brother().await;
    scene.read_all().await;
    send_to_check(&scene.office.office, &scene.lead, REFERENCE).await.unwrap();
    assert!(matches!(scene.yes(&scene.lead).await, Err(CheckError::SamePerson)));
    let empty = send_back(&scene.office.office, &scene.trustee, REFERENCE, " ").await;
    assert!(matches!(empty, Err(CheckError::NoComments)));
    send_back(&scene.office.office, &scene.trustee, REFERENCE, "The lane is still there").await.unwrap();
    let pack = build_pack(&scene.office.office, &scene.lead, REFERENCE).await;
    assert!(matches!(pack, Err(BuildPackError::NotApproved)));
}

#[tokio::test]
async fn an_address_that_must_stay_secret_is_on_the_list_of_dangers_and_must_be_looked_at() {
    let scene = scene().await;
    scene.cover_the_brother().await;
    scene.read_all().await;
    send_to_check(&scene.office.office, &scene.lead, REFERENCE).await.unwrap();
    let office = &scene.office.office;
    let check = open_check(office, &scene.trustee, REFERENCE).await.unwrap();
    let planted = check.dangers.iter().find(|danger| danger.words.contains("9 Hidden Lane") && danger.grave).unwrap();
    let others = check.dangers.iter().filter(|danger| danger.key != planted.key).map(|danger| danger.key.clone());
    let yes =
        Approval { ticked: others.collect(), fingerprint: check.answer.fingerprint.clone(), comments: String::new() };
    match approve(office, &scene.trustee, REFERENCE, yes).await {
        Err(CheckError::NotLookedAt(missed)) => assert_eq!(missed, std::slice::from_ref(planted)),
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn an_approval_is_void_when_anything_changes() {
    let scene = scene().await;
    scene.approved().await;
    let office = &scene.office.office;
    let operation = Operation::for_the_book(Actor::Operator, "a new name", office.now());
    let mut card = office.book().card(scene.mother).unwrap();
    card.name = "Mara Newname".into();
    let mut work = office.book().begin(&operation).await.unwrap();
    work.set_card(scene.mother, card).await.unwrap();
    work.act(Act::PersonChanged, scene.mother, None).unwrap();
    work.commit().await.unwrap();
    let pack = build_pack(office, &scene.lead, REFERENCE).await;
    assert!(matches!(pack, Err(BuildPackError::ChangedSinceApproval)));
}

#[tokio::test]
async fn a_place_inside_a_letter_or_past_the_end_is_refused() {
    let scene = scene().await;
    let position = scene.position_of("Zoë").await;
    let desk = open_item(&scene.office.office, &scene.lead, REFERENCE, position).await.unwrap();
    let (part, text) = (0_u16..).zip(&desk.texts.parts).find(|(_, part)| part.text.contains("Zoë")).unwrap();
    let e = text.text.find('ë').unwrap();
    for (start, end) in [(e, e + 1), (e, e), (0, text.text.len() + 1)] {
        let place = Decision::Cover(vec![Stretch { part, start, end }], OTHER);
        let done = decide(&scene.office.office, &scene.lead, REFERENCE, position, place).await;
        assert!(matches!(done, Err(DecideError::Place(_))), "{start}..{end}");
    }
    let place = Decision::Cover(vec![Stretch { part, start: e - 2, end: e + 2 }], OTHER);
    decide(&scene.office.office, &scene.lead, REFERENCE, position, place).await.unwrap();
    decide(&scene.office.office, &scene.lead, REFERENCE, position, Decision::Undo).await.unwrap();
    let desk = open_item(&scene.office.office, &scene.lead, REFERENCE, position).await.unwrap();
    assert!(desk.item.review.covered.is_empty(), "undo takes the covering away");
}

#[tokio::test]
async fn the_brother_is_pointed_at_and_nothing_is_covered_unasked() {
    let scene = scene().await;
    let position = scene.position_of("Zoë").await;
    let desk = open_item(&scene.office.office, &scene.lead, REFERENCE, position).await.unwrap();
    let brother = desk
        .pointed
        .iter()
        .find(|one| desk.texts.parts[usize::from(one.part)].text[one.start..one.end].contains("Corwin Quill"))
        .unwrap();
    assert!(brother.why.contains("brother or sister of Ada"), "{}", brother.why);
    assert!(desk.item.review.covered.is_empty());
    let place = Stretch { part: brother.part, start: brother.start, end: brother.end };
    decide(&scene.office.office, &scene.lead, REFERENCE, position, Decision::TurnDown(place)).await.unwrap();
    let again = open_item(&scene.office.office, &scene.lead, REFERENCE, position).await.unwrap();
    assert_eq!(again.pointed.len(), desk.pointed.len() - 1, "what was turned down is not pointed at again");
}

#[tokio::test]
async fn k25_what_was_told_in_confidence_goes_out_only_with_a_word_on_why() {
    let scene = scene().await;
    let office = &scene.office.office;
    let operation = Operation::for_the_book(Actor::Operator, "test", office.now());
    let told = Provenance { in_confidence: true, ..Provenance::from_the_work(None, office.now()) };
    let record = Record::new(told, Content::Note(note(&scene.office, "From the doctor", "Told by telephone.")));
    let mut work = office.book().begin(&operation).await.unwrap();
    work.add(Act::RecordAdded, scene.ada, &record, Filing::default()).await.unwrap();
    work.commit().await.unwrap();
    collect(office, &scene.lead, REFERENCE).await.unwrap();
    let position = scene.position_of("Told by telephone").await;
    let give = decide(office, &scene.lead, REFERENCE, position, Decision::Give).await;
    assert!(matches!(give, Err(DecideError::InConfidence)));
    let remark = Decision::Remark("Dr Elm agreed on 1 March".to_owned());
    decide(office, &scene.lead, REFERENCE, position, remark).await.unwrap();
    decide(office, &scene.lead, REFERENCE, position, Decision::Give).await.unwrap();
}

#[tokio::test]
async fn an_answer_goes_to_a_safe_place_only_and_its_link_ends() {
    let scene = scene().await;
    scene.approved().await;
    let office = &scene.office.office;
    build_pack(office, &scene.lead, REFERENCE).await.unwrap();
    let places = destinations(office, &scene.lead, REFERENCE).await.unwrap();
    let bad = places.iter().find(|place| place.safe == Safe::No).unwrap();
    let good = places.iter().find(|place| place.safe == Safe::Yes).unwrap();
    let to = |key: &str, confirmed| release_pack_to(&scene, key.to_owned(), confirmed);
    assert!(matches!(to(&bad.key, true).await, Err(ReleaseError::Destination)));
    assert!(matches!(to(&good.key, false).await, Err(ReleaseError::Unconfirmed)));
    let Released::Link { token, passphrase } = to(&good.key, true).await.unwrap() else {
        unreachable!("a link was asked for")
    };

    let (token, passphrase) = (token.for_page(), passphrase.for_page());
    assert!(open_download(office, token).await.unwrap().is_some());
    assert!(open_download(office, &token.replace(&token[..1], "_")).await.unwrap().is_none());
    let (_, archive) = read_download(office, token).await.unwrap().unwrap();
    let pdf = papers::archive::unlock(&archive, "access-pack.pdf", passphrase).unwrap();
    assert!(pdf.starts_with(b"%PDF"), "what was released lies in the archive");
    assert!(!archive.windows(4).any(|bytes| bytes == b"%PDF"), "and is not to be read without the passphrase");
    assert!(read_here(office, token, "0000-0000-0000-0000").await.unwrap().is_none());
    let typed = passphrase.to_uppercase().replace('-', " ");
    assert!(read_here(office, token, &typed).await.unwrap().unwrap().html.contains("<!DOCTYPE html>"));
    let pack = open_pack(office, &scene.lead, REFERENCE).await.unwrap().pack.unwrap();
    assert_eq!(pack.opened.len(), 2, "each opening is noted, and the wrong passphrase opened nothing");
    scene.office.clock.advance(SignedDuration::from_hours(24 * DOWNLOAD_DAYS));
    assert!(open_download(office, token).await.unwrap().is_none(), "the link has ended");
}

async fn release_pack_to(scene: &Scene, key: String, confirmed: bool) -> Result<Released, ReleaseError> {
    release_pack(&scene.office.office, &scene.lead, REFERENCE, &key, (How::Download, confirmed)).await
}

#[tokio::test]
async fn whoever_asks_may_read_their_own_name_and_anybody_else_is_a_danger_to_look_at() {
    let scene = scene().await;
    let office = &scene.office.office;
    let text = "Mara Quill rang. Corwin Quill answered.";
    scene.office.add(scene.ada, Content::Note(note(&scene.office, "A call", text))).await;
    collect(office, &scene.lead, REFERENCE).await.unwrap();
    scene.read_all().await;
    send_to_check(office, &scene.lead, REFERENCE).await.unwrap();
    let named = |dangers: &[duties::requests::review::Danger], name: &str| {
        dangers.iter().any(|danger| danger.words.contains(&format!("“{name}”")))
    };
    let dangers = open_check(office, &scene.trustee, REFERENCE).await.unwrap().dangers;
    assert!(named(&dangers, "Mara Quill") && named(&dangers, "Corwin Quill"), "{dangers:?}");
    // The same answer, where it is the mother who asked.
    let case = office.book().file_in_passing(scene.ada).await.unwrap();
    let was = case.of_kind(Kind::AccessRequest).next().unwrap().clone();
    let Content::AccessRequest(mut request) = was.record.content.clone() else { unreachable!() };
    request.requester = Some(records::requests::Requester {
        file: Some(scene.mother),
        relation: "mother".into(),
        authority: None,
        standing: None,
    });
    let operation = Operation::for_the_book(Actor::Operator, "test", office.now());
    let record = Record::new(was.record.provenance.clone(), Content::AccessRequest(request));
    let mut work = office.book().begin(&operation).await.unwrap();
    let filing = Filing { topic: was.header.topic, state: Some(was.header.state), due: was.header.due };
    work.change(Act::RecordChanged, &was.header, &record, filing).await.unwrap();
    work.commit().await.unwrap();
    let dangers = open_check(office, &scene.trustee, REFERENCE).await.unwrap().dangers;
    assert!(!named(&dangers, "Mara Quill") && named(&dangers, "Corwin Quill"), "{dangers:?}");
}

#[tokio::test]
async fn all_about_somebody_and_all_of_a_kind_is_covered_in_every_record() {
    let scene = scene().await;
    let office = &scene.office.office;
    let text = "Corwin came late. Ring 01632 960 777 about him.";
    scene.office.add(scene.ada, Content::Note(note(&scene.office, "A call", text))).await;
    collect(office, &scene.lead, REFERENCE).await.unwrap();
    let desk = open_item(office, &scene.lead, REFERENCE, 1).await.unwrap();
    let (brother, _) = desk.people.iter().find(|(_, name)| name.starts_with("Corwin")).unwrap();
    let (_, records) = cover_all(office, &scene.lead, REFERENCE, AllOf::Person(*brother), OTHER).await.unwrap();
    assert!(records >= 2, "in both notes: {records}");
    let again = cover_all(office, &scene.lead, REFERENCE, AllOf::Person(*brother), OTHER).await;
    assert!(matches!(again, Err(DecideError::NotFound)), "there is nothing more of him");
    let phones = AllOf::Kind(papers::suggest::Kind::Phone);
    assert_eq!(cover_all(office, &scene.lead, REFERENCE, phones, OTHER).await.unwrap().1, 1);
    let position = scene.position_of("came late").await;
    let desk = open_item(office, &scene.lead, REFERENCE, position).await.unwrap();
    let covered: Vec<&str> =
        desk.texts.parts.iter().zip(&desk.covered).flat_map(|(part, on)| on.withheld(&part.text)).collect();
    assert_eq!(covered, ["Corwin", "01632 960 777"]);
}

#[tokio::test]
async fn what_was_covered_in_one_record_is_proposed_in_another() {
    let scene = scene().await;
    let office = &scene.office.office;
    scene.office.add(scene.ada, Content::Note(note(&scene.office, "A call", "The zebra painting was sold."))).await;
    scene.office.add(scene.ada, Content::Note(note(&scene.office, "Again", "Who bought the zebra painting?"))).await;
    collect(office, &scene.lead, REFERENCE).await.unwrap();
    let (first, second) = (scene.position_of("was sold").await, scene.position_of("Who bought").await);
    decide(office, &scene.lead, REFERENCE, first, Decision::CoverWords("zebra painting".into(), OTHER)).await.unwrap();
    let desk = open_item(office, &scene.lead, REFERENCE, second).await.unwrap();
    let proposed = desk.pointed.iter().find(|one| one.sure == "decided before").unwrap();
    assert_eq!(desk.texts.parts[usize::from(proposed.part)].text[proposed.start..proposed.end], *"zebra painting");
    assert!(proposed.why.contains(&format!("record {first}")), "{}", proposed.why);
}

/// A page of one line.
fn one_page(words: &str) -> Vec<u8> {
    let content = format!("BT /F1 18 Tf 72 700 Td ({words}) Tj ET");
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 \
         obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 \
         obj<</Length {}>>stream\n{content}\nendstream endobj\n5 0 \
         obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[tokio::test]
async fn what_was_decided_in_one_copy_of_a_paper_is_taken_over_in_the_other() {
    let scene = scene().await;
    let (office, worker) = (&scene.office.office, scene.office.family_worker().await);
    let keep = async |file: FileId, bytes: Vec<u8>, concerns: Vec<FileId>| {
        let answers = PaperAnswers { concerns, ..PaperAnswers::for_purpose("support") };
        let upload = Some(Upload { file_name: "report.pdf".to_owned(), bytes });
        let paper = NewPaper { title: "Report".to_owned(), text: String::new(), upload, answers };
        keep_paper(office, &worker, file, &Why::support(), paper).await.unwrap()
    };
    let other = scene.office.child("Nia Elsewhere", date(2011, 1, 2)).await;
    let page = one_page("Tarquin came to the zebra house with Ada.");
    let own = keep(scene.ada, page.clone(), Vec::new()).await;
    let copy = keep(other, page, vec![scene.ada]).await;
    let unlike = keep(scene.ada, one_page("Tarquin stayed at home."), Vec::new()).await;
    collect(office, &scene.lead, REFERENCE).await.unwrap();
    let case = view_case(office, &scene.lead, REFERENCE).await.unwrap().case;
    let at = |id| {
        let place = case.request.items.iter().position(|item| item.record == id).unwrap();
        u32::try_from(place + 1).unwrap()
    };
    let area = Area { left: 7_000, top: 70_000, width: 5_000, height: 3_000 };
    decide(office, &scene.lead, REFERENCE, at(own), Decision::CoverBox(0, area, OTHER)).await.unwrap();
    decide(office, &scene.lead, REFERENCE, at(own), Decision::CoverWords("zebra".into(), OTHER)).await.unwrap();
    let desk = open_item(office, &scene.lead, REFERENCE, at(copy)).await.unwrap();
    assert_eq!(desk.copies.iter().map(|copy| (copy.position, copy.covered)).collect::<Vec<_>>(), [(at(own), 2)]);
    assert!(open_item(office, &scene.lead, REFERENCE, at(unlike)).await.unwrap().copies.is_empty());

    decide(office, &scene.lead, REFERENCE, at(copy), Decision::TakeOver(at(own))).await.unwrap();
    let covered = async |position| {
        let desk = open_item(office, &scene.lead, REFERENCE, position).await.unwrap();
        (desk.item.review.covered, desk.item.review.boxes)
    };
    assert_eq!(covered(at(copy)).await, covered(at(own)).await);
    let twice = decide(office, &scene.lead, REFERENCE, at(copy), Decision::TakeOver(at(own))).await;
    assert!(matches!(twice, Err(DecideError::NotFound)), "nothing more to take over");
    decide(office, &scene.lead, REFERENCE, at(copy), Decision::Undo).await.unwrap();
    assert_eq!(covered(at(copy)).await, (Vec::new(), Vec::new()));
    let foreign = decide(office, &scene.lead, REFERENCE, at(unlike), Decision::TakeOver(at(own))).await;
    assert!(matches!(foreign, Err(DecideError::NotFound)), "another paper has other places");
}
