//! The suite that holds every store to the promises of [`crate::store`].
//!
//! [`contract_suite!`] makes one test of each claim; a store's crate calls it with a way to make a
//! fresh, empty store. The claims speak of what can be asked through the traits; what survives a crash
//! is each store's own to prove.

use crate::store::{Position, Store, StoreError, TraceHit, TraceQuery, Window};
use nines_base::{FineMicros, SpanId, Timestamp, TraceId};
use nines_span::{Batch, Endpoint, EndpointRef, Event, EventRef, Kind, OtlpParts, Span, SpanRef, Status, Value};
use nines_trace::filter::Filter;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// Makes one `#[test]` of each claim. The argument is a closure that makes an empty store in an
/// `Arc`; it may be called several times.
#[macro_export]
macro_rules! contract_suite {
    ($make:expr) => {
        $crate::contract_suite!(@claims $make;
            a_span_comes_back_whole
            otlp_parts_come_back_byte_for_byte
            an_unknown_trace_is_empty
            every_batch_is_acknowledged_once
            exact_repeats_collapse_and_different_reports_of_one_id_stay
            a_strict_look_up_compares_all_128_bits_and_a_lenient_one_64
            a_search_is_strict_or_lenient_too
            all_terms_of_a_clause_must_hold_on_one_span
            clauses_may_hold_on_different_spans_of_a_trace
            a_search_without_clauses_finds_every_trace_with_a_time
            the_window_includes_both_its_ends
            the_root_gives_a_trace_its_time
            a_late_root_moves_the_trace
            hits_come_newest_first_up_to_the_limit
            names_are_listed_as_sent_and_asked_for_in_any_case
            visiting_hands_out_whole_traces_that_have_a_span_in_the_window
            interleaved_traces_stay_apart
            the_feed_gives_every_span_in_order_and_resumes_anywhere
            the_feed_gives_spans_as_they_were_sent
            reading_back_gives_what_arrived_since_up_to_the_position
            a_closed_store_refuses_and_says_so
        );
    };
    (@claims $make:expr; $($claim:ident)*) => {
        $(#[test] fn $claim() {
            let make = $make;
            $crate::contract::$claim(&|| make() as std::sync::Arc<dyn $crate::Store>);
        })*
    };
}

/// Makes an empty store.
pub type Make<'a> = &'a dyn Fn() -> Arc<dyn Store>;

/// How long a store may take to acknowledge a batch before a test calls it broken.
const ACK_WAIT: Duration = Duration::from_secs(20);

/// A batch of the given spans, as a decoder would have made it.
pub fn batch_of(spans: &[Span]) -> Batch<'_> {
    let mut batch = Batch::default();
    for span in spans {
        let (first_tag, first_event) = (batch.tags.len() as u32, batch.events.len() as u32);
        batch.tags.extend(span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref())));
        batch.events.extend(span.events.iter().map(event_ref));
        let otlp = span
            .otlp
            .as_ref()
            .map(|parts| (place(&mut batch.resources, &parts.resource), place(&mut batch.scopes, &parts.scope)));
        batch.spans.push(SpanRef {
            trace_id: span.trace_id,
            id: span.id,
            parent_id: span.parent_id,
            kind: span.kind,
            name: &span.name,
            start: span.start,
            duration: span.duration,
            local: endpoint_ref(&span.local),
            remote: endpoint_ref(&span.remote),
            tags: first_tag..batch.tags.len() as u32,
            events: first_event..batch.events.len() as u32,
            debug: span.debug,
            shared: span.shared,
            status: span.status,
            otlp,
            rest: span.otlp.as_ref().map(|parts| &parts.rest[..]).unwrap_or_default(),
        });
    }
    batch
}

fn place<'a>(known: &mut Vec<&'a [u8]>, bytes: &'a [u8]) -> u32 {
    let at = known.iter().position(|seen| *seen == bytes).unwrap_or_else(|| {
        known.push(bytes);
        known.len() - 1
    });
    at as u32
}

fn endpoint_ref(endpoint: &Endpoint) -> EndpointRef<'_> {
    EndpointRef { service: &endpoint.service, ipv4: endpoint.ipv4, ipv6: endpoint.ipv6, port: endpoint.port }
}

fn event_ref(event: &Event) -> EventRef<'_> {
    EventRef { time: event.time, name: &event.name, otlp: &event.otlp }
}

/// A span of `service`, in trace and with id as given, starting at second `id`.
pub fn span(trace_id: u128, id: u64, service: &str) -> Span {
    Span {
        trace_id: TraceId(trace_id),
        id: SpanId(id),
        name: format!("op-{id}"),
        start: FineMicros::from_us(id * 1_000_000),
        duration: FineMicros::from_us(1000),
        local: Endpoint { service: service.to_owned(), ..Endpoint::default() },
        ..Span::default()
    }
}

