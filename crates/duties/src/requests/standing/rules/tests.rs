//! The table of who may ask, line by line.

use jiff::civil::date;
use proptest::prelude::*;
use records::Personal;

use super::*;

const TODAY: Date = date(2026, 3, 2);

/// Somebody who is this old on the day, to the day.
fn aged(years: i16) -> Date {
    Date::new(TODAY.year() - years, TODAY.month(), TODAY.day()).unwrap()
}

fn relying(right: Right) -> Standing {
    Standing {
        right,
        seen: "a certificate".into(),
        agrees: Agrees::NotAsked,
        in_their_interest: None,
        barred: Barred::Nothing,
        on: TODAY,
    }
}

fn agreed(right: Right) -> Standing {
    Standing { agrees: Agrees::Yes, ..relying(right) }
}

fn in_interest(right: Right) -> Standing {
    Standing { in_their_interest: Some("to get help at school".into()), ..relying(right) }
}

fn judged(able: bool) -> Competence {
    Competence { able, weighed: vec![Personal::new("calm and clear".to_owned()); 7], by: None, on: TODAY }
}

/// One line of the table, told apart by what matters.
struct Line {
    age: i16,
    nation: Nation,
    competence: Option<Competence>,
    other: Option<Standing>,
}

fn ask(line: &Line) -> Result<May, Stop> {
    may_they(&Asking {
        today: TODAY,
        born: Some(aged(line.age)),
        is_child: line.age < 18,
        presumed_from: 12,
        nations: Nations::from(line.nation),
        competence: line.competence.as_ref(),
        asker: line.other.as_ref().map_or(Asker::Themselves, |other| Asker::Another(Some(other))),
    })
}

const EW: Nation = Nation::EnglandAndWales;
const SCOTLAND: Nation = Nation::Scotland;

fn child(age: i16, other: Option<Standing>) -> Line {
    Line { age, nation: EW, competence: None, other }
}

fn child_judged(age: i16, able: bool, other: Option<Standing>) -> Line {
    Line { competence: Some(judged(able)), ..child(age, other) }
}

#[test]
fn a_child_asks_alone_from_the_presumed_age_and_below_it_when_somebody_judged_so() {
    assert_eq!(ask(&child(12, None)), Ok(May::Themselves));
    assert_eq!(ask(&child(11, None)), Err(Stop::JudgeFirst));
    assert_eq!(ask(&child_judged(9, true, None)), Ok(May::Themselves));
    assert_eq!(ask(&child_judged(9, false, None)), Err(Stop::NeedsSomebody));
    assert_eq!(ask(&child_judged(15, false, None)), Err(Stop::NeedsSomebody));
    assert_eq!(ask(&child(40, None)), Ok(May::Themselves));
}

#[test]
fn a_parent_asks_for_a_child_who_cannot_decide_only_in_the_childs_interest() {
    for right in [Right::Mother, Right::Married, Right::Registered, Right::Order, Right::CareOrder] {
        assert_eq!(ask(&child(7, Some(relying(right)))), Err(Stop::InterestOpen), "{right:?}");
        assert_eq!(ask(&child(7, Some(in_interest(right)))), Ok(May::ForTheChild), "{right:?}");
        assert_eq!(ask(&child_judged(14, false, Some(in_interest(right)))), Ok(May::ForTheChild), "{right:?}");
    }
}

#[test]
fn a_parent_of_a_child_who_decides_alone_needs_the_childs_yes_or_their_plain_interest() {
    assert_eq!(ask(&child(13, Some(relying(Right::Mother)))), Err(Stop::TheirOwnDecision));
    assert_eq!(ask(&child(13, Some(agreed(Right::Mother)))), Ok(May::WithTheirAuthority));
    assert_eq!(ask(&child(13, Some(in_interest(Right::Mother)))), Ok(May::InTheirInterest));
    let no = Standing { agrees: Agrees::No, ..in_interest(Right::Mother) };
    assert_eq!(ask(&child(13, Some(no))), Err(Stop::TheirOwnDecision));
    assert_eq!(ask(&child_judged(10, true, Some(relying(Right::Mother)))), Err(Stop::TheirOwnDecision));
}

#[test]
fn who_has_no_parental_responsibility_asks_only_with_the_yes_of_a_child_who_can_give_it() {
    assert_eq!(ask(&child(7, Some(in_interest(Right::Nothing)))), Err(Stop::NoRight));
    assert_eq!(ask(&child(7, Some(agreed(Right::Nothing)))), Err(Stop::NoRight), "seven is too young to agree");
    assert_eq!(ask(&child(14, Some(agreed(Right::Nothing)))), Ok(May::WithTheirAuthority));
    assert_eq!(ask(&child(7, Some(agreed(Right::Agent)))), Err(Stop::CannotAuthorise));
    assert_eq!(ask(&child(14, Some(agreed(Right::Agent)))), Ok(May::WithTheirAuthority));
    assert_eq!(ask(&child(14, Some(relying(Right::Agent)))), Err(Stop::NotAgreed));
    assert_eq!(ask(&child(7, Some(in_interest(Right::Attorney)))), Err(Stop::AdultsOnly));
}

