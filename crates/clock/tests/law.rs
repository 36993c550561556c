//! The dates that the law's text, the regulator's examples and the rules give, one by one.

#![expect(clippy::unwrap_used, reason = "tests")]

use clock::{
    BankHolidays, ClockError, Limit, Nation, Nation::*, Nations, Obtained, Request, Span, access, breach, complaint,
    notice, right,
};
use jiff::civil::{Date, date};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn asked_to_see(received: &str, nation: Nation) -> Limit {
    access(&Request::received(day(received), nation), &BankHolidays::verified()).unwrap()
}

fn lines(limit: &Limit) -> Vec<&str> {
    limit.because.iter().map(clock::Because::as_str).collect()
}

#[test]
fn a_month_ends_on_the_same_day_number_or_the_last_day_and_moves_off_weekends_and_holidays() {
    // Received, England and Wales, Scotland, Northern Ireland, three months (England and Wales).
    for (received, england, scotland, ireland, three) in [
        ("2024-11-25", "2024-12-27", "2024-12-27", "2024-12-27", "2025-02-25"),
        ("2025-01-31", "2025-02-28", "2025-02-28", "2025-02-28", "2025-04-30"),
        ("2026-01-31", "2026-03-02", "2026-03-02", "2026-03-02", "2026-04-30"),
        ("2028-01-31", "2028-02-29", "2028-02-29", "2028-02-29", "2028-05-02"),
        ("2026-01-01", "2026-02-02", "2026-02-02", "2026-02-02", "2026-04-01"),
        ("2026-07-31", "2026-09-01", "2026-08-31", "2026-09-01", "2026-11-02"),
        ("2026-10-30", "2026-11-30", "2026-12-01", "2026-11-30", "2027-02-01"),
        ("2026-11-25", "2026-12-29", "2026-12-29", "2026-12-29", "2027-02-25"),
        ("2026-11-22", "2026-12-22", "2026-12-22", "2026-12-22", "2027-02-22"),
        ("2027-01-29", "2027-03-01", "2027-03-01", "2027-03-01", "2027-04-29"),
        ("2026-08-31", "2026-09-30", "2026-09-30", "2026-09-30", "2026-11-30"),
    ] {
        for (nation, due) in [(EnglandAndWales, england), (Scotland, scotland), (NorthernIreland, ireland)] {
            let limit = asked_to_see(received, nation);
            assert_eq!(limit.due, day(due), "{received} in {nation}");
            assert_eq!(limit.extension_notice_by, Some(day(due)), "{received} in {nation}");
            assert_eq!(limit.safe, limit.due);
        }
        assert_eq!(asked_to_see(received, EnglandAndWales).extended_due, Some(day(three)), "{received}");
    }
    assert_eq!(asked_to_see("2026-08-31", Scotland).extended_due, Some(day("2026-12-01")));
}

#[test]
fn the_regulators_own_examples_come_out() {
    for (received, due) in [
        ("2024-09-03", "2024-10-03"),
        ("2024-11-25", "2024-12-27"),
        ("2024-01-01", "2024-02-01"),
        ("2025-01-31", "2025-02-28"),
        ("2024-01-31", "2024-02-29"),
        ("2026-03-31", "2026-04-30"),
    ] {
        assert_eq!(asked_to_see(received, EnglandAndWales).due, day(due), "{received}");
    }
}

#[test]
fn proof_of_identity_starts_the_month_anew() {
    let request =
        Request::received(day("2026-11-02"), EnglandAndWales).identity(day("2026-11-03"), Some(day("2026-11-12")));
    for limit in [access(&request, &BankHolidays::verified()), right(&request, &BankHolidays::verified())] {
        let limit = limit.unwrap();
        assert_eq!((limit.start, limit.due), (day("2026-11-12"), day("2026-12-14")));
        assert_eq!(limit.extended_due, Some(day("2027-02-12")));
    }
}

#[test]
fn the_month_starts_with_the_latest_of_receipt_proof_authority_and_fee() {
    let request = Request::received(day("2026-11-02"), EnglandAndWales)
        .identity(day("2026-11-03"), Some(day("2026-11-05")))
        .authority(day("2026-11-03"), Some(day("2026-11-10")))
        .fee(day("2026-11-03"), Some(day("2026-11-06")));
    assert_eq!(access(&request, &BankHolidays::verified()).unwrap().start, day("2026-11-10"));
}

