//! `POST /v1/traces` (OTLP/HTTP, protobuf): 200 with an `ExportTraceServiceResponse`, or a
//! `google.rpc.Status` with the codes that the OTLP specification calls retryable or not.

use super::body::{self, PROTOBUF};
use crate::admit::RETRY_AFTER_SECONDS;
use crate::collector::{Accepted, Collector, Encoding, Refusal};
use crate::metrics::Transport;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use nines_span::otlp;
use std::sync::Arc;

/// OTLP's path for spans.
pub(super) const PATH: &str = "/v1/traces";

pub(super) fn router() -> Router<Arc<Collector>> {
    Router::new().route(PATH, post(traces))
}

async fn traces(State(collector): State<Arc<Collector>>, headers: HeaderMap, request_body: Body) -> Response {
    take(&collector, &headers, request_body).await
}

/// Takes the spans of a body and answers.
pub(super) async fn take(collector: &Collector, headers: &HeaderMap, request_body: Body) -> Response {
    match accept(collector, headers, request_body).await {
        Ok(accepted) => {
            let message = otlp::export_response(accepted.rejected, accepted.rejected_why.as_deref());
            ([(header::CONTENT_TYPE, PROTOBUF)], message).into_response()
        }
        Err(answer) => answer,
    }
}

async fn accept(collector: &Collector, headers: &HeaderMap, request_body: Body) -> Result<Accepted, Response> {
    if !body::is_protobuf(headers) {
        let media_type = body::media_type(headers);
        return Err(status(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::InvalidArgument,
            &format!("content type `{media_type}` is not read here; send {PROTOBUF}"),
        ));
    }
    let taken = async {
        let (bytes, _in_flight) = body::read(collector, headers, request_body).await?;
        collector.accept(Transport::OtlpHttp, Encoding::OtlpProtobuf, body::is_gzip(headers), bytes).await
    };
    taken.await.map_err(refuse)
}

/// The gRPC codes OTLP errors carry.
#[derive(Clone, Copy)]
enum Code {
    InvalidArgument = 3,
    ResourceExhausted = 8,
    Unavailable = 14,
}

fn refuse(refusal: Refusal) -> Response {
    match refusal {
        Refusal::Malformed(text) => status(StatusCode::BAD_REQUEST, Code::InvalidArgument, &text),
        Refusal::TooLarge { limit_bytes, .. } => status(
            StatusCode::PAYLOAD_TOO_LARGE,
            Code::InvalidArgument,
            &format!("the body is larger than {limit_bytes} bytes; send fewer spans in a message"),
        ),
        Refusal::Overloaded(text) => later(StatusCode::TOO_MANY_REQUESTS, Code::ResourceExhausted, &text),
        Refusal::Unavailable(text) => later(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, &text),
    }
}

fn later(http: StatusCode, code: Code, text: &str) -> Response {
    let mut response = status(http, code, text);
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
    response
}

fn status(http: StatusCode, code: Code, text: &str) -> Response {
    (http, [(header::CONTENT_TYPE, PROTOBUF)], otlp::status(code as i32, text)).into_response()
}
