//! Policy over a ledger: what is written once, what a restart remembers, what is in force together.

use super::super::past::tests::caught_up;
use super::super::tests::{SLO, START, World, counts, definitions_of};
use super::commands::Refusal;
use super::events::{lift_event, object_event, object_text, recorded_of};
use super::*;
use nines_base::Clock;
use nines_ledger::{EventQuery, SqliteLedger};
use nines_slo::gate::Effect;
use nines_slo::openslo::read_object;
use nines_slo::policy::exception::Standing;
use serde_json::{Value, json};

const POLICY: &str = r#"---
apiVersion: nines.dev/v1alpha1
kind: ErrorBudgetPolicy
metadata: { name: standard }
spec:
  services: [shop]
  states:
    - { name: healthy,   above: 0.25 }
    - { name: low,       above: 0, actions: { allow: [fix], notify: [team] } }
    - { name: exhausted, actions: { freeze: true, allow: [rollback] } }
  leave: { above: 0.05, dwell: 10m }
  incident: { share: 0.2, then: postmortem }
  exceptions: { tokens: 1, per: 30d }
---
apiVersion: nines.dev/v1alpha1
kind: Exception
metadata: { name: in-a-file }
spec: { service: shop, change: abc, reason: r, requestedBy: kim, approvedBy: lee, expires: "2036-11-24T00:00:00Z" }
---
apiVersion: nines.dev/v1alpha1
kind: Freeze
metadata: { name: of-a-file }
spec: { services: ["*"], env: prod, from: "2020-01-01T00:00:00Z", until: "2040-01-01T00:00:00Z", reason: r, by: ops }
"#;

fn judge(world: &World) -> Judge {
    world.judge_of(definitions_of(&format!("{SLO}{POLICY}")))
}

fn ask(kind: ChangeKind) -> GateAsk {
    GateAsk { service: "shop".into(), env: Some("staging".into()), kind, ..GateAsk::default() }
}

fn kinds(ledger: &SqliteLedger, topic: &str) -> Vec<(String, String)> {
    let query = EventQuery { topics: vec![topic.into()], ..EventQuery::default() };
    let events = ledger.events(&query).unwrap();
    let state = |event: &Event| {
        let payload: Value = serde_json::from_str(event.payload.as_deref().unwrap()).unwrap();
        payload["state"].as_str().unwrap_or_default().to_owned()
    };
    events.iter().map(|event| (event.kind.clone(), state(event))).collect()
}

/// The ids that end with 0 fail.
fn fail(world: &World, ids: std::ops::Range<u64>) {
    ids.for_each(|n| world.append(n * 10..n * 10 + 1));
}

fn pass(world: &World, ids: std::ops::Range<u64>) {
    ids.for_each(|n| world.append(n * 10 + 1..n * 10 + 10));
}

fn write(world: &World, kind: &str, name: &str, spec: Value) {
    let text = object_text(kind, name, &spec);
    let object = read_object(&text).unwrap();
    let event = object_event(&object, text, world.clock.now()).unwrap();
    world.ledger.append(&[event]).unwrap();
}

#[test]
fn a_state_is_written_when_it_changes_and_a_restart_goes_on_with_it() {
    let world = World::new();
    let judge_1 = judge(&world);
    pass(&world, 1..20);
    counts(&judge_1);
    judge_1.evaluate().unwrap();
    judge_1.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger, "policy"), [("policy.state".into(), "healthy".into())], "once");
    fail(&world, 100..130);
    counts(&judge_1);
    judge_1.evaluate().unwrap();
    let (_, held) = judge_1.gate(&ask(ChangeKind::Fix));
    assert_eq!((held.is_allowed, held.state.as_deref()), (false, Some("exhausted")));
    assert!(judge_1.gate(&ask(ChangeKind::Rollback)).1.is_allowed);
    judge_1.commit(true).unwrap();

    // An hour later the window is empty, then good again: the state stays for the dwell, restart or not.
    world.clock.advance(DurationUs::from_secs(3700));
    pass(&world, 200..300);
    counts(&judge_1);
    judge_1.evaluate().unwrap();
    let told: Vec<_> = kinds(&world.ledger, "policy");
    assert_eq!(
        told[1..],
        [("policy.state".into(), "exhausted".into()), ("policy.recovery".into(), "exhausted".into())]
    );
    let before = judge_1.book();
    judge_1.commit(true).unwrap();
    drop(judge_1);

    let judge_2 = judge(&world);
    assert_eq!(judge_2.book(), before, "restart and replay agree");
    counts(&judge_2);
    assert!(!judge_2.gate(&ask(ChangeKind::Feature)).1.is_allowed);
    world.clock.advance(DurationUs::from_secs(600));
    pass(&world, 300..400);
    counts(&judge_2);
    assert!(judge_2.gate(&ask(ChangeKind::Feature)).1.is_allowed, "the dwell began before the restart");
    judge_2.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger, "policy").pop().unwrap(), ("policy.state".into(), "healthy".into()));
}

