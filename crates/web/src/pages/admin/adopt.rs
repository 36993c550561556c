//! A new version of the policy: its texts are checked, then a page shows what would change, and only then is it adopted.

use std::collections::BTreeSet;

use askama::Template;
use axum::Form as Posting;
use axum::extract::{Multipart, Query, State};
use axum::response::{IntoResponse, Response};
use duties::house::{AdoptPolicyError, CheckPolicyError, CheckedPolicy, PolicyChanges, adopt_policy, check_policy};
use duties::policy::{ClauseId, Problem as Wrong};

use crate::access::Action;
use crate::app::App;
use crate::components::Table;
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::{Posted, date, parts, words};
use crate::who::Who;

use super::super::people::forms::first_up;
use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::put;
use super::drafts::Texts;
use super::policy::kind_in_words;
use super::problems::{Told, told};
use super::set_up::Asked;
use super::{may, permitted, shell};

const PATH: &str = "/admin/policy/new";
const CHANGES: &str = "/admin/policy/changes";
/// So many texts a policy may have on the page.
const MOST_TEXTS: usize = 8;

#[derive(Template)]
#[template(path = "admin/policy_new.html")]
struct NewPage {
    shell: Shell,
    form: Form,
    errors: Vec<Told>,
    warnings: Vec<Told>,
    draft: bool,
}

#[derive(Template)]
#[template(path = "admin/policy_changes.html")]
struct ChangesPage {
    shell: Shell,
    form: Form,
    settings: Table,
    added: String,
    removed: String,
    texts_added: Vec<String>,
    texts_removed: Vec<String>,
    charity: Option<(String, String)>,
    warnings: Vec<Told>,
    fingerprint: String,
    nothing: bool,
}

/// A box for each text, and one to add another.
fn questions(texts: &[(String, String)]) -> Form {
    let upload = Field::file("upload", "Upload texts")
        .hint("Markdown files: the full text, and its Easy Read, children's or Welsh versions. A file replaces the text below that has its name.")
        .accept(".md,.markdown,.txt,text/markdown,text/plain")
        .multiple();
    let boxes = (texts.len() + 1).min(MOST_TEXTS);
    (1..=boxes).fold(Form::new().ask(upload), |form, number| {
        let (name, text) = texts.get(number - 1).map_or(("", ""), |(name, text)| (name, text));
        let more = number > texts.len();
        let label = if more { "Another text".to_owned() } else { format!("Text {number}") };
        form.ask(Field::text(format!("name-{number}"), format!("{label}: its file name")).width(30).value(name)).ask(
            Field::area(format!("text-{number}"), format!("{label}: what it says"))
                .hint(if more { "Leave it empty if there is none." } else { "Empty it to leave it out." })
                .rows(if more { 4 } else { 14 })
                .value(text),
        )
    })
}

/// `GET /admin/policy/new`
pub async fn ask(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::AdoptPolicy, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let kept = app.drafts.of(who.0.file, app.office.now()).filter(|_| asked.afresh.is_empty());
    let draft = kept.is_some();
    let texts = kept.unwrap_or_else(|| house.policy_version.1.texts.clone());
    let page = NewPage {
        form: questions(&texts),
        errors: Vec::new(),
        warnings: Vec::new(),
        draft,
        shell: shell(&app, &who, Title::new("Adopt a new version of the policy"), "").await?,
    };
    Ok(Page::new(page).into_response())
}

/// The texts that were typed and uploaded, and the names of uploads that are not text.
async fn received(mut upload: Multipart) -> Result<(Texts, Vec<String>), Turned> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        Turned::Problem(if too_large { Problem::TooLarge } else { Problem::BadRequest })
    };
    let (mut posted, mut files, mut not_text) = (Posted::new(), Texts::new(), Vec::new());
    while let Some(field) = upload.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            // An empty name is how browsers say that no file was chosen.
            Some(file) if file.is_empty() => {}
            Some(file) => match String::from_utf8(field.bytes().await.map_err(unreadable)?.to_vec()) {
                Ok(text) => files.push((file, text)),
                Err(_) => not_text.push(file),
            },
            None => posted.push((name, field.text().await.map_err(unreadable)?)),
        }
    }
    Ok((together(&posted, files), not_text))
}

/// The typed texts, with each upload in the place of the one that has its name. Lines end as the checker counts them.
fn together(posted: &Posted, files: Texts) -> Texts {
    let plain = |text: &str| text.replace("\r\n", "\n");
    let mut texts: Texts = (1..=MOST_TEXTS)
        .filter_map(|number| {
            let text = posted.iter().find(|(key, _)| *key == format!("text-{number}")).map(|(_, text)| plain(text))?;
            let name = match words(posted, &format!("name-{number}")) {
                "" => format!("text-{number}.md"),
                name => name.to_owned(),
            };
            (!text.trim().is_empty()).then_some((name, text))
        })
        .collect();
    for (name, text) in files {
        match texts.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            Some(known) => known.1 = plain(&text),
            None => texts.push((name, plain(&text))),
        }
    }
    texts
}

/// `POST /admin/policy/new`: checks. Nothing is written but the draft, in memory.
pub async fn check(State(app): State<App>, who: Who, upload: Multipart) -> Answer {
    // Before the proof of who one is may run out: what was typed must not be lost for that.
    if !may(&app, &who, Action::AdoptPolicy).await {
        return Err(Turned::Problem(Problem::NotFound));
    }
    let (texts, not_text) = received(upload).await?;
    app.drafts.keep(who.0.file, texts.clone(), app.office.now());
    let mut form = questions(&texts);
    for name in &not_text {
        form.error("upload", format!("{name} is not text in UTF-8. Save it as plain text, and choose it again"));
    }
    match check_policy(&app.office, &who.0, &texts).await {
        Ok(checked) if checked.policy.is_some() && not_text.is_empty() => Ok(to(CHANGES)),
        Ok(checked) => refused(&app, &who, form, &checked.problems, &texts).await,
        Err(CheckPolicyError::Stopped(stopped)) => Err(at_house(stopped, PATH)),
        Err(error) => {
            form.error("upload", error.to_string());
            refused(&app, &who, form, &[], &texts).await
        }
    }
}

