//! Tests of covering words.

use proptest::prelude::*;

use super::*;
use RedactionReason::{AboutSomeoneElse, LegalAdvice, SeriousHarm};

const NOTE: &str = "Ada came with Liam Okafor. Zoë rang later.";

fn span(text: &str, words: &str, reason: RedactionReason) -> Span {
    let start = text.find(words).unwrap();
    Span { start, end: start + words.len(), reason }
}

fn shown(segments: &[Segment]) -> String {
    segments.iter().map(|s| if let Segment::Shown(words) = s { words.as_str() } else { "■" }).collect()
}

#[test]
fn covered_words_are_gone_and_the_rest_is_untouched() {
    let redactions = Redactions::new(NOTE, [span(NOTE, "Liam Okafor", AboutSomeoneElse)]).unwrap();
    let cut = segments(NOTE, &redactions, &mut Numbering::default());
    assert_eq!(shown(&cut), "Ada came with ■. Zoë rang later.");
    assert_eq!(redactions.withheld(NOTE), ["Liam Okafor"]);
}

#[test]
fn overlapping_spans_become_one_with_the_stronger_reason() {
    let spans = [span(NOTE, "Liam Okafor", LegalAdvice), span(NOTE, "with Liam", SeriousHarm)];
    let redactions = Redactions::new(NOTE, spans).unwrap();
    assert_eq!(redactions.spans().len(), 1);
    assert_eq!(redactions.withheld(NOTE), ["with Liam Okafor"]);
    assert_eq!(redactions.spans()[0].reason, SeriousHarm);
}

#[test]
fn two_boxes_side_by_side_become_one_so_that_words_cannot_be_counted() {
    let spans = [span(NOTE, "Liam", AboutSomeoneElse), span(NOTE, "Okafor", AboutSomeoneElse)];
    assert_eq!(Redactions::new(NOTE, spans).unwrap().withheld(NOTE), ["Liam Okafor"]);
}

#[test]
fn a_box_says_nothing_about_how_much_it_hides() {
    let long = "x".repeat(5_000);
    let one = |text: &str| {
        let all = Span { start: 0, end: text.len(), reason: AboutSomeoneElse };
        let cut = segments(text, &Redactions::new(text, [all]).unwrap(), &mut Numbering::default());
        paragraphs(&cut)
    };
    assert_eq!(one("x"), one(&long));
}

#[test]
fn spans_that_do_not_fit_are_refused_with_their_place() {
    let refuse = |start, end| Redactions::new(NOTE, [Span { start, end, reason: LegalAdvice }]).unwrap_err();
    let zoe = NOTE.find('ë').unwrap();
    assert!(matches!(refuse(5, 5), SpanError::Empty { .. }));
    assert!(matches!(refuse(0, 999), SpanError::PastTheEnd { .. }));
    assert_eq!(refuse(0, zoe + 1), SpanError::CutsCharacter { index: 0, at: zoe + 1 });
}

#[test]
fn redactions_made_for_another_text_cover_too_much_rather_than_too_little() {
    let redactions = Redactions::new(NOTE, [span(NOTE, "Liam", LegalAdvice)]).unwrap();
    let other = "ünïcödé ïs hërë, änd it ïs löng ënöugh";
    let cut = segments(other, &redactions, &mut Numbering::default());
    assert!(cut.iter().any(|segment| matches!(segment, Segment::Covered { .. })));
    let short = segments("short", &redactions, &mut Numbering::default());
    assert_eq!(shown(&short), "■");
}

#[test]
fn paragraphs_keep_line_breaks_and_empty_lines() {
    let text = "One\nsecret\n\n\nThree\n";
    let redactions = Redactions::new(text, [span(text, "secret", AboutSomeoneElse)]).unwrap();
    let out = paragraphs(&segments(text, &redactions, &mut Numbering::default()));
    assert_eq!(
        out,
        vec![
            vec![Inline::Text("One".into()), Inline::LineBreak, Inline::Redacted { number: 1, reason: 1 }],
            vec![Inline::Text("Three".into())],
        ]
    );
}

#[test]
fn find_all_forgives_case_accents_spacing_and_apostrophes() {
    let text = "ZOE\u{308} met o\u{2019}neil; Zoe O'Neil\u{a0}and ONeil, Mary  \n Ann. Zoetrope, O'Neils.";
    let find = |term: &str| {
        let term = Term::new(term).unwrap();
        find_all(&term, text).into_iter().map(|range| &text[range]).collect::<Vec<_>>()
    };
    assert_eq!(find("zoë"), ["ZOE\u{308}", "Zoe"]);
    assert_eq!(find("O'Neil"), ["o\u{2019}neil", "O'Neil", "ONeil"]);
    assert_eq!(find("oneil"), ["o\u{2019}neil", "O'Neil", "ONeil"]);
    assert_eq!(find("mary ann"), ["Mary  \n Ann"]);
    assert_eq!(find("Ann Marie"), Vec::<&str>::new());
}

