//! How long a health professional's opinion may be relied on.

use jiff::civil::Date;

use crate::Span;

/// The oldest day on which an opinion may have been given that is relied on today: the six months end with the day
/// of reliance (Data Protection Act 2018 Sch. 3 paras 5(4), 6(4)). Weekends make no difference: s. 205(2)(j) takes
/// these periods out of the rule for working days.
pub fn oldest_opinion(relied_on: Date) -> Date {
    Span::Days(1).after(Span::Months(6).before(relied_on))
}

/// Whether an opinion given on that day may be relied on. One from the future may not.
pub fn opinion_counts(given: Date, relied_on: Date) -> bool {
    oldest_opinion(relied_on) <= given && given <= relied_on
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_opinion_counts_for_six_months_that_end_with_the_day_of_reliance() {
        let relied = date(2026, 11, 22);
        assert!(opinion_counts(date(2026, 5, 23), relied));
        assert!(!opinion_counts(date(2026, 5, 22), relied));
        assert!(opinion_counts(relied, relied));
        assert!(!opinion_counts(date(2026, 11, 23), relied));
    }

    #[test]
    fn at_the_end_of_february_the_period_starts_with_march() {
        assert_eq!(oldest_opinion(date(2026, 8, 31)), date(2026, 3, 1));
    }
}
