//! One trace: a request through the system, with its calls, statements and messages.

use super::super::chance::Chance;
use super::system::{DATABASES, N_INSTANCES, RESOURCES, SERVICES, System};
use super::{Draw, Endpoint, Kind, Part, Span, Text, fixed};

/// Time between two traces' starts on average, microseconds: 10 000 spans a second.
pub const TRACE_EVERY_US: f64 = 1e6 * SPANS_PER_TRACE_MEAN / 10_000.0;
/// What the shares below come to.
const SPANS_PER_TRACE_MEAN: f64 = 16.5;
/// Spans of one trace at least and at most.
const SPANS_MIN: usize = 5;
const SPANS_MAX: usize = 40;
/// Share of requests that fail at the server, and of those that the caller got wrong.
const FAILED_SHARE: f64 = 0.005;
const WRONG_SHARE: f64 = 0.02;
/// Spread of durations: sigma of the log-normal distribution.
const DURATION_SIGMA: f64 = 0.6;
/// Where instances run.
const ZONES: [&str; 3] = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
/// What statements are called.
const STATEMENT_NAMES: [&str; 6] = ["query", "select", "get", "execute", "fetch", "find"];

/// Makes traces.
pub struct Maker<'a> {
    system: &'a System,
    shares_ids: bool,
    next_id: u32,
}

/// One request on its way: what is the same for all its spans.
struct Request<'a> {
    trace: u32,
    budget: usize,
    spans: Vec<Span>,
    chance: &'a mut Chance,
}

/// An instance of a service.
#[derive(Clone, Copy)]
struct At {
    service: usize,
    instance: usize,
}

/// Who calls: an instance and the span it is in.
#[derive(Clone, Copy)]
struct Caller {
    at: At,
    parent: u32,
}

