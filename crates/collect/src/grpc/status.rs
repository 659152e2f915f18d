//! The end of a call: its status, in trailers behind a message or, where there is none, in the head.

use super::frame::PREFIX_BYTES;
use crate::admit::RETRY_AFTER_SECONDS;
use crate::inflate::Compression;
use crate::refusal::{Reason, Refusal};
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body_util::{BodyExt, Full};
use nines_span::{base64, otlp};
use std::fmt::Write;

const STATUS: HeaderName = HeaderName::from_static("grpc-status");
const MESSAGE: HeaderName = HeaderName::from_static("grpc-message");
const DETAILS: HeaderName = HeaderName::from_static("grpc-status-details-bin");
const ACCEPT_ENCODING: HeaderName = HeaderName::from_static("grpc-accept-encoding");
const GRPC: HeaderValue = HeaderValue::from_static("application/grpc");

/// The answer to a call that was taken.
pub(super) fn ok(message: &[u8]) -> Response {
    let mut framed = Vec::with_capacity(PREFIX_BYTES + message.len());
    framed.push(0);
    // Our answers are at most a sentence long.
    framed.extend_from_slice(&(message.len() as u32).to_be_bytes());
    framed.extend_from_slice(message);
    let trailers = HeaderMap::from_iter([(STATUS, HeaderValue::from_static("0"))]);
    let body = Full::new(Bytes::from(framed)).with_trailers(async move { Some(Ok(trailers)) });
    answer(Body::new(body))
}

/// The answer to a call that was not.
pub(super) fn refused(refusal: &Refusal) -> Response {
    let (reason, text) = (refusal.reason(), refusal.to_string());
    let mut response = answer(Body::empty());
    let headers = response.headers_mut();
    headers.insert(STATUS, reason.grpc_code().into());
    headers.insert(MESSAGE, ascii(percent_encoded(&text)));
    // GRP-1: without it, nothing that is RESOURCE_EXHAUSTED is sent again.
    if reason.is_for_later() {
        let details = otlp::status_for_later(reason.grpc_code(), &text, RETRY_AFTER_SECONDS);
        headers.insert(DETAILS, ascii(base64(&details)));
    }
    if reason == Reason::Unsupported {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(Compression::NAMES));
    }
    response
}

/// The status is 200 whatever became of the call.
fn answer(body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, GRPC);
    response
}

fn ascii(text: String) -> HeaderValue {
    // Percent-encoded texts and base64 are printable ASCII.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// A message as gRPC puts it into a header: all but printable ASCII, and `%` itself, in hex.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if matches!(byte, b' '..=b'~') && byte != b'%' {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_fits_into_a_header() {
        assert_eq!(percent_encoded("100 % of `ü`\n"), "100 %25 of `%C3%BC`%0A");
        let refusal = Refusal::Malformed("스팬\r\n".into());
        assert_eq!(refused(&refusal).headers()[MESSAGE], "%EC%8A%A4%ED%8C%AC%0D%0A");
    }

    #[test]
    fn grp_1_only_want_of_room_says_when_to_come_back() {
        for refusal in [
            Refusal::Malformed("m".into()),
            Refusal::TooLarge { limit_bytes: 1, inflated: true },
            Refusal::TooSlow,
            Refusal::Unsupported("u".into()),
            Refusal::Overloaded("o".into()),
            Refusal::Unavailable("n".into()),
        ] {
            let response = refused(&refusal);
            let code = response.headers()[STATUS].to_str().unwrap().parse::<i32>().unwrap();
            let says_when = response.headers().contains_key(DETAILS);
            // What OTLP has senders repeat whether or not the answer says when.
            let is_repeated = says_when || [1, 4, 10, 11, 14, 15].contains(&code);
            let may_help = refusal.reason().is_for_later() || refusal == Refusal::TooSlow;
            assert_eq!(is_repeated, may_help, "{refusal:?}");
        }
    }
}
