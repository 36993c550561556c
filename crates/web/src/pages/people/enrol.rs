//! Services of a person: enrolling, outcomes, the end; notices; facts that a service needs.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::notices::{GiveNoticeError, NewNotice, give_notice};
use duties::services::{
    EnrolError, NeededFactError, NewEnrolment, NewNeededFact, NoticeAnswer, add_needed_fact, end_enrolment, enrol,
    record_outcome,
};

use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::catalogue::DataCategory;
use crate::records::work::NoticeForm;
use crate::records::{Content, FileId, RecordId, ServiceId, Source};
use crate::who::Who;

use super::ask::{Question, page};
use super::forms::{Posted, day, first_up, put_errors, source, source_field, typed, typed_date};
use super::head::{Shown, shown};
use super::notes::{enrolled, ids};
use super::reason::file_id;
use super::turned::{Answer, Turned, at_file, to};
use super::whys::why;

/// The form.
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who.0, file, None, "").await?;
    page(&app, &who, file, enrol_question(), enrol_form(&app, &found)).await
}

/// Enrols.
pub async fn save(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let service: Option<ServiceId> = typed(&posted, "service").parse().ok();
    let notice = match typed(&posted, "notice") {
        "had-it" => Some(NoticeAnswer::HadIt),
        "not-yet" => Some(NoticeAnswer::NotYet),
        form => NoticeForm::from_slug(form).map(NoticeAnswer::Given),
    };
    let mut errors = Vec::new();
    if service.is_none() {
        errors.push(("service", "Choose a service".to_owned()));
    }
    if notice.is_none() {
        errors.push(("notice", "Say whether you gave our privacy notice".to_owned()));
    }
    if let (Some(service), Some(notice)) = (service, notice) {
        let done = if notice == NoticeAnswer::NotYet { "waiting" } else { "enrolled" };
        let new = NewEnrolment {
            service,
            reason: typed(&posted, "reason").to_owned(),
            started: typed_date(&posted, "started"),
            notice,
        };
        match enrol(&app.office, &who.0, file, &why, new).await {
            Ok(_) => return Ok(to(&format!("/people/{file}?done={done}"))),
            Err(EnrolError::Wrong(wrong)) => errors = wrong,
            Err(EnrolError::Already) => {
                errors.push(("service", "They use this service already. Choose another".to_owned()));
            }
            Err(EnrolError::NotForThisClass) => errors.push((
                "service",
                "Only children, young people, parents and carers use our services. Change who this is first".to_owned(),
            )),
            Err(EnrolError::Stopped(stopped)) => return Err(at_file(stopped, file, "")),
        }
    }
    let found = shown(&app, &who.0, file, None, "").await?;
    let mut form = enrol_form(&app, &found).fill(&posted);
    put_errors(&mut form, errors);
    page(&app, &who, file, enrol_question(), form).await
}

fn enrol_question() -> Question {
    Question::new("Enrol with a service", "/enrol", "Enrol")
        .intro("Staff at this service will be able to open the file from now on.")
}

fn enrol_form(app: &App, found: &Shown) -> Form {
    let today = app.office.today();
    let used = enrolled(&found.opened.house, &found.opened.file);
    let services = found.opened.house.services.iter().map(|(_, service)| service);
    let services =
        services.filter(|s| s.ended.is_none_or(|ended| ended > today) && !used.iter().any(|(id, _)| *id == s.id));
    let services =
        services.map(|service| Choice::new(service.id.to_string(), service.name.as_str()).hint(service.about.as_str()));
    let given = NoticeForm::ALL.map(|form| Choice::new(form.slug(), format!("Yes, now: {}", form.words())));
    let others = [
        Choice::new("had-it", "They had it before"),
        Choice::new("not-yet", "Not yet")
            .hint("The enrolment is not complete until you give it. It stands on your day as due today."),
    ];
    Form::new()
        .ask(Field::radios("service", "Which service?", services))
        .ask(Field::area("reason", "Why do they use it?").hint("What they hope for, in a sentence or two.").rows(3))
        .ask(Field::date("started", "First day").hint("Leave it empty for today.").parts(
            today.day().to_string(),
            today.month().to_string(),
            today.year().to_string(),
        ))
        .ask(Field::radios("notice", "Did you give them our privacy notice?", given.into_iter().chain(others)))
}

