//! Bringing in notes and enrolments: each row finds its person, or says why not; all or nothing; undone as a whole.

use duties::people::check_people;
use duties::people::import_people::{Checked, ImportError, Of, Options, import_people, undo_import};
use jiff::civil::date;
use records::{Content, Kind, PersonClass, Source, State, operation};
use testkit::TestOffice;

const PEOPLE: &str =
    "ID,Role,Name,DOB,Related to,Relation\n77,child,Ada Sample,2/3/2014,,\n78,carer,Maryam Sample,,77,mum\n";

async fn with_people() -> (TestOffice, duties::SignedIn) {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let options = Options { service: Some(office.service), ..Options::default() };
    import_people(&office.office, &manager, PEOPLE.as_bytes(), &options).await.unwrap();
    office.clock.advance(jiff::SignedDuration::from_mins(5));
    (office, manager)
}

fn of(of: Of) -> Options {
    Options { of, ..Options::default() }
}

async fn check(office: &TestOffice, table: &str, options: &Options) -> Checked {
    check_people(&office.office, table.as_bytes(), options).await.unwrap()
}

fn wrong(checked: &Checked) -> Vec<(u64, &str)> {
    checked.errors.iter().map(|problem| (problem.row, problem.column.as_str())).collect()
}

#[tokio::test]
async fn notes_find_their_person_by_number_or_by_name_and_birth_date() {
    let (office, manager) = with_people().await;
    let ada = office.office.book().search("ada", 1, |_, _| true)[0].file;
    let table = "ID,Name,DOB,Date,Type,Notes,Service\n77,,,4/5/2023 14:30,Home visit,All was well.,Short breaks\n\
        ,ADA  sample,2/3/2014,5/5/2023,,She drew a cat.,\n";
    let done = import_people(&office.office, &manager, table.as_bytes(), &of(Of::Notes)).await.unwrap();
    assert_eq!(done.added, 2);
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    let notes: Vec<_> = file
        .of_kind(Kind::Note)
        .filter_map(|opened| match &opened.record.content {
            Content::Note(note) => Some((note.clone(), opened.record.provenance.source.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(notes[0].0.title.for_page(), "Home visit");
    assert_eq!(operation::london(notes[0].0.happened).datetime(), date(2023, 5, 4).at(14, 30, 0, 0));
    assert_eq!((notes[0].0.service, &notes[0].1), (Some(office.service), &Source::Import));
    assert_eq!(notes[1].0.text.for_page(), "She drew a cat.");
    let undone = undo_import(&office.office, &manager, done.import, "twice", false).await.unwrap();
    assert_eq!((undone.files, undone.records), (0, 2));
    let file = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(file.of_kind(Kind::Note).count(), 0);
    assert!(office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_note_without_its_person_its_day_or_its_text_is_named_by_row_and_column() {
    let (office, _) = with_people().await;
    office.person(PersonClass::Child, "Twin Name", Some(date(2016, 1, 1)), Vec::new()).await;
    office.person(PersonClass::Child, "Twin Name", Some(date(2016, 1, 1)), Vec::new()).await;
    let table = "ID,Name,DOB,Date,Text\n99,,,4/5/2023,a\n,Ada Sample,,4/5/2023,a\n,Nobody Here,1/1/2015,4/5/2023,a\n\
        ,Twin Name,1/1/2016,4/5/2023,a\n77,,,31/2/2023,a\n77,,,4/5/2023,\n,,,4/5/2023,a\n77,,,4/5/2023,fine\n";
    let checked = check(&office, table, &of(Of::Notes)).await;
    let expected = [(2, "ID"), (3, "Name"), (4, "Name"), (5, "Name"), (6, "Date"), (7, "Text"), (8, "Name")];
    assert_eq!(wrong(&checked), expected);
    assert!(checked.errors.iter().all(|problem| problem.message.len() > 15), "a fix is missing");
    let refused = check_people(&office.office, b"ID,Date\n77,4/5/2023\n", &of(Of::Notes)).await;
    assert!(matches!(refused, Err(ImportError::NoColumn("the text of the notes", _))));
    let house = office.office.house().await.unwrap();
    let shown = checked.preview(&house, 9).unwrap();
    assert_eq!(shown[0].1.for_page(), "Ada Sample");
}

#[tokio::test]
async fn enrolments_open_the_service_to_the_file_and_undoing_closes_it_again() {
    let (office, manager) = with_people().await;
    let other = records::ServiceId::from_bytes([9; 16]);
    office.add_service(other, "Youth club", Vec::new()).await;
    let book = office.office.book();
    let (ada, maryam) = (book.search("ada", 1, |_, _| true)[0].file, book.search("maryam", 1, |_, _| true)[0].file);
    let table = "Number,Project,Start date,End date,Reason\n77,Youth club,1/2/2024,,Friends\n77,youth club,1/2/2020,1/3/2021,\n";
    let checked = check(&office, table, &of(Of::Enrolments)).await;
    assert!(checked.is_right(), "{:?}", checked.errors);
    let done = import_people(&office.office, &manager, table.as_bytes(), &of(Of::Enrolments)).await.unwrap();
    let states = |file: &book::OpenFile| -> Vec<State> {
        let of_other = file.of_kind(Kind::Enrolment).filter(|opened| opened.header.service == Some(other));
        of_other.map(|opened| opened.header.state).collect()
    };
    let file = book.file_in_passing(ada).await.unwrap();
    assert_eq!(states(&file), [State::Waiting, State::Done], "T73: no notice was given yet");
    assert!([ada, maryam].iter().all(|file| book.card(*file).unwrap().services.contains(&other)), "K9");
    let again = check(&office, table, &of(Of::Enrolments)).await;
    assert_eq!(wrong(&again), [(2, "Start date")], "they use it already");
    let backwards =
        "Number,Project,Start date,End date\n77,Youth club,1/2/2020,1/2/2019\n78,Nowhere,1/2/2020,2/2/2020\n";
    let checked = check(&office, backwards, &of(Of::Enrolments)).await;
    assert_eq!(wrong(&checked), [(2, "End date"), (3, "Project")]);
    undo_import(&office.office, &manager, done.import, "the wrong table", false).await.unwrap();
    assert!(states(&book.file_in_passing(ada).await.unwrap()).is_empty());
    for file in [ada, maryam] {
        assert_eq!(book.card(file).unwrap().services, [office.service], "the file stays open to the other service");
    }
}

#[tokio::test]
async fn notes_come_only_into_files_that_are_open_to_whoever_brings_them() {
    let (office, _) = with_people().await;
    let lead = office.data_protection_lead().await;
    let admin = office.administrator().await;
    let table = "ID,Date,Text\n77,4/5/2023,a\n";
    for who in [&lead, &admin] {
        let asked = import_people(&office.office, who, table.as_bytes(), &of(Of::Notes)).await;
        assert!(matches!(asked, Err(ImportError::NotOpen(2) | ImportError::Stopped(_))), "{asked:?}");
    }
}
