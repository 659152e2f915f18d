use super::*;
use crate::model::Definitions;
use crate::openslo::{Mode, SourceFile, load};
use nines_base::Lang;
use nines_base::lang::Message;

fn definitions() -> Definitions {
    const TEXT: &str = r#"
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-availability }
spec:
  service: web
  indicator:
    metadata: { name: web-ok }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: service=web kind=server !error } } }
        total: { metricSource: { type: spans, spec: { where: service=web kind=server } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.999 } ]
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: web-own }
spec:
  service: own
  indicator:
    metadata: { name: own-ok }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: service=own kind=server !error } } }
        total: { metricSource: { type: spans, spec: { where: service=own kind=server } } }
  timeWindow: [ { duration: 28d, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.99 } ]
  alertPolicies:
    - kind: AlertPolicy
      metadata: { name: slow }
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: { name: slow-burn }
            spec:
              severity: call-me
              condition: { kind: burnrate, op: gte, threshold: 5, lookbackWindow: 1h, alertAfter: 10m }
        notificationTargets:
          - kind: AlertNotificationTarget
            metadata: { name: mail }
            spec: { target: email }
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
  timeWindow: [ { duration: 30m, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - { displayName: typical, op: lte, value: 400000, target: 0.9 }
    - { displayName: slow, op: lte, value: 850000, target: 0.99 }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: pay-availability }
spec:
  service: pay
  indicator:
    metadata: { name: pay-ok }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: spans, spec: { where: service=pay kind=server !error } } }
        total: { metricSource: { type: spans, spec: { where: service=pay kind=server } } }
  timeWindow: [ { duration: 1h, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives: [ { target: 0.9 } ]
---
apiVersion: nines.dev/v1alpha1
kind: ErrorBudgetPolicy
metadata: { name: standard }
spec:
  services: [pay]
  states:
    - { name: healthy, above: 0 }
    - { name: exhausted, actions: { freeze: true } }
  leave: { above: 0.05, dwell: 30m }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: journey, annotations: { nines.dev/composite: normalised } }
spec:
  service: journey
  timeWindow: [ { duration: 1h, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - displayName: search
      target: 0.9
      compositeWeight: 9
      indicator:
        metadata: { name: search-ok }
        spec:
          ratioMetric:
            counter: true
            good: { metricSource: { type: spans, spec: { where: service=journey op=search !error } } }
            total: { metricSource: { type: spans, spec: { where: service=journey op=search } } }
    - displayName: buy
      target: 0.9
      indicator:
        metadata: { name: buy-ok }
        spec:
          ratioMetric:
            counter: true
            good: { metricSource: { type: spans, spec: { where: service=journey op=buy !error } } }
            total: { metricSource: { type: spans, spec: { where: service=journey op=buy } } }
"#;
    let loaded = load(&[SourceFile { name: "d.yaml".into(), bytes: TEXT.as_bytes().to_vec() }], Mode::Spec);
    assert!(loaded.usable(), "{:?}", loaded.findings);
    loaded.definitions
}

fn lines(text: &str) -> Vec<String> {
    let script = Script::parse("t.slotest", text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let report = script.run(&definitions()).unwrap_or_else(|faults| panic!("{faults:?}"));
    report
        .outcomes
        .iter()
        .map(|outcome| format!("{} {}", if outcome.holds { "ok" } else { "no" }, outcome.text()))
        .collect()
}

/// Each fault of a text as `line:column fact / hint`.
fn faults(text: &str) -> Vec<String> {
    let faults = match Script::parse("t", text.as_bytes()) {
        Ok(script) => script.run(&definitions()).expect_err(text),
        Err(faults) => faults,
    };
    let told = |fault: &Fault| {
        let (fact, hint) = (fault.fact.text(Lang::En), fault.hint.text(Lang::En));
        format!("{}:{} {fact} / {hint}", fault.place.line, fault.place.column)
    };
    faults.iter().map(told).collect()
}

#[test]
fn claims_hold_or_say_what_was_found() {
    let text = "
start 2026-11-01T00:00:00Z   # a Sunday
definitions d.yaml
load service=web kind=server rate=10/s from=0 for=6h bad=0.1% duration=500ms
load service=web kind=server rate=10/s from=6h for=10m bad=15%
gap service=web from=7h for=30m
at 6h10m sli web-availability 0.99497 ± 0.0002
at 6h10m budget web-availability -4.03 ± 0.1
at 6h10m burn web-availability 1h 25.8 +- 0.8
at 6h7m alert web-availability page firing
at 6h10m gate web held
at 5h gate web allowed
at 5h sli web-availability 99.9%
at 5h sli web-availability 0.998
at 8h coverage web-availability 0.9375
at 10m sli web-latency/typical 0
at 10m sli web-latency/2 1.0
at 12h sli web-latency/slow undefined
at 12h burn web-availability 1h undefined
at 5h alert web-availability page inactive
at 6h7m alert web-availability page pending";
    let got = lines(text);
    let failed: Vec<&String> = got.iter().filter(|line| line.starts_with("no")).collect();
    assert_eq!(got.len(), 15, "{got:#?}");
    assert_eq!(
        failed,
        [
            "no t.slotest:12:7: gate web allowed: got held",
            "no t.slotest:14:7: sli web-availability 0.998: got 0.999",
            "no t.slotest:21:9: alert web-availability page pending: got firing",
        ],
        "{got:#?}"
    );
}

#[test]
fn alerts_have_a_past_and_their_own_severities() {
    let text = "
definitions d
load service=own kind=server rate=1/s from=0 for=6h bad=0%
load service=own kind=server rate=1/s from=1h for=3h bad=100%
gap service=own from=3h for=1h
at 1h alert web-own call-me inactive
at 1h8m alert web-own call-me pending
at 1h30m alert web-own call-me firing
at 1h30m alert web-own unmeasured inactive
at 3h30m alert web-own call-me frozen
at 3h30m alert web-own call-me firing
at 6h alert web-own call-me inactive
at 1h8m alert web-availability ticket inactive
at 1h8m alert web-availability page inactive";
    let got = lines(text);
    assert!(got.iter().all(|line| line.starts_with("ok")), "{got:#?}");
}

#[test]
fn a_gate_remembers_the_state_of_the_budget_and_waits_for_the_dwell() {
    // An outage of ten minutes leaves the window of an hour from 2h to 2h10m.
    let text = "
definitions d
load service=pay kind=server rate=10/s from=0 for=1h bad=0%
load service=pay kind=server rate=10/s from=1h for=10m bad=100%
load service=pay kind=server rate=10/s from=1h10m for=3h bad=0%
at 50m gate pay allowed
at 1h10m gate pay held
at 2h15m budget pay-availability 1
at 2h15m gate pay held
at 2h45m gate pay allowed";
    let got = lines(text);
    assert!(got.iter().all(|line| line.starts_with("ok")), "{got:#?}");
}

#[test]
fn a_composite_speaks_for_its_parts_at_the_gate() {
    let text = "
definitions d
load service=journey op=search rate=10/s from=0 for=1h bad=0%
load service=journey op=buy rate=10/s from=0 for=30m bad=40%
at 59m budget journey/buy -3
at 59m gate journey allowed";
    let got = lines(text);
    assert!(got.iter().all(|line| line.starts_with("ok")), "{got:#?}");
}

#[test]
fn a_claim_sees_what_ended_by_its_time_and_claims_may_stand_in_any_order() {
    let text = "definitions d\nload service=web kind=server rate=1/s from=0 for=1h bad=100%\nat 2m burn web-availability 1m 1000\nat 1m sli web-availability 0\nat 0 sli web-availability 0\n";
    assert!(lines(text).iter().all(|line| line.starts_with("ok")), "{:?}", lines(text));
}

#[test]
fn without_a_distance_a_figure_may_be_rounded_as_it_is_written() {
    let check = |claim: &str, holds: bool| {
        let text = format!(
            "definitions d\nload service=web kind=server rate=3/s from=0 for=1s bad=33.4%\nat 1s sli web-availability {claim}"
        );
        assert_eq!(lines(&text)[0].starts_with("ok"), holds, "{claim}");
    };
    check("0.667", true);
    check("0.6667", true);
    check("0.6666", false);
    check("66.7%", true);
    check("66%", false);
    check("1", true);
    check("0.67±0.01", true);
    check("66% ± 1%", true);
    check("0.6 ± 0.05", false);
    check("undefined", false);
}

#[test]
fn faults_have_their_place_and_a_next_step() {
    let with = |line: &str| faults(&format!("definitions d\n{line}\nat 1h sli web-availability 1"));
    assert_eq!(
        with("laod x"),
        ["2:1 a line cannot begin with `laod` / begin it with start, definitions, load, gap, at or #"]
    );
    assert_eq!(
        with("load service=web rate=ten/s from=0 for=1h bad=1%"),
        ["2:23 `ten/s` is not a rate / write events a second: rate=10/s"]
    );
    assert_eq!(
        with("at noon sli web-availability 1"),
        ["2:4 `noon` is not a length of time / write numbers with units: 6h10m, 90s, 28d"]
    );
    assert_eq!(
        with("at 1h sly web-availability 1"),
        ["2:7 `sly` claims nothing / claim sli, budget, burn, coverage, alert or gate"]
    );
    assert_eq!(
        with("at 1h sli web-availability"),
        ["2:27 this `at` line is not complete / write it as: at 6h sli NAME 0.999 ± 0.0001"]
    );
    assert_eq!(
        with("at 1h sli web-availability much"),
        ["2:28 `much` is not a number / write 0.999, 99.9% or undefined"]
    );
    assert_eq!(with("at 1h sli web-availability 1 of 2"), ["2:30 `of` is too much here / leave it out"]);
    assert_eq!(
        with("at 1h alert web-availability page red"),
        ["2:35 `red` is not a state of an alert / write firing, pending, inactive or frozen"]
    );
    assert_eq!(with("at 1h gate web yes"), ["2:16 `yes` is not a verdict / write allowed or held"]);
    assert_eq!(
        with("at 1h sli web-availabilty 1"),
        ["2:7 no SLO is called `web-availabilty` / did you mean `web-availability`?"]
    );
    assert_eq!(
        with("at 1h sli web-latency 1"),
        ["2:7 `web-latency` has 2 objectives, and this is about one / name it: web-latency/typical"]
    );
    assert_eq!(with("at 1h gate wbe allowed"), ["2:7 no SLO has the service `wbe` / did you mean `web`?"]);
    assert_eq!(with("start yesterday"), ["2:7 `yesterday` is not a time / write RFC 3339: 2026-11-01T00:00:00Z"]);
    assert_eq!(faults("definitions d"), ["1:1 the file claims nothing / add a line such as: at 6h sli NAME 0.999"]);
    assert_eq!(
        faults("at 1h sli web-availability 1"),
        ["1:1 the file names no definitions / name the files that define it: definitions PATH"]
    );
    assert_eq!(with("at 1h alert web-availability paeg firing").len(), 1);
}

#[test]
fn any_bytes_are_read_or_refused_with_a_place() {
    for bytes in [&b"\xff\xfe"[..], b"at", b"at \"", b"load \"", b"# only a comment", b"", b"\xef\xbb\xbfat 1h sli x 1"]
    {
        let faults = Script::parse("t", bytes).expect_err("none of these is a test");
        assert!(faults.iter().all(|fault| fault.place.line >= 1 && fault.place.column >= 1));
    }
}
