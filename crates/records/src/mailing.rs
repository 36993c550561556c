//! The way of a letter by e-mail, try by try.

use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::personal::{Personal, sealed};

/// Minutes to wait after the first try, the second, and so on: a server that is down for a long weekend is outlived.
const WAITS: [i64; 9] = [1, 5, 30, 120, 360, 720, 1_440, 1_440, 1_440];

/// A letter in the outbox, or what became of it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// The one address to which it goes.
    #[serde(with = "sealed")]
    pub to: Personal<String>,
    /// When somebody put it there.
    pub queued: Timestamp,
    /// Who did.
    pub by: Option<FileId>,
    /// Each try, the first one first.
    pub tries: Vec<MailTry>,
    /// When it is tried next; none once it is over.
    pub next: Option<Timestamp>,
    /// How it ended; none while it waits.
    pub end: Option<MailEnd>,
}

/// One try to hand a letter to the mail server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTry {
    /// When.
    pub at: Timestamp,
    /// What came of it, as the server said; empty where the program stopped before it knew.
    #[serde(with = "sealed")]
    pub said: Personal<String>,
}

/// How a letter's way by e-mail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailEnd {
    /// The mail server took it.
    Sent,
    /// It was refused for good, or came back.
    CameBack,
    /// The address was no longer one that may be used.
    AddressChanged,
    /// Somebody took it out.
    TakenOut,
}

impl MailEnd {
    /// What a page says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sent => "Sent by e-mail",
            Self::CameBack => "Came back",
            Self::AddressChanged => "Not sent: the address has changed",
            Self::TakenOut => "Taken out of the outbox",
        }
    }
}

impl Mailing {
    /// A letter that is put into the outbox now.
    pub fn new(to: String, by: Option<FileId>, now: Timestamp) -> Self {
        Self { to: Personal::new(to), queued: now, by, tries: Vec::new(), next: Some(now), end: None }
    }

    /// Whether it is to be tried at a moment.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.end.is_none() && self.next.is_some_and(|next| next <= now)
    }

    /// Whether it waits in the outbox.
    pub const fn waits(&self) -> bool {
        self.end.is_none()
    }

    /// Whether somebody must look at it.
    pub const fn failed(&self) -> bool {
        matches!(self.end, Some(MailEnd::CameBack | MailEnd::AddressChanged))
    }

    /// Notes that a try begins. If the program ends before it knows more, the next one comes after the usual wait.
    pub fn begin(&mut self, now: Timestamp) {
        let wait = WAITS.get(self.tries.len()).or(WAITS.last()).copied().unwrap_or(1_440);
        self.tries.push(MailTry { at: now, said: Personal::new(String::new()) });
        self.next = now.checked_add(Span::new().minutes(wait)).ok();
    }

    /// Notes what the server said to the last try.
    pub fn said(&mut self, words: impl Into<String>) {
        if let Some(last) = self.tries.last_mut() {
            last.said = Personal::new(words.into());
        }
        if self.tries.len() > WAITS.len() {
            self.end(MailEnd::CameBack);
        }
    }

    /// It is over.
    pub const fn end(&mut self, end: MailEnd) {
        self.end = Some(end);
        self.next = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_for_more_than_three_days_and_then_comes_back() {
        let start: Timestamp = "2026-07-03T09:00:00Z".parse().unwrap();
        let mut mailing = Mailing::new("ada@example.org".to_owned(), None, start);
        let mut now = start;
        while mailing.waits() {
            now = mailing.next.unwrap();
            assert!(mailing.is_due(now));
            mailing.begin(now);
            assert!(!mailing.is_due(now), "while a try runs, no other begins");
            mailing.said("451 try later");
        }
        assert_eq!(mailing.end, Some(MailEnd::CameBack));
        assert!(now.duration_since(start).as_hours() > 72, "{now}");
        assert!(mailing.failed() && mailing.next.is_none());
    }
}
