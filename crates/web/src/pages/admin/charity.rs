//! The charity's details and the regulator's, as letters and notices print them.

use axum::Form as Posting;
use axum::extract::{Query, State};
use duties::clock::Nation;
use duties::house::{CharityForm, HouseError, change_charity};

use crate::access::Action;
use crate::app::App;
use crate::forms::{Choice, Field, Form};
use crate::posted::{Posted, all, date, parts, words};
use crate::records::house::Charity;
use crate::who::Who;

use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};
use super::permitted;
use super::set_up::{Asked, Step};

const PATH: &str = "/admin/charity";

/// The check boxes of the nations.
pub fn nations_field(label: &str, hint: &str) -> Field {
    let choices = Nation::ALL.map(|nation| Choice::new(nation.slug(), nation.to_string()));
    Field::checkboxes("nations", label, choices).hint(hint)
}

/// The nations that were ticked.
pub fn nations(posted: &[(String, String)]) -> Vec<Nation> {
    all(posted, "nations").filter_map(|slug| slug.parse().ok()).collect()
}

fn questions() -> Form {
    Form::new()
        .ask(Field::text("name", "The charity's name"))
        .ask(Field::text("registration", "Its registration").hint("For example: registered charity 1234567"))
        .ask(Field::area("address", "Its address").hint("A line each. Letters print it.").rows(4))
        .ask(Field::email("contact-email", "E-mail address for data protection").hint("Families write to it."))
        .ask(Field::tel("contact-phone", "Telephone for data protection").width(20))
        .ask(nations_field(
            "Where does the charity work?",
            "Bank holidays depend on it. With several, the earliest date counts.",
        ))
        .ask(Field::text("regulator-name", "The regulator's name").hint("Every answer says how to complain to it."))
        .ask(Field::area("regulator-address", "The regulator's address").hint("A line each.").rows(5))
        .ask(Field::tel("regulator-phone", "The regulator's telephone").width(20))
        .ask(Field::text("regulator-website", "The regulator's website").width(30))
        .ask(
            Field::date("regulator-checked", "When did you last check the regulator's details?")
                .hint("Look at its website. For example, 22 11 2026"),
        )
}

/// The details as they would be posted.
fn as_it_stands(charity: &Charity) -> Posted {
    let regulator = &charity.regulator;
    let (day, month, year) = parts(regulator.checked);
    let mut now: Posted = [
        ("name", charity.name.clone()),
        ("registration", charity.registration.clone()),
        ("address", charity.address.join("\n")),
        ("contact-email", charity.contact_email.clone()),
        ("contact-phone", charity.contact_phone.clone()),
        ("regulator-name", regulator.name.clone()),
        ("regulator-address", regulator.address.join("\n")),
        ("regulator-phone", regulator.phone.clone()),
        ("regulator-website", regulator.website.clone()),
        ("regulator-checked-day", day),
        ("regulator-checked-month", month),
        ("regulator-checked-year", year),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    now.extend(charity.nations.iter().map(|nation| ("nations".to_owned(), nation.slug().to_owned())));
    now
}

fn question(asked: &Asked) -> Question {
    let mut question = Question::new("The charity and the regulator", asked.to("/admin"), "Save")
        .intro("Letters, notices and the pages for families print these details.")
        .stage(asked.stage(Step::Charity));
    question.done.clone_from(&asked.done);
    question
}

/// `GET /admin/charity`
pub async fn ask(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageSettings, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let form = questions().fill(&as_it_stands(&house.charity.1));
    page(&app, &who, question(&asked), form).await
}

/// `POST /admin/charity`
pub async fn save(
    State(app): State<App>,
    who: Who,
    Query(asked): Query<Asked>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let typed = |name: &str| words(&posted, name).to_owned();
    let new = CharityForm {
        name: typed("name"),
        registration: typed("registration"),
        address: typed("address"),
        contact_email: typed("contact-email"),
        contact_phone: typed("contact-phone"),
        nations: nations(&posted),
        regulator_name: typed("regulator-name"),
        regulator_address: typed("regulator-address"),
        regulator_phone: typed("regulator-phone"),
        regulator_website: typed("regulator-website"),
        regulator_checked: date(&posted, "regulator-checked").ok(),
    };
    match change_charity(&app.office, &who.0, new).await {
        Ok(()) => Ok(to(&after(&asked))),
        Err(HouseError::Fields(faults)) => {
            let mut form = questions().fill(&posted);
            put(&mut form, faults);
            page(&app, &who, question(&asked), form).await
        }
        Err(HouseError::Stopped(stopped)) => Err::<_, Turned>(at_house(stopped, PATH)),
    }
}

/// On to the next step while setting up; else back to this page.
fn after(asked: &Asked) -> String {
    asked.stage(Step::Charity).map_or_else(|| asked.done(PATH, "saved"), |stage| stage.on)
}
