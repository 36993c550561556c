//! A limit in days: the date that binds, the dates around it, and why.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::span::add_days;
use crate::wording::{days, days_left_words, weekday_date};
use crate::{ClockError, Matter, Span, is_late};

/// One line of the sum behind a date, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Because(String);

impl Because {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The clock stands still: something was asked for and has not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stopped {
    /// The day on which it was asked for.
    pub since: Date,
    /// What was asked for.
    pub matter: Matter,
}

/// A limit in days. It runs to the end of the day `due` in London ([`crate::is_late`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Limit {
    /// The day from which the limit is counted.
    pub start: Date,
    /// The date that binds: the law's, or the policy's own if that is earlier. While the clock is `stopped`, what it
    /// would be if the answer came today.
    pub due: Date,
    /// The law's date.
    pub statutory_due: Date,
    /// The date to aim for: the day of an answer is not counted as paused, as cautious readers do. Never after `due`.
    pub safe: Date,
    /// The law's date if the limit is extended in time; none where it cannot be.
    pub extended_due: Option<Date>,
    /// The last day on which the person can be told of the extension, and why.
    pub extension_notice_by: Option<Date>,
    /// Days that do not count because we waited for an answer about what is wanted.
    pub paused_days: i64,
    /// Set while something that we asked for has not come.
    pub stopped: Option<Stopped>,
    /// The sum, line by line.
    pub because: Vec<Because>,
    /// What a person should look at before relying on the date.
    pub warnings: Vec<String>,
    #[serde(skip)]
    pub(crate) longer: Option<Longer>,
}

/// The extended limit, kept aside until the person is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Longer {
    pub(crate) due: Date,
    pub(crate) safe: Date,
    pub(crate) paused_days: i64,
    pub(crate) stopped: Option<Stopped>,
}

impl Limit {
    /// A limit with one date and nothing around it.
    pub(crate) fn plain(start: Date, due: Date, because: Vec<Because>, warnings: Vec<String>) -> Self {
        Self {
            start,
            due,
            statutory_due: due,
            safe: due,
            extended_due: None,
            extension_notice_by: None,
            paused_days: 0,
            stopped: None,
            because,
            warnings,
            longer: None,
        }
    }

    /// The limit under a policy that promises an answer within `promise`, counted from the same start and over the
    /// same paused days. The earlier of the law's and the policy's date binds, so a policy never makes a limit later.
    /// A promise that ends on a weekend is not moved: it is ours, and the law's date is not.
    #[must_use]
    pub fn with_policy(mut self, promise: Span) -> Self {
        let promised = add_days(promise.after(self.start), self.paused_days).unwrap_or(Date::MAX);
        let day = weekday_date(promised);
        let line = match promised.cmp(&self.due) {
            Ordering::Less => format!(
                "Our policy promises {promise}, to {day}. That is earlier than the law\u{2019}s limit, so it is our date."
            ),
            Ordering::Equal => format!("Our policy promises {promise}, to the same day."),
            Ordering::Greater => format!(
                "Our policy promises {promise}, to {day}. The law\u{2019}s limit is earlier, so it stays our date."
            ),
        };
        self.because.push(Because::new(line));
        self.due = self.due.min(promised);
        self.safe = self.safe.min(self.due);
        self
    }

    /// The extended limit, once the person was told of the extension and why on the day `told`. A policy's own
    /// period for extended answers is laid on afterwards with [`Limit::with_policy`].
    ///
    /// # Errors
    /// [`ClockError::ExtensionTooLate`] after `extension_notice_by`; [`ClockError::NoExtension`] for limits that
    /// the law does not extend; [`ClockError::TooEarly`] before the request came.
    pub fn extend(mut self, told: Date) -> Result<Self, ClockError> {
        let (Some(longer), Some(by)) = (self.longer.take(), self.extension_notice_by) else {
            return Err(ClockError::NoExtension);
        };
        if told > by {
            return Err(ClockError::ExtensionTooLate { told, by });
        }
        self.because.push(Because::new(format!(
            "We told the person of the extension on {}, in time. The limit is now {}.",
            weekday_date(told),
            weekday_date(longer.due)
        )));
        self.due = longer.due;
        self.statutory_due = longer.due;
        self.safe = longer.safe;
        self.paused_days = longer.paused_days;
        self.stopped = longer.stopped;
        Ok(self)
    }

    /// Whether the limit has passed.
    pub fn is_late(&self, now: Timestamp) -> bool {
        is_late(now, self.due)
    }

    /// How far away it is, in words.
    pub fn days_left(&self, today: Date) -> String {
        days_left_words(today, self.due)
    }

    pub(crate) fn paused_words(paused_days: i64) -> String {
        if paused_days == 0 { String::new() } else { format!(", and the {} that do not count", days(paused_days)) }
    }
}