#[test]
fn freezes_of_files_and_by_command_are_in_force_together() {
    let world = World::new();
    let judge = judge(&world);
    let frozen = |env: Option<&str>| -> Vec<String> {
        let ask = GateAsk { env: env.map(str::to_owned), ..ask(ChangeKind::Feature) };
        judge.gate(&ask).0.freezes.iter().map(|freeze| freeze.name.clone()).collect()
    };
    assert_eq!(frozen(Some("prod")), ["of-a-file"]);
    assert_eq!(frozen(Some("staging")), [""; 0]);
    let spec = json!({ "services": ["shop"], "from": "2026-09-21T00:00:00Z", "until": "2026-09-22T00:00:00Z", "reason": "r", "by": "kim" });
    assert_eq!(START, Timestamp::from_secs(1_790_000_000), "2026-09-21T14:13:20Z");
    write(&world, "Freeze", "now", spec);
    assert_eq!(frozen(Some("staging")), ["now"]);
    assert_eq!(frozen(None), ["of-a-file", "now"]);
    world.ledger.append(&[lift_event("now", "kim", "done", world.clock.now())]).unwrap();
    assert_eq!(frozen(Some("staging")), [""; 0]);
}

#[test]
fn a_dead_freeze_by_command_does_not_hide_that_of_a_file_with_its_name() {
    let world = World::new();
    let judge = judge(&world);
    let spec = json!({ "services": ["shop"], "from": "2026-09-20T00:00:00Z", "until": "2026-09-21T00:00:00Z", "reason": "r", "by": "kim" });
    write(&world, "Freeze", "of-a-file", spec.clone());
    write(&world, "Freeze", "over", spec);
    let lifted = judge.lift("of-a-file", "kim", "done").unwrap();
    assert!(matches!(lifted, Err(Refusal::OfFile { .. })), "{lifted:?}");
    assert!(
        judge.lift("over", "kim", "done").unwrap().is_ok(),
        "what is over may be lifted where nothing else is meant"
    );
    let spec = json!({ "services": ["shop"], "from": "2026-09-21T00:00:00Z", "until": "2026-09-22T00:00:00Z", "reason": "r", "by": "kim" });
    write(&world, "Freeze", "of-a-file", spec);
    assert!(judge.lift("of-a-file", "kim", "done").unwrap().is_ok(), "one in force goes before the file's");
}

#[test]
fn tokens_of_files_and_of_commands_are_counted_together_from_when_they_were_first_seen() {
    let world = World::new();
    let judge = judge(&world);
    judge.evaluate().unwrap();
    judge.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger, "exception").len(), 1, "declared once");
    let spec = json!({ "service": "shop", "change": "def", "reason": "r", "requestedBy": "kim", "approvedBy": "lee", "expires": "2036-01-01T00:00:00Z" });
    world.clock.advance(DurationUs::from_secs(1));
    write(&world, "Exception", "by-command", spec);
    let claim = |change: &str| {
        let (input, _) = judge.gate(&GateAsk { change: Some(change.into()), ..ask(ChangeKind::Feature) });
        let rule = input.policy.as_ref().unwrap().policy.exceptions;
        (input.claims[0].standing(&rule, input.at), input.tokens_left)
    };
    assert_eq!(claim("abc"), (Standing::Valid, 0));
    assert_eq!(claim("def"), (Standing::NoToken, 0));
    world.clock.advance(DurationUs::from_secs(86_400));
    counts(&judge);
    assert_eq!(claim("abc").0, Standing::Expired, "a day after it was first seen");
}

