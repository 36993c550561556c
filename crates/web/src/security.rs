//! What guards every response and every change: headers, and the check that a form came from our own pages.

use crate::errors::Problem;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Content Security Policy (W3C CSP 3): our own files only, no inline script or style, no framing.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; \
     img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: browsers then send `Origin: null` with our own forms, and those that do not send
    // Sec-Fetch-Site could not be told from a foreign site.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
         payment=(), usb=(), browsing-topics=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// Sets the headers that every response needs: `.layer(middleware::from_fn(security::security_headers))`, outermost.
///
/// `Cache-Control: no-store` is the rule, since nearly every page is about somebody; only a response that says
/// otherwise itself (the assets) is kept.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // The one page that is not made of our templates, an answer read in the browser, brings a policy that is narrower
    // still: its own style by digest, and nothing else.
    let own_policy = headers.remove(header::CONTENT_SECURITY_POLICY);
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(policy) = own_policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Lets a change through only when it came from our own pages:
/// `.layer(middleware::from_fn(security::same_site_only))`.
///
/// Browsers say so in `Sec-Fetch-Site` (W3C Fetch Metadata); older ones in `Origin` or `Referer`, which must name
/// the host that was asked. Who says nothing is refused. Only the host is compared: a proxy may speak TLS for us.
pub async fn same_site_only(request: Request, next: Next) -> Response {
    if changes_nothing(request.method()) || came_from_us(request.headers(), request.uri()) {
        next.run(request).await
    } else {
        tracing::warn!(method = %request.method(), "a change was refused: it did not come from our own pages");
        Problem::Refused.into_response()
    }
}

/// Safe methods (RFC 9110 §9.2.1).
fn changes_nothing(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn came_from_us(headers: &HeaderMap, uri: &Uri) -> bool {
    let Some(host) = asked_host(headers, uri) else { return false };
    let origin_is_ours =
        || only(headers, &header::ORIGIN).is_some_and(|origin| host_of(origin).as_deref() == Some(&*host));
    let site = HeaderName::from_static("sec-fetch-site");
    if headers.contains_key(&site) {
        return match only(headers, &site) {
            Some("same-origin") => true,
            // Typed or bookmarked: no page sent it, so it must prove its origin like an older browser.
            Some("none") => origin_is_ours(),
            _ => false,
        };
    }
    if headers.contains_key(header::ORIGIN) {
        return origin_is_ours();
    }
    only(headers, &header::REFERER).is_some_and(|referer| host_of(referer).as_deref() == Some(&*host))
}

/// The host that was asked for: `Host`, or the authority of HTTP/2.
fn asked_host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let host = match uri.authority() {
        Some(authority) => authority.as_str(),
        None => only(headers, &header::HOST)?,
    };
    (!host.is_empty()).then(|| plain(host))
}

/// Host and port of an address; `None` for `null` and whatever is no web address.
fn host_of(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    // Compared as a whole, so a name before the host (https://us@them/) never passes for us.
    (!authority.is_empty()).then(|| plain(authority))
}

/// Lower case and without the port that goes without saying.
fn plain(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(&host).to_owned()
}

/// The header's value, when it stands there exactly once and is text.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

#[cfg(test)]
mod tests;
