//! What a receiver of OTLP answers, in the encoding of the request.

use crate::protobuf::{put_bytes, put_message, put_varint};
use crate::zipkin::write_text;

/// `ExportTraceServiceResponse.partial_success`.
const PARTIAL_SUCCESS: u32 = 1;
/// `ExportTracePartialSuccess.rejected_spans`.
const REJECTED_SPANS: u32 = 1;
/// `ExportTracePartialSuccess.error_message`.
const ERROR_MESSAGE: u32 = 2;
/// `google.rpc.Status.code`.
const CODE: u32 = 1;
/// `google.rpc.Status.message`.
const MESSAGE: u32 = 2;
/// `google.rpc.Status.details`.
const DETAILS: u32 = 3;
/// `google.protobuf.Any.type_url`.
const TYPE_URL: u32 = 1;
/// `google.protobuf.Any.value`.
const VALUE: u32 = 2;
/// `google.rpc.RetryInfo.retry_delay`.
const RETRY_DELAY: u32 = 1;
/// `google.protobuf.Duration.seconds`.
const SECONDS: u32 = 1;

/// An `ExportTraceServiceResponse`: empty where everything was taken, else with the number of spans
/// left out and why. The reason is for a person to read, as OTLP asks.
pub fn export_response(rejected: u64, why: Option<&str>) -> Vec<u8> {
    let mut out = Vec::new();
    if rejected > 0 || why.is_some() {
        put_message(PARTIAL_SUCCESS, &mut out, |out| {
            if rejected > 0 {
                put_varint(REJECTED_SPANS, rejected, out);
            }
            put_bytes(ERROR_MESSAGE, why.unwrap_or_default().as_bytes(), out);
        });
    }
    out
}

/// A `google.rpc.Status`: the body of every OTLP answer that is not a success. `code` is gRPC's.
pub fn status(code: i32, message: &str) -> Vec<u8> {
    let mut out = Vec::new();
    // An int32 is sign-extended to 64 bits on the wire.
    put_varint(CODE, i64::from(code) as u64, &mut out);
    put_bytes(MESSAGE, message.as_bytes(), &mut out);
    out
}

/// As [`status`], with a `google.rpc.RetryInfo`: it makes senders over gRPC try again, and none sooner.
pub fn status_for_later(code: i32, message: &str, retry_after_seconds: u32) -> Vec<u8> {
    let mut out = status(code, message);
    put_message(DETAILS, &mut out, |any| {
        put_bytes(TYPE_URL, b"type.googleapis.com/google.rpc.RetryInfo", any);
        put_message(VALUE, any, |retry_info| {
            put_message(RETRY_DELAY, retry_info, |delay| put_varint(SECONDS, retry_after_seconds.into(), delay));
        });
    });
    out
}

/// As [`export_response`], in JSON.
pub fn export_response_json(rejected: u64, why: Option<&str>) -> Vec<u8> {
    if rejected == 0 && why.is_none() {
        return b"{}".to_vec();
    }
    // A number of 64 bits is a text in protobuf's JSON.
    let mut out = format!("{{\"partialSuccess\":{{\"rejectedSpans\":\"{rejected}\",\"errorMessage\":").into_bytes();
    write_text(why.unwrap_or_default(), &mut out);
    out.extend_from_slice(b"}}");
    out
}

/// As [`status`], in JSON.
pub fn status_json(code: i32, message: &str) -> Vec<u8> {
    let mut out = format!("{{\"code\":{code},\"message\":").into_bytes();
    write_text(message, &mut out);
    out.push(b'}');
    out
}
