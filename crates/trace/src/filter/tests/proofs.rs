//! Proofs, shapes and constraints never claim what a span can refute.

use super::checkout;
use crate::filter::{Filter, Proof, Shape, Verdict};
use nines_base::{FineMicros, SpanId, TraceId};
use nines_span::{Endpoint, Kind, Span, SpanFields, Status, Value};
use proptest::prelude::*;

fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn proven(narrow: &str, wide: &str) {
    assert_eq!(filter(narrow).implies(&filter(wide)), Proof::Proven, "{narrow} implies {wide}");
}

fn not_proven(narrow: &str, wide: &str, term: &str) {
    match filter(narrow).implies(&filter(wide)) {
        Proof::NotProven { term: found, .. } => assert_eq!(found, term, "{narrow} and {wide}"),
        Proof::Proven => panic!("{narrow} must not imply {wide}"),
    }
}

#[test]
fn good_implies_total_when_it_adds_terms() {
    proven("service=a kind=server !error", "kind=server service=A");
    proven("error", "");
    proven("op=\"get /x\" duration<400ms", "op=\"GET /X\"");
    not_proven("kind=server !error", "service=a kind=server", "service=a");
    not_proven("", "error", "error");
}

#[test]
fn narrower_values_entail_wider_ones() {
    proven("duration<400ms", "duration<=0.4s");
    proven("duration<=400ms", "duration<401ms");
    proven("duration>1s", "duration!=1s");
    proven("duration=(1s,2s)", "duration>=1s");
    proven("x>5", "x>=5");
    proven("x>=500", "x!=(200,404)");
    proven("x=503", "x>=500");
    proven("x=a", "x=(a,b)");
    proven("x=a", "x!=b");
    proven("x!=(a,b)", "x!=a");
    proven("x=~^a", "x");
    proven("x!~b", "x");
    proven("x=timeout", "x=~time");
    proven("x=timeout", "x!~card");
    proven("op=(get,post)", "op=~^(get|post)$");
    proven("kind=client", "kind!=server");
    proven("!kind=(client,server)", "kind=(producer,consumer,local)");
    proven("trace=1", "!trace=2");
}

#[test]
fn negations_entail_by_contraposition() {
    proven("!x", "!x=a");
    proven("x=a", "!x=b");
    proven("!x=(a,b)", "!x=a");
    proven("!x>=400", "!x>=500");
    proven("x<400", "!x>=500");
    proven("!duration<1s", "!duration<10ms");
    proven("x=abc", "!x>5");
    not_proven("!x=a", "x", "x");
    not_proven("!x=a", "x!=a", "x!=a");
    not_proven("!x>=500", "x<500", "x<500");
    not_proven("!x=a", "!x=(a,b)", "!x=(a,b)");
    not_proven("!duration<1s", "duration>=1s", "duration>=1s");
}

#[test]
fn what_only_seems_narrower_is_not_proven() {
    // As a number sent as such, 1 and 1.0 are one value.
    not_proven("x=1", "x!=1.0", "x!=1.0");
    not_proven("x=1", "x=1.0", "x=1.0");
    // Its text may be `1.0`.
    not_proven("x=1", "x=~^1$", "x=~^1$");
    not_proven("op=get", "op=~\"(?-i)get\"", "op=~\"(?-i)get\"");
    not_proven("x<=5", "x<5", "x<5");
    not_proven("x>=500", "x!=(200,600)", "x!=(200,600)");
    not_proven("op=~^get", "op=~g", "op=~g");
    not_proven("tag.duration<1", "duration<1s", "duration<1s");
    not_proven("x<abc", "x<5", "x<5");
}

/// A shape that knows what it is told of one span.
struct ShapeOf<'s> {
    span: &'s Span,
    known: [bool; 9],
}

impl Shape for ShapeOf<'_> {
    fn service(&self) -> Option<&str> {
        self.known[0].then_some(&self.span.local.service)
    }
    fn op(&self) -> Option<&str> {
        self.known[1].then_some(&self.span.name)
    }
    fn remote(&self) -> Option<&str> {
        self.known[2].then_some(&self.span.remote.service)
    }
    fn kind(&self) -> Option<Kind> {
        self.known[3].then_some(self.span.kind)
    }
    fn status(&self) -> Option<Status> {
        self.known[4].then_some(self.span.status)
    }
    fn shared(&self) -> Option<bool> {
        self.known[5].then_some(self.span.shared)
    }
    fn debug(&self) -> Option<bool> {
        self.known[6].then_some(self.span.debug)
    }
    fn root(&self) -> Option<bool> {
        self.known[7].then_some(self.span.parent_id.is_none())
    }
    fn has_tag(&self, key: &str) -> Option<bool> {
        self.known[8].then(|| self.span.tag(key).is_some())
    }
}

fn decides(text: &str, expect: Verdict) {
    let span = checkout();
    assert_eq!(filter(text).decide_by_shape(&ShapeOf { span: &span, known: [true; 9] }), expect, "{text}");
}

