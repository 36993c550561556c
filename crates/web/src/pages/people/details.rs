//! A person's details: identity, ways to reach them, family links, warnings (S4).

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use duties::people;
use duties::people::{
    ChangeIdentityError, ChangedIdentity, ContactError, Filter, Hit, NewContact, NewRelationship, NewWarning,
    RelationshipError, WarningError, Why, find_people, happened_on,
};
use serde::Deserialize;

use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::records::people::{Channel, ContactDetail, Identity, ParentalResponsibility, Relation, Safe, WarningKind};
use crate::records::{Content, FileId, Kind, PersonClass, Personal, RecordId, Source, State as Stands};
use crate::who::Who;

use super::ask::{Question, page};
use super::file::name_of;
use super::forms::{Posted, day_of, first_up, put_errors, source, source_field, typed, typed_date};
use super::head::shown;
use super::notes::ids;
use super::reason::file_id;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

/// The form with what is known.
pub async fn ask_identity(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let (identity, version) = identity(&app, &who, file).await?;
    page(&app, &who, file, identity_question(version), identity_form(&identity)).await
}

/// Saves the details.
pub async fn change_identity(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let version = typed(&posted, "version").parse().unwrap_or(0);
    let changed = ChangedIdentity {
        version,
        name: typed(&posted, "name").to_owned(),
        preferred: typed(&posted, "preferred").to_owned(),
        former: typed(&posted, "former").to_owned(),
        born: typed_date(&posted, "born"),
        pronouns: typed(&posted, "pronouns").to_owned(),
        language: typed(&posted, "language").to_owned(),
    };
    match people::change_identity(&app.office, &who.0, file, &why, changed).await {
        Ok(()) => Ok(to(&format!("/people/{file}?done=identity"))),
        Err(ChangeIdentityError::Wrong(errors)) => {
            let mut form = identity_form(&Identity::default()).fill(&posted);
            put_errors(&mut form, errors);
            page(&app, &who, file, identity_question(version), form).await
        }
        Err(ChangeIdentityError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
    }
}

async fn identity(app: &App, who: &Who, file: FileId) -> Result<(Identity, u32), Turned> {
    let found = shown(app, &who.0, file, None, "").await?;
    let record = found.opened.file.of_kind(Kind::Identity).last();
    record
        .and_then(|opened| match &opened.record.content {
            Content::Identity(identity) => Some((identity.clone(), opened.header.version)),
            _ => None,
        })
        .ok_or(Turned::Problem(Problem::NotFound))
}

fn identity_question(version: u32) -> Question {
    Question::new("Change who this is", "/identity", "Save the details")
        .intro("A new name keeps the old one among the former names. What stood here before stays in the history.")
        .hidden("version", version.to_string())
}

fn identity_form(identity: &Identity) -> Form {
    let optional = |value: &Option<Personal<String>>| value.as_ref().map_or_else(String::new, |v| v.for_page().clone());
    let former: Vec<&str> = identity.former.iter().map(|name| name.for_page().as_str()).collect();
    let mut born = Field::date("born", "Date of birth").hint("For example, 4 11 2016");
    if let Some(day) = identity.born.as_ref().map(|born| *born.for_page()) {
        born = born.parts(day.day().to_string(), day.month().to_string(), day.year().to_string());
    }
    Form::new()
        .ask(Field::text("name", "Full name").value(identity.name.for_page().as_str()).width(30))
        .ask(Field::text("preferred", "What do they want to be called?").value(optional(&identity.preferred)).width(20))
        .ask(born)
        .ask(Field::text("pronouns", "Pronouns").value(optional(&identity.pronouns)).width(10))
        .ask(
            Field::text("language", "Language, and how they like to be written to")
                .value(optional(&identity.language))
                .width(30),
        )
        .ask(Field::area("former", "Former names").hint("One on each line.").value(former.join("\n")).rows(3))
}

/// The form for a way to reach somebody.
pub async fn ask_contact(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    shown(&app, &who.0, file, None, "/contacts/new").await?;
    page(&app, &who, file, contact_question(), contact_form()).await
}

/// Saves it.
pub async fn add_contact(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let mut form = contact_form().fill(&posted);
    let channel = Channel::from_slug(typed(&posted, "channel"));
    let safe = Safe::from_slug(typed(&posted, "safe"));
    if channel.is_none() {
        form.error("channel", "Choose what it is");
    }
    if safe.is_none() {
        form.error("safe", "Say whether it is safe to use");
    }
    let (Some(channel), Some(safe)) = (channel, safe) else {
        return page(&app, &who, file, contact_question(), form).await;
    };
    let value = match channel {
        Channel::Post => "address",
        Channel::Phone => "phone",
        Channel::Email => "email",
    };
    let new = NewContact {
        channel,
        value: typed(&posted, value).to_owned(),
        postcode: typed(&posted, "postcode").to_owned(),
        safe,
        mind: typed(&posted, "mind").to_owned(),
        preferred: typed(&posted, "preferred") == "yes",
        source: source(&posted),
    };
    match people::add_contact(&app.office, &who.0, file, &why, new).await {
        Ok(_) => Ok(to(&format!("/people/{file}?done=contact"))),
        Err(ContactError::Wrong(errors)) => {
            put_errors(
                &mut form,
                errors.into_iter().map(|(at, words)| (if at == "value" { value } else { at }, words)).collect(),
            );
            page(&app, &who, file, contact_question(), form).await
        }
        Err(ContactError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
    }
}

fn contact_question() -> Question {
    Question::new("Add a way to reach them", "/contacts/new", "Save")
}

fn contact_form() -> Form {
    let channels = [
        Choice::new("post", "Address")
            .reveal(Field::area("address", "Address, without the postcode").rows(3))
            .reveal(Field::text("postcode", "Postcode").width(10)),
        Choice::new("phone", "Telephone").reveal(Field::tel("phone", "Telephone number").width(20)),
        Choice::new("email", "E-mail").reveal(Field::email("email", "E-mail address").width(30)),
    ];
    let safe = [
        Choice::new("yes", "Yes, they told us so"),
        Choice::new("no", "No").hint("We keep it, and never use it or show it to others."),
        Choice::new("not-asked", "We have not asked yet"),
    ];
    Form::new()
        .ask(Field::radios("channel", "What is it?", channels))
        .ask(
            Field::radios("safe", "Is it safe to use?", safe)
                .hint("Ask: could somebody else read or hear it who should not know that you use our service?"),
        )
        .ask(Field::text("mind", "What must we mind?").hint("Like \"after 6 pm\" or \"do not leave a message\"."))
        .ask(Field::checkboxes("preferred", "Best way", [Choice::new("yes", "They like to be reached this way best")]))
        .ask(source_field(&Source::Person))
}

/// The version of a record that a link was made for.
#[derive(Debug, Default, Deserialize)]
pub struct Version {
    #[serde(default)]
    version: u32,
}

/// Asks before a way to reach somebody is marked as no longer valid.
pub async fn ask_supersede(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Query(version): Query<Version>,
) -> Answer {
    let (file, record) = ids(&file, &record)?;
    let found = shown(&app, &who.0, file, None, "").await?;
    let opened = found.opened.file.record(record).filter(|opened| opened.header.state != Stands::Superseded);
    let Some(Content::Contact(contact)) = opened.map(|opened| &opened.record.content) else {
        return Err(Turned::Problem(Problem::NotFound));
    };
    let ContactDetail { value, channel, .. } = contact;
    let mut question =
        Question::new("Mark as no longer valid", format!("/contacts/{record}/supersede"), "Mark as no longer valid")
            .intro("It stays in the file as history, and nobody is offered it again.")
            .hidden("version", version.version.to_string());
    question.shown = vec![(channel.words().to_owned(), value.for_page().clone())];
    page(&app, &who, file, question, Form::new()).await
}

/// Marks a way to reach somebody as no longer valid.
pub async fn supersede(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, record) = ids(&file, &record)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let version = typed(&posted, "version").parse().unwrap_or(0);
    match people::supersede_contact(&app.office, &who.0, file, &why, (record, version)).await {
        Ok(()) => Ok(to(&format!("/people/{file}?done=superseded"))),
        Err(ContactError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
        Err(ContactError::Wrong(_)) => Err(Turned::Problem(Problem::BadRequest)),
    }
}

#[derive(Template)]
#[template(path = "people/relative.html")]
struct RelativePage {
    shell: Shell,
    file: FileId,
    name: String,
    asked: String,
    form: Option<Form>,
    nobody: bool,
}

/// The search for somebody to link.
pub async fn ask_relative(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    shown(&app, &who.0, file, None, "/family").await?;
    relative_page(&app, &who, file, String::new(), None).await
}

/// The people found, with the questions.
pub async fn find_relative(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let asked = typed(&posted, "find").trim().to_owned();
    let hits =
        find_people(&app.office, &who.0, &asked, &Filter::default()).await.map_err(|s| at_file(s, file, "/family"))?;
    let form = relative_form(&app, file, &hits);
    relative_page(&app, &who, file, asked, form).await
}

/// Links the two.
pub async fn add_relative(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/family"))?;
    let asked = typed(&posted, "find").trim().to_owned();
    let hits =
        find_people(&app.office, &who.0, &asked, &Filter::default()).await.map_err(|s| at_file(s, file, "/family"))?;
    let Some(mut form) = relative_form(&app, file, &hits).map(|form| form.fill(&posted)) else {
        return relative_page(&app, &who, file, asked, None).await;
    };
    let other = typed(&posted, "other").parse().ok();
    let relation = Relation::from_slug(typed(&posted, "relation"));
    if other.is_none() {
        form.error("other", "Choose the person");
    }
    if relation.is_none() {
        form.error("relation", "Choose what they are to each other");
    }
    let (Some(other), Some(relation)) = (other, relation) else {
        return relative_page(&app, &who, file, asked, Some(form)).await;
    };
    let new = NewRelationship {
        other,
        relation,
        this_is: Relation::from_slug(typed(&posted, "this-is")),
        parental_responsibility: ParentalResponsibility::from_slug(typed(&posted, "parental-responsibility"))
            .unwrap_or(ParentalResponsibility::NotKnown),
        remarks: typed(&posted, "remarks").to_owned(),
        same_household: typed(&posted, "same-household") == "yes",
        source: source(&posted),
    };
    match people::add_relationship(&app.office, &who.0, file, &why, new).await {
        Ok(_) => return Ok(to(&format!("/people/{file}/family?done=relative"))),
        Err(RelationshipError::Wrong(errors)) => put_errors(&mut form, errors),
        Err(RelationshipError::Already) => {
            form.error("other", "These two are linked already. Take the old link away first");
        }
        Err(RelationshipError::Stopped(stopped)) => return Err(at_file(stopped, file, "/family")),
    }
    relative_page(&app, &who, file, asked, Some(form)).await
}

/// Takes a link away.
pub async fn end_relative(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, record) = ids(&file, &record)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, "/family"))?;
    let version = typed(&posted, "version").parse().unwrap_or(0);
    match people::end_relationship(&app.office, &who.0, file, &why, (record, version)).await {
        Ok(()) => Ok(to(&format!("/people/{file}/family?done=unlinked"))),
        Err(RelationshipError::Stopped(stopped)) => Err(at_file(stopped, file, "/family")),
        Err(RelationshipError::Wrong(_) | RelationshipError::Already) => Err(Turned::Problem(Problem::BadRequest)),
    }
}

