//! Bringing people in: every fault named, all or nothing, and what no service needs stays out.

use duties::people::check_people;
use duties::people::import_people::{Checked, ImportError, Options, Same, import_people, undo_import};
use duties::{SignedIn, Stopped};
use jiff::civil::date;
use records::people::{Channel, Relation};
use records::{Content, Kind, PersonClass, Source, State};
use testkit::TestOffice;

use crate::persons::names;

async fn check(office: &TestOffice, table: &str, options: &Options) -> Checked {
    check_people(&office.office, table.as_bytes(), options).await.unwrap()
}

fn told(problems: &[duties::people::import_people::Problem]) -> Vec<(u64, &str, &str)> {
    problems.iter().map(|p| (p.row, p.column.as_str(), p.value.for_page().as_str())).collect()
}

async fn bring_in(office: &TestOffice, who: &SignedIn, table: &str, options: &Options) -> Result<u64, ImportError> {
    import_people(&office.office, who, table.as_bytes(), options).await.map(|done| done.added)
}

const FAMILY: &str = "\u{feff}Person ID,Role,First name,Last name,Known as,D.O.B.,Phone,E-mail,Address,Town,Post code,Related to,Relation\n\
    1,child,Ada,Sample,Addie,2 March 2014,01632 960001,ada@example.org,\"1 Example Street, Flat 2\",Sampleton,zz11zz,,\n\
    2,family,Maryam,Sample,,1/2/1985,,,,,,1,mum\n\
    3,professional,Ian,Invented,,,,,,,,1,uncle\n";

#[tokio::test]
async fn a_table_comes_in_whole_with_addresses_links_and_a_notice_for_each() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let options = Options { service: Some(office.service), ..Options::default() };
    assert_eq!(bring_in(&office, &manager, FAMILY, &options).await.unwrap(), 3);
    assert_eq!(names(&office, &manager, "2/3/2014 zz1 1zz").await, ["Ada Sample"]);
    assert_eq!(names(&office, &manager, "maryam").await, ["Maryam Sample"], "the mother is at her child's service");
    let found = office.office.book().search("ada", 5, |_, _| true).remove(0);
    let ada = office.office.book().file_in_passing(found.file).await.unwrap();
    let channels: Vec<_> = ada
        .of_kind(Kind::Contact)
        .filter_map(|o| match &o.record.content {
            Content::Contact(contact) => Some((contact.channel, contact.value.for_page().clone())),
            _ => None,
        })
        .collect();
    assert_eq!(channels[0], (Channel::Post, "1 Example Street, Flat 2\nSampleton".to_owned()));
    assert_eq!(channels.len(), 3);
    let relations: Vec<_> = ada
        .of_kind(Kind::Relationship)
        .filter_map(|o| match &o.record.content {
            Content::Relationship(r) => Some((r.relation, r.remarks.as_ref().map(|words| words.for_page().clone()))),
            _ => None,
        })
        .collect();
    assert_eq!(relations, [(Relation::Mother, Some("mum".to_owned())), (Relation::Other, Some("uncle".to_owned()))]);
    assert_eq!(ada.of_kind(Kind::Enrolment).next().unwrap().header.state, State::Waiting, "T73");
    assert_eq!(office.office.book().work_of_kind(Kind::Notice).await.unwrap().len(), 3, "T74: one for each");
    assert!(ada.records.iter().all(|opened| opened.record.provenance.source == Source::Import));
    assert!(office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn every_bad_cell_is_named_with_row_column_value_and_fix_and_nothing_comes_in() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let people = office.office.book().people();
    let table = "Name,Born,Postcode,Phone,Email,Role\n\
        Good Row,1/1/2014,ZZ1 1ZZ,,,\n\
        ,1/1/2014,,,,\n\
        Bad Date,31/2/2014,,,,\n\
        American,3/25/2014,,,,\n\
        Two Figures,1/1/14,,,,\n\
        Tomorrow,1/1/2027,,,,\n\
        \n\
        Bad Post,,12345,,,\n\
        Bad Phone,,,call mum,,\n\
        Bad Mail,,,,nobody,\n\
        Bad Role,,,,,wizard\n";
    let checked = check(&office, table, &Options::default()).await;
    let expected = [
        (3, "Name", ""),
        (4, "Born", "31/2/2014"),
        (5, "Born", "3/25/2014"),
        (6, "Born", "1/1/14"),
        (7, "Born", "1/1/2027"),
        (9, "Postcode", "12345"),
        (10, "Phone", "call mum"),
        (11, "Email", "nobody"),
        (12, "Role", "wizard"),
    ];
    assert_eq!(told(&checked.errors), expected);
    assert!(checked.errors.iter().all(|problem| problem.message.len() > 15), "a fix is missing");
    assert!(matches!(bring_in(&office, &manager, table, &Options::default()).await, Err(ImportError::Wrong(9))));
    assert_eq!(office.office.book().people(), people, "half a table came in");
}