#[test]
fn parental_responsibility_ends_at_18_and_in_scotland_at_16() {
    assert_eq!(ask(&child(18, Some(in_interest(Right::Mother)))), Err(Stop::Grown));
    assert_eq!(ask(&child(18, Some(agreed(Right::Mother)))), Ok(May::WithTheirAuthority));
    assert_eq!(ask(&child_judged(17, false, Some(in_interest(Right::Mother)))), Ok(May::ForTheChild));
    let scottish = |age| Line { nation: SCOTLAND, ..child_judged(age, false, Some(in_interest(Right::Mother))) };
    assert_eq!(ask(&scottish(15)), Ok(May::ForTheChild));
    assert_eq!(ask(&scottish(16)), Err(Stop::GrownInScotland));
}

#[test]
fn an_adults_attorney_or_agent_asks_with_their_papers() {
    assert_eq!(ask(&child(30, Some(relying(Right::Attorney)))), Ok(May::ForTheAdult));
    assert_eq!(ask(&child(30, Some(agreed(Right::Agent)))), Ok(May::WithTheirAuthority));
    assert_eq!(ask(&child(30, Some(relying(Right::Agent)))), Err(Stop::NotAgreed));
    assert_eq!(ask(&child(30, Some(relying(Right::Nothing)))), Err(Stop::NoRight));
}

#[test]
fn a_birthday_makes_a_judgement_of_not_able_out_of_date_and_one_of_able_not() {
    let asking = |able, on| {
        let competence = Competence { on, ..judged(able) };
        may_they(&Asking {
            today: TODAY,
            born: Some(date(2014, 3, 2)),
            is_child: true,
            presumed_from: 12,
            nations: Nations::from(EW),
            competence: Some(&competence),
            asker: Asker::Themselves,
        })
    };
    assert_eq!(asking(false, date(2026, 3, 1)), Err(Stop::JudgeAgain(date(2026, 3, 2))));
    assert_eq!(asking(false, date(2026, 3, 2)), Err(Stop::NeedsSomebody), "judged on the birthday itself");
    assert_eq!(asking(true, date(2026, 3, 1)), Ok(May::Themselves));
}

#[test]
fn nobody_knows_who_decides_where_no_birthday_is_known() {
    let no_birthday = |is_child, other: Option<&Standing>| {
        may_they(&Asking {
            today: TODAY,
            born: None,
            is_child,
            presumed_from: 12,
            nations: Nations::from(EW),
            competence: None,
            asker: other.map_or(Asker::Themselves, |other| Asker::Another(Some(other))),
        })
    };
    assert_eq!(no_birthday(true, None), Err(Stop::JudgeFirst));
    assert_eq!(no_birthday(true, Some(&in_interest(Right::Mother))), Err(Stop::AgeUnknown));
    assert_eq!(no_birthday(false, None), Ok(May::Themselves));
}

#[test]
fn birthdays_are_found_to_the_day_also_for_the_twenty_ninth_of_february() {
    assert_eq!(age_on(date(2012, 2, 29), date(2025, 2, 28)), 12);
    assert_eq!(age_on(date(2012, 2, 29), date(2025, 3, 1)), 13);
    assert_eq!(birthday(date(2012, 2, 29), 13), Some(date(2025, 3, 1)));
    assert_eq!(birthday(date(2012, 2, 29), 12), Some(date(2024, 2, 29)));
    let turned = turns(date(2010, 3, 10), 12, (date(2026, 3, 2), date(2026, 4, 2)));
    assert_eq!(turned, [(16, date(2026, 3, 10))]);
    assert!(turns(date(2010, 3, 10), 12, (date(2026, 3, 11), date(2026, 4, 2))).is_empty());
}

proptest! {
    /// Whatever else was found out: an order of a court and a person who must not be told stop everything, and nobody
    /// who relies on nothing gets a child's data without the child's yes.
    #[test]
    fn nothing_gets_past_a_bar(
        age in 0_i16..30, right in 0_usize..9, agrees in 0_usize..3, interest: bool, able in proptest::option::of(any::<bool>()),
        nation in 0_usize..3, barred in 1_usize..3,
    ) {
        let standing = Standing {
            agrees: Agrees::ALL[agrees],
            in_their_interest: interest.then(|| "yes".into()),
            ..relying(Right::ALL[right])
        };
        let line = |standing| Line { age, nation: Nation::ALL[nation], competence: able.map(judged), other: Some(standing) };
        let barred = Standing { barred: Barred::ALL[barred], ..standing.clone() };
        prop_assert!(ask(&line(barred)).is_err());
        if age < 18 && standing.right == Right::Nothing && standing.agrees != Agrees::Yes {
            prop_assert!(ask(&line(standing)).is_err());
        }
    }

    /// An age and its birthday agree.
    #[test]
    fn somebody_is_of_an_age_from_their_birthday_on(year in 1990_i16..2020, days in 0_i64..366, age in 1_i16..30) {
        let born = date(year, 1, 1).saturating_add(jiff::Span::new().days(days));
        let day = birthday(born, age).unwrap();
        prop_assert_eq!(age_on(born, day), age);
        prop_assert_eq!(age_on(born, day.yesterday().unwrap()), age - 1);
    }
}
