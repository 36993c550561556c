//! What holds for every request, whatever its dates.

#![expect(clippy::unwrap_used, reason = "tests")]

use clock::{BankHolidays, Limit, Nation, Nations, Request, Span, access, right};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = Date> {
    (2018i16..2040, 1i8..=12, 1i8..=31).prop_filter_map("a day of the calendar", |(y, m, d)| Date::new(y, m, d).ok())
}

fn any_nations() -> impl Strategy<Value = Nations> {
    proptest::sample::subsequence(Nation::ALL.to_vec(), 1..=3).prop_map(|nations| Nations::of(nations).unwrap())
}

fn any_span() -> impl Strategy<Value = Span> {
    (0u32..1000, 0usize..6).prop_map(|(count, unit)| {
        [Span::Hours, Span::Days, Span::WorkingDays, Span::Weeks, Span::Months, Span::Years][unit](count)
    })
}

fn plus(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap()
}

prop_compose! {
    /// A request with questions, all answered.
    fn any_request()(
        received in any_day(),
        nations in any_nations(),
        identity in proptest::option::of((0i32..20, 0i32..40)),
        pauses in proptest::collection::vec((0i32..60, 0i32..40), 0..4),
    ) -> Request {
        let mut request = Request::received(received, nations);
        if let Some((after, waited)) = identity {
            let asked = plus(received, after);
            request = request.identity(asked, Some(plus(asked, waited)));
        }
        for (after, waited) in pauses {
            let asked = plus(received, after);
            request = request.paused(asked, Some(plus(asked, waited)));
        }
        request
    }
}

fn limit(request: &Request) -> Limit {
    access(request, &BankHolidays::verified()).unwrap()
}

proptest! {
    #[test]
    fn a_limit_is_never_within_28_days_of_its_start(request in any_request()) {
        let limit = limit(&request);
        prop_assert!(limit.due >= plus(limit.start, 28));
        prop_assert!(limit.safe <= limit.due);
        prop_assert!(limit.start >= request.received);
    }

    #[test]
    fn the_laws_dates_are_working_days_somewhere_and_everywhere_with_one_nation(request in any_request()) {
        let limit = limit(&request);
        let holidays = BankHolidays::verified();
        for day in [limit.due, limit.safe, limit.extended_due.unwrap()] {
            prop_assert!(request.nations.iter().any(|nation| holidays.is_working_day(day, nation)), "{}", day);
        }
    }

    #[test]
    fn an_extension_is_never_earlier_and_is_told_within_the_first_limit(request in any_request()) {
        let first = limit(&request);
        prop_assert!(first.extended_due.unwrap() >= first.due);
        prop_assert_eq!(first.extension_notice_by, Some(first.statutory_due));
        let extended = first.clone().extend(first.due).unwrap();
        prop_assert_eq!(Some(extended.due), first.extended_due);
        prop_assert!(extended.safe <= extended.due);
        prop_assert!(first.clone().extend(first.due.tomorrow().unwrap()).is_err());
    }

    #[test]
    fn one_more_pause_never_makes_a_limit_earlier(request in any_request(), after in 0i32..60, waited in 0i32..40) {
        let before = limit(&request);
        let asked = plus(request.received, after);
        let more = limit(&request.paused(asked, Some(plus(asked, waited))));
        prop_assert!(more.due >= before.due && more.safe >= before.safe && more.extended_due >= before.extended_due);
    }

    #[test]
    fn pauses_mean_the_same_in_any_order(request in any_request()) {
        let mut turned = request.clone();
        turned.pauses.reverse();
        prop_assert_eq!(limit(&request), limit(&turned));
    }

    #[test]
    fn no_pause_makes_another_right_later(request in any_request()) {
        let unpaused = Request { pauses: Vec::new(), ..request.clone() };
        let holidays = BankHolidays::verified();
        prop_assert_eq!(right(&request, &holidays).unwrap().due, right(&unpaused, &holidays).unwrap().due);
    }

    #[test]
    fn a_policy_never_makes_a_limit_later(request in any_request(), promise in any_span()) {
        let law = limit(&request);
        let ours = law.clone().with_policy(promise);
        prop_assert!(ours.due <= law.due && ours.safe <= ours.due);
        prop_assert_eq!(ours.statutory_due, law.due);
        prop_assert_eq!(ours.extension_notice_by, law.extension_notice_by);
    }

    #[test]
    fn several_nations_are_never_later_than_one_of_them(request in any_request()) {
        let together = limit(&request);
        for nation in request.nations.iter() {
            let alone = limit(&Request { nations: nation.into(), ..request.clone() });
            prop_assert!(together.due <= alone.due);
        }
    }

    #[test]
    fn every_date_has_its_reasons(request in any_request()) {
        let limit = limit(&request);
        let text = limit.because.iter().map(clock::Because::as_str).collect::<Vec<_>>().join("\n");
        prop_assert!(text.contains(&clock::weekday_date(limit.due)), "{}", text);
        prop_assert!(text.contains(&clock::weekday_date(limit.extended_due.unwrap())), "{}", text);
        prop_assert!(text.contains(&clock::weekday_date(request.received)), "{}", text);
    }

    #[test]
    fn no_date_of_the_calendar_makes_a_sum_panic(
        (year, month, day) in (-9999i16..=9999, 1i8..=12, 1i8..=28),
        pause in proptest::option::of((0i32..9000, 0i32..900_000)),
        promise in any_span(),
    ) {
        let received = date(year, month, day);
        let mut request = Request::received(received, Nations::all());
        if let Some((after, waited)) = pause {
            let asked = received.saturating_add(jiff::Span::new().days(after));
            request = request.paused(asked, Some(asked.saturating_add(jiff::Span::new().days(waited))));
        }
        if let Ok(limit) = access(&request, &BankHolidays::verified()) {
            prop_assert!(limit.with_policy(promise).due >= received);
        }
    }
}
