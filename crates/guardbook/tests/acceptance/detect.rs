//! `guardbook detect`, run as it is run: positions in bytes, kinds, reasons, and what it says to wrong input.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn detect(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guardbook"));
    let done = command.arg("detect").args(args).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

const PEOPLE: &str = "person_id,first_name,last_name,known_as,date_of_birth,related_to,relation\n\
                      P1,Ada,Okafor,,2014-05-31,,\n\
                      P2,Liam,Okafor,,2011-02-01,P1,brother\n\
                      P3,Siân,Wójcik,Shan,,,\n";

const NOTE: &str = "Siân Wójcik rang Zoë's mum about Liam. Mrs O\u{2019}Hanlon (07700 900 123, s.ohanlon@example.org) will \
                    mark the books in May. LO was fine; lian okafor said so. DOB 31/05/2014, NHS 999 000 0026 or 999 000 0027, \
                    NI AB 12 34 56 C. They live at Flat 2, 14 Tansy Row, Ellerby LS99 3AB. Car: YD19 KXW, passport 123456789, \
                    sort code 12-34-56, account 12345678, insta: kayz.xo_14.";

#[test]
fn every_line_names_bytes_of_the_note_and_all_kinds_are_found() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("people.csv"), PEOPLE).unwrap();
    let note = serde_json::json!({"note_id": "N1", "text": NOTE});
    fs::write(folder.path().join("notes.jsonl"), format!("{note}\n")).unwrap();
    let (code, out, complaint) = detect(folder.path(), &["--people", "people.csv", "notes.jsonl", "--json"]);
    assert_eq!(code, 0, "{complaint}");
    let mut lines = String::new();
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let at = |key: &str| usize::try_from(line[key].as_u64().unwrap()).unwrap();
        assert_eq!(line["note_id"], "N1");
        assert_eq!(NOTE.get(at("start")..at("end")), line["text"].as_str(), "{line}");
        assert_eq!(line.as_object().unwrap().len(), 5, "{line}");
        lines.push_str(&format!("{} {}\n", line["kind"].as_str().unwrap(), line["text"].as_str().unwrap()));
    }
    let expected = "PERSON Siân Wójcik\nPERSON Zoë's\nRELATION mum\nPERSON Liam\nPERSON Mrs O\u{2019}Hanlon\nPHONE 07700 900 123\n\
                    EMAIL s.ohanlon@example.org\nPERSON LO\nPERSON lian okafor\nDOB 31/05/2014\nNHS 999 000 0026\n\
                    NHS_BAD 999 000 0027\nNINO AB 12 34 56 C\nADDRESS Flat 2, 14 Tansy Row, Ellerby\nPOSTCODE LS99 3AB\n\
                    CAR_REG YD19 KXW\nPASSPORT 123456789\nBANK 12-34-56\nBANK 12345678\nHANDLE kayz.xo_14\n";
    assert_eq!(lines, expected);
}

#[test]
fn reasons_name_people_of_the_register_and_how_they_are_related() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("people.csv"), PEOPLE).unwrap();
    fs::write(folder.path().join("a note.txt"), "First line.\nLiam Okafor saw Kareem.\n").unwrap();
    let (code, out, _) = detect(folder.path(), &["--people", "people.csv", "a note.txt"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("a note.txt:2  PERSON  Liam Okafor  (Liam Okafor, brother of Ada Okafor, in this book)"),
        "{out}"
    );
    assert!(out.contains("Kareem  (a name; nobody in this book has it)"), "{out}");
    let (_, out, _) = detect(folder.path(), &["--people", "people.csv", "a note.txt", "--json", "--why"]);
    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(first["file"], "a note.txt");
    assert_eq!(first["people"], serde_json::json!(["P2"]));
}

#[test]
fn wrong_input_is_named_and_the_other_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("good.txt"), "Kareem came.").unwrap();
    fs::write(path("bad.jsonl"), "{\"note_id\": 1, \"text\": \"Ada\"}\n{\"note\": 2}\n").unwrap();
    fs::write(path("noise.bin"), [0, 159, 146, 150, 0, 1]).unwrap();
    fs::write(path("colours.csv"), "colour\nred\n").unwrap();
    let (code, out, complaint) = detect(folder.path(), &["bad.jsonl", "noise.bin", "none.txt", "good.txt"]);
    assert_eq!(code, 1);
    assert!(complaint.contains("bad.jsonl: line 2"), "{complaint}");
    assert!(complaint.contains("noise.bin: ") && complaint.contains("none.txt: cannot be opened"), "{complaint}");
    assert!(out.contains("Kareem"), "{out}");
    let (code, _, complaint) = detect(folder.path(), &["--people", "colours.csv", "good.txt"]);
    assert_eq!(code, 2);
    assert!(complaint.contains("row 1") && complaint.contains("first_name"), "{complaint}");
}
