//! The SLO: indicator, window, budgeting method and objectives, put together for the model.

use super::alerting::{Alerts, OPERATORS, check_reachable};
use super::envelope::{Item, Kind, MERELY_NAMED, read_reference};
use super::field::{Either, Field, Object};
use super::finding::{ByMode, Log};
use super::indicator::{Indicator, Sources, read_inline};
use super::messages::{Fact, Hint};
use super::quantity::{Decimal, PpbFault};
use super::spans::Value as Compared;
use super::window::{read_slice, read_window};
use crate::fraction::Fraction;
use crate::model::{
    Asks, BudgetingMethod, Comparison, CompositeMode, Measured, Objective, PPB_ONE, Ppb, Queried, Sli, Slo, TimeWindow,
};
use crate::policy::apart::SetApart;
use nines_base::DurationUs;
use nines_yaml::Value;
use nines_yaml::clipped;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Annotation that reads a composite otherwise than the specification does.
const COMPOSITE_ANNOTATION: &str = "nines.dev/composite";

/// What SLOs refer to.
pub(super) struct References<'t> {
    pub(super) sources: Sources<'t>,
    pub(super) indicators: BTreeMap<&'t str, Indicator>,
    pub(super) alerts: Alerts<'t>,
}

const METHODS: [(&str, BudgetingMethod); 3] = [
    ("Occurrences", BudgetingMethod::Occurrences),
    ("Timeslices", BudgetingMethod::Timeslices),
    ("RatioTimeslices", BudgetingMethod::RatioTimeslices),
];

/// Reads an SLO. Whatever can be told is told; it is given only where it is whole.
pub(super) fn read_slo<'t>(item: &Item<'t>, references: &mut References<'t>, log: &mut Log) -> Option<Slo> {
    const KNOWN: [&str; 8] = [
        "description",
        "service",
        "indicator",
        "indicatorRef",
        "timeWindow",
        "budgetingMethod",
        "objectives",
        "alertPolicies",
    ];
    let spec = item.spec(&KNOWN, log)?;
    let description = spec.description(log);
    let service = read_service(&spec, references, log);
    let window = read_window(&spec, log);
    let method = spec
        .require("budgetingMethod", "budgetingMethod: Occurrences", log)
        .and_then(|field| field.choice(&METHODS, log));
    let objectives = read_objectives(&spec, window.as_ref(), method, references, log);
    let alerts = spec.get("alertPolicies").map(|field| {
        let References { alerts, sources, .. } = references;
        alerts.of_slo(&field, sources.index, log)
    });
    let alerts = alerts.unwrap_or_default();
    let metadata = item.metadata.as_ref()?;
    let mut objectives = objectives?;
    let rests: Vec<u32> = objectives.iter().map(|objective| objective.target.rest().parts()).collect();
    check_reachable(metadata.name, &rests, &alerts.thresholds, log);
    let has_parts = spec.get("indicator").is_none() && spec.get("indicatorRef").is_none();
    if has_parts {
        let composite = composite_of(&objectives, &metadata.annotations);
        if method == Some(BudgetingMethod::Timeslices) {
            check_slices(&spec, &objectives, composite.as_ref(), log);
        }
        objectives.extend(composite);
    }
    Some(Slo {
        name: metadata.name.to_owned(),
        display_name: metadata.display_name.clone(),
        service: service?.to_owned(),
        description,
        labels: metadata.labels.clone(),
        annotations: metadata.annotations.clone(),
        window: window?,
        method: method?,
        objectives,
        adjustments: Vec::new(),
        apart: SetApart::default(),
        alert_policies: alerts.policies,
        place: metadata.name_field.place(),
    })
}

fn read_service<'t>(spec: &Object<'t>, references: &References<'_>, log: &mut Log) -> Option<&'t str> {
    let field = spec.require("service", "service: user-profile", log)?;
    let name = field.filled_text(log)?;
    references.sources.index.check(Kind::Service, name, &field, MERELY_NAMED, log);
    Some(name)
}