/// The same span under a parent.
fn child_of(parent: u64, span: Span) -> Span {
    Span { parent_id: Some(SpanId(parent)), ..span }
}

fn with_tag(mut span: Span, key: &str, value: Value) -> Span {
    span.tags.push((key.to_owned(), value));
    span.tags.sort_by(|a, b| a.0.cmp(&b.0));
    span
}

/// A Zipkin span that uses every field Zipkin has.
pub fn full_zipkin_span() -> Span {
    Span {
        trace_id: TraceId(0x463a_c35c_9f64_13ad_4848_5a39_53bb_6124),
        id: SpanId(0xa2fb_4a1d_1a96_d312),
        parent_id: Some(SpanId(0x4848_5a39_53bb_6124)),
        kind: Kind::Client,
        name: "Get /Things/{id}".into(),
        start: FineMicros::from_us(1_472_470_996_199_000),
        duration: FineMicros::from_us(207_000),
        local: Endpoint {
            service: "프론트엔드".into(),
            ipv4: Some("127.0.0.1".parse().expect("a literal address")),
            ipv6: Some("2001:db8::c001".parse().expect("a literal address")),
            port: 8080,
        },
        remote: Endpoint {
            service: "backend".into(),
            ipv4: Some("192.168.99.101".parse().expect("a literal address")),
            ipv6: None,
            port: 9000,
        },
        tags: vec![("empty".into(), "".into()), ("http.path".into(), "/api".into())],
        events: vec![
            Event { time: FineMicros::from_us(1_472_470_996_238_000), name: "foo".into(), otlp: Vec::new() },
            Event { time: FineMicros::from_us(1_472_470_996_403_000), name: "bar".into(), otlp: Vec::new() },
        ],
        debug: true,
        shared: true,
        status: Status::Unset,
        otlp: None,
    }
}

/// An OTLP span that uses every part a store must keep.
pub fn full_otlp_span() -> Span {
    Span {
        trace_id: TraceId(0x5b8e_fff7_9803_8103_d269_b633_813f_c60c),
        id: SpanId(0xeee1_9b7e_c3c1_b174),
        kind: Kind::Internal,
        name: "작업".into(),
        start: FineMicros::from_ns(1_544_712_660_000_000_789),
        duration: FineMicros::from_ns(1_000_000_123),
        tags: vec![
            ("array".into(), Value::Array(vec![10, 3, 10, 1, b'x'])),
            ("bool".into(), Value::Bool(false)),
            ("bytes".into(), Value::Bytes(vec![0, 255, 1])),
            ("double".into(), Value::Double(f64::NAN)),
            ("empty".into(), Value::Empty),
            ("int".into(), Value::Int(i64::MIN)),
            ("map".into(), Value::Map(vec![10, 0])),
            ("str".into(), "text".into()),
            ("true".into(), Value::Bool(true)),
            ("zero".into(), Value::Double(-0.0)),
        ],
        events: vec![
            Event { time: FineMicros::from_ns(1_544_712_661_000_000_001), name: "later".into(), otlp: vec![24, 7] },
            Event { time: FineMicros::NONE, name: String::new(), otlp: Vec::new() },
        ],
        status: Status::Error,
        otlp: Some(OtlpParts {
            resource: vec![10, 2, 1, 2].into(),
            scope: Arc::from([]),
            rest: vec![26, 1, b's', 104, 1],
        }),
        ..Span::default()
    }
}

/// Appends and waits for the acknowledgement.
pub fn append(store: &dyn Store, spans: &[Span]) {
    append_at(store, Timestamp::from_secs(1_700_000_000), spans);
}

fn append_at(store: &dyn Store, arrived: Timestamp, spans: &[Span]) {
    let (sender, acknowledged) = mpsc::channel();
    let done = Box::new(move |outcome| {
        // The test may have given up waiting; then there is nobody to tell.
        let _ = sender.send(outcome);
    });
    store.append(&batch_of(spans), arrived, done).expect("the store takes the batch");
    acknowledged.recv_timeout(ACK_WAIT).expect("the store acknowledges").expect("the batch is durable");
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|a, b| (a.id, a.kind, &a.name).cmp(&(b.id, b.kind, &b.name)));
    spans
}

fn trace(store: &dyn Store, id: u128, strict: bool) -> Vec<Span> {
    sorted(store.trace(TraceId(id), strict).expect("the trace can be read"))
}

