//! The month in which a request is answered: access (UK GDPR art. 15) and the other rights (arts 16 to 22D).
//!
//! Art. 12A, in force for requests received from 5 February 2026 (SI 2026/82 regs 2, 4): the month starts with the
//! latest of receipt, proof of identity and fee; for access only, days of waiting for an answer about what is wanted
//! do not count; two further months are possible if the person is told, and why, within the first. Proof that
//! somebody may act for the person is treated like proof of identity, as the regulator does.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::limit::{Because, Limit, Longer, Stopped};
use crate::term::{Calendar, Stretch, Term, term};
use crate::wording::{days, days_between, uk_date, weekday_date};
use crate::{BankHolidays, ClockError, Nations};

/// Art. 12A applies to requests received from this day.
const ARTICLE_12A: Date = date(2026, 2, 5);
/// The first day of the UK's data protection law as it is counted here.
const GDPR: Date = date(2018, 5, 25);

/// What is asked of the person before or while a request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// Proof of who they are (art. 12(6)).
    Identity,
    /// Proof that they may act for the person.
    Authority,
    /// The fee for an unfounded or excessive request (art. 12(5)).
    Fee,
    /// What they want (art. 12A(5)): access only.
    Clarification,
}

impl Matter {
    /// What was asked for, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Identity => "proof of identity",
            Self::Authority => "proof that they may act for the person",
            Self::Fee => "the fee",
            Self::Clarification => "what is wanted",
        }
    }
}

/// A question and its answer, by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The day on which we asked.
    pub asked: Date,
    /// The day on which the answer came; none while we wait.
    pub answered: Option<Date>,
}

/// What happened to a request so far. Built up with the methods of the same names.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where the charity works.
    pub nations: Nations,
    /// The day the request came, by any way and to anybody here.
    pub received: Date,
    /// Proof of identity, if it was asked for.
    pub identity: Option<Wait>,
    /// Proof of authority, if it was asked for.
    pub authority: Option<Wait>,
    /// A fee, if one was asked for.
    pub fee: Option<Wait>,
    /// Questions about what is wanted, in any order; they may overlap.
    pub pauses: Vec<Wait>,
    /// Today: needed only while a question is open, to say what the date would be if the answer came today.
    pub today: Option<Date>,
}

impl Request {
    /// A request that came on that day, about which nothing was asked.
    pub fn received(received: Date, nations: impl Into<Nations>) -> Self {
        let nations = nations.into();
        Self { nations, received, identity: None, authority: None, fee: None, pauses: Vec::new(), today: None }
    }

    /// Proof of identity was asked for.
    #[must_use]
    pub fn identity(mut self, asked: Date, answered: Option<Date>) -> Self {
        self.identity = Some(Wait { asked, answered });
        self
    }

    /// Proof of authority was asked for.
    #[must_use]
    pub fn authority(mut self, asked: Date, answered: Option<Date>) -> Self {
        self.authority = Some(Wait { asked, answered });
        self
    }

    /// A fee was asked for.
    #[must_use]
    pub fn fee(mut self, asked: Date, paid: Option<Date>) -> Self {
        self.fee = Some(Wait { asked, answered: paid });
        self
    }

    /// It was asked what is wanted.
    #[must_use]
    pub fn paused(mut self, asked: Date, answered: Option<Date>) -> Self {
        self.pauses.push(Wait { asked, answered });
        self
    }

