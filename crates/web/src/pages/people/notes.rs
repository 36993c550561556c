//! Writing a note, and correcting one (S5).

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::House;
use duties::notes::{CorrectNoteError, NewCorrection, NewNote, WriteNoteError, correct_note, write_note};

use crate::access::Action;
use crate::app::App;
use crate::book::OpenFile;
use crate::forms::{Choice, Field, Form};
use crate::records::catalogue::DataCategory;
use crate::records::{Content, FileId, RecordId, ServiceId, Source, State as Stands};
use crate::who::Who;

use super::ask::{Question, page};
use super::forms::{Posted, day_of, first_up, put_errors, source, source_field, ticked, typed, typed_date};
use super::head::shown;
use super::reason::file_id;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

/// The empty form.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who.0, file, None, "/notes/new").await?;
    let why = &found.why;
    app.office
        .permit(&who.0, Action::WriteNote, Some(file), why.purpose, &why.reason)
        .await
        .map_err(|stopped| at_file(stopped, file, "/notes/new"))?;
    let form = questions(&app, &found.opened.house, &found.opened.file);
    page(&app, &who, file, question(), form).await
}

/// Saves the note.
pub async fn write(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/notes/new"))?;
    let note = NewNote {
        happened: typed_date(&posted, "happened"),
        time: typed(&posted, "time").to_owned(),
        title: typed(&posted, "title").to_owned(),
        text: typed(&posted, "text").to_owned(),
        own_words: typed(&posted, "own-words").to_owned(),
        service: typed(&posted, "service").parse().ok(),
        touches: ticked(&posted, "touches").filter_map(category).collect(),
        concerns: ticked(&posted, "concerns").filter_map(|id| id.parse().ok()).collect(),
        source: source(&posted),
        source_name: typed(&posted, "source-name").to_owned(),
        in_confidence: typed(&posted, "in-confidence") == "yes",
    };
    match write_note(&app.office, &who.0, file, &why, note).await {
        Ok(_) => Ok(to(&format!("/people/{file}/timeline?done=note"))),
        Err(WriteNoteError::Wrong(errors)) => {
            let found = shown(&app, &who.0, file, None, "/notes/new").await?;
            let mut form = questions(&app, &found.opened.house, &found.opened.file).fill(&posted);
            put_errors(&mut form, errors);
            page(&app, &who, file, question(), form).await
        }
        Err(WriteNoteError::Stopped(stopped)) => Err(at_file(stopped, file, "/notes/new")),
    }
}

fn question() -> Question {
    Question::new("Write a note", "/notes/new", "Save the note")
        .intro("Write what you saw and heard, and say what is your opinion. The person may read this one day.")
}

fn category(slug: &str) -> Option<DataCategory> {
    DataCategory::NEEDED.into_iter().find(|about| about.slug() == slug)
}

fn questions(app: &App, house: &House, file: &OpenFile) -> Form {
    let today = app.office.today();
    let (day, month, year) = (today.day().to_string(), today.month().to_string(), today.year().to_string());
    let services: Vec<(ServiceId, String)> = enrolled(house, file);
    let mut form = Form::new()
        .ask(Field::date("happened", "When did it happen?").hint("For example, 4 11 2026").parts(day, month, year))
        .ask(Field::text("time", "Time of day").hint("Like 14:30. Leave it empty if it does not matter.").width(5))
        .ask(Field::text("title", "In one line").hint("Like \"Visit at home\" or \"Call from school\"."))
        .ask(Field::area("text", "What happened?").rows(8))
        .ask(
            Field::area("own-words", "In their own words")
                .hint("What the child, young person or parent said, as they said it.")
                .rows(3),
        );
    if !services.is_empty() {
        let only = if let [(id, _)] = services.as_slice() { id.to_string() } else { String::new() };
        let choices = services.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str()));
        let none = Choice::new("", "None of them");
        form = form.ask(Field::radios("service", "In which service?", choices.chain([none])).value(only).small());
    }
    let touches = offered(house, &services);
    if !touches.is_empty() {
        let choices = touches.into_iter().map(|about| Choice::new(about.slug(), first_up(about.words())));
        form = form.ask(
            Field::checkboxes("touches", "Does it say something about these?", choices)
                .hint("Only what your service needs is offered. Leave out everything else of this kind.")
                .small(),
        );
    }
    let others = others(app, file);
    if !others.is_empty() {
        let choices = others.into_iter().map(|(id, name)| Choice::new(id.to_string(), name));
        form = form.ask(
            Field::checkboxes("concerns", "Whom else is it about?", choices)
                .hint("Tick them only if the note says something about them.")
                .small(),
        );
    }
    form.ask(source_field(&Source::Staff))
        .ask(Field::text("source-name", "Their name and role").hint("If it matters, like \"Dr Example, Elm Surgery\"."))
        .ask(Field::checkboxes(
            "in-confidence",
            "Was it told in confidence?",
            [Choice::new("yes", "Yes. We ask them before we show it to the person")
                .hint("Tick this only if they asked for it.")],
        ))
}