fn query(clauses: &[&str]) -> TraceQuery {
    TraceQuery {
        clauses: clauses.iter().map(|text| Filter::parse(text).expect("a valid filter")).collect(),
        window: Window { from: Timestamp(0), to: Timestamp(i64::MAX) },
        limit: 100,
        strict_trace_id: true,
    }
}

fn find(store: &dyn Store, query: &TraceQuery) -> Vec<(u128, u64)> {
    let hits = store.find(query).expect("the search succeeds");
    hits.iter().map(|TraceHit { trace_id, time_us }| (trace_id.0, *time_us)).collect()
}

/// Ids of the traces found, newest first.
fn found(store: &dyn Store, clauses: &[&str]) -> Vec<u128> {
    find(store, &query(clauses)).into_iter().map(|(id, _)| id).collect()
}

/// Claim.
pub fn a_span_comes_back_whole(make: Make<'_>) {
    let store = make();
    for sent in [full_zipkin_span(), full_otlp_span(), Span { trace_id: TraceId(9), id: SpanId(1), ..Span::default() }]
    {
        append(&*store, std::slice::from_ref(&sent));
        assert_eq!(trace(&*store, sent.trace_id.0, true), [sent]);
    }
}

/// Claim.
pub fn otlp_parts_come_back_byte_for_byte(make: Make<'_>) {
    let store = make();
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
    let store = make();
    assert!(trace(&*store, 1, true).is_empty());
    append(&*store, &[span(1, 1, "web")]);
    assert!(trace(&*store, 2, false).is_empty());
    assert!(found(&*store, &["service=unknown"]).is_empty());
}

/// Claim.
pub fn every_batch_is_acknowledged_once(make: Make<'_>) {
    let store = make();
    let (sender, acknowledged) = mpsc::channel();
    let n_batches = 20;
    for batch_idx in 0..n_batches {
        let sender = sender.clone();
        let spans: Vec<Span> = (0..batch_idx).map(|id| span(u128::from(id) + 1, batch_idx, "web")).collect();
        let done = Box::new(move |outcome: Result<(), StoreError>| {
            let _ = sender.send((batch_idx, outcome.is_ok()));
        });
        store.append(&batch_of(&spans), Timestamp(0), done).expect("the store takes the batch");
    }
    let mut seen: Vec<_> =
        (0..n_batches).map(|_| acknowledged.recv_timeout(ACK_WAIT).expect("every batch is acknowledged")).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..n_batches).map(|batch_idx| (batch_idx, true)).collect::<Vec<_>>());
    assert!(acknowledged.try_recv().is_err(), "none twice");
}

