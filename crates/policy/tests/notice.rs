//! From text to notice: sentences are cut where people would cut them, and nothing but the words reaches the page.

#![expect(clippy::unwrap_used, reason = "tests")]

use jiff::civil::date;
use policy::sentence::sentences;
use policy::{Block, Policy, Source, TextKind, notice, notice_html, notice_of, read};

fn policy(body: &str) -> Policy {
    let text = format!(
        "---\ncharity: Example & Friends\nadopted: 2024-06\n---\n\nAsk [the Trustees](ask:access/to). We keep files \
         [six years](keep:child/leaving).\n\n{body}\n"
    );
    Policy::read(&[Source::new("policy.md", text)]).unwrap()
}

#[test]
fn sentences_end_where_people_would_end_them() {
    let cases: [(&str, &[&str]); 8] = [
        ("We ask. We tell.", &["We ask.", "We tell."]),
        ("See ico.org.uk for help. Then write.", &["See ico.org.uk for help.", "Then write."]),
        ("Somebody, e.g. a doctor, told us.", &["Somebody, e.g. a doctor, told us."]),
        ("Dr. Example told us (see No. 4). We keep it.", &["Dr. Example told us (see No. 4).", "We keep it."]),
        ("You can say no. We do as you say.", &["You can say no.", "We do as you say."]),
        ("Who can see it? Staff can!", &["Who can see it?", "Staff can!"]),
        ("Lost", &["Lost"]),
        ("He said “no.” We stopped.", &["He said “no.”", "We stopped."]),
    ];
    for (text, expected) in cases {
        let found: Vec<_> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_mark_belongs_to_the_sentence_before_it() {
    let policy =
        policy("We ask. [X1] We tell [X2]. We help. [X3, X4] [X5]\n\n[X6] We stay.\n\n- Staff \\[X7\\] may. [X8]");
    let told: Vec<_> = policy
        .promises()
        .iter()
        .filter(|promise| !promise.clauses.is_empty())
        .map(|promise| {
            let ids: Vec<_> = promise.clauses.iter().map(ToString::to_string).collect();
            format!("{}: {}", ids.join(" "), promise.text)
        })
        .collect();
    assert_eq!(told, ["X1: We ask.", "X2: We tell.", "X3 X4 X5: We help.", "X6: We stay.", "X8: Staff [X7] may."]);
}

#[test]
fn a_sentence_without_a_live_phrase_is_a_statement_even_with_an_ordinary_link() {
    let policy = policy("We care. See [our site](https://example.org). We answer [in 30 days](answer:access).");
    let told: Vec<_> = policy.statements().map(|sentence| sentence.text.as_str()).collect();
    assert_eq!(told, ["We care.", "See our site."]);
}

#[test]
fn no_markup_of_the_text_reaches_the_page() {
    let policy = policy(
        "<script>alert(1)</script>\n\nA <b onclick=x>bold</b> claim & more. <!-- for the editor -->\n\n\
         [here](\"><script>) <!-- gone -->",
    );
    let html = notice_html(&policy);
    assert!(!html.contains("<script") && !html.contains("<b ") && !html.contains("for the editor"), "{html}");
    assert!(html.contains("&lt;script&gt;") && html.contains("claim &amp; more"), "{html}");
}

#[test]
fn a_comment_over_several_lines_is_for_the_editor_alone() {
    let policy = policy("<!-- One [Q1]\ntwo\n\nthree. -->\n\nFour <!-- five\nnine --> seven.");
    let html = notice_html(&policy);
    assert!(!["One", "two", "three", "five", "nine", "--&gt;"].iter().any(|word| html.contains(word)), "{html}");
    assert!(html.contains("Four  seven.") && policy.clauses().is_empty(), "{html}");
    assert_eq!(policy.statements().count(), 1);
}

#[test]
fn an_address_can_be_followed() {
    let html = notice_html(&policy(
        "Write to [data@example.org](contact:data-protection) or see [ico.org.uk](contact:regulator).",
    ));
    assert!(html.contains("<a href=\"mailto:data@example.org\">data@example.org</a>"), "{html}");
    assert!(html.contains("<a href=\"https://ico.org.uk\">ico.org.uk</a>"), "{html}");
}

#[test]
fn a_link_to_a_script_is_not_made() {
    let text = "---\ncharity: Example\n---\n\nSee [this](javascript:alert(1)) and [that](/notices/that.html).\n";
    let reading = read(&[Source::new("policy.md", text)]);
    let html = notice_html(&reading.policies[0]);
    assert!(!html.contains("javascript") && html.contains("<a href=\"/notices/that.html\">that</a>"), "{html}");
}

#[test]
fn headings_step_down_one_by_one_and_keep_their_ids() {
    let policy = policy("## One {#one}\n\nA.\n\n#### Deep\n\nB.\n\n## Two\n\nC.");
    let html = notice_html(&policy);
    for heading in ["<h2 id=\"one\">One</h2>", "<h3 id=\"deep\">Deep</h3>", "<h2 id=\"two\">Two</h2>"] {
        assert!(html.contains(heading), "{heading} in {html}");
    }
}

#[test]
fn a_notice_carries_its_facts_marks_tables_and_live_words() {
    let policy =
        policy("We answer [in 30 days](answer:access). [X1]\n\n| Plain | Special |\n|---|---|\n| Name | Health |");
    let notice = notice(&policy);
    assert_eq!(notice.title, "Example & Friends: how we use information");
    assert_eq!(notice.facts, [("In force since".to_owned(), "June 2024".to_owned())]);
    insta::assert_snapshot!("notice_fragment", notice_html(&policy));
}

#[test]
fn an_easy_read_row_is_a_picture_and_its_words() {
    let text = "---\ncharity: Example\ntext: easy-read\nof: ours\n---\n\n![eye](picture:eye) We look.\n";
    let reading = read(&[Source::new("easy.md", text)]);
    let policy = &reading.policies[0];
    let notice = notice_of(policy.text(TextKind::EasyRead).unwrap(), policy.front());
    let [Block::Row { picture, text }] = notice.blocks.as_slice() else { panic!("{:?}", notice.blocks) };
    assert_eq!((picture.as_str(), policy::document::plain(text).as_str()), ("eye", "We look."));
}

#[test]
fn the_next_review_is_given_or_follows_from_the_cycle() {
    assert_eq!(policy("Fine.").review_due(), Some(date(2026, 6, 1)), "usual practice is two years");
    assert_eq!(policy("We look at it [every year](review:policy).").review_due(), Some(date(2025, 6, 1)));
}

#[test]
fn deep_nesting_is_flattened_and_nothing_is_lost() {
    let policy = policy(&format!("{} We answer [in 30 days](answer:access).", ">".repeat(5_000)));
    assert!(policy.settings().says("answer:access"));
}
