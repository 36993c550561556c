//! A page of administration that lists things: what they are for, the table, and one way to add another.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::components::Table;
use crate::page::{Page, Shell, Title};
use crate::who::Who;

use super::super::people::turned::Turned;
use super::set_up::Stage;
use super::shell;

/// A list, before it is shown.
#[derive(Clone, Debug)]
pub struct List {
    /// The page's heading and title: fixed words.
    pub heading: &'static str,
    /// What the list is for.
    pub intro: Vec<String>,
    /// What is said where there is nothing yet.
    pub empty: &'static str,
    /// Words and address of the way to add another; none for who may not.
    pub add: Option<(&'static str, String)>,
    /// Words and address of a page that belongs to it.
    pub more: Option<(&'static str, &'static str)>,
    /// What there is.
    pub table: Table,
    /// Whether there is enough already, so that the set-up goes on from here.
    pub enough: bool,
    /// More tables below, without a way to change them.
    pub below: Vec<Table>,
    /// Where in the set-up it stands.
    pub stage: Option<Stage>,
}

#[derive(Template)]
#[template(path = "admin/list.html")]
struct ListPage {
    shell: Shell,
    list: List,
}

/// The page.
pub async fn page(app: &App, who: &Who, list: List, done: &str) -> Result<Response, Turned> {
    let shell = shell(app, who, Title::new(list.heading), done).await?;
    Ok(Page::new(ListPage { shell, list }).into_response())
}
