//! Decoding compared with the same request in protobuf, on generated requests in the ways senders write them;
//! and bodies that are none.

use super::decode;
use crate::oracle::{otlp as protobuf_oracle, otlp_json as oracle};
use crate::otlp::{self, properties::any_request};
use crate::{Batch, DecodeError, Span};
use bumpalo::Bump;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as AnyValue;
use opentelemetry_proto::tonic::common::v1::{self as common, KeyValue};
use opentelemetry_proto::tonic::trace::v1 as trace;
use proptest::prelude::*;
use prost::Message;
use serde_json::{Map, Value as Json, json};

// -- bodies ----------------------------------------------------------------------------------------

/// How a sender writes what can be written in more than one way.
#[derive(Clone, Copy, Debug)]
struct Style {
    is_snake: bool,
    /// Numbers of 64 bits, and enums by their number.
    has_bare_numbers: bool,
    is_upper_hex: bool,
    has_defaults: bool,
}

impl Style {
    fn object(self, fields: Vec<(&str, Json)>) -> Json {
        let mut object = Map::new();
        for (name, value) in fields {
            let is_default =
                matches!(&value, Json::Null) || value == json!([]) || value == json!("") || value == json!(0);
            if is_default && !self.has_defaults {
                continue;
            }
            object.insert(if self.is_snake { snake_case(name) } else { name.to_owned() }, value);
        }
        if self.has_defaults {
            object.insert("aFieldOfLater".to_owned(), json!({"a": [1.5, null]}));
        }
        Json::Object(object)
    }

    fn long(self, number: impl Into<i128>) -> Json {
        let number: i128 = number.into();
        match (self.has_bare_numbers, i64::try_from(number), u64::try_from(number)) {
            (true, Ok(number), _) => json!(number),
            (true, _, Ok(number)) => json!(number),
            _ if number == 0 => json!(0),
            _ => json!(number.to_string()),
        }
    }

    fn hex(self, bytes: &[u8]) -> Json {
        let digits = |byte: &u8| if self.is_upper_hex { format!("{byte:02X}") } else { format!("{byte:02x}") };
        json!(bytes.iter().map(digits).collect::<String>())
    }

    fn enumeration(self, number: i32, names: &[&str]) -> Json {
        match usize::try_from(number).ok().and_then(|at| names.get(at)) {
            Some(name) if !self.has_bare_numbers && number != 0 => json!(name),
            _ => json!(number),
        }
    }

    fn request(self, request: &ExportTraceServiceRequest) -> Json {
        let resources: Vec<Json> = request.resource_spans.iter().map(|message| self.resource_spans(message)).collect();
        self.object(vec![("resourceSpans", json!(resources))])
    }

    fn resource_spans(self, message: &trace::ResourceSpans) -> Json {
        let resource = message.resource.as_ref().map(|resource| {
            self.object(vec![
                ("attributes", self.attributes(&resource.attributes)),
                ("droppedAttributesCount", json!(resource.dropped_attributes_count)),
            ])
        });
        let scopes: Vec<Json> = message.scope_spans.iter().map(|message| self.scope_spans(message)).collect();
        self.object(vec![
            ("resource", json!(resource)),
            ("scopeSpans", json!(scopes)),
            ("schemaUrl", json!(message.schema_url)),
        ])
    }

    fn scope_spans(self, message: &trace::ScopeSpans) -> Json {
        let scope = message.scope.as_ref().map(|scope| {
            self.object(vec![
                ("name", json!(scope.name)),
                ("version", json!(scope.version)),
                ("attributes", self.attributes(&scope.attributes)),
                ("droppedAttributesCount", json!(scope.dropped_attributes_count)),
            ])
        });
        let spans: Vec<Json> = message.spans.iter().map(|span| self.span(span)).collect();
        self.object(vec![("scope", json!(scope)), ("spans", json!(spans)), ("schemaUrl", json!(message.schema_url))])
    }

    /// Fields in the order of their numbers, in which prost writes them.
    fn span(self, span: &trace::Span) -> Json {
        let kinds =
            ["", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"].map(|kind| format!("SPAN_KIND_{kind}"));
        let codes = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];
        let status = span.status.as_ref().map(|status| {
            self.object(vec![("message", json!(status.message)), ("code", self.enumeration(status.code, &codes))])
        });
        self.object(vec![
            ("traceId", self.hex(&span.trace_id)),
            ("spanId", self.hex(&span.span_id)),
            ("traceState", json!(span.trace_state)),
            ("parentSpanId", self.hex(&span.parent_span_id)),
            ("name", json!(span.name)),
            ("kind", self.enumeration(span.kind, &kinds.each_ref().map(String::as_str))),
            ("startTimeUnixNano", self.long(span.start_time_unix_nano)),
            ("endTimeUnixNano", self.long(span.end_time_unix_nano)),
            ("attributes", self.attributes(&span.attributes)),
            ("droppedAttributesCount", json!(span.dropped_attributes_count)),
            ("events", span.events.iter().map(|event| self.event(event)).collect()),
            ("droppedEventsCount", json!(span.dropped_events_count)),
            ("links", span.links.iter().map(|link| self.link(link)).collect()),
            ("droppedLinksCount", json!(span.dropped_links_count)),
            ("status", json!(status)),
            ("flags", json!(span.flags)),
        ])
    }

