//! `POST /v1/traces` (OTLP/HTTP, protobuf and JSON): 200 with an `ExportTraceServiceResponse`, or a
//! `google.rpc.Status` with the codes that the OTLP specification calls retryable or not; both in the
//! encoding of the request.

use super::headers;
use super::receive::receive;
use crate::admit::RETRY_AFTER_SECONDS;
use crate::collector::{Accepted, Collector, Encoding, Message};
use crate::metrics::Transport;
use crate::refusal::Refusal;
use axum::body::HttpBody;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nines_span::otlp;
use std::fmt::Display;

/// OTLP's path for spans.
pub const PATH: &str = "/v1/traces";

/// The media types of protobuf: the usual one, and the one that was registered later.
const PROTOBUF: [&str; 2] = ["application/x-protobuf", "application/protobuf"];
/// The media type of JSON.
const JSON: &str = "application/json";

/// Takes the spans of a body and answers.
pub(crate) async fn take<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    collector: &Collector,
    headers: &HeaderMap,
    body: B,
) -> Response {
    let spoken = Spoken::of(headers);
    let described = spoken.and_then(|spoken| {
        let compression = headers::otlp_compression(headers)?;
        Ok(Message { transport: Transport::OtlpHttp, encoding: spoken.encoding(), compression })
    });
    // Who speaks neither is answered in what a person can read.
    let answer_in = Spoken::of(headers).unwrap_or(Spoken::Json);
    match receive(collector, Transport::OtlpHttp, described, headers, body).await {
        Ok(accepted) => answer_in.took(&accepted),
        Err(refusal) => answer_in.refuses(&refusal),
    }
}

/// The two encodings of OTLP over HTTP.
#[derive(Clone, Copy)]
enum Spoken {
    Protobuf,
    Json,
}

impl Spoken {
    fn of(headers: &HeaderMap) -> Result<Spoken, Refusal> {
        let media_type = headers::media_type(headers);
        let is = |known: &str| media_type.eq_ignore_ascii_case(known);
        if PROTOBUF.into_iter().any(is) {
            return Ok(Spoken::Protobuf);
        }
        if is(JSON) {
            return Ok(Spoken::Json);
        }
        let fact = match media_type {
            "" => "there is no content type".to_owned(),
            other => format!("content type `{other}` is not read here"),
        };
        Err(Refusal::Unsupported(format!("{fact}; send {} or {JSON}", PROTOBUF[0])))
    }

    fn encoding(self) -> Encoding {
        match self {
            Spoken::Protobuf => Encoding::OtlpProtobuf,
            Spoken::Json => Encoding::OtlpJson,
        }
    }

    fn took(self, accepted: &Accepted) -> Response {
        let (rejected, why) = (accepted.rejected, accepted.rejected_why.as_deref());
        match self {
            Spoken::Protobuf => self.says(otlp::export_response(rejected, why)),
            Spoken::Json => self.says(otlp::export_response_json(rejected, why)),
        }
    }

    fn refuses(self, refusal: &Refusal) -> Response {
        let (reason, text) = (refusal.reason(), refusal.to_string());
        let mut response = match self {
            Spoken::Protobuf => self.says(otlp::status(reason.grpc_code(), &text)),
            Spoken::Json => self.says(otlp::status_json(reason.grpc_code(), &text)),
        };
        *response.status_mut() = reason.http_status();
        if reason.is_for_later() {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
        }
        response
    }

    fn says(self, message: Vec<u8>) -> Response {
        let media_type = match self {
            Spoken::Protobuf => PROTOBUF[0],
            Spoken::Json => JSON,
        };
        ([(header::CONTENT_TYPE, media_type)], message).into_response()
    }
}
