//! DataSource, AlertPolicy, AlertCondition and AlertNotificationTarget.
//!
//! They are checked in full. Of what they say, only burn thresholds are used here, to tell of those
//! that no SLO could ever reach.

use super::envelope::{Index, Item, Kind, read_metadata, read_reference};
use super::field::{Field, Object};
use super::finding::{ByMode, Log};
use super::messages::{Fact, Hint};
use crate::model::{Comparison, PPB_ONE};
use std::collections::BTreeMap;

/// A condition's burn threshold, where it stands.
#[derive(Clone, Debug)]
pub(super) struct BurnThreshold<'t> {
    pub(super) value: f64,
    pub(super) text: &'t str,
    pub(super) field: Field<'t>,
}

/// Burn thresholds by the name of what holds them.
pub(super) type Thresholds<'t> = BTreeMap<&'t str, BurnThreshold<'t>>;

/// Operators of conditions and objectives.
pub(super) const OPERATORS: [(&str, Comparison); 4] =
    [("lte", Comparison::Lte), ("gte", Comparison::Gte), ("lt", Comparison::Lt), ("gt", Comparison::Gt)];

/// Reads a DataSource and gives its type.
pub(super) fn read_data_source<'t>(item: &Item<'t>, log: &mut Log) -> Option<&'t str> {
    let spec = item.spec(&["description", "type", "connectionDetails"], log)?;
    spec.description(log);
    // Any YAML may stand there.
    spec.require("connectionDetails", "connectionDetails: { url: … }", log);
    spec.require("type", "type: Prometheus", log)?.filled_text(log)
}

/// Reads an AlertNotificationTarget.
pub(super) fn read_notification_target(item: &Item<'_>, log: &mut Log) {
    if let Some(spec) = item.object.require("spec", "spec: { target: slack }", log) {
        read_target_spec(&spec, log);
    }
}

fn read_target_spec(spec: &Field<'_>, log: &mut Log) {
    let Some(spec) = spec.object(&["description", "target"], log) else { return };
    spec.description(log);
    if let Some(target) = spec.require("target", "target: slack", log) {
        target.filled_text(log);
    }
}

/// Reads an AlertCondition.
pub(super) fn read_condition<'t>(item: &Item<'t>, log: &mut Log) -> Option<BurnThreshold<'t>> {
    let spec = item.object.require("spec", "spec: { severity: page, condition: { … } }", log)?;
    read_condition_spec(&spec, log)
}

fn read_condition_spec<'t>(spec: &Field<'t>, log: &mut Log) -> Option<BurnThreshold<'t>> {
    let spec = spec.object(&["description", "severity", "condition"], log)?;
    spec.description(log);
    if let Some(severity) = spec.require("severity", "severity: page", log) {
        severity.filled_text(log);
    }
    let example = "condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h }";
    let condition = spec.require("condition", example, log)?;
    let condition = condition.object(&["kind", "op", "threshold", "lookbackWindow", "alertAfter"], log)?;
    check_condition_kind(&condition, log);
    if let Some(op) = condition.require("op", "op: gt", log) {
        op.choice(&OPERATORS, log);
    }
    if let Some(lookback) = condition.require("lookbackWindow", "lookbackWindow: 1h", log) {
        lookback.length(log);
    }
    if let Some(after) = condition.get("alertAfter") {
        after.shorthand(log);
    }
    let field = condition.require("threshold", "threshold: 14.4", log)?;
    let (value, text) = field.float(log)?;
    Some(BurnThreshold { value, text, field })
}

/// `kind` of a condition: the specification's text has a default, its SDK has none.
fn check_condition_kind(condition: &Object<'_>, log: &mut Log) {
    match condition.get("kind") {
        Some(kind) => {
            kind.choice(&[("burnrate", ())], log);
        }
        None => {
            let fact = Fact::Missing { field: "kind".to_owned() };
            let hint = Hint::Add { example: "kind: burnrate".to_owned() };
            log.by_mode(ByMode::SDK_REFUSES_QUIETLY, condition.missing_spot("kind"), fact, hint);
        }
    }
}

/// Reads an AlertPolicy; `conditions` are the thresholds of AlertConditions by name.
pub(super) fn read_policy<'t>(
    item: &Item<'t>,
    conditions: &Thresholds<'t>,
    index: &Index<'t>,
    log: &mut Log,
) -> Option<BurnThreshold<'t>> {
    let spec = item.object.require("spec", "spec: { conditions: [ … ], notificationTargets: [ … ] }", log)?;
    read_policy_spec(&spec, conditions, index, log)
}

