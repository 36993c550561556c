//! The charity's own words in its letters: what it says before and after what a letter must say.

use axum::Form as Posting;
use axum::extract::{Path, Query, State};
use duties::house::{HouseError, change_letter_words};
use duties::post::example_letter;

use super::super::people::turned::{Answer, Turned, at_house, to};
use super::ask::{Question, page, put};
use super::list::{self, List};
use super::permitted;
use super::set_up::Asked;
use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Table};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::posted::{Posted, words};
use crate::records::house::OwnWords;
use crate::records::work::LetterKind;
use crate::who::Who;

const PATH: &str = "/admin/letters";

/// `GET /admin/letters`
pub async fn list(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> Answer {
    permitted(&app, &who, Action::ManageSettings, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let head = Table::new("").column("Letter").column("Your own words").named_rows().cards();
    let table = LetterKind::ALL.into_iter().fold(head, |table, kind| {
        let own = house.charity.1.words_in(kind);
        let said = match (own.opening.is_empty(), own.closing.is_empty()) {
            (true, true) => "None",
            (false, true) => "At the beginning",
            (true, false) => "At the end",
            (false, false) => "At the beginning and at the end",
        };
        table.row([Cell::link(kind.words(), format!("{PATH}/{}", kind.slug())), said.into()])
    });
    let list = List {
        heading: "Letters",
        intro: vec![
            "Each letter says what was decided, what happens next, whom to write to, and where the law wants it, how to complain. \
             You can say something of your own before and after that. One letter can be changed on its own page before it goes out."
                .to_owned(),
        ],
        empty: "",
        add: None,
        more: None,
        table,
        enough: true,
        below: Vec::new(),
        stage: None,
    };
    list::page(&app, &who, list, &asked.done).await
}

fn questions() -> Form {
    Form::new()
        .ask(
            Field::area("opening", "At the beginning")
                .hint("Each line is a paragraph. Leave it empty for nothing")
                .rows(4),
        )
        .ask(Field::area("closing", "At the end").hint("Like: Yours sincerely, with the name of whoever signs").rows(4))
}

fn question(kind: LetterKind, asked: &Asked) -> Question {
    Question::new(kind.words(), asked.to(PATH), "Save")
        .intro("Letters that are written from now on hold these words around their own. Those that are written stay as they are.")
}

/// The question with a letter as it would look.
async fn with_example(
    app: &App,
    who: &Who,
    kind: LetterKind,
    asked: &Asked,
    own: &OwnWords,
) -> Result<Question, Turned> {
    let letter = example_letter(&app.office, &who.0, kind, own).await.map_err(|stopped| at_house(stopped, PATH))?;
    Ok(Question { letter, ..question(kind, asked) })
}

fn kind_of(slug: &str) -> Result<LetterKind, Turned> {
    LetterKind::from_slug(slug).ok_or_else(|| Turned::from(Problem::NotFound))
}

/// `GET /admin/letters/{kind}`
pub async fn ask(State(app): State<App>, who: Who, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let kind = kind_of(&slug)?;
    permitted(&app, &who, Action::ManageSettings, PATH).await?;
    let house = app.office.house().await.map_err(|stopped| at_house(stopped, PATH))?;
    let own = house.charity.1.words_in(kind);
    let question = with_example(&app, &who, kind, &asked, &own).await?;
    let now = [("opening".to_owned(), own.opening), ("closing".to_owned(), own.closing)];
    page(&app, &who, question, questions().fill(&now)).await
}

/// `POST /admin/letters/{kind}`
pub async fn save(
    State(app): State<App>,
    who: Who,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    Posting(posted): Posting<Posted>,
) -> Answer {
    let kind = kind_of(&slug)?;
    let own = OwnWords { opening: words(&posted, "opening").to_owned(), closing: words(&posted, "closing").to_owned() };
    if words(&posted, "deed") == "look" {
        let question = with_example(&app, &who, kind, &asked, &own).await?;
        return page(&app, &who, question, questions().fill(&posted)).await;
    }
    match change_letter_words(&app.office, &who.0, kind, own).await {
        Ok(()) => Ok(to(&format!("{PATH}?done=saved"))),
        Err(HouseError::Stopped(stopped)) => Err(at_house(stopped, PATH)),
        Err(HouseError::Fields(faults)) => {
            let mut form = questions().fill(&posted);
            put(&mut form, faults);
            page(&app, &who, question(kind, &asked), form).await
        }
    }
}
