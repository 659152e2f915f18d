//! DataSource, AlertPolicy, AlertCondition and AlertNotificationTarget: read, checked, and put together
//! for the model, each policy with the one condition and the targets that it names or holds.

use super::Mode;
use super::envelope::{Index, Item, Kind, Metadata, read_metadata, read_reference};
use super::field::{Field, Object};
use super::finding::{ByMode, Log};
use super::indicator::PROMETHEUS;
use super::messages::{Fact, Hint};
use super::quantity::Shorthand;
use crate::alert::policy::{
    AlertCondition, AlertPolicy, AlertWhen, NotificationTarget, SHORT_WINDOW_ANNOTATION, SHORT_WINDOW_PART,
};
use crate::fraction::Fraction;
use crate::model::{Comparison, PPB_ONE};
use nines_base::DurationUs;
use nines_yaml::clipped;
use std::collections::BTreeMap;

/// A condition's burn threshold, where it stands.
#[derive(Clone, Debug)]
pub(super) struct BurnThreshold<'t> {
    value: Fraction,
    text: &'t str,
    field: Field<'t>,
}

/// What was read of a condition: its threshold can be judged where the rest is faulty.
#[derive(Clone, Debug)]
struct Condition<'t> {
    threshold: BurnThreshold<'t>,
    whole: Option<AlertCondition>,
}

/// What was read of a policy.
#[derive(Clone, Debug)]
struct Policy<'t> {
    threshold: BurnThreshold<'t>,
    whole: Option<AlertPolicy>,
}

/// The policies of one SLO, and their thresholds, each at the place that the SLO answers for.
#[derive(Default)]
pub(super) struct OfSlo<'t> {
    pub(super) policies: Vec<AlertPolicy>,
    pub(super) thresholds: Vec<BurnThreshold<'t>>,
}

/// What was read of alerts, by name.
#[derive(Default)]
pub(super) struct Alerts<'t> {
    conditions: BTreeMap<&'t str, Condition<'t>>,
    policies: BTreeMap<&'t str, Policy<'t>>,
    targets: Vec<NotificationTarget>,
}

/// Operators of conditions and objectives.
pub(super) const OPERATORS: [(&str, Comparison); 4] =
    [("lte", Comparison::Lte), ("gte", Comparison::Gte), ("lt", Comparison::Lt), ("gt", Comparison::Gt)];

/// What was read of a DataSource.
#[derive(Clone, Copy)]
pub(super) struct SourceObject<'t> {
    /// `type`.
    pub(super) source_type: &'t str,
    /// `url` of its connectionDetails, where it has one that HTTP knows.
    pub(super) url: Option<&'t str>,
}

/// Reads a DataSource.
pub(super) fn read_data_source<'t>(item: &Item<'t>, log: &mut Log) -> Option<SourceObject<'t>> {
    let spec = item.spec(&["description", "type", "connectionDetails"], log)?;
    spec.description(log);
    let details = spec.require("connectionDetails", "connectionDetails: { url: … }", log);
    let source_type = spec.require("type", "type: Prometheus", log)?.filled_text(log)?;
    let url = details.and_then(|details| read_url(&details, log.mode));
    let asked = url.as_ref().filter(|_| source_type == PROMETHEUS);
    if let Some((field, _)) = asked.filter(|(_, url)| url.contains(['?', '#', '@'])) {
        // The address itself is not told: what stands in it may be a key.
        log.error(field.spot(), Fact::SourceUrlHasMore, Hint::SourceUrlAlone);
    }
    Some(SourceObject { source_type, url: url.map(|(_, url)| url) })
}

/// Any YAML may stand in connectionDetails, so nothing of it is told here: a mapping with `url` is looked for, or a
/// list with one.
fn read_url<'t>(details: &Field<'t>, mode: Mode) -> Option<(Field<'t>, &'t str)> {
    let mut silent = Log::new(mode);
    let mappings = match details.list(&mut silent) {
        Some(items) => items,
        None => vec![details.clone()],
    };
    let urls = mappings.iter().filter_map(|item| item.mapping(&mut silent)?.get("url"));
    let urls: Vec<Field<'t>> = urls.collect();
    let read = |field: Field<'t>| field.text(&mut silent).map(|url| (field.clone(), url));
    urls.into_iter().filter_map(read).find(|(_, url)| is_http(url))
}

