//! Indicators: the `spec` of an SLI, whether it is an object of its own or written inside an SLO.

use super::Mode;
use super::alerting::SourceObject;
use super::counting::Rules;
use super::envelope::{Index, Kind, read_metadata, read_reference};
use super::field::{Either, Field, Object};
use super::finding::{ByMode, Log, Severity};
use super::messages::{Fact, Hint};
use super::spans::{self, SPANS, Value, read_measured};
use crate::model::{Asks, DataSource, Queried, QueryPart, Sli};
use nines_yaml::{clipped, nearest};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The type that names a Prometheus, or anything that answers its range queries.
pub(super) const PROMETHEUS: &str = "Prometheus";

/// What an SLI's spec says, before objectives add their comparison.
#[derive(Clone, Debug)]
pub(super) enum Indicator {
    /// Complete by itself.
    Ratio(Sli),
    /// Spans of which each objective compares a value.
    Threshold { total: nines_trace::filter::Filter, value: Value, rules: Rules },
    /// Asked elsewhere, complete by itself.
    Queried(Arc<Queried>),
    /// Asked elsewhere; each objective compares the value.
    QueriedValue { source: DataSource, query: String },
    /// Not measured; objectives of a threshold still need `op` and `value`.
    External { source: String, threshold: bool },
}

impl Indicator {
    /// Whether objectives compare a value.
    pub(super) fn is_threshold(&self) -> bool {
        matches!(
            self,
            Indicator::Threshold { .. } | Indicator::QueriedValue { .. } | Indicator::External { threshold: true, .. }
        )
    }
}

/// What indicators refer to: every object by name, and the data sources.
pub(super) struct Sources<'t> {
    pub(super) index: &'t Index<'t>,
    pub(super) objects: BTreeMap<&'t str, SourceObject<'t>>,
}

/// A metric source by its type.
enum Source<'t> {
    Spans {
        spec: Field<'t>,
    },
    /// A Prometheus that can be asked.
    Query {
        source: DataSource,
        query: &'t str,
    },
    /// One that cannot, or something else.
    Other {
        source_type: String,
    },
}

/// Reads an indicator written inside an SLO or objective: its metadata and spec.
pub(super) fn read_inline(field: &Field<'_>, sources: &Sources<'_>, log: &mut Log) -> Option<Indicator> {
    let object = field.object(&["metadata", "spec"], log)?;
    match object.get("metadata") {
        Some(metadata) => {
            read_metadata(&metadata, log);
        }
        None => {
            let fact = Fact::Missing { field: "metadata".to_owned() };
            let hint = Hint::Add { example: "metadata: { name: … }".to_owned() };
            log.by_mode(ByMode::BOTH_REFUSE, object.missing_spot("metadata"), fact, hint);
        }
    }
    let spec = object.require("spec", "spec: { ratioMetric: … }", log)?;
    read_spec(&spec, sources, log)
}

/// Reads the spec of an SLI.
pub(super) fn read_spec(spec: &Field<'_>, sources: &Sources<'_>, log: &mut Log) -> Option<Indicator> {
    let object = spec.object(&["description", "thresholdMetric", "ratioMetric"], log)?;
    object.description(log);
    match object.either("thresholdMetric", "ratioMetric", log)? {
        Either::One(field) => read_threshold(&field, sources, log),
        Either::Other(field) => read_ratio(&field, sources, log),
    }
}

fn read_threshold(metric: &Field<'_>, sources: &Sources<'_>, log: &mut Log) -> Option<Indicator> {
    match read_source(metric, sources, log)? {
        Source::Spans { spec } => {
            let (total, value, rules) = read_measured(&spec, log)?;
            Some(Indicator::Threshold { total: total.filter, value, rules })
        }
        Source::Query { source, query } => Some(Indicator::QueriedValue { source, query: query.to_owned() }),
        Source::Other { source_type } => {
            tell_not_measured(metric, &source_type, log);
            Some(Indicator::External { source: source_type, threshold: true })
        }
    }
}

fn read_ratio(metric: &Field<'_>, sources: &Sources<'_>, log: &mut Log) -> Option<Indicator> {
    let object = metric.object(&["counter", "good", "bad", "total", "rawType", "raw"], log)?;
    let is_counter = object.get("counter").and_then(|counter| counter.boolean(log));
    let is_failure = object.get("rawType").and_then(|raw| raw.choice(&[("success", false), ("failure", true)], log));
    let (good, bad) = (object.get("good"), object.get("bad"));
    match object.either("total", "raw", log)? {
        Either::Other(raw) => {
            for (name, _) in [("good", &good), ("bad", &bad)].into_iter().filter(|(_, half)| half.is_some()) {
                object.not_together("raw", name, log);
            }
            object.require("rawType", "rawType: success", log);
            read_raw(&raw, is_failure, sources, log)
        }
        Either::One(total) => {
            if let Some(raw_type) = object.get("rawType") {
                let fact = Fact::NoEffect { field: "rawType".to_owned(), because: "total".to_owned() };
                let warning = ByMode { spec: Some(Severity::Warning), sdk: None, lenient: None };
                log.by_mode(warning, raw_type.key_spot(), fact, Hint::Remove { field: "rawType".to_owned() });
            }
            read_halves(&object, &total, is_counter, sources, log)
        }
    }
}

fn read_raw(raw: &Field<'_>, is_failure: Option<bool>, sources: &Sources<'_>, log: &mut Log) -> Option<Indicator> {
    match read_source(raw, sources, log)? {
        Source::Spans { .. } => {
            log.error(raw.key_spot(), Fact::RawOfSpans, Hint::UseGoodAndTotal);
            None
        }
        Source::Query { source, query } => {
            // Without a type, which is told already, nobody knows what the share is of.
            let asks = Asks::Raw { query: query.to_owned(), is_failure: is_failure? };
            Some(Indicator::Queried(Arc::new(Queried { source, asks })))
        }
        Source::Other { source_type } => {
            tell_not_measured(raw, &source_type, log);
            Some(Indicator::External { source: source_type, threshold: false })
        }
    }
}

