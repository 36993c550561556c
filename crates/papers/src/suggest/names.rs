//! Finding names: one automaton over the folded text for all names of all people, then a look at each hit's company.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};

use super::people::{People, SUBJECT, full_name};
use super::{Certainty, Found, Kind, NameKind, PersonName, Suggestion};
use crate::fold::{Folded, fold};

/// All names of all known people, ready to be searched for.
#[derive(Debug)]
pub struct NameMatcher {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    /// Long single names with one letter left out, leading to their patterns: finds a name with one letter wrong.
    near: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Pattern {
    text: String,
    form: Form,
    people: Vec<usize>,
    former: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Given and family name in some order, or an initial and the family name.
    Full,
    /// A family name alone.
    Family,
    /// A given name alone.
    Given,
    /// First line of an address.
    Address,
}

/// Given names that are everyday words too: counted only when written with a capital.
const WORDS: [&str; 66] = [
    "abbey",
    "amber",
    "angel",
    "april",
    "art",
    "august",
    "autumn",
    "bay",
    "bill",
    "blue",
    "bob",
    "bonny",
    "brook",
    "buddy",
    "carol",
    "chance",
    "charity",
    "christian",
    "clay",
    "cliff",
    "constance",
    "crystal",
    "daisy",
    "dale",
    "dawn",
    "dean",
    "dick",
    "don",
    "drew",
    "eve",
    "faith",
    "fern",
    "florence",
    "frank",
    "gene",
    "ginger",
    "glen",
    "grace",
    "grant",
    "guy",
    "harmony",
    "hazel",
    "heather",
    "holly",
    "hope",
    "iris",
    "ivy",
    "jack",
    "jade",
    "joy",
    "june",
    "junior",
    "lance",
    "lily",
    "mark",
    "mason",
    "may",
    "melody",
    "olive",
    "pat",
    "patience",
    "penny",
    "rob",
    "rose",
    "summer",
    "will",
];

/// Shortest name that is searched for with a wrong letter.
const SHORTEST_FUZZY: usize = 5;

impl NameMatcher {
    pub(crate) fn new(people: &People) -> Result<Self, BuildError> {
        let mut by_text: BTreeMap<String, Pattern> = BTreeMap::new();
        for (index, person) in people.list().iter().enumerate() {
            for name in &person.names {
                for (text, form) in forms(name) {
                    let fresh =
                        Pattern { text: text.clone(), form, people: Vec::new(), former: name.kind == NameKind::Former };
                    let pattern = by_text.entry(text).or_insert(fresh);
                    pattern.form = pattern.form.min(form);
                    pattern.former &= name.kind == NameKind::Former;
                    if pattern.people.last() != Some(&index) {
                        pattern.people.push(index);
                    }
                }
            }
        }
        for (index, line) in people.address_lines() {
            let text = fold(line).trim().to_owned();
            if text.contains(char::is_alphanumeric) && text.chars().count() >= 5 {
                let fresh = Pattern { text: text.clone(), form: Form::Address, people: Vec::new(), former: false };
                by_text.entry(text).or_insert(fresh).people.push(index);
            }
        }
        let patterns: Vec<Pattern> = by_text.into_values().collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|pattern| &pattern.text))?;
        let near = near_names(&patterns);
        Ok(Self { automaton, patterns, near })
    }

    /// Every name in the text. Findings may overlap; the caller keeps the best.
    pub(crate) fn find(&self, text: &str, folded: &Folded, people: &People) -> Vec<Found> {
        let mut found = Vec::new();
        for hit in self.automaton.find_overlapping_iter(folded.as_str()) {
            let range = hit.range();
            let Some(pattern) = self.patterns.get(hit.pattern().as_usize()) else { continue };
            if folded.stands_alone(&range) {
                found.extend(judge(text, folded, &range, pattern, people));
            }
        }
        if !self.near.is_empty() {
            self.find_near(text, folded, people, &mut found);
        }
        found
    }

    /// Words with a capital that are one letter off a known name.
    fn find_near(&self, text: &str, folded: &Folded, people: &People, found: &mut Vec<Found>) {
        let mut sure: Vec<Range<usize>> = found.iter().map(|f| f.suggestion.range()).collect();
        sure.sort_by_key(|range| range.start);
        let mut sure = sure.into_iter().peekable();
        let mut reached = 0;
        let mut seen = String::new();
        for (at, word) in words(folded.as_str()) {
            let letters = word.chars().count();
            if letters + 1 < SHORTEST_FUZZY || letters > 30 {
                continue;
            }
            let place = folded.original(at..at + word.len());
            let capital = text.get(place.clone()).and_then(|w| w.chars().next()).is_some_and(char::is_uppercase);
            while let Some(range) = sure.next_if(|range| range.start <= place.start) {
                reached = reached.max(range.end);
            }
            if !capital || place.start < reached {
                continue;
            }
            let candidates = std::iter::once(None).chain((0..letters).map(Some)).find_map(|left_out| {
                seen.clear();
                seen.extend(word.chars().enumerate().filter(|(index, _)| Some(*index) != left_out).map(|(_, c)| c));
                self.near.get(seen.as_str())
            });
            let pattern = candidates.into_iter().flatten().filter_map(|index| self.patterns.get(*index));
            let mut close = pattern.filter(|pattern| strsim::osa_distance(&pattern.text, word) == 1);
            if let Some(pattern) = close.next() {
                let others: Vec<usize> = pattern.people.iter().copied().filter(|person| *person != SUBJECT).collect();
                let explanation = format!("Looks like a slip for {}", people.describe(&others));
                let subject = others.is_empty();
                found.push(finding(place, Certainty::Maybe, explanation, (people, &pattern.people), subject));
            }
        }
    }
}

