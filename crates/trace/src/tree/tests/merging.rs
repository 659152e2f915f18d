//! Pieces become spans.

use crate::sketch::sketch;
use crate::tree::merge;
use nines_base::{FineMicros, TraceId};
use nines_span::{Event, Kind, Span, Value};

/// The merged spans as `id/parent kind service@port flags`.
fn check(text: &str, expect: &[&str]) {
    let show = |span: &Span| {
        let parent = span.parent_id.map(|id| format!("{:x}", id.0)).unwrap_or_default();
        let kind = ["-", "c", "s", "p", "q", "i"][span.kind as usize];
        let shared = if span.shared { " shared" } else { "" };
        let port = if span.local.port == 0 { String::new() } else { format!(":{}", span.local.port) };
        format!("{:x}/{parent} {kind} {}{port}{shared}", span.id.0, span.local.service)
    };
    let merged: Vec<String> = merge(sketch(text)).iter().map(show).collect();
    assert_eq!(merged, expect, "{text}");
    let mut reversed = sketch(text);
    reversed.reverse();
    assert_eq!(merge(reversed).iter().map(show).collect::<Vec<String>>(), expect, "reversed: {text}");
}

#[test]
fn spans_come_by_id_client_before_server() {
    check("3/1 s a\n 2/1 s b shared\n 2/1 c a\n 1/ s a", &["1/ s a", "2/1 c a", "2/1 s b shared", "3/1 s a"]);
}

#[test]
fn pieces_with_compatible_endpoints_fold() {
    check("1/ c a\n 1/ c a", &["1/ c a"]);
    check("1/ - a\n 1/ c", &["1/ c a"]);
    check("1/ c a\n 1/ c A", &["1/ c A"]);
    check("1/ s a@1.1.1.1\n 1/ s a@1.1.1.1:80", &["1/ s a:80"]);
    check("2/ c a\n 2/1 c a", &["2/1 c a"]);
    check("1/ s a@1.1.1.1\n 1/ s a@1.1.1.2", &["1/ s a", "1/ s a"]);
    check("1/ s a\n 1/ s b", &["1/ s a", "1/ s b"]);
    check("1/ s a\n 1/ s a shared", &["1/ s a", "1/ s a shared"]);
}

#[test]
fn a_server_behind_its_client_is_shared_and_inherits_the_parent() {
    check("2/1 c a\n 2/1 s b", &["2/1 c a", "2/1 s b shared"]);
    check("2/1 c a\n 2/ s b shared", &["2/1 c a", "2/1 s b shared"]);
    check("2/1 c a\n 2/ s b", &["2/1 c a", "2/1 s b shared"]);
    check("2/1 c a\n 2/ s b@1.1.1.1 shared\n 2/ s b@1.1.1.2 shared", &["2/1 c a", "2/1 s b shared", "2/1 s b shared"]);
    check("2/1 c a\n 2/ s b\n 2/ s c", &["2/1 c a", "2/1 s b shared", "2/1 s c shared"]);
    check("2/1 s b", &["2/1 s b"]);
}

#[test]
fn a_whole_span_knows_what_its_pieces_knew() {
    let mut spans = sketch("1/ c a >x +5 =get error\n 1/ c a ~7 otlp failed");
    spans[0].tags.push(("k".into(), Value::from("later")));
    spans[1].tags = vec![("a".into(), Value::Int(1)), ("k".into(), Value::from("earlier"))];
    let event = |us, name: &str| Event { time: FineMicros::from_us(us), name: name.into(), otlp: Vec::new() };
    spans[0].events = vec![event(1, "b"), event(3, "d")];
    spans[1].events = vec![event(1, "b"), event(2, "c")];
    spans[1].debug = true;
    spans[0].remote.port = 80;
    let merged = merge(spans);
    let [whole] = merged.as_slice() else { panic!("one span of {merged:?}") };
    assert_eq!(
        (whole.kind, whole.name.as_str(), whole.start.us, whole.duration.us),
        (Kind::Client, "get", 1_000_005, 7)
    );
    let tags: Vec<(&str, String)> =
        whole.tags.iter().map(|(k, v)| (k.as_str(), v.as_ref().text().into_owned())).collect();
    assert_eq!(tags, [("a", "1".into()), ("error", String::new()), ("k", "later".into())]);
    assert_eq!(whole.events, [event(1, "b"), event(2, "c"), event(3, "d")]);
    assert!(whole.debug && whole.otlp.is_some());
    assert_eq!((whole.remote.service.as_str(), whole.remote.port), ("x", 80));
}

#[test]
fn the_longest_trace_id_is_everyones() {
    let ids = |text: &str| merge(sketch(text)).iter().map(|span| span.trace_id).collect::<Vec<TraceId>>();
    let long = TraceId(1 << 64 | 7);
    assert_eq!(ids("1/ s a\n 2/1 c a #128\n 3/2 s b"), [long, long, long]);
    assert_eq!(ids("1/ s a\n 2/1 c a"), [TraceId(7), TraceId(7)]);
}

#[test]
fn merging_again_changes_nothing() {
    let once = merge(sketch("1/ s a\n 2/1 c a\n 2/ s b\n 2/ s c shared\n 1/ s a error\n 3/2 - b"));
    assert_eq!(merge(once.clone()), once);
    assert!(merge(Vec::new()).is_empty());
}
