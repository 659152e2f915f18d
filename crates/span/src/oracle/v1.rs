//! Zipkin's spans of version 1, and what they are in version 2: the rules once more, over owned values and
//! in the order of the rules instead of the annotations.

use crate::{Endpoint, Event, Kind, Span, Value};
use nines_base::{FineMicros, SpanId, TraceId};
use std::collections::{BTreeMap, BTreeSet};

/// A span of version 1. Times of 0 are none.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the names are the formats'")]
pub struct Sent {
    pub trace_id: u128,
    pub id: u64,
    pub parent_id: u64,
    pub name: String,
    pub timestamp: i64,
    pub duration: i64,
    pub debug: bool,
    /// Time, value, endpoint.
    pub annotations: Vec<(i64, String, Endpoint)>,
    /// Key, value (none for an address), endpoint.
    pub binary_annotations: Vec<(String, Option<String>, Endpoint)>,
}

/// A time and the place in the list of its reporter.
type End = Option<(i64, usize)>;

#[derive(Clone, Default)]
struct Half {
    kind: Kind,
    start: i64,
    duration: i64,
    local: Endpoint,
    remote: Endpoint,
    shared: bool,
    tags: BTreeMap<String, String>,
    events: BTreeSet<(FineMicros, String)>,
}

/// The halves that services name, in order; the first may have no name yet.
#[derive(Default)]
struct Parts {
    halves: Vec<Half>,
    places: BTreeMap<String, usize>,
}

impl Parts {
    fn place(&mut self, endpoint: &Endpoint) -> usize {
        if endpoint.is_empty() {
            return 0;
        }
        if self.places.is_empty() {
            self.halves[0].local = endpoint.clone();
            self.places.insert(endpoint.service.to_lowercase(), 0);
            return 0;
        }
        let next = self.halves.len();
        let place = *self.places.entry(endpoint.service.to_lowercase()).or_insert(next);
        if place == next {
            self.halves.push(Half { local: endpoint.clone(), ..Half::default() });
        }
        place
    }

    /// One more half for a service that has one.
    fn fork(&mut self, local: Option<Endpoint>, kind: Kind) -> usize {
        self.halves.push(Half { local: local.unwrap_or_default(), kind, ..Half::default() });
        self.halves.len() - 1
    }
}

/// The spans it is. `None` without the ids that it must have.
pub fn convert(sent: &Sent) -> Option<Vec<Span>> {
    if sent.trace_id as u64 == 0 || sent.id == 0 {
        return None;
    }
    let mut parts = Parts { halves: vec![Half::default()], ..Parts::default() };
    let mut annotations = sent.annotations.clone();
    annotations.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let mut ends: BTreeMap<&str, (i64, usize, &Endpoint)> = BTreeMap::new();
    for (time, value, endpoint) in &annotations {
        let place = parts.place(endpoint);
        let known = ["cs", "cr", "sr", "ss", "ms", "mr", "ws", "wr"].into_iter().find(|known| known == value);
        match known {
            Some(name) if !endpoint.is_empty() => {
                ends.insert(name, (*time, place, endpoint));
                parts.halves[place].kind = match name {
                    "cs" | "cr" => Kind::Client,
                    "sr" | "ss" => Kind::Server,
                    "ms" => Kind::Producer,
                    "mr" => Kind::Consumer,
                    _ => parts.halves[place].kind,
                };
            }
            _ => note(&mut parts.halves[place], *time, value),
        }
    }
    let endpoint_of = |names: [&str; 2]| names.iter().find_map(|name| ends.get(name)).map(|end| end.2.clone());
    let (server_endpoint, client_endpoint) = (endpoint_of(["sr", "ss"]), endpoint_of(["cs", "cr"]));
    let end = |name: &str| ends.get(name).map(|(time, place, _)| (*time, *place));
    time_calls(sent, &mut parts, ["cs", "cr", "sr", "ss"].map(end), &server_endpoint);
    time_messages(sent, &mut parts, ["ms", "mr", "ws", "wr"].map(end), &endpoint_of(["mr", "mr"]));
    let addresses = tags(sent, &mut parts);
    let address = |name: &str| addresses.get(name).cloned().unwrap_or_default();
    let [client, server, broker] = ["ca", "sa", "ma"].map(address);
    if server_endpoint.is_none() && client_endpoint.is_none() && !(client.is_empty() && server.is_empty()) {
        let place = if server.is_empty() || client.is_empty() { 0 } else { parts.place(&client) };
        let half = &mut parts.halves[place];
        if server.is_empty() {
            half.kind = Kind::Server;
        }
        half.remote = if server.is_empty() { client } else { server };
    } else {
        if let Some(own) = server_endpoint
            && !client.is_empty()
            && lower(&client) != lower(&own)
        {
            let is_own_name = lower(&client).service == lower(&own).service;
            let service = if is_own_name { String::new() } else { client.service.clone() };
            let place = parts.place(&own);
            parts.halves[place].remote = Endpoint { service, ..client };
        }
        if let Some(own) = client_endpoint
            && !server.is_empty()
        {
            let place = parts.place(&own);
            parts.halves[place].remote = server;
        }
        for (_, place) in [end("ms"), end("mr")].into_iter().flatten().filter(|_| !broker.is_empty()) {
            parts.halves[place].remote = broker.clone();
        }
    }
    Some(parts.halves.into_iter().map(|half| span(sent, half)).collect())
}

