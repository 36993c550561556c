//! Notes of many styles, marked by hand: `[KIND:words]` is to be found, everything else is to be left alone.

use super::*;

const NOTES: &[(&str, &str)] = &[
    ("minutes", include_str!("../tests/notes/minutes.txt")),
    ("reports", include_str!("../tests/notes/reports.txt")),
    ("emails", include_str!("../tests/notes/emails.txt")),
    ("texts", include_str!("../tests/notes/texts.txt")),
    ("tables", include_str!("../tests/notes/tables.txt")),
    ("typing", include_str!("../tests/notes/typing.txt")),
    ("world", include_str!("../tests/notes/world.txt")),
    ("identifiers", include_str!("../tests/notes/identifiers.txt")),
    ("decoys", include_str!("../tests/notes/decoys.txt")),
];

struct Marked {
    text: String,
    spans: Vec<(usize, usize, String)>,
}

/// Takes the marks out of a note.
fn marked(note: &str) -> Marked {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut rest = note;
    while let Some(open) = rest.find('[') {
        let (head, tail) = rest.split_at(open);
        text.push_str(head);
        let inside = tail.find(']').and_then(|close| tail.get(1..close));
        match inside.and_then(|inside| inside.split_once(':')) {
            Some((kind, words)) if kind.chars().all(|c| c.is_ascii_uppercase() || c == '_') => {
                let start = text.len();
                text.push_str(words);
                spans.push((start, text.len(), kind.to_owned()));
                rest = tail.get(inside.map_or(1, str::len) + 2..).unwrap_or_default();
            }
            _ => {
                text.push('[');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    Marked { text, spans }
}

fn kind_of(kind: Kind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Counts over all notes of a style: marked, found, taken although not marked.
fn measure(style: &str, notes: &str, told: &mut Vec<String>) -> (usize, usize, usize) {
    let detector = Detector::new(Vec::new());
    let (mut all, mut met, mut wrong) = (0, 0, 0);
    for note in notes.split("\n---\n") {
        let note = marked(note);
        let found = detector.find(&note.text);
        for (start, end, kind) in &note.spans {
            all += 1;
            let same = found.iter().any(|one| one.start < *end && one.end > *start && (kind_of(one.kind) == *kind));
            met += usize::from(same);
            if !same {
                let other = found.iter().find(|one| one.start < *end && one.end > *start).map(|one| kind_of(one.kind));
                told.push(format!("{style}: missed {kind} {:?} {other:?}", note.text.get(*start..*end)));
            }
        }
        for one in &found {
            if !note.spans.iter().any(|(start, end, _)| one.start < *end && one.end > *start) {
                wrong += 1;
                let around = note.text.get(one.start.saturating_sub(12)..(one.end + 12).min(note.text.len()));
                told.push(format!(
                    "{style}: took {} {:?} in {around:?}",
                    kind_of(one.kind),
                    note.text.get(one.range())
                ));
            }
        }
    }
    (all, met, wrong)
}

#[test]
fn notes_of_many_styles_give_what_is_marked_and_little_else() {
    let (mut all, mut met, mut wrong) = (0, 0, 0);
    let mut told = Vec::new();
    for (style, notes) in NOTES {
        let (of, found, taken) = measure(style, notes, &mut told);
        all += of;
        met += found;
        wrong += taken;
    }
    let report = told.join("\n");
    assert!(all > 150, "the notes are gone: {all}");
    assert!(met * 100 >= all * 97, "found {met} of {all}\n{report}");
    assert!(wrong * 100 <= all * 4, "{wrong} taken that are not marked\n{report}");
}

#[test]
fn every_line_of_cues_is_understood() {
    for line in include_str!("words/cues.txt").lines().filter(|line| !line.is_empty()) {
        let name = line.split_once(": ").map_or(line, |(name, _)| name);
        assert!(name == "relphrase" || crate::lexicon::cue(name).is_some(), "{name}");
    }
}

/// Notes that somebody wrote who knew nothing of the detector: handover shorthand, chats, tables, Welsh, bad scans.
#[test]
fn notes_by_a_stranger_lose_few_people_and_no_identifier() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notes/more");
    let detector = Detector::new(Vec::new());
    let mut counts: std::collections::BTreeMap<String, (usize, usize)> = std::collections::BTreeMap::new();
    let (mut people_taken, mut people_right) = (0, 0);
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let notes = std::fs::read_to_string(file.path()).unwrap_or_default();
        for note in notes.split("\n---\n").map(marked) {
            let found = detector.find(&note.text);
            let meets = |one: &Finding, start: usize, end: usize| one.start < end && one.end > start;
            for (start, end, kind) in &note.spans {
                let count = counts.entry(kind.clone()).or_default();
                count.0 += 1;
                count.1 += usize::from(found.iter().any(|one| meets(one, *start, *end)));
            }
            for one in found.iter().filter(|one| one.kind == Kind::Person) {
                people_taken += 1;
                people_right += usize::from(note.spans.iter().any(|(start, end, _)| meets(one, *start, *end)));
            }
        }
    }
    let least = |kind: &str| match kind {
        "PERSON" => 96,
        "RELATION" => 85,
        "ADDRESS" | "DOB" => 90,
        _ => 100,
    };
    assert!(counts.get("PERSON").is_some_and(|(all, _)| *all > 1_200), "{counts:?}");
    for (kind, (all, met)) in &counts {
        assert!(met * 100 >= all * least(kind), "{kind}: {met} of {all}\n{counts:?}");
    }
    assert!(people_right * 100 >= people_taken * 85, "{people_right} of {people_taken} are people");
}

#[test]
fn the_guard_of_the_notes_can_fail() {
    let mut told = Vec::new();
    let (all, met, _) = measure("planted", "The [PERSON:the] came with [PHONE:no number].", &mut told);
    assert_eq!((all, met), (2, 0));
}

proptest::proptest! {
    #[test]
    fn findings_are_pieces_of_the_text_in_order(text in "\\PC*|[A-Za-z0-9@.,:/' \\n-]*|([A-Z]\\.)*|(ab?c_)*") {
        let detector = Detector::new(vec![Person { given: "Ada".into(), family: "Okafor".into(), ..Person::default() }]);
        let found = detector.find(&text);
        let mut last = 0;
        for one in &found {
            proptest::prop_assert!(one.start >= last && one.end > one.start, "{found:?}");
            proptest::prop_assert!(text.get(one.range()).is_some());
            last = one.end;
        }
    }
}
