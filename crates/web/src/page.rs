//! A page: what every page knows about its surroundings ([`Shell`]) and how it is sent ([`Page`]).

use crate::components::{Here, NavItem, ServiceNavigation};
use crate::errors::Problem;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt;

/// Words for the browser's title bar. They cannot hold anything personal: titles end in histories, task bars and
/// screenshots, so they are fixed words and, at most, a reference such as `REQ-2026-0042`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    words: &'static str,
    reference: String,
    error: bool,
}

impl Title {
    /// Fixed words, like "Access request".
    pub fn new(words: &'static str) -> Self {
        Self { words, ..Self::default() }
    }

    /// Adds a reference. Anything that does not look like one (capitals, digits and hyphens, with at least one
    /// digit, at most 24 characters) is left out.
    #[must_use]
    pub fn reference(mut self, reference: &str) -> Self {
        let shaped = reference.len() <= 24
            && reference.bytes().any(|byte| byte.is_ascii_digit())
            && reference.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        if shaped {
            reference.clone_into(&mut self.reference);
        }
        self
    }

    /// Says first that something is wrong, for those who hear the title read out.
    #[must_use]
    pub fn with_error(mut self, error: bool) -> Self {
        self.error = error;
        self
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.error {
            f.write_str("Error: ")?;
        }
        f.write_str(self.words)?;
        if !self.reference.is_empty() {
            write!(f, " {}", self.reference)?;
        }
        Ok(())
    }
}

/// A part of the application, in the order of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What is due.
    Today,
    /// People and their files.
    People,
    /// Requests about people's rights.
    Requests,
    /// The policy, clause by clause.
    Board,
    /// Settings, accounts, systems.
    Admin,
}

impl Section {
    /// Every section in the order of the navigation.
    pub const ALL: [Self; 5] = [Self::Today, Self::People, Self::Requests, Self::Board, Self::Admin];

    /// What the navigation says.
    pub fn words(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::People => "People",
            Self::Requests => "Requests",
            Self::Board => "Board",
            Self::Admin => "Admin",
        }
    }

    /// Where it begins.
    pub fn path(self) -> &'static str {
        match self {
            Self::Today => "/today",
            Self::People => "/people",
            Self::Requests => "/requests",
            Self::Board => "/board",
            Self::Admin => "/admin",
        }
    }

    /// The keys that lead there, in the form of `data-go`.
    fn keys(self) -> &'static str {
        match self {
            Self::Today => "g t",
            Self::People => "g p",
            Self::Requests => "g r",
            Self::Board => "g b",
            Self::Admin => "g a",
        }
    }
}

/// Who is signed in, as the header shows it.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person's own name.
    pub name: String,
    /// The sections that the person's roles open.
    pub sections: Vec<Section>,
}

impl SignedIn {
    /// Whether there is anything that the search could find for them.
    pub(crate) fn may_search(&self) -> bool {
        self.sections.iter().any(|section| matches!(section, Section::People | Section::Requests))
    }
}

/// What came of the last action, shown once.
#[derive(Clone, Debug)]
pub struct ActionResult {
    /// What happened, like "Recorded. Reply due Tuesday 22 December 2026."
    pub text: String,
    /// Whether it worked.
    pub success: bool,
}

/// What surrounds a page. Every page's template has one as `shell`.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Words of the title bar.
    pub title: Title,
    /// The charity's name.
    pub charity: String,
    /// Whether this is the demonstration.
    pub demo: bool,
    /// Who is signed in; `None` on public pages.
    pub who: Option<SignedIn>,
    /// The section that the page belongs to, and whether it is its first page.
    pub section: Option<(Section, Here)>,
    /// Whether single-key shortcuts are on for this person (WCAG 2.1.4).
    pub keys: bool,
    /// What came of the last action.
    pub result: Option<ActionResult>,
    /// The line at the foot of a printout: who printed it and when; empty for none.
    pub printed: String,
}

impl Shell {
    /// Surroundings of a page for people who are not signed in.
    pub fn public(charity: impl Into<String>, title: Title) -> Self {
        Self {
            title,
            charity: charity.into(),
            demo: false,
            who: None,
            section: None,
            keys: true,
            result: None,
            printed: String::new(),
        }
    }

    /// Surroundings of a page for somebody who is signed in.
    pub fn staff(charity: impl Into<String>, title: Title, who: SignedIn) -> Self {
        Self { who: Some(who), ..Self::public(charity, title) }
    }