/// The spellings under which a name is searched for, folded.
fn forms(name: &PersonName) -> Vec<(String, Form)> {
    let clean = |text: &str| fold(text).trim().to_owned();
    let (given, family) = (clean(&name.given), clean(&name.family));
    let first = given.split(' ').next().unwrap_or_default().to_owned();
    let mut out = Vec::new();
    let mut add = |text: String, form: Form, shortest: usize| {
        if text.chars().filter(|c| c.is_alphanumeric()).count() >= shortest {
            if text.contains('\'') {
                out.push((text.replace('\'', ""), form));
            }
            if text.contains('-') {
                out.push((text.replace('-', " "), form));
            }
            out.push((text, form));
        }
    };
    if !given.is_empty() && !family.is_empty() {
        add(clean(&full_name(name)), Form::Full, 3);
        for given in [&given, &first] {
            add(format!("{given} {family}"), Form::Full, 3);
            add(format!("{family}, {given}"), Form::Full, 3);
        }
        if let Some(initial) = first.chars().next() {
            for spelling in
                [format!("{initial}. {family}"), format!("{initial} {family}"), format!("{initial}.{family}")]
            {
                add(spelling, Form::Full, 3);
            }
            let last = family.chars().next().unwrap_or(' ');
            add(format!("{first} {last}."), Form::Full, 3);
        }
    }
    add(given.clone(), Form::Given, 2);
    add(first, Form::Given, 2);
    add(family, Form::Family, 2);
    out
}

