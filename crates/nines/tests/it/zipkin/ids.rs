//! Trace ids of 64 and 128 bits, with `STRICT_TRACE_ID` and without.

use super::ask::{Case, Host, find, get, round};

/// A trace whose second service cuts ids to 64 bits, and another that only shares the low half.
const MIXED: &str = r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us,@front},{"traceId":"@low1","parentId":"0000000000000001","id":"0000000000000002","timestamp":@us+1,@front}]"#;
const LONG: &str =
    r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us,"localEndpoint":{"serviceName":"front-@n"}}]"#;
const SHORT: &str = r#"[{"traceId":"@low1","parentId":"0000000000000001","id":"0000000000000002","timestamp":@us+1,"localEndpoint":{"serviceName":"front-@n"}}]"#;
const BOTH: &str = r#"[{"traceId":"@t1","id":"0000000000000001","timestamp":@us,"localEndpoint":{"serviceName":"front-@n"}},{"traceId":"@low1","parentId":"0000000000000001","id":"0000000000000002","timestamp":@us+1,"localEndpoint":{"serviceName":"front-@n"}}]"#;
const BOTH_AS_TRACES: &str = r#"[[{"traceId":"@t1","id":"0000000000000001","timestamp":@us,"localEndpoint":{"serviceName":"front-@n"}},{"traceId":"@low1","parentId":"0000000000000001","id":"0000000000000002","timestamp":@us+1,"localEndpoint":{"serviceName":"front-@n"}}]]"#;

pub const STRICT: &[Case] = &[
    round("the long id finds the long trace", MIXED, "/api/v2/trace/@t1", LONG),
    round("the short id finds the short trace", MIXED, "/api/v2/trace/@low1", SHORT),
    round("a short id does not find a long trace", LONG, "/api/v2/trace/@low1", "@low1 not found").status(404),
    round("a long id does not find a short trace", SHORT, "/api/v2/trace/@t1", "@t1 not found").status(404),
    find("a search tells both", MIXED, "/api/v2/traces?serviceName=front-@n", "1 1"),
    round(
        "several tell both",
        MIXED,
        "/api/v2/traceMany?traceIds=@t1,@low1",
        r#"[[{"traceId":"@t1","id":"0000000000000001","timestamp":@us,"localEndpoint":{"serviceName":"front-@n"}}],[{"traceId":"@low1","parentId":"0000000000000001","id":"0000000000000002","timestamp":@us+1,"localEndpoint":{"serviceName":"front-@n"}}]]"#,
    ),
    round("a long id whose high half is zeros is a short one", SHORT, "/api/v2/trace/0000000000000000@low1", SHORT),
    get("a short id is told in 16 digits", "/api/v2/trace/1", 404, "0000000000000001 not found"),
];

pub const LENIENT: &[Case] = &[
    round("the long id finds all that share its low half", MIXED, "/api/v2/trace/@t1", BOTH),
    round("the short id finds the same", MIXED, "/api/v2/trace/@low1", BOTH),
    round("an id with another high half finds the same", MIXED, "/api/v2/trace/aaaaaaaaaaaaaaaa@low1", BOTH),
    round("a long trace by its short id", LONG, "/api/v2/trace/@low1", LONG),
    round("a short trace by its long id", SHORT, "/api/v2/trace/@t1", SHORT),
    find("a search tells one trace", MIXED, "/api/v2/traces?serviceName=front-@n", "1"),
    round("a search tells it whole", MIXED, "/api/v2/traces?serviceName=front-@n", BOTH_AS_TRACES),
    find(
        "conditions are satisfied by either part",
        r#"[{"traceId":"@t1","id":"1",@at,@front,"name":"a"},{"traceId":"@low1","id":"2","parentId":"1",@at,@front,"tags":{"x":"y"}}]"#,
        "/api/v2/traces?serviceName=front-@n&spanName=a&annotationQuery=x%3Dy",
        "1",
    ),
    round("several ids of one trace tell it once", MIXED, "/api/v2/traceMany?traceIds=@t1,@low1", BOTH_AS_TRACES),
    get(
        "an unknown trace is told by the id as asked",
        "/api/v2/trace/463ac35c9f6413ad48485a3953bb6124",
        404,
        "463ac35c9f6413ad48485a3953bb6124 not found",
    ),
];

#[test]
fn strict_ids_are_told_apart_by_all_128_bits() {
    Host::start(&[]).check(STRICT);
}

#[test]
fn strict_ids_in_memory_too() {
    Host::start_ours(&["--storage", "mem"]).check(STRICT);
}

#[test]
fn lenient_ids_are_one_where_their_low_halves_are() {
    Host::start_ours(&["--strict-trace-id", "false"]).check(LENIENT);
}

#[test]
fn lenient_ids_in_memory_too() {
    Host::start_ours(&["--strict-trace-id", "false", "--storage", "mem"]).check(LENIENT);
}

#[test]
fn links_join_both_lengths_whatever_the_setting() {
    for strict in ["true", "false"] {
        let host = Host::start_ours(&["--strict-trace-id", strict]);
        let words = super::ask::Words::fresh(crate::process::now_us() - 1_000_000);
        host.post(&words.fill(
            r#"[{"traceId":"@t1","id":"1","kind":"CLIENT",@at,"localEndpoint":{"serviceName":"web"}},
                {"traceId":"@low1","parentId":"1","id":"2","kind":"SERVER",@at,"localEndpoint":{"serviceName":"api"}}]"#,
        ));
        let links = host.get(&words.fill("/api/v2/dependencies?endTs=@ms+1000&lookback=5000")).text();
        assert_eq!(links, r#"[{"parent":"web","child":"api","callCount":1}]"#, "strict {strict}");
    }
}
