//! Every response guarded, every foreign change refused.

use super::*;
use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::any;
use tower::ServiceExt;

fn app() -> Router {
    Router::new()
        .route("/", any(|| async { "here" }))
        .route("/kept", any(|| async { ([(header::CACHE_CONTROL, "public, max-age=1")], "here") }))
        .layer(from_fn(same_site_only))
        .layer(from_fn(security_headers))
}

async fn send(method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn every_response_carries_the_headers_also_a_refusal_and_a_missing_page() {
    for (method, path) in [("GET", "/"), ("POST", "/"), ("GET", "/nowhere")] {
        let response = send(method, path, &[("host", "book.example")]).await;
        for (name, value) in FIXED {
            assert_eq!(response.headers()[&name], value, "{method} {path}");
        }
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}

#[test]
fn the_policy_allows_nothing_inline_and_nobody_else() {
    for loose in ["unsafe", "http", "*", "data:", "blob:"] {
        assert!(!CONTENT_SECURITY_POLICY.contains(loose), "{loose}");
    }
    assert!(CONTENT_SECURITY_POLICY.starts_with("default-src 'none'"));
}

#[tokio::test]
async fn a_response_that_may_be_kept_says_so_itself() {
    let response = send("GET", "/kept", &[]).await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=1");
}

const US: &str = "book.example";
const OURS: &str = "https://book.example";
const THEIRS: &str = "https://evil.example";

#[tokio::test]
async fn a_change_is_taken_only_from_our_own_pages() {
    let taken: &[&[(&str, &str)]] = &[
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-origin"), ("origin", OURS)],
        &[("sec-fetch-site", "none"), ("origin", OURS)],
        &[("origin", OURS)],
        &[("origin", "http://book.example")],
        &[("origin", "https://BOOK.example:443")],
        &[("referer", "https://book.example/people/1?x")],
    ];
    let refused: &[&[(&str, &str)]] = &[
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", OURS)],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "none"), ("origin", THEIRS)],
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "")],
        &[("origin", THEIRS)],
        &[("origin", "null")],
        &[("origin", "null"), ("referer", "https://book.example/")],
        &[("origin", THEIRS), ("referer", "https://book.example/")],
        &[("origin", OURS), ("origin", THEIRS)],
        &[("origin", "https://book.example.evil.example")],
        &[("origin", "https://book.example@evil.example")],
        &[("origin", "https://book.example:8443")],
        &[("referer", "https://evil.example/https://book.example/")],
        &[("referer", "https://evil.example/")],
        &[("referer", "book.example")],
    ];
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for headers in taken {
            let headers = [&[("host", US)], *headers].concat();
            assert_eq!(send(method, "/", &headers).await.status(), StatusCode::OK, "{method} {headers:?}");
        }
        for headers in refused {
            let headers = [&[("host", US)], *headers].concat();
            assert_eq!(send(method, "/", &headers).await.status(), StatusCode::FORBIDDEN, "{method} {headers:?}");
        }
    }
}

#[tokio::test]
async fn without_a_host_an_older_browser_cannot_be_believed() {
    assert_eq!(send("POST", "/", &[("origin", OURS)]).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(send("POST", "/", &[("host", ""), ("origin", "https://")]).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn looking_is_free_from_everywhere() {
    for method in ["GET", "HEAD", "OPTIONS"] {
        let response = send(method, "/", &[("host", US), ("sec-fetch-site", "cross-site"), ("origin", THEIRS)]).await;
        assert_eq!(response.status(), StatusCode::OK, "{method}");
    }
}
