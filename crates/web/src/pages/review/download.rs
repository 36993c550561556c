//! The page behind a secret link. It names nobody, and a wrong link looks like an ended one.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use duties::requests::pack::{open_download, read_download};
use duties::requests::review::day_in_words;

use super::{Answered, file};
use crate::app::{App, problem};
use crate::page::{Page, Shell, Title};
use crate::records::operation::london_day;

#[derive(Template)]
#[template(path = "review/download.html")]
struct DownloadPage {
    shell: Shell,
    token: String,
    files: Vec<(String, &'static str)>,
    expires: String,
    phone: String,
}

pub fn routes() -> Router<App> {
    Router::new().route("/d/{token}", get(show)).route("/d/{token}/{file}", get(read))
}

fn about(name: &str) -> &'static str {
    match name {
        "access-pack.pdf" => "Everything, to read and print (PDF)",
        "access-pack.html" => "Everything as a web page, good for phones and screen readers",
        "access-pack.json" => "Everything for computer programs (JSON)",
        _ => "The letter alone (PDF)",
    }
}

async fn show(State(app): State<App>, Path(token): Path<String>) -> Answered {
    page(&app, &token).await
}

async fn page(app: &App, token: &str) -> Answered {
    let found = open_download(&app.office, token).await.map_err(problem)?;
    let shell = app.public_shell(Title::new("Your documents")).await?;
    let house = app.office.house().await.map_err(problem)?;
    let page = DownloadPage {
        token: if found.is_some() { token.to_owned() } else { String::new() },
        files: found.as_ref().map_or_else(Vec::new, |download| {
            download.parts.iter().map(|part| (part.file_name.clone(), about(&part.file_name))).collect()
        }),
        expires: found.as_ref().map_or_else(String::new, |download| day_in_words(london_day(download.expires))),
        phone: house.charity.1.contact_phone.clone(),
        shell,
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(Page::new(page).with_status(status).into_response())
}

async fn read(State(app): State<App>, Path((token, name)): Path<(String, String)>) -> Answered {
    match read_download(&app.office, &token, &name).await.map_err(problem)? {
        Some((part, body)) => Ok(file(&part.file_name, &part.media_type, &body)),
        None => page(&app, "").await,
    }
}
