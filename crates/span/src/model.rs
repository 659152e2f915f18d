//! A span that owns its parts: what stores answer with and readers work on.
//!
//! Names are kept as sent. Where Zipkin's rules want lower case (answers under `/api/v2`, its query
//! parameters), the comparison or the writer applies it.

use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, TraceId};
use std::sync::Arc;

/// The role a span plays in a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Not said. Zipkin's absent kind, OTLP's `SPAN_KIND_UNSPECIFIED`.
    #[default]
    Unspecified = 0,
    /// The calling side of a request.
    Client = 1,
    /// The answering side of a request.
    Server = 2,
    /// The sending side of a message.
    Producer = 3,
    /// The receiving side of a message.
    Consumer = 4,
    /// OTLP's `SPAN_KIND_INTERNAL`; Zipkin shows it without a kind.
    Internal = 5,
}

impl Kind {
    /// From the stored number; an unknown one is `Unspecified`.
    pub const fn from_u8(number: u8) -> Kind {
        match number {
            1 => Kind::Client,
            2 => Kind::Server,
            3 => Kind::Producer,
            4 => Kind::Consumer,
            5 => Kind::Internal,
            _ => Kind::Unspecified,
        }
    }

    /// Zipkin's name, or `None` where Zipkin shows no kind.
    pub const fn zipkin_name(self) -> Option<&'static str> {
        match self {
            Kind::Client => Some("CLIENT"),
            Kind::Server => Some("SERVER"),
            Kind::Producer => Some("PRODUCER"),
            Kind::Consumer => Some("CONSUMER"),
            Kind::Unspecified | Kind::Internal => None,
        }
    }
}

/// OTLP's status of a span.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
#[repr(u8)]
pub enum Status {
    /// Not set; every Zipkin span.
    #[default]
    Unset = 0,
    /// Declared good by the application.
    Ok = 1,
    /// Failed.
    Error = 2,
}

impl Status {
    /// From the stored number; an unknown one is `Unset`.
    pub const fn from_u8(number: u8) -> Status {
        match number {
            1 => Status::Ok,
            2 => Status::Error,
            _ => Status::Unset,
        }
    }
}

/// One side of a call: who, and where.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Endpoint {
    /// Service name as sent; empty when unknown.
    pub service: String,
    /// IPv4 address.
    pub ipv4: Option<Ipv4Addr>,
    /// IPv6 address.
    pub ipv6: Option<Ipv6Addr>,
    /// Port; 0 when unknown.
    pub port: u16,
}

impl Endpoint {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.service.is_empty() && self.ipv4.is_none() && self.ipv6.is_none() && self.port == 0
    }
}

/// A tag's value. Zipkin knows text only; OTLP's types are kept.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Str(String),
    /// Truth value.
    Bool(bool),
    /// Whole number.
    Int(i64),
    /// Floating-point number.
    Double(f64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An OTLP `ArrayValue` message, verbatim.
    Array(Vec<u8>),
    /// An OTLP `KeyValueList` message, verbatim.
    Map(Vec<u8>),
    /// An attribute sent without a value.
    Empty,
}

/// [`Value`], borrowed.
#[derive(Clone, Copy, Debug)]
pub enum ValueRef<'a> {
    /// Text.
    Str(&'a str),
    /// Truth value.
    Bool(bool),
    /// Whole number.
    Int(i64),
    /// Floating-point number.
    Double(f64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// An OTLP `ArrayValue` message, verbatim.
    Array(&'a [u8]),
    /// An OTLP `KeyValueList` message, verbatim.
    Map(&'a [u8]),
    /// An attribute sent without a value.
    Empty,
}

/// Doubles are equal when their bits are: a value read back equals the value stored, NaN included.
impl PartialEq for ValueRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (ValueRef::Str(a), ValueRef::Str(b)) => a == b,
            (ValueRef::Bool(a), ValueRef::Bool(b)) => a == b,
            (ValueRef::Int(a), ValueRef::Int(b)) => a == b,
            (ValueRef::Double(a), ValueRef::Double(b)) => a.to_bits() == b.to_bits(),
            (ValueRef::Bytes(a), ValueRef::Bytes(b))
            | (ValueRef::Array(a), ValueRef::Array(b))
            | (ValueRef::Map(a), ValueRef::Map(b)) => a == b,
            (ValueRef::Empty, ValueRef::Empty) => true,
            _ => false,
        }
    }
}

