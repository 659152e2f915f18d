use super::*;
use crate::cells::{CellRow, CellStore};
use crate::model::{Comparison, Measured, Ppb, RatioPart, Sli, Slo, Stretch, UserStory};
use crate::story::joined;
use crate::tests::{DAY, MINUTE, availability, count, definitions, filter, objective, ratio, slo, span};
use nines_base::{FineMicros, TraceId};
use nines_span::{Class, Kind, OtlpParts, Span, SpanFields, SpanRun, Status, Value};
use proptest::prelude::*;

const SECOND: i64 = 1_000_000;

fn slo_of(sli: Sli) -> Slo {
    slo("any", "api", MINUTE, objective(sli, Ppb::new(990_000_000).unwrap()))
}

/// Good and bad events that an indicator counts among spans that come as they end.
fn events(sli: Sli, spans: &[Span]) -> (u64, u64) {
    let key = ObjectiveKey::of(&sli).unwrap();
    let now = Timestamp(1_000 * SECOND);
    let arrived: Vec<(Timestamp, Span)> = spans.iter().map(|span| (now, span.clone())).collect();
    let (_, cells) = count(&definitions([slo_of(sli)]), &arrived);
    let counts = cells.sum(key, Stretch { after: Timestamp(0), upto: now }).counts;
    (counts.good, counts.bad)
}

/// A span at second 900 that took `duration_us`.
fn lasting(number: u64, duration_us: u64) -> Span {
    let start = FineMicros::from_us(900_000_000 - duration_us);
    Span { start, duration: FineMicros::from_us(duration_us), ..span(number, 900_000_000, false) }
}

#[test]
fn ratios_count_good_or_bad_among_what_total_takes() {
    let spans = [span(1, 900_000_000, false), span(2, 900_000_000, true), span(3, 900_000_000, false)];
    assert_eq!(events(ratio("service=api kind=server", "!error"), &spans), (2, 1));
    let by_bad = Sli::Ratio { total: filter("service=api"), part: RatioPart::Bad(filter("error")) };
    assert_eq!(events(by_bad, &spans), (2, 1));
    assert_eq!(events(ratio("service=other", "!error"), &spans), (0, 0));
    assert_eq!(events(ratio("kind=client", ""), &spans), (0, 0));
    assert_eq!(events(ratio("", ""), &spans), (3, 0));
}

#[test]
fn thresholds_are_exact_to_the_microsecond() {
    let spans: Vec<Span> = [399_999, 400_000, 400_001].into_iter().zip(1..).map(|(us, n)| lasting(n, us)).collect();
    let check = |op: Comparison, limit: f64, expected: (u64, u64)| {
        let sli = Sli::Threshold { total: filter("service=api"), value: Measured::Duration, op, limit };
        assert_eq!(events(sli, &spans), expected, "{op:?} {limit}");
    };
    check(Comparison::Lt, 400_000.0, (1, 2));
    check(Comparison::Lte, 400_000.0, (2, 1));
    check(Comparison::Gt, 400_000.0, (1, 2));
    check(Comparison::Gte, 400_000.0, (2, 1));
    check(Comparison::Lt, 400_000.5, (2, 1));
    check(Comparison::Gte, -1.0, (3, 0));
    check(Comparison::Lt, -1.0, (0, 3));
    check(Comparison::Lt, f64::NAN, (0, 3));
    check(Comparison::Lt, f64::INFINITY, (3, 0));
    assert_eq!(events(ratio("service=api", "duration<400ms"), &spans), (1, 2));
}

#[test]
fn a_span_without_duration_counts_for_availability_and_not_for_a_threshold() {
    let spans = [Span { duration: FineMicros::NONE, ..lasting(1, 5) }, lasting(2, 5)];
    let latency = |limit| Sli::Threshold { total: filter(""), value: Measured::Duration, op: Comparison::Lte, limit };
    assert_eq!(events(ratio("service=api", "!error"), &spans), (2, 0));
    assert_eq!(events(latency(400_000.0), &spans), (1, 0));
    assert_eq!(events(ratio("service=api", "duration<400ms"), &spans), (1, 1), "in a ratio the filter alone decides");
    assert_eq!(events(ratio("service=api duration>=0us", "duration<400ms"), &spans), (1, 0));
}

