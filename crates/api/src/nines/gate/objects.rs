//! Policies as files write them.

use nines_base::DurationUs;
use nines_slo::gate::{ChangeKind, OnUnknown};
use nines_slo::policy::objects::{Actions, BudgetState, ErrorBudgetPolicy, Level, Scope};
use serde_json::{Map, Value, json};

/// A policy as an object of a file.
pub fn policy_object(policy: &ErrorBudgetPolicy) -> Value {
    let mut spec = Map::new();
    match &policy.scope {
        Scope::Services(services) => spec.insert("services".into(), json!(services.0)),
        Scope::Labels(labels) => spec.insert("selector".into(), json!({ "labels": labels })),
    };
    let states: Vec<Value> = policy.states.iter().map(state).collect();
    spec.insert("states".into(), states.into());
    let leave = json!({ "above": share(policy.leave.above), "dwell": minutes(policy.leave.dwell) });
    spec.insert("leave".into(), leave);
    if let Some(limit) = policy.incident_share {
        let incident = json!({ "share": share(Level(i64::from(limit.parts()))), "then": "postmortem" });
        spec.insert("incident".into(), incident);
    }
    let rule = &policy.exceptions;
    let exceptions = json!({ "tokens": rule.tokens, "per": minutes(rule.per),
        "approverNotRequester": rule.approver_not_requester, "expires": minutes(rule.lasts) });
    spec.insert("exceptions".into(), exceptions);
    let on_unknown = if policy.on_unknown == OnUnknown::Hold { "held" } else { "allowed" };
    spec.insert("onUnknown".into(), on_unknown.into());
    json!({ "apiVersion": "nines.dev/v1alpha1", "kind": "ErrorBudgetPolicy",
            "metadata": { "name": policy.name }, "spec": spec })
}

fn state(state: &BudgetState) -> Value {
    let mut object = json!({ "name": state.name });
    if let Some(above) = state.above {
        object["above"] = share(above);
    }
    if state.actions != Actions::default() {
        object["actions"] = actions(&state.actions);
    }
    object
}

fn actions(actions: &Actions) -> Value {
    let kinds = |kinds: &[ChangeKind]| kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>();
    let mut object = Map::new();
    if !actions.notify.is_empty() {
        object.insert("notify".into(), json!(actions.notify));
    }
    if !actions.require_approval.is_empty() {
        object.insert("requireApproval".into(), json!(kinds(&actions.require_approval)));
    }
    if let Some(allow) = &actions.allow {
        object.insert("allow".into(), json!(kinds(allow)));
    }
    if let Some(most) = actions.max_deploys_per_day {
        object.insert("maxDeploysPerDay".into(), json!(most));
    }
    if let Some(most) = actions.canary_max {
        object.insert("canaryMax".into(), json!(most));
    }
    if actions.freeze {
        object.insert("freeze".into(), json!(true));
    }
    Value::Object(object)
}

/// A share with its billionths: at most thirteen digits, which the nearest float writes out again exactly.
fn share(level: Level) -> Value {
    json!(level.0 as f64 / 1e9)
}

/// Policies know lengths in whole minutes.
fn minutes(length: DurationUs) -> String {
    format!("{}m", length.0 / 60_000_000)
}
