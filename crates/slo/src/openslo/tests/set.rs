//! What files say together: names, references, the model that comes of it, and our own kinds.

use super::{POLICY, SLO, THRESHOLD_SLO, load_text, short, told, with};
use crate::alert::policy::AlertWhen;
use crate::fraction::Fraction;
use crate::model::{BudgetingMethod, Comparison, Join, Measured, RatioPart, Sli, TimeWindow};
use crate::openslo::{Loaded, Mode, SourceFile, load};
use nines_base::DurationUs;
use nines_base::lang::{Lang, Message};

fn load_files(files: &[(&str, &str)]) -> Loaded {
    let file = |(name, text): &(&str, &str)| SourceFile { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() };
    load(&files.iter().map(file).collect::<Vec<_>>(), Mode::Spec)
}

#[test]
fn an_slo_is_read_into_the_model_whole() {
    let text = with(
        SLO,
        "metadata:\n  name: web-availability\n",
        concat!(
            "metadata:\n  name: web-availability\n  displayName: Web answers\n",
            "  labels: { tier: one, team: [game, shop] }\n  annotations: { example.com/x: y }\n"
        ),
    );
    let text =
        with(&text, "    - target: 0.999\n", "    - { displayName: good, targetPercent: 99.95 }\n    - target: 0.5\n");
    let loaded = load_text(&with(&text, "  service: web\n", "  service: web\n  description: It does.\n"), Mode::Spec);
    assert_eq!(loaded.findings, []);
    let slo = &loaded.definitions.slos[0];
    assert_eq!((slo.name.as_str(), slo.service.as_str()), ("web-availability", "web"));
    assert_eq!((slo.display_name.as_deref(), slo.description.as_deref()), (Some("Web answers"), Some("It does.")));
    assert_eq!(slo.labels["team"], ["game", "shop"]);
    assert_eq!(slo.labels["tier"], ["one"]);
    assert_eq!(slo.annotations["example.com/x"], "y");
    assert_eq!(slo.method, BudgetingMethod::Occurrences);
    assert_eq!(slo.window, TimeWindow::Rolling { length: DurationUs::from_secs(28 * 86_400) });
    assert_eq!((slo.place.file.as_str(), slo.place.line, slo.place.column), ("f", 8, 9));
    let targets: Vec<u32> = slo.objectives.iter().map(|objective| objective.target.parts()).collect();
    assert_eq!(targets, [999_500_000, 500_000_000]);
    assert_eq!(slo.objectives.iter().map(|objective| objective.label()).collect::<Vec<_>>(), ["good", "2"]);
    let Sli::Ratio { total, part: RatioPart::Good(good) } = &slo.objectives[1].sli else { panic!("{slo:?}") };
    assert_eq!((total.text(), good.text()), ("service=web kind=server", "service=web kind=server !error"));
}

#[test]
fn a_threshold_is_read_into_the_model_with_each_objectives_limit() {
    let text = with(THRESHOLD_SLO, "value: duration", "value: rank.age_ms");
    let text = with(&text, "op: lte, value: 400000", "op: gt, value: 6e4");
    let loaded = load_text(&text, Mode::Spec);
    assert_eq!(loaded.findings, []);
    let Sli::Threshold { total, value, op, limit } = &loaded.definitions.slos[0].objectives[0].sli else { panic!() };
    assert_eq!(total.text(), "service=web kind=server");
    assert_eq!((value, *op, *limit), (&Measured::Tag("rank.age_ms".to_owned()), Comparison::Gt, 60_000.0));
}

