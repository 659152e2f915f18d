//! What a request says of the trace it belongs to: B3 in one header or in several, else W3C's `traceparent`.
//!
//! What cannot be read is as if it were not there: a tracing header never fails a query.

use axum::http::HeaderMap;
use nines_base::{SpanId, TraceId};

/// What the caller decided about keeping the trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Decision {
    /// Nothing.
    #[default]
    Open,
    /// It is not kept.
    No,
    /// It is kept.
    Yes,
    /// It is kept, whatever samplers say.
    Debug,
}

/// The caller's span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caller {
    /// Its trace.
    pub trace_id: TraceId,
    /// Its id.
    pub id: SpanId,
    /// Its parent.
    pub parent_id: Option<SpanId>,
    /// Whether the answering side goes by the same id, as B3 has it; else the caller is its parent.
    pub is_shared: bool,
}

/// What a request says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Incoming {
    /// The decision.
    pub decision: Decision,
    /// The span, where there is one.
    pub caller: Option<Caller>,
}

impl Incoming {
    /// Reads a request's headers.
    pub fn of(headers: &HeaderMap) -> Incoming {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let single = text("b3").and_then(b3_single);
        let said = single.or_else(|| b3_several(&text)).or_else(|| text("traceparent").and_then(traceparent));
        said.unwrap_or_default()
    }
}

/// `0`, or trace and span, then perhaps the decision, then perhaps the parent.
fn b3_single(text: &str) -> Option<Incoming> {
    if let Some(decision) = decision(text) {
        return Some(Incoming { decision, caller: None });
    }
    let mut parts = text.split('-');
    let (trace_id, id) = (parts.next()?, parts.next()?);
    let decision = match parts.next() {
        Some(word) => decision(word)?,
        None => Decision::Open,
    };
    let caller = b3_caller(trace_id, id, parts.next())?;
    Some(Incoming { decision, caller: Some(caller) })
}

fn b3_several<'h>(text: &impl Fn(&str) -> Option<&'h str>) -> Option<Incoming> {
    let decision = match (text("x-b3-flags"), text("x-b3-sampled").and_then(decision)) {
        (Some("1"), _) => Some(Decision::Debug),
        (_, said) => said,
    };
    let ids = text("x-b3-traceid").zip(text("x-b3-spanid"));
    let caller = ids.and_then(|(trace_id, id)| b3_caller(trace_id, id, text("x-b3-parentspanid")));
    let said = Incoming { decision: decision.unwrap_or_default(), caller };
    (decision.is_some() || caller.is_some()).then_some(said)
}

fn b3_caller(trace_id: &str, id: &str, parent_id: Option<&str>) -> Option<Caller> {
    let parent_id = parent_id.and_then(span_id);
    Some(Caller { trace_id: trace(trace_id)?, id: span_id(id)?, parent_id, is_shared: true })
}

fn decision(word: &str) -> Option<Decision> {
    match word {
        "0" | "false" => Some(Decision::No),
        "1" | "true" => Some(Decision::Yes),
        "d" => Some(Decision::Debug),
        _ => None,
    }
}

/// Version, trace, span and flags, of which the last bit says that the caller keeps it.
fn traceparent(text: &str) -> Option<Incoming> {
    let parts: Vec<&str> = text.split('-').collect();
    let [version, trace_id, id, flags, ..] = parts[..] else { return None };
    let has_form = [version.len(), trace_id.len(), id.len(), flags.len()] == [2, 32, 16, 2] && version != "ff";
    // Later versions may say more behind these four.
    if !has_form || (version == "00" && parts.len() > 4) {
        return None;
    }
    let is_kept = u8::from_str_radix(flags, 16).ok()? & 1 == 1;
    let decision = if is_kept { Decision::Yes } else { Decision::No };
    let caller = Caller { trace_id: trace(trace_id)?, id: span_id(id)?, parent_id: None, is_shared: false };
    Some(Incoming { decision, caller: Some(caller) })
}

