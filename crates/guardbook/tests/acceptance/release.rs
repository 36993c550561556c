//! From the desk to the files that go out: K21, K25, K27, T19.

use axum::http::StatusCode;
use duties::SignedIn;
use jiff::civil::date;
use lopdf::{Dictionary, Document, Object};
use records::catalogue::entry;
use records::people::{Channel, ContactDetail, ParentalResponsibility, Relation, Relationship, Safe};
use records::work::{Disclosure, Ground, NeededFact, Note};
use records::{Content, FileId, Kind};
use serde_json::Value;
use testkit::{TestOffice, policy_texts};

use crate::browser::{Answer, Browser};
use crate::requests::{LETTER, record};
use crate::schema::fits;

/// The files of an answer.
const FILES: [&str; 4] = ["access-pack.pdf", "access-pack.html", "access-pack.json", "cover-letter.pdf"];

/// A child's request that can be gathered, with whoever reads it through and whoever checks it.
pub struct Scene {
    pub office: TestOffice,
    pub lead: SignedIn,
    pub desk: Browser,
    pub second: Browser,
    pub child: FileId,
    pub at: String,
}

impl Scene {
    /// Ada, her brother, a safe address, a note about both of them; her letter, taken in.
    pub async fn under(texts: Vec<(String, String)>) -> Self {
        let office = TestOffice::with_policy(texts).await;
        let lead = office.data_protection_lead().await;
        let desk = Browser::of(&office, &lead).await;
        let child = office.child("Ada Sample", date(2010, 5, 6)).await;
        let other = office.child("Corwin Sample", date(2015, 1, 2)).await;
        let relationship = Relationship {
            other,
            relation: Relation::Sibling,
            parental_responsibility: ParentalResponsibility::NotKnown,
            remarks: None,
            same_household: true,
        };
        office.add(child, Content::Relationship(relationship)).await;
        let address = ContactDetail {
            channel: Channel::Post,
            value: "4 Pretend Street\nExampleton".into(),
            postcode: None,
            safe: Safe::Yes,
            mind: None,
            preferred: true,
        };
        office.add(child, Content::Contact(address)).await;
        let visit = "Ada showed me round. Corwin Sample did his homework in the kitchen.";
        office.add(child, note(&office, "Visit at home", visit)).await;
        let reference = record(&desk, child, &LETTER).await;
        let at = format!("/requests/{reference}");
        // A trustee who was there before would own the request where the policy sends it to them, and could not check it.
        let second = Browser::of(&office, &office.trustee().await).await;
        let known = desk.post(&format!("{at}/identity/known"), &[("known", "Wendy knows her since 2023")]).await;
        assert_eq!(known.status, StatusCode::SEE_OTHER, "{}", known.page());
        Self { office, lead, desk, second, child, at }
    }

    pub async fn gather(&self) {
        let gathered = self.desk.post(&format!("{}/gather", self.at), &[]).await;
        assert_eq!(gathered.status, StatusCode::SEE_OTHER, "{}", gathered.page());
    }

    /// The addresses of all records on the desk.
    pub async fn places(&self) -> Vec<String> {
        let mut places = Vec::new();
        for position in 1.. {
            let place = format!("{}/review/{position}", self.at);
            if self.desk.open(&place).await.status != StatusCode::OK {
                break;
            }
            places.push(place);
        }
        places
    }

    /// The record on the desk that says something.
    pub async fn record_that_says(&self, words: &str) -> String {
        for place in self.places().await {
            if self.desk.open(&place).await.says(words) {
                return place;
            }
        }
        unreachable!("no record says {words}")
    }

    pub async fn give_all(&self) {
        for place in self.places().await {
            self.desk.post(&place, &[("do", "give")]).await;
        }
    }

    pub async fn send(&self) -> Answer {
        self.desk.post(&format!("{}/review/send", self.at), &[]).await
    }

    /// The second person says yes, after a tick on each danger that is not among `but`.
    pub async fn approve_but(&self, but: &str) -> Answer {
        let check = format!("{}/check", self.at);
        let page = self.second.open(&check).await.page();
        let print = between(&page, "name=\"fingerprint\" value=\"", "\"")[0];
        let mut fields = vec![("do", "approve"), ("fingerprint", print)];
        for danger in page.split("govuk-checkboxes__item").skip(1) {
            if but.is_empty() || !danger.contains(but) {
                fields.push(("danger", between(danger, "type=\"checkbox\" value=\"", "\"")[0]));
            }
        }
        self.second.post(&check, &fields).await
    }

