//! Which events spans come to, whatever the order in which they come.

use super::*;
use crate::cells::CellRow;
use crate::count::{Groups, NONE, OTHER};
use nines_span::{OtlpParts, SpanFields};
use proptest::prelude::*;

const SECOND: u64 = 1_000_000;

/// A span of `shop` in trace 1 from second `start` to second `end`.
fn made(id: u64, parent: Option<u64>, kind: Kind, (start, end): (u64, u64), tags: &[(&str, &str)]) -> Span {
    let mut tags: Vec<(String, Value)> =
        tags.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect();
    tags.sort_by(|(one, _), (other, _)| one.cmp(other));
    Span {
        trace_id: TraceId(1),
        id: SpanId(id),
        parent_id: parent.map(SpanId),
        kind,
        name: "post /pay".into(),
        start: FineMicros::from_us(start * SECOND),
        duration: FineMicros::from_us((end - start) * SECOND),
        local: Endpoint { service: "shop".into(), ..Endpoint::default() },
        tags,
        ..Span::default()
    }
}

const FAILED: &[(&str, &str)] = &[("error", "timeout")];

/// What an SLO counts of spans that all come at second 2000.
fn events(slo: &Slo, spans: &[Span]) -> (u64, u64) {
    let arrived: Vec<(Timestamp, Span)> = spans.iter().map(|span| (Timestamp::from_secs(2000), span.clone())).collect();
    let (_, cells) = count(&definitions([slo.clone()]), &arrived);
    counted(&cells, key_of(slo))
}

fn attempts(retries: &str) -> Slo {
    let total = format!("where: 'service=shop kind=client', retries: {retries}");
    read(&ratio_of(&total, "good", "where: 'service=shop kind=client !error'"), "Occurrences", "")
}

fn followed(more: &str) -> Slo {
    let good = format!("where: 'service=shop kind=consumer !error', within: 30s {more}");
    read(&ratio_of("where: 'service=shop kind=producer'", "good", &good), "Occurrences", "")
}

#[test]
fn attempts_at_a_request_are_one_event() {
    let client = |id: u64, times: (u64, u64), tags: &[(&str, &str)]| made(id, Some(9), Kind::Client, times, tags);
    // Fails twice and gets through; and another that never does.
    let retried = [client(1, (100, 101), FAILED), client(2, (102, 103), FAILED), client(3, (104, 105), &[])];
    let given_up = [client(4, (200, 201), FAILED), client(5, (202, 203), FAILED)];
    let spans = [&retried[..], &given_up].concat();
    assert_eq!(events(&attempts("all"), &spans), (1, 4));
    assert_eq!(events(&attempts("first"), &spans), (0, 2));
    assert_eq!(events(&attempts("last"), &spans), (1, 1));
    // Another parent, another operation, another callee and a root are other requests.
    let mut apart = retried.clone();
    apart[1].parent_id = Some(SpanId(8));
    apart[2].remote.service = "bank".into();
    assert_eq!(events(&attempts("last"), &apart), (1, 2));
    let roots = retried.clone().map(|span| Span { parent_id: None, ..span });
    assert_eq!(events(&attempts("last"), &roots), (1, 2));
    // Who is called in a loop answers as many requests as are made.
    let looped = [client(1, (100, 101), &[]), client(2, (102, 103), &[]), client(3, (104, 105), FAILED)];
    assert_eq!(events(&attempts("last"), &looped), (2, 1));
    // OpenTelemetry says which are resends.
    let told = [client(1, (100, 104), &[]), client(2, (101, 102), &[("http.request.resend_count", "1")])];
    assert_eq!(events(&attempts("last"), &told), (1, 0));
}

#[test]
fn what_is_produced_is_good_once_it_is_consumed_in_time() {
    let produced = |id: u64, end: u64| made(id, Some(9), Kind::Producer, (end - 1, end), &[]);
    let consumed = |id: u64, of: u64, end: u64| made(id, Some(of), Kind::Consumer, (end - 1, end), &[]);
    let spans = [produced(1, 100), consumed(11, 1, 130), produced(2, 200), consumed(12, 2, 231), produced(3, 300)];
    assert_eq!(events(&followed(""), &spans), (1, 2));
    let mut turned = spans.clone();
    turned.reverse();
    assert_eq!(events(&followed(""), &turned), (1, 2));
    // The trace is one event, from what was produced first to what was consumed first.
    assert_eq!(events(&followed(", join: trace"), &spans), (1, 0));
    assert_eq!(events(&followed(", join: trace"), &spans[2..]), (0, 1));
    // What fails is not consumed; what only its trace has in common neither.
    let failed = [produced(1, 100), Span { tags: vec![("error".into(), "x".into())], ..consumed(11, 1, 110) }];
    assert_eq!(events(&followed(""), &failed), (0, 1));
    assert_eq!(events(&followed(""), &[produced(1, 100), consumed(11, 7, 110)]), (0, 1));
    assert_eq!(events(&followed(""), &[consumed(11, 7, 110)]), (0, 0));
}

