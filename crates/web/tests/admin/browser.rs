//! A browser over the router: one cookie, forms posted as our own pages post them.

use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use duties::SignedIn;
use http_body_util::BodyExt as _;
use testkit::{TestOffice, sign_in_cookie};
use tower::ServiceExt as _;
use web::app::{App, router};

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where a redirect leads; empty when it is none.
    pub fn to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The words of the error summary.
    pub fn errors(&self) -> String {
        let Some(at) = self.body.find("govuk-error-summary\"") else { return String::new() };
        let rest = &self.body[at..];
        rest[..rest.find("</ul>").unwrap_or(rest.len())].to_owned()
    }

    /// What stands between the title's tags.
    pub fn title(&self) -> &str {
        self.body.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
    }

    /// The first address in the body that begins so.
    pub fn link(&self, start: &str) -> String {
        let at = self.body.find(start).unwrap_or_else(|| panic!("no {start} in {}", self.body));
        self.body[at..].chars().take_while(|c| !matches!(c, '"' | '<' | '\'' | ' ' | '\n')).collect()
    }
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    /// A browser in which nobody is signed in.
    pub async fn new(office: &TestOffice) -> Self {
        let app = App::new(office.office.clone(), Vec::new(), false).await.unwrap();
        Self { router: router(app), cookie: String::new() }
    }

    /// A browser in which somebody is signed in.
    pub async fn of(office: &TestOffice, who: &SignedIn) -> Self {
        Self { cookie: sign_in_cookie(office, who).await, ..Self::new(office).await }
    }

    /// Another browser at the same site, in which somebody is signed in.
    pub async fn signed_in(&self, office: &TestOffice, who: &SignedIn) -> Self {
        Self { cookie: sign_in_cookie(office, who).await, ..self.clone() }
    }

    /// Another browser at the same site, without a cookie.
    pub fn another(&self) -> Self {
        Self { cookie: String::new(), ..self.clone() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", urlencoding::encode(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.join("&"))).await
    }

    /// Posts a form with files: field, file name, bytes.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, bytes) in files {
            let head = format!("form-data; name=\"{name}\"; filename=\"{file}\"\r\ncontent-type: text/markdown");
            body.extend(format!("--edge\r\ncontent-disposition: {head}\r\n\r\n").bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request, Body::from(body)).await
    }

    async fn send(&mut self, request: Builder, body: Body) -> Answer {
        let request = request
            .header(header::HOST, "guardbook.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            cookie.to_str().unwrap().split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
