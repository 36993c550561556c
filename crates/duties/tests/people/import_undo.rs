//! Undoing a whole import: files and keys go, whoever got something else since is named and stays.

use duties::people::Why;
use duties::people::import_people::{Options, UndoError, import_people, imports, look_at_undo, says, undo_import};
use duties::{SignedIn, Stopped};
use jiff::SignedDuration;
use records::{Content, FileId, Kind, RecordId};
use testkit::TestOffice;

const TABLE: &str = "ID,Role,Name,DOB,Related to,Relation\n1,child,Ada Sample,2/3/2014,,\n2,carer,Maryam Sample,,1,mum\n3,child,Bob Example,,,\n";

async fn brought_in(office: &TestOffice, who: &SignedIn) -> RecordId {
    let options = Options { service: Some(office.service), ..Options::default() };
    let done = import_people(&office.office, who, TABLE.as_bytes(), &options).await.unwrap();
    office.clock.advance(SignedDuration::from_mins(5));
    done.import
}

fn found(office: &TestOffice, name: &str) -> Option<FileId> {
    office.office.book().search(name, 5, |_, _| true).first().map(|found| found.file)
}

#[tokio::test]
async fn an_import_that_nobody_worked_on_is_gone_with_every_key() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let people = office.office.book().people();
    let import = brought_in(&office, &manager).await;
    let ada = found(&office, "ada").unwrap();
    let refused = undo_import(&office.office, &manager, import, " ", false).await;
    assert!(matches!(refused, Err(UndoError::NoReason)));
    let undone = undo_import(&office.office, &manager, import, "the wrong table", false).await.unwrap();
    assert_eq!((undone.files, undone.kept), (3, 0));
    assert_eq!(office.office.book().people(), people);
    assert!(found(&office, "sample").is_none() && found(&office, "bob").is_none());
    assert!(office.office.book().file_in_passing(ada).await.is_err(), "the key is there still");
    assert!(office.office.book().erasures().await.unwrap().iter().any(|(file, state, _)| *file == ada && *state == 3));
    assert!(office.office.book().work_of_kind(Kind::Notice).await.unwrap().is_empty(), "a notice is owed to nobody");
    let again = undo_import(&office.office, &manager, import, "once more", false).await;
    assert!(matches!(again, Err(UndoError::Already)));
    let kept = imports(&office.office, &manager).await.unwrap().remove(0);
    let undone = says(&kept).unwrap().undone.clone().unwrap();
    assert_eq!((undone.reason.for_page().as_str(), undone.by), ("the wrong table", Some(manager.file)));
    assert!(office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn whoever_got_something_else_since_is_named_with_the_reason_and_can_be_kept() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let import = brought_in(&office, &manager).await;
    let (ada, maryam) = (found(&office, "ada").unwrap(), found(&office, "maryam").unwrap());
    let warning = duties::people::NewWarning {
        warning: records::people::WarningKind::Safety,
        text: "Mind the dog".to_owned(),
        about: None,
        review: String::new(),
    };
    duties::people::add_warning(&office.office, &manager, ada, &Why::support(), warning).await.unwrap();
    let look = look_at_undo(&office.office, &manager, import).await.unwrap();
    assert_eq!((look.free.len(), look.held.len()), (2, 1));
    assert_eq!(look.held[0].name.for_page(), "Ada Sample");
    assert!(look.held[0].why[0].starts_with("Warning"), "{:?}", look.held[0].why);
    let refused = undo_import(&office.office, &manager, import, "the wrong table", false).await;
    assert!(matches!(refused, Err(UndoError::Held(held)) if held.len() == 1));
    assert_eq!(found(&office, "maryam"), Some(maryam), "a refused deed did something");
    let undone = undo_import(&office.office, &manager, import, "the wrong table", true).await.unwrap();
    assert_eq!((undone.files, undone.kept), (2, 1));
    assert_eq!((found(&office, "ada"), found(&office, "maryam")), (Some(ada), None));
    let kept = office.office.book().file_in_passing(ada).await.unwrap();
    assert_eq!(kept.of_kind(Kind::Relationship).count(), 0, "a link leads to a file that is gone");
    assert_eq!(kept.of_kind(Kind::Warning).count(), 1);
    assert!(office.office.book().fsck(&testkit::checking(&office.office), false).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_record_in_another_file_about_somebody_of_the_import_holds_them() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let other = office.child("Cleo Other", jiff::civil::date(2015, 1, 1)).await;
    let import = brought_in(&office, &manager).await;
    let bob = found(&office, "bob").unwrap();
    let note = records::work::Note {
        happened: office.office.now(),
        title: "Two friends".into(),
        text: "They played together.".into(),
        own_words: None,
        service: None,
        touches: Vec::new(),
        concerns: vec![bob],
    };
    office.add(other, Content::Note(note)).await;
    let look = look_at_undo(&office.office, &manager, import).await.unwrap();
    assert_eq!(look.held.iter().map(|held| held.file).collect::<Vec<_>>(), [bob]);
}

#[tokio::test]
async fn only_those_who_may_bring_people_in_may_undo_it() {
    let office = TestOffice::new().await;
    let manager = office.service_manager().await;
    let import = brought_in(&office, &manager).await;
    let worker = office.family_worker().await;
    let stale = SignedIn { stepped_up: false, ..office.service_manager().await };
    let refused = undo_import(&office.office, &worker, import, "because", false).await;
    assert!(matches!(refused, Err(UndoError::Stopped(Stopped::NotFound))));
    let refused = undo_import(&office.office, &stale, import, "because", false).await;
    assert!(matches!(refused, Err(UndoError::Stopped(Stopped::NeedsStepUp))));
}
