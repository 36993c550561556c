//! Tests of suggestions.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn name(given: &str, family: &str, kind: NameKind) -> PersonName {
    PersonName { given: given.to_owned(), family: family.to_owned(), kind }
}

fn person(id: &str, names: &[(&str, &str)], relation: &str) -> KnownPerson {
    KnownPerson {
        id: id.to_owned(),
        names: names.iter().map(|(given, family)| name(given, family, NameKind::Current)).collect(),
        relation: Some(relation.to_owned()),
        ..KnownPerson::default()
    }
}

fn finder() -> Finder {
    let mut ada = person("ada", &[("Ada", "Okafor")], "herself");
    ada.contacts = vec![Contact::Phone("07700 900001".into()), Contact::Postcode("M1 1AE".into())];
    ada.born = Some(date(2014, 5, 12));
    let mut liam = person("liam", &[("Liam James", "Okafor"), ("Leelo", "")], "brother of Ada");
    liam.contacts = vec![
        Contact::Phone("+44 (0)7700 900123".into()),
        Contact::Email("liam@example.org".into()),
        Contact::AddressLine("14 Harbour Road".into()),
        Contact::Identifier("943 476 5919".into()),
    ];
    liam.born = Some(date(2011, 3, 4));
    let mut zoe = person("zoe", &[("Zoë", "O'Neil")], "mother of Ada");
    zoe.names.push(name("Zoë", "Brzęczyk", NameKind::Former));
    let will = person("will", &[("Will", "Hope")], "volunteer");
    let may = person("may", &[("May", "Song")], "friend of Ada");
    Finder::new(&ada, &[liam, zoe, will, may]).unwrap()
}

fn seen(text: &str) -> Vec<(String, Kind, Certainty)> {
    let findings = finder().suggest(text);
    findings.suggestions.into_iter().map(|s| (text[s.range()].to_owned(), s.kind, s.certainty)).collect()
}

fn words(text: &str) -> Vec<String> {
    seen(text).into_iter().map(|(words, _, _)| words).collect()
}

#[test]
fn a_known_person_is_explained_in_words() {
    let findings = finder().suggest("Liam Okafor was there.");
    assert_eq!(findings.suggestions[0].explanation, "Liam James Okafor, brother of Ada, in this book");
    assert_eq!(findings.suggestions[0].people, ["liam"]);
    assert_eq!(findings.suggestions[0].certainty, Certainty::Sure);
}

#[test]
fn names_are_found_in_all_their_spellings() {
    for (text, hits) in [
        ("LIAM OKAFOR", vec!["LIAM OKAFOR"]),
        ("Okafor, Liam came", vec!["Okafor, Liam"]),
        ("L. Okafor and liam's bag", vec!["L. Okafor", "liam"]),
        ("Liam\u{2019}s shoes, Liam O. too", vec!["Liam", "Liam O."]),
        ("zoe oneil rang; ZOE\u{308} O\u{2019}NEIL too", vec!["zoe oneil", "ZOE\u{308} O\u{2019}NEIL"]),
        ("Ms Brzeczyk", vec!["Brzeczyk"]),
        ("Liam \n James Okafor", vec!["Liam \n James Okafor"]),
        ("Leelo laughed", vec!["Leelo"]),
    ] {
        assert_eq!(words(text), hits, "{text}");
    }
}

#[test]
fn only_whole_words_are_names() {
    assert_eq!(words("William and Liamson willed"), Vec::<String>::new());
}

#[test]
fn a_name_that_is_a_word_counts_only_as_a_name() {
    assert_eq!(words("She will come in May 2026, we hope, on 4 May."), Vec::<String>::new());
    assert_eq!(words("Then Will left with May."), ["Will", "May"]);
    assert_eq!(seen("Will she come?")[0].2, Certainty::Maybe);
}

#[test]
fn one_wrong_letter_is_suggested_as_a_slip() {
    let findings = finder().suggest("Then Brzeczik and Okfor rang.");
    let slips: Vec<&str> = findings.suggestions.iter().map(|s| s.explanation.as_str()).collect();
    assert!(slips[0].starts_with("Looks like a slip for Zoë O'Neil"), "{slips:?}");
    assert_eq!(findings.suggestions.len(), 2);
}

#[test]
fn the_persons_own_names_and_details_are_listed_apart() {
    let text = "Ada Okafor, born 12/05/2014, 07700900001, M1 1AE, with Ada.";
    let findings = finder().suggest(text);
    assert_eq!(findings.suggestions, []);
    let own: Vec<&str> = findings.about_subject.iter().map(|s| &text[s.range()]).collect();
    assert_eq!(own, ["Ada Okafor", "12/05/2014", "07700900001", "M1 1AE", "Ada"]);
}

#[test]
fn a_family_name_shared_with_the_person_asking_is_only_a_maybe_unless_titled() {
    let findings = finder().suggest("Okafor said so. Mr Okafor agreed.");
    let found: Vec<Certainty> = findings.suggestions.iter().map(|s| s.certainty).collect();
    assert_eq!(found, [Certainty::Maybe, Certainty::Likely]);
    assert!(findings.suggestions[0].explanation.ends_with("also a name of the person asking"));
}

#[test]
fn details_that_the_book_knows_say_whose_they_are() {
    let text = "Ring 0044 7700 900 123 or LIAM@example.org, 14 harbour  road, NHS 9434765919, dob 4th March 2011.";
    let findings = finder().suggest(text);
    assert_eq!(findings.suggestions.len(), 5, "{:?}", findings.suggestions);
    for suggestion in &findings.suggestions {
        assert_eq!(suggestion.people, ["liam"], "{suggestion:?}");
        assert_eq!(suggestion.certainty, Certainty::Sure);
    }
}

