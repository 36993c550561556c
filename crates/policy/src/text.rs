//! One text of a policy, read: sections, sentences, clause ids and the settings that its phrases make.

use std::collections::BTreeMap;
use std::ops::Range;

use clock::Span;

use crate::clause::ClauseId;
use crate::document::Block;
use crate::easy_read;
use crate::front::{self, Front, TextKind};
use crate::line::{Line, Link};
use crate::markdown::{self, Body, Section};
use crate::picture::PICTURES;
use crate::problem::{Code, Problem, nearest};
use crate::registry::{self, ENTRIES};
use crate::sentence::sentences;
use crate::source::{Place, Source};
use crate::value::{self, Kind, Unreadable, Value};
use crate::verb::{LinkKind, Verb, link_kind};

/// One sentence of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, clause marks left out.
    pub text: String,
    /// The clause ids at its end.
    pub clauses: Vec<ClauseId>,
    /// Keys of the settings that its phrases make, in order.
    pub settings: Vec<String>,
    /// The section in which it stands.
    pub section: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Sentence {
    /// Whether it carries no live phrase: nothing in the program depends on its words.
    pub fn is_statement(&self) -> bool {
        self.settings.is_empty()
    }
}

/// A setting as one text makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// "answer:access".
    pub key: String,
    /// What the words mean.
    pub value: Value,
    /// The words.
    pub words: String,
    /// The clauses of its sentence.
    pub clauses: Vec<ClauseId>,
    /// Where the words stand.
    pub place: Place,
}

/// One text, read.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text as given.
    pub source: Source,
    /// Its front matter.
    pub front: Front,
    /// Its headings.
    pub sections: Vec<Section>,
    /// Its body as plain blocks.
    pub blocks: Vec<Block>,
    /// Its sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// The settings that it makes, in reading order; the same key can come more than once.
    pub found: Vec<Found>,
}

impl Text {
    /// Reads a text. Whatever is wrong with it is added to `problems`; what can be read is read.
    pub fn read(source: &Source, problems: &mut Vec<Problem>) -> Self {
        let (front, body_at) = front::read(source, problems);
        let body = markdown::read(source, body_at);
        let mut reader = Reader { source, problems, sentences: Vec::new(), found: Vec::new() };
        for line in &body.lines {
            reader.line(line);
        }
        for line in body.cells.iter().chain(&body.headings) {
            reader.loose_line(line);
        }
        reader.sections(&body.sections);
        reader.duplicate_clauses(&body);
        let (sentences, found) = (reader.sentences, reader.found);
        if front.text == TextKind::EasyRead {
            easy_read::check(source, &body, problems);
        }
        Self { source: source.clone(), front, sections: body.sections, blocks: body.blocks, sentences, found }
    }

