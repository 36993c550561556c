//! Every kind of problem is found, at its place, with what to do about it.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write;

use miette::{GraphicalReportHandler, GraphicalTheme};
use policy::{Code, Policy, Problem, Source, read};

/// A policy that passes, with `body` after its two required settings.
fn text(body: &str) -> String {
    format!(
        "---\ncharity: Example Children's Trust\n---\n\nAsk [the Trustees](ask:access/to). We keep files \
         [six years](keep:child/leaving).\n\n{body}\n"
    )
}

fn problems(texts: &[(&str, String)]) -> Vec<Problem> {
    let sources: Vec<_> = texts.iter().map(|(name, text)| Source::new(*name, text.clone())).collect();
    read(&sources).problems
}

/// The one problem of a body, with its code, line and column. Line 7 is the body's first.
fn only(body: &str) -> (Code, usize, usize, Problem) {
    let mut found = problems(&[("policy.md", text(body))]);
    assert_eq!(found.len(), 1, "{found:#?}");
    let problem = found.remove(0);
    (problem.code, problem.place.line, problem.place.column, problem)
}

fn report(problems: &[Problem]) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100);
    let mut out = String::new();
    for problem in problems {
        handler.render_report(&mut out, problem).unwrap();
        writeln!(out).unwrap();
    }
    out
}

#[test]
fn a_sound_policy_has_no_problems() {
    assert!(problems(&[("policy.md", text("We answer [within 30 days](answer:access). [X1]"))]).is_empty());
}

#[test]
fn a_misspelt_verb_is_named_with_the_verb_that_was_meant() {
    let (code, line, column, problem) = only("We answer [within 30 days](anwser:access).");
    assert_eq!((code, line, column), (Code::UnknownVerb, 7, 28));
    assert_eq!(problem.help.as_deref(), Some("Did you mean \"answer:\"?"));
}

#[test]
fn a_least_time_is_not_read_as_a_limit_and_a_negative_number_not_at_all() {
    for words in ["at least 30 days", "more than 10 days", "ten days or more", "a minimum of a week"] {
        let (code, ..) = only(&format!("We answer [{words}](answer:access)."));
        assert_eq!(code, Code::LongerThanLaw, "{words}");
    }
    for words in ["-3 days", "\u{2212}3 days", "within -3 days"] {
        let (code, ..) = only(&format!("We answer [{words}](answer:access)."));
        assert_eq!(code, Code::UnreadableValue, "{words}");
    }
    for words in [
        "no more than 30 days",
        "not more than 30 days",
        "no longer than 30 days",
        "less than 30 days",
        "within twenty-eight days",
        "within 7-days",
    ] {
        assert!(
            problems(&[("policy.md", text(&format!("We answer [{words}](answer:access).")))]).is_empty(),
            "{words}"
        );
    }
}

#[test]
fn ordinary_links_are_left_alone() {
    let body = "See [our site](https://example.org), [write](mailto:a@example.org), [below](#access), \
                [call](tel:01632960001) or [read on](notice.html).";
    assert!(problems(&[("policy.md", text(body))]).is_empty());
}

#[test]
fn a_misspelt_target_is_named_with_the_target_that_was_meant() {
    let (code, line, column, problem) = only("Fine.\n\nWe answer [within 30 days](answer:acess).");
    assert_eq!((code, line, column), (Code::UnknownTarget, 9, 28));
    assert_eq!(problem.help.as_deref(), Some("Did you mean \"answer:access\"?"));
}

#[test]
fn a_target_like_no_other_is_answered_with_what_the_verb_knows() {
    let (_, _, _, problem) = only("We answer [within 30 days](contact:zzzz).");
    assert!(problem.help.unwrap().contains("contact:data-protection"));
}

#[test]
fn words_that_say_no_value_are_marked_themselves() {
    let (code, line, column, problem) = only("We answer [as soon as we can](answer:access).");
    assert_eq!((code, line, column), (Code::UnreadableValue, 7, 12));
    assert_eq!(problem.place.length, "as soon as we can".len());
    assert!(problem.help.unwrap().contains("within one month"));
}

