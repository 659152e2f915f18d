//! Which traces a search finds: windows, names, annotation queries, durations, and which spans must
//! satisfy what.

use super::ask::{Case, Host, find};

/// Two traces of the case's service; the second is newer.
macro_rules! two {
    ($first:literal, $second:literal) => {
        concat!(
            r#"[{"traceId":"@t1","id":"1","timestamp":@us,@front"#,
            $first,
            r#"},{"traceId":"@t2","id":"1","timestamp":@us+1000,@front"#,
            $second,
            "}]"
        )
    };
}

/// One trace of one span.
macro_rules! one {
    ($more:literal) => {
        concat!(r#"[{@ids,"timestamp":@us,@front"#, $more, "}]")
    };
}

/// A search among the case's own spans.
macro_rules! of_front {
    ($more:literal) => {
        concat!("/api/v2/traces?serviceName=front-@n", $more)
    };
}

pub const CASES: &[Case] = &[
    find("the newest comes first", two!("", ""), of_front!(""), "2 1"),
    find("the limit keeps the newest", two!("", ""), of_front!("&limit=1"), "2"),
    find("a limit beyond what there is", two!("", ""), of_front!("&limit=1000"), "2 1"),
    find("a search ends at endTs, inclusive", two!("", ""), of_front!("&endTs=@ms"), "1"),
    find("to the millisecond", one!(r#","name":"x""#), of_front!("&endTs=@ms-1"), ""),
    find("all of the last millisecond counts", r#"[{@ids,"timestamp":@us+999,@front}]"#, of_front!("&endTs=@ms"), "1")
        .ours(),
    find(
        "a search begins at endTs less lookback, inclusive",
        two!("", ""),
        of_front!("&endTs=@ms+1&lookback=1"),
        "2 1",
    ),
    find("what is older is not found", two!("", ""), of_front!("&endTs=@ms+2&lookback=1"), "2"),
    find("the lookback is a day unless told", two!("", ""), of_front!("&endTs=@ms+86400001"), "2"),
    find(
        "the root gives a trace its time",
        r#"[{@ids,"timestamp":@us,@front},{"traceId":"@t1","id":"2","parentId":"1","timestamp":@us+9000,@front}]"#,
        of_front!("&endTs=@ms+9&lookback=5"),
        "",
    ),
    find(
        "a trace without a root has its first span's time",
        r#"[{"traceId":"@t1","id":"3","parentId":"1","timestamp":@us+9000,@front},{"traceId":"@t1","id":"2","parentId":"1","timestamp":@us,@front}]"#,
        of_front!("&endTs=@ms"),
        "1",
    ),
    find("a trace without a time is never found", r#"[{@ids,@front}]"#, of_front!(""), ""),
    find(
        "a service that only one span has",
        r#"[{@ids,@at,@front},{"traceId":"@t1","id":"2","parentId":"1",@at,"localEndpoint":{"serviceName":"other-@n"}}]"#,
        "/api/v2/traces?serviceName=other-@n",
        "1",
    ),
    find("a service in any case", one!(""), "/api/v2/traces?serviceName=FRONT-@n", "1"),
    find("a service is not trimmed", one!(""), "/api/v2/traces?serviceName=front-@n%20", ""),
    find("a remote service is no service", one!(",@back"), "/api/v2/traces?serviceName=back-@n", ""),
    find("a span name", two!(r#","name":"get""#, r#","name":"post""#), of_front!("&spanName=post"), "2"),
    find("a span name in any case", one!(r#","name":"Get /X""#), of_front!("&spanName=gET%20/x"), "1"),
    find("the span name all is any", two!(r#","name":"get""#, ""), of_front!("&spanName=all"), "2 1"),
    find("the span name ALL too", two!(r#","name":"get""#, ""), of_front!("&spanName=ALL"), "2 1"),
    find("an empty span name is any", two!(r#","name":"get""#, ""), of_front!("&spanName="), "2 1"),
    find("a span name is not a part of one", one!(r#","name":"get /x""#), of_front!("&spanName=get"), ""),
    find(
        "a span name of another service does not count",
        r#"[{@ids,@at,@front,"name":"a"},{"traceId":"@t1","id":"2","parentId":"1",@at,"localEndpoint":{"serviceName":"other-@n"},"name":"b"}]"#,
        of_front!("&spanName=b"),
        "",
    ),
    find("a remote service", two!(",@back", ""), of_front!("&remoteServiceName=back-@n"), "1"),
    find("a remote service in any case", one!(",@back"), "/api/v2/traces?remoteServiceName=BACK-@n", "1"),
    find("a remote service without a service", two!(",@back", ""), "/api/v2/traces?remoteServiceName=back-@n", "1"),
    find(
        "a remote service of another service does not count",
        r#"[{@ids,@at,@front},{"traceId":"@t1","id":"2","parentId":"1",@at,"localEndpoint":{"serviceName":"other-@n"},@back}]"#,
        of_front!("&remoteServiceName=back-@n"),
        "",
    ),
    find("a remote service named all is none", one!(",@back"), of_front!("&remoteServiceName=all"), ""),
    find(
        "an annotation",
        two!(r#","annotations":[{"timestamp":@us,"value":"foo"}]"#, ""),
        of_front!("&annotationQuery=foo"),
        "1",
    ),
    find(
        "an annotation is matched in its own case",
        one!(r#","annotations":[{"timestamp":@us,"value":"foo"}]"#),
        of_front!("&annotationQuery=FOO"),
        "",
    ),
    find(
        "an annotation may have spaces",
        one!(r#","annotations":[{"timestamp":@us,"value":"cache miss"}]"#),
        of_front!("&annotationQuery=cache%20miss"),
        "1",
    ),
    find(
        "a part of an annotation is none",
        one!(r#","annotations":[{"timestamp":@us,"value":"cache miss"}]"#),
        of_front!("&annotationQuery=cache"),
        "",
    ),
    find("a tag's key", two!(r#","tags":{"error":""}"#, ""), of_front!("&annotationQuery=error"), "1"),
    find("a tag's value alone is none", one!(r#","tags":{"a":"b"}"#), of_front!("&annotationQuery=b"), ""),
    find(
        "a tag with its value",
        two!(r#","tags":{"a":"b"}"#, r#","tags":{"a":"c"}"#),
        of_front!("&annotationQuery=a%3Db"),
        "1",
    ),
    find(
        "a tag's value is matched in its own case",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=a%3DB"),
        "",
    ),
    find(
        "a tag's key is matched in its own case",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=A%3Db"),
        "",
    ),
    find("a value with an equals sign", one!(r#","tags":{"a":"b=c"}"#), of_front!("&annotationQuery=a%3Db%3Dc"), "1"),
    find(
        "a key with nothing behind its sign is a key",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=a%3D"),
        "1",
    ),
    find(
        "spaces around a piece do not count",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=%20a%3Db%20"),
        "1",
    ),
    find(
        "spaces around the sign do not count",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=a%20%3D%20b"),
        "1",
    ),
    find(
        "a value beyond 256 letters",
        one!(
            r#","tags":{"a":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"}"#
        ),
        of_front!(
            "&annotationQuery=a%3D0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
        ),
        "1",
    ),
    find(
        "a value beyond ASCII",
        one!(r#","tags":{"error":"💩"}"#),
        of_front!("&annotationQuery=error%3D%F0%9F%92%A9"),
        "1",
    ),
    find(
        "an annotation and a tag",
        two!(r#","annotations":[{"timestamp":@us,"value":"foo"}],"tags":{"a":"b"}"#, r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=foo%20and%20a%3Db"),
        "1",
    ),
    find(
        "a word with and in it is a word",
        one!(r#","tags":{"a":"brandy"}"#),
        of_front!("&annotationQuery=a%3Dbrandy"),
        "1",
    ),
    find("AND is no and", one!(r#","tags":{"a":"","b":""}"#), of_front!("&annotationQuery=a%20AND%20b"), ""),
    find("and alone is a word", one!(r#","tags":{"and":""}"#), of_front!("&annotationQuery=and"), "1"),
    find(
        "nothing behind an and finds nothing",
        one!(r#","tags":{"a":""}"#),
        of_front!("&annotationQuery=a%20and%20"),
        "",
    ),
    find(
        "the last value of a key counts",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=a%3Dx%20and%20a%3Db"),
        "1",
    ),
    find(
        "a value counts more than its key before it",
        one!(r#","tags":{"a":"b"}"#),
        of_front!("&annotationQuery=a%20and%20a%3Dx"),
        "",
    ),
    find("and behind it", one!(r#","tags":{"a":"b"}"#), of_front!("&annotationQuery=a%3Dx%20and%20a"), ""),
    find("an empty query asks nothing", one!(""), of_front!("&annotationQuery="), "1"),
    find("a query of a space finds nothing", one!(""), of_front!("&annotationQuery=%20"), ""),
    find(
        "a tag with an empty value is found by its key",
        one!(r#","tags":{"a":""}"#),
        of_front!("&annotationQuery=a"),
        "1",
    ),
    find(
        "tags of another service do not count",
        r#"[{@ids,@at,@front},{"traceId":"@t1","id":"2","parentId":"1",@at,"localEndpoint":{"serviceName":"other-@n"},"tags":{"a":"b"}}]"#,
        of_front!("&annotationQuery=a%3Db"),
        "",
    ),
    find(
        "without a service any span's tag counts",
        r#"[{@ids,@at,@front},{"traceId":"@t1","id":"2","parentId":"1",@at,"tags":{"a":"v-@n"}}]"#,
        "/api/v2/traces?annotationQuery=a%3Dv-@n",
        "1",
    ),
    find(
        "minDuration is inclusive",
        two!(r#","duration":199"#, r#","duration":200"#),
        of_front!("&minDuration=200"),
        "2",
    ),
    find(
        "maxDuration is inclusive",
        two!(r#","duration":200"#, r#","duration":201"#),
        of_front!("&minDuration=1&maxDuration=200"),
        "1",
    ),
    find("a duration in microseconds", one!(r#","duration":1"#), of_front!("&minDuration=1&maxDuration=1"), "1"),
    find("a span without a duration has none", one!(""), of_front!("&minDuration=1"), ""),
    find(
        "a duration is one span's, not the trace's",
        r#"[{@ids,@at,@front,"duration":10},{"traceId":"@t1","id":"2","parentId":"1","timestamp":@us+1000,@front,"duration":10}]"#,
        of_front!("&minDuration=500"),
        "",
    ),
    find(
        "any span's duration counts",
        r#"[{@ids,@at,@front,"duration":10},{"traceId":"@t1","id":"2","parentId":"1",@at,@front,"duration":20}]"#,
        of_front!("&minDuration=15"),
        "1",
    ),
    find(
        "a duration of another service does not count",
        r#"[{@ids,@at,@front,"duration":10},{"traceId":"@t1","id":"2","parentId":"1",@at,"localEndpoint":{"serviceName":"other-@n"},"duration":99}]"#,
        of_front!("&minDuration=50"),
        "",
    ),
    find(
        "different spans may satisfy different conditions",
        r#"[{@ids,@at,@front,"name":"a"},{"traceId":"@t1","id":"2","parentId":"1",@at,@front,"tags":{"x":"y"},"duration":50}]"#,
        of_front!("&spanName=a&annotationQuery=x%3Dy&minDuration=50"),
        "1",
    ),
    find(
        "different spans may satisfy different pieces of a query",
        r#"[{@ids,@at,@front,"tags":{"a":"1"}},{"traceId":"@t1","id":"2","parentId":"1",@at,@front,"tags":{"b":"2"}}]"#,
        of_front!("&annotationQuery=a%3D1%20and%20b%3D2"),
        "1",
    ),
    find(
        "every condition must be satisfied",
        r#"[{@ids,@at,@front,"name":"a"},{"traceId":"@t1","id":"2","parentId":"1",@at,@front,"duration":50}]"#,
        of_front!("&spanName=a&minDuration=51"),
        "",
    ),
    find("spans of one trace in several messages", r#"[{@ids,@at,@front,"name":"a"}]"#, of_front!("&spanName=a"), "1"),
    find("a search below /zipkin", one!(""), "/zipkin/api/v2/traces?serviceName=front-@n", "1"),
    find("a plus is a space", one!(r#","name":"get x""#), of_front!("&spanName=get+x"), "1"),
];

#[test]
fn a_search_finds_what_zipkins_finds() {
    Host::start(&[]).check(CASES);
}

#[test]
fn a_search_in_memory_finds_the_same() {
    Host::start(&["--storage", "mem"]).check(CASES);
}

#[test]
fn a_search_gives_ten_traces_unless_told_otherwise() {
    let host = Host::start_ours(&["--query-limit", "12"]);
    let words = super::ask::Words::fresh(crate::process::now_us() - 1_000_000);
    let spans: Vec<String> = (1..=15)
        .map(|nth| words.fill(&format!(r#"{{"traceId":"{nth:x}","id":"1","timestamp":@us,@front}}"#)))
        .collect();
    host.post(&format!("[{}]", spans.join(",")));
    let found =
        |path: &str| serde_json::from_str::<Vec<serde_json::Value>>(&host.get(path).text()).expect("a list").len();
    assert_eq!(found("/api/v2/traces"), 12);
    assert_eq!(found("/api/v2/traces?limit=3"), 3);
    assert_eq!(found("/api/v2/traces?limit=50"), 15);
    drop(host);
    let host = Host::start_ours(&[]);
    host.post(&format!("[{}]", spans.join(",")));
    assert_eq!(
        serde_json::from_str::<Vec<serde_json::Value>>(&host.get("/api/v2/traces").text()).expect("a list").len(),
        10
    );
}
