//! The facts of OpenSLO v1 that its specification and SDK agree on, as tables: a valid object, one
//! change, and what is told, as `severity path Fact`. An empty list of facts means that all is well.

use super::{Mode, POLICY, SLO, THRESHOLD_SLO, told, with};

/// Changes `part` of a valid text into each of the replacements and compares what is told.
fn check(text: &str, part: &str, cases: &[(&str, &[&str])]) {
    for (replacement, expect) in cases {
        let changed = with(text, part, replacement);
        assert_eq!(told(&changed, Mode::Spec), *expect, "{part:?} -> {replacement:?} in\n{changed}");
    }
}

#[test]
fn the_valid_objects_are_valid() {
    for text in [SLO, THRESHOLD_SLO, POLICY] {
        assert_eq!(told(text, Mode::Spec), [""; 0]);
        assert_eq!(told(text, Mode::Sdk), [""; 0]);
    }
}

#[test]
fn an_object_has_version_kind_metadata_and_spec() {
    check(
        SLO,
        "apiVersion: openslo/v1\nkind: Service",
        &[
            ("kind: Service", &["error apiVersion Missing"]),
            ("apiVersion: v0.1\nkind: Service", &["error apiVersion UnknownVersion"]),
            ("apiVersion: openslo/v1alpha\nkind: Service", &["error apiVersion UnknownVersion"]),
            ("apiVersion: 1\nkind: Service", &["error apiVersion NotText"]),
            (
                "apiVersion: openslo/v1\nkind: UserStory",
                &["error kind UnknownKind", "warning spec.service UnknownReference"],
            ),
            (
                "apiVersion: openslo/v1\nkind: service",
                &["error kind UnknownKind", "warning spec.service UnknownReference"],
            ),
            ("apiVersion: openslo/v1", &["error kind Missing", "warning spec.service UnknownReference"]),
            ("apiVersion: openslo/v1\nkind: Service\nmetdata: 1", &["error metdata UnknownField"]),
        ],
    );
}

#[test]
fn metadata_needs_a_name_and_keeps_its_shape() {
    let no = &[][..];
    check(
        SLO,
        "{ name: web }",
        &[
            ("{ name: web, displayName: Web }", no),
            ("{ name: MY-WEB }", &["error metadata.name BadName", "warning spec.service UnknownReference"]),
            (
                "{ name: web, displayName: 12345678901234567890123456789012345678901234567890123456789012345 }",
                &["error metadata.displayName NotText"],
            ),
            (
                "{ name: web, displayName: a2345678901234567890123456789012345678901234567890123456789012345 }",
                &["warning metadata.displayName TooLong"],
            ),
            ("{ name: web, display: Web }", &["error metadata.display UnknownField"]),
            ("{ name: web, labels: { team: [a, b], env: prod, none: [] } }", no),
            ("{ name: web, labels: { team: 1 } }", &["error metadata.labels.team NotText"]),
            ("{ name: web, labels: { team: [a, true] } }", &["error metadata.labels.team[1] NotText"]),
            ("{ name: web, labels: { net_: a } }", &["error metadata.labels.net_ BadLabelKey"]),
            ("{ name: web, labels: [a] }", &["error metadata.labels NotMapping"]),
            ("{ name: web, annotations: { openslo.com/key1: value1, net: '' } }", no),
            ("{ name: web, annotations: { key: [a] } }", &["error metadata.annotations.key NotText"]),
            ("{ name: web, annotations: { -net: a } }", &["error metadata.annotations.-net BadAnnotationKey"]),
            ("{ name: web, annotations: { nines.dev/expectTraffic: 10m, nines.dev/lowTraffic: off } }", no),
            (
                "{ name: web, annotations: { nines.dev/expectTraffic: 10s } }",
                &["error metadata.annotations.nines.dev/expectTraffic BadDuration"],
            ),
            (
                "{ name: web, annotations: { nines.dev/composite: best } }",
                &["error metadata.annotations.nines.dev/composite UnknownValue"],
            ),
            (
                "{ name: web, annotations: { nines.dev/other: best } }",
                &["warning metadata.annotations.nines.dev/other UnknownAnnotation"],
            ),
            ("[ web ]", &["error metadata NotMapping", "warning spec.service UnknownReference"]),
        ],
    );
    check(
        SLO,
        "{ name: web }",
        &[
            ("{ displayName: Web }", &["error metadata.name Missing", "warning spec.service UnknownReference"]),
            ("{ name: '' }", &["error metadata.name Empty", "warning spec.service UnknownReference"]),
        ],
    );
}

