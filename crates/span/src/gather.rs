//! Owned spans as a batch, as a decoder would have made it: for whoever has spans and needs to store them.

use crate::batch::{Batch, EndpointRef, EventRef, SpanRef};
use crate::model::{Endpoint, Event, Span};

impl<'a> From<&'a [Span]> for Batch<'a> {
    fn from(spans: &'a [Span]) -> Batch<'a> {
        let mut batch = Batch::default();
        for span in spans {
            let (first_tag, first_event) = (batch.tags.len() as u32, batch.events.len() as u32);
            batch.tags.extend(span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref())));
            batch.events.extend(span.events.iter().map(event_ref));
            let parts = span.otlp.as_ref();
            let otlp =
                parts.map(|otlp| (place(&mut batch.resources, &otlp.resource), place(&mut batch.scopes, &otlp.scope)));
            batch.spans.push(SpanRef {
                trace_id: span.trace_id,
                id: span.id,
                parent_id: span.parent_id,
                kind: span.kind,
                name: &span.name,
                start: span.start,
                duration: span.duration,
                local: endpoint_ref(&span.local),
                remote: endpoint_ref(&span.remote),
                tags: first_tag..batch.tags.len() as u32,
                events: first_event..batch.events.len() as u32,
                debug: span.debug,
                shared: span.shared,
                status: span.status,
                otlp,
                rest: parts.map(|otlp| &otlp.rest[..]).unwrap_or_default(),
            });
        }
        batch
    }
}

fn place<'a>(known: &mut Vec<&'a [u8]>, bytes: &'a [u8]) -> u32 {
    let at = known.iter().position(|seen| *seen == bytes).unwrap_or_else(|| {
        known.push(bytes);
        known.len() - 1
    });
    at as u32
}

fn endpoint_ref(endpoint: &Endpoint) -> EndpointRef<'_> {
    EndpointRef { service: &endpoint.service, ipv4: endpoint.ipv4, ipv6: endpoint.ipv6, port: endpoint.port }
}

fn event_ref(event: &Event) -> EventRef<'_> {
    EventRef { time: event.time, name: &event.name, otlp: &event.otlp }
}
