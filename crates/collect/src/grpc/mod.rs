//! gRPC's two unary methods that bring spans: OTLP's `TraceService/Export` and Zipkin's `SpanService/Report`.
//!
//! A unary call is one POST over HTTP/2: a message with five bytes before it in the request's body, the
//! same in the answer's, and the status in its trailers. That is all there is here: no generated code, and
//! the message goes to the same decoders, limits and counters as one that comes over HTTP.
//!
//! # Invariants
//!
//! - `GRP-1`: an answer makes an OTLP sender repeat its message exactly where that may help. `UNAVAILABLE` and
//!   `DEADLINE_EXCEEDED` do, `RESOURCE_EXHAUSTED` does with a `RetryInfo` alone; a message that is too large or
//!   malformed comes once.

mod frame;
mod status;

use crate::Collector;
use crate::body::Chunks;
use crate::collector::{Accepted, Encoding, Message};
use crate::inflate::Compression;
use crate::metrics::Transport;
use crate::refusal::Refusal;
use axum::body::HttpBody;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Version, header};
use nines_span::{otlp, zipkin};
use std::fmt::Display;

/// Header in which a request names the compression of its message.
const ENCODING: &str = "grpc-encoding";

/// A method that brings spans.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// OTLP's.
    OtlpExport,
    /// Zipkin's.
    ZipkinReport,
}

impl Method {
    /// By its path.
    pub fn of(path: &str) -> Option<Method> {
        match path {
            "/opentelemetry.proto.collector.trace.v1.TraceService/Export" => Some(Method::OtlpExport),
            "/zipkin.proto3.SpanService/Report" => Some(Method::ZipkinReport),
            _ => None,
        }
    }

    fn transport(self) -> Transport {
        match self {
            Method::OtlpExport => Transport::OtlpGrpc,
            Method::ZipkinReport => Transport::Grpc,
        }
    }

    fn encoding(self) -> Encoding {
        match self {
            Method::OtlpExport => Encoding::OtlpProtobuf,
            Method::ZipkinReport => Encoding::Zipkin(zipkin::Encoding::Proto3),
        }
    }

    /// The answer's message. Zipkin's has no fields.
    fn reply(self, accepted: &Accepted) -> Vec<u8> {
        match self {
            Method::OtlpExport => otlp::export_response(accepted.rejected, accepted.rejected_why.as_deref()),
            Method::ZipkinReport => Vec::new(),
        }
    }
}

/// Takes the spans of a call and answers.
pub(crate) async fn take<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    method: Method,
    collector: &Collector,
    head: &Parts,
    body: B,
) -> Response {
    if !is_call(head.version, &head.headers) {
        let refusal = Refusal::Unsupported("this path is gRPC's: HTTP/2 with content type application/grpc".into());
        collector.turn_away(method.transport(), &refusal);
        Chunks::of(body).drain(head.headers.contains_key(header::EXPECT)).await;
        return (refusal.reason().http_status(), refusal.to_string()).into_response();
    }
    match receive(method, collector, &head.headers, body).await {
        Ok(accepted) => status::ok(&method.reply(&accepted)),
        Err(refusal) => status::refused(&refusal),
    }
}

async fn receive<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    method: Method,
    collector: &Collector,
    headers: &HeaderMap,
    body: B,
) -> Result<Accepted, Refusal> {
    let mut chunks = Chunks::of(body);
    let read = async {
        let packing = packing(headers)?;
        let message = frame::read(&mut chunks, collector.admission.enter()).await?;
        if message.is_packed && packing == Compression::Plain {
            return Err(Refusal::Malformed(format!("the message is compressed, but no {ENCODING} says how")));
        }
        Ok((if message.is_packed { packing } else { Compression::Plain }, message))
    };
    match read.await {
        // The share of the bytes in flight is held until the message is durable.
        Ok((compression, frame::Framed { bytes, share: _share, .. })) => {
            let (transport, encoding) = (method.transport(), method.encoding());
            collector.accept(Message { transport, encoding, compression }, bytes).await
        }
        Err(refusal) => {
            collector.turn_away(method.transport(), &refusal);
            Err(refusal)
        }
    }
}

/// How a message is compressed where its first byte says that it is.
fn packing(headers: &HeaderMap) -> Result<Compression, Refusal> {
    let Some(name) = headers.get(ENCODING) else { return Ok(Compression::Plain) };
    let name = name.to_str().unwrap_or_default();
    Compression::named(name).ok_or_else(|| {
        Refusal::Unsupported(format!("{ENCODING} `{name}` is not read here; send one of {}", Compression::NAMES))
    })
}

/// Whether a request is a call with protobuf in it: `application/grpc`, `application/grpc+proto`.
pub fn is_call(version: Version, headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    version == Version::HTTP_2 && matches!(essence, "application/grpc" | "application/grpc+proto")
}

/// The answer to a call of a method that is not here.
pub fn unimplemented(path: &str) -> Response {
    status::refused(&Refusal::Unsupported(format!("there is no method {path} here")))
}