#[test]
fn waiting_for_an_answer_stops_the_clock_and_both_days_are_left_out() {
    let request =
        Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-03-09"), Some(day("2026-03-16")));
    let limit = access(&request, &BankHolidays::verified()).unwrap();
    assert_eq!((limit.due, limit.safe), (day("2026-04-10"), day("2026-04-09")));
    assert_eq!((limit.extension_notice_by, limit.extended_due), (Some(day("2026-04-10")), Some(day("2026-06-10"))));
    assert_eq!(
        lines(&limit),
        [
            "Received on Monday 2 March 2026, so the month starts on that day.",
            "One month later is Thursday 2 April 2026.",
            "The 8 days from 9 to 16 March 2026 do not count: we waited to hear what was wanted. Both the day we asked \
             and the day of the answer are left out.",
            "With 8 days more the limit is Friday 10 April 2026.",
            "By law the answer is due by the end of Friday 10 April 2026.",
            "To be safe, answer by Thursday 9 April 2026, 1 day earlier: cautious readers let the day of an answer count.",
            "If it is complex, or one of many, it can be extended to Wednesday 10 June 2026 (three months from the \
             start, and the 8 days that do not count). We must tell the person, and why, by Friday 10 April 2026.",
        ]
    );
}

#[test]
fn an_answer_on_the_same_day_is_one_day_by_the_law_and_none_to_be_safe() {
    let request =
        Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-03-09"), Some(day("2026-03-09")));
    let limit = access(&request, &BankHolidays::verified()).unwrap();
    assert_eq!(limit.paused_days, 1);
    assert_eq!((limit.due, limit.safe), (day("2026-04-07"), day("2026-04-02")), "3 April is Good Friday");
}

#[test]
fn overlapping_questions_count_each_day_once() {
    let request = Request::received(day("2026-09-01"), Scotland)
        .paused(day("2026-09-14"), Some(day("2026-09-18")))
        .paused(day("2026-09-07"), Some(day("2026-09-16")))
        .paused(day("2026-09-08"), Some(day("2026-09-09")))
        .paused(day("2026-09-19"), Some(day("2026-09-20")));
    let limit = access(&request, &BankHolidays::verified()).unwrap();
    assert_eq!(limit.paused_days, 14, "7 to 20 September");
    assert_eq!(limit.due, day("2026-10-15"));
    assert_eq!(limit.safe, day("2026-10-13"), "7 to 17 and 19 September: 12 days");
}

#[test]
fn days_of_waiting_before_the_month_starts_cannot_be_taken_out_of_it() {
    let request = Request::received(day("2026-09-01"), Scotland)
        .identity(day("2026-09-01"), Some(day("2026-09-10")))
        .paused(day("2026-09-02"), Some(day("2026-09-04")))
        .paused(day("2026-09-08"), Some(day("2026-09-11")));
    let limit = access(&request, &BankHolidays::verified()).unwrap();
    assert_eq!((limit.start, limit.paused_days, limit.due), (day("2026-09-10"), 2, day("2026-10-12")));
}

#[test]
fn a_question_after_the_limit_does_not_bring_it_back_but_stops_an_extended_one() {
    let request =
        Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-04-13"), Some(day("2026-04-22")));
    let limit = access(&request, &BankHolidays::verified()).unwrap();
    assert_eq!((limit.due, limit.paused_days), (day("2026-04-02"), 0));
    assert!(limit.warnings[0].contains("13 April 2026"), "{:?}", limit.warnings);
    let extended = limit.extend(day("2026-04-01")).unwrap();
    assert_eq!((extended.due, extended.paused_days), (day("2026-06-12"), 10));
}

#[test]
fn requests_before_5_february_2026_cannot_be_paused_and_the_reasons_say_so() {
    let paused = |received: &str| {
        let received = day(received);
        let asked = received.tomorrow().unwrap();
        access(&Request::received(received, EnglandAndWales).paused(asked, Some(asked)), &BankHolidays::verified())
            .unwrap()
    };
    let old = paused("2026-02-04");
    assert_eq!((old.due, old.paused_days), (day("2026-03-04"), 0));
    assert!(lines(&old).iter().any(|line| line.contains("before 5 February 2026")), "{:?}", lines(&old));
    assert!(lines(&old).iter().any(|line| line.contains("no pause")), "{:?}", lines(&old));
    let new = paused("2026-02-05");
    assert!(!lines(&new).iter().any(|line| line.contains("before 5 February 2026")), "{:?}", lines(&new));
    assert_eq!((new.due, new.paused_days), (day("2026-03-06"), 1));
}

