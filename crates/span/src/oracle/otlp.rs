//! OTLP through opentelemetry-proto's generated types.

use crate::otlp::{UNKNOWN_SERVICE, event_attributes, links, resource_attributes};
use crate::{Kind, Span, Status, Value, ValueRef};
use nines_base::{FineMicros, SpanId, TraceId};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as AnyValue;
use opentelemetry_proto::tonic::common::v1::{self as common, ArrayValue, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::Span as Sent;
use prost::Message;
use std::collections::BTreeMap;

/// Whether the spans are those of the request; `None` where prost does not read it, or reads less than
/// the whole of it: fields that it does not know, or that stand twice, are not in its types.
pub fn agrees(body: &[u8], spans: &[Span]) -> Option<bool> {
    let request = ExportTraceServiceRequest::decode(body).ok()?;
    if request.encoded_len() != body.len() {
        return None;
    }
    let mut spans = spans.iter();
    for resource_spans in &request.resource_spans {
        for sent in resource_spans.scope_spans.iter().flat_map(|scope_spans| &scope_spans.spans) {
            let resource = resource_spans.resource.as_ref();
            if !spans.next().is_some_and(|span| is_span(span, sent, resource)) {
                return Some(false);
            }
        }
    }
    Some(spans.next().is_none())
}

/// Spans in the request; `None` where prost does not read it.
pub fn n_spans(body: &[u8]) -> Option<usize> {
    let request = ExportTraceServiceRequest::decode(body).ok()?;
    let scopes = request.resource_spans.iter().flat_map(|resource_spans| &resource_spans.scope_spans);
    Some(scopes.map(|scope_spans| scope_spans.spans.len()).sum())
}

fn is_span(span: &Span, sent: &Sent, resource: Option<&Resource>) -> bool {
    has_columns(span, sent) && has_tags(span, sent) && has_resource(span, resource) && has_lists(span, sent)
}

fn has_columns(span: &Span, sent: &Sent) -> bool {
    let id = SpanId(number(&sent.span_id) as u64);
    let parent = Some(SpanId(number(&sent.parent_span_id) as u64)).filter(|parent| parent.0 != 0 && *parent != id);
    let kinds = [Kind::Unspecified, Kind::Internal, Kind::Server, Kind::Client, Kind::Producer, Kind::Consumer];
    let kind = usize::try_from(sent.kind).ok().and_then(|number| kinds.get(number).copied()).unwrap_or_default();
    let (start, end) = (sent.start_time_unix_nano, sent.end_time_unix_nano);
    let duration = if start == 0 { 0 } else { end.saturating_sub(start) };
    let code = sent.status.as_ref().map_or(0, |status| status.code);
    (span.trace_id, span.id, span.parent_id) == (TraceId(number(&sent.trace_id)), id, parent)
        && (&span.name, span.kind) == (&sent.name, kind)
        && (span.start, span.duration) == (FineMicros::from_ns(start), FineMicros::from_ns(duration))
        && span.status == Status::from_u8(u8::try_from(code).unwrap_or(0))
}

fn has_tags(span: &Span, sent: &Sent) -> bool {
    let sent: BTreeMap<&str, &KeyValue> =
        sent.attributes.iter().map(|attribute| (attribute.key.as_str(), attribute)).collect();
    same_attributes(span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref())), sent.values().copied())
}

fn has_resource(span: &Span, resource: Option<&Resource>) -> bool {
    let attributes = resource.map(|resource| &resource.attributes[..]).unwrap_or_default();
    let parts = span.otlp.as_ref().map(|parts| &parts.resource[..]).unwrap_or_default();
    let service = attributes.iter().find(|attribute| attribute.key == "service.name");
    let service = service.map(|attribute| expected_value(&attribute.value).as_ref().text().into_owned());
    let service = service.filter(|name| !name.is_empty()).unwrap_or(UNKNOWN_SERVICE.to_owned());
    span.local.service == service && same_attributes(resource_attributes(parts), attributes)
}

fn has_lists(span: &Span, sent: &Sent) -> bool {
    let rest = span.otlp.as_ref().map(|parts| &parts.rest[..]).unwrap_or_default();
    let same_events = span.events.iter().zip(&sent.events).all(|(event, sent)| {
        (event.time, &event.name) == (FineMicros::from_ns(sent.time_unix_nano), &sent.name)
            && same_attributes(event_attributes(&event.otlp), &sent.attributes)
    });
    let same_links = links(rest).zip(&sent.links).all(|(link, sent)| {
        let ids_fit = sent.trace_id.len() == 16 && sent.span_id.len() == 8;
        let same_ids = (link.trace_id.0, u128::from(link.span_id.0)) == (number(&sent.trace_id), number(&sent.span_id));
        (same_ids || !ids_fit) && (link.trace_state, link.flags) == (&sent.trace_state[..], sent.flags)
    });
    span.events.len() == sent.events.len() && same_events && links(rest).count() == sent.links.len() && same_links
}

fn number(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
}

fn same_attributes<'v>(
    ours: impl Iterator<Item = (&'v str, ValueRef<'v>)>,
    sent: impl IntoIterator<Item = &'v KeyValue>,
) -> bool {
    let mut sent = sent.into_iter();
    let mut ours = ours;
    let same = ours.by_ref().all(|(key, value)| {
        sent.next().is_some_and(|sent| sent.key == key && same_value(value, &expected_value(&sent.value)))
    });
    same && sent.next().is_none()
}

/// Lists and maps are kept as sent, where fields may stand in another order than prost writes them.
fn same_value(ours: ValueRef<'_>, sent: &Value) -> bool {
    match (ours, sent) {
        (ValueRef::Array(bytes), Value::Array(sent)) => {
            ArrayValue::decode(bytes).is_ok_and(|list| list.encode_to_vec() == *sent)
        }
        (ValueRef::Map(bytes), Value::Map(sent)) => {
            KeyValueList::decode(bytes).is_ok_and(|map| map.encode_to_vec() == *sent)
        }
        (ours, sent) => ours == sent.as_ref(),
    }
}

/// What the generated types say a value is; of a type that our model has not it is empty.
fn expected_value(value: &Option<common::AnyValue>) -> Value {
    match value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(AnyValue::StringValue(text)) => Value::Str(text.clone()),
        Some(AnyValue::BoolValue(truth)) => Value::Bool(*truth),
        Some(AnyValue::IntValue(number)) => Value::Int(*number),
        Some(AnyValue::DoubleValue(number)) => Value::Double(*number),
        Some(AnyValue::BytesValue(bytes)) => Value::Bytes(bytes.clone()),
        Some(AnyValue::ArrayValue(list)) => Value::Array(list.encode_to_vec()),
        Some(AnyValue::KvlistValue(map)) => Value::Map(map.encode_to_vec()),
        _ => Value::Empty,
    }
}