/// The form for an outcome.
pub async fn ask_outcome(State(app): State<App>, who: Who, Path((file, record)): Path<(String, String)>) -> Answer {
    let (file, record) = ids(&file, &record)?;
    enrolment_page(&app, &who, (file, record), false, outcome_form()).await
}

/// Saves the outcome.
pub async fn outcome(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, record) = ids(&file, &record)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let version = typed(&posted, "version").parse().unwrap_or(0);
    let done = record_outcome(&app.office, &who.0, (file, record, version), &why, typed(&posted, "outcome")).await;
    changed(&app, &who, (file, record), false, (done, "outcome"), outcome_form().fill(&posted)).await
}

/// The form for the end.
pub async fn ask_end(State(app): State<App>, who: Who, Path((file, record)): Path<(String, String)>) -> Answer {
    let (file, record) = ids(&file, &record)?;
    enrolment_page(&app, &who, (file, record), true, end_form(&app)).await
}

/// Ends it.
pub async fn end(
    State(app): State<App>,
    who: Who,
    Path((file, record)): Path<(String, String)>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let (file, record) = ids(&file, &record)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let version = typed(&posted, "version").parse().unwrap_or(0);
    let ended = typed_date(&posted, "ended");
    let words = (ended.as_str(), typed(&posted, "outcome"));
    let done = end_enrolment(&app.office, &who.0, (file, record, version), &why, words).await;
    changed(&app, &who, (file, record), true, (done, "ended"), end_form(&app).fill(&posted)).await
}