/// Whether a text is an address that HTTP knows.
fn is_http(url: &str) -> bool {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

impl<'t> Alerts<'t> {
    /// Reads an AlertNotificationTarget.
    pub(super) fn read_target(&mut self, item: &Item<'t>, log: &mut Log) {
        if let Some(spec) = item.object.require("spec", "spec: { target: slack }", log) {
            self.read_target_spec(item.metadata.as_ref(), &spec, log);
        }
    }

    /// Reads an AlertCondition.
    pub(super) fn read_condition(&mut self, item: &Item<'t>, log: &mut Log) {
        let spec = item.object.require("spec", "spec: { severity: page, condition: { … } }", log);
        let condition = spec.and_then(|spec| read_condition_spec(item.metadata.as_ref(), &spec, log));
        self.conditions.extend(item.name().zip(condition));
    }

    /// Reads an AlertPolicy; targets and conditions come before it.
    pub(super) fn read_policy(&mut self, item: &Item<'t>, index: &Index<'t>, log: &mut Log) {
        let spec = item.object.require("spec", "spec: { conditions: [ … ], notificationTargets: [ … ] }", log);
        let policy = spec.and_then(|spec| self.read_policy_spec(item.metadata.as_ref(), &spec, index, log));
        self.policies.extend(item.name().zip(policy));
    }

    /// The alert policies of an SLO.
    pub(super) fn of_slo(&mut self, field: &Field<'t>, index: &Index<'t>, log: &mut Log) -> OfSlo<'t> {
        let mut of_slo = OfSlo::default();
        for item in field.list(log).unwrap_or_default() {
            let policy = match read_part(&item, "alertPolicyRef", Kind::AlertPolicy, index, log) {
                Some(Part::Named(name)) => self.policies.get(name).map(|policy| {
                    let threshold = BurnThreshold { field: item.clone(), ..policy.threshold.clone() };
                    Policy { threshold, whole: policy.whole.clone() }
                }),
                Some(Part::Inline(inline)) => self.read_policy_spec(inline.0.as_ref(), &inline.1, index, log),
                None => None,
            };
            let Some(Policy { threshold, whole }) = policy else { continue };
            of_slo.thresholds.push(threshold);
            let Some(policy) = whole else { continue };
            if of_slo.policies.contains(&policy) {
                log.warning(item.spot(), Fact::SamePolicy { name: clipped(&policy.name) }, Hint::DropOne);
            } else {
                of_slo.policies.push(policy);
            }
        }
        of_slo
    }

    /// Every target, in the order in which they were read.
    pub(super) fn into_targets(self) -> Vec<NotificationTarget> {
        self.targets
    }

    fn read_target_spec(&mut self, metadata: Option<&Metadata<'t>>, spec: &Field<'t>, log: &mut Log) {
        let Some(spec) = spec.object(&["description", "target"], log) else { return };
        spec.description(log);
        let target = spec.require("target", "target: slack", log).and_then(|target| target.filled_text(log));
        let (Some(metadata), Some(target)) = (metadata, target) else { return };
        self.targets.push(NotificationTarget {
            name: metadata.name.to_owned(),
            target: target.to_owned(),
            place: metadata.name_field.place(),
        });
    }

    fn read_policy_spec(
        &mut self,
        metadata: Option<&Metadata<'t>>,
        spec: &Field<'t>,
        index: &Index<'t>,
        log: &mut Log,
    ) -> Option<Policy<'t>> {
        const FLAGS: [&str; 3] = ["alertWhenBreaching", "alertWhenResolved", "alertWhenNoData"];
        let known = ["description", FLAGS[2], FLAGS[1], FLAGS[0], "conditions", "notificationTargets"];
        let spec = spec.object(&known, log)?;
        spec.description(log);
        let [breaching, resolved, no_data] = FLAGS.map(|flag| spec.get(flag).and_then(|field| field.boolean(log)));
        let targets = self.read_targets(&spec, index, log);
        let field = spec.require("conditions", "conditions: [ { conditionRef: fast-burn } ]", log)?;
        let items = field.list(log)?;
        let [condition] = items.as_slice() else {
            let hint = Hint::WriteAs { example: "conditions: [ { conditionRef: fast-burn } ]".to_owned() };
            log.error(field.spot(), Fact::ExactlyOne { found: items.len() }, hint);
            return None;
        };
        let condition = match read_part(condition, "conditionRef", Kind::AlertCondition, index, log)? {
            Part::Named(name) => self.conditions.get(name).cloned()?,
            Part::Inline(inline) => read_condition_spec(inline.0.as_ref(), &inline.1, log)?,
        };
        let whole = condition.whole.zip(metadata).map(|(condition, metadata)| AlertPolicy {
            name: metadata.name.to_owned(),
            condition,
            when: AlertWhen::of(breaching, resolved, no_data),
            targets,
        });
        Some(Policy { threshold: condition.threshold, whole })
    }

    /// The names of a policy's targets, each once.
    fn read_targets(&mut self, spec: &Object<'t>, index: &Index<'t>, log: &mut Log) -> Vec<String> {
        let example = "notificationTargets: [ { targetRef: on-call } ]";
        let targets = spec.require("notificationTargets", example, log);
        let mut names: Vec<String> = Vec::new();
        for target in targets.and_then(|targets| targets.filled_list(log)).unwrap_or_default() {
            let name = match read_part(&target, "targetRef", Kind::AlertNotificationTarget, index, log) {
                Some(Part::Named(name)) => Some(name),
                Some(Part::Inline(inline)) => {
                    let (metadata, spec) = *inline;
                    self.read_target_spec(metadata.as_ref(), &spec, log);
                    metadata.map(|metadata| metadata.name)
                }
                None => None,
            };
            names.extend(name.filter(|name| names.iter().all(|known| known != name)).map(str::to_owned));
        }
        names
    }
}

