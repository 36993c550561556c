//! The verbs of the policy language: the link schemes that make a phrase a setting.

use std::fmt;

/// What a live phrase does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// By when somebody gets an answer.
    Answer,
    /// How long something is kept.
    Keep,
    /// Who may open a file.
    See,
    /// What may be shared, on which ground.
    Share,
    /// What may be left out of an answer.
    Withhold,
    /// What may be refused.
    Refuse,
    /// What people may ask for, of whom, and what we ask them.
    Ask,
    /// What people are told, and by when.
    Tell,
    /// What is looked at again, and how often.
    Review,
    /// What needs somebody's yes.
    Consent,
    /// What happens when data are lost or go astray.
    Breach,
    /// Where somebody is reached.
    Contact,
    /// What a person confirms on a cycle, because no program can see it.
    Attest,
}

impl Verb {
    /// Every verb, in the order in which the guide lists them.
    pub const ALL: [Self; 13] = [
        Self::Answer,
        Self::Keep,
        Self::See,
        Self::Share,
        Self::Withhold,
        Self::Refuse,
        Self::Ask,
        Self::Tell,
        Self::Review,
        Self::Consent,
        Self::Breach,
        Self::Contact,
        Self::Attest,
    ];

    /// The word as it stands before the colon.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Keep => "keep",
            Self::See => "see",
            Self::Share => "share",
            Self::Withhold => "withhold",
            Self::Refuse => "refuse",
            Self::Ask => "ask",
            Self::Tell => "tell",
            Self::Review => "review",
            Self::Consent => "consent",
            Self::Breach => "breach",
            Self::Contact => "contact",
            Self::Attest => "attest",
        }
    }

    /// The verb that a scheme names, in any case.
    pub fn named(scheme: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| scheme.eq_ignore_ascii_case(verb.word()))
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a link is to the policy language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkKind {
    /// A setting: its key, "answer:access".
    Setting(Verb, String),
    /// An ordinary link, which the language leaves alone.
    Ordinary,
    /// A scheme that is neither a verb nor an ordinary one.
    UnknownVerb(String),
}

/// Schemes of links that are only links.
const ORDINARY: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];

/// Tells settings from ordinary links by the scheme. Anything without a scheme (`#access`, `notice.html`) is ordinary.
pub fn link_kind(destination: &str) -> LinkKind {
    let Some((scheme, target)) = destination.split_once(':') else {
        return LinkKind::Ordinary;
    };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '+' | '-' | '.' | '_'));
    if !is_scheme || ORDINARY.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return LinkKind::Ordinary;
    }
    match Verb::named(scheme) {
        Some(verb) => LinkKind::Setting(verb, format!("{verb}:{}", target.trim_matches('/').to_lowercase())),
        None => LinkKind::UnknownVerb(scheme.to_owned()),
    }
}