#[tokio::test]
async fn duplicates_in_the_table_and_in_the_book_are_said_and_do_not_stop_it() {
    let office = TestOffice::new().await;
    office.child("Ada Sample", date(2014, 5, 6)).await;
    let table = "Name,DOB\nAda  SAMPLE,6/5/2014\nBob Sample,1/1/2015\nbob sample,1/1/2015\nBob Sample,2/1/2015\n";
    let checked = check(&office, table, &Options::default()).await;
    assert!(checked.is_right());
    assert_eq!(told(&checked.warnings).iter().map(|(row, ..)| *row).collect::<Vec<_>>(), [4, 2]);
}

#[tokio::test]
async fn a_number_twice_or_a_link_to_nobody_or_oneself_is_an_error() {
    let office = TestOffice::new().await;
    let table = "ID,Name,Related to\n1,Ada,\n1,Bob,\n2,Cleo,9\n3,Dan,3\n";
    let checked = check(&office, table, &Options::default()).await;
    assert_eq!(told(&checked.errors), [(3, "ID", "1"), (4, "Related to", "9"), (5, "Related to", "3")]);
}

#[tokio::test]
async fn quotes_that_do_not_close_stop_the_import_instead_of_swallowing_people() {
    let office = TestOffice::new().await;
    let table = "name,street\nAda,x\n\"Bob,1 Example Street\nCleo,x\nDan,x\n";
    let refused = check_people(&office.office, table.as_bytes(), &Options::default()).await.unwrap_err();
    assert!(matches!(&refused, ImportError::Broken { row: 3, .. }), "{refused}");
    assert_eq!(refused.row(), 3);
}

#[tokio::test]
async fn a_problem_bears_the_name_that_the_table_gives_to_the_column() {
    let office = TestOffice::new().await;
    let table = "Forename,Surname,D.O.B.\nAda,Sample,6/5/2014\nAda,Sample,6/5/2014\nBob,Sample,1/1/1815\n";
    let checked = check(&office, table, &Options::default()).await;
    assert_eq!(told(&checked.warnings), [(3, "Forename", "Ada Sample")]);
    assert_eq!(told(&checked.errors), [(4, "D.O.B.", "1/1/1815")]);
    assert!(checked.errors[0].message.contains("Check the year"), "{}", checked.errors[0].message);
}

#[tokio::test]
async fn columns_that_nothing_is_kept_for_are_left_out_and_said() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let table = "Name,NHS number,Shoe size\nAda Sample,9990704996,36\n";
    let checked = check(&office, table, &Options::default()).await;
    assert!(checked.is_right());
    assert_eq!(checked.warnings.iter().map(|p| p.column.as_str()).collect::<Vec<_>>(), ["NHS number", "Shoe size"]);
    let ignoring = Options { ignore: vec!["nhs number".to_owned(), "shoe size".to_owned()], ..Options::default() };
    assert!(check(&office, table, &ignoring).await.warnings.is_empty());
    bring_in(&office, &manager, table, &Options::default()).await.unwrap();
    let found = office.office.book().search("ada", 5, |_, _| true).remove(0);
    let ada = office.office.book().file_in_passing(found.file).await.unwrap();
    let kept: Vec<_> = ada.records.iter().map(|opened| String::from_utf8(opened.record.to_store()).unwrap()).collect();
    assert!(!kept.iter().any(|record| record.contains("9990704996")), "K5: kept without a purpose");
}