fn relative_form(app: &App, file: FileId, hits: &[Hit]) -> Option<Form> {
    let others: Vec<Choice> = hits
        .iter()
        .filter(|hit| hit.file != file)
        .take(12)
        .map(|hit| Choice::new(hit.file.to_string(), hit.card.name.for_page().as_str()).hint(hit.card.class.words()))
        .collect();
    if others.is_empty() {
        return None;
    }
    let adult = app.office.book().card(file).is_some_and(|card| card.class != PersonClass::Child);
    let relations = Relation::ALL.map(|relation| Choice::new(relation.slug(), first_up(relation.words())));
    let mut form = Form::new().ask(Field::radios("other", "Who is it?", others)).ask(Field::select(
        "relation",
        "They are this person's …",
        std::iter::once(Choice::new("", "")).chain(relations),
    ));
    if adult {
        let these = Relation::ALL.into_iter().filter(|relation| *relation != Relation::Child);
        let these = these.map(|relation| Choice::new(relation.slug(), first_up(relation.words())));
        form = form.ask(Field::select(
            "this-is",
            "If you chose \"child\": what is this person to the child?",
            std::iter::once(Choice::new("", "")).chain(these),
        ));
    }
    let answers = [
        Choice::new("yes", "Yes, and I have seen why"),
        Choice::new("no", "No"),
        Choice::new("not-known", "Not known yet"),
    ];
    Some(
        form.ask(
            Field::radios(
                "parental-responsibility",
                "Does the adult have parental responsibility for the child?",
                answers,
            )
            .value("not-known"),
        )
        .ask(
            Field::text("remarks", "What did you see as evidence?")
                .hint("Like \"birth certificate, seen and handed back\"."),
        )
        .ask(Field::checkboxes("same-household", "Home", [Choice::new("yes", "They live together")]))
        .ask(source_field(&Source::Person)),
    )
}

