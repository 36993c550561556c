//! Lengths of time as a policy writes them: how they are compared and held against a legal limit.

use clock::Span;

/// Whether two lengths always end on the same day: a year is twelve months and a week seven days, but 72 hours are
/// not three days, because hours are counted from the minute.
pub fn same_length(one: Span, other: Span) -> bool {
    canonical(one) == canonical(other)
}

/// The longest that `span` can be in days, for holding it against a limit. A month counts 30 days, so that "30 days"
/// passes for "one month": where a month is shorter, the clock lets the earlier date bind.
pub fn days(span: Span) -> u64 {
    match span {
        Span::Hours(n) => u64::from(n).div_ceil(24),
        Span::Days(n) => u64::from(n),
        // Two days more for the bank holidays that can fall inside.
        Span::WorkingDays(n) => (u64::from(n) * 7).div_ceil(5) + 2,
        Span::Weeks(n) => u64::from(n) * 7,
        Span::Months(n) => u64::from(n) * 30,
        Span::Years(n) => u64::from(n) * 360,
    }
}

fn canonical(span: Span) -> Span {
    match span {
        Span::Weeks(n) => Span::Days(n.saturating_mul(7)),
        Span::Years(n) => Span::Months(n.saturating_mul(12)),
        other => other,
    }
}
