//! What is asked again is what was typed, and never what is secret.

use super::*;

fn posted(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn sample() -> Form {
    Form::new()
        .ask(Field::text("name", "Name"))
        .ask(Field::password("password", "Password"))
        .ask(Field::code("code", "Code"))
        .ask(Field::date("received", "Received"))
        .ask(Field::radios(
            "channel",
            "Channel",
            [Choice::new("letter", "Letter"), Choice::new("other", "Other").reveal(Field::text("which", "Which?"))],
        ))
}

#[test]
fn what_was_typed_is_shown_again() {
    let form = sample().fill(&posted(&[
        ("name", "Sam <Example>"),
        ("received-day", "31"),
        ("received-month", "2"),
        ("channel", "other"),
        ("which", "pigeon"),
    ]));
    assert!(form.get("name").to_string().contains("value=\"Sam &#60;Example&#62;\""));
    assert_eq!(form.typed("which"), "pigeon");
    let date = form.get("received").to_string();
    assert!(date.contains("value=\"31\"") && date.contains("value=\"2\""));
    assert!(form.get("channel").to_string().contains("value=\"other\" checked"));
}

#[test]
fn a_password_and_a_code_are_never_shown_again() {
    let form = sample().fill(&posted(&[("password", "correct horse"), ("code", "123456")]));
    let page: String = form.fields().iter().map(ToString::to_string).collect();
    assert!(!page.contains("correct horse") && !page.contains("123456"));
    assert_eq!(form.typed("password"), "");
    assert!(!Field::password("p", "P").value("begin").to_string().contains("begin"));
}

#[test]
fn debug_output_hides_what_was_typed() {
    let form = sample().fill(&posted(&[("name", "Sam Example")]));
    assert!(!format!("{form:?}").contains("Sam"));
}

#[test]
fn an_error_is_said_at_its_field_and_in_the_summary_in_the_same_words() {
    let mut form = sample();
    form.error("received", "Enter the date the letter came, like 4 11 2026");
    form.error("which", "Say how it came");
    let summary = form.summary().to_string();
    assert!(summary.contains("<a href=\"#received-day\">Enter the date the letter came, like 4 11 2026</a>"));
    assert!(summary.contains("<a href=\"#which\">Say how it came</a>"));
    assert!(form.get("received").to_string().contains("Enter the date the letter came, like 4 11 2026"));
}

#[test]
fn the_summary_leads_to_the_part_of_a_date_that_is_wrong() {
    let mut form = sample();
    form.error_in_parts("received", "Enter the year", [false, false, true]);
    assert!(form.summary().to_string().contains("href=\"#received-year\""));
}

#[test]
fn the_first_error_of_a_field_stays_and_an_unknown_name_is_not_lost() {
    let mut form = sample();
    form.error("name", "Enter a name").error("name", "Too long").error("nowhere", "Something else");
    let summary = form.summary().to_string();
    assert!(summary.contains("Enter a name") && !summary.contains("Too long") && summary.contains("Something else"));
}

#[test]
fn a_form_without_errors_has_no_summary() {
    assert!(!sample().has_errors());
    assert_eq!(sample().summary().to_string().trim(), "");
}
