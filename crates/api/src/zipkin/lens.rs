//! Links of Zipkin's page: what bookmarks, chat logs and log viewers point at, sent on to the place of our
//! page that shows the same.
//!
//! Redirects name no host, so that they work behind a proxy.

use super::parameters::Parameters;
use crate::App;
use crate::nines::rfc3339;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use nines_base::{DurationUs, Timestamp};
use nines_trace::filter::zipkin::TracesParameters;
use std::fmt::Write;
use std::sync::Arc;

/// Look-backs of Zipkin's page that ours offers too, by the names both give them.
const RANGES: [(&str, &str); 6] =
    [("15m", "15m"), ("1h", "1h"), ("6h", "6h"), ("1d", "24h"), ("2d", "2d"), ("7d", "7d")];

/// The paths of Zipkin's page.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/zipkin", get(|RawQuery(query): RawQuery| async move { to_search(query) }))
        .route("/zipkin/", get(search))
        .route("/zipkin/index.html", get(search))
        .route("/zipkin/dependency", get(|RawQuery(query): RawQuery| async move { found(map_page(query.as_deref())) }))
        .route("/zipkin/traceViewer", get(|| async { found("/traces".to_owned()) }))
        .route("/zipkin/traces/{traceId}", get(|Path(id): Path<String>| async move { found(trace_page(&id)) }))
        .route("/zipkin/favicon.ico", get(|| async { found("/favicon.ico".to_owned()) }))
}

/// `/zipkin` is the folder.
fn to_search(query: Option<String>) -> Response {
    found(match query {
        Some(query) => format!("/zipkin/?{query}"),
        None => "/zipkin/".to_owned(),
    })
}

async fn search(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    found(search_page(&Parameters::read(query.as_deref()), app.clock.now()))
}

fn found(location: String) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// A short id is filled up to the length it is stored in; one of another form is left for the page to judge.
fn trace_page(id: &str) -> String {
    let id = id.trim().to_ascii_lowercase();
    let digits = if id.len() <= 16 { 16 } else { 32 };
    match id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => format!("/trace/{id:0>digits$}"),
        false => format!("/trace/{}", encode(&id).replace('+', "%20")),
    }
}

/// The map of the time that Zipkin's page would show, which writes milliseconds.
fn map_page(query: Option<&str>) -> String {
    let parameters = Parameters::read(query);
    let moment = |name| Some(Timestamp(parameters.number(name).ok()??.checked_mul(1000)?));
    match (moment("startTime"), moment("endTime")) {
        (Some(from), Some(to)) => format!("/map?from={}&to={}", encode(&rfc3339(from)), encode(&rfc3339(to))),
        _ => "/map".to_owned(),
    }
}

/// The list of traces that Zipkin's page would show at these parameters.
fn search_page(parameters: &Parameters, now: Timestamp) -> String {
    let text = |name| parameters.text(name).unwrap_or_default();
    let asked = TracesParameters {
        service_name: text("serviceName"),
        remote_service_name: text("remoteServiceName"),
        span_name: text("spanName"),
        annotation_query: text("annotationQuery"),
        min_duration_us: length_us(text("minDuration")),
        max_duration_us: length_us(text("maxDuration")),
    };
    let mut page = "/traces".to_owned();
    let mut put = |name: &str, value: &str| {
        let mark = if page.contains('?') { '&' } else { '?' };
        // Writing to a String cannot fail.
        let _ = write!(page, "{mark}{name}={}", encode(value));
    };
    let filter = asked.nearest_filter();
    if !filter.is_empty() {
        put("q", filter.text());
    }
    match range(parameters, now) {
        Range::Usual => {}
        Range::Named(name) => put("t", name),
        Range::Pinned { from, to } => {
            put("from", &rfc3339(from));
            put("to", &rfc3339(to));
        }
    }
    page
}

