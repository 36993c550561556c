//! E-mail: whether there is a mail server, and a test to one's own address.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use duties::post::{TestError, send_test};

use super::super::people::turned::{Answer, Turned, at_house};
use super::{permitted, shell};
use crate::access::Action;
use crate::app::App;
use crate::page::{Page, Shell, Title};
use crate::who::Who;

const PATH: &str = "/admin/email";

#[derive(Template)]
#[template(path = "admin/email.html")]
struct EmailPage {
    shell: Shell,
    server: Option<String>,
    /// What the mail server said to the test; empty for none.
    trouble: String,
}

/// `GET /admin/email`
pub async fn show(State(app): State<App>, who: Who) -> Answer {
    permitted(&app, &who, Action::SeeAdministration, PATH).await?;
    page(&app, &who, "", String::new()).await
}

/// `POST /admin/email`: sends the test, and shows what came of it in the answer itself.
pub async fn test(State(app): State<App>, who: Who) -> Answer {
    match send_test(&app.office, &who.0).await {
        Ok(to) => {
            page(&app, &who, &format!("The mail server took it. Look into the mailbox of {to}."), String::new()).await
        }
        Err(TestError::Stopped(stopped)) => Err(at_house(stopped, PATH)),
        Err(error) => page(&app, &who, "", error.to_string()).await,
    }
}

async fn page(app: &App, who: &Who, done: &str, trouble: String) -> Result<axum::response::Response, Turned> {
    let mut shell = shell(app, who, Title::new("E-mail"), "").await?;
    if !done.is_empty() {
        shell = shell.result(done, true);
    }
    let server = app.office.carrier().map(|carrier| carrier.describe());
    Ok(Page::new(EmailPage { shell, server, trouble }).into_response())
}
