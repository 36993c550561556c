//! All parts on one page, to look at while building and to test in a browser. Never in the released program.

use crate::components::{
    Cell, ClauseBoard, ClauseRow, ClauseState, ClockLine, ClockPanel, Covered, EasyRead, EasyReadRow, Entry,
    Pagination, Review, ReviewRow, Span, SummaryList, Table, Tag, Task, TaskList, TaskState, Timeline, Tone, Urgency,
    Warning, WarningStrip,
};
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, SignedIn, Title};
use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// `/gallery` (an access request), `/gallery/parts`, `/gallery/sign-in`, `/gallery/review`.
pub fn routes() -> Router {
    Router::new()
        .route("/gallery", get(async || Page::new(CasePage::sample())))
        .route("/gallery/parts", get(async || Page::new(PartsPage::sample()).with_status(StatusCode::OK)))
        .route("/gallery/sign-in", get(async || Page::new(SignInPage::sample())))
        .route("/gallery/review", get(async || Page::new(ReviewPage::sample())))
        .route("/hide", axum::routing::post(blank))
}

async fn blank() -> Response {
    (
        [(axum::http::header::CONTENT_TYPE, "text/html; charset=utf-8")],
        "<!doctype html><html lang=\"en\"><title>Blank</title>",
    )
        .into_response()
}

const CHARITY: &str = "Hazel Tree Children’s Trust";

fn shell(words: &'static str, section: Section) -> Shell {
    let who = SignedIn { name: "Ada Sample".into(), sections: Section::ALL.to_vec() };
    Shell::staff(CHARITY, Title::new(words).reference("REQ-2026-0042"), who)
        .within(section)
        .demo(true)
        .printed("Printed by Ada Sample, data protection lead, on 22 November 2026 at 2:05pm")
}

#[derive(Template)]
#[template(path = "gallery/case.html")]
struct CasePage {
    shell: Shell,
    warnings: WarningStrip,
    state: Tag,
    facts: SummaryList,
    tasks: TaskList,
    clock: ClockPanel,
    timeline: Timeline,
}

impl CasePage {
    fn sample() -> Self {
        let warnings = vec![Warning {
            title: "Safe address".into(),
            text: "Do not write to the address of the child’s father. Use the address below only.".into(),
        }];
        let tasks = TaskList::new([
            Task::new("Acknowledge", "#", TaskState::Done),
            Task::new("Who is asking, and may they?", "#", TaskState::Done),
            Task::new("Search places", "#", TaskState::SomethingMissing)
                .hint("The paper folder of 2024 has no answer yet"),
            Task::new("Review", "#", TaskState::InProgress).hint("14 of 37 documents"),
            Task::new("Second check", "#", TaskState::NotStarted),
            Task::new("Wait for the school’s answer", "#", TaskState::Waiting),
            Task::new("Send", "#", TaskState::CannotStartYet),
        ]);
        let line = |because: &str, gives: &str| ClockLine { because: because.into(), gives: gives.into() };
        let clock = ClockPanel {
            title: "Reply due".into(),
            date: "Tuesday 22 December 2026".into(),
            distance: "in 5 days".into(),
            urgency: Urgency::Soon,
            lines: vec![
                line("Letter received", "14 November 2026"),
                line("One month later (K21)", "14 December 2026"),
                line("Paused while we asked what they want", "20 to 27 November, both days counted: 8 days"),
                line("So the reply is due", "Tuesday 22 December 2026"),
            ],
            note: "Worked out today at 2:05pm".into(),
        };
        let entries = vec![
            Entry {
                by: "Data protection lead".into(),
                text: Some("Asked whether they want the photographs too.\nThey do not.".into()),
                tags: vec![Tag::new("In confidence", Tone::Purple)],
                ..Entry::new("Question answered", "27 November 2026")
            },
            Entry {
                by: "Family worker, Riverside".into(),
                written: "written 16 November 2026".into(),
                link: Some(("Read the letter".into(), "#".into())),
                ..Entry::new("Letter received by post", "14 November 2026")
            },
        ];
        Self {
            shell: shell("Access request", Section::Requests).result("Recorded. Next: search the last place.", true),
            warnings: WarningStrip { warnings },
            state: Tag::new("In progress", Tone::Purple),
            facts: SummaryList::new()
                .fact("About", "Robin Example, 11")
                .fact("Asked by", "Jo Example, mother")
                .action("Change", "#", "who asked")
                .fact("Send to", vec!["12 Sample Street".to_owned(), "Anytown".to_owned(), "ZZ1 1ZZ".to_owned()])
                .action("Change", "#", "address")
                .fact("Came by", "Letter"),
            tasks,
            clock,
            timeline: Timeline { entries },
        }
    }
}

