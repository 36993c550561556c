//! A policy: its texts read together, held against each other and against the law.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::clause::{ClauseId, Kept, Principle, kept, principle};
use crate::front::{Front, TextKind};
use crate::problem::{Code, Problem};
use crate::registry::{self, ENTRIES, Entry, Limit, Silent};
use crate::settings::{Origin, Setting, Settings};
use crate::source::{Place, Source};
use crate::span;
use crate::text::{Found, Sentence, Text};
use crate::value::{self, Amount, Kind, Value};

/// One policy: the full text first, then its other texts, and the settings on which they agree.
#[derive(Debug, Clone)]
pub struct Policy {
    texts: Vec<Text>,
    settings: Settings,
}

/// Policies read from any number of texts, and everything that is wrong with them.
#[derive(Debug, Default)]
pub struct Reading {
    /// One for each charity, in the order in which they came.
    pub policies: Vec<Policy>,
    /// Errors and warnings, by text and place.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Only what stops a policy from running.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.is_error())
    }
}

/// Why a policy cannot run.
#[derive(Debug, thiserror::Error)]
pub enum NotAPolicy {
    /// The texts have errors.
    #[error("the policy has {} error(s); first: {}", .0.len(), .0.first().map_or("", |problem| &problem.message))]
    Errors(Vec<Problem>),
    /// No text was given.
    #[error("no policy text was given")]
    Nothing,
    /// The texts belong to more than one charity.
    #[error("the texts belong to {0} charities; a book has one policy")]
    Several(usize),
}

/// One promise of a policy, for the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its clause ids; a promise without one is the charity's own.
    pub clauses: Vec<ClauseId>,
    /// The sentence.
    pub text: String,
    /// How it is kept; empty where nothing keeps it yet.
    pub kinds: Vec<Kept>,
    /// The principle that it serves, where the clause is known.
    pub principle: Option<Principle>,
    /// Keys of the settings that it makes.
    pub settings: Vec<String>,
    /// The section in which it stands.
    pub section: Option<String>,
    /// The line in the full text, from 1.
    pub line: usize,
}

/// A setting that differs between two versions of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// What it governs, in words.
    pub about: String,
    /// The value before, in figures; nothing where it was not set.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// Reads any number of texts. Texts of the same charity are one policy; a text without a charity joins the first.
pub fn read(sources: &[Source]) -> Reading {
    let mut problems = Vec::new();
    let texts: Vec<Text> = sources.iter().map(|source| Text::read(source, &mut problems)).collect();
    let mut groups: Vec<(String, Vec<Text>)> = Vec::new();
    for text in texts {
        let charity = text.front.charity.clone().unwrap_or_default().to_lowercase();
        let group = groups.iter().position(|(name, _)| *name == charity || name.is_empty() || charity.is_empty());
        match group {
            Some(at) => {
                if groups[at].0.is_empty() {
                    groups[at].0 = charity;
                }
                groups[at].1.push(text);
            }
            None => groups.push((charity, vec![text])),
        }
    }
    let policies = groups.into_iter().map(|(_, texts)| Policy::settle(texts, &mut problems)).collect();
    let order = |problem: &Problem| sources.iter().position(|source| source.name() == problem.file);
    problems.sort_by_key(|problem| (order(problem), problem.place.line, problem.place.column, problem.code));
    Reading { policies, problems }
}

impl Policy {
    /// Reads the texts of one policy that is to run.
    ///
    /// # Errors
    /// When a text has an error, when there is none, or when they are not of one charity.
    pub fn read(sources: &[Source]) -> Result<Self, NotAPolicy> {
        let reading = read(sources);
        let count = reading.policies.len();
        let errors: Vec<_> = reading.problems.into_iter().filter(Problem::is_error).collect();
        if !errors.is_empty() {
            return Err(NotAPolicy::Errors(errors));
        }
        let mut policies = reading.policies.into_iter();
        match (policies.next(), count) {
            (Some(policy), 1) => Ok(policy),
            (None, _) => Err(NotAPolicy::Nothing),
            (Some(_), several) => Err(NotAPolicy::Several(several)),
        }
    }

    /// The settings that the program obeys.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Its texts, the full one first.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// The full text, or the first where none is full.
    pub fn full(&self) -> &Text {
        // INVARIANT: `settle` is only called with at least one text.
        self.texts.first().expect("a policy has a text")
    }

    /// The text of a kind.
    pub fn text(&self, kind: TextKind) -> Option<&Text> {
        self.texts.iter().find(|text| text.front.text == kind)
    }

    /// The front matter of the full text.
    pub fn front(&self) -> &Front {
        &self.full().front
    }