#[test]
fn a_link_or_a_shared_id_says_what_is_consumed_too() {
    let produced = made(1, None, Kind::Producer, (99, 100), &[]);
    let mut linked = made(77, None, Kind::Consumer, (109, 110), &[]);
    linked.trace_id = TraceId(2);
    // Field 13 of OTLP's Span is a link, of which 1 is the trace and 2 the span.
    let message = |field: u8, content: &[u8]| [&[field << 3 | 2, content.len() as u8], content].concat();
    let link = [message(1, &1u128.to_be_bytes()), message(2, &1u64.to_be_bytes())].concat();
    linked.otlp = Some(OtlpParts { rest: message(13, &link), ..OtlpParts::default() });
    assert_eq!(events(&followed(""), &[produced.clone(), linked]), (1, 0));
    let shared = Span { shared: true, kind: Kind::Consumer, ..made(1, None, Kind::Consumer, (109, 110), &[]) };
    assert_eq!(events(&followed(""), &[produced, shared]), (1, 0));
}

#[test]
fn probes_say_how_much_they_checked_and_lost() {
    let total = "where: 'service=shop op=read-back', count: checked";
    let slo = read(&ratio_of(total, "bad", "where: 'service=shop op=read-back', count: tag.lost"), "Occurrences", "");
    let probe = |id: u64, checked: &str, lost: &str| Span {
        name: "read-back".into(),
        ..made(id, None, Kind::Internal, (100, 101), &[("checked", checked), ("lost", lost)])
    };
    assert_eq!(
        events(&slo, &[probe(1, "1000", "3"), probe(2, "500", "0"), probe(3, "-1", "0"), probe(4, "no", "1")]),
        (1497, 3)
    );
    // A batch is as many good events as it has records, or bad ones.
    let batch = |id: u64, n: &str, tags: &[(&str, &str)]| {
        made(id, None, Kind::Consumer, (100, 101), &[&[("records", n)], tags].concat())
    };
    let total = "where: 'service=shop kind=consumer', count: records";
    let slo = read(&ratio_of(total, "good", "where: 'service=shop kind=consumer !error'"), "Occurrences", "");
    assert_eq!(events(&slo, &[batch(1, "100", &[]), batch(2, "20", FAILED)]), (100, 20));
}

#[test]
fn what_a_sampled_sender_left_out_is_weighed_in_and_said_to_be_an_estimate() {
    let half = "where: 'service=shop kind=server !error'";
    let weighted =
        read(&ratio_of("where: 'service=shop kind=server', sampling: weighted", "good", half), "Occurrences", "");
    let exact = read(&ratio_of("where: 'service=shop kind=server'", "good", half), "Occurrences", "");
    let server = |id: u64, tags: &[(&str, &str)]| made(id, None, Kind::Server, (100, 101), tags);
    let spans = [server(1, &[("sampler.rate", "0.25")]), server(2, FAILED), server(3, &[])];
    assert_eq!(events(&weighted, &spans), (5, 1));
    assert_eq!(events(&exact, &spans), (2, 1));
    let status = |slo: &Slo| crate::status::evaluate(slo, &slo.objectives[0], &CellStore::new(), Timestamp(0));
    assert!(status(&weighted).is_estimate && !status(&exact).is_estimate);
}

fn grouped(cap: u32) -> Slo {
    let total = format!("where: 'service=shop kind=server', groupBy: tag.region, cap: {cap}");
    read(&ratio_of(&total, "good", "where: 'service=shop kind=server !error'"), "Occurrences", "")
}

