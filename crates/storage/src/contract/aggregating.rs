//! Claims about aggregates and links.

use super::spans::{child_of, with_tag};
use super::*;
use crate::aggregate::{Aggregate, AggregateQuery, Dimension, KeyPart};
use crate::histograms::{SliceId, Tier, sum_slice};
use nines_base::FineMicros;
use nines_span::{Endpoint, Kind, Value};
use nines_trace::linker::{Link, Linker};

fn aggregate_in(store: &dyn Store, filter: &str, window: (i64, i64), by: Vec<Dimension>) -> Aggregate {
    let window = Window { from: Timestamp(window.0), to: Timestamp(window.1) };
    let filter = Filter::parse(filter).expect("a valid filter");
    let query = AggregateQuery::new(filter, window, by, 100, true).expect("a question within the limits");
    whole(store.aggregate(&query).expect("spans can be counted"))
}

fn aggregate(store: &dyn Store, filter: &str, by: Vec<Dimension>) -> Aggregate {
    aggregate_in(store, filter, (0, i64::MAX), by)
}

/// Keys and their spans, in order of keys.
fn counts(answer: &Aggregate) -> Vec<(Vec<KeyPart>, u64)> {
    let mut counts: Vec<_> = answer.groups.iter().map(|group| (group.key.clone(), group.sums.spans)).collect();
    counts.sort();
    counts
}

fn text(text: &str) -> KeyPart {
    KeyPart::Text(text.to_owned())
}

fn failing(span: Span) -> Span {
    with_tag(span, "error", "late".into())
}

/// Claim.
pub fn a_slice_of_history_is_what_its_spans_have_in_common(make: Make<'_>) {
    let store = make(Limits::default());
    let slice = SliceId::holding(Tier::FiveMinutes, Timestamp::from_secs(1_795_600_000));
    let at = |id: u64, us: i64, service: &str, duration_us: u64| Span {
        start: FineMicros::from_us((slice.begin.0 + us) as u64),
        duration: FineMicros::from_us(duration_us),
        ..span(u128::from(id), id, service)
    };
    let failed = with_tag(at(3, 299_999_999, "web", 400), "error", "yes".into());
    let spans = [at(1, 0, "web", 400), at(1, 0, "web", 400), at(2, 5, "db", 0), failed, at(4, -1, "web", 9)];
    append(&*store, &spans);
    append(&*store, &[at(5, 300_000_000, "web", 9)]);
    let sums = sum_slice(&*store, slice, &mut || true).expect("the store can be asked").expect("it goes on");
    let entries: Vec<(&str, bool, u64, u64)> = sums
        .entries
        .iter()
        .map(|(key, sums)| (&*key.service, key.is_error, sums.n_untimed, sums.durations.count()))
        .collect();
    assert_eq!(entries, [("db", false, 1, 0), ("web", false, 0, 1), ("web", true, 0, 1)]);
    assert!(!sums.has_gaps);
}

/// Claim.
pub fn spans_are_counted_by_what_they_have_in_common(make: Make<'_>) {
    let store = make(Limits::default());
    assert_eq!(aggregate(&*store, "", vec![]), Aggregate::default());
    append(&*store, &[span(1, 1, "web"), child_of(1, span(1, 2, "api")), failing(span(2, 3, "web"))]);
    append(&*store, &[Span { kind: Kind::Server, ..span(3, 4, "web") }, span(4, 5, "")]);
    let answer = aggregate(&*store, "", vec![Dimension::Service]);
    assert_eq!(counts(&answer), [(vec![KeyPart::Absent], 1), (vec![text("api")], 1), (vec![text("web")], 3)]);
    assert_eq!((answer.total.spans, answer.total.errors, answer.rest_groups), (5, 1, 0));
    let answer = aggregate(&*store, "service=web", vec![Dimension::Error, Dimension::Kind]);
    let key = |failed, kind| vec![KeyPart::Error(failed), KeyPart::Kind(kind)];
    let expected =
        [(key(false, Kind::Unspecified), 1), (key(false, Kind::Server), 1), (key(true, Kind::Unspecified), 1)];
    assert_eq!(counts(&answer), expected);
    assert_eq!(aggregate(&*store, "service=nobody", vec![]).total.spans, 0);
}

/// Claim.
pub fn tags_are_counted_by_their_text_and_absence(make: Make<'_>) {
    let store = make(Limits::default());
    let tagged = |id: u64, value: Value| with_tag(span(u128::from(id), id, "web"), "code", value);
    append(&*store, &[tagged(1, "500".into()), tagged(2, Value::Int(500)), tagged(3, "".into()), span(4, 4, "web")]);
    append(&*store, &(10..400).map(|id| tagged(id, format!("user-{id}").as_str().into())).collect::<Vec<_>>());
    let answer = aggregate(&*store, "", vec![Dimension::Tag("code".into())]);
    assert_eq!((&answer.groups[0].key, answer.groups[0].sums.spans), (&vec![text("500")], 2));
    assert_eq!((answer.total.spans, answer.groups.len(), answer.rest_groups), (394, 100, 293));
    assert_eq!(answer.rest.spans, 394 - 101);
    let answer = aggregate(&*store, "!code", vec![Dimension::Tag("code".into())]);
    assert_eq!(counts(&answer), [(vec![KeyPart::Absent], 1)]);
    let answer = aggregate(&*store, "code<=500", vec![Dimension::Tag("code".into())]);
    assert_eq!(counts(&answer), [(vec![text("500")], 2)]);
}

