//! Bank holidays: those that are counted, and those that were proclaimed after this program was built.

use std::collections::BTreeMap;

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use duties::House;
use duties::clock::{Nation, weekday_date};
use duties::house::{HolidayForm, HouseError, add_holiday, change_holiday};

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Table};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::posted::{Posted, date, parts, words};
use crate::records::RecordId;
use crate::records::house::Holiday;
use crate::who::Who;

use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};
use super::charity::{nations, nations_field};
use super::list::{self, List};
use super::permitted;
use super::set_up::Asked;

const PATH: &str = "/admin/holidays";

/// `GET /admin/holidays`
pub async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageHolidays, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let year = app.office.today().year();
    let head = Table::new("Added by you").column("Day").column("What for").column("Where").named_rows().cards();
    let mut added: Vec<_> = house.added_holidays.iter().collect();
    added.sort_by_key(|(_, holiday)| holiday.day);
    let table = added.into_iter().fold(head, |table, (header, holiday)| table.row(row(header.id, holiday)));
    let mine: Vec<String> = house.nations().iter().map(|nation| nation.to_string()).collect();
    let list = List {
        heading: "Bank holidays",
        intro: vec![
            format!(
                "A time limit that would end on one of these days moves on. For you count the days of: {}. The charity's page changes that.",
                mine.join(", ")
            ),
            format!(
                "The days of this program are verified until the end of {}. When another is proclaimed, add it here: limits are worked out anew at once.",
                house.holidays.verified_until()
            ),
        ],
        empty: "You have added none.",
        add: Some(("Add a bank holiday", "/admin/holidays/new".to_owned())),
        more: None,
        table,
        enough: true,
        below: vec![counted(&house, year), counted(&house, year + 1)],
        stage: None,
    };
    list::page(&app, &who, list, &asked.done).await
}

fn row(id: RecordId, holiday: &Holiday) -> [Cell; 3] {
    [
        Cell::link(weekday_date(holiday.day), format!("{PATH}/{id}")),
        holiday.name.as_str().into(),
        whereabouts(&holiday.nations).into(),
    ]
}

fn whereabouts(nations: &[Nation]) -> String {
    if nations.len() == Nation::ALL.len() {
        return "Everywhere".to_owned();
    }
    nations.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// What is counted in a year, with the nations of each day.
fn counted(house: &House, year: i16) -> Table {
    let mut days: BTreeMap<_, Vec<Nation>> = BTreeMap::new();
    for nation in Nation::ALL {
        for holiday in house.holidays.of_year(year, nation) {
            let substitute = if holiday.substitute { " (substitute day)" } else { "" };
            days.entry((holiday.date, format!("{}{substitute}", holiday.name))).or_default().push(nation);
        }
    }
    let head = Table::new(format!("Counted in {year}")).column("Day").column("Holiday").column("Where");
    days.into_iter().fold(head.named_rows().cards(), |table, ((day, name), nations)| {
        table.row([weekday_date(day).into(), name.into(), whereabouts(&nations).into()])
    })
}

fn questions() -> Form {
    Form::new()
        .ask(
            Field::date("day", "The day")
                .hint("For example, 15 6 2028. On a weekend nothing changes: add its substitute."),
        )
        .ask(Field::text("name", "What is it for?").width(30))
        .ask(nations_field("Where is it a bank holiday?", "Choose all that apply."))
}

fn read(posted: &Posted) -> HolidayForm {
    HolidayForm { day: date(posted, "day").ok(), nations: nations(posted), name: words(posted, "name").to_owned() }
}

fn new_question() -> Question {
    Question::new("Add a bank holiday", PATH, "Add the bank holiday")
}

fn change_question() -> Question {
    Question::new("Put a bank holiday right", PATH, "Save")
}

/// The form with what the use case found.
fn mended(posted: &Posted, error: HouseError) -> Result<Form, Turned> {
    match error {
        HouseError::Fields(faults) => {
            let mut form = questions().fill(posted);
            put(&mut form, faults);
            Ok(form)
        }
        HouseError::Stopped(stopped) => Err(at_house(stopped, PATH)),
    }
}

/// `GET /admin/holidays/new`
pub async fn ask(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who, Action::ManageHolidays, PATH).await?;
    page(&app, &who, new_question(), questions()).await
}

/// `POST /admin/holidays/new`
pub async fn add(State(app): State<App>, who: Who, Posting(posted): Posting<Posted>) -> Answer {
    match add_holiday(&app.office, &who.0, read(&posted)).await {
        Ok(()) => Ok(to("/admin/holidays?done=added")),
        Err(error) => page(&app, &who, new_question(), mended(&posted, error)?).await,
    }
}

fn record_id(text: &str) -> Result<RecordId, Turned> {
    text.parse().map_err(|_| Turned::Problem(Problem::NotFound))
}

/// `GET /admin/holidays/{holiday}`
pub async fn ask_change(State(app): State<App>, who: Who, Path(holiday): Path<String>) -> Answer {
    permitted(&app, &who, Action::ManageHolidays, PATH).await?;
    let id = record_id(&holiday)?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let (_, holiday) = house.added_holidays.iter().find(|(header, _)| header.id == id).ok_or(Problem::NotFound)?;
    let (day, month, year) = parts(holiday.day);
    let mut now: Posted = [("day-day", day), ("day-month", month), ("day-year", year), ("name", holiday.name.clone())]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec();
    now.extend(holiday.nations.iter().map(|nation| ("nations".to_owned(), nation.slug().to_owned())));
    page(&app, &who, change_question(), questions().fill(&now)).await
}

/// `POST /admin/holidays/{holiday}`
pub async fn change(
    State(app): State<App>,
    who: Who,
    Path(holiday): Path<String>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let id = record_id(&holiday)?;
    match change_holiday(&app.office, &who.0, id, read(&posted)).await {
        Ok(()) => Ok(to("/admin/holidays?done=saved")),
        Err(error) => page(&app, &who, change_question(), mended(&posted, error)?).await,
    }
}
