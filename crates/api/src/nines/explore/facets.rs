//! Which values spans have, several names in one answer, and how many of the selected ones have each.

use super::Budget;
use super::features::{VALUE_CHARS_MAX, tells_individuals};
use super::sample::visit_sample;
use super::sets::{Sets, SpanSet};
use crate::App;
use crate::nines::aggregate::{dimension, term_of};
use crate::nines::partial;
use crate::nines::problem::{Answer, Fault, Problem};
use crate::nines::request::Asked;
use axum::Json;
use axum::extract::State;
use nines_span::{SpanFields, otlp};
use nines_storage::aggregate::{KeyPart, Sums};
use nines_storage::{Aggregate, Dimension, Gaps, SpanStore, StoreError};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

/// Facets of one answer: each is a walk through all spans that match.
const FACETS_MAX: usize = 16;

/// Values of a facet unless told otherwise, and at most.
const VALUES_DEFAULT: u64 = 10;
const VALUES_MAX: u64 = 100;

/// Groups counted to know what the selection has of the values that all have most of.
const VALUES_COUNTED_MAX: usize = 1_000;

/// Facets that everything has, in the order people ask.
const USUAL: [&str; 4] = ["service", "op", "error", "kind"];

/// Tags chosen where none is asked for.
const TAGS_CHOSEN_MAX: usize = 4;

/// A tag is worth choosing with so many values in the sample, and on this share of spans.
const CHOSEN_VALUES: std::ops::RangeInclusive<usize> = 2..=30;
const CHOSEN_SHARE_MIN: f64 = 0.1;

/// Tags named as those that could be asked for.
const TAGS_NAMED_MAX: usize = 60;

/// Traces looked at to know which tags there are.
const TRACES_SAMPLED_MAX: usize = 48;

/// `GET /facets?q=&from=&to=&since=&sel=&selFrom=&selTo=&keys=&limit=`.
pub async fn facets(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let started = Instant::now();
    let sets = Sets::read(&app, &asked)?;
    let limit = asked.number("limit", VALUES_DEFAULT, 1, VALUES_MAX)? as usize;
    let asked_for = keys(&asked)?;
    let store = app.store.clone();
    let (mut document, gaps) = super::super::reading(asked.lang, move || {
        let budget = Budget::starting_at(started);
        let mut gaps = Gaps::default();
        let document = document(&*store, &sets, asked_for, limit, &budget, &mut gaps)?;
        Ok((document, gaps))
    })
    .await?;
    document["cut"] = json!(partial::words(&gaps, asked.lang));
    document["tookUs"] = json!(started.elapsed().as_micros() as u64);
    partial::mark(&mut document, &gaps);
    Ok(Json(document))
}

/// The names asked for; none to let them be chosen.
fn keys(asked: &Asked) -> Result<Option<Vec<String>>, Problem> {
    let Some(text) = asked.text("keys") else { return Ok(None) };
    let mut seen = BTreeSet::new();
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty() && seen.insert(name.to_owned()));
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.len() <= FACETS_MAX {
        return Ok(Some(names));
    }
    let fact = Fault::TooManyFacets { given: names.len() };
    Err(Problem::bad(asked.lang, fact, Fault::TooManyDimensionsHint { max: FACETS_MAX }))
}

fn document(
    store: &dyn SpanStore,
    sets: &Sets,
    asked_for: Option<Vec<String>>,
    limit: usize,
    budget: &Budget,
    gaps: &mut Gaps,
) -> Result<Value, StoreError> {
    let tags = tags_of(store, &sets.all, budget, gaps)?;
    let names = asked_for.unwrap_or_else(|| {
        let chosen =
            tags.iter().filter(|tag| tag.is_worth_choosing()).take(TAGS_CHOSEN_MAX).map(|tag| tag.name.clone());
        USUAL.iter().map(|name| (*name).to_owned()).chain(chosen).collect()
    });
    let mut total = None;
    let mut of_selected = None;
    let mut facets = Vec::new();
    for name in names {
        if total.is_some() && budget.is_spent(gaps) {
            break;
        }
        let by = dimension(&name, 1, 0);
        let count = |set: &SpanSet, gaps: &mut Gaps| set.count(store, vec![by.clone()], VALUES_COUNTED_MAX, gaps);
        let all = count(&sets.all, gaps)?;
        let selected = sets.selected.as_ref().map(|selected| count(selected, gaps)).transpose()?;
        total.get_or_insert_with(|| all.total.clone());
        of_selected = of_selected.or_else(|| selected.as_ref().map(|selected| selected.total.clone()));
        facets.push(facet(&name, &by, &all, selected.as_ref(), limit));
    }
    let named: Vec<Value> =
        tags.iter().take(TAGS_NAMED_MAX).map(|tag| json!({ "key": tag.name, "values": tag.values.len() })).collect();
    Ok(json!({
        "total": total.as_ref().map(sums), "selected": of_selected.as_ref().map(sums),
        "items": facets, "next": null, "tags": named,
    }))
}