#[test]
fn an_adjustment_by_command_applies_to_what_was_counted_before() {
    let world = World::new();
    let judge = judge(&world);
    pass(&world, 1..5);
    fail(&world, 5..9);
    assert_eq!(counts(&judge), (36, 4));
    let spec = json!({ "slos": ["shop-availability"], "mode": "as-good", "from": "2026-09-21T14:00:00Z", "for": "1h", "reason": "r", "approvedBy": "lee" });
    write(&world, "BudgetAdjustment", "move", spec);
    judge.readjust();
    assert_eq!(counts(&judge), (40, 0));
    let status = &judge.standings()[0].status;
    assert_eq!(status.raw.unwrap().events.bad, 4);
    // A new set of definitions keeps it, and so does a restart.
    judge.load(definitions_of(&format!("{SLO}{POLICY}")), Vec::new());
    assert_eq!(counts(&judge), (40, 0));
    judge.commit(true).unwrap();
    drop(judge);
    assert_eq!(counts(&super::tests::judge(&world)), (40, 0));
}

#[test]
fn an_incident_that_spent_much_is_noted_once_and_told_by_the_gate() {
    let world = World::new();
    let judge = judge(&world);
    pass(&world, 1..20);
    counts(&judge);
    world.clock.advance(DurationUs::from_secs(30));
    fail(&world, 100..130);
    counts(&judge);
    judge.evaluate().unwrap();
    world.clock.advance(DurationUs::from_secs(30));
    fail(&world, 130..140);
    counts(&judge);
    judge.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger, "incident").len(), 1, "it goes on and is the same");
    let (input, verdict) = judge.gate(&ask(ChangeKind::Rollback));
    assert_eq!(input.postmortems.len(), 1);
    assert!(input.postmortems[0].share.as_f64() > 1.0);
    assert!(verdict.reasons.iter().any(|reason| reason.rule.word() == "postmortem" && reason.effect == Effect::Told));
}

#[test]
fn a_days_deploys_are_counted_from_their_marks() {
    let world = World::new();
    let judge = judge(&world);
    let mark = |at: Timestamp| NewEvent {
        at,
        kind: "deploy.marked".into(),
        service: "shop".into(),
        payload: "{}".into(),
        ..NewEvent::default()
    };
    world.ledger.append(&[mark(START), mark(START)]).unwrap();
    assert_eq!(judge.gate(&ask(ChangeKind::Feature)).0.n_deploys, 2);
    world.clock.advance(DurationUs::from_secs(86_400));
    assert_eq!(judge.gate(&ask(ChangeKind::Feature)).0.n_deploys, 0);
}

#[test]
fn what_was_erased_or_is_of_no_policy_says_nothing() {
    let world = World::new();
    let event = NewEvent { at: START, kind: "policy.state".into(), payload: "{}".into(), ..NewEvent::default() };
    let other = NewEvent { at: START, kind: "slo.state".into(), payload: "{}".into(), ..NewEvent::default() };
    let written = world.ledger.append(&[event, other]).unwrap();
    assert!(written.iter().all(|event| recorded_of(event).is_none()));
    let freeze = json!({ "services": ["shop"], "from": "2026-09-21T00:00:00Z", "until": "2026-09-20T00:00:00Z", "reason": "r", "by": "kim" });
    assert!(read_object(&object_text("Freeze", "x", &freeze)).is_err());
    assert!(read_object(&object_text("SLO", "x", &freeze)).is_err());
}

