//! The pages of people, over HTTP: what they show, what they refuse, and that nothing typed is lost.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use duties::SignedIn;
use duties::records::{FileId, PersonClass};
use http_body_util::BodyExt;
use jiff::civil::date;
use testkit::{TestOffice, sign_in_cookie};
use tower::ServiceExt;
use web::app::{App, router};

struct Browser {
    pages: Router,
    cookie: String,
}

struct Answer {
    status: StatusCode,
    to: String,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Browser {
    async fn of(office: &TestOffice, who: &SignedIn) -> Self {
        let app = App::new(office.office.clone(), Vec::new(), false).await.unwrap();
        Self { pages: router(app), cookie: sign_in_cookie(office, who).await }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, to, headers: parts.headers, body }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "guardbook.example.org")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &self.cookie)
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", urlencoding::encode(value))).collect();
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let (name, bytes) = file;
        body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"upload\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(b"\r\n--edge--\r\n");
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// What stands between the title's tags.
fn title(page: &str) -> &str {
    page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
}

async fn scene() -> (TestOffice, Browser, FileId) {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let browser = Browser::of(&office, &worker).await;
    (office, browser, ada)
}

#[tokio::test]
async fn every_page_of_a_file_opens_and_none_has_the_name_in_its_title() {
    let (office, _, ada) = scene().await;
    let manager = office.service_manager().await;
    let browser = Browser::of(&office, &manager).await;
    let parts = [
        "",
        "/timeline",
        "/papers",
        "/family",
        "/looked",
        "/requests",
        "/reason",
        "/notes/new",
        "/papers/new",
        "/identity",
        "/contacts/new",
        "/family/new",
        "/warnings/new",
        "/enrol",
        "/notice",
        "/facts/new",
        "/print",
    ];
    for part in parts {
        let answer = browser.get(&format!("/people/{ada}{part}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{part}: {}", answer.to);
        let page = answer.text();
        assert!(!title(&page).contains("Ada"), "{part}");
        assert_eq!(page.matches("<h1").count(), 1, "{part}");
        assert!(part == "/reason" || page.contains("Ada Sample"), "{part}");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store", "{part}");
    }
}

#[tokio::test]
async fn a_file_of_another_service_looks_like_one_that_is_not_there() {
    let (office, browser, _) = scene().await;
    let elsewhere = duties::records::ServiceId::from_bytes([9; 16]);
    office.add_service(elsewhere, "Far away", Vec::new()).await;
    let bob = office.person(PersonClass::Child, "Bob Sample", None, vec![elsewhere]).await;
    let nobody = FileId::from_bytes([4; 16]);
    for part in ["/timeline", "/papers", "/family", "/looked", "/notes/new", "/identity"] {
        // A family worker could say that somebody is in danger; nothing else opens it, and nothing of it shows.
        let there = browser.get(&format!("/people/{bob}{part}")).await;
        assert!(!there.text().contains("Bob"), "{part}");
        let not_there = browser.get(&format!("/people/{nobody}{part}")).await;
        assert_eq!(not_there.status, StatusCode::NOT_FOUND, "{part}");
    }
    let trustee = office.trustee().await;
    let trustee = Browser::of(&office, &trustee).await;
    assert_eq!(trustee.get(&format!("/people/{bob}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(trustee.get("/people").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_somebody_is_mentioned_asks_why_first_and_marks_the_words() {
    let (office, browser, ada) = scene().await;
    let ben = office.child("Ben Example", date(2015, 1, 1)).await;
    let far = office.person(PersonClass::Supporter, "Sid Far", None, Vec::new()).await;
    let note = |text: &str| {
        duties::records::Content::Note(duties::records::work::Note {
            happened: office.office.now(),
            title: "Visit".into(),
            text: text.into(),
            own_words: None,
            service: None,
            touches: Vec::new(),
            concerns: Vec::new(),
        })
    };
    office.add(ben, note("Then <b>Ada Sample</b> came by.")).await;
    office.add(far, note("Ada Sample, seen from afar.")).await;
    let summary = browser.get(&format!("/people/{ada}")).await.text();
    let path = format!("/people/{ada}/mentions");
    assert!(summary.contains(&format!("href=\"{path}\"")), "the summary does not lead there");
    let asked = browser.get(&path).await;
    assert_eq!(asked.to, format!("/people/{ada}/reason?then=%2Fmentions"));
    let reason = [("purpose", "support"), ("reason", "the mother asks"), ("then", "/mentions")];
    assert_eq!(browser.post(&format!("/people/{ada}/reason"), &reason).await.to, path);
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    assert!(page.contains("<mark>Ada Sample</mark>") && page.contains("Their full name (sure)"), "{page}");
    assert!(page.contains("Found 1 place in 1 file that you may open."));
    assert!(!page.contains("Sid") && !page.contains("afar") && !page.contains("<b>"));
    assert!(!title(&page).contains("Ada"));
}

#[tokio::test]
async fn a_name_that_is_looked_for_is_posted_and_found_and_stands_in_no_address() {
    let (_office, browser, ada) = scene().await;
    let found = browser.post("/search", &[("q", "sampl 6/5/2014")]).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.text().contains(&format!("/people/{ada}")));
    let list = browser.get("/people?class=child").await.text();
    assert!(list.contains("Ada Sample"));
    assert!(!list.contains("href=\"/people?q="));
    let none = browser.post("/search", &[("q", "zzz")]).await.text();
    assert!(none.contains("Nobody was found"));
}

#[tokio::test]
async fn a_note_that_is_not_right_comes_back_with_everything_that_was_typed() {
    let (_office, browser, ada) = scene().await;
    let path = format!("/people/{ada}/notes/new");
    let wrong = browser.post(&path, &[("title", ""), ("text", "A long talk about <school>"), ("time", "25:99")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.text();
    assert!(title(&page).starts_with("Error:"));
    assert!(page.contains("A long talk about &#60;school&#62;"), "typed words are lost or not escaped");
    assert!(page.contains("Say in one line what the note is about") && page.contains("Write the time like 14:30"));
    let saved =
        browser.post(&path, &[("title", "Visit"), ("text", "A long talk"), ("own-words", "I like it here")]).await;
    assert_eq!(
        (saved.status, saved.to.as_str()),
        (StatusCode::SEE_OTHER, &*format!("/people/{ada}/timeline?done=note"))
    );
    let page = browser.get(&saved.to).await.text();
    assert!(page.contains("A long talk") && page.contains("I like it here") && page.contains("The note was saved."));
}

#[tokio::test]
async fn somebody_who_may_be_the_same_is_shown_before_anything_is_saved() {
    let (office, browser, ada) = scene().await;
    let before = office.office.book().people();
    let fields = [
        ("name", "Ada Sampel"),
        ("class", "child"),
        ("born-day", "6"),
        ("born-month", "5"),
        ("born-year", "2014"),
        ("source", "carer"),
    ];
    let asked = browser.post("/people/new", &fields).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = asked.text();
    assert!(
        page.contains(&format!("/people/{ada}"))
            && page.contains("Nothing is saved yet")
            && page.contains("value=\"Ada Sampel\"")
    );
    assert_eq!(office.office.book().people(), before);
    let sure = [fields.as_slice(), &[("someone-else", "yes")]].concat();
    let saved = browser.post("/people/new", &sure).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = browser.get(&saved.to).await.text();
    assert!(page.contains("We owe this person our privacy notice"));
}

#[tokio::test]
async fn the_lead_is_asked_why_and_goes_on_where_she_wanted() {
    let (office, _, ada) = scene().await;
    let lead = office.data_protection_lead().await;
    let browser = Browser::of(&office, &lead).await;
    let turned = browser.get(&format!("/people/{ada}/papers")).await;
    assert_eq!(turned.to, format!("/people/{ada}/reason?then=%2Fpapers"));
    let page = browser.get(&turned.to).await.text();
    assert!(!page.contains("Ada"), "the reason page names the person before it is known why");
    let path = format!("/people/{ada}/reason");
    let wrong = browser.post(&path, &[("purpose", "support"), ("reason", ""), ("then", "/papers")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("purpose", "quality"), ("reason", "yearly check of the records"), ("then", "/papers")];
    let went_on = browser.post(&path, &fields).await;
    assert_eq!(went_on.to, format!("/people/{ada}/papers"));
    assert_eq!(browser.get(&went_on.to).await.status, StatusCode::OK);
    let away = browser
        .post(&path, &[("purpose", "quality"), ("reason", "yearly check"), ("then", "//elsewhere.example")])
        .await;
    assert_eq!(away.to, format!("/people/{ada}"));
    office.clock.advance(jiff::SignedDuration::from_mins(29));
    browser.get(&format!("/people/{ada}")).await;
    office.clock.advance(jiff::SignedDuration::from_mins(2));
    assert_eq!(
        browser.get(&format!("/people/{ada}")).await.status,
        StatusCode::SEE_OTHER,
        "the reason outlives half an hour"
    );
}

#[tokio::test]
async fn a_paper_comes_back_byte_for_byte_as_a_download_without_a_name() {
    let (_office, browser, ada) = scene().await;
    let path = format!("/people/{ada}/papers/new");
    let fields = [("sort", "letter"), ("needed-for", "transport"), ("source", "organisation")];
    // Nothing can be read of it, and it is kept all the same.
    let pdf = b"%PDF-1.7 a made-up letter";
    let read = browser.upload(&path, &fields, ("ada-sample.pdf", pdf)).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text());
    let check = format!("/people/{ada}/papers/check");
    assert_eq!(read.to, check);
    let page = browser.get(&check).await.text();
    assert!(page.contains("Nothing is kept yet") && page.contains("ada-sample.pdf"));
    let fields = [("title-0", "Letter from school"), ("keep-0", "yes")];
    let saved = browser.post(&check, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let list = browser.get(&saved.to).await.text();
    let paper = list.split("href=\"").find(|part| part.contains("Letter from school</a>")).unwrap();
    let page = browser.get(paper.split('"').next().unwrap()).await.text();
    let link =
        page.split("href=\"").find(|part| part.contains("/open\"")).unwrap().split('"').next().unwrap().to_owned();
    let opened = browser.get(&link).await;
    assert_eq!(opened.body, pdf);
    assert_eq!(opened.headers[header::CONTENT_TYPE], "application/pdf");
    let disposition = opened.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(disposition.starts_with("attachment") && !disposition.contains("sample"), "{disposition}");
    assert_eq!(opened.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
}

#[tokio::test]
async fn a_page_in_disguise_an_empty_file_and_a_huge_one_are_refused_in_words() {
    let (_office, browser, ada) = scene().await;
    let path = format!("/people/{ada}/papers/new");
    let fields = [("title", "Letter"), ("needed-for", "transport")];
    let script = browser.upload(&path, &fields, ("letter.pdf", b"<script>alert(1)</script>")).await;
    assert_eq!(script.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(script.text().contains("We cannot keep this kind of file"));
    let empty = browser.upload(&path, &fields, ("letter.pdf", b"")).await;
    assert!(empty.text().contains("This file is empty"));
    let mut large = b"%PDF-1.7 ".to_vec();
    large.resize(21 * 1024 * 1024, b'x');
    let large = browser.upload(&path, &fields, ("letter.pdf", &large)).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(large.text().contains("Choose one of at most 20 MB"));
    let huge = browser
        .upload(&path, &fields, ("letter.pdf", &vec![b'x'; duties::notes::LARGEST_TOGETHER + 5 * 1024 * 1024]))
        .await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_warning_stands_above_every_part_until_it_is_lifted_with_a_reason() {
    let (_office, browser, ada) = scene().await;
    let fields = [("warning", "protected-address"), ("text", "Never tell anybody where they live.")];
    let saved = browser.post(&format!("/people/{ada}/warnings/new"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    for part in ["", "/timeline", "/papers", "/family"] {
        assert!(browser.get(&format!("/people/{ada}{part}")).await.text().contains("Never tell anybody"), "{part}");
    }
    let page = browser.get(&format!("/people/{ada}")).await.text();
    let lift =
        page.split("href=\"").find(|part| part.contains("/lift\"")).unwrap().split('"').next().unwrap().to_owned();
    let refused = browser.post(&lift, &[("version", "1"), ("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let lifted = browser.post(&lift, &[("version", "1"), ("reason", "the order has ended")]).await;
    assert_eq!(lifted.status, StatusCode::SEE_OTHER);
    assert!(!browser.get(&format!("/people/{ada}/papers")).await.text().contains("Never tell anybody"));
    let again = browser.post(&lift, &[("version", "1"), ("reason", "the order has ended")]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn addresses_numbers_and_postcodes_say_what_is_wrong_at_their_field() {
    let (_office, browser, ada) = scene().await;
    let path = format!("/people/{ada}/contacts/new");
    let nothing = browser.post(&path, &[]).await.text();
    assert!(nothing.contains("Choose what it is") && nothing.contains("Say whether it is safe to use"));
    let wrong = browser.post(&path, &[("channel", "phone"), ("phone", "ask mum"), ("safe", "yes")]).await.text();
    assert!(wrong.contains("id=\"phone-error\"") && wrong.contains("value=\"ask mum\""));
    let fields = [
        ("channel", "post"),
        ("address", "1 Example Street"),
        ("postcode", "zz11zz"),
        ("safe", "no"),
        ("source", "carer"),
    ];
    let saved = browser.post(&path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let page = browser.get(&saved.to).await.text();
    assert!(page.contains("ZZ1 1ZZ") && page.contains("No: never use it"));
    assert!(browser.post("/search", &[("q", "zz1 1zz")]).await.text().contains("Ada Sample"));
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let (_office, browser, ada) = scene().await;
    let request = Request::builder()
        .method("POST")
        .uri(format!("/people/{ada}/notes/new"))
        .header(header::HOST, "guardbook.example.org")
        .header("sec-fetch-site", "cross-site")
        .header(header::COOKIE, &browser.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("title=x&text=y"))
        .unwrap();
    assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_timeline_is_searched_without_the_words_in_the_address_and_prints_as_numbered_pages() {
    let (_office, browser, ada) = scene().await;
    for (title, text) in [("Visit", "The goats were fed."), ("Call", "The bus was late.")] {
        let fields = [("title", title), ("text", text), ("source", "staff")];
        assert_eq!(browser.post(&format!("/people/{ada}/notes/new"), &fields).await.status, StatusCode::SEE_OTHER);
    }
    let path = format!("/people/{ada}/timeline");
    let found = browser.post(&path, &[("words", "GOATS")]).await.text();
    assert!(found.contains("1 entry in this choice") && found.contains("goats") && !found.contains("bus was late"));
    let none = browser.get(&format!("{path}?what=sharing&year=2026")).await.text();
    assert!(none.contains("Nothing fits this choice"));
    let path = format!("/people/{ada}/print");
    let missing = browser.post(&path, &[("from-day", "3"), ("from-month", "2"), ("from-year", "2026")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let missing = missing.text();
    assert!(missing.contains("Choose how much to print") && missing.contains("value=\"2026\""));
    let printed = browser.post(&path, &[("extent", "whole")]).await;
    assert_eq!(printed.headers[header::CONTENT_TYPE], "application/pdf");
    assert!(printed.body.starts_with(b"%PDF-") && printed.headers[header::CACHE_CONTROL] == "no-store");
    assert!(!printed.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("Ada"));
}
