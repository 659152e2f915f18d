//! Traces of every shape that reporters make, and some that they should not, as Zipkin's JSON.

use super::questions::pick;
use crate::load::chance::Chance;
use serde_json::{Map, Value, json};

/// Services, as their reporters write them.
pub const SERVICES: [&str; 9] =
    ["frontend", "Backend", "auth", "db-mysql", "redis", "ORDERS", "결제", "user profile", "mailer"];
/// Operations.
pub const OPERATIONS: [&str; 8] =
    ["get /", "get /users/{id}", "POST /orders", "query", "publish", "주문 조회", "render \"page\"", "a\\b\tc"];
/// Tags with the values they have.
pub const TAGS: [(&str, &[&str]); 6] = [
    ("http.method", &["GET", "POST"]),
    ("http.status_code", &["200", "404", "500"]),
    ("http.path", &["/a/b", "/주문/1", "/x?y=z", ""]),
    ("region", &["eu", "us", "한국"]),
    ("error", &["", "timeout", "500"]),
    ("note", &["line\nbreak", "quote \" and \\ slash", "💩", "\u{1}\u{7f}"]),
];
/// Values of annotations.
const EVENTS: [&str; 4] = ["cache.miss", "error", "wr", "결제 완료"];
/// Time between two traces.
const TRACE_EVERY_US: u64 = 1_700_000;
/// Spans whose places are exchanged before they are sent: those of a trace come over several messages.
const MIXED_OVER: usize = 400;

/// Traces to post.
pub struct Corpus {
    /// As Zipkin's JSON, in the order they are sent.
    pub spans: Vec<Value>,
    /// Ids of the traces, as sent.
    pub trace_ids: Vec<String>,
    /// Start of the first trace, and a time after the last, microseconds.
    pub start_us: u64,
    /// See there.
    pub end_us: u64,
}

impl Corpus {
    /// Makes traces that end before `now_us`.
    pub fn make(n_traces: usize, now_us: u64, chance: &mut Chance) -> Corpus {
        let start_us = now_us - n_traces as u64 * TRACE_EVERY_US - 60_000_000;
        let mut corpus = Corpus { spans: Vec::new(), trace_ids: Vec::new(), start_us, end_us: now_us };
        for nth in 0..n_traces as u64 {
            let mut trace = Trace::new(start_us + nth * TRACE_EVERY_US, chance);
            trace.grow(chance);
            trace.spoil(chance);
            corpus.trace_ids.push(trace.id.clone());
            corpus.spans.append(&mut trace.spans);
        }
        for at in (1..corpus.spans.len()).rev() {
            let other = at - chance.below(MIXED_OVER.min(at + 1));
            corpus.spans.swap(at, other);
        }
        corpus
    }
}

struct Trace {
    id: String,
    start_us: u64,
    spans: Vec<Value>,
}

/// Where a span is made from.
struct Parent {
    id: Option<String>,
    service: usize,
    start_us: u64,
}

impl Trace {
    fn new(start_us: u64, chance: &mut Chance) -> Trace {
        let low = chance.bits() | 1;
        let id = match chance.happens(0.5) {
            true => format!("{:016x}{low:016x}", chance.bits() | 1),
            false => format!("{low:016x}"),
        };
        Trace { id, start_us, spans: Vec::new() }
    }

    /// A root and what it calls, a few levels deep.
    fn grow(&mut self, chance: &mut Chance) {
        let service = chance.below(SERVICES.len());
        let id = span_id(chance);
        let kind = pick(&[Some("SERVER"), Some("SERVER"), None, Some("CLIENT")], chance);
        let root = self.span(&id, None, kind, service, self.start_us, chance);
        self.spans.push(root);
        let mut open = vec![Parent { id: Some(id), service, start_us: self.start_us }];
        for _ in 0..chance.below(7) {
            let from = chance.below(open.len());
            let parent = Parent { id: open[from].id.clone(), ..open[from] };
            open.extend(self.step(&parent, chance));
        }
    }

    /// One more step of the trace below a span; what may be called from next.
    fn step(&mut self, parent: &Parent, chance: &mut Chance) -> Option<Parent> {
        let start_us = parent.start_us + 100 + chance.below(20_000) as u64;
        let (id, service) = (span_id(chance), chance.below(SERVICES.len()));
        let next = |id: String, service| Some(Parent { id: Some(id), service, start_us });
        match chance.below(8) {
            // Both halves under one id, as B3 does.
            0..=1 => {
                self.client(&id, parent, service, start_us, chance);
                let mut server = self.span(&id, parent.id.as_deref(), Some("SERVER"), service, start_us + 50, chance);
                server["shared"] = json!(true);
                self.spans.push(server);
                next(id, service)
            }
            // The server half is a child, as W3C does.
            2..=3 => {
                self.client(&id, parent, service, start_us, chance);
                let below = span_id(chance);
                let server = self.span(&below, Some(&id), Some("SERVER"), service, start_us + 50, chance);
                self.spans.push(server);
                next(below, service)
            }
            // The other side reports nothing.
            4 => {
                self.client(&id, parent, service, start_us, chance);
                None
            }
            // The caller reports nothing.
            5 => {
                let mut server = self.span(&id, parent.id.as_deref(), Some("SERVER"), service, start_us, chance);
                server["remoteEndpoint"] = endpoint(chance.below(SERVICES.len()), chance);
                self.spans.push(server);
                next(id, service)
            }
            6 => self.message(id, parent, service, start_us, chance),
            _ => {
                let mut local = self.span(&id, parent.id.as_deref(), None, parent.service, start_us, chance);
                if chance.happens(0.3) {
                    local["remoteEndpoint"] = endpoint(service, chance);
                }
                self.spans.push(local);
                next(id, parent.service)
            }
        }
    }

