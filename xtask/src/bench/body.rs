//! Message bodies as templates: encoded once, then given fresh ids, times, users and request ids in place,
//! so that the sender costs little beside the server it measures.

use super::chance::{Chance, mix};
use super::corpus::{Batch, Kind, Round, Span, Tag, user};

/// How a body is encoded, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Zipkin JSON v2.
    Json,
    /// OTLP protobuf.
    Otlp,
}

impl Format {
    /// Path and content type of its endpoint.
    pub fn endpoint(self) -> (&'static str, &'static str) {
        match self {
            Format::Json => ("/api/v2/spans", "application/json"),
            Format::Otlp => ("/v1/traces", "application/x-protobuf"),
        }
    }

    /// Its name in options and figures.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Otlp => "otlp",
        }
    }
}

/// What stands at a place of a template.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Trace(u32),
    Span(u32),
    /// Microseconds after the round's start.
    Time(u64),
    User,
    Unique,
}

/// A body with places to fill.
#[derive(Clone, Debug, Default)]
pub struct Template {
    bytes: Vec<u8>,
    slots: Vec<(usize, Slot)>,
    /// Spans in it.
    pub n_spans: usize,
}

/// The round of ids and times to fill in.
#[derive(Clone, Copy, Debug)]
pub struct Fill {
    /// Number of the round, unique in the run.
    pub round: u64,
    /// Start of the round, microseconds since the epoch.
    pub start_us: u64,
}

impl Template {
    /// Encodes a batch.
    pub fn encode(format: Format, batch: &Batch) -> Template {
        let mut template = match format {
            Format::Json => json(batch),
            Format::Otlp => otlp(batch),
        };
        template.n_spans = batch.spans.len();
        template
    }

