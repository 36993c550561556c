//! Two files of one person: found, compared side by side, merged, and taken apart again.

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use duties::people::{
    Filter, Hit, MergeError, Why, find_people, likely_same, merge_files as merge_two, undo_merge as take_apart,
};

use crate::app::App;
use crate::book::OpenFile;
use crate::components::{Cell, Table, WarningStrip};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::people::{Identity, Merge};
use crate::records::{Content, FileId, Kind, State as Stands};
use crate::who::Who;

use super::ask::{Question, page, strip};
use super::file::name_of;
use super::forms::{Posted, day, day_of, first_up, put_errors, typed};
use super::head::shown;
use super::reason::file_id;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

#[derive(Template)]
#[template(path = "people/merge.html")]
struct MergePage {
    shell: Shell,
    file: FileId,
    name: String,
    likely: Table,
    asked: String,
    found: Table,
    nobody: bool,
}

#[derive(Template)]
#[template(path = "people/merge_compare.html")]
struct ComparePage {
    shell: Shell,
    form: Form,
    warnings: WarningStrip,
    file: FileId,
    other: FileId,
    table: Table,
    differ: Vec<&'static str>,
}

/// People who may be the same, and a search for another.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    show(&app, &who, file, String::new()).await
}

/// Finds the other file. The name that is looked for stands in no address.
pub async fn find(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    show(&app, &who, file, typed(&posted, "find").trim().to_owned()).await
}

async fn show(app: &App, who: &Who, file: FileId, asked: String) -> Answer {
    shown(app, &who.0, file, None, "/merge").await?;
    let at = |stopped| at_file(stopped, file, "/merge");
    let likely = likely_same(&app.office, &who.0, file).await.map_err(at)?;
    let own = app.office.files_of(file);
    let mut found = find_people(&app.office, &who.0, &asked, &Filter::default()).await.map_err(at)?;
    found.retain(|hit| !own.contains(&hit.file));
    let page = MergePage {
        shell: app.shell(who, Title::new("Merge two files")).await?.within(Section::People),
        file,
        name: name_of(app, file).await?,
        likely: hits("People who may be the same", file, &likely),
        nobody: found.is_empty() && !asked.is_empty(),
        found: hits("People with this name", file, &found),
        asked,
    };
    Ok(Page::new(page).into_response())
}

fn hits(caption: &str, file: FileId, hits: &[Hit]) -> Table {
    let head = Table::new(caption).column("Name").column("Who they are").column("Born").column("Alike").named_rows();
    hits.iter().take(20).fold(head.cards(), |table, hit| {
        let born = hit.card.born.as_ref().map_or_else(|| "not known".to_owned(), |born| day(*born.for_page()));
        let name = hit.card.name.for_page().clone();
        let cell = Cell::link(name, format!("/people/{file}/merge/{}", hit.file));
        table.row([cell, hit.card.class.words().into(), born.into(), first_up(hit.why).into()])
    })
}

/// Both files side by side.
pub async fn compare(State(app): State<App>, who: Who, Path(files): Path<(String, String)>) -> Answer {
    let files = (file_id(&files.0)?, file_id(&files.1)?);
    compare_page(&app, &who, files, merge_form(&app, files)).await
}

/// Merges them.
pub async fn merge(
    State(app): State<App>,
    who: Who,
    Path(files): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, other) = (file_id(&files.0)?, file_id(&files.1)?);
    let then = format!("/merge/{other}");
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, &then))?;
    let mut form = merge_form(&app, (file, other)).fill(&posted);
    let (leading, second) = match typed(&posted, "leads") {
        "this" => (file, other),
        "other" => (other, file),
        _ => {
            form.error("leads", "Choose which file leads");
            return compare_page(&app, &who, (file, other), form).await;
        }
    };
    match merge_two(&app.office, &who.0, leading, second, &why, typed(&posted, "because")).await {
        Ok(()) => Ok(to(&format!("/people/{leading}?done=merged"))),
        Err(MergeError::Wrong(errors)) => {
            put_errors(&mut form, errors);
            compare_page(&app, &who, (file, other), form).await
        }
        Err(MergeError::Cannot(cannot)) => {
            form.error_overall(cannot.to_string());
            compare_page(&app, &who, (file, other), form).await
        }
        Err(MergeError::Stopped(stopped)) => Err(at_file(stopped, file, &then)),
    }
}