/// Where a search looks.
enum Range {
    /// As the page begins.
    Usual,
    /// A length that ends now and moves on.
    Named(&'static str),
    /// Two moments.
    Pinned { from: Timestamp, to: Timestamp },
}

/// `lookback` is a length such as `15m`, milliseconds in old links, or says which of the others count:
/// `range` (or `custom`) with `startTs` and `endTs`, `millis` with `millis` and `endTs`.
fn range(parameters: &Parameters, now: Timestamp) -> Range {
    let moment = |name| Some(Timestamp(parameters.number(name).ok()??.checked_mul(1000)?));
    let end = moment("endTs");
    let to = end.unwrap_or(now);
    let lookback = parameters.text("lookback").unwrap_or_default();
    let length = match lookback {
        "" => None,
        "range" | "custom" => match moment("startTs") {
            Some(from) => return Range::Pinned { from, to },
            None => None,
        },
        "millis" => moment("millis").map(|millis| DurationUs(millis.0)),
        milliseconds if milliseconds.bytes().all(|byte| byte.is_ascii_digit()) => {
            moment("lookback").map(|millis| DurationUs(millis.0))
        }
        length => length.parse().ok(),
    };
    let named = RANGES.iter().find(|(theirs, _)| *theirs == lookback);
    match (length, named) {
        (None, _) => Range::Usual,
        (Some(_), Some((_, ours))) if end.is_none() => Range::Named(ours),
        (Some(length), _) => Range::Pinned { from: to - length, to },
    }
}

/// Zipkin's page writes durations with their unit; its API, and so old links, in microseconds.
fn length_us(text: &str) -> Option<u64> {
    match text.parse() {
        Ok(us) => Some(us),
        Err(_) => text.parse::<DurationUs>().ok().and_then(|length| u64::try_from(length.0).ok()),
    }
}

/// Percent-encoding that leaves readable what our page leaves so.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => encoded.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b'\'' | b'(' | b')' | b'/' | b':' | b',' | b'=' | b'@' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            // Writing to a String cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_700_000_000);

    #[test]
    fn a_search_of_zipkins_page_is_the_same_search_of_ours() {
        for (theirs, ours) in [
            ("", "/traces"),
            ("lookback=15m&limit=10", "/traces?t=15m"),
            ("lookback=1d", "/traces?t=24h"),
            ("lookback=12h", "/traces?from=2023-11-14T10:13:20Z&to=2023-11-14T22:13:20Z"),
            ("lookback=3600000", "/traces?from=2023-11-14T21:13:20Z&to=2023-11-14T22:13:20Z"),
            ("lookback=15m&endTs=1700000060000", "/traces?from=2023-11-14T21:59:20Z&to=2023-11-14T22:14:20Z"),
            (
                "lookback=millis&millis=60000&endTs=1700000060000",
                "/traces?from=2023-11-14T22:13:20Z&to=2023-11-14T22:14:20Z",
            ),
            (
                "lookback=range&startTs=1700000000000&endTs=1700000060000",
                "/traces?from=2023-11-14T22:13:20Z&to=2023-11-14T22:14:20Z",
            ),
            ("lookback=nonsense", "/traces"),
            ("serviceName=cart&spanName=get+/x", "/traces?q=service=cart+op=%22get+/x%22"),
            ("serviceName=cart&spanName=all", "/traces?q=service=cart"),
            (
                "remoteServiceName=db&minDuration=10ms&maxDuration=2000",
                "/traces?q=remote=db+duration%3E=10ms+duration%3C=2ms",
            ),
            ("annotationQuery=error+and+http.method%3DGET", "/traces?q=tag.error+http.method=GET"),
            ("annotationQuery=a+b", "/traces?q=%22a+b%22"),
        ] {
            assert_eq!(search_page(&Parameters::read(Some(theirs)), NOW), ours, "{theirs}");
        }
    }

    #[test]
    fn the_dependency_page_is_the_map_of_its_time() {
        let page = "/map?from=2023-11-14T22:13:20Z&to=2023-11-14T22:14:20Z";
        assert_eq!(map_page(Some("startTime=1700000000000&endTime=1700000060000")), page);
        for without in [None, Some("startTime=1700000000000"), Some("startTime=x&endTime=y")] {
            assert_eq!(map_page(without), "/map", "{without:?}");
        }
    }

    #[test]
    fn a_traces_id_is_filled_up() {
        assert_eq!(trace_page("A1"), "/trace/00000000000000a1");
        assert_eq!(trace_page("12345678901234567"), "/trace/00000000000000012345678901234567");
        assert_eq!(trace_page("no id?"), "/trace/no%20id%3F");
    }
}
