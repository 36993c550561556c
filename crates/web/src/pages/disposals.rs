//! Keep or dispose (S17): files whose time is over, putting one forward, agreeing as the second person, calling it off,
//! and the certificates of what was done (K29).

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form as Posting, Router};
use duties::keeping::{
    Certificate, DisposalLine, DisposalStands, DisposalView, DisposeError, Obstacle, agree_disposal, call_off_disposal,
    certificate, certificate_paper, certificates, due_disposals, put_forward, view_disposal,
};
use duties::papers::typeset;
use serde::Deserialize;

use askama::Template;

use crate::app::{App, problem, stopped_at};
use crate::components::{Cell, SummaryList, Table, Tag, Tone};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::people::forms::day;
use crate::pages::requests::posted::{Posted, words};
use crate::pages::requests::step::{Part, StepPage};
use crate::records::FileId;
use crate::who::Who;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/disposals", get(list))
        .route("/disposals/certificates/{file}", get(paper))
        .route("/disposals/{file}", get(show).post(forward))
        .route("/disposals/{file}/agree", post(agree))
        .route("/disposals/{file}/call-off", post(call_off))
}

#[derive(Template)]
#[template(path = "disposals.html")]
struct ListPage {
    shell: Shell,
    counts: Vec<(&'static str, usize)>,
    due: Table,
    done: Table,
}

/// What was just done, in a fixed word.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

fn done_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "forward" => "Put forward. A second person agrees before anything happens.",
        "agreed" => "Agreed. It can be called off until the day that stands there.",
        "off" => "Called off. The file stays.",
        _ => return None,
    })
}

/// `GET /disposals`
pub async fn list(State(app): State<App>, who: Who, Query(done): Query<Done>) -> Result<Response, Problem> {
    let lines = due_disposals(&app.office, &who.0).await.map_err(problem)?;
    let certificates = certificates(&app.office, &who.0).await.map_err(problem)?;
    let mut shell = app.shell(&who, Title::new("Keep or dispose")).await?.within(Section::People);
    if let Some(words) = done_words(&done.done) {
        shell = shell.result(words, true);
    }
    let count = |which: fn(&DisposalStands) -> bool| lines.iter().filter(|line| which(&line.stands)).count();
    let counts = vec![
        ("to decide", count(|stands| *stands == DisposalStands::Due)),
        ("kept for a reason", count(|stands| matches!(stands, DisposalStands::Kept(_)))),
        ("waiting for a second person", count(|stands| *stands == DisposalStands::PutForward)),
        ("agreed, can be called off", count(|stands| matches!(stands, DisposalStands::Agreed(_)))),
    ];
    Ok(Page::new(ListPage { shell, counts, due: due_table(&lines), done: done_table(&certificates) }).into_response())
}

fn due_table(lines: &[DisposalLine]) -> Table {
    let head = Table::new("Files whose time is over, the longest over first")
        .column("Whose")
        .column("Last day with us")
        .column("Kept until")
        .column("Now")
        .named_rows()
        .cards();
    lines.iter().fold(head, |table, line| {
        let name = format!("{}, {}", line.name, line.class.words().to_lowercase());
        table.row([
            Cell::link(name, format!("/disposals/{}", line.file)),
            day(line.left).into(),
            day(line.kept_until).into(),
            stands_tag(&line.stands).into(),
        ])
    })
}

fn stands_tag(stands: &DisposalStands) -> Tag {
    match stands {
        DisposalStands::Due => Tag::new("Decide", Tone::Red),
        DisposalStands::Kept(why) => {
            let first = why.first().map_or_else(String::new, Obstacle::words);
            Tag::new(first.trim_end_matches('.').to_owned(), Tone::Plain)
        }
        DisposalStands::PutForward => Tag::new("Waits for the second person", Tone::Yellow),
        DisposalStands::Agreed(from) => Tag::new(format!("Destroyed on {}", day(*from)), Tone::Purple),
    }
}

fn done_table(certificates: &[Certificate]) -> Table {
    let head = Table::new("Destroyed, the latest first")
        .column("Certificate")
        .column("Whose")
        .column("Last day with us")
        .column("Kept until")
        .column("Destroyed on")
        .named_rows()
        .cards();
    certificates.iter().fold(head, |table, one| {
        let done = &one.disposal;
        table.row([
            Cell::link(done.reference.clone(), format!("/disposals/certificates/{}.pdf", done.reference)),
            done.class.words().into(),
            day(done.left).into(),
            day(done.keep_until).into(),
            day(done.done).into(),
        ])
    })
}

