//! Reading an `ExportTraceServiceRequest` straight into a batch.
//!
//! Columns are filled with what Zipkin and OTLP both say; resources, scopes and all other fields are
//! borrowed verbatim. Everything is checked down to the last attribute, so that what is stored can be
//! read and sent on.
//!
//! A request that is not protobuf fails as a whole. A span that is protobuf but no span (ids of a wrong
//! length or of zeros, text that is not UTF-8, values nested too deeply) is left out and counted in
//! [`Batch::rejected`], which OTLP reports as partial success.

use super::check;
use super::endpoints::{Addresses, Endpoints};
use super::parts::{resource_attribute, span_id, trace_id};
use super::schema::{event, request, resource_spans, scope_spans, span, status};
use super::value::checked_key_value;
use crate::batch::{Batch, Density, EventRef, OpenSpan, SpanRef};
use crate::decode_error::{DecodeError, Document, Fault};
use crate::memo::Memo;
use crate::model::{Kind, Status, ValueRef};
use crate::normalise::sort_tags;
use crate::protobuf::{Field, Fields, Holds, Kept, Short, WireFault};
use bumpalo::Bump;
use nines_base::{FineMicros, SpanId, TraceId};

/// The service of spans whose resource names none: what OpenTelemetry's SDKs call themselves by default.
pub const UNKNOWN_SERVICE: &str = "unknown_service";

/// `end_time_unix_nano: 0`, as a field: kept for a span sent without an end, to tell it from one that
/// ended when it began.
const NO_END: [u8; 9] = [(span::END_TIME_UNIX_NANO << 3 | 1) as u8, 0, 0, 0, 0, 0, 0, 0, 0];

/// Decodes a request into `batch`. Fails where it is not protobuf, and then adds nothing (`DEC-1`).
pub fn decode<'a>(body: &'a [u8], arena: &'a Bump, batch: &mut Batch<'a>) -> Result<(), DecodeError> {
    let error = |fault| DecodeError { document: Document::Otlp, fault };
    if !batch.can_index(body.len()) {
        return Err(error(Fault::TooLarge(body.len())));
    }
    let mark = batch.mark();
    batch.reserve(body.len(), Density::PROTOBUF);
    let mut decoder = Decoder { arena, batch, rejected: 0, rejected_why: None, known: Known::default() };
    match decoder.request(body) {
        Ok(()) => {
            let (rejected, why) = (decoder.rejected, decoder.rejected_why);
            batch.rejected += rejected;
            batch.rejected_why = batch.rejected_why.take().or(why);
            Ok(())
        }
        Err(fault) => {
            batch.rewind(mark);
            Err(error(fault.in_body(body)))
        }
    }
}

/// Why a span is not taken.
enum Flaw {
    /// Bytes are wrong.
    Wire(WireFault),
    /// It is not a span.
    Span(String),
}

impl From<WireFault> for Flaw {
    fn from(fault: WireFault) -> Flaw {
        Flaw::Wire(fault)
    }
}

struct Decoder<'a, 'b> {
    arena: &'a Bump,
    batch: &'b mut Batch<'a>,
    rejected: u64,
    rejected_why: Option<String>,
    known: Known<'a>,
}

/// What came earlier in the body.
#[derive(Default)]
struct Known<'a> {
    names: Memo<'a, &'a str>,
    addresses: Addresses<'a>,
}

/// What a span has from the messages around it.
#[derive(Clone, Copy)]
struct Surroundings<'a> {
    service: &'a str,
    /// Places in [`Batch::resources`] and [`Batch::scopes`].
    places: (u32, u32),
}

