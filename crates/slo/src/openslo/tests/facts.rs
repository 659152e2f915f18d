//! AV43: what OpenSLO's specification and SDK hold valid and invalid, through the whole reader: seven kinds, keys
//! of labels and annotations, bounds of numbers, durations, parts of a ratio, alert policies, forms of files.
//! The facts are theirs, the data are our own; where they differ from each other, `modes.rs` has each mode.

use super::{Mode, POLICY, SLO, load_text, told, with};

/// One object of each kind with what it must have and nothing else.
const KINDS: [(&str, &str); 7] = [
    ("Service", "{}"),
    ("DataSource", "{ type: Prometheus, connectionDetails: { url: x } }"),
    (
        "SLI",
        "{ ratioMetric: { good: { metricSource: { type: spans, spec: { where: service=a kind=server !error } } }, total: { metricSource: { type: spans, spec: { where: service=a kind=server } } } } }",
    ),
    (
        "SLO",
        "{ service: web, indicatorRef: x, timeWindow: [ { duration: 1w, isRolling: true } ], budgetingMethod: Occurrences, objectives: [ { target: 0.9 } ] }",
    ),
    (
        "AlertPolicy",
        "{ alertWhenBreaching: true, conditions: [ { conditionRef: x } ], notificationTargets: [ { targetRef: x } ] }",
    ),
    ("AlertCondition", "{ severity: page, condition: { kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1h } }"),
    ("AlertNotificationTarget", "{ target: slack }"),
];

/// Whether nothing but a reference or an unnamed service is told of.
fn is_valid(text: &str) -> bool {
    let borne = |line: &String| line.starts_with("warning") || line.contains("UnknownReference");
    told(text, Mode::Sdk).iter().all(borne)
}

/// How many cases there were; each must be as it is said to be.
fn check<'c>(
    what: &str,
    valid: bool,
    cases: impl IntoIterator<Item = &'c str>,
    text: impl Fn(&str) -> String,
) -> usize {
    let mut n_cases = 0;
    for case in cases {
        let text = text(case);
        assert_eq!(is_valid(&text), valid, "{what}: {case:?}\n{text}\n{:#?}", told(&text, Mode::Sdk));
        n_cases += 1;
    }
    n_cases
}

fn object(kind: &str, metadata: &str, spec: &str) -> String {
    format!("apiVersion: openslo/v1\nkind: {kind}\nmetadata: {metadata}\nspec: {spec}\n")
}

#[test]
fn av43_what_openslo_allows_and_refuses() {
    let mut n_cases = kinds();
    n_cases += keys();
    n_cases += numbers();
    n_cases += durations();
    n_cases += ratios();
    n_cases += alerts();
    n_cases += forms();
    assert!(n_cases >= 120, "{n_cases} cases");
}

fn kinds() -> usize {
    let mut n_cases = 0;
    for (kind, spec) in KINDS {
        n_cases += check(kind, true, [spec], |spec| object(kind, "{ name: x }", spec));
        n_cases +=
            check(kind, false, ["{}", "{ name: '' }", "{ name: X }", "[x]"], |metadata| object(kind, metadata, spec));
        n_cases += check(kind, false, ["openslo/v2", "v1", "''"], |version| {
            object(kind, "{ name: x }", spec).replace("openslo/v1", version)
        });
        n_cases += check(kind, false, ["markdown: x"], |more| {
            let inner = spec.trim_start_matches('{').trim_end_matches('}').trim();
            let fields = if inner.is_empty() { more.to_owned() } else { format!("{inner}, {more}") };
            object(kind, "{ name: x }", &format!("{{ {fields} }}"))
        });
    }
    n_cases
}

fn keys() -> usize {
    let (label, too_long) = ("k".repeat(63), "k".repeat(64));
    let labels = |key: &str| object("Service", &format!("{{ name: x, labels: {{ ? {key:?} : a }} }}"), "{}");
    let annotations = |key: &str| object("Service", &format!("{{ name: x, annotations: {{ ? {key:?} : a }} }}"), "{}");
    let valid_labels = ["zone", "9zone", "zone9", "zOne", "zone_this.that-this", "zone_.-this", "z", "9", &label];
    let invalid_labels = ["zone_", "zone.", "zone-", "_zone", "-zone", ".zone", &too_long];
    let longest = format!("{label}.{label}.{label}.{}/{label}", "k".repeat(61));
    let prefix_too_long = format!("{label}.{label}.{label}.{}/zone", "k".repeat(62));
    let valid_annotations = [
        "zone",
        "9zone",
        "zone9",
        "zOne",
        "z",
        &label,
        "openslo.com/service",
        "host/service",
        "host.org/service",
        "host.this.org/service",
        "host.this.org/service.foo",
        "my-org.com/spec.indicator.metricSource",
        &longest,
    ];
    let invalid_annotations = [
        "zone_",
        "zone.",
        "zone-",
        "_zone",
        "-zone",
        ".zone",
        &too_long,
        "host.org/",
        "host.org!/service",
        "-host.org/service",
        "_host.org/service",
        ".host.org/service",
        "host.org./service",
        "host.org_/service",
        "host.org-/service",
        "host..this.org/service",
        "host.-this.org/service",
        "host._this.org/service",
        "host.this..org/service",
        "host.this-.org/service",
        "host.this_.org/service",
        "host_this.org/service",
        "host_this.my-org.org/service",
        "a/b/c",
        "/service",
        &prefix_too_long,
    ];
    assert_eq!((valid_labels.len(), invalid_labels.len()), (9, 7));
    assert_eq!((valid_annotations.len(), invalid_annotations.len()), (13, 26));
    check("label", true, valid_labels, labels)
        + check("label", false, invalid_labels, labels)
        + check("annotation", true, valid_annotations, annotations)
        + check("annotation", false, invalid_annotations, annotations)
}