#[test]
fn descriptions_have_1050_characters_on_every_kind() {
    let (fits, too_long) = ("가".repeat(1050), "A".repeat(1051));
    let objects = [
        "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: x }\nspec: { HERE }",
        "apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: x }\nspec: { HERE, type: Prometheus, connectionDetails: { url: x } }",
        "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: { name: x }\nspec: { HERE, target: mail }",
        "apiVersion: openslo/v1\nkind: AlertCondition\nmetadata: { name: x }\nspec: { HERE, severity: page, condition: { kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1h } }",
    ];
    for object in objects {
        check(
            object,
            "HERE",
            &[
                (&format!("description: {fits}"), &[]),
                (&format!("description: {too_long}"), &["error spec.description TooLong"]),
            ],
        );
    }
    check(
        SLO,
        "  service: web\n",
        &[
            (&format!("  service: web\n  description: {fits}\n"), &[]),
            (&format!("  service: web\n  description: {too_long}\n"), &["error spec.description TooLong"]),
        ],
    );
    check(
        SLO,
        "      ratioMetric:",
        &[
            (&format!("      description: {fits}\n      ratioMetric:"), &[]),
            (
                &format!("      description: {too_long}\n      ratioMetric:"),
                &["error spec.indicator.spec.description TooLong"],
            ),
        ],
    );
    check(
        POLICY,
        "  alertWhenBreaching: true",
        &[
            (&format!("  description: {fits}"), &[]),
            (&format!("  description: {too_long}"), &["error spec.description TooLong"]),
        ],
    );
}

#[test]
fn an_slo_needs_a_service_a_method_and_objectives() {
    check(
        SLO,
        "  service: web\n",
        &[
            ("", &["error spec.service Missing"]),
            ("  service: ''\n", &["error spec.service Empty"]),
            ("  service:\n", &["error spec.service Missing"]),
            ("  service: webb\n", &["warning spec.service UnknownReference"]),
            ("  service: web\n  markdown: x\n", &["error spec.markdown UnknownField"]),
        ],
    );
    check(
        SLO,
        "  budgetingMethod: Occurrences\n",
        &[
            ("", &["error spec.budgetingMethod Missing"]),
            ("  budgetingMethod: invalid\n", &["error spec.budgetingMethod UnknownValue"]),
            ("  budgetingMethod: occurrences\n", &["error spec.budgetingMethod UnknownValue"]),
        ],
    );
    check(
        SLO,
        "  objectives:\n    - target: 0.999\n",
        &[
            ("", &["error spec.objectives Missing"]),
            ("  objectives: []\n", &["error spec.objectives Empty"]),
            ("  objectives: 0.9\n", &["error spec.objectives NotList"]),
            ("  objectives: [0.9]\n", &["error spec.objectives[0] NotMapping"]),
        ],
    );
    check(
        SLO,
        "spec:\n  service: web\n",
        &[("spec: null\nspac:\n  service: web\n", &["error spec Missing", "error spac UnknownField"])],
    );
}

#[test]
fn a_target_is_a_share_below_one_or_a_percentage_below_a_hundred() {
    let path = |fact: &str| vec![format!("error spec.objectives[0].target {fact}")];
    let cases: [(&str, Vec<String>); 10] = [
        ("0", vec![]),
        ("0.0", vec![]),
        ("0.9999", vec![]),
        ("1.0", path("TargetTooHigh")),
        ("1", path("TargetTooHigh")),
        ("99.9", path("TargetTooHigh")),
        ("-0.1", path("TargetNegative")),
        ("0.9999999999", path("TargetTooFine")),
        ("\"0.9\"", path("NotNumber")),
        (".nan", path("NotNumber")),
    ];
    for (target, expect) in cases {
        let text = with(SLO, "target: 0.999", &format!("target: {target}"));
        assert_eq!(told(&text, Mode::Spec), expect, "{target}");
    }
    check(
        SLO,
        "target: 0.999",
        &[
            ("targetPercent: 0", &[]),
            ("targetPercent: 99.9999", &[]),
            ("targetPercent: 99.9999999", &[]),
            ("targetPercent: 0.9999", &["warning spec.objectives[0].targetPercent PercentBelowOne"]),
            ("targetPercent: 100", &["error spec.objectives[0].targetPercent TargetTooHigh"]),
            ("targetPercent: 100.0", &["error spec.objectives[0].targetPercent TargetTooHigh"]),
            ("targetPercent: -0.1", &["error spec.objectives[0].targetPercent TargetNegative"]),
            ("targetPercent: 99.99999999", &["error spec.objectives[0].targetPercent TargetTooFine"]),
            ("targetPercent: high", &["error spec.objectives[0].targetPercent NotNumber"]),
            ("displayName: Good", &["error spec.objectives[0] NeitherGiven"]),
            ("{ target: 0.1, targetPercent: 10 }", &["error spec.objectives[0] NotTogether"]),
            ("{ target: 0.9, traget: 0.9 }", &["error spec.objectives[0].traget UnknownField"]),
        ],
    );
}

