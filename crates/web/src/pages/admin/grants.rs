//! Opening a file or a service to somebody for a time and a reason, and taking it back (K10, K11, K12).

use axum::Form as Posting;
use axum::extract::{Path, State};
use duties::Stopped;
use duties::accounts::{ChangeAccessError, NewGrant, give_grant, see_account, withdraw_grant};

use crate::access::Action;
use crate::app::App;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::posted::{Posted, date, words};
use crate::records::{FileId, Purpose};
use crate::who::Who;

use super::super::people::forms::day;
use super::super::people::reason::file_id;
use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};

async fn question(app: &App, who: &Who, file: FileId) -> Result<Question, Turned> {
    let staff = see_account(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    Ok(Question::new("Open something to them", format!("/admin/people/{file}"), "Open it")
        .about(staff.name)
        .intro("What they may do with it depends on their role: inspectors and commissioners only read, and senior managers say why each time.")
        .intro("The person whose file it is can see who opened it to whom, and why."))
}

async fn questions(app: &App) -> Result<Form, Turned> {
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, "/admin/people"))?;
    let services = house.services.iter().map(|(_, one)| Choice::new(one.id.to_string(), one.name.as_str()));
    let one = Field::text("file", "The address of the person's page")
        .hint("Open the person's file, and copy the address from the top of your browser.");
    let which = services
        .map(|choice| Choice { text: format!("Everybody at {}", choice.text), ..choice })
        .chain([Choice::divider("or"), Choice::new("file", "One person's file").reveal(one)]);
    Ok(Form::new()
        .ask(Field::radios("service", "What do you open?", which))
        .ask(Field::date("until", "Last day").hint("It closes by itself after this day. For example, 30 6 2027"))
        .ask(
            Field::area("reason", "Why?")
                .hint("For example: inspection of the service from 1 to 5 June. Name no child here.")
                .rows(3),
        ))
}

/// `GET /admin/people/{file}/grants/new`
pub async fn ask(State(app): State<App>, who: Who, Path(file): Path<String>) -> Answer {
    let file = file_id(&file)?;
    let path = format!("/admin/people/{file}/grants/new");
    // The reason is what the form asks for.
    let asked = app.office.permit(&who.0, Action::GiveGrant, None, Purpose::Administration, "to be given").await;
    asked.map_err(|stopped| at_house(stopped, &path))?;
    page(&app, &who, question(&app, &who, file).await?, questions(&app).await?).await
}

/// The file in an address that was pasted, or in the bare number.
fn file_in(text: &str) -> Option<FileId> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    path.split('/').find_map(|part| part.parse().ok())
}

/// `POST /admin/people/{file}/grants/new`
pub async fn give(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let mut form = questions(&app).await?.fill(&posted);
    let one = words(&posted, "service") == "file";
    let (until, about) = (date(&posted, "until"), file_in(words(&posted, "file")));
    if words(&posted, "service").is_empty() {
        form.error("service", "Choose what you open");
    }
    if one && about.is_none() {
        form.error("file", "Paste the address of the person's page, as your browser shows it");
    }
    if words(&posted, "reason").is_empty() {
        form.error("reason", "Say why you open it");
    }
    if let Err(wrong) = &until {
        form.error("until", wrong.as_str());
    }
    if let (Ok(until), false) = (until, form.has_errors()) {
        let new = NewGrant {
            file: about.filter(|_| one),
            service: words(&posted, "service").parse().ok(),
            until,
            reason: words(&posted, "reason").to_owned(),
        };
        match give_grant(&app.office, &who.0, file, new).await {
            Ok(()) => return Ok(to(&format!("/admin/people/{file}?done=granted"))),
            Err(ChangeAccessError::Fields(faults)) => put(&mut form, faults),
            Err(ChangeAccessError::Stopped(Stopped::NotFound)) if one => {
                form.error("file", "There is no such file, or it is not yours to open to others");
            }
            Err(ChangeAccessError::Stopped(stopped)) => {
                return Err(at_house(stopped, &format!("/admin/people/{file}/grants/new")));
            }
        }
    }
    page(&app, &who, question(&app, &who, file).await?, form).await
}

/// `POST /admin/people/{file}/grants/end`
pub async fn end(
    State(app): State<App>,
    who: Who,
    Path(file): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let file = file_id(&file)?;
    let home = format!("/admin/people/{file}");
    let place: usize = words(&posted, "grant").parse().map_err(|_| Turned::Problem(Problem::BadRequest))?;
    let staff = see_account(&app.office, &who.0, file).await.map_err(|stopped| at_house(stopped, &home))?;
    // The list may have become another since the page was drawn.
    let same = |until: jiff::civil::Date| day(until) == words(&posted, "until");
    if !staff.account.grants.get(place).is_some_and(|grant| same(grant.until)) {
        return Err(Turned::Problem(Problem::Conflict));
    }
    withdraw_grant(&app.office, &who.0, file, place).await.map_err(|stopped| at_house(stopped, &home))?;
    Ok(to(&format!("{home}?done=taken-back")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_address_and_a_bare_number_name_the_same_file() {
        let file = FileId::from_bytes([7; 16]);
        for pasted in [
            file.to_string(),
            format!("http://guardbook.test/people/{file}"),
            format!("https://guardbook.test/people/{file}/timeline?older=1#top"),
        ] {
            assert_eq!(file_in(&pasted), Some(file), "{pasted}");
        }
        assert_eq!(file_in("https://guardbook.test/people"), None);
    }
}