#[test]
fn a_numeric_tag_is_measured_where_it_is_a_number() {
    let tagged = |number: u64, value: Value| Span { tags: vec![("lag".into(), value)], ..lasting(number, 5) };
    let spans = [
        tagged(1, Value::Int(29)),
        tagged(2, Value::from("30")),
        tagged(3, Value::Double(30.5)),
        tagged(4, Value::from("soon")),
        lasting(5, 5),
    ];
    let sli = |op| Sli::Threshold { total: filter(""), value: Measured::Tag("lag".into()), op, limit: 30.0 };
    assert_eq!(events(sli(Comparison::Lte), &spans), (2, 1));
    assert_eq!(events(sli(Comparison::Gt), &spans), (1, 2));
}

#[test]
fn what_has_no_time_or_a_time_to_come_is_not_counted_but_tallied() {
    let slo = availability(MINUTE, 99.0);
    let now = Timestamp(1_000 * SECOND);
    let without_start = Span { start: FineMicros::NONE, ..span(1, 900_000_000, false) };
    let ahead = span(2, 1_300_000_001, false);
    let barely = span(3, 1_300_000_000, false);
    let wild = Span { start: FineMicros::from_us(u64::MAX), ..span(4, 900_000_000, false) };
    let foreign = Span { kind: Kind::Client, start: FineMicros::NONE, ..span(5, 900_000_000, false) };
    let arrivals = [without_start, ahead, barely, wild, foreign].map(|span| (now, span));
    let (mut counter, _) = count(&definitions([slo]), &arrivals);
    let tally = counter.tally();
    assert_eq!((tally.spans, tally.matched, tally.events), (5, 4, 1));
    assert_eq!((tally.without_start, tally.ahead), (1, 2));
    assert!(counter.take_delta().is_empty());
}

#[test]
fn sli_1_a_span_counts_once_however_often_it_comes() {
    let slo = availability(MINUTE, 99.0);
    let first = span(1, 900_000_000, false);
    let now = |second: i64| Timestamp(second * SECOND);
    let mut shared = first.clone();
    shared.shared = true;
    let mut wide = first.clone();
    wide.trace_id = TraceId(first.trace_id.0 | 1 << 64);
    let arrivals = [
        (now(900), first.clone()),
        (now(901), first.clone()),
        (now(1799), first.clone()),
        (now(1799), shared),
        (now(1799), wide),
    ];
    let (mut counter, _) = count(&definitions([slo]), &arrivals);
    assert_eq!((counter.tally().events, counter.tally().repeated), (3, 2));
    counter.observe(now(1802), &first);
    let tally = counter.tally();
    assert_eq!(
        (tally.events, tally.repeated, tally.beyond_horizon),
        (4, 2, 1),
        "15 minutes later it counts again, and is told"
    );
}

#[test]
fn sli_1_a_later_fuller_report_counts_only_where_the_first_did_not() {
    let availability = availability(MINUTE, 99.0);
    let total = filter("service=api");
    let latency = Sli::Threshold { total, value: Measured::Duration, op: Comparison::Lte, limit: 50_000.0 };
    let latency_key = ObjectiveKey::of(&latency).unwrap();
    let full = span(1, 900_000_000, true);
    let early = Span { duration: FineMicros::NONE, tags: vec![], ..full.clone() };
    let now = Timestamp(1_000 * SECOND);
    let definitions = definitions([availability.clone(), slo_of(latency)]);
    let (mut counter, cells) = count(&definitions, &[(now, early), (now, full.clone()), (now, full)]);
    let counts = |key| cells.sum(key, Stretch { after: Timestamp(0), upto: now }).counts;
    let availability_key = ObjectiveKey::of(&availability.objectives[0].sli).unwrap();
    assert_eq!(counts(availability_key), Counts { good: 1, bad: 0 }, "the first report decided");
    assert_eq!(counts(latency_key), Counts { good: 0, bad: 1 }, "it took 100 ms");
    assert_eq!(counter.tally().repeated, 1);
}

#[test]
fn what_is_remembered_after_a_restart_is_recognised_but_not_counted() {
    let definitions = definitions([availability(MINUTE, 99.0)]);
    let mut counter = Counter::new(&definitions);
    let now = Timestamp(1_000 * SECOND);
    counter.remember(now, &span(1, 900_000_000, false));
    assert!(counter.take_delta().is_empty());
    assert_eq!(counter.tally(), Tally::default());
    counter.observe(now, &span(1, 900_000_000, false));
    counter.observe(now, &span(2, 900_000_000, false));
    assert_eq!((counter.tally().events, counter.tally().repeated), (1, 1));
}

