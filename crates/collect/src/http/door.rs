//! The short way in: a request that brings spans, told from its method and path alone.
//!
//! Between a router and a handler lie a dozen boxed services with clones of their own. To a page they are
//! nothing; to a message of a hundred spans they are a tenth of what all of it costs.

use super::{otlp, zipkin};
use crate::Collector;
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;

/// Which protocol's path a request that brings spans came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// `POST /api/v2/spans`.
    Zipkin,
    /// `POST /v1/traces`.
    Otlp,
}

impl Door {
    /// The door a request came to; `None` for one that brings no spans.
    pub fn of<B>(request: &http::Request<B>) -> Option<Door> {
        if request.method() != Method::POST {
            return None;
        }
        match request.uri().path() {
            zipkin::PATH => Some(Door::Zipkin),
            otlp::PATH => Some(Door::Otlp),
            _ => None,
        }
    }

    /// Takes the spans and answers, as the routes of the same paths do.
    pub async fn take(self, collector: &Collector, request: Request) -> Response {
        let (head, body) = request.into_parts();
        match self {
            Door::Zipkin => zipkin::take(collector, &head.headers, body).await,
            Door::Otlp => otlp::take(collector, &head.headers, body).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_brings_spans_comes_to_a_door() {
        let door = |method: &str, path: &str| {
            Door::of(&http::Request::builder().method(method).uri(path).body(()).expect("a request"))
        };
        assert_eq!(door("POST", "/api/v2/spans"), Some(Door::Zipkin));
        assert_eq!(door("POST", "/api/v2/spans?x=y"), Some(Door::Zipkin));
        assert_eq!(door("POST", "/v1/traces"), Some(Door::Otlp));
        for (method, path) in [("GET", "/api/v2/spans"), ("OPTIONS", "/v1/traces"), ("POST", "/api/v2/span")] {
            assert_eq!(door(method, path), None, "{method} {path}");
        }
    }
}