#[test]
fn groups_add_up_to_the_whole_and_those_beyond_the_cap_are_one() {
    let slo = grouped(2);
    let server = |id: u64, region: &str, failed: bool| {
        let tags = [("region", region), ("error", "x")];
        made(id, None, Kind::Server, (100, 101), &tags[..if failed { 2 } else { 1 }])
    };
    let mut spans =
        vec![server(1, "eu", false), server(2, "us", true), server(3, "eu", true), server(4, "asia", false)];
    spans.push(server(5, &"x".repeat(300), true));
    let definitions = definitions([slo.clone()]);
    let arrived: Vec<(Timestamp, Span)> = spans.into_iter().map(|span| (Timestamp::from_secs(2000), span)).collect();
    let (counter, cells) = count(&definitions, &arrived);
    let key = key_of(&slo);
    assert_eq!(counted(&cells, key), (2, 3));
    let groups: Vec<(&str, (u64, u64))> =
        counter.groups().of(key).map(|(value, group)| (value, counted(&cells, group))).collect();
    assert_eq!(groups, [(OTHER, (1, 1)), ("eu", (1, 1)), ("us", (0, 1))]);
    // Groups have the slices of their objective, those that only it needs too.
    let short = Slo { window: TimeWindow::Rolling { length: MINUTE }, ..slo };
    let (counter, cells) = count(
        &super::definitions([short]),
        &[(Timestamp::from_secs(2000), made(1, None, Kind::Server, (100, 101), &[]))],
    );
    let (value, group) = counter.groups().of(key).next().unwrap();
    let seconds = cells.rows().into_iter().filter(|row| row.key == group && row.tier == 1).count();
    assert_eq!((value, seconds), (NONE, 1));
}

#[test]
fn a_value_keeps_its_group_after_a_restart() {
    let slo = grouped(1);
    let definitions = definitions([slo.clone()]);
    let server = |id: u64, region: &str| made(id, None, Kind::Server, (100, 101), &[("region", region)]);
    let (first, _) = count(&definitions, &[(Timestamp::from_secs(200), server(1, "eu"))]);
    let mut counter = Counter::new(&definitions);
    counter.restore_groups(first.groups());
    counter.observe(Timestamp::from_secs(200), &server(2, "us"));
    let values: Vec<&str> = counter.groups().of(key_of(&slo)).map(|(value, _)| value).collect();
    assert_eq!(values, [OTHER, "eu"]);
}

#[test]
fn what_comes_after_the_horizon_is_told_as_late() {
    let plain = read(&ratio_of("where: 'service=shop'", "good", "where: 'service=shop !error'"), "Occurrences", "");
    let slos = [plain.clone(), followed("")];
    let mut counter = Counter::new(&definitions(slos));
    let produced = made(1, None, Kind::Producer, (99, 100), &[]);
    counter.observe(Timestamp::from_secs(1000), &produced);
    assert!(counter.take_delta().late().is_empty(), "a quarter of an hour is in time");
    counter.observe(Timestamp::from_secs(1001), &made(2, Some(1), Kind::Consumer, (109, 110), &[]));
    let late = counter.take_delta().late().to_vec();
    let told = |slo: &Slo| -> Vec<(i64, i64, i64)> {
        let own = late.iter().filter(|(key, _, _)| *key == key_of(slo));
        own.map(|(_, second, moved)| (*second, moved.good, moved.bad)).collect()
    };
    assert_eq!(told(&plain), [], "the consumer itself is in time");
    assert_eq!(told(&followed("")), [(100, 1, -1)]);
    counter.observe(Timestamp::from_secs(2000), &made(3, None, Kind::Server, (109, 110), FAILED));
    assert!(
        counter
            .take_delta()
            .late()
            .iter()
            .any(|(key, second, moved)| (*key, *second, moved.bad) == (key_of(&plain), 110, 1))
    );
}

#[test]
fn a_changed_rule_is_another_meaning_and_another_limit_of_throughput_is_not() {
    let slos = [
        attempts("all"),
        attempts("first"),
        attempts("last"),
        followed(""),
        followed(", join: trace"),
        grouped(2),
        grouped(3),
    ];
    let keys: std::collections::BTreeSet<ObjectiveKey> = slos.iter().map(key_of).collect();
    assert_eq!(keys.len(), slos.len());
    let rate = |limit: u32| {
        let metric = "thresholdMetric: { metricSource: { type: spans, spec: { where: 'service=shop kind=server', value: throughput } } }";
        read(metric, "Timeslices", &format!("op: gte, value: {limit}, timeSliceTarget: 1, timeSliceWindow: 1m"))
    };
    assert_eq!(key_of(&rate(1)), key_of(&rate(2)));
}