#[test]
fn new_definitions_keep_what_was_counted_and_recognised() {
    let first = availability(MINUTE, 99.0);
    let second = slo_of(ratio("service=api", "duration<1s"));
    let mut counter = Counter::new(&definitions([first.clone()]));
    let now = Timestamp(1_000 * SECOND);
    counter.observe(now, &span(1, 900_000_000, false));
    counter.redefine(&definitions([second.clone()]));
    counter.observe(now, &span(1, 900_000_000, false));
    counter.observe(now, &span(2, 900_000_000, false));
    counter.redefine(&definitions([first, second]));
    counter.observe(now, &span(1, 900_000_000, false));
    counter.observe(now, &span(2, 900_000_000, false));
    let events: u64 = counter.take_delta().cells.iter().map(|(_, _, counts)| counts.valid()).sum();
    assert_eq!(events, 4, "each of two spans once for each of two indicators");
    assert_eq!(counter.tally().repeated, 1);
}

#[test]
fn spans_spread_over_hours_are_counted_in_the_stretches_that_cells_tell_apart() {
    let definitions = definitions([availability(DAY, 99.0)]);
    let (mut cells, mut counter) = (CellStore::new(), Counter::new(&definitions));
    cells.define(&definitions, Timestamp(0));
    counter.count_for(&cells);
    let now = Timestamp(9_000 * SECOND);
    // Two hours; in no order; more stretches than stand side by side.
    for number in 0..7200u64 {
        counter.observe(now, &span(number, 1_000_000_000 + number * 4_999 % 7200 * 1_000_000, number % 10 == 0));
    }
    let delta = counter.take_delta();
    assert!((720..7200).contains(&delta.cells.len()), "{} of 720 stretches", delta.cells.len());
    cells.apply(delta);
    for first_s in [1_000, 1_010, 4_000, 8_190] {
        let ten = Stretch { after: Timestamp(first_s * SECOND - 1), upto: Timestamp((first_s + 9) * SECOND) };
        assert_eq!(
            cells.sum(ObjectiveKey::of(&availability(DAY, 99.0).objectives[0].sli).unwrap(), ten).counts.valid(),
            10
        );
    }
}

#[test]
fn a_key_is_the_meaning_and_nothing_else() {
    let key = |sli: &Sli| ObjectiveKey::of(sli).unwrap().to_string();
    let base = key(&ratio("service=api kind=server", "!error"));
    assert_eq!(base, "4f6ae1be93fef23f7a28bfd7dfca8029", "stored histories are kept under this");
    assert_eq!(key(&ratio("service=api  kind=server ", "-error")), base, "spelled differently");
    assert_ne!(key(&ratio("service=api kind=client", "!error")), base);
    let bad = Sli::Ratio { total: filter("service=api kind=server"), part: RatioPart::Bad(filter("!error")) };
    assert_ne!(key(&bad), base);
    assert_eq!(ObjectiveKey::of(&Sli::External { source: "Prometheus".into() }), None);
}

#[test]
fn shapes_beyond_the_limit_are_counted_all_the_same() {
    let slo = slo_of(ratio("service=api op=~\"^get /user\"", "!error"));
    let key = ObjectiveKey::of(&slo.objectives[0].sli).unwrap();
    let definitions = definitions([slo]);
    let mut counter = Counter::new(&definitions);
    let now = Timestamp(1_000 * SECOND);
    for number in 0..70_000u64 {
        let name = if number % 2 == 0 { format!("get /user/{number}") } else { format!("get /item/{number}") };
        counter.observe(now, &Span { name, ..span(number, 900_000_000, number % 4 == 0) });
    }
    let mut cells = CellStore::new();
    cells.apply(counter.take_delta());
    let counts = cells.sum(key, Stretch { after: Timestamp(0), upto: now }).counts;
    assert_eq!((counts.good, counts.bad), (17_500, 17_500));
}