impl<'a> Decoder<'a, '_> {
    fn request(&mut self, body: &'a [u8]) -> Result<(), WireFault> {
        let mut fields = Fields::of(body);
        while let Some(field) = fields.next()? {
            if field.number == request::RESOURCE_SPANS {
                self.resource_spans(field.bytes()?)?;
            }
        }
        Ok(())
    }

    fn resource_spans(&mut self, message: &'a [u8]) -> Result<(), WireFault> {
        // Twice over the message: the resource may stand behind its spans, who need its service name.
        let mut kept = Kept::of(message, self.arena);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.number {
                resource_spans::SCOPE_SPANS => continue,
                _ => check::of_resource_spans(&field)?,
            }
            kept.keep(&field, &fields);
        }
        let kept = kept.bytes();
        let service = match resource_attribute(kept, "service.name") {
            None | Some(ValueRef::Empty | ValueRef::Str("")) => UNKNOWN_SERVICE,
            Some(ValueRef::Str(name)) => name,
            Some(other) => self.arena.alloc_str(&other.text()),
        };
        let place = self.batch.resources.len() as u32;
        self.batch.resources.push(kept);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            if field.number == resource_spans::SCOPE_SPANS {
                self.scope_spans(field.bytes()?, service, place)?;
            }
        }
        Ok(())
    }

    fn scope_spans(&mut self, message: &'a [u8], service: &'a str, resource_place: u32) -> Result<(), WireFault> {
        let place = self.batch.scopes.len();
        // The place is taken now and filled at the end: the scope may stand behind its spans.
        self.batch.scopes.push(&[]);
        let around = Surroundings { service, places: (resource_place, place as u32) };
        let mut kept = Kept::of(message, self.arena);
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.number {
                scope_spans::SPANS => {
                    self.span(field.bytes()?, around)?;
                    continue;
                }
                _ => check::of_scope_spans(&field)?,
            }
            kept.keep(&field, &fields);
        }
        self.batch.scopes[place] = kept.bytes();
        Ok(())
    }

    fn span(&mut self, message: &'a [u8], around: Surroundings<'a>) -> Result<(), WireFault> {
        let mark = self.batch.mark();
        let mut open = self.batch.open_span();
        let why = match span_fields(message, around, (self.arena, &mut self.known), &mut open) {
            Ok(()) => {
                sort_tags(open.tags, open.from().0);
                open.close();
                return Ok(());
            }
            Err(Flaw::Wire(fault)) if !fault.is_content => return Err(fault),
            Err(Flaw::Wire(fault)) => format!("field {}: {}", fault.field, fault.why),
            Err(Flaw::Span(why)) => why,
        };
        self.batch.rewind(mark);
        self.rejected += 1;
        self.rejected_why.get_or_insert_with(|| format!("a span of {} was left out: {why}", around.service));
        Ok(())
    }
}

#[inline(always)]
fn span_fields<'a>(
    message: &'a [u8],
    around: Surroundings<'a>,
    (arena, known): (&'a Bump, &mut Known<'a>),
    open: &mut OpenSpan<'_, 'a>,
) -> Result<(), Flaw> {
    let OpenSpan { span, tags, events, .. } = open;
    span.otlp = Some(around.places);
    let mut kept = Kept::of(message, arena);
    let mut endpoints = Endpoints::default();
    let (mut ids, mut parent, mut end): (_, _, Option<Field<'a>>) = ([&[][..]; 2], None, None);
    let mut statuses = Statuses::default();
    let mut fields = Fields::of(message);
    if let Some(id) = fields.next_if_bytes::<16>(span::TRACE_ID) {
        ids[0] = id;
    }
    if let Some(id) = fields.next_if_bytes::<8>(span::SPAN_ID) {
        ids[1] = id;
    }
    loop {
        fields.text_entries(span::ATTRIBUTES, Holds::Wrapped, |key, value| {
            let value = value_of(value);
            endpoints.note(key, value);
            tags.push((key, value));
        });
        let Some(field) = fields.next()? else { break };
        match field.number {
            span::TRACE_ID => ids[0] = field.bytes()?,
            span::SPAN_ID => ids[1] = field.bytes()?,
            span::PARENT_SPAN_ID => parent = Some(field),
            span::NAME => span.name = known.names.know(field.bytes()?, || field.text())?,
            span::KIND => match kind(field.varint()?) {
                Some(kind) => span.kind = kind,
                None => kept.keep(&field, &fields),
            },
            span::START_TIME_UNIX_NANO => span.start = FineMicros::from_ns(field.fixed64()?),
            span::END_TIME_UNIX_NANO => {
                field.fixed64()?;
                end = Some(field);
            }
            span::ATTRIBUTES => {
                let (key, value) = checked_key_value(field.bytes()?, 0)?;
                endpoints.note(key, value);
                tags.push((key, value));
            }
            span::EVENTS => events.push(read_event(field.bytes()?, arena)?),
            span::STATUS => {
                let (status, has_more) = read_status(field.bytes()?)?;
                span.status = status.unwrap_or(span.status);
                statuses.keep(field, has_more, &mut kept, &fields);
            }
            _ => {
                check::of_span(&field)?;
                kept.keep(&field, &fields);
            }
        }
    }
    (span.trace_id, span.id) =
        (TraceId(needed(ids[0], "trace_id", trace_id)?), SpanId(needed(ids[1], "span_id", span_id)?));
    set_parent(span, parent, &mut kept)?;
    set_duration(span, end, &mut kept)?;
    endpoints.write_local(around.service, &mut known.addresses, &mut span.local);
    endpoints.write_remote(span.kind, &mut known.addresses, &mut span.remote);
    span.rest = kept.bytes();
    Ok(())
}

fn read_event<'a>(message: &'a [u8], arena: &'a Bump) -> Result<EventRef<'a>, WireFault> {
    let mut event = EventRef::default();
    let mut kept = Kept::of(message, arena);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            event::TIME_UNIX_NANO => event.time = FineMicros::from_ns(field.fixed64()?),
            event::NAME => event.name = field.text()?,
            _ => {
                check::of_event(&field)?;
                kept.keep(&field, &fields);
            }
        }
    }
    event.otlp = kept.bytes();
    Ok(event)
}

