//! Traces through twenty services as the messages of their reporters, in three moods.

use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Kind, Span, Value, zipkin};

/// How kind the data is to a store.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Well-named operations, six tags, mostly with few values.
    Std,
    /// Four more tags whose values never repeat, or seldom.
    Hard,
    /// 50 000 operations, four tags that every other span has, keys in any order.
    Wild,
}

const N_SERVICES: usize = 20;
const N_OPERATIONS: usize = 10;
const N_INSTANCES: usize = 5;
const SPANS_PER_MESSAGE: usize = 82;
const SPANS_PER_TRACE_MAX: usize = 40;
const RESOURCES: [&str; N_OPERATIONS] =
    ["orders", "items", "users", "sessions", "prices", "quotes", "products", "events", "tokens", "reviews"];

/// Messages in Zipkin's JSON, in the order sent, of `n_spans` spans or a few more.
pub fn messages(mood: Mood, n_spans: usize) -> Vec<Vec<u8>> {
    let mut maker =
        Maker { mood, bits: 42, reporters: vec![Vec::new(); N_SERVICES * N_INSTANCES], messages: Vec::new() };
    let (mut n_made, mut now_us) = (0, 1_790_000_000_000_000);
    while n_made < n_spans {
        now_us += 1_600;
        let trace = TraceId(u128::from(maker.draw()) << 64 | u128::from(maker.draw()));
        let mut budget = SPANS_PER_TRACE_MAX;
        let service = maker.skewed(4);
        maker.serve(trace, service, None, now_us, &mut budget);
        n_made += SPANS_PER_TRACE_MAX - budget;
    }
    (0..maker.reporters.len()).for_each(|reporter| maker.send(reporter));
    maker.messages
}

struct Maker {
    mood: Mood,
    bits: u64,
    reporters: Vec<Vec<Span>>,
    messages: Vec<Vec<u8>>,
}

impl Maker {
    fn draw(&mut self) -> u64 {
        self.bits = self.bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (self.bits ^ self.bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ word >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.draw() % end as u64) as usize
    }

    /// Small numbers far more often, as users and operations are.
    fn skewed(&mut self, end: usize) -> usize {
        let share = self.below(1 << 20) as f64 / (1 << 20) as f64;
        (share * share * share * end as f64) as usize
    }

    /// One call of a service and all below it; returns its duration.
    fn serve(
        &mut self,
        trace: TraceId,
        service: usize,
        caller: Option<SpanId>,
        start_us: u64,
        budget: &mut usize,
    ) -> u64 {
        *budget = budget.saturating_sub(1);
        let (operation, instance) = (self.skewed(N_OPERATIONS), self.below(N_INSTANCES));
        let joins = service.is_multiple_of(2) && caller.is_some();
        let id = caller.filter(|_| joins).unwrap_or(SpanId(self.draw() | 1));
        let mut duration_us = 300 + self.below(4_000) as u64;
        for _ in 0..self.below(5) {
            if *budget >= 3 {
                duration_us += self.call_out(trace, service, instance, id, start_us + duration_us, budget);
            }
        }
        let mut span = self.span(trace, id, caller.filter(|_| !joins), Kind::Server, service, instance);
        span.shared = joins;
        span.name = self.name(service, operation);
        (span.start, span.duration) = (FineMicros::from_us(start_us), FineMicros::from_us(duration_us));
        span.tags = self.http_tags(service, operation, instance);
        self.report(service * N_INSTANCES + instance, span);
        duration_us
    }

    fn call_out(
        &mut self,
        trace: TraceId,
        service: usize,
        instance: usize,
        parent: SpanId,
        start_us: u64,
        budget: &mut usize,
    ) -> u64 {
        *budget = budget.saturating_sub(1);
        let id = SpanId(self.draw() | 1);
        let mut span = self.span(trace, id, Some(parent), Kind::Client, service, instance);
        let duration_us;
        if service + 1 >= N_SERVICES || self.below(3) == 0 {
            duration_us = 200 + self.below(3_000) as u64;
            let table = RESOURCES[self.below(6)];
            let statement = format!("SELECT id, status, total FROM {table} WHERE user_id = ? ORDER BY created_at");
            span.tags = vec![tag("db.system", "postgresql"), tag("db.statement", &statement)];
            self.host_tags(service, instance, &mut span.tags);
            span.name = "query".to_owned();
            span.remote.service = format!("orders-db-{}", service % 4);
        } else {
            let target = service + 1 + self.skewed(N_SERVICES - service - 1);
            let operation = self.skewed(N_OPERATIONS);
            duration_us = 300 + self.serve(trace, target, Some(id), start_us + 150, budget);
            span.tags = self.http_tags(target, operation, instance);
            span.name = self.name(target, operation);
            span.remote.service = service_name(target);
        }
        (span.start, span.duration) = (FineMicros::from_us(start_us), FineMicros::from_us(duration_us));
        self.report(service * N_INSTANCES + instance, span);
        duration_us
    }