#[test]
fn indicators_and_data_sources_are_found_in_other_files_in_any_order() {
    let slo = "apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: a }\nspec:\n  service: web\n  indicatorRef: ok\n  timeWindow: [ { duration: 1m, isRolling: true } ]\n  budgetingMethod: Timeslices\n  objectives: [ { target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 1m } ]\n";
    let sli = "- apiVersion: openslo/v1\n  kind: SLI\n  metadata: { name: ok }\n  spec:\n    ratioMetric:\n      bad: { metricSource: { metricSourceRef: ours, spec: { where: service=web kind=server error } } }\n      total: { metricSource: { metricSourceRef: ours, spec: { where: service=web kind=server } } }\n";
    let source = r#"[{"apiVersion": "openslo/v1", "kind": "DataSource", "metadata": {"name": "ours"}, "spec": {"type": "spans", "connectionDetails": {}}},
        {"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "web"}}]"#;
    let loaded = load_files(&[("a.yaml", slo), ("b.yaml", sli), ("c.json", source)]);
    assert_eq!(loaded.findings, []);
    let objective = &loaded.definitions.slos[0].objectives[0];
    assert!(
        matches!(&objective.sli, Sli::Ratio { part: RatioPart::Bad(bad), .. } if bad.text() == "service=web kind=server error")
    );
    assert_eq!(objective.time_slice, Some(DurationUs::from_secs(60)));
    assert_eq!(objective.time_slice_target.map(|target| target.parts()), Some(900_000_000));
}

#[test]
fn a_name_is_defined_once_over_all_files_and_kinds_do_not_share_names() {
    let service = "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: a }\n";
    let source = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: a }\nspec: { type: X, connectionDetails: { a: b } }\n";
    assert_eq!(load_files(&[("1", service), ("2", source)]).findings, []);
    let loaded = load_files(&[("1", service), ("2", source), ("3", service)]);
    assert_eq!(loaded.findings.iter().map(short).collect::<Vec<_>>(), ["error 3:19 metadata.name Duplicate"]);
    assert_eq!(loaded.findings[0].place.file, "3");
    assert!(loaded.findings[0].fact.text(Lang::En).ends_with("at 1:3:19"));
}

#[test]
fn inline_names_belong_to_their_parent() {
    let second = with(&SLO[SLO.find("---").unwrap()..], "name: web-availability", "name: web-other");
    assert_eq!(told(&format!("{SLO}{second}"), Mode::Spec), [""; 0]);
}

#[test]
fn a_service_that_is_merely_named_is_in_the_model_and_a_faulty_slo_is_not() {
    let loaded = load_text(&with(SLO, "{ name: web }", "{ name: web2 }"), Mode::Spec);
    assert!(loaded.usable());
    let names: Vec<&str> = loaded.definitions.services.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(names, ["web2", "web"]);
    let loaded = load_text(&with(SLO, "target: 0.999", "target: 1"), Mode::Spec);
    assert!(!loaded.usable() && loaded.definitions.slos.is_empty());
}

#[test]
fn a_misspelt_reference_is_answered_with_the_name_that_was_meant() {
    let loaded = load_text(&with(SLO, "service: web\n", "service: wep\n"), Mode::Spec);
    assert_eq!(loaded.findings[0].hint.text(Lang::En), "did you mean 'web'?");
    assert_eq!(loaded.findings[0].hint.text(Lang::Ko), "'web'을(를) 뜻하셨습니까?");
}

#[test]
fn findings_read_in_both_languages_with_place_fact_and_next_step() {
    let loaded = load_text(&with(SLO, "target: 0.999", "target: 1"), Mode::Spec);
    let finding = &loaded.findings[0];
    assert_eq!(
        finding.render(Lang::En),
        "error: f:22:15: spec.objectives[0].target: objective is 100 %, but must be below 100 %\nhint: target: 0.999 leaves 40m19s of budget in 28d"
    );
    assert_eq!(
        finding.text(Lang::Ko),
        "error: f:22:15: spec.objectives[0].target: 목표가 100 %입니다. 100 %보다 작아야 합니다\nhint: target: 0.999이면 28d 동안 40m19s의 버짓이 남습니다"
    );
}

#[test]
fn faults_of_a_filter_are_told_in_both_languages_at_their_column() {
    let loaded = load_text(&with(SLO, "kind=server !error", "kind=srever !error"), Mode::Spec);
    let finding = &loaded.findings[0];
    assert_eq!(short(finding), "error 17:78 spec.indicator.spec.ratioMetric.good.metricSource.spec.where BadFilter");
    assert_ne!(finding.fact.text(Lang::En), finding.fact.text(Lang::Ko));
    assert_ne!(finding.hint.text(Lang::En), finding.hint.text(Lang::Ko));
}