#[test]
fn words_that_say_two_values_are_not_guessed_at() {
    for words in ["30 or 40 days", "one month or 20 days", "within 30 to 40 days"] {
        let (code, _, _, problem) = only(&format!("We answer [{words}](answer:access)."));
        assert_eq!(code, Code::UnreadableValue, "{words}");
        assert!(problem.message.contains("more than one value"), "{words}");
    }
}

#[test]
fn a_live_phrase_without_words_is_told_once() {
    let (code, line, column, _) = only("We care. We answer [](answer:access) and [share](share:law).");
    assert_eq!((code, line, column), (Code::UnreadableValue, 7, 20));
}

#[test]
fn one_setting_with_two_values_names_both_places() {
    let (code, line, column, problem) =
        only("We answer [within 30 days](answer:access).\n\nIt takes us [20 days](answer:access).");
    assert_eq!((code, line, column), (Code::Conflict, 9, 14));
    assert!(problem.message.contains("30 days in policy.md on line 7"), "{}", problem.message);
    assert_eq!(problem.also.unwrap().0.line, 7);
}

#[test]
fn the_same_value_in_other_words_is_no_conflict() {
    let body = "We look [every year](review:policy). That is [every twelve months](review:policy).";
    assert!(problems(&[("policy.md", text(body))]).is_empty());
}

#[test]
fn a_promise_weaker_than_the_law_is_refused_and_a_stronger_one_is_not() {
    let sentence = |key: &str, words: &str| text(&format!("It is [{words}]({key})."));
    let cases = [
        ("answer:access", "within six weeks", false),
        ("answer:access", "within two months", false),
        ("answer:access", "within 31 days", false),
        ("answer:access", "within 30 days", true),
        ("answer:access", "within one month", true),
        ("answer:access", "within 20 working days", true),
        ("answer:access/extended", "up to four months", false),
        ("answer:access/extended", "up to three months", true),
        ("answer:access/extension-notice", "within six weeks", false),
        ("answer:complaint/acknowledgement", "within 5 weeks", false),
        ("answer:complaint/acknowledgement", "within 30 days", true),
        ("breach:report", "within 73 hours", false),
        ("breach:report", "within 72 hours", true),
        ("breach:report", "within two days", true),
        ("tell:notice/elsewhere", "within two months", false),
    ];
    for (key, words, allowed) in cases {
        let found = problems(&[("policy.md", sentence(key, words))]);
        let codes: Vec<_> = found.iter().map(|problem| problem.code).collect();
        let expected = if allowed { vec![] } else { vec![Code::LongerThanLaw] };
        assert_eq!(codes, expected, "{key}: {words}");
    }
}

#[test]
fn what_the_law_wants_kept_longer_is_refused() {
    assert_eq!(only("Gift Aid: [five years](keep:gift-aid/last-gift).").0, Code::ShorterThanLaw);
}

#[test]
fn asking_for_money_to_see_a_file_is_against_the_law() {
    let (code, _, _, problem) = only("It costs [£10](ask:access/fee).");
    assert_eq!(code, Code::AgainstLaw);
    assert!(problem.help.unwrap().contains("article 12(5)"));
}

#[test]
fn in_scotland_a_child_is_presumed_able_at_twelve() {
    let body = "A child [aged 14 or over](ask:access/child-age) may ask.";
    assert!(problems(&[("policy.md", text(body))]).is_empty());
    let scottish = text(body).replacen("---\n", "---\nnation: scotland\n", 1);
    let found = problems(&[("policy.md", scottish)]);
    assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::AgainstLaw]);
}

