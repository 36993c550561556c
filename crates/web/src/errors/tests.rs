//! What a person sees when something goes wrong.

use super::*;
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use http_body_util::BodyExt;
use tower::ServiceExt;

fn app() -> Router {
    let pages = ErrorPages { charity: "Sample Charity".into(), reference: Arc::new(|| "7F3K-2M".into()) };
    Router::new()
        .route("/conflict", get(|| async { Problem::Conflict }))
        .route("/wait", get(|| async { Problem::TooMany(90) }))
        .route("/forbidden", get(|| async { (StatusCode::FORBIDDEN, "file of Sam Example") }))
        .route("/missing", get(|| async { Problem::NotFound }))
        .route("/older", get(|| async { Problem::StepUp }).post(|| async { Problem::StepUp }))
        .route("/broken", get(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "secret detail") }))
        .route("/json", get(|| async { (StatusCode::BAD_REQUEST, axum::Json(serde_json::json!({"error": "no"}))) }))
        .route("/upload", post(|body: axum::body::Bytes| async move { body.len().to_string() }))
        .layer(DefaultBodyLimit::max(10))
        .layer(from_fn_with_state(pages, dress))
}

async fn ask(method: Method, path: &str, body: &'static str) -> (StatusCode, axum::http::HeaderMap, String) {
    let request = Request::builder().method(method).uri(path).body(Body::from(body)).unwrap();
    let response = app().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_problem_says_what_happened_what_was_saved_what_to_do_and_a_number() {
    let (status, _, page) = ask(Method::GET, "/conflict", "").await;
    assert_eq!(status, StatusCode::CONFLICT);
    for words in
        ["Somebody else changed this first", "Yours was not", "open the page afresh", "7F3K-2M", "Sample Charity"]
    {
        assert!(page.contains(words), "{words:?} is missing");
    }
}

#[tokio::test]
async fn a_forbidden_page_looks_exactly_like_a_missing_one() {
    let forbidden = ask(Method::GET, "/forbidden", "").await;
    let missing = ask(Method::GET, "/missing", "").await;
    let unknown = ask(Method::GET, "/nowhere", "").await;
    assert_eq!(forbidden, missing);
    assert_eq!(unknown, missing);
    assert_eq!(missing.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn details_of_a_fault_stay_inside() {
    let (status, _, page) = ask(Method::GET, "/broken", "").await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!page.contains("secret detail") && page.contains("7F3K-2M"));
}

#[tokio::test]
async fn the_frameworks_own_refusals_are_pages_too() {
    let (status, headers, page) = ask(Method::POST, "/conflict", "").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(headers[header::ALLOW], "GET,HEAD");
    assert!(page.contains("does not work that way"));
    let (status, _, page) = ask(Method::POST, "/upload", "more than ten bytes").await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("too large"));
}

#[tokio::test]
async fn too_many_tries_say_how_long_to_wait() {
    let (status, headers, page) = ask(Method::GET, "/wait", "").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(headers[header::RETRY_AFTER], "90");
    assert!(page.contains("90 seconds"));
}

#[tokio::test]
async fn an_answer_in_json_stays_json() {
    let (status, _, body) = ask(Method::GET, "/json", "").await;
    assert_eq!((status, body.as_str()), (StatusCode::BAD_REQUEST, r#"{"error":"no"}"#));
}

#[tokio::test]
async fn the_head_of_a_problem_has_no_body() {
    let (status, _, body) = ask(Method::HEAD, "/missing", "").await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, ""));
}

#[test]
fn every_problem_has_words_of_its_own() {
    let all = [
        Problem::BadRequest,
        Problem::Refused,
        Problem::NotFound,
        Problem::MethodNotAllowed,
        Problem::Conflict,
        Problem::TooLarge,
        Problem::TooMany(1),
        Problem::Internal,
        Problem::Unavailable,
    ];
    let titles: std::collections::BTreeSet<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(titles.len(), all.len());
}

#[tokio::test]
async fn what_needs_a_fresh_proof_leads_to_it_and_back_to_the_page_one_was_on() {
    let (status, headers, _) = ask(Method::GET, "/older?all=1", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[header::LOCATION], "/step-up?to=%2Folder%3Fall%3D1");
    // A form cannot be opened again by its address: back to the page that has it, to send it once more.
    let request = Request::post("/older").header(header::REFERER, "http://book.example/requests/REQ-2026-0001/pack");
    let response = app().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let to = response.headers()[header::LOCATION].to_str().unwrap();
    assert_eq!(to, "/step-up?to=%2Frequests%2FREQ-2026-0001%2Fpack&again=yes");
}