fn read_objectives(
    spec: &Object<'_>,
    window: Option<&TimeWindow>,
    method: Option<BudgetingMethod>,
    references: &References<'_>,
    log: &mut Log,
) -> Option<Vec<Objective>> {
    let shared_given = spec.get("indicator").is_some() || spec.get("indicatorRef").is_some();
    let shared = if shared_given { read_indicator(spec, references, log) } else { None };
    let Some(field) = spec.require("objectives", "objectives: [ { target: 0.999 } ]", log) else {
        if !shared_given {
            tell_no_indicator(spec, log);
        }
        return None;
    };
    let fields = field.filled_list(log)?;
    let n_fields = fields.len();
    let mut objects = Vec::with_capacity(n_fields);
    for field in fields {
        objects.extend(field.object(&OBJECTIVE_FIELDS, log));
    }
    let composite = objects.iter().any(has_own_indicator);
    match (shared_given, composite) {
        (true, true) => spec.not_together("indicator", "objectives[].indicator", log),
        (false, false) => tell_no_indicator(spec, log),
        (false, true) | (true, false) => {}
    }
    let mut objectives = Vec::with_capacity(n_fields);
    for (number, object) in (1..).zip(&objects) {
        let indicator = match (shared_given, composite) {
            (_, false) => shared.clone(),
            (true, true) => None,
            (false, true) if has_own_indicator(object) => read_indicator(object, references, log),
            (false, true) => {
                log.error(object.field.key_spot(), Fact::CompositeIncomplete, Hint::IndicatorPlaces);
                None
            }
        };
        let weight = read_weight(object, composite, log);
        let objective = read_objective(number, object, indicator, window, method, log);
        objectives.extend(objective.map(|objective| Objective { weight, ..objective }));
    }
    check_labels(&objects, log);
    (objectives.len() == n_fields).then_some(objectives)
}

const OBJECTIVE_FIELDS: [&str; 10] = [
    "displayName",
    "op",
    "value",
    "target",
    "targetPercent",
    "timeSliceTarget",
    "timeSliceWindow",
    "indicator",
    "indicatorRef",
    "compositeWeight",
];

fn has_own_indicator(object: &Object<'_>) -> bool {
    object.get("indicator").is_some() || object.get("indicatorRef").is_some()
}

fn tell_no_indicator(spec: &Object<'_>, log: &mut Log) {
    let fact = Fact::NeitherGiven { one: "indicator".to_owned(), other: "indicatorRef".to_owned() };
    log.error(spec.field.key_spot(), fact, Hint::IndicatorPlaces);
}

/// The indicator of an SLO or objective, written in place or named.
fn read_indicator(object: &Object<'_>, references: &References<'_>, log: &mut Log) -> Option<Indicator> {
    match object.either("indicator", "indicatorRef", log)? {
        Either::One(field) => read_inline(&field, &references.sources, log),
        Either::Other(field) => {
            let name = read_reference(&field, log)?;
            references.sources.index.check(Kind::Sli, name, &field, ByMode::BOTH_REFUSE, log);
            references.indicators.get(name).cloned()
        }
    }
}

fn read_objective(
    number: u32,
    object: &Object<'_>,
    indicator: Option<Indicator>,
    window: Option<&TimeWindow>,
    method: Option<BudgetingMethod>,
    log: &mut Log,
) -> Option<Objective> {
    let display_name = object.get("displayName").and_then(|field| field.filled_text(log)).map(str::to_owned);
    let target = read_target(object, window, log);
    let slice_target = read_slice_target(object, method, log);
    let slice = read_slice_window(object, window, method, log);
    let sli = read_sli(object, indicator, log);
    if sli.as_ref().is_some_and(|sli| sli.throughput().is_some())
        && method.is_some_and(|method| method != BudgetingMethod::Timeslices)
    {
        log.error(object.field.key_spot(), Fact::ThroughputOfEvents, Hint::UseTimeslices);
    }
    Some(Objective {
        number,
        display_name,
        target: target?,
        time_slice_target: slice_target?,
        time_slice: slice?,
        sli: sli?,
        weight: Fraction::whole(1),
    })
}