/// Spans of few services, names, kinds and outcomes, so that shapes repeat.
fn arbitrary_span() -> impl Strategy<Value = Span> {
    let parts = (0u64..40, 0usize..3, 0usize..3, 0u8..6, 0u8..3, 0u64..3, 880_000_000u64..900_000_000);
    (parts, prop::option::of(0u64..600), prop::option::of(prop_oneof![Just(200i64), Just(404), Just(503)])).prop_map(
        |((id, service, op, kind, status, duration, end_us), start, code)| {
            let mut made = span(id, end_us, false);
            made.local.service = ["api", "Shop", ""][service].into();
            made.name = ["get /", "post /", ""][op].into();
            made.kind = Kind::from_u8(kind);
            made.status = Status::from_u8(status);
            made.duration = FineMicros::from_us(duration * 200_000);
            made.start = start.map_or(FineMicros::NONE, |_| made.start);
            made.tags = code.into_iter().map(|code| ("http.status_code".into(), Value::Int(code))).collect();
            made
        },
    )
}

/// Indicators that between them leave every kind of question open.
fn indicators() -> Vec<Sli> {
    vec![
        ratio("service=api kind=server", "!error"),
        ratio("service=shop", "duration<300ms !error"),
        ratio("service=(api,shop) op=~get", "http.status_code<500"),
        ratio("kind=local", "duration>=0us"),
        Sli::Ratio { total: filter("http.status_code"), part: RatioPart::Bad(filter("http.status_code>=500")) },
        Sli::Threshold { total: filter("!error"), value: Measured::Duration, op: Comparison::Lt, limit: 250_000.0 },
        ratio("", "service=shop"),
    ]
}

/// Adds the story that all SLOs make by trace. (They have one name here.)
fn with_story(definitions: Definitions) -> Definitions {
    let story = UserStory { name: "all".into(), slos: vec!["any".into()], ..UserStory::default() };
    let stories = vec![joined(story, &definitions.slos)];
    Definitions { stories, ..definitions }
}

/// Good and bad traces of a story of three SLOs, counted span by span.
fn traces(spans: &[(u128, Span)]) -> (Counts, Vec<CellRow>) {
    let slos = [("kind=server", "!error"), ("op=slow", "duration<100ms"), ("kind=client", "!error")];
    let definitions = with_story(definitions(slos.map(|(total, good)| slo_of(ratio(total, good)))));
    let now = Timestamp(1_000 * SECOND);
    let spans: Vec<(Timestamp, Span)> = (1u64..)
        .zip(spans)
        .map(|(id, (trace, span))| {
            let mut span = span.clone();
            (span.trace_id.0, span.id.0) = (*trace, id);
            (now, span)
        })
        .collect();
    let (_, cells) = count(&definitions, &spans);
    let together = definitions.stories[0].together.as_ref().unwrap();
    let key = ObjectiveKey::of(&together.objectives[0].sli).unwrap();
    let stretch = Stretch { after: Timestamp(0), upto: now };
    let rows = cells.rows().into_iter().filter(|row| row.key == key && row.tier == 1).collect();
    (cells.sum(key, stretch).counts, rows)
}

#[test]
fn a_trace_is_one_event_of_its_story_and_bad_where_any_of_its_events_is() {
    let good = |end_s: u64| span(0, end_s * 1_000_000, false);
    let bad = |end_s: u64| span(0, end_s * 1_000_000, true);
    let mut other = good(900);
    other.kind = Kind::Unspecified;
    other.name = "any".into();
    assert_eq!(traces(&[(1, good(900)), (1, good(901)), (2, good(900))]).0, Counts { good: 2, bad: 0 });
    assert_eq!(traces(&[(1, good(900)), (1, bad(901)), (2, good(900))]).0, Counts { good: 1, bad: 1 });
    assert_eq!(traces(&[(1, bad(901)), (1, good(900)), (1, bad(902))]).0, Counts { good: 0, bad: 1 });
    // A trace without an event of the story is none of its events.
    assert_eq!(traces(&[(1, other)]).0, Counts::default());
    // It belongs to the second of its last event, whichever comes first.
    let (_, rows) = traces(&[(1, good(905)), (1, bad(901))]);
    let (_, turned) = traces(&[(1, bad(901)), (1, good(905))]);
    let filled = |rows: Vec<CellRow>| -> Vec<(i64, u64, u64)> {
        rows.iter().filter(|row| row.good + row.bad > 0).map(|row| (row.slice, row.good, row.bad)).collect()
    };
    assert_eq!(filled(rows), [(905, 0, 1)]);
    assert_eq!(filled(turned), [(905, 0, 1)]);
}