impl<'a> Maker<'a> {
    /// A maker whose ids begin at 0.
    pub fn new(system: &'a System, shares_ids: bool) -> Maker<'a> {
        Maker { system, shares_ids, next_id: 0 }
    }

    /// The spans of a trace that starts at `start_us`, in no order that matters.
    pub fn trace(&mut self, trace: u32, start_us: u64, chance: &mut Chance) -> Vec<Span> {
        let budget = SPANS_MIN + (chance.share() * (SPANS_MAX + 1 - SPANS_MIN) as f64) as usize;
        let mut request = Request { trace, budget, spans: Vec::new(), chance };
        let (service, operation) = (request.chance.below(3), request.chance.zipf_below(RESOURCES.len(), 0.99));
        let mut end_us = self.call(&mut request, None, service, operation, start_us);
        let root = &request.spans[0];
        let caller = Caller { at: At { service, instance: root.reporter % N_INSTANCES }, parent: root.id };
        while request.spans.len() < SPANS_MIN {
            end_us = self.call(&mut request, Some(caller), service + 3, operation, end_us);
        }
        request.spans[0].duration_us = end_us - start_us;
        request.spans
    }

    /// A call of an operation with both halves and everything below; returns when it ended.
    fn call(
        &mut self,
        request: &mut Request<'_>,
        caller: Option<Caller>,
        service: usize,
        operation: usize,
        start_us: u64,
    ) -> u64 {
        let system = self.system;
        let what = &system.services[service].operations[operation];
        let at = At { service, instance: request.chance.below(N_INSTANCES) };
        let alone_us = request.chance.log_normal(what.median_us, DURATION_SIGMA).max(20.0) as u64;
        let exchange = Exchange::new(service, what, request.chance);

        let client = caller.map(|caller| {
            let id = self.id();
            let span = client_half(system, request, caller, at, id, &exchange, start_us, alone_us);
            request.spans.push(span);
            (request.spans.len() - 1, id)
        });
        let joins = self.shares_ids && system.services[service].joins;
        let (id, parent, shared) = match (client, caller) {
            (Some((_, client_id)), Some(caller)) if joins => (client_id, Some(caller.parent), true),
            (Some((_, client_id)), _) => (self.id(), Some(client_id), false),
            (None, _) => (self.id(), None, false),
        };
        let arrived_us = start_us + if client.is_some() { 100 + request.chance.below(900) as u64 } else { 0 };
        let server = request.spans.len();
        let mut span = server_half(system, request, caller, at, &exchange, arrived_us, alone_us);
        (span.id, span.parent, span.shared) = (id, parent, shared);
        request.spans.push(span);

        let below_us = self.work(request, at, operation, id, arrived_us + alone_us / 4);
        let end_us = below_us.max(arrived_us + alone_us);
        request.spans[server].duration_us = end_us - arrived_us;
        if let Some((client, _)) = client {
            request.spans[client].duration_us = end_us - start_us + 150;
        }
        end_us
    }

    /// What an operation asks of others, one after the other; returns when the last answered.
    fn work(&mut self, request: &mut Request<'_>, at: At, operation: usize, parent: u32, start_us: u64) -> u64 {
        let what = &self.system.services[at.service].operations[operation];
        let mut now_us = start_us;
        for (statement, share) in &what.statements {
            if request.spans.len() < request.budget && request.chance.happens(*share) {
                now_us += self.query(request, at, *statement, parent, now_us) + 30;
            }
        }
        for call in &what.calls {
            if request.spans.len() + 2 <= request.budget && request.chance.happens(call.share) {
                let caller = Caller { at, parent };
                now_us = self.call(request, Some(caller), call.service, call.operation, now_us) + 50;
            }
        }
        if request.spans.len() < request.budget && request.chance.happens(0.12) {
            self.publish(request, at, operation, parent, now_us);
            now_us += 1_000;
        }
        now_us
    }

    /// A statement to the service's database; returns how long it took.
    fn query(&mut self, request: &mut Request<'_>, at: At, statement: usize, parent: u32, start_us: u64) -> u64 {
        let database = self.system.services[at.service].database;
        let (kind, host, port) = DATABASES[database];
        let duration_us = request.chance.log_normal(400.0, DURATION_SIGMA).max(20.0) as u64;
        let mut tags = vec![
            ("db.system", fixed(kind)),
            ("db.statement", fixed(self.system.statements[database][statement].clone())),
            ("db.name", fixed(host)),
        ];
        tags.extend(instance_tags(self.system, at));
        if request.chance.happens(0.3) {
            tags.push(("db.rows", fixed(request.chance.below(200).to_string())));
        }
        let mut span = request.span(self.system, at, Kind::Client, start_us, duration_us);
        (span.id, span.parent) = (self.id(), Some(parent));
        span.name = fixed(STATEMENT_NAMES[statement]);
        span.remote = Some(Endpoint { service: Some(host), ip: 0x0a64_0000 + database as u32, port });
        span.tags = tags;
        request.spans.push(span);
        duration_us
    }

    /// A message to a topic and, as far as the budget goes, its consumer.
    fn publish(&mut self, request: &mut Request<'_>, at: At, operation: usize, parent: u32, start_us: u64) {
        let id = self.id();
        let span = self.message(request, at, Kind::Producer, operation, start_us);
        request.spans.push(Span { id, parent: Some(parent), ..span });
        if request.spans.len() < request.budget {
            let consumer = At { service: 13 + operation % 7, instance: request.chance.below(N_INSTANCES) };
            let taken_us = start_us + 2_000 + request.chance.below(50_000) as u64;
            let span = self.message(request, consumer, Kind::Consumer, operation, taken_us);
            request.spans.push(Span { id: self.id(), parent: Some(id), ..span });
        }
    }

    fn message(&self, request: &mut Request<'_>, at: At, kind: Kind, operation: usize, start_us: u64) -> Span {
        let mut span = request.span(self.system, at, kind, start_us, 900);
        span.name = fixed(if kind == Kind::Producer { "send" } else { "receive" });
        span.remote = Some(Endpoint { service: Some("kafka"), ..Endpoint::default() });
        span.tags = vec![
            ("messaging.system", fixed("kafka")),
            ("messaging.destination", fixed(RESOURCES[operation])),
            ("messaging.message_id", vec![Part::Drawn(Draw::Hex(12))]),
        ];
        span.tags.extend(instance_tags(self.system, at));
        span
    }

    fn id(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id - 1
    }
}

/// What both halves of a call say of it.
struct Exchange {
    name: String,
    method: &'static str,
    path: Text,
    status: &'static str,
    failed: bool,
}

impl Exchange {
    fn new(service: usize, what: &super::system::Operation, chance: &mut Chance) -> Exchange {
        let failed = chance.happens(FAILED_SHARE);
        let status = if failed {
            *chance.one_of(&["500", "503"])
        } else if chance.happens(WRONG_SHARE) {
            *chance.one_of(&["400", "404"])
        } else if what.method == "POST" {
            "201"
        } else {
            "200"
        };
        // Every fourth service reports its route instead of the path.
        let path = if what.has_id && service % 4 != 3 {
            vec![Part::Fixed(format!("{}/", what.path).into()), Part::Drawn(Draw::Zipf)]
        } else {
            fixed(what.path.clone())
        };
        Exchange { name: what.name.clone(), method: what.method, path, status, failed }
    }

