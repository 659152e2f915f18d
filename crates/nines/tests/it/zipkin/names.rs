//! Services, span names and remote services: sorted, in lower case, each once, escaped as JSON.

use super::ask::{Case, Host, get, round};

pub const CASES: &[Case] = &[
    round(
        "span names are those of the service",
        r#"[{@ids,@at,@front,"name":"get"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["get"]"#,
    ),
    round(
        "a service's name is asked in any case",
        r#"[{@ids,@at,@front,"name":"get"}]"#,
        "/api/v2/spans?serviceName=FRONT-@n",
        r#"["get"]"#,
    ),
    round(
        "names are told in lower case",
        r#"[{@ids,@at,@front,"name":"GET /Users"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["get /users"]"#,
    ),
    round(
        "names that differ in case are one",
        r#"[{@ids,@at,@front,"name":"Get"},{"traceId":"@t1","id":"2",@at,@front,"name":"gET"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["get"]"#,
    ),
    round(
        "names are sorted",
        r#"[{@ids,@at,@front,"name":"post"},{"traceId":"@t1","id":"2",@at,@front,"name":"get"},{"traceId":"@t1","id":"3",@at,@front,"name":"delete"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["delete","get","post"]"#,
    ),
    round(
        "the same name of many spans is one",
        r#"[{@ids,@at,@front,"name":"get"},{"traceId":"@t2","id":"2",@at,@front,"name":"get"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["get"]"#,
    ),
    round("an empty name is no name", r#"[{@ids,@at,@front,"name":""}]"#, "/api/v2/spans?serviceName=front-@n", "[]"),
    round("a span without a name gives none", r#"[{@ids,@at,@front}]"#, "/api/v2/spans?serviceName=front-@n", "[]"),
    round(
        "a tab is escaped",
        r#"[{@ids,@at,@front,"name":"foo\tbar"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["foo\tbar"]"#,
    ),
    round(
        "quotes and backslashes are escaped",
        r#"[{@ids,@at,@front,"name":"a\"b\\c"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["a\"b\\c"]"#,
    ),
    round(
        "names beyond ASCII are told as they are",
        r#"[{@ids,@at,@front,"name":"⻩ 개요"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["⻩ 개요"]"#,
    ),
    round(
        "a remote service is told with its caller",
        r#"[{@ids,@at,@front,@back}]"#,
        "/api/v2/remoteServices?serviceName=front-@n",
        r#"["back-@n"]"#,
    ),
    round(
        "a remote service has no remote services",
        r#"[{@ids,@at,@front,@back}]"#,
        "/api/v2/remoteServices?serviceName=back-@n",
        "[]",
    ),
    round(
        "remote services are asked in any case",
        r#"[{@ids,@at,@front,"remoteEndpoint":{"serviceName":"BACK-@n"}}]"#,
        "/api/v2/remoteServices?serviceName=FRONT-@n",
        r#"["back-@n"]"#,
    ),
    round(
        "remote services are sorted and each once",
        r#"[{@ids,@at,@front,"remoteEndpoint":{"serviceName":"b"}},{"traceId":"@t1","id":"2",@at,@front,"remoteEndpoint":{"serviceName":"a"}},{"traceId":"@t1","id":"3",@at,@front,"remoteEndpoint":{"serviceName":"A"}}]"#,
        "/api/v2/remoteServices?serviceName=front-@n",
        r#"["a","b"]"#,
    ),
    round(
        "a span without a remote service gives none",
        r#"[{@ids,@at,@front,"remoteEndpoint":{"ipv4":"1.2.3.4"}}]"#,
        "/api/v2/remoteServices?serviceName=front-@n",
        "[]",
    ),
    round(
        "the names of spans without a service are nobody's",
        r#"[{@ids,@at,"name":"lost"}]"#,
        "/api/v2/spans?serviceName=",
        "[]",
    ),
    round(
        "a service without a time is known",
        r#"[{@ids,@front,"name":"get"}]"#,
        "/api/v2/spans?serviceName=front-@n",
        r#"["get"]"#,
    ),
    get("an unknown service has no names", "/api/v2/spans?serviceName=nobody", 200, "[]"),
    get("an unknown service has no remote services", "/api/v2/remoteServices?serviceName=nobody", 200, "[]"),
    get("an empty service has no names", "/api/v2/spans?serviceName=", 200, "[]"),
    get("an empty service has no remote services", "/api/v2/remoteServices?serviceName=", 200, "[]"),
    get("a name beyond ASCII may be asked for", "/api/v2/spans?serviceName=%EA%B0%9C%EC%9A%94", 200, "[]"),
    get("names below /zipkin too", "/zipkin/api/v2/spans?serviceName=nobody", 200, "[]"),
];

#[test]
fn names_are_listed_as_zipkin_lists_them() {
    Host::start(&[]).check(CASES);
}

#[test]
fn services_are_sorted_and_a_long_list_may_be_kept_by_browsers() {
    let host = Host::start_ours(&[]);
    let span = |nth: u32, service: &str| {
        format!(r#"[{{"traceId":"{nth:x}","id":"1","timestamp":1,"localEndpoint":{{"serviceName":"{service}"}}}}]"#)
    };
    let services = || {
        let reply = host.get("/api/v2/services");
        (reply.text(), reply.header("cache-control"))
    };
    assert_eq!(services(), ("[]".to_owned(), String::new()));
    for (nth, service) in ["web", "Api", "db"].into_iter().enumerate() {
        host.post(&span(nth as u32 + 1, service));
    }
    assert_eq!(services(), (r#"["api","db","web"]"#.to_owned(), String::new()));
    let names = || host.get("/api/v2/spans?serviceName=web").header("cache-control");
    assert_eq!(names(), "");
    host.post(&span(9, "mail"));
    // Other lists follow the last list of services, whatever is there by now.
    assert_eq!(names(), "");
    let kept = "max-age=300, must-revalidate";
    assert_eq!(services(), (r#"["api","db","mail","web"]"#.to_owned(), kept.to_owned()));
    assert_eq!(names(), kept);
    assert_eq!(host.get("/api/v2/remoteServices?serviceName=web").header("cache-control"), kept);
}

#[test]
fn a_remote_service_is_no_service_until_it_reports() {
    let host = Host::start_ours(&[]);
    host.post(r#"[{"traceId":"1","id":"1","timestamp":1,"localEndpoint":{"serviceName":"web"},"remoteEndpoint":{"serviceName":"db"}}]"#);
    assert_eq!(host.get("/api/v2/services").text(), r#"["web"]"#);
}