fn merge_form(app: &App, (file, other): (FileId, FileId)) -> Form {
    let named =
        |file: FileId| app.office.book().card(file).map(|card| card.name.for_page().clone()).unwrap_or_default();
    let leads = [
        Choice::new("this", format!("The first: {}", named(file))),
        Choice::new("other", format!("The second: {}", named(other))),
    ];
    Form::new()
        .ask(
            Field::radios("leads", "Which file leads?", leads)
                .hint("Its name and date of birth count, and what is new goes into it."),
        )
        .ask(
            Field::area("because", "How do you know that this is the same person?")
                .hint("Like \"Same birthday and school; her mother said on the phone that it is her\".")
                .rows(3),
        )
}

async fn compare_page(app: &App, who: &Who, (file, other): (FileId, FileId), form: Form) -> Result<Response, Turned> {
    let here = shown(app, &who.0, file, None, &format!("/merge/{other}")).await?;
    // Whoever must say why they open the second file comes back to the same two, the other way round.
    let there = shown(app, &who.0, other, None, &format!("/merge/{file}")).await?;
    let (one, two) = (&here.opened.file, &there.opened.file);
    let wrong = form.has_errors();
    let mut warnings = strip(app, file).await?;
    warnings.warnings.extend(strip(app, other).await?.warnings);
    let page = ComparePage {
        shell: app.shell(who, Title::new("Compare two files").with_error(wrong)).await?.within(Section::People),
        form,
        warnings,
        file,
        other,
        table: side_by_side(app, &here.opened.house, one, two),
        differ: differ(one, two),
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// What speaks against it.
fn differ(one: &OpenFile, two: &OpenFile) -> Vec<&'static str> {
    let mut words = Vec::new();
    if let (Some(one), Some(two)) = (&one.card.born, &two.card.born)
        && one != two
    {
        words.push("The dates of birth differ. Make sure that this is one person, and not a sibling or cousin.");
    }
    if one.class != two.class {
        words.push("They are different things to the charity. Files that are kept by different rules stay apart.");
    }
    words
}

fn side_by_side(app: &App, house: &duties::House, one: &OpenFile, two: &OpenFile) -> Table {
    let head = Table::new("The two files").column("What").column("First").column("Second").named_rows().cards();
    let facts: [(&str, fn(&App, &duties::House, &OpenFile) -> Vec<String>); 9] = [
        ("Name", |_, _, file| vec![file.card.name.for_page().clone()]),
        ("Called", |_, _, file| file.card.preferred.iter().map(|name| name.for_page().clone()).collect()),
        ("Former names", |_, _, file| file.card.former.iter().map(|name| name.for_page().clone()).collect()),
        ("Born", |_, _, file| file.card.born.iter().map(|born| day(*born.for_page())).collect()),
        ("Who they are", |_, _, file| vec![file.class.words().to_owned()]),
        ("How to reach them", |_, _, file| reached(file)),
        ("Family", |app, _, file| family(app, file)),
        ("Services", |_, house, file| services(house, file)),
        ("File opened", |_, _, file| vec![day_of(file.opened)]),
    ];
    facts.into_iter().fold(head, |table, (what, of)| {
        let said = |file: &OpenFile| match of(app, house, file) {
            none if none.is_empty() => "nothing known".to_owned(),
            some => some.join("; "),
        };
        table.row([what.into(), said(one).into(), said(two).into()])
    })
}

fn reached(file: &OpenFile) -> Vec<String> {
    let current = file.of_kind(Kind::Contact).filter(|opened| opened.header.state != Stands::Superseded);
    current
        .filter_map(|opened| match &opened.record.content {
            Content::Contact(contact) => Some(contact.value.for_page().lines().collect::<Vec<_>>().join(", ")),
            _ => None,
        })
        .collect()
}

fn family(app: &App, file: &OpenFile) -> Vec<String> {
    let current = file.of_kind(Kind::Relationship).filter(|opened| opened.header.state != Stands::Superseded);
    current
        .filter_map(|opened| match &opened.record.content {
            Content::Relationship(relationship) => {
                let card = app.office.book().card(relationship.other)?;
                Some(format!("{} ({})", card.name.for_page(), relationship.relation.words()))
            }
            _ => None,
        })
        .collect()
}

fn services(house: &duties::House, file: &OpenFile) -> Vec<String> {
    file.of_kind(Kind::Enrolment)
        .filter_map(|opened| match &opened.record.content {
            Content::Enrolment(enrolment) => {
                Some(format!("{} since {}", house.service_name(enrolment.service), day(enrolment.started)))
            }
            _ => None,
        })
        .collect()
}

/// What the summary says of the other files of the person: their names, why they are one, and the way to undo it.
pub fn others(file: &OpenFile) -> Vec<(FileId, Vec<String>)> {
    let standing = file
        .of_kind(Kind::Merge)
        .filter(|opened| opened.header.file == file.file && opened.header.state != Stands::Superseded);
    standing
        .filter_map(|opened| match &opened.record.content {
            Content::Merge(merge) if merge.leads => {
                let mut lines = identity_of(file, merge).map_or_else(
                    || vec!["a file that is not open to you".to_owned()],
                    |identity| {
                        let born = identity.born.as_ref().map(|born| format!("born {}", day(*born.for_page())));
                        std::iter::once(identity.name.for_page().clone()).chain(born).collect()
                    },
                );
                lines.push(format!("merged {}: {}", day_of(opened.header.opened), merge.because.for_page()));
                Some((merge.other, lines))
            }
            _ => None,
        })
        .collect()
}

fn identity_of<'a>(file: &'a OpenFile, merge: &Merge) -> Option<&'a Identity> {
    file.of_kind(Kind::Identity).filter(|opened| opened.header.file == merge.other).last().and_then(|opened| {
        match &opened.record.content {
            Content::Identity(identity) => Some(identity),
            _ => None,
        }
    })
}

