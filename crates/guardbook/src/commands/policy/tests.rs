//! The command over texts on disk: what it writes and how it ends.

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Program {
    #[command(flatten)]
    args: PolicyArgs,
}

fn guardbook_policy(args: &[&str]) -> (u8, String) {
    let program = Program::try_parse_from(std::iter::once(&"policy").chain(args)).unwrap();
    let mut out = Vec::new();
    let code = run(&program.args, &mut out).unwrap();
    (code, String::from_utf8(out).unwrap())
}

fn shipped(name: &str) -> String {
    format!("{}/../../policies/{name}.md", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_json_of_a_shipped_policy_has_the_published_shape() {
    let (code, out) = guardbook_policy(&["check", "--json", &shipped("kids-on-track")]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let mut keys: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(code, OK);
    assert_eq!(keys, ["clauses", "errors", "settings", "statements"]);
    assert_eq!(json["settings"]["answer:access"], "1 month");
    assert_eq!(json["clauses"].as_array().unwrap().len(), 75);
    assert_eq!(json["errors"].as_array().unwrap().len(), 0);
}

#[test]
fn an_error_is_told_with_its_place_and_the_exit_code_is_one() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("policy.md");
    let text = fs::read_to_string(shipped("kids")).unwrap().replace("(answer:access)", "(answer:acess)");
    fs::write(&file, text).unwrap();
    let (code, out) = guardbook_policy(&["check", "--json", file.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, NO);
    assert_eq!(json["errors"][0]["code"], "unknown-target");
    assert!(json["errors"][0]["line"].as_u64().unwrap() > 50);
    let (code, out) = guardbook_policy(&["check", file.to_str().unwrap()]);
    assert_eq!(code, NO);
    assert!(out.contains("Did you mean \"answer:access\"?"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colours where nobody looks at a terminal");
}

#[test]
fn a_text_in_another_encoding_is_an_error_at_its_place_and_the_others_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("policy.md");
    fs::write(&file, b"---\ncharity: Zo\xeb\n---\n").unwrap();
    let (code, out) = guardbook_policy(&["check", "--json", file.to_str().unwrap(), &shipped("kids")]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let error = &json["errors"][0];
    assert_eq!((code, json["errors"].as_array().unwrap().len()), (NO, 1));
    assert_eq!((&error["code"], &error["line"], &error["column"]), (&"not-utf-8".into(), &2.into(), &12.into()));
    assert_eq!(json["settings"]["answer:access"], "30 days");
    assert_eq!(guardbook_policy(&["check", file.to_str().unwrap()]).0, NO);
}

#[test]
fn a_file_that_is_not_there_is_a_question_that_makes_no_sense() {
    assert_eq!(guardbook_policy(&["check", "no-such-policy.md"]).0, USAGE);
}

#[test]
fn publishing_writes_a_page_and_an_accessible_pdf_for_each_text() {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("notices");
    let (code, out) =
        guardbook_policy(&["publish", &shipped("kids"), &shipped("kids-easy-read"), "--out", to.to_str().unwrap()]);
    assert_eq!((code, out.lines().count()), (OK, 4));
    let page = fs::read_to_string(to.join("kids.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    assert!(page.contains("href=\"kids-easy-read.html\"") && page.contains("within 30 days"));
    let easy = fs::read_to_string(to.join("kids-easy-read.html")).unwrap();
    assert_eq!(easy.matches("<div class=\"row\">").count(), easy.matches("<svg").count());
    let pdf = fs::read(to.join("kids.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(String::from_utf8_lossy(&pdf).contains("pdfuaid"), "the file says that it is PDF/UA");
}

#[test]
fn a_policy_with_errors_is_not_published() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("policy.md");
    fs::write(&file, "---\ncharity: Example\n---\n\nWe answer [soon](answer:access).\n").unwrap();
    let to = dir.path().join("notices");
    let (code, out) = guardbook_policy(&["publish", file.to_str().unwrap(), "--out", to.to_str().unwrap()]);
    assert_eq!(code, NO);
    assert!(out.contains("Nothing was published") && !to.exists());
}

#[test]
fn every_picture_of_the_policy_language_has_a_drawing() {
    for name in policy::picture::PICTURES {
        assert!(papers::pictures::Picture::from_name(name).is_some(), "{name}");
    }
}
