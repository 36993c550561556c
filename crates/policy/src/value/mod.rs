//! Typed values: what the words of a live phrase can mean, and how each value is shown in figures.

mod numbers;
mod read;
mod role;

use std::collections::BTreeSet;
use std::fmt;

pub use read::{Unreadable, read};
pub use role::Role;

use clock::Span;

use crate::span;

/// The type of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A length of time or a cycle.
    Span,
    /// How many.
    Count,
    /// An age in years from which something holds.
    Age,
    /// Somebody by their role.
    Role,
    /// One or several ways to reach somebody.
    Channels,
    /// What it costs.
    Amount,
    /// An e-mail address, a telephone number or a website.
    Contact,
    /// Said or not said.
    Presence,
}

impl Kind {
    /// What a message says was expected, with an example.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Span => "a length of time, such as \"30 days\", \"within one month\" or \"every two years\"",
            Self::Count => "a number, such as \"two forms\" or \"2\"",
            Self::Age => "an age in years, such as \"12 and above\" or \"aged twelve or over\"",
            Self::Role => "one role, such as \"the Trustees\" or \"your service manager\"",
            Self::Channels => "one or several ways, such as \"by letter, e-mail or fax\" or \"in writing\"",
            Self::Amount => "an amount, such as \"free of charge\", \"£10\" or \"a reasonable fee\"",
            Self::Contact => "an e-mail address, a telephone number or a website",
            Self::Presence => "some words",
        }
    }
}

/// What a live phrase says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A length of time or a cycle.
    Span(Span),
    /// How many.
    Count(u32),
    /// An age in years; it holds from that birthday on.
    Age(u32),
    /// Somebody by their role.
    Role(Role),
    /// Ways to reach somebody.
    Channels(BTreeSet<Channel>),
    /// What it costs.
    Amount(Amount),
    /// Where somebody is reached.
    Contact(Contact),
    /// The policy says so.
    Present,
}

impl Value {
    /// Whether two values mean the same: "12 months" and "one year" do, "30 days" and "one month" do not.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Span(one), Self::Span(two)) => span::same_length(*one, *two),
            _ => self == other,
        }
    }
}

/// In figures: "1 month", "12", "free", "trustees", "yes".
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(span) => f.write_str(&span.figures()),
            Self::Count(number) | Self::Age(number) => write!(f, "{number}"),
            Self::Role(role) => f.write_str(role.name()),
            Self::Channels(channels) => {
                let names: Vec<_> = channels.iter().map(|channel| channel.name()).collect();
                f.write_str(&names.join(", "))
            }
            Self::Amount(amount) => write!(f, "{amount}"),
            Self::Contact(contact) => f.write_str(contact.text()),
            Self::Present => f.write_str("yes"),
        }
    }
}

/// A way to reach the charity or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Any lasting text, paper or electronic.
    Writing,
    /// On paper by post.
    Letter,
    /// By e-mail.
    Email,
    /// By fax.
    Fax,
    /// By telephone.
    Phone,
    /// Face to face.
    InPerson,
    /// Through the family portal.
    Online,
    /// On the charity's form.
    Form,
}

impl Channel {
    /// Its name in figures and lists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Letter => "letter",
            Self::Email => "email",
            Self::Fax => "fax",
            Self::Phone => "phone",
            Self::InPerson => "in person",
            Self::Online => "online",
            Self::Form => "form",
        }
    }
}

/// What something costs the person who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Nothing.
    Free,
    /// A sum in pence.
    Pence(u32),
    /// What it costs to do, itemised (UK GDPR article 12(5)).
    Reasonable,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Free => f.write_str("free"),
            Self::Reasonable => f.write_str("reasonable fee"),
            Self::Pence(pence) if pence % 100 == 0 => write!(f, "£{}", pence / 100),
            Self::Pence(pence) => write!(f, "£{}.{:02}", pence / 100, pence % 100),
        }
    }
}

/// Where somebody is reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Contact {
    /// An e-mail address.
    Email(String),
    /// A telephone number.
    Phone(String),
    /// A website, without the scheme.
    Website(String),
}

impl Contact {
    /// The address as text.
    pub fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) | Self::Website(text) => text,
        }
    }
}
