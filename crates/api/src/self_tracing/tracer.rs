//! Which queries are traced, what their spans say, and how these come to the store.

use super::incoming::{Caller, Decision, Incoming};
use axum::http::{HeaderMap, StatusCode};
use nines_base::{Clock, DurationUs, FineMicros, SpanId, Timestamp, TraceId};
use nines_collect::Collector;
use nines_span::{Endpoint, Kind, Span, Value};
use nines_storage::Sampler;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The name that Zipkin's server goes by in its own traces: what was saved as a search finds it here too.
const SERVICE: &str = "zipkin-server";

/// Spans that may wait for the next flush: half a megabyte, and a thousand queries a second.
const QUEUE_SPANS_MAX: usize = 1000;

/// Bytes of a path that a tag tells: what a client invents must not fill the queue.
const PATH_BYTES_MAX: usize = 256;

/// Which queries are traced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SelfTracing {
    /// A share of all; none where it is all of them.
    pub sampler: Option<Sampler>,
    /// Where it is all of them: traces begun in a second at most; 0 for any number.
    pub traces_per_second: usize,
    /// How often spans are taken to the store.
    pub flush_interval: DurationUs,
}

/// Makes spans of queries.
pub struct Tracer {
    config: SelfTracing,
    clock: Arc<dyn Clock>,
    /// Ids are numbers hashed by a secret of this process.
    secret: RandomState,
    n_ids: AtomicU64,
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    spans: Vec<Span>,
    /// Spans that found the queue full.
    n_lost: u64,
    /// The second in which traces were begun last, and how many.
    second: i64,
    n_begun: usize,
    stopping: bool,
}

/// A query that is traced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Begun {
    trace_id: TraceId,
    id: SpanId,
    parent_id: Option<SpanId>,
    debug: bool,
    shared: bool,
}

/// What became of it.
pub struct Query<'q> {
    /// Which span it is.
    pub begun: Begun,
    /// When it came.
    pub started_at: Timestamp,
    /// How long until its answer began.
    pub took: Duration,
    /// Its path, with names in place of what differs.
    pub template: &'q str,
    /// Its path.
    pub path: &'q str,
    /// Who asked.
    pub peer: Option<SocketAddr>,
    /// How it was answered.
    pub status: StatusCode,
}

