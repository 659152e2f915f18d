//! OTLP in JSON through `serde_json` and opentelemetry-proto's types: what it is in protobuf.
//!
//! It has no opinion where a name repeats, where a value has two types, or where a value is not of its
//! field's usual type and range: such bodies have tests of their own.

use super::json::{Json, read};
use crate::otlp::VALUE_DEPTH_MAX;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, EntityRef, InstrumentationScope, KeyValue, KeyValueList,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status, span};
use prost::Message;

/// The request in protobuf, and the number of spans that are none because of an id or of bytes that are not
/// what they must be.
pub fn protobuf(body: &[u8]) -> Option<(Vec<u8>, u64)> {
    let (json, mut left_out) = (read(body)?, 0);
    let mut request = ExportTraceServiceRequest::default();
    for resource_spans in list(&Fields::of(&json)?, "resourceSpans")? {
        request.resource_spans.push(read_resource_spans(resource_spans, &mut left_out)?);
    }
    Some((request.encode_to_vec(), left_out))
}

/// What is wrong with something: there is no opinion, or it is not what it must be.
enum Flaw {
    NoOpinion,
    Content,
}

type Outcome<T> = Result<T, Flaw>;

/// An object by its names in camel case, nulls left out.
struct Fields<'j>(Vec<(String, &'j Json)>);

impl<'j> Fields<'j> {
    fn of(json: &'j Json) -> Option<Fields<'j>> {
        let mut fields: Vec<(String, &Json)> = Vec::new();
        for (name, value) in json.object()? {
            let name = camel_case(name);
            if fields.iter().any(|(known, _)| *known == name) {
                return None;
            }
            if !matches!(value, Json::Null) {
                fields.push((name, value));
            }
        }
        Some(Fields(fields))
    }

    fn get(&self, name: &str) -> Option<&'j Json> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name).map_or(Some(String::new()), Json::text)
    }

    fn unsigned(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            None => Some(0),
            Some(Json::Whole(number)) => u64::try_from(*number).ok(),
            Some(Json::Text(text)) => text.parse().ok(),
            Some(_) => None,
        }
    }

    fn count(&self, name: &str) -> Option<u32> {
        u32::try_from(self.unsigned(name)?).ok()
    }

    fn enumeration(&self, name: &str, names: &[&str]) -> Option<i32> {
        match self.get(name) {
            None => Some(0),
            Some(Json::Whole(number)) => i32::try_from(*number).ok(),
            Some(Json::Text(text)) => names.iter().position(|known| known == text).map(|at| at as i32),
            Some(_) => None,
        }
    }

    fn id(&self, name: &str) -> Outcome<Vec<u8>> {
        let text = self.text(name).ok_or(Flaw::NoOpinion)?;
        if text.len() % 2 == 1 || !text.is_ascii() {
            return Err(Flaw::Content);
        }
        let bytes = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok());
        // The standard library takes a sign for a digit.
        bytes.collect::<Option<_>>().filter(|_| !text.contains('+')).ok_or(Flaw::Content)
    }
}

fn camel_case(name: &str) -> String {
    let is_snake = SNAKE_NAMES.contains(&name);
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    if is_snake {
        parts.fold(first, |name, part| name + &part[..1].to_uppercase() + &part[1..])
    } else {
        name.to_owned()
    }
}

const SNAKE_NAMES: [&str; 23] = [
    "resource_spans",
    "scope_spans",
    "schema_url",
    "dropped_attributes_count",
    "dropped_events_count",
    "dropped_links_count",
    "entity_refs",
    "id_keys",
    "description_keys",
    "trace_id",
    "span_id",
    "parent_span_id",
    "trace_state",
    "start_time_unix_nano",
    "end_time_unix_nano",
    "time_unix_nano",
    "string_value",
    "bool_value",
    "int_value",
    "double_value",
    "array_value",
    "kvlist_value",
    "bytes_value",
];

fn list<'j>(fields: &Fields<'j>, name: &str) -> Option<&'j [Json]> {
    fields.get(name).map_or(Some(&[]), Json::list)
}

fn read_resource_spans(json: &Json, left_out: &mut u64) -> Option<ResourceSpans> {
    let fields = Fields::of(json)?;
    let mut message = ResourceSpans { schema_url: fields.text("schemaUrl")?, ..ResourceSpans::default() };
    if let Some(resource) = fields.get("resource") {
        message.resource = Some(read_resource(&Fields::of(resource)?)?);
    }
    for scope_spans in list(&fields, "scopeSpans")? {
        message.scope_spans.push(read_scope_spans(&Fields::of(scope_spans)?, left_out)?);
    }
    Some(message)
}