    fn span(
        &mut self,
        trace: TraceId,
        id: SpanId,
        parent: Option<SpanId>,
        kind: Kind,
        service: usize,
        instance: usize,
    ) -> Span {
        let address = [10, 0, service as u8, instance as u8 + 10];
        let local =
            Endpoint { service: service_name(service), ipv4: Some(address.into()), port: 8080, ..Endpoint::default() };
        Span { trace_id: trace, id, parent_id: parent, kind, local, ..Span::default() }
    }

    fn name(&mut self, service: usize, operation: usize) -> String {
        match self.mood {
            Mood::Wild => format!("get /api/v1/{}/{}", service_name(service), self.below(2_500)),
            _ => format!("get /api/v1/{}/{}/{{id}}", service_name(service), RESOURCES[operation]),
        }
    }

    fn http_tags(&mut self, service: usize, operation: usize, instance: usize) -> Vec<(String, Value)> {
        let failed = self.below(100) == 0;
        let base = format!("/api/v1/{}/{}", service_name(service), RESOURCES[operation]);
        let path = if operation % 3 == 2 { base } else { format!("{base}/{}", 100_000 + self.skewed(100_000)) };
        let mut tags = vec![
            tag("http.method", ["GET", "GET", "POST", "PUT", "DELETE"][operation % 5]),
            tag("http.path", &path),
            tag("http.status_code", if failed { "500" } else { "200" }),
        ];
        self.host_tags(service, instance, &mut tags);
        if failed {
            tags.push(tag("error", "upstream request timeout"));
        }
        if self.below(10) == 0 {
            tags.push(tag("request.id", &format!("{:016x}", self.draw())));
        }
        tags
    }

    fn host_tags(&mut self, service: usize, instance: usize, tags: &mut Vec<(String, Value)>) {
        tags.push(tag("host.name", &format!("{}-{instance}-{:08x}", service_name(service), service * 7919 + instance)));
        tags.push(tag("region", ["eu-west-1", "us-east-1", "ap-northeast-2"][service % 3]));
        tags.push(tag("version", &format!("v1.{}.{instance}", service % 7)));
        if self.mood == Mood::Hard {
            let cursor = format!("{:016x}{:016x}", self.draw(), self.draw());
            tags.push(tag("cursor", &cursor));
            let peer = self.draw().to_be_bytes();
            tags.push(tag("peer", &format!("{}.{}.{}.{}", peer[0], peer[1], peer[2], peer[3])));
            tags.push(tag("size", &self.below(1 << 20).to_string()));
            tags.push(tag("tenant", &format!("tenant-{}", self.skewed(5_000))));
        }
        if self.mood == Mood::Wild {
            for key in ["cache.hit", "experiment", "retry", "zone"] {
                if self.below(2) == 0 {
                    tags.push(tag(key, ["a", "b", "c"][self.below(3)]));
                }
            }
        }
    }

    fn report(&mut self, reporter: usize, mut span: Span) {
        if self.mood == Mood::Wild {
            for at in (1..span.tags.len()).rev() {
                let other = self.below(at + 1);
                span.tags.swap(at, other);
            }
        }
        self.reporters[reporter].push(span);
        if self.reporters[reporter].len() == SPANS_PER_MESSAGE {
            self.send(reporter);
        }
    }

    fn send(&mut self, reporter: usize) {
        let spans = std::mem::take(&mut self.reporters[reporter]);
        if spans.is_empty() {
            return;
        }
        let mut body = Vec::new();
        zipkin::json_v2::write_list(&spans, &mut body);
        self.messages.push(body);
    }
}

fn service_name(service: usize) -> String {
    format!("service-{service:02}")
}

fn tag(key: &str, value: &str) -> (String, Value) {
    (key.to_owned(), Value::Str(value.to_owned()))
}
