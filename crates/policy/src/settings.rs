//! The settings of a policy: typed values that the program obeys, each with the words or the law that it comes from.

use std::collections::{BTreeMap, BTreeSet};

use clock::Span;

use crate::clause::ClauseId;
use crate::registry;
use crate::value::{Amount, Channel, Contact, Role, Value};

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Words of the policy.
    Text {
        /// The clauses of the sentence.
        clauses: Vec<ClauseId>,
        /// The words themselves.
        words: String,
        /// The text that has them.
        file: String,
        /// The line in it, from 1.
        line: usize,
    },
    /// The policy is silent and the law says it.
    Law {
        /// Where the law says it.
        source: &'static str,
    },
    /// Policy and law are silent; this is usual practice, shown as such until the policy says otherwise.
    Practice {
        /// Why it is usual.
        why: &'static str,
    },
    /// The policy is silent here; another of its settings serves.
    As {
        /// That setting's key.
        key: &'static str,
    },
}

impl Origin {
    /// One line for a reader: the clause and the words, or the law.
    pub fn in_words(&self) -> String {
        match self {
            Self::Text { clauses, words, line, .. } if clauses.is_empty() => {
                format!("the policy says \"{words}\" (line {line})")
            }
            Self::Text { clauses, words, .. } => {
                let ids: Vec<_> = clauses.iter().map(ToString::to_string).collect();
                format!("the policy says \"{words}\" ({})", ids.join(", "))
            }
            Self::Law { source } => format!("the policy is silent; {source} says so"),
            Self::Practice { why } => format!("the policy is silent; usual practice ({why})"),
            Self::As { key } => format!("the policy is silent; the same as \"{key}\""),
        }
    }
}

/// All settings of one policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub(crate) values: BTreeMap<String, Setting<Value>>,
}

macro_rules! typed_getter {
    ($(#[$doc:meta])* $name:ident, $variant:ident, $type:ty) => {
        $(#[$doc])*
        pub fn $name(&self, key: &str) -> Option<Setting<$type>> {
            let setting = self.get(key)?;
            match &setting.value {
                Value::$variant(value) => Some(Setting { value: value.clone(), origin: setting.origin.clone() }),
                _ => None,
            }
        }
    };
}

impl Settings {
    /// The setting of a key, whatever its type; nothing where neither policy nor law nor practice says it.
    pub fn get(&self, key: &str) -> Option<&Setting<Value>> {
        self.values.get(key)
    }

    /// Every setting in the order of keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Setting<Value>)> {
        self.values.iter().map(|(key, setting)| (key.as_str(), setting))
    }

    /// Keys and values in figures: "answer:access" and "1 month".
    pub fn in_figures(&self) -> BTreeMap<String, String> {
        self.values.iter().map(|(key, setting)| (key.clone(), setting.value.to_string())).collect()
    }

    /// Whether the policy says it, in its own words.
    pub fn says(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Setting { origin: Origin::Text { .. }, .. }))
    }

    typed_getter! {
        /// A length of time: `span("keep:child/leaving")`.
        span, Span, Span
    }
    typed_getter! {
        /// A role: `role("ask:access/to")`.
        role, Role, Role
    }
    typed_getter! {
        /// A number: `count("ask:access/identity")`.
        count, Count, u32
    }
    typed_getter! {
        /// An age in years: `age("ask:access/child-age")`.
        age, Age, u32
    }
    typed_getter! {
        /// What it costs: `amount("ask:access/fee")`.
        amount, Amount, Amount
    }
    typed_getter! {
        /// Ways to reach somebody: `channels("ask:access/by")`.
        channels, Channels, BTreeSet<Channel>
    }
    typed_getter! {
        /// An address: `contact("contact:data-protection")`.
        contact, Contact, Contact
    }

    /// By when an access request is answered (K23, T24). The statutory limit is the clock's; the earlier one binds.
    pub fn answer_access(&self) -> Setting<Span> {
        self.lawful_span("answer:access", Span::Months(1))
    }

    /// By when a complex access request is answered, counted from its start (T26).
    pub fn answer_access_extended(&self) -> Setting<Span> {
        self.lawful_span("answer:access/extended", Span::Months(3))
    }

    /// By when somebody is told that their access request takes longer (T26).
    pub fn extension_notice(&self) -> Setting<Span> {
        self.lawful_span("answer:access/extension-notice", Span::Months(1))
    }

    /// By when a complaint is acknowledged (K34).
    pub fn acknowledge_complaint(&self) -> Setting<Span> {
        self.lawful_span("answer:complaint/acknowledgement", Span::Days(30))
    }

    /// By when the regulator is told of a breach (T54).
    pub fn report_breach(&self) -> Setting<Span> {
        self.lawful_span("breach:report", Span::Hours(72))
    }

    /// By when somebody gets the notice whose data came from elsewhere (T74).
    pub fn notice_elsewhere(&self) -> Setting<Span> {
        self.lawful_span("tell:notice/elsewhere", Span::Months(1))
    }

    /// What an access request costs (K24, T25).
    pub fn access_fee(&self) -> Setting<Amount> {
        self.amount("ask:access/fee")
            .unwrap_or(Setting { value: Amount::Free, origin: Origin::Law { source: "UK GDPR article 12(5)" } })
    }

    /// Who receives access requests (K19, T41). A policy that passes the check always says it.
    pub fn access_to(&self) -> Option<Setting<Role>> {
        self.role("ask:access/to")
    }

    /// How long the file of a child who left is kept (K28, T49). A policy that passes the check always says it.
    pub fn keep_child(&self) -> Option<Setting<Span>> {
        self.span("keep:child/leaving")
    }

    /// Settings are filled from the registry, so the law's value here only serves an empty `Settings`.
    fn lawful_span(&self, key: &str, law: Span) -> Setting<Span> {
        let source = match registry::entry(key).map(|entry| entry.silent) {
            Some(registry::Silent::Law(_, source)) => source,
            _ => "the law",
        };
        self.span(key).unwrap_or(Setting { value: law, origin: Origin::Law { source } })
    }
}