/// Rows but for marks, which say when counting began rather than what was counted.
fn cell_rows(cells: &CellStore) -> Vec<CellRow> {
    cells.rows().into_iter().filter(|row| row.tier != 0 && row.good + row.bad > 0).collect()
}

proptest! {
    /// The oracle asks every filter of every span and knows nothing of shapes.
    #[test]
    fn counts_equal_asking_every_filter(spans in prop::collection::vec(arbitrary_span(), 0..80)) {
        let slos: Vec<Slo> = indicators().into_iter().map(slo_of).collect();
        let now = Timestamp(1_000 * SECOND);
        let distinct = spans.into_iter().enumerate().map(|(n, mut span)| {
            span.id.0 = n as u64 + 1;
            (now, span)
        });
        let spans: Vec<(Timestamp, Span)> = distinct.collect();
        let (_, cells) = count(&definitions(slos.clone()), &spans);
        for sli in slos.iter().map(|slo| &slo.objectives[0].sli) {
            let mut expected = Counts::default();
            for (_, span) in spans.iter().filter(|(_, span)| !span.start.is_none()) {
                let (is_valid, is_good) = match sli {
                    Sli::Ratio { total, part: RatioPart::Good(good) } => (total.matches(span), good.matches(span)),
                    Sli::Ratio { total, part: RatioPart::Bad(bad) } => (total.matches(span), !bad.matches(span)),
                    Sli::Threshold { total, limit, .. } => {
                        (total.matches(span) && !span.duration.is_none(), (span.duration.us as f64) < *limit)
                    }
                    _ => (false, false),
                };
                expected.good += u64::from(is_valid && is_good);
                expected.bad += u64::from(is_valid && !is_good);
            }
            let stretch = Stretch { after: Timestamp(0), upto: now };
            prop_assert_eq!(cells.sum(ObjectiveKey::of(sli).unwrap(), stretch).counts, expected, "{:?}", sli);
        }
    }

    /// Each span comes one to three times, up to 15 minutes after its end, in the order of arrival, and
    /// cells are taken after any of them.
    #[test]
    fn cel_2_av41_permuted_duplicated_and_delayed_spans_give_identical_cells(
        spans in prop::collection::vec((arbitrary_span(), prop::collection::vec((0i64..900, any::<bool>()), 1..4)), 0..60)
    ) {
        // Windows of a minute are counted by seconds, those of a day by ten of them.
        let windows = [MINUTE, DAY].into_iter().cycle();
        let definitions = with_story(definitions(indicators().into_iter().zip(windows).map(|(sli, window)| Slo {
            window: crate::model::TimeWindow::Rolling { length: window },
            ..slo_of(sli)
        })));
        let clock = Timestamp(3_000 * SECOND);
        let unique = |n: usize, span: &Span| {
            let mut span = span.clone();
            (span.trace_id.0, span.id.0) = (n as u128 % 9 + 1, n as u64 + 1);
            span
        };

        let in_order: Vec<(Timestamp, Span)> =
            spans.iter().enumerate().map(|(n, (span, _))| (Timestamp(900 * SECOND), unique(n, span))).collect();
        let (_, mut expected) = count(&definitions, &in_order);
        expected.expire(clock);

        let mut arrivals: Vec<(Timestamp, Span, bool)> = Vec::new();
        for (n, (span, copies)) in spans.iter().enumerate() {
            let ended = span.end_us().unwrap_or(890_000_000) as i64;
            for &(delay_s, takes) in copies {
                arrivals.push((Timestamp(ended + delay_s * SECOND), unique(n, span), takes));
            }
        }
        arrivals.sort_by_key(|(arrived, _, _)| *arrived);
        let mut cells = CellStore::new();
        cells.define(&definitions, Timestamp(0));
        let mut counter = Counter::new(&definitions);
        for (at, (arrived, span, takes)) in arrivals.iter().enumerate() {
            if at == arrivals.len() / 3 {
                counter.count_for(&cells);
            }
            counter.observe(*arrived, span);
            if *takes {
                cells.apply(counter.take_delta());
                cells.expire(*arrived);
            }
        }
        cells.apply(counter.take_delta());
        cells.expire(clock);
        prop_assert_eq!(cell_rows(&cells), cell_rows(&expected));
    }

    /// The process dies after any span; what it committed last comes back, spans before that are
    /// remembered and the rest counted again.
    #[test]
    fn sli_1_a_crash_at_any_point_changes_no_cell(
        spans in prop::collection::vec((arbitrary_span(), 0usize..3), 1..60), commit_every in 1usize..7, crash_at in 0usize..60
    ) {
        let definitions = with_story(definitions(indicators().into_iter().map(slo_of)));
        let now = Timestamp(900 * SECOND);
        // Ids repeat, so later spans may be further reports of earlier ones.
        let spans: Vec<Span> = spans.into_iter().flat_map(|(span, n_repeats)| vec![span; n_repeats + 1]).collect();
        let arrivals: Vec<(Timestamp, Span)> = spans.iter().map(|span| (now, span.clone())).collect();
        let (_, expected) = count(&definitions, &arrivals);

        let mut disk: std::collections::BTreeMap<(ObjectiveKey, u32, i64), CellRow> = Default::default();
        let mut position = 0;
        for until in [crash_at.min(spans.len()), spans.len()] {
            let mut cells = CellStore::new();
            disk.values().for_each(|row| cells.load(*row));
            cells.define(&definitions, Timestamp(0));
            let mut counter = Counter::new(&definitions);
            spans[..position].iter().for_each(|span| counter.remember(now, span));
            for (n, span) in spans.iter().enumerate().take(until).skip(position) {
                counter.observe(now, span);
                if n % commit_every == 0 || n + 1 == spans.len() {
                    cells.apply(counter.take_delta());
                    disk.extend(cells.take_changed().into_iter().map(|row| ((row.key, row.tier, row.slice), row)));
                    position = n + 1;
                }
            }
        }
        let mut cells = CellStore::new();
        disk.into_values().for_each(|row| cells.load(row));
        prop_assert_eq!(cells.rows(), expected.rows());
    }
}

