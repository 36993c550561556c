//! Runs the detector over a folder with `people.csv` and `notes.jsonl`, writes what it found as JSON lines for a scorer
//! (positions in characters), and says how long the finding alone took, beside one pass that only counts the words.
//!
//! `cargo run --release -p guardbook-detect --example notes -- FOLDER OUT.jsonl`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measuring program"
)]

use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use detect::{Detector, Person, Room};
use serde_json::{Value, json};

/// How often the notes are read: the middle of the times is told.
const PASSES: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: notes FOLDER OUT.jsonl")?;
    let out = arguments.next().ok_or("usage: notes FOLDER OUT.jsonl")?;
    let detector = Detector::new(people(&Path::new(&folder).join("people.csv"))?);
    let notes = std::fs::read_to_string(Path::new(&folder).join("notes.jsonl"))?;
    let notes: Vec<(String, String)> = notes
        .lines()
        .map(|line| {
            let note: Value = serde_json::from_str(line)?;
            let of = |key: &str| note.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            Ok((of("note_id"), of("text")))
        })
        .collect::<Result<_, serde_json::Error>>()?;
    let bytes: usize = notes.iter().map(|(_, text)| text.len()).sum();
    let mut room = Room::default();
    let mut passes = Vec::new();
    let mut found = 0;
    for _ in 0..PASSES {
        let started = Instant::now();
        found = notes.iter().map(|(_, text)| detector.find_in(text, &mut room).len()).sum();
        passes.push(started.elapsed());
    }
    passes.sort_unstable();
    let took = passes.get(PASSES / 2).copied().unwrap_or_default();
    let speed = bytes as f64 / 1e6 / took.as_secs_f64();
    let started = Instant::now();
    let counted: usize = notes.iter().map(|(_, text)| text.split_whitespace().count()).sum();
    let floor = started.elapsed();
    println!("counting {counted} words takes 1 / {:.1} of that", took.as_secs_f64() / floor.as_secs_f64());
    println!("{} notes, {bytes} bytes, {found} found, {speed:.1} MB/s", notes.len());
    let mut lines = BufWriter::new(std::fs::File::create(out)?);
    for (id, text) in &notes {
        for one in detector.find(text) {
            let characters = |at: usize| text.get(..at).map_or(0, |head| head.chars().count());
            let words = text.get(one.range()).unwrap_or_default();
            let line = json!({"note_id": id, "start": characters(one.start), "end": characters(one.end), "label": one.kind, "text": words});
            writeln!(lines, "{line}")?;
        }
    }
    Ok(())
}

fn people(path: &Path) -> Result<Vec<Person>, Box<dyn std::error::Error>> {
    let Ok(file) = std::fs::File::open(path) else { return Ok(Vec::new()) };
    let mut reader = csv::Reader::from_reader(file);
    let head = reader.headers()?.clone();
    let mut people = Vec::new();
    for row in reader.records() {
        let row = row?;
        let of = |name: &str| {
            head.iter().position(|one| one == name).and_then(|at| row.get(at)).unwrap_or_default().to_owned()
        };
        let also = [of("known_as"), of("native_name")].into_iter().filter(|name| !name.is_empty()).collect();
        let details = ["phone", "email", "nhs_number", "ni_number", "postcode", "street"].map(of).into_iter().collect();
        people.push(Person {
            id: of("person_id"),
            given: of("first_name"),
            family: of("last_name"),
            also,
            relation: None,
            born: of("date_of_birth").parse().ok(),
            details,
        });
    }
    Ok(people)
}