fn time_calls(sent: &Sent, parts: &mut Parts, [mut cs, cr, mut sr, ss]: [End; 4], server_endpoint: &Option<Endpoint>) {
    let says_both = sent.timestamp != 0 && sent.duration != 0;
    let reaches = |end: End| says_both && end.is_some_and(|end| sent.timestamp.wrapping_add(sent.duration) == end.0);
    if cs.is_none() && reaches(cr) {
        cs = cr.map(|(_, place)| (sent.timestamp, place));
    }
    if sr.is_none() && reaches(ss) {
        sr = ss.map(|(_, place)| (sent.timestamp, place));
    }
    let halves = &mut parts.halves;
    match (cs, cr, sr, ss) {
        (Some(cs), _, Some(sr), _) => {
            put_time(&mut halves[cs.1], sent, cs, cr);
            let mut server = sr.1;
            if cs.1 == sr.1 {
                halves[cs.1].kind = Kind::Client;
                server = parts.fork(server_endpoint.clone(), Kind::Server);
            }
            let server = &mut parts.halves[server];
            (server.shared, server.start) = (true, sr.0);
            server.duration = ss.map_or(server.duration, |ss| ss.0.wrapping_sub(sr.0));
        }
        (Some(cs), Some(_), None, _) => put_time(&mut halves[cs.1], sent, cs, cr),
        (None, _, Some(sr), Some(_)) => put_time(&mut halves[sr.1], sent, sr, ss),
        _ => {
            for half in halves.iter_mut() {
                let (begin, end, name) = match half.kind {
                    Kind::Client => (cs, cr, "cr"),
                    Kind::Server => (sr, ss, "ss"),
                    _ => continue,
                };
                half.start = begin.map_or(half.start, |begin| begin.0);
                if let Some((time, _)) = end {
                    note(half, time, name);
                }
            }
            if sent.timestamp != 0 {
                (halves[0].start, halves[0].duration) = (sent.timestamp, sent.duration);
            }
        }
    }
    if let (None, Some(sr)) = (cs, sr)
        && (sent.timestamp == 0 || ss.is_some() && sent.duration == 0)
    {
        parts.halves[sr.1].shared = true;
    }
}

fn time_messages(sent: &Sent, parts: &mut Parts, [ms, mr, ws, wr]: [End; 4], consumer_endpoint: &Option<Endpoint>) {
    match (ms, mr) {
        (Some(ms), Some(mr)) => {
            let mut consumer = mr.1;
            if ms.1 == mr.1 {
                parts.halves[ms.1].kind = Kind::Producer;
                consumer = parts.fork(consumer_endpoint.clone(), Kind::Consumer);
            }
            let consumer = &mut parts.halves[consumer];
            (consumer.shared, consumer.start) = (true, wr.map_or(mr.0, |wr| wr.0));
            consumer.duration = wr.map_or(consumer.duration, |wr| mr.0.wrapping_sub(wr.0));
            let producer = &mut parts.halves[ms.1];
            (producer.start, producer.duration) = (ms.0, ws.map_or(0, |ws| ws.0.wrapping_sub(ms.0)));
        }
        (Some(ms), None) => put_time(&mut parts.halves[ms.1], sent, ms, ws),
        (None, Some(mr)) => {
            let begin = wr.unwrap_or(mr);
            put_time(&mut parts.halves[begin.1], sent, begin, wr.and(Some(mr)));
        }
        (None, None) => {
            for (end, name) in [(ws, "ws"), (wr, "wr")] {
                if let Some((time, place)) = end {
                    note(&mut parts.halves[place], time, name);
                }
            }
        }
    }
}

/// The span's own time and duration if it says both, else those between two ends.
fn put_time(half: &mut Half, sent: &Sent, begin: (i64, usize), end: End) {
    if sent.timestamp != 0 && sent.duration != 0 {
        (half.start, half.duration) = (sent.timestamp, sent.duration);
    } else {
        half.start = begin.0;
        half.duration = end.map_or(half.duration, |end| end.0.wrapping_sub(begin.0));
    }
}

/// Puts tags where they belong; the addresses, by name.
fn tags<'s>(sent: &'s Sent, parts: &mut Parts) -> BTreeMap<&'s str, Endpoint> {
    let mut sorted: Vec<_> = sent.binary_annotations.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut addresses = BTreeMap::new();
    for (key, value, endpoint) in sorted {
        if ["ca", "sa", "ma"].contains(&key.as_str()) {
            addresses.insert(key.as_str(), endpoint.clone());
            continue;
        }
        let place = parts.place(endpoint);
        let value = value.clone().unwrap_or_default();
        if !(key == "lc" && value.is_empty()) {
            parts.halves[place].tags.insert(key.clone(), value);
        }
    }
    addresses
}

fn note(half: &mut Half, time: i64, text: &str) {
    half.events.insert((micros(time), text.to_owned()));
}

fn lower(endpoint: &Endpoint) -> Endpoint {
    Endpoint { service: endpoint.service.to_lowercase(), ..endpoint.clone() }
}

fn micros(number: i64) -> FineMicros {
    FineMicros::from_us(number.max(0) as u64)
}

fn span(sent: &Sent, half: Half) -> Span {
    Span {
        trace_id: TraceId(sent.trace_id),
        id: SpanId(sent.id),
        parent_id: Some(SpanId(sent.parent_id)).filter(|parent| parent.0 != 0 && parent.0 != sent.id),
        kind: half.kind,
        name: sent.name.clone(),
        start: micros(half.start),
        duration: micros(half.duration),
        local: half.local,
        remote: half.remote,
        tags: half.tags.into_iter().map(|(key, value)| (key, Value::Str(value))).collect(),
        events: half.events.into_iter().map(|(time, name)| Event { time, name, otlp: Vec::new() }).collect(),
        debug: sent.debug,
        shared: half.shared && half.kind != Kind::Client,
        ..Span::default()
    }
}