fn read_resource(fields: &Fields<'_>) -> Option<Resource> {
    let texts = |list: &[Json]| list.iter().map(Json::text).collect::<Option<Vec<String>>>();
    let mut entity_refs = Vec::new();
    for json in list(fields, "entityRefs")? {
        let fields = Fields::of(json)?;
        entity_refs.push(EntityRef {
            schema_url: fields.text("schemaUrl")?,
            r#type: fields.text("type")?,
            id_keys: texts(list(&fields, "idKeys")?)?,
            description_keys: texts(list(&fields, "descriptionKeys")?)?,
        });
    }
    Some(Resource {
        attributes: attributes(fields).ok()?,
        dropped_attributes_count: fields.count("droppedAttributesCount")?,
        entity_refs,
    })
}

fn read_scope_spans(fields: &Fields<'_>, left_out: &mut u64) -> Option<ScopeSpans> {
    let mut message = ScopeSpans { schema_url: fields.text("schemaUrl")?, ..ScopeSpans::default() };
    if let Some(scope) = fields.get("scope") {
        let fields = Fields::of(scope)?;
        message.scope = Some(InstrumentationScope {
            name: fields.text("name")?,
            version: fields.text("version")?,
            attributes: attributes(&fields).ok()?,
            dropped_attributes_count: fields.count("droppedAttributesCount")?,
        });
    }
    for json in list(fields, "spans")? {
        match read_span(&Fields::of(json)?) {
            Ok(span) => message.spans.push(span),
            Err(Flaw::Content) => *left_out += 1,
            Err(Flaw::NoOpinion) => return None,
        }
    }
    Some(message)
}

const KINDS: [&str; 6] = [
    "SPAN_KIND_UNSPECIFIED",
    "SPAN_KIND_INTERNAL",
    "SPAN_KIND_SERVER",
    "SPAN_KIND_CLIENT",
    "SPAN_KIND_PRODUCER",
    "SPAN_KIND_CONSUMER",
];

/// No opinion comes before content: where a span has both nothing is said.
fn read_span(fields: &Fields<'_>) -> Outcome<Span> {
    let mut span = span_columns(fields).ok_or(Flaw::NoOpinion)?;
    let mut flawed = false;
    let mut take = |outcome: Outcome<Vec<u8>>| note(outcome, &mut flawed);
    span.trace_id = take(fields.id("traceId"))?;
    span.span_id = take(fields.id("spanId"))?;
    span.parent_span_id = take(fields.id("parentSpanId"))?;
    span.attributes = note(attributes(fields), &mut flawed)?;
    for json in list(fields, "events").ok_or(Flaw::NoOpinion)? {
        span.events.push(note(read_event(json), &mut flawed)?);
    }
    for json in list(fields, "links").ok_or(Flaw::NoOpinion)? {
        span.links.push(note(read_link(json), &mut flawed)?);
    }
    if flawed { Err(Flaw::Content) } else { Ok(span) }
}

fn note<T: Default>(outcome: Outcome<T>, flawed: &mut bool) -> Outcome<T> {
    match outcome {
        Err(Flaw::Content) => {
            *flawed = true;
            Ok(T::default())
        }
        outcome => outcome,
    }
}

fn span_columns(fields: &Fields<'_>) -> Option<Span> {
    let mut span = Span {
        trace_state: fields.text("traceState")?,
        flags: fields.count("flags")?,
        name: fields.text("name")?,
        kind: fields.enumeration("kind", &KINDS)?,
        start_time_unix_nano: fields.unsigned("startTimeUnixNano")?,
        end_time_unix_nano: fields.unsigned("endTimeUnixNano")?,
        dropped_attributes_count: fields.count("droppedAttributesCount")?,
        dropped_events_count: fields.count("droppedEventsCount")?,
        dropped_links_count: fields.count("droppedLinksCount")?,
        ..Span::default()
    };
    if let Some(json) = fields.get("status") {
        let fields = Fields::of(json)?;
        let codes = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];
        span.status = Some(Status { message: fields.text("message")?, code: fields.enumeration("code", &codes)? });
    }
    Some(span)
}

fn read_event(json: &Json) -> Outcome<span::Event> {
    let fields = Fields::of(json).ok_or(Flaw::NoOpinion)?;
    let columns =
        || Some((fields.unsigned("timeUnixNano")?, fields.text("name")?, fields.count("droppedAttributesCount")?));
    let (time_unix_nano, name, dropped_attributes_count) = columns().ok_or(Flaw::NoOpinion)?;
    Ok(span::Event { time_unix_nano, name, attributes: attributes(&fields)?, dropped_attributes_count })
}

