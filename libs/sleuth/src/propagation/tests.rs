use http::{HeaderMap, HeaderName, HeaderValue};

use super::*;

const T128: &str = "463ac35c9f6413ad48485a3953bb6124";
const T64: &str = "48485a3953bb6124";
const SPAN: &str = "a2fb4a1d1a96d312";
const PARENT: &str = "0020000000000001";

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (HeaderName::try_from(*name).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap()))
        .collect()
}

/// What was extracted, in B3's own single form, with the place it came from.
fn describe(extracted: Extracted) -> String {
    let letter = |sampling| match sampling {
        Sampling::Undecided => "",
        Sampling::Drop => "0",
        Sampling::Keep => "1",
        Sampling::Debug => "d",
    };
    let context = |c: TraceContext| {
        let parent = c.parent_id.map(|id| id.to_string()).unwrap_or_default();
        format!("{}-{}-{}-{parent}", c.trace_id, c.span_id, letter(c.sampling))
    };
    match extracted {
        Extracted::Nothing => "nothing".into(),
        Extracted::Decision(sampling) => format!("decision {}", letter(sampling)),
        Extracted::B3(c) => format!("b3 {}", context(c)),
        Extracted::W3c(c) => format!("w3c {}", context(c)),
    }
}

fn check(pairs: &[(&str, &str)], expect: &str) {
    assert_eq!(describe(extract(&headers(pairs))), expect, "{pairs:?}");
}

#[test]
fn the_single_header_is_read_in_all_its_forms() {
    check(&[("b3", &format!("{T128}-{SPAN}-1-{PARENT}"))], &format!("b3 {T128}-{SPAN}-1-{PARENT}"));
    check(&[("b3", &format!("{T64}-{SPAN}-1"))], &format!("b3 {T64}-{SPAN}-1-"));
    check(&[("b3", &format!("{T64}-{SPAN}-d"))], &format!("b3 {T64}-{SPAN}-d-"));
    check(&[("b3", &format!("{T64}-{SPAN}"))], &format!("b3 {T64}-{SPAN}--"));
    check(&[("b3", "0")], "decision 0");
    check(&[("b3", "1")], "decision 1");
    check(&[("b3", "d")], "decision d");
}

#[test]
fn the_multi_headers_are_read_in_all_their_forms() {
    let ids = [("X-B3-TraceId", T128), ("X-B3-SpanId", SPAN)];
    let with = |more: &[(&'static str, &'static str)], expect: &str| {
        check(&[&ids[..], more].concat(), expect);
    };
    with(&[], &format!("b3 {T128}-{SPAN}--"));
    with(&[("X-B3-ParentSpanId", PARENT), ("X-B3-Sampled", "1")], &format!("b3 {T128}-{SPAN}-1-{PARENT}"));
    with(&[("X-B3-ParentSpanId", "0000000000000000")], &format!("b3 {T128}-{SPAN}--"));
    with(&[("X-B3-Sampled", "0")], &format!("b3 {T128}-{SPAN}-0-"));
    with(&[("X-B3-Sampled", "TRUE")], &format!("b3 {T128}-{SPAN}-1-"));
    with(&[("X-B3-Sampled", "False")], &format!("b3 {T128}-{SPAN}-0-"));
    with(&[("X-B3-Flags", "1")], &format!("b3 {T128}-{SPAN}-d-"));
    with(&[("X-B3-Flags", "1"), ("X-B3-Sampled", "0")], &format!("b3 {T128}-{SPAN}-d-"));
    with(&[("X-B3-Flags", "2"), ("X-B3-Sampled", "1")], &format!("b3 {T128}-{SPAN}-1-"));
    check(&[("X-B3-TraceId", T64), ("X-B3-SpanId", SPAN)], &format!("b3 {T64}-{SPAN}--"));
    check(&[("X-B3-TraceId", "a"), ("X-B3-SpanId", "b")], "b3 000000000000000a-000000000000000b--");
    check(&[("X-B3-Sampled", "0")], "decision 0");
    check(&[("X-B3-Flags", "1")], "decision d");
}

#[test]
fn a_well_formed_single_header_wins_and_a_malformed_one_yields() {
    let multi = [("X-B3-TraceId", T64), ("X-B3-SpanId", SPAN), ("X-B3-Sampled", "1")];
    let with = |single: &str, expect: &str| {
        check(&[&[("b3", single)][..], &multi].concat(), expect);
    };
    with("0", "decision 0");
    with(&format!("{T128}-{PARENT}-0"), &format!("b3 {T128}-{PARENT}-0-"));
    with("nonsense", &format!("b3 {T64}-{SPAN}-1-"));
}

