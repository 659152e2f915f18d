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
const OTEL_STATUS: usize = 0;
const ERROR: usize = 1;
const HTTP_STATUS: usize = 2;
const HTTP_STATUS_NEWER: usize = 3;
const GRPC_STATUS: usize = 4;
const GRPC_STATUS_NEWER: usize = 5;
const ERROR_TYPE: usize = 6;

/// Whether the span failed; see the module for the rules.
pub fn is_error<S: SpanFields + ?Sized>(span: &S) -> bool {
    has_failed(span.kind(), span.status(), |consulted| span.tag(TAGS_CONSULTED[consulted]))
}

/// The same of a span whose tags the caller finds: `tag` is asked for places in [`TAGS_CONSULTED`].
pub fn has_failed<'v>(kind: Kind, status: Status, tag: impl Fn(usize) -> Option<ValueRef<'v>>) -> bool {
    let status = if status == Status::Unset { tag(OTEL_STATUS).map_or(Status::Unset, status_of) } else { status };
    match status {
        Status::Error => return true,
        Status::Ok => return false,
        Status::Unset => {}
    }
    if let Some(error) = tag(ERROR) {
        return !matches!(error, ValueRef::Bool(false) | ValueRef::Str("false"));
    }
    let http = tag(HTTP_STATUS).or_else(|| tag(HTTP_STATUS_NEWER));
    if let Some(code) = http.and_then(whole_number) {
        return code >= if kind == Kind::Client { 400 } else { 500 };
    }
    let grpc = tag(GRPC_STATUS).or_else(|| tag(GRPC_STATUS_NEWER));
    if let Some(code) = grpc.and_then(grpc_code) {
        return if kind == Kind::Client { code != 0 } else { GRPC_SERVER_FAULTS.contains(&code) };
    }
    tag(ERROR_TYPE).is_some()
}

/// What the tag `otel.status_code` says.
fn status_of(tag: ValueRef<'_>) -> Status {
    match tag {
        ValueRef::Str("ERROR") => Status::Error,
        ValueRef::Str("OK") => Status::Ok,
        _ => Status::Unset,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{OtlpParts, Span, Value};
    use crate::otlp;
    use crate::protobuf::put_message;

    fn check(kind: Kind, status: Status, tags: &[(&str, Value)], expect: bool) {
        let mut tags: Vec<_> = tags.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        tags.sort_by(|a, b| a.0.cmp(&b.0));
        let span = Span { kind, status, tags, ..Span::default() };
        assert_eq!(is_error(&span), expect, "of {kind:?}, {status:?}, {:?}", span.tags);
    }

    fn check_tag(kind: Kind, key: &str, value: impl Into<Value>, expect: bool) {
        check(kind, Status::Unset, &[(key, value.into())], expect);
    }

    #[test]
    fn the_status_decides_before_any_tag() {
        check(Kind::Server, Status::Error, &[], true);
        check(Kind::Server, Status::Error, &[("error", "false".into())], true);
        check(Kind::Server, Status::Ok, &[("error", "boom".into()), ("http.status_code", "500".into())], false);
        check_tag(Kind::Server, "otel.status_code", "ERROR", true);
        check(Kind::Client, Status::Unset, &[("otel.status_code", "OK".into()), ("error", "".into())], false);
        check(Kind::Server, Status::Unset, &[], false);
    }

    #[test]
    fn an_error_tag_fails_whatever_it_says_but_false() {
        for value in ["", "true", "500", "connection refused"] {
            check_tag(Kind::Unspecified, "error", value, true);
        }
        check_tag(Kind::Unspecified, "error", Value::Bool(true), true);
        check_tag(Kind::Unspecified, "error", Value::Empty, true);
        check_tag(Kind::Unspecified, "error", "false", false);
        check_tag(Kind::Unspecified, "error", Value::Bool(false), false);
        check(Kind::Client, Status::Unset, &[("error", "false".into()), ("http.status_code", "500".into())], false);
    }

    #[test]
    fn a_client_fails_from_400_and_a_server_from_500() {
        for key in ["http.status_code", "http.response.status_code"] {
            for (code, fails_client, fails_server) in [
                (200, false, false),
                (399, false, false),
                (400, true, false),
                (499, true, false),
                (500, true, true),
                (599, true, true),
            ] {
                check_tag(Kind::Client, key, Value::Int(code), fails_client);
                check_tag(Kind::Server, key, Value::Int(code), fails_server);
                check_tag(Kind::Server, key, code.to_string().as_str(), fails_server);
                check_tag(Kind::Unspecified, key, Value::Int(code), fails_server);
            }
            check_tag(Kind::Server, key, "teapot", false);
        }
    }

    #[test]
    fn a_grpc_server_fails_by_its_own_faults_and_a_client_by_all() {
        for (code, name) in GRPC_CODES.iter().enumerate() {
            let is_own_fault =
                ["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"]
                    .contains(name);
            for key in ["rpc.grpc.status_code", "rpc.response.status_code"] {
                check_tag(Kind::Server, key, Value::Int(code as i64), is_own_fault);
                check_tag(Kind::Server, key, *name, is_own_fault);
                check_tag(Kind::Client, key, *name, code != 0);
            }
        }
        check_tag(Kind::Client, "rpc.grpc.status_code", "NO_SUCH_CODE", false);
    }

    #[test]
    fn an_error_type_fails_where_nothing_else_speaks() {
        check_tag(Kind::Internal, "error.type", "timeout", true);
        check(Kind::Server, Status::Unset, &[("error.type", "x".into()), ("http.status_code", "200".into())], false);
    }

    #[test]
    fn a_resource_speaks_where_the_span_is_silent() {
        let mut resource = Vec::new();
        put_message(1, &mut resource, |out| {
            put_message(1, out, |out| out.extend_from_slice(b"\x0a\x05error\x12\x03\x0a\x01x"));
        });
        let parts = OtlpParts { resource: resource.into(), ..OtlpParts::default() };
        assert_eq!(otlp::resource_attribute(&parts.resource, "error"), Some(ValueRef::Str("x")));
        let mut span = Span { otlp: Some(parts), ..Span::default() };
        assert!(is_error(&span));
        span.tags.push(("error".to_owned(), Value::Bool(false)));
        assert!(!is_error(&span));
    }
}