fn read_link(json: &Json) -> Outcome<span::Link> {
    let fields = Fields::of(json).ok_or(Flaw::NoOpinion)?;
    let columns =
        || Some((fields.text("traceState")?, fields.count("flags")?, fields.count("droppedAttributesCount")?));
    let (trace_state, flags, dropped_attributes_count) = columns().ok_or(Flaw::NoOpinion)?;
    let mut flawed = false;
    let link = span::Link {
        trace_id: note(fields.id("traceId"), &mut flawed)?,
        span_id: note(fields.id("spanId"), &mut flawed)?,
        trace_state,
        attributes: note(attributes(&fields), &mut flawed)?,
        dropped_attributes_count,
        flags,
    };
    if flawed { Err(Flaw::Content) } else { Ok(link) }
}

fn attributes(fields: &Fields<'_>) -> Outcome<Vec<KeyValue>> {
    key_values(list(fields, "attributes").ok_or(Flaw::NoOpinion)?, 0)
}

fn key_values(list: &[Json], depth: usize) -> Outcome<Vec<KeyValue>> {
    let mut flawed = false;
    let read = |json: &Json| -> Outcome<KeyValue> {
        let fields = Fields::of(json).ok_or(Flaw::NoOpinion)?;
        let key = fields.text("key").ok_or(Flaw::NoOpinion)?;
        let value = fields.get("value").map(|value| any_value(value, depth)).transpose()?;
        Ok(KeyValue { key, value, ..KeyValue::default() })
    };
    let all: Outcome<Vec<KeyValue>> = list.iter().map(|json| note(read(json), &mut flawed)).collect();
    if flawed { all.and(Err(Flaw::Content)) } else { all }
}

/// Inside `depth` lists and maps. How deep is too deep is left to tests.
fn any_value(json: &Json, depth: usize) -> Outcome<AnyValue> {
    let fields = Fields::of(json).ok_or(Flaw::NoOpinion)?;
    let types = ["stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue"];
    let mut known = fields.0.iter().filter(|(name, _)| types.contains(&name.as_str()));
    let (first, None) = (known.next(), known.next()) else { return Err(Flaw::NoOpinion) };
    let Some((name, json)) = first else { return Ok(AnyValue::default()) };
    let values = || {
        if depth >= VALUE_DEPTH_MAX {
            return Err(Flaw::NoOpinion);
        }
        let fields = Fields::of(json).ok_or(Flaw::NoOpinion)?;
        list(&fields, "values").ok_or(Flaw::NoOpinion)
    };
    let value = match name.as_str() {
        "stringValue" => json.text().map(Value::StringValue),
        "boolValue" => json.truth().map(Value::BoolValue),
        "intValue" => json.whole().map(Value::IntValue),
        "doubleValue" => double(json).map(Value::DoubleValue),
        "arrayValue" => {
            let mut flawed = false;
            let all: Outcome<Vec<AnyValue>> =
                values()?.iter().map(|json| note(any_value(json, depth + 1), &mut flawed)).collect();
            let values = all?;
            if flawed {
                return Err(Flaw::Content);
            }
            Some(Value::ArrayValue(ArrayValue { values }))
        }
        "kvlistValue" => Some(Value::KvlistValue(KeyValueList { values: key_values(values()?, depth + 1)? })),
        _ => return bytes(json).map(|bytes| AnyValue { value: Some(Value::BytesValue(bytes)) }),
    };
    value.map(|value| AnyValue { value: Some(value) }).ok_or(Flaw::NoOpinion)
}

/// Fractions are left to tests: `serde_json` reads some of them not to the last bit.
fn double(json: &Json) -> Option<f64> {
    match json {
        Json::Whole(number) => Some(*number as f64),
        Json::Text(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

/// Base64 in whole groups of four alone; the rest is left to tests.
fn bytes(json: &Json) -> Outcome<Vec<u8>> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let Json::Text(text) = json else { return Err(Flaw::NoOpinion) };
    if !text.is_ascii() {
        return Err(Flaw::Content);
    }
    let bare = text.trim_end_matches('=');
    if text.len() % 4 != 0 || text.len() - bare.len() > 2 || text.contains(['-', '_']) {
        return Err(Flaw::NoOpinion);
    }
    let digits: Option<Vec<usize>> = bare.chars().map(|digit| DIGITS.find(digit)).collect();
    let digits = digits.ok_or(Flaw::Content)?;
    let bits: Vec<u8> = digits.iter().flat_map(|digit| (0..6).rev().map(move |bit| (digit >> bit & 1) as u8)).collect();
    Ok(bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit)).collect())
}