fn numbers() -> usize {
    let objective = |fields: &str| with(SLO, "target: 0.999", &format!("{{ {fields} }}"));
    let sliced = |fields: &str| with(&objective(&format!("target: 0.9, {fields}")), "Occurrences", "Timeslices");
    let ratio = "{ good: { metricSource: { type: spans, spec: { where: service=a kind=server !error } } }, total: { metricSource: { type: spans, spec: { where: service=a kind=server } } } }";
    let weighted = |weight: &str| {
        let part = format!("{{ metadata: {{ name: p }}, spec: {{ ratioMetric: {ratio} }} }}");
        object(
            "SLO",
            "{ name: x }",
            &format!(
                "{{ service: web, timeWindow: [ {{ duration: 1w, isRolling: true }} ], budgetingMethod: Occurrences, objectives: [ {{ target: 0.9, indicator: {part}, compositeWeight: {weight} }} ] }}"
            ),
        )
    };
    check("target", true, ["target: 0.0", "target: 0.9999", "targetPercent: 0.0", "targetPercent: 99.9999"], objective)
        + check(
            "target",
            false,
            ["target: 1.0", "target: -0.1", "targetPercent: 100", "targetPercent: -0.1"],
            objective,
        )
        + check("target", false, ["displayName: x", "target: 0.1, targetPercent: 10"], objective)
        + check(
            "slice",
            true,
            ["timeSliceTarget: 0.1, timeSliceWindow: 5m", "timeSliceTarget: 1.0, timeSliceWindow: 1w"],
            sliced,
        )
        + check(
            "slice",
            false,
            [
                "timeSliceTarget: 0.0, timeSliceWindow: 5m",
                "timeSliceTarget: 1.1, timeSliceWindow: 5m",
                "timeSliceWindow: 5m",
                "timeSliceTarget: 0.9",
                "timeSliceTarget: 0.9, timeSliceWindow: 5",
                "timeSliceTarget: 0.9, timeSliceWindow: -5m",
            ],
            sliced,
        )
        + check("weight", true, ["20", "999999999999.9999", "0.1"], weighted)
        + check("weight", false, ["0", "-2", "much"], weighted)
}

fn durations() -> usize {
    let window = |duration: &str| with(SLO, "duration: 28d", &format!("duration: {duration}"));
    let calendar = |fields: &str| with(SLO, "{ duration: 28d, isRolling: true }", fields);
    check("duration", true, ["1m", "10m", "1h", "2d", "1w", "1M", "1Q", "1Y"], window)
        + check("duration", false, ["''", "1", "m", "1s", "1D", "1W", "-1m", "1.5h", "1 h", "1h30m", "one"], window)
        + check(
            "calendar",
            true,
            ["{ duration: 1M, calendar: { startTime: '2026-01-01 12:30:00', timeZone: America/New_York } }"],
            calendar,
        )
        + check(
            "calendar",
            false,
            [
                "{ duration: 1M }",
                "{ duration: 1M, isRolling: true, calendar: { startTime: '2026-01-01 12:30:00', timeZone: UTC } }",
                "{ duration: 1M, calendar: { startTime: '2026-01-01T12:30:00', timeZone: UTC } }",
                "{ duration: 1M, calendar: { startTime: '2026-13-01 12:30:00', timeZone: UTC } }",
                "{ duration: 1M, calendar: { startTime: '2026-01-01 12:30:00', timeZone: Mars/Olympus } }",
                "{ duration: 1M, calendar: { timeZone: UTC } }",
                "{ duration: 1M, calendar: { startTime: '2026-01-01 12:30:00' } }",
            ],
            calendar,
        )
}