fn read_halves(
    object: &Object<'_>,
    total: &Field<'_>,
    is_counter: Option<bool>,
    sources: &Sources<'_>,
    log: &mut Log,
) -> Option<Indicator> {
    let (name, part) = match object.either("good", "bad", log)? {
        Either::One(field) => ("good", field),
        Either::Other(field) => ("bad", field),
    };
    let (part_source, total_source) = (read_source(&part, sources, log), read_source(total, sources, log));
    match (part_source?, total_source?) {
        (Source::Spans { spec: part }, Source::Spans { spec: total }) => {
            spans::read_halves(name, &part, &total, log).map(Indicator::Ratio)
        }
        (Source::Query { source, query: part }, Source::Query { source: other, query: total }) if source == other => {
            if is_counter.is_none() {
                log.warning(object.field.key_spot(), Fact::CounterLeftOut, Hint::SayCounter);
            }
            // As the SDK reads what is left out.
            let is_counter = is_counter.unwrap_or(false);
            let (part, total) = (part.to_owned(), total.to_owned());
            let part = if name == "good" { QueryPart::Good(part) } else { QueryPart::Bad(part) };
            Some(Indicator::Queried(Arc::new(Queried { source, asks: Asks::Ratio { total, part, is_counter } })))
        }
        (Source::Other { source_type: one }, Source::Other { source_type: other }) if one == other => {
            tell_not_measured(total, &one, log);
            Some(Indicator::External { source: one, threshold: false })
        }
        (part_source, total_source) => {
            let (one, other) = (part_source.type_name(), total_source.type_name());
            log.error(part.key_spot(), Fact::MixedSources { one, other }, Hint::OneSource);
            None
        }
    }
}

impl Source<'_> {
    fn type_name(self) -> String {
        match self {
            Source::Spans { .. } => SPANS.to_owned(),
            Source::Query { source, .. } => format!("{PROMETHEUS} ({})", source.name),
            Source::Other { source_type } => source_type,
        }
    }
}

/// Reads `metricSource`: its type, given or its data source's, and its spec.
fn read_source<'t>(metric: &Field<'t>, sources: &Sources<'_>, log: &mut Log) -> Option<Source<'t>> {
    let metric = metric.object(&["metricSource"], log)?;
    let source = metric.require("metricSource", "metricSource: { type: spans, spec: { where: … } }", log)?;
    let source = source.object(&["metricSourceRef", "type", "spec"], log)?;
    let reference = source.get("metricSourceRef").and_then(|field| {
        let name = read_reference(&field, log)?;
        sources.index.check(Kind::DataSource, name, &field, ByMode::BOTH_REFUSE, log);
        Some(name)
    });
    let given = source.get("type").and_then(|field| field.filled_text(log));
    let object = reference.and_then(|name| sources.objects.get_key_value(name));
    let source_type = given.or_else(|| object.map(|(_, object)| object.source_type));
    let spec = read_source_spec(&source, log);
    match source_type {
        Some(SPANS) => Some(Source::Spans { spec: spec? }),
        Some(PROMETHEUS) => read_query(object, &spec?, log),
        Some(other) => Some(Source::Other { source_type: other.to_owned() }),
        None => {
            if source.get("type").is_none() && source.get("metricSourceRef").is_none() {
                let fact = Fact::Missing { field: "type".to_owned() };
                let hint = Hint::Add { example: "type: spans".to_owned() };
                log.by_mode(ByMode::SPEC_REFUSES, source.missing_spot("type"), fact, hint);
            }
            // Told already in the mode that needs it; the others list it under what it refers to.
            let source_type = reference.unwrap_or("unknown").to_owned();
            (log.mode != Mode::Spec).then_some(Source::Other { source_type })
        }
    }
}

/// A query of a Prometheus; where nothing says where that is, one that is not measured.
fn read_query<'t>(object: Option<(&&str, &SourceObject<'_>)>, spec: &Field<'t>, log: &mut Log) -> Option<Source<'t>> {
    let Some((name, url)) = object.and_then(|(name, object)| Some((*name, object.url?))) else {
        return Some(Source::Other { source_type: PROMETHEUS.to_owned() });
    };
    let query = spec.mapping(log)?.require("query", "query: 'sum(http_requests_total)'", log)?.filled_text(log)?;
    let source = DataSource { name: name.to_owned(), url: url.trim_end_matches('/').to_owned() };
    Some(Source::Query { source, query })
}

/// `spec` of a metric source: a mapping with at least one key.
fn read_source_spec<'t>(source: &Object<'t>, log: &mut Log) -> Option<Field<'t>> {
    let spec = source.require("spec", "spec: { where: 'service=user-profile kind=server' }", log)?;
    if spec.mapping(log)?.entries.is_empty() {
        log.error(spec.spot(), Fact::Empty, Hint::WriteAs { example: "spec: { where: … }".to_owned() });
        return None;
    }
    Some(spec)
}

fn tell_not_measured(metric: &Field<'_>, source_type: &str, log: &mut Log) {
    if source_type == PROMETHEUS {
        log.warning(metric.key_spot(), Fact::SourceWithoutUrl, Hint::NameSource);
        return;
    }
    let hint = match nearest(source_type, [SPANS, PROMETHEUS]) {
        Some(word) => Hint::DidYouMean { word: word.to_owned() },
        None => Hint::UseSpans,
    };
    log.warning(metric.key_spot(), Fact::NotMeasured { source_type: clipped(source_type) }, hint);
}
