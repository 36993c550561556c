//! By what right somebody asks, whether a child decides alone, and the call that makes sure that they did ask.

use axum::Form as Posting;
use axum::extract::{Path, State};
use axum::response::Response;
use duties::requests::standing::{
    GROWN, JudgeError, Judgement, NewStanding, StandingError, judge, presumed_from, settle,
};
use duties::requests::{CallError, CaseView, NewCall, Number, confirm_by_phone, view_case};

use super::identity::{Wrong, page};
use super::posted::{Posted, date, parts, words};
use super::step::{Part, StepPage, back, stop};
use crate::app::{App, problem};
use crate::components::SummaryList;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::standing::{Agrees, Barred, Factor, Right};
use crate::who::Who;

/// What stands in the way as things are; empty where nothing does.
pub fn warning(view: &CaseView) -> String {
    match &view.may {
        Err(stop) if view.case.request.stage.is_live() => stop.words(),
        _ => String::new(),
    }
}

/// The facts about right and age, below who asks.
pub fn facts(mut facts: SummaryList, view: &CaseView) -> SummaryList {
    let request = &view.case.request;
    if let Some(age) = view.age.filter(|age| *age < GROWN) {
        let presumed = presumed_from(&view.case.house, request);
        let words = match &request.competence {
            Some(judged) if judged.able => {
                format!("{age}; judged on {} to decide alone", duties::clock::weekday_date(judged.on))
            }
            Some(judged) => format!("{age}; judged on {} not to decide yet", duties::clock::weekday_date(judged.on)),
            None if age >= presumed => format!("{age}; presumed to understand from {presumed} on"),
            None => format!("{age}; not presumed to understand before {presumed}"),
        };
        facts = facts.fact("Age", words);
    }
    for (age, on) in &view.birthdays {
        let verb = if *on <= view.case.today() { "Turned" } else { "Turns" };
        facts = facts.fact(format!("{verb} {age}"), duties::clock::weekday_date(*on));
    }
    for call in &request.phone_checks {
        let said = if call.confirmed { "It was them" } else { "It was not them" };
        let on = duties::clock::weekday_date(call.on);
        facts = facts.fact("Telephoned", format!("{said}, on {on}: {}", call.said.for_page()));
    }
    facts
}

/// Whether the subject may be a child, so that it matters whether they understand.
fn may_be_child(view: &CaseView) -> bool {
    view.age.is_none_or(|age| age < GROWN)
}

/// The way to the page on which a child's understanding is judged.
pub fn links(view: &CaseView) -> Vec<(&'static str, String)> {
    let request = &view.case.request;
    if !may_be_child(view) || !request.stage.is_live() {
        return Vec::new();
    }
    let words = match request.competence {
        None => "Judge whether the child decides alone",
        Some(_) => "Judge again whether the child decides alone",
    };
    vec![(words, format!("/requests/{}/understands", request.reference))]
}

/// The call: only where the file had a number before.
pub fn phone_part(view: &CaseView, numbers: &[Number]) -> Option<Part> {
    if numbers.is_empty() {
        return None;
    }
    let (day, month, year) = parts(view.case.today());
    let choices = numbers.iter().map(|number| {
        let choice = Choice::new(number.key.clone(), number.value.for_page().clone());
        if number.mind.is_empty() { choice } else { choice.hint(number.mind.clone()) }
    });
    let form = Form::new()
        .ask(
            Field::radios("number", "Which number did you call?", choices)
                .hint("Numbers that the file had before the request came. The one in the request proves nothing"),
        )
        .ask(
            Field::radios("confirmed", "Was it them who asked?", [Choice::new("yes", "Yes"), Choice::new("no", "No")])
                .inline(),
        )
        .ask(Field::area("said", "Who answered, and what did they say?").rows(2))
        .ask(Field::date("called-on", "When?").parts(day, month, year));
    Some(Part {
        heading: "A call to make sure".to_owned(),
        words: vec!["If you are not sure that it was them who asked, telephone. The clock goes on.".to_owned()],
        action: format!("/requests/{}/identity/call", view.case.request.reference),
        form,
        button: "Note the call",
        kind: "secondary",
        ..Part::default()
    })
}