/// `GET /disposals/{file}`
pub async fn show(State(app): State<App>, who: Who, Path(file): Path<String>) -> Result<Response, Problem> {
    page(&app, &who, file_of(&file)?, None).await
}

fn file_of(file: &str) -> Result<FileId, Problem> {
    file.parse().map_err(|_| Problem::NotFound)
}

/// An error at a form: which, the field, and the words; with what was typed.
type Wrong<'a> = (&'static str, &'static str, String, &'a [(String, String)]);

async fn page(app: &App, who: &Who, file: FileId, wrong: Option<Wrong<'_>>) -> Result<Response, Problem> {
    let view = view_disposal(&app.office, &who.0, file).await.map_err(problem)?;
    let house = app.office.house().await.map_err(problem)?;
    let shell = app.shell(who, Title::new("Keep or dispose")).await?.within(Section::People);
    let back = ("/disposals".to_owned(), "Keep or dispose".to_owned());
    let mut page = StepPage::in_shell(shell, back, format!("Keep or dispose: {}", view.line.name));
    page.facts = facts(&view, |by| house.staff_name(by).to_owned());
    let filled = |which: &str, form: Form| match &wrong {
        Some((at, field, words, posted)) if *at == which => {
            let mut form = form.fill(posted);
            form.error(field, words.clone());
            form
        }
        _ => form,
    };
    match &view.line.stands {
        DisposalStands::Kept(why) => page.parts.push(Part {
            heading: "It must be kept".to_owned(),
            words: why.iter().map(Obstacle::words).collect(),
            form: match &wrong {
                Some((at, _, words, _)) if *at != "off" => {
                    let mut form = Form::new();
                    form.error_overall(words.clone());
                    form
                }
                _ => Form::new(),
            },
            ..Part::default()
        }),
        // Asked before the form, so that nothing typed is lost on the way.
        DisposalStands::Due if view.may_put_forward && !who.0.stepped_up => {
            page = confirm_first(page, &view.line, "Put it forward to be destroyed");
        }
        DisposalStands::PutForward if view.line.to_agree && !who.0.stepped_up => {
            page = confirm_first(page, &view.line, "Agree as the second person");
        }
        DisposalStands::Due if view.may_put_forward => {
            page.parts.push(forward_part(&view, |form| filled("forward", form)));
            page.links.push(("Keep it longer instead", format!("/people/{}/keeping", view.line.file)));
        }
        DisposalStands::PutForward if view.line.to_agree => {
            page.parts.push(agree_part(&view, filled("agree", Form::new())));
        }
        _ => {}
    }
    if view.forward.is_some() {
        let why = Field::area("why", "Why is it called off?").rows(2);
        page.parts.push(Part {
            heading: "Call it off".to_owned(),
            words: vec!["The file stays, and stands on the list until somebody decides.".to_owned()],
            action: format!("/disposals/{}/call-off", view.line.file),
            form: filled("off", Form::new().ask(why)),
            button: "Call it off",
            kind: "secondary",
            ..Part::default()
        });
    }
    Ok(page.send())
}

/// The way to prove once more who one is, in place of a form.
fn confirm_first(page: StepPage, line: &DisposalLine, heading: &str) -> StepPage {
    let mut page = page.part(Part {
        heading: heading.to_owned(),
        words: vec!["Confirm first that it is you; then this page asks the rest.".to_owned()],
        ..Part::default()
    });
    page.links.push(("Confirm that it is you", format!("/step-up?to=/disposals/{}", line.file)));
    page
}

fn agree_part(view: &DisposalView, form: Form) -> Part {
    Part {
        heading: "Agree as the second person".to_owned(),
        words: vec![
            "Once you agree, it is destroyed with its key after the days in which it can be called off. Nobody can bring it \
             back then, not from a backup either."
                .to_owned(),
        ],
        action: format!("/disposals/{}/agree", view.line.file),
        form,
        button: "Agree",
        kind: "warning",
        ..Part::default()
    }
}

