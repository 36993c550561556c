//! The 72 hours in which a breach is reported to the regulator.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::limit::Because;
use crate::london::london;
use crate::wording::weekday_date;
use crate::{ClockError, Span};

const HOURS: i64 = 72;

/// A limit in elapsed hours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BreachLimit {
    /// When we became aware.
    pub aware: Timestamp,
    /// The moment that binds: the law's, or the policy's own if that is earlier.
    pub due: Timestamp,
    /// The law's moment.
    pub statutory_due: Timestamp,
    /// The sum, line by line.
    pub because: Vec<Because>,
    /// What a person should look at before relying on the date.
    pub warnings: Vec<String>,
}

/// The limit for telling the regulator of a breach (UK GDPR art. 33(1)): 72 hours after becoming aware. A period in
/// hours runs through nights, weekends and bank holidays (Reg. 1182/71 art. 3(4) moves other periods only).
///
/// # Errors
/// [`ClockError::OutOfRange`] at the end of the calendar.
pub fn breach(aware: Timestamp) -> Result<BreachLimit, ClockError> {
    let due = aware.checked_add(SignedDuration::from_hours(HOURS))?;
    let (from, to) = (aware.to_zoned(london()), due.to_zoned(london()));
    let mut because = vec![
        Because::new(format!("We became aware at {}.", moment_words(&from))),
        Because::new("72 hours run from then without a break: nights, weekends and bank holidays count."),
    ];
    if from.offset() != to.offset() {
        let way = if from.offset() < to.offset() { "forward" } else { "back" };
        because.push(Because::new(format!(
            "The clocks go {way} in that time, so the limit is at {} and not at {}.",
            time_words(&to),
            time_words(&from)
        )));
    }
    because.push(Because::new(format!(
        "Tell the regulator by {}, unless nobody is likely to be at risk. If it is later, say why.",
        moment_words(&to)
    )));
    Ok(BreachLimit { aware, due, statutory_due: due, because, warnings: Vec::new() })
}

impl BreachLimit {
    /// The limit under a policy that promises to report within `promise`; the earlier moment binds.
    #[must_use]
    pub fn with_policy(mut self, promise: Span) -> Self {
        let promised = self.promised(promise);
        let words = moment_words(&promised.to_zoned(london()));
        let line = if promised < self.due {
            format!(
                "Our policy promises {promise}, to {words}. That is earlier than the law\u{2019}s limit, so it is ours."
            )
        } else {
            format!(
                "Our policy promises {promise}, to {words}. That is no earlier than the law\u{2019}s limit, which stays."
            )
        };
        self.because.push(Because::new(line));
        self.due = self.due.min(promised);
        self
    }

    /// Whether the limit has passed.
    pub fn is_late(&self, now: Timestamp) -> bool {
        now > self.due
    }

    /// The limit on London's clock.
    pub fn due_in_london(&self) -> Zoned {
        self.due.to_zoned(london())
    }

    /// The limit as RFC 3339 with London's offset: `2026-10-27T11:00:00+00:00`.
    pub fn due_rfc3339(&self) -> String {
        rfc3339_in_london(self.due)
    }

    /// The law's limit as RFC 3339 with London's offset.
    pub fn statutory_due_rfc3339(&self) -> String {
        rfc3339_in_london(self.statutory_due)
    }

    fn promised(&self, promise: Span) -> Timestamp {
        let aware = self.aware.to_zoned(london());
        match promise.hours() {
            Some(hours) => self.aware.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX),
            None => aware
                .with()
                .date(promise.after(aware.date()).min(Date::constant(9999, 12, 29)))
                .build()
                .map_or(Timestamp::MAX, |zoned| zoned.timestamp()),
        }
    }
}

fn rfc3339_in_london(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()
}

fn time_words(at: &Zoned) -> String {
    at.strftime("%H:%M").to_string()
}

fn moment_words(at: &Zoned) -> String {
    let zone = if at.offset().is_zero() { "GMT" } else { "British Summer Time" };
    format!("{} on {} ({zone})", time_words(at), weekday_date(at.date()))
}
