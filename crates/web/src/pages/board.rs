//! The board: every promise of the policy, and a page for each clause.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use duties::board::{BoardLine, Standing, see_board};
use duties::policy::Principle;

use crate::app::{App, problem};
use crate::components::{Breadcrumbs, ClauseBoard, ClauseRow, ClauseState, SummaryList};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::who::Who;

/// The board's pages.
pub fn routes() -> Router<App> {
    Router::new().route("/board", get(board)).route("/board/{clause}", get(clause))
}

/// What to show.
#[derive(Debug, serde::Deserialize)]
struct Asked {
    show: Option<String>,
}

struct Filter {
    words: &'static str,
    href: String,
    count: usize,
    here: bool,
}

struct Group {
    name: &'static str,
    board: ClauseBoard,
}

#[derive(Template)]
#[template(path = "board/board.html")]
struct BoardPage {
    shell: Shell,
    filters: Vec<Filter>,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "board/clause.html")]
struct ClausePage {
    shell: Shell,
    trail: Breadcrumbs,
    reference: String,
    sentences: Vec<Sentence>,
}

struct Sentence {
    text: String,
    facts: SummaryList,
    exceptions: Vec<String>,
}

async fn board(State(app): State<App>, Who(who): Who, Query(asked): Query<Asked>) -> Result<Page<BoardPage>, Problem> {
    let lines = see_board(&app.office, &who).await.map_err(problem)?;
    let shown = asked.show.and_then(|slug| Standing::ALL.into_iter().find(|standing| standing.slug() == slug));
    let shell = app.shell(&Who(who), Title::new("How our promises stand")).await?.at(Section::Board);
    let filters = filters(&lines, shown);
    let groups = groups(lines.iter().filter(|line| shown.is_none_or(|standing| line.standing() == standing)));
    Ok(Page::new(BoardPage { shell, filters, groups }))
}

fn filters(lines: &[BoardLine], shown: Option<Standing>) -> Vec<Filter> {
    let all = Filter { words: "All", href: "/board".to_owned(), count: lines.len(), here: shown.is_none() };
    let one = |standing: Standing| Filter {
        words: standing.words(),
        href: format!("/board?show={}", standing.slug()),
        count: lines.iter().filter(|line| line.standing() == standing).count(),
        here: shown == Some(standing),
    };
    [all].into_iter().chain(Standing::ALL.map(one)).collect()
}

/// The lines under the seven principles; the charity's own promises come last.
fn groups<'a>(lines: impl Iterator<Item = &'a BoardLine>) -> Vec<Group> {
    let lines: Vec<&BoardLine> = lines.collect();
    let of = |principle: Option<Principle>| {
        lines.iter().filter(|line| line.principle == principle).map(|line| row(line)).collect()
    };
    Principle::ALL
        .into_iter()
        .map(|principle| Group { name: principle.name(), board: ClauseBoard { clauses: of(Some(principle)) } })
        .chain([Group { name: "Our own promises", board: ClauseBoard { clauses: of(None) } }])
        .filter(|group| !group.board.clauses.is_empty())
        .collect()
}

fn row(line: &BoardLine) -> ClauseRow {
    ClauseRow {
        id: line.clauses.join(" "),
        href: line.clauses.first().map_or_else(String::new, |id| format!("/board/{id}")),
        words: line.text.clone(),
        state: state(line.standing()),
        reason: line.why(),
        evidence: line.measure.as_ref().map_or_else(String::new, |measure| measure.evidence.clone()),
    }
}

fn state(standing: Standing) -> ClauseState {
    match standing {
        Standing::Kept => ClauseState::Kept,
        Standing::Slipping => ClauseState::Slipping,
        Standing::NotKept => ClauseState::NotKept,
        Standing::NotMeasured => ClauseState::NotMeasured,
    }
}

async fn clause(
    State(app): State<App>,
    Who(who): Who,
    Path(clause): Path<String>,
) -> Result<Page<ClausePage>, Problem> {
    let lines = see_board(&app.office, &who).await.map_err(problem)?;
    let sentences: Vec<Sentence> = lines.iter().filter(|line| line.clauses.contains(&clause)).map(sentence).collect();
    if sentences.is_empty() {
        return Err(Problem::NotFound);
    }
    let title = Title::new("Promise").reference(&clause);
    let shell = app.shell(&Who(who), title).await?.within(Section::Board);
    let trail = Breadcrumbs { trail: vec![("Board".to_owned(), "/board".to_owned())] };
    Ok(Page::new(ClausePage { shell, trail, reference: clause, sentences }))
}

fn sentence(line: &BoardLine) -> Sentence {
    let kinds: Vec<&str> = line.kinds.iter().map(|kind| kind.word()).collect();
    let mut facts = SummaryList::new().fact("State", state(line.standing()).tag()).fact("Why", line.why());
    if let Some(measure) = &line.measure {
        facts = facts.fact("What was counted", measure.evidence.clone());
    }
    facts = facts
        .fact("How it is kept", if kinds.is_empty() { "by people".to_owned() } else { kinds.join(", ") })
        .fact("Principle", line.principle.map_or("our own", Principle::name))
        .fact("Section of the policy", line.section.clone().unwrap_or_else(|| "the beginning".to_owned()));
    for (about, value) in &line.settings {
        facts = facts.fact(format!("Sets {about}"), value.clone());
    }
    let exceptions = line.measure.as_ref().map_or_else(Vec::new, |measure| measure.exceptions.clone());
    Sentence { text: line.text.clone(), facts, exceptions }
}