impl Eq for ValueRef<'_> {}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.as_ref() == other.as_ref()
    }
}

impl Eq for Value {}

impl Value {
    /// The same value, borrowed.
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Value::Str(text) => ValueRef::Str(text),
            Value::Bool(truth) => ValueRef::Bool(*truth),
            Value::Int(number) => ValueRef::Int(*number),
            Value::Double(number) => ValueRef::Double(*number),
            Value::Bytes(bytes) => ValueRef::Bytes(bytes),
            Value::Array(message) => ValueRef::Array(message),
            Value::Map(message) => ValueRef::Map(message),
            Value::Empty => ValueRef::Empty,
        }
    }
}

impl ValueRef<'_> {
    /// The same value, owned.
    pub fn to_value(self) -> Value {
        match self {
            ValueRef::Str(text) => Value::Str(text.to_owned()),
            ValueRef::Bool(truth) => Value::Bool(truth),
            ValueRef::Int(number) => Value::Int(number),
            ValueRef::Double(number) => Value::Double(number),
            ValueRef::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
            ValueRef::Array(message) => Value::Array(message.to_vec()),
            ValueRef::Map(message) => Value::Map(message.to_vec()),
            ValueRef::Empty => Value::Empty,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Str(text.to_owned())
    }
}

/// Something that happened during a span: Zipkin's annotation, OTLP's event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Event {
    /// When.
    pub time: FineMicros,
    /// Zipkin's annotation value, OTLP's event name.
    pub name: String,
    /// The OTLP `Event` message's other fields (attributes, dropped count), verbatim; empty for Zipkin.
    pub otlp: Vec<u8>,
}

/// What OTLP says beyond the columns, verbatim as protobuf fields, so that nothing is lost.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OtlpParts {
    /// The `ResourceSpans` message without its `scope_spans`: resource and schema URL.
    pub resource: Arc<[u8]>,
    /// The `ScopeSpans` message without its `spans`: scope and schema URL.
    pub scope: Arc<[u8]>,
    /// The `Span` message's fields that have no column: trace state, flags, links, status message,
    /// dropped counts; and what a column cannot say: an end that gives no duration, a kind that is
    /// not known, a parent that is the span itself.
    pub rest: Vec<u8>,
}

/// A span, owned.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// The trace it belongs to.
    pub trace_id: TraceId,
    /// Its own id, unique in the trace save for the two halves of a shared span.
    pub id: SpanId,
    /// Its parent; `None` at the root.
    pub parent_id: Option<SpanId>,
    /// Its role.
    pub kind: Kind,
    /// Operation name as sent; empty when unknown.
    pub name: String,
    /// Start; [`FineMicros::NONE`] when not sent.
    pub start: FineMicros,
    /// Duration; [`FineMicros::NONE`] when not sent.
    pub duration: FineMicros,
    /// The reporting side.
    pub local: Endpoint,
    /// The other side.
    pub remote: Endpoint,
    /// Tags, sorted by key, each key once.
    pub tags: Vec<(String, Value)>,
    /// Annotations or events; Zipkin's sorted by (time, name), OTLP's as sent.
    pub events: Vec<Event>,
    /// Zipkin's debug flag.
    pub debug: bool,
    /// Whether the id was made by the other side of the call (Zipkin's joined server span).
    pub shared: bool,
    /// OTLP's status.
    pub status: Status,
    /// OTLP's further parts; `None` for a span that came in a Zipkin format.
    pub otlp: Option<OtlpParts>,
}
