//! B3, single and multi header (openzipkin/b3-propagation).

use std::fmt::Display;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::Extracted;
use crate::context::{Sampling, TraceContext};
use crate::id::{SpanId, TraceId};

static SINGLE: HeaderName = HeaderName::from_static("b3");
static TRACE_ID: HeaderName = HeaderName::from_static("x-b3-traceid");
static SPAN_ID: HeaderName = HeaderName::from_static("x-b3-spanid");
static PARENT_SPAN_ID: HeaderName = HeaderName::from_static("x-b3-parentspanid");
static SAMPLED: HeaderName = HeaderName::from_static("x-b3-sampled");
static FLAGS: HeaderName = HeaderName::from_static("x-b3-flags");

/// Reads `b3: {trace}-{span}[-{0|1|d}[-{parent}]]` or `b3: {0|1|d}`.
pub(super) fn extract_single(headers: &HeaderMap) -> Option<Extracted> {
    let value = headers.get(&SINGLE)?.to_str().ok()?;
    if let Some(decision) = parse_sampling_letter(value) {
        return Some(Extracted::Decision(decision));
    }
    let mut parts = value.split('-');
    let trace_id = parts.next().filter(|text| matches!(text.len(), 16 | 32)).and_then(TraceId::parse)?;
    let span_id = parts.next().filter(|text| text.len() == 16).and_then(SpanId::parse)?;
    let sampling = match parts.next() {
        None => Sampling::Undecided,
        Some(letter) => parse_sampling_letter(letter)?,
    };
    let parent_id = match parts.next() {
        None => None,
        Some(text) if text.len() == 16 => parse_parent(text)?,
        Some(_) => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    Some(Extracted::B3(TraceContext { trace_id, span_id, parent_id, sampling, shared: false }))
}

/// Reads the `X-B3-*` headers. One malformed header spoils them all: half a context would link spans wrongly.
pub(super) fn extract_multi(headers: &HeaderMap) -> Option<Extracted> {
    let text = |name: &HeaderName| match headers.get(name) {
        None => Some(None),
        Some(value) => value.to_str().ok().map(Some),
    };
    let sampled = match text(&SAMPLED)? {
        None => Sampling::Undecided,
        Some(value) => parse_sampled(value)?,
    };
    // Debug implies sampled, whatever `X-B3-Sampled` says; any other flag value has no meaning.
    let sampling = if text(&FLAGS)? == Some("1") { Sampling::Debug } else { sampled };
    let Some(trace_id) = text(&TRACE_ID)? else {
        let has_decision = sampling != Sampling::Undecided;
        return has_decision.then_some(Extracted::Decision(sampling));
    };
    let trace_id = TraceId::parse(trace_id)?;
    let span_id = SpanId::parse(text(&SPAN_ID)??)?;
    let parent_id = match text(&PARENT_SPAN_ID)? {
        None => None,
        Some(value) => parse_parent(value)?,
    };
    Some(Extracted::B3(TraceContext { trace_id, span_id, parent_id, sampling, shared: false }))
}

/// Writes the `X-B3-*` headers and takes away those that do not apply.
pub(super) fn inject(context: &TraceContext, headers: &mut HeaderMap) {
    for name in [&SINGLE, &PARENT_SPAN_ID, &SAMPLED, &FLAGS] {
        headers.remove(name);
    }
    insert(headers, &TRACE_ID, &context.trace_id);
    insert(headers, &SPAN_ID, &context.span_id);
    if let Some(parent_id) = context.parent_id {
        insert(headers, &PARENT_SPAN_ID, &parent_id);
    }
    match context.sampling {
        Sampling::Undecided => {}
        Sampling::Drop => insert(headers, &SAMPLED, &"0"),
        Sampling::Keep => insert(headers, &SAMPLED, &"1"),
        Sampling::Debug => insert(headers, &FLAGS, &"1"),
    }
}

fn insert(headers: &mut HeaderMap, name: &HeaderName, value: &dyn Display) {
    // Ids and digits are visible ASCII, so the conversion cannot fail; a header less is the safe branch.
    if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
        headers.insert(name, value);
    }
}

fn parse_sampling_letter(letter: &str) -> Option<Sampling> {
    match letter {
        "0" => Some(Sampling::Drop),
        "1" => Some(Sampling::Keep),
        "d" => Some(Sampling::Debug),
        _ => None,
    }
}

fn parse_sampled(value: &str) -> Option<Sampling> {
    match value {
        "1" => Some(Sampling::Keep),
        "0" => Some(Sampling::Drop),
        // Written by early clients.
        _ if value.eq_ignore_ascii_case("true") => Some(Sampling::Keep),
        _ if value.eq_ignore_ascii_case("false") => Some(Sampling::Drop),
        _ => None,
    }
}

/// A parent id; all zeros means "no parent" to the clients that send it at the root.
fn parse_parent(text: &str) -> Option<Option<SpanId>> {
    let is_zero = (1..=16).contains(&text.len()) && text.bytes().all(|digit| digit == b'0');
    if is_zero { Some(None) } else { SpanId::parse(text).map(Some) }
}
