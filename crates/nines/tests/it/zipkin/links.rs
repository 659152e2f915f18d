//! Dependencies: who called whom, by Zipkin's rules, from spans posted as JSON.
//!
//! A trace is a line a span: `2/1 c web|10.0.0.1:80 >api error` is a client span with id 2 and parent 1 of
//! `web` at that address, calling `api`, with the tag `error`. Kinds are `c s p q` (client, server,
//! producer, consumer) or `-`; `shared`, `+US` (start) and `short` (an id cut to 64 bits) are further
//! words. Names get an ending of the case, which is taken off the links again.

use super::ask::{Host, Words};
use crate::process::now_us;
use serde_json::{Map, Value, json};

/// One case.
pub struct Links {
    pub name: &'static str,
    pub trace: &'static str,
    pub links: &'static str,
}

const fn links(name: &'static str, trace: &'static str, links: &'static str) -> Links {
    Links { name, trace, links }
}

pub const CASES: &[Links] = &[
    links(
        "a request through two services to a database",
        "1/ s front +1\n 2/1 c front >back +2\n 2/1 s back shared +3\n 3/2 c back >db error +4",
        "back -> db: 1 (1 failed), front -> back: 1",
    ),
    links("a shared pair is one call", "1/ c web >x\n 1/ s api shared", "web -> api: 1"),
    links("a pair with ids of its own is one call", "1/ c web >x\n 2/1 s api", "web -> api: 1"),
    links("the server knows its name best", "1/ c web >proxy\n 2/1 s api", "web -> api: 1"),
    links("a client without a server is linked by the name it calls", "1/ c web >db", "web -> db: 1"),
    links("a client with any child is left to it", "1/ c web >db\n 2/1 - web", ""),
    links("a span without kind is a client where both names are known", "1/ - web >db", "web -> db: 1"),
    links("a span without kind and remote name is local", "1/ - web", ""),
    links("a span without kind and local name is local", "1/ - >db", ""),
    links("a root server without a caller is nobody's callee", "1/ s api", ""),
    links("a root server names its caller", "1/ s api >web", "web -> api: 1"),
    links("a service may call itself", "1/ s api >api", "api -> api: 1"),
    links("a loopback with both halves", "1/ c api >api\n 1/ s api shared", "api -> api: 1"),
    links("an error tag fails the call", "1/ c web >db error", "web -> db: 1 (1 failed)"),
    links("an error of the server fails the call", "1/ c web >x\n 2/1 s api error", "web -> api: 1 (1 failed)"),
    links("an error of the calling client fails the call", "1/ c web >x error\n 2/1 s api", "web -> api: 1 (1 failed)"),
    links("errors of both halves are one", "1/ c web >x error\n 1/ s api shared error", "web -> api: 1 (1 failed)"),
    links("an error of a client further up does not", "1/ c web >x error\n 2/1 - web\n 3/2 s api", "web -> api: 1"),
    links(
        "an error of the server above does not",
        "1/ s web >edge error\n 2/1 c web >db",
        "edge -> web: 1 (1 failed), web -> db: 1",
    ),
    links("a producer links to its broker", "1/ p shop >kafka", "shop -> kafka: 1"),
    links("a consumer links from its broker", "1/ q mail >kafka", "kafka -> mail: 1"),
    links(
        "messages link through the broker",
        "1/ p shop >kafka\n 2/1 q mail >kafka",
        "kafka -> mail: 1, shop -> kafka: 1",
    ),
    links("messages without a broker do not link", "1/ p shop\n 2/1 q mail", ""),
    links("a producer without a broker does not link", "1/ p shop", ""),
    links(
        "an error of a producer is its own",
        "1/ p shop >kafka error\n 2/1 q mail >kafka",
        "kafka -> mail: 1, shop -> kafka: 1 (1 failed)",
    ),
    links(
        "two consumers of a message are two",
        "1/ p shop >kafka\n 2/1 q mail >kafka\n 3/1 q mail >kafka",
        "kafka -> mail: 2, shop -> kafka: 1",
    ),
    links("a consumer below a client does not link to it", "1/ c web >shop\n 2/1 q mail", ""),
    links(
        "a server below a producer is called by it",
        "1/ p shop >kafka\n 2/1 s mail",
        "shop -> kafka: 1, shop -> mail: 1",
    ),
    links("a call below a consumer", "1/ q mail >kafka\n 2/1 c mail >smtp", "kafka -> mail: 1, mail -> smtp: 1"),
    links("a server below a consumer", "1/ q mail >kafka\n 2/1 s api", "kafka -> mail: 1, mail -> api: 1"),
    links("local spans between are passed over", "1/ c web >x\n 2/1 - web\n 3/2 - web\n 4/3 s api", "web -> api: 1"),
    links("the ancestor's name beats the one the server was told", "1/ c web >x\n 2/1 s api >gateway", "web -> api: 1"),
    links("an ancestor without a name lends none", "1/ c >x\n 2/1 s api >gateway", "gateway -> api: 1"),
    links(
        "an ancestor's service is the caller of a nameless client",
        "1/ s web >edge\n 2/1 c >db",
        "edge -> web: 1, web -> db: 1",
    ),
    links(
        "a client named differently was called too",
        "1/ s web >edge\n 2/1 c api >db",
        "api -> db: 1, edge -> web: 1, web -> api: 1",
    ),
    links(
        "and its error is its own",
        "1/ s web >edge\n 2/1 c api >db error",
        "api -> db: 1 (1 failed), edge -> web: 1, web -> api: 1",
    ),
    links("a chain of uninstrumented ends", "1/ c web >api\n 2/ c api >db", "api -> db: 1, web -> api: 1"),
    links("a server in a server", "1/ s web >edge\n 2/1 s api", "edge -> web: 1, web -> api: 1"),
    links("a client without names", "1/ c", ""),
    links("a server without a name", "1/ s >web\n 2/1 s", ""),
    links(
        "two servers of one client are two calls",
        "1/ c web >x\n 2/1 s api|10.0.0.1:1\n 3/1 s api|10.0.0.2:1",
        "web -> api: 2",
    ),
    links(
        "two shared servers of one client are two calls",
        "1/ c web >x\n 1/ s api|10.0.0.1:1 shared\n 1/ s api|10.0.0.2:1 shared",
        "web -> api: 2",
    ),
    links("two calls are two", "1/ s web >edge\n 2/1 c web >db\n 3/1 c web >db", "edge -> web: 1, web -> db: 2"),
    links(
        "two calls of which one failed",
        "1/ s web >edge\n 2/1 c web >db\n 3/1 c web >db error",
        "edge -> web: 1, web -> db: 2 (1 failed)",
    ),
    links(
        "a lost shared flag is restored",
        "1/ s edge >x\n 2/1 c edge >y\n 2/1 s api\n 3/2 c api >db",
        "api -> db: 1, edge -> api: 1, x -> edge: 1",
    ),
    links(
        "a client below a shared server is that server's",
        "1/ c web|10.0.0.1:1 >x\n 1/ s api|10.0.0.2:1 shared\n 2/1 c api|10.0.0.2:1 >db",
        "api -> db: 1, web -> api: 1",
    ),
    links("pieces of a span are one", "1/ s web >edge\n 2/1 c web +5\n 2/1 c >db +5", "edge -> web: 1, web -> db: 1"),
    links("a trace without its head", "3/2 s api >web\n 4/3 c api >db", "api -> db: 1, web -> api: 1"),
    links("a shared server without its client", "2/1 s api shared >web\n 3/2 c api >db", "api -> db: 1, web -> api: 1"),
    links("a span whose parent never arrived", "2/1 c web >api\n 3/9 s mail >shop", "shop -> mail: 1, web -> api: 1"),
    links(
        "several spans without a parent hang under the first",
        "1/ s web >edge\n 2/ s api",
        "edge -> web: 1, web -> api: 1",
    ),
    links("a cycle of two neither hangs nor links", "1/2 s web >x\n 2/1 s api >y", ""),
    links("a cycle of three", "1/3 s web >x\n 2/1 s api >y\n 3/2 s db >z", ""),
    links("a cycle beside a good call", "1/ s web >edge\n 2/3 c web >x\n 3/2 c api >y", "edge -> web: 1"),
    links("a span that is its own parent has none", "1/1 s web >edge", "edge -> web: 1"),
    links("names are in lower case", "1/ c WEB >Db", "web -> db: 1"),
    links(
        "names that differ in case are one service",
        "1/ s Web >edge\n 2/1 c weB >db",
        "edge -> web: 1, web -> db: 1",
    ),
    links("halves with ids of different length", "1/ c web >x\n 2/1 s api short", "web -> api: 1"),
    links("a shared pair with ids of different length", "1/ c web >x\n 1/ s api shared short", "web -> api: 1"),
    links("one span alone that names nobody", "1/ - web", ""),
    links(
        "the order of arrival does not matter",
        "3/2 c back >db +4\n 2/1 s back shared +3\n 2/1 c front >back +2\n 1/ s front +1",
        "back -> db: 1, front -> back: 1",
    ),
    links("an exact repeat is one call", "1/ c web >db\n 1/ c web >db", "web -> db: 1"),
];

