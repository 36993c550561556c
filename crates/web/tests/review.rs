//! The desk, the second check, the pack and the secret link, as a browser without scripts uses them.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use duties::SignedIn;
use duties::records::people::{Channel, ContactDetail, ParentalResponsibility, Relation, Relationship, Safe};
use duties::records::work::Note;
use duties::records::{Content, Kind, sample};
use http_body_util::BodyExt;
use jiff::civil::date;
use testkit::TestOffice;
use tower::ServiceExt;
use web::app::{App, router};

const DESK: &str = "/requests/REQ-2026-0001/review";

struct Browser {
    site: Router,
    cookie: String,
}

impl Browser {
    async fn of(office: &TestOffice, who: &SignedIn) -> Self {
        let app = App::new(office.office.clone(), Vec::new(), false).await.unwrap();
        Self { site: router(app), cookie: testkit::sign_in_cookie(office, who).await }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String, Vec<u8>) {
        let response = self.site.clone().oneshot(request).await.unwrap();
        let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status();
        (status, to, response.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("cookie", &self.cookie).header("host", "book.example");
        let (status, _, body) = self.send(request.body(Body::empty()).unwrap()).await;
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn post(&self, path: &str, form: &str) -> (StatusCode, String, String) {
        let request = Request::post(path)
            .header("cookie", &self.cookie)
            .header("host", "book.example")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let (status, to, body) = self.send(request.body(Body::from(form.to_owned())).unwrap()).await;
        (status, to, String::from_utf8_lossy(&body).into_owned())
    }
}

async fn scene() -> (TestOffice, SignedIn, SignedIn) {
    let office = TestOffice::new().await;
    let ada = office.child("Ada Quill", date(2010, 5, 6)).await;
    let brother = office.child("Corwin Quill", date(2015, 1, 2)).await;
    let relationship = Relationship {
        other: brother,
        relation: Relation::Sibling,
        parental_responsibility: ParentalResponsibility::NotKnown,
        remarks: None,
        same_household: true,
    };
    office.add(ada, Content::Relationship(relationship)).await;
    let address = ContactDetail {
        channel: Channel::Post,
        value: "4 Pretend Street\nExampleton".into(),
        postcode: None,
        safe: Safe::Yes,
        mind: None,
        preferred: true,
    };
    office.add(ada, Content::Contact(address)).await;
    let note = Note {
        happened: office.office.now(),
        title: "Visit at home".into(),
        text: "Ada showed me round, and we talked about the holiday club. Corwin Quill did his homework in the kitchen.\n\nAda \
               would like to come on Wednesdays. Her teacher can be reached on 01632 960 123."
            .into(),
        own_words: Some("I would like to paint".into()),
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    };
    office.add(ada, Content::Note(note)).await;
    office.add(ada, sample::content(Kind::AccessRequest, ada, office.service, "")).await;
    let lead = office.data_protection_lead().await;
    let trustee = office.trustee().await;
    duties::requests::collect(&office.office, &lead, "REQ-2026-0001").await.unwrap();
    (office, lead, trustee)
}

/// Keeps a page to look at, where the environment names a folder for it.
fn keep(name: &str, page: &str) {
    if let Ok(folder) = std::env::var("GUARDBOOK_KEEP_PAGES") {
        std::fs::write(std::path::Path::new(&folder).join(name), page).unwrap();
    }
}

/// The values of a field on a page.
fn values<'p>(page: &'p str, before: &str) -> Vec<&'p str> {
    page.match_indices(before).map(|(at, _)| page[at + before.len()..].split('"').next().unwrap()).collect()
}