fn read_condition_spec<'t>(metadata: Option<&Metadata<'t>>, spec: &Field<'t>, log: &mut Log) -> Option<Condition<'t>> {
    let spec = spec.object(&["description", "severity", "condition"], log)?;
    spec.description(log);
    let severity = spec.require("severity", "severity: page", log).and_then(|severity| severity.filled_text(log));
    let example = "condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h }";
    let condition = spec.require("condition", example, log)?;
    let condition = condition.object(&["kind", "op", "threshold", "lookbackWindow", "alertAfter"], log)?;
    check_condition_kind(&condition, log);
    let op = condition.require("op", "op: gt", log).and_then(|op| op.choice(&OPERATORS, log));
    let lookback = condition.require("lookbackWindow", "lookbackWindow: 1h", log);
    let lookback = lookback.and_then(|lookback| lookback.length(log)).map(Shorthand::length);
    let alert_after = match condition.get("alertAfter") {
        Some(after) => after.shorthand(log).map(Shorthand::length),
        None => Some(DurationUs(0)),
    };
    let field = condition.require("threshold", "threshold: 14.4", log)?;
    let (value, text) = read_threshold(&field, log)?;
    let whole = (|| {
        let (metadata, lookback) = (metadata?, lookback?);
        // A value that is no length was told of where it stands.
        let annotation = metadata.annotations.get(SHORT_WINDOW_ANNOTATION);
        let short = annotation.and_then(|text| Shorthand::parse(text).ok()).map(Shorthand::length);
        Some(AlertCondition {
            name: metadata.name.to_owned(),
            severity: severity?.to_owned(),
            op: op?,
            threshold: value,
            lookback,
            short: short.unwrap_or(DurationUs(lookback.0 / SHORT_WINDOW_PART)),
            alert_after: alert_after?,
        })
    })();
    Some(Condition { threshold: BurnThreshold { value, text, field }, whole })
}

/// A burn rate, exactly.
fn read_threshold<'t>(field: &Field<'t>, log: &mut Log) -> Option<(Fraction, &'t str)> {
    let (decimal, text) = field.decimal(log)?;
    if decimal.is_negative() {
        let hint = Hint::WriteAs { example: "threshold: 14.4".to_owned() };
        log.warning(field.spot(), Fact::BurnNegative { value: clipped(text) }, hint);
        return Some((Fraction::whole(0), text));
    }
    let value = decimal.fraction();
    if value.is_none() {
        log.error(field.spot(), Fact::NumberTooLarge { value: clipped(text) }, Hint::Shorten);
    }
    Some((value?, text))
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

/// An object that is named, or written in place.
enum Part<'t> {
    Named(&'t str),
    Inline(Box<(Option<Metadata<'t>>, Field<'t>)>),
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
    let metadata = object.require("metadata", "metadata: { name: … }", log);
    let metadata = metadata.and_then(|metadata| read_metadata(&metadata, log));
    object.require("spec", "spec: { … }", log).map(|spec| Part::Inline(Box::new((metadata, spec))))
}

/// Tells of thresholds above 1/(1 - target), which even an outage of everything cannot reach.
pub(super) fn check_reachable(slo: &str, rests_ppb: &[u32], thresholds: &[BurnThreshold<'_>], log: &mut Log) {
    let Some(rest_most) = rests_ppb.iter().copied().filter(|rest| *rest > 0).max() else { return };
    // The objective with the largest budget burns slowest: what it cannot reach is told once.
    let Some(most) = Fraction::new(u128::from(PPB_ONE), u128::from(rest_most)) else { return };
    for threshold in thresholds {
        if threshold.value > most {
            let most = || format!("{}", (most.as_f64() * 1000.0).round() / 1000.0);
            let fact =
                Fact::BurnUnreachable { threshold: threshold.text.to_owned(), slo: slo.to_owned(), most: most() };
            log.error(threshold.field.spot(), fact, Hint::LowerThreshold { most: most() });
        }
    }
}
