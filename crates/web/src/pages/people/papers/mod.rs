//! Papers of a file: the list, keeping some, seeing one, taking one away.

pub(super) mod check;
pub(super) mod keep;
pub(super) mod purpose;
pub(super) mod show;
mod text;
mod waiting;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use duties::notes::open_paper;
use serde::Deserialize;

use crate::access::Action;
use crate::app::App;
use crate::components::{Cell, Content as Shown, Table};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::records::{Content, FileId, Kind};
use crate::who::Who;

use super::forms::day;
use super::head::{Head, Tab, shown, shown_whole};
use super::notes::ids;
use super::reason::file_id;
use super::timeline::said;
use super::turned::{Answer, Turned, at_file};
use super::whys::why;

pub use keep::received;
pub use waiting::PapersWaiting;

/// Which papers.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    older: u8,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "people/papers.html")]
struct PapersPage {
    shell: Shell,
    head: Head,
    file: FileId,
    table: Table,
    may_keep: bool,
    may_see_older: bool,
}

impl PapersPage {
    fn keep_href(&self) -> String {
        format!("/people/{}/papers/new", self.file)
    }
}

/// The papers.
pub async fn list(State(app): State<App>, who: Who, Path(file): Path<String>, Query(which): Query<Which>) -> Answer {
    let file = file_id(&file)?;
    let whole = which.older == 1;
    let found = if whole {
        shown_whole(&app, &who.0, file, Tab::Papers, "/papers?older=1").await?
    } else {
        shown(&app, &who.0, file, Some(Tab::Papers), "/papers").await?
    };
    let head = Table::new("Papers")
        .column("Paper")
        .column("Sort")
        .column("Dated")
        .column("What it says")
        .column("Original")
        .named_rows()
        .cards();
    let table = found.opened.file.of_kind(Kind::Paper).fold(head, |table, opened| {
        let Content::Paper(paper) = &opened.record.content else { return table };
        let title = paper.title.for_page().clone();
        let cell = Cell::link(title, format!("/people/{}/papers/{}", opened.header.file, opened.header.id));
        let text = paper.text.as_ref().map_or_else(String::new, |text| shortened(text.for_page(), 160));
        let sort = if paper.part_of.is_some() { "In another paper" } else { paper.sort.words() };
        let original = match (&paper.original_at, &paper.body) {
            (Some(place), _) => place.for_page().clone(),
            (None, Some(_)) => "is the file".to_owned(),
            (None, None) => "not kept".to_owned(),
        };
        table.row([cell, sort.into(), day(paper.dated).into(), Shown::from(text).into(), original.into()])
    });
    let may_keep = app.office.would_permit(&who.0, Action::WriteNote, Some(file), found.why.purpose).await;
    let may_see_older =
        !whole && app.office.would_permit(&who.0, Action::SeeHistory, Some(file), found.why.purpose).await;
    let shell = said(app.shell(&who, Title::new("Papers")).await?.within(Section::People), &which.done);
    Ok(Page::new(PapersPage { shell, head: found.head, file, table, may_keep, may_see_older }).into_response())
}

/// The beginning of a text.
pub fn shortened(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A size in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Sends the paper as a download, chunk by chunk: nothing of it ever runs as a page of ours.
pub async fn open(State(app): State<App>, who: Who, Path((file, paper)): Path<(String, String)>) -> Answer {
    let (file, paper) = ids(&file, &paper)?;
    let at = |stopped| at_file(stopped, file, &format!("/papers/{paper}"));
    let why = why(&app, &who.0, file).await.map_err(at)?;
    let opened = open_paper(&app.office, &who.0, (file, paper), &why).await.map_err(at)?;
    let ending = opened.body.file_name.for_page().rsplit_once('.').map_or("bin", |(_, ending)| ending);
    let ending = if ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric()) { ending } else { "bin" };
    // The name of the download is the paper's number: downloads folders are read by others, too.
    let disposition = format!("attachment; filename=\"paper-{paper}.{ending}\"");
    let chunks = app.office.book().body_in_chunks(file, opened.body.id).await.map_err(|error| at(error.into()))?;
    let mut response = Response::new(Body::from_stream(chunks));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&opened.body.media_type).map_err(|_| Turned::Problem(Problem::Internal))?;
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(opened.body.size));
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Turned::Problem(Problem::Internal))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_said_in_the_unit_that_fits() {
        assert_eq!([size(12), size(2048), size(1_572_864)], ["12 bytes", "2 KB", "1.5 MB"]);
    }
}
