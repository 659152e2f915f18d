//! The workload: traces through twenty services, and the spans of each service in the batches its
//! reporter would send.
//!
//! Made once by seed as a *round*: some hundred traces whose spans are spread over all batches. Sending a
//! round again with other ids and times (see `body`) is the next hundred traces.

use super::chance::Chance;

/// Services.
const N_SERVICES: usize = 20;
/// Operations of each.
const N_OPERATIONS: usize = 10;
/// Instances of each; every instance reports for itself.
const N_INSTANCES: usize = 2;
/// Time between two traces' starts, microseconds.
const TRACE_EVERY_US: u64 = 1_000;
/// Users behind the paths.
const N_USERS: usize = 100_000;
/// Calls below one another at most.
const DEPTH_MAX: usize = 4;
/// Spans of one trace at most.
const SPANS_PER_TRACE_MAX: usize = 40;

/// A span of the round. Ids are places in the round.
#[derive(Clone, Debug)]
pub struct Span {
    /// Trace, from 0.
    pub trace: u32,
    /// Id: halves of a shared span have the same.
    pub id: u32,
    /// Parent's id.
    pub parent: Option<u32>,
    /// Role.
    pub kind: Kind,
    /// Whether it joins the caller's id.
    pub shared: bool,
    /// Operation.
    pub name: String,
    /// Start within the round, microseconds.
    pub start_us: u64,
    /// Duration, microseconds.
    pub duration_us: u64,
    /// Who is on the other side, if known.
    pub remote: Option<String>,
    /// Tags.
    pub tags: Vec<(&'static str, Tag)>,
}

/// Role of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The calling side.
    Client,
    /// The answering side.
    Server,
}

/// A tag's value.
#[derive(Clone, Debug)]
pub enum Tag {
    /// The same each round.
    Text(String),
    /// A path with a user's number in it, drawn again each round.
    UserPath(String),
    /// Sixteen hex digits, drawn again each round.
    Unique,
}

/// What one instance of a service sends in one message.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The service.
    pub service: String,
    /// Its address's last two bytes.
    pub address: (u8, u8),
    /// The spans.
    pub spans: Vec<Span>,
}

/// A round: messages in the order they are sent.
#[derive(Debug)]
pub struct Round {
    /// The messages.
    pub batches: Vec<Batch>,
}

/// Makes a round of `n_traces` traces, sent in messages of at most `spans_per_batch` spans.
pub fn round(seed: u64, n_traces: u32, spans_per_batch: usize) -> Round {
    let reporters = vec![Vec::new(); N_SERVICES * N_INSTANCES];
    let mut maker = Maker { chance: Chance::new(seed), reporters, next_id: 0, budget: 0 };
    for trace in 0..n_traces {
        maker.budget = SPANS_PER_TRACE_MAX;
        let place = Place { trace, service: maker.chance.skewed_below(4), depth: 0 };
        maker.call(place, None, u64::from(trace) * TRACE_EVERY_US);
    }
    let mut batches = Vec::new();
    for (reporter, mut spans) in maker.reporters.into_iter().enumerate() {
        let (service, instance) = (reporter / N_INSTANCES, reporter % N_INSTANCES);
        // A span is reported when it ends.
        spans.sort_by_key(|span| span.start_us + span.duration_us);
        batches.extend(spans.chunks(spans_per_batch).map(|spans| Batch {
            service: name(service),
            address: (service as u8, instance as u8 + 10),
            spans: spans.to_vec(),
        }));
    }
    batches.sort_by_key(|batch| batch.spans.last().map(|span| span.start_us + span.duration_us));
    Round { batches }
}

/// Where a call is.
#[derive(Clone, Copy)]
struct Place {
    trace: u32,
    service: usize,
    depth: usize,
}

struct Maker {
    chance: Chance,
    /// Spans by service and instance.
    reporters: Vec<Vec<Span>>,
    next_id: u32,
    /// Spans that the trace may still have.
    budget: usize,
}

impl Maker {
    /// One call of a service and everything below it; returns its duration. `caller` is the client span's
    /// id and whether this side joins it.
    fn call(&mut self, place: Place, caller: Option<(u32, bool)>, start_us: u64) -> u64 {
        self.budget = self.budget.saturating_sub(1);
        let operation = self.chance.skewed_below(N_OPERATIONS);
        let instance = self.chance.below(N_INSTANCES);
        let (id, parent, shared) = match caller {
            Some((client, true)) => (client, None, true),
            Some((client, false)) => (self.id(), Some(client), false),
            None => (self.id(), None, false),
        };
        let mut duration_us = 300 + self.chance.below(4_000) as u64;
        let n_calls = if place.depth >= DEPTH_MAX { 0 } else { 1 + self.chance.below(3) };
        for _ in 0..n_calls {
            if self.budget >= 3 {
                duration_us += self.call_out(place, instance, id, start_us + duration_us);
            }
        }
        let span = Span {
            trace: place.trace,
            id,
            parent,
            kind: Kind::Server,
            shared,
            name: operation_name(place.service, operation),
            start_us,
            duration_us,
            remote: None,
            tags: self.tags(place.service, operation, instance),
        };
        self.reporters[place.service * N_INSTANCES + instance].push(span);
        duration_us
    }

