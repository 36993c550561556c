//! A browser over the router: one cookie, forms posted as our own pages post them.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use testkit::TestOffice;
use tower::ServiceExt as _;
use web::app::{App, DemoSignIn, router};

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
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: String,
}

impl Browser {
    /// A browser in which nobody is signed in.
    pub async fn new(office: &TestOffice) -> Self {
        Self::with(office, Vec::new()).await
    }

    /// The same, over the demonstration.
    pub async fn with(office: &TestOffice, demo: Vec<DemoSignIn>) -> Self {
        let app = App::new(office.office.clone(), demo, false).await.unwrap();
        Self { router: router(app), cookie: String::new() }
    }

    /// Another browser at the same site, without a cookie.
    pub fn another(&self) -> Self {
        Self { cookie: String::new(), ..self.clone() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        self.post_with(request, fields).await
    }

    pub async fn post_with(&mut self, request: axum::http::request::Builder, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", urlencoding::encode(name), urlencoding::encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), Body::from(body)).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request
            .header(header::HOST, "guardbook.test")
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
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
