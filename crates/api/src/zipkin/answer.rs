//! Answers in Zipkin's form: JSON without a charset, errors as a bare sentence.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use nines_storage::StoreError;

/// An error of a query.
#[derive(Debug)]
pub struct QueryError {
    status: StatusCode,
    text: String,
}

impl QueryError {
    /// The request is wrong.
    pub fn bad(text: impl Into<String>) -> QueryError {
        QueryError { status: StatusCode::BAD_REQUEST, text: text.into() }
    }

    /// What was asked for does not exist.
    pub fn not_found(text: impl Into<String>) -> QueryError {
        QueryError { status: StatusCode::NOT_FOUND, text: text.into() }
    }
}

impl From<StoreError> for QueryError {
    fn from(error: StoreError) -> QueryError {
        tracing::warn!(%error, "a query failed");
        QueryError { status: StatusCode::INTERNAL_SERVER_ERROR, text: error.to_string() }
    }
}

impl IntoResponse for QueryError {
    fn into_response(self) -> Response {
        (self.status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], self.text).into_response()
    }
}

/// A JSON body already written.
pub fn json(body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Runs a read of the store away from the threads that serve sockets.
pub async fn reading<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, QueryError> + Send + 'static,
) -> Result<T, QueryError> {
    match tokio::task::spawn_blocking(read).await {
        Ok(result) => result,
        Err(error) => {
            tracing::error!(%error, "a query ended abnormally");
            Err(QueryError { status: StatusCode::INTERNAL_SERVER_ERROR, text: "the query ended abnormally".into() })
        }
    }
}