#[test]
fn find_all_keeps_to_whole_words_and_reads_nothing_as_a_pattern() {
    let ann = Term::new("Ann").unwrap();
    assert_eq!(find_all(&ann, "Annabel, Joann, Ann's").len(), 1);
    assert_eq!(find_all(&Term::new("a.b (c)").unwrap(), "axb c; a.b (c)"), vec![7..14]);
    assert!(Term::new(" .* ").is_none());
    assert_eq!(find_in_all(&ann, ["none", "Ann", "ann ann"]).len(), 3);
}

#[test]
fn redactions_move_with_unchanged_text_and_are_lost_in_changed_text() {
    let old = "Ada lives with Liam. Her aunt Bea visits. Call Cyn.";
    let new = "Ada lives with Liam. Her uncle visits on Sunday. Call Cyn.";
    let spans =
        [span(old, "Liam", AboutSomeoneElse), span(old, "Bea", AboutSomeoneElse), span(old, "Cyn", LegalAdvice)];
    let carried = carry(old, new, &Redactions::new(old, spans).unwrap());
    let kept: Vec<&str> = carried.kept.iter().map(|span| &new[span.start..span.end]).collect();
    assert_eq!(kept, ["Liam", "Cyn"]);
    assert_eq!(carried.lost.len(), 1);
}

#[test]
fn a_reason_that_would_give_itself_away_is_not_named() {
    for reason in RedactionReason::ALL.into_iter().filter(|reason| !reason.is_told()) {
        assert_eq!((reason.public_number(), reason.public_name()), (8, "Another legal reason"));
        let words = [reason.told(), reason.public_law(), reason.public_name()].join(" ").to_lowercase();
        for hint in ["crime", "abuse", "adoption", "police", "paragraph"] {
            assert!(!words.contains(hint), "{reason:?} says {hint}");
        }
    }
}

#[test]
fn every_reason_has_its_own_code_and_number() {
    for (index, reason) in RedactionReason::ALL.into_iter().enumerate() {
        assert_eq!(RedactionReason::from_code(reason.code()), Some(reason));
        assert_eq!(reason.number() as usize, index + 1);
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
    }
}

fn text_and_spans() -> impl Strategy<Value = (String, Vec<Span>)> {
    ("[a-zé \n]{1,60}", proptest::collection::vec((0_usize..60, 1_usize..20, 0_usize..11), 0..8)).prop_map(
        |(text, raw)| {
            let snap = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let spans = raw.iter().map(|(start, length, reason)| Span {
                start: snap(*start),
                end: snap(start + length),
                reason: RedactionReason::ALL[*reason],
            });
            let spans = spans.filter(|span| span.start < span.end).collect();
            (text, spans)
        },
    )
}

proptest! {
    #[test]
    fn nothing_covered_is_ever_shown((text, spans) in text_and_spans()) {
        let redactions = Redactions::new(&text, spans.clone()).unwrap();
        let cut = segments(&text, &redactions, &mut Numbering::default());
        let covered: usize = redactions.spans().iter().map(|span| span.end - span.start).sum();
        let visible: usize = cut.iter().map(|s| if let Segment::Shown(words) = s { words.len() } else { 0 }).sum();
        prop_assert_eq!(visible + covered, text.len());
        for at in spans.iter().flat_map(|span| span.start..span.end) {
            prop_assert!(redactions.spans().iter().any(|span| (span.start..span.end).contains(&at)));
        }
        prop_assert!(redactions.spans().windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn carried_spans_cover_the_same_words(old in "[ab ]{0,30}", new in "[ab ]{0,30}", start in 0_usize..30, length in 1_usize..9) {
        let end = (start + length).min(old.len());
        prop_assume!(start < end);
        let redactions = Redactions::new(&old, [Span { start, end, reason: SeriousHarm }]).unwrap();
        let carried = carry(&old, &new, &redactions);
        prop_assert_eq!(carried.kept.len() + carried.lost.len(), 1);
        for span in carried.kept {
            prop_assert_eq!(&new[span.start..span.end], &old[start..end]);
        }
    }
}