/// Asks before they are taken apart.
pub async fn ask_undo(State(app): State<App>, who: Who, Path(files): Path<(String, String)>) -> Answer {
    let files = (file_id(&files.0)?, file_id(&files.1)?);
    undo_page(&app, &who, files, undo_form()).await
}

/// Takes them apart.
pub async fn undo(
    State(app): State<App>,
    who: Who,
    Path(files): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, other) = (file_id(&files.0)?, file_id(&files.1)?);
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let reasoned = Why::with_reason(why.purpose, typed(&posted, "reason"));
    let mut form = undo_form().fill(&posted);
    match take_apart(&app.office, &who.0, file, other, &reasoned).await {
        Ok(()) => return Ok(to(&format!("/people/{file}?done=apart"))),
        Err(MergeError::Wrong(errors)) => put_errors(&mut form, errors),
        Err(MergeError::Cannot(cannot)) => {
            form.error_overall(cannot.to_string());
        }
        Err(MergeError::Stopped(stopped)) => return Err(at_file(stopped, file, "")),
    }
    undo_page(&app, &who, (file, other), form).await
}

fn undo_form() -> Form {
    Form::new().ask(Field::area("reason", "Why are these two people after all?").rows(3))
}

async fn undo_page(app: &App, who: &Who, (file, other): (FileId, FileId), form: Form) -> Result<Response, Turned> {
    let found = shown(app, &who.0, file, None, "").await?;
    let others = others(&found.opened.file);
    let Some((_, lines)) = others.into_iter().find(|(merged, _)| *merged == other) else {
        return Err(Turned::Problem(Problem::NotFound));
    };
    let mut question = Question::new("Take two files apart", format!("/merge/{other}/undo"), "Take them apart").intro(
        "Each file shows its own records again. What was written since the merge stays in the file in which it was written: \
         look through it afterwards.",
    );
    question.danger = true;
    question.shown = vec![("The other file".to_owned(), lines.join("\n"))];
    page(app, who, file, question, form).await
}
