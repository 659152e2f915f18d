//! Which pages of other origins may read Zipkin's paths.
//!
//! The paths themselves are open to all ([`crate::router`]). Where origins are named, this narrows what
//! they say: a named origin is echoed, any other is told nothing and its browser keeps the answer from it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// What `ZIPKIN_QUERY_ALLOWED_ORIGINS` says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Origins {
    /// Every origin.
    #[default]
    Any,
    /// These, as browsers write them.
    These(Vec<String>),
}

/// Narrows the answer to the origins.
pub async fn narrow(State(origins): State<Arc<Vec<String>>>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // What carries no such header is open to no other origin anyway.
    if headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        let allowed = origin.filter(|origin| origins.iter().any(|known| known.as_bytes() == origin.as_bytes()));
        tell(headers, allowed);
    }
    response
}

fn tell(headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
    // A cache must not give one origin the answer to another.
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
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