    fn tags(&self) -> Vec<(&'static str, Text)> {
        vec![
            ("http.method", fixed(self.method)),
            ("http.path", self.path.clone()),
            ("http.status_code", fixed(self.status)),
        ]
    }
}

impl Request<'_> {
    /// A span without id, name and tags.
    fn span(&self, system: &System, at: At, kind: Kind, start_us: u64, duration_us: u64) -> Span {
        let service = &system.services[at.service];
        Span {
            trace: self.trace,
            id: 0,
            parent: None,
            kind,
            shared: false,
            name: Vec::new(),
            start_us,
            duration_us,
            reporter: at.service * N_INSTANCES + at.instance,
            local: Endpoint {
                service: Some(SERVICES[at.service]),
                ip: service.instances[at.instance].ip,
                port: if kind == Kind::Server { 8080 } else { 0 },
            },
            remote: None,
            tags: Vec::new(),
            events: Vec::new(),
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one call, told from both sides")]
fn client_half(
    system: &System,
    request: &mut Request<'_>,
    caller: Caller,
    to: At,
    id: u32,
    exchange: &Exchange,
    start_us: u64,
    alone_us: u64,
) -> Span {
    let mut span = request.span(system, caller.at, Kind::Client, start_us, 0);
    (span.id, span.parent) = (id, Some(caller.parent));
    span.name = fixed(exchange.name.clone());
    span.tags = exchange.tags();
    span.tags.extend(instance_tags(system, caller.at));
    if request.chance.happens(0.1) {
        span.tags.push(("http.request_id", vec![Part::Drawn(Draw::Hex(16)), Part::Drawn(Draw::Hex(16))]));
    }
    if exchange.failed {
        span.tags.push(("error", fixed("upstream request failed: 5xx from server")));
    }
    if request.chance.happens(0.04) {
        span.events = vec![(start_us + 10, "ws"), (start_us + alone_us, "wr")];
    }
    if request.chance.happens(0.5) {
        let ip = system.services[to.service].instances[to.instance].ip;
        span.remote = Some(Endpoint { service: Some(SERVICES[to.service]), ip, port: 8080 });
    }
    span
}

fn server_half(
    system: &System,
    request: &mut Request<'_>,
    caller: Option<Caller>,
    at: At,
    exchange: &Exchange,
    start_us: u64,
    alone_us: u64,
) -> Span {
    let mut span = request.span(system, at, Kind::Server, start_us, 0);
    span.name = fixed(exchange.name.clone());
    span.tags = exchange.tags();
    span.tags.extend(instance_tags(system, at));
    span.tags.push(("deployment.environment", fixed("production")));
    span.tags.push(("cloud.zone", fixed(ZONES[at.instance % ZONES.len()])));
    if request.chance.happens(0.15) {
        span.tags.push(("user.id", vec![Part::Fixed("u-".into()), Part::Drawn(Draw::Zipf)]));
    }
    if exchange.failed {
        let trace = format!(
            "java.lang.IllegalStateException: backend {0} returned \"unavailable\"\n\tat com.acme.{0}.Handler.call(Handler.java:41)",
            SERVICES[at.service]
        );
        span.tags.push(("error", fixed(trace)));
        span.events = vec![(start_us + alone_us / 2, "exception")];
    }
    let peer_ip = match caller {
        Some(caller) => system.services[caller.at.service].instances[caller.at.instance].ip,
        None => 0xc0a8_0000 + request.chance.below(60_000) as u32,
    };
    if caller.is_none() || request.chance.happens(0.4) {
        let port = 30_000 + request.chance.below(30_000) as u16;
        span.remote = Some(Endpoint { service: None, ip: peer_ip, port });
    }
    span
}

fn instance_tags(system: &System, at: At) -> [(&'static str, Text); 2] {
    let service = &system.services[at.service];
    [
        ("instance.id", fixed(service.instances[at.instance].name.clone())),
        ("service.version", fixed(service.version.clone())),
    ]
}