#[tokio::test]
async fn health_and_money_come_in_only_with_a_service_that_needs_them() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let table = "Name,Allergies,Income,Religion\nAda Sample,nuts,low,none of your business\n";
    let nowhere = check(&office, table, &Options::default()).await;
    assert_eq!(
        nowhere.errors.iter().map(|p| p.column.as_str()).collect::<Vec<_>>(),
        ["Allergies", "Income", "Religion"]
    );
    let at_service = Options { service: Some(office.service), ..Options::default() };
    let checked = check(&office, table, &at_service).await;
    let columns: Vec<_> = checked.errors.iter().map(|p| p.column.as_str()).collect();
    assert!(
        columns.contains(&"Income") && columns.contains(&"Religion") && !columns.contains(&"Allergies"),
        "{columns:?}"
    );
    let without = Options { ignore: vec!["income".to_owned(), "religion".to_owned()], ..at_service };
    bring_in(&office, &manager, table, &without).await.unwrap();
    let found = office.office.book().search("ada", 5, |_, _| true).remove(0);
    let ada = office.office.book().file_in_passing(found.file).await.unwrap();
    let Content::Health(fact) = &ada.of_kind(Kind::Health).next().unwrap().record.content else { panic!() };
    assert_eq!(fact.text.for_page(), "Allergies: nuts");
}

#[tokio::test]
async fn a_service_named_in_the_row_counts_for_that_row() {
    let office = TestOffice::new().await;
    let table = "Name,Role,Service,Allergies\nAda Sample,child,short breaks,nuts\nBob Sample,child,,nuts\nCleo,child,Far away,\nDan,donor,Short breaks,\n";
    let checked = check(&office, table, &Options::default()).await;
    assert_eq!(
        told(&checked.errors),
        [(3, "Allergies", "nuts"), (4, "Service", "Far away"), (5, "Service", "Short breaks")]
    );
}

#[tokio::test]
async fn cells_that_look_like_formulas_are_words_and_nothing_more() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let table = "Name,Known as\n=HYPERLINK(0),@cmd\n+Plus Person,-1\n";
    assert_eq!(bring_in(&office, &manager, table, &Options::default()).await.unwrap(), 2);
    assert_eq!(office.office.book().search("=hyperlink(0)", 5, |_, _| true).len(), 1);
}

#[tokio::test]
async fn a_file_that_is_no_table_is_told_in_words() {
    let office = TestOffice::new().await;
    let refused =
        async |bytes: &[u8]| check_people(&office.office, bytes, &Options::default()).await.unwrap_err().to_string();
    assert!(refused(b"PK\x03\x04").await.contains("does not open"));
    assert!(refused(b"").await.contains("no rows"));
    assert!(refused(b"name\n").await.contains("no rows"));
    assert!(refused(b"colour,shape\nred,round\n").await.contains("No column has people's names"));
}

#[tokio::test]
async fn letters_in_another_encoding_are_read_and_a_guess_is_said() {
    let office = TestOffice::new().await;
    let check = async |bytes: &[u8]| check_people(&office.office, bytes, &Options::default()).await.unwrap();
    let name = |checked: &Checked, house| checked.preview(house, 2).unwrap()[0].1.for_page().clone();
    let house = office.office.house().await.unwrap();
    let utf_16: Vec<u8> = "\u{feff}name\nZo\u{eb} Sample\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let checked = check(&utf_16).await;
    assert_eq!((name(&checked, &house).as_str(), checked.warnings.len()), ("Zo\u{eb} Sample", 0));
    let checked = check(b"name\nZo\xeb Sample\n").await;
    assert_eq!(name(&checked, &house), "Zo\u{eb} Sample");
    assert!(checked.warnings[0].message.contains("Windows-1252"), "{}", checked.warnings[0].message);
}

#[tokio::test]
async fn only_those_who_may_bring_people_in_do_so_after_a_fresh_sign_in() {
    let office = TestOffice::new().await;
    let worker = office.family_worker().await;
    let stale = SignedIn { stepped_up: false, ..office.service_manager().await };
    let table = "name\nAda Sample\n";
    let refused = bring_in(&office, &worker, table, &Options::default()).await;
    assert!(matches!(refused, Err(ImportError::Stopped(Stopped::NotFound))));
    let refused = bring_in(&office, &stale, table, &Options::default()).await;
    assert!(matches!(refused, Err(ImportError::Stopped(Stopped::NeedsStepUp))));
    assert!(office.office.book().search("ada", 5, |_, _| true).is_empty());
}