fn facts(view: &DisposalView, name: impl Fn(FileId) -> String) -> SummaryList {
    let line = &view.line;
    let holds: Vec<String> = view.holds.iter().map(|(title, count)| format!("{title}: {count}")).collect();
    let mut list = SummaryList::new()
        .fact("Who", line.class.words())
        .fact("Last day with us", day(line.left))
        .fact("Kept", format!("{}, until {}", view.kept_for, day(line.kept_until)))
        .fact("Now", stands_tag(&line.stands))
        .fact("What is in it", holds);
    if !view.originals.is_empty() {
        list = list.fact("Originals on paper", view.originals.clone());
    }
    if let Some(forward) = &view.forward {
        let by = forward.by.map_or_else(|| "the program".to_owned(), &name);
        list = list.fact("Put forward", vec![format!("{} by {by}", day(forward.on)), forward.words.for_page().clone()]);
        if let Some(agreed) = &forward.agreed {
            let by = agreed.by.map_or_else(|| "the program".to_owned(), &name);
            list = list.fact("Agreed", format!("{} by {by}", day(agreed.on)));
        }
    }
    list
}

fn forward_part(view: &DisposalView, filled: impl Fn(Form) -> Form) -> Part {
    let mut form = Form::new().ask(
        Field::area("words", "Why is nothing in it needed any more?")
            .hint("The second person reads it. Think of claims, of safety, and of what the person may want to know one day.")
            .rows(3),
    );
    if !view.originals.is_empty() {
        let choices = [Choice::new("yes", "I have taken the originals out, and they are shredded with the file")];
        form = form.ask(Field::checkboxes("originals", "Originals on paper", choices));
    }
    Part {
        heading: "Put it forward to be destroyed".to_owned(),
        words: vec![
            "A second person looks at it and agrees. After that it can be called off for some days.".to_owned(),
        ],
        form: filled(form),
        button: "Put it forward",
        kind: "warning",
        ..Part::default()
    }
}

/// `POST /disposals/{file}`
pub async fn forward(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let file = file_of(&file)?;
    let view = view_disposal(&app.office, &who.0, file).await.map_err(problem)?;
    let shredded = words(&posted, "originals") == "yes";
    let (field, said) = if !view.originals.is_empty() && !shredded {
        ("originals", "Take the originals out first, and say so here".to_owned())
    } else {
        match put_forward(&app.office, &who.0, file, (words(&posted, "words"), shredded)).await {
            // Put forward twice is put forward.
            Ok(()) | Err(DisposeError::Already) => return Ok(back("forward")),
            Err(DisposeError::Stopped(stopped)) => return Ok(stopped_at(stopped, &format!("/disposals/{file}"))),
            Err(wrong) => ("words", wrong.to_string()),
        }
    };
    page(&app, &who, file, Some(("forward", field, said, &posted))).await
}

/// `POST /disposals/{file}/agree`
pub async fn agree(State(app): State<App>, who: Who, Path(file): Path<String>) -> Result<Response, Problem> {
    let file = file_of(&file)?;
    match agree_disposal(&app.office, &who.0, file).await {
        Ok(_) | Err(DisposeError::Already) => Ok(back("agreed")),
        Err(DisposeError::Stopped(stopped)) => Ok(stopped_at(stopped, &format!("/disposals/{file}"))),
        Err(wrong) => page(&app, &who, file, Some(("agree", "", wrong.to_string(), &[]))).await,
    }
}

/// `POST /disposals/{file}/call-off`
pub async fn call_off(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let file = file_of(&file)?;
    match call_off_disposal(&app.office, &who.0, file, words(&posted, "why")).await {
        // Nothing under way is off.
        Ok(()) | Err(DisposeError::NotPutForward) => Ok(back("off")),
        Err(DisposeError::Stopped(stopped)) => Err(problem(stopped)),
        Err(_) => page(&app, &who, file, Some(("off", "why", "Say why it is called off".to_owned(), &posted))).await,
    }
}

fn back(done: &str) -> Response {
    Redirect::to(&format!("/disposals?done={done}")).into_response()
}

/// `GET /disposals/certificates/{reference}.pdf`: the certificate on paper.
pub async fn paper(State(app): State<App>, who: Who, Path(file): Path<String>) -> Result<Response, Problem> {
    let reference = file.strip_suffix(".pdf").ok_or(Problem::NotFound)?;
    let one = certificate(&app.office, &who.0, reference).await.map_err(problem)?;
    let house = app.office.house().await.map_err(problem)?;
    let document = certificate_paper(&house, &one.disposal);
    let Ok(Ok(typeset)) = tokio::task::spawn_blocking(move || typeset::to_pdf(&document)).await else {
        return Err(Problem::Internal);
    };
    let name = format!("inline; filename=\"{}.pdf\"", one.disposal.reference);
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], typeset.pdf)
        .into_response())
}
