//! Reading a `ListOfSpans` in one pass, straight into a batch.
//!
//! As Zipkin: unknown fields are skipped, a tag without a key and an annotation without a time or a text
//! are dropped, an address of no known length is none, and bytes that are not UTF-8 become U+FFFD. As
//! protobuf asks: of a repeated field the last counts, and repeated endpoints add up. A field of another
//! wire type than its number stands for is refused, where Zipkin would drop it without a word.

use super::schema::{annotation, endpoint, list, span, tag};
use crate::batch::{Batch, Density, EndpointRef, EventRef};
use crate::decode_error::{DecodeError, Document, Fault};
use crate::memo::Memo;
use crate::model::{Kind, ValueRef};
use crate::normalise;
use crate::protobuf::{Field, Fields, Holds, Short, WireFault};
use crate::zipkin::ip::{address_of_bytes, set_address};
use bumpalo::Bump;
use core::convert::Infallible;
use nines_base::{SpanId, TraceId};

/// Decodes a list of spans into `batch`, normalised. Fails on the first fault, and then adds nothing (`DEC-1`).
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    let error = |fault| DecodeError { document: Document::ZipkinProto3, fault };
    if !batch.can_index(body.len()) {
        return Err(error(Fault::TooLarge(body.len())));
    }
    let mark = batch.mark();
    batch.reserve(body.len(), Density::PROTOBUF);
    list(body, arena, batch).map_err(|flaw| {
        batch.rewind(mark);
        error(match flaw {
            Flaw::Wire(fault) => fault.in_body(body),
            Flaw::Span(fault) => *fault,
        })
    })
}

/// Why a list is not taken.
enum Flaw {
    /// Bytes are wrong.
    Wire(WireFault),
    /// A span is none. In a box because it is rare and large.
    Span(Box<Fault>),
}

impl From<WireFault> for Flaw {
    fn from(fault: WireFault) -> Flaw {
        Flaw::Wire(fault)
    }
}

impl From<Fault> for Flaw {
    #[cold]
    fn from(fault: Fault) -> Flaw {
        Flaw::Span(Box::new(fault))
    }
}

fn list<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), Flaw> {
    let mut fields = Fields::of(body);
    let mut known = Known::default();
    while let Some(field) = fields.next()? {
        if field.number == list::SPANS {
            span(field.bytes()?, arena, batch, &mut known)?;
        }
    }
    Ok(())
}

/// What came earlier in the body.
#[derive(Default)]
struct Known<'a> {
    endpoints: Memo<'a, EndpointRef<'a>>,
    names: Memo<'a, &'a str>,
}

impl<'a> Known<'a> {
    /// Adds what a message says to an endpoint, of which mostly nothing is known yet.
    #[inline(always)]
    fn add_endpoint(&mut self, message: &'a [u8], arena: &'a Bump, to: &mut EndpointRef<'a>) -> Result<(), Flaw> {
        if !to.is_empty() {
            return endpoint(message, arena, to);
        }
        *to = self.endpoints.know(message, || {
            let mut read = EndpointRef::default();
            endpoint(message, arena, &mut read).map(|()| read)
        })?;
        Ok(())
    }

    #[inline(always)]
    fn name(&mut self, bytes: &'a [u8], arena: &'a Bump) -> &'a str {
        let Ok(name) = self.names.know(bytes, || Ok::<_, Infallible>(text_of(bytes, arena)));
        name
    }
}

fn span<'a>(message: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>, known: &mut Known<'a>) -> Result<(), Flaw> {
    let open = batch.open_span();
    let span = &mut *open.span;
    let (mut trace_id, mut id) = (None, None);
    let mut fields = Fields::of(message);
    if let Some(id) = fields.next_if_bytes(span::TRACE_ID) {
        trace_id = Some(TraceId(u128::from_be_bytes(*id)));
    }
    loop {
        fields.text_entries(span::TAGS, Holds::Text, |key, value| {
            // Tags of Zipkin hold texts alone.
            if let Short::Text(text) = value {
                open.tags.push((key, ValueRef::Str(text)));
            }
        });
        let Some(field) = fields.next()? else { break };
        match field.number {
            span::TRACE_ID => trace_id = read_trace_id(&field)?,
            span::PARENT_ID => span.parent_id = read_id(&field)?.filter(|parent| parent.0 != 0),
            span::ID => id = read_id(&field)?,
            span::KIND => span.kind = kind(field.varint()? as i32),
            span::NAME => span.name = known.name(field.bytes()?, arena),
            span::TIMESTAMP => span.start = normalise::micros(field.fixed64()? as i64),
            span::DURATION => span.duration = normalise::micros(field.varint()? as i64),
            span::LOCAL_ENDPOINT => known.add_endpoint(field.bytes()?, arena, &mut span.local)?,
            span::REMOTE_ENDPOINT => known.add_endpoint(field.bytes()?, arena, &mut span.remote)?,
            span::ANNOTATIONS => open.events.extend(annotation(field.bytes()?, arena)?),
            span::TAGS => open.tags.extend(tag(field.bytes()?, arena)?),
            span::DEBUG => span.debug = truth(&field)?,
            span::SHARED => span.shared = truth(&field)?,
            _ => {}
        }
    }
    let (Some(trace_id), Some(id)) = (trace_id, id) else {
        return Err(Fault::Missing { trace_id: trace_id.is_none(), id: id.is_none() }.into());
    };
    if trace_id == TraceId(0) || id == SpanId(0) {
        return Err(Fault::ZeroId(if trace_id == TraceId(0) { "traceId" } else { "id" }).into());
    }
    (span.trace_id, span.id) = (trace_id, id);
    normalise::close(open);
    Ok(())
}

