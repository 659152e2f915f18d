//! In which order fields are written: the specification's, which one list says for all kinds.

/// Fields of every kind. No object has two of them in another order.
const FIELDS: [&str; 69] = [
    "apiVersion",
    "kind",
    "metadata",
    "name",
    "displayName",
    "labels",
    "annotations",
    "description",
    "owner",
    "services",
    "selector",
    "service",
    "slos",
    "join",
    "env",
    "mode",
    "severity",
    "condition",
    "change",
    "op",
    "value",
    "threshold",
    "lookbackWindow",
    "alertAfter",
    "target",
    "targetPercent",
    "timeSliceTarget",
    "timeSliceWindow",
    "thresholdMetric",
    "ratioMetric",
    "indicator",
    "indicatorRef",
    "compositeWeight",
    "duration",
    "isRolling",
    "calendar",
    "startTime",
    "timeZone",
    "timeWindow",
    "budgetingMethod",
    "objectives",
    "alertPolicies",
    "alertPolicyRef",
    "conditionRef",
    "targetRef",
    "alertWhenNoData",
    "alertWhenResolved",
    "alertWhenBreaching",
    "conditions",
    "notificationTargets",
    "counter",
    "good",
    "bad",
    "total",
    "rawType",
    "raw",
    "metricSource",
    "metricSourceRef",
    "states",
    "above",
    "actions",
    "leave",
    "incident",
    "from",
    "until",
    "for",
    "rrule",
    "where",
    "category",
];

/// What stands after every other field.
const LAST: [&str; 14] = [
    "reason",
    "requestedBy",
    "approvedBy",
    "by",
    "tokens",
    "per",
    "approverNotRequester",
    "expires",
    "exceptions",
    "onUnknown",
    "share",
    "then",
    "type",
    "spec",
];

/// Below these, keys are the author's own, and stay in their order.
const FREE: [&str; 3] = ["labels", "annotations", "connectionDetails"];

/// Whether the mapping under this key, in a mapping that has `siblings`, has fields of ours.
pub(in crate::openslo) fn is_ordered(key: &str, siblings: &[&str]) -> bool {
    let is_of_source = key == "spec" && siblings.iter().any(|other| ["type", "metricSourceRef"].contains(other));
    !FREE.contains(&key) && !is_of_source
}

/// Where a field belongs; fields that are not known stay between.
pub(in crate::openslo) fn place(key: &str) -> usize {
    let at = |fields: &[&str]| fields.iter().position(|field| *field == key);
    match (at(&FIELDS), at(&LAST)) {
        (Some(place), _) => place,
        (None, Some(place)) => FIELDS.len() + 1 + place,
        (None, None) => FIELDS.len(),
    }
}