    /// A client span and, unless it goes to a database, the call it makes; returns its duration.
    fn call_out(&mut self, place: Place, instance: usize, parent: u32, start_us: u64) -> u64 {
        self.budget = self.budget.saturating_sub(1);
        let Place { trace, service, depth } = place;
        let id = self.id();
        let to_database = service + 1 >= N_SERVICES || self.chance.share() < 0.35;
        let (name, remote, tags, duration_us) = if to_database {
            let statement = format!("select * from orders_{} where user_id = ?", service % 4);
            let mut tags =
                vec![("db.system", Tag::Text("postgresql".to_owned())), ("db.statement", Tag::Text(statement))];
            tags.extend(host_tags(service, instance));
            ("query".to_owned(), format!("orders-db-{}", service % 4), tags, 200 + self.chance.below(3_000) as u64)
        } else {
            let target = service + 1 + self.chance.skewed_below(N_SERVICES - service - 1);
            // Half of the services join the caller's span id, as B3 does; the others make one of their own,
            // as OpenTelemetry does.
            let joins = target.is_multiple_of(2);
            let below = Place { trace, service: target, depth: depth + 1 };
            let below_us = self.call(below, Some((id, joins)), start_us + 150);
            let operation = self.chance.skewed_below(N_OPERATIONS);
            ("get".to_owned(), name(target), self.tags(target, operation, instance), below_us + 300)
        };
        let (kind, parent, shared, remote) = (Kind::Client, Some(parent), false, Some(remote));
        let span = Span { trace, id, parent, kind, shared, name, start_us, duration_us, remote, tags };
        self.reporters[service * N_INSTANCES + instance].push(span);
        duration_us
    }

    fn tags(&mut self, service: usize, operation: usize, instance: usize) -> Vec<(&'static str, Tag)> {
        let text = |text: &str| Tag::Text(text.to_owned());
        let failed = self.chance.share() < 0.01;
        let base = format!("/api/v1/{}/{}", name(service), RESOURCES[operation]);
        let mut tags = vec![
            ("http.method", text(["GET", "GET", "POST", "PUT", "DELETE"][operation % 5])),
            ("http.path", if operation % 3 == 2 { Tag::Text(base) } else { Tag::UserPath(base + "/") }),
            ("http.status_code", text(if failed { "500" } else { "200" })),
        ];
        tags.extend(host_tags(service, instance));
        if failed {
            tags.push(("error", text("upstream request timeout")));
        }
        if self.chance.share() < 0.1 {
            tags.push(("request.id", Tag::Unique));
        }
        tags
    }

    fn id(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id - 1
    }
}

/// What an instance says of itself on each span.
fn host_tags(service: usize, instance: usize) -> [(&'static str, Tag); 3] {
    [
        ("host.name", Tag::Text(format!("{}-{instance}-{:08x}", name(service), service * 7919 + instance))),
        ("region", Tag::Text(["eu-west-1", "us-east-1", "ap-northeast-2"][service % 3].to_owned())),
        ("version", Tag::Text(format!("1.{}.{}", service % 7, instance))),
    ]
}

/// Two objectives for each service, availability and latency, so that every server span is counted twice.
pub fn definitions() -> String {
    let mut yaml = String::new();
    for service in NAMES {
        for (what, good) in [("availability", "!error"), ("latency", "duration<5ms")] {
            let total = format!("service={service} kind=server");
            yaml += &format!(
                "---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: {service}-{what} }}\nspec:\n  \
                 service: {service}\n  indicator:\n    metadata: {{ name: {service}-{what} }}\n    spec:\n      \
                 ratioMetric:\n        counter: true\n        \
                 good:  {{ metricSource: {{ type: spans, spec: {{ where: '{total} {good}' }} }} }}\n        \
                 total: {{ metricSource: {{ type: spans, spec: {{ where: '{total}' }} }} }}\n  \
                 timeWindow: [ {{ duration: 28d, isRolling: true }} ]\n  budgetingMethod: Occurrences\n  \
                 objectives: [ {{ target: 0.99 }} ]\n"
            );
        }
    }
    yaml
}

/// A user's number, six digits.
pub fn user(chance: &mut Chance) -> u64 {
    100_000 + chance.skewed_below(N_USERS) as u64
}

fn name(service: usize) -> String {
    NAMES[service % NAMES.len()].to_owned()
}

fn operation_name(service: usize, operation: usize) -> String {
    format!("get /api/v1/{}/{}/{{id}}", NAMES[service % NAMES.len()], RESOURCES[operation])
}

const NAMES: [&str; N_SERVICES] = [
    "web",
    "api",
    "checkout",
    "cart",
    "catalog",
    "payment",
    "user-profile",
    "auth",
    "inventory",
    "search",
    "rank",
    "shipping",
    "pricing",
    "notification",
    "mail",
    "ads",
    "currency",
    "fraud",
    "history",
    "images",
];
const RESOURCES: [&str; N_OPERATIONS] =
    ["orders", "items", "users", "sessions", "prices", "quotes", "products", "events", "tokens", "reviews"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_the_same_each_time_and_its_traces_hang_together() {
        let round = round(7, 500, 80);
        assert_eq!(format!("{round:?}"), format!("{:?}", super::round(7, 500, 80)));
        let spans: Vec<&Span> = round.batches.iter().flat_map(|batch| &batch.spans).collect();
        let (per_trace, per_batch) = (spans.len() / 500, spans.len() / round.batches.len());
        assert!((10..25).contains(&per_trace), "{per_trace} spans a trace");
        assert!((60..=80).contains(&per_batch), "{per_batch} spans a message");
        let tags = spans.iter().map(|span| span.tags.len()).sum::<usize>() as f64 / spans.len() as f64;
        assert!((3.0..7.0).contains(&tags), "{tags} tags a span");
        assert!(spans.iter().any(|span| span.shared) && spans.iter().any(|span| span.parent.is_some()));
        let ids: std::collections::BTreeSet<u32> = spans.iter().map(|span| span.id).collect();
        assert!(spans.iter().all(|span| span.parent.is_none_or(|parent| ids.contains(&parent))));
    }
}