#[test]
fn a_shape_decides_what_its_spans_share() {
    decides("", Verdict::Always);
    decides("service=checkout op=~^post kind=server remote=edge shared debug !root", Verdict::Always);
    decides("service=cart duration<1s", Verdict::Never);
    decides("http.method=GET", Verdict::Never);
    decides("http.status_code", Verdict::Always);
    decides("!http.method=GET", Verdict::Always);
    decides("http.status_code=503", Verdict::AskSpan);
    decides("duration<1s", Verdict::AskSpan);
    decides("service=checkout error", Verdict::AskSpan);
    decides("http.status_code>abc", Verdict::Never);
    decides("trace=abc", Verdict::AskSpan);
}

#[test]
fn without_a_telling_tag_a_shape_has_no_error() {
    let mut span = checkout();
    span.tags.retain(|(key, _)| key != "error" && key != "http.status_code");
    let error = filter("!error");
    assert_eq!(error.decide_by_shape(&ShapeOf { span: &span, known: [true; 9] }), Verdict::Always);
    span.status = Status::Error;
    assert_eq!(error.decide_by_shape(&ShapeOf { span: &span, known: [true; 9] }), Verdict::Never);
}

#[test]
fn the_rest_for_a_shape_is_what_it_leaves_open() {
    let span = checkout();
    let rest = filter("service=checkout duration<1s http.status_code http.status_code=503")
        .rest_for(&ShapeOf { span: &span, known: [true; 9] });
    assert_eq!(rest.text(), "duration<1s http.status_code=503");
}

#[test]
fn constraints_name_what_an_index_can_use() {
    let found = filter("service=(A,b) service=(B,c) op!=x op=Get kind!=client !kind=local k=(v,w) j>1 !l duration>=1ms duration<2ms trace=1 id=(2,3)").constraints();
    assert_eq!(found.services.as_deref(), Some(&["b".to_owned()][..]));
    assert_eq!(found.ops.as_deref(), Some(&["get".to_owned()][..]));
    assert_eq!(found.remotes, None);
    let kinds = [Kind::Unspecified, Kind::Client, Kind::Server, Kind::Producer, Kind::Consumer, Kind::Internal];
    assert_eq!(kinds.map(|kind| found.kinds.contains(kind)), [false, false, true, true, true, false]);
    assert_eq!(found.tag_keys, ["k", "j"]);
    assert_eq!(found.tag_texts, [("k".to_owned(), vec!["v".to_owned(), "w".to_owned()])]);
    assert_eq!(found.duration_us, 1000..=2000);
    assert_eq!(found.traces, Some(vec![TraceId(1)]));
    assert_eq!(found.ids, Some(vec![SpanId(2), SpanId(3)]));
    assert_eq!(filter("duration<3ms").constraints().duration_us, 0..=3000);
}

/// Terms over few names and values, so that they meet.
fn any_term() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["service", "op", "remote"]);
    let word = prop::sample::select(vec!["a", "A", "b", "ab", "5"]);
    let words = prop::collection::vec(word.clone(), 1..3).prop_map(|words| format!("({})", words.join(",")));
    let number = prop::sample::select(vec!["1", "1.0", "2", "2.5", "3", "x"]);
    let numbers = prop::collection::vec(number.clone(), 1..3).prop_map(|numbers| format!("({})", numbers.join(",")));
    let equal = prop::sample::select(vec!["=", "!="]);
    let like = prop::sample::select(vec!["=~", "!~"]);
    let order = prop::sample::select(vec!["<", "<=", ">", ">="]);
    let pattern = prop::sample::select(vec!["a", "^a$", "b", "^1$", "\\.", "(?-i)A"]);
    let key = prop::sample::select(vec!["x", "y", "error", "http.status_code"]);
    let kind = prop::sample::select(vec!["client", "server", "(local,server)", "(producer,local)"]);
    let length = prop::sample::select(vec!["1us", "2us", "3us", "1.5us"]);
    let lengths = prop::collection::vec(length.clone(), 1..3).prop_map(|lengths| format!("({})", lengths.join(",")));
    let test = prop_oneof![
        (name.clone(), equal.clone(), words).prop_map(|(n, o, v)| format!("{n}{o}{v}")),
        (name, like.clone(), pattern.clone()).prop_map(|(n, o, v)| format!("{n}{o}\"{v}\"")),
        (equal.clone(), kind).prop_map(|(o, v)| format!("kind{o}{v}")),
        (equal.clone(), lengths).prop_map(|(o, v)| format!("duration{o}{v}")),
        (order.clone(), length).prop_map(|(o, v)| format!("duration{o}{v}")),
        (equal.clone(), prop::sample::select(vec!["1", "(1,2)", "2"])).prop_map(|(o, v)| format!("trace{o}{v}")),
        (equal.clone(), prop::sample::select(vec!["1", "(1,2)", "2"])).prop_map(|(o, v)| format!("id{o}{v}")),
        prop::sample::select(vec!["error", "root", "shared", "debug"]).prop_map(str::to_owned),
        key.clone().prop_map(|k| format!("tag.{k}")),
        (key.clone(), equal, numbers).prop_map(|(k, o, v)| format!("tag.{k}{o}{v}")),
        (key.clone(), like, pattern).prop_map(|(k, o, v)| format!("tag.{k}{o}\"{v}\"")),
        (key, order, number).prop_map(|(k, o, v)| format!("tag.{k}{o}{v}")),
    ];
    (prop::bool::ANY, test).prop_map(|(negated, test)| format!("{}{test}", if negated { "!" } else { "" }))
}