/// Decides what a hit means: whose name it is, how sure, or that it is no name here.
fn judge(text: &str, folded: &Folded, range: &Range<usize>, pattern: &Pattern, people: &People) -> Option<Found> {
    let place = folded.original(range.clone());
    let written = text.get(place.clone())?;
    let capital = written.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    if pattern.form == Form::Address {
        let explanation = format!("Address of {}", people.describe(&pattern.people));
        let subject = pattern.people.contains(&SUBJECT);
        let mut found = finding(place, Certainty::Sure, explanation, (people, &pattern.people), subject);
        found.suggestion.kind = Kind::Address;
        return Some(found);
    }
    let short = pattern.text.chars().count() <= 3;
    let word = WORDS.binary_search(&pattern.text.as_str()).is_ok() || is_month(&pattern.text);
    let alone = pattern.form != Form::Full;
    if alone && (short || word) && !capital {
        return None;
    }
    if is_month(&pattern.text) && beside_a_date(folded.as_str(), range) {
        return None;
    }
    let shared = pattern.people.contains(&SUBJECT);
    let others: Vec<usize> = pattern.people.iter().copied().filter(|person| *person != SUBJECT).collect();
    let titled = pattern.form == Form::Family && follows_title(folded.as_str(), range.start);
    let subject = shared && (others.is_empty() || pattern.form == Form::Full) && !titled;
    let certainty = match pattern.form {
        Form::Full => Certainty::Sure,
        _ if shared && !titled => Certainty::Maybe,
        _ if word && starts_sentence(folded.as_str(), range.start) => Certainty::Maybe,
        _ => Certainty::Likely,
    };
    let explanation = explain(pattern, &others, shared, people);
    Some(finding(place, certainty, explanation, (people, &pattern.people), subject))
}

fn explain(pattern: &Pattern, others: &[usize], shared: bool, people: &People) -> String {
    let mut explanation = people.describe(others);
    if others.is_empty() {
        return "The person asking".to_owned();
    }
    if pattern.former {
        explanation.push_str(" (a former name)");
    }
    if shared {
        explanation.push_str("; also a name of the person asking");
    }
    explanation
}

fn finding(
    place: Range<usize>,
    certainty: Certainty,
    explanation: String,
    (people, who): (&People, &[usize]),
    subject: bool,
) -> Found {
    let suggestion = Suggestion {
        start: place.start,
        end: place.end,
        kind: Kind::Person,
        certainty,
        explanation,
        people: people.ids(who),
    };
    Found { suggestion, subject }
}

fn is_month(word: &str) -> bool {
    matches!(word, "april" | "may" | "june" | "august")
}

/// "4 May", "May 2026", "in May".
fn beside_a_date(folded: &str, range: &Range<usize>) -> bool {
    let before = folded.get(..range.start).unwrap_or_default().trim_end();
    let after = folded.get(range.end..).unwrap_or_default().trim_start();
    let last_word = before.rsplit(' ').next().unwrap_or_default();
    last_word.starts_with(|c: char| c.is_ascii_digit())
        || after.starts_with(|c: char| c.is_ascii_digit())
        || matches!(last_word, "in" | "since" | "until" | "during" | "by" | "early" | "late" | "mid" | "last" | "next")
}

fn follows_title(folded: &str, start: usize) -> bool {
    let before = folded.get(..start).unwrap_or_default().trim_end();
    let title = before.rsplit(' ').next().unwrap_or_default().trim_end_matches('.');
    matches!(
        title,
        "mr" | "mrs" | "ms" | "miss" | "mx" | "dr" | "rev" | "aunt" | "auntie" | "uncle" | "nan" | "grandad"
    )
}

fn starts_sentence(folded: &str, start: usize) -> bool {
    let before = folded.get(..start).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '"', '-'])
}

fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    folded.split_inclusive(|c: char| !c.is_alphabetic()).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        (!word.is_empty()).then_some((start, word))
    })
}

/// Each long single name under itself and under itself with each letter left out.
fn near_names(patterns: &[Pattern]) -> HashMap<String, Vec<usize>> {
    let mut near: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let letters = pattern.text.chars().count();
        let single =
            matches!(pattern.form, Form::Given | Form::Family) && pattern.text.chars().all(char::is_alphabetic);
        if !single || letters < SHORTEST_FUZZY || WORDS.binary_search(&pattern.text.as_str()).is_ok() {
            continue;
        }
        let mut add = |key: String| {
            let list = near.entry(key).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        };
        add(pattern.text.clone());
        for left_out in 0..letters {
            add(pattern.text.chars().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| c).collect());
        }
    }
    near
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn everyday_words_are_in_order_so_that_they_are_found() {
        assert!(WORDS.is_sorted());
    }
}
