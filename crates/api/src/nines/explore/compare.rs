//! What sets selected traces apart from the rest: values, operations and services that they have and others lack, and
//! where their time went. Told from samples of both, traces whole, because the cause of a slow request is seldom on
//! the span that was asked for.

use super::Budget;
use super::features::{Feature, What, tells_individuals, visit_features};
use super::sample::visit_sample;
use super::sets::{Sets, SpanSet, narrowed};
use crate::App;
use crate::nines::partial;
use crate::nines::problem::Answer;
use crate::nines::request::Asked;
use axum::Json;
use axum::extract::State;
use nines_base::TraceId;
use nines_span::Span;
use nines_storage::aggregate::Sums;
use nines_storage::{AggregateQuery, Gap, Gaps, SpanStore, StoreError};
use nines_trace::tree::{Trace, summary};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

/// Traces looked at of either side.
const TRACES_SAMPLED_MAX: usize = 200;

/// Features remembered of either side: 20 MB where each takes 400 bytes. Ids are most of them, and of no use here.
const FEATURES_HELD_MAX: usize = 50_000;

/// Features told unless told otherwise, and at most.
const LIMIT_DEFAULT: u64 = 20;
const LIMIT_MAX: u64 = 100;

/// Traces named as examples of a feature on either side.
const EXEMPLARS_MAX: usize = 3;

/// A feature of a smaller part of the selection explains nothing of it.
const SHARE_MIN: f64 = 0.1;

/// Shares that lie nearer are chance.
const DIFFERENCE_MIN: f64 = 0.05;

/// `GET /compare?q=&from=&to=&since=&sel=&selFrom=&selTo=&limit=`: without a selection of its own, failed spans against
/// the others, and where none failed or all did, the slowest tenth.
pub async fn compare(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let started = Instant::now();
    let sets = Sets::read(&app, &asked)?;
    let limit = asked.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX)? as usize;
    let (sel, selected) = match sets.selected.clone() {
        Some(selected) => (asked.text("sel").unwrap_or_default().to_owned(), selected),
        None => {
            let (store, all) = (app.store.clone(), sets.all.clone());
            let sel = super::super::reading(asked.lang, move || usual_selection(&*store, &all)).await?;
            let selected = SpanSet { filter: narrowed(&sets.all.filter, &sel, &asked)?, ..sets.all.clone() };
            (sel, selected)
        }
    };
    let store = app.store.clone();
    let (all, of_selected) = (sets.all.clone(), selected.clone());
    let (compared, gaps) = super::super::reading(asked.lang, move || {
        let mut gaps = Gaps::default();
        let compared = Compared::of(&*store, &all, &of_selected, started, &mut gaps)?;
        Ok((compared, gaps))
    })
    .await?;
    let mut document = compared.document(limit);
    document["sel"] = json!(sel);
    document["cut"] = json!(partial::words(&gaps, asked.lang));
    document["tookUs"] = json!(started.elapsed().as_micros() as u64);
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

/// Terms of the selection that people most often want.
fn usual_selection(store: &dyn SpanStore, all: &SpanSet) -> Result<String, StoreError> {
    let query = AggregateQuery::new(all.filter.clone(), all.window, Vec::new(), 1, true);
    let Ok(query) = query else { return Ok("error".into()) };
    let total = store.aggregate(&query)?.value.total;
    if total.errors > 0 && total.errors < total.spans {
        return Ok("error".into());
    }
    Ok(format!("duration>={}us", total.histogram.quantile(0.9).map_or(0, |bounds| *bounds.start())))
}

/// What was found on either side.
struct Compared {
    all: Sums,
    selected: Sums,
    of_selected: Side,
    of_rest: Side,
}

/// The traces of one side.
#[derive(Default)]
struct Side {
    n_traces: usize,
    features: HashMap<Feature, Seen>,
    /// Time that services spent themselves, in all traces together.
    self_us: BTreeMap<String, i64>,
}