fn any_filter(terms_max: usize) -> impl Strategy<Value = Filter> {
    prop::collection::vec(any_term(), 0..terms_max).prop_map(|terms| filter(&terms.join(" ")))
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec!["1", "1.0", "2", "2.5", "a", "ab", "x", "false", "500"]).prop_map(Value::from),
        prop::sample::select(vec![1i64, 2, 3, 404]).prop_map(Value::Int),
        prop::sample::select(vec![1.0f64, 2.5, f64::NAN]).prop_map(Value::Double),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Empty),
    ]
}

fn any_span() -> impl Strategy<Value = Span> {
    let name = || prop::sample::select(vec!["", "a", "A", "b", "aB", "5"]).prop_map(str::to_owned);
    let tags = prop::collection::btree_map(
        prop::sample::select(vec!["x", "y", "error", "http.status_code", "error.type", "otel.status_code"]),
        any_value(),
        0..4,
    );
    let time = (0u64..4, prop::sample::select(vec![0u16, 500])).prop_map(|(us, sub_ns)| FineMicros { us, sub_ns });
    let flags = (any::<bool>(), any::<bool>(), prop::option::of(1u64..3), 0u8..6, 0u8..3);
    ((1u128..4, 1u64..4), (name(), name(), name()), time, tags, flags).prop_map(
        |((trace, id), (service, op, remote), duration, tags, (debug, shared, parent, kind, status))| Span {
            trace_id: TraceId(trace),
            id: SpanId(id),
            parent_id: parent.map(SpanId),
            kind: Kind::from_u8(kind),
            name: op,
            duration,
            local: Endpoint { service, ..Endpoint::default() },
            remote: Endpoint { service: remote, ..Endpoint::default() },
            tags: tags.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            debug,
            shared,
            status: Status::from_u8(status),
            ..Span::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_proof_holds_on_every_span(
        narrow in any_filter(3), wide in any_filter(2), spans in prop::collection::vec(any_span(), 20),
    ) {
        if narrow.implies(&wide) == Proof::Proven {
            for span in &spans {
                prop_assert!(!narrow.matches(span) || wide.matches(span), "{} does not imply {}: {:?}", narrow, wide, span);
            }
        }
    }

    #[test]
    fn every_single_entailment_is_sound(narrow in any_term(), wide in any_term(), spans in prop::collection::vec(any_span(), 30)) {
        let (narrow, wide) = (filter(&narrow), filter(&wide));
        if narrow.implies(&wide) == Proof::Proven {
            for span in &spans {
                prop_assert!(!narrow.matches(span) || wide.matches(span), "{} does not imply {}: {:?}", narrow, wide, span);
            }
        }
    }

    #[test]
    fn a_shape_never_decides_against_its_span(filter in any_filter(4), span in any_span(), known: [bool; 9]) {
        let shape = ShapeOf { span: &span, known };
        match filter.decide_by_shape(&shape) {
            Verdict::Never => prop_assert!(!filter.matches(&span)),
            Verdict::Always => prop_assert!(filter.matches(&span)),
            Verdict::AskSpan => prop_assert_eq!(filter.rest_for(&shape).matches(&span), filter.matches(&span)),
        }
    }

    #[test]
    fn a_matching_span_meets_every_constraint(filter in any_filter(4), span in any_span()) {
        if filter.matches(&span) {
            let needs = filter.constraints();
            let within = |allowed: &Option<Vec<String>>, name: &str| {
                allowed.as_ref().is_none_or(|allowed| allowed.contains(&name.to_lowercase()))
            };
            prop_assert!(within(&needs.services, &span.local.service));
            prop_assert!(within(&needs.ops, &span.name));
            prop_assert!(within(&needs.remotes, &span.remote.service));
            prop_assert!(needs.kinds.contains(span.kind));
            prop_assert!(needs.tag_keys.iter().all(|key| span.tag(key).is_some()));
            prop_assert!(needs.duration_us.contains(&span.duration.us));
            prop_assert!(needs.traces.is_none_or(|traces| traces.contains(&span.trace_id)));
            prop_assert!(needs.ids.is_none_or(|ids| ids.contains(&span.id)));
            for (key, texts) in &needs.tag_texts {
                if let Some(nines_span::ValueRef::Str(text)) = span.tag(key) {
                    prop_assert!(texts.iter().any(|allowed| allowed == text));
                }
            }
        }
    }

    #[test]
    fn a_term_and_its_negation_part_all_spans(term in any_term(), span in any_span()) {
        let negated = filter(&format!("!{term}"));
        prop_assert_ne!(filter(&term).matches(&span), negated.matches(&span));
    }
}
