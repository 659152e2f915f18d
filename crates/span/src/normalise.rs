//! Zipkin's rules for a span, whatever format it came in. Every Zipkin codec ends here.
//!
//! Names are not lower-cased here: they are kept as sent, and the writer lower-cases them.

use crate::batch::{EventRef, OpenSpan};
use crate::decode_error::{Fault, quoted};
use crate::model::{Kind, ValueRef};
use nines_base::id::parse_hex;
use nines_base::{FineMicros, IdError, SpanId, TraceId};
use std::cmp::Ordering;

/// Digits of a trace id.
const TRACE_ID_DIGITS_MAX: usize = 32;
/// Digits of a span id.
const SPAN_ID_DIGITS_MAX: usize = 16;

/// Reads a trace id. Padding and cutting need no step of their own: the number is the id.
pub(crate) fn trace_id(text: &str) -> Result<TraceId, Fault> {
    match parse_hex(text.as_bytes(), TRACE_ID_DIGITS_MAX) {
        Ok(0) => Err(Fault::ZeroId("traceId")),
        Ok(number) => Ok(TraceId(number)),
        Err(error) => Err(id_fault("traceId", text, TRACE_ID_DIGITS_MAX, error)),
    }
}

/// Reads a span's own id. Sixteen zeros are an error; fewer are the id 0, as in Zipkin.
pub(crate) fn span_id(text: &str) -> Result<SpanId, Fault> {
    match parse_hex(text.as_bytes(), SPAN_ID_DIGITS_MAX) {
        Ok(0) if text.len() == SPAN_ID_DIGITS_MAX => Err(Fault::ZeroId("id")),
        Ok(number) => Ok(SpanId(number as u64)),
        Err(error) => Err(id_fault("id", text, SPAN_ID_DIGITS_MAX, error)),
    }
}

/// Reads a parent's id; zeros mean that there is none.
pub(crate) fn parent_id(text: &str) -> Result<Option<SpanId>, Fault> {
    match parse_hex(text.as_bytes(), SPAN_ID_DIGITS_MAX) {
        Ok(0) => Ok(None),
        Ok(number) => Ok(Some(SpanId(number as u64))),
        Err(error) => Err(id_fault("parentId", text, SPAN_ID_DIGITS_MAX, error)),
    }
}

#[cold]
fn id_fault(field: &'static str, text: &str, limit: usize, error: IdError) -> Fault {
    // The id parser counts bytes; a text that is long in bytes alone has a character that is no digit.
    let is_long = text.encode_utf16().count() > limit;
    match error {
        IdError::Empty => Fault::EmptyId(field),
        IdError::TooLong if is_long => Fault::LongId { field, limit },
        IdError::AllZeros => Fault::ZeroId(field),
        IdError::TooLong | IdError::NotLowerHex => Fault::NotLowerHex(quoted(text)),
    }
}

/// A time or duration in microseconds; zero and below mean that there is none.
pub(crate) fn micros(number: i64) -> FineMicros {
    FineMicros::from_us(u64::try_from(number).unwrap_or(0))
}

/// Ends a span of a Zipkin format.
pub(crate) fn close(open: OpenSpan<'_, '_>) {
    let (tags_from, events_from) = open.from();
    sort_tags(open.tags, tags_from);
    sort_annotations(open.events, events_from);
    let span = &mut *open.span;
    if span.parent_id == Some(span.id) {
        span.parent_id = None;
    }
    // The shared flag says that the other side made the id: a client, who makes it, can never say so.
    if span.kind == Kind::Client {
        span.shared = false;
    }
    open.close();
}

/// Tags of a span that are sorted by insertion: real spans have about six, and few have as many as this.
const TAGS_INSERTED_MAX: usize = 32;

/// Sorts the tags from `from` on by key; of one key's values the last stays (`DEC-3`).
///
/// Keys are ordered by code point. (Zipkin orders by UTF-16 unit, which differs beyond U+FFFF alone.)
pub(crate) fn sort_tags(tags: &mut Vec<(&str, ValueRef<'_>)>, from: usize) {
    let own = &mut tags[from..];
    let has_repeats = if own.len() > TAGS_INSERTED_MAX {
        // Stable, so that equal keys stay in the order sent.
        own.sort_by(|a, b| compare_keys(a.0, b.0));
        true
    } else {
        insert_tags(own)
    };
    if has_repeats {
        keep_last_of_each_key(tags, from);
    }
}

/// Sorts at most [`TAGS_INSERTED_MAX`] tags by insertion, equal keys in the order sent; whether keys are equal.
/// Each key's prefix is computed once, and nearly all comparisons are of those.
fn insert_tags(tags: &mut [(&str, ValueRef<'_>)]) -> bool {
    let mut prefixes = [0u64; TAGS_INSERTED_MAX];
    let mut has_repeats = false;
    for at in 0..tags.len() {
        let tag = tags[at];
        let own = prefix(tag.0);
        let mut place = at;
        while place > 0 {
            let order = prefixes[place - 1].cmp(&own).then_with(|| tags[place - 1].0.cmp(tag.0));
            has_repeats |= order.is_eq();
            if order.is_le() {
                break;
            }
            prefixes[place] = prefixes[place - 1];
            tags[place] = tags[place - 1];
            place -= 1;
        }
        prefixes[place] = own;
        if place < at {
            tags[place] = tag;
        }
    }
    has_repeats
}

/// Of sorted tags from `from` on, drops all but the last of each key.
fn keep_last_of_each_key(tags: &mut Vec<(&str, ValueRef<'_>)>, from: usize) {
    let mut kept = from;
    for at in from + 1..tags.len() {
        if tags[at].0 != tags[kept].0 {
            kept += 1;
        }
        tags[kept] = tags[at];
    }
    tags.truncate(kept + 1);
}

/// As `a.cmp(b)`. Most keys differ in their first eight bytes, and comparing those as one number is
/// several times faster than a call that compares memory.
#[inline(always)]
pub(crate) fn compare_keys(a: &str, b: &str) -> Ordering {
    prefix(a).cmp(&prefix(b)).then_with(|| a.cmp(b))
}

/// The first eight bytes, padded with zeros, as a number that orders as they do.
#[inline(always)]
fn prefix(key: &str) -> u64 {
    let bytes = key.as_bytes();
    match (bytes.first_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        (Some(bytes), ..) => u64::from_be_bytes(*bytes),
        // Two halves that overlap where the key has less than eight.
        (None, Some(first), Some(last)) => {
            let (first, last): (&[u8; 4], &[u8; 4]) = (first, last);
            let last = u64::from(u32::from_be_bytes(*last)) << (64 - 8 * bytes.len());
            u64::from(u32::from_be_bytes(*first)) << 32 | last
        }
        _ => key.bytes().enumerate().fold(0, |number, (at, byte)| number | u64::from(byte) << (56 - 8 * at)),
    }
}

/// Sorts the annotations from `from` on by time, then text, and drops exact repetitions.
pub(crate) fn sort_annotations(events: &mut Vec<EventRef<'_>>, from: usize) {
    if events.len() - from < 2 {
        return;
    }
    events[from..].sort_by(|a, b| (a.time, a.name).cmp(&(b.time, b.name)));
    let mut kept = from;
    for at in from + 1..events.len() {
        if (events[at].time, events[at].name) != (events[kept].time, events[kept].name) {
            kept += 1;
        }
        events[kept] = events[at];
    }
    events.truncate(kept + 1);
}