#[test]
fn a_command_is_refused_with_its_reason_and_recorded_where_it_may_be() {
    use super::commands::Refusal;
    let world = World::new();
    let judge = judge(&world);
    let record = |kind: &str, name: &str, spec: Value| {
        let text = object_text(kind, name, &spec);
        judge.record(&read_object(&text).unwrap(), text).unwrap().map(|event| event.kind)
    };
    let freeze = json!({ "services": ["shop"], "from": "2026-09-21T00:00:00Z", "until": "2026-09-22T00:00:00Z", "reason": "r", "by": "kim" });
    assert_eq!(record("Freeze", "mine", freeze.clone()), Ok("freeze.on".into()));
    assert_eq!(record("Freeze", "mine", freeze.clone()), Err(Refusal::NameTaken { name: "mine".into() }));
    assert_eq!(record("Freeze", "of-a-file", freeze.clone()), Err(Refusal::NameTaken { name: "of-a-file".into() }));
    let over = json!({ "services": ["shop"], "from": "2026-09-20T00:00:00Z", "until": "2026-09-21T00:00:00Z", "reason": "r", "by": "kim" });
    assert_eq!(record("Freeze", "over", over), Err(Refusal::Over));
    let lifted = judge.lift("of-a-file", "kim", "r").unwrap();
    assert!(matches!(lifted, Err(Refusal::OfFile { place, .. }) if place.file == "shop.yaml" && place.line > 20));
    assert!(
        matches!(judge.lift("mien", "kim", "r").unwrap(), Err(Refusal::NoFreeze { known, .. }) if known == ["mine", "of-a-file"])
    );
    assert_eq!(judge.lift("mine", "kim", "r").unwrap().unwrap().kind, "freeze.off");
    assert_eq!(record("Freeze", "mine", freeze), Ok("freeze.on".into()), "the name is free again");

    let exception = |change: &str, by: &str| json!({ "service": "shop", "change": change, "reason": "r", "requestedBy": "kim", "approvedBy": by, "expires": "2036-01-01T00:00:00Z" });
    assert_eq!(record("Exception", "a", exception("new", "kim")), Err(Refusal::SamePerson { person: "kim".into() }));
    assert_eq!(
        record("Exception", "a", exception("abc", "lee")),
        Ok("exception.granted".into()),
        "the change of the file has the token"
    );
    let none = Refusal::NoToken { service: "shop".into(), tokens: 1, per: DurationUs::from_secs(30 * 86_400) };
    assert_eq!(record("Exception", "b", exception("new", "lee")), Err(none));

    let adjustment = |slo: &str, from: &str| json!({ "slos": [slo], "mode": "removed", "from": from, "for": "1h", "reason": "r", "approvedBy": "lee" });
    assert_eq!(
        record("BudgetAdjustment", "a", adjustment("shop-latency", "2026-09-21T00:00:00Z")),
        Err(Refusal::NoSlo { name: "shop-latency".into() })
    );
    assert_eq!(
        record("BudgetAdjustment", "a", adjustment("shop-availability", "2026-09-01T00:00:00Z")),
        Err(Refusal::BackDated)
    );
    assert_eq!(
        record("BudgetAdjustment", "a", adjustment("shop-availability", "2026-09-21T00:00:00Z")),
        Ok("adjustment.added".into())
    );
    assert_eq!(judge.standings()[0].slo.adjustments.len(), 1);
}

#[test]
fn of_commands_at_once_no_more_have_a_token_than_there_are() {
    let world = World::new();
    let judge = world.judge_of(definitions_of(SLO));
    let granted = std::thread::scope(|scope| {
        let grant = |number: usize| {
            let judge = &judge;
            scope.spawn(move || {
                let spec = json!({ "service": "shop", "change": format!("c{number}"), "reason": "r", "requestedBy": "kim", "approvedBy": "lee", "expires": "2036-01-01T00:00:00Z" });
                let text = object_text("Exception", &format!("e{number}"), &spec);
                judge.record(&read_object(&text).unwrap(), text).unwrap().is_ok()
            })
        };
        let threads: Vec<_> = (0..8).map(grant).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|granted| *granted).count()
    });
    assert_eq!(granted, 3);
}