    /// Every clause id that it bears, in the order in which people count.
    pub fn clauses(&self) -> Vec<ClauseId> {
        let mut ids: Vec<_> = self.sentences.iter().flat_map(|sentence| sentence.clauses.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

struct Reader<'a> {
    source: &'a Source,
    problems: &'a mut Vec<Problem>,
    sentences: Vec<Sentence>,
    found: Vec<Found>,
}

impl Reader<'_> {
    fn problem(&mut self, code: Code, at: Range<usize>, message: String) -> &mut Problem {
        let place = self.source.place(at);
        self.problems.push(Problem::new(code, self.source, place, message));
        // INVARIANT: one was pushed on the line before.
        self.problems.last_mut().expect("a problem was just pushed")
    }

    fn line(&mut self, line: &Line) {
        self.pictures(line);
        self.broken_links(line);
        let ranges = sentences(&line.plain);
        let mut clauses: Vec<Vec<ClauseId>> = vec![Vec::new(); ranges.len()];
        for mark in &line.marks {
            // A mark belongs to the sentence before it; at the start of a line, to the one after it.
            let before = ranges.partition_point(|range| range.start < mark.plain);
            if let Some(ids) = clauses.get_mut(before.saturating_sub(1)) {
                ids.push(mark.id.clone());
            }
        }
        let phrases: Vec<&Link> = line.links.iter().filter(|link| !link.plain.is_empty()).collect();
        for (range, clauses) in ranges.into_iter().zip(clauses) {
            let mut settings = Vec::new();
            let from = phrases.partition_point(|link| link.plain.start < range.start);
            for link in phrases[from..].iter().take_while(|link| link.plain.start < range.end) {
                settings.extend(self.link(line, link, &clauses));
            }
            self.sentences.push(Sentence {
                text: tidy(&line.plain[range.clone()]),
                clauses,
                settings,
                section: line.section.clone(),
                place: self.source.place(line.source_range(&range)),
            });
        }
        // A link without words stands in no sentence, and would otherwise be passed over in silence.
        for link in line.links.iter().filter(|link| link.plain.is_empty()) {
            self.link(line, link, &[]);
        }
    }

    /// Headings and cells are no sentences, but their phrases set values all the same.
    fn loose_line(&mut self, line: &Line) {
        self.broken_links(line);
        let clauses: Vec<_> = line.marks.iter().map(|mark| mark.id.clone()).collect();
        let settings: Vec<_> = line.links.iter().filter_map(|link| self.link(line, link, &clauses)).collect();
        if !clauses.is_empty() || !settings.is_empty() {
            let whole = 0..line.plain.len();
            self.sentences.push(Sentence {
                text: line.plain.trim().to_owned(),
                clauses,
                settings,
                section: line.section.clone(),
                place: self.source.place(line.source_range(&whole)),
            });
        }
    }

    /// The key that a link sets, if it is a live phrase that can be read.
    fn link(&mut self, line: &Line, phrase: &Link, clauses: &[ClauseId]) -> Option<String> {
        match link_kind(&phrase.destination) {
            LinkKind::Ordinary => None,
            LinkKind::UnknownVerb(scheme) => {
                let verbs = Verb::ALL.map(Verb::word);
                let help = nearest(&scheme.to_lowercase(), verbs.into_iter()).map_or_else(
                    || format!("Expected one of: {}.", verbs.join(", ")),
                    |meant| format!("Did you mean \"{meant}:\"?"),
                );
                let at = self.destination(phrase);
                self.problem(Code::UnknownVerb, at, format!("\"{scheme}:\" is not a verb of the policy language"))
                    .help = Some(help);
                None
            }
            LinkKind::Setting(verb, key) => {
                let value = self.value(verb, &key, line, phrase)?;
                let key = attested_key(verb, key);
                self.found.push(Found {
                    key: key.clone(),
                    value,
                    words: phrase.words.clone(),
                    clauses: clauses.to_vec(),
                    place: self.words(line, phrase),
                });
                Some(key)
            }
        }
    }

    fn value(&mut self, verb: Verb, key: &str, line: &Line, phrase: &Link) -> Option<Value> {
        let kind = if verb == Verb::Attest {
            return self.attested(key, line, phrase);
        } else if let Some(entry) = registry::entry(key) {
            entry.kind
        } else {
            let at = self.destination(phrase);
            let help = suggest_target(verb, key);
            self.problem(Code::UnknownTarget, at, format!("\"{key}\" is not a setting")).help = Some(help);
            return None;
        };
        match value::read(kind, &phrase.words) {
            Ok(value) => Some(value),
            Err(why) => {
                self.unreadable(kind, why, line, phrase);
                None
            }
        }
    }

    fn unreadable(&mut self, kind: Kind, why: Unreadable, line: &Line, phrase: &Link) {
        let words = phrase.words.trim();
        let message = match why {
            Unreadable::Nothing => format!("\"{words}\" cannot be read as the value of \"{}\"", phrase.destination),
            Unreadable::Several => {
                format!("\"{words}\" says more than one value for \"{}\"", phrase.destination)
            }
        };
        let place = self.words(line, phrase);
        let problem = self.problem(Code::UnreadableValue, place.offset..place.offset + place.length, message);
        problem.help = Some(format!("Expected {}.", kind.expected()));
        "these words".clone_into(&mut problem.label);
    }

    /// An attested sentence names what is confirmed and how often: in its words, in its target after a slash
    /// (`attest:cabinets/every-six-months`), or else once a year. `attest:cabinets/by` names who confirms.
    fn attested(&mut self, key: &str, line: &Line, phrase: &Link) -> Option<Value> {
        let name = key.trim_start_matches("attest:");
        if name.is_empty() {
            let at = self.destination(phrase);
            let message = "\"attest:\" does not name what is confirmed".to_owned();
            self.problem(Code::UnknownTarget, at, message).help =
                Some("For example \"attest:locked-cabinets\".".to_owned());
            return None;
        }
        if name.ends_with("/by") {
            return match value::read(Kind::Role, &phrase.words) {
                Ok(role) => Some(role),
                Err(why) => {
                    self.unreadable(Kind::Role, why, line, phrase);
                    None
                }
            };
        }
        let in_target = name.split_once('/').map(|(_, cycle)| cycle).unwrap_or_default();
        let cycle = value::read(Kind::Span, &phrase.words).or_else(|_| value::read(Kind::Span, in_target));
        Some(cycle.unwrap_or(Value::Span(Span::Years(1))))
    }

    /// Where a link's destination stands in the source; the whole link where it is written elsewhere.
    fn destination(&self, phrase: &Link) -> Range<usize> {
        let raw = self.source.text().get(phrase.source.clone()).unwrap_or_default();
        raw.rfind(&phrase.destination).map_or(phrase.source.clone(), |at| {
            let start = phrase.source.start + at;
            start..start + phrase.destination.len()
        })
    }

    fn words(&self, line: &Line, phrase: &Link) -> Place {
        if phrase.plain.is_empty() {
            return self.source.place(phrase.source.clone());
        }
        self.source.place(line.source_range(&phrase.plain))
    }

    fn pictures(&mut self, line: &Line) {
        for picture in &line.pictures {
            let Some(name) = picture.destination.strip_prefix("picture:") else {
                let message = format!("\"{}\" is not a picture of the set", picture.destination);
                self.problem(Code::UnknownPicture, picture.source.clone(), message).help =
                    Some("Name one as in ![calendar](picture:calendar).".to_owned());
                continue;
            };
            if !PICTURES.contains(&name) {
                let help = nearest(name, PICTURES.into_iter()).map_or_else(
                    || format!("The set has: {}.", PICTURES.join(", ")),
                    |near| format!("Did you mean \"{near}\"?"),
                );
                let message = format!("There is no picture \"{name}\"");
                self.problem(Code::UnknownPicture, picture.source.clone(), message).help = Some(help);
            }
        }
    }

    /// "[within 30 days] (answer:access)" or a target with a space is no link in Markdown, and would set nothing.
    fn broken_links(&mut self, line: &Line) {
        for verb in Verb::ALL {
            let opening = format!("({}:", verb.word());
            for (at, _) in line.plain.match_indices(&opening) {
                let ends_words = line.plain[..at].trim_end().ends_with(']');
                if ends_words {
                    let range = line.source_range(&(at..at + opening.len()));
                    let message = format!("\"{opening}…\" is not read as a live phrase, so it sets nothing");
                    self.problem(Code::BrokenLink, range, message).help = Some(
                        "Write the words in square brackets and the target straight after them, without a space: \
                         [within 30 days](answer:access)."
                            .to_owned(),
                    );
                }
            }
        }
    }

    fn sections(&mut self, sections: &[Section]) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for section in sections {
            if let Some(first) = seen.insert(&section.id, section.line) {
                let start = line_start(self.source.text(), section.line);
                let length = self.source.text()[start..].lines().next().unwrap_or_default().len();
                let message = format!("Two sections have the id \"{}\"; the first is on line {first}", section.id);
                self.problem(Code::DuplicateSection, start..start + length, message).help =
                    Some("Give one of them another id: \"## Heading {#another-id}\".".to_owned());
            }
        }
    }