async fn changed(
    app: &App,
    who: &Who,
    (file, record): (FileId, RecordId),
    ending: bool,
    (done, word): (Result<(), EnrolError>, &str),
    mut form: Form,
) -> Answer {
    match done {
        Ok(()) => Ok(to(&format!("/people/{file}?done={word}"))),
        Err(EnrolError::Wrong(errors)) => {
            put_errors(&mut form, errors);
            enrolment_page(app, who, (file, record), ending, form).await
        }
        Err(EnrolError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
        Err(EnrolError::Already | EnrolError::NotForThisClass) => Err(Turned::Problem(Problem::Conflict)),
    }
}

fn outcome_form() -> Form {
    Form::new()
        .ask(Field::area("outcome", "What came of the work?").hint("What changed for them, as they and you see it."))
}

fn end_form(app: &App) -> Form {
    let today = app.office.today();
    let last = Field::date("ended", "Last day").parts(
        today.day().to_string(),
        today.month().to_string(),
        today.year().to_string(),
    );
    Form::new().ask(last).ask(Field::area("outcome", "What came of the work?").hint("You can leave this empty."))
}

async fn enrolment_page(
    app: &App,
    who: &Who,
    (file, record): (FileId, RecordId),
    ending: bool,
    form: Form,
) -> Result<Response, Turned> {
    let found = shown(app, &who.0, file, None, "").await?;
    let opened = found.opened.file.record(record).ok_or(Turned::Problem(Problem::NotFound))?;
    let Content::Enrolment(enrolment) = &opened.record.content else { return Err(Turned::Problem(Problem::NotFound)) };
    let name = found.opened.house.service_name(enrolment.service);
    let question = if ending {
        Question::new("End the use of a service", format!("/enrolments/{record}/end"), "End it")
            .intro("The file stays open to the service, so that the work can be looked up. How long it is kept is counted from the last day.")
    } else {
        Question::new("Add an outcome", format!("/enrolments/{record}/outcome"), "Save the outcome")
    };
    let mut question = question.hidden("version", opened.header.version.to_string());
    question.shown = vec![(format!("{name}, since {}", day(enrolment.started)), enrolment.reason.for_page().clone())];
    page(app, who, file, question, form).await
}

/// The form for a notice that was given.
pub async fn ask_notice(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    shown(&app, &who.0, file, None, "").await?;
    page(&app, &who, file, notice_question(), notice_form(&app)).await
}

/// Records that it was given.
pub async fn give(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let mut form = notice_form(&app).fill(&posted);
    let Some(in_form) = NoticeForm::from_slug(typed(&posted, "form")) else {
        form.error("form", "Choose how you gave it");
        return page(&app, &who, file, notice_question(), form).await;
    };
    let new = NewNotice { form: in_form, given: typed_date(&posted, "given"), to: None };
    match give_notice(&app.office, &who.0, file, &why, new).await {
        Ok(()) => Ok(to(&format!("/people/{file}?done=notice"))),
        Err(GiveNoticeError::Wrong(errors)) => {
            put_errors(&mut form, errors);
            page(&app, &who, file, notice_question(), form).await
        }
        Err(GiveNoticeError::Stopped(stopped)) => Err(at_file(stopped, file, "")),
    }
}

fn notice_question() -> Question {
    Question::new("Say that the privacy notice was given", "/notice", "Save")
        .intro("Give it in the form that they can use. With a young child, explain it and give the text to the parent.")
}

fn notice_form(app: &App) -> Form {
    let today = app.office.today();
    let forms = NoticeForm::ALL.map(|form| Choice::new(form.slug(), first_up(form.words())));
    Form::new().ask(Field::radios("form", "How did you give it?", forms)).ask(Field::date("given", "When?").parts(
        today.day().to_string(),
        today.month().to_string(),
        today.year().to_string(),
    ))
}

/// The form for a fact that a service needs.
pub async fn ask_fact(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let found = shown(&app, &who.0, file, None, "").await?;
    page(&app, &who, file, fact_question(), fact_form(&found)).await
}

/// Saves the fact, or says that no service needs it.
pub async fn add_fact(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let why = why(&app, &who.0, file).await.map_err(|stopped| at_file(stopped, file, ""))?;
    let chosen = typed(&posted, "for").split_once(' ');
    let chosen = chosen.and_then(|(service, about)| Some((service.parse().ok()?, about_of(about)?)));
    let mut errors = Vec::new();
    if let Some((service, about)) = chosen {
        let new = NewNeededFact {
            about,
            service,
            text: typed(&posted, "text").to_owned(),
            needed_for: typed(&posted, "needed-for").to_owned(),
            source: source(&posted),
        };
        match add_needed_fact(&app.office, &who.0, file, &why, new).await {
            Ok(_) => return Ok(to(&format!("/people/{file}?done=fact"))),
            Err(NeededFactError::Wrong(wrong)) => {
                errors.extend(
                    wrong.into_iter().map(|(field, words)| (if field == "service" { "for" } else { field }, words)),
                );
            }
            Err(NeededFactError::NotNeeded(about)) => errors.push((
                "for",
                format!("This service does not need facts about {}, so we do not keep them", about.words()),
            )),
            Err(NeededFactError::Stopped(stopped)) => return Err(at_file(stopped, file, "")),
        }
    } else {
        errors.push(("for", "Choose which service needs it".to_owned()));
    }
    let found = shown(&app, &who.0, file, None, "").await?;
    let mut form = fact_form(&found).fill(&posted);
    put_errors(&mut form, errors);
    page(&app, &who, file, fact_question(), form).await
}

fn about_of(slug: &str) -> Option<DataCategory> {
    [DataCategory::Health, DataCategory::Money].into_iter().find(|about| about.slug() == slug)
}

fn fact_question() -> Question {
    Question::new("Add what a service must know", "/facts/new", "Save")
        .intro("Facts about health or money are kept only where a service needs them. Nothing else is offered here.")
}

fn fact_form(found: &Shown) -> Form {
    let house = &found.opened.house;
    let mut offered = Vec::new();
    for (id, name) in enrolled(house, &found.opened.file) {
        for about in [DataCategory::Health, DataCategory::Money] {
            if house.service(id).is_some_and(|service| service.needs.contains(&about)) {
                offered.push(Choice::new(format!("{id} {}", about.slug()), format!("{name}: {}", about.words())));
            }
        }
    }
    Form::new()
        .ask(Field::radios("for", "Which service needs it?", offered))
        .ask(Field::area("text", "What must the service know?").rows(3))
        .ask(Field::area("needed-for", "Why does the service need it?").rows(2))
        .ask(source_field(&Source::Person))
}