#[derive(Template)]
#[template(path = "gallery/parts.html")]
struct PartsPage {
    shell: Shell,
    form: Form,
    table: Table,
    pages: Pagination,
    board: ClauseBoard,
    easy: EasyRead,
    tags: Vec<Tag>,
    pictures: Vec<(&'static str, &'static str)>,
    late: ClockPanel,
    stopped: ClockPanel,
}

impl PartsPage {
    fn sample() -> Self {
        let picture = |picture: &str, words: &str| EasyReadRow { picture: picture.into(), words: words.into() };
        let panel = |title: &str, date: &str, distance: &str, urgency| ClockPanel {
            title: title.into(),
            date: date.into(),
            distance: distance.into(),
            urgency,
            ..ClockPanel::default()
        };
        Self {
            shell: shell("Parts", Section::Board).result("One address is missing. Letters cannot go out yet.", false),
            form: sample_form(),
            table: sample_table(),
            pages: Pagination::new(4, 12, |page| format!("?page={page}")),
            board: sample_board(),
            easy: EasyRead {
                rows: vec![
                    picture("letter", "We have your letter."),
                    picture("calendar", "We will write back by 22 December."),
                    picture("covered-page", "We hid some words."),
                    picture("two-people", "They are about someone else."),
                ],
            },
            tags: vec![
                Tag::new("New", Tone::Plain),
                Tag::new("Not started", Tone::Grey),
                Tag::new("In progress", Tone::Purple),
                Tag::new("Due in 5 days", Tone::Yellow),
                Tag::new("Kept", Tone::Green),
                Tag::new("Late by 2 days", Tone::Red),
            ],
            pictures: assets::pictures().map(|asset| (asset.name, asset.path)).collect(),
            late: panel("Reply was due", "Friday 20 November 2026", "late by 2 days", Urgency::Late),
            stopped: panel("Reply due", "not running", "Paused since 20 November", Urgency::Stopped),
        }
    }
}

fn sample_board() -> ClauseBoard {
    let clause = |id: &str, words: &str, state, reason: &str| ClauseRow {
        id: id.into(),
        href: "#".into(),
        words: words.into(),
        state,
        reason: reason.into(),
        evidence: String::new(),
    };
    ClauseBoard {
        clauses: vec![
            clause("K19", "We answer within 30 days.", ClauseState::Kept, "14 of 14 answered in time since April."),
            clause(
                "K20",
                "We check who is asking.",
                ClauseState::Slipping,
                "2 of 14 were checked after the search began.",
            ),
            clause(
                "K23",
                "A second person reads the pack.",
                ClauseState::NotKept,
                "REQ-2026-0031 went out with one reader.",
            ),
            clause("K30", "Staff are trained every year.", ClauseState::NotMeasured, "Nothing here can tell."),
        ],
    }
}

fn sample_form() -> Form {
    let mut form = Form::new()
        .ask(Field::text("given-name", "Given name").hint("As the person writes it").value("Robin").width(20))
        .ask(
            Field::date("received", "When did the letter come?")
                .hint("For example, 4 11 2026")
                .parts("31", "2", "2026"),
        )
        .ask(Field::radios(
            "channel",
            "How did it come?",
            [
                Choice::new("letter", "Letter"),
                Choice::new("email", "E-mail").hint("Keep the original message"),
                Choice::divider("or"),
                Choice::new("other", "Some other way").reveal(Field::text("which", "Which?").width(20)),
            ],
        ))
        .ask(Field::checkboxes(
            "wants",
            "What do they want?",
            [Choice::new("notes", "Notes"), Choice::new("letters", "Letters"), Choice::new("photos", "Photographs")],
        ))
        .ask(Field::select("service", "Service", [Choice::new("", "Choose"), Choice::new("1", "Riverside")]))
        .ask(Field::area("note", "Note").hint("Facts first, then what you think").rows(4))
        .ask(Field::text("days", "How long?").suffix("days").width(4).inputmode("numeric"))
        .ask(Field::file("original", "The letter, scanned").accept(".pdf"));
    form.error("received", "Enter a date that exists: February 2026 has 28 days");
    form.error("channel", "Choose how it came");
    form
}

fn sample_table() -> Table {
    Table::new("Open requests")
        .column("Number")
        .column("What")
        .column("Due")
        .column("State")
        .numbers("Documents")
        .named_rows()
        .cards()
        .row([
            Cell::link("REQ-2026-0042", "#"),
            "Access".into(),
            "Tue 22 Dec 2026".into(),
            Tag::new("Due in 5 days", Tone::Yellow).into(),
            "37".into(),
        ])
        .row([
            Cell::link("REQ-2026-0041", "#"),
            "Access".into(),
            "Fri 20 Nov 2026".into(),
            Tag::new("Late by 2 days", Tone::Red).into(),
            "112".into(),
        ])
}

