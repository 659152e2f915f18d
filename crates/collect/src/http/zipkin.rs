//! `POST /api/v2/spans` (JSON v2, protobuf), answered as Zipkin answers it: 202 and an empty body, or a
//! plain sentence.

use super::body;
use crate::admit::RETRY_AFTER_SECONDS;
use crate::collector::{Collector, Encoding, Refusal};
use crate::metrics::Transport;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use nines_span::zipkin;
use std::sync::Arc;

/// Zipkin's path for spans.
pub(super) const PATH: &str = "/api/v2/spans";

pub(super) fn router() -> Router<Arc<Collector>> {
    Router::new().route(PATH, post(spans))
}

async fn spans(State(collector): State<Arc<Collector>>, headers: HeaderMap, request_body: Body) -> Response {
    take(&collector, &headers, request_body).await
}

/// Takes the spans of a body and answers.
pub(super) async fn take(collector: &Collector, headers: &HeaderMap, request_body: Body) -> Response {
    match accept(collector, headers, request_body).await {
        Ok(()) => StatusCode::ACCEPTED.into_response(),
        Err(refusal) => refuse(refusal),
    }
}

async fn accept(collector: &Collector, headers: &HeaderMap, request_body: Body) -> Result<(), Refusal> {
    let (bytes, _in_flight) = body::read(collector, headers, request_body).await?;
    let encoding = Encoding::Zipkin(encoding(headers));
    collector.accept(Transport::Http, encoding, body::is_gzip(headers), bytes).await?;
    Ok(())
}

/// Whatever is not said to be protobuf is JSON: many senders name no content type, or a wrong one.
fn encoding(headers: &HeaderMap) -> zipkin::Encoding {
    if body::is_protobuf(headers) { zipkin::Encoding::Proto3 } else { zipkin::Encoding::JsonV2 }
}

fn refuse(refusal: Refusal) -> Response {
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let retry = [(header::RETRY_AFTER, RETRY_AFTER_SECONDS.to_string())];
    match refusal {
        Refusal::Malformed(text) => (StatusCode::BAD_REQUEST, plain, text).into_response(),
        Refusal::TooLarge { limit_bytes, inflated } => {
            let size = if inflated { "inflated body" } else { "body" };
            let text = format!("the {size} is larger than {limit_bytes} bytes; send fewer spans in a message");
            (StatusCode::PAYLOAD_TOO_LARGE, plain, text).into_response()
        }
        Refusal::Overloaded(text) => (StatusCode::TOO_MANY_REQUESTS, plain, retry, text).into_response(),
        Refusal::Unavailable(text) => (StatusCode::SERVICE_UNAVAILABLE, plain, retry, text).into_response(),
    }
}