#[test]
fn slices_are_for_the_methods_that_slice() {
    const SLICED: &str = "{ target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 1m }";
    let with_method = |method: &str| with(&with(SLO, "target: 0.999", SLICED), "budgetingMethod: Occurrences", method);
    let timeslices = with_method("budgetingMethod: Timeslices");
    check(
        &timeslices,
        "timeSliceTarget: 0.95",
        &[
            ("timeSliceTarget: 0.95", &[]),
            ("timeSliceTarget: 0.1", &[]),
            ("timeSliceTarget: 1.0", &[]),
            ("timeSliceTarget: 0", &["error spec.objectives[0].timeSliceTarget SliceTargetOutside"]),
            ("timeSliceTarget: 1.1", &["error spec.objectives[0].timeSliceTarget SliceTargetOutside"]),
            ("timeSliceTarget: -1", &["error spec.objectives[0].timeSliceTarget SliceTargetOutside"]),
            ("timeSliceTarget: 0.99999999999", &["error spec.objectives[0].timeSliceTarget TargetTooFine"]),
            ("displayName: x", &["error spec.objectives[0].timeSliceTarget Missing"]),
        ],
    );
    check(
        &timeslices,
        "timeSliceWindow: 1m",
        &[
            ("timeSliceWindow: 1w", &[]),
            ("timeSliceWindow: 28d", &[]),
            ("timeSliceWindow: 29d", &["error spec.objectives[0].timeSliceWindow SliceLongerThanWindow"]),
            ("timeSliceWindow: 5", &["warning spec.objectives[0].timeSliceWindow SliceNumberOfMinutes"]),
            ("timeSliceWindow: 0.5", &["error spec.objectives[0].timeSliceWindow NotWhole"]),
            ("timeSliceWindow: 0m", &["error spec.objectives[0].timeSliceWindow DurationZero"]),
            ("timeSliceWindow: -1m", &["error spec.objectives[0].timeSliceWindow BadDuration"]),
            ("timeSliceWindow: 1", &["warning spec.objectives[0].timeSliceWindow SliceNumberOfMinutes"]),
            ("timeSliceWindow: 1invalid", &["error spec.objectives[0].timeSliceWindow BadDuration"]),
            ("displayName: x", &["error spec.objectives[0].timeSliceWindow Missing"]),
        ],
    );
    let ratio_timeslices = with_method("budgetingMethod: RatioTimeslices");
    check(
        &ratio_timeslices,
        "timeSliceTarget: 0.95, ",
        &[("", &[]), ("timeSliceTarget: 0.95, ", &["warning spec.objectives[0].timeSliceTarget NoEffect"])],
    );
    check(
        &ratio_timeslices,
        "timeSliceTarget: 0.95, timeSliceWindow: 1m",
        &[("displayName: x", &["error spec.objectives[0].timeSliceWindow Missing"])],
    );
    check(
        SLO,
        "target: 0.999",
        &[
            ("{ target: 0.9, timeSliceWindow: 1m }", &["warning spec.objectives[0].timeSliceWindow NoEffect"]),
            ("{ target: 0.9, timeSliceTarget: 0.9 }", &["warning spec.objectives[0].timeSliceTarget NoEffect"]),
        ],
    );
}

#[test]
fn a_window_is_one_and_rolls_or_follows_a_calendar() {
    let rolling = "  timeWindow: [ { duration: 28d, isRolling: true } ]\n";
    check(
        SLO,
        rolling,
        &[
            ("", &["error spec.timeWindow Missing"]),
            ("  timeWindow: []\n", &["error spec.timeWindow ExactlyOne"]),
            (
                "  timeWindow: [ { duration: 1d, isRolling: true }, { duration: 1d, isRolling: true } ]\n",
                &["error spec.timeWindow ExactlyOne"],
            ),
            ("  timeWindow: { duration: 28d, isRolling: true }\n", &["error spec.timeWindow NotList"]),
            ("  timeWindow: [ { isRolling: true } ]\n", &["error spec.timeWindow[0].duration Missing"]),
            (
                "  timeWindow: [ { duration: '', isRolling: true } ]\n",
                &["error spec.timeWindow[0].duration BadDuration"],
            ),
            ("  timeWindow: [ { duration: 28d } ]\n", &["error spec.timeWindow[0] NoCalendar"]),
            ("  timeWindow: [ { duration: 28d, isRolling: false } ]\n", &["error spec.timeWindow[0] NoCalendar"]),
            (
                "  timeWindow: [ { duration: 28d, isRolling: yes } ]\n",
                &["error spec.timeWindow[0].isRolling NotBoolean"],
            ),
            (
                "  timeWindow: [ { duration: 28d, isRolling: 'true' } ]\n",
                &["error spec.timeWindow[0].isRolling NotBoolean"],
            ),
            (
                "  timeWindow: [ { duration: 28d, rolling: true } ]\n",
                &["error spec.timeWindow[0] NoCalendar", "error spec.timeWindow[0].rolling UnknownField"],
            ),
        ],
    );
    for duration in ["1m", "10m", "5h", "2d", "1w", "3M", "1Q", "1Y", "400d"] {
        check(SLO, "duration: 28d", &[(&format!("duration: {duration}"), &[])]);
    }
    check(
        SLO,
        "duration: 28d",
        &[
            ("duration: 0w", &["error spec.timeWindow[0].duration DurationZero"]),
            ("duration: -1m", &["error spec.timeWindow[0].duration BadDuration"]),
            ("duration: 1", &["error spec.timeWindow[0].duration NotText"]),
            ("duration: 1invalid", &["error spec.timeWindow[0].duration BadDuration"]),
            ("duration: 30s", &["error spec.timeWindow[0].duration BadDuration"]),
            ("duration: 1000Y", &["error spec.timeWindow[0].duration DurationTooLong"]),
            ("duration: 2Y", &["warning spec.timeWindow[0].duration WindowBeyondHistory"]),
        ],
    );
}