/// An SLO of which one part has spent twice its budget and the whole not half of it.
const JOURNEY: &str = r#"apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: journey, annotations: { nines.dev/composite: normalised } }
spec:
  service: shop
  timeWindow: [ { duration: 1h, isRolling: true } ]
  budgetingMethod: Occurrences
  objectives:
    - displayName: all
      target: 0.5
      compositeWeight: 9
      indicator:
        metadata: { name: all }
        spec:
          ratioMetric:
            counter: true
            good:  { metricSource: { type: spans, spec: { where: 'service=shop kind=server !error' } } }
            total: { metricSource: { type: spans, spec: { where: 'service=shop kind=server' } } }
    - displayName: failed
      target: 0.5
      indicator:
        metadata: { name: failed }
        spec:
          ratioMetric:
            counter: true
            good:  { metricSource: { type: spans, spec: { where: 'service=shop kind=server error !error' } } }
            total: { metricSource: { type: spans, spec: { where: 'service=shop kind=server error' } } }
"#;

#[test]
fn a_composite_speaks_for_its_parts_to_gate_and_policy() {
    let world = World::new();
    let judge = world.judge_of(definitions_of(&format!("{JOURNEY}{POLICY}")));
    world.append(1..101);
    while !judge.count().unwrap().is_up {}
    let budgets: Vec<f64> =
        judge.standings().iter().map(|standing| standing.status.budget().unwrap().as_f64()).collect();
    assert!((budgets[0] - 0.8).abs() < 1e-9 && budgets[1] == -1.0 && (budgets[2] - 0.62).abs() < 1e-9, "{budgets:?}");
    judge.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger, "policy"), [("policy.state".into(), "healthy".into())]);
    assert_eq!(kinds(&world.ledger, "incident"), []);
    let (input, verdict) = judge.gate(&ask(ChangeKind::Feature));
    assert_eq!(input.readings.iter().map(|reading| reading.slo.as_str()).collect::<Vec<_>>(), ["journey"]);
    assert!(verdict.is_allowed, "{verdict:?}");
}

#[test]
fn counting_that_is_behind_holds_and_the_record_says_so() {
    let world = World::new();
    let judge = judge(&world);
    pass(&world, 1..20);
    counts(&judge);
    assert!(judge.gate(&ask(ChangeKind::Feature)).1.is_allowed);
    world.clock.advance(DurationUs::from_secs(61));
    let (input, verdict) = judge.gate(&ask(ChangeKind::Feature));
    assert!(input.readings[0].is_silent && !verdict.is_allowed);
    let allow = GateAsk { on_unknown: Some(OnUnknown::Allow), ..ask(ChangeKind::Feature) };
    assert!(judge.gate(&allow).1.is_allowed);
    counts(&judge);
    assert!(judge.gate(&ask(ChangeKind::Feature)).1.is_allowed);
}

#[test]
fn the_first_failure_of_all_needs_no_postmortem() {
    let world = World::new();
    let judge = judge(&world);
    fail(&world, 1..2);
    counts(&judge);
    judge.evaluate().unwrap();
    assert_eq!(kinds(&world.ledger, "incident"), []);
}

#[test]
fn a_freeze_that_is_over_frees_its_name() {
    use super::commands::Refusal;
    let world = World::new();
    let judge = judge(&world);
    let freeze = |until: &str| {
        let spec =
            json!({ "services": ["shop"], "from": "2026-09-21T00:00:00Z", "until": until, "reason": "r", "by": "kim" });
        let text = object_text("Freeze", "move", &spec);
        judge.record(&read_object(&text).unwrap(), text).unwrap().map(|event| event.kind)
    };
    assert_eq!(freeze("2026-09-21T15:00:00Z"), Ok("freeze.on".into()));
    assert_eq!(freeze("2026-09-21T18:00:00Z"), Err(Refusal::NameTaken { name: "move".into() }));
    world.clock.advance(DurationUs::from_secs(3600));
    assert_eq!(freeze("2026-09-21T18:00:00Z"), Ok("freeze.on".into()));
    assert_eq!(judge.book().freezes().len(), 1);
}

