//! Which pages of other origins may read Zipkin's paths.
//!
//! The paths themselves are open to all ([`crate::router`]). Where origins are named, this narrows what
//! they say: a named origin is echoed, any other is told nothing and its browser keeps the answer from it.

use axum::http::{HeaderMap, HeaderValue, header};

/// What `ZIPKIN_QUERY_ALLOWED_ORIGINS` says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Origins {
    /// Every origin.
    #[default]
    Any,
    /// These, as browsers write them.
    These(Vec<String>),
}

/// Narrows an answer that is open to all to the origins named; `origin` is that of the request.
pub fn narrow(origins: &[String], origin: Option<HeaderValue>, headers: &mut HeaderMap) {
    if !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        return;
    }
    // A cache must not give one origin the answer to another.
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let is_named = |origin: &HeaderValue| origins.iter().any(|known| known.as_bytes() == origin.as_bytes());
    if let Some(origin) = origin.filter(is_named) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        return;
    }
    let told = [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_METHODS,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
    ];
    for name in told {
        headers.remove(name);
    }
}
