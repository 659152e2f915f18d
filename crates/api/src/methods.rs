//! Requests by a method that a path does not have, answered as Zipkin answers them.
//!
//! To Zipkin a path is a method and a path together: what has another method does not exist. Below
//! `/zipkin`, where its page lives and every path exists for `GET`, the method is what is wrong.

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The answer to a known path's unknown method.
pub async fn unknown_method(request: Request) -> Response {
    unknown(request.uri().path())
}

/// The answer to a path that does not exist, where there is no page to say so.
pub async fn unknown_path(request: Request) -> Response {
    not_found(request.method(), request.uri().path())
}

/// `TRACE` is refused everywhere, and `OPTIONS` is known only as a browser's question before a request
/// to another origin.
pub async fn refuse(request: Request, next: Next) -> Response {
    match *request.method() {
        Method::TRACE => plain(StatusCode::METHOD_NOT_ALLOWED),
        Method::OPTIONS if !request.headers().contains_key(header::ORIGIN) => unknown(request.uri().path()),
        _ => next.run(request).await,
    }
}

/// Zipkin's queries have no `HEAD`.
pub async fn refuse_head(request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD { plain(StatusCode::NOT_FOUND) } else { next.run(request).await }
}

/// What a path that does not exist is answered by `method`.
pub fn not_found(method: &Method, path: &str) -> Response {
    if matches!(*method, Method::GET | Method::HEAD) { plain(StatusCode::NOT_FOUND) } else { unknown(path) }
}

fn unknown(path: &str) -> Response {
    plain(if path.starts_with("/zipkin/") { StatusCode::METHOD_NOT_ALLOWED } else { StatusCode::NOT_FOUND })
}

/// A status as a sentence of its own.
fn plain(status: StatusCode) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], status.to_string()).into_response()
}