/// A span whose holder numbers classes.
struct Numbered(Span, Class);

impl SpanFields for Numbered {
    fn trace_id(&self) -> TraceId {
        self.0.trace_id
    }
    fn id(&self) -> nines_base::SpanId {
        self.0.id
    }
    fn parent_id(&self) -> Option<nines_base::SpanId> {
        self.0.parent_id
    }
    fn kind(&self) -> Kind {
        self.0.kind
    }
    fn service(&self) -> &str {
        self.0.service()
    }
    fn name(&self) -> &str {
        self.0.name()
    }
    fn remote_service(&self) -> &str {
        self.0.remote_service()
    }
    fn start(&self) -> FineMicros {
        self.0.start
    }
    fn duration(&self) -> FineMicros {
        self.0.duration
    }
    fn shared(&self) -> bool {
        self.0.shared
    }
    fn debug(&self) -> bool {
        self.0.debug
    }
    fn status(&self) -> Status {
        self.0.status
    }
    fn class(&self) -> Option<Class> {
        Some(self.1)
    }
    fn tag_place(&self, key: &str) -> Option<u32> {
        self.0.tags.iter().position(|(own, _)| own == key).map(|place| place as u32)
    }
    fn tag_at(&self, place: u32) -> Option<nines_span::ValueRef<'_>> {
        self.0.tags.get(place as usize).map(|(_, value)| value.as_ref())
    }
    fn tag_number_at(&self, place: u32) -> Option<u32> {
        let text = self.0.tags.get(place as usize)?.1.as_ref().text().into_owned();
        (text != "unnumbered").then(|| text.bytes().fold(0, |number, byte| number * 31 + u32::from(byte)))
    }
    fn own_tag(&self, key: &str) -> Option<nines_span::ValueRef<'_>> {
        self.0.own_tag(key)
    }
    fn resource_bytes(&self) -> &[u8] {
        self.0.resource_bytes()
    }
    fn has_event(&self, name: &str) -> bool {
        self.0.has_event(name)
    }
}

/// Spans of one numbering side by side.
struct SideBySide(Timestamp, Vec<Numbered>, Vec<u32>);

impl SideBySide {
    fn new(arrived: Timestamp, spans: Vec<Numbered>) -> SideBySide {
        let operations = spans.iter().map(|Numbered(_, class)| class.operation).collect();
        SideBySide(arrived, spans, operations)
    }
}

