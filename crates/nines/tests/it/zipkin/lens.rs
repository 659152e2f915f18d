//! Addresses of Zipkin's page: bookmarks and links in logs open the same on ours.

use super::ask::Host;

/// What is asked for, and where it is sent on to.
pub const CASES: &[(&str, &str)] = &[
    ("/zipkin", "/zipkin/"),
    ("/zipkin?serviceName=a", "/zipkin/?serviceName=a"),
    ("/zipkin/", "/traces"),
    ("/zipkin/index.html", "/traces"),
    ("/zipkin/?lookback=15m", "/traces?t=15m"),
    ("/zipkin/?lookback=1h&limit=10", "/traces?t=1h"),
    ("/zipkin/?lookback=1d", "/traces?t=24h"),
    ("/zipkin/?lookback=7d", "/traces?t=7d"),
    ("/zipkin/?serviceName=frontend&lookback=15m", "/traces?q=service=frontend&t=15m"),
    ("/zipkin/?serviceName=frontend&spanName=get+%2Fapi", "/traces?q=service=frontend+op=%22get+/api%22"),
    ("/zipkin/?serviceName=frontend&spanName=all", "/traces?q=service=frontend"),
    ("/zipkin/?remoteServiceName=db", "/traces?q=remote=db"),
    ("/zipkin/?minDuration=100ms", "/traces?q=duration%3E=100ms"),
    ("/zipkin/?minDuration=100000&maxDuration=2s", "/traces?q=duration%3E=100ms+duration%3C=2s"),
    ("/zipkin/?annotationQuery=error", "/traces?q=tag.error"),
    ("/zipkin/?annotationQuery=http.method%3DGET+and+retry", "/traces?q=http.method=GET+retry"),
    (
        "/zipkin/?lookback=range&startTs=1700000000000&endTs=1700000060000",
        "/traces?from=2023-11-14T22:13:20Z&to=2023-11-14T22:14:20Z",
    ),
    (
        "/zipkin/?lookback=millis&millis=60000&endTs=1700000060000",
        "/traces?from=2023-11-14T22:13:20Z&to=2023-11-14T22:14:20Z",
    ),
    ("/zipkin/?lookback=5m&endTs=1700000300000", "/traces?from=2023-11-14T22:13:20Z&to=2023-11-14T22:18:20Z"),
    ("/zipkin/traces/463ac35c9f6413ad48485a3953bb6124", "/trace/463ac35c9f6413ad48485a3953bb6124"),
    ("/zipkin/traces/a1", "/trace/00000000000000a1"),
    ("/zipkin/traces/A1", "/trace/00000000000000a1"),
    ("/zipkin/dependency", "/map"),
    (
        "/zipkin/dependency?startTime=1700000000000&endTime=1700000060000",
        "/map?from=2023-11-14T22:13:20Z&to=2023-11-14T22:14:20Z",
    ),
    ("/zipkin/traceViewer", "/traces"),
    ("/zipkin/favicon.ico", "/favicon.ico"),
];

#[test]
fn links_of_zipkins_page_open_the_same_on_ours() {
    let host = Host::start_ours(&["--storage", "mem"]);
    for (asked, location) in CASES {
        let reply = host.get(asked);
        assert_eq!((reply.status, reply.header("location").as_str()), (302, *location), "{asked}");
        let shown = host.send("GET", location, &[("accept", "text/html")], b"");
        assert!(shown.status == 200 || shown.status == 302, "{location} answers {}", shown.status);
    }
}
