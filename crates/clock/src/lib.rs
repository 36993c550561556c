//! Statutory time limits, working days and bank holidays: every date comes with its reasons in words.
//!
//! The crate is pure. It reads no clock, no file and no network: today, the calendar of bank holidays and what
//! happened come in, a date and the sum behind it go out. It is not legal advice.
//!
//! | ask | answer | law |
//! |---|---|---|
//! | [`access`] | one month, pauses, extension | UK GDPR art. 12A, 15 |
//! | [`right`] | one month, extension, no pause | UK GDPR art. 12A, 16 to 22D |
//! | [`complaint`] | acknowledgement within 30 days | Data Protection Act 2018 s. 164A |
//! | [`breach`] | 72 elapsed hours | UK GDPR art. 33(1) |
//! | [`notice`] | one month, first contact or first disclosure | UK GDPR art. 14(3) |
//!
//! Periods are counted as Regulation (EEC) 1182/71 art. 3 says: a period in days or months that would end on a
//! weekend or public holiday ends with the next working day; a period in hours just runs.

pub mod batch;
mod breach;
mod complaint;
mod error;
mod holidays;
mod limit;
mod london;
mod nation;
mod notice;
mod opinion;
mod reading;
mod request;
mod span;
mod term;
mod wording;

pub use breach::{BreachLimit, breach};
pub use complaint::complaint;
pub use error::ClockError;
pub use holidays::{BankHolidays, Holiday, is_weekend};
pub use limit::{Because, Limit, Stopped};
pub use london::{is_late, london, london_date};
pub use nation::{Nation, Nations, UnknownNation};
pub use notice::{Obtained, notice};
pub use opinion::{oldest_opinion, opinion_counts};
pub use reading::{DateUnreadable, date_from_words, moment_from_words, range_from_words};
pub use request::{Matter, Request, Wait, access, right};
pub use span::{Span, SpanUnreadable};
pub use wording::{days_left_words, short_date, uk_date, weekday_date};