#[test]
fn a_calendar_has_a_local_start_and_a_known_zone() {
    let window = |duration: &str, start: &str, zone: &str| {
        let calendar = format!("{{ duration: {duration}, calendar: {{ startTime: {start}, timeZone: {zone} }} }}");
        with(SLO, "{ duration: 28d, isRolling: true }", &calendar)
    };
    let clamped = "warning spec.timeWindow[0].calendar.startTime CalendarClamped";
    let cases: [(&str, &str, &str, &[&str]); 16] = [
        ("1M", "2020-01-21 12:30:00", "America/New_York", &[]),
        ("1Q", "'2020-01-21 12:30:00'", "UTC", &[]),
        ("2d", "2020-02-29 00:00:00", "Asia/Seoul", &[]),
        ("1M", "2020-01-28 00:00:00", "UTC", &[]),
        ("1M", "2020-01-29 00:00:00", "UTC", &[clamped]),
        ("1Q", "2020-01-31 00:00:00", "UTC", &[clamped]),
        ("1Y", "2020-01-31 00:00:00", "UTC", &[]),
        ("1Y", "2020-02-29 00:00:00", "UTC", &[clamped]),
        ("1m", "2020-01-21 12:30:00", "Asia/Seoul", &["warning spec.timeWindow[0].duration CalendarShort"]),
        ("1M", "2021-02-29 00:00:00", "UTC", &["error spec.timeWindow[0].calendar.startTime BadLocalTime"]),
        ("1M", "2020-01-21T12:30:00", "UTC", &["error spec.timeWindow[0].calendar.startTime BadLocalTime"]),
        ("1M", "2020-01-21", "UTC", &["error spec.timeWindow[0].calendar.startTime BadLocalTime"]),
        ("1M", "'2020-01-21 12:30:00 '", "UTC", &["error spec.timeWindow[0].calendar.startTime BadLocalTime"]),
        (
            "1M",
            "2020-01-21 12:30:00",
            "America/New York",
            &["error spec.timeWindow[0].calendar.timeZone UnknownTimeZone"],
        ),
        ("1M", "2020-01-21 12:30:00", "Mars/Base", &["error spec.timeWindow[0].calendar.timeZone UnknownTimeZone"]),
        ("1M", "2020-01-21 12:30:00", "''", &["error spec.timeWindow[0].calendar.timeZone Empty"]),
    ];
    for (duration, start, zone, expect) in cases {
        assert_eq!(told(&window(duration, start, zone), Mode::Spec), expect, "{duration} {start} {zone}");
    }
    let calendar = "isRolling: true, calendar: { startTime: 2020-01-21 12:30:00, timeZone: UTC }";
    check(SLO, "isRolling: true", &[(calendar, &["error spec.timeWindow[0].calendar CalendarOfRolling"])]);
    check(
        SLO,
        "isRolling: true",
        &[(
            "calendar: { timezone: UTC }",
            &[
                "error spec.timeWindow[0].calendar.startTime Missing",
                "error spec.timeWindow[0].calendar.timeZone Missing",
                "error spec.timeWindow[0].calendar.timezone UnknownField",
            ],
        )],
    );
}

