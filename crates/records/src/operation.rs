//! Who does something, why, and when: without this the store does nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::FileId;

/// Who acts. A member of staff is known by their own file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// Someone signed in.
    Staff(FileId),
    /// Nobody is signed in: a sign-in attempt, a public page.
    Visitor,
    /// The program itself, on a duty that the clock started.
    Program,
    /// The person at the machine's own command line.
    Operator,
}

impl Actor {
    /// The pseudonym that stands in the ledger.
    pub const fn pseudonym(&self) -> [u8; 16] {
        match self {
            Self::Staff(file) => file.bytes(),
            Self::Visitor => *b"visitor:::::::::",
            Self::Program => *b"program:::::::::",
            Self::Operator => *b"operator::::::::",
        }
    }

    /// The file of the member of staff, if it is one.
    pub const fn staff(&self) -> Option<FileId> {
        match self {
            Self::Staff(file) => Some(*file),
            _ => None,
        }
    }
}

/// What something is done for. The number stands in the ledger and never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u16)]
pub enum Purpose {
    /// Working with the child or family.
    Support = 1,
    /// Keeping someone safe.
    Safeguarding = 2,
    /// Answering a request about personal data.
    Request = 3,
    /// Checking the quality of the work and of the records.
    Quality = 4,
    /// Running the charity: people, rotas, suppliers, supporters.
    Administration = 5,
    /// Looking after the book itself: sign-in, import, back-up, checks.
    BookKeeping = 6,
}

impl Purpose {
    /// All purposes, in the order in which a form offers them.
    pub const ALL: [Self; 6] =
        [Self::Support, Self::Safeguarding, Self::Request, Self::Quality, Self::Administration, Self::BookKeeping];

    /// The purpose in a form or a log line.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Support => "to support the child or family",
            Self::Safeguarding => "to keep someone safe",
            Self::Request => "to answer a request about personal data",
            Self::Quality => "to check our work and our records",
            Self::Administration => "to run the charity",
            Self::BookKeeping => "to look after the record system",
        }
    }

    /// The word that stands in URLs and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Safeguarding => "safeguarding",
            Self::Request => "request",
            Self::Quality => "quality",
            Self::Administration => "administration",
            Self::BookKeeping => "book-keeping",
        }
    }

    /// The purpose that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.slug() == slug)
    }
}

/// Why, in somebody's words; sealed with the person's key and never in the ledger itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// A reason, trimmed. Empty is allowed only where the purpose says it all.
    pub fn new(words: &str) -> Self {
        Self(words.trim().to_owned())
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.0
    }
}

/// One use case run by an actor for a purpose with a reason at a time.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Who.
    pub actor: Actor,
    /// What for.
    pub purpose: Purpose,
    /// Why, in words.
    pub reason: Reason,
    /// When; the only source of time for whatever happens inside.
    pub now: Timestamp,
}

impl Operation {
    /// An operation of a member of staff.
    pub fn by_staff(file: FileId, purpose: Purpose, reason: &str, now: Timestamp) -> Self {
        Self { actor: Actor::Staff(file), purpose, reason: Reason::new(reason), now }
    }

    /// An operation of the program or of the operator, for the book itself.
    pub fn for_the_book(actor: Actor, reason: &str, now: Timestamp) -> Self {
        Self { actor, purpose: Purpose::BookKeeping, reason: Reason::new(reason), now }
    }

    /// The day of the operation in London, where the charity's working day is.
    pub fn today(&self) -> jiff::civil::Date {
        london_day(self.now)
    }
}

/// The civil day in London at a moment.
pub fn london_day(now: Timestamp) -> jiff::civil::Date {
    london(now).date()
}

/// A moment as London's clocks show it.
pub fn london(now: Timestamp) -> jiff::Zoned {
    // INVARIANT: jiff carries its own copy of the time zone database, so that Europe/London is always known.
    now.in_tz("Europe/London").expect("Europe/London is in the bundled time zone database")
}