    /// Length of the body in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Appends the body with a round's ids and times filled in.
    pub fn fill(&self, format: Format, fill: Fill, chance: &mut Chance, out: &mut Vec<u8>) {
        let base = out.len();
        out.extend_from_slice(&self.bytes);
        for (at, slot) in &self.slots {
            let place = &mut out[base + at..];
            let id = |number: u32| mix(fill.round << 32 | u64::from(number)).max(1);
            match (slot, format) {
                (Slot::Trace(trace), Format::Json) => hex(place, id(trace | 1 << 31)),
                (Slot::Trace(trace), Format::Otlp) => {
                    place[..8].copy_from_slice(&id(trace | 3 << 30).to_be_bytes());
                    place[8..16].copy_from_slice(&id(trace | 1 << 31).to_be_bytes());
                }
                (Slot::Span(span), Format::Json) => hex(place, id(*span)),
                (Slot::Span(span), Format::Otlp) => place[..8].copy_from_slice(&id(*span).to_be_bytes()),
                (Slot::Time(after_us), Format::Json) => decimal(&mut place[..16], fill.start_us + after_us),
                (Slot::Time(after_us), Format::Otlp) => {
                    let ns = (fill.start_us + after_us) * 1000;
                    place[..8].copy_from_slice(&ns.to_le_bytes());
                }
                (Slot::User, _) => decimal(&mut place[..6], user(chance)),
                (Slot::Unique, _) => hex(place, chance.bits()),
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn slot(&mut self, slot: Slot, n_bytes: usize) {
        self.slots.push((self.bytes.len(), slot));
        self.bytes.resize(self.bytes.len() + n_bytes, b'0');
    }

    fn append(&mut self, other: Template) {
        let base = self.bytes.len();
        self.bytes.extend(other.bytes);
        self.slots.extend(other.slots.into_iter().map(|(at, slot)| (base + at, slot)));
    }
}

/// All messages of a round.
pub fn templates(format: Format, round: &Round) -> Vec<Template> {
    round.batches.iter().map(|batch| Template::encode(format, batch)).collect()
}

fn hex(place: &mut [u8], number: u64) {
    for (byte, shift) in place[..16].iter_mut().zip((0..16).rev()) {
        *byte = b"0123456789abcdef"[(number >> (shift * 4) & 15) as usize];
    }
}

fn decimal(place: &mut [u8], mut number: u64) {
    for byte in place.iter_mut().rev() {
        *byte = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn json(batch: &Batch) -> Template {
    let mut out = Template::default();
    out.text("[");
    for (place, span) in batch.spans.iter().enumerate() {
        if place > 0 {
            out.text(",");
        }
        json_span(batch, span, &mut out);
    }
    out.text("]");
    out
}

fn json_span(batch: &Batch, span: &Span, out: &mut Template) {
    out.text("{\"traceId\":\"");
    out.slot(Slot::Trace(span.trace), 16);
    if let Some(parent) = span.parent {
        out.text("\",\"parentId\":\"");
        out.slot(Slot::Span(parent), 16);
    }
    out.text("\",\"id\":\"");
    out.slot(Slot::Span(span.id), 16);
    let kind = if span.kind == Kind::Client { "CLIENT" } else { "SERVER" };
    out.text(&format!("\",\"kind\":\"{kind}\",\"name\":\"{}\",\"timestamp\":", span.name));
    out.slot(Slot::Time(span.start_us), 16);
    let (high, low) = batch.address;
    out.text(&format!(
        ",\"duration\":{},\"localEndpoint\":{{\"serviceName\":\"{}\",\"ipv4\":\"10.0.{high}.{low}\",\"port\":8080}}",
        span.duration_us, batch.service
    ));
    if let Some(remote) = &span.remote {
        out.text(&format!(",\"remoteEndpoint\":{{\"serviceName\":\"{remote}\"}}"));
    }
    out.text(",\"tags\":{");
    for (place, (key, value)) in span.tags.iter().enumerate() {
        out.text(&format!("{}\"{key}\":\"", if place > 0 { "," } else { "" }));
        tag(value, out);
        out.text("\"");
    }
    out.text(if span.shared { "},\"shared\":true}" } else { "}}" });
}

fn tag(value: &Tag, out: &mut Template) {
    match value {
        Tag::Text(text) => out.text(text),
        Tag::UserPath(path) => {
            out.text(path);
            out.slot(Slot::User, 6);
        }
        Tag::Unique => out.slot(Slot::Unique, 16),
    }
}

/// `ExportTraceServiceRequest` with one resource and one scope; field numbers of opentelemetry-proto 1.x.
fn otlp(batch: &Batch) -> Template {
    let mut resource = Template::default();
    let (high, low) = batch.address;
    for (key, value) in
        [("service.name", batch.service.clone()), ("service.instance.id", format!("10.0.{high}.{low}:8080"))]
    {
        message(&mut resource, 1, attribute(key, &Tag::Text(value)));
    }
    let mut scope = Template::default();
    string(&mut scope, 1, "bench");
    let mut scope_spans = Template::default();
    message(&mut scope_spans, 1, scope);
    for span in &batch.spans {
        message(&mut scope_spans, 2, otlp_span(span));
    }
    let mut resource_spans = Template::default();
    message(&mut resource_spans, 1, resource);
    message(&mut resource_spans, 2, scope_spans);
    let mut request = Template::default();
    message(&mut request, 1, resource_spans);
    request
}

fn otlp_span(span: &Span) -> Template {
    let mut out = Template::default();
    let bytes = |out: &mut Template, field: u64, slot: Slot, n_bytes: usize| {
        varint(out, field << 3 | 2);
        varint(out, n_bytes as u64);
        out.slot(slot, n_bytes);
    };
    bytes(&mut out, 1, Slot::Trace(span.trace), 16);
    // Two halves never share an id in OTLP: the server's is its own, below the caller's.
    let (id, parent) = if span.shared { (span.id | 1 << 30, Some(span.id)) } else { (span.id, span.parent) };
    bytes(&mut out, 2, Slot::Span(id), 8);
    if let Some(parent) = parent {
        bytes(&mut out, 4, Slot::Span(parent), 8);
    }
    string(&mut out, 5, &span.name);
    varint(&mut out, 6 << 3);
    varint(&mut out, if span.kind == Kind::Client { 3 } else { 2 });
    for (field, after_us) in [(7, span.start_us), (8, span.start_us + span.duration_us)] {
        varint(&mut out, field << 3 | 1);
        out.slot(Slot::Time(after_us), 8);
    }
    for (key, value) in &span.tags {
        message(&mut out, 9, attribute(key, value));
    }
    if let Some(remote) = &span.remote {
        message(&mut out, 9, attribute("peer.service", &Tag::Text(remote.clone())));
    }
    if span.tags.iter().any(|(key, _)| *key == "error") {
        let mut status = Template::default();
        varint(&mut status, 3 << 3);
        varint(&mut status, 2);
        message(&mut out, 15, status);
    }
    out
}

fn attribute(key: &str, value: &Tag) -> Template {
    let mut text = Template::default();
    tag(value, &mut text);
    let mut any = Template::default();
    message(&mut any, 1, text);
    let mut out = Template::default();
    string(&mut out, 1, key);
    message(&mut out, 2, any);
    out
}

fn string(out: &mut Template, field: u64, text: &str) {
    varint(out, field << 3 | 2);
    varint(out, text.len() as u64);
    out.text(text);
}

fn message(out: &mut Template, field: u64, inner: Template) {
    varint(out, field << 3 | 2);
    varint(out, inner.bytes.len() as u64);
    out.append(inner);
}

fn varint(out: &mut Template, mut number: u64) {
    while number >= 0x80 {
        out.bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::super::corpus;
    use super::*;

    fn filled(format: Format, round: u64) -> Vec<u8> {
        let batch = &corpus::round(1, 500, 80).batches[0];
        let mut out = Vec::new();
        let fill = Fill { round, start_us: 1_790_000_000_000_000 };
        Template::encode(format, batch).fill(format, fill, &mut Chance::new(round), &mut out);
        out
    }

    #[test]
    fn a_round_is_filled_with_ids_of_its_own() {
        for format in [Format::Json, Format::Otlp] {
            let (first, second) = (filled(format, 1), filled(format, 2));
            assert_eq!(first, filled(format, 1));
            assert_eq!(first.len(), second.len());
            assert_ne!(first, second);
        }
        let text = String::from_utf8(filled(Format::Json, 1)).unwrap();
        assert!(text.starts_with("[{\"traceId\":\"") && text.ends_with("}]"));
        assert!(text.contains("\"timestamp\":1790000000"), "{text}");
    }

    #[test]
    fn bodies_have_about_the_size_of_real_ones() {
        let round = corpus::round(1, 500, 80);
        let n_spans: usize = round.batches.iter().map(|batch| batch.spans.len()).sum();
        for (format, sizes) in [(Format::Json, 350..600), (Format::Otlp, 200..450)] {
            let bytes: usize = templates(format, &round).iter().map(Template::len).sum();
            assert!(sizes.contains(&(bytes / n_spans)), "{}: {}", format.name(), bytes / n_spans);
        }
    }
}