/// `target` or `targetPercent`, exactly.
fn read_target(object: &Object<'_>, window: Option<&TimeWindow>, log: &mut Log) -> Option<Ppb> {
    let (field, shift) = match object.either("target", "targetPercent", log)? {
        Either::One(field) => (field, 0),
        Either::Other(field) => (field, 2),
    };
    let (decimal, text) = field.decimal(log)?;
    match decimal.ppb(shift) {
        Ok(parts) if parts < PPB_ONE => {
            // One per cent, in parts per billion.
            if shift == 2 && parts > 0 && parts < PPB_ONE / 100 {
                let fact = Fact::PercentBelowOne { value: clipped(text) };
                log.warning(field.spot(), fact, Hint::ShareNotPercent { share: clipped(text) });
            }
            Ppb::new(parts)
        }
        Ok(_) | Err(PpbFault::AboveOne) => {
            let is_percentage =
                shift == 0 && decimal.ppb(2).is_ok_and(|parts| parts < PPB_ONE && parts > PPB_ONE / 100);
            let hint = if is_percentage {
                Hint::PercentNotShare { percent: clipped(text) }
            } else {
                lower_target(shift, window)
            };
            let fact = Fact::TargetTooHigh { percent: clipped(&decimal.scaled_text(2 - shift)) };
            log.error(field.spot(), fact, hint);
            None
        }
        Err(PpbFault::Negative) => {
            log.error(field.spot(), Fact::TargetNegative { value: clipped(text) }, Hint::RaiseTarget);
            None
        }
        Err(PpbFault::TooFine) => {
            let decimals = if shift == 0 { 9 } else { 7 };
            log.error(field.spot(), Fact::TargetTooFine { value: clipped(text), decimals }, Hint::FewerDecimals);
            None
        }
    }
}

/// What 99.9 % would leave, in the SLO's own window where that is rolling, else in 30 days.
fn lower_target(shift: i64, window: Option<&TimeWindow>) -> Hint {
    const MONTH: DurationUs = DurationUs::from_secs(30 * 86_400);
    let window = match window {
        Some(TimeWindow::Rolling { length }) => *length,
        _ => MONTH,
    };
    let budget = DurationUs(window.0 / 1000);
    let whole_seconds = DurationUs(budget.0 - budget.0 % 1_000_000);
    let budget = if whole_seconds.0 == 0 { budget } else { whole_seconds };
    let example = if shift == 0 { "target: 0.999" } else { "targetPercent: 99.9" };
    Hint::LowerTarget { example: example.to_owned(), budget: budget.to_string(), window: window.to_string() }
}

/// `timeSliceTarget`: required with Timeslices, of no effect otherwise. The outer option is "whole".
fn read_slice_target(object: &Object<'_>, method: Option<BudgetingMethod>, log: &mut Log) -> Option<Option<Ppb>> {
    let field = if method == Some(BudgetingMethod::Timeslices) {
        object.require("timeSliceTarget", "timeSliceTarget: 0.99", log)?
    } else {
        let Some(field) = object.get("timeSliceTarget") else { return Some(None) };
        tell_no_effect(&field, "timeSliceTarget", method, log);
        field
    };
    let (decimal, text) = field.decimal(log)?;
    match decimal.ppb(0) {
        Ok(parts) if parts > 0 => Some(Ppb::new(parts)),
        Err(PpbFault::TooFine) => {
            log.error(field.spot(), Fact::TargetTooFine { value: clipped(text), decimals: 9 }, Hint::FewerDecimals);
            None
        }
        Ok(_) | Err(PpbFault::Negative | PpbFault::AboveOne) => {
            let hint = Hint::WriteAs { example: "timeSliceTarget: 0.99".to_owned() };
            log.error(field.spot(), Fact::SliceTargetOutside { value: clipped(text) }, hint);
            None
        }
    }
}

