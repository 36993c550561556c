//! Stylesheet, script, typeface and pictures, out of the binary; kept by browsers for ever, since every name
//! holds the hash of its content.

use crate::errors::Problem;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Routes of the files: `/assets/…` and `/robots.txt`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(file)).route("/robots.txt", get(robots))
}

async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::by_path(&format!("/assets/{name}")) else {
        return Problem::NotFound.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (coding, bytes) = match (asset.brotli, asset.gzip) {
        (Some(bytes), _) if accepts(accepted, "br") => (Some("br"), bytes),
        (_, Some(bytes)) if accepts(accepted, "gzip") => (Some("gzip"), bytes),
        _ => (None, asset.bytes),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether `Accept-Encoding` (RFC 9110 §12.5.3) names this coding with a weight above nought. `*` is not used by
/// browsers and means the plain file here.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1");
        named && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    async fn fetch(path: &str, accepted: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request =
            Request::builder().uri(path).header(header::ACCEPT_ENCODING, accepted).body(Body::empty()).unwrap();
        let (parts, body) = routes::<()>().oneshot(request).await.unwrap().into_parts();
        (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    #[tokio::test]
    async fn a_file_comes_packed_as_the_browser_can_unpack_it() {
        let asset = assets::by_path(assets::stylesheet()).unwrap();
        for (accepted, coding, bytes) in [
            ("gzip, deflate, br", Some("br"), asset.brotli.unwrap()),
            ("gzip", Some("gzip"), asset.gzip.unwrap()),
            ("br;q=0, gzip;q=0.5", Some("gzip"), asset.gzip.unwrap()),
            ("", None, asset.bytes),
            ("identity", None, asset.bytes),
        ] {
            let (status, headers, body) = fetch(asset.path, accepted).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(
                headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap()),
                coding,
                "{accepted}"
            );
            assert!(body == bytes, "{accepted}");
            assert_eq!(headers[header::VARY], "Accept-Encoding");
        }
    }

    #[tokio::test]
    async fn every_file_has_its_type_and_may_be_kept_for_ever() {
        for asset in assets::ALL {
            let (status, headers, _) = fetch(asset.path, "").await;
            assert_eq!(status, StatusCode::OK, "{}", asset.path);
            assert_eq!(headers[header::CONTENT_TYPE], asset.media_type);
            assert!(headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        }
    }

    #[tokio::test]
    async fn an_unknown_file_is_missing_and_may_not_be_kept() {
        for path in ["/assets/app.css", "/assets/..%2f..%2fCargo.toml", "/assets/"] {
            let (status, headers, _) = fetch(path, "").await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert!(!headers.contains_key(header::CACHE_CONTROL));
        }
    }
}