#[test]
fn an_indicator_stands_once_in_the_slo_or_in_every_objective() {
    let inline = SLO.lines().skip(10).take(8).collect::<Vec<_>>().join("\n");
    assert!(inline.starts_with("  indicator:") && inline.ends_with("} } }"));
    check(
        SLO,
        &inline,
        &[
            ("", &["error spec NeitherGiven"]),
            (
                "  indicatorRef: my sli",
                &["error spec.indicatorRef BadName", "error spec.indicatorRef UnknownReference"],
            ),
            ("  indicatorRef: my-sli", &["error spec.indicatorRef UnknownReference"]),
            (&format!("  indicatorRef: my-sli\n{inline}"), &["error spec NotTogether"]),
        ],
    );
    let own = "{ target: 0.9, indicatorRef: my-sli }";
    check(SLO, "target: 0.999", &[(own, &["error spec NotTogether"])]);
    let sli = "---\napiVersion: openslo/v1\nkind: SLI\nmetadata: { name: my-sli }\nspec:\n  ratioMetric:\n    bad: { metricSource: { type: spans, spec: { where: service=web kind=server error } } }\n    total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }\n";
    let composite = with(&with(SLO, &inline, ""), "target: 0.999", own) + sli;
    assert_eq!(told(&composite, Mode::Spec), Vec::<String>::new());
    let half = with(&composite, own, &format!("{own}\n    - target: 0.9"));
    assert_eq!(told(&half, Mode::Spec), ["error spec.objectives[1] CompositeIncomplete"]);
    let sliced = |annotation: &str| {
        let one = |slice: &str| {
            format!("{{ target: 0.9, indicatorRef: my-sli, timeSliceTarget: 0.9, timeSliceWindow: {slice} }}")
        };
        let objectives = format!("{}\n    - {}", one("1m"), one("5m").replacen("{ ", "{ displayName: b, ", 1));
        let text = with(&with(&composite, own, &objectives), "Occurrences", "Timeslices");
        with(&text, "  name: web-availability", &format!("  name: web-availability\n  annotations: {{ {annotation} }}"))
    };
    assert_eq!(told(&sliced(""), Mode::Spec), ["warning spec.objectives MixedSlices"]);
    assert_eq!(told(&sliced("nines.dev/composite: worst"), Mode::Spec), Vec::<String>::new());
    for (weight, fact) in [
        ("20", None),
        ("999999999999.9999", None),
        ("0", Some("error spec.objectives[0].compositeWeight WeightNotPositive")),
        ("-2", Some("error spec.objectives[0].compositeWeight WeightNotPositive")),
        ("much", Some("error spec.objectives[0].compositeWeight NotNumber")),
    ] {
        let weighted = with(&composite, "target: 0.9,", &format!("target: 0.9, compositeWeight: {weight},"));
        let expect: Vec<&str> = fact.into_iter().collect();
        assert_eq!(told(&weighted, Mode::Spec), expect, "{weight}");
    }
    check(
        SLO,
        "target: 0.999",
        &[("{ target: 0.9, compositeWeight: 2 }", &["warning spec.objectives[0].compositeWeight NoEffect"])],
    );
}

#[test]
fn an_inline_indicator_has_metadata_and_a_spec_of_its_own() {
    check(
        SLO,
        "      name: web-ok\n",
        &[
            ("      name: my sli\n", &["error spec.indicator.metadata.name BadName"]),
            ("      {}\n", &["error spec.indicator.metadata.name Missing"]),
            ("      name: web-availability\n", &[]),
        ],
    );
    check(
        SLO,
        "    metadata:\n      name: web-ok\n",
        &[
            ("", &["error spec.indicator.metadata Missing"]),
            ("    kind: SLI\n    metadata: { name: x }\n", &["error spec.indicator.kind UnknownField"]),
        ],
    );
    check(
        THRESHOLD_SLO,
        "      thresholdMetric:\n        metricSource: { type: spans, spec: { where: service=web kind=server, value: duration } }\n",
        &[
            ("", &["error spec.indicator.spec Missing"]),
            ("      {}\n", &["error spec.indicator.spec NeitherGiven"]),
            (
                "      ratioMetrics: {}\n",
                &["error spec.indicator.spec NeitherGiven", "error spec.indicator.spec.ratioMetrics UnknownField"],
            ),
        ],
    );
    check(
        THRESHOLD_SLO,
        "      thresholdMetric:\n",
        &[("      ratioMetric: {}\n      thresholdMetric:\n", &["error spec.indicator.spec NotTogether"])],
    );
}

/// What is told of the indicator of an SLO whose ratioMetric holds these lines.
fn told_of_ratio(lines: &str) -> Vec<String> {
    let from = SLO.find("        counter").unwrap();
    let to = SLO.find("  timeWindow").unwrap();
    let text = format!("{}        {}\n{}", &SLO[..from], lines.replace('\n', "\n        "), &SLO[to..]);
    let short = |line: String| line.replace("spec.indicator.spec.ratioMetric", "~");
    told(&text, Mode::Spec).into_iter().map(short).collect()
}