/// `timeSliceWindow`: required with Timeslices and RatioTimeslices, of no effect with Occurrences.
fn read_slice_window(
    object: &Object<'_>,
    window: Option<&TimeWindow>,
    method: Option<BudgetingMethod>,
    log: &mut Log,
) -> Option<Option<DurationUs>> {
    use BudgetingMethod::{RatioTimeslices, Timeslices};
    let field = if matches!(method, Some(Timeslices | RatioTimeslices)) {
        object.require("timeSliceWindow", "timeSliceWindow: 1m", log)?
    } else {
        let Some(field) = object.get("timeSliceWindow") else { return Some(None) };
        tell_no_effect(&field, "timeSliceWindow", method, log);
        field
    };
    let slice = read_slice(&field, log)?;
    if let Some(window) = window
        && slice > window.mean_length()
    {
        let fact = Fact::SliceLongerThanWindow { slice: slice.to_string(), window: window.to_string() };
        log.error(field.spot(), fact, Hint::WriteAs { example: "timeSliceWindow: 1m".to_owned() });
        return None;
    }
    Some(Some(slice))
}

fn tell_no_effect(field: &Field<'_>, name: &str, method: Option<BudgetingMethod>, log: &mut Log) {
    let Some((method, _)) = METHODS.iter().find(|(_, known)| Some(*known) == method) else { return };
    let fact = Fact::NoEffect { field: name.to_owned(), because: (*method).to_owned() };
    log.warning(field.key_spot(), fact, Hint::Remove { field: name.to_owned() });
}

/// The objective's SLI: the indicator, and for a threshold what it is compared with.
fn read_sli(object: &Object<'_>, indicator: Option<Indicator>, log: &mut Log) -> Option<Sli> {
    let threshold = indicator.as_ref().is_some_and(Indicator::is_threshold);
    let (op, value) = if threshold {
        (object.require("op", "op: lte", log), object.require("value", "value: 400000", log))
    } else {
        (object.get("op"), object.get("value"))
    };
    if indicator.is_some() && !threshold {
        for (name, field) in [("op", &op), ("value", &value)] {
            if let Some(field) = field {
                let fact = Fact::ThresholdOfRatio { field: name.to_owned() };
                log.by_mode(ByMode::SDK_REFUSES, field.key_spot(), fact, Hint::Remove { field: name.to_owned() });
            }
        }
    }
    let op: Option<Comparison> = op.and_then(|field| field.choice(&OPERATORS, log));
    const DURATION: Measured = Measured::Duration;
    let measures_duration =
        matches!(&indicator, Some(Indicator::Threshold { value: Compared::Measured(value), .. }) if *value == DURATION);
    let limit = value.and_then(|field| read_limit(field, measures_duration, log));
    match indicator? {
        Indicator::Ratio(sli) => Some(sli),
        Indicator::Queried(queried) => Some(Sli::Queried(queried)),
        Indicator::QueriedValue { source, query } => {
            let (op, ((limit, _), _)) = (op?, limit?);
            Some(Sli::Queried(Arc::new(Queried { source, asks: Asks::Threshold { query, op, limit } })))
        }
        Indicator::External { source, .. } => Some(Sli::External { source }),
        Indicator::Threshold { total, value, rules } => {
            let (op, ((limit, text), field)) = (op?, limit?);
            // A millisecond, in the microseconds that durations are measured in.
            if measures_duration && limit < 1000.0 {
                let fact = Fact::LimitBelowMillisecond { value: clipped(text) };
                log.warning(field.spot(), fact, Hint::LimitInMicroseconds { example: "value: 400000".to_owned() });
            }
            let of = match value {
                Compared::Measured(value) => Sli::Threshold { total, value, op, limit },
                Compared::Throughput => Sli::Throughput { total, op, limit },
            };
            Some(rules.count(of, None))
        }
    }
}