/// A user story and what it needs.
fn story(spec: &str) -> String {
    format!(
        "{SLO}---\napiVersion: nines.dev/v1alpha1\nkind: UserStory\nmetadata: {{ name: browse, displayName: Browse }}\nspec: {spec}\n"
    )
}

#[test]
fn a_user_story_joins_slos_that_exist() {
    let loaded = load_text(&story("{ owner: game-team, slos: [web-availability], join: worst }"), Mode::Spec);
    assert_eq!(loaded.findings, []);
    let read = &loaded.definitions.stories[0];
    assert_eq!((read.name.as_str(), read.owner.as_deref(), read.join), ("browse", Some("game-team"), Join::Worst));
    assert_eq!(read.slos, ["web-availability"]);
    for (spec, expect) in [
        ("{ slos: [web-availability] }", vec![]),
        ("{ slos: [] }", vec!["error spec.slos Empty"]),
        ("{ owner: x }", vec!["error spec.slos Missing"]),
        ("{ slos: [web-avail] }", vec!["error spec.slos[0] UnknownReference"]),
        ("{ slos: [web-availability, web-availability] }", vec!["error spec.slos[1] Twice"]),
        ("{ slos: [web-availability], join: and }", vec!["error spec.join UnknownValue"]),
        ("{ slos: [web-availability], members: [] }", vec!["error spec.members UnknownField"]),
        ("{ slos: web-availability }", vec!["error spec.slos NotList"]),
    ] {
        assert_eq!(told(&story(spec), Mode::Spec), expect, "{spec}");
    }
}

#[test]
fn alert_policies_are_resolved_into_the_slo_that_names_or_holds_them() {
    let condition = "apiVersion: openslo/v1\nkind: AlertCondition\nmetadata: { name: fast, annotations: { nines.dev/shortWindow: 10m } }\nspec: { severity: page, condition: { kind: burnrate, op: gte, threshold: 13.44, lookbackWindow: 1h, alertAfter: 2m } }\n";
    let target = "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: { name: on-call }\nspec: { target: pagerduty }\n";
    let inline =
        with(&POLICY.replace('\n', "\n      "), "apiVersion: openslo/v1", "  ").replace("low-priority", "inside");
    let text = [
        SLO.to_owned(),
        "  alertPolicies:\n    - alertPolicyRef: high\n    -\n      ".to_owned(),
        inline.trim_end().to_owned(),
        "\n---\napiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: { name: high }\nspec: { conditions: [ { conditionRef: fast } ], notificationTargets: [ { targetRef: on-call } ] }\n---\n".to_owned(),
        condition.to_owned(),
        "---\n".to_owned(),
        target.to_owned(),
    ]
    .concat();
    let loaded = load_text(&text, Mode::Spec);
    assert_eq!(loaded.findings, []);
    let policies = &loaded.definitions.slos[0].alert_policies;
    let [high, inside] = policies.as_slice() else { panic!("{policies:?}") };
    assert_eq!((high.name.as_str(), inside.name.as_str()), ("high", "inside"));
    assert_eq!((&high.targets[..], &inside.targets[..]), (&["on-call".to_owned()][..], &["mail".to_owned()][..]));
    assert_eq!(high.when, AlertWhen::ALL);
    assert_eq!(inside.when, AlertWhen { breaching: true, resolved: false, no_data: false });
    let fast = &high.condition;
    assert_eq!((fast.severity.as_str(), fast.op), ("page", Comparison::Gte));
    assert_eq!(Some(fast.threshold), Fraction::new(1344, 100));
    assert_eq!((fast.lookback, fast.short), (DurationUs::from_secs(3600), DurationUs::from_secs(600)));
    assert_eq!(fast.alert_after, DurationUs::from_secs(120));
    let slow = &inside.condition;
    assert_eq!((slow.severity.as_str(), slow.short), ("ticket", DurationUs::from_secs(6 * 3600)));
    let targets: Vec<_> = loaded.definitions.notification_targets.iter().map(|target| target.name.as_str()).collect();
    assert_eq!(targets, ["on-call", "mail"]);
}

