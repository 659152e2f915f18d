//! Zipkin's JSON through `serde_json`.
//!
//! It has no opinion where Zipkin's parser takes more than the standard does, or where a value is not of
//! its field's usual type and range: such bodies have tests of their own.

use crate::{Endpoint, Event, Kind, Span, Value};
use core::net::{Ipv4Addr, Ipv6Addr};
use nines_base::{FineMicros, SpanId, TraceId};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The spans of a list; what follows the list is not looked at.
pub fn spans(body: &[u8]) -> Option<Vec<Span>> {
    let json = serde_json::Deserializer::from_slice(body).into_iter::<Json>().next()?.ok()?;
    json.list()?.iter().map(span).collect()
}

/// A JSON value that keeps repeated names.
enum Json {
    Null,
    Bool(bool),
    Text(String),
    /// A whole number of 64 bits with sign.
    Whole(i64),
    /// Any other number.
    Number,
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
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

fn endpoint(json: &Json) -> Option<Endpoint> {
    let mut endpoint = Endpoint::default();
    for (name, value) in json.object()? {
        match (name.as_str(), value) {
            (_, Json::Null) => {}
            ("serviceName", _) => endpoint.service = value.text()?,
            ("ipv4" | "ipv6", _) => set_address(&value.text()?, &mut endpoint)?,
            ("port", _) => {
                let port = value.whole().filter(|port| i32::try_from(*port).is_ok())?;
                endpoint.port = u16::try_from(port.max(0)).ok()?;
            }
            _ => {}
        }
    }
    Some(endpoint)
}

/// Either name takes either family. Forms that Zipkin reads in its own way are left to tests.
fn set_address(text: &str, endpoint: &mut Endpoint) -> Option<()> {
    let text = text.strip_prefix("::ffff:").filter(|dotted| dotted.parse::<Ipv4Addr>().is_ok()).unwrap_or(text);
    let looks_like_ipv4 = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        endpoint.ipv4 = Some(address);
    } else if looks_like_ipv4 || text.contains(':') && text.contains('.') {
        return None;
    } else if let Ok(address) = text.parse::<Ipv6Addr>() {
        endpoint.ipv6 = Some(address);
    }
    Some(())
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

impl Json {
    fn list(&self) -> Option<&[Json]> {
        if let Json::List(values) = self { Some(values) } else { None }
    }

    fn object(&self) -> Option<&[(String, Json)]> {
        if let Json::Object(fields) = self { Some(fields) } else { None }
    }

    /// A text, or a whole number as text.
    fn text(&self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text.clone()),
            Json::Whole(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number, quoted or not.
    fn whole(&self) -> Option<i64> {
        match self {
            Json::Text(text) => text.parse().ok(),
            Json::Whole(number) => Some(*number),
            _ => None,
        }
    }

    fn truth(&self) -> Option<bool> {
        if let Json::Bool(truth) = self { Some(*truth) } else { None }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Number, Json::Whole))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }
}
