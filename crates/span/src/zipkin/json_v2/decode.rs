//! Reading a list of spans in one pass, straight into a batch.
//!
//! As Zipkin: unknown fields are skipped, `null` is an absent field, of a repeated field the last
//! counts, lists of annotations and maps of tags add up, and what follows the list is not looked at.
//! Bytes that are not UTF-8 become U+FFFD.

use crate::batch::{Batch, Density, EventRef, OpenSpan};
use crate::decode_error::{DecodeError, Document, Fault, quoted};
use crate::model::{Kind, ValueRef};
use crate::normalise;
use crate::zipkin::json::{Failed, LastEndpoint, Reader, endpoint, read_body};
use bumpalo::Bump;
use nines_base::TraceId;

/// Lists and objects around a span's fields.
const SPAN_DEPTH: usize = 2;

/// Decodes a list of spans into `batch`, normalised. Fails on the first fault, and then adds nothing (`DEC-1`).
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    read_body((body, Document::ZipkinJson), arena, (batch, Density::JSON), list)
}

fn list<'a>(reader: &mut Reader<'a>, batch: &mut Batch<'a>) -> Result<(), Failed> {
    let mut more = reader.list()?;
    let mut last_local = LastEndpoint::default();
    while more {
        span(reader, batch, &mut last_local)?;
        more = reader.next_element()?;
    }
    Ok(())
}

fn span<'a>(reader: &mut Reader<'a>, batch: &mut Batch<'a>, last_local: &mut LastEndpoint<'a>) -> Result<(), Failed> {
    let mut open = batch.open_span();
    let mut id = None;
    let mut name = reader.object()?;
    while let Some(field) = name {
        match field {
            "traceId" => {
                let text = reader.string()?;
                open.span.trace_id = reader.checked(normalise::trace_id(text))?;
            }
            "id" => {
                let text = reader.string()?;
                id = Some(reader.checked(normalise::span_id(text))?);
            }
            _ => {
                if !reader.null()? {
                    optional(reader, field, &mut open, last_local)?;
                }
            }
        }
        name = reader.next_name()?;
    }
    // No span has the trace id 0, so it still means that none was sent.
    let has_trace = open.span.trace_id != TraceId(0);
    let (Some(id), true) = (id, has_trace) else {
        return reader.fail(Fault::Missing { trace_id: !has_trace, id: id.is_none() });
    };
    open.span.id = id;
    normalise::close(open);
    Ok(())
}

/// A field that may be missing; its value is not `null`.
#[inline]
fn optional<'a>(
    reader: &mut Reader<'a>,
    field: &'a str,
    open: &mut OpenSpan<'_, 'a>,
    last_local: &mut LastEndpoint<'a>,
) -> Result<(), Failed> {
    let span = &mut *open.span;
    match field {
        "parentId" => {
            let text = reader.string()?;
            span.parent_id = reader.checked(normalise::parent_id(text))?;
        }
        "kind" => span.kind = kind(reader)?,
        "name" => span.name = reader.string()?,
        "timestamp" => span.start = normalise::micros(reader.long()?),
        "duration" => span.duration = normalise::micros(reader.long()?),
        "localEndpoint" => span.local = last_local.read(reader, SPAN_DEPTH)?,
        "remoteEndpoint" => span.remote = endpoint(reader, SPAN_DEPTH)?,
        "annotations" => annotations(reader, open.events)?,
        "tags" => tags(reader, open.tags)?,
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

fn annotations<'a>(reader: &mut Reader<'a>, events: &mut Vec<EventRef<'a>>) -> Result<(), Failed> {
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
        events.push(EventRef { time, name: value, otlp: &[] });
        more = reader.next_element()?;
    }
    Ok(())
}

fn tags<'a>(reader: &mut Reader<'a>, tags: &mut Vec<(&'a str, ValueRef<'a>)>) -> Result<(), Failed> {
    let mut name = reader.object()?;
    while let Some(key) = name {
        if reader.null()? {
            let path = reader.path("null".len());
            return reader.fail(Fault::NoValue(path));
        }
        tags.push((key, ValueRef::Str(reader.string()?)));
        name = reader.next_name()?;
    }
    Ok(())
}
