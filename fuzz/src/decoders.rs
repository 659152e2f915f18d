//! Decoders of request bodies against second readers of the same formats.
//!
//! Claims: nothing panics; a body that is refused leaves the batch empty (`DEC-1`); tags are sorted, each
//! key once (`DEC-3`); where the second reader has an opinion ours is the same; what was taken can be
//! written in every format, and is the same when read again.

use bumpalo::Bump;
use nines_span::zipkin::{self, json_v1 as old_json, json_v2 as json, proto3 as protobuf, thrift as old_binary};
use nines_span::{Batch, DecodeError, Span, oracle, otlp as wire};

type Decode = for<'a> fn(&'a [u8], &'a Bump, &mut Batch<'a>) -> Result<(), DecodeError>;

/// Zipkin JSON v2 against `serde_json`.
pub fn json_v2(body: &[u8]) {
    let spans = decoded(json::decode, body);
    if let Some(expect) = oracle::json_v2::spans(body) {
        assert_eq!(spans.as_ref().map(|(spans, _)| spans), Some(&expect), "serde_json reads other spans");
    }
    let Some((spans, _)) = spans else { return };
    let written = json_of(&spans);
    // Zipkin reads the id 0 where it is not sixteen zeros, but writes it so: it is lost on the way.
    if spans.iter().all(|span| span.id.0 != 0) {
        let (again, _) = decoded(json::decode, written.as_bytes()).expect("what is written can be read");
        assert_eq!(json_of(&again), written, "what is read again is written the same");
    }
}

/// Zipkin JSON v1 against `serde_json` and the rules of its conversion.
pub fn json_v1(body: &[u8]) {
    let spans = decoded(old_json::decode, body);
    if let Some(expect) = oracle::json_v1::spans(body) {
        assert_eq!(spans.as_ref().map(|(spans, _)| spans), Some(&expect), "serde_json reads other spans");
    }
    shown(spans);
    decoded(old_json::decode_one, body);
    decoded(zipkin::decode_detected, body);
}

/// Zipkin thrift against a reader that makes a tree first.
pub fn thrift(body: &[u8]) {
    let spans = decoded(old_binary::decode, body);
    if let Some(expect) = oracle::thrift::spans(body) {
        assert_eq!(spans.as_ref().map(|(spans, _)| spans), Some(&expect), "the tree has other spans");
    }
    shown(spans);
    shown(decoded(old_binary::decode_one, body));
    decoded(zipkin::decode_detected, body);
}

/// Spans of version 1 can be written in version 2, and are the same when read again.
fn shown(spans: Option<(Vec<Span>, u64)>) {
    let Some((spans, _)) = spans else { return };
    let written = json_of(&spans);
    let (again, _) = decoded(json::decode, written.as_bytes()).expect("what is written can be read");
    assert_eq!(json_of(&again), written, "what is read again is written the same");
}

/// Zipkin protobuf against types derived by prost, and against JSON.
pub fn proto3(body: &[u8]) {
    let spans = decoded(protobuf::decode, body);
    let Some((spans, _)) = spans else { return };
    if let Some(expect) = oracle::proto3::spans(body) {
        assert_eq!(spans, expect, "prost reads other spans");
    }
    let mut written = Vec::new();
    protobuf::write_list(&spans, &mut written);
    let (again, _) = decoded(protobuf::decode, &written).expect("what is written can be read");
    assert_eq!(json_of(&again), json_of(&spans), "protobuf and JSON say the same");
}

/// OTLP against opentelemetry-proto.
pub fn otlp(body: &[u8]) {
    let Some((spans, rejected)) = decoded(wire::decode, body) else { return };
    if let Some(n_spans) = oracle::otlp::n_spans(body) {
        assert_eq!(spans.len() as u64 + rejected, n_spans as u64, "prost counts other spans");
    }
    if rejected == 0 {
        assert_ne!(oracle::otlp::agrees(body, &spans), Some(false), "prost reads other spans");
    }
    kept(spans);
}

/// OTLP in JSON against `serde_json` and opentelemetry-proto.
pub fn otlp_json(body: &[u8]) {
    let taken = decoded(wire::json::decode, body);
    if let Some((request, left_out)) = oracle::otlp_json::protobuf(body) {
        let (spans, rejected) = taken.as_ref().expect("serde_json reads a request");
        let n_spans = oracle::otlp::n_spans(&request).expect("prost wrote it") as u64 + left_out;
        assert_eq!(spans.len() as u64 + rejected, n_spans, "serde_json counts other spans");
        if *rejected == left_out {
            assert_ne!(oracle::otlp::agrees(&request, spans), Some(false), "serde_json reads other spans");
        }
    }
    taken.into_iter().for_each(|(spans, _)| kept(spans));
}

/// Spans of OTLP can be sent on whole, and shown.
fn kept(spans: Vec<Span>) {
    let (again, rejected) = decoded(wire::decode, &wire::encode(&spans)).expect("what is written can be read");
    assert_eq!((&again, rejected), (&spans, 0), "what is written is read again whole");
    // Zipkin's view of it can be shown, read, and written the same.
    let written = json_of(&spans);
    let (shown, _) = decoded(json::decode, written.as_bytes()).expect("Zipkin's view can be read");
    assert_eq!(json_of(&shown), written, "Zipkin's view is written the same");
}

/// The spans of a body and how many were left out; `None` where it is refused.
fn decoded(decode: Decode, body: &[u8]) -> Option<(Vec<Span>, u64)> {
    let (arena, mut batch) = (Bump::new(), Batch::default());
    if let Err(error) = decode(body, &arena, &mut batch) {
        let left = [batch.spans.len(), batch.tags.len(), batch.events.len(), batch.resources.len(), batch.scopes.len()];
        assert_eq!((left, batch.rejected), ([0; 5], 0), "DEC-1");
        assert!(!error.to_string().is_empty());
        return None;
    }
    for view in batch.views() {
        assert!(view.tags().is_sorted_by(|a, b| a.0 < b.0), "DEC-3");
    }
    Some((batch.views().map(|view| view.to_span()).collect(), batch.rejected))
}

fn json_of(spans: &[Span]) -> String {
    let mut out = Vec::new();
    json::write_list(spans, &mut out);
    String::from_utf8(out).expect("JSON is text")
}