#[test]
fn the_parts_of_a_ratio_exclude_each_other() {
    let source = "{ metricSource: { type: Datadog, spec: { query: up } } }";
    let ratio = |keys: &[&str]| {
        let lines: Vec<String> = keys.iter().map(|key| format!("{key}: {source}")).collect();
        told_of_ratio(&lines.join("\n"))
    };
    assert_eq!(told_of_ratio("{}"), ["error ~ NeitherGiven"]);
    assert_eq!(ratio(&["raw", "total"]), ["error ~ NotTogether"]);
    assert_eq!(ratio(&["bad", "good"]), ["error ~ NeitherGiven"]);
    assert_eq!(ratio(&["total"]), ["error ~ NeitherGiven"]);
    assert_eq!(ratio(&["good", "bad", "total"]), ["error ~ NotTogether"]);
    let raw = ["error ~ NotTogether", "error ~.rawType Missing", "warning ~.raw NotMeasured"];
    assert_eq!(ratio(&["raw", "good"]), raw);
    assert_eq!(ratio(&["raw", "bad"]), raw);
    assert_eq!(ratio(&["raw", "bad", "good"]), ["error ~ NotTogether", "error ~ NotTogether", raw[1], raw[2]]);
    assert_eq!(ratio(&["good", "total"]), ["warning ~.total NotMeasured"]);
    assert_eq!(ratio(&["bad", "total"]), ["warning ~.total NotMeasured"]);
    for (raw_type, expect) in [
        ("success", vec!["warning ~.raw NotMeasured"]),
        ("failure", vec!["warning ~.raw NotMeasured"]),
        ("invalid", vec!["error ~.rawType UnknownValue", "warning ~.raw NotMeasured"]),
    ] {
        assert_eq!(told_of_ratio(&format!("rawType: {raw_type}\nraw: {source}")), expect);
    }
    assert_eq!(
        told_of_ratio(&format!("rawType: success\ngood: {source}\ntotal: {source}")),
        ["warning ~.rawType NoEffect", "warning ~.total NotMeasured"]
    );
    assert_eq!(
        told_of_ratio(&format!("counter: 1\ngood: {source}\ntotal: {source}")),
        ["error ~.counter NotBoolean", "warning ~.total NotMeasured"]
    );
}

#[test]
fn a_metric_source_has_a_type_and_a_spec() {
    let total = "total: { metricSource: { type: Datadog, spec: { query: up } } }";
    let good = |source: &str| told_of_ratio(&format!("good: {source}\n{total}"));
    assert_eq!(good("{}"), ["error ~.good.metricSource Missing"]);
    assert_eq!(
        good("{ metricSource: {} }"),
        ["error ~.good.metricSource.spec Missing", "error ~.good.metricSource.type Missing"]
    );
    assert_eq!(
        good("{ metricSource: { type: Datadog } }"),
        ["error ~.good.metricSource.spec Missing", "warning ~.total NotMeasured"]
    );
    assert_eq!(
        good("{ metricSource: { type: Datadog, spec: {} } }"),
        ["error ~.good.metricSource.spec Empty", "warning ~.total NotMeasured"]
    );
    assert_eq!(
        good("{ metricSource: { type: Datadog, metricSourceRef: my datadog, spec: { q: x } } }"),
        [
            "error ~.good.metricSource.metricSourceRef BadName",
            "error ~.good.metricSource.metricSourceRef UnknownReference",
            "warning ~.total NotMeasured"
        ]
    );
    assert_eq!(good("{ metricSource: { type: Spans, spec: { where: x } } }"), ["error ~.good MixedSources"]);
}

#[test]
fn spans_are_given_by_a_filter() {
    let total = "total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }";
    let good =
        |spec: &str| told_of_ratio(&format!("good: {{ metricSource: {{ type: spans, spec: {spec} }} }}\n{total}"));
    let at = "~.good.metricSource.spec";
    assert_eq!(good("{ where: service=web kind=server !error }"), [""; 0]);
    assert_eq!(good("{ where: 'service=\"web\" kind=server duration<400ms' }"), [""; 0]);
    assert_eq!(good("{ query: x }"), [format!("error {at}.where Missing"), format!("error {at}.query UnknownField")]);
    assert_eq!(good("{ where: 5 }"), [format!("error {at}.where NotText")]);
    assert_eq!(good("{ where: '' }"), [format!("error {at}.where EmptyFilter")]);
    assert_eq!(good("{ where: service= }"), [format!("error {at}.where BadFilter")]);
    assert_eq!(good("{ where: service=web kind=server duration<400 }"), [format!("error {at}.where BadFilter")]);
    assert_eq!(
        good("{ where: service=web kind=server !error, value: duration }"),
        [format!("error {at}.value ValueOfRatio")]
    );
    assert_eq!(good("{ where: service=web !error }"), [format!("error {at}.where OutsideTotal")]);
    assert_eq!(good("{ where: service=web kind=client !error }"), [format!("error {at}.where NeverInTotal")]);
    assert_eq!(good("{ where: kind=server service=web }"), [format!("warning {at}.where SameAsTotal")]);
    assert_eq!(good("{ where: service=~web !error }"), [format!("error {at}.where OutsideTotal")]);
    assert_eq!(good("{ where: service=~web kind=server !error }"), [format!("warning {at}.where NotProven")]);
    let halves = |total: &str| {
        told_of_ratio(&format!(
            "bad: {{ metricSource: {{ type: spans, spec: {{ where: '{total} error' }} }} }}\ntotal: {{ metricSource: {{ type: spans, spec: {{ where: '{total}' }} }} }}"
        ))
    };
    assert_eq!(halves("service=web"), ["warning ~.total.metricSource.spec.where BothHalves"]);
    assert_eq!(halves("service=web kind=(server,consumer)"), [""; 0]);
    assert_eq!(halves("service=web root"), [""; 0]);
    let raw = "rawType: success\nraw: { metricSource: { type: spans, spec: { where: service=web } } }";
    assert_eq!(told_of_ratio(raw), ["error ~.raw RawOfSpans"]);
}