fn sums(sums: &Sums) -> Value {
    json!({ "spans": sums.spans, "errors": sums.errors })
}

/// One facet: its values with most spans, and how many spans have none.
fn facet(name: &str, dimension: &Dimension, all: &Aggregate, selected: Option<&Aggregate>, limit: usize) -> Value {
    let of_selected = selected.map(|selected| by_term(dimension, selected));
    let mut values: Vec<(String, Found)> = by_term(dimension, all).into_iter().collect();
    values.sort_by(|a, b| b.1.sums.spans.cmp(&a.1.sums.spans).then_with(|| a.0.cmp(&b.0)));
    let n_values = values.len() as u64 + all.rest_groups;
    let counted: u64 = values.iter().map(|(_, found)| found.sums.spans).sum();
    let item = |(term, found): &(String, Found)| {
        let mut item = sums(&found.sums);
        item["value"] = json!(found.shown);
        item["term"] = json!(term);
        if let Some(of_selected) = &of_selected {
            item["selected"] = json!(of_selected.get(term).map_or(0, |found| found.sums.spans));
        }
        item
    };
    let items: Vec<Value> = values.iter().take(limit).map(item).collect();
    json!({ "key": name, "values": n_values, "without": all.total.spans - counted - all.rest.spans, "items": items })
}

/// A value as people read it, the term that finds it, and its spans.
struct Found {
    shown: String,
    sums: Sums,
}

/// Sums by term, because kinds that are one to the filter language are one here; spans without a value are left out.
fn by_term(dimension: &Dimension, counted: &Aggregate) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for group in &counted.groups {
        let Some(part) = group.key.first().filter(|part| **part != KeyPart::Absent) else { continue };
        let Some(term) = term_of(dimension, part) else { continue };
        let shown = match part {
            KeyPart::Text(text) => text.clone(),
            KeyPart::Error(is_error) => is_error.to_string(),
            _ => term.split_once('=').map_or_else(|| term.clone(), |(_, value)| value.to_owned()),
        };
        found.entry(term).or_insert_with(|| Found { shown, sums: Sums::default() }).sums.join(&group.sums);
    }
    found
}

/// A tag as it was seen in the sample.
struct TagSeen {
    name: String,
    values: BTreeSet<String>,
    /// How many of the sample's spans have it, and which share of them that is.
    n_seen: u32,
    share: f64,
}

impl TagSeen {
    fn is_worth_choosing(&self) -> bool {
        let is_choice = CHOSEN_VALUES.contains(&self.values.len()) && self.share >= CHOSEN_SHARE_MIN;
        is_choice && !tells_individuals(self.values.len(), self.n_seen as usize)
    }
}

/// Tags of the spans that match, the most frequent first.
fn tags_of(store: &dyn SpanStore, set: &SpanSet, budget: &Budget, gaps: &mut Gaps) -> Result<Vec<TagSeen>, StoreError> {
    let mut seen: HashMap<String, (u32, BTreeSet<String>)> = HashMap::new();
    let mut n_spans = 0u32;
    visit_sample(store, set, TRACES_SAMPLED_MAX, budget, gaps, &mut |trace| {
        for span in trace.iter().filter(|span| set.has(span)) {
            n_spans += 1;
            let own = span.tags.iter().map(|(key, value)| (key.as_str(), value.as_ref()));
            for (key, value) in own.chain(otlp::resource_attributes(span.resource_bytes())) {
                let (n_seen, values) = seen.entry(key.to_owned()).or_default();
                *n_seen += 1;
                let text = value.text();
                if values.len() <= *CHOSEN_VALUES.end() && text.chars().count() <= VALUE_CHARS_MAX {
                    values.insert(text.into_owned());
                }
            }
        }
    })?;
    let tag = |(name, (n_seen, values)): (String, (u32, BTreeSet<String>))| TagSeen {
        name,
        values,
        n_seen,
        share: f64::from(n_seen) / f64::from(n_spans.max(1)),
    };
    let mut tags: Vec<TagSeen> = seen.into_iter().map(tag).collect();
    tags.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    Ok(tags)
}