#[test]
fn other_rights_cannot_be_paused_and_the_reasons_say_so() {
    let request =
        Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-03-09"), Some(day("2026-03-16")));
    let limit = right(&request, &BankHolidays::verified()).unwrap();
    assert_eq!((limit.due, limit.extended_due), (day("2026-04-02"), Some(day("2026-06-02"))));
    assert!(lines(&limit).iter().any(|line| line.contains("only a request to see what we hold can be paused")));
}

#[test]
fn a_charity_in_several_nations_takes_the_earliest_date() {
    let due = |received: &str, nations: Nations| {
        access(&Request::received(day(received), nations), &BankHolidays::verified()).unwrap().due
    };
    assert_eq!(due("2026-07-31", Nations::all()), day("2026-08-31"), "Scotland works on 31 August");
    assert_eq!(due("2026-10-30", Nations::all()), day("2026-11-30"), "England works on 30 November");
    let south = Nations::of([EnglandAndWales, NorthernIreland]).unwrap();
    assert_eq!(due("2026-07-31", south), day("2026-09-01"));
    assert_eq!(Nations::of([]), Err(ClockError::NoNation));
}

#[test]
fn an_extension_counts_only_if_the_person_was_told_in_time() {
    let limit = asked_to_see("2026-03-02", EnglandAndWales);
    let extended = limit.clone().extend(day("2026-04-02")).unwrap();
    assert_eq!(
        (extended.due, extended.statutory_due, extended.safe),
        (day("2026-06-02"), day("2026-06-02"), day("2026-06-02"))
    );
    let late = limit.extend(day("2026-04-03")).unwrap_err();
    assert_eq!(late, ClockError::ExtensionTooLate { told: day("2026-04-03"), by: day("2026-04-02") });
    assert!(late.to_string().contains("It had to be by 2 April 2026"), "{late}");
    assert_eq!(extended.extend(day("2026-04-02")), Err(ClockError::NoExtension));
}

#[test]
fn an_open_question_gives_the_date_as_if_the_answer_came_today() {
    let open = Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-03-09"), None);
    let limit = access(&open.clone().on(day("2026-03-16")), &BankHolidays::verified()).unwrap();
    assert_eq!(limit.due, day("2026-04-10"));
    assert_eq!(limit.stopped.unwrap().since, day("2026-03-09"));
    assert!(lines(&limit).iter().any(|line| line.starts_with("The clock is stopped since Monday 9 March 2026")));
    let Err(ClockError::NoLimit { because }) = access(&open, &BankHolidays::verified()) else {
        panic!("there is no date without today")
    };
    assert!(because.last().unwrap().as_str().starts_with("The clock is stopped since Monday 9 March 2026"));
}

#[test]
fn while_proof_of_identity_is_missing_the_month_has_not_started() {
    let open = Request::received(day("2026-11-02"), EnglandAndWales).identity(day("2026-11-03"), None);
    let limit = access(&open.clone().on(day("2026-11-12")), &BankHolidays::verified()).unwrap();
    assert_eq!((limit.start, limit.due), (day("2026-11-12"), day("2026-12-14")));
    assert_eq!(limit.stopped.unwrap().matter, clock::Matter::Identity);
    let none = access(&open, &BankHolidays::verified()).unwrap_err();
    assert!(none.to_string().contains("still wait for it, so the month has not started"), "{none}");
}

#[test]
fn a_question_asked_too_late_and_never_answered_does_not_stop_the_clock() {
    let request = Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-04-10"), None);
    let limit = access(&request.on(day("2026-04-20")), &BankHolidays::verified()).unwrap();
    assert_eq!((limit.due, limit.stopped), (day("2026-04-02"), None));
    assert!(limit.extend(day("2026-04-01")).unwrap().stopped.is_some());
}

#[test]
fn dates_in_the_wrong_order_are_refused_and_the_message_names_both() {
    let from = |received: &str| Request::received(day(received), EnglandAndWales);
    for (request, parts) in [
        (from("2026-03-02").identity(day("2026-03-01"), None), ["1 March 2026", "2 March 2026"]),
        (from("2026-03-02").identity(day("2026-03-05"), Some(day("2026-03-04"))), ["4 March 2026", "5 March 2026"]),
        (from("2026-03-02").fee(day("2026-02-20"), Some(day("2026-03-04"))), ["20 February 2026", "the fee"]),
        (from("2026-03-02").authority(day("2026-03-01"), None), ["1 March 2026", "act for the person"]),
        (from("2026-03-02").paused(day("2026-03-01"), Some(day("2026-03-04"))), ["what is wanted", "Check both dates"]),
        (from("2026-03-02").paused(day("2026-03-09"), Some(day("2026-03-08"))), ["8 March 2026", "9 March 2026"]),
        (from("2026-03-02").paused(day("2026-03-09"), None).on(day("2026-03-08")), ["Today", "8 March 2026"]),
    ] {
        let error = access(&request, &BankHolidays::verified()).unwrap_err().to_string();
        assert!(parts.iter().all(|part| error.contains(part)), "{error}");
        assert!(right(&request, &BankHolidays::verified()).is_err(), "checked for every right");
    }
}

