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
