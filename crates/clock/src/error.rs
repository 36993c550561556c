//! The situations in which no date can be given, each with what to do about it.

use jiff::civil::Date;

use crate::limit::Because;
use crate::wording::uk_date;

/// Why there is no limit. Each message can be shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Something is dated before the event that starts everything.
    #[error("{what} is dated {}, before {first} on {}. Check both dates.", uk_date(*.date), uk_date(*.start))]
    TooEarly {
        /// What is dated too early, in words.
        what: String,
        /// Its date.
        date: Date,
        /// What must come first, in words.
        first: &'static str,
        /// The date of that.
        start: Date,
    },
    /// An answer is dated before the question.
    #[error(
        "The answer about {matter} is dated {}, before it was asked for on {}. Check both dates.",
        uk_date(*.answered), uk_date(*.asked)
    )]
    AnsweredBeforeAsked {
        /// What was asked about, in words.
        matter: &'static str,
        /// When it was asked.
        asked: Date,
        /// When the answer is said to have come.
        answered: Date,
    },
    /// There is no date (yet), and that is no mistake: the reasons say why.
    #[error("{}", join(.because))]
    NoLimit {
        /// The reasons, line by line.
        because: Vec<Because>,
    },
    /// The person was told of the extension after the first limit had passed.
    #[error(
        "The person was told of the extension on {}. It had to be by {}, so the first limit stands.",
        uk_date(*.told), uk_date(*.by)
    )]
    ExtensionTooLate {
        /// When they were told.
        told: Date,
        /// The last day on which that would have counted.
        by: Date,
    },
    /// This kind of limit cannot be extended.
    #[error("This limit cannot be extended.")]
    NoExtension,
    /// No nation was given.
    #[error("Say in which nation the charity works: england-and-wales, scotland or northern-ireland.")]
    NoNation,
    /// The sum leaves the calendar.
    #[error("The dates lie outside the years that can be counted. Check the year.")]
    OutOfRange,
}

impl From<jiff::Error> for ClockError {
    // jiff's civil arithmetic fails for one reason only: the result is past year 9999.
    fn from(_: jiff::Error) -> Self {
        Self::OutOfRange
    }
}

fn join(because: &[Because]) -> String {
    because.iter().map(Because::as_str).collect::<Vec<_>>().join(" ")
}
