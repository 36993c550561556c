//! What is wrong with a policy text: a stable code, the place, the words, what was expected and a suggestion.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, Severity, SourceCode};

use crate::source::{Place, Source};

/// The kinds of problem. The codes are stable: other programs may rely on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// `not-utf-8`: the file is in another encoding, so nothing of it was read.
    NotUtf8,
    /// `front-matter`: the block between the `---` lines is missing, unclosed or not `key: value`.
    FrontMatter,
    /// `unknown-front-matter` (warning): a key that the program does not know.
    UnknownFrontMatter,
    /// `unreadable-date`: not a date such as 2024-06-01 or 2024-06, or dates in the wrong order.
    UnreadableDate,
    /// `unknown-verb`: the link's scheme is neither a verb nor an ordinary link.
    UnknownVerb,
    /// `unknown-target`: the verb has no such target.
    UnknownTarget,
    /// `unreadable-value`: the words do not say a value of the setting's type, or say two.
    UnreadableValue,
    /// `conflict`: one setting, two values, in one text or in two texts of one policy.
    Conflict,
    /// `longer-than-law`: the promise is weaker than the limit that the law sets.
    LongerThanLaw,
    /// `shorter-than-law`: the law wants it kept longer.
    ShorterThanLaw,
    /// `against-law`: the law does not allow it.
    AgainstLaw,
    /// `missing-setting`: neither the policy nor the law says it, and the program needs it.
    MissingSetting,
    /// `duplicate-clause`: two sentences of one text bear the same clause id.
    DuplicateClause,
    /// `duplicate-section`: two headings have the same id.
    DuplicateSection,
    /// `broken-link`: a live phrase that is not a link, so that it would silently set nothing.
    BrokenLink,
    /// `unknown-picture`: a picture that the set does not have.
    UnknownPicture,
    /// `easy-read-sentence`: a sentence of more than 15 words in an Easy Read text.
    EasyReadSentence,
    /// `easy-read-hard-word`: a hard word that the text does not explain.
    EasyReadHardWord,
    /// `easy-read-row` (warning): a row with more than one sentence or without a picture.
    EasyReadRow,
    /// `easy-read-mean` (warning): more than 12 words a sentence on average.
    EasyReadMean,
    /// `easy-read-grade` (warning): a Flesch-Kincaid grade above 4.
    EasyReadGrade,
}

impl Code {
    /// The code as it stands in messages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::NotUtf8 => "not-utf-8",
            Self::UnknownFrontMatter => "unknown-front-matter",
            Self::UnreadableDate => "unreadable-date",
            Self::UnknownVerb => "unknown-verb",
            Self::UnknownTarget => "unknown-target",
            Self::UnreadableValue => "unreadable-value",
            Self::Conflict => "conflict",
            Self::LongerThanLaw => "longer-than-law",
            Self::ShorterThanLaw => "shorter-than-law",
            Self::AgainstLaw => "against-law",
            Self::MissingSetting => "missing-setting",
            Self::DuplicateClause => "duplicate-clause",
            Self::DuplicateSection => "duplicate-section",
            Self::BrokenLink => "broken-link",
            Self::UnknownPicture => "unknown-picture",
            Self::EasyReadSentence => "easy-read-sentence",
            Self::EasyReadHardWord => "easy-read-hard-word",
            Self::EasyReadRow => "easy-read-row",
            Self::EasyReadMean => "easy-read-mean",
            Self::EasyReadGrade => "easy-read-grade",
        }
    }

    /// Whether it stops the policy from running. Warnings do not.
    pub fn is_error(self) -> bool {
        !matches!(self, Self::UnknownFrontMatter | Self::EasyReadRow | Self::EasyReadMean | Self::EasyReadGrade)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One problem at one place. As a `miette::Diagnostic` it shows the text with the place marked.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// What kind of problem.
    pub code: Code,
    /// The text in which it is.
    pub file: String,
    /// Where.
    pub place: Place,
    /// What happened, with the words concerned.
    pub message: String,
    /// What was expected, and a suggestion.
    pub help: Option<String>,
    /// What the marked place is called.
    pub label: String,
    /// Another place in the same text that belongs to it.
    pub also: Option<(Place, String)>,
    whole: Arc<NamedSource<String>>,
}

impl Problem {
    /// A problem at a place of `source`.
    pub fn new(code: Code, source: &Source, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            file: source.name().to_owned(),
            place,
            message: message.into(),
            help: None,
            label: "here".to_owned(),
            also: None,
            whole: source.named(),
        }
    }

    /// Adds what was expected or what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Marks a second place of the same text.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also = Some((place, label.into()));
        self
    }

    /// Whether it stops the policy from running.
    pub fn is_error(&self) -> bool {
        self.code.is_error()
    }
}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(if self.is_error() { Severity::Error } else { Severity::Warning })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.whole.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marked =
            LabeledSpan::new_primary_with_span(Some(self.label.clone()), (self.place.offset, self.place.length));
        let also = self
            .also
            .as_ref()
            .map(|(place, label)| LabeledSpan::new_with_span(Some(label.clone()), (place.offset, place.length)));
        Some(Box::new(std::iter::once(marked).chain(also)))
    }
}

/// The known name nearest to what was written, if one is near enough to be meant.
pub(crate) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| (strsim::jaro_winkler(written, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}