#[test]
fn nhs_numbers_are_checked() {
    for good in ["999 000 0018", "999 000 0026", "943 476 5919", "987 654 3210", "943-476-5919"] {
        assert!(is_nhs_number(good), "{good}");
        assert_eq!(seen(good)[0].1, Kind::Nhs, "{good}");
    }
    for bad in ["943 476 5918", "999 000 0000", "123 456 7890", "987 654 4321", "000 000 0000"] {
        assert!(!is_nhs_number(bad), "{bad}");
    }
    assert_eq!(seen("NHS: 9434765918")[0].1, Kind::NhsBad);
    assert_eq!(seen("order 1234567891"), []);
}

#[test]
fn national_insurance_numbers_follow_the_prefix_rules() {
    for good in ["AB 12 34 56 C", "OA123456A", "ab123456c"] {
        assert_eq!(seen(good), [(good.to_owned(), Kind::Nino, Certainty::Sure)], "{good}");
    }
    for bad in ["AO123456A", "BG123456A", "DA123456A", "AB123456E"] {
        assert_eq!(seen(bad), [], "{bad}");
    }
    assert_eq!(seen("QQ123456A")[0].2, Certainty::Maybe);
}

#[test]
fn postcodes_follow_the_published_forms() {
    for good in ["SW1A 1AA", "EC1A 1BB", "W1A 0AX", "M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "BT1 1AA", "sw1a1aa"] {
        assert!(is_postcode(good), "{good}");
    }
    for bad in ["QM1 1AA", "SW1A 1AV", "AA1 1II", "A1A 1CC", "hello"] {
        assert!(!is_postcode(bad), "{bad}");
        assert_eq!(seen(bad), [], "{bad}");
    }
    assert_eq!(seen("room b12 3rd floor"), []);
}

#[test]
fn phones_are_found_and_dates_and_short_numbers_are_not() {
    for good in
        ["07700 900123", "+44 7700 900456", "01632 960001", "(01632) 960 001", "0161 496 0000", "+44 (0)20 7946 0000"]
    {
        assert_eq!(seen(good).first().map(|s| s.1), Some(Kind::Phone), "{good}");
    }
    for bad in ["12345", "2026-11-22", "0800", "page 01 of 02", "000000000000"] {
        assert_eq!(seen(bad), [], "{bad}");
    }
}

#[test]
fn other_numbers_need_the_right_company() {
    for (text, kind) in [
        ("UPN B801200005001", Kind::Document),
        ("temp M80120000500A", Kind::Document),
        ("learner 9276308686", Kind::Document),
        ("sort code 12-34-56", Kind::Bank),
        ("account number 12345678", Kind::Bank),
        ("licence MORGA657054SM9IJ", Kind::Document),
        ("passport 123456789", Kind::Document),
        ("DBS certificate 001234567890", Kind::Document),
        ("dob 1/2/10", Kind::Dob),
        ("write to a.b+c@mail.example.co.uk.", Kind::Email),
        ("moved to 7 Mill Lane", Kind::Address),
    ] {
        assert_eq!(seen(text).iter().map(|s| s.1).collect::<Vec<_>>(), [kind], "{text}");
    }
    for text in [
        "22-11-26",
        "order 12345678",
        "A801200005001",
        "X80120000A001",
        "Q207000016049",
        "MORGA699054SM9IJ",
        "seen 1/2/10",
    ] {
        assert_eq!(seen(text), [], "{text}");
    }
    assert!(is_upn("P207000016049") && is_uln("1000000019") && !is_uln("9276308687") && !is_uln("9999999999"));
}

#[test]
fn a_name_inside_an_address_or_mail_does_not_break_it_up() {
    assert_eq!(words("liam@example.org"), ["liam@example.org"]);
    assert_eq!(words("at 3 Hope Street"), ["3 Hope Street"]);
}

#[test]
fn thousands_of_names_and_a_long_hostile_text_take_one_pass() {
    let people: Vec<KnownPerson> =
        (0..5_000).map(|n| person(&n.to_string(), &[(&format!("Given{n}x"), &format!("Family{n}y"))], "")).collect();
    let finder = Finder::new(&person("s", &[("Ada", "Okafor")], ""), &people).unwrap();
    let text = format!("{} Given77x Family77y 0{}", "a".repeat(300_000), "0 (".repeat(60_000));
    assert_eq!(finder.suggest(&text).suggestions.len(), 1);
}

proptest! {
    #[test]
    fn every_suggestion_is_a_piece_of_the_text_and_none_overlap(text in "(?:Liam|Okafor|Zoë|0|7|9|[ ,.'’@-]|é|\\PC){0,60}") {
        let findings = finder().suggest(&text);
        for list in [&findings.suggestions, &findings.about_subject] {
            prop_assert!(list.iter().all(|s| text.get(s.range()).is_some_and(|part| !part.is_empty())));
            prop_assert!(list.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }

    #[test]
    fn a_changed_digit_never_passes_the_nhs_check(at in 0_usize..10, by in 1_u8..10) {
        let mut digits = *b"9434765919";
        digits[at] = (digits[at] - b'0' + by) % 10 + b'0';
        prop_assert!(!is_nhs_number(std::str::from_utf8(&digits).unwrap()));
    }
}