    fn client(&mut self, id: &str, parent: &Parent, other: usize, start_us: u64, chance: &mut Chance) {
        let mut client = self.span(id, parent.id.as_deref(), Some("CLIENT"), parent.service, start_us, chance);
        if chance.happens(0.6) {
            client["remoteEndpoint"] = endpoint(other, chance);
        }
        self.spans.push(client);
    }

    fn message(
        &mut self,
        id: String,
        parent: &Parent,
        service: usize,
        start_us: u64,
        chance: &mut Chance,
    ) -> Option<Parent> {
        let mut producer = self.span(&id, parent.id.as_deref(), Some("PRODUCER"), parent.service, start_us, chance);
        let broker = json!({"serviceName": "kafka"});
        producer["remoteEndpoint"] = broker.clone();
        self.spans.push(producer);
        if chance.happens(0.3) {
            return None;
        }
        let below = span_id(chance);
        let mut consumer = self.span(&below, Some(&id), Some("CONSUMER"), service, start_us + 5_000, chance);
        if chance.happens(0.8) {
            consumer["remoteEndpoint"] = broker;
        }
        self.spans.push(consumer);
        Some(Parent { id: Some(below), service, start_us: start_us + 5_000 })
    }

    fn span(
        &self,
        id: &str,
        parent: Option<&str>,
        kind: Option<&str>,
        service: usize,
        start_us: u64,
        chance: &mut Chance,
    ) -> Value {
        let mut span = Map::new();
        span.insert("traceId".to_owned(), json!(self.id));
        span.insert("id".to_owned(), json!(id));
        parent.map(|parent| span.insert("parentId".to_owned(), json!(parent)));
        kind.map(|kind| span.insert("kind".to_owned(), json!(kind)));
        if chance.happens(0.95) {
            span.insert("name".to_owned(), json!(pick(&OPERATIONS, chance)));
        }
        span.insert("timestamp".to_owned(), json!(start_us));
        if chance.happens(0.93) {
            span.insert("duration".to_owned(), json!(1 + chance.below(250_000)));
        }
        span.insert("localEndpoint".to_owned(), endpoint(service, chance));
        if chance.happens(0.3) {
            span.insert("annotations".to_owned(), annotations(start_us, chance));
        }
        if chance.happens(0.7) {
            span.insert("tags".to_owned(), tags(chance));
        }
        if chance.happens(0.03) {
            span.insert("debug".to_owned(), json!(true));
        }
        Value::Object(span)
    }

    /// What goes wrong on the way: lost and repeated spans, parts without time or service.
    fn spoil(&mut self, chance: &mut Chance) {
        if chance.happens(0.05) && self.spans.len() > 1 {
            self.spans.remove(0);
        }
        if chance.happens(0.05) && self.spans.len() > 2 {
            let at = chance.below(self.spans.len());
            self.spans.remove(at);
        }
        for at in 0..self.spans.len() {
            let span = &mut self.spans[at];
            if chance.happens(0.02)
                && let Some(fields) = span.as_object_mut()
            {
                let field = pick(&["timestamp", "localEndpoint", "parentId", "kind"], chance);
                fields.remove(field);
            }
            if chance.happens(0.03) {
                let repeated = self.spans[at].clone();
                self.spans.push(repeated);
            }
        }
    }
}

fn span_id(chance: &mut Chance) -> String {
    format!("{:016x}", chance.bits() | 1)
}

fn endpoint(service: usize, chance: &mut Chance) -> Value {
    let mut endpoint = Map::new();
    endpoint.insert("serviceName".to_owned(), json!(SERVICES[service]));
    if chance.happens(0.5) {
        endpoint.insert("ipv4".to_owned(), json!(format!("10.0.{service}.{}", chance.below(3))));
    }
    if chance.happens(0.2) {
        let ipv6 = pick(&["2001:db8::c001", "2001:0DB8:0:0:0:0:0:1", "::1", "::ffff:10.1.2.3", "fe80::1%eth0"], chance);
        endpoint.insert("ipv6".to_owned(), json!(ipv6));
    }
    if chance.happens(0.5) {
        endpoint.insert("port".to_owned(), json!(pick(&[0, 80, 8080, 65_535], chance)));
    }
    Value::Object(endpoint)
}

fn annotations(start_us: u64, chance: &mut Chance) -> Value {
    let list = (0..1 + chance.below(3))
        .map(|_| json!({"timestamp": start_us + chance.below(5) as u64, "value": pick(&EVENTS, chance)}));
    Value::Array(list.collect())
}

fn tags(chance: &mut Chance) -> Value {
    let mut tags = Map::new();
    for (key, values) in TAGS {
        if chance.happens(0.25) {
            tags.insert(key.to_owned(), json!(pick(values, chance)));
        }
    }
    Value::Object(tags)
}