#[test]
fn slt_1_malformed_headers_count_as_absent() {
    for single in ["", "-", "2", "true", "1-", "é", &format!("{T64}-"), &format!("-{SPAN}"), &format!("{T64}-{SPAN}-")]
    {
        check(&[("b3", single)], "nothing");
    }
    check(&[("b3", &format!("{T64}-{SPAN}-1-{PARENT}-x"))], "nothing");
    check(&[("b3", &format!("{T64}-{SPAN}-1-20000"))], "nothing");
    check(&[("b3", &format!("{T64}-a2fb-1"))], "nothing");
    check(&[("b3", &format!("{}-{SPAN}-1", T128.to_uppercase()))], "nothing");
    check(&[("b3", &format!("0000000000000000-{SPAN}-1"))], "nothing");
    check(&[("X-B3-TraceId", T64)], "nothing");
    check(&[("X-B3-SpanId", SPAN)], "nothing");
    check(&[("X-B3-TraceId", "xyz"), ("X-B3-SpanId", SPAN), ("X-B3-Sampled", "1")], "nothing");
    check(&[("X-B3-TraceId", T64), ("X-B3-SpanId", "0"), ("X-B3-Sampled", "1")], "nothing");
    check(&[("X-B3-TraceId", T64), ("X-B3-SpanId", SPAN), ("X-B3-ParentSpanId", "!")], "nothing");
    check(&[("X-B3-TraceId", T64), ("X-B3-SpanId", SPAN), ("X-B3-Sampled", "maybe")], "nothing");
    check(&[], "nothing");
}

#[test]
fn traceparent_is_the_fallback() {
    let parent = |text: String, expect: &str| check(&[("traceparent", &text)], expect);
    parent(format!("00-{T128}-{SPAN}-01"), &format!("w3c {T128}-{SPAN}-1-"));
    parent(format!("00-{T128}-{SPAN}-00"), &format!("w3c {T128}-{SPAN}-0-"));
    parent(format!("00-{T128}-{SPAN}-03"), &format!("w3c {T128}-{SPAN}-1-"));
    parent(format!("cc-{T128}-{SPAN}-01-more"), &format!("w3c {T128}-{SPAN}-1-"));
    parent(format!("00-{T128}-{SPAN}-01-more"), "nothing");
    parent(format!("cc-{T128}-{SPAN}-01more"), "nothing");
    parent(format!("ff-{T128}-{SPAN}-01"), "nothing");
    parent(format!("00-{}-{SPAN}-01", "0".repeat(32)), "nothing");
    parent(format!("00-{T128}-{}-01", "0".repeat(16)), "nothing");
    parent(format!("00-{T128}-{SPAN}-0"), "nothing");
    parent(format!("00-{T128}-{SPAN}-é"), "nothing");
    parent(format!("00_{T128}_{SPAN}_01"), "nothing");
    check(&[("b3", "0"), ("traceparent", &format!("00-{T128}-{SPAN}-01"))], "decision 0");
    check(&[("b3", "bad"), ("traceparent", &format!("00-{T128}-{SPAN}-01"))], &format!("w3c {T128}-{SPAN}-1-"));
}

#[test]
fn what_is_injected_is_extracted_again() {
    for trace in [T64, T128] {
        for parent_id in [None, crate::SpanId::parse(PARENT)] {
            for sampling in [Sampling::Undecided, Sampling::Drop, Sampling::Keep, Sampling::Debug] {
                let context = TraceContext {
                    trace_id: crate::TraceId::parse(trace).unwrap(),
                    span_id: crate::SpanId::parse(SPAN).unwrap(),
                    parent_id,
                    sampling,
                    shared: false,
                };
                let mut out = headers(&[("x", "kept")]);
                inject(&context, &mut out);
                assert_eq!(extract(&out), Extracted::B3(context));
                assert_eq!(out["x"], "kept");
                assert!(!(out.contains_key("x-b3-flags") && out.contains_key("x-b3-sampled")));
            }
        }
    }
}

#[test]
fn headers_copied_from_the_caller_do_not_survive_injection() {
    let copied = format!("{T64}-{PARENT}-0");
    let mut out =
        headers(&[("b3", &copied), ("x-b3-flags", "1"), ("x-b3-parentspanid", PARENT), ("x-b3-sampled", "0")]);
    let context = TraceContext::root(crate::TraceId::parse(T128).unwrap(), Sampling::Keep);
    inject(&context, &mut out);
    assert_eq!(extract(&out), Extracted::B3(context));
    assert_eq!(out["x-b3-sampled"], "1");
    assert!(!out.contains_key("b3") && !out.contains_key("x-b3-flags") && !out.contains_key("x-b3-parentspanid"));
}