/// 8 or 16 bytes; none at all is protobuf's way to leave a field out.
fn read_trace_id(field: &Field<'_>) -> Result<Option<TraceId>, WireFault> {
    let bytes = field.bytes()?;
    match (<[u8; 16]>::try_from(bytes), <[u8; 8]>::try_from(bytes)) {
        (Ok(bytes), _) => Ok(Some(TraceId(u128::from_be_bytes(bytes)))),
        (_, Ok(bytes)) => Ok(Some(TraceId(u64::from_be_bytes(bytes).into()))),
        _ if bytes.is_empty() => Ok(None),
        _ => Err(field.fault("a trace id has 8 or 16 bytes")),
    }
}

/// 8 bytes; none at all is protobuf's way to leave a field out.
fn read_id(field: &Field<'_>) -> Result<Option<SpanId>, WireFault> {
    let bytes = field.bytes()?;
    match <[u8; 8]>::try_from(bytes) {
        Ok(bytes) => Ok(Some(SpanId(u64::from_be_bytes(bytes)))),
        Err(_) if bytes.is_empty() => Ok(None),
        Err(_) => Err(field.fault("a span id has 8 bytes")),
    }
}

/// Zipkin's kinds by number, an int32 on the wire; one that is not known is none.
fn kind(number: i32) -> Kind {
    match number {
        1 => Kind::Client,
        2 => Kind::Server,
        3 => Kind::Producer,
        4 => Kind::Consumer,
        _ => Kind::Unspecified,
    }
}

fn endpoint<'a>(message: &'a [u8], arena: &'a Bump, endpoint: &mut EndpointRef<'a>) -> Result<(), Flaw> {
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            endpoint::SERVICE_NAME => endpoint.service = text(&field, arena)?,
            // Either name takes either family.
            endpoint::IPV4 | endpoint::IPV6 => set_address(address_of_bytes(field.bytes()?), endpoint),
            endpoint::PORT => {
                // An int32, sign-extended to 64 bits on the wire.
                let port = i64::from(field.varint()? as i32).max(0);
                endpoint.port = u16::try_from(port).map_err(|_| Fault::InvalidPort(port))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn annotation<'a>(message: &'a [u8], arena: &'a Bump) -> Result<Option<EventRef<'a>>, WireFault> {
    let (mut time, mut value) = (None, None);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            annotation::TIMESTAMP => time = Some(normalise::micros(field.fixed64()? as i64)),
            annotation::VALUE => value = Some(text(&field, arena)?),
            _ => {}
        }
    }
    Ok(time.zip(value).map(|(time, name)| EventRef { time, name, otlp: &[] }))
}

/// A tag that the fast way does not take.
fn tag<'a>(message: &'a [u8], arena: &'a Bump) -> Result<Option<(&'a str, ValueRef<'a>)>, WireFault> {
    let (mut key, mut value) = (None, "");
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            tag::KEY => key = Some(text(&field, arena)?),
            tag::VALUE => value = text(&field, arena)?,
            _ => {}
        }
    }
    Ok(key.map(|key| (key, ValueRef::Str(value))))
}

#[inline(always)]
fn text<'a>(field: &Field<'a>, arena: &'a Bump) -> Result<&'a str, WireFault> {
    Ok(text_of(field.bytes()?, arena))
}

#[inline(always)]
fn text_of<'a>(bytes: &'a [u8], arena: &'a Bump) -> &'a str {
    simdutf8::basic::from_utf8(bytes).unwrap_or_else(|_| replaced(bytes, arena))
}

#[cold]
fn replaced<'a>(bytes: &[u8], arena: &'a Bump) -> &'a str {
    arena.alloc_str(&String::from_utf8_lossy(bytes))
}

fn truth(field: &Field<'_>) -> Result<bool, WireFault> {
    match field.varint()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(field.fault("a truth value is 0 or 1")),
    }
}