    fn event(self, event: &trace::span::Event) -> Json {
        self.object(vec![
            ("timeUnixNano", self.long(event.time_unix_nano)),
            ("name", json!(event.name)),
            ("attributes", self.attributes(&event.attributes)),
            ("droppedAttributesCount", json!(event.dropped_attributes_count)),
        ])
    }

    fn link(self, link: &trace::span::Link) -> Json {
        self.object(vec![
            ("traceId", self.hex(&link.trace_id)),
            ("spanId", self.hex(&link.span_id)),
            ("traceState", json!(link.trace_state)),
            ("attributes", self.attributes(&link.attributes)),
            ("droppedAttributesCount", json!(link.dropped_attributes_count)),
            ("flags", json!(link.flags)),
        ])
    }

    fn attributes(self, attributes: &[KeyValue]) -> Json {
        attributes.iter().map(|attribute| self.key_value(attribute)).collect()
    }

    fn key_value(self, attribute: &KeyValue) -> Json {
        let value = attribute.value.as_ref().map(|value| self.any_value(value));
        self.object(vec![("key", json!(attribute.key)), ("value", json!(value))])
    }

    fn any_value(self, value: &common::AnyValue) -> Json {
        let values = |values: Vec<Json>| json!({ "values": values });
        let (name, value) = match &value.value {
            Some(AnyValue::StringValue(text)) => ("stringValue", json!(text)),
            Some(AnyValue::BoolValue(truth)) => ("boolValue", json!(truth)),
            Some(AnyValue::IntValue(number)) if self.has_bare_numbers => ("intValue", json!(number)),
            Some(AnyValue::IntValue(number)) => ("intValue", json!(number.to_string())),
            Some(AnyValue::DoubleValue(number)) => ("doubleValue", double(*number)),
            Some(AnyValue::ArrayValue(list)) => {
                ("arrayValue", values(list.values.iter().map(|value| self.any_value(value)).collect()))
            }
            Some(AnyValue::KvlistValue(map)) => {
                ("kvlistValue", values(map.values.iter().map(|entry| self.key_value(entry)).collect()))
            }
            Some(AnyValue::BytesValue(bytes)) => ("bytesValue", json!(crate::ValueRef::Bytes(bytes).text())),
            _ => return json!({}),
        };
        // A default says the type here.
        let name = if self.is_snake { snake_case(name) } else { name.to_owned() };
        json!({ name: value })
    }
}

fn double(number: f64) -> Json {
    match number {
        number if number.is_nan() => json!("NaN"),
        f64::INFINITY => json!("Infinity"),
        f64::NEG_INFINITY => json!("-Infinity"),
        number => json!(number),
    }
}

fn snake_case(name: &str) -> String {
    name.chars().fold(String::new(), |mut name, character| {
        if character.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
        name
    })
}

fn style() -> impl Strategy<Value = Style> {
    any::<[bool; 4]>().prop_map(|[is_snake, has_bare_numbers, is_upper_hex, has_defaults]| Style {
        is_snake,
        has_bare_numbers,
        is_upper_hex,
        has_defaults,
    })
}

// -- properties ------------------------------------------------------------------------------------

type Decode = for<'a> fn(&'a [u8], &'a Bump, &mut Batch<'a>) -> Result<(), DecodeError>;

fn read(decode: Decode, body: &[u8]) -> Result<(Vec<Span>, u64), String> {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    match decode(body, &arena, &mut batch) {
        Ok(()) => Ok((batch.views().map(|view| view.to_span()).collect(), batch.rejected)),
        Err(error) => {
            let left = [batch.spans.len(), batch.tags.len(), batch.events.len(), batch.resources.len()];
            assert_eq!((left, batch.rejected), ([0; 4], 0), "DEC-1");
            Err(error.to_string())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_request_in_json_is_the_one_in_protobuf(message in any_request(), style in style()) {
        let body = style.request(&message).to_string();
        let spans = read(decode, body.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}: {body}")))?;
        prop_assert_eq!(Ok(spans.clone()), read(otlp::decode, &message.encode_to_vec()));
        // Of fractions and of bare numbers beyond 63 bits the oracle has no opinion.
        if let Some((protobuf, left_out)) = oracle::protobuf(body.as_bytes()) {
            prop_assert_eq!((protobuf_oracle::agrees(&protobuf, &spans.0), left_out), (Some(true), 0));
        }
    }

    #[test]
    fn dec_2_a_damaged_request_is_no_danger(message in any_request(), style in style(), damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), cut in any::<prop::sample::Index>()) {
        let mut body = style.request(&message).to_string().into_bytes();
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let _ = read(decode, &body);
        body.truncate(cut.index(body.len() + 1));
        let _ = read(decode, &body);
    }
}
