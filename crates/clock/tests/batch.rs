//! Lines of JSON in, lines of JSON out.

#![expect(clippy::unwrap_used, reason = "tests")]

use clock::{BankHolidays, batch};
use serde_json::{Value, json};

fn answered(line: &str) -> Value {
    let (text, good) = batch::line(line, &BankHolidays::verified());
    assert!(good, "{line} gave {text}");
    assert!(!text.contains('\n'));
    serde_json::from_str(&text).unwrap()
}

fn refused(line: &str) -> String {
    let (text, good) = batch::line(line, &BankHolidays::verified());
    assert!(!good, "{line} gave {text}");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value.as_object().unwrap().len(), 1, "only the error");
    value["error"].as_str().unwrap().to_owned()
}

#[test]
fn an_access_request_gives_its_dates_in_a_fixed_order() {
    let line = r#"{"kind":"access","nation":"england-and-wales","received":"2026-03-02","pauses":[["2026-03-09","2026-03-16"]]}"#;
    let (text, _) = batch::line(line, &BankHolidays::verified());
    let start =
        r#"{"due":"2026-04-10","extended_due":"2026-06-10","extension_notice_by":"2026-04-10","because":["Received on"#;
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn proof_of_identity_and_scotland_are_understood() {
    let value = answered(
        r#"{"kind":"access","nation":"scotland","received":"2026-03-02","identity_asked":"2026-03-03","identity_received":"2026-03-06","pauses":[["2026-03-09","2026-03-16"]]}"#,
    );
    assert_eq!(value["due"], "2026-04-14");
    assert_eq!(value["extended_due"], "2026-06-16", "15 June is a holiday in Scotland");
}

#[test]
fn every_kind_is_answered() {
    let right = answered(r#"{"kind":"right","nation":"scotland","received":"2026-07-31"}"#);
    assert_eq!((&right["due"], &right["extended_due"]), (&json!("2026-08-31"), &json!("2026-11-02")));
    let complaint = answered(r#"{"kind":"complaint","nation":"scotland","received":"2026-07-02"}"#);
    assert_eq!((&complaint["due"], &complaint["extended_due"]), (&json!("2026-08-04"), &Value::Null));
    let breach = answered(r#"{"kind":"breach","aware":"2026-10-24T12:00:00+01:00"}"#);
    assert_eq!(breach["due"], "2026-10-27T11:00:00+00:00");
    assert_eq!((&breach["extended_due"], &breach["extension_notice_by"]), (&Value::Null, &Value::Null));
    let notice = answered(
        r#"{"kind":"notice","nation":"scotland","obtained":"2026-11-22","first_contact":"2026-12-01","first_disclosure":"2026-11-28"}"#,
    );
    assert_eq!(notice["due"], "2026-11-28");
}

#[test]
fn a_right_can_be_called_by_its_name_and_has_no_pause() {
    let line = |kind: &str| {
        format!(
            r#"{{"kind":"{kind}","nation":"scotland","received":"2026-03-02","pauses":[["2026-03-09","2026-03-16"]]}}"#
        )
    };
    for kind in ["rectify", "erase", "restrict", "object", "port"] {
        assert_eq!(answered(&line(kind)), answered(&line("right")), "{kind}");
    }
    assert_eq!(answered(&line("erase"))["due"], "2026-04-02");
    assert!(refused(&line("forget")).contains("erase"));
}

#[test]
fn without_a_nation_the_earliest_date_is_given_and_it_says_so() {
    let value = answered(r#"{"kind":"access","received":"2026-07-31"}"#);
    assert_eq!(value["due"], "2026-08-31");
    assert!(value["because"][0].as_str().unwrap().starts_with("No nation was given"));
    let two =
        answered(r#"{"kind":"access","nations":["england-and-wales","northern-ireland"],"received":"2026-07-31"}"#);
    assert_eq!(two["due"], "2026-09-01");
}

#[test]
fn what_has_no_date_yet_says_why() {
    for (line, reason) in [
        (
            r#"{"kind":"access","nation":"scotland","received":"2026-03-02","identity_asked":"2026-03-03"}"#,
            "has not started",
        ),
        (
            r#"{"kind":"access","nation":"scotland","received":"2026-03-02","pauses":[["2026-03-03",null]]}"#,
            "is stopped since",
        ),
        (r#"{"kind":"complaint","nation":"scotland","received":"2026-06-18"}"#, "from 19 June 2026"),
    ] {
        let value = answered(line);
        assert_eq!(
            (&value["due"], &value["extended_due"], &value["extension_notice_by"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        assert!(value["because"].as_array().unwrap().last().unwrap().as_str().unwrap().contains(reason), "{value}");
    }
    let today = answered(
        r#"{"kind":"access","nation":"scotland","received":"2026-03-02","identity_asked":"2026-03-03","today":"2026-03-10"}"#,
    );
    assert_eq!(today["due"], "2026-04-10");
}

#[test]
fn null_is_as_good_as_absent() {
    let value = answered(
        r#"{"kind":"access","nation":"scotland","received":"2026-03-02","identity_asked":null,"identity_received":null,"pauses":null}"#,
    );
    assert_eq!(value["due"], "2026-04-02");
}

#[test]
fn warnings_are_among_the_reasons() {
    let value = answered(r#"{"kind":"complaint","nation":"scotland","received":"2030-01-10"}"#);
    assert!(
        value["because"].as_array().unwrap().last().unwrap().as_str().unwrap().contains("checked for 2018 to 2028")
    );
}

#[test]
fn a_bad_line_is_refused_and_the_message_names_what_is_wrong() {
    for (line, parts) in [
        ("", ["not a JSON object", ""]),
        ("[]", ["not a JSON object", ""]),
        ("nonsense", ["not a JSON object", ""]),
        (r#"{"nation":"scotland"}"#, ["kind", "access, right"]),
        (r#"{"kind":"acess","received":"2026-03-02"}"#, ["acess", "access, right"]),
        (r#"{"kind":7}"#, ["kind", "7"]),
        (r#"{"kind":"access","nation":"scotland"}"#, ["received", "missing"]),
        (r#"{"kind":"access","nation":"wales","received":"2026-03-02"}"#, ["wales", "england-and-wales"]),
        (r#"{"kind":"access","nation":"scotland","received":"2026-02-30"}"#, ["received", "2026-02-30"]),
        (r#"{"kind":"access","nation":"scotland","received":"2/3/2026"}"#, ["received", "2026-03-02"]),
        (r#"{"kind":"access","nation":"scotland","received":20260302}"#, ["received", "20260302"]),
        (r#"{"kind":"access","nation":"scotland","received":"2026-03-02","colour":"red"}"#, ["colour", "received"]),
        (
            r#"{"kind":"access","nation":"scotland","received":"2026-03-02","received":"2026-03-03"}"#,
            ["received", "twice"],
        ),
        (r#"{"kind":"complaint","nation":"scotland","received":"2026-07-02","pauses":[]}"#, ["pauses", "received"]),
        (
            r#"{"kind":"access","nation":"scotland","received":"2026-03-02","pauses":["2026-03-09"]}"#,
            ["pauses", "2026-03-09"],
        ),
        (
            r#"{"kind":"access","nation":"scotland","received":"2026-03-02","pauses":[["2026-03-16","2026-03-09"]]}"#,
            ["9 March", "16 March"],
        ),
        (
            r#"{"kind":"access","nation":"scotland","received":"2026-03-02","identity_received":"2026-03-09"}"#,
            ["identity_received", "identity_asked"],
        ),
        (r#"{"kind":"access","nation":"scotland","received":"9999-12-31"}"#, ["outside", "year"]),
        (r#"{"kind":"access","nations":[],"received":"2026-03-02"}"#, ["nation", "scotland"]),
        (r#"{"kind":"breach"}"#, ["aware", "missing"]),
        (r#"{"kind":"breach","aware":"2026-10-24T12:00:00"}"#, ["aware", "+01:00"]),
        (r#"{"kind":"breach","aware":"9999-12-30T12:00:00Z"}"#, ["outside", "year"]),
        (
            r#"{"kind":"notice","nation":"scotland","obtained":"2026-03-02","first_contact":"2026-03-01"}"#,
            ["contact", "1 March 2026"],
        ),
    ] {
        let error = refused(line);
        assert!(parts.iter().all(|part| error.contains(part)), "{line} gave {error}");
    }
}
