//! By which words of the policy a file is kept, and how long the law or good practice asks for what keeps it longer.

use clock::Span;
use jiff::ToSpan as _;
use jiff::civil::Date;
use policy::{Setting, Settings};
use records::PersonClass;
use records::keeping::{Closure, HoldReason};

/// A rule of the policy in force.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The setting.
    pub key: &'static str,
    /// From when the time runs, as the person reads it.
    pub from: &'static str,
    /// How long, and where that comes from.
    pub span: Setting<Span>,
}

/// The setting that says how long the file of somebody of this kind is kept, and from when.
pub const fn keep_key(class: PersonClass) -> (&'static str, &'static str) {
    match class {
        PersonClass::Child => ("keep:child/leaving", "after you stop using our services"),
        PersonClass::Carer => ("keep:parent/leaving", "after your family stops using our services"),
        PersonClass::Staff => ("keep:staff/last-contact", "after you leave"),
        PersonClass::Volunteer | PersonClass::Trustee => ("keep:volunteer/last-contact", "after you leave"),
        PersonClass::Supporter => ("keep:supporter/last-contact", "after our last contact"),
        PersonClass::Contact | PersonClass::Stranger | PersonClass::House => {
            ("keep:supplier/last-contact", "after our last contact")
        }
    }
}

/// The rule for somebody of this kind; none where the policy says no time.
pub fn rule_of(settings: &Settings, class: PersonClass) -> Option<Rule> {
    let (key, from) = keep_key(class);
    settings.span(key).map(|span| Rule { key, from, span })
}

/// The last day on which a closed file must be kept: by the policy on the day of closing or by that in force, whichever
/// is later. A policy that becomes shorter does not shorten what was promised, and one that becomes longer binds.
pub(super) fn kept_until(settings: &Settings, class: PersonClass, closure: &Closure) -> Date {
    let now = rule_of(settings, class).map(|rule| rule.span.value.after(closure.left));
    now.map_or(closure.keep_until, |now| now.max(closure.keep_until))
}

/// How long a reason usually keeps a file, and who says so. None where it lasts until somebody ends it.
///
/// The periods are those of the regulations and of the guidance of the NSPCC and the child abuse inquiry, as of November
/// 2026; whoever places the hold can choose another day.
pub fn usual_end(
    reason: HoldReason,
    class: PersonClass,
    born: Option<Date>,
    from: Date,
) -> Option<(Date, &'static str)> {
    let birthday = |years: i32| born.and_then(|born| born.checked_add(years.years()).ok());
    let later = |years: i32| from.checked_add(years.years()).ok();
    let works_here = matches!(class, PersonClass::Staff | PersonClass::Volunteer | PersonClass::Trustee);
    let (end, source) = match reason {
        HoldReason::Abuse => (later(75), "75 years, as the inquiry into child sexual abuse recommended"),
        HoldReason::Protection => (birthday(25).max(later(0)), "until the 25th birthday, usual practice"),
        HoldReason::LookedAfter => (birthday(75), "until the 75th birthday (care planning regulations 2010)"),
        HoldReason::Allegation if works_here => {
            (birthday(65).max(later(10)), "until the age of 65 or for ten years, whichever is longer")
        }
        HoldReason::Allegation => (later(10), "ten years, usual practice"),
        HoldReason::Accident => match birthday(21).filter(|day| *day > from) {
            Some(day) => (Some(day), "until the 21st birthday (Limitation Act 1980)"),
            None => (later(3), "three years (Limitation Act 1980)"),
        },
        HoldReason::Claim | HoldReason::Inquiry | HoldReason::Police | HoldReason::Law => return None,
    };
    end.map(|end| (end, source))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_usual_ends_are_those_of_the_law_and_of_practice() {
        let from = date(2026, 9, 1);
        let end = |reason, class, born| usual_end(reason, class, Some(born), from).map(|(day, _)| day);
        let child = date(2014, 5, 6);
        assert_eq!(end(HoldReason::Abuse, PersonClass::Child, child), Some(date(2101, 9, 1)));
        assert_eq!(end(HoldReason::Protection, PersonClass::Child, child), Some(date(2039, 5, 6)));
        assert_eq!(end(HoldReason::LookedAfter, PersonClass::Child, child), Some(date(2089, 5, 6)));
        assert_eq!(end(HoldReason::Accident, PersonClass::Child, child), Some(date(2035, 5, 6)));
        assert_eq!(end(HoldReason::Accident, PersonClass::Carer, date(1980, 1, 1)), Some(date(2029, 9, 1)));
        // Somebody of 60 to 70, somebody of 30 to 65.
        assert_eq!(end(HoldReason::Allegation, PersonClass::Staff, date(1966, 9, 1)), Some(date(2036, 9, 1)));
        assert_eq!(end(HoldReason::Allegation, PersonClass::Staff, date(1996, 9, 1)), Some(date(2061, 9, 1)));
        assert_eq!(end(HoldReason::Claim, PersonClass::Child, child), None);
        assert_eq!(usual_end(HoldReason::LookedAfter, PersonClass::Child, None, from), None);
    }
}
