//! Tests of the pack.

use serde_json::Value;

use super::*;
use crate::verify::Place;
use crate::{html, plain, sample};

/// What was covered in the sample notes.
fn withheld() -> Vec<Withheld<'static>> {
    let texts = sample::NOTES.iter().flat_map(|(_, note)| sample::covered(note).withheld(note));
    texts.map(|text| Withheld { text, may_be_read_elsewhere: false }).collect()
}

#[test]
fn the_sample_pack_is_finished_and_clean() {
    let withheld = withheld();
    assert!(withheld.len() >= 6);
    let finished = finish(&sample::pack(), &withheld).unwrap();
    for text in [&finished.html, &finished.json] {
        assert!(!text.contains("Corwin") && !text.contains("Penhaligon"));
    }
    assert!(finished.pages >= 4);
}

#[test]
fn t19_the_seven_answers_stand_in_front_of_the_records() {
    let text = plain::to_text(&document(&sample::pack()));
    let headings = [
        "Do we hold information about you?",
        "Why we use it",
        "What kinds of information it is",
        "Who has received it or may receive it",
        "How long we keep it",
        "Where it came from",
        "Your rights",
        "Where we looked",
        "What is in the records",
        "The records",
        "What we left out",
        "If you are not happy with this answer",
    ];
    let places: Vec<usize> = headings.iter().map(|heading| text.find(&format!("\n{heading}\n---")).unwrap()).collect();
    assert!(places.is_sorted());
}

#[test]
fn the_answer_reads_as_agreed() {
    insta::assert_snapshot!("sample_pack_as_text", plain::to_text(&document(&sample::pack())));
    insta::assert_snapshot!("sample_pack_as_html", html::fragment(&document(&sample::pack())));
    insta::assert_snapshot!("sample_cover_letter_as_text", plain::to_text(&cover_letter(&sample::pack())));
}

#[test]
fn a_name_forgotten_in_another_note_stops_everything() {
    let mut contents = sample::pack();
    contents.items[2].text.push(Segment::Shown(" CORWIN  Quill waved.".to_owned()));
    let Err(FinishError::Leaks(leaks)) = finish(&contents, &withheld()) else { panic!("it left") };
    for file in [FinishedFile::Pdf, FinishedFile::Html, FinishedFile::Json] {
        assert!(leaks.iter().any(|(leaky, _)| *leaky == file), "{file:?}");
    }
    assert!(!leaks.iter().any(|(file, _)| *file == FinishedFile::Letter));
    assert!(leaks.iter().any(|(_, leak)| matches!(leak.place, Place::Page(_))));
    let shown = still_shown(&contents, &withheld()).unwrap();
    assert!(shown.iter().all(|one| one.item == 3) && shown.len() >= 2, "{shown:?}");
}

#[test]
fn a_name_that_may_be_read_elsewhere_can_leave_once_confirmed() {
    let mut contents = sample::pack();
    contents.items[2].text.push(Segment::Shown(" Corwin Quill waved.".to_owned()));
    let confirmed: Vec<Withheld> =
        withheld().into_iter().map(|one| Withheld { may_be_read_elsewhere: true, ..one }).collect();
    assert!(finish(&contents, &confirmed).is_ok());
    assert_eq!(still_shown(&contents, &confirmed), Ok(vec![]));
}

#[test]
fn a_name_in_a_records_heading_or_source_stops_everything_too() {
    let mut contents = sample::pack();
    contents.items[1].source = Some("Mrs Penhaligon".to_owned());
    assert!(matches!(finish(&contents, &withheld()), Err(FinishError::Leaks(_))));
    contents = sample::pack();
    contents.items[1].heading = "Corwin".to_owned();
    assert!(matches!(finish(&contents, &withheld()), Err(FinishError::Leaks(_))));
}

#[test]
fn words_of_our_own_letter_are_no_leak() {
    // "We will look at it again" stands in our own words; a person called Will was covered in a note.
    let withheld = [Withheld { text: "Wilmslow", may_be_read_elsewhere: false }];
    assert!(finish(&sample::pack(), &withheld).is_ok());
}

#[test]
fn the_log_follows_from_the_records_and_joins_neighbours() {
    let log = sample::pack().left_out();
    let lines: Vec<(u32, (u32, u32), u32)> =
        log.iter().map(|line| (line.item, line.numbers, line.reason.public_number())).collect();
    assert_eq!(lines, [(1, (1, 2), 1), (2, (3, 4), 1), (2, (5, 5), 6), (4, (6, 6), 1)]);
}