#[test]
fn spans_are_linked_by_zipkins_rules() {
    check(&Host::start(&[]));
}

#[test]
fn spans_in_memory_are_linked_alike() {
    check(&Host::start_ours(&["--storage", "mem"]));
}

fn check(host: &Host) {
    let base_us = now_us() / 1000 * 1000 - 600_000_000;
    let mut failures = Vec::new();
    for case in CASES {
        let words = Words::fresh(base_us);
        host.post(&body(case.trace, &words));
        let asked = words.fill("/api/v2/dependencies?endTs=@ms+60000&lookback=120000");
        let outcome = host.until(|| {
            let got = shown(&host.get(&asked).text(), &words.suffix());
            if got == case.links { Ok(()) } else { Err(format!("- {}: wanted {}; got {got}", case.name, case.links)) }
        });
        failures.extend(outcome.err());
    }
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), CASES.len(), failures.join("\n"));
}

#[test]
fn a_call_that_did_not_fail_has_no_error_count() {
    let host = Host::start_ours(&[]);
    let words = Words::fresh(now_us() - 1_000_000);
    host.post(&body("1/ c web >db", &words));
    let text = host.get(&words.fill("/api/v2/dependencies?endTs=@ms+1000&lookback=5000")).text();
    let expected = words.fill(r#"[{"parent":"web-@n","child":"db-@n","callCount":1}]"#);
    assert_eq!(text, expected);
}

#[test]
fn a_trace_counts_whole_where_any_of_its_spans_is_in_the_window() {
    let host = Host::start_ours(&[]);
    let words = Words::fresh(now_us() / 1000 * 1000 - 600_000_000);
    host.post(&body("1/ s web >edge +0\n 2/1 c web >db +5000000", &words));
    let whole = "edge -> web: 1, web -> db: 1";
    for (asked, links) in [
        ("endTs=@ms&lookback=1", whole),
        ("endTs=@ms+5000&lookback=1", whole),
        ("endTs=@ms+5001&lookback=1", whole),
        ("endTs=@ms+5002&lookback=1", ""),
        ("endTs=@ms-1&lookback=1", ""),
        ("endTs=@ms+3000&lookback=1000", ""),
    ] {
        let path = words.fill(&format!("/api/v2/dependencies?{asked}"));
        assert_eq!(shown(&host.get(&path).text(), &words.suffix()), links, "{asked}");
    }
}

#[test]
fn links_of_many_traces_add_up() {
    let host = Host::start_ours(&[]);
    let words = Words::fresh(now_us() - 60_000_000);
    let spans: Vec<String> = (1..=256)
        .map(|nth| {
            words.fill(&format!(
                r#"{{"traceId":"{nth:016x}","id":"1","kind":"CLIENT",@at,"localEndpoint":{{"serviceName":"a{nth}"}},"remoteEndpoint":{{"serviceName":"b"}}}},{{"traceId":"{:016x}","id":"2","kind":"CLIENT",@at,"localEndpoint":{{"serviceName":"c"}},"remoteEndpoint":{{"serviceName":"d{nth}"}}}}"#,
                nth + 1000
            ))
        })
        .collect();
    host.post(&format!("[{}]", spans.join(",")));
    let text = host.get(&words.fill("/api/v2/dependencies?endTs=@ms+1000&lookback=5000")).text();
    let links: Vec<Value> = serde_json::from_str(&text).expect("links");
    assert_eq!(links.iter().filter(|link| link["child"] == "b").count(), 256);
    assert_eq!(links.iter().filter(|link| link["parent"] == "c").count(), 256);
    assert!(links.iter().all(|link| link["callCount"] == 1));
}

/// The trace as a JSON list.
fn body(trace: &str, words: &Words) -> String {
    Value::Array(trace.lines().map(|line| span(line.trim(), words)).collect()).to_string()
}

fn span(line: &str, words: &Words) -> Value {
    let mut parts = line.split_whitespace();
    let (id, parent) = parts.next().and_then(|ids| ids.split_once('/')).expect("id/parent");
    let start = words.fill("@us").parse::<u64>().expect("a number");
    let mut span = json!({ "traceId": words.fill("@t1"), "id": id, "timestamp": start });
    if !parent.is_empty() {
        span["parentId"] = parent.into();
    }
    match parts.next() {
        Some("c") => span["kind"] = "CLIENT".into(),
        Some("s") => span["kind"] = "SERVER".into(),
        Some("p") => span["kind"] = "PRODUCER".into(),
        Some("q") => span["kind"] = "CONSUMER".into(),
        _ => {}
    }
    for word in parts {
        match word {
            "shared" => span["shared"] = true.into(),
            "error" => span["tags"] = json!({ "error": "" }),
            "short" => span["traceId"] = words.fill("@low1").into(),
            _ if word.starts_with('+') => {
                span["timestamp"] = (start + word[1..].parse::<u64>().expect("a number")).into()
            }
            _ if word.starts_with('>') => span["remoteEndpoint"] = endpoint(&word[1..], words),
            _ => span["localEndpoint"] = endpoint(word, words),
        }
    }
    span
}

fn endpoint(word: &str, words: &Words) -> Value {
    let (name, address) = word.split_once('|').unwrap_or((word, ""));
    let mut endpoint = Map::new();
    endpoint.insert("serviceName".into(), format!("{name}-{}", words.suffix()).into());
    if let Some((ip, port)) = address.split_once(':') {
        endpoint.insert("ipv4".into(), ip.into());
        endpoint.insert("port".into(), port.parse::<u16>().expect("a port").into());
    }
    endpoint.into()
}

/// The case's own links, sorted, without the ending of their names.
fn shown(text: &str, suffix: &str) -> String {
    let links: Vec<Value> = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let ending = format!("-{suffix}");
    let name = |link: &Value, side: &str| Some(link[side].as_str()?.strip_suffix(&ending)?.to_owned());
    let mut shown: Vec<String> = links
        .iter()
        .filter_map(|link| {
            let failed = match &link["errorCount"] {
                Value::Null => String::new(),
                errors => format!(" ({errors} failed)"),
            };
            Some(format!("{} -> {}: {}{failed}", name(link, "parent")?, name(link, "child")?, link["callCount"]))
        })
        .collect();
    shown.sort();
    shown.join(", ")
}
