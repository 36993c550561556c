//! The whole web application: what every handler shares, and all routes in one router.

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use duties::{Office, Stopped};

use crate::errors::{self, ErrorPages, Problem};
use crate::page::{Section, Shell, SignedIn, Title};
use crate::security;
use crate::who::Who;

/// A sign-in of the demonstration, shown on its sign-in page only.
#[derive(Clone, Debug)]
pub struct DemoSignIn {
    /// The role, in words.
    pub role: String,
    /// The person's (made-up) name.
    pub name: String,
    /// The address that signs in.
    pub email: String,
    /// The password.
    pub password: String,
    /// The second factor's secret, in base 32: the page shows the code of the moment.
    pub totp_secret: String,
}

/// What every handler shares.
#[derive(Clone)]
pub struct App {
    /// The office.
    pub office: Office,
    /// The sign-ins of the demonstration; empty in a real book.
    pub demo: Arc<Vec<DemoSignIn>>,
    /// Whether the site is reached over TLS: the cookie is then bound to it.
    pub secure: bool,
    /// The parts of an error page that do not change.
    pub errors: ErrorPages,
    /// Why people opened files, for half an hour.
    pub whys: Arc<crate::pages::Whys>,
    /// Tables that were checked and wait to be brought in, for half an hour.
    pub tables: Arc<crate::pages::TablesWaiting>,
    /// Papers that were chosen and wait to be kept, for half an hour.
    pub papers: Arc<crate::pages::PapersWaiting>,
    /// Who came with number and secret, for half an hour.
    pub visits: Arc<crate::pages::Visits>,
    /// Texts of a policy that somebody works on, for a few hours.
    pub drafts: Arc<crate::pages::PolicyDrafts>,
}

impl FromRef<App> for Office {
    fn from_ref(app: &App) -> Self {
        app.office.clone()
    }
}

impl App {
    /// An application over an office, as the executable and the tests start it.
    pub async fn new(office: Office, demo: Vec<DemoSignIn>, secure: bool) -> Result<Self, Stopped> {
        let house = office.house().await?;
        let errors = ErrorPages { charity: house.charity.1.name.clone(), reference: Arc::new(duties::error_reference) };
        Ok(Self {
            office,
            demo: Arc::new(demo),
            secure,
            errors,
            whys: Arc::default(),
            tables: Arc::default(),
            papers: Arc::default(),
            visits: Arc::default(),
            drafts: Arc::default(),
        })
    }

    /// The surroundings of a page for somebody who is signed in.
    pub async fn shell(&self, who: &Who, title: Title) -> Result<Shell, Problem> {
        let house = self.office.house().await.map_err(problem)?;
        let shown = SignedIn { name: who.0.name.clone(), sections: sections(self, who).await };
        let mut shell = Shell::staff(&house.charity.1.name, title, shown).demo(house.charity.1.demo);
        shell.keys = !who.0.account.keys_off;
        Ok(shell)
    }

    /// The surroundings of a page for people who are not signed in.
    pub async fn public_shell(&self, title: Title) -> Result<Shell, Problem> {
        let house = self.office.house().await.map_err(problem)?;
        Ok(Shell::public(&house.charity.1.name, title).demo(house.charity.1.demo))
    }
}

/// The sections that somebody's roles open.
async fn sections(app: &App, who: &Who) -> Vec<Section> {
    use crate::access::Action;
    let asked = [
        (Section::Today, Action::SeeToday),
        (Section::People, Action::FindPeople),
        (Section::Requests, Action::SeeRequests),
        (Section::Board, Action::SeeBoard),
        (Section::Admin, Action::SeeAdministration),
    ];
    let mut open = Vec::new();
    for (section, action) in asked {
        if app.office.would_permit(&who.0, action, None, crate::records::Purpose::Administration).await {
            open.push(section);
        }
    }
    open
}

/// The same for a page that may need a fresh proof of who one is: that leads to proving it, and back to `here`. It
/// must be an address that can be opened again, not one that only takes a form.
pub fn stopped_at(stopped: Stopped, here: &str) -> Response {
    match stopped {
        Stopped::NeedsStepUp => Redirect::to(&format!("/step-up?to={}", urlencoding::encode(here))).into_response(),
        other => problem(other).into_response(),
    }
}

/// What a use case's outer causes look like from outside.
pub fn problem(stopped: Stopped) -> Problem {
    match stopped {
        Stopped::NotFound | Stopped::NeedsReason => Problem::NotFound,
        Stopped::NeedsStepUp => Problem::StepUp,
        Stopped::Conflict => Problem::Conflict,
        Stopped::Store(error) => {
            // The store's errors carry ids and places, never a personal value.
            tracing::error!(%error, "the store stopped a request");
            Problem::Internal
        }
    }
}

/// All routes, with the guards that every request passes.
pub fn router(app: App) -> Router {
    crate::pages::routes(&app)
        .merge(crate::static_files::routes())
        .fallback(async || Problem::NotFound)
        .layer(from_fn(security::same_site_only))
        .layer(from_fn_with_state(app.errors.clone(), errors::dress))
        .layer(from_fn(security::security_headers))
        .with_state(app)
}