    /// The page is the first of this section.
    #[must_use]
    pub fn at(mut self, section: Section) -> Self {
        self.section = Some((section, Here::Page));
        self
    }

    /// The page lies below this section.
    #[must_use]
    pub fn within(mut self, section: Section) -> Self {
        self.section = Some((section, Here::Within));
        self
    }

    /// The form came back with errors: the title says so first.
    #[must_use]
    pub fn titled_error(mut self) -> Self {
        self.title.error = true;
        self
    }

    /// Shows the demonstration's banner.
    #[must_use]
    pub fn demo(mut self, demo: bool) -> Self {
        self.demo = demo;
        self
    }

    /// Says what came of the last action.
    #[must_use]
    pub fn result(mut self, text: impl Into<String>, success: bool) -> Self {
        self.result = Some(ActionResult { text: text.into(), success });
        self
    }

    /// Says who prints the page and when, in words; shown on paper only.
    #[must_use]
    pub fn printed(mut self, words: impl Into<String>) -> Self {
        self.printed = words.into();
        self
    }

    /// Where somebody goes back to from taking in a request: to the requests, or to their day if those are not theirs.
    pub(crate) fn requests_or_today(&self) -> (&'static str, &'static str) {
        let section = match &self.who {
            Some(who) if who.sections.contains(&Section::Requests) => Section::Requests,
            _ => Section::Today,
        };
        (section.path(), section.words())
    }

    pub(crate) fn navigation(&self) -> ServiceNavigation {
        let here = |section| match self.section {
            Some((current, here)) if current == section => here,
            _ => Here::No,
        };
        let open = self.who.as_ref().map_or(&[][..], |who| &who.sections);
        let items = Section::ALL
            .into_iter()
            .filter(|section| open.contains(section))
            .map(|section| NavItem {
                text: section.words().to_owned(),
                href: section.path().to_owned(),
                here: here(section),
                keys: section.keys(),
            })
            .collect();
        ServiceNavigation { items }
    }

    #[expect(clippy::unused_self, reason = "templates can call methods, not free functions")]
    pub(crate) fn stylesheet(&self) -> &'static str {
        assets::stylesheet()
    }

    #[expect(clippy::unused_self, reason = "templates can call methods, not free functions")]
    pub(crate) fn script(&self) -> &'static str {
        assets::script()
    }

    #[expect(clippy::unused_self, reason = "templates can call methods, not free functions")]
    pub(crate) fn font(&self) -> &'static str {
        assets::font()
    }

    #[expect(clippy::unused_self, reason = "templates can call methods, not free functions")]
    pub(crate) fn mark(&self) -> &'static str {
        assets::mark()
    }

    #[expect(clippy::unused_self, reason = "templates can call methods, not free functions")]
    pub(crate) fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// A rendered page as a response. The headers that every response needs are set by `security::security_headers`.
#[derive(Clone, Debug)]
pub struct Page<T> {
    template: T,
    status: StatusCode,
}

impl<T: Template> Page<T> {
    /// A page sent with 200.
    pub fn new(template: T) -> Self {
        Self { template, status: StatusCode::OK }
    }

    /// A page sent with another status, e.g. 422 for a form that comes back.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// A form that comes back with its errors: 422 (RFC 9110 §15.5.21).
    pub fn with_errors(template: T) -> Self {
        Self::new(template).with_status(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.template.render() {
            Ok(body) => (self.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page could not be rendered");
                Problem::Internal.into_response()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_takes_a_reference_and_nothing_that_could_be_a_name() {
        assert_eq!(Title::new("Access request").reference("REQ-2026-0042").to_string(), "Access request REQ-2026-0042");
        for personal in ["Sam Example", "SAM", "sam@example.org", "REQ-2026-0042 Sam"] {
            assert_eq!(Title::new("Access request").reference(personal).to_string(), "Access request");
        }
    }

    #[test]
    fn the_navigation_shows_only_what_the_roles_open_and_where_one_is() {
        let who = SignedIn { name: "Ada Sample".into(), sections: vec![Section::Today, Section::People] };
        let page =
            Shell::staff("Sample Charity", Title::new("File"), who).within(Section::People).navigation().to_string();
        assert!(page.contains("/people\" data-go=\"g p\" aria-current=\"true\""), "{page}");
        assert!(page.contains("/today") && !page.contains("/requests"));
    }
}