#[test]
fn a_setting_that_nobody_can_guess_must_be_there() {
    let found = problems(&[("policy.md", "---\ncharity: Example\n---\n\nWe care.\n".to_owned())]);
    let told: Vec<_> = found.iter().map(|problem| (problem.code, problem.place.line, problem.place.column)).collect();
    assert_eq!(told, [(Code::MissingSetting, 1, 1), (Code::MissingSetting, 1, 1)]);
    assert!(found[0].message.contains("\"keep:child/leaving\"") && found[1].message.contains("\"ask:access/to\""));
}

#[test]
fn a_setting_that_is_there_but_unreadable_is_not_also_missing() {
    let body = "---\ncharity: Example\n---\n\nAsk [somebody](ask:access/to). [six years](keep:child/leaving).\n";
    let found = problems(&[("policy.md", body.to_owned())]);
    assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::UnreadableValue]);
}

#[test]
fn a_clause_id_stands_once() {
    let (code, line, column, problem) = only("First. [K9]\n\nSecond. [K10] Third. [K9]");
    assert_eq!((code, line, column), (Code::DuplicateClause, 9, 22));
    assert_eq!(problem.also.unwrap().0.line, 7);
}

#[test]
fn a_section_id_stands_once() {
    assert_eq!(only("## One {#a}\n\nFine.\n\n## Two {#a}").0, Code::DuplicateSection);
}

#[test]
fn a_live_phrase_that_is_no_link_is_not_passed_over() {
    for body in ["We answer [in 30 days] (answer:access).", "We answer [in 30 days](answer:access extended)."] {
        assert_eq!(only(body).0, Code::BrokenLink, "{body}");
    }
}

#[test]
fn front_matter_that_cannot_be_read_is_told_line_by_line() {
    let whole = text("Fine.").replacen("---\n", "---\nadopted: June\nnonsense\nnation: wales\nadoptd: 2024-06-01\n", 1);
    let found = problems(&[("policy.md", whole)]);
    let told: Vec<_> = found.iter().map(|problem| (problem.code, problem.place.line, problem.place.column)).collect();
    assert_eq!(
        told,
        [
            (Code::UnreadableDate, 2, 10),
            (Code::FrontMatter, 3, 1),
            (Code::FrontMatter, 4, 9),
            (Code::UnknownFrontMatter, 5, 1),
        ]
    );
    assert!(!found[3].is_error(), "an unknown key is a warning");
}

#[test]
fn front_matter_that_is_missing_unclosed_or_nameless_is_an_error() {
    for whole in ["We care.\n", "---\ncharity: Example\n\nWe care.\n", "---\ntitle: Ours\n---\n\nWe care.\n"] {
        let found = problems(&[("policy.md", whole.to_owned())]);
        assert_eq!(found[0].code, Code::FrontMatter, "{whole}");
        assert_eq!(found[0].place.line, 1);
    }
}

#[test]
fn a_next_review_before_the_last_is_an_error() {
    let whole = text("Fine.").replacen("---\n", "---\nreviewed: 2024-06\nreview: 2024-05-31\n", 1);
    assert_eq!(problems(&[("policy.md", whole)])[0].code, Code::UnreadableDate);
}

#[test]
fn two_texts_of_one_policy_must_promise_the_same() {
    let full = text("We answer [within 30 days](answer:access).");
    let easy = "---\ncharity: Example Children's Trust\ntext: easy-read\n---\n\n![clock](picture:clock) We answer in \
                [one month](answer:access).\n";
    let found = problems(&[("easy.md", easy.to_owned()), ("full.md", full)]);
    let told: Vec<_> = found.iter().map(|problem| (problem.code, problem.file.as_str(), problem.place.line)).collect();
    assert_eq!(told, [(Code::Conflict, "easy.md", 6)]);
    assert!(found[0].message.contains("30 days in full.md on line 7"), "{}", found[0].message);
}

#[test]
fn a_text_of_another_policy_is_not_taken_for_one_of_this() {
    let full = text("Fine.").replacen("---\n", "---\npolicy: ours\n", 1);
    let other = text("Fine.").replacen("---\n", "---\nof: theirs\ntext: children\n", 1);
    assert_eq!(problems(&[("a.md", full), ("b.md", other)])[0].code, Code::FrontMatter);
}

