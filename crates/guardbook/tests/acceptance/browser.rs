//! A browser of one signed-in person: pages by address, forms by their fields, without scripts.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use testkit::TestOffice;
use tower::ServiceExt;

/// A browser with one person's cookie.
pub struct Browser {
    pages: Router,
    cookie: std::sync::Mutex<String>,
}

/// An answer: its status, where it sends the browser, and its words.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page as text.
    pub fn page(&self) -> String {
        String::from_utf8_lossy(&self.bytes).replace("&#39;", "'").replace("&#38;", "&")
    }

    /// Whether the page says something.
    pub fn says(&self, words: &str) -> bool {
        self.page().contains(words)
    }
}

impl Browser {
    /// Signs somebody in at an office.
    pub async fn of(office: &TestOffice, who: &duties::SignedIn) -> Self {
        Self::with(office, testkit::sign_in_cookie(office, who).await).await
    }

    /// A browser with a sign-in that is not complete, or is hidden.
    pub async fn in_state(office: &TestOffice, who: &duties::SignedIn, state: book::SessionState) -> Self {
        Self::with(office, testkit::session_cookie(office, who, state).await).await
    }

    /// A browser of nobody whom the book knows.
    pub async fn stranger(office: &TestOffice) -> Self {
        Self::with(office, String::new()).await
    }

    async fn with(office: &TestOffice, cookie: String) -> Self {
        let app = web::app::App::new(office.office.clone(), Vec::new(), false).await.unwrap();
        Self { pages: web::app::router(app), cookie: std::sync::Mutex::new(cookie) }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let header =
            |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        if let Some(set) = response.headers().get(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            // A visit begins or ends; the browser of one person needs no jar.
            let pair = if set.contains("Max-Age=0") { "" } else { set.split(';').next().unwrap_or_default() };
            pair.clone_into(&mut self.cookie.lock().unwrap());
        }
        let (to, kind) = (header(header::LOCATION), header(header::CONTENT_TYPE));
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Answer { status, to, kind, bytes }
    }

    fn request(&self, method: &str, at: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(at)
            .header(header::HOST, "guardbook.example")
            .header(header::COOKIE, self.cookie.lock().unwrap().as_str())
            .header("sec-fetch-site", "same-origin")
    }

    /// Opens an address.
    pub async fn open(&self, at: &str) -> Answer {
        self.send(self.request("GET", at).body(Body::empty()).unwrap()).await
    }

    /// Posts a form.
    pub async fn post(&self, at: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| -> String {
            text.bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
                    other => format!("%{other:02X}"),
                })
                .collect()
        };
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = self
            .request("POST", at)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Posts a form with a file in it.
    pub async fn post_with_file(&self, at: &str, fields: &[(&str, &str)], file: Option<(&str, &str, &[u8])>) -> Answer {
        const EDGE: &str = "edge-of-a-part";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        if let Some((name, file_name, bytes)) = file {
            let part = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(part.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let request = self
            .request("POST", at)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }
}