fn value_of(value: Short<'_>) -> ValueRef<'_> {
    match value {
        Short::Text(text) => ValueRef::Str(text),
        Short::Number(number) => ValueRef::Int(i64::from(number)),
    }
}

/// An id that must be there: of the right length, and not zero.
fn needed<T: Default + PartialEq>(bytes: &[u8], name: &str, read: fn(&[u8]) -> Option<T>) -> Result<T, Flaw> {
    match read(bytes) {
        Some(id) if id != T::default() => Ok(id),
        Some(_) => Err(Flaw::Span(format!("its {name} is all zeros"))),
        None => Err(Flaw::Span(format!("its {name} has {} bytes, not {}", bytes.len(), size_of::<T>()))),
    }
}

/// An empty parent and one of zeros both mean a root. A span that names itself is a root too; what it
/// said is kept.
fn set_parent<'a>(span: &mut SpanRef<'a>, parent: Option<Field<'a>>, kept: &mut Kept<'a>) -> Result<(), Flaw> {
    let Some(field) = parent else { return Ok(()) };
    let bytes = field.bytes()?;
    let id = if bytes.is_empty() { None } else { Some(span_id(bytes)) };
    match id {
        None | Some(Some(0)) => {}
        Some(Some(id)) if SpanId(id) == span.id => kept.add(field.raw),
        Some(Some(id)) => span.parent_id = Some(SpanId(id)),
        Some(None) => return Err(Flaw::Span(format!("its parent_span_id has {} bytes, not 8", bytes.len()))),
    }
    Ok(())
}

/// From start to end; an end without a start or before it gives no duration, and is kept.
fn set_duration<'a>(span: &mut SpanRef<'a>, end: Option<Field<'a>>, kept: &mut Kept<'a>) -> Result<(), Flaw> {
    let start_ns = span.start.to_ns();
    match end {
        None if span.start.is_none() => {}
        None => kept.add(&NO_END),
        Some(field) => match field.fixed64()?.checked_sub(start_ns) {
            Some(duration_ns) if !span.start.is_none() => span.duration = FineMicros::from_ns(duration_ns),
            _ => kept.add(field.raw),
        },
    }
    Ok(())
}

/// OTLP's kinds by number; `None` for one that is not known.
fn kind(number: u64) -> Option<Kind> {
    Some(match number {
        0 => Kind::Unspecified,
        1 => Kind::Internal,
        2 => Kind::Server,
        3 => Kind::Client,
        4 => Kind::Producer,
        5 => Kind::Consumer,
        _ => return None,
    })
}

/// The `Status` messages of a span. One that says its code alone has a column. Where a span has several, which
/// are one to protobuf, they are kept all, because what each adds depends on the others.
#[derive(Default)]
struct Statuses<'a> {
    is_said: bool,
    not_kept: Option<Field<'a>>,
}

impl<'a> Statuses<'a> {
    fn keep(&mut self, field: Field<'a>, has_more: bool, kept: &mut Kept<'a>, fields: &Fields<'a>) {
        if !has_more && !self.is_said {
            (self.is_said, self.not_kept) = (true, Some(field));
            return;
        }
        self.is_said = true;
        if let Some(before) = self.not_kept.take() {
            kept.add(before.raw);
        }
        kept.keep(&field, fields);
    }
}

/// The code of a `Status`, where one is sent, and whether it says anything the code does not.
fn read_status(message: &[u8]) -> Result<(Option<Status>, bool), WireFault> {
    let (mut code, mut has_more) = (None, false);
    let mut fields = Fields::of(message);
    while let Some(field) = fields.next()? {
        match field.number {
            status::CODE => {
                let number = field.varint()?;
                code = Some(u8::try_from(number).map_or(Status::Unset, Status::from_u8));
                has_more |= number > Status::Error as u64;
            }
            status::MESSAGE => has_more |= !field.text()?.is_empty(),
            _ => has_more = true,
        }
    }
    Ok((code, has_more))
}