    pub async fn build(&self) -> Answer {
        self.desk.post(&format!("{}/pack/build", self.at), &[]).await
    }

    /// Everything after the desk, up to the files.
    pub async fn finish(&self) {
        let sent = self.send().await;
        assert_eq!(sent.to, format!("{}/check?done=sent", self.at), "{}", sent.page());
        let approved = self.approve_but("").await;
        assert_eq!(approved.to, format!("{}/check?done=approved", self.at), "{}", approved.page());
        let built = self.build().await;
        assert_eq!(built.to, format!("{}/pack?done=built", self.at), "{}", built.page());
    }

    pub async fn file(&self, name: &str) -> Answer {
        self.desk.open(&format!("{}/pack/{name}", self.at)).await
    }

    pub async fn data(&self) -> Value {
        serde_json::from_slice(&self.file("access-pack.json").await.bytes).unwrap()
    }

    /// The words of every finished file, small and without gaps.
    pub async fn words_of_files(&self) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        for name in FILES {
            let bytes = self.file(name).await.bytes;
            let words = if bytes.starts_with(b"%PDF-") { of_pdf(&bytes) } else { String::from_utf8(bytes).unwrap() };
            all.push((name, squeezed(&words)));
        }
        all
    }
}

/// Sends the answer by post to the address on file.
pub async fn release(scene: &Scene) {
    let pack = scene.desk.open(&format!("{}/pack", scene.at)).await.page();
    let to = between(&pack, "name=\"to\" type=\"radio\" value=\"", "\"")[0];
    let fields = [("to", to), ("how", "post"), ("confirmed", "yes")];
    let released = scene.desk.post(&format!("{}/pack/release", scene.at), &fields).await;
    assert_eq!(released.to, format!("{}/pack?done=released", scene.at), "{}", released.page());
}

pub fn note(office: &TestOffice, title: &str, text: &str) -> Content {
    Content::Note(Note {
        happened: office.office.now(),
        title: title.into(),
        text: text.into(),
        own_words: None,
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    })
}

fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|rest| rest.split(after).next().unwrap()).collect()
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// What can be read in a PDF: the text of its pages, and every stream and string, unpacked.
fn of_pdf(bytes: &[u8]) -> String {
    let pdf = Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    let mut words = pdf.extract_text(&pages).unwrap();
    for object in pdf.objects.values() {
        strings(object, &mut words);
    }
    words
}

fn strings(object: &Object, words: &mut String) {
    match object {
        Object::String(bytes, _) => {
            // Text in UTF-16 becomes readable without its noughts.
            words.push_str(&String::from_utf8_lossy(bytes).replace('\0', ""));
            words.push('\n');
        }
        Object::Array(inner) => inner.iter().for_each(|one| strings(one, words)),
        Object::Dictionary(inner) => inner.iter().for_each(|(_, one)| strings(one, words)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, one)| strings(one, words));
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            words.push_str(&String::from_utf8_lossy(&content).replace('\0', ""));
        }
        _ => {}
    }
}

fn follow<'d>(pdf: &'d Document, dictionary: &'d Dictionary, name: &str) -> &'d Object {
    pdf.dereference(dictionary.get(name.as_bytes()).unwrap()).unwrap().1
}

/// PDF/UA-1 as the file itself declares it: tagged, with a language and a shown title.
fn is_accessible(bytes: &[u8]) {
    let pdf = Document::load_mem(bytes).unwrap();
    let catalog = pdf.catalog().unwrap();
    let marked = follow(&pdf, catalog, "MarkInfo").as_dict().unwrap();
    assert!(follow(&pdf, marked, "Marked").as_bool().unwrap());
    assert!(follow(&pdf, catalog, "StructTreeRoot").as_dict().unwrap().has(b"K"), "the tags are there");
    assert_eq!(follow(&pdf, catalog, "Lang").as_str().unwrap(), b"en-GB");
    let viewer = follow(&pdf, catalog, "ViewerPreferences").as_dict().unwrap();
    assert!(follow(&pdf, viewer, "DisplayDocTitle").as_bool().unwrap());
    let metadata = follow(&pdf, catalog, "Metadata").as_stream().unwrap();
    let content = metadata.decompressed_content().unwrap_or_else(|_| metadata.content.clone());
    let xmp = String::from_utf8(content).unwrap();
    assert!(xmp.contains("<pdfuaid:part>1</pdfuaid:part>") || xmp.contains("pdfuaid:part=\"1\""), "{xmp}");
    assert!(xmp.contains("Your information: our answer to your request"), "{xmp}");
    assert!(!xmp.contains("Ada"), "a title names nobody");
}