    fn duplicate_clauses(&mut self, body: &Body) {
        let mut seen: BTreeMap<ClauseId, Range<usize>> = BTreeMap::new();
        let marks = body.lines.iter().chain(&body.cells).chain(&body.headings).flat_map(|line| &line.marks);
        let mut marks: Vec<_> = marks.collect();
        marks.sort_by_key(|mark| mark.source.start);
        for mark in marks {
            let Some(first) = seen.get(&mark.id).cloned() else {
                seen.insert(mark.id.clone(), mark.source.clone());
                continue;
            };
            let first = self.source.place(first);
            let message = format!("The clause {} is here a second time; the first is on line {}", mark.id, first.line);
            let problem = self.problem(Code::DuplicateClause, mark.source.clone(), message);
            problem.also = Some((first, "first here".to_owned()));
            problem.help = Some("One clause is one sentence: give this one an id of its own, or none.".to_owned());
        }
    }
}

/// The words with single spaces, and without the gap that a mark before the full stop leaves.
fn tidy(words: &str) -> String {
    let mut tidy = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in [" .", " ?", " !"] {
        if tidy.ends_with(mark) {
            tidy.remove(tidy.len() - mark.len());
        }
    }
    tidy
}

/// The key of an attested sentence without its cycle: `attest:cabinets` of `attest:cabinets/every-six-months`.
fn attested_key(verb: Verb, key: String) -> String {
    match key.rsplit_once('/') {
        Some((name, last)) if verb == Verb::Attest && last != "by" => name.to_owned(),
        _ => key,
    }
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

/// The nearest target of the same verb, or of any; else what the verb knows.
fn suggest_target(verb: Verb, key: &str) -> String {
    let prefix = format!("{verb}:");
    let of_verb = || ENTRIES.iter().map(|entry| entry.key).filter(|known| known.starts_with(&prefix));
    let target = key.trim_start_matches(&prefix);
    let near = nearest(target, of_verb().map(|known| &known[prefix.len()..]))
        .map(|found| format!("{prefix}{found}"))
        .or_else(|| under_another_verb(target).map(str::to_owned));
    match near {
        Some(near) => format!("Did you mean \"{near}\"?"),
        None => format!("\"{verb}:\" knows: {}.", of_verb().collect::<Vec<_>>().join(", ")),
    }
}

/// A setting whose target is as good as the same under another verb: "keep:complaint" for "answer:complaint".
fn under_another_verb(target: &str) -> Option<&'static str> {
    let of = |key: &'static str| key.split_once(':').map_or(key, |(_, target)| target);
    let near = nearest(target, ENTRIES.iter().map(|entry| of(entry.key)))?;
    ENTRIES.iter().map(|entry| entry.key).find(|key| of(key) == near)
}
