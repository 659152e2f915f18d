//! Claims about reading traces and names.

use super::spans::{child_of, with_tag};
use super::*;
use nines_base::{FineMicros, SpanId};
use nines_span::{Endpoint, Kind, OtlpParts, Value};

/// Claim.
pub fn a_span_comes_back_whole(make: Make<'_>) {
    let store = make(Limits::default());
    for sent in [full_zipkin_span(), full_otlp_span(), Span { trace_id: TraceId(9), id: SpanId(1), ..Span::default() }]
    {
        append(&*store, std::slice::from_ref(&sent));
        assert_eq!(trace(&*store, sent.trace_id.0, true), [sent]);
    }
}

/// Claim.
pub fn otlp_parts_come_back_byte_for_byte(make: Make<'_>) {
    let store = make(Limits::default());
    let of_scope = |id, scope: &[u8]| {
        let parts = OtlpParts { resource: vec![10, 0].into(), scope: scope.into(), rest: Vec::new() };
        Span { otlp: Some(parts), ..span(1, id, "web") }
    };
    // One resource with two scopes, an empty resource, and none at all, in one trace and batch.
    let empty = Span { otlp: Some(OtlpParts::default()), ..span(1, 3, "web") };
    let sent = [of_scope(1, b"one"), of_scope(2, b"two"), empty, span(1, 4, "web")];
    append(&*store, &sent);
    assert_eq!(trace(&*store, 1, true), sent);
}

/// Claim.
pub fn an_unknown_trace_is_empty(make: Make<'_>) {
    let store = make(Limits::default());
    assert!(trace(&*store, 1, true).is_empty());
    append(&*store, &[span(1, 1, "web")]);
    assert!(trace(&*store, 2, false).is_empty());
    assert!(found(&*store, &["service=unknown"]).is_empty());
}

/// Claim.
pub fn exact_repeats_collapse_and_different_reports_of_one_id_stay(make: Make<'_>) {
    let store = make(Limits::default());
    let client = Span { kind: Kind::Client, ..span(1, 1, "web") };
    let server = Span { kind: Kind::Server, shared: true, ..span(1, 1, "api") };
    let amended = with_tag(client.clone(), "error", "late".into());
    append(&*store, &[client.clone(), server.clone()]);
    append(&*store, std::slice::from_ref(&client));
    append(&*store, &[amended.clone(), amended.clone()]);
    let mut stored = trace(&*store, 1, true);
    stored.sort_by_key(|span| span.tags.len());
    assert_eq!(stored, [client, server, amended]);
}

/// Claim.
pub fn a_strict_look_up_compares_all_128_bits_and_a_lenient_one_64(make: Make<'_>) {
    let store = make(Limits::default());
    let (short, long, other) = (7, (1 << 64) | 7, (2 << 64) | 7);
    append(&*store, &[span(short, 1, "web"), span(long, 2, "web")]);
    append(&*store, &[span(other, 3, "web"), span(8, 4, "web")]);
    let ids = |id, strict| trace(&*store, id, strict).iter().map(|span| span.id.0).collect::<Vec<_>>();
    assert_eq!(ids(short, true), [1]);
    assert_eq!(ids(long, true), [2]);
    assert_eq!(ids(long, false), [1, 2, 3]);
    assert_eq!(ids(short, false), [1, 2, 3]);
    assert_eq!(ids((9 << 64) | 7, true), [] as [u64; 0]);
    assert_eq!(trace(&*store, long, false)[0].trace_id, TraceId(short), "each span keeps its own id");
}

/// Claim.
pub fn names_are_listed_as_sent_and_asked_for_in_any_case(make: Make<'_>) {
    let store = make(Limits::default());
    let calls = |remote: &str, span: Span| Span {
        remote: Endpoint { service: remote.to_owned(), ..Endpoint::default() },
        ..span
    };
    append(&*store, &[calls("db", span(1, 1, "Web")), calls("cache", span(1, 2, "Web")), span(1, 3, "api")]);
    append(
        &*store,
        &[calls("db", span(2, 1, "Web")), span(2, 4, ""), Span { name: String::new(), ..span(2, 9, "api") }],
    );
    assert_eq!(store.services().expect("services"), ["Web", "api"]);
    assert_eq!(store.operations("wEB").expect("operations"), ["op-1", "op-2"]);
    assert_eq!(store.operations("api").expect("operations"), ["op-3"]);
    assert_eq!(store.remote_services("web").expect("remote services"), ["cache", "db"]);
    assert!(store.operations("nobody").expect("operations").is_empty());
}

