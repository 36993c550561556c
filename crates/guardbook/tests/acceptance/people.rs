//! People and the work with them: T3, K3, K4, K5, K9, K10, T8, T10, T73, T74.

use axum::http::StatusCode;
use jiff::civil::date;
use records::staff::Grant;
use records::{Content, FileId, Kind, PersonClass, ServiceId, StaffRole, State, operation};
use testkit::TestOffice;

use crate::browser::Browser;

const ELSEWHERE: ServiceId = ServiceId::from_bytes([9; 16]);

const ADA: [(&str, &str); 6] = [
    ("name", "Ada Sample"),
    ("class", "child"),
    ("born-day", "6"),
    ("born-month", "5"),
    ("born-year", "2014"),
    ("source", "person"),
];

async fn add(browser: &Browser, fields: &[(&str, &str)]) -> FileId {
    let saved = browser.post("/people/new", fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page());
    saved.to.trim_start_matches("/people/").split('?').next().unwrap().parse().unwrap()
}

async fn enrol(office: &TestOffice, browser: &Browser, file: FileId, notice: &str) {
    let service = office.service.to_string();
    let fields = [("service", service.as_str()), ("reason", "a rest for the family"), ("notice", notice)];
    let saved = browser.post(&format!("/people/{file}/enrol"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page());
}

#[tokio::test]
async fn k3_the_file_says_who_where_which_service_why_what_was_done_and_what_came_of_it() {
    let office = TestOffice::new().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = add(&worker, &ADA).await;
    enrol(&office, &worker, ada, "full").await;
    let contact = [
        ("channel", "post"),
        ("address", "1 Example Street"),
        ("postcode", "zz1 1zz"),
        ("safe", "yes"),
        ("source", "person"),
    ];
    worker.post(&format!("/people/{ada}/contacts/new"), &contact).await;
    worker
        .post(&format!("/people/{ada}/notes/new"), &[("title", "Day at the farm"), ("text", "We fed the goats.")])
        .await;
    let page = worker.open(&format!("/people/{ada}")).await;
    let end = page
        .page()
        .split("href=\"")
        .find(|part| part.contains("/outcome\""))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    worker.post(&end, &[("version", "1"), ("outcome", "She sleeps through the night.")]).await;
    let page = worker.open(&format!("/people/{ada}")).await;
    for words in [
        "Ada Sample",
        "6 May 2014",
        "1 Example Street",
        "ZZ1 1ZZ",
        "Short breaks",
        "a rest for the family",
        "We fed the goats.",
        "She sleeps through the night.",
    ] {
        assert!(page.says(words), "the file does not say {words}");
    }
}

#[tokio::test]
async fn k4_facts_about_health_or_money_are_not_offered_and_are_refused_where_no_service_needs_them() {
    let office = TestOffice::new().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let (path, service) = (format!("/people/{ada}/facts/new"), office.service);
    let offered = worker.open(&path).await;
    assert!(offered.says("Short breaks: health") && !offered.says("Short breaks: money"));
    let fact = |about: &str| format!("{service} {about}");
    let post = async |about: &str| {
        let fields = [("for", fact(about)), ("text", "made up".to_owned()), ("needed-for", "safety".to_owned())];
        worker.post(&path, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    };
    assert_eq!(post("health").await.status, StatusCode::SEE_OTHER);
    assert_eq!(post("money").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let note = [("title", "Visit"), ("text", "They owe rent."), ("touches", "money")];
    assert_eq!(worker.post(&format!("/people/{ada}/notes/new"), &note).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let manager = Browser::of(&office, &office.service_manager().await).await;
    let table = b"Name,Income\nBob Sample,low\n";
    let service = service.to_string();
    let checked = manager
        .post_with_file("/people/import", &[("service", service.as_str())], Some(("upload", "t.csv", table)))
        .await;
    let checked = manager.open(&checked.to).await;
    assert!(checked.says("does not need facts about money"));
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(
        (file.of_kind(Kind::Health).count(), file.of_kind(Kind::Financial).count(), file.of_kind(Kind::Note).count()),
        (1, 0, 0)
    );
}

#[tokio::test]
async fn k5_a_paper_without_a_purpose_and_a_column_without_one_are_not_kept() {
    let office = TestOffice::new().await;
    let manager = Browser::of(&office, &office.service_manager().await).await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let pdf = Some(("upload", "letter.pdf", &b"%PDF-1.7 x"[..]));
    let refused = manager.post_with_file(&format!("/people/{ada}/papers/new"), &[("title", "Letter")], pdf).await;
    assert!(refused.says("Say what we keep this for"));
    let table = b"Name,Shoe size\nBob Sample,SHOE36\n";
    let checked = manager.post_with_file("/people/import", &[], Some(("upload", "t.csv", table))).await;
    let checked = manager.open(&checked.to).await;
    assert!(checked.says("Nothing that we keep is for this column"), "{}", String::from_utf8_lossy(&checked.bytes));
    let done = manager.post("/people/import/bring-in", &[]).await;
    assert!(done.to.starts_with("/people/imports/"), "{}", done.to);
    let bob = office.office.book().search("bob", 1, |_, _| true).remove(0).file;
    let file = office.office.book().file_in_passing(bob).await.unwrap();
    assert!(file.records.iter().all(|opened| !String::from_utf8(opened.record.to_store()).unwrap().contains("SHOE36")));
}

#[tokio::test]
async fn k9_staff_at_the_service_open_the_file_others_do_not_and_every_view_is_in_the_ledger() {
    let office = TestOffice::new().await;
    office.add_service(ELSEWHERE, "Youth club", Vec::new()).await;
    let worker = office.family_worker().await;
    let here = office.child("Ada Sample", date(2014, 5, 6)).await;
    let there = office.person(PersonClass::Child, "Bob Sample", None, vec![ELSEWHERE]).await;
    let browser = Browser::of(&office, &worker).await;
    let before = office.office.book().traces_of(here, None, 100).await.unwrap().len();
    assert!(browser.open(&format!("/people/{here}")).await.says("Ada Sample"));
    let traces = office.office.book().traces_of(here, None, 100).await.unwrap();
    assert_eq!(traces.len(), before + 1);
    assert_eq!(traces[0].1.actor, records::Actor::Staff(worker.file));
    let elsewhere = browser.open(&format!("/people/{there}")).await;
    assert!(elsewhere.status != StatusCode::OK && !elsewhere.says("Bob Sample"));
    assert!(!browser.post("/search", &[("q", "sample")]).await.says("Bob Sample"));
}

#[tokio::test]
async fn k10_a_senior_manager_sees_a_file_only_by_name_and_with_a_reason_and_stands_on_its_list() {
    let office = TestOffice::new().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let bob = office.child("Bob Sample", date(2014, 5, 6)).await;
    let template = office.staff("Sue Senior", &[StaffRole::SeniorManager]).await;
    let mut account = template.account.clone();
    let until = date(2026, 4, 1);
    account.grants = vec![Grant { file: Some(ada), service: None, until, reason: "a complaint".into(), by: None }];
    let file = office.person(PersonClass::Staff, "Sonia Senior", None, Vec::new()).await;
    let senior = Browser::of(&office, &office.with_account(file, "Sonia Senior", account).await).await;
    let asked = senior.open(&format!("/people/{ada}")).await;
    assert!(asked.to.starts_with(&format!("/people/{ada}/reason")), "opened without a reason: {}", asked.status);
    let why = [("purpose", "quality"), ("reason", "looking into the complaint")];
    senior.post(&format!("/people/{ada}/reason"), &why).await;
    assert!(senior.open(&format!("/people/{ada}")).await.says("Ada Sample"));
    assert_eq!(senior.open(&format!("/people/{bob}")).await.status, StatusCode::NOT_FOUND);
    let manager = Browser::of(&office, &office.service_manager().await).await;
    let list = manager.open(&format!("/people/{ada}/looked")).await;
    assert!(list.says("Sonia Senior") && !list.says("Sue Senior"));
    assert!(list.says("looking into the complaint"));
    office.clock.set_day(date(2026, 4, 2));
    let senior = Browser::of(&office, &duties::SignedIn { file, ..template }).await;
    assert_eq!(
        senior.open(&format!("/people/{ada}")).await.status,
        StatusCode::NOT_FOUND,
        "the grant outlives its day"
    );
}

#[tokio::test]
async fn t8_the_first_record_of_a_person_makes_the_notice_owed_until_it_is_given() {
    let office = TestOffice::new().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = add(&worker, &ADA).await;
    assert!(worker.open(&format!("/people/{ada}")).await.says("We owe this person our privacy notice"));
    assert_eq!(office.office.book().work_of_kind(Kind::Notice).await.unwrap().len(), 1);
    let given = worker.post(&format!("/people/{ada}/notice"), &[("form", "easy-read")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.page());
    let page = worker.open(&format!("/people/{ada}")).await;
    assert!(!page.says("We owe this person") && page.says("the Easy Read notice"));
    assert!(office.office.book().work_of_kind(Kind::Notice).await.unwrap().is_empty());
}

#[tokio::test]
async fn t10_a_volunteer_sees_only_people_who_were_named_to_them_and_only_while_they_are() {
    let office = TestOffice::new().await;
    let volunteer = office.volunteer().await;
    let manager = Browser::of(&office, &office.service_manager().await).await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    office.child("Bob Sample", date(2014, 5, 6)).await;
    let browser = Browser::of(&office, &volunteer).await;
    assert_eq!(browser.open(&format!("/people/{ada}")).await.status, StatusCode::NOT_FOUND);
    let named = volunteer.file.to_string();
    let fields = [
        ("volunteer", named.as_str()),
        ("reason", "drives her to the club"),
        ("until-day", "1"),
        ("until-month", "6"),
        ("until-year", "2026"),
    ];
    let done = manager.post(&format!("/people/{ada}/volunteers"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page());
    assert!(browser.open(&format!("/people/{ada}")).await.says("Ada Sample"));
    let list = browser.open("/people").await;
    assert!(list.says("Ada Sample") && !list.says("Bob Sample"));
    manager.post(&format!("/people/{ada}/volunteers/{named}/end"), &[]).await;
    assert_eq!(browser.open(&format!("/people/{ada}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn t73_an_enrolment_is_not_complete_without_the_notice() {
    let office = TestOffice::new().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = add(&worker, &ADA).await;
    let service = office.service.to_string();
    let path = format!("/people/{ada}/enrol");
    let silent = worker.post(&path, &[("service", service.as_str()), ("reason", "a rest")]).await;
    assert!(silent.says("Say whether you gave our privacy notice"));
    let untrue = worker.post(&path, &[("service", service.as_str()), ("reason", "a rest"), ("notice", "had-it")]).await;
    assert_eq!(untrue.status, StatusCode::UNPROCESSABLE_ENTITY);
    enrol(&office, &worker, ada, "not-yet").await;
    assert!(worker.open(&format!("/people/{ada}")).await.says("No: the privacy notice is still to be given"));
    let due = office.office.book().work_of_kind(Kind::Enrolment).await.unwrap()[0].header.due.unwrap();
    assert_eq!(operation::london(due).date(), office.office.today().tomorrow().unwrap(), "late from tomorrow");
    worker.post(&format!("/people/{ada}/notice"), &[("form", "spoken")]).await;
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(file.of_kind(Kind::Enrolment).next().unwrap().header.state, State::Kept);
}

#[tokio::test]
async fn t74_who_did_not_tell_us_themselves_is_owed_the_notice_within_a_month() {
    let office = TestOffice::new().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let mut fields = ADA;
    fields[5] = ("source", "professional");
    let ada = add(&worker, &fields).await;
    assert!(worker.open(&format!("/people/{ada}")).await.says("Due in 31 days"));
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert!(
        matches!(&file.of_kind(Kind::Notice).next().unwrap().record.content, Content::Notice(notice) if notice.given.is_none())
    );
}

/// The program itself, on a book of its own.
#[test]
fn s6_the_command_line_brings_in_a_table_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let policies = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let run = |args: &[&std::ffi::OsStr]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_guardbook")).args(args).output().unwrap()
    };
    let text = |words: &'static str| std::ffi::OsStr::new(words);
    let policy = policies.join("kids.md");
    let made = run(&[text("init"), text("--book"), book.as_os_str(), text("--policy"), policy.as_os_str()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let table = folder.path().join("people.csv");
    let import = |more: &[&'static str]| {
        let mut args =
            vec![text("people"), text("import"), table.as_os_str(), text("--book"), book.as_os_str(), text("--json")];
        args.extend(more.iter().map(|word| text(word)));
        let done = run(&args);
        let answer: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        (done.status.code().unwrap(), answer)
    };
    std::fs::write(&table, "name,dob\nAda Sample,6/5/2014\nBob Sample,31/2/2014\n").unwrap();
    let (code, answer) = import(&[]);
    assert_eq!((code, &answer["added"]), (1, &0.into()));
    assert_eq!((&answer["errors"][0]["row"], &answer["errors"][0]["column"]), (&3.into(), &"dob".into()));
    assert_eq!(answer["errors"][0]["value"], "31/2/2014");
    std::fs::write(&table, "name,dob\nAda Sample,6/5/2014\nBob Sample,28/2/2014\n").unwrap();
    assert_eq!(import(&["--dry-run"]).1["added"], 0);
    let (code, answer) = import(&[]);
    assert_eq!((code, &answer["added"], &answer["warnings"]), (0, &2.into(), &serde_json::json!([])));
    let (code, answer) = import(&["--dry-run"]);
    assert_eq!(
        (code, answer["warnings"].as_array().unwrap().len()),
        (0, 2),
        "the half table was kept, or the whole was not"
    );
    let holds = run(&[text("fsck"), text("--book"), book.as_os_str()]);
    assert!(holds.status.success());
}

/// Access is proved here; sharing and the severity of breaches get their share of it when those pages are built.
#[tokio::test]
async fn t3_both_lists_of_the_policy_are_known_and_special_data_is_treated_more_strictly() {
    let office = TestOffice::under("kids-on-track").await;
    let lead = Browser::of(&office, &office.data_protection_lead().await).await;
    let page = lead.open("/admin/held").await.page();
    for words in [
        "Name",
        "Where the person lives",
        "E-mail and telephone",
        "Photographs",
        "IP address, location and cookies",
        "Profiles",
    ] {
        let row = row_of(&page, words);
        assert!(row.contains("Personal data") && row.contains("With everybody"), "{words}: {row}");
    }
    for words in ["Race or", "Religion", "Political", "Trade union", "sexual orientation", "Biometric", "Genetic"] {
        let row = row_of(&page, words);
        assert!(row.contains("Special category") && row.contains("Refused: no service needs it"), "{words}: {row}");
    }
    assert!(row_of(&page, "Health").contains("Short breaks"), "the service that needs it is named");
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let ada = add(&worker, &ADA).await;
    enrol(&office, &worker, ada, "full").await;
    let service = office.service.to_string();
    let note =
        |touches| [("title", "Visit"), ("text", "We talked."), ("service", service.as_str()), ("touches", touches)];
    let path = format!("/people/{ada}/notes/new");
    assert_eq!(worker.post(&path, &note("religion")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(worker.post(&path, &note("health")).await.status, StatusCode::SEE_OTHER);
}

/// The row of a table whose first cell says these words.
fn row_of<'a>(page: &'a str, words: &str) -> &'a str {
    let rows = page.split("<tr").filter(|row| row.contains("<th scope=\"row\"") || row.contains("scope=\"row\""));
    let mut found = rows.filter(|row| row.split("</th>").next().unwrap_or_default().contains(words));
    found.next().unwrap_or_else(|| panic!("no row says {words}"))
}

#[tokio::test]
async fn what_the_rules_refuse_is_not_offered_at_the_file_of_somebody_who_is_not_enrolled() {
    let office = TestOffice::new().await;
    let worker = Browser::of(&office, &office.family_worker().await).await;
    let enrolled = office.child("Ada Sample", date(2014, 5, 6)).await;
    let stranger = office.person(PersonClass::Child, "Bo Sample", Some(date(2015, 5, 6)), Vec::new()).await;
    for (file, offered) in [(enrolled, true), (stranger, false)] {
        for (page, link) in
            [("timeline", format!("/people/{file}/notes/new")), ("papers", format!("/people/{file}/papers?older=1"))]
        {
            let shown = worker.open(&format!("/people/{file}/{page}")).await;
            assert_eq!(shown.status, StatusCode::OK, "{}", shown.page());
            assert_eq!(shown.says(&link), offered, "{page}: {}", shown.page());
            assert_eq!(worker.open(&link).await.status != StatusCode::NOT_FOUND, offered, "{link}");
        }
    }
}
