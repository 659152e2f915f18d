//! Traces sketched as text, one span a line, for tests.
//!
//! `2/1 c frontend@10.0.0.1:80 >backend +50 ~200 error` is a client span with id 2 and parent 1 of
//! `frontend`, calling `backend`, from 50 µs on for 200 µs, with the tag `error`. The second word is the kind: `c s p q`
//! (client, server, producer, consumer) or `-`; `shared`, `otlp`, `=NAME` and `#128` are further words.

use core::net::Ipv4Addr;
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Kind, OtlpParts, Span, Status, Value};

/// Reads a sketch. Times begin at [`ZERO_US`].
pub(crate) fn sketch(text: &str) -> Vec<Span> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(sketch_span).collect()
}

/// Where `+0` is, so that a span at it still has a start.
pub(crate) const ZERO_US: u64 = 1_000_000;

fn sketch_span(line: &str) -> Span {
    let mut words = line.split_whitespace();
    let (id, parent) = words.next().and_then(|ids| ids.split_once('/')).expect("id/parent");
    let mut span = Span {
        trace_id: TraceId(7),
        id: SpanId::parse(id).expect("an id"),
        parent_id: (!parent.is_empty()).then(|| SpanId::parse(parent).expect("a parent's id")),
        ..Span::default()
    };
    span.kind = kind(words.next().unwrap_or("-"));
    for word in words {
        match word.split_at_checked(1) {
            _ if word == "shared" => span.shared = true,
            _ if word == "error" => span.tags = vec![("error".into(), Value::from(""))],
            _ if word == "otlp" => span.otlp = Some(OtlpParts::default()),
            _ if word == "failed" => span.status = Status::Error,
            _ if word == "#128" => span.trace_id = TraceId(1 << 64 | 7),
            Some((">", remote)) => span.remote = endpoint(remote),
            Some(("+", start)) => span.start = FineMicros::from_us(ZERO_US.saturating_add_signed(number(start))),
            Some(("~", duration)) => span.duration = FineMicros::from_us(number(duration) as u64),
            Some(("=", name)) => span.name = name.into(),
            _ => span.local = endpoint(word),
        }
    }
    span
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}

fn kind(letter: &str) -> Kind {
    match letter {
        "c" => Kind::Client,
        "s" => Kind::Server,
        "p" => Kind::Producer,
        "q" => Kind::Consumer,
        _ => Kind::Unspecified,
    }
}

fn endpoint(text: &str) -> Endpoint {
    let (service, address) = text.split_once('@').unwrap_or((text, ""));
    let (ip, port) = address.split_once(':').unwrap_or((address, "0"));
    Endpoint {
        service: service.into(),
        ipv4: (!ip.is_empty()).then(|| ip.parse::<Ipv4Addr>().expect("an address")),
        ipv6: None,
        port: number(port) as u16,
    }
}