fn read_policy_spec<'t>(
    spec: &Field<'t>,
    conditions: &Thresholds<'t>,
    index: &Index<'t>,
    log: &mut Log,
) -> Option<BurnThreshold<'t>> {
    const FLAGS: [&str; 3] = ["alertWhenNoData", "alertWhenResolved", "alertWhenBreaching"];
    let known = ["description", FLAGS[0], FLAGS[1], FLAGS[2], "conditions", "notificationTargets"];
    let spec = spec.object(&known, log)?;
    spec.description(log);
    for flag in FLAGS.into_iter().filter_map(|flag| spec.get(flag)) {
        flag.boolean(log);
    }
    if let Some(targets) = spec.require("notificationTargets", "notificationTargets: [ { targetRef: on-call } ]", log) {
        for target in targets.filled_list(log).unwrap_or_default() {
            if let Some(Part::Inline(spec)) = read_part(&target, "targetRef", Kind::AlertNotificationTarget, index, log)
            {
                read_target_spec(&spec, log);
            }
        }
    }
    let field = spec.require("conditions", "conditions: [ { conditionRef: fast-burn } ]", log)?;
    let items = field.list(log)?;
    let [condition] = items.as_slice() else {
        let hint = Hint::WriteAs { example: "conditions: [ { conditionRef: fast-burn } ]".to_owned() };
        log.error(field.spot(), Fact::ExactlyOne { found: items.len() }, hint);
        return None;
    };
    match read_part(condition, "conditionRef", Kind::AlertCondition, index, log)? {
        Part::Named(name) => conditions.get(name).cloned(),
        Part::Inline(spec) => read_condition_spec(&spec, log),
    }
}

/// The alert policies of an SLO: their thresholds, each at the place that the SLO answers for.
pub(super) fn read_policies_of_slo<'t>(
    field: &Field<'t>,
    policies: &Thresholds<'t>,
    conditions: &Thresholds<'t>,
    index: &Index<'t>,
    log: &mut Log,
) -> Vec<BurnThreshold<'t>> {
    let mut thresholds = Vec::new();
    for item in field.list(log).unwrap_or_default() {
        let threshold = match read_part(&item, "alertPolicyRef", Kind::AlertPolicy, index, log) {
            Some(Part::Named(name)) => {
                policies.get(name).map(|threshold| BurnThreshold { field: item, ..threshold.clone() })
            }
            Some(Part::Inline(spec)) => read_policy_spec(&spec, conditions, index, log),
            None => None,
        };
        thresholds.extend(threshold);
    }
    thresholds
}

/// An object that is named, or written in place.
enum Part<'t> {
    Named(&'t str),
    Inline(Field<'t>),
}

/// Reads a reference by `reference_key`, or an inline object of `kind` with its metadata and spec.
fn read_part<'t>(
    field: &Field<'t>,
    reference_key: &str,
    kind: Kind,
    index: &Index<'t>,
    log: &mut Log,
) -> Option<Part<'t>> {
    let object = field.object(&[reference_key, "kind", "metadata", "spec"], log)?;
    let inline = ["kind", "metadata", "spec"].into_iter().any(|key| object.get(key).is_some());
    if let Some(reference) = object.get(reference_key) {
        if inline {
            object.not_together(reference_key, "spec", log);
            return None;
        }
        let name = read_reference(&reference, log)?;
        return index.check(kind, name, &reference, ByMode::BOTH_REFUSE, log).then_some(Part::Named(name));
    }
    if !inline {
        object.either(reference_key, "spec", log);
        return None;
    }
    if let Some(field) = object.require("kind", &format!("kind: {}", kind.name()), log) {
        field.choice(&[(kind.name(), ())], log);
    }
    if let Some(metadata) = object.require("metadata", "metadata: { name: … }", log) {
        read_metadata(&metadata, log);
    }
    object.require("spec", "spec: { … }", log).map(Part::Inline)
}

/// Tells of thresholds above 1/(1 - target), which even an outage of everything cannot reach.
pub(super) fn check_reachable(slo: &str, rests_ppb: &[u32], thresholds: &[BurnThreshold<'_>], log: &mut Log) {
    let Some(rest_most) = rests_ppb.iter().copied().filter(|rest| *rest > 0).max() else { return };
    // The objective with the largest budget burns slowest: what it cannot reach is told once.
    let most = f64::from(PPB_ONE) / f64::from(rest_most);
    for threshold in thresholds {
        // Multiplied out, so that 20 at a target of 95 % compares exactly.
        if threshold.value * f64::from(rest_most) > f64::from(PPB_ONE) {
            let most = || format!("{}", (most * 1000.0).round() / 1000.0);
            let fact =
                Fact::BurnUnreachable { threshold: threshold.text.to_owned(), slo: slo.to_owned(), most: most() };
            log.error(threshold.field.spot(), fact, Hint::LowerThreshold { most: most() });
        }
    }
}
