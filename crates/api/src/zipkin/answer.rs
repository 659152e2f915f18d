//! Answers in Zipkin's form: JSON without a charset, errors as a bare sentence.

use crate::App;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nines_base::DurationUs;
use nines_storage::{Gap, Gaps, StoreError};
use std::collections::BTreeSet;

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

    /// A parameter that must be there is not.
    pub fn missing(name: &str) -> QueryError {
        QueryError::bad(format!("Mandatory parameter/header/attribute is missing: {name}"))
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

/// The same of an answer that may lack something.
pub fn json_with(body: Vec<u8>, gaps: &Gaps) -> Response {
    let mut response = json(body);
    warn(&mut response, gaps);
    response
}

/// Tells what an answer may lack. Zipkin's bodies have no place to say so: a header does, one for each gap.
pub fn warn(response: &mut Response, gaps: &Gaps) {
    for gap in gaps {
        // 199 is the warning without a meaning of its own; a header takes visible ASCII only.
        let shown = |letter: char| if letter.is_ascii_graphic() && letter != '"' { letter } else { ' ' };
        let text: String = words(gap).chars().map(shown).collect();
        tracing::warn!(gap = text, "an answer is not whole");
        if let Ok(value) = HeaderValue::from_str(&format!("199 nines \"{text}\"")) {
            response.headers_mut().append(header::WARNING, value);
        }
    }
}

fn words(gap: &Gap) -> String {
    match gap {
        Gap::Limit { name, max } => format!("cut at the limit {name} = {max}"),
        Gap::Damaged { place, fact } => format!("left out what is damaged: {place}: {fact}"),
    }
}

/// A list of names, which browsers may keep for five minutes where that is worth it.
pub fn names(names: &BTreeSet<String>, cacheable: bool) -> Response {
    // A set of strings always serialises; an empty list is what is left if it did not.
    let mut response = json(serde_json::to_vec(names).unwrap_or_else(|_| b"[]".to_vec()));
    if cacheable {
        let cache = HeaderValue::from_static("max-age=300, must-revalidate");
        response.headers_mut().insert(header::CACHE_CONTROL, cache);
    }
    response
}

/// Runs a read of the store away from the threads that serve sockets, and waits for it as long as
/// `QUERY_TIMEOUT` lets. A read that is given up ends by itself, at the store's own limit of bytes.
pub async fn reading<T: Send + 'static>(
    app: &App,
    read: impl FnOnce() -> Result<T, QueryError> + Send + 'static,
) -> Result<T, QueryError> {
    within(app.settings.zipkin.query_timeout, read).await
}

async fn within<T: Send + 'static>(
    longest: Option<DurationUs>,
    read: impl FnOnce() -> Result<T, QueryError> + Send + 'static,
) -> Result<T, QueryError> {
    let read = tokio::task::spawn_blocking(read);
    let outcome = match longest {
        None => read.await,
        Some(longest) => match tokio::time::timeout(longest.to_std(), read).await {
            Ok(outcome) => outcome,
            Err(_) => return Err(timed_out(longest)),
        },
    };
    outcome.unwrap_or_else(|error| {
        tracing::error!(%error, "a query ended abnormally");
        Err(QueryError { status: StatusCode::INTERNAL_SERVER_ERROR, text: "the query ended abnormally".into() })
    })
}

/// Zipkin answers 500 here, as its clients expect.
fn timed_out(longest: DurationUs) -> QueryError {
    let text = format!("the query took longer than {longest} (query_timeout); ask for a narrower window");
    QueryError { status: StatusCode::INTERNAL_SERVER_ERROR, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_waited_for_as_long_as_it_may_take() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let slow = || {
            std::thread::sleep(std::time::Duration::from_millis(200));
            Ok(7)
        };
        let error = runtime.block_on(within(Some(DurationUs(10_000)), slow)).expect_err("it takes too long");
        assert_eq!(error.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(error.text.contains("longer than 10ms"), "{}", error.text);
        assert_eq!(runtime.block_on(within(None, slow)).expect("it is waited for"), 7);
    }
}
