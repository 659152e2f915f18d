use super::*;
use crate::cells::CellStore;
use crate::count::Counter;
use crate::key::ObjectiveKey;
use crate::model::{Comparison, Counts, Definitions, Measured, Sli, Stretch};
use crate::tests::{DAY, HOUR, MINUTE, definitions, filter, objective, ratio, slo, target};
use nines_base::{DurationUs, Timestamp};
use nines_span::{Span, SpanFields};
use proptest::prelude::*;

fn load(text: &str) -> Load {
    read_load(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

/// Good and bad spans of a load that end in `[from, until)` seconds.
fn ending_in(load: &Load, from_s: i64, until_s: i64) -> (u64, u64) {
    let Counts { good, bad } = load.ending_in(&(DurationUs::from_secs(from_s)..DurationUs::from_secs(until_s)));
    (good, bad)
}

#[test]
fn event_n_ends_n_over_rate_after_the_beginning_and_bad_ones_are_spread() {
    let ten = load("service=api rate=1/s from=100s for=20s bad=10%");
    assert_eq!(ending_in(&ten, 0, 100), (0, 0));
    assert_eq!(ending_in(&ten, 100, 101), (1, 0));
    assert_eq!(ending_in(&ten, 109, 110), (0, 1), "of the first ten one is bad: the tenth");
    assert_eq!(ending_in(&ten, 100, 120), (18, 2));
    assert_eq!(ending_in(&ten, 0, 10_000), (18, 2));
    let third = load("service=api rate=1/m from=0 for=1h bad=100%");
    assert_eq!(ending_in(&third, 0, 3600), (0, 60));
    assert_eq!(ending_in(&third, 1, 61), (0, 1));
    let odd = load("service=api rate=0.3/s from=0 for=10s bad=0%");
    assert_eq!(ending_in(&odd, 0, 10), (3, 0));
    assert_eq!(ending_in(&odd, 1, 4), (1, 0), "event 1 ends 10/3 s after the beginning");
}

#[test]
fn a_line_says_what_its_spans_are() {
    let load = load(
        r#"service=web op="get /profile/{id}" kind=client remote=api http.status_code=503 tag.rate=7 root rate=1/s from=0 for=1s bad=0% duration=5ms bad-duration=2s"#,
    );
    assert_eq!(
        (load.good.name.as_str(), load.good.service(), load.good.remote_service()),
        ("get /profile/{id}", "web", "api")
    );
    assert_eq!(load.good.tags.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["http.status_code", "rate"]);
    assert!(filter("kind=client root http.status_code>=500 tag.rate=7 duration=5ms error").matches(&load.good));
    assert!(filter("duration=2s").matches(&load.bad), "with a duration of their own, bad spans differ in nothing else");
    let failing = super::read_load("service=web rate=1/s from=0 for=1s bad=1% otel.status_code=OK").unwrap();
    assert!(filter("!error").matches(&failing.good));
    assert!(filter("error").matches(&failing.bad), "bad ones failed whatever their tags say");
}

#[test]
fn faults_of_a_line_have_their_place() {
    let check = |text: &str, at: std::ops::Range<usize>, fact: &str| {
        let fault = read_load(text).expect_err(text);
        assert!(format!("{:?}", fault.fact).starts_with(fact), "{text}: {:?}", fault.fact);
        assert_eq!(fault.at, at, "{text}");
    };
    check("service=web from=0 for=1s bad=0%", 0..32, "Missing");
    check("service=web rate=10 from=0 for=1s bad=0%", 17..19, "BadRate");
    check("service=web rate=0/s from=0 for=1s bad=0%", 17..20, "BadRate");
    check("service=web rate=2000000000/s from=0 for=1s bad=0%", 17..29, "RateTooHigh");
    check("service=web rate=1/s from=0 for=1s bad=101%", 39..43, "BadShare");
    check("service=web rate=1/s from=0 for=1s bad=0.1", 39..42, "BadShare");
    check("service=web rate=1/s from=soon for=1s bad=0%", 26..30, "BadLength");
    check("service=web rate=1/s from=4000d for=1s bad=0%", 26..31, "TimeTooFar");
    check("service=(a,b) rate=1/s from=0 for=1s bad=0%", 0..13, "NotEquality");
    check("service=web !error rate=1/s from=0 for=1s bad=0%", 12..18, "NotEquality");
    check("service=web id=1 rate=1/s from=0 for=1s bad=0%", 12..16, "NotSettable");
    check("service=web kind=both rate=1/s from=0 for=1s bad=0%", 17..21, "BadKind");
    check("service=web service=api rate=1/s from=0 for=1s bad=0%", 12..23, "SetTwice");
    check("service=\"web rate=1/s", 8..21, "NotATerm");
    let fault = read_gap("service=web from=0 for=1s bad=0%").unwrap_err();
    assert_eq!((fault.fact, fault.at), (LoadFact::UnknownOption { name: "bad".into() }, 26..32));
}

/// Three questions, over windows that need seconds and slices of their own.
fn questions() -> Definitions {
    let latency = Sli::Threshold {
        total: filter("service=api kind=server"),
        value: Measured::Duration,
        op: Comparison::Lte,
        limit: 300_000.0,
    };
    let mut slices = slo("slices", "api", DAY, objective(ratio("service=api", "duration<400ms"), target(99.0)));
    slices.method = crate::model::BudgetingMethod::Timeslices;
    slices.objectives[0].time_slice = Some(DurationUs::from_secs(420));
    definitions([
        slo("availability", "api", MINUTE, objective(ratio("service=api kind=server", "!error"), target(99.0))),
        slo("latency", "api", DAY, objective(latency, target(99.0))),
        slices,
    ])
}

/// What counting the spans one by one gives, told the time at the same moments.
fn counted(definitions: &Definitions, traffic: &Traffic, moments: &[DurationUs]) -> CellStore {
    let ends = |span: &Span| Timestamp(span.end_us().unwrap_or_default() as i64);
    let mut spans: Vec<Span> = (0u64..)
        .zip(&traffic.loads)
        .flat_map(|(number, load)| load.spans(traffic.start, number).collect::<Vec<_>>())
        .collect();
    spans.sort_by_key(ends);
    let is_measured = |span: &Span| {
        traffic.gaps.iter().all(|gap| {
            let after = ends(span) - traffic.start;
            gap.service != span.service() || after < gap.from || after.0 >= gap.from.0 + gap.length.0
        })
    };
    let mut cells = CellStore::new();
    cells.define(definitions, traffic.start);
    let mut counter = Counter::new(definitions);
    let mut spans = spans.into_iter().filter(is_measured).peekable();
    for moment in moments {
        let now = traffic.start + *moment;
        // As on a server, the clock goes on while spans come.
        while let Some(span) = spans.next_if(|span| ends(span) <= now) {
            counter.observe(ends(&span), &span);
            cells.apply(counter.take_delta());
            cells.expire(ends(&span));
        }
        cells.expire(now);
    }
    cells
}

fn arb_load() -> impl Strategy<Value = String> {
    let rate = prop_oneof![Just("1/s"), Just("0.7/s"), Just("13/m"), Just("3.3/s"), Just("100/h")];
    let (from, length) = (0i64..20_000, 1i64..4_000);
    let bad = prop_oneof![Just("0%"), Just("100%"), Just("33.3%"), Just("0.1%"), Just("7%")];
    let kind = prop_oneof![Just("server"), Just("client")];
    let durations = prop_oneof![Just(""), Just("duration=350ms"), Just("duration=1ms bad-duration=500ms")];
    (rate, from, length, bad, kind, durations).prop_map(|(rate, from, length, bad, kind, durations)| {
        format!("service=api kind={kind} rate={rate} from={from}s for={length}s bad={bad} {durations}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// CEL-2 of the formula: cells filled by arithmetic are those that counting gives.
    #[test]
    fn cel_2_arithmetic_fills_the_cells_that_counting_fills(
        lines in prop::collection::vec(arb_load(), 1..4),
        gap in prop::option::of((0i64..20_000, 1i64..3_000)),
        start in 1_700_000_000i64..1_700_010_000,
        mut moments in prop::collection::vec(0i64..30_000, 1..5),
    ) {
        moments.sort_unstable();
        let moments: Vec<DurationUs> = moments.into_iter().map(DurationUs::from_secs).collect();
        let gaps = gap.map(|(from, length)| Gap {
            service: "api".into(), from: DurationUs::from_secs(from), length: DurationUs::from_secs(length),
        });
        let loads = lines.iter().map(|line| load(line)).collect();
        let traffic = Traffic { start: Timestamp::from_secs(start), loads, gaps: gaps.into_iter().collect() };
        let definitions = questions();
        let mut stage = Stage::new(&definitions, traffic.clone());
        moments.iter().for_each(|moment| stage.advance(*moment));
        let filled = stage.cells(&definitions.slos[0]).unwrap();
        let counted = counted(&definitions, &traffic, &moments);
        let of_slos = |cells: &CellStore| {
            cells.rows().into_iter().filter(|row| row.key != ObjectiveKey::LIVENESS).collect::<Vec<_>>()
        };
        prop_assert_eq!(of_slos(filled), of_slos(&counted));
    }
}

#[test]
fn a_gap_is_not_measured_and_its_events_are_not_seen() {
    let definitions = questions();
    let loads = vec![load("service=api kind=server rate=1/s from=0 for=1h bad=0%")];
    let gaps = vec![
        Gap { service: "API".into(), from: DurationUs::from_secs(600), length: DurationUs::from_secs(300) },
        Gap { service: "api".into(), from: DurationUs::from_secs(700), length: DurationUs::from_secs(500) },
        Gap { service: "other".into(), from: DurationUs::from_secs(0), length: HOUR },
    ];
    let mut stage = Stage::new(&definitions, Traffic { start: Timestamp(0), loads, gaps });
    stage.advance(DurationUs::from_secs(650));
    stage.advance(HOUR);
    let cells = stage.cells(&definitions.slos[1]).unwrap();
    let key = ObjectiveKey::of(&definitions.slos[1].objectives[0].sli).unwrap();
    let hour = Stretch::last(HOUR, stage.at());
    assert_eq!(cells.sum(key, hour).counts, Counts { good: 3000, bad: 0 });
    let coverage = cells.coverage(hour);
    assert_eq!((coverage.measured_us / 1_000_000, coverage.unmeasured_us), (3000, 600_000_000));
}

#[test]
fn a_month_at_a_thousand_a_second_costs_no_more_than_its_cells() {
    let definitions = questions();
    let loads = vec![load("service=api kind=server rate=1000/s from=0 for=28d bad=0.05%")];
    let mut stage = Stage::new(&definitions, Traffic { start: Timestamp(0), loads, gaps: Vec::new() });
    stage.advance(DurationUs::from_secs(28 * 86_400));
    let cells = stage.cells(&definitions.slos[0]).unwrap();
    let key = ObjectiveKey::of(&definitions.slos[0].objectives[0].sli).unwrap();
    let counts = cells.sum(key, Stretch::last(DurationUs::from_secs(28 * 86_400), stage.at())).counts;
    assert_eq!(counts, Counts { good: 2_417_990_400, bad: 1_209_600 });
}