#[derive(Template)]
#[template(path = "gallery/sign_in.html")]
struct SignInPage {
    shell: Shell,
    form: Form,
}

impl SignInPage {
    fn sample() -> Self {
        Self {
            shell: Shell::public(CHARITY, Title::new("Sign in")).demo(true),
            form: Form::new()
                .ask(Field::email("email", "E-mail address").autocomplete("username"))
                .ask(Field::password("password", "Password")),
        }
    }
}

#[derive(Template)]
#[template(path = "gallery/review.html")]
struct ReviewPage {
    shell: Shell,
    review: Review,
    seen: Review,
}

impl ReviewPage {
    fn sample() -> Self {
        let plain = |words: &str| Span::Plain(words.into());
        let suggested = |words: &str, id: &str| Span::Suggested {
            words: words.into(),
            why: "name of another child".into(),
            id: id.into(),
        };
        let row = |number, ticked, spans| ReviewRow { number, spans, ticked };
        let opening = "Robin came on time and stayed for the whole session. We drew a map of the way to school.";
        let covered = || Span::Covered(Covered { reason: 1, why: "about someone else".into() });
        Self {
            shell: shell("Review", Section::Requests),
            review: Review {
                title: "Note of 3 March 2026".into(),
                id: "row".into(),
                rows: vec![
                    row(1, Some(false), vec![plain(opening)]),
                    row(
                        2,
                        Some(false),
                        vec![
                            plain("Afterwards "),
                            suggested("Kim Placeholder", "s1"),
                            plain(" joined us, and Robin was glad of it."),
                        ],
                    ),
                    row(
                        3,
                        Some(true),
                        vec![
                            plain("His teacher, "),
                            Span::Marked { words: "Mr Invented".into(), reason: 1, why: "about someone else".into() },
                            plain(", had rung that morning."),
                        ],
                    ),
                    row(
                        4,
                        Some(false),
                        vec![plain("Phone of the aunt: "), suggested("01632 960 001", "s2"), plain(".")],
                    ),
                ],
            },
            seen: Review {
                title: "As the requester sees it".into(),
                id: "seen".into(),
                rows: vec![
                    row(1, None, vec![plain(opening)]),
                    row(2, None, vec![plain("Afterwards "), covered(), plain(" joined us, and Robin was glad of it.")]),
                ],
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every start tag of the gallery, so that rules about markup can be tested on all parts at once.
    fn pages() -> Vec<String> {
        vec![
            CasePage::sample().render().unwrap(),
            PartsPage::sample().render().unwrap(),
            SignInPage::sample().render().unwrap(),
            ReviewPage::sample().render().unwrap(),
        ]
    }

    #[test]
    fn no_part_needs_an_inline_script_or_style() {
        for page in pages() {
            for inline in [" style=", "<style", " onclick", " onload", "javascript:", "<script>"] {
                assert!(!page.contains(inline), "{inline} is forbidden by the Content Security Policy");
            }
        }
    }

    #[test]
    fn no_two_places_on_a_page_have_the_same_id() {
        for page in pages() {
            let mut ids: Vec<_> =
                page.match_indices(" id=\"").map(|(at, _)| page[at + 5..].split('"').next().unwrap()).collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{ids:?}");
        }
    }

    #[test]
    fn whatever_describes_or_labels_something_is_on_the_page() {
        for page in pages() {
            for attribute in [" aria-describedby=\"", " for=\"", " aria-controls=\"", " aria-labelledby=\""] {
                for (at, _) in page.match_indices(attribute) {
                    for id in page[at + attribute.len()..].split('"').next().unwrap().split(' ') {
                        assert!(page.contains(&format!(" id=\"{id}\"")), "{attribute}{id}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_page_has_one_first_heading_and_one_main_part() {
        for page in pages() {
            assert_eq!(page.matches("<h1").count(), 1);
            assert_eq!(page.matches("<main").count(), 1);
            assert!(page.contains("href=\"#main-content\""));
        }
    }

    #[test]
    fn titles_hold_no_name() {
        for page in pages() {
            let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
            assert!(!["Robin", "Jo ", "Ada", "Kim"].iter().any(|name| title.contains(name)), "{title}");
        }
    }

    #[test]
    fn the_requesters_view_holds_nothing_of_what_is_covered() {
        let seen = ReviewPage::sample().seen.to_string();
        assert!(seen.contains("gb-review__covered") && !seen.contains("Kim Placeholder"));
    }
}
