//! `POST /api/v2/spans` (JSON, protobuf) and `POST /api/v1/spans` (JSON, thrift), answered as Zipkin answers
//! them: 202 and an empty body, or a plain sentence.

use super::headers;
use super::receive::receive;
use crate::admit::RETRY_AFTER_SECONDS;
use crate::collector::{Collector, Encoding, Message};
use crate::metrics::Transport;
use crate::refusal::Refusal;
use axum::body::HttpBody;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use nines_span::zipkin::{self, Version};
use std::fmt::Display;

/// Zipkin's path for spans of version 1.
pub const PATH_V1: &str = "/api/v1/spans";
/// Zipkin's path for spans.
pub const PATH_V2: &str = "/api/v2/spans";

/// Takes the spans of a body and answers.
pub(crate) async fn take<B: HttpBody<Data = Bytes, Error: Display> + Unpin>(
    version: Version,
    collector: &Collector,
    headers: &HeaderMap,
    body: B,
) -> Response {
    let message = Message {
        transport: Transport::Http,
        encoding: Encoding::Zipkin(zipkin::Encoding::of(version, headers::content_type(headers))),
        compression: headers::zipkin_compression(headers),
    };
    match receive(collector, Transport::Http, Ok(message), headers, body).await {
        Ok(_) => StatusCode::ACCEPTED.into_response(),
        Err(refusal) => refuse(&refusal),
    }
}

fn refuse(refusal: &Refusal) -> Response {
    let reason = refusal.reason();
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let mut response = (reason.http_status(), plain, refusal.to_string()).into_response();
    if reason.is_for_later() {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
    }
    response
}