#[test]
fn texts_of_two_charities_are_two_policies() {
    let one = text("We answer [within 30 days](answer:access).");
    let two = text("We answer [within one month](answer:access).").replace("Example", "Other");
    let reading = read(&[Source::new("one.md", one), Source::new("two.md", two)]);
    assert_eq!((reading.policies.len(), reading.problems.len()), (2, 0));
    let sources: Vec<_> = reading.policies.iter().map(|policy| policy.full().source.clone()).collect();
    assert!(Policy::read(&sources).is_err(), "a book has one policy");
}

#[test]
fn easy_read_wants_short_sentences_pictures_and_easy_words() {
    let whole = text("Fine.").replacen("---\n", "---\ntext: easy-read\n", 1)
        + "\n![calender](picture:calender) We answer you.\n\n\
           ![eye](picture:eye) One two three four five six seven eight nine ten eleven twelve thirteen fourteen \
           fifteen sixteen.\n\n![eye](picture:eye) We need your consent.\n";
    let found = problems(&[("easy.md", whole)]);
    let codes: Vec<_> = found.iter().map(|problem| problem.code).collect();
    for code in [Code::UnknownPicture, Code::EasyReadSentence, Code::EasyReadHardWord, Code::EasyReadRow] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    let long = found.iter().find(|problem| problem.code == Code::EasyReadSentence).unwrap();
    assert!(long.message.contains("16 words"), "{}", long.message);
}

#[test]
fn fifteen_words_pass_and_an_explained_word_is_no_longer_hard() {
    let whole = "---\ncharity: Example\ntext: easy-read\n---\n\n![eye](picture:eye) One two three four five six seven \
                 eight nine ten eleven twelve thirteen fourteen fifteen.\n\n![pen](picture:pen) **Consent** is to say \
                 yes.\n\n![pen](picture:pen) We need your consent.\n";
    let found = problems(&[("easy.md", whole.to_owned())]);
    let errors: Vec<_> = found.iter().filter(|problem| problem.is_error()).map(|problem| problem.code).collect();
    assert_eq!(errors, [Code::MissingSetting, Code::MissingSetting]);
}

#[test]
fn long_sentences_on_average_are_a_warning() {
    let row = "![pen](picture:pen) We go to the shop and we buy a lot of red and green food.\n\n";
    let whole = format!("---\ncharity: Example\ntext: easy-read\n---\n\n{}", row.repeat(3));
    let found = problems(&[("easy.md", whole)]);
    let mean: Vec<_> = found
        .iter()
        .filter(|problem| problem.code == Code::EasyReadSentence || problem.code == Code::EasyReadMean)
        .collect();
    assert!(mean.iter().any(|problem| problem.code == Code::EasyReadMean && !problem.is_error()), "{found:#?}");
}

#[test]
fn all_errors_of_a_text_come_in_one_run_in_the_order_of_the_text() {
    let body = "We answer [soon](answer:access). [K23]\n\nWe look [every year](reveiw:policy). [K23]\n\n\
                We keep it [ten years](keep:childs/leaving).";
    let found = problems(&[("policy.md", text(body))]);
    insta::assert_snapshot!("all_errors_in_one_run", report(&found));
}

#[test]
fn a_conflict_between_two_texts_reads_well() {
    let full = text("We answer [within 30 days](answer:access). [K23]");
    let children =
        text("You hear from us [in two weeks](answer:access).").replacen("---\n", "---\ntext: children\n", 1);
    insta::assert_snapshot!(
        "conflict_between_texts",
        report(&problems(&[("full.md", full), ("children.md", children)]))
    );
}

#[test]
fn a_promise_longer_than_the_law_reads_well() {
    insta::assert_snapshot!(
        "longer_than_law",
        report(&problems(&[("policy.md", text("We answer [within six weeks](answer:access). [K23]"))]))
    );
}