/// Claim.
pub fn visiting_hands_out_whole_traces_that_have_a_span_in_the_window(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[span(1, 1, "web"), child_of(1, span(1, 5, "api"))]);
    append(&*store, &[span(2, 2, "web"), span(3, 9, "web"), Span { start: FineMicros::NONE, ..span(4, 4, "web") }]);
    append(&*store, &[child_of(5, span(1, 20, "db")), child_of(1, span(1, 5, "api"))]);
    let visited = |from, to| {
        let mut ids = Vec::new();
        let window = Window { from: Timestamp::from_secs(from), to: Timestamp::from_secs(to) };
        let mut visit = |spans: &[Span]| ids.push((spans[0].trace_id.0, spans.len()));
        let gaps = store.visit_traces(window, &mut visit).expect("traces can be visited");
        assert!(gaps.is_empty(), "{gaps:?}");
        ids.sort_unstable();
        ids
    };
    assert_eq!(visited(0, 100), [(1, 3), (2, 1), (3, 1)]);
    assert_eq!(visited(5, 5), [(1, 3)]);
    assert_eq!(visited(2, 4), [(2, 1)]);
    assert_eq!(visited(6, 8), []);
}

/// Claim.
pub fn interleaved_traces_stay_apart(make: Make<'_>) {
    let store = make(Limits::default());
    let (n_traces, n_spans) = (50, 20);
    for id in 1..=n_spans {
        let of_trace = |trace_id| {
            let span = span(trace_id, id, if trace_id % 2 == 0 { "even" } else { "odd" });
            with_tag(span, "trace", Value::Int(trace_id as i64))
        };
        append(&*store, &(1..=n_traces).map(of_trace).collect::<Vec<_>>());
    }
    for trace_id in 1..=n_traces {
        let spans = trace(&*store, trace_id, true);
        assert_eq!(spans.len() as u64, n_spans);
        assert!(spans.iter().all(|span| span.tags[0].1 == Value::Int(trace_id as i64)));
    }
    assert_eq!(found(&*store, &["service=even"]).len() as u128, n_traces / 2);
    assert_eq!(store.stats().spans, n_traces as u64 * n_spans);
}

/// Claim.
pub fn a_trace_beyond_the_limit_is_cut_and_says_so(make: Make<'_>) {
    let store = make(Limits { spans_per_trace_max: 3, ..Limits::default() });
    append(&*store, &[span(1, 1, "web"), span(1, 2, "web")]);
    append(&*store, &[span(1, 3, "web"), span(2, 1, "web")]);
    let lengths = |id| {
        let answer = store.trace(TraceId(id), true).expect("the trace can be read");
        (answer.value.len(), answer.gaps.iter().cloned().collect::<Vec<_>>())
    };
    let limit = Gap::Limit { name: "spans_per_trace_max", max: 3 };
    assert_eq!(lengths(1), (3, vec![]), "a limit that is just reached cuts nothing");
    append(&*store, &[span(1, 4, "web"), span(1, 5, "web")]);
    assert_eq!(lengths(1), (3, vec![limit.clone()]));
    assert_eq!(lengths(2), (1, vec![]));
    let window = Window { from: Timestamp(0), to: Timestamp::from_secs(100) };
    let mut n_spans = 0;
    let gaps = store.visit_traces(window, &mut |spans| n_spans += spans.len()).expect("traces can be visited");
    assert_eq!((n_spans, gaps.iter().cloned().collect::<Vec<_>>()), (4, vec![limit]));
    assert_eq!(found(&*store, &["op=op-5"]), [1], "a search reads spans in place, not traces whole");
}