/// How a feature was seen.
#[derive(Default)]
struct Seen {
    n_traces: usize,
    /// Whether it was on a span that was asked for, not elsewhere in its trace.
    is_on_match: bool,
    exemplars: Vec<TraceId>,
}

impl Compared {
    fn of(
        store: &dyn SpanStore,
        all: &SpanSet,
        selected: &SpanSet,
        started: Instant,
        gaps: &mut Gaps,
    ) -> Result<Compared, StoreError> {
        let budget = Budget::starting_at(started);
        let total = |set: &SpanSet, gaps: &mut Gaps| set.count(store, Vec::new(), 1, gaps).map(|counted| counted.total);
        let (of_all, n_selected) = (total(all, gaps)?, total(selected, gaps)?);
        let (mut of_selected, mut of_rest) = (Side::default(), Side::default());
        let mut is_overfull = false;
        visit_sample(store, selected, TRACES_SAMPLED_MAX, &budget, gaps, &mut |trace| {
            if trace.iter().any(|span| selected.has(span)) {
                is_overfull |= of_selected.add(trace, selected);
            }
        })?;
        // Twice as many: some of them are selected.
        visit_sample(store, all, 2 * TRACES_SAMPLED_MAX, &budget, gaps, &mut |trace| {
            let is_rest = !trace.iter().any(|span| selected.has(span)) && trace.iter().any(|span| all.has(span));
            if is_rest && of_rest.n_traces < TRACES_SAMPLED_MAX {
                is_overfull |= of_rest.add(trace, all);
            }
        })?;
        if is_overfull {
            gaps.add(Gap::Limit { name: "features_held_max", max: FEATURES_HELD_MAX as u64 });
        }
        Ok(Compared { all: of_all, selected: n_selected, of_selected, of_rest })
    }

    fn document(&self, limit: usize) -> Value {
        let sums = |sums: &Sums| json!({ "spans": sums.spans, "errors": sums.errors });
        let side = |side: &Side| json!({ "traces": side.n_traces });
        json!({
            "total": sums(&self.all), "selected": sums(&self.selected),
            "sampled": { "selected": side(&self.of_selected), "rest": side(&self.of_rest) },
            "items": self.ranked().into_iter().take(limit).collect::<Vec<_>>(), "next": null,
            "time": self.time(),
        })
    }

