//! Values that spans have for the tags named by `AUTOCOMPLETE_KEYS`.
//!
//! They are counted from the stored spans of the look-back, so that a value goes with its last span;
//! Zipkin keeps a list beside its spans, of what it saw lately or ever.

use super::answer::{QueryError, names, reading};
use super::names::NAMES_UNCACHED_MAX;
use super::parameters::Parameters;
use crate::App;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use nines_base::Timestamp;
use nines_storage::aggregate::{Group, KeyPart};
use nines_storage::{AggregateQuery, Dimension, Window};
use nines_trace::filter::Filter;
use nines_trace::filter::term::{TagCompare, Term, Test};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Values told of one key, those of the most spans: as many as Zipkin keeps.
const VALUES_MAX: usize = 20_000;

/// `GET /api/v2/autocompleteKeys`.
pub async fn keys(State(app): State<Arc<App>>) -> Response {
    let settings = &app.settings.zipkin;
    let keys = settings.autocomplete_keys.iter().filter(|_| settings.search_enabled);
    names(&keys.cloned().collect(), true)
}

/// `GET /api/v2/autocompleteValues?key=`.
pub async fn values(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, QueryError> {
    let parameters = Parameters::read(query.as_deref());
    let key = parameters.mandatory("key")?;
    if key.is_empty() {
        return Err(QueryError::bad("key was empty"));
    }
    let settings = &app.settings.zipkin;
    if !settings.search_enabled || !settings.autocomplete_keys.iter().any(|known| known == key) {
        return Ok(names(&BTreeSet::new(), false));
    }
    let question = question(&app, key)?;
    let store = app.store.clone();
    let answer = reading(&app, move || Ok(store.aggregate(&question)?)).await?;
    let values: BTreeSet<String> = answer.value.groups.into_iter().filter_map(value).collect();
    let mut response = names(&values, values.len() > NAMES_UNCACHED_MAX);
    super::answer::warn(&mut response, &answer.gaps);
    Ok(response)
}

/// Spans that have the key, counted by its value.
fn question(app: &App, key: &str) -> Result<AggregateQuery, QueryError> {
    let has_key = Term::new(Test::Tag { key: key.to_owned(), compare: TagCompare::Exists });
    let from = app.clock.now() - app.settings.query_lookback;
    let window = Window { from, to: Timestamp(i64::MAX) };
    let by = vec![Dimension::Tag(key.to_owned())];
    AggregateQuery::new(Filter::from_terms(vec![has_key]), window, by, VALUES_MAX, false)
        .map_err(|fault| QueryError::bad(fault.to_string()))
}

fn value(group: Group) -> Option<String> {
    match group.key.into_iter().next() {
        Some(KeyPart::Text(value)) if !value.is_empty() => Some(value),
        _ => None,
    }
}