#[test]
fn an_exception_is_granted_only_if_it_would_have_a_token() {
    use super::commands::Refusal;
    let world = World::new();
    // One of the two is the file's.
    let judge = world.judge_of(definitions_of(&format!("{SLO}{}", POLICY.replace("tokens: 1", "tokens: 2"))));
    let spec = |change: &str, approver: &str| json!({ "service": "shop", "change": change, "reason": "r", "requestedBy": "kim", "approvedBy": approver, "expires": "2036-01-01T00:00:00Z" });
    // Recorded under a policy that trusted whoever asks: its change has no token under this one.
    write(&world, "Exception", "own", spec("trusted", "kim"));
    let grant = |name: &str, change: &str| {
        let text = object_text("Exception", name, &spec(change, "lee"));
        judge.record(&read_object(&text).unwrap(), text).unwrap().map(|event| event.kind)
    };
    assert_eq!(grant("a", "new"), Ok("exception.granted".into()));
    let none = Refusal::NoToken { service: "shop".into(), tokens: 2, per: DurationUs::from_secs(30 * 86_400) };
    assert_eq!(grant("b", "trusted"), Err(none));
    assert_eq!(grant("c", "new"), Ok("exception.granted".into()), "the change has its token already");
}

#[test]
fn an_adjustment_that_comes_while_definitions_are_loaded_is_not_lost() {
    let world = World::new();
    let judge = judge(&world);
    std::thread::scope(|scope| {
        let counting = judge.counting();
        let loading = scope.spawn(|| judge.load(definitions_of(&format!("{SLO}{POLICY}")), Vec::new()));
        // It has come to where it waits for the counting.
        std::thread::sleep(std::time::Duration::from_millis(200));
        let spec = json!({ "slos": ["shop-availability"], "mode": "as-good", "from": "2026-09-21T14:00:00Z", "for": "1h", "reason": "r", "approvedBy": "lee" });
        write(&world, "BudgetAdjustment", "move", spec);
        let adjusting = scope.spawn(|| judge.readjust());
        drop(counting);
        loading.join().unwrap();
        adjusting.join().unwrap();
    });
    assert_eq!(judge.standings()[0].slo.adjustments.len(), 1);
}

/// Server spans of the shop with these ids that end now, as JSON; those of a load test fail.
fn load_tested(world: &World, ids: std::ops::Range<u64>) {
    let span = |id: u64| {
        let tags = if id.is_multiple_of(2) { r#","tags":{"load.test":"true","error":"x"}"# } else { "" };
        format!(
            r#"{{"traceId":"{id:x}","id":"{id:x}","kind":"SERVER","timestamp":{},"duration":10,"localEndpoint":{{"serviceName":"shop"}}{tags}}}"#,
            world.clock.now().0 - 10
        )
    };
    world.append_spans(&ids.map(span).collect::<Vec<_>>());
}

#[test]
fn an_adjustment_by_a_tag_takes_what_was_stored_before_it_and_what_comes_later() {
    let world = World::new();
    let judge = judge(&world);
    judge.know_past().unwrap();
    world.clock.advance(DurationUs::from_secs(1));
    load_tested(&world, 1..21);
    assert_eq!(counts(&judge), (10, 10));
    let spec = |slo: &str| json!({ "slos": [slo], "mode": "removed", "where": "load.test=true", "from": "2026-09-21T14:00:00Z", "for": "1d", "reason": "r", "approvedBy": "lee" });
    let record = |name: &str, slo: &str| {
        let text = object_text("BudgetAdjustment", name, &spec(slo));
        judge.record(&read_object(&text).unwrap(), text).unwrap().map(|event| event.kind)
    };
    assert_eq!(record("load", "shop-availability"), Ok("adjustment.added".into()));
    assert_eq!(caught_up(&world, &judge), (10, 0), "counted back over what is stored");
    load_tested(&world, 21..41);
    assert_eq!(counts(&judge), (20, 0));
    // A sender that never heard the answer sends all of it again.
    load_tested(&world, 1..41);
    assert_eq!(counts(&judge), (20, 0));
    let status = judge.standings()[0].status.clone();
    let (raw, excluded) = (status.raw.unwrap().events, status.excluded[0].counts);
    assert_eq!(((raw.good, raw.bad), (excluded.good, excluded.bad)), ((20, 20), (0, 20)));

    judge.commit(true).unwrap();
    drop(judge);
    let judge = self::judge(&world);
    judge.know_past().unwrap();
    assert_eq!(counts(&judge), (20, 0), "a restart keeps what was counted apart");
}
