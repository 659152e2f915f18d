//! Zipkin's query parameters as filters.

use super::checkout;
use crate::filter::zipkin::{TracesParameters, annotation_query};
use crate::filter::{Filter, Verdict};
use nines_base::FineMicros;
use nines_span::{Endpoint, Span, Value};

/// The query's conditions as they show.
fn shows(query: &str, expect: &str) {
    assert_eq!(Filter::from_terms(annotation_query(query)).text(), expect, "{query}");
}

#[test]
fn an_annotation_query_splits_as_zipkin_splits_it() {
    shows("", "");
    shows("error", "zipkin:annotation=error");
    shows("http.method=GET", "zipkin:tag.http.method=GET");
    shows("error and http.method=GET", "zipkin:annotation=error zipkin:tag.http.method=GET");
    shows("  a  and  b = c ", "zipkin:annotation=a zipkin:tag.b=c");
    shows("k=a=b", "zipkin:tag.k=\"a=b\"");
    shows("k=", "zipkin:annotation=k");
    shows("k and k=v", "zipkin:tag.k=v");
    shows("k=v and k", "zipkin:tag.k=v");
    shows("k=v and k=w", "zipkin:tag.k=w");
    shows("k=v and k=", "zipkin:annotation=k");
    shows("a AND b", "zipkin:annotation=\"a AND b\"");
    let query = vec!["x"; 101].join(" and ");
    let terms = annotation_query(&query);
    assert_eq!(Filter::from_terms(terms[1..].to_vec()).text(), "zipkin:annotation=\"x and x\"");
}

#[test]
fn the_nearest_filter_of_ours_can_be_read_back() {
    let asked = TracesParameters {
        service_name: "Cart",
        remote_service_name: "db",
        span_name: "get /x",
        annotation_query: "error and http.method=GET and a b",
        min_duration_us: Some(10_000),
        max_duration_us: Some(2_000_000),
    };
    let nearest = asked.nearest_filter();
    let text = "service=Cart op=\"get /x\" remote=db tag.error http.method=GET \"a b\" duration>=10ms duration<=2s";
    assert_eq!(nearest.text(), text);
    assert_eq!(Filter::parse(text).unwrap().terms(), nearest.terms());
    let nothing = TracesParameters { span_name: "ALL", annotation_query: " and ", ..TracesParameters::default() };
    assert!(nothing.nearest_filter().is_empty(), "{}", nothing.nearest_filter().text());
}

fn holds_on(span: &Span, query: &str, expect: bool) {
    assert_eq!(Filter::from_terms(annotation_query(query)).matches(span), expect, "{query}");
}

#[test]
fn conditions_compare_as_zipkin_compares() {
    let span = checkout();
    let check = |query: &str, expect| holds_on(&span, query, expect);
    check("cache miss", true);
    check("cache", false);
    check("http.status_code", true);
    check("http.status_code=503", true);
    check("http.status_code=50", false);
    check("cart.items=3", true);
    check("cart.items=3.0", false);
    check("retry=true", true);
    check("error=Card refused", false);
    check("error=card refused and cache miss", true);
    check("error and nope", false);
}

fn clauses(parameters: TracesParameters<'_>) -> Vec<String> {
    parameters.clauses().iter().map(|clause| clause.text().to_owned()).collect()
}

#[test]
fn a_service_constrains_every_condition() {
    let none = TracesParameters::default();
    assert!(clauses(none).is_empty());
    assert_eq!(clauses(TracesParameters { service_name: "Front", ..none }), ["zipkin:service=front"]);
    assert_eq!(clauses(TracesParameters { span_name: "ALL", ..none }), Vec::<String>::new());
    assert_eq!(clauses(TracesParameters { service_name: "a", span_name: "all", ..none }), ["zipkin:service=a"]);
    let all = TracesParameters {
        service_name: "A",
        remote_service_name: "B",
        span_name: "GET /",
        annotation_query: "error and k=v",
        min_duration_us: Some(5),
        max_duration_us: Some(9),
    };
    let expect = [
        "zipkin:service=a zipkin:remote=b",
        "zipkin:service=a zipkin:op=\"get /\"",
        "zipkin:service=a zipkin:annotation=error",
        "zipkin:service=a zipkin:tag.k=v",
        "zipkin:service=a zipkin:duration=5us..9us",
    ];
    assert_eq!(clauses(all), expect);
    assert_eq!(clauses(TracesParameters { min_duration_us: Some(5), ..none }), ["zipkin:duration>=5us"]);
}

#[test]
fn names_compare_in_lower_case_by_unicode() {
    let span = Span {
        name: "GRÖSSE".into(),
        local: Endpoint { service: "ΣΑΣ".into(), ..Endpoint::default() },
        ..Span::default()
    };
    let check = |parameters: TracesParameters<'_>, expect| {
        assert_eq!(parameters.clauses().iter().all(|clause| clause.matches(&span)), expect, "{parameters:?}");
    };
    let none = TracesParameters::default();
    check(TracesParameters { span_name: "grösse", ..none }, true);
    check(TracesParameters { span_name: "Grösse", service_name: "ΣΑΣ", ..none }, true);
    check(TracesParameters { span_name: "grosse", ..none }, false);
    check(TracesParameters { remote_service_name: "x", ..none }, false);
}

#[test]
fn durations_compare_as_zipkin_shows_them() {
    let check = |duration: FineMicros, min_us, max_us, expect| {
        let span = Span { duration, ..Span::default() };
        let parameters = TracesParameters { min_duration_us: min_us, max_duration_us: max_us, ..Default::default() };
        assert_eq!(parameters.clauses()[0].matches(&span), expect, "{duration:?} in {min_us:?}..{max_us:?}");
    };
    check(FineMicros::from_us(5), Some(5), Some(5), true);
    check(FineMicros { us: 5, sub_ns: 900 }, Some(5), Some(5), true);
    check(FineMicros { us: 0, sub_ns: 10 }, Some(1), None, true);
    check(FineMicros::from_us(4), Some(5), None, false);
    check(FineMicros::from_us(6), Some(5), Some(5), false);
    check(FineMicros::NONE, None, Some(5), false);
}

#[test]
fn an_exact_text_prunes_only_what_it_may() {
    let filter = Filter::from_terms(annotation_query("k=v and x"));
    let constraints = filter.constraints();
    assert_eq!(constraints.tag_keys, ["k"]);
    assert_eq!(constraints.tag_texts, [("k".to_owned(), vec!["v".to_owned()])]);
    struct NoTags;
    impl crate::filter::Shape for NoTags {
        fn has_tag(&self, _key: &str) -> Option<bool> {
            Some(false)
        }
    }
    assert_eq!(filter.decide_by_shape(&NoTags), Verdict::Never);
    // Without the tag there may still be an annotation of that name.
    assert_eq!(Filter::from_terms(annotation_query("x")).decide_by_shape(&NoTags), Verdict::AskSpan);
    let span = Span { tags: vec![("k".into(), Value::from("v"))], ..Span::default() };
    assert!(!filter.matches(&span));
}
