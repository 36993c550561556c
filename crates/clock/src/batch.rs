//! Limits for programs: one JSON object in, one JSON line out, by the law alone and without a policy.
//!
//! | `kind` | fields besides `nation` or `nations` |
//! |---|---|
//! | `access`, `right` (or the right by its name: `rectify`, `erase`, `restrict`, `object`, `port`) | `received`, `identity_asked`, `identity_received`, `authority_asked`, `authority_received`, `fee_asked`, `fee_paid`, `pauses`, `today` |
//! | `complaint` | `received` |
//! | `breach` | `aware` |
//! | `notice` | `obtained`, `first_contact`, `first_disclosure` |
//!
//! Dates are `2026-03-02`, moments RFC 3339. A pause is `["asked","answered"]`, or `["asked",null]` while the answer
//! is missing. Without a nation, the earliest date of the three is given, and a reason says so. `due` is null when
//! there is no limit (yet); the reasons say why.

mod fields;

use serde::Serialize;

use crate::{BankHolidays, Because, BreachLimit, ClockError, Limit, access, breach, complaint, notice, right};
use fields::{Fields, Refused};

/// The kinds of limit, as a line names them.
pub const KINDS: [&str; 10] =
    ["access", "right", "rectify", "erase", "restrict", "object", "port", "complaint", "breach", "notice"];

/// The answer to one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The date, or for a breach the moment (RFC 3339 with London's offset).
    pub due: Option<String>,
    /// The date if the limit is extended in time.
    pub extended_due: Option<String>,
    /// The last day for telling the person of the extension.
    pub extension_notice_by: Option<String>,
    /// The sum, line by line; warnings come last.
    pub because: Vec<String>,
}

#[derive(Serialize)]
struct Bad {
    error: String,
}

/// The JSON line for one line of input, and whether that was a good line. Never fails: what is wrong with the line
/// is said in the `error` of the result.
pub fn line(text: &str, holidays: &BankHolidays) -> (String, bool) {
    match answer(text, holidays) {
        Ok(answer) => (json(&answer), true),
        Err(Refused(error)) => (json(&Bad { error }), false),
    }
}

/// The JSON line for a line that could not be read at all, for instance because it is not UTF-8.
pub fn bad_line(error: &str) -> String {
    json(&Bad { error: error.to_owned() })
}

fn json(value: &impl Serialize) -> String {
    // INVARIANT: strings, options and lists of them always serialise.
    serde_json::to_string(value).expect("plain data serialises")
}

fn answer(text: &str, holidays: &BankHolidays) -> Result<Answer, Refused> {
    let mut fields = Fields::read(text)?;
    let kind = fields
        .text("kind")?
        .ok_or_else(|| Refused(format!("\"kind\" is missing. Say which limit it is: {}.", KINDS.join(", "))))?;
    match kind.as_str() {
        "access" => days(fields.request()?, |request| access(request, holidays)),
        "right" | "rectify" | "erase" | "restrict" | "object" | "port" => {
            days(fields.request()?, |request| right(request, holidays))
        }
        "complaint" => days(fields.complaint()?, |(received, nations)| complaint(*received, *nations, holidays)),
        "notice" => days(fields.obtained()?, |obtained| notice(obtained, holidays)),
        "breach" => Ok(breach(fields.aware()?)?.into()),
        other => Err(Refused(format!("\"{other}\" is not a kind of limit. The kinds are: {}.", KINDS.join(", ")))),
    }
}

fn days<F>(
    (facts, remarks): (F, Vec<String>),
    limit: impl FnOnce(&F) -> Result<Limit, ClockError>,
) -> Result<Answer, Refused> {
    let mut answer = match limit(&facts) {
        Ok(limit) => limit.into(),
        Err(ClockError::NoLimit { because }) => no_date(&because),
        Err(error) => return Err(error.into()),
    };
    answer.because.splice(0..0, remarks);
    Ok(answer)
}

fn no_date(because: &[Because]) -> Answer {
    Answer { due: None, extended_due: None, extension_notice_by: None, because: words(because) }
}

fn words(because: &[Because]) -> Vec<String> {
    because.iter().map(Because::to_string).collect()
}

impl From<Limit> for Answer {
    fn from(limit: Limit) -> Self {
        let mut because = words(&limit.because);
        because.extend(limit.warnings);
        Self {
            due: Some(limit.due.to_string()),
            extended_due: limit.extended_due.map(|date| date.to_string()),
            extension_notice_by: limit.extension_notice_by.map(|date| date.to_string()),
            because,
        }
    }
}

impl From<BreachLimit> for Answer {
    fn from(limit: BreachLimit) -> Self {
        let mut because = words(&limit.because);
        because.extend(limit.warnings.iter().cloned());
        Self { due: Some(limit.due_rfc3339()), extended_due: None, extension_notice_by: None, because }
    }
}