    /// Features that more of the selected traces have than of the rest, the widest difference first; of several that
    /// the same traces of a service have, one.
    fn ranked(&self) -> Vec<Value> {
        let ids = self.keys_of_ids();
        let mut rows: Vec<(f64, &Feature, &Seen, Option<&Seen>)> = Vec::new();
        for (feature, seen) in &self.of_selected.features {
            if matches!(&feature.what, What::Tag(key, _) if ids.contains(&(feature.service.as_str(), key.as_str()))) {
                continue;
            }
            let of_rest = self.of_rest.features.get(feature);
            let share = self.of_selected.share(Some(seen));
            let difference = share - self.of_rest.share(of_rest);
            if share >= SHARE_MIN && difference >= DIFFERENCE_MIN {
                rows.push((difference, feature, seen, of_rest));
            }
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.what.cmp(&b.1.what)).then_with(|| a.1.cmp(b.1)));
        let mut told: HashMap<(&str, usize, usize), usize> = HashMap::new();
        let mut items: Vec<Value> = Vec::new();
        for (_, feature, seen, of_rest) in rows {
            let alike = (feature.service.as_str(), seen.n_traces, of_rest.map_or(0, |seen| seen.n_traces));
            if let Some(at) = told.get(&alike) {
                items[*at]["alike"] = json!(items[*at]["alike"].as_u64().unwrap_or(0) + 1);
                continue;
            }
            told.insert(alike, items.len());
            items.push(self.item(feature, seen, of_rest));
        }
        items
    }

    fn item(&self, feature: &Feature, seen: &Seen, of_rest: Option<&Seen>) -> Value {
        let of = |side: &Side, seen: Option<&Seen>| {
            let exemplars = seen.map(|seen| seen.exemplars.iter().map(TraceId::to_string).collect::<Vec<_>>());
            json!({ "traces": seen.map_or(0, |seen| seen.n_traces), "share": side.share(seen),
                    "traceIds": exemplars.unwrap_or_default() })
        };
        let (key, value) = feature.shown();
        json!({
            "service": feature.service, "key": key, "value": value, "terms": feature.terms(),
            "term": feature.term(),
            "onMatch": seen.is_on_match, "alike": 0,
            "selected": of(&self.of_selected, Some(seen)), "rest": of(&self.of_rest, of_rest),
        })
    }

    /// Tags by service whose values tell single traces apart.
    fn keys_of_ids(&self) -> HashSet<(&str, &str)> {
        let mut values: HashMap<(&str, &str), (HashSet<&str>, usize)> = HashMap::new();
        for (feature, seen) in self.of_selected.features.iter().chain(&self.of_rest.features) {
            if let What::Tag(key, value) = &feature.what {
                let (distinct, n_seen) = values.entry((feature.service.as_str(), key.as_str())).or_default();
                distinct.insert(value);
                *n_seen += seen.n_traces;
            }
        }
        let is_id = |(distinct, n_seen): &(HashSet<&str>, usize)| tells_individuals(distinct.len(), *n_seen);
        values.into_iter().filter(|(_, seen)| is_id(seen)).map(|(key, _)| key).collect()
    }

    /// What each service spent itself in a trace, on the average of either side, the largest growth first.
    fn time(&self) -> Vec<Value> {
        let services: BTreeSet<&String> = self.of_selected.self_us.keys().chain(self.of_rest.self_us.keys()).collect();
        let mean = |side: &Side, service: &String| {
            side.self_us.get(service).copied().unwrap_or(0) / i64::try_from(side.n_traces.max(1)).unwrap_or(i64::MAX)
        };
        let mut rows: Vec<(i64, i64, &String)> = services
            .into_iter()
            .map(|service| (mean(&self.of_selected, service), mean(&self.of_rest, service), service))
            .collect();
        rows.sort_by_key(|(selected, rest, service)| (rest - selected, *service));
        rows.into_iter()
            .map(|(selected, rest, service)| json!({ "service": service, "selectedUs": selected, "restUs": rest }))
            .collect()
    }
}

impl Side {
    /// Adds a trace; says whether some of its features could not be held.
    fn add(&mut self, spans: &[Span], asked: &SpanSet) -> bool {
        let mut of_trace: HashMap<Feature, bool> = HashMap::new();
        for span in spans {
            let is_match = asked.has(span);
            visit_features(span, &mut |feature| *of_trace.entry(feature).or_default() |= is_match);
        }
        let id = spans.first().map(|span| span.trace_id).unwrap_or_default();
        let mut is_overfull = false;
        for (feature, is_on_match) in of_trace {
            if self.features.len() >= FEATURES_HELD_MAX && !self.features.contains_key(&feature) {
                is_overfull = true;
                continue;
            }
            let seen = self.features.entry(feature).or_default();
            seen.n_traces += 1;
            seen.is_on_match |= is_on_match;
            if seen.exemplars.len() < EXEMPLARS_MAX {
                seen.exemplars.push(id);
            }
        }
        let summary = summary(&Trace::assemble(spans.to_vec()));
        for share in summary.services {
            *self.self_us.entry(share.service).or_default() += share.self_us;
        }
        self.n_traces += 1;
        is_overfull
    }

    fn share(&self, seen: Option<&Seen>) -> f64 {
        seen.map_or(0, |seen| seen.n_traces) as f64 / self.n_traces.max(1) as f64
    }
}
