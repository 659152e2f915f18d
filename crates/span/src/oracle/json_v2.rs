//! Zipkin's JSON through `serde_json`.
//!
//! It has no opinion where Zipkin's parser takes more than the standard does, or where a value is not of
//! its field's usual type and range: such bodies have tests of their own.

use super::json::{Json, endpoint, read};
use crate::{Event, Kind, Span, Value};
use nines_base::{FineMicros, SpanId, TraceId};
use std::collections::{BTreeMap, BTreeSet};

/// The spans of a list; what follows the list is not looked at.
pub fn spans(body: &[u8]) -> Option<Vec<Span>> {
    read(body)?.list()?.iter().map(span).collect()
}

fn span(json: &Json) -> Option<Span> {
    let mut span = Span::default();
    let (mut trace_id, mut own_id, mut parent) = (None, None, 0);
    let (mut tags, mut annotations) = (BTreeMap::new(), BTreeSet::new());
    for (name, value) in json.object()? {
        match (name.as_str(), value) {
            // Zeros are refused wherever they stand; an id of fewer than sixteen is 0: left to tests.
            ("traceId", _) => trace_id = Some(id(value, 32).filter(|id| *id != 0)?),
            ("id", _) => own_id = Some(id(value, 16).filter(|id| *id != 0)? as u64),
            // Absent, and takes nothing back.
            (_, Json::Null) => {}
            ("parentId", _) => parent = id(value, 16)? as u64,
            ("kind", _) => span.kind = kind(value)?,
            ("name", _) => span.name = value.text()?,
            ("timestamp", _) => span.start = micros(value)?,
            ("duration", _) => span.duration = micros(value)?,
            ("localEndpoint", _) => span.local = endpoint(value)?,
            ("remoteEndpoint", _) => span.remote = endpoint(value)?,
            ("annotations", _) => {
                for value in value.list()? {
                    annotations.insert(annotation(value)?);
                }
            }
            ("tags", _) => {
                for (key, value) in value.object()? {
                    tags.insert(key.clone(), value.text()?);
                }
            }
            ("debug", _) => span.debug |= value.truth()?,
            ("shared", _) => span.shared |= value.truth()?,
            _ => {}
        }
    }
    (span.trace_id, span.id) = (TraceId(trace_id?), SpanId(own_id?));
    span.parent_id = Some(SpanId(parent)).filter(|parent| parent.0 != 0 && *parent != span.id);
    span.shared &= span.kind != Kind::Client;
    span.tags = tags.into_iter().map(|(key, value)| (key, Value::Str(value))).collect();
    span.events = annotations.into_iter().map(|(time, name)| Event { time, name, otlp: Vec::new() }).collect();
    Some(span)
}

fn id(json: &Json, digits_max: usize) -> Option<u128> {
    let text = json.text()?;
    let is_hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hex && text.len() <= digits_max { u128::from_str_radix(&text, 16).ok() } else { None }
}

fn kind(json: &Json) -> Option<Kind> {
    match json.text()?.as_str() {
        "CLIENT" => Some(Kind::Client),
        "SERVER" => Some(Kind::Server),
        "PRODUCER" => Some(Kind::Producer),
        "CONSUMER" => Some(Kind::Consumer),
        _ => None,
    }
}

fn micros(json: &Json) -> Option<FineMicros> {
    Some(FineMicros::from_us(json.whole()?.max(0) as u64))
}

fn annotation(json: &Json) -> Option<(FineMicros, String)> {
    let (mut time, mut text) = (None, None);
    for (name, value) in json.object()? {
        match name.as_str() {
            "timestamp" => time = Some(micros(value)?),
            "value" => text = Some(value.text()?),
            _ => {}
        }
    }
    time.zip(text)
}