#[test]
fn reasons_that_would_give_themselves_away_are_one_reason_everywhere() {
    let mut contents = sample::pack();
    contents.items[0].text = vec![
        Segment::Covered { number: 1, reason: RedactionReason::ChildAbuse },
        Segment::Shown(" and ".to_owned()),
        Segment::Covered { number: 2, reason: RedactionReason::CrimeOrTax },
    ];
    contents.items.truncate(1);
    contents.left_out_whole = vec![
        (RedactionReason::AdoptionOrParentalOrder, 1),
        (RedactionReason::Other, 2),
        (RedactionReason::CrimeOrTax, 1),
    ];
    let text = plain::to_text(&document(&contents));
    let all = [text.clone(), html::page(&document(&contents)), to_json(&contents).unwrap()].join("\n").to_lowercase();
    for hint in ["abuse", "crime", "adoption", "child-", "schedule 3"] {
        assert!(!all.contains(hint), "{hint}");
    }
    assert_eq!(contents.reasons().len(), 1);
    assert!(text.contains("4 records: reason 8, another legal reason"));
    assert_eq!(contents.left_out().len(), 1);
}

#[test]
fn nothing_found_and_nothing_left_out_are_said_plainly() {
    let mut contents = sample::pack();
    contents.items.clear();
    contents.left_out_whole.clear();
    let text = plain::to_text(&document(&contents));
    assert!(text.contains("We found no records to send you. We left nothing out."));
    assert!(text.contains("Nothing. This answer holds everything that we found."));
    assert!(!text.contains("The records\n"));
    assert!(finish(&contents, &[]).is_ok());
}

#[test]
fn an_answer_about_somebody_else_says_so_and_keeps_the_name_out_of_the_title() {
    let mut contents = sample::pack();
    contents.about = About::SomeoneElse("Ada".to_owned());
    let document = document(&contents);
    assert!(!document.title.contains("Ada"));
    assert!(plain::to_text(&document).contains("Do we hold information about Ada?"));
}

#[test]
fn the_data_file_follows_the_published_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut contents = sample::pack();
    contents.items[0].happened = None;
    contents.items[0].source = None;
    let value: Value = serde_json::from_str(&to_json(&contents).unwrap()).unwrap();
    assert_eq!(fits(&schema, &schema, &value, "$"), Ok(()));
    assert_eq!(value["schema"], SCHEMA_NAME);
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let good: Value = serde_json::from_str(&to_json(&sample::pack()).unwrap()).unwrap();
    let spoil = |pointer: &str, value: Value| {
        let mut spoiled = good.clone();
        *spoiled.pointer_mut(pointer).unwrap() = value;
        fits(&schema, &schema, &spoiled, "$")
    };
    assert!(spoil("/schema", "other".into()).is_err());
    assert!(spoil("/items/0/number", "1".into()).is_err());
    assert!(spoil("/items/0/text/0", serde_json::json!({ "covered": "words" })).is_err());
    assert!(spoil("/items/0/text/1/left_out", serde_json::json!({ "number": 1, "reason": 1, "text": "x" })).is_err());
    assert!(spoil("/date", 7.into()).is_err());
}

/// The part of JSON Schema that the published schema uses.
fn fits(root: &Value, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).ok_or_else(|| format!("{place}: no {name}"))?;
        fits(root, target, value, place)?;
    }
    for (word, wanted) in [("anyOf", 1..=usize::MAX), ("oneOf", 1..=1)] {
        if let Some(choices) = schema[word].as_array() {
            let fitting = choices.iter().filter(|choice| fits(root, choice, value, place).is_ok()).count();
            if !wanted.contains(&fitting) {
                return Err(format!("{place}: fits {fitting} of {word}"));
            }
        }
    }
    let is = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("null") => value.is_null(),
        _ => false,
    };
    let kind_fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    };
    let constant = schema.get("const").is_none_or(|constant| constant == value);
    let listed = schema["enum"].as_array().is_none_or(|list| list.contains(value));
    let large = schema["minimum"].as_i64().is_none_or(|least| value.as_i64().is_some_and(|number| number >= least));
    let date = schema["format"] != "date" || value.as_str().is_some_and(|date| date.parse::<Date>().is_ok());
    if !(kind_fits && constant && listed && large && date) {
        return Err(format!("{place}: {value} does not fit"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        value.get(name).ok_or_else(|| format!("{place}: {name} is missing"))?;
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(property) => fits(root, property, inner, &format!("{place}.{name}"))?,
            None if schema["additionalProperties"] == false => return Err(format!("{place}: {name} is unknown")),
            None => {}
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            fits(root, items, inner, &format!("{place}[{index}]"))?;
        }
    }
    Ok(())
}
