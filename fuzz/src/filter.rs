//! The filter language.
//!
//! Claims: no text makes the parser panic; a fault lies inside the text; what is read can be written and
//! means the same when it is read again; asking a span never panics; completion takes any caret.

use nines_base::lang::Lang;
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Kind, Span, Value};
use nines_trace::filter::Filter;
use nines_trace::filter::complete::complete;
use std::sync::LazyLock;

/// Checks one text.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let n_chars = text.chars().count();
    for pos in [0, n_chars / 2, n_chars] {
        complete(text, pos);
    }
    match Filter::parse(text) {
        Ok(filter) => check_filter(&filter),
        Err(error) => {
            assert!(error.at.start <= error.at.end && error.at.end <= n_chars.max(1), "{:?} of {n_chars}", error.at);
            assert!(!error.text(Lang::En).is_empty() && !error.text(Lang::Ko).is_empty());
        }
    }
}

fn check_filter(filter: &Filter) {
    let written = filter.to_string();
    let again = Filter::parse(&written);
    // Quotation marks and numbers in full may take it beyond what a text may be long.
    if let Ok(again) = &again {
        assert_eq!(again.terms(), filter.terms(), "{written:?} means the same");
    } else {
        assert!(written.chars().count() > filter.text().chars().count(), "{written:?} can be read again: {again:?}");
    }
    assert_eq!(again.map_or(filter.matches(&*SPAN), |again| again.matches(&*SPAN)), filter.matches(&*SPAN));
    let _ = (filter.warnings(), filter.constraints(), filter.implies(filter));
}

/// A span with something for every kind of term to look at.
static SPAN: LazyLock<Span> = LazyLock::new(|| Span {
    trace_id: TraceId(0xabc),
    id: SpanId(0x2a),
    kind: Kind::Server,
    name: "get /orders/{id}".to_owned(),
    start: FineMicros::from_us(1_700_000_000_000_000),
    duration: FineMicros::from_us(1500),
    local: Endpoint { service: "checkout".to_owned(), ..Endpoint::default() },
    tags: vec![
        ("error".to_owned(), Value::from("")),
        ("http.status_code".to_owned(), Value::Int(503)),
        ("ratio".to_owned(), Value::Double(f64::NAN)),
    ],
    ..Span::default()
});