fn trace(text: &str) -> Option<TraceId> {
    TraceId::parse(text).ok().filter(|id| id.0 != 0)
}

fn span_id(text: &str) -> Option<SpanId> {
    SpanId::parse(text).ok().filter(|id| id.0 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    const TRACE: &str = "463ac35c9f6413ad48485a3953bb6124";

    fn of(headers: &[(&'static str, &'static str)]) -> Incoming {
        let headers =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Incoming::of(&headers.collect())
    }

    fn said(decision: Decision, ids: Option<(u64, Option<u64>, bool)>) -> Incoming {
        let caller = ids.map(|(id, parent_id, is_shared)| Caller {
            trace_id: TraceId::parse(TRACE).unwrap(),
            id: SpanId(id),
            parent_id: parent_id.map(SpanId),
            is_shared,
        });
        Incoming { decision, caller }
    }

    #[test]
    fn what_a_caller_says_is_read_in_each_form() {
        use Decision::*;
        for (headers, expect) in [
            (&[][..], said(Open, None)),
            (&[("b3", "0")], said(No, None)),
            (&[("b3", "1")], said(Yes, None)),
            (&[("b3", "d")], said(Debug, None)),
            (&[("b3", "463ac35c9f6413ad48485a3953bb6124-0000000000000007")], said(Open, Some((7, None, true)))),
            (&[("b3", "463ac35c9f6413ad48485a3953bb6124-0000000000000007-0")], said(No, Some((7, None, true)))),
            (&[("b3", "463ac35c9f6413ad48485a3953bb6124-0000000000000007-1")], said(Yes, Some((7, None, true)))),
            (
                &[("b3", "463ac35c9f6413ad48485a3953bb6124-0000000000000007-d-0000000000000003")],
                said(Debug, Some((7, Some(3), true))),
            ),
            (&[("x-b3-sampled", "0")], said(No, None)),
            (&[("x-b3-flags", "1")], said(Debug, None)),
            (
                &[("x-b3-traceid", TRACE), ("x-b3-spanid", "7"), ("x-b3-parentspanid", "3"), ("x-b3-sampled", "true")],
                said(Yes, Some((7, Some(3), true))),
            ),
            (&[("x-b3-traceid", TRACE), ("x-b3-spanid", "7")], said(Open, Some((7, None, true)))),
            (
                &[("traceparent", "00-463ac35c9f6413ad48485a3953bb6124-0000000000000007-01")],
                said(Yes, Some((7, None, false))),
            ),
            (
                &[("traceparent", "00-463ac35c9f6413ad48485a3953bb6124-0000000000000007-00")],
                said(No, Some((7, None, false))),
            ),
            (
                &[("b3", "0"), ("traceparent", "00-463ac35c9f6413ad48485a3953bb6124-0000000000000007-01")],
                said(No, None),
            ),
            (
                &[("traceparent", "7a-463ac35c9f6413ad48485a3953bb6124-0000000000000007-01-more")],
                said(Yes, Some((7, None, false))),
            ),
        ] {
            assert_eq!(of(headers), expect, "{headers:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_there() {
        for wrong in [
            ("b3", "x"),
            ("b3", "-"),
            ("b3", "zz-0000000000000007-1"),
            ("b3", "463ac35c9f6413ad48485a3953bb6124-0-1"),
            ("b3", "463ac35c9f6413ad48485a3953bb6124-0000000000000007-maybe"),
            ("traceparent", "00-463ac35c9f6413ad48485a3953bb6124-0000000000000007"),
            ("traceparent", "ff-463ac35c9f6413ad48485a3953bb6124-0000000000000007-01"),
            ("traceparent", "00-00000000000000000000000000000000-0000000000000007-01"),
            ("traceparent", "00-463ac35c9f6413ad48485a3953bb6124-0000000000000007-01-more"),
            ("x-b3-traceid", TRACE),
        ] {
            assert_eq!(of(&[wrong]), Incoming::default(), "{wrong:?}");
        }
    }
}