/// What is told of an object of ours.
fn told_of_own(kind: &str, spec: &str) -> Vec<String> {
    let text =
        format!("{SLO}---\napiVersion: nines.dev/v1alpha1\nkind: {kind}\nmetadata: {{ name: x }}\nspec: {spec}\n");
    told(&text, Mode::Spec)
}

#[test]
fn an_error_budget_policy_has_states_from_much_to_none() {
    let check = |spec: &str, expect: &[&str]| assert_eq!(told_of_own("ErrorBudgetPolicy", spec), expect, "{spec}");
    let whole = "{ services: [web], states: [
        { name: healthy, above: 0.5 },
        { name: caution, above: 0.25, actions: { requireApproval: [feature] } },
        { name: restricted, above: 0.0, actions: { allow: [fix, security, rollback], canaryMax: 10 } },
        { name: exhausted, actions: { freeze: true, allow: [security, rollback] } } ],
      leave: { above: 0.05, dwell: 1h }, incident: { share: 0.2, then: postmortem },
      exceptions: { tokens: 3, per: 90d, approverNotRequester: true, expires: 24h }, onUnknown: held }";
    check(whole, &[]);
    check(&with(whole, "services: [web]", "selector: { labels: { tier: one } }"), &[]);
    check(&with(whole, "services: [web], ", ""), &["error spec NeitherGiven"]);
    check(
        &with(whole, "services: [web]", "services: [web], selector: { labels: { a: b } }"),
        &["error spec NotTogether"],
    );
    check(&with(whole, "services: [web]", "services: [wob, '*']"), &["warning spec.services[0] UnknownReference"]);
    check(&with(whole, "above: 0.25", "above: 0.5"), &["error spec.states[1].above StateNotBelow"]);
    check(
        &with(whole, ", above: 0.25", ""),
        &["error spec.states[2] StateUnreachable", "error spec.states[3] StateUnreachable"],
    );
    check(&with(whole, "name: caution", "name: healthy"), &["error spec.states[1].name Twice"]);
    check(&with(whole, "allow: [fix,", "allow: [fixes,"), &["error spec.states[2].actions.allow[0] UnknownValue"]);
    check(&with(whole, "canaryMax: 10", "canaryMax: 101"), &["error spec.states[2].actions.canaryMax NotWhole"]);
    check(&with(whole, "freeze: true", "freeze: 1"), &["error spec.states[3].actions.freeze NotBoolean"]);
    check(&with(whole, "share: 0.2", "share: 20"), &["error spec.incident.share NotShare"]);
    check(&with(whole, "dwell: 1h", "dwell: 60s"), &["error spec.leave.dwell BadDuration"]);
    check(&with(whole, "onUnknown: held", "onUnknown: hold"), &["error spec.onUnknown UnknownValue"]);
    check(&with(whole, "tokens: 3", "tokens: -1"), &["error spec.exceptions.tokens NotWhole"]);
    check(&with(whole, "above: 0.25", "above: 1.5"), &["error spec.states[1].above NotLevel"]);
    check("{ services: [web] }", &["error spec.states Missing"]);
}

