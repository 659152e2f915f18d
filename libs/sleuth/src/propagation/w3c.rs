//! W3C Trace Context, level 1: `traceparent` as a fallback for callers without B3.

use http::HeaderMap;

use crate::context::{Sampling, TraceContext};
use crate::id::{SpanId, TraceId};

/// Length of `00-{32}-{16}-{2}`.
const TRACEPARENT_BYTES: usize = 55;

/// Reads `{version}-{trace}-{span}-{flags}`. Later versions may only append, after a further dash.
pub(super) fn extract(headers: &HeaderMap) -> Option<TraceContext> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    let head = value.get(..TRACEPARENT_BYTES)?;
    let mut parts = head.split('-');
    let version = parse_byte(parts.next()?)?;
    let trace_id = parts.next().filter(|text| text.len() == 32).and_then(TraceId::parse)?;
    let span_id = parts.next().filter(|text| text.len() == 16).and_then(SpanId::parse)?;
    let flags = parse_byte(parts.next()?)?;
    let tail = &value[TRACEPARENT_BYTES..];
    let is_well_formed = match version {
        // 255 is forbidden by the specification.
        0xff => false,
        0 => tail.is_empty(),
        _ => tail.is_empty() || tail.starts_with('-'),
    };
    if !is_well_formed || parts.next().is_some() {
        return None;
    }
    let sampling = if flags & 1 == 1 { Sampling::Keep } else { Sampling::Drop };
    Some(TraceContext { trace_id, span_id, parent_id: None, sampling, shared: false })
}

/// Two lower-case hexadecimal digits.
fn parse_byte(text: &str) -> Option<u8> {
    let is_lower_hex = text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if text.len() == 2 && is_lower_hex { u8::from_str_radix(text, 16).ok() } else { None }
}
