//! The Easy Read linter: short sentences, one to a row, a picture to each, hard words explained.
//!
//! A machine can only help the author; whether people can read the text is for readers to say.

use crate::line::Line;
use crate::markdown::Body;
use crate::problem::{Code, Problem};
use crate::reading::Measure;
use crate::sentence::{sentences, words};
use crate::source::Source;

/// No sentence is longer.
const LONGEST: usize = 15;
/// Words a sentence on average, at most.
const MEAN: f64 = 12.0;
/// Flesch-Kincaid grade, at most.
const GRADE: f64 = 4.0;

/// Words that a text must explain if it uses them: in bold, in a sentence that says what they mean. A stem stands for
/// its forms: "consent" also finds "consents" and "consented".
const HARD_WORDS: [&str; 26] = [
    "access request",
    "anonymise",
    "anonymous",
    "commissioner",
    "compliance",
    "confidential",
    "consent",
    "contract",
    "controller",
    "data protection officer",
    "data breach",
    "disclose",
    "disclosure",
    "erasure",
    "identification",
    "inspector",
    "legitimate",
    "personal data",
    "processing",
    "rectify",
    "rectification",
    "redact",
    "retention",
    "safeguarding",
    "subject access",
    "trustee",
];

/// Checks the body of an Easy Read text.
pub(crate) fn check(source: &Source, body: &Body, problems: &mut Vec<Problem>) {
    let mut measure = Measure::default();
    for line in &body.lines {
        let found = sentences(&line.plain);
        for range in &found {
            let sentence = &line.plain[range.clone()];
            measure.add(sentence);
            let count = words(sentence).count();
            if count > LONGEST {
                let place = source.place(line.source_range(range));
                let message = format!("This sentence has {count} words; Easy Read has at most {LONGEST}");
                problems.push(
                    Problem::new(Code::EasyReadSentence, source, place, message)
                        .help("Say one thing in each sentence, and put the rest in a row of its own."),
                );
            }
        }
        row(source, line, found.len(), problems);
    }
    hard_words(source, body, problems);
    averages(source, &measure, problems);
}

fn row(source: &Source, line: &Line, sentences: usize, problems: &mut Vec<Problem>) {
    if sentences == 0 {
        return;
    }
    let place = source.place(line.source_range(&(0..line.plain.len())));
    if sentences > 1 {
        let message = format!("This row has {sentences} sentences; Easy Read has one beside each picture");
        problems.push(Problem::new(Code::EasyReadRow, source, place, message));
    }
    if line.pictures.is_empty() {
        let help = "Start it with one, as in ![calendar](picture:calendar).";
        problems.push(Problem::new(Code::EasyReadRow, source, place, "This row has no picture").help(help));
    }
}

fn hard_words(source: &Source, body: &Body, problems: &mut Vec<Problem>) {
    let explained: Vec<&String> = body.lines.iter().flat_map(|line| &line.strong).collect();
    for hard in HARD_WORDS {
        if explained.iter().any(|word| word.contains(hard)) {
            continue;
        }
        let first = body.lines.iter().find_map(|line| find_word(&line.plain, hard).map(|at| (line, at)));
        if let Some((line, at)) = first {
            let place = source.place(line.source_range(&(at..at + hard.len())));
            let message = format!("\"{hard}\" is a hard word, and the text does not explain it");
            let help = format!("Use an easier word, or add a row that explains it: \"**{}** means …\".", capital(hard));
            problems.push(Problem::new(Code::EasyReadHardWord, source, place, message).help(help));
        }
    }
}

/// The first place where `hard` begins a word of `plain`, in any case. Only ASCII case is folded, so that offsets hold.
fn find_word(plain: &str, hard: &str) -> Option<usize> {
    let folded = plain.to_ascii_lowercase();
    folded.match_indices(hard).map(|(at, _)| at).find(|&at| !plain[..at].ends_with(char::is_alphanumeric))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn averages(source: &Source, measure: &Measure, problems: &mut Vec<Problem>) {
    let (mean, grade) = (measure.words_per_sentence(), measure.grade());
    let place = source.place(0..3);
    if mean > MEAN {
        let message = format!("Sentences have {mean:.1} words on average; Easy Read has at most {MEAN}");
        problems.push(Problem::new(Code::EasyReadMean, source, place, message));
    }
    if grade > GRADE {
        let message = format!("The reading grade is {grade:.1} (Flesch-Kincaid); Easy Read has at most {GRADE}");
        let help = "Use shorter words and shorter sentences.";
        problems.push(Problem::new(Code::EasyReadGrade, source, place, message).help(help));
    }
}