/// Every kind at once.
fn menu() -> Definitions {
    let half = "where: 'service=shop kind=server !error'";
    let mut slos = vec![
        attempts("first"),
        attempts("last"),
        followed(""),
        followed(", join: trace"),
        grouped(5),
        read(
            &ratio_of("where: 'service=shop kind=server', sampling: weighted, groupBy: region", "good", half),
            "Occurrences",
            "",
        ),
        read(&ratio_of("where: 'service=shop kind=server', count: n", "good", half), "Occurrences", ""),
        read(&ratio_of("where: 'service=shop'", "good", "where: 'service=shop !error'"), "Occurrences", ""),
    ];
    for (n, slo) in slos.iter_mut().enumerate() {
        slo.name = format!("slo-{n}");
    }
    definitions(slos)
}

/// Spans of two traces in which parents, kinds and times meet; ids are unique.
fn arbitrary_span() -> impl Strategy<Value = Span> {
    let tags = (prop::option::of(0usize..4), prop::option::of(0u64..5), any::<bool>(), any::<bool>());
    ((1u128..3, prop::option::of(1u64..8), 1u8..6, 1000u64..1040, 0u64..20), tags).prop_map(
        |((trace, parent, kind, start, took), (region, n, failed, sampled))| {
            let mut span = made(0, parent, Kind::from_u8(kind), (start, start + took), &[]);
            span.trace_id = TraceId(trace);
            let mut tag = |key: &str, value: Value| span.tags.push((key.to_owned(), value));
            if failed {
                tag("error", "x".into());
            }
            if let Some(n) = n {
                tag("n", Value::Int(n as i64));
            }
            if let Some(region) = region {
                tag("region", ["eu", "us", "asia", ""][region].into());
            }
            if sampled {
                tag("sampler.rate", "0.3".into());
            }
            span
        },
    )
}

fn cell_rows(cells: &CellStore) -> Vec<CellRow> {
    cells.rows().into_iter().filter(|row| row.tier != 0 && row.good + row.bad > 0).collect()
}

proptest! {
    /// Spans come one to three times and up to a quarter of an hour late; the process dies once on the way, after
    /// which it remembers what its cells include.
    #[test]
    fn av41_av42_permuted_repeated_delayed_and_replayed_spans_come_to_the_same_cells(
        spans in prop::collection::vec((arbitrary_span(), prop::collection::vec((0u64..900, any::<bool>()), 1..4)), 1..50),
        crash_at in 0usize..100,
    ) {
        let definitions = menu();
        let clock = Timestamp::from_secs(3000);
        let unique: Vec<Span> = (1..).zip(&spans).map(|(n, (span, _))| Span { id: SpanId(n), ..span.clone() }).collect();
        let in_order: Vec<(Timestamp, Span)> = unique.iter().map(|span| (Timestamp::from_secs(1100), span.clone())).collect();
        let (_, mut expected) = count(&definitions, &in_order);
        expected.expire(clock);

        let mut arrivals: Vec<(Timestamp, &Span, bool)> = Vec::new();
        for (span, (_, copies)) in unique.iter().zip(&spans) {
            let ended = span.end_us().unwrap();
            arrivals.extend(copies.iter().map(|&(delay_s, takes)| (Timestamp((ended + delay_s * SECOND) as i64), span, takes)));
        }
        arrivals.sort_by_key(|(arrived, span, _)| (*arrived, std::cmp::Reverse(span.id)));
        let (mut disk, mut groups) = (std::collections::BTreeMap::new(), Groups::default());
        let mut position = 0;
        for until in [crash_at.min(arrivals.len()), arrivals.len()] {
            let mut cells = CellStore::new();
            disk.values().for_each(|row: &CellRow| cells.load(*row));
            cells.restore_groups(&groups);
            cells.define(&definitions, Timestamp(0));
            let mut counter = Counter::new(&definitions);
            counter.restore_groups(&groups);
            arrivals[..position].iter().for_each(|(arrived, span, _)| counter.remember(*arrived, *span));
            for (n, (arrived, span, takes)) in arrivals.iter().enumerate().take(until).skip(position) {
                counter.observe(*arrived, *span);
                if *takes || n + 1 == arrivals.len() {
                    let delta = counter.take_delta();
                    delta.groups().iter().for_each(|(of, value)| groups.restore(*of, value));
                    cells.apply(delta);
                    disk.extend(cells.take_changed().into_iter().map(|row| ((row.key, row.tier, row.slice), row)));
                    position = n + 1;
                }
            }
        }
        let mut cells = CellStore::new();
        disk.into_values().for_each(|row| cells.load(row));
        cells.expire(clock);
        prop_assert_eq!(cell_rows(&cells), cell_rows(&expected));
    }
}
