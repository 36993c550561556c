//! The page behind a secret link. It names nobody, and a wrong link looks like an ended one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Form as Body, Router};
use duties::requests::pack::{open_download, read_download, read_here};
use duties::requests::review::day_in_words;

use super::{Answered, Posted, file};
use crate::app::{App, problem};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Shell, Title};
use crate::posted::secret;
use crate::records::operation::london_day;

#[derive(Template)]
#[template(path = "review/download.html")]
struct DownloadPage {
    shell: Shell,
    token: String,
    form: Form,
    archive: String,
    size: String,
    expires: String,
    phone: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/d/{token}", get(show))
        .route("/d/{token}/read", post(read))
        .route("/d/{token}/{file}", get(save))
}

fn questions() -> Form {
    let passphrase = Field::text("passphrase", "Passphrase")
        .hint("Four groups of four letters and figures. Capitals, spaces and hyphens do not matter")
        .width(20)
        .autocomplete("off")
        .never_kept();
    Form::new().ask(passphrase)
}

async fn show(State(app): State<App>, Path(token): Path<String>) -> Answered {
    page(&app, &token, questions()).await
}

async fn page(app: &App, token: &str, form: Form) -> Answered {
    let found = open_download(&app.office, token).await.map_err(problem)?;
    let wrong = form.has_errors();
    let shell = app.public_shell(Title::new("Your documents").with_error(wrong)).await?;
    let phone = app.office.house().await.map_err(problem)?.charity.1.contact_phone.clone();
    let Some(found) = found else {
        let (token, archive, size, expires) = <_>::default();
        let page = DownloadPage { shell, token, form, archive, size, expires, phone };
        return Ok(Page::new(page).with_status(StatusCode::NOT_FOUND).into_response());
    };
    let page = DownloadPage {
        shell,
        token: token.to_owned(),
        form,
        size: format!("{} kB", found.archive.size.div_ceil(1024)),
        archive: found.archive.file_name,
        expires: day_in_words(london_day(found.expires)),
        phone,
    };
    Ok(if wrong { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

/// `POST /d/{token}/read`: the answer as a page, for whoever has link and passphrase.
async fn read(State(app): State<App>, Path(token): Path<String>, Body(form): Body<Posted>) -> Answered {
    let typed = secret(&form, "passphrase");
    let reading = read_here(&app.office, &token, typed).await.map_err(problem)?;
    let Some(reading) = reading else {
        let mut form = questions();
        form.error("passphrase", "Enter the passphrase as we gave it to you, like abcd-1234-efgh-5678");
        return page(&app, &token, form).await;
    };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        reading.style
    );
    let policy = HeaderValue::from_str(&policy).map_err(|_| Problem::Internal)?;
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(reading.html.to_string())).into_response())
}

/// `GET /d/{token}/{file}`: the locked archive.
async fn save(State(app): State<App>, Path((token, name)): Path<(String, String)>) -> Answered {
    let wanted = open_download(&app.office, &token).await.map_err(problem)?;
    if wanted.is_none_or(|found| found.archive.file_name != name) {
        return page(&app, "", questions()).await;
    }
    match read_download(&app.office, &token).await.map_err(problem)? {
        Some((part, body)) => Ok(file(&part.file_name, &part.media_type, &body)),
        None => page(&app, "", questions()).await,
    }
}