fn ratios() -> usize {
    let source = "{ metricSource: { type: spans, spec: { where: service=a kind=server } } }";
    let other = "{ metricSource: { type: Prometheus, spec: { query: x } } }";
    let ratio = |fields: &str| {
        object(
            "SLI",
            "{ name: x }",
            &format!("{{ ratioMetric: {{ {fields} }} }}").replace("SPANS", source).replace("OTHER", other),
        )
    };
    let metric = |fields: &str| object("SLI", "{ name: x }", &format!("{{ {fields} }}").replace("OTHER", other));
    let exclusive = [
        "raw: OTHER, rawType: success, total: OTHER",
        "raw: OTHER, rawType: success, good: OTHER",
        "raw: OTHER, rawType: success, bad: OTHER",
        "good: OTHER, bad: OTHER, total: OTHER",
        "good: OTHER",
        "total: OTHER",
        "bad: OTHER",
    ];
    assert_eq!(exclusive.len(), 7);
    check("ratio", false, exclusive, ratio)
        + check("ratio", true, ["good: OTHER, total: OTHER", "bad: OTHER, total: OTHER, counter: true"], ratio)
        + check("ratio", true, ["raw: OTHER, rawType: success", "raw: OTHER, rawType: failure"], ratio)
        + check("ratio", false, ["raw: OTHER", "raw: OTHER, rawType: other", "raw: SPANS, rawType: success", ""], ratio)
        + check("metric", true, ["thresholdMetric: OTHER"], metric)
        + check("metric", false, ["", "thresholdMetric: OTHER, ratioMetric: { good: OTHER, total: OTHER }"], metric)
        + check(
            "source",
            false,
            [
                "thresholdMetric: { metricSource: { type: x, spec: {} } }",
                "thresholdMetric: { metricSource: { type: x } }",
                "thresholdMetric: {}",
            ],
            metric,
        )
}

fn alerts() -> usize {
    let condition = |fields: &str| {
        object("AlertCondition", "{ name: x }", &format!("{{ severity: page, condition: {{ {fields} }} }}"))
    };
    let policy = |spec: &str| object("AlertPolicy", "{ name: x }", &format!("{{ alertWhenBreaching: true, {spec} }}"));
    check(
        "condition",
        true,
        [
            "kind: burnrate, op: lte, threshold: 2.5, lookbackWindow: 1h",
            "kind: burnrate, op: gte, threshold: 2, lookbackWindow: 1h, alertAfter: 5m",
            "kind: burnrate, op: lt, threshold: 2, lookbackWindow: 1h, alertAfter: 0m",
        ],
        condition,
    ) + check(
        "condition",
        false,
        [
            "kind: burnrate, op: eq, threshold: 2, lookbackWindow: 1h",
            "kind: budget, op: gt, threshold: 2, lookbackWindow: 1h",
            "op: gt, threshold: 2, lookbackWindow: 1h",
            "kind: burnrate, threshold: 2, lookbackWindow: 1h",
            "kind: burnrate, op: gt, lookbackWindow: 1h",
            "kind: burnrate, op: gt, threshold: 2",
            "kind: burnrate, op: gt, threshold: 2, lookbackWindow: 1x",
        ],
        condition,
    ) + check(
        "policy",
        false,
        [
            "conditions: [], notificationTargets: [ { targetRef: x } ]",
            "conditions: [ { conditionRef: x }, { conditionRef: y } ], notificationTargets: [ { targetRef: x } ]",
            "conditions: [ { conditionRef: x } ], notificationTargets: []",
            "conditions: [ { conditionRef: x } ]",
            "notificationTargets: [ { targetRef: x } ]",
            "conditions: [ { conditionRef: x, kind: AlertCondition } ], notificationTargets: [ { targetRef: x } ]",
            "conditions: [ { kind: AlertPolicy, metadata: { name: x }, spec: {} } ], notificationTargets: [ { targetRef: x } ]",
            "conditions: [ { conditionRef: X } ], notificationTargets: [ { targetRef: X } ]",
        ],
        policy,
    )
}

/// Objects alone, in a stream, in a list, and as JSON.
fn forms() -> usize {
    let service = |name: &str| object("Service", &format!("{{ name: {name} }}"), "{}");
    let json = |name: &str| {
        format!(r#"{{"apiVersion":"openslo/v1","kind":"Service","metadata":{{"name":"{name}"}},"spec":{{}}}}"#)
    };
    let list = "- apiVersion: openslo/v1\n  kind: Service\n  metadata: { name: a }\n- apiVersion: openslo/v1\n  kind: Service\n  metadata: { name: b }\n";
    let texts = [
        (service("a"), 1),
        (format!("{}---\n{}", service("a"), service("b")), 2),
        (format!("---\n{}---\n---\n{}...\n", service("a"), service("b")), 2),
        (list.to_owned(), 2),
        (json("a"), 1),
        (format!("[{},\n{}]", json("a"), json("b")), 2),
        (format!("{POLICY}---\n{list}"), 2),
    ];
    let n_texts = texts.len();
    for (text, n_services) in texts {
        let loaded = load_text(&text, Mode::Sdk);
        assert_eq!((loaded.usable(), loaded.definitions.services.len()), (true, n_services), "{text}");
    }
    n_texts
}
