//! Answers in Zipkin's form: JSON without a charset, errors as a bare sentence.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nines_storage::{Gap, Gaps, StoreError};

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

    /// Nothing was found: because it does not exist, or because it may be in a part that is damaged.
    pub fn nothing(text: String, gaps: &Gaps) -> QueryError {
        match gaps.iter().find(|gap| matches!(gap, Gap::Damaged { .. })) {
            Some(gap) => QueryError { status: StatusCode::INTERNAL_SERVER_ERROR, text: words(gap) },
            None => QueryError { status: StatusCode::NOT_FOUND, text },
        }
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

/// The same of an answer that may lack something. Zipkin's bodies have no place to say so: a header does,
/// one for each gap.
pub fn json_with(body: Vec<u8>, gaps: &Gaps) -> Response {
    let mut response = json(body);
    for gap in gaps {
        // 199 is the warning without a meaning of its own; a header takes visible ASCII only.
        let shown = |letter: char| if letter.is_ascii_graphic() && letter != '"' { letter } else { ' ' };
        let text: String = words(gap).chars().map(shown).collect();
        tracing::warn!(gap = text, "an answer is not whole");
        if let Ok(value) = HeaderValue::from_str(&format!("199 nines \"{text}\"")) {
            response.headers_mut().append(header::WARNING, value);
        }
    }
    response
}

fn words(gap: &Gap) -> String {
    match gap {
        Gap::Limit { name, max } => format!("cut at the limit {name} = {max}"),
        Gap::Damaged { place, fact } => format!("left out what is damaged: {place}: {fact}"),
    }
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