/// By what right somebody asks for another: the form, and the letter where it is not clear.
pub fn right_parts(view: &CaseView) -> Vec<Part> {
    let request = &view.case.request;
    let Some(requester) = &request.requester else { return Vec::new() };
    let presumed = presumed_from(&view.case.house, request);
    let mut said = vec![
        "The information belongs to the person, also to a child. A parent may ask for it if the child agrees, or cannot \
         yet understand what asking means and it is in their interest."
            .to_owned(),
    ];
    if may_be_child(view) {
        said.push(format!("We presume that a child aged {presumed} or over understands: ask them first."));
    }
    let settle = Part {
        heading: "By what right do they ask?".to_owned(),
        words: said,
        action: format!("/requests/{}/identity/right", request.reference),
        form: right_form(view),
        button: "Save what was found",
        ..Part::default()
    };
    if request.authority.is_some() || requester.standing.is_some() {
        return vec![settle];
    }
    let ask = Part {
        heading: "It is not clear".to_owned(),
        words: vec![
            "From the day of asking the clock waits: the month starts on the day on which the answer comes.".to_owned(),
        ],
        action: format!("/requests/{}/authority/ask", request.reference),
        button: "Write to ask by what right",
        kind: "secondary",
        ..Part::default()
    };
    vec![settle, ask]
}

fn right_form(view: &CaseView) -> Form {
    let (day, month, year) = parts(view.case.today());
    let standing = view.case.request.requester.as_ref().and_then(|requester| requester.standing.as_ref());
    let was = |words: Option<&str>| words.unwrap_or_default().to_owned();
    let mut form = Form::new()
        .ask(
            Field::radios("right", "On what do they rely?", Right::ALL.map(right_choice))
                .value(was(standing.map(|standing| standing.right.slug()))),
        )
        .ask(
            Field::area("seen", "What did you see for it?")
                .hint("For example: Full birth certificate, seen and handed back. Keep no copy")
                .rows(2)
                .value(was(standing.map(|standing| standing.seen.for_page().as_str()))),
        )
        .ask(
            Field::radios("agrees", "Does the person agree?", Agrees::ALL.map(agrees_choice))
                .value(was(standing.map(|standing| standing.agrees.slug()))),
        );
    if may_be_child(view) {
        let before = standing.and_then(|standing| standing.in_their_interest.as_ref());
        form = form.ask(
            Field::area("interest", "Why is it in the child’s interest that they read it?")
                .hint("Leave it empty if the child decides alone and agreed, or if it is not")
                .rows(3)
                .value(was(before.map(|words| words.for_page().as_str()))),
        );
    }
    if !view.case.house.nations().is_single() {
        form = form.ask(nation_field(view));
    }
    form.ask(
        Field::radios("barred", "Does anything stand against it?", Barred::ALL.map(barred_choice))
            .hint("Look at the warnings on the file, and for court orders")
            .value(was(standing.map(|standing| standing.barred.slug()))),
    )
    .ask(Field::date("right-on", "When did the evidence come?").parts(day, month, year))
}

fn nation_field(view: &CaseView) -> Field {
    let choices = view.case.house.nations().iter().map(|nation| Choice::new(nation.slug(), nation.to_string()));
    Field::radios("nation", "Where does the person live?", choices)
        .hint("The law differs: in Scotland parental responsibilities end at 16")
        .value(view.case.request.nation.map(duties::clock::Nation::slug).unwrap_or_default())
}

fn right_choice(right: Right) -> Choice {
    let choice = Choice::new(right.slug(), right.words());
    match right {
        Right::Registered => choice.hint(
            "On the register from 1 December 2003 in England and Wales, 4 May 2006 in Scotland, 15 April 2002 in \
             Northern Ireland",
        ),
        Right::Order => choice.hint("Also adoptive parents, guardians, and whoever a court says the child lives with"),
        Right::CareOrder => choice.hint("Not where the child is only accommodated by agreement (section 20)"),
        Right::Nothing => choice.hint("Step-parents, grandparents and foster carers without an order"),
        Right::Agreement | Right::Agent | Right::Mother | Right::Married | Right::Attorney => choice,
    }
}

fn agrees_choice(agrees: Agrees) -> Choice {
    let words = match agrees {
        Agrees::Yes => "Yes, they said so to us",
        Agrees::No => "No",
        Agrees::NotAsked => "Nobody has asked them",
    };
    Choice::new(agrees.slug(), words)
}

fn barred_choice(barred: Barred) -> Choice {
    let words = match barred {
        Barred::Nothing => "Nothing: I looked",
        Barred::ByCourt => "A court order",
        Barred::MustNotBeTold => "They must not be told",
    };
    Choice::new(barred.slug(), words)
}