/// `value` of an objective. A duration with its unit is no number; what it would be is told.
fn read_limit<'t>(field: Field<'t>, measures_duration: bool, log: &mut Log) -> Option<((f64, &'t str), Field<'t>)> {
    if measures_duration
        && let Value::Scalar(scalar) = &field.node.value
        && let Some(limit_us) = microseconds(&scalar.text)
    {
        let hint = Hint::LimitInMicroseconds { example: format!("value: {limit_us}") };
        log.error(field.spot(), Fact::NotNumber { found: clipped(&scalar.text) }, hint);
        return None;
    }
    Some((field.float(log)?, field))
}

/// A duration such as `400ms` in microseconds, as a number.
fn microseconds(text: &str) -> Option<String> {
    let (number, power) = [("us", 0), ("ms", 3), ("s", 6)]
        .into_iter()
        .find_map(|(unit, power)| Some((text.strip_suffix(unit)?, power)))?;
    Some(Decimal::parse(number.trim_end())?.scaled_text(power))
}

/// By what a part of a composite is multiplied: 1 unless it says so.
fn read_weight(object: &Object<'_>, composite: bool, log: &mut Log) -> Fraction {
    const ONE: Fraction = Fraction::whole(1);
    let Some(field) = object.get("compositeWeight") else { return ONE };
    let Some((decimal, text)) = field.decimal(log) else { return ONE };
    if decimal.is_zero() || decimal.is_negative() {
        let hint = Hint::WriteAs { example: "compositeWeight: 1".to_owned() };
        log.error(field.spot(), Fact::WeightNotPositive { value: clipped(text) }, hint);
    } else if !composite {
        let fact = Fact::NoEffect { field: "compositeWeight".to_owned(), because: "indicator".to_owned() };
        log.warning(field.key_spot(), fact, Hint::Remove { field: "compositeWeight".to_owned() });
    }
    decimal.fraction().unwrap_or(ONE)
}

/// The objective that the parts of a composite are together; by the least of their targets, see
/// [`crate::gauge`].
fn composite_of(parts: &[Objective], annotations: &BTreeMap<String, String>) -> Option<Objective> {
    let mode = match annotations.get(COMPOSITE_ANNOTATION).map(String::as_str) {
        Some("normalised") => CompositeMode::Normalised,
        Some("worst") => CompositeMode::Worst,
        _ => CompositeMode::Literal,
    };
    let target = parts.iter().map(|part| part.target).min()?;
    Some(Objective {
        number: u32::try_from(parts.len() + 1).ok()?,
        display_name: None,
        target,
        time_slice_target: None,
        time_slice: None,
        sli: Sli::Composite(mode),
        weight: Fraction::whole(1),
    })
}

/// By `Timeslices` the parts of a composite are judged slice by slice together, unless an annotation asks for
/// another reading: tells of slices that differ in length.
fn check_slices(spec: &Object<'_>, parts: &[Objective], composite: Option<&Objective>, log: &mut Log) {
    let is_together = composite.is_some_and(|whole| matches!(whole.sli, Sli::Composite(CompositeMode::Literal)));
    let lengths: BTreeSet<DurationUs> = parts.iter().filter_map(|part| part.time_slice).collect();
    if is_together
        && lengths.len() > 1
        && let Some(field) = spec.get("objectives")
    {
        let lengths: Vec<String> = lengths.iter().map(DurationUs::to_string).collect();
        log.warning(field.key_spot(), Fact::MixedSlices { lengths: lengths.join(", ") }, Hint::OneSliceLength);
    }
}

/// Objectives are called `NAME/LABEL`, where the label is the displayName or the number: tells of
/// two that are called the same.
fn check_labels(objects: &[Object<'_>], log: &mut Log) {
    let mut silent = Log::new(log.mode);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (number, object) in (1..).zip(objects) {
        let field = object.get("displayName");
        let label = field.as_ref().and_then(|field| field.text(&mut silent)).map_or(number.to_string(), str::to_owned);
        if let Some(first) = seen.get(&label) {
            let spot = field.map_or_else(|| object.field.spot(), |field| field.spot());
            let fact = Fact::SameLabel { label: clipped(&label), number: *first };
            log.warning(spot, fact, Hint::DistinctLabels);
        } else {
            seen.insert(label, number);
        }
    }
}