#[test]
fn own_kinds_are_read_into_the_model_exactly() {
    use crate::gate::{ChangeKind, OnUnknown};
    use crate::model::Ppb;
    use crate::policy::objects::{AdjustmentMode, ExceptionRule, Leave, Level, Origin};
    let text = format!(
        r#"{SLO}---
apiVersion: nines.dev/v1alpha1
kind: ErrorBudgetPolicy
metadata: {{ name: standard }}
spec:
  services: [web]
  states:
    - {{ name: healthy, above: 0.333333333, actions: {{ notify: [team], maxDeploysPerDay: 5 }} }}
    - {{ name: over, above: -0.5, actions: {{ requireApproval: [feature], canaryMax: 10 }} }}
    - {{ name: gone, actions: {{ freeze: true, allow: [security, rollback] }} }}
  leave: {{ above: 0.05, dwell: 1h }}
  incident: {{ share: 0.2, then: postmortem }}
  exceptions: {{ tokens: 2, per: 30d, approverNotRequester: false }}
  onUnknown: allowed
---
apiVersion: nines.dev/v1alpha1
kind: BudgetAdjustment
metadata: {{ name: sundays }}
spec: {{ slos: [web-availability], mode: as-good, from: "2026-11-01T02:00:00+09:00", for: 2h, rrule: "FREQ=WEEKLY", reason: racks, approvedBy: lee }}
"#
    );
    let loaded = load_text(&text, Mode::Spec);
    assert_eq!(loaded.findings, []);
    let policy = loaded.definitions.policies.of_service("web", &loaded.definitions.services).unwrap();
    assert_eq!(loaded.definitions.policies.of_service("api", &[]), None);
    let levels: Vec<Option<Level>> = policy.states.iter().map(|state| state.above).collect();
    assert_eq!(levels, [Some(Level(333_333_333)), Some(Level(-500_000_000)), None]);
    let actions = &policy.states[2].actions;
    assert_eq!(
        (actions.freeze, actions.allow.as_deref()),
        (true, Some(&[ChangeKind::Security, ChangeKind::Rollback][..]))
    );
    assert_eq!(
        (policy.states[0].actions.max_deploys_per_day, policy.states[1].actions.canary_max),
        (Some(5), Some(10))
    );
    assert_eq!(policy.states[1].actions.require_approval, [ChangeKind::Feature]);
    assert_eq!(policy.leave, Leave { above: Level(50_000_000), dwell: DurationUs::from_secs(3600) });
    assert_eq!((policy.incident_share, policy.on_unknown), (Ppb::new(200_000_000), OnUnknown::Allow));
    let rule = ExceptionRule {
        tokens: 2,
        per: DurationUs::from_secs(30 * 86_400),
        approver_not_requester: false,
        ..ExceptionRule::DEFAULT
    };
    assert_eq!(policy.exceptions, rule);
    let adjustment = &loaded.definitions.slos[0].adjustments[0];
    assert_eq!(
        (adjustment.name.as_str(), adjustment.mode, adjustment.times.rule()),
        ("sundays", AdjustmentMode::AsGood, Some("FREQ=WEEKLY"))
    );
    assert_eq!(adjustment.times.first().from, nines_base::Timestamp::from_secs(1_793_466_000));
    assert!(matches!(&adjustment.origin, Origin::File(place) if place.file == "f"));
}