impl Tracer {
    /// A tracer whose spans wait for a [`Reporter`].
    pub fn new(config: SelfTracing, clock: Arc<dyn Clock>) -> Tracer {
        let (secret, n_ids) = (RandomState::new(), AtomicU64::new(0));
        Tracer { config, clock, secret, n_ids, state: Mutex::default(), wake: Condvar::new() }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The span that a query with these headers has; none where it is not traced.
    pub(super) fn begin(&self, headers: &HeaderMap) -> Option<Begun> {
        let said = Incoming::of(headers);
        let trace_id = said.caller.map_or_else(|| self.new_trace_id(), |caller| caller.trace_id);
        let is_traced = match said.decision {
            Decision::No => false,
            Decision::Yes | Decision::Debug => true,
            Decision::Open => self.may_begin(trace_id),
        };
        is_traced.then(|| self.begun(trace_id, said))
    }

    fn begun(&self, trace_id: TraceId, said: Incoming) -> Begun {
        let debug = said.decision == Decision::Debug;
        match said.caller {
            Some(Caller { id, parent_id, is_shared: true, .. }) => {
                Begun { trace_id, id, parent_id, debug, shared: true }
            }
            caller => {
                let parent_id = caller.map(|caller| caller.id);
                Begun { trace_id, id: SpanId(self.new_id()), parent_id, debug, shared: false }
            }
        }
    }

    /// Whether a trace begins here that nobody has decided about.
    fn may_begin(&self, trace_id: TraceId) -> bool {
        if let Some(sampler) = self.config.sampler {
            return sampler.keeps(trace_id, false);
        }
        if self.config.traces_per_second == 0 {
            return true;
        }
        let second = self.clock.now().0.div_euclid(1_000_000);
        let mut state = self.state();
        if state.second != second {
            (state.second, state.n_begun) = (second, 0);
        }
        state.n_begun += 1;
        state.n_begun <= self.config.traces_per_second
    }

    fn new_trace_id(&self) -> TraceId {
        TraceId(u128::from(self.new_id()) << 64 | u128::from(self.new_id()))
    }

    fn new_id(&self) -> u64 {
        self.secret.hash_one(self.n_ids.fetch_add(1, Ordering::Relaxed)).max(1)
    }

    /// Queues the span of a query that was answered.
    pub(super) fn finish(&self, query: Query<'_>) {
        let span = span_of(query);
        let mut state = self.state();
        if state.spans.len() < QUEUE_SPANS_MAX {
            state.spans.push(span);
        } else {
            state.n_lost += 1;
        }
    }

    /// Waits for a flush interval, or the end. Returns what is queued; nothing more comes after the end.
    fn wait(&self) -> Option<(Vec<Span>, u64)> {
        let interval = self.config.flush_interval.to_std();
        let waited = self.wake.wait_timeout_while(self.state(), interval, |state| !state.stopping);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let is_last = state.stopping && state.spans.is_empty() && state.n_lost == 0;
        (!is_last).then(|| (std::mem::take(&mut state.spans), std::mem::take(&mut state.n_lost)))
    }

    fn stop(&self) {
        self.state().stopping = true;
        self.wake.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is one step that does not panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn span_of(query: Query<'_>) -> Span {
    let Query { begun, started_at, took, template, path, peer, status } = query;
    let mut end = path.len().min(PATH_BYTES_MAX);
    while !path.is_char_boundary(end) {
        end -= 1;
    }
    let is_error = status.is_client_error() || status.is_server_error();
    let error = is_error.then(|| ("error", status.as_str()));
    // Sorted by key, as a batch has them.
    let others = [("http.method", "GET"), ("http.path", &path[..end]), ("http.status_code", status.as_str())];
    let tags = error.into_iter().chain(others).map(|(key, value)| (key.to_owned(), Value::from(value)));
    Span {
        trace_id: begun.trace_id,
        id: begun.id,
        parent_id: begun.parent_id,
        kind: Kind::Server,
        name: format!("get {template}"),
        start: FineMicros::from_us(u64::try_from(started_at.0).unwrap_or(0)),
        // Zipkin's durations are at least one; none would be no duration.
        duration: FineMicros::from_us(u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1)),
        local: Endpoint { service: SERVICE.to_owned(), ..Endpoint::default() },
        remote: peer.map_or_else(Endpoint::default, endpoint_of),
        tags: tags.collect(),
        debug: begun.debug,
        shared: begun.shared,
        ..Span::default()
    }
}

fn endpoint_of(peer: SocketAddr) -> Endpoint {
    let (ipv4, ipv6) = match peer.ip().to_canonical() {
        IpAddr::V4(address) => (Some(address), None),
        IpAddr::V6(address) => (None, Some(address)),
    };
    Endpoint { ipv4, ipv6, port: peer.port(), ..Endpoint::default() }
}

/// The thread that takes spans to the store.
pub struct Reporter {
    tracer: Arc<Tracer>,
    thread: Option<JoinHandle<()>>,
}

impl Reporter {
    /// Starts it.
    pub fn start(tracer: Arc<Tracer>, collector: Arc<Collector>) -> std::io::Result<Reporter> {
        let queue = tracer.clone();
        let thread = std::thread::Builder::new().name("self-tracing".into()).spawn(move || {
            while let Some((spans, n_lost)) = queue.wait() {
                collector.take_own(&spans, n_lost);
            }
        })?;
        Ok(Reporter { tracer, thread: Some(thread) })
    }
}

impl Drop for Reporter {
    /// Takes what is left to the store, and ends.
    fn drop(&mut self) {
        self.tracer.stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of the server's own spans ended abnormally");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use nines_base::ManualClock;

    fn tracer(sampler: Option<Sampler>, traces_per_second: usize) -> (Tracer, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::new(Timestamp::from_secs(1_795_600_000)));
        let config = SelfTracing { sampler, traces_per_second, flush_interval: DurationUs(1000) };
        (Tracer::new(config, clock.clone()), clock)
    }

    fn query(begun: Begun, path: &str, status: u16) -> Query<'_> {
        Query {
            begun,
            started_at: Timestamp(7),
            took: Duration::from_nanos(300),
            template: "/api/v2/trace/{traceId}",
            path,
            peer: Some("[::ffff:10.0.0.1]:80".parse().unwrap()),
            status: StatusCode::from_u16(status).unwrap(),
        }
    }

    #[test]
    fn as_many_traces_begin_in_a_second_as_may() {
        let (limited, clock) = tracer(None, 2);
        let begins = |tracer: &Tracer| (0..5).filter(|_| tracer.begin(&HeaderMap::new()).is_some()).count();
        assert_eq!(begins(&limited), 2);
        clock.advance(DurationUs::from_secs(1));
        assert_eq!(begins(&limited), 2);
        let mut asked = HeaderMap::new();
        asked.insert("b3", HeaderValue::from_static("00000000000000010000000000000002-0000000000000003-1"));
        let joined = limited.begin(&asked).expect("one that its caller keeps does not count");
        assert_eq!((joined.trace_id, joined.id, joined.shared), (TraceId(1 << 64 | 2), SpanId(3), true));
        assert_eq!(begins(&tracer(None, 0).0), 5, "no limit");
        assert_eq!(begins(&tracer(Sampler::of_rate(0.0).unwrap(), 0).0), 0);
    }

    #[test]
    fn a_span_says_what_was_asked_and_how_it_was_answered() {
        let (tracer, _) = tracer(None, 0);
        let begun = tracer.begin(&HeaderMap::new()).unwrap();
        let text = |value: &Value| match value {
            Value::Str(text) => text.clone(),
            other => panic!("no text: {other:?}"),
        };
        let tags = |span: &Span| -> Vec<String> {
            span.tags.iter().map(|(key, value)| format!("{key}={}", text(value))).collect()
        };
        let span = span_of(query(begun, "/api/v2/trace/7", 404));
        assert_eq!((span.name.as_str(), span.kind), ("get /api/v2/trace/{traceId}", Kind::Server));
        assert_eq!((span.start.us, span.duration.us, span.shared), (7, 1, false));
        assert_eq!(span.remote.ipv4, Some([10, 0, 0, 1].into()));
        assert_eq!(tags(&span), ["error=404", "http.method=GET", "http.path=/api/v2/trace/7", "http.status_code=404"]);
        let long = format!("/api/v2/trace/{}", "가".repeat(100));
        let span = span_of(query(begun, &long, 200));
        assert_eq!(span.tags.len(), 3);
        assert!(tags(&span)[1].len() <= PATH_BYTES_MAX + "http.path=".len());
    }

    #[test]
    fn the_queue_has_an_end_and_says_what_found_it_full() {
        let (tracer, _) = tracer(None, 0);
        let begun = tracer.begin(&HeaderMap::new()).unwrap();
        (0..QUEUE_SPANS_MAX + 3).for_each(|_| tracer.finish(query(begun, "/", 200)));
        let (spans, n_lost) = tracer.wait().unwrap();
        assert_eq!((spans.len(), n_lost), (QUEUE_SPANS_MAX, 3));
        tracer.finish(query(begun, "/", 200));
        tracer.stop();
        assert_eq!(tracer.wait().unwrap().0.len(), 1, "what is left is taken");
        assert!(tracer.wait().is_none());
    }
}