#[test]
fn a_policys_own_period_binds_only_when_it_is_earlier() {
    let thirty = |received: &str| asked_to_see(received, EnglandAndWales).with_policy(Span::Days(30));
    let march = thirty("2026-03-02");
    assert_eq!((march.due, march.statutory_due, march.safe), (day("2026-04-01"), day("2026-04-02"), day("2026-04-01")));
    let january = thirty("2027-01-29");
    assert_eq!(january.due, day("2027-02-28"), "a Sunday: our own promise does not move");
    let february = thirty("2026-02-10");
    assert_eq!((february.due, february.statutory_due), (day("2026-03-10"), day("2026-03-10")), "30 days are 12 March");
    assert!(lines(&february).last().unwrap().contains("stays our date"));
    assert_eq!(asked_to_see("2026-03-02", Scotland).with_policy(Span::Months(1)).due, day("2026-04-02"));
}

#[test]
fn a_policys_own_period_stands_still_while_the_clock_does() {
    let request =
        Request::received(day("2026-03-02"), EnglandAndWales).paused(day("2026-03-09"), Some(day("2026-03-16")));
    let limit = access(&request, &BankHolidays::verified()).unwrap().with_policy(Span::Days(30));
    assert_eq!((limit.due, limit.statutory_due), (day("2026-04-09"), day("2026-04-10")));
}

#[test]
fn a_complaint_is_acknowledged_in_30_days_from_the_day_after() {
    for (received, nation, due) in [
        ("2026-06-19", EnglandAndWales, "2026-07-20"),
        ("2026-07-02", EnglandAndWales, "2026-08-03"),
        ("2026-07-02", NorthernIreland, "2026-08-03"),
        ("2026-07-02", Scotland, "2026-08-04"),
        ("2026-11-22", EnglandAndWales, "2026-12-22"),
        ("2026-11-25", EnglandAndWales, "2026-12-29"),
        ("2026-12-04", EnglandAndWales, "2027-01-04"),
        ("2026-12-04", Scotland, "2027-01-05"),
    ] {
        let limit = complaint(day(received), nation, &BankHolidays::verified()).unwrap();
        assert_eq!(limit.due, day(due), "{received} in {nation}");
        assert_eq!((limit.extended_due, limit.extension_notice_by), (None, None));
        assert_eq!(limit.extend(day(received)), Err(ClockError::NoExtension));
    }
}

#[test]
fn a_complaint_before_19_june_2026_has_no_date_in_law() {
    let none = complaint(day("2026-06-18"), Scotland, &BankHolidays::verified()).unwrap_err();
    assert!(matches!(&none, ClockError::NoLimit { .. }) && none.to_string().contains("19 June 2026"), "{none}");
}

#[test]
fn a_breach_is_reported_within_72_elapsed_hours() {
    for (aware, due) in [
        ("2026-12-24T17:30:00Z", "2026-12-27T17:30:00+00:00"),
        ("2026-11-20T09:15:00Z", "2026-11-23T09:15:00+00:00"),
        ("2026-10-24T12:00:00+01:00", "2026-10-27T11:00:00+00:00"),
        ("2026-03-27T12:00:00Z", "2026-03-30T13:00:00+01:00"),
        ("2026-07-01T09:00:00.5+09:00", "2026-07-04T01:00:00.5+01:00"),
    ] {
        assert_eq!(breach(aware.parse().unwrap()).unwrap().due_rfc3339(), due, "{aware}");
    }
}

#[test]
fn a_breach_over_the_change_of_the_clocks_says_why_the_hour_differs() {
    let limit = breach("2026-10-24T11:00:00Z".parse().unwrap()).unwrap();
    let lines: Vec<_> = limit.because.iter().map(clock::Because::as_str).collect();
    assert_eq!(lines[0], "We became aware at 12:00 on Saturday 24 October 2026 (British Summer Time).");
    assert_eq!(lines[2], "The clocks go back in that time, so the limit is at 11:00 and not at 12:00.");
    assert!(lines[3].starts_with("Tell the regulator by 11:00 on Tuesday 27 October 2026 (GMT)"));
    assert!(!limit.is_late("2026-10-27T11:00:00Z".parse().unwrap()));
    assert!(limit.is_late("2026-10-27T11:00:01Z".parse().unwrap()));
}

