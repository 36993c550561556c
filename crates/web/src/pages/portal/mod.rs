//! The pages for families and young people: no account, no script needed, plain or in Easy Read.

mod ask;
mod home;
mod questions;
mod track;
mod visits;

use axum::Router;
use axum::routing::{get, post};

use crate::app::{App, problem};
use crate::errors::Problem;
use crate::page::{Shell, Title};
use crate::words::Words;

pub use visits::Visits;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/ask", get(ask::begin).post(ask::step))
        .route("/ask/given", get(ask::given))
        .route("/ask/paper", get(home::paper))
        .route("/ask/paper.pdf", get(home::paper_pdf))
        .route("/complain", get(ask::complain))
        .route("/track", get(track::ask).post(track::open))
        .route("/track/here", get(track::show))
        .route("/track/message", post(track::say))
        .route("/track/wrong", post(track::say_wrong))
        .route("/leave", get(track::leave_in_a_hurry).post(track::leave))
}

/// What surrounds a page of the portal.
#[derive(Clone, Debug)]
pub struct Around {
    /// As on every page.
    pub shell: Shell,
    /// Its words.
    pub w: Words,
    /// Whether the page is about somebody: then it has a way out in a hurry.
    pub personal: bool,
    /// The address of this page in the other form, plain or Easy Read; empty where a button in the form does it.
    pub other_form: String,
    /// The charity's telephone number.
    pub phone: String,
}

impl Around {
    async fn new(app: &App, title: &'static str, easy: bool) -> Result<Self, Problem> {
        let house = app.office.house().await.map_err(problem)?;
        Ok(Self {
            shell: app.public_shell(Title::new(title)).await?,
            w: Words { easy },
            personal: false,
            other_form: String::new(),
            phone: house.charity.1.contact_phone.clone(),
        })
    }

    /// The line at the foot of the page.
    fn foot(&self) -> String {
        self.w.with("foot-note", &[("charity", &self.shell.charity), ("version", self.shell.version())])
    }

    fn personal(mut self) -> Self {
        self.personal = true;
        self
    }

    /// The page can be asked for in the other form by its address.
    fn switches(mut self, path: &str) -> Self {
        self.other_form = if self.w.easy { path.to_owned() } else { format!("{path}?easy=1") };
        self
    }

    /// Where a picture of Easy Read lies.
    #[expect(clippy::unused_self, reason = "templates can call methods, not free functions")]
    pub(crate) fn picture(&self, name: &str) -> &'static str {
        assets::picture(name).map_or("", |picture| picture.path)
    }

    /// An address of the portal, in the form in which this page is.
    pub(crate) fn at(&self, path: &str) -> String {
        match (self.w.easy, path.contains('?')) {
            (false, _) => path.to_owned(),
            (true, false) => format!("{path}?easy=1"),
            (true, true) => format!("{path}&easy=1"),
        }
    }
}

/// What an address of the portal can say besides its path: never anything personal.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Form {
    #[serde(default)]
    easy: String,
    #[serde(default)]
    done: String,
}

impl Form {
    fn easy(&self) -> bool {
        self.easy == "1"
    }
}
