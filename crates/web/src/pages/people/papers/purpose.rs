//! Saying afterwards what a paper is and what it is kept for (K5).

use axum::Form as Posting;
use axum::extract::{Path, State};
use duties::minimisation::{GivePurposeError, NewPurpose, give_purpose};
use duties::notes::see_paper;

use crate::access::Action;
use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::work::{Paper, PaperSort};
use crate::records::{FileId, RecordId};
use crate::who::Who;

use super::super::ask::{Question, page};
use super::super::forms::{Posted, put_errors, typed};
use super::super::notes::ids;
use super::super::turned::{Answer, Turned, at_file, to};
use super::super::whys::why;

/// The form, with what is known.
pub async fn ask(State(app): State<App>, who: Who, Path((file, paper)): Path<(String, String)>) -> Answer {
    let (file, paper) = ids(&file, &paper)?;
    let (form, version) = asked(&app, &who, (file, paper)).await?;
    page(&app, &who, file, question(paper, version), form).await
}

/// Saves it.
pub async fn give(
    State(app): State<App>,
    who: Who,
    Path((file, paper)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, paper) = ids(&file, &paper)?;
    let then = format!("/papers/{paper}/purpose");
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, &then))?;
    let new = NewPurpose {
        version: typed(&posted, "version").parse().unwrap_or(0),
        title: typed(&posted, "title").to_owned(),
        sort: PaperSort::from_slug(typed(&posted, "sort")).unwrap_or_default(),
        needed_for: typed(&posted, "needed-for").to_owned(),
        text: typed(&posted, "text").to_owned(),
    };
    match give_purpose(&app.office, &who.0, (file, paper), &why, new).await {
        Ok(()) => Ok(to(&format!("/people/{file}/papers/{paper}?done=purpose"))),
        Err(GivePurposeError::Wrong(errors)) => {
            let (form, version) = asked(&app, &who, (file, paper)).await?;
            let mut form = form.fill(&posted);
            put_errors(&mut form, errors);
            page(&app, &who, file, question(paper, version), form).await
        }
        Err(GivePurposeError::Stopped(stopped)) => Err(at_file(stopped, file, &then)),
    }
}

fn question(paper: RecordId, version: u32) -> Question {
    Question::new("What we keep a paper for", format!("/papers/{paper}/purpose"), "Save")
        .intro("We keep nothing that nobody needs. If you find no purpose, speak with the data protection lead.")
        .hidden("version", version.to_string())
        .back("/papers")
}

async fn asked(app: &App, who: &Who, ids: (FileId, RecordId)) -> Result<(Form, u32), Turned> {
    let then = format!("/papers/{}/purpose", ids.1);
    let at = |stopped| at_file(stopped, ids.0, &then);
    let why = why(app, &who.0, ids.0).await.map_err(at)?;
    app.office.permit(&who.0, Action::ChangePerson, Some(ids.0), why.purpose, &why.reason).await.map_err(at)?;
    let shown = see_paper(&app.office, &who.0, ids, &why).await.map_err(at)?;
    let paper = shown.paper().ok_or(Turned::Problem(Problem::NotFound))?;
    Ok((questions(paper), shown.opened.header.version))
}

fn questions(paper: &Paper) -> Form {
    let sorts = PaperSort::ALL.map(|sort| Choice::new(sort.slug(), sort.words()));
    let needed_for = paper.needed_for.as_ref().map_or("", |needed_for| needed_for.for_page().as_str());
    let form = Form::new()
        .ask(Field::text("title", "What is it?").value(paper.title.for_page().as_str()))
        .ask(Field::select("sort", "What sort of paper is it?", sorts).value(paper.sort.slug()))
        .ask(Field::text("needed-for", "What do we keep it for?").value(needed_for));
    if paper.text.is_some() {
        return form;
    }
    form.ask(Field::area("text", "What does it say or show?").hint("No words could be read in it. Say it in a few."))
}
