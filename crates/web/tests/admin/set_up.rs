//! The first set-up, from an empty book to the end, and left and taken up again.

use axum::http::StatusCode;
use duties::accounts::{code_at, first_run_token};
use duties::book::{Place, RootSecret};
use duties::records::ServiceId;
use duties::records::house::Charity;
use duties::{Office, start::Start};
use jiff::civil::date;
use testkit::{FrozenClock, TestOffice, charity, policy_texts};

use crate::browser::Browser;

const PASSWORD: &str = "teapot gravel onward";

/// A book as `guardbook init` makes it: a name, a policy, and nothing else.
async fn empty_book() -> TestOffice {
    let folder = tempfile::tempdir().unwrap();
    let now = date(2026, 3, 2).at(9, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp();
    let clock = FrozenClock::at(now);
    let bare = Charity { address: Vec::new(), contact_email: String::new(), ..charity() };
    let start = Start { charity: bare, policy: policy_texts("kids-on-track") };
    let place = Place::folder(folder.path().join("book"));
    let root = RootSecret::generate_key_file(&folder.path().join("root.key")).unwrap();
    let office = Office::create(&place, &root, start, clock.clone()).await.unwrap();
    TestOffice { office, clock, service: ServiceId::from_bytes([1; 16]), folder }
}

/// The bytes of the secret whose letters stand on the page.
fn secret_on(body: &str) -> Vec<u8> {
    let at = body.find("gb-secret\">").unwrap() + "gb-secret\">".len();
    let letters: String = body[at..].chars().take_while(|c| *c != '<').filter(|c| !c.is_whitespace()).collect();
    let value = |letter| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
    let bits: String =
        letters.chars().flat_map(|letter| format!("{:05b}", value(letter)).into_bytes()).map(char::from).collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

/// Sets up the second step, and gives where the codes' page leads.
async fn second_step(office: &TestOffice, browser: &mut Browser) -> String {
    let secret = secret_on(&browser.get("/sign-in/second-factor").await.body);
    let code = code_at(&secret, office.office.now()).unwrap();
    let codes = browser.post("/sign-in/second-factor", &[("code", &code)]).await;
    assert_eq!(codes.status, StatusCode::OK);
    codes.body.split("method=\"get\" action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Invites somebody from the set-up, and has them open their account.
async fn invite(office: &TestOffice, browser: &mut Browser, name: &str, role: &str) {
    let email = format!("{}@lantern.example.org", name.to_lowercase().replace(' ', "."));
    let fields = [("name", name), ("email", email.as_str()), ("roles", role)];
    let shown = browser.post("/admin/people/new?set-up=yes", &fields).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.errors());
    assert!(shown.body.contains("Setting up: step 5 of 5") && shown.body.contains("/admin/set-up?set-up=yes"));
    let link = shown.link("http://guardbook.test/welcome/").replace("http://guardbook.test", "");
    let mut theirs = browser.another();
    assert_eq!(theirs.post(&link, &[("password", PASSWORD)]).await.to(), "/sign-in/second-factor");
    assert_eq!(second_step(office, &mut theirs).await, "/", "the set-up is not theirs");
}

const CHARITY: [(&str, &str); 9] = [
    ("name", "Lantern Sample Charity"),
    ("address", "1 Example Street\nSampleton"),
    ("contact-email", "privacy@lantern.example.org"),
    ("nations", "england-and-wales"),
    ("regulator-name", "Information Commissioner's Office"),
    ("regulator-address", "Water Lane\nWilmslow"),
    ("regulator-checked-day", "2"),
    ("regulator-checked-month", "3"),
    ("regulator-checked-year", "2026"),
];

#[tokio::test]
async fn the_first_administrator_is_led_from_an_empty_book_to_the_end() {
    let office = empty_book().await;
    let mut browser = Browser::new(&office).await;
    let first_run = format!("/first-run/{}", first_run_token(&office.office).await.unwrap().unwrap());
    let fields = [("name", "Ali Admin"), ("email", "ali@lantern.example.org"), ("password", PASSWORD)];
    assert_eq!(browser.post(&first_run, &fields).await.to(), "/sign-in/second-factor");
    assert_eq!(second_step(&office, &mut browser).await, "/admin/set-up");
    let start = browser.get("/admin/set-up").await.body;
    assert!(start.contains("Begin: say who you are") && start.contains("href=\"/admin/charity?set-up=yes\""));

    let wrong = browser.post("/admin/charity?set-up=yes", &CHARITY[..1]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Setting up: step 1 of 5") && wrong.body.contains("Leave this for later"));
    assert_eq!(browser.post("/admin/charity?set-up=yes", &CHARITY).await.to(), "/admin/policy?set-up=yes");
    let policy = browser.get("/admin/policy?set-up=yes").await.body;
    assert!(policy.contains("1 month") && policy.contains("Go on: add your first service"));

    let services = browser.get("/admin/services?set-up=yes").await.body;
    assert!(services.contains("There is no service yet") && services.contains("/admin/services/new?set-up=yes"));
    let service = [("name", "Drop-in"), ("about", "A place to be after school.")];
    let added = browser.post("/admin/services/new?set-up=yes", &service).await;
    assert_eq!(added.to(), "/admin/services?set-up=yes&done=added");
    assert!(browser.get(added.to()).await.body.contains("Go on: list the places to search"));
    let place = [("name", "Cabinet 2"), ("holder", "The office")];
    let added = browser.post("/admin/places/new?set-up=yes", &place).await;
    assert!(browser.get(added.to()).await.body.contains("Go on: invite colleagues"));

    let half = browser.get("/admin/set-up?set-up=yes").await.body;
    assert!(half.contains("What is left to set up"), "left and taken up again");
    assert!(half.contains("Next: invite colleagues"), "the policy's review is somebody else's, and comes last");
    for (title, done) in [("Say who you are", true), ("Add your first service", true), ("Invite colleagues", false)] {
        let line = half.split(title).nth(1).unwrap().split("</li>").next().unwrap();
        assert_eq!(line.contains(">Done<"), done, "{title}: {line}");
    }
    let alone = browser.get("/admin/people?set-up=yes").await.body;
    assert!(alone.contains("Leave this for later") && alone.contains("Invite two people at least"));
    invite(&office, &mut browser, "Dee Lead", "data-protection-lead").await;
    let one = browser.get("/admin/set-up?set-up=yes").await.body;
    assert!(one.contains("1 person can check an answer"), "one is not enough: {one}");
    invite(&office, &mut browser, "Tove Trustee", "trustee").await;
    let end = browser.get("/admin/set-up?set-up=yes").await.body;
    assert!(end.contains("2 people can check an answer"), "{end}");
    let hub = browser.get("/admin").await.body;
    for done in ["The charity&#39;s details are complete", "There is a service", "The places to search are listed"] {
        let line = hub.split(done).nth(1).unwrap_or_else(|| panic!("{done}: {hub}")).split("</li>").next().unwrap();
        assert!(line.contains(">Done<"), "{line}");
    }
}

#[tokio::test]
async fn every_step_can_be_left_for_later_and_stands_on_the_checklist_meanwhile() {
    let office = empty_book().await;
    let admin = office.administrator().await;
    let mut browser = Browser::of(&office, &admin).await;
    let steps = ["/admin/charity", "/admin/policy", "/admin/services", "/admin/places", "/admin/people"];
    for (step, next) in steps.iter().zip(steps[1..].iter().chain(&["/admin/set-up"])) {
        let page = browser.get(&format!("{step}?set-up=yes")).await.body;
        assert!(page.contains(&format!("href=\"{next}?set-up=yes\"")), "{step} leads to {next}: {page}");
        assert!(!browser.get(step).await.body.contains("Setting up: step"), "{step} by itself is no step");
    }
    let hub = browser.get("/admin").await.body;
    assert!(hub.contains("Go on with the set-up"));
    let line = hub.split("The charity&#39;s details are complete").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(line.contains("Something missing"), "{line}");
}