/// The services that the person uses now.
pub fn enrolled(house: &House, file: &OpenFile) -> Vec<(ServiceId, String)> {
    let open = file.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Enrolment(enrolment) if enrolment.ended.is_none() => Some(enrolment.service),
        _ => None,
    });
    open.map(|id| (id, house.service_name(id).to_owned())).collect()
}

/// The categories that one of the services needs: nothing else is offered (K4).
fn offered(house: &House, services: &[(ServiceId, String)]) -> Vec<DataCategory> {
    let needed = |about: &DataCategory| {
        services.iter().filter_map(|(id, _)| house.service(*id)).any(|service| service.needs.contains(about))
    };
    DataCategory::NEEDED.into_iter().filter(needed).collect()
}

/// The people who are linked to this one, by name.
pub fn others(app: &App, file: &OpenFile) -> Vec<(FileId, String)> {
    let linked = file.records.iter().filter_map(|opened| match &opened.record.content {
        Content::Relationship(relationship) if opened.header.state != Stands::Superseded => Some(relationship.other),
        _ => None,
    });
    linked.filter_map(|other| Some((other, app.office.book().card(other)?.name.for_page().clone()))).collect()
}

/// The form for a correction, with the note above it.
pub async fn ask_correction(State(app): State<App>, who: Who, Path((file, note)): Path<(String, String)>) -> Answer {
    let (file, note) = ids(&file, &note)?;
    correction_page(&app, &who, (file, note), correction_questions()).await
}

/// Saves the correction beside the note.
pub async fn correct(
    State(app): State<App>,
    who: Who,
    Path((file, note)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, note) = ids(&file, &note)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/timeline"))?;
    let new = NewCorrection {
        text: typed(&posted, "text").to_owned(),
        because: typed(&posted, "because").to_owned(),
        source: source(&posted),
    };
    match correct_note(&app.office, &who.0, (file, note), &why, new).await {
        Ok(_) => Ok(to(&format!("/people/{file}/timeline?done=correction"))),
        Err(CorrectNoteError::Wrong(errors)) => {
            let mut form = correction_questions().fill(&posted);
            put_errors(&mut form, errors);
            correction_page(&app, &who, (file, note), form).await
        }
        Err(CorrectNoteError::Stopped(stopped)) => Err(at_file(stopped, file, "/timeline")),
    }
}

fn correction_questions() -> Form {
    Form::new()
        .ask(Field::area("text", "What is right?"))
        .ask(Field::area("because", "How do we know?").hint("Who told you, and why you believe it.").rows(3))
        .ask(source_field(&Source::Person))
}

async fn correction_page(
    app: &App,
    who: &Who,
    (file, note): (FileId, RecordId),
    form: Form,
) -> Result<Response, Turned> {
    let found = shown(app, &who.0, file, None, "/timeline").await?;
    let record = found.opened.file.record(note).ok_or(Turned::Problem(crate::errors::Problem::NotFound))?;
    let mut question = Question::new("Correct a note", format!("/notes/{note}/correct"), "Save the correction")
        .intro("The note stays as it is. Your correction stands beside it, wherever the note is shown.")
        .back("/timeline");
    if let Content::Note(note) = &record.record.content {
        question.shown =
            vec![(format!("{}, {}", note.title.for_page(), day_of(note.happened)), note.text.for_page().clone())];
    }
    page(app, who, file, question, form).await
}

/// A file and a record in a path.
pub fn ids(file: &str, record: &str) -> Result<(FileId, RecordId), Turned> {
    let record = record.parse().map_err(|_| Turned::Problem(crate::errors::Problem::NotFound))?;
    Ok((file_id(file)?, record))
}