impl SpanRun for SideBySide {
    fn arrived(&self) -> Timestamp {
        self.0
    }
    fn len(&self) -> usize {
        self.1.len()
    }
    fn show(&self, at: usize, look: &mut dyn FnMut(&dyn SpanFields)) {
        look(&self.1[at]);
    }
    fn operations(&self) -> Option<(u64, &[u32])> {
        Some((self.1.first()?.1.numbering, &self.2))
    }
}

/// What of a span is drawn: service, operation and whether it is a client's; status, tags, their values, resource.
type Drawn = ((usize, usize, bool), usize, usize, usize, usize);

/// An OTLP resource with one attribute.
fn resource_with(key: &str, value: &str) -> std::sync::Arc<[u8]> {
    let message = |field: u8, content: &[u8]| [&[field << 3 | 2, content.len() as u8], content].concat();
    let attribute = [message(1, key.as_bytes()), message(2, &message(1, value.as_bytes()))].concat();
    message(1, &message(1, &attribute)).into()
}

proptest! {
    /// More numberings than are kept, each with its own numbers, and other definitions half-way. Some come side by side.
    #[test]
    fn spans_with_classes_are_counted_like_those_without(
        which in prop::collection::vec(
            ((0usize..2, 0usize..4, any::<bool>()), 0usize..3, 0usize..16, 0usize..4, 0usize..3), 1..300),
        numberings in prop::collection::vec((0u64..20, any::<bool>()), 60)
    ) {
        let first = definitions([slo_of(ratio("service=api kind=server", "!error"))]);
        let second = definitions([
            slo_of(ratio("service=api op=op1", "duration<400ms")),
            slo_of(ratio("status=error", "")),
            slo_of(ratio("http.status_code", "http.status_code<300 !region=eu")),
        ]);
        let (mut with, mut without) = (Counter::new(&first), Counter::new(&first));
        let now = Timestamp(900 * SECOND);
        let numbered = |(at, drawn): (usize, &Drawn), numbering: u64| {
            let ((service, op, is_client), status, tags, value, resource) = drawn;
            let mut span = span(at as u64, 900_000_000, false);
            span.local.service = ["api", "web"][*service].into();
            span.name = format!("op{op}");
            span.kind = if *is_client { Kind::Client } else { Kind::Server };
            span.status = [Status::Unset, Status::Ok, Status::Error][*status];
            let (error, code) =
                [("yes", "404"), ("false", "503"), ("unnumbered", "200"), ("false", "unnumbered")][*value];
            let all = [("error", error), ("http.status_code", code), ("region", "eu"), ("rpc.grpc.status_code", "13")];
            let own = all.iter().enumerate().filter(|(bit, _)| tags & 1 << bit != 0);
            span.tags = own.map(|(_, (key, value))| ((*key).into(), (*value).into())).collect();
            span.otlp = [None, Some(resource_with("zone", "b")), Some(resource_with("http.status_code", "500"))]
                [*resource].clone().map(|resource| OtlpParts { resource, ..OtlpParts::default() });
            // Every numbering puts operations and layouts in an order of its own.
            let place = (service * 4 + op) * 2 + usize::from(*is_client);
            let (operation, layout) = ((place as u64 ^ numbering) as u32, ((tags * 3 + status) as u64 ^ numbering) as u32);
            Numbered(span, Class { numbering, operation, layout, resource: *resource as u32 })
        };
        let all: Vec<_> = which.iter().enumerate().collect();
        for (nth, (run, (numbering, is_run))) in all.chunks(5).zip(numberings).enumerate() {
            if nth == all.len() / 10 {
                with.redefine(&second);
                without.redefine(&second);
            }
            let spans: Vec<Numbered> = run.iter().map(|one| numbered(*one, numbering)).collect();
            spans.iter().for_each(|Numbered(span, _)| without.observe(now, span));
            if is_run {
                with.observe_run(&SideBySide::new(now, spans));
            } else {
                spans.iter().for_each(|span| with.observe(now, span));
            }
        }
        prop_assert_eq!(with.tally(), without.tally());
        let cells = |counter: &mut Counter| format!("{:?}", counter.take_delta());
        prop_assert_eq!(cells(&mut with), cells(&mut without));
    }
}
