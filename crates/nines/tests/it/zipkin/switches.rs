//! What can be switched off: search, reading, the page.

use super::ask::{Case, Host, get, round};

pub const SEARCH_OFF: &[Case] = &[
    round(
        "a search finds nothing",
        r#"[{@ids,@at,@front,"name":"get","tags":{"region":"eu"}}]"#,
        "/api/v2/traces?serviceName=front-@n",
        "[]",
    ),
    round("a search of everything finds nothing", r#"[{@ids,@at,@front}]"#, "/api/v2/traces", "[]"),
    round("services are not listed", r#"[{@ids,@at,@front}]"#, "/api/v2/services", "[]"),
    round(
        "span names are not listed",
        r#"[{@ids,@at,@front,"name":"get"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        "[]",
    ),
    round(
        "remote services are not listed",
        r#"[{@ids,@at,@front,@back}]"#,
        "/api/v2/remoteServices?serviceName=front-@n",
        "[]",
    ),
    get("keys are not suggested", "/api/v2/autocompleteKeys", 200, "[]"),
    round(
        "values are not suggested",
        r#"[{@ids,@at,@front,"tags":{"region":"eu"}}]"#,
        "/api/v2/autocompleteValues?key=region",
        "[]",
    ),
    get("a wrong search is told all the same", "/api/v2/traces?limit=0", 400, "limit <= 0"),
    get(
        "a missing service is told all the same",
        "/api/v2/spans",
        400,
        "Mandatory parameter/header/attribute is missing: serviceName",
    ),
    round(
        "a trace is had by its id",
        r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]"#,
        "/api/v2/trace/@t1",
        r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]"#,
    ),
    round(
        "traces are had by theirs",
        r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]"#,
        "/api/v2/traceMany?traceIds=@t1,@t2",
        r#"[[{"traceId":"@t1","id":"0000000000000001","timestamp":@us}]]"#,
    ),
];

/// What is asked where nothing can be read, and its status.
pub const QUERY_OFF: &[(&str, u16)] = &[
    ("/api/v2/services", 404),
    ("/api/v2/spans?serviceName=a", 404),
    ("/api/v2/traces", 404),
    ("/api/v2/trace/1", 404),
    ("/api/v2/dependencies?endTs=1", 404),
    ("/zipkin/api/v2/services", 404),
    ("/zipkin/config.json", 404),
    ("/zipkin/", 404),
    ("/", 404),
    ("/traces", 404),
    ("/api/nines/v1/services", 404),
    ("/api/nines/v1/traces", 404),
    ("/health", 200),
    ("/info", 200),
    ("/metrics", 200),
    ("/prometheus", 200),
];

/// What is asked where there is no page, and its status.
pub const UI_OFF: &[(&str, u16)] = &[
    ("/", 404),
    ("/zipkin", 404),
    ("/zipkin/", 404),
    ("/zipkin/config.json", 404),
    ("/assets/app.css", 404),
    ("/api/v2/services", 200),
    ("/zipkin/api/v2/services", 200),
    ("/api/nines/v1/services", 200),
    ("/health", 200),
];

#[test]
fn without_search_only_ids_find_traces() {
    Host::start_ours(&["--search-enabled", "false", "--autocomplete-keys", "region"]).check(SEARCH_OFF);
    Host::start_ours(&["--search-enabled", "false", "--autocomplete-keys", "region", "--storage", "mem"])
        .check(SEARCH_OFF);
}

#[test]
fn the_pages_settings_say_that_search_is_off() {
    for (value, said) in [("false", false), ("true", true)] {
        let host = Host::start_ours(&["--search-enabled", value, "--storage", "mem"]);
        let config: serde_json::Value =
            serde_json::from_str(&host.get("/zipkin/config.json").text()).expect("settings");
        assert_eq!(config["searchEnabled"], said);
    }
}

#[test]
fn without_queries_spans_are_taken_and_nothing_is_read() {
    let host = Host::start_ours(&["--query-enabled", "false"]);
    host.post(r#"[{"traceId":"1","id":"1"}]"#);
    for (path, status) in QUERY_OFF {
        assert_eq!(host.get(path).status, *status, "{path}");
    }
    assert!(host.get("/prometheus").text().contains("zipkin_collector_spans_total{transport=\"http\"} 1"));
}

#[test]
fn without_a_page_the_apis_stay() {
    let host = Host::start_ours(&["--ui-enabled", "false", "--storage", "mem"]);
    for (path, status) in UI_OFF {
        assert_eq!(host.get(path).status, *status, "{path}");
    }
}
