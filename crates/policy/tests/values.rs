//! Laws of reading: figures and words mean the same, and no text whatever makes the reader fall over.

use policy::value::{Kind, read};
use policy::{Channel, Source, Span, Value};
use proptest::prelude::*;

/// English numbers in words, written apart from the reader's own tables.
fn in_words(number: u32) -> String {
    let small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                 seventeen eighteen nineteen";
    let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small: Vec<_> = small.split_whitespace().collect();
    let place = |n: u32| usize::try_from(n).unwrap_or_default();
    match number {
        0..=19 => small[place(number)].to_owned(),
        20..=99 if number.is_multiple_of(10) => tens[place(number / 10)].to_owned(),
        20..=99 => format!("{}-{}", tens[place(number / 10)], small[place(number % 10)]),
        _ if number.is_multiple_of(100) => format!("{} hundred", in_words(number / 100)),
        _ => format!("{} hundred and {}", in_words(number / 100), in_words(number % 100)),
    }
}

type Unit = (&'static str, fn(u32) -> Span);

const UNITS: [Unit; 6] = [
    ("hours", Span::Hours),
    ("days", Span::Days),
    ("working days", Span::WorkingDays),
    ("weeks", Span::Weeks),
    ("months", Span::Months),
    ("years", Span::Years),
];

const AROUND: [&str; 8] = [
    "{}",
    "within {}",
    "at least {}",
    "for a minimum of {}",
    "every {}",
    "up to {}",
    "no later than {} after that",
    "{}’ notice",
];

proptest! {
    #[test]
    fn figures_and_words_mean_the_same_span(number in 1u32..=200, unit in 0usize..6, around in 0usize..8) {
        let (name, make) = UNITS[unit];
        let wanted = Ok(Value::Span(make(number)));
        for number in [number.to_string(), in_words(number), in_words(number).replace('-', " "), format!("{} ({number})", in_words(number))] {
            let words = AROUND[around].replace("{}", &format!("{number} {name}"));
            prop_assert_eq!(&read(Kind::Span, &words), &wanted, "{}", words);
        }
    }

    #[test]
    fn figures_and_words_mean_the_same_count_and_age(number in 0u32..=25) {
        for number_as in [number.to_string(), in_words(number)] {
            prop_assert_eq!(read(Kind::Count, &format!("{number_as} forms of identification")), Ok(Value::Count(number)));
            prop_assert_eq!(read(Kind::Age, &format!("aged {number_as} or over")), Ok(Value::Age(number)));
        }
    }

    #[test]
    fn what_is_shown_in_figures_reads_back(number in 1u32..=200, unit in 0usize..6) {
        let value = Value::Span(UNITS[unit].1(number));
        prop_assert_eq!(read(Kind::Span, &value.to_string()), Ok(value));
    }

    #[test]
    fn no_phrase_makes_the_reader_fall_over(words in "\\PC{0,60}") {
        for kind in [Kind::Span, Kind::Count, Kind::Age, Kind::Role, Kind::Channels, Kind::Amount, Kind::Contact, Kind::Presence] {
            let _ = read(kind, &words);
        }
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(text in "(?s).{0,400}") {
        let reading = policy::read(&[Source::new("any.md", text.clone())]);
        for problem in &reading.problems {
            prop_assert!(problem.place.offset + problem.place.length <= text.len());
        }
    }

    #[test]
    fn no_text_made_of_the_languages_own_pieces_makes_the_reader_fall_over(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "---\n", "charity: x\n", "text: easy-read\n", "[", "]", "(", ")", "answer:access", "keep:", "[K9]", "[K9, K10]", "\n\n", "- ", "> ",
            "1. ", "    ", "| a | b |\n", "|---|---|\n", "![x](picture:eye)", "**", "_", "`", "<b>", "<!-- x -->", "&amp;", "\\", "# H {#a}\n",
            "thirty ", "30 days", ". ", "’", "é", "\u{1F600}", "\r\n", "\t", "[a]: answer:access\n", "<answer:access>", "attest:x/by", "\0",
        ]), 0..60)
    ) {
        let text: String = pieces.concat();
        let reading = policy::read(&[Source::new("a.md", text.clone()), Source::new("b.md", format!("---\ncharity: x\n---\n{text}"))]);
        for policy in &reading.policies {
            let html = policy::notice_html(policy);
            prop_assert!(!html.contains("<b>"), "raw HTML must not pass: {}", html);
            let _ = policy.promises();
        }
    }
}

