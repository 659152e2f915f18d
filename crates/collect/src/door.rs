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
    use crate::{Reason, Transport};
    use http_body_util::{BodyExt, Full};
    use nines_base::{ManualClock, Timestamp};
    use nines_storage::MemStore;
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

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

    /// What every door answers to a body, by a collector that may hold so many bytes.
    fn answers(in_flight_bytes_max: usize, body: &'static [u8]) -> (Collector, Vec<(http::response::Parts, Bytes)>) {
        let store = Arc::new(MemStore::new(1000, 1, &[]));
        let clock = Arc::new(ManualClock::new(Timestamp::from_secs(1_790_000_000)));
        let collector = Collector::new(store, clock, in_flight_bytes_max);
        let framed = [&[0, 0, 0, 0, body.len() as u8][..], body].concat();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let requests = [
            (zipkin::PATH_V1, "application/json", body.to_vec()),
            (zipkin::PATH_V2, "application/json", body.to_vec()),
            (otlp::PATH, "application/x-protobuf", body.to_vec()),
            (otlp::PATH, "application/json", body.to_vec()),
            ("/zipkin.proto3.SpanService/Report", "application/grpc", framed.clone()),
            ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", framed),
        ];
        let answers = requests.map(|(path, content_type, body)| {
            let request = http::Request::post(path).version(http::Version::HTTP_2);
            let request = request.header("content-type", content_type).body(Full::new(Bytes::from(body))).unwrap();
            let door = Door::of(&request).unwrap();
            runtime.block_on(async {
                let (head, body) = door.take(&collector, request).await.into_parts();
                (head, body.collect().await.unwrap().to_bytes())
            })
        });
        (collector, answers.into())
    }

    #[test]
    fn overload_is_told_in_each_protocols_own_form_and_is_a_gap_in_what_was_measured() {
        let (collector, answers) = answers(3, b"[{}]");
        let text = "too many bytes are in flight; send the same spans again";
        let statuses: Vec<u16> = answers.iter().map(|(head, _)| head.status.as_u16()).collect();
        assert_eq!(statuses, [429, 429, 429, 429, 200, 200]);
        for (head, _) in &answers[..4] {
            assert_eq!(head.headers["retry-after"], "1");
        }
        assert!(answers[0].1 == text && answers[1].1 == text);
        assert_eq!(answers[2].1, nines_span::otlp::status(8, text));
        assert_eq!(answers[3].1, format!(r#"{{"code":8,"message":"{text}"}}"#));
        for (head, body) in &answers[4..] {
            assert_eq!((&head.headers["grpc-status"], body.len()), (&http::HeaderValue::from_static("8"), 0));
            assert_eq!(head.headers["grpc-message"], text);
            let details = nines_span::base64(&nines_span::otlp::status_for_later(8, text, 1));
            assert_eq!(head.headers["grpc-status-details-bin"], details);
        }
        // The server's own spans come through no door.
        for transport in Transport::ALL.into_iter().filter(|transport| *transport != Transport::Local) {
            let metrics = collector.metrics.of(transport);
            let refused = metrics.refused(Reason::Overloaded).load(Ordering::Relaxed);
            let counted = metrics.messages.load(Ordering::Relaxed);
            assert!(refused == counted && counted > 0, "{transport:?}: {refused} of {counted}");
        }
        assert!(!collector.took_all());
        assert_eq!(collector.admission.bytes_held(), 0);
    }

    #[test]
    fn a_malformed_body_is_its_senders_loss_alone() {
        let (collector, answers) = answers(1000, b"hello");
        let statuses: Vec<u16> = answers.iter().map(|(head, _)| head.status.as_u16()).collect();
        assert_eq!(statuses, [400, 400, 400, 400, 200, 200]);
        assert!(answers.iter().all(|(head, _)| !head.headers.contains_key("retry-after")));
        for (head, _) in &answers[4..] {
            assert_eq!(head.headers["grpc-status"], "3");
            assert!(!head.headers.contains_key("grpc-status-details-bin"));
        }
        assert!(collector.took_all());
    }
}