/// `POST /requests/{reference}/identity/right`
pub async fn settle_right(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let wrong = |field, words: String| -> Wrong { Some((field, words)) };
    let on = match date(&posted, "right-on") {
        Ok(on) => on,
        Err(words) => return page(&app, &who, &reference, &posted, wrong("right-on", words)).await,
    };
    let new = NewStanding {
        right: Right::from_slug(words(&posted, "right")),
        seen: words(&posted, "seen").to_owned(),
        agrees: Agrees::from_slug(words(&posted, "agrees")),
        in_their_interest: words(&posted, "interest").to_owned(),
        barred: Barred::from_slug(words(&posted, "barred")),
        nation: words(&posted, "nation").parse().ok(),
        on,
    };
    match settle(&app.office, &who.0, &reference, new).await {
        Ok(Ok(_)) => Ok(back(&reference, "right")),
        // Kept, and not enough: the page says what is missing.
        Ok(Err(_)) => page(&app, &who, &reference, &[], None).await,
        Err(StandingError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(error) => {
            let field = match error {
                StandingError::NoRight => "right",
                StandingError::NotSeen => "seen",
                StandingError::NoAnswer => "agrees",
                StandingError::NotLooked | StandingError::Warned(_) => "barred",
                StandingError::Date(_) => "right-on",
                StandingError::ForThemselves | StandingError::Over | StandingError::Stopped(_) => "",
            };
            page(&app, &who, &reference, &posted, wrong(field, error.to_string())).await
        }
    }
}

/// `POST /requests/{reference}/identity/call`
pub async fn call(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let on = match date(&posted, "called-on") {
        Ok(on) => on,
        Err(words) => return page(&app, &who, &reference, &posted, Some(("called-on", words))).await,
    };
    let confirmed = match words(&posted, "confirmed") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let new =
        NewCall { number: words(&posted, "number").to_owned(), confirmed, said: words(&posted, "said").to_owned(), on };
    match confirm_by_phone(&app.office, &who.0, &reference, new).await {
        Ok(()) => Ok(back(&reference, "called")),
        Err(CallError::Stopped(stopped)) => Ok(stop(stopped)),
        Err(error) => {
            let field = match error {
                CallError::Number => "number",
                CallError::NotChosen => "confirmed",
                CallError::NoWords => "said",
                CallError::Date => "called-on",
                CallError::Over | CallError::Stopped(_) => "",
            };
            page(&app, &who, &reference, &posted, Some((field, error.to_string()))).await
        }
    }
}

fn judge_form(view: &CaseView) -> Form {
    let before = view.case.request.competence.as_ref();
    let mut form = Form::new();
    for (index, factor) in Factor::ALL.into_iter().enumerate() {
        let was = before.and_then(|judged| judged.weighed.get(index)).map(|words| words.for_page().clone());
        form = form.ask(Field::area(factor.slug(), factor.question()).rows(2).value(was.unwrap_or_default()));
    }
    if !view.case.house.nations().is_single() {
        form = form.ask(nation_field(view));
    }
    let was = before.map_or("", |judged| if judged.able { "yes" } else { "no" });
    form.ask(
        Field::radios(
            "able",
            "Do they understand what asking means, and decide alone?",
            [Choice::new("yes", "Yes"), Choice::new("no", "Not yet")],
        )
        .value(was),
    )
}

/// `GET /requests/{reference}/understands`
pub async fn ask_judge(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Result<Response, Problem> {
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    judge_page(&app, &who, &view, judge_form(&view)).await
}

async fn judge_page(app: &App, who: &Who, view: &CaseView, form: Form) -> Result<Response, Problem> {
    let request = &view.case.request;
    let mut page = StepPage::new(app, who, &request.reference, "Does the child decide alone?").await?;
    page.facts = facts(SummaryList::new().fact("About", view.subject.clone()), view);
    let presumed = presumed_from(&view.case.house, request);
    let words = vec![
        "The right belongs to the child, whatever their age. What counts is whether this child understands what it means \
         to ask, and what may follow."
            .to_owned(),
        format!(
            "Our policy presumes so from {presumed} on. Judge a child who is younger and asks, or an older one who may \
             not understand. Weigh all seven; a short answer is enough."
        ),
    ];
    Ok(page.part(Part { words, form, button: "Save the judgement", ..Part::default() }).send())
}

/// `POST /requests/{reference}/understands`
pub async fn judge_child(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Result<Response, Problem> {
    let new = Judgement {
        able: match words(&posted, "able") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        weighed: Factor::ALL.map(|factor| words(&posted, factor.slug()).to_owned()),
        nation: words(&posted, "nation").parse().ok(),
    };
    let error = match judge(&app.office, &who.0, &reference, new).await {
        Ok(()) => return Ok(back(&reference, "judged")),
        Err(JudgeError::Stopped(stopped)) => return Ok(stop(stopped)),
        Err(error) => error,
    };
    let view = view_case(&app.office, &who.0, &reference).await.map_err(problem)?;
    let mut form = judge_form(&view).fill(&posted);
    let said = error.to_string();
    match error {
        JudgeError::NotChosen => {
            form.error("able", said);
        }
        JudgeError::NotWeighed(factors) => {
            for factor in factors {
                form.error(factor.slug(), "Write something. \u{201C}None known\u{201D} is an answer too");
            }
        }
        JudgeError::Over | JudgeError::Stopped(_) => {
            form.error_overall(said);
        }
    }
    judge_page(&app, &who, &view, form).await
}
