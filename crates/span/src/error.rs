//! What counts as a failed span, for the bare word `error` in filters and so for SLIs.
//!
//! First rule that matches wins (the order of the OpenTelemetry-to-Zipkin mapping, then the semantic
//! conventions for HTTP and gRPC):
//! 1. OTLP status, or its Zipkin form the tag `otel.status_code`: ERROR fails, OK does not.
//! 2. The tag `error` is there, whatever its value, except `false`, which old instrumentations send.
//! 3. `http.status_code` or `http.response.status_code`: 500 and above; from 400 on where the span is a client.
//! 4. `rpc.grpc.status_code` or `rpc.response.status_code`: on a server UNKNOWN, DEADLINE_EXCEEDED,
//!    UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS; on a client everything but OK.
//! 5. `error.type` is there.
//!
//! The dependency linker does not use this: its rule is Zipkin's own, the tag `error` alone.

use crate::fields::SpanFields;
use crate::model::{Kind, Status, ValueRef};

/// gRPC status names by number.
const GRPC_CODES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

/// The gRPC codes that are the server's own fault.
const GRPC_SERVER_FAULTS: [i64; 6] = [2, 4, 12, 13, 14, 15];

/// Every tag the rules look at: a span without any of them fails only by its OTLP status.
pub const TAGS_CONSULTED: [&str; 7] = [
    "otel.status_code",
    "error",
    "http.status_code",
    "http.response.status_code",
    "rpc.grpc.status_code",
    "rpc.response.status_code",
    "error.type",
];

/// Whether the span failed; see the module for the rules.
pub fn is_error<S: SpanFields + ?Sized>(span: &S) -> bool {
    match status(span) {
        Status::Error => return true,
        Status::Ok => return false,
        Status::Unset => {}
    }
    if let Some(error) = span.tag("error") {
        return !matches!(error, ValueRef::Bool(false) | ValueRef::Str("false"));
    }
    let http = span.tag("http.status_code").or_else(|| span.tag("http.response.status_code"));
    if let Some(code) = http.and_then(whole_number) {
        return code >= if span.kind() == Kind::Client { 400 } else { 500 };
    }
    let grpc = span.tag("rpc.grpc.status_code").or_else(|| span.tag("rpc.response.status_code"));
    if let Some(code) = grpc.and_then(grpc_code) {
        return if span.kind() == Kind::Client { code != 0 } else { GRPC_SERVER_FAULTS.contains(&code) };
    }
    span.tag("error.type").is_some()
}

fn status<S: SpanFields + ?Sized>(span: &S) -> Status {
    match span.status() {
        Status::Unset => match span.tag("otel.status_code") {
            Some(ValueRef::Str("ERROR")) => Status::Error,
            Some(ValueRef::Str("OK")) => Status::Ok,
            _ => Status::Unset,
        },
        set => set,
    }
}

fn whole_number(value: ValueRef<'_>) -> Option<i64> {
    match value {
        ValueRef::Int(number) => Some(number),
        ValueRef::Str(text) => text.parse().ok(),
        _ => None,
    }
}

fn grpc_code(value: ValueRef<'_>) -> Option<i64> {
    whole_number(value).or_else(|| match value {
        ValueRef::Str(name) => GRPC_CODES.iter().position(|known| *known == name).map(|code| code as i64),
        _ => None,
    })
}
