//! Suggested tags: the keys that are configured, the values that spans have.

use super::ask::{Case, Host, find, get, round};

/// Keys of the server that these are asked of.
const KEYS: &str = "http.host,environment, region,environment";

pub const CASES: &[Case] = &[
    get("keys are sorted, each once", "/api/v2/autocompleteKeys", 200, r#"["environment","http.host","region"]"#),
    get("keys below /zipkin", "/zipkin/api/v2/autocompleteKeys", 200, r#"["environment","http.host","region"]"#),
    get("a key that is not configured has no values", "/api/v2/autocompleteValues?key=http.method", 200, "[]"),
    get("an empty key", "/api/v2/autocompleteValues?key=", 400, "key was empty"),
    get("no key", "/api/v2/autocompleteValues", 400, "Mandatory parameter/header/attribute is missing: key"),
    get("nothing was seen yet", "/api/v2/autocompleteValues?key=region", 200, "[]"),
    round(
        "values are sorted, each once",
        r#"[{@ids,@at,@front,"tags":{"http.host":"b","http.method":"GET"}},{"traceId":"@t1","id":"2",@at,@front,"tags":{"http.host":"a"}},{"traceId":"@t2","id":"1",@at,@front,"tags":{"http.host":"b"}}]"#,
        "/api/v2/autocompleteValues?key=http.host",
        r#"["a","b"]"#,
    ),
    round(
        "values below /zipkin",
        r#"[{@ids,@at,@front,"tags":{"http.host":"a"}}]"#,
        "/zipkin/api/v2/autocompleteValues?key=http.host",
        r#"["a","b"]"#,
    ),
    round(
        "values keep their case and are escaped",
        r#"[{@ids,@at,@front,"tags":{"environment":"Te\tst"}}]"#,
        "/api/v2/autocompleteValues?key=environment",
        r#"["Te\tst"]"#,
    ),
    round(
        "an empty value is none",
        r#"[{@ids,@at,@front,"tags":{"environment":""}}]"#,
        "/api/v2/autocompleteValues?key=environment",
        r#"["Te\tst"]"#,
    ),
    find(
        "a suggested value finds its trace",
        r#"[{@ids,@at,@front,"tags":{"environment":"stage"}}]"#,
        "/api/v2/traces?serviceName=front-@n&annotationQuery=environment%3Dstage",
        "1",
    ),
];

#[test]
fn configured_keys_have_the_values_that_spans_have() {
    Host::start_ours(&["--autocomplete-keys", KEYS]).check(CASES);
    Host::start_ours(&["--autocomplete-keys", KEYS, "--storage", "mem"]).check(CASES);
}

#[test]
fn without_keys_there_is_nothing_to_suggest() {
    let host = Host::start_ours(&[]);
    assert_eq!(host.get("/api/v2/autocompleteKeys").text(), "[]");
    assert_eq!(host.get("/api/v2/autocompleteValues?key=environment").text(), "[]");
}

#[test]
fn keys_may_be_kept_by_browsers_and_so_may_many_values() {
    let host = Host::start_ours(&["--autocomplete-keys", KEYS]);
    let kept = "max-age=300, must-revalidate";
    assert_eq!(host.get("/api/v2/autocompleteKeys").header("cache-control"), kept);
    let words = super::ask::Words::fresh(crate::process::now_us() - 1_000_000);
    let values = || host.get("/api/v2/autocompleteValues?key=region").header("cache-control");
    for (nth, expected) in [(1, ""), (2, ""), (3, ""), (4, kept)] {
        host.post(&words.fill(&format!(r#"[{{@ids,@at,@front,"tags":{{"region":"r{nth}"}}}}]"#)));
        assert_eq!(values(), expected, "{nth} values");
    }
}

#[test]
fn values_outlive_a_restart_with_their_spans() {
    use crate::process::Server;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let settings = ["--autocomplete-keys", "region"];
    let server = Server::start(&data, &settings);
    let now = crate::process::now_us();
    let span = format!(
        r#"[{{"traceId":"1","id":"1","timestamp":{now},"localEndpoint":{{"serviceName":"s"}},"tags":{{"region":"eu"}}}}]"#
    );
    assert_eq!(server.post("/api/v2/spans", &[], span.as_bytes()).status, 202);
    assert_eq!(server.terminate(), 0);
    let server = Server::start(&data, &settings);
    assert_eq!(server.get("/api/v2/autocompleteValues?key=region").text, r#"["eu"]"#);
}
