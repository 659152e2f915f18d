//! Reading a list of spans in one pass, straight into a batch.
//!
//! As Zipkin: unknown fields are skipped, `null` is an absent field, of a repeated field the last
//! counts, lists of annotations and maps of tags add up, and what follows the list is not looked at.
//! Bytes that are not UTF-8 become U+FFFD.

use crate::batch::{Batch, Density, EndpointRef, EventRef, SpanRef};
use crate::decode_error::{DecodeError, Document, Fault, quoted};
use crate::model::{Kind, ValueRef};
use crate::normalise;
use crate::zipkin::ip::parse_ip;
use crate::zipkin::json::{Failed, Reader};
use bumpalo::Bump;
use core::net::IpAddr;
use nines_base::TraceId;

/// Lists and objects around a span's fields.
const SPAN_DEPTH: usize = 2;

/// Decodes a list of spans into `batch`, normalised. Fails on the first fault, and then adds nothing (`DEC-1`).
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    let error = |fault| DecodeError { document: Document::ZipkinJson, fault };
    if !batch.can_index(body.len()) {
        return Err(error(Fault::TooLarge(body.len())));
    }
    if body.is_empty() {
        return Ok(());
    }
    let text = match simdutf8::basic::from_utf8(body) {
        Ok(text) => text,
        Err(_) => arena.alloc_str(&String::from_utf8_lossy(body)),
    };
    let mark = batch.mark();
    batch.reserve(body.len(), Density::JSON);
    let mut reader = Reader::new(text, arena);
    match list(&mut reader, batch) {
        Ok(()) => Ok(()),
        Err(Failed) => {
            batch.rewind(mark);
            Err(error(reader.into_fault()))
        }
    }
}

fn list<'a>(reader: &mut Reader<'a>, batch: &mut Batch<'a>) -> Result<(), Failed> {
    let mut more = reader.list()?;
    let mut last_local = LastLocal::default();
    while more {
        span(reader, batch, &mut last_local)?;
        more = reader.next_element()?;
    }
    Ok(())
}

/// The local endpoint of the span before, and the object it was read from: a reporter's spans have one.
#[derive(Default)]
struct LastLocal<'a> {
    object: &'a str,
    endpoint: EndpointRef<'a>,
}

impl<'a> LastLocal<'a> {
    /// Reads a local endpoint, or knows it. An object ends with its brace, so the same text is the same object.
    fn read(&mut self, reader: &mut Reader<'a>) -> Result<EndpointRef<'a>, Failed> {
        if self.object.is_empty() || !reader.skip_text(self.object) {
            let from = reader.at();
            let endpoint = endpoint(reader)?;
            *self = LastLocal { object: reader.read_since(from), endpoint };
        }
        Ok(self.endpoint)
    }
}

fn span<'a>(reader: &mut Reader<'a>, batch: &mut Batch<'a>, last_local: &mut LastLocal<'a>) -> Result<(), Failed> {
    let (tags_from, events_from) = (batch.tags.len(), batch.events.len());
    let mut span = SpanRef::default();
    let mut id = None;
    let mut name = reader.object()?;
    while let Some(field) = name {
        match field {
            "traceId" => {
                let text = reader.string()?;
                span.trace_id = or_fail(reader, normalise::trace_id(text))?;
            }
            "id" => {
                let text = reader.string()?;
                id = Some(or_fail(reader, normalise::span_id(text))?);
            }
            _ => {
                if !reader.null()? {
                    optional(reader, field, &mut span, batch, last_local)?;
                }
            }
        }
        name = reader.next_name()?;
    }
    // No span has the trace id 0, so it still means that none was sent.
    let (Some(id), false) = (id, span.trace_id == TraceId(0)) else {
        return reader.fail(Fault::Missing { trace_id: span.trace_id == TraceId(0), id: id.is_none() });
    };
    span.id = id;
    normalise::push_span(batch, span, tags_from, events_from);
    Ok(())
}