#[test]
fn phrases_of_real_policies_are_read() {
    let cases: [(Kind, &str, &str); 30] = [
        (Kind::Span, "within one month", "1 month"),
        (Kind::Span, "within 72 hours", "72 hours"),
        (Kind::Span, "at least six years", "6 years"),
        (Kind::Span, "every two years", "2 years"),
        (Kind::Span, "every other year", "2 years"),
        (Kind::Span, "once a year", "1 year"),
        (Kind::Span, "twice a year", "6 months"),
        (Kind::Span, "annually", "1 year"),
        (Kind::Span, "a fortnight", "2 weeks"),
        (Kind::Span, "one calendar month", "1 month"),
        (Kind::Span, "ten working days", "10 working days"),
        (Kind::Span, "two years and six months", "30 months"),
        (Kind::Span, "30-day limit", "30 days"),
        (Kind::Span, "o fewn 30 diwrnod", "30 days"),
        (Kind::Span, "chwe blynedd", "6 years"),
        (Kind::Count, "two forms of identification", "2"),
        (Kind::Age, "12 and above", "12"),
        (Kind::Age, "aged twelve or over", "12"),
        (Kind::Role, "the Trustees", "trustees"),
        (Kind::Role, "your KIDS service manager", "service manager"),
        (Kind::Role, "The Data Protection Officer", "data protection lead"),
        (Kind::Role, "the CEO", "chief executive"),
        (Kind::Channels, "by letter, e-mail or fax", "letter, email, fax"),
        (Kind::Channels, "in writing", "writing"),
        (Kind::Amount, "free of charge", "free"),
        (Kind::Amount, "We will not charge you", "free"),
        (Kind::Amount, "ten pounds", "£10"),
        (Kind::Amount, "£7.50", "£7.50"),
        (Kind::Contact, "dpo@example.org", "dpo@example.org"),
        (Kind::Contact, "https://ico.org.uk", "ico.org.uk"),
    ];
    for (kind, words, figures) in cases {
        assert_eq!(read(kind, words).map(|value| value.to_string()).as_deref(), Ok(figures), "{words}");
    }
}

#[test]
fn phrases_that_say_nothing_or_too_much_are_not_read() {
    let cases: [(Kind, &str); 22] = [
        (Kind::Span, "soon"),
        (Kind::Span, "1.5 years"),
        (Kind::Span, "two and a half years"),
        (Kind::Span, "30 or 40 days"),
        (Kind::Span, "0 days"),
        (Kind::Span, "99999999999 years"),
        (Kind::Span, "500 years"),
        (Kind::Span, "two working months"),
        (Kind::Span, "one month and one year"),
        (Kind::Count, "some forms"),
        (Kind::Count, "two or three forms"),
        (Kind::Age, "under 12"),
        (Kind::Age, "120 and above"),
        (Kind::Role, "somebody"),
        (Kind::Role, "the Trustees or the service manager"),
        (Kind::Channels, "any old how"),
        (Kind::Amount, "£"),
        (Kind::Amount, "£10 or £20"),
        (Kind::Amount, "free or £10"),
        (Kind::Contact, "our office"),
        (Kind::Contact, "a@b@c.org"),
        (Kind::Presence, " "),
    ];
    for (kind, words) in cases {
        assert!(read(kind, words).is_err(), "{words} was read as {:?}", read(kind, words));
    }
}

#[test]
fn channels_are_a_set() {
    let Ok(Value::Channels(channels)) = read(Kind::Channels, "by post, by telephone or in person") else {
        panic!("three channels");
    };
    assert_eq!(channels.into_iter().collect::<Vec<_>>(), [Channel::Letter, Channel::Phone, Channel::InPerson]);
}