    /// Every clause id of the policy, as people count.
    pub fn clauses(&self) -> Vec<ClauseId> {
        let mut ids: Vec<_> = self.texts.iter().flat_map(Text::clauses).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Every sentence of the full text that binds: it bears a clause id or carries a live phrase.
    pub fn promises(&self) -> Vec<Promise> {
        let binding = |sentence: &&Sentence| !sentence.clauses.is_empty() || !sentence.is_statement();
        self.full().sentences.iter().filter(binding).map(promise).collect()
    }

    /// Every sentence of the full text without a live phrase.
    pub fn statements(&self) -> impl Iterator<Item = &Sentence> {
        self.full().sentences.iter().filter(|sentence| sentence.is_statement())
    }

    /// The day on which the policy is to be looked at again (K36, T75): the date in its front matter, or its own cycle
    /// after it was last reviewed or adopted. Nothing where it bears no date at all.
    pub fn review_due(&self) -> Option<Date> {
        let front = self.front();
        if let Some(given) = front.review {
            return Some(given.first_day());
        }
        let last = front.reviewed.or(front.adopted)?;
        let cycle = self.settings.span("review:policy")?;
        Some(cycle.value.after(last.first_day()))
    }

    /// The setting values that change from `old` to `new`, in the order of keys: what approving would do.
    pub fn diff(old: &Self, new: &Self) -> Vec<Change> {
        let (before, after) = (&old.settings.values, &new.settings.values);
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        keys.into_iter()
            .filter(|key| match (before.get(*key), after.get(*key)) {
                (Some(one), Some(other)) => !one.value.same(&other.value),
                _ => true,
            })
            .map(|key| Change {
                key: key.clone(),
                about: registry::entry(key).map_or("what is confirmed", |entry| entry.about).to_owned(),
                before: before.get(key).map(|setting| setting.value.to_string()),
                after: after.get(key).map(|setting| setting.value.to_string()),
            })
            .collect()
    }

    /// Puts the texts of one policy together.
    fn settle(mut texts: Vec<Text>, problems: &mut Vec<Problem>) -> Self {
        texts.sort_by_key(|text| text.front.text);
        other_policy(&texts, problems);
        let mut first: BTreeMap<String, (Found, String)> = BTreeMap::new();
        for text in &texts {
            for found in &text.found {
                against_law(text, found, problems);
                if let Some(earlier) = first.get(&found.key) {
                    conflict(text, found, earlier, problems);
                } else {
                    first.insert(found.key.clone(), (found.clone(), text.source.name().to_owned()));
                }
            }
        }
        let mut settings = Settings::default();
        for (key, (found, file)) in first {
            let (clauses, words, line) = (found.clauses, found.words, found.place.line);
            let origin = Origin::Text { clauses, words, file, line };
            settings.values.insert(key, Setting { value: found.value, origin });
        }
        fill(&mut settings);
        if let Some(text) = texts.first() {
            missing(text, &settings, problems);
        }
        Self { texts, settings }
    }
}

fn promise(sentence: &Sentence) -> Promise {
    let mut kinds: Vec<_> = sentence.clauses.iter().flat_map(kept).collect();
    if kinds.is_empty() {
        let attested = sentence.settings.iter().any(|key| key.starts_with("attest:"));
        kinds.extend(attested.then_some(Kept::Attested));
        let enforced = sentence.settings.iter().any(|key| !key.starts_with("attest:"));
        kinds.extend(enforced.then_some(Kept::Enforced));
    }
    kinds.sort();
    kinds.dedup();
    Promise {
        clauses: sentence.clauses.clone(),
        text: sentence.text.clone(),
        kinds,
        principle: sentence.clauses.iter().find_map(principle),
        settings: sentence.settings.clone(),
        section: sentence.section.clone(),
        line: sentence.place.line,
    }
}

/// A text that says it belongs to another policy than the one it is read with.
fn other_policy(texts: &[Text], problems: &mut Vec<Problem>) {
    let Some(name) = texts.iter().find_map(|text| text.front.policy.clone()) else { return };
    for text in texts {
        if let Some(of) = &text.front.of
            && *of != name
        {
            let message = format!("The text says that it belongs to \"{of}\", but it is read with \"{name}\"");
            let place = text.source.place(0..3);
            problems.push(Problem::new(Code::FrontMatter, &text.source, place, message));
        }
    }
}

fn conflict(text: &Text, found: &Found, earlier: &(Found, String), problems: &mut Vec<Problem>) {
    let (first, file) = earlier;
    if first.value.same(&found.value) {
        return;
    }
    let message = format!(
        "\"{}\" has two values: {} here, and {} in {file} on line {}",
        found.key, found.value, first.value, first.place.line
    );
    let problem = Problem::new(Code::Conflict, &text.source, found.place, message)
        .help("Make the sentences say the same: all texts of a policy promise the same thing.")
        .label(format!("{} here", found.value));
    problems.push(if file == text.source.name() {
        problem.also(first.place, format!("{} here", first.value))
    } else {
        problem
    });
}

fn against_law(text: &Text, found: &Found, problems: &mut Vec<Problem>) {
    let Some(entry) = registry::entry(&found.key) else { return };
    let at = |code, message: String, help: String| {
        Problem::new(code, &text.source, found.place, message).help(help).label("this promise")
    };
    let about = entry.about;
    let problem = match (entry.limit, &found.value) {
        (Limit::AtMost(limit, law), Value::Span(said)) if exceeds(*said, limit) => at(
            Code::LongerThanLaw,
            format!("\"{}\" is longer than the law allows for {about}: at most {limit}", found.words),
            format!("{law} sets {limit}. A policy may promise less time, never more."),
        ),
        (Limit::AtMost(limit, law), Value::Span(_)) if is_open_ended(&found.words) => at(
            Code::LongerThanLaw,
            format!("\"{}\" sets no end, and the law allows at most {limit} for {about}", found.words),
            format!("{law} sets {limit}. Write \"within …\", so that it says how long it takes at most."),
        ),
        (Limit::AtLeast(limit, law), Value::Span(said)) if falls_short(*said, limit) => at(
            Code::ShorterThanLaw,
            format!("\"{}\" is shorter than the law allows for {about}: at least {limit}", found.words),
            format!("{law}: at least {limit}."),
        ),
        (Limit::Free(law), Value::Amount(amount)) if *amount != Amount::Free => at(
            Code::AgainstLaw,
            format!("\"{}\": {about} must be nothing", found.words),
            format!("{law}: it is free. A fee is only allowed for unfounded or excessive requests."),
        ),
        (Limit::ScottishAge(limit, law), Value::Age(age))
            if text.front.in_scotland() && limit.parse().is_ok_and(|limit: u32| *age > limit) =>
        {
            at(
                Code::AgainstLaw,
                format!("\"{}\" is older than Scottish law allows for {about}", found.words),
                format!("{law}: in Scotland a child is presumed able from {limit}."),
            )
        }
        _ => return,
    };
    problems.push(problem);
}

/// "at least 30 days", "more than a month": a least time where a longest is promised.
fn is_open_ended(words: &str) -> bool {
    let words = words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let least = ["at least", "minimum", "or more", "or longer", "no less than", "not less than"];
    let beyond = ["more than", "longer than"].iter().any(|beyond| {
        words.contains(beyond) && !["no", "not"].iter().any(|no| words.contains(&format!("{no} {beyond}")))
    });
    beyond || least.iter().any(|least| words.contains(least))
}

fn exceeds(said: clock::Span, limit: &str) -> bool {
    matches!(value::read(Kind::Span, limit), Ok(Value::Span(limit)) if span::days(said) > span::days(limit))
}

fn falls_short(said: clock::Span, limit: &str) -> bool {
    matches!(value::read(Kind::Span, limit), Ok(Value::Span(limit)) if span::days(said) < span::days(limit))
}

/// Puts in what the law or usual practice says where the policy is silent, and then what follows another setting.
fn fill(settings: &mut Settings) {
    for entry in ENTRIES {
        let (value, origin) = match entry.silent {
            Silent::Law(value, source) => (value, Origin::Law { source }),
            Silent::Practice(value, why) => (value, Origin::Practice { why }),
            Silent::Unset | Silent::Required | Silent::As(_) => continue,
        };
        if !settings.values.contains_key(entry.key)
            && let Ok(value) = value::read(entry.kind, value)
        {
            settings.values.insert(entry.key.to_owned(), Setting { value, origin });
        }
    }
    for entry in ENTRIES {
        if let Silent::As(key) = entry.silent
            && !settings.values.contains_key(entry.key)
            && let Some(other) = settings.values.get(key)
        {
            let setting = Setting { value: other.value.clone(), origin: Origin::As { key } };
            settings.values.insert(entry.key.to_owned(), setting);
        }
    }
}

fn missing(text: &Text, settings: &Settings, problems: &mut Vec<Problem>) {
    let lacking = |entry: &&Entry| entry.silent == Silent::Required && !settings.values.contains_key(entry.key);
    // A phrase that is there but cannot be read has its own message.
    let tried = |entry: &&Entry| problems_name(problems, entry.key);
    let lacking: Vec<_> = ENTRIES.iter().filter(lacking).filter(|entry| !tried(entry)).collect();
    for entry in lacking {
        let message = format!("The policy does not say {}: the setting \"{}\" is missing", entry.about, entry.key);
        let place = Place { line: 1, column: 1, offset: 0, length: 0 };
        problems.push(Problem::new(Code::MissingSetting, &text.source, place, message).help(format!(
            "Add a sentence with a live phrase [{}]({}).",
            example(entry.kind),
            entry.key
        )));
    }
}

fn problems_name(problems: &[Problem], key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    problems.iter().any(|problem| problem.code == Code::UnreadableValue && problem.message.ends_with(&quoted))
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Span => "six years",
        Kind::Count => "two forms",
        Kind::Age => "12 and above",
        Kind::Role => "the Trustees",
        Kind::Channels => "by letter or e-mail",
        Kind::Amount => "free of charge",
        Kind::Contact => "data@example.org",
        Kind::Presence => "words",
    }
}