#[tokio::test]
async fn people_are_what_the_table_says_or_what_was_chosen() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let table = "name,type\nAda A,Young person\nBob B,\nCleo C,donor\n";
    let options = Options { class: Some(PersonClass::Volunteer), ..Options::default() };
    bring_in(&office, &manager, table, &options).await.unwrap();
    let class = |name: &str| office.office.book().search(name, 1, |_, _| true)[0].card.class;
    assert_eq!(
        [class("ada"), class("bob"), class("cleo")],
        [PersonClass::Child, PersonClass::Volunteer, PersonClass::Supporter]
    );
}

/// A workbook as LibreOffice would write its content: an empty sheet, one of people, one that is hidden.
fn workbook() -> Vec<u8> {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|c| cell(c)).collect::<String>())
    };
    let sheet = |name: &str, rows: &[&[&str]]| {
        format!("<table:table table:name=\"{name}\">{}</table:table>", rows.iter().map(|r| row(r)).collect::<String>())
    };
    let people: &[&[&str]] =
        &[&["Our members", ""], &["Who", "DOB"], &["Ada Sample", "2/3/2014"], &["Bob Sample", "31/2/2014"]];
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet>{}{}{}</office:spreadsheet></office:body></office:document-content>",
        sheet("Empty", &[]),
        sheet("About", &[&["This is our list of members"]]),
        sheet("People", &people[1..]),
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_workbook_comes_in_by_sheet_with_the_columns_as_they_were_chosen() {
    let office = TestOffice::new().await;
    let bytes = workbook();
    let check = async |options: &Options| check_people(&office.office, &bytes, options).await;
    assert!(matches!(check(&Options::default()).await, Err(ImportError::NoName(_))), "the first sheet has no people");
    let options = Options { sheet: "Peeple".to_owned(), ..Options::default() };
    let refused = check(&options).await.unwrap_err().to_string();
    assert!(refused.contains("\"About\", \"People\"") && !refused.contains("Empty"), "{refused}");
    let options = Options { sheet: "People".to_owned(), ..Options::default() };
    assert!(matches!(check(&options).await, Err(ImportError::NoName(all)) if all.contains("Who")));
    let options = Options { uses: vec![("who".to_owned(), "name".to_owned())], ..options };
    let checked = check(&options).await.unwrap();
    assert_eq!((checked.sheet.as_str(), checked.rows), ("People", 2));
    assert_eq!(told(&checked.errors), [(3, "DOB", "31/2/2014")]);
    let without =
        Options { uses: vec![("Who".to_owned(), "name".to_owned()), ("DOB".to_owned(), String::new())], ..options };
    assert!(check(&without).await.unwrap().is_right());
}

#[tokio::test]
async fn any_row_can_be_seen_as_the_person_that_it_would_become() {
    let office = TestOffice::new().await;
    let options = Options { service: Some(office.service), ..Options::default() };
    let checked = check(&office, FAMILY, &options).await;
    let house = office.office.house().await.unwrap();
    let ada: Vec<(String, String)> = checked
        .preview(&house, 2)
        .unwrap()
        .into_iter()
        .map(|(label, value)| (label, value.for_page().clone()))
        .collect();
    let of = |label: &str| ada.iter().find(|(l, _)| l == label).map(|(_, value)| value.as_str());
    assert_eq!(of("Name"), Some("Ada Sample"));
    assert_eq!(of("Date of birth"), Some("2 March 2014"));
    assert_eq!(of("Address"), Some("1 Example Street, Flat 2\nSampleton\nZZ1 1ZZ"));
    assert_eq!(of("Enrolled with"), Some("Short breaks"));
    assert!(checked.preview(&house, 1).is_none() && checked.preview(&house, 5).is_none());
    assert_eq!((checked.extent(), checked.nearest(99), checked.before(4)), (Some((2, 4)), Some(4), Some(3)));
}

