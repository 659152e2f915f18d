//! Indicators that a Prometheus measures.

use super::super::{Mode, SourceFile, load};
use super::told;
use crate::model::{Asks, Comparison, Queried, QueryPart, Sli};

const SOURCE: &str = "apiVersion: openslo/v1
kind: DataSource
metadata: { name: metrics }
spec: { type: Prometheus, connectionDetails: { url: 'http://10.0.0.7:9090/prom/' } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: web }
---
";

/// An SLO of this indicator and objective, with its source.
fn set(indicator: &str, objective: &str) -> String {
    let source = "{ metricSource: { metricSourceRef: metrics, type: Prometheus, spec: { query: 'Q' } } }";
    let mut text = format!(
        "{SOURCE}apiVersion: openslo/v1
kind: SLO
metadata: {{ name: web }}
spec:
  service: web
  indicator: {{ metadata: {{ name: web }}, spec: {indicator} }}
  timeWindow: [ {{ duration: 28d, isRolling: true }} ]
  budgetingMethod: Occurrences
  objectives: [ {objective} ]
"
    );
    for half in ["ALL", "GOOD", "BAD"] {
        text = text.replace(half, &source.replace('Q', &half.to_lowercase()));
    }
    text
}

fn queried(indicator: &str, objective: &str) -> Queried {
    let text = set(indicator, objective);
    let loaded = load(&[SourceFile { name: "x.yaml".into(), bytes: text.into_bytes() }], Mode::Spec);
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    match &loaded.definitions.slos[0].objectives[0].sli {
        Sli::Queried(queried) => Queried::clone(queried),
        other => panic!("{other:?}"),
    }
}

#[test]
fn queries_are_read_with_the_address_of_their_source() {
    let read = queried("{ ratioMetric: { counter: true, good: GOOD, total: ALL } }", "{ target: 0.99 }");
    assert_eq!((read.source.name.as_str(), read.source.url.as_str()), ("metrics", "http://10.0.0.7:9090/prom"));
    let part = QueryPart::Good("good".into());
    assert_eq!(read.asks, Asks::Ratio { total: "all".into(), part, is_counter: true });
    let read = queried("{ ratioMetric: { counter: false, bad: BAD, total: ALL } }", "{ target: 0.99 }");
    let part = QueryPart::Bad("bad".into());
    assert_eq!(read.asks, Asks::Ratio { total: "all".into(), part, is_counter: false });
    let read = queried("{ ratioMetric: { rawType: failure, raw: BAD } }", "{ target: 0.99 }");
    assert_eq!(read.asks, Asks::Raw { query: "bad".into(), is_failure: true });
    let read = queried("{ thresholdMetric: ALL }", "{ op: lt, value: 0.25, target: 0.99 }");
    assert_eq!(read.asks, Asks::Threshold { query: "all".into(), op: Comparison::Lt, limit: 0.25 });
}

#[test]
fn what_a_query_lacks_is_told() {
    let check = |text: &str, expected: &[&str]| assert_eq!(told(text, Mode::Spec), expected, "{text}");
    let ratio = set("{ ratioMetric: { good: GOOD, total: ALL } }", "{ target: 0.99 }");
    check(&ratio, &["warning spec.indicator.spec.ratioMetric CounterLeftOut"]);
    let ratio = set("{ ratioMetric: { counter: true, good: GOOD, total: ALL } }", "{ target: 0.99 }");
    let at = "spec.indicator.spec.ratioMetric";
    let unsaid = format!("warning {at}.total SourceWithoutUrl");
    for details in
        ["{ host: x }", "[ { user: y } ]", "nowhere", "{ url: 'ftp://x' }", "{ url: 'http://' }", "{ url: 7 }"]
    {
        check(&ratio.replace("{ url: 'http://10.0.0.7:9090/prom/' }", details), &[&unsaid]);
    }
    check(&ratio.replace("{ url: 'http://10.0.0.7:9090/prom/' }", "[ { a: b }, { url: 'https://m' } ]"), &[]);
    check(&ratio.replace("query: 'good'", "expr: x"), &[&format!("error {at}.good.metricSource.spec.query Missing")]);
    check(&ratio.replace("query: 'good'", "query: ''"), &[&format!("error {at}.good.metricSource.spec.query Empty")]);
    check(
        &set("{ thresholdMetric: ALL }", "{ target: 0.99 }"),
        &["error spec.objectives[0].op Missing", "error spec.objectives[0].value Missing"],
    );
    // The type may be the source's alone.
    check(&ratio.replace("type: Prometheus, spec", "spec"), &[]);
}

#[test]
fn an_address_with_more_than_where_it_is_is_refused_and_not_repeated() {
    let ratio = set("{ ratioMetric: { counter: true, good: GOOD, total: ALL } }", "{ target: 0.99 }");
    for url in ["http://me:s3cret@m:9090", "http://m/?tenant=a", "http://m/#s3cret"] {
        let text = ratio.replace("http://10.0.0.7:9090/prom/", url);
        assert_eq!(told(&text, Mode::Spec), ["error spec.connectionDetails.url SourceUrlHasMore"], "{url}");
        let loaded = load(&[SourceFile { name: "x.yaml".into(), bytes: text.into_bytes() }], Mode::Spec);
        let finding = &loaded.findings[0];
        assert_eq!((finding.place.line, finding.place.column), (4, 53));
        assert!(!finding.render(nines_base::Lang::En).contains("s3cret"));
    }
    // Only the address of a Prometheus is ours to judge.
    let other = ratio.replace("type: Prometheus", "type: Loki").replace("http://10.0.0.7:9090/prom/", "http://m/?a=b");
    assert!(told(&other, Mode::Spec).iter().all(|told| !told.contains("SourceUrlHasMore")));
}

#[test]
fn a_story_by_trace_says_that_it_leaves_out_what_has_no_traces() {
    let slo = set("{ ratioMetric: { counter: true, good: GOOD, total: ALL } }", "{ target: 0.99 }");
    let story = |join: &str| {
        format!(
            "{slo}---\napiVersion: nines.dev/v1alpha1\nkind: UserStory\nmetadata: {{ name: buy }}\n\
             spec: {{ owner: web-team, slos: [web], join: {join} }}\n"
        )
    };
    assert_eq!(told(&story("trace"), Mode::Spec), ["warning spec.slos[0] LeftOutOfTraces"]);
    assert_eq!(told(&story("worst"), Mode::Spec), [""; 0]);
}
