//! The short way in: a request that brings spans, told from its method and path alone.
//!
//! Between a router and a handler lie a dozen boxed services with clones of their own. To a page they are
//! nothing; to a message of a hundred spans they are a tenth of what all of it costs.

use crate::grpc::Method;
use crate::http::{otlp, zipkin};
use crate::{Collector, grpc};
use axum::body::HttpBody;
use axum::response::Response;
use bytes::Bytes;
use nines_span::zipkin::Version;
use std::fmt::Display;

/// Which protocol's path a request that brings spans came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// `POST /api/v1/spans` and `POST /api/v2/spans`.
    Zipkin(Version),
    /// `POST /v1/traces`.
    Otlp,
    /// A method of gRPC, Zipkin's or OTLP's.
    Grpc(Method),
}

/// Which doors are open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Doors {
    /// Zipkin's paths.
    pub zipkin_http: bool,
    /// OTLP's path.
    pub otlp_http: bool,
    /// Every method of gRPC.
    pub grpc: bool,
}

impl Doors {
    /// Every door.
    pub const ALL: Doors = Doors { zipkin_http: true, otlp_http: true, grpc: true };

    /// Whether a door is among them.
    pub fn are_open(self, door: Door) -> bool {
        match door {
            Door::Zipkin(_) => self.zipkin_http,
            Door::Otlp => self.otlp_http,
            Door::Grpc(_) => self.grpc,
        }
    }
}

impl Door {
    /// The door a request came to; `None` for one that brings no spans.
    pub fn of<B>(request: &http::Request<B>) -> Option<Door> {
        if request.method() != http::Method::POST {
            return None;
        }
        match request.uri().path() {
            zipkin::PATH_V2 => Some(Door::Zipkin(Version::V2)),
            zipkin::PATH_V1 => Some(Door::Zipkin(Version::V1)),
            otlp::PATH => Some(Door::Otlp),
            path => Method::of(path).map(Door::Grpc),
        }
    }

    /// Takes the spans and answers.
    pub async fn take<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
        self,
        collector: &Collector,
        request: http::Request<B>,
    ) -> Response {
        let (head, body) = request.into_parts();
        match self {
            Door::Zipkin(version) => zipkin::take(version, collector, &head.headers, body).await,
            Door::Otlp => otlp::take(collector, &head.headers, body).await,
            Door::Grpc(method) => grpc::take(method, collector, &head, body).await,
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
        assert_eq!(door("POST", "/api/v2/spans"), Some(Door::Zipkin(Version::V2)));
        assert_eq!(door("POST", "/api/v2/spans?x=y"), Some(Door::Zipkin(Version::V2)));
        assert_eq!(door("POST", "/api/v1/spans"), Some(Door::Zipkin(Version::V1)));
        assert_eq!(door("POST", "/v1/traces"), Some(Door::Otlp));
        let export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
        assert_eq!(door("POST", export), Some(Door::Grpc(Method::OtlpExport)));
        assert_eq!(door("POST", "/zipkin.proto3.SpanService/Report"), Some(Door::Grpc(Method::ZipkinReport)));
        for (method, path) in [("GET", "/api/v2/spans"), ("OPTIONS", "/v1/traces"), ("POST", "/api/v2/span")] {
            assert_eq!(door(method, path), None, "{method} {path}");
        }
    }

    #[test]
    fn a_closed_door_closes_no_other() {
        let all = [Door::Zipkin(Version::V1), Door::Otlp, Door::Grpc(Method::OtlpExport)];
        let open = |doors: Doors| all.map(|door| doors.are_open(door));
        assert_eq!(open(Doors::ALL), [true; 3]);
        assert_eq!(open(Doors { zipkin_http: false, ..Doors::ALL }), [false, true, true]);
        assert_eq!(open(Doors { otlp_http: false, ..Doors::ALL }), [true, false, true]);
        assert_eq!(open(Doors { grpc: false, ..Doors::ALL }), [true, true, false]);
    }
}