#[tokio::test]
async fn k21_the_released_answer_is_an_accessible_pdf_a_web_page_and_a_data_file_with_a_plain_summary_in_front() {
    let scene = Scene::under(policy_texts("kids")).await;
    let admin = Browser::of(&scene.office, &scene.office.administrator().await).await;
    let own = [("opening", "It was good to meet you."), ("closing", "Come and see us whenever you like.")];
    assert_eq!(admin.post("/admin/letters/cover", &own).await.status, StatusCode::SEE_OTHER);
    scene.gather().await;
    scene.give_all().await;
    scene.finish().await;
    let letter = of_pdf(&scene.file("cover-letter.pdf").await.bytes);
    for (_, words) in own {
        assert!(squeezed(&letter).contains(&squeezed(words)), "the charity's own words: {letter}");
    }

    // The files open only for somebody who proved lately that it is them.
    let tired = Browser::of(&scene.office, &SignedIn { stepped_up: false, ..scene.lead.clone() }).await;
    let refused = tired.open(&format!("{}/pack/access-pack.pdf", scene.at)).await;
    assert!(refused.status != StatusCode::OK && !refused.bytes.starts_with(b"%PDF"), "{}", refused.status);

    release(&scene).await;

    for name in ["access-pack.pdf", "cover-letter.pdf"] {
        let pdf = scene.file(name).await;
        assert_eq!(pdf.kind, "application/pdf");
        is_accessible(&pdf.bytes);
    }
    let first = Document::load_mem(&scene.file("access-pack.pdf").await.bytes).unwrap().extract_text(&[1]).unwrap();
    assert!(squeezed(&first).contains(&squeezed("You will find 6 records in this answer.")), "{first}");

    let page = scene.file("access-pack.html").await;
    assert!(page.kind.starts_with("text/html"), "{}", page.kind);
    assert!(page.says("<html lang=\"en-GB\">") && page.says("<main ") && !page.says("<script"));
    let page = page.page();
    assert_eq!(page.matches("<h1").count(), 1);
    let order: Vec<usize> =
        ["This is our answer.", "This answer holds what we wrote", "Why we use it", ">The records<"]
            .map(|words| page.find(words).unwrap_or_else(|| panic!("{words}: {page}")))
            .to_vec();
    assert!(order.is_sorted(), "the letter and its summary come first: {order:?}");

    let schema = scene.desk.open("/schemas/access-pack-1.json").await;
    assert_eq!((schema.status, schema.kind.as_str()), (StatusCode::OK, "application/schema+json"));
    let schema: Value = serde_json::from_slice(&schema.bytes).unwrap();
    let data = scene.data().await;
    assert_eq!(fits(&schema, &data), Ok(()));
    assert_eq!(schema["properties"]["schema"]["const"], data["schema"], "the file says which schema it follows");
    assert_eq!(data["items"].as_array().unwrap().len(), 6);
    assert!(data["summary"][0].as_str().unwrap().starts_with("This answer holds what we wrote"));
    for spoiled in ["summary", "answers", "items"] {
        let mut without = data.clone();
        without.as_object_mut().unwrap().remove(spoiled);
        assert!(fits(&schema, &without).is_err(), "{spoiled}");
    }
}

/// A note that a doctor gave in confidence, written through the form, and its record on the desk.
pub async fn in_confidence(scene: &Scene) -> String {
    let worker = Browser::of(&scene.office, &scene.office.family_worker().await).await;
    let told = [
        ("title", "From the surgery"),
        ("text", "The tablets make her drowsy."),
        ("source", "professional"),
        ("source-name", "Dr Elm, Elm Surgery"),
        ("in-confidence", "yes"),
    ];
    let saved = worker.post(&format!("/people/{}/notes/new", scene.child), &told).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page());
    scene.gather().await;
    scene.record_that_says("The tablets make her drowsy.").await
}