/// A field that may be missing; its value is not `null`.
#[inline]
fn optional<'a>(
    reader: &mut Reader<'a>,
    field: &'a str,
    span: &mut SpanRef<'a>,
    batch: &mut Batch<'a>,
    last_local: &mut LastLocal<'a>,
) -> Result<(), Failed> {
    match field {
        "parentId" => {
            let text = reader.string()?;
            span.parent_id = or_fail(reader, normalise::parent_id(text))?;
        }
        "kind" => span.kind = kind(reader)?,
        "name" => span.name = reader.string()?,
        "timestamp" => span.start = normalise::micros(reader.long()?),
        "duration" => span.duration = normalise::micros(reader.long()?),
        "localEndpoint" => span.local = last_local.read(reader)?,
        "remoteEndpoint" => span.remote = endpoint(reader)?,
        "annotations" => annotations(reader, batch)?,
        "tags" => tags(reader, batch)?,
        // `false` does not take a `true` back.
        "debug" => span.debug |= reader.boolean()?,
        "shared" => span.shared |= reader.boolean()?,
        _ => reader.skip(SPAN_DEPTH)?,
    }
    Ok(())
}

fn kind(reader: &mut Reader<'_>) -> Result<Kind, Failed> {
    match reader.string()? {
        "CLIENT" => Ok(Kind::Client),
        "SERVER" => Ok(Kind::Server),
        "PRODUCER" => Ok(Kind::Producer),
        "CONSUMER" => Ok(Kind::Consumer),
        unknown => reader.fail(Fault::UnknownKind(quoted(unknown))),
    }
}

fn endpoint<'a>(reader: &mut Reader<'a>) -> Result<EndpointRef<'a>, Failed> {
    let mut endpoint = EndpointRef::default();
    let mut name = reader.object()?;
    while let Some(field) = name {
        if !reader.null()? {
            match field {
                "serviceName" => endpoint.service = reader.string()?,
                // Either name takes either family.
                "ipv4" | "ipv6" => match parse_ip(reader.string()?) {
                    Some(IpAddr::V4(address)) => endpoint.ipv4 = Some(address),
                    Some(IpAddr::V6(address)) => endpoint.ipv6 = Some(address),
                    None => {}
                },
                "port" => {
                    let port = reader.int()?.max(0);
                    endpoint.port = or_fail(reader, u16::try_from(port).map_err(|_| Fault::InvalidPort(port)))?;
                }
                _ => reader.skip(SPAN_DEPTH + 1)?,
            }
        }
        name = reader.next_name()?;
    }
    Ok(endpoint)
}

fn annotations<'a>(reader: &mut Reader<'a>, batch: &mut Batch<'a>) -> Result<(), Failed> {
    let mut more = reader.list()?;
    while more {
        let (mut time, mut value) = (None, None);
        let mut name = reader.object()?;
        while let Some(field) = name {
            match field {
                "timestamp" => time = Some(normalise::micros(reader.long()?)),
                "value" => value = Some(reader.string()?),
                _ => reader.skip(SPAN_DEPTH + 2)?,
            }
            name = reader.next_name()?;
        }
        let (Some(time), Some(value)) = (time, value) else {
            // The path before the closing brace: that of the last field there was.
            let path = reader.path(1);
            return reader.fail(Fault::IncompleteAnnotation(path));
        };
        batch.events.push(EventRef { time, name: value, otlp: &[] });
        more = reader.next_element()?;
    }
    Ok(())
}

fn tags<'a>(reader: &mut Reader<'a>, batch: &mut Batch<'a>) -> Result<(), Failed> {
    let mut name = reader.object()?;
    while let Some(key) = name {
        if reader.null()? {
            let path = reader.path("null".len());
            return reader.fail(Fault::NoValue(path));
        }
        batch.tags.push((key, ValueRef::Str(reader.string()?)));
        name = reader.next_name()?;
    }
    Ok(())
}

#[inline(always)]
fn or_fail<T>(reader: &mut Reader<'_>, outcome: Result<T, Fault>) -> Result<T, Failed> {
    outcome.or_else(|fault| reader.fail(fault))
}