/// Claim.
pub fn agg_1_spans_are_counted_where_they_themselves_start(make: Make<'_>) {
    let store = make(Limits::default());
    append(&*store, &[span(1, 10, "web"), child_of(10, span(1, 20, "web")), span(2, 15, "web")]);
    append(&*store, &[Span { start: FineMicros::NONE, ..span(3, 12, "web") }]);
    let spans_in = |from, to| aggregate_in(&*store, "", (from, to), vec![]).total.spans;
    let s = 1_000_000;
    assert_eq!((spans_in(10 * s, 15 * s), spans_in(10 * s + 1, 20 * s - 1), spans_in(20 * s, 30 * s)), (2, 1, 1));
    let by = vec![Dimension::Time { step_us: 10_000_000 }];
    let answer = aggregate_in(&*store, "", (5 * s, 30 * s), by);
    assert_eq!(counts(&answer), [(vec![KeyPart::SliceUs(10_000_000)], 2), (vec![KeyPart::SliceUs(20_000_000)], 1)]);
}

/// Claim.
pub fn durations_are_summed_and_bucketed(make: Make<'_>) {
    let store = make(Limits::default());
    let lasting = |id: u64, us| Span { duration: FineMicros::from_us(us), ..span(1, id, "web") };
    append(&*store, &[lasting(1, 3), lasting(2, 1_000), lasting(3, 1_001)]);
    append(&*store, &[Span { duration: FineMicros::NONE, ..span(1, 4, "web") }]);
    let answer = aggregate(&*store, "", vec![Dimension::Duration { buckets_log2: 1 }]);
    let expected =
        [(vec![KeyPart::Absent], 1), (vec![KeyPart::DurationUs(3, 3)], 1), (vec![KeyPart::DurationUs(768, 1023)], 2)];
    assert_eq!(counts(&answer), expected);
    let total = &answer.total;
    assert_eq!((total.timed, total.duration_us_sum, total.duration_us_max), (3, 2_004, 1_001));
    let buckets: Vec<_> = total.histogram.iter().collect();
    assert_eq!(buckets, [(3..=3, 1), (992..=1023, 2)]);
    assert_eq!(total.histogram.quantile(0.99), Some(992..=1023));
    let slow = aggregate(&*store, "duration>1ms", vec![]);
    assert_eq!(slow.total.spans, 1);
}

/// Claim.
pub fn exact_repeats_are_counted_once_wherever_they_are(make: Make<'_>) {
    let store = make(Limits::default());
    let report = failing(span(1, 1, "web"));
    append(&*store, &[report.clone(), report.clone(), span(1, 2, "web")]);
    append(&*store, &[report.clone(), Span { kind: Kind::Server, ..report.clone() }]);
    append(&*store, &[span(1 | 1 << 64, 1, "web"), report]);
    let answer = aggregate(&*store, "", vec![Dimension::Kind]);
    let kind = |kind| vec![KeyPart::Kind(kind)];
    assert_eq!(counts(&answer), [(kind(Kind::Unspecified), 3), (kind(Kind::Server), 1)]);
    assert_eq!(answer.total.errors, 2);
}

/// Claim.
pub fn links_are_those_of_whole_traces_with_a_span_in_the_window(make: Make<'_>) {
    let store = make(Limits::default());
    let client = |remote: &str, span: Span| Span {
        kind: Kind::Client,
        remote: Endpoint { service: remote.to_owned(), ..Endpoint::default() },
        ..span
    };
    let server = |span: Span| Span { kind: Kind::Server, ..span };
    append(&*store, &[server(span(1, 1, "web")), child_of(1, client("api", span(1, 2, "web")))]);
    append(&*store, &[client("db", span(2, 30, "api")), failing(client("db", span(3, 31, "api")))]);
    // The rest of the first trace comes late, and twice; one of its ids is short.
    let late = [child_of(2, server(span(1, 20, "api"))), child_of(20, client("db", span(1 | 1 << 64, 40, "api")))];
    append(&*store, &late);
    append(&*store, &late);
    let links = |from, to| {
        let window = Window { from: Timestamp::from_secs(from), to: Timestamp::from_secs(to) };
        let links = whole(store.links(window).expect("links can be counted"));
        let mut linker = Linker::default();
        store.visit_traces(window, &mut |spans| linker.put_trace(spans)).expect("traces can be visited");
        assert_eq!(links, linker.links(), "the linker says the same of the traces visited");
        links.into_iter().map(|Link { parent, child, calls, errors }| (parent + ">" + &child, calls, errors)).collect()
    };
    let link = |name: &str, calls, errors| (name.to_owned(), calls, errors);
    assert_eq!(links(0, 100), [link("api>db", 3, 1), link("web>api", 1, 0)]);
    assert_eq!(links(30, 30), [link("api>db", 1, 0)]);
    let of_first: Vec<(String, u64, u64)> = links(1, 1);
    assert_eq!(of_first, [link("api>db", 1, 0), link("web>api", 1, 0)]);
    assert_eq!(of_first, links(20, 20));
    assert_eq!(of_first, links(40, 40));
    assert_eq!(links(50, 60), []);
}
