//! `openslo/v1alpha`: kinds Service and SLO.

use super::super::field::{Field, Object};
use super::super::finding::Log;
use super::super::messages::{Fact, Hint};
use super::value::{Written, mapping, of, text};
use nines_yaml::Value;

/// The object as `openslo/v1`.
pub(super) fn convert(object: &Object<'_>, log: &mut Log) -> Option<Written> {
    let kind = object.require("kind", "kind: SLO", log)?;
    let kind = kind.choice(&[("Service", "Service"), ("SLO", "SLO")], log)?;
    let metadata = object.require("metadata", "metadata: { name: … }", log)?;
    let spec = object.get("spec");
    let spec = match (kind, &spec) {
        ("SLO", Some(spec)) => Some(convert_slo(spec, &metadata, log)?),
        ("SLO", None) => {
            object.require("spec", "spec: { … }", log);
            return None;
        }
        (_, spec) => spec.as_ref().map(|field| of(field.node)),
    };
    let fields = [
        ("apiVersion", Some(text("openslo/v1"))),
        ("kind", Some(text(kind))),
        ("metadata", Some(of(metadata.node))),
        ("spec", spec),
    ];
    Some(mapping(fields))
}

fn convert_slo(spec: &Field<'_>, metadata: &Field<'_>, log: &mut Log) -> Option<Written> {
    let known = ["description", "service", "indicator", "timeWindows", "budgetingMethod", "objectives"];
    let spec = spec.object(&known, log)?;
    let kept = |key: &str| spec.get(key).map(|field| of(field.node));
    let own_indicator = match spec.get("indicator") {
        Some(field) => {
            let indicator = field.object(&["thresholdMetric"], log)?;
            let metric = indicator.require("thresholdMetric", "thresholdMetric: { … }", log)?;
            let metric = mapping([("thresholdMetric", Some(convert_metric(&metric, log)?))]);
            Some(indicator_of(metric, metadata, None))
        }
        None => None,
    };
    let objectives = spec.require("objectives", "objectives: [ … ]", log)?.filled_list(log)?;
    let mut converted = Vec::new();
    for field in &objectives {
        converted.push(convert_objective(field, log)?);
    }
    let (indicator, objectives) = place_indicators(own_indicator, converted, metadata);
    Some(mapping([
        ("description", kept("description")),
        ("service", kept("service")),
        ("indicator", indicator),
        ("timeWindow", spec.get("timeWindows").and_then(|field| convert_windows(&field, log))),
        ("budgetingMethod", kept("budgetingMethod")),
        ("objectives", Some(Written::List(objectives))),
    ]))
}

/// An objective's own fields, and its ratio.
type Objective = (Vec<(String, Written)>, Option<Written>);

fn convert_objective(field: &Field<'_>, log: &mut Log) -> Option<Objective> {
    let kept = ["displayName", "op", "value", "target", "timeSliceTarget", "timeSliceWindow"];
    let known = [&kept[..], &["ratioMetrics"]].concat();
    let object = field.object(&known, log)?;
    let own = kept.into_iter().filter_map(|key| Some((key.to_owned(), of(object.get(key)?.node)))).collect();
    let ratio = match object.get("ratioMetrics") {
        Some(field) => Some(convert_ratio(&field, log)?),
        None => None,
    };
    Some((own, ratio))
}

/// One ratio for all objectives is the SLO's indicator; different ones are each objective's own.
fn place_indicators(
    own: Option<Written>,
    objectives: Vec<Objective>,
    metadata: &Field<'_>,
) -> (Option<Written>, Vec<Written>) {
    let first = objectives.first().and_then(|(_, ratio)| ratio.clone());
    let is_shared = objectives.iter().all(|(_, ratio)| *ratio == first);
    let shared = own.or_else(|| first.filter(|_| is_shared).map(|ratio| indicator_of(ratio, metadata, None)));
    let has_shared = shared.is_some();
    let written = (1..).zip(objectives).map(|(number, (mut fields, ratio))| {
        if let Some(ratio) = ratio.filter(|_| !has_shared) {
            fields.push(("indicator".to_owned(), indicator_of(ratio, metadata, Some(number))));
        }
        // `op` and `value` belong to thresholds; v1alpha asks for a value everywhere.
        Written::Mapping(fields)
    });
    let objectives = written.collect();
    (shared, objectives)
}

fn indicator_of(metric: Written, metadata: &Field<'_>, number: Option<usize>) -> Written {
    let name = match &metadata.node.value {
        Value::Mapping(entries) => {
            entries.iter().find(|entry| entry.key == "name").and_then(|entry| match &entry.value.value {
                Value::Scalar(scalar) => Some(scalar.text.clone()),
                _ => None,
            })
        }
        _ => None,
    };
    let name = name.unwrap_or_else(|| "indicator".to_owned());
    let name = number.map_or(name.clone(), |number| format!("{name}-{number}"));
    mapping([("metadata", Some(mapping([("name", Some(text(name)))]))), ("spec", Some(metric))])
}

fn convert_ratio(field: &Field<'_>, log: &mut Log) -> Option<Written> {
    let ratio = field.object(&["incremental", "counter", "good", "bad", "total"], log)?;
    let mut half = |key: &str| match ratio.get(key) {
        Some(field) => convert_metric(&field, log).map(Some),
        None => Some(None),
    };
    let (good, bad, total) = (half("good")?, half("bad")?, half("total")?);
    let counter = ratio.get("counter").or_else(|| ratio.get("incremental")).map(|field| of(field.node));
    let ratio = mapping([("counter", counter), ("good", good), ("bad", bad), ("total", total)]);
    Some(mapping([("ratioMetric", Some(ratio))]))
}

/// `source`, `queryType`, `query` and `metadata` as a metric source of that type.
fn convert_metric(field: &Field<'_>, log: &mut Log) -> Option<Written> {
    let metric = field.object(&["source", "queryType", "query", "metadata"], log)?;
    let kept = |key: &str| metric.get(key).map(|field| of(field.node));
    let source = metric.require("source", "source: prometheus", log).map(|field| of(field.node))?;
    let spec = mapping([("queryType", kept("queryType")), ("query", kept("query")), ("metadata", kept("metadata"))]);
    let source = mapping([("type", Some(source)), ("spec", Some(spec))]);
    Some(mapping([("metricSource", Some(source))]))
}

/// Time windows in units, as durations.
fn convert_windows(field: &Field<'_>, log: &mut Log) -> Option<Written> {
    let units =
        [("Minute", 'm'), ("Hour", 'h'), ("Day", 'd'), ("Week", 'w'), ("Month", 'M'), ("Quarter", 'Q'), ("Year", 'Y')];
    let mut windows = Vec::new();
    for item in field.list(log)? {
        let window = item.object(&["unit", "count", "isRolling", "calendar"], log)?;
        let unit = window.require("unit", "unit: Day", log)?.choice(&units, log)?;
        const COUNT_MAX: u32 = 36_500;
        let count = window.require("count", "count: 28", log)?.whole(1, COUNT_MAX, log)?;
        windows.push(mapping([
            ("duration", Some(text(format!("{count}{unit}")))),
            ("isRolling", window.get("isRolling").map(|field| of(field.node))),
            ("calendar", window.get("calendar").map(|field| of(field.node))),
        ]));
    }
    if windows.is_empty() {
        log.error(field.spot(), Fact::Empty, Hint::Add { example: "timeWindows: [ … ]".to_owned() });
    }
    Some(Written::List(windows))
}