    /// Seen on that day.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    fn conditions(&self) -> impl Iterator<Item = (Matter, Wait)> {
        [(Matter::Identity, self.identity), (Matter::Authority, self.authority), (Matter::Fee, self.fee)]
            .into_iter()
            .filter_map(|(matter, wait)| Some((matter, wait?)))
    }

    fn check(&self) -> Result<(), ClockError> {
        let pauses = self.pauses.iter().map(|pause| (Matter::Clarification, *pause));
        for (matter, wait) in self.conditions().chain(pauses) {
            if wait.asked < self.received {
                return Err(ClockError::TooEarly {
                    what: format!("The question about {}", matter.words()),
                    date: wait.asked,
                    first: "the request came",
                    start: self.received,
                });
            }
            match (wait.answered, self.today) {
                (Some(answered), _) if answered < wait.asked => {
                    return Err(ClockError::AnsweredBeforeAsked {
                        matter: matter.words(),
                        asked: wait.asked,
                        answered,
                    });
                }
                (None, Some(today)) if today < wait.asked => {
                    return Err(ClockError::TooEarly {
                        what: "Today".to_owned(),
                        date: today,
                        first: "the last question was asked",
                        start: wait.asked,
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The limit for a request to see what is held (art. 15).
///
/// # Errors
/// [`ClockError`]: dates in the wrong order; [`ClockError::NoLimit`] while something is open and `today` is not
/// given; the end of the calendar.
pub fn access(request: &Request, holidays: &BankHolidays) -> Result<Limit, ClockError> {
    Answering::begin(request, holidays)?.pauses_for_access().limit()
}

/// The limit for a request about any other right (arts 16 to 22D). Its clock cannot be paused: pauses given are
/// checked, not counted, and a reason says so.
///
/// # Errors
/// As for [`access`].
pub fn right(request: &Request, holidays: &BankHolidays) -> Result<Limit, ClockError> {
    Answering::begin(request, holidays)?.no_pauses_for_rights().limit()
}

/// A sum under way.
struct Answering<'a> {
    request: &'a Request,
    calendar: Calendar<'a>,
    start: Date,
    counted: Vec<Wait>,
    stopped: Option<Stopped>,
    because: Vec<Because>,
    warnings: Vec<String>,
}

impl<'a> Answering<'a> {
    fn begin(request: &'a Request, holidays: &'a BankHolidays) -> Result<Self, ClockError> {
        request.check()?;
        let mut this = Self {
            request,
            calendar: Calendar { nations: request.nations, holidays },
            start: request.received,
            counted: Vec::new(),
            stopped: None,
            because: Vec::new(),
            warnings: Vec::new(),
        };
        this.regime();
        this.find_start()?;
        Ok(this)
    }

    fn says(&mut self, line: impl Into<String>) {
        self.because.push(Because::new(line));
    }

    fn is_old_regime(&self) -> bool {
        self.request.received < ARTICLE_12A
    }

    fn regime(&mut self) {
        let nations = self.request.nations;
        if !nations.is_single() {
            self.says(format!("Counted for {nations}: the earliest date is always in time."));
        }
        if self.is_old_regime() {
            self.says("The request came before 5 February 2026, so the law of that time counts.");
        }
        if self.request.received < GDPR {
            self.warnings.push("Before 25 May 2018 another law applied, with other limits.".to_owned());
        }
    }

    /// The latest of receipt, proofs and fee (art. 12A(2)).
    fn find_start(&mut self) -> Result<(), ClockError> {
        let request = self.request;
        let received = weekday_date(request.received);
        if request.conditions().next().is_none() {
            self.says(format!("Received on {received}, so the month starts on that day."));
            return Ok(());
        }
        self.says(format!("Received on {received}."));
        for (matter, wait) in request.conditions() {
            let words = matter.words();
            let asked = weekday_date(wait.asked);
            if let Some(answered) = wait.answered {
                self.says(format!("We asked for {words} on {asked} and had it on {}.", weekday_date(answered)));
                self.start = self.start.max(answered);
                continue;
            }
            self.says(format!("We asked for {words} on {asked} and still wait for it, so the month has not started."));
            self.stopped.get_or_insert(Stopped { since: wait.asked, matter });
            let Some(today) = request.today else {
                return Err(ClockError::NoLimit { because: std::mem::take(&mut self.because) });
            };
            self.says("If it came today, the month would start today; each day of waiting moves the date on.");
            self.start = self.start.max(today);
        }
        self.says(format!("The month starts on the latest of these days: {}.", weekday_date(self.start)));
        self.doubt_late_questions()
    }

    fn doubt_late_questions(&mut self) -> Result<(), ClockError> {
        let first_limit = term(self.request.received, 1, &[], self.calendar)?.due;
        if self.request.conditions().any(|(_, wait)| wait.asked > first_limit) {
            self.warnings.push(format!(
                "We asked only after {}, when a month from receipt had already passed. Ask a data protection adviser.",
                uk_date(first_limit)
            ));
        }
        if self.is_old_regime() {
            self.warnings.push(
                "For requests before 5 February 2026 a later start rests on the regulator\u{2019}s guidance, not on the Act."
                    .to_owned(),
            );
        }
        Ok(())
    }

    fn pauses_for_access(mut self) -> Self {
        if self.request.pauses.is_empty() {
            return self;
        }
        if self.is_old_regime() {
            self.says("That law has no pause while we ask what is wanted, so those days count.");
            return self;
        }
        self.counted.clone_from(&self.request.pauses);
        self
    }

    fn no_pauses_for_rights(mut self) -> Self {
        if !self.request.pauses.is_empty() {
            self.says(
                "The days of waiting for an answer count: only a request to see what we hold can be paused while we ask \
                 what is wanted.",
            );
        }
        self
    }

    /// The pauses as stretches in order; an open one ends today.
    fn stretches(&self) -> Option<Vec<Stretch>> {
        let mut stretches = Vec::with_capacity(self.counted.len());
        for pause in &self.counted {
            stretches.push(Stretch { from: pause.asked, to: pause.answered.or(self.request.today)? });
        }
        stretches.sort_unstable();
        Some(stretches)
    }

    fn limit(mut self) -> Result<Limit, ClockError> {
        let open = self.counted.iter().filter(|pause| pause.answered.is_none()).map(|pause| pause.asked).min();
        let Some(pauses) = self.stretches() else {
            self.says_stopped(open);
            return Err(ClockError::NoLimit { because: self.because });
        };
        let month = term(self.start, 1, &pauses, self.calendar)?;
        let extended = term(self.start, 3, &pauses, self.calendar)?;
        let stopped_in = |term: &Term| {
            let since = open.filter(|asked| !term.too_late.contains(asked))?;
            Some(Stopped { since, matter: Matter::Clarification })
        };
        let stopped = self.stopped.or_else(|| stopped_in(&month));
        let longer = Longer {
            due: extended.due,
            safe: extended.safe,
            paused_days: extended.paused_days,
            stopped: self.stopped.or_else(|| stopped_in(&extended)),
        };
        month.words(self.start, self.calendar, &mut self.because);
        self.says_stopped(stopped_in(&month).map(|stopped| stopped.since));
        self.close(&month, &extended);
        Ok(Limit {
            start: self.start,
            due: month.due,
            statutory_due: month.due,
            safe: month.safe,
            extended_due: Some(extended.due),
            extension_notice_by: Some(month.due),
            paused_days: month.paused_days,
            stopped,
            because: self.because,
            warnings: self.warnings,
            longer: Some(longer),
        })
    }

    fn says_stopped(&mut self, since: Option<Date>) {
        let Some(since) = since else { return };
        let since = weekday_date(since);
        self.says(format!("The clock is stopped since {since}: we asked what is wanted and wait for the answer."));
        if self.request.today.is_some() {
            self.says("The date is what it would be if the answer came today; each day of waiting moves it on.");
        }
    }

    fn close(&mut self, month: &Term, extended: &Term) {
        let due = weekday_date(month.due);
        self.says(format!("By law the answer is due by the end of {due}."));
        if month.safe < month.due {
            let early = days(days_between(month.safe, month.due));
            self.says(format!(
                "To be safe, answer by {}, {early} earlier: cautious readers let the day of an answer count.",
                weekday_date(month.safe)
            ));
        }
        self.says(format!(
            "If it is complex, or one of many, it can be extended to {} (three months from the start{}). We must tell \
             the person, and why, by {due}.",
            weekday_date(extended.due),
            Limit::paused_words(extended.paused_days),
        ));
        for asked in &month.too_late {
            self.warnings.push(format!(
                "We asked what is wanted on {}, when the first limit had passed. That does not bring it back.",
                uk_date(*asked)
            ));
        }
        self.warnings.extend(self.calendar.holidays.doubts([month.base, month.due, extended.base, extended.due]));
    }
}
