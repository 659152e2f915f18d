//! Plans and what others decide, as programs read them: JSON.

use nines_traffic::plan::{Changes, Decider, Fates, Ground, Plan, RuleChange, SetChange};
use serde_json::{Value, json};

/// A plan.
#[must_use]
pub fn plan(plan: &Plan) -> Value {
    let Plan { asked, ground: Ground { boot, generation, .. }, changes, .. } = plan;
    let operator = asked.operator.map(|operator| {
        json!({ "client": operator.client.to_string(), "own": operator.own.to_string(), "port": operator.port })
    });
    let Changes { rules, sets, fates: Fates { shown, n_changed, n_tried }, deciders: others, legacy } = changes;
    let rules: Vec<Value> = rules.iter().map(rule).collect();
    let sets: Vec<Value> = sets.iter().map(set).collect();
    let shown: Vec<Value> =
        shown.iter().map(|fate| json!({ "packet": fate.packet, "before": fate.before, "after": fate.after })).collect();
    json!({
        "id": plan.id().as_str(), "file": asked.file, "operator": operator, "boot": boot, "generation": generation,
        "rules": rules, "sets": sets, "fates": { "changed": n_changed, "tried": n_tried, "shown": shown },
        "foreign": deciders(others), "legacy": legacy, "text": asked.text,
    })
}

/// Chains of others on the way of our packets.
#[must_use]
pub fn deciders(deciders: &[Decider]) -> Vec<Value> {
    let object = |decider: &Decider| {
        json!({
            "tool": decider.tool, "table": decider.table, "chain": decider.chain, "hook": decider.hook,
            "priority": decider.priority, "mayDrop": decider.may_drop, "translates": decider.translates,
        })
    };
    deciders.iter().map(object).collect()
}

fn rule(change: &RuleChange) -> Value {
    json!({ "id": change.id, "before": change.before, "after": change.after })
}

fn set(change: &SetChange) -> Value {
    json!({ "name": change.name, "added": change.n_added, "removed": change.n_removed })
}