#[tokio::test]
async fn k25_what_a_doctor_told_in_confidence_is_not_given_until_somebody_notes_the_agreement_or_a_reason() {
    let scene = Scene::under(policy_texts("kids")).await;
    let place = in_confidence(&scene).await;
    assert!(scene.desk.open(&place).await.says("Told in confidence by a professional, Dr Elm, Elm Surgery"));

    scene.give_all().await;
    assert!(scene.desk.open(&place).await.says("1 still to read"), "every other record is given, this one is not");
    for remarks in ["", "  "] {
        let refused = scene.desk.post(&place, &[("do", "give"), ("remarks", remarks)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("Write whether whoever told us agrees, or why you share it without"));
    }
    assert_eq!(scene.send().await.to, format!("{}/review", scene.at), "it does not go to the second person");

    let agreed = [("do", "give"), ("remarks", "Dr Elm agreed by letter on 1 March 2026")];
    assert_eq!(scene.desk.post(&place, &agreed).await.status, StatusCode::SEE_OTHER);
    // The word is taken away again: the record does not go out without it.
    scene.desk.post(&place, &[("do", "remark"), ("remarks", "")]).await;
    let to = scene.send().await.to;
    assert_eq!(to, format!("{place}?done=silent"), "back to the record that lacks a word");
    assert!(scene.desk.open(&to).await.says("a remark must say why it goes out"));
    scene.desk.post(&place, &agreed).await;

    assert_eq!(scene.send().await.to, format!("{}/check?done=sent", scene.at));
    let check = scene.second.open(&format!("{}/check", scene.at)).await;
    assert!(check.says("Told in confidence") && check.says("Dr Elm, Elm Surgery told us this in confidence"));
    let refused = scene.approve_but("Told in confidence").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "the second person looks at it, too");
    assert_eq!(scene.approve_but("").await.status, StatusCode::SEE_OTHER);
    scene.build().await;
    for (name, words) in scene.words_of_files().await {
        assert_eq!(words.contains("drowsy"), name != "cover-letter.pdf", "{name}");
        assert!(!words.contains("agreedbyletter"), "{name}: remarks are for the charity");
    }
}

#[tokio::test]
async fn k25_without_agreement_it_is_left_out_whole_and_stands_in_none_of_the_files() {
    let scene = Scene::under(policy_texts("kids")).await;
    let place = in_confidence(&scene).await;
    scene.desk.post(&place, &[("do", "withhold"), ("reason", "about-someone-else")]).await;
    for other in scene.places().await.into_iter().filter(|other| *other != place) {
        scene.desk.post(&other, &[("do", "give")]).await;
    }
    scene.finish().await;
    for (name, words) in scene.words_of_files().await {
        assert!(!words.contains("drowsy") && !words.contains("drelm"), "{name}");
    }
    assert_eq!(scene.data().await["left_out_whole"][0]["records"], 1, "that something was left out is told");
}