#[tokio::test]
async fn likely_duplicates_are_found_by_number_day_short_form_and_slip_with_the_reason() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let before = "ID,Name,DOB\n77,Robert Example,1/1/2015\n";
    bring_in(&office, &manager, before, &Options::default()).await.unwrap();
    office.child("Ada Sample", date(2014, 5, 6)).await;
    let table = "ID,Name,DOB\n77,Someone Married,\n2,Bob Example,\n3,Ada Sampel,6/5/2014\n4,Ada Sample,7/5/2014\n5,Zed Nobody,\n";
    let checked = check(&office, table, &Options::default()).await;
    let likely: Vec<_> = checked.likely.iter().map(|l| (l.row, l.why.as_str(), l.surely)).collect();
    assert_eq!(
        likely,
        [
            (2, "the same number in earlier records", true),
            (3, "a short form of the name", false),
            (4, "one letter is different, and the same date of birth", false)
        ]
    );
}

#[tokio::test]
async fn a_row_that_is_somebody_of_the_book_is_left_out_or_fills_in_what_is_empty() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let ada = office.child("Ada Sample", date(2014, 5, 6)).await;
    let bob = office.child("Bob Sample", date(2015, 5, 6)).await;
    let people = office.office.book().people();
    let table = "ID,Role,Name,DOB,Known as,Phone,Related to,Relation\n1,child,Ada Sample,6/5/2014,Addie,01632 960001,,\n\
        2,child,Bob Sample,6/5/2015,Bobby,01632 960002,,\n3,carer,Maryam Sample,,,,2,mum\n";
    let same = [(2, Same::Update(ada)), (3, Same::Skip(bob))].into_iter().collect();
    let options = Options { same, ..Options::default() };
    let done = import_people(&office.office, &manager, table.as_bytes(), &options).await.unwrap();
    assert_eq!((done.added, office.office.book().people()), (1, people + 1));
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    let Content::Identity(identity) = &file.of_kind(Kind::Identity).last().unwrap().record.content else { panic!() };
    assert_eq!(identity.preferred.as_ref().unwrap().for_page(), "Addie");
    assert_eq!((identity.number.as_ref().unwrap().for_page().as_str(), file.card.called()), ("1", "Addie"));
    assert_eq!(file.of_kind(Kind::Contact).count(), 1);
    let file = office.office.book().file_in_passing(bob).await.unwrap();
    assert_eq!((file.of_kind(Kind::Contact).count(), file.card.called()), (0, "Bob Sample"));
    assert_eq!(file.of_kind(Kind::Relationship).count(), 1, "the mother is linked to the file that was there");
    let undone = undo_import(&office.office, &manager, done.import, "the wrong table", false).await.unwrap();
    assert_eq!((undone.files, undone.records), (1, 3));
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!((file.of_kind(Kind::Contact).count(), file.card.called()), (0, "Ada Sample"));
    assert_eq!(office.office.book().file_in_passing(bob).await.unwrap().of_kind(Kind::Relationship).count(), 0);
    let nobody = [(2, Same::Skip(bob))].into_iter().collect();
    let options = Options { same: nobody, ..Options::default() };
    let refused = import_people(&office.office, &manager, table.as_bytes(), &options).await;
    assert!(matches!(refused, Err(ImportError::NotThem(2))), "a row was taken for somebody whom it is not like");
}

#[tokio::test]
async fn an_export_of_civicrm_comes_in_by_its_own_column_titles() {
    let office = TestOffice::new().await;
    let table = "Contact ID,Contact Type,First Name,Last Name,Nickname,Birth Date,Street Address,Supplemental Address 1,City,\
        Postal Code,Phone,Email,Preferred Language\n\
        12,Individual,Ada,Sample,Addie,2014-03-02,1 Example Street,Flat 2,Sampleton,ZZ1 1ZZ,01632 960001,ada@example.org,en_GB\n\
        13,Organization,,,,,,,,,,,\n";
    let checked = check(&office, table, &Options::default()).await;
    assert_eq!(checked.warnings.len(), 0, "{:?}", checked.warnings);
    assert_eq!(told(&checked.errors), [(3, "Contact Type", "Organization"), (3, "First Name", "")]);
    let house = office.office.house().await.unwrap();
    let shown = checked.preview(&house, 2).unwrap();
    let of = |label: &str| shown.iter().find(|(l, _)| l == label).map(|(_, value)| value.for_page().as_str());
    assert_eq!(of("Number in earlier records"), Some("12"));
    assert_eq!(of("Date of birth"), Some("2 March 2014"));
    assert_eq!(of("Address"), Some("1 Example Street\nFlat 2\nSampleton\nZZ1 1ZZ"));
}