#[test]
fn a_threshold_of_spans_measures_duration_or_a_tag() {
    check(
        THRESHOLD_SLO,
        "value: duration",
        &[
            ("value: http.response.size", &[]),
            ("value: ''", &["error spec.indicator.spec.thresholdMetric.metricSource.spec.value Empty"]),
            ("value: 5", &["error spec.indicator.spec.thresholdMetric.metricSource.spec.value NotText"]),
            (
                "op: lt",
                &[
                    "error spec.indicator.spec.thresholdMetric.metricSource.spec.value Missing",
                    "error spec.indicator.spec.thresholdMetric.metricSource.spec.op UnknownField",
                ],
            ),
        ],
    );
    for op in ["lte", "gte", "lt", "gt"] {
        check(THRESHOLD_SLO, "op: lte", &[(&format!("op: {op}"), &[])]);
    }
    check(THRESHOLD_SLO, "op: lte", &[("op: lessThan", &["error spec.objectives[0].op UnknownValue"])]);
    check(
        THRESHOLD_SLO,
        "op: lte, value: 400000, ",
        &[
            ("", &["error spec.objectives[0].op Missing", "error spec.objectives[0].value Missing"]),
            ("op: lte, value: fast, ", &["error spec.objectives[0].value NotNumber"]),
            ("op: lte, value: 1e400, ", &["error spec.objectives[0].value NumberTooLarge"]),
            ("op: lte, value: 400ms, ", &["error spec.objectives[0].value NotNumber"]),
            ("op: lte, value: 400, ", &["warning spec.objectives[0].value LimitBelowMillisecond"]),
            ("op: lte, value: 4e5, ", &[]),
        ],
    );
    check(
        SLO,
        "target: 0.999",
        &[(
            "{ target: 0.9, op: gt, value: 1 }",
            &["warning spec.objectives[0].op ThresholdOfRatio", "warning spec.objectives[0].value ThresholdOfRatio"],
        )],
    );
}

#[test]
fn objectives_are_called_differently() {
    check(
        SLO,
        "target: 0.999",
        &[
            ("target: 0.999\n    - target: 0.9", &[]),
            (
                "{ target: 0.999, displayName: a }\n    - { target: 0.9, displayName: a }",
                &["warning spec.objectives[1].displayName SameLabel"],
            ),
            ("{ target: 0.999, displayName: '2' }\n    - target: 0.9", &["warning spec.objectives[1] SameLabel"]),
        ],
    );
}

#[test]
fn an_alert_policy_has_one_condition_and_some_target() {
    check(
        POLICY,
        "  conditions:",
        &[("  conditions: []\n  x:", &["error spec.conditions ExactlyOne", "error spec.x UnknownField"])],
    );
    check(
        POLICY,
        "  notificationTargets:",
        &[("  notificationTargets: []\n  x:", &["error spec.notificationTargets Empty", "error spec.x UnknownField"])],
    );
    check(
        POLICY,
        "  conditions:\n",
        &[("  conditions:\n    - conditionRef: other\n", &["error spec.conditions ExactlyOne"])],
    );
    check(
        POLICY,
        "    - kind: AlertCondition\n",
        &[
            ("    - kind: SLO\n", &["error spec.conditions[0].kind UnknownValue"]),
            ("    - conditionRef: x\n      kind: AlertCondition\n", &["error spec.conditions[0] NotTogether"]),
        ],
    );
    check(
        POLICY,
        "    - kind: AlertNotificationTarget\n      metadata: { name: mail }\n      spec:\n        target: email\n",
        &[
            ("    - targetRef: mail\n", &["error spec.notificationTargets[0].targetRef UnknownReference"]),
            (
                "    - targetRef: invalid ref\n",
                &[
                    "error spec.notificationTargets[0].targetRef BadName",
                    "error spec.notificationTargets[0].targetRef UnknownReference",
                ],
            ),
            ("    - targetRef: ''\n", &["error spec.notificationTargets[0].targetRef Empty"]),
            ("    - {}\n", &["error spec.notificationTargets[0] NeitherGiven"]),
            (
                "    - kind: AlertNotificationTarget\n      metadata: { name: A }\n      spec: {}\n",
                &[
                    "error spec.notificationTargets[0].metadata.name BadName",
                    "error spec.notificationTargets[0].spec.target Missing",
                ],
            ),
        ],
    );
    for flag in ["alertWhenNoData", "alertWhenResolved", "alertWhenBreaching"] {
        check(
            POLICY,
            "alertWhenBreaching: true",
            &[(&format!("{flag}: false"), &[]), (&format!("{flag}: 1"), &[&format!("error spec.{flag} NotBoolean")])],
        );
    }
}

