//! Names that were seen, and completion of a filter from them.

use super::problem::Answer;
use super::request::Asked;
use crate::App;
use axum::Json;
use axum::extract::State;
use nines_storage::{SpanStore, StoreError};
use nines_trace::filter::Filter;
use nines_trace::filter::complete::{self, BUILT_INS, Wants, bare_words};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Suggestions given at once: more than a person reads.
const SUGGESTIONS_MAX: usize = 50;

/// Tags that instrumentations set everywhere; offered before any other is known.
const USUAL_TAGS: [&str; 6] = ["http.method", "http.path", "http.status_code", "error", "version", "otel.status_code"];

/// `GET /services`.
pub async fn services(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let store = app.store.clone();
    let names = super::reading(asked.lang, move || store.services()).await?;
    let items: Vec<_> = names.iter().map(|name| json!({ "name": name, "color": app.colors.of(name) })).collect();
    Ok(Json(json!({ "items": items, "next": null })))
}

/// `GET /operations?service=`.
pub async fn operations(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let service = asked.text("service").unwrap_or_default().to_owned();
    let store = app.store.clone();
    let names = super::reading(asked.lang, move || store.operations(&service)).await?;
    let items: Vec<_> = names.iter().map(|name| json!({ "name": name })).collect();
    Ok(Json(json!({ "items": items, "next": null })))
}

/// `GET /complete?q=&pos=`: what may stand at the caret, and what is wrong with the text so far.
pub async fn complete(State(app): State<Arc<App>>, asked: Asked) -> Answer {
    let text = asked.text("q").unwrap_or_default().to_owned();
    let length = text.chars().count() as u64;
    let pos = asked.number("pos", length, 0, u64::from(u32::MAX))?.min(length) as usize;
    let error = Filter::parse(&text)
        .err()
        .map(|error| json!({ "message": error.text(asked.lang), "from": error.at.start, "to": error.at.end }));
    let context = complete::complete(&text, pos);
    let store = app.store.clone();
    let wants = context.wants.clone();
    let words = super::reading(asked.lang, move || suggestions(&*store, &text, &wants)).await?;
    let items: Vec<Value> = words
        .into_iter()
        .take(SUGGESTIONS_MAX)
        .map(|(word, kind)| json!({ "text": word, "kind": kind, "from": context.at.start, "to": context.at.end }))
        .collect();
    Ok(Json(json!({ "items": items, "error": error })))
}

type Suggestion = (String, &'static str);

fn suggestions(store: &dyn SpanStore, text: &str, wants: &Wants) -> Result<Vec<Suggestion>, StoreError> {
    match wants {
        Wants::Name { typed } => Ok(names(typed)),
        Wants::Operator { operators, .. } => {
            Ok(operators.iter().map(|operator| (operator.sign().to_owned(), "operator")).collect())
        }
        Wants::Value { name, typed, .. } => values(store, text, name, typed),
        Wants::ListSeparator | Wants::Space | Wants::Nothing => Ok(Vec::new()),
    }
}

fn names(typed: &str) -> Vec<Suggestion> {
    let built_in = BUILT_INS.iter().map(|name| (*name, "name"));
    let words = bare_words().into_iter().map(|word| (word, "word"));
    let tags = USUAL_TAGS.iter().map(|tag| (*tag, "tag"));
    let mut seen = BTreeSet::new();
    built_in
        .chain(words)
        .chain(tags)
        .filter(|(name, _)| contains(name, typed) && seen.insert(*name))
        .map(|(name, kind)| (name.to_owned(), kind))
        .collect()
}

fn values(store: &dyn SpanStore, text: &str, name: &str, typed: &str) -> Result<Vec<Suggestion>, StoreError> {
    let (values, kind) = match name {
        "service" => (store.services()?, "service"),
        "kind" => (["client", "server", "producer", "consumer", "local"].map(str::to_owned).to_vec(), "kind"),
        "op" => (of_services(store, text, |service| store.operations(service))?, "op"),
        "remote" => (of_services(store, text, |service| store.remote_services(service))?, "remote"),
        _ => (Vec::new(), "value"),
    };
    let fitting = values.into_iter().filter(|value| contains(value, typed));
    Ok(fitting.map(|value| (complete::written_value(&value), kind)).collect())
}

/// Names of the services that the text already asks for, or of all.
fn of_services(
    store: &dyn SpanStore,
    text: &str,
    names: impl Fn(&str) -> Result<Vec<String>, StoreError>,
) -> Result<Vec<String>, StoreError> {
    let asked = text.split_whitespace().filter_map(|term| term.strip_prefix("service=")).map(str::to_owned);
    let mut services: Vec<String> = asked.collect();
    if services.is_empty() {
        services = store.services()?;
    }
    let mut all = BTreeSet::new();
    for service in &services {
        all.extend(names(service)?);
    }
    Ok(all.into_iter().collect())
}

/// Whether what was typed occurs in the name, whatever the case.
fn contains(name: &str, typed: &str) -> bool {
    name.to_lowercase().contains(&typed.to_lowercase())
}