/// Claim.
pub fn exact_repeats_collapse_and_different_reports_of_one_id_stay(make: Make<'_>) {
    let store = make();
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
    let store = make();
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
pub fn a_search_is_strict_or_lenient_too(make: Make<'_>) {
    let store = make();
    let (short, long) = (7, (1 << 64) | 7);
    append(&*store, &[span(short, 1, "web")]);
    append(&*store, &[child_of(1, span(long, 2, "api"))]);
    let both = ["service=web", "service=api"];
    assert_eq!(find(&*store, &query(&both)), []);
    assert_eq!(find(&*store, &TraceQuery { strict_trace_id: false, ..query(&both) }), [(long, 1_000_000)]);
    assert_eq!(find(&*store, &query(&["service=api"])), [(long, 2_000_000)]);
}

/// Claim.
pub fn all_terms_of_a_clause_must_hold_on_one_span(make: Make<'_>) {
    let store = make();
    let tagged = |id, service: &str, user: &str| with_tag(span(id, id as u64, service), "user", user.into());
    append(&*store, &[tagged(1, "web", "kim"), tagged(2, "web", "lee"), tagged(3, "api", "kim")]);
    append(&*store, &[span(4, 4, "web"), child_of(4, with_tag(span(4, 5, "api"), "user", "kim".into()))]);
    assert_eq!(found(&*store, &["service=web user=kim"]), [1]);
    assert_eq!(found(&*store, &["user=kim"]), [4, 3, 1]);
    assert_eq!(found(&*store, &["service=web !user"]), [4]);
    assert_eq!(found(&*store, &["service=(web,api) user=lee"]), [2]);
    assert_eq!(found(&*store, &["service=WEB user=~^k"]), [1]);
    assert_eq!(found(&*store, &["user=park"]), [] as [u128; 0]);
    assert_eq!(found(&*store, &["duration>=1ms user=kim service=api"]), [4, 3]);
    assert_eq!(found(&*store, &["duration>1ms"]), [] as [u128; 0]);
}

/// Claim.
pub fn clauses_may_hold_on_different_spans_of_a_trace(make: Make<'_>) {
    let store = make();
    append(&*store, &[span(1, 1, "web"), child_of(1, span(1, 2, "api"))]);
    append(&*store, &[span(2, 3, "web")]);
    append(&*store, &[child_of(3, span(3, 4, "api"))]);
    // The second half of a trace may come much later.
    append(&*store, &[child_of(3, span(2, 5, "api"))]);
    assert_eq!(found(&*store, &["service=web", "service=api"]), [2, 1]);
    assert_eq!(found(&*store, &["service=web op=op-5"]), [] as [u128; 0]);
    assert_eq!(found(&*store, &["service=api", "service=web", "op=op-5"]), [2]);
}

/// Claim.
pub fn a_search_without_clauses_finds_every_trace_with_a_time(make: Make<'_>) {
    let store = make();
    append(&*store, &[span(1, 1, "web"), Span { start: FineMicros::NONE, ..span(2, 2, "web") }]);
    append(&*store, &[Span { start: FineMicros::NONE, ..span(3, 3, "web") }, child_of(3, span(3, 4, "web"))]);
    assert_eq!(find(&*store, &query(&[])), [(3, 4_000_000), (1, 1_000_000)]);
    assert_eq!(trace(&*store, 2, true).len(), 1, "a trace without a time can still be read");
}

/// Claim.
pub fn the_window_includes_both_its_ends(make: Make<'_>) {
    let store = make();
    append(&*store, &[span(1, 10, "web")]);
    let at = 10_000_000;
    let inside = |from, to| {
        let window = Window { from: Timestamp(from), to: Timestamp(to) };
        !find(&*store, &TraceQuery { window, ..query(&["service=web"]) }).is_empty()
    };
    assert!(inside(at, at));
    assert!(inside(at - 1, at) && inside(at, at + 1));
    assert!(!inside(at + 1, at + 2) && !inside(at - 2, at - 1));
    assert!(inside(i64::MIN, i64::MAX));
}

/// Claim.
pub fn the_root_gives_a_trace_its_time(make: Make<'_>) {
    let store = make();
    // A child whose clock is five seconds behind its parent's, and a trace whose root never came.
    append(&*store, &[child_of(9, span(1, 4, "api")), span(1, 9, "web")]);
    append(&*store, &[child_of(99, span(2, 8, "api")), child_of(99, span(2, 7, "api"))]);
    assert_eq!(find(&*store, &query(&["service=api"])), [(1, 9_000_000), (2, 7_000_000)]);
    let window = Window { from: Timestamp(4_000_000), to: Timestamp(8_999_999) };
    assert_eq!(find(&*store, &TraceQuery { window, ..query(&[]) }), [(2, 7_000_000)]);
}

/// Claim.
pub fn a_late_root_moves_the_trace(make: Make<'_>) {
    let store = make();
    append(&*store, &[child_of(3, span(1, 30, "api"))]);
    append(&*store, &[span(2, 20, "web")]);
    assert_eq!(found(&*store, &[]), [1, 2]);
    append(&*store, &[span(1, 3, "web")]);
    assert_eq!(find(&*store, &query(&[])), [(2, 20_000_000), (1, 3_000_000)]);
    assert_eq!(find(&*store, &query(&["op=op-30"])), [(1, 3_000_000)]);
}

/// Claim.
pub fn hits_come_newest_first_up_to_the_limit(make: Make<'_>) {
    let store = make();
    let spans: Vec<Span> = (1..=50).map(|id| span(u128::from(id * 37 % 53), id, "web")).collect();
    append(&*store, &spans);
    let times = |limit| {
        let hits = find(&*store, &TraceQuery { limit, ..query(&["service=web"]) });
        hits.into_iter().map(|(_, time_us)| time_us / 1_000_000).collect::<Vec<_>>()
    };
    assert_eq!(times(3), [50, 49, 48]);
    assert_eq!(times(0), []);
    assert_eq!(times(1000), (1..=50).rev().collect::<Vec<_>>());
}

/// Claim.
pub fn names_are_listed_as_sent_and_asked_for_in_any_case(make: Make<'_>) {
    let store = make();
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
    let store = make();
    append(&*store, &[span(1, 1, "web"), child_of(1, span(1, 5, "api"))]);
    append(&*store, &[span(2, 2, "web"), span(3, 9, "web"), Span { start: FineMicros::NONE, ..span(4, 4, "web") }]);
    append(&*store, &[child_of(5, span(1, 20, "db")), child_of(1, span(1, 5, "api"))]);
    let visited = |from, to| {
        let mut ids = Vec::new();
        let window = Window { from: Timestamp::from_secs(from), to: Timestamp::from_secs(to) };
        let mut visit = |spans: &[Span]| ids.push((spans[0].trace_id.0, spans.len()));
        store.visit_traces(window, &mut visit).expect("traces can be visited");
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
    let store = make();
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

fn read(store: &dyn Store, from: &Position, spans_max: usize) -> (Vec<(i64, u64)>, Position) {
    let mut seen = Vec::new();
    let mut visit = |arrived: Timestamp, span: &dyn nines_span::SpanFields| seen.push((arrived.0, span.id().0));
    let next = store.read_after(from, spans_max, &mut visit).expect("the feed can be read");
    (seen, next)
}

/// Claim.
pub fn the_feed_gives_every_span_in_order_and_resumes_anywhere(make: Make<'_>) {
    let store = make();
    let (n_batches, n_spans) = (10, 7);
    for batch_idx in 0..n_batches {
        // One trace, so that one shard holds them all and their order is told.
        let spans: Vec<Span> = (0..n_spans).map(|i| span(1, batch_idx * n_spans + i + 1, "web")).collect();
        append_at(&*store, Timestamp::from_secs(batch_idx as i64), &spans);
    }
    let wanted: Vec<(i64, u64)> =
        (0..n_batches * n_spans).map(|row| ((row / n_spans) as i64 * 1_000_000, row + 1)).collect();
    for spans_max in [1, 4, 1000] {
        let (mut seen, mut position) = (Vec::new(), Position::default());
        loop {
            let (more, next) = read(&*store, &position, spans_max);
            if more.is_empty() {
                break;
            }
            seen.extend(more);
            position = next;
        }
        assert_eq!(seen, wanted, "by {spans_max}");
        assert_eq!(read(&*store, &position, spans_max), (vec![], position.clone()), "the end stays the end");
    }
}

/// Claim.
pub fn the_feed_gives_spans_as_they_were_sent(make: Make<'_>) {
    let store = make();
    let sent = with_tag(full_otlp_span(), "user", "kim".into());
    append(&*store, std::slice::from_ref(&sent));
    let mut n_seen = 0;
    let mut visit = |_: Timestamp, span: &dyn nines_span::SpanFields| {
        n_seen += 1;
        assert_eq!(span.trace_id(), sent.trace_id);
        assert_eq!((span.start(), span.duration()), (sent.start, sent.duration));
        assert_eq!((span.kind(), span.status()), (sent.kind, sent.status));
        assert_eq!((span.service(), span.name(), span.remote_service()), ("", "작업", ""));
        for (key, value) in &sent.tags {
            assert_eq!(span.own_tag(key), Some(value.as_ref()), "{key}");
        }
        assert_eq!(span.own_tag("use"), None);
        assert_eq!(span.resource_bytes(), [10, 2, 1, 2]);
        assert!(span.has_event("later") && !span.has_event("late"));
    };
    store.read_after(&Position::default(), 10, &mut visit).expect("the feed can be read");
    assert_eq!(n_seen, 1);
}

/// Claim.
pub fn reading_back_gives_what_arrived_since_up_to_the_position(make: Make<'_>) {
    let store = make();
    for second in 1..=5 {
        append_at(&*store, Timestamp::from_secs(second), &[span(1, second as u64, "web")]);
    }
    let (_, upto) = read(&*store, &Position::default(), 4);
    let back = |since, upto: &Position| {
        let mut seen = Vec::new();
        let mut visit = |_: Timestamp, span: &dyn nines_span::SpanFields| seen.push(span.id().0);
        store.read_back(Timestamp::from_secs(since), upto, &mut visit).expect("the past can be read");
        seen.sort_unstable();
        seen
    };
    assert_eq!(back(0, &upto), [1, 2, 3, 4]);
    assert_eq!(back(3, &upto), [3, 4]);
    assert_eq!(back(0, &Position::default()), [] as [u64; 0]);
    store.release("consumer", &upto);
    assert_eq!(back(2, &upto), [2, 3, 4], "what is released can still be read back");
}

/// Claim.
pub fn a_closed_store_refuses_and_says_so(make: Make<'_>) {
    let store = make();
    append(&*store, &[span(1, 1, "web")]);
    store.health().expect("an open store is well");
    store.close().expect("the store closes");
    let refused = store.append(&batch_of(&[span(2, 2, "web")]), Timestamp(0), Box::new(|_| {}));
    assert!(matches!(refused, Err(StoreError::Stopped { .. })), "{refused:?}");
    assert!(store.health().is_err());
    assert_eq!(trace(&*store, 1, true).len(), 1, "what it holds can still be read");
    store.close().expect("closing twice is harmless");
}