/// The note on the desk: the brother is pointed at, covered, and gone from what the person who asked will see.
async fn cover_the_brother(reader: &Browser) {
    let mut of_note = String::new();
    for position in 1..10 {
        let path = format!("{DESK}/{position}");
        let (status, page) = reader.get(&path).await;
        if status == StatusCode::OK && page.contains("Ada showed me round") {
            keep("desk.html", &page);
            assert!(
                page.contains("data-suggestion") && page.contains("brother or sister of Ada"),
                "the brother is pointed at"
            );
            of_note = path;
        }
    }
    assert!(!of_note.is_empty(), "the note is on the desk");
    let (status, _, page) = reader.post(&of_note, "do=cover-words&words=Nobody&reason=about-someone-else").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("value=\"Nobody\""), "what was typed is still there");
    let everywhere = "do=cover-everywhere&words=Corwin+Quill&reason=about-someone-else";
    assert_eq!(reader.post(&of_note, everywhere).await.0, StatusCode::SEE_OTHER);
    let (_, page) = reader.get(&of_note).await;
    keep("covered.html", &page);
    assert!(page.contains("gb-review__marked"));
    let (_, seen) = reader.get(&format!("{of_note}?view=requester")).await;
    keep("requester.html", &seen);
    assert!(seen.contains("gb-review__covered") && !seen.contains("Corwin"), "nothing stands under a box");
}

/// The second person ticks every danger and says yes.
async fn approve(second: &Browser, check: &str) {
    let (_, page) = second.get(check).await;
    keep("check.html", &page);
    let print = values(&page, "name=\"fingerprint\" value=\"")[0];
    let ticks = values(&page, "name=\"danger\" type=\"checkbox\" value=\"");
    assert!(!ticks.is_empty(), "the teacher's telephone number is a danger");
    assert_eq!(
        second.post(check, &format!("do=approve&fingerprint={print}")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let ticks = ticks.join("&danger=");
    let yes = format!("do=approve&fingerprint={print}&danger={ticks}");
    assert_eq!(second.post(check, &yes).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_answer_is_read_checked_built_and_released_with_forms_alone() {
    let (office, lead, trustee) = scene().await;
    let reader = Browser::of(&office, &lead).await;
    cover_the_brother(&reader).await;
    for position in 1..10 {
        reader.post(&format!("{DESK}/{position}"), "do=give").await;
    }
    let (_, to, _) = reader.post(&format!("{DESK}/send"), "").await;
    assert_eq!(to, "/requests/REQ-2026-0001/check?done=sent");
    let check = "/requests/REQ-2026-0001/check";
    let (_, mine) = reader.get(check).await;
    assert!(mine.contains("somebody else says yes") && !mine.contains("Approve this answer"));

    approve(&Browser::of(&office, &trustee).await, check).await;

    let pack = "/requests/REQ-2026-0001/pack";
    assert_eq!(reader.post(&format!("{pack}/build"), "").await.1, format!("{pack}?done=built"));
    let (_, page) = reader.get(pack).await;
    keep("pack.html", &page);
    let to = values(&page, "name=\"to\" type=\"radio\" value=\"")[0];
    let (status, _, page) =
        reader.post(&format!("{pack}/release"), &format!("to={to}&how=download&confirmed=yes")).await;
    assert_eq!(status, StatusCode::OK);
    keep("released.html", &page);
    let link = values(&page, "href=\"/d/")[0];
    let secret = page.split("<strong class=\"gb-secret\">").nth(1).and_then(|rest| rest.split('<').next());
    let passphrase = secret.unwrap().to_owned();
    let visitor = Browser { cookie: String::new(), ..reader };
    let (status, page) = visitor.get(&format!("/d/{link}")).await;
    assert_eq!(status, StatusCode::OK);
    keep("download.html", &page);
    assert!(!page.contains("Ada"), "the page behind the link names nobody");
    let (status, _, body) = visitor.post(&format!("/d/{link}/read"), &format!("passphrase={passphrase}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Ada showed me round") && !body.contains("Corwin"));
    let (status, _, body) = visitor.post(&format!("/d/{link}/read"), "passphrase=wrong").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("Enter the passphrase") && !body.contains("Ada showed me round"));
}

#[tokio::test]
async fn a_wrong_link_looks_like_an_ended_one_and_the_desk_is_for_those_who_work_on_requests() {
    let (office, lead, _) = scene().await;
    let reader = Browser::of(&office, &lead).await;
    let (status, page) = reader.get("/d/wrong").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(page, reader.get("/d/wrong/access-pack.pdf").await.1);
    let volunteer = Browser::of(&office, &office.volunteer().await).await;
    assert_eq!(volunteer.get(&format!("{DESK}/1")).await.0, StatusCode::NOT_FOUND);
}