/// The form with everything that is wrong: one line for each text in the summary, every problem below it.
async fn refused(
    app: &App,
    who: &Who,
    mut form: Form,
    problems: &[Wrong],
    texts: &[(String, String)],
) -> Result<Response, Turned> {
    let (errors, warnings): (Vec<&Wrong>, Vec<&Wrong>) = problems.iter().partition(|problem| problem.is_error());
    for (at, (name, _)) in texts.iter().enumerate() {
        let lines: BTreeSet<usize> = errors.iter().filter(|e| e.file == *name).map(|e| e.place.line).collect();
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        if !lines.is_empty() {
            let word = if lines.len() == 1 { "line" } else { "lines" };
            form.error(&format!("text-{}", at + 1), format!("Mend {word} {} of {name}", lines.join(", ")));
        }
    }
    let page = NewPage {
        shell: shell(app, who, Title::new("Adopt a new version of the policy").with_error(true), "").await?,
        form,
        errors: errors.into_iter().map(|problem| told(problem, texts)).collect(),
        warnings: warnings.into_iter().map(|problem| told(problem, texts)).collect(),
        draft: false,
    };
    Ok(Page::with_errors(page).into_response())
}

/// The draft as it was checked, or back to the form.
async fn checked(app: &App, who: &Who) -> Result<(Texts, CheckedPolicy), Turned> {
    let back = || Turned::To(PATH.to_owned());
    let texts = app.drafts.of(who.0.file, app.office.now()).ok_or_else(back)?;
    match check_policy(&app.office, &who.0, &texts).await {
        Ok(checked) if checked.policy.is_some() => Ok((texts, checked)),
        Err(CheckPolicyError::Stopped(stopped)) => Err(at_house(stopped, CHANGES)),
        Ok(_) | Err(_) => Err(back()),
    }
}

fn from_field() -> Form {
    Form::new().ask(
        Field::date("from", "From which day does it bind?")
            .hint("Today or later. Requests that came in before stay under the policy of their day."),
    )
}

/// `GET /admin/policy/changes`
pub async fn changes(State(app): State<App>, who: Who) -> Answer {
    let found = checked(&app, &who).await?;
    let (day, month, year) = parts(app.office.today());
    let boxes = [("from-day", day), ("from-month", month), ("from-year", year)];
    let today: Posted = boxes.map(|(name, value)| (name.to_owned(), value)).to_vec();
    changes_page(&app, &who, found, from_field().fill(&today)).await
}

async fn changes_page(
    app: &App,
    who: &Who,
    (texts, checked): (Texts, CheckedPolicy),
    form: Form,
) -> Result<Response, Turned> {
    let wrong = form.has_errors();
    let warnings = checked.warnings().map(|problem| told(problem, &texts)).collect();
    let changes = checked.policy.map(|(_, changes)| changes).unwrap_or_default();
    let PolicyChanges { settings, clauses_added, clauses_removed, texts_added, texts_removed, charity } = changes;
    let head = Table::new("What the program would do differently").column("About").column("Now").column("Then");
    let settings = settings.into_iter().fold(head.named_rows().cards(), |table, change| {
        let or = |value: Option<String>| value.unwrap_or_else(|| "Not set".to_owned());
        table.row([first_up(&change.about).into(), or(change.before).into(), or(change.after).into()])
    });
    let kinds = |kinds: Vec<&str>| kinds.into_iter().map(kind_in_words).collect::<Vec<_>>();
    let page = ChangesPage {
        nothing: settings.is_empty()
            && clauses_added.is_empty()
            && clauses_removed.is_empty()
            && texts_added.is_empty()
            && texts_removed.is_empty()
            && charity.is_none(),
        settings,
        added: ids(&clauses_added),
        removed: ids(&clauses_removed),
        texts_added: kinds(texts_added),
        texts_removed: kinds(texts_removed),
        charity,
        warnings,
        fingerprint: checked.fingerprint,
        shell: shell(app, who, Title::new("What the new policy changes").with_error(wrong), "").await?,
        form,
    };
    Ok(if wrong { Page::with_errors(page) } else { Page::new(page) }.into_response())
}

fn ids(clauses: &[ClauseId]) -> String {
    clauses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `POST /admin/policy/changes`: adopts it.
pub async fn adopt(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Answer {
    let found = checked(&app, &who).await?;
    let mut form = from_field().fill(&posted);
    if words(&posted, "fingerprint") != found.1.fingerprint {
        form.error_overall("The texts are others than those that this page showed. Look at what changes, then adopt");
        return changes_page(&app, &who, found, form).await;
    }
    let from = match date(&posted, "from") {
        Ok(from) => from,
        Err(wrong) => {
            form.error("from", wrong);
            return changes_page(&app, &who, found, form).await;
        }
    };
    match adopt_policy(&app.office, &who.0, found.0.clone(), Some(from)).await {
        Ok(()) => {
            app.drafts.drop_of(who.0.file);
            Ok(to("/admin/policy?done=adopted"))
        }
        Err(AdoptPolicyError::Fields(faults)) => {
            put(&mut form, faults);
            changes_page(&app, &who, found, form).await
        }
        Err(AdoptPolicyError::NotClean) => Err(Turned::To(PATH.to_owned())),
        Err(AdoptPolicyError::Stopped(stopped)) => Err(at_house(stopped, CHANGES)),
    }
}
