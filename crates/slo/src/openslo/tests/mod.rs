//! Tests of the reader: what is read, what is told, and that nothing panics.

mod convert;
mod document;
mod facts;
mod format;
mod menu;
mod modes;
mod quantity;
mod queried;
mod robust;
mod rules;
mod set;

use super::{Finding, Loaded, Mode, SourceFile, load};

/// Loads one file called `f`.
fn load_text(text: &str, mode: Mode) -> Loaded {
    load(&[SourceFile { name: "f".to_owned(), bytes: text.as_bytes().to_vec() }], mode)
}

/// A finding as one short line: severity, place, path, and the name of the fact.
fn short(finding: &Finding) -> String {
    let fact = format!("{:?}", finding.fact);
    let fact = fact.split([' ', '(', '{']).next().unwrap_or_default();
    let at = format!("{}:{}", finding.place.line, finding.place.column);
    format!("{} {at} {} {fact}", finding.severity.name(), finding.path)
}

/// What is told of a text, each finding as `severity path Fact`.
fn told(text: &str, mode: Mode) -> Vec<String> {
    let without_place = |line: String| {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.remove(1);
        words.join(" ")
    };
    load_text(text, mode).findings.iter().map(short).map(without_place).collect()
}

/// An SLO on spans that nothing can be said against, with the service it names.
const SLO: &str = r#"apiVersion: openslo/v1
kind: Service
metadata: { name: web }
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: web-availability
spec:
  service: web
  indicator:
    metadata:
      name: web-ok
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: service=web kind=server !error } } }
        total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - target: 0.999
"#;

/// The same, as a threshold.
const THRESHOLD_SLO: &str = r#"apiVersion: openslo/v1
kind: Service
metadata: { name: web }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-latency }
spec:
  service: web
  indicator:
    metadata: { name: web-fast }
    spec:
      thresholdMetric:
        metricSource: { type: spans, spec: { where: service=web kind=server, value: duration } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - { op: lte, value: 400000, target: 0.9 }
"#;

/// An alert policy with everything written inside.
const POLICY: &str = r#"apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: low-priority }
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata: { name: slow-burn }
      spec:
        severity: ticket
        condition:
          kind: burnrate
          op: gt
          threshold: 1
          lookbackWindow: 3d
          alertAfter: 0m
  notificationTargets:
    - kind: AlertNotificationTarget
      metadata: { name: mail }
      spec:
        target: email
"#;

/// The text with one part replaced; the part must be there, or the test tests nothing.
fn with(text: &str, part: &str, replacement: &str) -> String {
    assert!(text.contains(part), "no {part:?} in the text");
    text.replacen(part, replacement, 1)
}
