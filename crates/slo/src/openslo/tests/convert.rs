//! Other versions of OpenSLO as v1: what stands where, and that the reader takes the result.

use super::super::{Form, Mode, SourceFile, convert};
use super::{short, told};

const V1ALPHA: &str = r#"
apiVersion: openslo/v1alpha
kind: Service
metadata: { name: web, displayName: Web }
spec: { description: "What players see" }
---
apiVersion: openslo/v1alpha
kind: SLO
metadata: { name: web-ok, displayName: "Web: answers" }
spec:
  service: web
  description: Answers
  timeWindows: [ { unit: Day, count: 28, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - displayName: good
      target: 0.990
      ratioMetrics:
        incremental: true
        good: { source: prometheus, queryType: promql, query: 'sum(rate(ok[5m]))' }
        total: { source: prometheus, queryType: promql, query: "sum(rate(all[5m]))", metadata: { region: eu } }
"#;

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn v1alpha_becomes_v1_that_the_reader_takes() {
    let converted = convert(&[file("f", V1ALPHA)], Form::Yaml, false);
    assert_eq!((converted.n_objects, converted.n_converted), (2, 2));
    assert_eq!(converted.findings, []);
    let expected = r#"apiVersion: openslo/v1
kind: Service
metadata:
  name: web
  displayName: Web
spec:
  description: What players see
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: web-ok
  displayName: "Web: answers"
spec:
  description: Answers
  service: web
  indicator:
    metadata:
      name: web-ok
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: prometheus
            spec:
              queryType: promql
              query: "sum(rate(ok[5m]))"
        total:
          metricSource:
            type: prometheus
            spec:
              queryType: promql
              query: "sum(rate(all[5m]))"
              metadata:
                region: eu
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: good
      target: 0.990
"#;
    assert_eq!(converted.text, expected);
    assert_eq!(told(&converted.text, Mode::Spec), ["warning spec.indicator.spec.ratioMetric.total NotMeasured"]);
}

#[test]
fn thresholds_calendars_and_several_ratios_find_their_places() {
    let slo = |objectives: &str, indicator: &str| {
        let text = format!(
            "apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: {{ name: x }}\nspec:\n  service: web\n{indicator}  timeWindows: [ {{ unit: Month, count: 1, isRolling: false, calendar: {{ startTime: 2026-01-01 00:00:00, timeZone: Asia/Seoul }} }} ]\n  budgetingMethod: Occurrences\n  objectives: {objectives}\n"
        );
        let converted = convert(&[file("f", &text)], Form::Yaml, false);
        assert!(converted.is_whole(), "{:?}", converted.findings);
        converted.text
    };
    let metric = "{ source: p, queryType: q, query: x }";
    let threshold =
        slo("[ { op: lte, value: 1, target: 0.9 } ]", &format!("  indicator: {{ thresholdMetric: {metric} }}\n"));
    assert_eq!(
        told(&threshold, Mode::Spec),
        ["warning spec.service UnknownReference", "warning spec.indicator.spec.thresholdMetric NotMeasured"]
    );
    let other = metric.replace("query: x", "query: y");
    let several = slo(
        &format!(
            "[ {{ target: 0.9, ratioMetrics: {{ good: {metric}, total: {metric} }} }}, {{ target: 0.8, ratioMetrics: {{ good: {other}, total: {metric} }} }} ]"
        ),
        "",
    );
    assert!(several.contains("name: x-1") && several.contains("name: x-2"), "{several}");
    assert!(several.contains("duration: 1M"));
}

#[test]
fn other_objects_are_kept_and_json_and_yaml_say_the_same() {
    let as_json = convert(&[file("a", super::SLO), file("b", super::POLICY)], Form::Json, false);
    assert_eq!((as_json.n_objects, as_json.n_converted), (3, 0));
    let back = convert(&[file("c.json", &as_json.text)], Form::Yaml, false);
    let again = convert(&[file("d", &back.text)], Form::Json, false);
    assert_eq!(again.text, as_json.text);
    assert_eq!(told(&back.text, Mode::Spec), [""; 0]);
}

#[test]
fn v2alpha_is_converted_where_it_is_asked_for() {
    let text = r#"
apiVersion: openslo.com/v2alpha
kind: SLO
metadata: { name: web-ok }
spec:
  serviceRef: web
  sli:
    metadata: { name: web-ok }
    spec:
      ratioMetric:
        counter: true
        good: { dataSourceRef: metrics, spec: { query: ok } }
        total: { dataSourceSpec: { type: Prometheus, connectionDetails: { url: x } }, spec: { query: all } }
  timeWindow: [ { duration: 4w, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.99 } ]
"#;
    let refused = convert(&[file("f", text)], Form::Yaml, false);
    assert_eq!(refused.findings.iter().map(short).collect::<Vec<_>>(), ["error 2:13 apiVersion LivingVersion"]);
    let converted = convert(&[file("f", text)], Form::Yaml, true);
    let findings: Vec<String> = converted.findings.iter().map(short).collect();
    assert_eq!(
        findings,
        ["warning 13:54 spec.sli.spec.ratioMetric.total.dataSourceSpec.connectionDetails NoPlaceInV1"]
    );
    for line in ["service: web\n", "  indicator:\n", "metricSourceRef: metrics\n", "type: Prometheus\n"] {
        assert!(converted.text.contains(line), "{line}{}", converted.text);
    }
}

#[test]
fn what_cannot_be_read_has_its_place() {
    let told =
        |text: &str| convert(&[file("f", text)], Form::Yaml, false).findings.iter().map(short).collect::<Vec<_>>();
    assert_eq!(told("- 1\n"), ["error 1:3  NoObject"]);
    assert_eq!(
        told("apiVersion: openslo/v1alpha\nkind: SLI\nmetadata: { name: x }\n"),
        ["error 2:7 kind UnknownValue"]
    );
    let text = V1ALPHA.replace("unit: Day", "unit: Fortnight");
    assert_eq!(told(&text), ["error 13:26 spec.timeWindows[0].unit UnknownValue"]);
    let text = V1ALPHA.replace("incremental: true", "incremental: true\n        raw: 1");
    assert_eq!(told(&text), ["error 20:9 spec.objectives[0].ratioMetrics.raw UnknownField"]);
    assert_eq!(told("a: [\n").len(), 1);
}