#[tokio::test]
async fn k27_somebody_else_is_pointed_out_and_once_covered_stands_in_none_of_the_files() {
    let scene = Scene::under(policy_texts("kids")).await;
    let rang = note(&scene.office, "Call", "Corwin Sample rang and asked when we come.");
    scene.office.add(scene.child, rang).await;
    scene.gather().await;
    let visit = scene.record_that_says("showed me round").await;
    let page = scene.desk.open(&visit).await;
    assert!(page.says("data-suggestion") && page.says("brother or sister of Ada"), "{}", page.page());
    assert!(!page.says("gb-review__marked"), "a proposal covers nothing by itself");

    // Covered with the button of the proposal, in one note of two.
    let page = page.page();
    let proposal = page.split("<li data-for=").skip(1).find(|one| one.contains("Corwin Sample")).unwrap();
    let cover = between(proposal, "name=\"do\" value=\"cover:", "\"")[0];
    let fields = [("do", format!("cover:{cover}")), ("reason", "about-someone-else".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(scene.desk.post(&visit, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(scene.desk.open(&visit).await.says("gb-review__marked"));
    scene.give_all().await;
    scene.send().await;

    // The planted leak: the other note still says who it was.
    let leak = "Covered in one place, readable in another";
    assert!(scene.second.open(&format!("{}/check", scene.at)).await.says(leak));
    let refused = scene.approve_but(leak).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Look at every danger and tick it") && refused.says("Not looked at yet."));
    assert!(scene.build().await.says("A second person must approve the answer first."));
    assert_ne!(scene.file("access-pack.pdf").await.status, StatusCode::OK, "nothing was built");

    scene.desk.post(&format!("{}/check/reopen", scene.at), &[]).await;
    let everywhere = [("do", "cover-everywhere"), ("words", "corwin sample"), ("reason", "about-someone-else")];
    assert_eq!(scene.desk.post(&visit, &everywhere).await.status, StatusCode::SEE_OTHER);
    scene.finish().await;
    let files = scene.words_of_files().await;
    assert_eq!(files.len(), 4);
    for (name, words) in files {
        assert!(words.contains("thisisouranswer") || name.ends_with("json"), "{name} can be read: {words}");
        assert_eq!(words.contains("showedmeround"), name != "cover-letter.pdf", "{name}");
        assert!(!words.contains("corwin"), "{name}");
    }
}

/// The seven parts in the data file, and the front of the web page.
async fn front(scene: &Scene) -> (Value, String) {
    scene.gather().await;
    for place in scene.places().await {
        scene.desk.post(&place, &[("do", "give"), ("known", "She told us herself")]).await;
    }
    scene.finish().await;
    let page = scene.file("access-pack.html").await.page();
    (scene.data().await["answers"].clone(), page.split(">The records<").next().unwrap().to_owned())
}

fn says(part: &Value, words: &str) -> bool {
    part.to_string().contains(words)
}

#[tokio::test]
async fn t19_the_answer_states_all_seven_items_from_the_catalogue_the_disclosures_and_the_retention() {
    let plain = Scene::under(policy_texts("kids-on-track")).await;
    let (before, _) = front(&plain).await;

    let texts = policy_texts("kids-on-track").into_iter().map(|(file, text)| {
        let text =
            text.replace("[at least six years](keep:child/leaving)", "[at least eight years](keep:child/leaving)");
        (file, text.replace("[at least 6 years](keep:child/leaving)", "[at least 8 years](keep:child/leaving)"))
    });
    let rich = Scene::under(texts.collect()).await;
    let fact =
        NeededFact { service: rich.office.service, text: "Asthma".into(), needed_for: "the holiday club".into() };
    rich.office.add(rich.child, Content::Health(fact)).await;
    let disclosure = Disclosure {
        on: date(2026, 2, 20),
        to: "Oak School".into(),
        what: "the days on which she comes".into(),
        ground: Ground::Safeguarding,
        how: "by letter".to_owned(),
    };
    rich.office.add(rich.child, Content::Disclosure(disclosure)).await;
    let worker = Browser::of(&rich.office, &rich.office.family_worker().await).await;
    let told = [("title", "Call"), ("text", "The school nurse rang."), ("source", "professional")];
    worker.post(&format!("/people/{}/notes/new", rich.child), &told).await;
    let (after, page) = front(&rich).await;

    // That we hold it, and a copy of it: the records themselves, with a list in front.
    assert!(says(&after["confirmation"], "Yes. We hold information about you, and this is a copy of it."));
    assert!(page.contains("What is in the records") && page.contains("#item-1"));
    // Purposes and kinds, out of the catalogue.
    let health = entry(Kind::Health);
    let purpose = format!("{} ({})", health.purpose.words(), health.basis.words());
    assert!(says(&after["purposes"], &purpose), "{after}");
    let sharing = entry(Kind::Disclosure);
    let law = format!("{} ({})", sharing.purpose.words(), sharing.basis.words());
    assert!(says(&after["purposes"], &law) && !says(&before["purposes"], &law), "{law}");
    for kind in [Kind::Health, Kind::Disclosure] {
        let words = entry(kind).plain;
        assert!(says(&after["categories"], words) && !says(&before["categories"], words), "{words}");
    }
    // With whom it was shared.
    assert!(says(&before["recipients"], "We have no record of giving it to anybody outside the charity"));
    assert!(says(&after["recipients"], "Oak School, on 20 February 2026, to keep someone safe"), "{after}");
    // How long, in the policy's figure and words.
    assert!(says(&before["retention"], "at least 6 years") && says(&after["retention"], "at least 8 years"), "{after}");
    assert!(says(&after["retention"], "Our policy says: “") && says(&after["retention"], "eight years"), "{after}");
    // From where.
    assert!(says(&after["source"], "a professional") && !says(&before["source"], "a professional"));
    // All of it stands in front of the records for everybody who reads, not in the data file alone.
    for words in [
        "Do we hold information about you?",
        "Why we use it",
        health.plain,
        "Oak School, on 20 February 2026",
        "at least 8 years",
        "a professional",
        "Your rights",
    ] {
        assert!(page.contains(&words.replace('\'', "&#39;")) || page.contains(words), "{words}");
    }
}