#[test]
fn a_policy_can_only_hasten_the_report_of_a_breach() {
    let limit = breach("2026-10-24T11:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(limit.clone().with_policy(Span::Hours(24)).due_rfc3339(), "2026-10-25T11:00:00+00:00");
    assert_eq!(limit.clone().with_policy(Span::WorkingDays(1)).due_rfc3339(), "2026-10-26T12:00:00+00:00");
    assert_eq!(limit.clone().with_policy(Span::Hours(96)).due, limit.statutory_due);
    assert_eq!(limit.clone().with_policy(Span::Years(9000)).due, limit.statutory_due);
}

#[test]
fn people_are_told_by_the_earliest_of_a_month_contact_and_sharing() {
    let obtained = |contact: Option<&str>, shared: Option<&str>| {
        let facts = Obtained {
            nations: EnglandAndWales.into(),
            obtained: day("2026-11-22"),
            first_contact: contact.map(day),
            first_disclosure: shared.map(day),
        };
        notice(&facts, &BankHolidays::verified())
    };
    assert_eq!(obtained(Some("2026-12-01"), Some("2026-11-28")).unwrap().due, day("2026-11-28"));
    assert_eq!(obtained(Some("2026-12-01"), None).unwrap().due, day("2026-12-01"));
    assert_eq!(obtained(None, None).unwrap().due, day("2026-12-22"));
    assert_eq!(obtained(Some("2027-05-01"), None).unwrap().due, day("2026-12-22"));
    assert!(obtained(Some("2026-11-21"), None).is_err());
}

#[test]
fn a_moved_date_says_which_weekend_or_holiday_moved_it() {
    let because = |received: &str, nations: Nations| {
        let limit = access(&Request::received(day(received), nations), &BankHolidays::verified()).unwrap();
        limit.because.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let christmas = because("2026-11-25", EnglandAndWales.into());
    assert!(
        christmas.contains(
            "Friday 25 December 2026 is a bank holiday in England and Wales (Christmas Day). The next working day is \
             Tuesday 29 December 2026."
        ),
        "{christmas}"
    );
    let weekend = because("2026-01-31", Scotland.into());
    assert!(weekend.contains("February has no day 31, so one month later is its last day: Saturday 28 February 2026."));
    assert!(weekend.contains("is at the weekend. The next working day is Monday 2 March 2026."), "{weekend}");
    let everywhere = because("2026-07-31", Nations::all());
    assert!(
        everywhere.contains("a bank holiday in England and Wales and Northern Ireland (Summer bank holiday)"),
        "{everywhere}"
    );
    assert!(everywhere.contains("It is not one everywhere, so the date stays."), "{everywhere}");
}

#[test]
fn dates_past_the_verified_years_carry_a_warning() {
    assert!(asked_to_see("2028-09-29", Scotland).warnings.is_empty());
    assert!(asked_to_see("2028-10-02", Scotland).warnings[0].contains("2 January 2029"), "the extension touches 2029");
    assert!(asked_to_see("2018-03-01", Scotland).warnings[0].contains("25 May 2018"));
    assert!(!complaint(day("2028-12-10"), Scotland, &BankHolidays::verified()).unwrap().warnings.is_empty());
}

#[test]
fn the_end_of_the_calendar_is_an_error_and_never_a_panic() {
    let holidays = BankHolidays::verified();
    for received in [date(9999, 12, 31), date(9999, 10, 1), date(9999, 12, 1)] {
        assert_eq!(access(&Request::received(received, Nations::all()), &holidays), Err(ClockError::OutOfRange));
    }
    assert_eq!(complaint(date(9999, 12, 31), Scotland, &holidays), Err(ClockError::OutOfRange));
    assert_eq!(breach(jiff::Timestamp::MAX), Err(ClockError::OutOfRange));
    let facts = Obtained { nations: Nations::all(), obtained: Date::MAX, first_contact: None, first_disclosure: None };
    assert_eq!(notice(&facts, &holidays), Err(ClockError::OutOfRange));
    let request = Request::received(date(2026, 3, 2), Scotland).paused(date(2026, 3, 3), Some(Date::MAX));
    assert_eq!(access(&request, &holidays), Err(ClockError::OutOfRange));
    assert!(access(&Request::received(Date::MIN, Scotland), &holidays).is_ok());
}