#[test]
fn freezes_exceptions_and_adjustments_have_a_reason_a_person_and_an_end() {
    let freeze = r#"{ services: ["*"], from: "2026-12-30T00:00:00+09:00", until: "2027-01-02T00:00:00+09:00", rrule: null, reason: holidays, by: ops }"#;
    let check = |spec: &str, expect: &[&str]| assert_eq!(told_of_own("Freeze", spec), expect, "{spec}");
    check(freeze, &[]);
    check(&with(freeze, "2027-01-02", "2026-01-02"), &["error spec.until EndsBeforeStart"]);
    check(&with(freeze, "2026-12-30T00:00:00+09:00", "2026-12-30"), &["error spec.from BadTime"]);
    check(&with(freeze, ", by: ops", ""), &["error spec.by Missing"]);
    check(&with(freeze, "rrule: null", "rrule: FREQ=YEARLY, timeZone: Asia/Seoul, env: prod"), &[]);
    check(
        &with(freeze, "rrule: null", "rrule: FREQ=YEARLY, timeZone: Asia/Soul"),
        &["error spec.timeZone UnknownTimeZone"],
    );
    check(&with(freeze, "rrule: null", "rrule: FREQ=HOURLY"), &["error spec.rrule RuleNotSupported"]);
    check(&with(freeze, "rrule: null", "rrule: FREQ=DAILY;COUNT=x"), &["error spec.rrule RuleBadValue"]);
    check(&with(freeze, "rrule: null", "rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), &["error spec.rrule RuleNever"]);
    check(&with(freeze, "rrule: null", "rrule: COUNT=2"), &["error spec.rrule RuleWithoutFrequency"]);
    check(
        &with(freeze, "rrule: null", "rrule: FREQ=DAILY;COUNT=2;UNTIL=20271231"),
        &["error spec.rrule RuleEndsTwice"],
    );
    check(&with(freeze, "rrule: null", "rrule: EVERY=DAY"), &["error spec.rrule RulePartUnknown"]);
    check(&with(freeze, "services: [\"*\"], ", ""), &["error spec.services Missing"]);

    let exception = r#"{ service: web, change: 4f2a9c1, reason: login broken, requestedBy: kim, approvedBy: lee, expires: "2026-11-24T00:00:00Z" }"#;
    let check = |spec: &str, expect: &[&str]| assert_eq!(told_of_own("Exception", spec), expect, "{spec}");
    check(exception, &[]);
    check(&with(exception, "4f2a9c1", "4711"), &[]);
    check(&with(exception, "4f2a9c1", "''"), &["error spec.change Empty"]);
    check(&with(exception, "lee", "kim"), &["warning spec.approvedBy ApprovedByRequester"]);
    check(&with(exception, "expires", "expire"), &["error spec.expires Missing", "error spec.expire UnknownField"]);

    let adjustment = r#"{ slos: [web-availability], mode: removed, from: "2026-11-01T00:00:00Z", for: 24h, rrule: null, category: maintenance, reason: the old racks go, approvedBy: lee }"#;
    let check = |spec: &str, expect: &[&str]| assert_eq!(told_of_own("BudgetAdjustment", spec), expect, "{spec}");
    check(adjustment, &[]);
    check(&with(adjustment, "mode: removed", "mode: as-good"), &[]);
    check(&with(adjustment, "mode: removed", "mode: asgood"), &["error spec.mode UnknownValue"]);
    check(&with(adjustment, "web-availability", "web-latency"), &["error spec.slos[0] UnknownReference"]);
    check(&with(adjustment, "for: 24h", "for: 24 hours"), &["error spec.for BadDuration"]);
    check(&with(adjustment, "for: 24h, ", ""), &["error spec.for Missing"]);
}

#[test]
fn an_adjustment_with_a_filter_may_hold_always() {
    let adjustment =
        r#"{ slos: [web-availability], mode: removed, where: 'load.test=true', reason: load tests, approvedBy: lee }"#;
    let check = |spec: &str, expect: &[&str]| assert_eq!(told_of_own("BudgetAdjustment", spec), expect, "{spec}");
    check(adjustment, &[]);
    check(&with(adjustment, "reason", "from: \"2026-11-01T00:00:00Z\", reason"), &[]);
    check(&with(adjustment, "reason", "from: \"2026-11-01T00:00:00Z\", for: 24h, reason"), &[]);
    check(&with(adjustment, "reason", "for: 24h, reason"), &["error spec.from Missing"]);
    check(&with(adjustment, "'load.test=true'", "'load.test='"), &["error spec.where BadFilter"]);
    check(&with(adjustment, "'load.test=true'", "''"), &["error spec.where EmptyFilter"]);
    let many: String = (0..5)
        .map(|n| {
            let spec = with(adjustment, "load.test=true", &format!("load.test={n}"));
            format!("---\napiVersion: nines.dev/v1alpha1\nkind: BudgetAdjustment\nmetadata: {{ name: load-{n} }}\nspec: {spec}\n")
        })
        .collect();
    let loaded = load_text(&format!("{SLO}{many}"), Mode::Spec);
    let told: Vec<String> = loaded.findings.iter().map(|finding| format!("{:?}", finding.fact)).collect();
    assert_eq!(told, ["TooManyFilters { slo: \"web-availability\", most: 4 }"]);
}

#[test]
fn every_object_is_listed_with_its_place_in_the_order_of_the_files() {
    let second = "apiVersion: openslo/v1\nkind: Service\nmetadata: { name: shop }\n";
    let loaded = load_files(&[("web.yaml", SLO), ("shop.yaml", second)]);
    let listed = |object: &crate::model::Declared| format!("{} {} {}", object.kind, object.name, object.place.file);
    let objects: Vec<String> = loaded.definitions.objects.iter().map(listed).collect();
    assert_eq!(objects, ["Service web web.yaml", "SLO web-availability web.yaml", "Service shop shop.yaml"]);
    assert_eq!(loaded.definitions.objects[2].place.line, 3);
}
