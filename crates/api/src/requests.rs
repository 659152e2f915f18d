//! How long answers take: `http_server_requests_seconds`, by method, status and path.
//!
//! Paths are templates, so that ids in them make no series of their own. Bodies that bring spans do not
//! come by here: what they are and how many is counted by the collector, per transport.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Upper ends of the buckets. A page waits in milliseconds, a query over a hundred million spans in seconds.
pub const BOUNDS_MS: [u64; 14] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000];

/// Series kept: paths times the statuses they have. A defect that made more of them must not cost memory.
const SERIES_MAX: usize = 1000;

/// What a series counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Times {
    /// Answers up to each of [`BOUNDS_MS`], not cumulative; the last is for all slower ones.
    pub buckets: [u64; BOUNDS_MS.len() + 1],
    /// Answers.
    pub count: u64,
    /// Their times added up.
    pub total: Duration,
}

impl Times {
    fn add(&mut self, took: Duration) {
        let bucket = BOUNDS_MS.iter().position(|bound| took <= Duration::from_millis(*bound));
        self.buckets[bucket.unwrap_or(BOUNDS_MS.len())] += 1;
        self.count += 1;
        self.total += took;
    }
}

/// What tells series apart: method, status, path.
pub type SeriesKey = (&'static str, u16, String);

/// The times of all answers so far.
#[derive(Default, Debug)]
pub struct Requests {
    series: Mutex<BTreeMap<SeriesKey, Times>>,
}

impl Requests {
    /// Every series, in order.
    pub fn series(&self) -> Vec<(SeriesKey, Times)> {
        let series = self.series.lock().unwrap_or_else(PoisonError::into_inner);
        series.iter().map(|(key, times)| (key.clone(), *times)).collect()
    }

    fn note(&self, key: SeriesKey, took: Duration) {
        // A panic between the two statements below leaves a map that is still whole.
        let mut series = self.series.lock().unwrap_or_else(PoisonError::into_inner);
        if series.len() < SERIES_MAX || series.contains_key(&key) {
            series.entry(key).or_default().add(took);
        }
    }
}

/// Takes the time of an answer. A stream counts until it begins.
pub async fn time(State(requests): State<Arc<Requests>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = method_name(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    let uri = uri_label(status, matched.as_ref().map(MatchedPath::as_str));
    requests.note((method, status.as_u16(), uri.into_owned()), started.elapsed());
    response
}

/// Methods are the client's to invent; those without a name here are one.
fn method_name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "PATCH" => "PATCH",
        "TRACE" => "TRACE",
        _ => "OTHER",
    }
}

/// The label that Zipkin gives: one for everything not found and for every redirect, else the template,
/// the same with and without `/zipkin` before it.
fn uri_label(status: StatusCode, matched: Option<&str>) -> Cow<'static, str> {
    match matched {
        _ if status == StatusCode::NOT_FOUND => Cow::Borrowed("NOT_FOUND"),
        _ if status.is_redirection() => Cow::Borrowed("REDIRECTION"),
        Some(template) => Cow::Owned(template.strip_prefix("/zipkin").unwrap_or(template).to_owned()),
        None => Cow::Borrowed("UNKNOWN"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_templates_and_what_is_not_found_is_one_series() {
        let cases = [
            (200, Some("/api/v2/trace/{traceId}"), "/api/v2/trace/{traceId}"),
            (200, Some("/zipkin/api/v2/services"), "/api/v2/services"),
            (404, Some("/api/v2/trace/{traceId}"), "NOT_FOUND"),
            (404, None, "NOT_FOUND"),
            (302, Some("/zipkin/"), "REDIRECTION"),
            (405, None, "UNKNOWN"),
        ];
        for (status, matched, label) in cases {
            let status = StatusCode::from_u16(status).expect("a status");
            assert_eq!(uri_label(status, matched), label, "{status} {matched:?}");
        }
    }

    #[test]
    fn an_answer_is_in_the_first_bucket_that_holds_it() {
        let requests = Requests::default();
        let key = || ("GET", 200, "/info".to_owned());
        for ms in [0, 1, 3, 40_000] {
            requests.note(key(), Duration::from_millis(ms));
        }
        let (_, times) = requests.series().remove(0);
        assert_eq!((times.buckets[0], times.buckets[2], times.buckets[BOUNDS_MS.len()]), (2, 1, 1));
        assert_eq!((times.count, times.total), (4, Duration::from_millis(40_004)));
    }

    #[test]
    fn series_are_kept_up_to_their_limit() {
        let requests = Requests::default();
        for path in 0..SERIES_MAX + 5 {
            requests.note(("GET", 200, path.to_string()), Duration::ZERO);
        }
        requests.note(("GET", 200, "7".to_owned()), Duration::ZERO);
        let series = requests.series();
        assert_eq!(series.len(), SERIES_MAX);
        assert_eq!(series.iter().map(|(_, times)| times.count).max(), Some(2), "known series go on");
    }
}