#[test]
fn an_alert_condition_is_a_burn_rate() {
    let at = "spec.conditions[0].spec";
    let case = |part: &str, replacement: &str, expect: &[&str]| {
        let told = told(&with(POLICY, part, replacement), Mode::Spec);
        let told: Vec<String> = told.iter().map(|line| line.replace(at, "~")).collect();
        assert_eq!(told, expect, "{part:?} -> {replacement:?}");
    };
    case("        severity: ticket\n", "", &["error ~.severity Missing"]);
    case("severity: ticket", "severity: ''", &["error ~.severity Empty"]);
    case("kind: burnrate", "kind: budget", &["error ~.condition.kind UnknownValue"]);
    case("          kind: burnrate\n", "", &["warning ~.condition.kind Missing"]);
    case("op: gt", "op: greater", &["error ~.condition.op UnknownValue"]);
    case("          op: gt\n", "", &["error ~.condition.op Missing"]);
    case("          threshold: 1\n", "", &["error ~.condition.threshold Missing"]);
    case("threshold: 1", "threshold: one", &["error ~.condition.threshold NotNumber"]);
    case("          lookbackWindow: 3d\n", "", &["error ~.condition.lookbackWindow Missing"]);
    case("lookbackWindow: 3d", "lookbackWindow: 90s", &["error ~.condition.lookbackWindow BadDuration"]);
    case("          alertAfter: 0m\n", "", &[]);
    case("alertAfter: 0m", "alertAfter: 5 m", &["error ~.condition.alertAfter BadDuration"]);
    case("alertAfter: 0m", "alertAfter: 5m\n          for: 1m", &["error ~.condition.for UnknownField"]);
}

#[test]
fn a_burn_rate_above_one_over_the_budget_is_an_error() {
    let slo = |target: &str, threshold: &str| {
        let slo = with(SLO, "target: 0.999", &format!("target: {target}"));
        let policy = with(POLICY, "threshold: 1", &format!("threshold: {threshold}"));
        told(&format!("{slo}  alertPolicies:\n    - alertPolicyRef: low-priority\n---\n{policy}"), Mode::Spec)
    };
    let unreachable = ["error spec.alertPolicies[0] BurnUnreachable"];
    assert_eq!(slo("0.999", "1000"), [""; 0]);
    assert_eq!(slo("0.999", "1000.0001"), unreachable);
    assert_eq!(slo("0.95", "20"), [""; 0]);
    assert_eq!(slo("0.95", "20.1"), unreachable);
    assert_eq!(slo("0.94", "16.6"), [""; 0]);
    assert_eq!(slo("0.94", "16.7"), unreachable);
    assert_eq!(slo("0.5", "2"), [""; 0]);
    // The limit of 14.4 lies at 1 - 1/14.4 = 0.930555…
    assert_eq!(slo("0.9306", "14.4"), [""; 0]);
    assert_eq!(slo("0.9305", "14.4"), unreachable);
}

#[test]
fn data_sources_and_targets_need_what_they_are_for() {
    let data_source = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: x }\nspec: { type: Prometheus, connectionDetails: [ { url: x } ] }\n";
    check(
        data_source,
        "type: Prometheus, connectionDetails: [ { url: x } ]",
        &[
            ("type: Prometheus, connectionDetails: {}", &[]),
            ("connectionDetails: { anything: { at: [all] } }", &["error spec.type Missing"]),
            ("type: '', connectionDetails: x", &["error spec.type Empty"]),
            ("type: Prometheus", &["error spec.connectionDetails Missing"]),
        ],
    );
    let target =
        "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: { name: x }\nspec: { target: slack }\n";
    check(
        target,
        "{ target: slack }",
        &[
            ("{}", &["error spec.target Missing"]),
            ("{ target: '' }", &["error spec.target Empty"]),
            ("{ target: slack, to: x }", &["error spec.to UnknownField"]),
        ],
    );
}