async fn relative_page(
    app: &App,
    who: &Who,
    file: FileId,
    asked: String,
    form: Option<Form>,
) -> Result<Response, Turned> {
    let wrong = form.as_ref().is_some_and(Form::has_errors);
    let shell = app.shell(who, Title::new("Link somebody").with_error(wrong)).await?.within(Section::People);
    let nobody = form.is_none() && !asked.is_empty();
    let page = RelativePage { shell, file, name: name_of(app, file).await?, asked, form, nobody };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

/// The form for a warning.
pub async fn ask_warning(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    shown(&app, &who.0, file, None, "").await?;
    page(&app, &who, file, warning_question(), warning_form()).await
}

/// Puts the warning above the file.
pub async fn add_warning(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let mut form = warning_form().fill(&posted);
    let Some(kind) = WarningKind::from_slug(typed(&posted, "warning")) else {
        form.error("warning", "Choose what kind of warning it is");
        return page(&app, &who, file, warning_question(), form).await;
    };
    let new = NewWarning {
        warning: kind,
        text: typed(&posted, "text").to_owned(),
        about: None,
        review: typed_date(&posted, "review"),
    };
    match people::add_warning(&app.office, &who.0, file, &why, new).await {
        Ok(_) => Ok(to(&format!("/people/{file}?done=warning"))),
        Err(WarningError::Wrong(errors)) => {
            put_errors(&mut form, errors);
            page(&app, &who, file, warning_question(), form).await
        }
        Err(WarningError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
    }
}

fn warning_question() -> Question {
    Question::new("Add a warning", "/warnings/new", "Put it above the file")
        .intro("It stands above every page of the file, for everybody who opens it.")
}

fn warning_form() -> Form {
    let kinds = WarningKind::ALL.map(|kind| {
        let hint = match kind {
            WarningKind::ProtectedAddress => "An address that somebody must never learn.",
            WarningKind::DoNotContact => "Somebody who must not be contacted, or not be told.",
            WarningKind::CourtOrder => "An order that limits contact or sharing.",
            WarningKind::Safety => "Something to mind for the safety of staff or others.",
        };
        Choice::new(kind.slug(), kind.words()).hint(hint)
    });
    Form::new()
        .ask(Field::radios("warning", "What kind?", kinds))
        .ask(
            Field::area("text", "What must everybody do, or not do?")
                .hint("Say it in one or two short sentences.")
                .rows(3),
        )
        .ask(
            Field::date("review", "When must somebody look at it again?").hint("Leave it empty if it does not change."),
        )
}

/// Asks before a warning is lifted.
pub async fn ask_lift(State(app): State<App>, who: Who, Path((file, record)): Path<(String, String)>) -> Answer {
    let (file, record) = ids(&file, &record)?;
    lift_page(&app, &who, (file, record), lift_form()).await
}

/// Lifts the warning.
pub async fn lift(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, record) = ids(&file, &record)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let reasoned = Why::with_reason(why.purpose, typed(&posted, "reason"));
    let version = typed(&posted, "version").parse().unwrap_or(0);
    match people::lift_warning(&app.office, &who.0, file, &reasoned, (record, version)).await {
        Ok(()) => Ok(to(&format!("/people/{file}?done=lifted"))),
        Err(WarningError::Wrong(errors)) => {
            let mut form = lift_form().fill(&posted);
            put_errors(&mut form, errors);
            lift_page(&app, &who, (file, record), form).await
        }
        Err(WarningError::Stopped(stopped)) => Err(Turned::Problem(problem(stopped))),
    }
}

fn lift_form() -> Form {
    Form::new().ask(Field::area("reason", "Why is it no longer needed?").rows(3))
}

async fn lift_page(app: &App, who: &Who, (file, record): (FileId, RecordId), form: Form) -> Result<Response, Turned> {
    let found = shown(app, &who.0, file, None, "").await?;
    let opened = found.opened.file.record(record).filter(|opened| opened.header.state != Stands::Superseded);
    let opened = opened.ok_or(Turned::Problem(Problem::NotFound))?;
    let Content::Warning(warning) = &opened.record.content else { return Err(Turned::Problem(Problem::NotFound)) };
    let mut question = Question::new("Lift a warning", format!("/warnings/{record}/lift"), "Lift the warning")
        .intro("Nobody will see it above the file any more. It stays in the file as history.")
        .hidden("version", opened.header.version.to_string());
    question.danger = true;
    let since = format!("{}, since {}", warning.warning.words(), day_of(happened_on(opened)));
    question.shown = vec![(since, warning.text.for_page().clone())];
    page(app, who, file, question, form).await
}
